from odoo import fields, models
from odoo.fields import Domain

from ..rules import burden


class ShoraResolution(models.Model):
    """Decisions with a financial burden are carried out only under the Centre's regulations (5-3).

    Which of the facts below are demanded is the by-law's to say: its active rules on the day execution begins. They
    are frozen with it, so that the gate cannot be emptied from behind.
    """

    _name = "shora.resolution"
    _inherit = "shora.resolution"

    burden = fields.Selection(
        [("no", "No financial burden"), ("yes", "Leads to a plan, project or the like with financial burden")],
        copy=False,
        string="Financial burden",
        tracking=True,
    )
    regulation = fields.Char(copy=False, string="Governing regulation", tracking=True)
    regulation_reference = fields.Char(
        copy=False, string="Reference of the regulation", help="Number, date and article.", tracking=True
    )
    burden_unit_id = fields.Many2one("hr.department", copy=False, string="Responsible unit", tracking=True)
    budget_reference = fields.Char(copy=False, tracking=True)
    approver_id = fields.Many2one("res.partner", copy=False, tracking=True)
    burden_missing = fields.Text(compute="_compute_burden_missing", string="Missing before execution")

    def _compute_burden_missing(self):
        for resolution in self:
            open_gate = resolution.state in ("adopted", "notified")
            resolution.burden_missing = "\n".join(resolution._burden_reasons()) if open_gate else False

    def _burden_rules(self, day):
        """The active rules of 5-3 on ``day``, by code."""
        council = self.council_id
        rules = {
            "financial_regulation": council._rule("financial_regulation", day),
            "financial_unit": council._rule("financial_unit", day),
            "financial_budget": council._rule("financial_budget", day),
            "financial_approver": council._rule("financial_approver", day),
        }
        return {code: rule for code, rule in rules.items() if rule}

    def _burden_lacking(self, rules):
        """(rule code, empty fields) that ``rules`` demand of this resolution; facts, whoever reads them."""
        self.ensure_one()
        known = self.sudo()  # the name of a department is not everybody's to read, that one is recorded is
        recorded = {name for name in burden.FIELDS if isinstance(known[name], models.Model) and known[name]}
        recorded |= {name for name in burden.FIELDS if isinstance(known[name], str) and known[name].strip()}
        return burden.missing(rules, recorded)

    def _burden_reasons(self, day=None):
        """In words what stands in the way of the execution, each with its clause (5-3)."""
        self.ensure_one()
        rules = self._burden_rules(day or self.council_id._today())
        if not rules:
            return []
        if not self.burden:
            rule = next(iter(rules.values()))
            return [self._refusal(rule, self.env._("Say whether it leads to something with a financial burden."))]
        if self.burden == "no":
            return []
        words = self.env["shora.words"]
        return [
            self._refusal(
                rules[code],
                self.env._(
                    "Record first: %(fields)s.",
                    fields=words._join(self._fields[name]._description_string(self.env) for name in names),
                ),
            )
            for code, names in self._burden_lacking(rules)
        ]

    def _in_execution_blockers(self):
        return self._burden_reasons()


class ShoraFinding(models.Model):
    """In execution without what 5-3 demands: brought about past the gate, or by a by-law put in force later."""

    _name = "shora.finding"
    _inherit = "shora.finding"

    code = fields.Selection(
        selection_add=[("burden_missing", "Carried out without what a financial burden demands")],
        ondelete={"burden_missing": "cascade"},
    )

    def _expectations(self):
        return [*super()._expectations(), self._expect_burden]

    def _expect_burden(self, councils):
        """Judged by the rules of the day on which the execution began: the past keeps its rules."""
        running = self.env["shora.resolution"].search(
            Domain("council_id", "in", councils.ids)
            & Domain("state", "=", "in_execution")
            & Domain("burden", "!=", "no")
        )
        found = {}
        for resolution in running:
            since = resolution.executed_on or resolution.session_id.day
            rules = resolution._burden_rules(since)
            lacking = [code for code, _names in resolution._burden_lacking(rules)]
            if rules and (not resolution.burden or lacking):
                rule = rules[lacking[0]] if lacking else next(iter(rules.values()))
                key = (resolution.council_id.id, "burden_missing", resolution._name, resolution.id)
                found[key] = self._values(rule, "secretary", since)
        return found
