"""The by-law as data: what is shipped, which version judges a day, and that a version in force is frozen."""

import ast
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

from odoo.addons.shora_council.rules import composition
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.modules import get_module_path
from odoo.tests import TransactionCase

from tests.common import CouncilBuilder, tagged_post_install

EFFECTIVE = date(2019, 4, 26)
NEXT = date(2027, 3, 21)  # ۱ فروردین ۱۴۰۶


def texts(node):
    """Every string written somewhere in ``node``, but not what is only compared with."""
    if isinstance(node, ast.Constant):
        return {node.value} if isinstance(node.value, str) else set()
    if isinstance(node, ast.Compare):
        return set()
    return set().union(*map(texts, ast.iter_child_nodes(node)))


def codes_asked_for(addon):
    """Codes in calls of ``_rule()`` and ``_cite()`` in the Python of ``addon``, also through a local variable."""
    codes = set()
    for path in addon.rglob("*.py"):
        for function in ast.walk(ast.parse(path.read_text())):
            if not isinstance(function, ast.FunctionDef):
                continue
            nodes = list(ast.walk(function))
            calls = [n for n in nodes if isinstance(n, ast.Call) and getattr(n.func, "attr", "") in ("_rule", "_cite")]
            arguments = [argument for call in calls for argument in call.args]
            names = {argument.id for argument in arguments if isinstance(argument, ast.Name)}
            values = [n.value for n in nodes if isinstance(n, ast.Assign) and names_set(n) & names]
            codes |= set().union(*map(texts, arguments + values))
    return codes


def names_set(assignment):
    """Local names that ``assignment`` sets."""
    return {target.id for target in assignment.targets if isinstance(target, ast.Name)}


