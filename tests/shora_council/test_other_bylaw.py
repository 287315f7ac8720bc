"""A second council with other by-law values beside the first one: each rule with its own value, none wired in."""

from datetime import date, timedelta

from odoo.exceptions import UserError, ValidationError

from tests.common import tehran
from tests.shora_council import files
from tests.shora_council.bylaw_case import OTHER, WITHOUT_NUMBER, BylawCase


class TestOtherCouncil(BylawCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with tehran("2026-09-01 08:00"):
            cls.other, cls.other_secretary, cls.others = cls.other_council()

    def both(self):
        return (self.council, self.secretary), (self.other, self.other_secretary)

    def test_every_rule_with_a_value_has_another_one_here(self):
        shipped = {rule.code: rule for rule in self.env.ref("shora_council.bylaw_irud").rule_ids}
        self.assertEqual(shipped.keys() - OTHER.keys() - WITHOUT_NUMBER - {"ex_officio_seats"}, set())
        for code in OTHER:
            values = OTHER[code] if isinstance(OTHER[code], dict) else {"value": OTHER[code]}
            self.assertNotEqual(shipped[code].value, values["value"], code)

    # --- article 4 ---

    def test_eighteen_are_right_there_and_too_many_here(self):
        self.assertFalse(self.other._breaches(date(2026, 11, 23)))
        self.assertNotIn("total_min", self.findings(self.other, "2026-11-23"))
        for number in range(8, 11):
            self.appoint(self.council, f"B{number}", self.make_partner(f"More {number}"))
        decree = self.decree(self.council, "B11", self.make_partner("One too many"))
        with self.assertRaisesRegex(UserError, "10"):
            decree.action_issue()

    def test_seventeen_are_too_few_there_and_the_nineteenth_is_refused(self):
        with self.assertRaisesRegex(UserError, "18"):
            self.decree(self.other, "B15", self.make_partner("Nineteenth")).action_issue()
        self.end(self.member(self.other, self.others["B14"]), day="2026-11-20")
        with tehran("2026-11-21 09:00"):
            self.env["shora.decree"].search([("state", "=", "in_force")])._expire_if_over()
        self.assertLessEqual({"total_min", "expert_min"}, self.findings(self.other, "2026-11-23"))

    def test_another_number_of_ex_officio_seats(self):
        council = self.make_council("T3")
        council.bylaw_ids = False
        self.new_bylaw(council, ex_officio_seats=2)
        with tehran("2026-09-01 08:00"):
            for seat in ("A1", "A2"):
                self.appoint(council, seat, self.make_partner(f"Third {seat}"))
        self.assertNotIn("ex_officio_seats", {one.code for one in council._breaches(date(2026, 11, 23))})
        council.bylaw_ids = False
        self.new_bylaw(council, ex_officio_seats=3)
        self.assertIn("ex_officio_seats", {one.code for one in council._breaches(date(2026, 11, 23))})

    def test_the_term_of_an_expert(self):
        # 1 September 2026 is 10 Shahrivar 1405
        self.assertEqual(str(self.member(self.council, self.people["B2"]).date_to), "2027-08-31")
        self.assertEqual(str(self.member(self.other, self.others["B2"]).date_to), "2028-08-30")

    def test_reminders_of_a_term_and_the_finding_of_its_end(self):
        member = self.member(self.other, self.others["B2"])
        last = member.date_to
        stages = {101: 0, 100: 100, 51: 100, 50: 50, 21: 50, 20: 20, 0: 20}
        for before, stage in stages.items():
            with tehran(f"{last - timedelta(days=before)} 09:00"):
                self.env.invalidate_all()
                self.assertEqual(member.renewal_stage, stage, before)
        self.assertFalse(self.findings(self.other, last - timedelta(days=21), "term_ending"))
        self.assertTrue(self.findings(self.other, last - timedelta(days=20), "term_ending"))

    def test_a_reminder_of_longer_than_three_months_is_looked_for_as_far(self):
        council = self.make_council("T4")
        council.bylaw_ids = False
        self.new_bylaw(council, renewal_reminder_1=300, renewal_reminder_2=250, renewal_reminder_3=200)
        with tehran("2026-09-01 08:00"):
            member = self.appoint(council, "B1", self.make_partner("Fourth"))
        self.assertFalse(self.findings(council, member.date_to - timedelta(days=201), "term_ending"))
        self.assertTrue(self.findings(council, member.date_to - timedelta(days=200), "term_ending"))

    # --- 5-1 ---

    def test_the_planner_keeps_each_rhythm(self):
        for (council, user), rhythm in zip(self.both(), (14, 7), strict=True):
            council.weekday = "0"
            planner = self.env["shora.session.planner"].with_user(user).create({"council_id": council.id, "year": 1406})
            planner.action_propose()
            days = planner.line_ids.mapped("due")
            gaps = {(after - before).days for before, after in zip(days, days[1:], strict=False)}
            self.assertEqual(min(gaps), rhythm)
            self.assertEqual({gap for gap in gaps if gap % rhythm}, set())

    def test_a_gap_is_one_day_longer_than_each_rhythm(self):
        self.env.company.resource_calendar_id = self.env.ref("web_jalali.resource_calendar_iran")
        for (council, user), rhythm in zip(self.both(), (14, 7), strict=True):
            first = date(2026, 11, 30)
            self.plan(council, str(first), user=user)
            follower = self.plan(council, str(first + timedelta(days=rhythm)), user=user)
            self.assertFalse(self.findings(council, "2026-11-23", "cadence_gap"), rhythm)
            follower.write({"start": follower.start + timedelta(days=1), "stop": follower.stop + timedelta(days=1)})
            self.assertTrue(self.findings(council, "2026-11-23", "cadence_gap"), rhythm)

    def test_a_long_rhythm_is_carried_over_the_new_year(self):
        """The session that carries the rhythm lies further back than two months."""
        self.env.company.resource_calendar_id = self.env.ref("web_jalali.resource_calendar_iran")
        council = self.make_council("T5")
        council.bylaw_ids = False
        self.new_bylaw(council, session_interval=84)
        with tehran("2026-09-01 08:00"):
            secretary, _people = self.staff_council(council, prefix="l_")
        council.weekday = "6"
        self.plan(council, "2027-01-31", user=secretary)  # a Sunday
        planner = (
            self.env["shora.session.planner"].with_user(secretary).create({"council_id": council.id, "year": 1406})
        )
        planner.action_propose()
        new = planner.line_ids.filtered(lambda line: line.kind == "new")
        self.assertEqual(new[0].day, date(2027, 1, 31) + timedelta(days=84))

    def test_notice_on_both_sides_of_each_last_day(self):
        for (council, user), days in zip(self.both(), (7, 4), strict=True):
            day = date(2026, 12, 21)
            session = self.plan(council, str(day), user=user)
            self.assertEqual(session.notice_last_day, day - timedelta(days=days))
            last = day - timedelta(days=days)
            self.assertFalse(self.findings(council, last, "notice_late"))
            late = self.findings(council, last + timedelta(days=1), "notice_late")
            self.assertEqual(late.date_since, last + timedelta(days=1))
            with tehran(f"{last} 23:59"):
                notice = self.dispatch(session, paper=True)
                notice.recipient_ids.action_handed()
            self.assertFalse(notice.is_late)
            self.assertFalse(self.findings(council, last + timedelta(days=1), "notice_late"))

    def test_reminders_of_notice_and_session(self):
        session = self.plan(self.other, "2026-12-21", user=self.other_secretary)
        for day, stage in (("2026-12-14", 0), ("2026-12-15", 6), ("2026-12-16", 5)):
            with tehran(f"{day} 09:00"):
                self.assertEqual(session._notice_stage(), stage, day)
        with tehran("2026-12-15 10:00"):
            self.dispatch(session)
        for day, due in (("2026-12-18", False), ("2026-12-19", True)):
            with tehran(f"{day} 09:00"):
                self.assertEqual(session._is_reminder_due(), due, day)

    def test_an_extraordinary_session_has_its_notice_where_the_rule_is_on(self):
        for (council, user), last in zip(self.both(), (False, date(2026, 12, 19)), strict=True):
            session = self.plan(council, "2026-12-21", "extraordinary", user=user)
            self.assertEqual(session.notice_last_day, last)
        self.assertFalse(self.findings(self.other, "2026-12-19", "notice_late"))
        self.assertTrue(self.findings(self.other, "2026-12-20", "notice_late"))
        self.assertFalse(self.findings(self.council, "2026-12-20", "notice_late"))

    # --- 5-4, 5-5 ---

    def test_the_plan_of_the_year(self):
        # 1 Farvardin 1406 is 21 March 2027
        for council, last in ((self.council, date(2027, 4, 20)), (self.other, date(2027, 5, 4))):
            self.assertFalse(self.findings(council, last, "plan_missing"))
            self.assertTrue(self.findings(council, last + timedelta(days=1), "plan_missing"))

    def test_minutes_on_both_sides_of_each_last_day(self):
        for (council, user), days in zip(self.both(), (7, 9), strict=True):
            session = self.sit(council, "2026-11-02", user=user)
            last = date(2026, 11, 2) + timedelta(days=days)
            self.assertEqual(session.minutes_last_day, last)
            self.assertFalse(self.findings(council, last, "minutes_overdue"))
            self.assertTrue(self.findings(council, last + timedelta(days=1), "minutes_overdue"))

    def test_reminders_of_the_minutes(self):
        session = self.sit(self.other, "2026-11-02", user=self.other_secretary)
        for day, stage in (
            ("2026-11-05", 0),
            ("2026-11-06", 5),
            ("2026-11-08", 5),
            ("2026-11-09", 2),
            ("2026-11-12", 0),
        ):
            with tehran(f"{day} 09:00"):
                self.env.invalidate_all()
                self.assertEqual(session._minutes_stage(), stage, day)

    def test_the_answer_to_defects_has_the_days_of_the_council(self):
        session = self.sit(self.other, "2026-11-02", user=self.other_secretary)
        with tehran("2026-11-05 09:00"):
            minutes = session.env["shora.minutes"]._draft_for(session)
            minutes._sign("password")
            minutes.action_forward()
            there = minutes.with_user(self.secretariat)
            there.action_receive()
            wizard = self.env["shora.minutes.return"].with_user(self.secretariat).create({"minutes_id": there.id})
            self.assertEqual(str(wizard.due), "2026-11-14")

    # --- 5-6 ---

    def absences(self, council, user, people, number):
        """Weekly sessions that B3 missed, the last one's day."""
        day = date(2026, 9, 14)
        for week in range(number):
            self.sit(council, str(day + timedelta(days=7 * week)), absent=people["B3"], user=user)
        return day + timedelta(days=7 * (number - 1))

    def test_three_absences_here(self):
        day = self.absences(self.council, self.secretary, self.people, 3)
        self.assertEqual(self.resigned(self.council, self.people["B3"]).date, day)

    def test_three_absences_there_warn_and_the_fourth_resigns(self):
        absent = self.others["B3"]
        day = self.absences(self.other, self.other_secretary, self.others, 2)
        self.assertFalse(self.findings(self.other, day, "absence_near"))
        day += timedelta(days=7)
        self.sit(self.other, str(day), absent=absent, user=self.other_secretary)
        self.assertFalse(self.resigned(self.other, absent))
        self.assertTrue(self.findings(self.other, day, "absence_near"))
        told = self.env["mail.message"].search(
            [("model", "=", "shora.membership"), ("res_id", "=", self.member(self.other, absent).id)]
        )
        self.assertIn(absent, told.partner_ids)
        day += timedelta(days=7)
        self.sit(self.other, str(day), absent=absent, user=self.other_secretary)
        record = self.resigned(self.other, absent)
        self.assertEqual((record.date, len(record.session_ids)), (day, 4))
        with tehran(f"{day + timedelta(days=1)} 02:00"):
            self.run_job("cron_absence")
        self.assertEqual(self.resigned(self.other, absent), record, "the night says the same")

    # --- quorum and majority, not set by the by-law that is shipped ---

    def mark(self, session, present):
        for number, row in enumerate(session.attendance_ids.sorted("seat_sequence")):
            away = number >= present and row.partner_id != session.presiding_partner_id
            row.status = "absent" if away else "present"

    def test_below_the_quorum_a_session_is_not_held(self):
        session = self.opened(self.other, "2026-11-02", self.other_secretary)  # 60 % of 18 are 11
        with tehran("2026-11-02 13:00"):
            self.mark(session, 10)
            self.assertEqual(session._present_members(), 10)
            with self.assertRaisesRegex(UserError, "11"):
                session.action_hold()
            row = session.attendance_ids.filtered(lambda one: one.status == "absent")[:1]
            row.status = "present"
            session.action_hold()
        here = self.opened(self.council, "2026-11-02")
        with tehran("2026-11-02 13:00"):
            self.mark(here, 2)
            here.action_hold()

    def test_a_vote_passes_by_the_majority_of_the_rule(self):
        session = self.opened(self.other, "2026-11-02", self.other_secretary)  # 70 % of 18 are 13
        with tehran("2026-11-02 13:00"):
            self.mark(session, 18)
            resolution = session.env["shora.resolution"].create(
                {"session_id": session.id, "name": "Resolved", "ballot": "secret", "votes_for": 12, "votes_against": 6}
            )
            with self.assertRaisesRegex(UserError, "13"):
                resolution.action_adopt()
            resolution.write({"votes_for": 13, "votes_against": 5})
            resolution.action_adopt()
        here = self.opened(self.council, "2026-11-02")
        with tehran("2026-11-02 13:00"):
            here.env["shora.resolution"].create({"session_id": here.id, "name": "Resolved"}).action_adopt()


class TestSwitchedOn(BylawCase):
    """Rules that are shipped inactive, each switched on, and what is switched off."""

    def test_video_is_presence_only_where_the_rule_says_so(self):
        session = self.opened(self.council, "2026-11-02")
        row = session.attendance_ids.filtered(lambda one: one.partner_id == self.people["B3"])
        with tehran("2026-11-02 13:00"):
            row.by_video = True
            self.assertTrue(row.note, "the minutes say so")
            with self.assertRaisesRegex(ValidationError, "note 3"):
                row.status = "present"
            row.status = "absent"
            before = row._run_line()
            self.assertTrue(before["by_video"])
            with self.assertRaises(ValidationError):
                row.mark({"status": "late"}, before)
        self.new_bylaw(self.council, date(2026, 11, 2), remote_attendance={"is_active": True})
        with tehran("2026-11-02 13:30"):
            row.status = "present"
            self.assertEqual(row.status, "present")

    def test_somebody_by_video_is_marked_present_by_nobody(self):
        """Also through a correction of what was confirmed."""
        session = self.opened(self.council, "2026-11-02")
        absentee = self.people["B3"]
        with tehran("2026-11-02 13:00"):
            session.attendance_ids.filtered(lambda one: one.partner_id == absentee).by_video = True
            self.close(session, absentee)
            row = session.attendance_ids.filtered(lambda one: one.partner_id == absentee)
            with self.assertRaises(ValidationError):
                row._correct("present", "Was connected")

    def minutes_of(self, day):
        session = self.sit(self.council, day)
        with tehran(f"{date.fromisoformat(day) + timedelta(days=2)} 10:00"):
            minutes = session.env["shora.minutes"]._draft_for(session)
            minutes._sign("password")
        return minutes

    def scan(self, minutes):
        minutes._file("scan", "signed.pdf", files.pdf())

    def test_minutes_go_out_after_the_members_approved_them_where_the_rule_blocks(self):
        self.new_bylaw(self.council, date(2026, 10, 20), minutes_approval={"is_active": True, "severity": "block"})
        minutes = self.minutes_of("2026-10-26")
        with tehran("2026-10-29 10:00"):
            with self.assertRaisesRegex(UserError, "approved"):
                minutes.action_forward()
            self.scan(minutes)
            minutes.action_forward()
        self.assertEqual(minutes.state, "forwarded")

    def test_minutes_without_approval_are_a_finding_where_the_rule_warns(self):
        self.new_bylaw(self.council, date(2026, 10, 20), minutes_approval={"is_active": True, "severity": "warn"})
        before = self.minutes_of("2026-10-12")  # under the version that asks for no approval
        minutes = self.minutes_of("2026-10-26")
        with tehran("2026-10-29 10:00"):
            before.action_forward()
            minutes.action_forward()
        found = self.findings(self.council, "2026-10-30", "minutes_unapproved")
        self.assertEqual(found.mapped("res_id"), minutes.ids)
        with tehran("2026-10-31 10:00"):
            self.scan(minutes)
        self.assertEqual(found.state, "closed", "at once, with the scan")

    def test_each_house_rule_of_a_burden_asks_for_its_own(self):
        asked = {"financial_unit": "responsible_unit", "financial_budget": "budget_reference"}
        asked["financial_approver"] = "approver"
        lacking = {}
        for number, code in enumerate(asked):
            council = self.make_council(f"H{number}")
            council.bylaw_ids = False
            self.new_bylaw(council, financial_regulation={"is_active": False}, **{code: {"is_active": True}})
            resolution = self.env["shora.resolution"].new({"council_id": council.id, "burden": "yes"})
            rules = resolution._burden_rules(date(2026, 11, 23))
            lacking[code] = [one for one, _names in resolution._burden_lacking(rules)]
        self.assertEqual(lacking, {code: [code] for code in asked})

    def test_rules_that_are_switched_off_find_nothing(self):
        council = self.make_council("OFF")
        council.bylaw_ids = False
        rules = self.env.ref("shora_council.bylaw_irud").rule_ids.filtered("is_active").mapped("code")
        self.new_bylaw(council, **{code: {"is_active": False} for code in rules})
        with tehran("2026-09-01 08:00"):
            secretary, people = self.staff_council(council, 3, "off_")
        session = self.sit(council, "2026-09-14", absent=people["B3"], user=secretary, notice=2)
        for day in ("2026-09-15", "2026-09-16"):
            self.sit(council, day, absent=people["B3"], user=secretary, notice=1)
        self.assertFalse(self.resigned(council, people["B3"]))
        self.assertFalse(session.minutes_last_day)
        self.assertEqual(self.findings(council, "2027-05-30") - {"archive_missing"}, {"approval_date"})


class TestSense(BylawCase):
    """What is put in force judges from then on and cannot be changed: what makes no sense is refused."""

    def test_ranges_and_values_that_make_no_sense(self):
        for wrong in (
            {"total_min": 12, "total_max": 11},
            {"expert_min": 8, "expert_max": 7},
            {"quorum": {"is_active": True}},
            {"quorum": {"is_active": True, "value": 101}},
            {"absence_limit": 0},
            {"session_interval": -7},
        ):
            with self.subTest(wrong=wrong), self.assertRaises(UserError), self.env.cr.savepoint():
                self.new_bylaw(self.council, date(2026, 11, 2), **wrong)
        self.new_bylaw(
            self.council, date(2026, 11, 2), total_min=11, total_max=11, quorum={"is_active": True, "value": 100}
        )
        self.assertEqual(self.council._rule("quorum", date(2026, 11, 2)).value, 100)
