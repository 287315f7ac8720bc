"""Days off: the public holidays of a Jalali year brought in once, and what a day declared off later hits (5-1)."""

from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from tests.common import ShoraCase, tehran, utc


@tagged("post_install", "-at_install")
class TestDayOff(ShoraCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.resource_calendar_id = cls.env.ref("web_jalali.resource_calendar_iran")
        cls.leaves = cls.env["resource.calendar.leaves"]

    def fetch(self, year=1406, user=None):
        fetch = self.env["shora.holiday.fetch"].with_user(user or self.head).create({"year": year})
        return self.env["resource.calendar.leaves"].search(fetch.action_fetch()["domain"], order="date_from")

    def declare(self, day, days=1, user=None, **vals):
        return self.leaves.with_user(user or self.head).create(
            {
                "name": "Declared",
                "date_from": utc(f"{day} 00:00"),
                "date_to": utc(f"{day} 23:59:59") + timedelta(days=days - 1),
                "calendar_id": False,
                **vals,
            }
        )

    def findings(self, code="day_off"):
        return self.env["shora.finding"].search(
            [("council_id", "=", self.council.id), ("code", "=", code), ("state", "=", "open")]
        )

    def told(self):
        """Texts sent to the secretary."""
        return (
            self.env["mail.message"]
            .search(
                [
                    ("model", "=", "shora.council"),
                    ("res_id", "=", self.council.id),
                    ("partner_ids", "in", self.secretary.partner_id.ids),
                ]
            )
            .mapped("body")
        )

    # --- public holidays ---

    def test_the_holidays_of_a_jalali_year_come_as_whole_days_of_tehran_in_persian(self):
        leaves = self.fetch(1406)
        nowruz = leaves.filtered(lambda leave: "نوروز" in leave.name)
        self.assertEqual(nowruz[0].date_from, utc("2027-03-21 00:00"))
        self.assertEqual(nowruz[0].date_to, utc("2027-03-21 23:59:59"))
        self.assertEqual(len(nowruz), 4)
        self.assertFalse(leaves.resource_id)
        self.assertGreater(len(leaves), 20)
        self.assertGreaterEqual(leaves[0].date_from, utc("2027-03-21 00:00"))
        self.assertLess(leaves[-1].date_from, utc("2028-03-20 00:00"))
        self.assertTrue(any("۱۵ خرداد" in name for name in leaves.mapped("name")))
        self.assertTrue(any("تخمینی" in name for name in leaves.mapped("name")))

    def test_twice_brings_nothing_twice_and_changes_stay(self):
        leaves = self.fetch(1406)
        lunar = leaves.filtered(lambda leave: "تخمینی" in leave.name)[0]
        lunar.write({"date_from": lunar.date_from + timedelta(days=1), "date_to": lunar.date_to + timedelta(days=1)})
        leaves[0].name = "Changed"
        again = self.fetch(1406)
        self.assertEqual(again, leaves)
        self.assertEqual(leaves[0].name, "Changed")

    def test_a_holiday_entered_by_hand_is_not_doubled(self):
        name = self.fetch(1406)[0].name
        self.leaves.search([("shora_holiday_key", "!=", False)]).unlink()
        by_hand = self.declare("2027-03-21", name=name)
        leaves = self.fetch(1406)
        self.assertEqual(leaves.filtered(lambda leave: leave.name == name), by_hand)

    def test_a_leap_year_has_its_last_day(self):
        last = self.fetch(1403)[-1]
        self.assertEqual(last.date_from, utc("2025-03-20 00:00"))

    def test_a_year_nobody_knows_is_refused(self):
        with self.assertRaises(UserError):
            self.fetch(12)

    def test_who_may_change_the_days_off(self):
        for user in (self.secretary, self.employee, self.auditor):
            with self.assertRaises(AccessError):
                self.fetch(user=user)
            with self.assertRaises(AccessError):
                self.declare("2027-05-05", user=user)
        self.assertTrue(self.fetch(user=self.admin))
        person = self.env["resource.resource"].create({"name": "R", "user_id": self.employee.id})
        with self.assertRaises(AccessError):
            self.declare("2027-05-05", resource_id=person.id)

    # --- what a day off hits ---

    def test_a_day_declared_off_tells_the_secretary_its_session_and_its_deadlines(self):
        session = self.plan(self.council, "2026-12-15")
        self.declare("2026-12-15")
        self.assertEqual(self.findings().res_id, session.id)
        self.assertEqual(self.findings().actor, "secretary")
        self.assertTrue(self.findings().clause_id)
        self.assertEqual(len(self.told()), 1)
        told = session.with_context(lang=self.secretary.lang)
        self.assertIn(told.display_name, self.told()[0])

    def test_deadlines_are_told_and_do_not_move(self):
        session = self.plan(self.council, "2026-12-15")
        last = session.notice_last_day
        self.declare(str(last))
        self.assertEqual(len(self.told()), 1)
        self.assertEqual(session.notice_last_day, last)
        self.assertFalse(self.findings())
        self.declare(str(session.minutes_last_day))
        self.assertEqual(len(self.told()), 2)

    def test_a_day_that_hits_nothing_or_concerns_one_person_is_silent(self):
        self.plan(self.council, "2026-12-15")
        self.declare("2026-12-16")
        person = self.env["resource.resource"].create({"name": "R"})
        self.leaves.create(
            {"date_from": utc("2026-12-15 00:00"), "date_to": utc("2026-12-15 23:59"), "resource_id": person.id}
        )
        self.assertFalse(self.told() or self.findings())

    def test_a_day_declared_working_again_closes_the_finding(self):
        self.plan(self.council, "2026-12-15")
        leave = self.declare("2026-12-15")
        self.assertTrue(self.findings())
        leave.write({"date_from": utc("2026-12-20 00:00"), "date_to": utc("2026-12-20 23:59:59")})
        self.assertFalse(self.findings())
        leave.write({"date_from": utc("2026-12-15 00:00"), "date_to": utc("2026-12-15 23:59:59")})
        self.assertTrue(self.findings())
        leave.unlink()
        self.assertFalse(self.findings())

    def test_a_session_moved_away_closes_the_finding(self):
        session = self.plan(self.council, "2026-12-15")
        self.declare("2026-12-15")
        session.write({"start": utc("2026-12-16 10:00"), "stop": utc("2026-12-16 12:00")})
        self.env["shora.finding"]._check(self.council)
        self.assertFalse(self.findings())

    def test_the_list_of_what_is_hit_is_the_reader_s_own(self):
        session = self.plan(self.council, "2026-12-15")
        leave = self.declare("2026-12-15", days=9)
        action = leave.with_user(self.secretary).action_shora_hits()
        lines = self.env["shora.day.off.hit"].with_user(self.secretary).search(action["domain"])
        self.assertEqual(
            [(line.day, line.kind) for line in lines],
            [(date(2026, 12, 15), "session"), (date(2026, 12, 22), "minutes")],
        )
        self.assertEqual(lines.session_id, session)
        with tehran("2026-09-02 08:00"):
            other = self.make_council("T2")
            stranger, _people = self.staff_council(other, experts=1, prefix="t2")
        self.env.invalidate_all()
        action = leave.with_user(stranger).action_shora_hits()
        self.assertFalse(self.env["shora.day.off.hit"].with_user(stranger).search(action["domain"]))

    # --- gaps ---

    def gap_findings(self):
        self.env["shora.finding"]._check(self.council)
        return self.findings("cadence_gap")

    def test_a_gap_beyond_fourteen_days_is_a_finding_of_the_secretary(self):
        first = self.plan(self.council, "2026-12-06")
        self.plan(self.council, "2026-12-20")
        self.assertFalse(self.gap_findings())
        self.plan(self.council, "2027-01-04")
        finding = self.gap_findings()
        self.assertEqual((finding.actor, finding.subject), ("secretary", self.council.session_ids[1].display_name))
        self.assertEqual(finding.clause_id, self.council._interval_rule(first.day).clause_id)
        self.plan(self.council, "2027-01-03")
        self.assertFalse(self.gap_findings())

    def test_a_shift_for_a_day_off_explains_a_gap(self):
        self.plan(self.council, "2026-12-06")
        self.plan(self.council, "2026-12-21")
        self.assertTrue(self.gap_findings())
        self.declare("2026-12-20")
        self.assertFalse(self.gap_findings())

    def test_nowruz_explains_a_gap(self):
        self.plan(self.council, "2027-03-07")
        self.plan(self.council, "2027-04-05")
        self.assertFalse(self.gap_findings())
        self.council.nowruz_days_before = self.council.nowruz_days_after = 0
        self.assertTrue(self.gap_findings())

    def test_the_last_session_asks_for_a_follower_when_its_notice_would_be_late(self):
        self.plan(self.council, "2026-12-06")
        with tehran("2026-12-13 12:00"):
            self.assertFalse(self.gap_findings())
        with tehran("2026-12-14 12:00"):
            self.assertTrue(self.gap_findings())

    def test_an_extraordinary_or_cancelled_session_fills_no_gap(self):
        self.plan(self.council, "2026-12-06")
        between = self.plan(self.council, "2026-12-20")
        self.plan(self.council, "2027-01-03")
        self.assertFalse(self.gap_findings())
        between.write({"state": "cancelled", "final_reason": "R"})
        self.assertTrue(self.gap_findings())
        self.plan(self.council, "2026-12-20", kind="extraordinary")
        self.assertTrue(self.gap_findings())

    def test_gaps_of_a_year_cost_the_same_as_of_two_sessions(self):
        self.plan(self.council, "2026-12-06")
        self.plan(self.council, "2026-12-20")
        self.env["shora.finding"]._check(self.council)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.council._gaps(self.council._today())
        few = self.env.cr.sql_log_count - before
        for week in range(1, 8):
            self.plan(self.council, str(date(2026, 12, 20) + timedelta(weeks=2 * week)))
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.council._gaps(self.council._today())
        self.assertLessEqual(self.env.cr.sql_log_count - before, few)
