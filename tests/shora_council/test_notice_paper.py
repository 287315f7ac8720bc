"""Paper and telephone as channels of the notice (5-1): addressed letters, handing over, receipt, calls."""

import base64
import hashlib
import io
from contextlib import suppress

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from pypdf import PdfReader

from tests.common import ShoraCase, tehran, utc

SCAN = base64.b64encode(b"scan")


class TestPaper(ShoraCase):
    def setUp(self):
        super().setUp()
        self.people["B1"].write({"shora_title": "Dr.", "function": "Dean", "phone": "09121234567"})
        with tehran("2026-11-20 09:00"):
            self.sitting = self.session(self.council, "2026-12-10")
            notice = self.sitting.env["shora.notice"]._prepare_for(self.sitting)
            notice.official_number = "4/1405"
            self.on_paper(notice)
            notice.action_dispatch()
        self.notice = notice
        self.row = notice.recipient_ids.filtered(lambda row: row.partner_id == self.people["B1"])

    def test_one_addressed_page_for_each(self):
        pdf = self.env["shora.pdf"]._render("shora_council.document_notice_paper", self.notice)
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
        self.assertEqual(len(pages), len(self.notice.recipient_ids))
        for page, row in zip(pages, self.notice.recipient_ids, strict=True):
            self.assertIn(row.printed_name.strip(), page)
        self.row._withdraw()
        pdf = self.env["shora.pdf"]._render("shora_council.document_notice_paper", self.notice)
        self.assertEqual(len(PdfReader(io.BytesIO(pdf)).pages), len(pages) - 1)

    def test_as_printed_stays_as_printed(self):
        self.people["B1"].write({"shora_title": "Prof.", "function": "Rector", "name": "Someone Else"})
        self.assertEqual(
            (self.row.printed_title, self.row.printed_name.strip(), self.row.printed_post, self.row.printed_number),
            ("Dr.", "person B1", "Dean", "4/1405"),
        )
        with self.assertRaises(UserError):
            self.row.printed_name = "Forged"

    def test_handing_over_with_its_receipt(self):
        action = self.row.action_hand_over()
        handing = self.env[action["res_model"]].with_user(self.secretary).browse(action["res_id"])
        handing.write({"handed_at": utc("2026-11-22 10:00"), "receipt": SCAN, "receipt_name": "receipt.png"})
        handing.action_record()
        self.assertEqual((self.row.state, self.row.sent_at), ("handed", utc("2026-11-22 10:00")))
        self.assertEqual(self.row.handed_by_id, self.secretary)
        self.assertEqual(self.row.receipt_sha256, hashlib.sha256(b"scan").hexdigest())
        later = base64.b64encode(b"better scan")
        self.row.write({"receipt": later, "receipt_name": "better.png"})
        kept = self.row.sudo().message_ids.attachment_ids
        self.assertEqual((kept.name, kept.raw), ("receipt.png", b"scan"), "proof is replaced, never lost")
        self.assertEqual(self.row.receipt_sha256, hashlib.sha256(b"better scan").hexdigest())

    def test_handing_over_is_no_future_and_no_past(self):
        for at in ("2026-11-19 10:00", "2026-12-30 10:00"):
            with self.subTest(at=at), self.assertRaises(UserError), self.cr.savepoint():
                self.row.write({"state": "handed", "sent_at": utc(at)})
        for user in (self.president, self.secretariat, self.auditor, self.employee):
            with self.subTest(user=user.login), self.assertRaises(UserError), self.cr.savepoint():
                self.row.with_user(user).action_handed()

    def test_no_button_of_others_does_anything(self):
        extraordinary = self.session(self.council, "2026-12-17", kind="extraordinary")
        rows = extraordinary.env["shora.notice"]._prepare_for(extraordinary).recipient_ids
        phone = rows.filtered(lambda row: row.channel == "phone")[:1]
        for user in (self.president, self.secretariat, self.auditor, self.employee):
            for row, button in ((self.row, "action_hand_over"), (phone, "action_call"), (self.row, "action_retry")):
                before = (row.state, row.attempts)
                with self.subTest(user=user.login, button=button), suppress(UserError), self.cr.savepoint():
                    action = getattr(row.with_user(user), button)()
                    self.assertFalse(action, "no dialog opens")
                row.invalidate_recordset()
                self.assertEqual((row.state, row.attempts), before)

    def test_only_who_was_not_reached_is_served_on_paper_too(self):
        with self.assertRaisesRegex(UserError, "not reached"):
            self.row.action_serve_on_paper()


