"""What is clicked seldom and must be right, on Persian screens (5-1): the President's referral, telephone and paper
beside an extraordinary invitation, a day declared off with what it hits, and a year planned again around what is fixed.
"""

import hashlib
from datetime import timedelta

from odoo import fields
from odoo.addons.shora_council.rules import clock
from odoo.addons.web_jalali.tools import jalali

from tests.common import ShoraHttpCase, utc

PEOPLE = {"A1": "کاوه نادری", "A2": "نیلوفر سعادت", "A3": "فرهاد امینی", "B1": "شیرین رستمی"}
EXPERTISE = {"academic_rank": "استاد", "field_of_study": "حقوق بین‌الملل", "proposal_note": "۱۰/۱"}
RECEIPT = b"signed by F. Amini"


class TestInvitationScreens(ShoraHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.resource_calendar_id = cls.env.ref("web_jalali.resource_calendar_iran")
        cls.make_persian_offices()
        cls.today = clock.tehran_day(fields.Datetime.now())
        cls.council = cls.make_persian_council("INVI", weekday="6")
        cls.secretary = cls.make_user("inv_secretary", "shora_council.group_shora_secretary")
        for user, name in ((cls.secretary, PEOPLE["A2"]), (cls.president, "رئیس مرکز"), (cls.head, "مسئول دبیرخانه")):
            user.write({"name": name, "lang": "fa_IR", "tz": "Asia/Tehran"})
        cls.people = {"A2": cls.secretary.partner_id}
        for number, (seat, name) in enumerate(PEOPLE.items()):
            partner = cls.people.setdefault(seat, cls.env["res.partner"].create({"name": name}))
            # who has no address is invited on paper
            partner.write({"email": False if seat == "A3" else f"inv{number}@example.com", "lang": "fa_IR"})
            cls.appoint(cls.council, seat, partner, str(cls.today), **(EXPERTISE if seat.startswith("B") else {}))
        cls.appoint(cls.council, "B1", cls.people["B1"], str(cls.today), kind="chair")

    def test_a_referral_invited_by_telephone_and_on_paper_too(self):
        self.tour("/odoo/shora-sessions", "shora_referral", self.president)
        session = self.council.session_ids
        self.assertEqual((session.kind, session.state, len(session)), ("extraordinary", "scheduled", 1))
        self.assertEqual(session.start, utc(f"{self.today + timedelta(days=2)} 10:00"))
        self.assertEqual(session.ground, "ارجاع رئیس مرکز، ۱۲۰/۴۵: حریق بازار")
        item = session.agenda_item_ids
        self.assertEqual((item.name, item.source, item.state), ("حریق بازار", "referral", "accepted"))
        self.assertEqual((item.attachment_ids.name, item.attachment_ids.raw), ("نامه.pdf", b"%PDF-1.4 letter"))
        self.assertIn("حریق بازار", self.told(session))
        self.tour(f"/odoo/shora-sessions/{session.id}", "shora_phone_and_paper", self.secretary)
        self.assertEqual((session.state, session.notice_id.state), ("invited", "dispatched"))
        rows = session.notice_id.recipient_ids
        self.assertEqual(rows.filtered(lambda row: row.channel == "paper").partner_id, self.people["A3"])
        self.assertEqual(set(rows.filtered(lambda row: row.channel == "phone").mapped("partner_id")), self.everybody())
        self.check_call(rows.filtered(lambda row: row.channel == "phone" and row.partner_id == self.people["B1"]))
        self.check_paper(rows.filtered(lambda row: row.channel == "paper"))

    def told(self, record):
        """What the secretary was told on ``record``."""
        here = [("model", "=", record._name), ("res_id", "=", record.id)]
        messages = self.env["mail.message"].search([*here, ("partner_ids", "in", self.secretary.partner_id.ids)])
        return "".join(messages.mapped("body"))

    def everybody(self):
        return set(self.council._members_on(self.today).partner_id)

    def check_call(self, row):
        self.assertEqual((row.state, row.phone_answer, row.called_by_id), ("reached", "not_attending", self.secretary))
        self.assertEqual((row.phone_number, row.attempts), ("09121234567", 1))
        ago = fields.Datetime.now() - row.called_at
        self.assertTrue(timedelta(minutes=30) <= ago <= timedelta(minutes=36), f"called {ago} ago")
        self.assertIn("در سفر است", "".join(row.message_ids.mapped("body")))
        self.assertFalse(row.sent_at, "a call serves no notice")

    def check_paper(self, row):
        self.assertEqual((row.state, row.handed_by_id), ("handed", self.secretary))
        self.assertGreaterEqual(row.sent_at, row.notice_id.dispatched_at.replace(microsecond=0))
        receipt = self.env["ir.attachment"].search(
            [("res_model", "=", row._name), ("res_field", "=", "receipt"), ("res_id", "=", row.id)]
        )
        self.assertEqual((receipt.raw, row.receipt_name), (RECEIPT, "رسید.png"))
        self.assertEqual(row.receipt_sha256, hashlib.sha256(RECEIPT).hexdigest())

    def test_a_day_declared_off_and_the_year_planned_again(self):
        year = jalali.jalali_year(self.today) + 1
        before, invited, after = sessions = [
            self.plan(self.council, str(jalali.from_jalali(year, 2, day))) for day in (8, 15, 22)
        ]
        notice = self.dispatch(invited)
        self.tour("/odoo/shora-sessions", "shora_day_off", self.head)
        leave = self.env["resource.calendar.leaves"].search([("name", "=", "عزای عمومی")])
        day = invited.day
        self.assertEqual((leave.date_from, leave.date_to), (utc(f"{day} 00:00:00"), utc(f"{day} 23:59:59")))
        for session in sessions:
            self.assertIn(session.display_name, self.told(self.council))
        kept = self.facts(invited, notice)
        self.tour("/odoo/shora-sessions", "shora_year_planned_again", self.secretary)
        self.assertEqual(self.facts(invited, notice), kept, "what is invited stays as it was invited")
        self.assertEqual({before.day.weekday(), after.day.weekday()}, {6})
        self.assertEqual(before.event_id.start, before.start)
        ordinary = self.council.session_ids
        self.assertGreater(len(ordinary), 20)
        self.assertEqual(set((ordinary - invited).mapped("state")), {"scheduled"})
        days = sorted(ordinary.mapped("day"))
        self.assertEqual(len(days), len(set(days)))

    def facts(self, session, notice):
        event = session.event_id
        return (
            *(session.start, session.stop, session.place, session.state, session.number, len(session.message_ids)),
            *(event.start, event.stop, event.location, event.partner_ids.ids),
            *(notice.state, notice.pdf_sha256, notice.recipient_ids.mapped("state")),
        )
