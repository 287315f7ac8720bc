"""Clause 5-1: written notice with agenda and documents, at least seven Tehran days before."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from tests.common import ShoraCase, tehran, utc


@tagged("post_install", "-at_install")
class TestNotice(ShoraCase):
    DAY = "2026-12-10"  # a Thursday; the 7th day before is 2026-12-03

    def planned(self):
        with tehran("2026-11-20 09:00"):
            return self.session(self.council, self.DAY)

    def handed(self, at):
        """Dispatch on paper and hand everything over at the Tehran moment ``at``."""
        session = self.planned()
        with tehran(at):
            notice = self.dispatch(session, paper=True)
            notice.recipient_ids.action_handed()
        return session, notice

    def test_in_time_until_the_last_minute_of_the_seventh_day(self):
        for zone in ("UTC", "America/New_York", "Asia/Tokyo"):
            with self.subTest(zone=zone):
                self.env.user.tz = self.secretary.tz = zone
                session, notice = self.handed("2026-12-03 23:59:59")
                self.assertFalse(notice.is_late)
                self.assertFalse(notice.late_reason)
                self.assertEqual(str(session.notice_last_day), "2026-12-03")

    def test_late_from_midnight_of_the_sixth_day(self):
        session, notice = self.handed("2026-12-04 00:00:00")
        self.assertTrue(notice.is_late)
        finding = self.council.finding_ids.filtered(lambda f: f.code == "notice_late" and f.state == "open")
        self.assertEqual(finding.res_id, session.id)
        self.assertEqual(finding.clause_id.code, "5-1")

    def test_late_dispatch_needs_a_reason_and_names_the_clause(self):
        session = self.planned()
        with tehran("2026-12-04 00:00:00"):
            notice = session.env["shora.notice"]._prepare_for(session)
            with self.assertRaisesRegex(UserError, r"Article 5, clause 1.*reason"):
                notice.action_dispatch()

    def test_without_an_accepted_item_nothing_is_sent(self):
        session = self.planned()
        session.agenda_item_ids.write({"state": "proposed"})
        notice = session.env["shora.notice"]._prepare_for(session)
        with self.assertRaisesRegex(UserError, "Article 5, clause 1.*accepted item"):
            notice.action_dispatch()
        self.assertFalse(notice.pdf_sha256)
        self.assertEqual(session.state, "scheduled")

    def test_one_mail_is_really_queued_per_recipient_with_the_sealed_letter(self):
        session = self.planned()
        notice = self.dispatch(session)
        rows = notice.recipient_ids.sudo().filtered(lambda row: row.channel == "email")
        self.assertEqual(len(rows), 11)
        self.assertEqual(set(rows.mapped("state")), {"queued"})
        self.assertEqual(set(rows.mail_id.mapped("state")), {"outgoing"})
        self.assertEqual(len(rows.mail_id), 11)
        self.assertEqual(rows.mail_id[0].attachment_ids[0].raw[:5], b"%PDF-")
        self.assertEqual(len(notice.pdf_sha256), 64)
        self.assertEqual(session.state, "invited")
        self.assertFalse(notice.effective_at, "queued is not sent")

    def test_acceptance_counts_and_a_bounce_undoes_it(self):
        session = self.planned()
        with tehran("2026-12-01 09:00"):
            notice = self.dispatch(session)
        with tehran("2026-12-03 10:00"):
            for mail in notice.recipient_ids.sudo().mail_id:
                mail.write({"state": "sent"})
            notice.recipient_ids.sudo().mail_id._postprocess_sent_message([], [])
        self.assertEqual(notice.effective_at, utc("2026-12-03 10:00"))
        row = notice.recipient_ids[:1]
        row._message_receive_bounce(row.partner_id.email, row.partner_id)
        self.assertEqual(row.state, "bounced")
        self.assertFalse(notice.effective_at)
        with tehran("2026-12-03 18:00"):
            paper = (
                self.env["shora.notice.recipient"]
                .with_user(self.secretary)
                .create(
                    {
                        "notice_id": notice.id,
                        "membership_id": row.membership_id.id,
                        "partner_id": row.partner_id.id,
                        "channel": "paper",
                    }
                )
            )
            paper.action_handed()
        self.assertEqual(notice.effective_at, utc("2026-12-03 18:00"))
        self.assertFalse(notice.is_late)

    def test_a_refused_mail_is_tried_again_by_the_cron(self):
        self.in_english()
        notice = self.dispatch(self.planned())
        mail = notice.recipient_ids[:1].sudo().mail_id
        mail.write({"state": "exception", "failure_reason": "refused"})
        mail._postprocess_sent_message([], [], failure_reason="refused", failure_type="mail_smtp")
        row = notice.recipient_ids[:1]
        self.assertEqual((row.state, row.attempts, row.failure_kind), ("failed", 1, "temporary"))
        self.assertRegex(row.failure, r"tried again every hour.*\(refused\)")
        self.assertIs(self.run_job("cron_retry_mails"), True)
        self.assertEqual((row.state, mail.state), ("queued", "outgoing"))

    def test_a_dispatched_notice_is_frozen(self):
        notice = self.dispatch(self.planned())
        for vals in ({"subject": "Other"}, {"pdf_sha256": "0"}, {"state": "draft"}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                notice.sudo().write(vals)

    def test_everybody_in_the_council_is_a_recipient(self):
        session = self.planned()
        notice = session.env["shora.notice"]._prepare_for(session)
        gone = notice.recipient_ids[:1]
        name = gone.partner_id.name
        gone.unlink()
        with self.assertRaisesRegex(UserError, name):
            notice.action_dispatch()

    def test_documents_after_dispatch_are_listed_as_late(self):
        session = self.planned()
        self.dispatch(session)
        item = session.agenda_item_ids
        self.assertFalse(item.is_late)
        item.attachment_ids = [(0, 0, {"name": "late.pdf", "raw": b"late"})]
        self.assertTrue(item.is_late)

    def test_moving_the_session_judges_notice_again(self):
        session, notice = self.handed("2026-12-01 09:00")
        with tehran("2026-12-02 09:00"):
            session.write({"start": utc("2026-12-05 10:00"), "stop": utc("2026-12-05 12:00")})
        self.assertTrue(notice.is_late)
        self.assertEqual(session.event_id.start, utc("2026-12-05 10:00"))

    def test_extraordinary_session_needs_no_notice_but_its_ground(self):
        with tehran("2026-12-09 20:00"):
            session = self.session(self.council, self.DAY, kind="extraordinary")
            self.assertFalse(session.notice_last_day)
        with tehran(f"{self.DAY} 10:00"):
            session.write({"presiding_ground": "chair", "state": "open"})
        with self.assertRaisesRegex(UserError, "ground"):
            self.session(self.council, "2026-12-12", kind="extraordinary").write({"ground": ""})
