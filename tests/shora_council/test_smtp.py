"""The written notice by e-mail (5-1), spoken in SMTP to a real server on loopback: up, down, slow, half-accepting, and
dying between the server's acceptance and our commit.
"""

from contextlib import suppress
from unittest.mock import patch

import vobject
from odoo.addons.mail.models.mail_mail import MailMail
from odoo.exceptions import UserError
from odoo.tools import mute_logger

from tests.common import ShoraCase, tehran
from tests.shora_council.smtp import Server, listening, run_queue

QUEUE = "odoo.addons.mail.models.mail_mail"
SERVER = "odoo.addons.base.models.ir_mail_server"


class ProcessDied(BaseException):
    """As a killed worker: nothing of Odoo catches it."""


class SmtpCase(ShoraCase):
    DAY = "2026-12-10"

    def setUp(self):
        super().setUp()
        self.in_english()
        with tehran("2026-11-20 09:00"):
            self.sitting = self.session(self.council, self.DAY, video_url="https://meet.example/room")
            self.notice = self.dispatch(self.sitting)
        self.rows = self.notice.recipient_ids.sudo().filtered(lambda row: row.channel == "email")

    def row(self, seat, channel="email"):
        rows = self.notice.recipient_ids.sudo()
        return rows.filtered(lambda r: r.partner_id == self.people[seat] and r.channel == channel)

    def todos(self):
        kind = self.env.ref("shora_council.activity_delivery")
        return self.env["mail.activity"].search(
            [
                ("res_model", "=", "shora.session"),
                ("res_id", "=", self.sitting.id),
                ("activity_type_id", "=", kind.id),
            ]
        )

    def ics(self, letter):
        part = next(part for part in letter.walk() if part.get_content_type() == "text/calendar")
        return part, vobject.readOne(part.get_content())

    def letters_to(self, server, seat):
        return [letter for address, letter in server.letters if address == self.people[seat].email]


