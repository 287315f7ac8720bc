from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..rules import plan as rules
from .plan_approval_mixin import PLAN_FACTS, WAY


class ShoraAnnualPlan(models.Model):
    """A council's plan for one Jalali year (5-4).

    draft → presented by the secretary → approved by the council in a session → confirmed by the President → in
    execution, by itself from the first day of its year → closed. What was presented is frozen; during the year it
    changes by numbered amendments that go the same way. Nothing of it is carried out before the confirmation: neither
    progress nor an item drawn from a line.
    Access: secretary and staff write their council's plan; members read it once it is presented, the offices once it
    was; the President and the office decide on what is approved; the auditor reads all.
    """

    _name = "shora.annual.plan"
    _description = "Annual plan"
    _inherit = ["shora.plan.approval.mixin"]
    _order = "year desc, council_id, id"

    _transitions = {
        **WAY,
        "confirmed": {"in_execution": ("system",)},
        "in_execution": {"closed": ("secretary",)},
        "closed": {},
    }
    _frozen_states = ("presented", "approved", "confirmed", "in_execution", "closed")
    _frozen_exempt = frozenset({"line_ids", "amendment_ids"})  # guarded by themselves
    _fact_fields = PLAN_FACTS

    council_id = fields.Many2one("shora.council", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="council_id.company_id", store=True, index=True)
    year = fields.Integer(required=True, default=lambda self: self._next_year(), copy=False, aggregator=False)
    year_text = fields.Char(compute="_compute_year_text", string="Jalali year")
    date_from = fields.Date(compute="_compute_dates", store=True, string="First day")
    date_to = fields.Date(compute="_compute_dates", store=True, string="Last day")
    last_day = fields.Date(compute="_compute_last_day", string="To be presented by")
    need = fields.Text(string="Needs of the management this year")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("presented", "Presented"),
            ("approved", "Approved by the council"),
            ("confirmed", "Confirmed"),
            ("in_execution", "In execution"),
            ("closed", "Closed"),
        ],
        required=True,
        default="draft",
        copy=False,
        tracking=True,
    )
    line_ids = fields.One2many("shora.annual.plan.line", "plan_id", string="Lines", copy=True)
    amendment_ids = fields.One2many("shora.annual.plan.amendment", "plan_id", string="Amendments")
    agenda_item_ids = fields.One2many("shora.agenda.item", "annual_plan_id", string="Before the council")

    _one_a_year = models.UniqueIndex("(council_id, year)", "A council has one annual plan a year (5-4).")
    _year = models.Constraint("CHECK (year BETWEEN 1380 AND 1500)", "Give the Jalali year with four digits.")

    @api.model
    def _next_year(self):
        """The Jalali year that runs; in Esfand the coming one."""
        return rules.year_of(self.env["shora.council"]._today() + timedelta(days=29))

    @api.depends("council_id", "year")
    @api.depends_context("lang")
    def _compute_display_name(self):
        digits = self.env["shora.words"]._digits
        for plan in self:
            plan.display_name = self.env._(
                "Annual plan %(year)s, %(council)s", year=digits(plan.year), council=plan.council_id.short_name or ""
            )

    @api.depends("year")
    @api.depends_context("lang")
    def _compute_year_text(self):
        for plan in self:
            plan.year_text = self.env["shora.words"]._digits(plan.year)

    @api.depends("year")
    def _compute_dates(self):
        for plan in self:
            plan.date_from, plan.date_to = rules.bounds(plan.year) if 1380 <= plan.year <= 1500 else (False, False)

    @api.depends("year", "council_id")
    def _compute_last_day(self):
        for plan in self:
            plan.last_day = plan.council_id._plan_last_day(plan.year) if plan.council_id and plan.date_from else False

    @api.constrains("year")
    def _check_lines_in_year(self):
        self.line_ids._check_dates()

    # --- the judge ---

    def _plan_year(self):
        return self.year

    def _item_domain(self):
        return [("annual_plan_id", "in", self.ids)]

    def _content_reasons(self):
        if not self.line_ids:
            return [self.env._("The plan has no line yet.")]
        return self.line_ids._reasons_incomplete()

    def _in_execution_blockers(self):
        if self.council_id._today() < self.date_from:
            return [self._cited(self.env._("The year of the plan has not begun."))]
        return []

    def _closed_blockers(self):
        if self.council_id._today() > self.date_to or all(line.progress == 100 for line in self.line_ids._in_force()):
            return []
        return [
            self._cited(self.env._("The year is not over and not every line is done; a plan is closed after its work."))
        ]

    # --- what follows ---

    def _on_presented(self):
        self.env["shora.todo"]._close(self, self._todo())
        self.env["shora.finding"]._check(self.council_id)

    def _on_confirmed(self):
        result = super()._on_confirmed()
        self._begin()
        return result

    def _begin(self):
        """Confirmed plans whose year has come are in execution (5-4)."""
        today = self.env["shora.council"]._today()
        due = self.filtered(lambda plan: plan.state == "confirmed" and plan.date_from <= today)
        due._as_system().write({"state": "in_execution"})

    def _may_execute(self):
        """Whether anything of the plan may be carried out now."""
        return self.state == "in_execution"

    def _check_execution(self):
        """
        :raises ValidationError: a plan is not in execution (5-4: the President confirms before anything is done)
        """
        for plan in self:
            if not plan._may_execute():
                raise ValidationError(
                    plan._cited(
                        self.env._(
                            "“%(plan)s” is “%(state)s”: nothing of it is carried out before the President has "
                            "confirmed it and its year has begun, nor after it is closed.",
                            plan=plan.display_name,
                            state=plan._state_label(plan.state),
                        )
                    )
                )

    def _check_frozen_content(self):
        """
        :raises UserError: a plan is presented; its content changes by amendments only
        """
        for plan in self:
            if plan.state != "draft":
                raise UserError(
                    plan._cited(
                        self.env._(
                            "“%(plan)s” is “%(state)s”: its lines are changed by an amendment that the council "
                            "approves and the President confirms.",
                            plan=plan.display_name,
                            state=plan._state_label(plan.state),
                        )
                    )
                )

    # --- actions ---

    def action_close(self):
        self.write({"state": "closed"})

    def action_take_over(self):
        """Copy the unfinished lines of last year's plan into this draft, each once."""
        self.ensure_one()
        self.check_access("write")
        former = self.search([("council_id", "=", self.council_id.id), ("year", "=", self.year - 1)])
        open_lines = former.line_ids._in_force().filtered(lambda line: line.progress < 100)
        taken = set(self.line_ids.mapped("taken_from_id").ids)
        self._check_frozen_content()
        self.env["shora.annual.plan.line"]._create_amended(
            [line._values_taken_over(self) for line in open_lines if line.id not in taken]
        )

    def action_draw_items(self):
        """Ask which lines are put on the agenda of which session."""
        self.ensure_one()
        return self.env["shora.plan.agenda"]._dialog_of_lines(self.line_ids._in_force()._to_draw(), self)

    def action_amend(self):
        """A new amendment of this plan."""
        self.ensure_one()
        amendment = self.env["shora.annual.plan.amendment"]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Amendment of the plan"),
            "res_model": amendment._name,
            "views": [(False, "form")],
            "context": {"default_plan_id": self.id},
        }
