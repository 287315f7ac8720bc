"""The dashboards, a number that opens its records, and a pivot by Jalali months, on Persian screens in a browser."""

from datetime import timedelta

from odoo import fields
from odoo.addons.shora_council.rules import clock
from odoo.tests import tagged

from tests.common import ShoraHttpCase, tehran

from .report_case import quick


@tagged("post_install", "-at_install")
class TestDashboardScreens(ShoraHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        quick(cls)
        cls.make_persian_offices()
        cls.secretariat.write({"name": "کارشناس دبیرخانه", "lang": "fa_IR", "tz": "Asia/Tehran"})
        cls.council = cls.make_persian_council("DASH")
        cls.today = clock.tehran_day(fields.Datetime.now())
        first = str(cls.today - timedelta(days=80))
        cls.secretary, cls.people = cls.staff_council(cls.council, experts=2, prefix="da", date_from=first)
        for number, partner in enumerate(cls.council.membership_ids.partner_id, start=1):
            partner.name = f"عضو {number}"

    def setUp(self):
        super().setUp()
        day = self.today - timedelta(days=20)
        with tehran(f"{day - timedelta(days=9)} 09:00"):
            session = self.plan(self.council, str(day))
            session.agenda_item_ids.name = "موضوع نخست"
            self.dispatch(session)
        with tehran(f"{day} 12:30"):
            session.write({"presiding_ground": "chair", "state": "open"})
            self.close(session, absent=self.people["B2"])

    def test_dashboards_their_numbers_and_a_pivot(self):
        self.start_tour("/odoo/shora-dashboard", "shora_dashboards", login=self.secretariat.login, timeout=180)
        path = "/odoo/shora-attendance-screen"
        self.start_tour(path, "shora_screen_pivot", login=self.secretariat.login, timeout=180)
