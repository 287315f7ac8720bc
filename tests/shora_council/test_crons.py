"""Every job of the councils runs as the scheduler runs it, and none of them fails unnoticed."""

from unittest.mock import patch

from odoo.tests import RecordCapturer
from odoo.tools import SQL, mute_logger

from tests.common import ShoraCase, tehran


class TestCrons(ShoraCase):
    def trigger(self, name):
        self.assertIs(self.run_job(name), True)
        self.assertEqual(self.env.ref(f"shora_council.{name}").failure_count, 0)
        progress = self.env["ir.cron.progress"].search(
            [("cron_id", "=", self.env.ref(f"shora_council.{name}").id)], order="id desc", limit=1
        )
        self.assertEqual((progress.remaining, progress.timed_out_counter), (0, 0))

    def test_a_job_that_fails_is_noticed(self):
        broken = patch.object(
            self.registry["shora.deemed.resignation"],
            "_suspects",
            lambda model: model.env.execute_query(SQL("SELECT no_such_column FROM shora_attendance")),
        )
        with broken, mute_logger("odoo.sql_db"), self.assertLogs("odoo.addons.base.models.ir_cron", "ERROR"):
            outcome = self.run_job("cron_absence")
        self.assertIn("no_such_column", str(outcome))

    def test_decrees_enter_into_force_and_expire_on_their_day(self):
        partner = self.make_partner("Later")
        decree = self.decree(self.council, "B8", partner, "2026-12-22")
        decree.action_issue()
        member = decree.membership_id
        with tehran("2026-12-21 23:59"):
            self.trigger("cron_terms")
            self.assertEqual((decree.state, member.state), ("issued", "upcoming"))
        with tehran("2026-12-22 00:00"):
            self.trigger("cron_terms")
            self.assertEqual((decree.state, member.state), ("in_force", "current"))
        last = decree.date_to
        self.assertEqual(str(last), "2027-12-21", "one Jalali year: until 30 Azar 1406")
        with tehran(f"{last} 23:59"):
            self.trigger("cron_terms")
            self.assertEqual((decree.state, member.state), ("in_force", "current"))
        with tehran("2027-12-22 00:00"):
            self.trigger("cron_terms")
            self.assertEqual((decree.state, decree.end_reason, decree.date_ended), ("ended", "expired", last))
            self.assertEqual(member.state, "ended")

    def test_overdue_minutes_are_found_and_the_finding_closes_by_itself(self):
        session = self.held_session(self.council, "2026-11-16")
        found = [("res_model", "=", "shora.session"), ("res_id", "=", session.id), ("code", "=", "minutes_overdue")]
        with tehran("2026-11-23 23:59"):
            self.trigger("cron_findings")
            self.assertFalse(self.env["shora.finding"].search(found))
        with tehran("2026-11-24 00:00"):
            with RecordCapturer(self.env["shora.finding"], found) as capture:
                self.trigger("cron_findings")
                self.trigger("cron_findings")
            self.assertEqual((capture.records.state, capture.records.clause_id.code), ("open", "5-5"))
            minutes = session.env["shora.minutes"]._draft_for(session)
            minutes._sign("password")
            self.env["shora.finding"].flush_model()
            with patch.object(self.registry["shora.finding"], "_check", lambda *args: None):
                minutes.action_forward()
            self.assertEqual(capture.records.state, "open")
            self.trigger("cron_findings")
            self.assertEqual(capture.records.state, "closed")

    def test_refused_mails_are_tried_again_until_the_day(self):
        with tehran("2026-11-23 09:00"):
            notice = self.dispatch(self.session(self.council, "2026-12-07"))
            row = notice.recipient_ids.sudo()[:1]
            row.mail_id.write({"state": "exception"})
            row.mail_id._postprocess_sent_message([], [], failure_reason="refused", failure_type="mail_smtp")
            self.assertEqual(row.state, "failed")
        with tehran("2026-12-07 10:01"):
            self.trigger("cron_retry_mails")
            self.assertEqual((row.state, row.mail_id.state), ("failed", "exception"))
        with tehran("2026-12-07 09:59"):
            self.trigger("cron_retry_mails")
            self.assertEqual((row.state, row.mail_id.state), ("queued", "outgoing"))

    def test_absence_rule_over_everything_with_nothing_to_find(self):
        self.trigger("cron_absence")
