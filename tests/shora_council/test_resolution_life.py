"""A resolution after its adoption: decided, notified by letter, answered, carried out, done (5-9)."""

import base64
import hashlib

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from tests.common import tagged_post_install, tehran

from .resolution_case import ResolutionCase

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@tagged_post_install
class TestNotification(ResolutionCase):
    def test_not_before_the_president_has_decided(self):
        with self.assertRaisesRegex(UserError, r"\(Article 5, clause 9\) The President's decision is not recorded yet"):
            self.resolution.action_notify()
        self.decide()
        self.resolution.action_notify()
        self.assertEqual(self.resolution.state, "notified")

    def test_seen_and_instruct_let_through_return_and_refer_do_not(self):
        for decision, passes in (("return", False), ("refer", False), ("seen", True)):
            with self.subTest(decision=decision):
                self.decide(decision=decision)
                self.assertEqual(not self.resolution._reasons_against("notified"), passes)

    def test_the_president_decides_on_adopted_resolutions_only(self):
        self.notified()
        with self.assertRaisesRegex(UserError, r"\(Article 5, clause 9\).*does not wait for the President"):
            self.decide()

    def test_somebody_must_be_addressed(self):
        self.decide()
        self.resolution.owner_id = False
        with self.assertRaisesRegex(UserError, "Name the executor"):
            self.resolution.action_notify()

    def test_letter_number_file_and_mail(self):
        self.decide()
        with tehran("2026-11-11 10:00"):
            self.resolution.letter_note = "Speak to the unit first"
            self.resolution.action_notify()
        self.assertTrue(self.resolution.letter_number)
        self.assertEqual((self.resolution.addressee_title, self.resolution.addressee_name), ("Mr", "Executor"))
        self.assertEqual(self.resolution.notified_by_id, self.secretary)
        letter = base64.b64decode(self.resolution.letter_pdf)
        self.assertTrue(letter.startswith(b"%PDF"))
        self.assertEqual(self.resolution.letter_sha256, hashlib.sha256(letter).hexdigest())
        mail = self.env["mail.mail"].sudo().search([("recipient_ids", "in", self.executor.ids)])
        self.assertTrue(any(mail.mapped("attachment_ids.name")), "the letter goes with the mail")
        self.assertFalse(self.todos("activity_resolution_notify"))
        archived = self.meeting._archive_missing().get(self.meeting)
        self.assertIn("letter_pdf", archived.mapped("res_field"), "the Secretariat keeps a copy (5-7)")

    def test_the_letter_says_what_was_decided(self):
        self.decide(text="By way of the deputy")
        self.in_english()
        page = self.env["shora.pdf"]._html("shora_council.document_resolution", self.resolution)
        for text in ("Plan of the river valleys", "By way of the deputy", "Executor", "Director", "The plan is made."):
            self.assertIn(text, page)
        self.assertIn('class="draft"', page)

    def test_an_executor_without_mail_is_notified_on_paper(self):
        self.executor.email = False
        self.notified()
        self.assertFalse(self.env["mail.mail"].sudo().search([("recipient_ids", "in", self.executor.ids)]))
        self.assertEqual(self.resolution.state, "notified")

    def test_the_secretariat_may_notify_too_and_nobody_else(self):
        self.decide()
        for user in (self.hr, self.president, self.office, self.auditor):
            with self.subTest(user=user.name), self.assertRaises(UserError):
                self.resolution.with_user(user).action_notify()
        self.resolution.with_user(self.secretariat).action_notify()
        self.assertEqual(self.resolution.notified_by_id, self.secretariat)

    def test_official_number_with_its_date_once(self):
        self.notified()
        with self.assertRaisesRegex(ValidationError, "together with its date"), self.cr.savepoint():
            self.resolution.official_number = "140/1"
        self.resolution.write({"official_number": "140/1", "official_date": "2026-11-12"})
        with self.assertRaises(UserError):
            self.resolution.write({"official_number": "140/2"})

    def test_facts_are_nobodys_to_write(self):
        for vals in (
            {"president_decision": "instruct"},
            {"letter_number": "1"},
            {"notified_at": "2026-11-11"},
            {"letter_pdf": base64.b64encode(b"%PDF")},
        ):
            for user in (self.secretary, self.president, self.office):
                with self.subTest(vals=vals, user=user.name), self.assertRaises(UserError):
                    self.resolution.with_user(user).write(vals)

    def test_what_was_notified_is_frozen(self):
        self.notified()
        for vals in ({"owner_id": self.secretary.partner_id.id}, {"date_due": "2027-01-01"}, {"name": "Other"}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                self.resolution.write(vals)

    def test_executor_and_secretary_are_told_the_decision(self):
        self.decide(decision="refer", text="To the deputy of research")
        told = self.env["mail.message"].search(
            [("model", "=", "shora.resolution"), ("body", "like", "deputy of research")]
        )
        self.assertLessEqual(self.executor | self.secretary.partner_id, told.partner_ids | told.notified_partner_ids)
        todo = self.todos("activity_resolution_notify")
        self.assertEqual(todo.user_id, self.secretary)

    def test_minutes_still_say_adopted(self):
        minutes = self.env["shora.minutes"].with_user(self.secretary)._draft_for(self.meeting)
        self.executed()
        self.assertFalse(minutes.changes)
        self.assertEqual(minutes._content(False)["resolutions"][0]["state"], "adopted")


@tagged_post_install
class TestExecution(ResolutionCase):
    def test_the_way_to_done(self):
        self.executed()
        self.assertEqual(str(self.resolution.executed_on), "2026-11-12")
        self.resolution.progress = 40
        with self.assertRaisesRegex(UserError, "executor's answer"):
            self.resolution.action_done()
        self.answered(self.resolution)
        with tehran("2026-11-21 10:00"):
            self.resolution.action_done()
        self.assertEqual((self.resolution.state, self.resolution.progress), ("done", 100))
        self.assertEqual(str(self.resolution.done_on), "2026-11-21")

    def test_progress_is_a_percentage_of_what_is_in_execution(self):
        self.notified(burden="no")
        with self.assertRaises(UserError):
            self.resolution.progress = 10
        self.resolution.action_execute()
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.resolution.progress = 101
            self.resolution.flush_recordset()

    def test_stopped_execution_keeps_its_letter(self):
        self.executed()
        number, sent = self.resolution.letter_number, self.resolution.letter_sha256
        self.resolution.action_stop()
        self.assertEqual((self.resolution.state, self.resolution.executed_on), ("notified", False))
        self.assertEqual((self.resolution.letter_number, self.resolution.letter_sha256), (number, sent))

    def test_abandoned_with_a_reason_and_after_the_president(self):
        self.resolution.abandon_reason = "Overtaken"
        with self.assertRaisesRegex(UserError, "Article 5, clause 9"):
            self.resolution.action_abandon()
        self.decide(decision="return")
        self.resolution.abandon_reason = " "
        with self.assertRaisesRegex(UserError, "Say why"):
            self.resolution.action_abandon()
        self.resolution.write({"state": "abandoned", "abandon_reason": "Overtaken"})
        self.assertEqual(self.resolution.state, "abandoned")
        self.assertFalse(self.todos("activity_resolution_notify"))

    def test_answers_are_kept_with_their_day(self):
        self.notified()
        answer = self.answered(self.resolution, number="55", file=base64.b64encode(PNG), sha256="forged")
        self.assertEqual((answer.recorded_name, answer.sha256), (self.secretary.name, hashlib.sha256(PNG).hexdigest()))
        self.answered(self.resolution, text="All is done", day="2026-11-22")
        self.assertEqual(self.resolution.last_answer, "All is done")
        self.assertEqual(str(self.resolution.last_answer_on), "2026-11-22")
        for user in (self.secretary, self.secretariat):
            with self.assertRaises(UserError):
                answer.with_user(user).write({"text": "x"})
            with self.assertRaises(UserError):
                answer.with_user(user).unlink()

    def test_an_answer_follows_its_notification(self):
        with self.assertRaisesRegex(ValidationError, "what has been notified"):
            self.answered(self.resolution)
        self.notified(day="2026-11-11")
        self.answered(self.resolution, day="2026-11-11")
        for day, now in (("2026-11-10", "2026-11-20"), ("2026-11-21", "2026-11-20")):
            refused = self.assertRaisesRegex(ValidationError, "between the notification")
            with self.subTest(day=day), tehran(f"{now} 10:00"), refused:
                self.resolution.write({"answer_ids": [(0, 0, {"text": "x", "day": day})]})

    def test_a_scan_is_a_pdf_or_a_picture(self):
        self.notified()
        with self.assertRaisesRegex(UserError, "this file is neither"):
            self.answered(self.resolution, file=base64.b64encode(b"MZ\x00program"))

    def test_answers_of_other_councils_are_not_seen(self):
        self.notified()
        answer = self.answered(self.resolution)
        other = self.make_council("OTHER")
        stranger, _people = self.staff_council(other, experts=5, prefix="other")
        with self.assertRaises(AccessError):
            answer.with_user(stranger).read(["text"])
        with self.assertRaises(UserError):
            self.answered(self.resolution, user=stranger)
        for user in (self.office, self.president, self.auditor):
            with self.assertRaises(AccessError):
                self.answered(self.resolution, user=user)
        self.assertTrue(self.answered(self.resolution, user=self.secretariat))
