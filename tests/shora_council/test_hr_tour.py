"""An officer of HR does what the guide of HR says, on Persian screens in a real browser (4, 4-B)."""

from datetime import timedelta

from odoo import fields
from odoo.addons.shora_council.rules import clock
from odoo.tests import tagged

from tests.common import ShoraHttpCase

EXPERTISE = {"academic_rank": "استاد", "field_of_study": "حقوق بین‌الملل", "proposal_note": "۱۰/۱"}


@tagged("post_install", "-at_install")
class TestHrDay(ShoraHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_persian_offices()
        cls.hr.write({"name": "کارشناس منابع انسانی", "lang": "fa_IR", "tz": "Asia/Tehran"})
        cls.council = cls.make_persian_council("TOUR")
        cls.council.seat_ids.filtered(lambda seat: seat.code == "B2").name = "کرسی حقوق شهری"
        cls.today = clock.tehran_day(fields.Datetime.now())
        cls.due = cls.env["res.partner"].create({"name": "عضو تمدیدی", "email": "due@example.com", "lang": "fa_IR"})
        cls.appointee = cls.env["res.partner"].create(
            {"name": "دکتر مهرداد کیانی", "email": "kiani@example.com", "lang": "fa_IR"}
        )
        cls.member = cls.appoint(cls.council, "B1", cls.due, str(cls.today - timedelta(days=350)), **EXPERTISE)

    def test_a_week_of_hr(self):
        self.tour("/shora/guide/hr", "shora_hr_day", self.hr)
        decree = self.env["shora.decree"].search([("partner_id", "=", self.appointee.id), ("kind", "!=", "end")])
        self.assertEqual((decree.issued_by_id, decree.date_from), (self.hr, self.today))
        self.assertEqual(decree.state, "in_force")
        user = self.appointee.user_ids
        self.assertTrue(user._is_portal())
        self.assertEqual(self.member.renewal_id.kind, "renewal")
        self.assertEqual(self.member.renewal_id.date_from, self.member.date_to + timedelta(days=1))
        end = self.env["shora.decree"].search([("ends_decree_id", "=", decree.id)])
        self.assertEqual((end.end_ground, end.date_from), ("resigned", self.today + timedelta(days=1)))
        self.assertEqual(decree.membership_id.date_to, self.today)
