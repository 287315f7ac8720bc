"""Preview, dispatch, documents as sent and the certificate, where a person would click, on Persian screens."""

from datetime import timedelta

from odoo import fields
from odoo.addons.shora_council.rules import clock
from odoo.tests import tagged

from tests.common import CouncilBuilder, ShoraHttpCase
from tests.shora_council import files


@tagged("post_install", "-at_install")
class TestNoticeScreens(ShoraHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_persian_offices()
        cls.council = cls.make_persian_council("NT")
        today = clock.tehran_day(fields.Datetime.now())
        cls.secretary, cls.people = cls.staff_council(cls.council, prefix="nt", date_from=str(today))
        cls.secretary.write({"name": "دبیر آزمون", "lang": "fa_IR", "tz": "Asia/Tehran"})
        for number, partner in enumerate(cls.council.membership_ids.partner_id, start=1):
            partner.name = f"عضو {number}"
        cls.meeting = CouncilBuilder.plan(cls, cls.council, str(today + timedelta(days=20)))
        cls.item = cls.meeting.agenda_item_ids
        cls.item.write(
            {
                "name": "گزارش سال",
                "attachment_ids": [
                    (0, 0, {"name": "گزارش.pdf", "raw": files.pdf(2)}),
                    (0, 0, {"name": "جدول.xlsx", "raw": b"PK\3\4"}),
                ],
            }
        )
        cls.notice = cls.meeting.env["shora.notice"]._prepare_for(cls.meeting)
        cls.notice.subject = "دعوت‌نامه جلسه آزمون"

    def test_preview_dispatch_documents_certificate_and_what_came_late(self):
        path = f"/odoo/shora-notices/{self.notice.id}"
        self.start_tour(path, "shora_notice_pack", login=self.secretary.login, timeout=180)
        self.env.invalidate_all()
        self.assertEqual(self.notice.state, "dispatched")
        self.assertEqual(self.notice.document_ids.mapped("place"), ["pages", "beside"])
        self.assertEqual(len(self.notice.certificate_ids), 1)
        self.item.attachment_ids = [(0, 0, {"name": "دیرتر.pdf", "raw": files.pdf()})]
        self.start_tour(path, "shora_notice_late", login=self.secretary.login, timeout=120)
