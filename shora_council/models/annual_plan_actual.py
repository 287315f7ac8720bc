from odoo import api, fields, models
from odoo.fields import Domain

from ..rules import plan as rules
from .session import HELD


class ShoraAnnualPlanLine(models.Model):
    """Plan against actual, line by line: asked of agendas and resolutions, never counted up and stored."""

    _name = "shora.annual.plan.line"
    _inherit = "shora.annual.plan.line"

    expected_progress = fields.Integer(compute="_compute_expected_progress", string="Expected")
    item_count = fields.Integer(compute="_compute_actual", string="On agendas")
    discussed_count = fields.Integer(compute="_compute_actual", string="Discussed")
    resolution_count = fields.Integer(compute="_compute_actual", string="Resolutions")
    status = fields.Selection(
        [
            ("dropped", "Taken out"),
            ("done", "Done"),
            ("late", "Late"),
            ("behind", "Behind"),
            ("running", "Running"),
            ("ahead", "Not yet due"),
        ],
        compute="_compute_status",
    )

    @api.depends("date_from", "date_to")
    def _compute_expected_progress(self):
        today = self.env["shora.council"]._today()
        for line in self:
            line.expected_progress = rules.expected_progress(line.date_from, line.date_to, today)

    @api.depends("progress", "date_from", "date_to", "dropped_by_id")
    def _compute_status(self):
        today = self.env["shora.council"]._today()
        for line in self:
            line.status = line._status_on(today)

    def _status_on(self, today):
        if self.dropped_by_id:
            return "dropped"
        if self.progress == 100:
            return "done"
        if not self.date_from or not self.date_to or (today < self.date_from and not self.progress):
            return "ahead"
        if today > self.date_to:
            return "late"
        return "behind" if self.progress < rules.expected_progress(self.date_from, self.date_to, today) else "running"

    @api.depends("agenda_item_ids.state")
    def _compute_actual(self):
        """Two queries for all lines. An item that was carried to another session is counted where it went."""
        items = self.env["shora.agenda.item"]._read_group(
            Domain("plan_line_id", "in", self.ids) & Domain("state", "not in", ("withdrawn", "postponed")),
            ["plan_line_id", "state"],
            ["__count"],
        )
        resolutions = self.env["shora.resolution"]._read_group(
            Domain("plan_line_id", "in", self.ids) & Domain("number", "!=", False), ["plan_line_id"], ["__count"]
        )
        planned, discussed, resolved = {}, {}, {line.id: count for line, count in resolutions}
        for line, state, count in items:
            planned[line.id] = planned.get(line.id, 0) + count
            if state == "discussed":
                discussed[line.id] = count
        for line in self:
            line.item_count = planned.get(line.id, 0)
            line.discussed_count = discussed.get(line.id, 0)
            line.resolution_count = resolved.get(line.id, 0)

    def action_open_items(self):
        """The agenda items that were drawn from this line."""
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("shora_council.shora_agenda_item_action"),
            "domain": [("plan_line_id", "=", self.id)],
            "context": {},
        }

    def action_open_resolutions(self):
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("shora_council.shora_resolution_action"),
            "domain": [("plan_line_id", "=", self.id)],
            "context": {},
        }


class ShoraAnnualPlan(models.Model):
    """Plan against actual of the whole year."""

    _name = "shora.annual.plan"
    _inherit = "shora.annual.plan"

    line_count = fields.Integer(compute="_compute_progress", string="Lines in force")
    progress = fields.Integer(compute="_compute_progress", help="Mean of the lines in force, in percent.")
    expected_progress = fields.Integer(compute="_compute_progress", string="Expected")
    late_count = fields.Integer(compute="_compute_progress", string="Late lines")
    session_count = fields.Integer(compute="_compute_session_count", string="Sessions of the year")
    held_count = fields.Integer(compute="_compute_session_count", string="Sessions held")

    @api.depends("state", "line_ids.progress", "line_ids.date_from", "line_ids.date_to", "line_ids.dropped_by_id")
    def _compute_progress(self):
        for plan in self:
            lines = plan.line_ids._in_force()
            number = len(lines)
            plan.line_count = number
            plan.progress = sum(lines.mapped("progress")) // number if number else 0
            plan.expected_progress = sum(lines.mapped("expected_progress")) // number if number else 0
            running = lines if plan.state == "in_execution" else lines.browse()
            plan.late_count = len(running.filtered(lambda line: line.status == "late"))

    @api.depends("council_id", "date_from", "date_to")
    def _compute_session_count(self):
        """Sessions of each plan's council and year, in one query."""
        sessions = self.env["shora.session"]
        if self:
            sessions = sessions.search_fetch(
                Domain("council_id", "in", self.council_id.ids)
                & Domain("day", ">=", min(self.mapped("date_from")))
                & Domain("day", "<=", max(self.mapped("date_to")))
                & Domain("state", "in", ("scheduled", "invited", "open", "held", "closed")),
                ["council_id", "day", "state"],
            )
        for plan in self:
            own = sessions.filtered(
                lambda s, plan=plan: s.council_id == plan.council_id and plan.date_from <= s.day <= plan.date_to
            )
            plan.session_count = len(own)
            plan.held_count = len(own.filtered(lambda session: session.state in HELD))

    def action_open_lines(self):
        """Plan against actual as a list."""
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("shora_council.shora_annual_plan_line_action"),
            "domain": [("plan_id", "=", self.id)],
            "context": {"search_default_in_force": 1},
        }
