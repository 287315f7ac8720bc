"""One run of the mail queue over the letters of a notice: what it costs, and when the rest is left to the next run."""

from unittest.mock import patch

from odoo.addons.base.models import ir_cron
from odoo.addons.mail.models.mail_mail import MailMail
from odoo.sql_db import Cursor
from odoo.tools import mute_logger

from tests.shora_council.smtp import Server, listening, run_queue
from tests.shora_council.test_smtp import QUEUE, SmtpCase


class TestRound(SmtpCase):
    def test_a_council_is_looked_after_once_for_all_its_letters(self):
        checked = []
        model = self.registry["shora.finding"]
        check = model._check

        def counted(findings, councils):
            checked.append(councils)
            return check(findings, councils)

        with listening(self.env, Server()) as server, patch.object(model, "_check", counted):
            run_queue(self.env)
        self.assertEqual(len(server.letters), 11)
        self.assertEqual(checked, [self.council])

    def test_queries_of_a_letter(self):
        self.env.flush_all()
        with listening(self.env, Server()):
            costs = []
            for rows in (self.rows[:1], self.rows[1:]):
                before = self.cr.sql_log_count
                rows.mail_id.process_email_queue(rows.mail_id.ids)
                costs.append(self.cr.sql_log_count - before)
                self.env.invalidate_all()
        self.assertLessEqual((costs[1] - costs[0]) / 9, 25, costs)

    @mute_logger("odoo.addons.mail.models.mail_mail")
    def test_what_became_of_a_letter_is_one_update(self):
        """Of the row in that transaction: at a second one the database would look for its session once more, and lose
        against whoever closes it.
        """
        row, updates = self.rows[:1], []
        execute, begin = Cursor.execute, type(row)._begin_sending

        def counted(cr, query, *args, **kwargs):
            if 'UPDATE "shora_notice_recipient"' in str(getattr(query, "code", query)):
                updates.append(query)
            return execute(cr, query, *args, **kwargs)

        def begun(rows, auto_commit):
            done = begin(rows, auto_commit)
            self.env.flush_all()
            updates.clear()
            return done

        for server, state in ((Server(), "sent"), (Server(reply="451 Later"), "failed")):
            with (
                self.subTest(state=state),
                self.cr.savepoint() as undone,
                listening(self.env, server),
                patch.object(type(row), "_begin_sending", begun),
                patch.object(Cursor, "execute", counted),
            ):
                row.mail_id.process_email_queue(row.mail_id.ids)
                self.env.flush_all()
                self.assertEqual((row.state, len(updates)), (state, 1))
                undone.rollback()
                self.env.invalidate_all()

    def test_a_run_ends_with_its_time_and_the_next_one_goes_on(self):
        """A clock that is always late: each run sends one letter, and asks for the next run."""
        self.env["mail.mail"].search([("id", "not in", self.rows.mail_id.ids)]).unlink()
        job = self.env.ref("mail.ir_cron_mail_scheduler_action")
        counts, send = [], MailMail.send

        def as_outside_of_tests(mails, **kwargs):
            return send(mails, **{**kwargs, "auto_commit": True})

        with (
            self.enter_registry_test_mode(),
            listening(self.env, Server()) as server,
            patch.object(ir_cron, "MIN_TIME_PER_JOB", -1),
            patch.object(MailMail, "send", as_outside_of_tests),
        ):
            for _run in range(13):
                self.assertIs(job.method_direct_trigger(), True)
                asked = self.env["ir.cron.trigger"].search_count([("cron_id", "=", job.id)])
                counts.append((len(server.letters), bool(asked)))
        self.env.invalidate_all()
        self.assertEqual(counts, [(sent, True) for sent in range(1, 12)] + [(11, False)] * 2)
        self.assertEqual(len(set(server.addresses())), 11)
        self.assertEqual(set(self.rows.mapped("state")), {"sent"})

    @mute_logger(QUEUE)
    def test_to_dos_of_a_run_that_broke_off_come_with_the_hour(self):
        with (
            listening(self.env, Server(refused={self.people["B1"].email: "550 5.1.1 No such user"})),
            patch.object(self.registry["shora.notice.recipient"], "_watch_sent", lambda rows, auto_commit: None),
        ):
            run_queue(self.env)
        self.assertEqual(self.row("B1").state, "failed")
        self.assertFalse(self.todos())
        self.run_job("cron_retry_mails")
        self.assertIn("person B1", self.todos().summary)