class TestServerUp(SmtpCase):
    def test_each_gets_one_letter_with_documents_and_calendar_file(self):
        with listening(self.env, Server()) as server:
            run_queue(self.env)
            run_queue(self.env)
        self.assertEqual(server.addresses(), sorted(person.email for person in self.people.values()))
        self.assertEqual(set(self.rows.mapped("state")), {"sent"})
        self.assertEqual(set(self.rows.mapped("attempts")), {1})
        self.assertTrue(self.notice.effective_at)
        self.assertFalse(self.todos())
        letter = self.letters_to(server, "B1")[0]
        types = sorted(part.get_content_type() for part in letter.iter_attachments())
        self.assertEqual(types, ["application/pdf", "text/calendar"])
        pdf = next(part for part in letter.iter_attachments() if part.get_content_type() == "application/pdf")
        self.assertEqual(pdf.get_content(), self.notice._letter())
        self.assertEqual(letter["From"].addresses[0].addr_spec, self.secretary.email)
        text = letter.get_body(("html",)).get_content()
        self.assertIn("<li>Item</li>", text)
        self.assertIn(f"/my/councils/session/{self.sitting.id}", text)

    def test_the_calendar_file_says_when_on_tehrans_clock(self):
        with listening(self.env, Server()) as server:
            run_queue(self.env)
        part, calendar = self.ics(self.letters_to(server, "B1")[0])
        self.assertEqual(part.get_param("method"), "REQUEST")
        self.assertEqual(calendar.method.value, "REQUEST")
        event = calendar.vevent
        self.assertEqual(event.dtstart.value.isoformat(), "2026-12-10T10:00:00+03:30")
        self.assertIn("DTSTART;TZID=Asia/Tehran:20261210T100000", part.get_content())
        self.assertEqual(event.sequence.value, "0")
        self.assertEqual(event.url.value, "https://meet.example/room")
        self.assertEqual([line.value for line in event.contents["attendee"]], [f"mailto:{self.people['B1'].email}"])
        self.assertEqual(event.organizer.value, f"mailto:{self.secretary.email}")

    def test_a_move_and_a_cancellation_reach_the_calendars(self):
        with listening(self.env, Server()) as server:
            run_queue(self.env)
            first = self.ics(self.letters_to(server, "B1")[0])[1].vevent
            server.letters.clear()
            self.sitting.write({"place": "Library"})
            run_queue(self.env)
            part, moved = self.ics(self.letters_to(server, "B1")[0])
            self.assertEqual(len(server.letters), 11)
            server.letters.clear()
            self.sitting.write({"state": "cancelled", "final_reason": "Snow"})
            run_queue(self.env)
            letter = self.letters_to(server, "B1")[0]
            part, gone = self.ics(letter)
        self.assertEqual(
            [(vevent.uid.value, vevent.sequence.value) for vevent in (first, moved.vevent, gone.vevent)],
            [(first.uid.value, str(number)) for number in range(3)],
        )
        self.assertEqual((moved.method.value, moved.vevent.location.value), ("REQUEST", "Library"))
        self.assertEqual((part.get_param("method"), gone.vevent.status.value), ("CANCEL", "CANCELLED"))
        self.assertIn("Snow", letter.get_body(("plain",)).get_content())

    def test_a_withdrawn_invitation_leaves_one_calendar(self):
        with listening(self.env, Server()) as server:
            run_queue(self.env)
            server.letters.clear()
            self.end(self.council.membership_ids.filtered(lambda m: m.partner_id == self.people["B2"]))
            run_queue(self.env)
        self.assertEqual(server.addresses(), [self.people["B2"].email])
        self.assertEqual(self.ics(server.letters[0][1])[1].method.value, "CANCEL")
        self.assertEqual(self.row("B2").state, "withdrawn")

    def test_what_waits_for_somebody_no_longer_invited_never_leaves(self):
        self.end(self.council.membership_ids.filtered(lambda m: m.partner_id == self.people["B2"]))
        with listening(self.env, Server()) as server:
            run_queue(self.env)
        self.assertNotIn(self.people["B2"].email, server.addresses())
        self.assertEqual(len(server.letters), 10)

    def test_a_cancelled_session_invites_nobody_any_more(self):
        self.sitting.write({"state": "cancelled", "final_reason": "Snow"})
        with listening(self.env, Server()) as server:
            run_queue(self.env)
        self.assertEqual(set(self.rows.mapped("state")), {"withdrawn"})
        self.assertEqual(set(server.addresses()), {self.secretary.email}, "served by the portal, so told the news")