@tagged("post_install", "-at_install")
class TestDelay(ShoraCase):
    """Paper handed over after the last day, of a notice that was dispatched in time (5-1)."""

    LAST = "2026-12-03"  # of the session on 2026-12-10

    def setUp(self):
        super().setUp()
        self.in_english()
        with tehran("2026-11-20 09:00"):
            self.sitting = self.session(self.council, "2026-12-10")
            self.notice = self.sitting.env["shora.notice"]._prepare_for(self.sitting)
            self.on_paper(self.notice)
            self.notice.action_dispatch()
            rows = self.notice.recipient_ids
            self.row = rows.filtered(lambda row: row.partner_id == self.people["B1"])
            (rows - self.row).action_handed()

    def hand(self, at, reason=None, user=None):
        action = self.row.action_hand_over()
        handing = self.env[action["res_model"]].with_user(user or self.secretary).browse(action["res_id"])
        handing.write({"handed_at": utc(at), **({"late_reason": reason} if reason else {})})
        asked = handing.asks_reason
        handing.action_record()
        return asked

    def explain(self, reason, user=None):
        row = self.row.with_user(user or self.secretary)
        dialog = self.env["shora.notice.delay"].with_user(user or self.secretary).create({"recipient_id": row.id})
        dialog.reason = reason
        dialog.action_record()

    def finding(self):
        return self.council.finding_ids.filtered(lambda one: one.code == "notice_late" and one.state == "open")

    def certificate(self):
        empty = self.env["shora.notice.certificate"]
        return self.env["shora.pdf"]._html(
            "shora_council.document_certificate", self.notice, certificate=empty, written=False
        )

    def test_on_the_last_day_nothing_is_asked_and_nothing_taken(self):
        with tehran(f"{self.LAST} 23:50"):
            self.assertFalse(self.hand(f"{self.LAST} 23:40", reason="Snow"))
            self.assertFalse(self.row.is_late or self.row.may_explain or self.row.late_reason or self.finding())
            with self.assertRaisesRegex(UserError, "clause 1.*not late after a dispatch in time"):
                self.explain("Snow")

    def test_the_day_after_the_reason_is_asked_and_named(self):
        with tehran("2026-12-04 00:20"):
            self.assertTrue(self.hand("2026-12-04 00:10"))
            self.assertTrue(self.row.is_late and self.row.may_explain)
            self.assertIn("person B1, served on 12/04/2026: no reason is given.", self.finding().reason_given)
            with self.assertRaisesRegex(UserError, "Give the reason"), self.cr.savepoint():
                self.explain("  ")
            self.explain("Snow on the road")
        self.env.invalidate_all()
        self.assertEqual((self.row.late_reason, self.row.late_reason_by_id), ("Snow on the road", self.secretary))
        self.assertEqual(self.row.late_reason_at, utc("2026-12-04 00:20"))
        self.assertFalse(self.row.may_explain)
        for text in (self.finding().reason_given, self.certificate()):
            self.assertIn("Snow on the road", text)
            self.assertIn("given by secretary on 12/04/2026", text)
        with self.assertRaisesRegex(UserError, "kept as it is"), self.cr.savepoint():
            self.explain("Another reason")
        with self.assertRaisesRegex(UserError, "never by hand"), self.cr.savepoint():
            self.row.write({"late_reason": "Forged"})

    def test_the_reason_is_given_with_the_handing_over_too(self):
        with tehran("2026-12-05 10:00"):
            self.hand("2026-12-05 09:00", reason="Abroad until then")
        self.assertEqual((self.row.late_reason, self.row.late_reason_by_id), ("Abroad until then", self.secretary))

    def test_who_was_served_in_time_otherwise_is_not_late_by_paper(self):
        served = {"channel": "portal", "state": "sent", "sent_at": utc("2026-11-20 09:00")}
        person = {"partner_id": self.row.partner_id.id, "membership_id": self.row.membership_id.id}
        self.row._as_system()._create_as_fact([{"notice_id": self.notice.id, **person, **served}])
        with tehran("2026-12-05 10:00"):
            self.assertFalse(self.hand("2026-12-05 09:00"))
            self.assertFalse(self.row.is_late)

    def test_a_dispatch_that_was_late_said_why_itself(self):
        with tehran("2026-12-15 09:00"):
            session = self.session(self.council, "2026-12-17")
            notice = self.dispatch(session, paper=True)
            notice.recipient_ids.action_handed()
        self.assertFalse(any(notice.recipient_ids.mapped("is_late")))
        self.assertEqual(self.finding().filtered(lambda f: f.res_id == session.id).reason_given, "Late for the test")

    def test_nobody_else_gives_it(self):
        with tehran("2026-12-05 10:00"):
            self.hand("2026-12-05 09:00")
            staff = self.make_user("t_delay_staff", "shora_council.group_shora_staff")
            self.council.staff_user_ids = staff
            strangers = (staff, self.president, self.secretariat, self.head, self.auditor, self.employee)
            for user in strangers:
                with self.subTest(user=user.login), self.assertRaises(AccessError), self.cr.savepoint():
                    self.explain("Forged", user=user)
                self.assertFalse(self.row.with_user(user).sudo().late_reason)
            self.assertFalse(self.row.with_user(staff).may_explain)


