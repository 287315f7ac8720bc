"""The gate of clause 5-3, and what is watched of open resolutions."""

from odoo.exceptions import UserError

from tests.common import tagged_post_install, tehran

from .resolution_case import REGULATION, ResolutionCase


@tagged_post_install
class TestBurden(ResolutionCase):
    def activate(self, *codes):
        rules = self.council.bylaw_id.rule_ids.filtered(lambda rule: rule.code in codes)
        self.env.cr.execute("UPDATE shora_bylaw_rule SET is_active = true WHERE id IN %s", (tuple(rules.ids),))
        self.env.invalidate_all()

    def refused(self, *texts):
        with tehran("2026-11-12 10:00"), self.assertRaises(UserError) as refusal:
            self.resolution.write({"state": "in_execution"})
        for text in texts:
            self.assertIn(text, str(refusal.exception))
        self.assertEqual(self.resolution.state, "notified")

    def test_it_must_be_said_whether_there_is_a_burden(self):
        self.notified()
        self.refused("(Article 5, clause 3) Say whether it leads to something with a financial burden.")
        self.resolution.burden = "no"
        self.resolution.action_execute()
        self.assertEqual(self.resolution.state, "in_execution")

    def test_the_regulation_and_its_reference(self):
        self.notified(burden="yes")
        self.refused("(Article 5, clause 3) Record first: Governing regulation, Reference of the regulation.")
        self.resolution.regulation = "Regulation of research"
        self.refused("(Article 5, clause 3) Record first: Reference of the regulation.")
        self.resolution.regulation_reference = "   "
        self.refused("Reference of the regulation")
        self.resolution.regulation_reference = "12/345"
        self.assertFalse(self.resolution.burden_missing)
        self.resolution.action_execute()
        self.assertEqual(self.resolution.state, "in_execution")

    def test_house_rules_demand_only_where_they_are_active(self):
        self.notified(**REGULATION)
        self.assertFalse(self.resolution._reasons_against("in_execution"))
        self.activate("financial_unit", "financial_budget", "financial_approver")
        self.refused("Responsible unit", "Budget Reference", "Approver", "House rule")
        unit = self.env["hr.department"].create({"name": "Unit"})
        self.resolution.write({"burden_unit_id": unit.id, "budget_reference": "B-1", "approver_id": self.executor.id})
        self.resolution.action_execute()
        self.assertEqual(self.resolution.state, "in_execution")

    def test_nothing_is_emptied_behind_the_gate(self):
        self.notified(**REGULATION)
        self.resolution.action_execute()
        for vals in ({"regulation": False}, {"burden": "no"}, {"regulation_reference": "x"}):
            for user in (self.secretary, self.secretariat, self.president, self.hr):
                with self.subTest(vals=vals, user=user.name), self.assertRaises(UserError):
                    self.resolution.with_user(user).write(vals)
        self.resolution.action_stop()
        self.resolution.regulation = False
        self.refused("Governing regulation")

    def test_a_finding_for_what_came_past_the_gate(self):
        self.notified(**REGULATION)
        with tehran("2026-11-12 10:00"):
            self.resolution.action_execute()
        self.assertFalse(self.findings("burden_missing", "2026-11-13"))
        self.env.cr.execute("UPDATE shora_resolution SET regulation = NULL WHERE id = %s", (self.resolution.id,))
        self.env.invalidate_all()
        finding = self.findings("burden_missing", "2026-11-13")
        self.assertEqual((finding.clause_id.code, finding.actor, finding.severity), ("5-3", "secretary", "block"))
        self.assertEqual(str(finding.date_since), "2026-11-12")
        self.env.cr.execute("UPDATE shora_resolution SET regulation = 'R' WHERE id = %s", (self.resolution.id,))
        self.env.invalidate_all()
        self.assertFalse(self.findings("burden_missing", "2026-11-13"))


