from odoo import api, fields, models
from odoo.fields import Domain

from ..rules import plan as rules

TODO = "shora_council.activity_annual_plan"


class ShoraCouncil(models.Model):
    """Which plan a council owes, and until when (5-4)."""

    _name = "shora.council"
    _inherit = "shora.council"

    annual_plan_ids = fields.One2many("shora.annual.plan", "council_id", string="Annual plans")
    annual_plan_id = fields.Many2one("shora.annual.plan", compute="_compute_annual_plan_id", string="Plan of this year")

    @api.depends("annual_plan_ids.year")
    def _compute_annual_plan_id(self):
        year = rules.year_of(self._today())
        by_council = self._find("shora.annual.plan", [("year", "=", year)]).grouped("council_id")
        for council in self:
            council.annual_plan_id = by_council.get(council, False)

    def _plan_rule(self, year):
        """The rule of the plan in the version in force on 1 Farvardin of ``year``; empty where none is owed."""
        return self._rule("annual_plan_day", rules.bounds(year)[0])

    def _plan_last_day(self, year):
        """Last day for presenting the plan of ``year``; False where the by-law sets none."""
        rule = self._plan_rule(year)
        return rules.last_day(year, rule.value) if rule and rule.value >= 1 else False

    def _at_work_since(self):
        """{council id: first day of its first membership}; a council without members owes no plan yet."""
        firsts = (
            self.env["shora.membership"]
            .sudo()  # since when there is a council is no secret
            ._read_group(
                Domain("council_id", "in", self.ids) & Domain("state", "!=", "void"), ["council_id"], ["date_from:min"]
            )
        )
        return {council.id: first for council, first in firsts}

    def _plans_owed(self, today):
        """{council: last day} of the councils that owe the plan of the running year and have not presented it.

        Owed by a council that had members by the last day; three queries, whatever their number.
        """
        year = rules.year_of(today)
        since = self._at_work_since()
        plans = self.env["shora.annual.plan"].search(
            Domain("council_id", "in", self.ids) & Domain("year", "=", year) & Domain("first_presented_on", "!=", False)
        )
        owed = {}
        for council in self - plans.council_id:
            last = council._plan_last_day(year)
            if last and council.id in since and since[council.id] <= last:
                owed[council] = last
        return owed

    def action_open_plans(self):
        """The annual plans of this council."""
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("shora_council.shora_annual_plan_action"),
            "domain": [("council_id", "=", self.id)],
            "context": {"default_council_id": self.id},
        }


class ShoraAnnualPlan(models.Model):
    """From 1 Farvardin: the draft that waits for the secretary, its to-do, and plans whose year has come (5-4)."""

    _name = "shora.annual.plan"
    _inherit = "shora.annual.plan"

    @api.model
    def _todo(self):
        return TODO

    @api.model
    def _cron_year(self):
        """Plans enter into execution with their year; secretaries who owe the year's plan have a to-do on its draft.
        Hourly, idempotent, one commit a council.
        """
        system = self._as_system()
        councils = system.env["shora.council"].search(Domain.TRUE)
        today = councils._today()
        due = system.search(Domain("state", "=", "confirmed") & Domain("date_from", "<=", today))
        owed = councils._plans_owed(today)
        stale = system._stale_todos(owed)
        progress = self.env["ir.cron"]._commit_progress
        progress(remaining=len(due) + len(owed) + 1)
        self.env["shora.todo"]._close(stale, TODO)
        if not progress(1):
            return
        for plan in due:
            if plan.try_lock_for_update():
                plan._begin()
            if not progress(1):
                return
        for council, last in owed.items():
            system._ask_for_plan(council, last)
            if not progress(1):
                return

    def _ask_for_plan(self, council, last):
        """The draft of the running year, made where there is none, and the secretary's to-do on it."""
        council._lock_row()
        year = rules.year_of(council._today())
        plan = self.search([("council_id", "=", council.id), ("year", "=", year)], limit=1)
        if plan.first_presented_on:
            return
        plan = plan or self.create({"council_id": council.id, "year": year})

        def speak(told):
            words = told.env["shora.words"]
            text = told.env._(
                "Present the annual plan %(year)s; the last day for it is %(last)s.",
                year=words._digits(year),
                last=words._day(last),
            )
            return told._cited(text)

        secretary = self.env["shora.minutes"]._secretary_of(council)
        users = secretary.user_ids.filtered(lambda user: user.active and not user.share)
        self.env["shora.todo"]._open(plan, TODO, {plan: users}, speak, {plan: last})

    def _stale_todos(self, owed):
        """Plans with a to-do that nobody owes any more: presented, or of a year that is over."""
        todos = self.env["mail.activity"].sudo()  # whosever to-dos they are
        there = todos.search(
            Domain("activity_type_id", "=", self.env.ref(TODO).id) & Domain("res_model", "=", self._name)
        )
        plans = self.browse(set(there.mapped("res_id"))).exists()
        year = rules.year_of(self.env["shora.council"]._today())
        return plans.filtered(lambda plan: plan.council_id not in owed or plan.year != year)


class ShoraFinding(models.Model):
    """The plan of the year that is not presented in time (5-4)."""

    _name = "shora.finding"
    _inherit = "shora.finding"

    code = fields.Selection(
        selection_add=[("plan_missing", "Annual plan not presented")], ondelete={"plan_missing": "cascade"}
    )

    def _expectations(self):
        return [*super()._expectations(), self._expect_plans]

    def _expect_plans(self, councils):
        """Open from the day after the last day until the plan is presented or its year is over."""
        today = councils._today()
        year = rules.year_of(today)
        return {
            (council.id, "plan_missing", council._name, council.id): self._values(
                council._plan_rule(year), "secretary", fields.Date.add(last, days=1)
            )
            for council, last in councils._plans_owed(today).items()
            if last < today
        }


class ShoraDesk(models.AbstractModel):
    """Annual plans on the desks: to present, to bring through the council, to decide (5-4)."""

    _name = "shora.desk"
    _inherit = "shora.desk"

    def _session_lines(self, councils, today):
        return super()._session_lines(councils, today) + self._plan_lines(councils, today)

    def _plan_lines(self, councils, today):
        """Drafts within their time, and what waits for the council or the President; members have no part in it."""
        if not self.env["shora.finding"].has_access("read"):
            return []
        lines = []
        plans = councils._find("shora.annual.plan", [("state", "in", ("draft", "presented", "approved"))])
        amendments = councils._find("shora.annual.plan.amendment", [("state", "in", ("presented", "approved"))])
        for record in [*plans, *amendments]:
            task = self._plan_task(record, today)
            if task:
                label, actor, day = task
                lines.append(self._line(record, record.council_id, label, record._plan_rule(), day, actor, today))
        return lines

    def _plan_task(self, record, today):
        """(label, actor, day) of the next step of a plan or an amendment; None when nothing is due."""
        if record.state == "approved":
            return self.env._("Decide on the annual plan"), "president", today
        if record.state == "presented":
            return self.env._("Have the council approve the annual plan"), "secretary", today
        if record.last_day and record.date_from <= today <= record.last_day:
            return self.env._("Present the annual plan"), "secretary", record.last_day
        return None  # not yet due, or the finding says so
