"""5-1: reminders of the notice at ten and eight days, of the session the day before; none of them is a notice."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from tests.common import ShoraCase, tehran, utc

DAY = "2026-12-20"  # 10 days before: 2026-12-10; 8 days: 2026-12-12; last day of the notice: 2026-12-13


@tagged("post_install", "-at_install")
class TestSessionReminders(ShoraCase):
    def run_at(self, moment):
        with tehran(moment):
            self.assertIs(self.run_job("cron_session_reminders"), True)

    def todos(self, session):
        kind = self.env.ref("shora_council.activity_notice")
        return self.env["mail.activity"].search([("activity_type_id", "=", kind.id), ("res_id", "=", session.id)])

    def told(self, session, partner):
        """Texts sent to ``partner`` about ``session``, oldest first."""
        messages = self.env["mail.message"].search(
            [("model", "=", session._name), ("res_id", "=", session.id), ("partner_ids", "in", partner.ids)],
            order="id",
        )
        return messages.mapped("body")

    def test_ten_days_before_and_not_an_hour_earlier(self):
        session = self.plan(self.council, DAY)
        self.run_at("2026-12-09 23:59")
        self.assertFalse(self.todos(session))
        self.run_at("2026-12-10 00:00")
        todo = self.todos(session)
        self.assertEqual((todo.user_id, str(todo.date_deadline)), (self.secretary, "2026-12-13"))
        self.assertEqual(len(self.told(session, self.secretary.partner_id)), 1)
        clause = self.council._rule("notice_days", session.day).clause_id
        citations = {clause.with_context(lang=lang).citation for lang in ("en_US", "fa_IR")}
        text = self.told(session, self.secretary.partner_id)[0]
        self.assertTrue(any(citation in text for citation in citations), text)

    def test_each_stage_once_and_eight_days_again(self):
        session = self.plan(self.council, DAY)
        for moment, messages in (
            ("2026-12-10 08:00", 1),
            ("2026-12-10 09:00", 1),
            ("2026-12-11 23:59", 1),
            ("2026-12-12 00:00", 2),
            ("2026-12-12 01:00", 2),
            ("2026-12-14 09:00", 2),
        ):
            self.run_at(moment)
            self.assertEqual(len(self.told(session, self.secretary.partner_id)), messages, moment)
            self.assertEqual(len(self.todos(session)), 1, moment)

    def test_one_that_was_ticked_off_comes_back_with_the_next_stage_only(self):
        session = self.plan(self.council, DAY)
        self.run_at("2026-12-10 08:00")
        self.todos(session).with_user(self.secretary).action_feedback()
        self.run_at("2026-12-11 08:00")
        self.assertFalse(self.todos(session))
        self.run_at("2026-12-12 08:00")
        self.assertTrue(self.todos(session))

    def test_planned_late_starts_at_the_stage_reached(self):
        with tehran("2026-12-13 09:00"):
            session = self.plan(self.council, DAY)
        self.run_at("2026-12-13 10:00")
        self.assertEqual((session.notice_reminded_days, len(self.todos(session))), (8, 1))

    def test_the_dispatch_and_the_cancelling_close_the_to_do_at_once(self):
        invited, cancelled = self.plan(self.council, DAY), self.plan(self.council, DAY, hour=14)
        self.run_at("2026-12-10 08:00")
        with tehran("2026-12-10 09:00"):
            self.dispatch(invited)
            cancelled.write({"final_reason": "No need", "state": "cancelled"})
        self.assertFalse(self.todos(invited) | self.todos(cancelled))

    def test_a_session_moved_away_is_reminded_of_anew(self):
        session = self.plan(self.council, DAY)
        self.run_at("2026-12-10 08:00")
        with tehran("2026-12-10 09:00"):
            session.write({"start": utc("2026-12-30 10:00"), "stop": utc("2026-12-30 12:00")})
        self.run_at("2026-12-10 10:00")
        self.assertFalse(self.todos(session))
        self.run_at("2026-12-20 00:00")
        self.assertEqual(str(self.todos(session).date_deadline), "2026-12-23")

    def test_an_extraordinary_session_has_no_notice_to_remind_of(self):
        session = self.plan(self.council, DAY, kind="extraordinary")
        self.run_at("2026-12-12 08:00")
        self.assertFalse(self.todos(session))

    def test_without_a_secretary_nothing_breaks(self):
        session = self.plan(self.council, DAY)
        self.end(self.council.membership_ids.filtered(lambda m: m.seat_id.code == "A2"), day="2026-12-01")
        self.run_at("2026-12-10 08:00")
        self.assertFalse(self.todos(session))
        self.assertEqual(session.notice_reminded_days, 10)

    # --- members ---

    def test_members_the_day_before_each_once(self):
        session = self.plan(self.council, DAY)
        with tehran("2026-12-10 09:00"):
            self.dispatch(session)
        member = self.people["B3"]
        before = len(self.told(session, member))
        self.run_at("2026-12-18 23:59")
        self.assertEqual(len(self.told(session, member)), before)
        self.run_at("2026-12-19 00:00")
        self.run_at("2026-12-19 01:00")
        self.assertEqual(len(self.told(session, member)), before + 1)
        self.assertRegex(self.told(session, member)[-1], "(10:00|۱۰:۰۰).*Hall")

    def test_a_reminder_is_no_notice(self):
        session = self.plan(self.council, DAY)
        with tehran("2026-12-10 09:00"):
            notice = self.dispatch(session)
        rows = {row: (row.state, row.sent_at) for row in notice.recipient_ids}
        self.run_at("2026-12-19 08:00")
        self.assertEqual({row: (row.state, row.sent_at) for row in notice.recipient_ids}, rows)
        self.assertFalse(notice.effective_at)

    def test_who_is_no_longer_a_member_is_not_reminded(self):
        session = self.plan(self.council, DAY)
        with tehran("2026-12-10 09:00"):
            self.dispatch(session)
            self.end(self.council.membership_ids.filtered(lambda m: m.seat_id.code == "B3"), day="2026-12-15")
        self.run_at("2026-12-19 08:00")
        last = self.env["mail.message"].search(
            [("model", "=", session._name), ("res_id", "=", session.id)], order="id desc", limit=1
        )
        self.assertIn(self.people["B4"], last.partner_ids)
        self.assertNotIn(self.people["B3"], last.partner_ids)

    def test_not_invited_not_reminded_unless_extraordinary(self):
        ordinary = self.plan(self.council, DAY)
        extraordinary = self.plan(self.council, DAY, kind="extraordinary", hour=15)
        self.run_at("2026-12-19 08:00")
        self.assertFalse(ordinary.members_reminded)
        self.assertTrue(extraordinary.members_reminded)
        self.assertEqual(len(self.told(extraordinary, self.people["B3"])), 1)

    def test_the_by_law_sets_the_days(self):
        version = self.env["shora.bylaw"].browse(self.council.bylaw_id.action_new_version()["res_id"])
        version.rule_ids.filtered(lambda r: r.code == "notice_reminder_1").value = 12
        version.date_from = "2026-12-01"
        version.council_ids = self.council
        version.action_put_in_force()
        session = self.plan(self.council, DAY)
        self.run_at("2026-12-08 00:00")
        self.assertEqual((len(self.todos(session)), session.notice_reminded_days), (1, 12))

    def test_nobody_sets_what_was_reminded(self):
        session = self.plan(self.council, DAY)
        for name, value in (("notice_reminded_days", 8), ("members_reminded", True)):
            with self.subTest(name=name), self.assertRaisesRegex(UserError, "never by hand"), self.cr.savepoint():
                session.with_user(self.secretary).write({name: value})

    def test_looking_through_a_year_costs_what_a_month_costs(self):
        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            sessions = self.env["shora.session"]._as_system().search([("state", "in", ("scheduled", "invited"))])
            self.assertFalse(sessions.filtered(lambda s: s._notice_stage() or s._is_reminder_due()))
            return self.cr.sql_log_count - before

        for number in range(2):
            self.plan(self.council, f"2027-01-{10 + number}")
        few = queries()
        for number in range(8):
            self.plan(self.council, f"2027-02-{10 + number}")
        self.assertEqual(queries(), few)