@tagged_post_install
class BylawCase(CouncilBuilder, TransactionCase):
    """The by-law and the council as they are installed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True, "lang": "en_US"})
        cls.make_offices()
        cls.bylaw = cls.env.ref("shora_council.bylaw_irud")
        cls.council = cls.env.ref("shora_council.council_irud")

    def rule(self, code):
        return self.bylaw.rule_ids.filtered(lambda rule: rule.code == code)

    def new_version(self, day=NEXT, **values):
        """A version in force from ``day`` with other values for the rules named."""
        action = self.bylaw.with_user(self.admin).action_new_version()
        version = self.env["shora.bylaw"].with_user(self.admin).browse(action["res_id"])
        version.date_from = day
        for code, value in values.items():
            version.rule_ids.filtered(lambda rule, code=code: rule.code == code).value = value
        version.action_put_in_force()
        return version


class TestShipped(BylawCase):
    def test_five_articles_and_their_clauses(self):
        kinds = Counter(self.bylaw.clause_ids.mapped("kind"))
        self.assertEqual(self.bylaw.article_count, 5)
        articles = self.bylaw.clause_ids.filtered(lambda clause: clause.kind == "article")
        self.assertEqual(articles.mapped("article"), [1, 2, 3, 4, 5])
        # 4: parts A and B and four items; 5: ten clauses. Notes: four of article 4, one of clause 5-1.
        self.assertEqual((kinds["clause"], kinds["note"]), (16, 5))
        self.assertEqual(self.bylaw.clause_count, 21)

    def test_masters_of_articles_1_to_3(self):
        self.assertTrue(self.council.mission)
        self.assertEqual((len(self.council.duty_ids), len(self.council.theme_ids)), (11, 20))
        dimensions = set(self.env["shora.tendency"].search([]).mapped("dimension"))
        self.assertEqual(dimensions, {"intellectual", "scientific", "executive"})

    def test_fourteen_seats_each_with_its_clause(self):
        seats = self.council.seat_ids
        self.assertEqual(seats.mapped("code"), ["A1", "A2", "A3", "A4", *(f"B{n}" for n in range(1, 11))])
        self.assertEqual(Counter(seats.mapped("kind")), {"ex_officio": 4, "expert": 10})
        self.assertEqual(seats.filtered("is_secretary").mapped("code"), ["A2"])
        self.assertEqual(seats.filtered("is_representable").mapped("code"), ["A4"])
        for seat in seats:
            self.assertEqual(seat.clause_id.code, seat.clause_code, seat.code)

    def test_every_rule_that_is_set_cites_its_clause(self):
        active = self.bylaw.rule_ids.filtered("is_active")
        self.assertEqual([rule.code for rule in active if not rule.clause_id.citation], [])
        self.assertEqual(self.rule("absence_limit")._cite(), "Article 5, clause 6")
        self.assertEqual(self.rule("extraordinary_ground")._cite(), "Article 5, clause 1, note")
        self.assertEqual(self.rule("financial_unit")._cite(), self.rule("financial_unit").name)

    def test_values_of_the_by_law(self):
        values = {
            "total_min": 11,
            "total_max": 15,
            "ex_officio_seats": 4,
            "expert_min": 6,
            "expert_max": 10,
            "expert_term": 1,
            "session_interval": 14,
            "notice_days": 7,
            "absence_limit": 3,
            "minutes_days": 7,
            "annual_plan_day": 31,
        }
        self.assertEqual({code: self.council._rule(code, EFFECTIVE).value for code in values}, values)

    def test_what_the_by_law_leaves_open_exists_and_is_not_applied(self):
        silent = {"quorum", "majority", "minutes_approval", "extraordinary_notice_days", "remote_attendance"}
        silent |= {"absence_valid_notice_only", "absence_exempt_ex_officio"}
        house = {"financial_unit", "financial_budget", "financial_approver", "presenting_days", "decision_days"}
        inactive = set(self.bylaw.rule_ids.filtered(lambda rule: not rule.is_active).mapped("code"))
        self.assertEqual(inactive, silent | house)
        for code in inactive:
            self.assertFalse(self.council._rule(code), code)

    def test_register_of_readings(self):
        readings = self.bylaw.interpretation_ids
        self.assertEqual(len(readings), 17)
        self.assertFalse(any(readings.mapped("confirmed_on")), "confirmed by people, not by the installation")
        conflict = readings.filtered(lambda r: r.clause_id.code == "4")
        for number in ("10 to 14", "11 to 15", "15 cannot be reached"):
            self.assertIn(number, conflict.question + conflict.reading)

    def test_every_rule_the_code_asks_for_is_shipped(self):
        asked = codes_asked_for(Path(get_module_path("shora_council")))
        self.assertLess({"notice_days", "extraordinary_notice_days", "minutes_days", "absence_limit"}, asked)
        crowd = [composition.Sitting(expert, EFFECTIVE) for expert in (True, False) for _each in range(20)]
        asked |= {breach.code for breach in self.council._breaches(EFFECTIVE)}
        asked |= {breach.code for breach in self.council._breaches_of(crowd, EFFECTIVE)}
        self.assertLess({"total_min", "total_max", "expert_min", "expert_max", "one_chair"}, asked)
        joint = self.env.ref("shora_council.bylaw_joint").rule_ids.mapped("code")  # asked of that body alone
        self.assertEqual(asked - set(self.bylaw.rule_ids.mapped("code")), {"joint_meetings"})
        self.assertIn("joint_meetings", joint)


class TestVersions(BylawCase):
    def test_in_force_from_its_day_on(self):
        self.assertEqual(self.council._bylaw_on(EFFECTIVE), self.bylaw)
        self.assertFalse(self.council._bylaw_on(EFFECTIVE - timedelta(days=1)))
        self.assertFalse(self.council._rule("notice_days", EFFECTIVE - timedelta(days=1)))

    def test_a_new_version_judges_from_its_first_day(self):
        version = self.new_version(notice_days=10)
        self.assertEqual(self.council._bylaw_on(NEXT), version)
        self.assertEqual(self.council._bylaw_on(NEXT - timedelta(days=1)), self.bylaw)
        self.assertEqual(self.council._rule("notice_days", NEXT).value, 10)
        self.assertEqual(self.council._rule("notice_days", NEXT - timedelta(days=1)).value, 7)
        self.assertEqual(self.rule("notice_days").value, 7, "the past keeps its rule")

    def test_a_draft_judges_nothing(self):
        action = self.bylaw.with_user(self.admin).action_new_version()
        draft = self.env["shora.bylaw"].browse(action["res_id"])
        draft.date_from = NEXT
        self.assertEqual(draft.state, "draft")
        self.assertEqual(self.council._bylaw_on(NEXT), self.bylaw)

    def test_a_new_version_is_a_whole_copy_of_its_own(self):
        version = self.new_version()
        for part in ("clause_ids", "rule_ids", "interpretation_ids"):
            self.assertEqual(len(version[part]), len(self.bylaw[part]), part)
        pointed_at = (version.clause_ids.parent_id, version.rule_ids.clause_id, version.interpretation_ids.clause_id)
        for clauses in pointed_at:
            self.assertEqual(clauses.bylaw_id, version, "nothing of the copy points into the old version")
        self.assertEqual(version._clause("4-A1").parent_id.code, "4-A")

    def test_an_inactive_rule_works_when_set_in_a_new_version(self):
        version = self.bylaw.browse(self.bylaw.with_user(self.admin).action_new_version()["res_id"])
        version.date_from = NEXT
        rule = version.rule_ids.filtered(lambda rule: rule.code == "extraordinary_notice_days")
        rule.write({"is_active": True, "value": 2})
        version.with_user(self.admin).action_put_in_force()
        self.assertEqual(self.council._rule("extraordinary_notice_days", NEXT).value, 2)
        self.assertFalse(self.council._rule("extraordinary_notice_days", NEXT - timedelta(days=1)))

    def test_two_versions_from_one_day_are_refused(self):
        with self.assertRaises(ValidationError):
            self.new_version(day=EFFECTIVE)


class TestFrozen(BylawCase):
    def as_admin(self, records):
        return records.with_user(self.admin)

    def test_rules_clauses_and_readings_in_force_cannot_be_changed(self):
        reading = self.bylaw.interpretation_ids[0]
        changes = (
            (self.rule("notice_days"), {"value": 3}),
            (self.rule("quorum"), {"is_active": True}),
            (self.rule("notice_days"), {"severity": "info"}),
            (self.bylaw._clause("5-6"), {"name": "Other"}),
            (reading, {"reading": "Other"}),
            (self.bylaw, {"date_from": NEXT}),
            (self.bylaw, {"rule_ids": [(1, self.rule("notice_days").id, {"value": 3})]}),
            (self.bylaw, {"clause_ids": [(1, self.bylaw._clause("5-6").id, {"name": "Other"})]}),
        )
        for record, values in changes:
            with self.subTest(model=record._name, values=values), self.assertRaises(UserError):
                self.as_admin(record).write(values)

    def test_nothing_is_added_to_or_taken_from_a_version_in_force(self):
        rule = {"bylaw_id": self.bylaw.id, "clause_id": self.bylaw._clause("5-6").id, "code": "other", "name": "Other"}
        with self.assertRaises(UserError):
            self.env["shora.bylaw.rule"].with_user(self.admin).create(rule)
        for record in (self.rule("notice_days"), self.bylaw.interpretation_ids[0], self.bylaw):
            with self.subTest(model=record._name), self.assertRaises(UserError):
                self.as_admin(record).unlink()

    def test_a_rule_is_not_moved_into_a_version_in_force(self):
        draft = self.bylaw.browse(self.bylaw.with_user(self.admin).action_new_version()["res_id"])
        rule = draft.rule_ids[0].copy({"code": "moved"})
        with self.assertRaises(UserError):
            self.as_admin(rule).bylaw_id = self.bylaw

    def test_in_force_never_goes_back_to_draft(self):
        with self.assertRaises(UserError):
            self.as_admin(self.bylaw).state = "draft"

    def test_what_the_organisation_owes_may_be_entered(self):
        clause, reading = self.bylaw._clause("5-6"), self.bylaw.interpretation_ids[0]
        self.as_admin(clause).official_text = "Text"
        self.as_admin(self.bylaw).approval_date = "2019-04-26"
        self.as_admin(reading).write({"confirmed_by_id": self.president.id, "confirmed_on": "2026-11-23"})
        self.assertEqual((clause.official_text, reading.confirmed_by_id), ("Text", self.president))
        self.assertEqual(self.bylaw.approval_date, EFFECTIVE)

    def test_only_those_in_charge_make_and_begin_versions(self):
        for user in (self.president, self.secretariat, self.auditor, self.employee):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.bylaw.with_user(user).action_new_version()
        draft = self.bylaw.browse(self.bylaw.with_user(self.admin).action_new_version()["res_id"])
        for user in (self.president, self.secretariat, self.auditor):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                draft.with_user(user).state = "in_force"
        self.assertEqual(draft.state, "draft")
        draft.with_user(self.head).action_put_in_force()
        self.assertEqual(draft.state, "in_force")
