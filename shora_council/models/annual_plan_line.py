from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.uninstall import is_uninstalling

#: what is told of a line while it is carried out
REPORT = frozenset({"progress", "progress_note", "sequence"})
LINE_FACTS = frozenset({"amendment_id", "dropped_by_id", "taken_from_id", "progress_on"})


class ShoraAnnualPlanLine(models.Model):
    """A line of an annual plan (5-4).

    Its content is written while the plan is a draft and afterwards changes by amendments only; its progress is told
    while the plan is in execution. What an amendment took out stays, marked by that amendment.
    """

    _name = "shora.annual.plan.line"
    _description = "Line of an annual plan"
    _inherit = ["shora.plan.content.mixin", "mail.thread"]
    _order = "plan_id, sequence, id"

    plan_id = fields.Many2one("shora.annual.plan", required=True, index=True, ondelete="cascade")
    council_id = fields.Many2one(related="plan_id.council_id", store=True, index=True)
    company_id = fields.Many2one(related="council_id.company_id", store=True, index=True)
    year = fields.Integer(related="plan_id.year", store=True, aggregator=False)
    plan_state = fields.Selection(related="plan_id.state", store=True, string="State of the plan")
    sequence = fields.Integer(default=10)
    progress = fields.Integer(copy=False, tracking=True, aggregator="avg", help="Percent.")
    progress_note = fields.Char(copy=False, tracking=True, string="Latest report")
    progress_on = fields.Date(readonly=True, copy=False, string="Reported on")
    amendment_id = fields.Many2one(
        "shora.annual.plan.amendment", readonly=True, copy=False, ondelete="restrict", string="Last amended by"
    )
    dropped_by_id = fields.Many2one(
        "shora.annual.plan.amendment", readonly=True, copy=False, ondelete="restrict", string="Taken out by"
    )
    taken_from_id = fields.Many2one(
        "shora.annual.plan.line",
        readonly=True,
        copy=False,
        ondelete="set null",
        index="btree_not_null",
        string="Taken over from",
    )
    agenda_item_ids = fields.One2many("shora.agenda.item", "plan_line_id", string="Agenda items")

    _progress = models.Constraint("CHECK (progress BETWEEN 0 AND 100)", "Progress is given in percent, 0 to 100.")

    def _content_plan(self):
        return self.plan_id

    @api.constrains("progress", "progress_note")
    def _check_progress(self):
        """Nothing is carried out before the President has confirmed the plan; also of a line that is new."""
        self.filtered(lambda line: line.progress or line.progress_note).plan_id._check_execution()

    # --- CRUD ---

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_facts(vals)
        # Given, so that no default of the client's context sets a fact.
        lines = super().create([{**vals, **dict.fromkeys(LINE_FACTS, False)} for vals in vals_list])
        lines.plan_id._check_frozen_content()
        return lines

    def write(self, vals):
        self._check_change(vals)
        if {"progress", "progress_note"} & vals.keys():
            vals = {**vals, "progress_on": self.env["shora.council"]._today()}
        return super().write(vals)

    def unlink(self):
        if not is_uninstalling(self.env):
            self.plan_id._check_frozen_content()
        return super().unlink()

    def _check_change(self, vals):
        """
        :raises UserError: content of a line whose plan is presented, a fact, or another plan
        """
        self._check_facts(vals)
        if any(vals.get("plan_id", line.plan_id.id) != line.plan_id.id for line in self):
            raise UserError(self.env._("A line stays in its plan."))
        if {"progress", "progress_note"} & vals.keys():
            self.plan_id._check_execution()
        content = {name for name in vals if name not in REPORT and not name.startswith(("message_", "activity_"))}
        if content:
            self.plan_id._check_frozen_content()

    def _check_facts(self, vals):
        """
        :raises UserError: something that only a step of the plan or an amendment sets
        """
        if LINE_FACTS & vals.keys():
            raise UserError(self.env._("Set by the steps of the plan and its amendments, never by hand."))

    # --- asked of lines ---

    def _in_force(self):
        """Without the lines that amendments took out."""
        return self.filtered(lambda line: not line.dropped_by_id)

    def _values_taken_over(self, plan):
        """Values of this unfinished line in the next year's plan; its days are the secretary's to set."""
        return {
            **self._content_values(),
            "plan_id": plan.id,
            "date_from": False,
            "date_to": False,
            "taken_from_id": self.id,
        }
