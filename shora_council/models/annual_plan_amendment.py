from odoo import api, fields, models
from odoo.exceptions import UserError

from .plan_approval_mixin import PLAN_FACTS, WAY


class ShoraAnnualPlanAmendment(models.Model):
    """A change of an annual plan during its year, the way the plan itself went (5-4).

    It gets its number in the plan when the council approves it, and changes the plan's lines when the President
    confirms it, not before; what each line was stays on the amendment.
    Access: as the plan.
    """

    _name = "shora.annual.plan.amendment"
    _description = "Amendment of an annual plan"
    _inherit = ["shora.plan.approval.mixin"]
    _order = "plan_id, number, id"

    _transitions = {**WAY, "confirmed": {}}
    _frozen_states = ("presented", "approved", "confirmed")
    _frozen_exempt = frozenset({"line_ids"})  # guarded by themselves
    _fact_fields = PLAN_FACTS | {"number"}

    plan_id = fields.Many2one("shora.annual.plan", required=True, index=True, ondelete="restrict", string="Annual plan")
    council_id = fields.Many2one(related="plan_id.council_id", store=True, index=True)
    company_id = fields.Many2one(related="council_id.company_id", store=True, index=True)
    number = fields.Integer(copy=False, aggregator=False)
    reason = fields.Text(required=True)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("presented", "Presented"),
            ("approved", "Approved by the council"),
            ("confirmed", "Confirmed"),
        ],
        required=True,
        default="draft",
        copy=False,
        tracking=True,
    )
    line_ids = fields.One2many("shora.annual.plan.amendment.line", "amendment_id", string="Changes", copy=True)
    agenda_item_ids = fields.One2many("shora.agenda.item", "plan_amendment_id", string="Before the council")

    _number_once = models.UniqueIndex("(plan_id, number) WHERE number > 0", "Two amendments cannot have one number.")

    @api.depends("number", "plan_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        digits = self.env["shora.words"]._digits
        for amendment in self:
            plan = amendment.plan_id.display_name or ""
            amendment.display_name = (
                self.env._("Amendment %(number)s of %(plan)s", number=digits(amendment.number), plan=plan)
                if amendment.number
                else self.env._("Amendment of %(plan)s", plan=plan)
            )

    @api.constrains("plan_id")
    def _check_plan(self):
        """A draft plan is changed itself; a closed one is over."""
        self.plan_id.with_user(self.env.user).check_access("read")  # first: the reasons name the plan
        for amendment in self:
            if reasons := amendment._plan_reasons():
                raise UserError("\n".join(reasons))

    # --- the judge ---

    def _plan_year(self):
        return self.plan_id.year

    def _item_domain(self):
        return [("plan_amendment_id", "in", self.ids)]

    def _plan_reasons(self):
        if self.plan_id.state in ("confirmed", "in_execution"):
            return []
        return [
            self._cited(
                self.env._(
                    "“%(plan)s” is “%(state)s”; a plan is amended after its confirmation and until it is closed.",
                    plan=self.plan_id.display_name,
                    state=self.plan_id._state_label(self.plan_id.state),
                )
            )
        ]

    def _content_reasons(self):
        reasons = self._plan_reasons()
        if not self.line_ids:
            return [*reasons, self.env._("The amendment changes nothing yet.")]
        return reasons + self.line_ids._reasons_against()

    def _confirmed_blockers(self):
        """Another amendment may have been confirmed since this one was presented."""
        return super()._confirmed_blockers() + self._plan_reasons() + self.line_ids._reasons_gone()

    def _approved_values(self):
        """Numbered when the council approves it; once given, the number stays also through a return."""
        values = super()._approved_values()
        if not self.number:
            self.plan_id._lock()
            [(highest,)] = self._read_group([("plan_id", "=", self.plan_id.id)], [], ["number:max"])
            values["number"] = (highest or 0) + 1
        return values

    def _on_confirmed(self):
        result = super()._on_confirmed()
        for amendment in self:
            amendment.line_ids._apply()
        return result

    def _check_frozen_content(self):
        """
        :raises UserError: an amendment is presented; what it changes is fixed
        """
        for amendment in self:
            if amendment.state != "draft":
                amendment._check_frozen({"reason": True})
