"""From 1 Farvardin: to-do, finding, desk, and what another by-law says (5-4)."""

from datetime import date

from odoo.tests import tagged

from tests.common import tehran
from tests.shora_council.plan_case import PlanCase

TODO = "shora_council.activity_annual_plan"


@tagged("post_install", "-at_install")
class TestYear(PlanCase):
    def new_version(self, **values):
        """A version of the by-law in force from 2027-01-01 whose rule of the plan has ``values``."""
        with tehran("2026-12-01 08:00"):
            action = self.council.bylaw_id.with_user(self.admin).action_new_version()
            version = self.env["shora.bylaw"].with_user(self.admin).browse(action["res_id"])
            version.date_from = "2027-01-01"
            version.rule_ids.filtered(lambda rule: rule.code == "annual_plan_day").write(values)
            version.action_put_in_force()
        self.assertIn(version, self.council.bylaw_ids)

    def todos(self, user=None):
        todos = self.env["mail.activity"].search(
            [("activity_type_id", "=", self.env.ref(TODO).id), ("user_id", "=", (user or self.secretary).id)]
        )
        plans = self.env["shora.annual.plan"].browse(todos.mapped("res_id"))
        return todos.filtered(lambda todo: todo.res_id in plans.filtered(lambda p: p.council_id == self.council).ids)

    def job(self, at):
        with tehran(at):
            self.run_job("cron_annual_plan")

    def findings(self, at):
        with tehran(at):
            self.env["shora.finding"]._check(self.council)
        return self.council.finding_ids.filtered(lambda f: f.code == "plan_missing" and f.state == "open")

    def test_the_to_do_opens_on_1_farvardin_and_closes_with_the_presentation(self):
        self.job("2027-03-20 23:59")
        self.assertFalse(self.todos())
        self.job("2027-03-21 00:00")
        todo = self.todos()
        plan = self.env["shora.annual.plan"].browse(todo.res_id)
        self.assertEqual((plan.year, plan.state, todo.date_deadline), (1406, "draft", date(2027, 4, 20)))
        self.job("2027-03-22 00:00")
        self.assertEqual(self.todos(), todo, "twice gives nothing twice")
        with tehran("2027-04-20 23:59"):
            own = plan.with_user(self.secretary)
            own.line_ids = [(0, 0, self.plan_line(date_from="2027-05-01", date_to="2027-06-01"))]
            own.action_present()
        self.assertFalse(self.todos())
        self.job("2027-04-21 00:30")
        self.assertFalse(self.todos())

    def test_the_to_do_goes_over_to_the_new_secretary(self):
        self.job("2027-03-21 01:00")
        with tehran("2027-03-25 08:00"):
            self.end(self.council.membership_ids.filtered(lambda m: m.seat_id.code == "A2"), day="2027-03-25")
        successor = self.make_user("t_plan_new", "shora_council.group_shora_secretary")
        with tehran("2027-03-26 08:00"):
            self.appoint(self.council, "A2", successor.partner_id, "2027-03-26")
        self.job("2027-03-26 09:00")
        self.assertFalse(self.todos())
        self.assertTrue(self.todos(successor))

    def test_the_finding_on_both_sides_of_31_farvardin(self):
        self.assertFalse(self.findings("2027-04-20 23:59"))
        finding = self.findings("2027-04-21 00:00")
        self.assertEqual((finding.date_since, finding.actor), (date(2027, 4, 21), "secretary"))
        self.assertEqual((finding.clause_id.citation, finding.subject), ("Article 5, clause 4", self.council.name))
        self.assertEqual(self.findings("2027-05-01 08:00"), finding)
        with tehran("2027-05-02 09:00"):
            plan = self.make_plan(self.plan_line(date_from="2027-06-01", date_to="2027-06-02"), year=1406)
            self.assertEqual(self.findings("2027-05-02 09:00"), finding, "a draft is not presented")
            plan.action_present()
            self.assertEqual(finding.state, "closed")
            plan.action_take_back()
        self.assertFalse(self.findings("2027-05-03 09:00"), "the first presentation satisfies the clause")

    def test_nothing_is_open_of_a_year_that_is_over(self):
        finding = self.findings("2028-03-19 12:00")
        self.assertTrue(finding)
        self.assertFalse(self.findings("2028-03-20 00:00"))
        self.assertTrue(self.findings("2028-04-20 00:00"), "1 Ordibehesht 1407: the next year's plan")

    def test_a_council_founded_after_farvardin_owes_no_plan_of_that_year(self):
        self.assertFalse(self.findings("2026-11-23 12:00"))  # members since Shahrivar 1405
        self.job("2026-11-23 12:00")
        self.assertFalse(self.todos())

    def test_another_by_law_another_day(self):
        self.new_version(value=45)
        self.assertEqual(self.council._plan_last_day(1405), date(2026, 4, 20), "the past keeps its rule")
        self.assertEqual(self.council._plan_last_day(1406), date(2027, 5, 4))
        self.assertFalse(self.findings("2027-05-04 23:59"))
        self.assertTrue(self.findings("2027-05-05 00:00"))

    def test_where_no_rule_is_set_nothing_is_owed(self):
        self.new_version(is_active=False)
        self.assertFalse(self.findings("2027-05-05 00:00"))
        self.job("2027-03-25 08:00")
        self.assertFalse(self.todos())

    def lines(self, user):
        self.env.invalidate_all()
        desk = self.env["shora.desk"].with_user(user).get_desk()
        return {line["label"]: line for line in desk["due"] if line["model"].startswith("shora.annual.plan")}

    def test_each_step_is_on_the_desk_of_who_acts(self):
        with tehran("2027-04-01 08:00"):
            plan = self.make_plan(self.plan_line(date_from="2027-05-01", date_to="2027-06-01"), year=1406)
            line = self.lines(self.secretary)["Present the annual plan"]
            self.assertEqual((line["days"], line["mine"], line["clause"]), (19, True, "Article 5, clause 4"))
            self.assertFalse(self.lines(self.president))
            plan.action_present()
            self.assertTrue(self.lines(self.secretary)["Have the council approve the annual plan"]["mine"])
        self.approve_in_session(plan, "2027-04-15")
        with tehran("2027-04-16 08:00"):
            plan.action_approve()
            self.assertTrue(self.lines(self.president)["Decide on the annual plan"]["mine"])
            self.assertFalse(self.lines(self.secretary)["Decide on the annual plan"]["mine"])
            self.confirm(plan)
            self.assertFalse(self.lines(self.president))

    def test_what_many_councils_owe_costs_as_much_as_one(self):
        others = self.env["shora.council"]
        with tehran("2027-01-10 08:00"):
            for number in range(3):
                others |= self.make_council(f"Q{number}")
                self.staff_council(others[-1], experts=1, prefix=f"q{number}", date_from="2027-01-10")

        def queries(councils):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            with tehran("2027-04-25 08:00"):
                owed = councils._plans_owed(date(2027, 4, 25))
            self.assertEqual(len(owed), len(councils))
            return self.cr.sql_log_count - before

        queries(others[:1])
        self.assertEqual(queries(others[:1]), queries(others))