class TestPhone(ShoraCase):
    def setUp(self):
        super().setUp()
        self.sitting = self.session(self.council, "2026-12-10", kind="extraordinary")
        self.notice = self.sitting.env["shora.notice"]._prepare_for(self.sitting)
        rows = self.notice.recipient_ids
        self.row = rows.filtered(lambda r: r.channel == "phone" and r.partner_id == self.people["B1"])

    def call(self, answer, at="2026-11-23 11:00", user=None, **values):
        action = self.row.action_call()
        dialog = self.env[action["res_model"]].with_user(self.secretary).browse(action["res_id"])
        dialog.write({"called_at": utc(at), "answer": answer, **values})
        dialog.with_user(user or self.secretary).action_record()

    def test_everybody_is_called_besides_being_written_to(self):
        channels = self.notice.recipient_ids.grouped("channel")
        self.assertEqual(channels["phone"].partner_id, channels["email"].partner_id)
        ordinary = self.session(self.council, "2026-12-17")
        rows = ordinary.env["shora.notice"]._prepare_for(ordinary).recipient_ids
        self.assertNotIn("phone", rows.mapped("channel"))
        with self.assertRaisesRegex(ValidationError, "extraordinary"), self.cr.savepoint():
            rows[0].channel = "phone"

    def test_caller_time_and_answer(self):
        self.in_english()  # the history of calls is everybody's
        self.call("no_answer", at="2026-11-23 09:00", number="0912 123 4567")
        self.assertEqual((self.row.state, self.row.phone_answer), ("unreached", "no_answer"))
        self.call("not_attending", note="Abroad until Friday")
        self.assertEqual((self.row.state, self.row.phone_answer, self.row.attempts), ("reached", "not_attending", 2))
        self.assertEqual((self.row.called_by_id, self.row.called_at), (self.secretary, utc("2026-11-23 11:00")))
        self.call("no_answer", at="2026-11-23 11:30")
        self.assertEqual((self.row.phone_answer, self.row.attempts), ("not_attending", 3), "what was said stands")
        self.call("attending", at="2026-11-23 11:45")
        self.assertEqual((self.row.phone_answer, self.row.state), ("attending", "reached"))
        history = " ".join(self.row.sudo().message_ids.mapped("body"))
        for text in ("Not reached", "Not attending", "Abroad until Friday", "Attending", "secretary"):
            self.assertIn(text, history)

    def test_a_call_is_never_the_written_notice(self):
        self.call("attending")
        self.assertFalse(self.notice.effective_at)
        email = self.notice.recipient_ids.filtered(
            lambda row: row.partner_id == self.people["B1"] and row.channel == "email"
        )
        email.unlink()
        with self.assertRaisesRegex(UserError, "no written notice.*person B1"):
            self.notice.action_dispatch()
        served = self.notice.recipient_ids.filtered(lambda row: row.channel == "phone")
        self.assertFalse(any(served.mapped("sent_at")))

    def test_a_call_may_follow_the_dispatch(self):
        self.notice.action_dispatch()
        self.call("attending")
        self.assertEqual(self.row.state, "reached")
        self.assertFalse(self.row.sent_at)

    def test_who_may_say_it_and_when(self):
        for user in (self.president, self.secretariat, self.auditor, self.employee):
            with self.subTest(user=user.login), self.assertRaises(UserError), self.cr.savepoint():
                self.row.with_user(user)._record_call(utc("2026-11-23 11:00"), "attending")
        with self.assertRaisesRegex(UserError, "before it happened"), self.cr.savepoint():
            self.call("attending", at="2026-11-23 13:00")
        for values in (
            {"state": "reached"},
            {"phone_answer": "attending"},
            {"called_by_id": self.president.id},
            {"called_at": "2026-11-23"},
        ):
            with self.subTest(values=values), self.assertRaises(UserError), self.cr.savepoint():
                self.row.write(values)
