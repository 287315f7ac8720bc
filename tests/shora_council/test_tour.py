"""One council's cycle, from the decree to the minutes at the Secretariat, on Persian screens in a real browser."""

import hashlib
import json
from datetime import datetime, time, timedelta

from odoo import fields
from odoo.addons.shora_council.rules import clock

from tests.common import ShoraHttpCase

SEATS = {"A1": "کاوه نادری", "A2": "نیلوفر سعادت", "A3": "فرهاد امینی", "B1": "شیرین رستمی"}
EXPERTISE = {"academic_rank": "استاد", "field_of_study": "حقوق بین‌الملل", "proposal_note": "۱۰/۱"}
APPOINTEE = "دکتر مهرداد کیانی"


class TestCouncilCycle(ShoraHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.name = "مرکز مطالعات"
        cls.make_persian_offices()
        names = {"president": "رئیس مرکز", "secretariat": "کارشناس دبیرخانه", "head": "رئیس دبیرخانه"}
        for login, name in names.items():
            getattr(cls, login).write({"name": name, "lang": "fa_IR", "tz": "Asia/Tehran"})
        cls.council = cls.make_persian_council("TOUR")
        cls.secretary = cls.make_user("tour_secretary", "shora_council.group_shora_secretary")
        cls.secretary.write({"name": SEATS["A2"], "lang": "fa_IR", "tz": "Asia/Tehran"})
        cls.partners = {"A2": cls.secretary.partner_id}
        first = str(cls.today() - timedelta(days=60))
        for number, (seat, name) in enumerate(SEATS.items()):
            partner = cls.partners.setdefault(seat, cls.env["res.partner"].create({"name": name}))
            partner.write({"email": f"tour{number}@example.com", "lang": "fa_IR"})
            cls.appoint(cls.council, seat, partner, first, **EXPERTISE)
        cls.appointee = cls.env["res.partner"].create({"name": APPOINTEE, "lang": "fa_IR"})

    @classmethod
    def today(cls):
        return clock.tehran_day(fields.Datetime.now())

    def test_from_appointment_to_forwarded_minutes(self):
        self.appoint_member()
        self.invite()
        self.sit()
        self.forward()
        self.tour("/odoo/shora-desk", "shora_every_screen", self.head)

    def appoint_member(self):
        decree = self.decree(self.council, "B2", self.appointee, str(self.today()), **EXPERTISE)
        self.tour("/odoo/shora-desk", "shora_decree_issued", self.president)
        self.assertEqual((decree.state, decree.issued_by_id), ("in_force", self.president))
        self.assertEqual(decree.membership_id.state, "current")
        self.assertIn(self.appointee, self.council._members_on(self.today()).partner_id)
        self.assert_sealed(decree, decree.pdf_sha256)
        self.appoint(self.council, "B2", self.appointee, str(self.today()), kind="chair")

    def invite(self):
        self.tour("/odoo/shora-sessions", "shora_session_invited", self.secretary)
        session = self.session_of_council()
        self.assertEqual((session.state, session.number, session.day), ("invited", 1, self.today()))
        self.assertEqual(session.start, datetime.combine(self.today(), time(6, 30)))
        self.assertEqual(session.notice_last_day, self.today() - timedelta(days=7))
        self.assertEqual(session.event_id.partner_ids, session.council_id._members_on(self.today()).partner_id)
        notice = session.notice_id
        self.assertTrue(notice.is_late)
        self.assertEqual(notice.late_reason, "فوریت موضوع")
        self.assert_sealed(notice, notice.pdf_sha256)
        by_mail = notice.recipient_ids.filtered(lambda row: row.channel == "email")
        self.assertEqual(set(by_mail.mapped("state")), {"queued"})
        self.assertEqual(len(by_mail.mail_id.filtered(lambda mail: mail.attachment_ids)), len(SEATS))
        by_portal = notice.recipient_ids.filtered(lambda row: row.channel == "portal")
        self.assertEqual((by_portal.partner_id, by_portal.state), (self.secretary.partner_id, "sent"))
        on_paper = notice.recipient_ids - by_mail - by_portal
        self.assertEqual((on_paper.partner_id, on_paper.state), (self.appointee, "planned"))

    def sit(self):
        self.tour("/odoo/shora-desk", "shora_session_closed", self.secretary)
        session = self.session_of_council()
        self.assertEqual((session.state, session.presiding_partner_id), ("closed", self.appointee))
        marks = {row.partner_id.name: row.status for row in session.attendance_ids}
        self.assertEqual(
            marks,
            {
                APPOINTEE: "present",
                SEATS["A1"]: "absent",
                SEATS["A2"]: "present",
                SEATS["A3"]: "present",
                SEATS["B1"]: "late",
            },
        )
        self.assertEqual(session.attendance_confirmed_by_id, self.secretary)
        self.assertTrue(all(session.attendance_ids.mapped("counted")))
        self.assertEqual(session.agenda_item_ids.mapped("state"), ["discussed"])
        self.assertEqual(session.resolution_ids.state, "adopted")
        self.assertTrue(session.resolution_ids.number)

    def forward(self):
        self.tour("/odoo/shora-desk", "shora_minutes_forwarded", self.secretary)
        minutes = self.session_of_council().minutes_id
        self.assertEqual((minutes.state, minutes.signed_by_id), ("forwarded", self.secretary))
        self.assertEqual(minutes.last_day, self.today() + timedelta(days=7))
        self.assertFalse(minutes.is_late)
        self.assertFalse(minutes.session_id.minutes_awaited)
        self.assert_sealed(minutes, minutes.pdf_sha256)
        self.assertEqual(hashlib.sha256(minutes.content_json.encode()).hexdigest(), minutes.content_sha256)
        content = json.loads(minutes.content_json)["content"]
        self.assertIn("برنامهٔ سال", content["text_html"])
        self.assertEqual([absent["name"] for absent in content["absent"]], [SEATS["A1"]])
        self.tour("/odoo/shora-minutes", "shora_minutes_received", self.secretariat)

    def session_of_council(self):
        return self.env["shora.session"].search([("council_id", "=", self.council.id)])

    def assert_sealed(self, record, expected):
        attachment = self.env["ir.attachment"].search(
            [("res_model", "=", record._name), ("res_id", "=", record.id), ("res_field", "=", "pdf")]
        )
        self.assertEqual(hashlib.sha256(attachment.raw).hexdigest(), expected)
        self.assertTrue(attachment.raw.startswith(b"%PDF-"))
