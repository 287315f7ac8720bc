"""The Secretariat puts a theme to councils and takes a suggestion up, on Persian screens (5-10)."""

from datetime import timedelta

from odoo import fields
from odoo.addons.shora_council.rules import clock
from odoo.tests import tagged

from tests.common import CouncilBuilder, ShoraHttpCase


@tagged("post_install", "-at_install")
class TestJointScreens(ShoraHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.name = "مرکز مطالعات"
        cls.make_persian_offices()
        for login, name in {"head": "مسئول دبیرخانه", "secretariat": "کارشناس دبیرخانه", "president": "رئیس"}.items():
            getattr(cls, login).write({"name": name, "lang": "fa_IR", "tz": "Asia/Tehran"})
        today = clock.tehran_day(fields.Datetime.now())
        cls.councils = []
        cls.theme = cls.env["shora.theme"].create({"name": "آموزش شهروندان"})
        for number, name in enumerate(("نخست", "دوم"), start=1):
            council = cls.make_council(f"JT{number}")
            title = f"شورای {name}"
            council.write({"name": title, "short_name": title})
            if number == 1:
                council.theme_ids = cls.theme
            for seat in council.seat_ids:
                seat.name = f"کرسی {seat.sequence}"
            secretary, _people = cls.staff_council(council, experts=1, prefix=f"jt{number}", date_from=str(today))
            secretary.write({"name": f"دبیر {name}", "lang": "fa_IR", "tz": "Asia/Tehran"})
            for place, partner in enumerate((council.membership_ids.partner_id - secretary.partner_id), start=1):
                partner.name = f"عضو {place}"
            cls.councils.append((council, secretary))
        cls.body = cls.env["shora.council"]._coordination_of(cls.env.company)
        first, secretary = cls.councils[0]
        cls.meeting = cls.plan_on(cls.body, today + timedelta(days=8), cls.secretariat, kind="joint")
        cls.item = cls.meeting.agenda_item_ids
        cls.item.write({"name": "هوای پاک", "theme_ids": [(6, 0, cls.theme.ids)]})
        cls.first_session = cls.plan_on(first, today + timedelta(days=20), secretary)
        cls.first_session.agenda_item_ids.name = "گزارش سال"

    @classmethod
    def plan_on(cls, council, day, user, **vals):
        return CouncilBuilder.plan(cls, council, str(day), user=user, **vals)

    def test_a_theme_is_put_to_councils_and_followed(self):
        self.start_tour("/odoo/shora-joint-themes", "shora_joint_push", login=self.secretariat.login, timeout=180)
        self.env.invalidate_all()
        pushes = self.item.push_ids
        self.assertEqual(pushes.council_id, self.councils[0][0] | self.councils[1][0])
        item = self.first_session.agenda_item_ids.filtered("joint_push_id")
        self.assertEqual((item.name, item.state, item.source), ("هوای پاک", "proposed", "joint"))

    def test_a_suggestion_is_taken_up(self):
        self.item.theme_ids = False
        self.first_session.agenda_item_ids.theme_ids = self.theme
        second, secretary = self.councils[1]
        today = clock.tehran_day(fields.Datetime.now())
        session = self.plan_on(second, today + timedelta(days=21), secretary)
        session.agenda_item_ids.theme_ids = self.theme
        self.start_tour("/odoo/shora-joint-suggestions", "shora_joint_suggested", login=self.head.login, timeout=180)
        self.env.invalidate_all()
        items = self.meeting.agenda_item_ids.filtered(lambda one: self.theme in one.theme_ids)
        self.assertEqual((len(items), items.state), (1, "accepted"))
