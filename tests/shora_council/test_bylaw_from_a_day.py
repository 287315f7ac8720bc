"""A new version of the by-law from a day on: that day and what comes after follow it, the past keeps its rules."""

from datetime import date, timedelta

from odoo.exceptions import UserError

from tests.common import tehran
from tests.shora_council.bylaw_case import BylawCase

FROM = date(2026, 11, 2)
BEFORE = FROM - timedelta(days=1)


class TestFromADay(BylawCase):
    """The version begins on 2026-11-02; one session lies on the day before and one on the day itself."""

    def begin(self, **rules):
        return self.new_bylaw(self.council, FROM, **rules)

    def test_deadlines_of_sessions_on_both_sides(self):
        before, after = (self.plan(self.council, str(day)) for day in (BEFORE, FROM))
        self.begin(notice_days=10, minutes_days=3)
        self.env.invalidate_all()
        self.assertEqual(before.notice_last_day, BEFORE - timedelta(days=7))
        self.assertEqual(before.minutes_last_day, BEFORE + timedelta(days=7))
        self.assertEqual(after.notice_last_day, FROM - timedelta(days=10))
        self.assertEqual(after.minutes_last_day, FROM + timedelta(days=3))

    def test_a_notice_in_time_stays_in_time(self):
        notices = []
        for day in (BEFORE, FROM):
            with tehran(f"{day - timedelta(days=8)} 09:00"):
                notice = self.dispatch(self.plan(self.council, str(day)), paper=True)
                notice.recipient_ids.action_handed()
                notices.append(notice)
        self.begin(notice_days=10)
        self.env.invalidate_all()
        self.assertEqual([notice.is_late for notice in notices], [False, True])
        late = self.findings(self.council, BEFORE, "notice_late")
        self.assertEqual(late.mapped("res_id"), notices[1].session_id.ids)

    def test_minutes_of_before_are_overdue_by_the_old_week(self):
        before, after = (self.sit(self.council, str(day)) for day in (BEFORE, FROM))
        self.begin(minutes_days=3)
        self.assertEqual(
            self.findings(self.council, FROM + timedelta(days=4), "minutes_overdue").mapped("res_id"), after.ids
        )
        self.assertEqual(
            set(self.findings(self.council, BEFORE + timedelta(days=8), "minutes_overdue").mapped("res_id")),
            {before.id, after.id},
        )

    # --- absence runs: the version of the last session judges ---

    def miss(self, *days):
        for day in days:
            self.sit(self.council, str(day), absent=self.people["B3"])

    def test_a_run_that_was_complete_before_stays_a_resignation(self):
        self.miss(FROM - timedelta(days=15), FROM - timedelta(days=8), BEFORE)
        self.begin(absence_limit=4)
        with tehran(f"{FROM} 02:00"):
            self.run_job("cron_absence")
        self.assertEqual(self.resigned(self.council, self.people["B3"]).date, BEFORE)

    def test_a_run_whose_last_session_is_on_the_day_is_judged_by_the_new_limit(self):
        self.begin(absence_limit=4)
        self.miss(FROM - timedelta(days=14), FROM - timedelta(days=7), FROM)
        self.assertFalse(self.resigned(self.council, self.people["B3"]))
        self.miss(FROM + timedelta(days=7))
        self.assertEqual(self.resigned(self.council, self.people["B3"]).date, FROM + timedelta(days=7))

    def test_a_stricter_limit_judges_from_its_day_on_only(self):
        self.begin(absence_limit=2)
        self.miss(FROM - timedelta(days=8), BEFORE)
        with tehran(f"{BEFORE} 20:00"):
            self.run_job("cron_absence")
        self.assertFalse(self.resigned(self.council, self.people["B3"]))
        self.miss(FROM)
        self.assertEqual(self.resigned(self.council, self.people["B3"]).date, FROM)

    def test_an_exemption_from_a_day_on_undoes_no_resignation_of_before(self):
        absentee = self.people["A1"]
        for days in (15, 8, 1):
            self.sit(self.council, str(FROM - timedelta(days=days)), absent=absentee)
        self.begin(absence_exempt_ex_officio={"is_active": True})
        for day in (FROM, FROM + timedelta(days=30)):
            with tehran(f"{day} 02:00"):
                self.env.invalidate_all()
                self.run_job("cron_absence")
            self.assertEqual(self.resigned(self.council, absentee).date, BEFORE)
            self.assertEqual(self.member(self.council, absentee).end_reason, "deemed_resigned")

    def test_an_exemption_counts_from_its_day_on(self):
        absentee = self.people["A1"]
        self.begin(absence_exempt_ex_officio={"is_active": True})
        for days in (-8, -1, 0, 7, 14):
            self.sit(self.council, str(FROM + timedelta(days=days)), absent=absentee)
        self.assertFalse(self.resigned(self.council, absentee))

    def test_what_valid_notice_means_is_said_by_the_version_of_each_session(self):
        """Two sessions without valid notice of before count; one of after does not."""
        absentee = self.people["B3"]
        self.begin(absence_valid_notice_only={"is_active": True})
        for days, notice in ((-8, 2), (-1, 2), (0, 2)):
            self.sit(self.council, str(FROM + timedelta(days=days)), absent=absentee, notice=notice)
        self.assertFalse(self.resigned(self.council, absentee))
        self.sit(self.council, str(FROM + timedelta(days=7)), absent=absentee)
        record = self.resigned(self.council, absentee)
        self.assertEqual(record.date, FROM + timedelta(days=7))
        self.assertEqual(sorted(record.session_ids.mapped("day")), [FROM + timedelta(days=n) for n in (-8, -1, 7)])

    # --- decrees, composition, plan, decisions ---

    def test_decrees_of_before_keep_their_term(self):
        self.begin(expert_term=3)
        with tehran(f"{BEFORE} 09:00"):
            before = self.appoint(self.council, "B8", self.make_partner("Before"), str(BEFORE))
        with tehran(f"{FROM} 09:00"):
            after = self.appoint(self.council, "B9", self.make_partner("After"), str(FROM))
        # 10 and 11 Aban 1405; the last days are 9 Aban 1406 and 10 Aban 1408
        self.assertEqual((str(before.date_to), str(after.date_to)), ("2027-10-31", "2029-10-31"))
        self.assertEqual(str(self.member(self.council, self.people["B2"]).date_to), "2027-08-31")

    def test_the_composition_of_each_day(self):
        self.begin(total_min=12, expert_min=8)  # there are eleven, seven of them experts
        self.assertFalse(self.council._breaches(BEFORE))
        self.assertEqual({one.code for one in self.council._breaches(FROM)}, {"total_min", "expert_min"})
        self.assertFalse({"total_min", "expert_min"} & self.findings(self.council, BEFORE))
        self.assertLessEqual({"total_min", "expert_min"}, self.findings(self.council, FROM))

    def test_who_is_appointed_for_a_day_is_judged_by_that_day(self):
        self.begin(total_max=11, expert_max=7)
        with tehran(f"{BEFORE} 09:00"):
            after = self.decree(self.council, "B9", self.make_partner("After"), str(FROM))
            with self.assertRaises(UserError):
                after.action_issue()
        self.assertFalse({"total_max", "expert_max"} & self.findings(self.council, FROM))

    def test_a_lower_maximum_is_a_finding_about_those_who_sit(self):
        self.begin(total_min=9, total_max=10, expert_min=5, expert_max=6)
        self.assertFalse({"total_max", "expert_max"} & self.findings(self.council, BEFORE))
        self.assertLessEqual({"total_max", "expert_max"}, self.findings(self.council, FROM))

    def test_the_plan_of_a_year_follows_the_version_of_its_first_day(self):
        self.new_bylaw(self.council, date(2027, 3, 22), annual_plan_day=10)  # 2 Farvardin 1406
        self.assertEqual(str(self.council._plan_last_day(1406)), "2027-04-20")
        self.assertEqual(str(self.council._plan_last_day(1407)), "2028-03-29")

    def test_quorum_and_majority_from_the_day_on(self):
        self.begin(
            quorum={"is_active": True, "value": 90, "severity": "block"},
            majority={"is_active": True, "value": 90, "severity": "block"},
        )
        absent = [self.people[f"B{number}"] for number in range(2, 8)]
        before = self.opened(self.council, str(BEFORE))
        with tehran(f"{BEFORE} 13:00"):
            resolution = before.env["shora.resolution"].create({"session_id": before.id, "name": "Resolved"})
            resolution.action_adopt()
            self.close(before, absent)
        self.assertEqual((before.state, resolution.state), ("closed", "adopted"))
        after = self.opened(self.council, str(FROM))
        with tehran(f"{FROM} 13:00"):
            resolution = after.env["shora.resolution"].create({"session_id": after.id, "name": "Resolved"})
            with self.assertRaises(UserError):
                resolution.action_adopt()
            with self.assertRaises(UserError):
                self.close(after, absent)
        self.assertFalse({"quorum_missing", "majority_missing"} & self.findings(self.council, FROM))

    def test_the_rhythm_is_that_of_the_day_on_which_it_is_planned(self):
        self.council.weekday = "0"
        self.new_bylaw(self.council, date(2027, 3, 21), session_interval=28)  # 1 Farvardin 1406
        for year, rhythm in ((1405, 14), (1406, 28)):
            planner = self.env["shora.session.planner"].with_user(self.secretary)
            planner = planner.create({"council_id": self.council.id, "year": year})
            planner.action_propose()
            days = planner.line_ids.filtered(lambda line: line.kind == "new").mapped("due")
            gaps = {(after - first).days for first, after in zip(days, days[1:], strict=False)}
            self.assertEqual(min(gaps), rhythm, year)

    def test_what_a_burden_asks_for_is_said_by_the_day_of_execution(self):
        self.begin(financial_unit={"is_active": True, "severity": "block"})
        resolution = self.env["shora.resolution"].new({"council_id": self.council.id, "burden": "yes"})
        asked = [set(resolution._burden_rules(day)) for day in (BEFORE, FROM)]
        self.assertEqual(asked[1] - asked[0], {"financial_unit"})
