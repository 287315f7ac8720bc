"""Terms, chair, absences and coverage as findings (articles 4 and 5-6)."""

from datetime import timedelta

from tests.common import tehran
from tests.shora_council.test_finding_session import FindingCase


class TestMemberFindings(FindingCase):
    def test_a_term_that_ends_without_a_decision(self):
        # Appointed on 2026-09-01 for one Jalali year: the last day is 2027-08-31.
        self.env["shora.annual.plan"]._create_as_fact(
            [{"council_id": self.council.id, "year": 1406, "state": "presented", "first_presented_on": "2027-04-01"}]
        )
        self.assertEqual(self.found(at="2027-08-15 12:00"), {})
        found = self.found(at="2027-08-16 00:00")
        self.assertEqual(found, {"term_ending": ("shora.membership", "2027-08-16", "info", "secretary", "4-B")})
        rows = self.council.finding_ids.filtered(lambda f: f.code == "term_ending")
        self.assertEqual(len(rows), 7, "one an expert")
        with tehran("2027-08-17 09:00"):
            renewal = self.decree(self.council, "B2", self.people["B2"], "2027-09-01", kind="renewal")
            self.env.invalidate_all()
            self.env["shora.finding"]._check(self.council)
            mine = self.council.finding_ids.filtered(
                lambda f: f.code == "term_ending" and f.res_id in self.people["B2"].shora_membership_ids.ids
            )
            self.assertEqual((mine.state, mine.actor), ("open", "president"), "proposed: the President's to issue")
            renewal.action_issue()
            self.env["shora.finding"]._check(self.council)
            self.assertEqual(mine.state, "closed")

    def test_nobody_sits_beyond_the_term(self):
        found = self.found(at="2027-09-01 00:30")
        self.assertEqual(found["term_over"], ("shora.membership", "2027-09-01", "block", "hr", "4-B"))
        with tehran("2027-09-01 00:31"):
            self.run_job("cron_terms")
            self.assertNotIn("term_over", self.found())

    def test_a_chair_who_is_no_expert(self):
        chair = self.env["shora.decree"].search([("council_id", "=", self.council.id), ("kind", "=", "chair")])
        other = self.people["A1"].shora_membership_ids
        self.env.flush_all()
        self.cr.execute("UPDATE shora_decree SET membership_id = %s WHERE id = %s", (other.id, chair.id))
        self.env.invalidate_all()
        self.assertEqual(self.found()["chair_not_expert"], ("shora.decree", "2026-09-01", "block", "president", "4-n2"))

    def test_two_absences_inform_and_presence_ends_it(self):
        absent = self.people["B3"]
        self.held_session(self.council, "2026-09-21", absent=absent)
        self.assertNotIn("absence_near", self.found(at="2026-09-22 09:00"))
        self.held_session(self.council, "2026-10-05", excused=absent)
        found = self.found(at="2026-10-06 09:00")
        self.assertEqual(found["absence_near"], ("shora.membership", "2026-10-05", "info", "secretary", "5-6"))
        self.held_session(self.council, "2026-10-19")
        self.assertNotIn("absence_near", self.found(at="2026-10-20 09:00"))

    def test_three_absences_are_a_resignation_and_no_warning_any_more(self):
        absent = self.people["B3"]
        for day in ("2026-09-21", "2026-10-05", "2026-10-19"):
            self.held_session(self.council, day, absent=absent)
        found = self.found(at="2026-10-20 09:00")
        self.assertNotIn("absence_near", found)
        self.assertEqual(found["total_min"][1], "2026-10-20")

    def test_a_limit_of_four_informs_at_three(self):
        self.amend("2026-09-10", absence_limit={"value": 4})
        absent = self.people["B3"]
        for day, near in (("2026-09-21", False), ("2026-10-05", False), ("2026-10-19", True)):
            self.held_session(self.council, day, absent=absent)
            self.assertEqual("absence_near" in self.found(at=f"{day} 23:00"), near, day)

    def test_coverage_is_advice_once_something_is_recorded(self):
        tendencies = self.env["shora.tendency"].search([])
        self.assertEqual(self.found(), {}, "nothing recorded, nothing said")
        member = self.people["B1"].shora_membership_ids.with_user(self.secretary)
        member.tendency_ids = tendencies[:1]
        self.assertEqual(self.found()["coverage_gap"], ("shora.council", "2026-11-23", "info", "secretary", "4-n1"))
        member.tendency_ids = tendencies
        self.assertEqual(self.found(), {})

    def test_queries_do_not_grow_with_sessions_and_members(self):
        self.held_session(self.council, "2026-09-21", absent=self.people["B3"])
        few = self.queries()
        for week in range(1, 7):
            day = self.council._today() - timedelta(days=60 - 7 * week)
            absent = [self.people[f"B{n}"] for n in range(2, 7)] if week == 6 else ()
            self.held_session(self.council, day.isoformat(), absent=absent)
        self.assertLessEqual(self.queries(), few)

    def queries(self):
        self.env["shora.finding"]._check(self.council)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self.env["shora.finding"]._check(self.council)
        return self.cr.sql_log_count - before
