from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools.uninstall import is_uninstalling
from .plan_content_mixin import CONTENT


class ShoraAnnualPlanAmendmentLine(models.Model):
    """What an amendment does to one line of its plan: add, change or take out (5-4)."""

    _name = "shora.annual.plan.amendment.line"
    _description = "Change of a plan line"
    _inherit = "shora.plan.content.mixin"
    _order = "amendment_id, id"

    amendment_id = fields.Many2one("shora.annual.plan.amendment", required=True, index=True, ondelete="cascade")
    plan_id = fields.Many2one(related="amendment_id.plan_id")
    council_id = fields.Many2one(related="amendment_id.council_id", store=True, index=True)
    company_id = fields.Many2one(related="council_id.company_id", store=True, index=True)
    kind = fields.Selection(
        [("add", "New line"), ("change", "Changed line"), ("drop", "Line taken out")],
        required=True,
        default="change",
        string="What",
    )
    line_id = fields.Many2one(
        "shora.annual.plan.line",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('plan_id', '=', plan_id), ('dropped_by_id', '=', False)]",
    )
    before = fields.Text(readonly=True, copy=False, string="What it was")
    difference = fields.Text(compute="_compute_difference")

    _line_given = models.Constraint(
        "CHECK ((kind = 'add') = (line_id IS NULL))", "Name the line that is changed or taken out; a new one has none."
    )
    _once = models.UniqueIndex(
        "(amendment_id, line_id) WHERE line_id IS NOT NULL", "An amendment says of a line once what becomes of it."
    )

    def _content_plan(self):
        return self.amendment_id.plan_id

    @api.depends("line_id", "kind", "before", *CONTENT)
    @api.depends_context("lang")
    def _compute_difference(self):
        for change in self:
            change.difference = change.before or (change.kind == "change" and change._difference_text()) or False

    def _difference_text(self):
        """What the change alters, one line each: “Until: 1405/06/31 ← 1405/03/31”."""
        texts = []
        for name in CONTENT:
            old, new = (record._content_text(name) for record in (self.line_id, self))
            if old != new:
                label = self._fields[name]._description_string(self.env)
                texts.append(
                    self.env._("%(field)s: %(new)s (was: %(old)s)", field=label, new=new or "—", old=old or "—")
                )
        return "\n".join(texts)

    @api.onchange("line_id")
    def _onchange_line(self):
        """A change begins with what the line says; the same as in ``create``."""
        if self.line_id:
            self.update(self.line_id._content_values())

    def _difference_lines(self):
        """What the council reads of this change: the difference, or the whole of a new line; a list of texts."""
        if self.kind != "add":
            return (self.difference or "").split("\n") if self.difference else []
        texts = ((self._fields[name]._description_string(self.env), self._content_text(name)) for name in CONTENT)
        return [f"{label}: {text}" for label, text in texts if text]

    def _kind_text(self):
        return dict(self._fields["kind"]._description_selection(self.env)).get(self.kind, "")

    # --- CRUD ---

    @api.model_create_multi
    def create(self, vals_list):
        changes = super().create([{**self._line_values(vals), **vals, "before": False} for vals in vals_list])
        changes.amendment_id._check_frozen_content()
        return changes

    def _line_values(self, vals):
        """What a change does not say is what its line says."""
        return (
            self.env["shora.annual.plan.line"].browse(vals["line_id"])._content_values() if vals.get("line_id") else {}
        )

    def write(self, vals):
        self.amendment_id._check_frozen_content()
        if "before" in vals:
            raise UserError(self.env._("Set by the steps of the plan and its amendments, never by hand."))
        result = super().write(vals)
        self.amendment_id._check_frozen_content()
        return result

    def unlink(self):
        if not is_uninstalling(self.env):
            self.amendment_id._check_frozen_content()
        return super().unlink()

    @api.constrains("line_id", "amendment_id")
    def _check_line_of_plan(self):
        for change in self:
            if change.line_id and change.line_id.plan_id != change.amendment_id.plan_id:
                raise ValidationError(self.env._("“%(line)s” is no line of this plan.", line=change.line_id.name))

    # --- judged and done ---

    def _reasons_against(self):
        same = self.filtered(lambda change: change.kind == "change" and not change._difference_text())
        return (
            self.filtered(lambda change: change.kind != "drop")._reasons_incomplete()
            + self._reasons_gone()
            + [self.env._("“%(line)s” is not changed.", line=change.name) for change in same]
        )

    def _reasons_gone(self):
        return [
            self.env._("“%(line)s” was taken out by another amendment.", line=change.name)
            for change in self
            if change.line_id.dropped_by_id
        ]

    def _apply(self):
        """Make the plan's lines say what the confirmed amendment says."""
        for change in self.sudo():  # the step was judged; who confirms writes no lines
            line, by = change.line_id, {"amendment_id": change.amendment_id.id}
            if change.kind == "add":
                line = line._create_amended(
                    [{**change._content_values(), **by, "plan_id": change.amendment_id.plan_id.id, "sequence": 1000}]
                )
            elif change.kind == "drop":
                line._amended({"dropped_by_id": change.amendment_id.id})
            else:
                change._amended({"before": change._difference_text()})
                line._amended({**change._content_values(), **by})
