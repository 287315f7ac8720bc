"""What the councils tell by mail beside the notices, of forwarded minutes above all (5-5), in SMTP to a real server:
up, down, slow, half-accepting, and a process that dies in between.
"""

from contextlib import suppress
from unittest.mock import patch

from odoo.addons.mail.models.mail_mail import MailMail
from odoo.tools import mute_logger

from tests.common import ShoraCase
from tests.shora_council.smtp import Server, listening

QUEUE = "odoo.addons.mail.models.mail_mail"
SERVER = "odoo.addons.base.models.ir_mail_server"


class ProcessDied(BaseException):
    """As a killed worker: nothing of Odoo catches it."""


class TestForwardingTold(ShoraCase):
    def setUp(self):
        super().setUp()
        self.in_english()
        self.env["mail.mail"].search([]).unlink()
        session = self.held_session(self.council, "2026-11-16")
        self.minutes = session.env["shora.minutes"]._draft_for(session)
        self.minutes._sign("password")
        self.env["mail.mail"].search([]).unlink()
        self.secretariat.email, self.head.email = "clerk@example.com", "head@example.com"
        (self.secretariat | self.head).lang = "en_US"
        self.people_told = sorted(self.minutes._secretariat_users().mapped("email"))

    def mails(self):
        self.env.invalidate_all()
        return self.env["mail.mail"].search([("model", "=", "shora.minutes")])

    def queue(self):
        """The queue over what is told of the minutes, as its job runs it."""
        mails = self.mails().filtered(lambda mail: mail.state == "outgoing")
        mails.with_context(lang=None).process_email_queue(mails.ids)
        self.env.invalidate_all()

    def told(self, server):
        """Addresses that were told of the forwarding itself."""
        return sorted(to for to, letter in server.letters if "were forwarded" in str(letter.get_body().get_content()))

    def test_the_click_does_not_wait_for_the_server(self):
        with listening(self.env, Server()) as server:
            self.minutes.action_forward()
            self.env.flush_all()
            self.assertFalse(server.letters)
            self.assertEqual(self.minutes.state, "forwarded")
            queue = self.env.ref("mail.ir_cron_mail_scheduler_action")
            self.assertTrue(self.env["ir.cron.trigger"].search_count([("cron_id", "=", queue.id)]))
            for _round in range(2):
                self.queue()
        self.assertEqual(self.told(server), self.people_told)
        self.assertGreater(len(self.people_told), 1, "one mail of Odoo's, one letter and one fate a person")

    @mute_logger(QUEUE)
    def test_a_server_that_is_down_is_asked_again(self):
        self.minutes.action_forward()
        with listening(self.env):
            self.queue()
        self.assertEqual(set(self.mails().mapped("state")), {"exception"})
        with listening(self.env, Server()) as server:
            for _hour in range(2):
                self.assertIs(self.run_job("cron_retry_mails"), True)
                self.queue()
        self.assertEqual(self.told(server), self.people_told)

    @mute_logger(QUEUE, SERVER)
    def test_silence_before_the_content_is_no_acceptance(self):
        self.minutes.action_forward()
        with listening(self.env, Server(pauses={"RCPT": 3})) as server:
            self.queue()
            self.assertFalse(server.letters)
        with listening(self.env, Server()) as server:
            self.run_job("cron_retry_mails")
            self.queue()
        self.assertEqual(self.told(server), self.people_told)

    @mute_logger(QUEUE, SERVER)
    def test_silence_after_the_content_is_not_asked_again(self):
        self.minutes.action_forward()
        with listening(self.env, Server(pauses={"DATA": 3})) as slow:
            self.queue()
        with listening(self.env, Server()) as server:
            for _hour in range(2):
                self.run_job("cron_retry_mails")
                self.queue()
            everybody = sorted(to for to, _letter in [*slow.letters, *server.letters])
            self.assertEqual(len(slow.letters), 1)
            left = self.mails().filtered("sending_since")
            self.assertEqual(left.mapped("state"), ["exception"])
            left.mark_outgoing()
            self.queue()
        self.assertEqual(len(server.letters), len(everybody), "by a person's decision once more")

    @mute_logger(QUEUE)
    def test_a_refused_address_keeps_nobody_else_waiting(self):
        self.minutes.action_forward()
        refused = self.people_told[0]
        with listening(self.env, Server(refused={refused: "550 5.1.1 No such user"})) as server:
            for _hour in range(2):
                self.queue()
                self.run_job("cron_retry_mails")
        self.assertEqual(self.told(server), self.people_told[1:])
        self.assertEqual(
            set(self.mails().filtered(lambda mail: mail.state == "exception").recipient_ids.mapped("email")), {refused}
        )

    def test_one_accepted_before_the_process_died_is_not_told_twice(self):
        self.minutes.action_forward()
        self.env.flush_all()
        ids = self.mails().ids

        def die(mails, *args, **kwargs):
            raise ProcessDied

        with self.enter_registry_test_mode(), listening(self.env, Server()) as server:
            with (
                patch.object(MailMail, "_postprocess_sent_message", die),
                suppress(ProcessDied),
                self.registry.cursor() as cr,
            ):
                self.env(cr=cr)["mail.mail"].browse(ids).sudo().send(auto_commit=True)
            self.assertEqual(len(server.letters), 1)
            for _round in range(2):
                with self.registry.cursor() as cr:
                    mails = self.env(cr=cr)["mail.mail"].search([("state", "=", "outgoing")])
                    mails.filtered(lambda mail: mail.model == "shora.minutes").send(auto_commit=True)
        self.assertEqual(len(server.letters), len({to for to, _letter in server.letters}), "nobody twice")
        self.assertEqual(self.told(server), self.people_told)
