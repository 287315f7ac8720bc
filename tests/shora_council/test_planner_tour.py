"""A year planned where a person would click, its sessions as list, cards and calendar, and an agenda put in order by
drag, on Persian screens (5-1).
"""

from datetime import timedelta

from odoo import fields
from odoo.addons.shora_council.rules import clock
from odoo.addons.web_jalali.tools import jalali
from odoo.tests import tagged

from tests.common import ShoraHttpCase


@tagged("post_install", "-at_install")
class TestPlannerScreens(ShoraHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.resource_calendar_id = cls.env.ref("web_jalali.resource_calendar_iran")
        cls.make_persian_offices()
        cls.council = cls.make_persian_council("PLAN", weekday="6")
        cls.today = clock.tehran_day(fields.Datetime.now())
        cls.secretary, _people = cls.staff_council(cls.council, prefix="pl", date_from=str(cls.today), experts=2)
        cls.secretary.write({"name": "دبیر آزمون", "lang": "fa_IR", "tz": "Asia/Tehran"})
        for number, partner in enumerate(cls.council.membership_ids.partner_id, start=1):
            partner.name = f"عضو {number}"

    def test_a_year_is_planned_and_seen_as_list_cards_and_calendar(self):
        path = f"/odoo/shora-councils/{self.council.id}"
        self.start_tour(path, "shora_year_planned", login=self.secretary.login, timeout=180)
        self.env.invalidate_all()
        first, last = jalali.jalali_year_bounds(jalali.jalali_year(self.today) + 1)
        sessions = self.council.session_ids.sorted("start")
        self.assertGreater(len(sessions), 20)
        self.assertEqual(set(sessions.mapped("state")), {"scheduled"})
        self.assertTrue(all(first <= session.day <= last for session in sessions))
        self.assertGreater(sessions[0].day, first + timedelta(days=self.council.nowruz_days_after + 6))

    def test_an_agenda_is_put_in_order_by_drag(self):
        session = self.plan(self.council, str(self.today + timedelta(days=20)))
        second = session.agenda_item_ids.create({"session_id": session.id, "name": "موضوع دوم"})
        session.agenda_item_ids[0].name = "موضوع نخست"
        self.start_tour(f"/odoo/shora-sessions/{session.id}", "shora_agenda_dragged", login=self.secretary.login)
        self.env.invalidate_all()
        self.assertEqual(session.agenda_item_ids[0], second)