class TestServerDown(SmtpCase):
    def test_nothing_is_lost_and_the_secretary_knows(self):
        with listening(self.env):
            run_queue(self.env)
        self.assertEqual(set(self.rows.mapped("state")), {"failed"})
        self.assertEqual(set(self.rows.mapped("failure_kind")), {"temporary"})
        self.assertRegex(self.rows[0].failure, "tried again every hour.*Connection refused")
        todo = self.todos()
        self.assertEqual(todo.user_id, self.secretary)
        self.assertIn("person B1", todo.summary)
        self.assertFalse(self.notice.effective_at)
        with listening(self.env, Server()) as server:
            self.assertIs(self.run_job("cron_retry_mails"), True)
            run_queue(self.env)
            self.assertIs(self.run_job("cron_retry_mails"), True)
            run_queue(self.env)
        self.assertEqual(server.addresses(), sorted(person.email for person in self.people.values()))
        self.assertEqual((set(self.rows.mapped("state")), set(self.rows.mapped("attempts"))), ({"sent"}, {2}))
        self.assertFalse(any(self.rows.mapped("failure")))
        self.assertFalse(self.todos())

    def test_words_are_persian_where_the_office_is(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        with listening(self.env), patch.object(self.registry["shora.pdf"], "_language", lambda self: "fa_IR"):
            run_queue(self.env)
        for said in (self.rows[0].failure.partition("(")[0], self.todos().summary):
            self.assertRegex(said, "[آ-ی]{3}")
            self.assertNotIn("mail server", said)

    def test_a_deleted_mail_is_made_again(self):
        self.row("B1").mail_id.unlink()
        with listening(self.env, Server()) as server:
            for _hour in range(2):
                self.assertIs(self.run_job("cron_retry_mails"), True)
                run_queue(self.env)
        self.assertEqual(len(self.letters_to(server, "B1")), 1)
        self.assertEqual(self.row("B1").state, "sent")

    def test_a_cancelled_mail_stays_cancelled(self):
        self.row("B1").mail_id.cancel()
        with listening(self.env, Server()) as server:
            for _hour in range(2):
                self.run_job("cron_retry_mails")
                run_queue(self.env)
        self.assertFalse(self.letters_to(server, "B1"))
        self.assertEqual((self.row("B1").state, self.row("B1").failure_kind), ("failed", "cancelled"))
        self.assertIn("person B1", self.todos().summary)

    def test_who_may_try_again(self):
        with listening(self.env):
            run_queue(self.env)
        row = self.row("B1")
        for user in (self.president, self.secretariat, self.auditor, self.employee):
            with self.assertRaises(UserError), self.cr.savepoint():
                row.with_user(user).action_retry()
        row.with_user(self.secretary).action_retry()
        self.assertEqual((row.state, row.mail_id.state), ("queued", "outgoing"))


class TestServerSlow(SmtpCase):
    @mute_logger(QUEUE, SERVER)
    def test_silence_before_the_content_is_no_acceptance(self):
        with listening(self.env, Server(pauses={"RCPT": 3})) as server:
            run_queue(self.env)
        self.assertFalse(server.letters)
        tried = self.rows.filtered(lambda row: row.state == "failed")
        self.assertEqual((len(tried), tried.failure_kind), (1, "temporary"))
        self.assertEqual(set((self.rows - tried).mapped("state")), {"queued"}, "those behind it wait")
        with listening(self.env, Server()) as server:
            self.run_job("cron_retry_mails")
            run_queue(self.env)
        self.assertEqual(server.addresses(), sorted(person.email for person in self.people.values()))

    @mute_logger(QUEUE, SERVER)
    def test_silence_after_the_content_leaves_it_open(self):
        """The server has the letter and its answer came too late: sending again by itself might deliver twice."""
        with listening(self.env, Server(pauses={"DATA": 3})) as server:
            run_queue(self.env)
        row = self.rows.filtered(lambda row: row.state == "failed")
        self.assertEqual((len(server.letters), row.failure_kind), (1, "uncertain"))
        self.assertRegex(row.failure, "may have accepted")
        self.assertEqual(self.todos().user_id, self.secretary)
        with listening(self.env, Server()) as later:
            for _hour in range(3):
                self.run_job("cron_retry_mails")
                run_queue(self.env)
            self.assertNotIn(row.partner_id.email, later.addresses())
            self.assertEqual(len(later.letters), 10)
            row.with_user(self.secretary).action_retry()
            run_queue(self.env)
        again = [letter for address, letter in later.letters if address == row.partner_id.email]
        self.assertEqual(len(again), 1, "by the secretary's decision")
        self.assertEqual(again[0]["Message-Id"], server.letters[0][1]["Message-Id"], "a mailbox may know it again")
        self.assertEqual(row.state, "sent")

    @mute_logger(QUEUE, SERVER)
    def test_whoever_may_have_the_letter_is_told_of_its_withdrawal(self):
        with listening(self.env, Server(pauses={"DATA": 3})):
            self.env["mail.mail"].process_email_queue(self.row("B2").mail_id.ids)
        self.assertEqual(self.row("B2").failure_kind, "uncertain")
        self.end(self.council.membership_ids.filtered(lambda m: m.partner_id == self.people["B2"]))
        with listening(self.env, Server()) as server:
            run_queue(self.env)
        [letter] = self.letters_to(server, "B2")
        self.assertEqual(self.ics(letter)[1].method.value, "CANCEL")


class TestServerHalfAccepting(SmtpCase):
    @mute_logger(QUEUE)
    def test_one_address_is_refused_and_all_others_are_served(self):
        address = self.people["B1"].email
        with listening(self.env, Server(refused={address: "550 5.1.1 No such user"})) as server:
            run_queue(self.env)
            self.run_job("cron_retry_mails")
            run_queue(self.env)
        row = self.row("B1")
        self.assertEqual((row.state, row.failure_kind, row.attempts), ("failed", "refused", 1))
        self.assertRegex(row.failure, "refuses this address.*550")
        self.assertEqual(set((self.rows - row).mapped("state")), {"sent"})
        self.assertEqual(len(server.letters), 10)
        self.assertIn("person B1", self.todos().summary)
        self.people["B1"].email = "right@example.com"
        with listening(self.env, Server()) as server:
            row.with_user(self.secretary).action_retry()
            run_queue(self.env)
        self.assertEqual(server.addresses(), ["right@example.com"])
        self.assertEqual((row.state, row.address), ("sent", self.people["B1"].email_formatted))

    @mute_logger(QUEUE)
    def test_news_for_a_refused_address_is_not_repeated_and_for_one_put_off_it_is(self):
        refused, put_off = self.people["B1"].email, self.people["B2"].email
        with listening(self.env, Server()):
            run_queue(self.env)
        self.sitting.write({"place": "Library"})
        answers = {refused: "550 5.1.1 No such user", put_off: "450 4.2.0 Greylisted"}
        with listening(self.env, Server(refused=answers)) as server:
            run_queue(self.env)
        self.assertEqual(len(server.letters), 9)
        with listening(self.env, Server()) as server:
            for _hour in range(2):
                self.run_job("cron_retry_mails")
                run_queue(self.env)
        self.assertEqual(server.addresses(), [put_off])

    @mute_logger(QUEUE)
    def test_an_address_put_off_is_tried_again(self):
        with listening(self.env, Server(refused={self.people["B1"].email: "450 4.2.0 Greylisted"})):
            run_queue(self.env)
        self.assertEqual((self.row("B1").state, self.row("B1").failure_kind), ("failed", "temporary"))
        with listening(self.env, Server()) as server:
            self.run_job("cron_retry_mails")
            run_queue(self.env)
        self.assertEqual(server.addresses(), [self.people["B1"].email])

    @mute_logger(QUEUE)
    def test_content_refused(self):
        with listening(self.env, Server(reply="552 5.3.4 Message too big")):
            run_queue(self.env)
        self.assertEqual(set(self.rows.mapped("state")), {"failed"})
        self.assertIn("552", self.rows[0].failure)


class TestDying(SmtpCase):
    def test_a_letter_accepted_before_the_process_died_is_not_sent_again(self):
        """Acceptance is known to the server alone; what is committed is that it was given the letter."""
        mail = self.row("B1").mail_id
        self.env.flush_all()

        def die(mails, *args, **kwargs):
            raise ProcessDied

        with self.enter_registry_test_mode(), listening(self.env, Server()) as server:
            with (
                patch.object(MailMail, "_postprocess_sent_message", die),
                suppress(ProcessDied),  # Odoo's assertRaises would undo what was committed
                self.registry.cursor() as cr,
            ):
                self.env(cr=cr)["mail.mail"].browse(mail.id).sudo().send(auto_commit=True)
            self.env.invalidate_all()
            self.assertEqual(len(server.letters), 1, "the server has accepted it")
            self.assertEqual((mail.state, self.row("B1").state), ("outgoing", "queued"), "and nothing here says so")
            self.assertTrue(self.row("B1").sending_since, "but the note, committed before")
            with self.registry.cursor() as cr:
                self.env(cr=cr)["mail.mail"].browse(mail.id).sudo().send(auto_commit=True)
        self.env.invalidate_all()
        self.assertEqual((self.row("B1").state, self.row("B1").failure_kind), ("failed", "uncertain"))
        self.assertEqual(self.todos().user_id, self.secretary)
        with listening(self.env, Server()) as later:
            for _hour in range(2):
                self.run_job("cron_retry_mails")
                run_queue(self.env)
        self.assertEqual((len(server.letters), len(self.letters_to(later, "B1"))), (1, 0))

    def test_a_change_accepted_before_the_process_died_is_not_sent_again(self):
        with listening(self.env, Server()):
            run_queue(self.env)
        self.sitting.write({"place": "Library"})
        self.env.flush_all()
        change = self.env["mail.mail"].search([("res_id", "=", self.row("B1").id), ("state", "=", "outgoing")])

        def die(mails, *args, **kwargs):
            raise ProcessDied

        with (
            self.enter_registry_test_mode(),
            listening(self.env, Server()) as server,
            patch.object(MailMail, "_postprocess_sent_message", die),
            suppress(ProcessDied),
            self.registry.cursor() as cr,
        ):
            self.env(cr=cr)["mail.mail"].browse(change.id).sudo().send(auto_commit=True)
        self.env.invalidate_all()
        with listening(self.env, Server()) as later:
            for _hour in range(2):
                run_queue(self.env)
                self.run_job("cron_retry_mails")
        self.assertEqual((len(server.letters), len(self.letters_to(later, "B1"))), (1, 0))
        self.assertEqual((change.state, bool(change.sending_since)), ("exception", True))

    def test_a_letter_whose_acceptance_is_committed_stays_sent(self):
        mail = self.row("B1").mail_id
        self.env.flush_all()
        with self.enter_registry_test_mode(), listening(self.env, Server()) as server:
            for _round in range(2):
                with self.registry.cursor() as cr:
                    self.env(cr=cr)["mail.mail"].browse(mail.id).sudo().send(auto_commit=True)
            self.env.invalidate_all()
        self.assertEqual((len(server.letters), self.row("B1").state), (1, "sent"))
        self.assertFalse(self.row("B1").sending_since)


class TestBounce(SmtpCase):
    def bounced(self, letter, address):
        """The report a mail server sends back, as the gateway would hand it to Odoo."""
        domain = self.env["mail.alias.domain"].create({"name": "councils.example"})
        return f"""Return-Path: <>
To: {domain.bounce_email}
From: MAILER-DAEMON@example.com
Subject: Undelivered Mail Returned to Sender
Message-Id: <bounce.1@example.com>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

The address does not exist.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com

Final-Recipient: rfc822; {address}
Action: failed
Status: 5.1.1

--b
Content-Type: message/rfc822

Message-Id: {letter["Message-Id"]}
From: {letter["From"]}
To: {letter["To"]}
Subject: Invitation

.
--b--
"""

    @mute_logger("odoo.addons.mail.models.mail_thread")
    def test_a_bounce_undoes_its_channel_and_paper_follows(self):
        with listening(self.env, Server()) as server:
            run_queue(self.env)
        letter = self.letters_to(server, "B1")[0]
        report = self.bounced(letter, self.people["B1"].email)
        self.env["mail.thread"].message_process("mail.mail", report)
        row = self.row("B1")
        self.assertEqual(row.state, "bounced")
        self.assertIn(self.people["B1"].email, row.failure)
        self.assertFalse(self.notice.effective_at)
        self.assertIn("person B1", self.todos().summary)
        row.with_user(self.secretary).action_serve_on_paper()
        paper = self.row("B1", "paper")
        self.assertEqual(paper.printed_name, self.people["B1"].name)
        self.assertTrue(self.todos())
        paper.with_user(self.secretary).action_handed()
        self.assertFalse(self.todos())
        self.assertTrue(self.notice.effective_at)