@tagged_post_install
class TestFollow(ResolutionCase):
    def follow(self, day):
        with tehran(f"{day} 10:00"):
            self.run_job("cron_resolutions")

    def test_overdue_from_the_day_after(self):
        self.executed()
        self.assertFalse(self.findings("resolution_overdue", "2026-12-31"))
        finding = self.findings("resolution_overdue", "2027-01-01")
        self.assertEqual((finding.clause_id.code, finding.actor), ("5-9", "secretary"))
        self.assertEqual(str(finding.date_since), "2027-01-01")
        self.answered(self.resolution, day="2027-01-02")
        with tehran("2027-01-02 10:00"):
            self.resolution.action_done()
        self.assertFalse(self.findings("resolution_overdue", "2027-01-02"))

    def test_undecided_and_overdue_is_the_secretariats(self):
        self.assertEqual(self.findings("resolution_overdue", "2027-01-01").actor, "head")

    def test_overdue_is_searched_by_the_day_of_tehran(self):
        Resolution = self.env["shora.resolution"]
        for day, overdue in (("2026-12-31", False), ("2027-01-01", True)):
            with tehran(f"{day} 00:30"):
                self.env.invalidate_all()
                self.assertEqual(self.resolution.is_overdue, overdue)
                found = Resolution.search([("is_overdue", "=", True), ("council_id", "=", self.council.id)])
                self.assertEqual(self.resolution in found, overdue)
                self.assertEqual(self.resolution in Resolution.search([("is_overdue", "=", False)]), not overdue)

    def test_the_secretary_is_asked_a_week_before(self):
        self.executed()
        self.follow("2026-12-23")
        self.assertFalse(self.todos("activity_resolution_due"))
        self.follow("2026-12-24")
        self.follow("2026-12-25")
        todo = self.todos("activity_resolution_due")
        self.assertEqual((todo.user_id, str(todo.date_deadline)), (self.secretary, "2026-12-31"))
        self.answered(self.resolution, day="2026-12-26")
        with tehran("2026-12-26 10:00"):
            self.resolution.action_done()
        self.assertFalse(self.todos("activity_resolution_due"))

    def test_put_before_each_next_session_until_done(self):
        with tehran("2026-11-10 10:00"):
            session = self.plan(self.council, "2026-11-30")
        self.follow("2026-11-10")
        self.follow("2026-11-10")
        item = self.resolution.follow_item_ids
        self.assertEqual((item.session_id, item.state, item.source), (session, "proposed", "resolution"))
        self.executed()
        with tehran("2026-11-21 09:00"):
            item.action_accept()
            self.dispatch(session)
        with tehran("2026-11-30 12:30"):
            session.write({"presiding_ground": "chair", "state": "open"})
            self.close(session)
        with tehran("2026-12-01 10:00"):
            after = self.plan(self.council, "2026-12-20")
        self.follow("2026-12-01")
        self.assertEqual(self.resolution.follow_item_ids.session_id, session | after)
        self.answered(self.resolution, day="2026-12-02")
        with tehran("2026-12-02 10:00"):
            self.resolution.action_done()
            last = self.plan(self.council, "2027-01-10")
        self.follow("2026-12-21")
        self.assertNotIn(last, self.resolution.follow_item_ids.session_id)

    def test_the_desk_says_what_comes_next(self):
        def labels(day):
            with tehran(f"{day} 10:00"):
                self.env.invalidate_all()
                desk = self.env["shora.desk"].with_user(self.secretary).get_desk()
            lines = desk["due"] + desk["overdue"]
            return [one["label"] for one in lines if one["model"] == "shora.resolution"]

        self.in_english()
        self.assertEqual(labels("2026-11-09"), [])
        self.decide()
        self.assertEqual(labels("2026-11-10"), ["Notify the executor"])
        with tehran("2026-11-11 10:00"):
            self.resolution.action_notify()
        self.assertEqual(labels("2026-11-11"), ["Record what the financial burden demands"])
        self.resolution.burden = "no"
        self.assertEqual(labels("2026-11-11"), ["Begin the execution"])
        with tehran("2026-11-12 10:00"):
            self.resolution.action_execute()
        self.assertEqual(labels("2026-12-23"), [])
        self.assertEqual(labels("2026-12-24"), ["Resolution due"])

    def test_queries_do_not_grow_with_resolutions(self):
        def cost(day):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            with tehran(f"{day} 10:00"):
                self.env["shora.finding"]._expected(self.council)
            return self.cr.sql_log_count - before

        def more(*numbers):
            self.resolution.sudo()._create_as_fact(
                [
                    {
                        "session_id": self.meeting.id,
                        "name": f"R{number}",
                        "number": f"X{number}",
                        "state": "in_execution",
                        "executed_on": "2026-11-12",
                        "date_due": "2026-12-01",
                        "burden": "yes",
                    }
                    for number in numbers
                ]
            )

        more(1)
        cost("2027-01-01")
        few = cost("2027-01-01")
        more(*range(2, 12))
        self.assertEqual(cost("2027-01-01"), few)
