from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..rules import clock, notice


class ShoraSessionPlannerLine(models.TransientModel):
    """One day of a plan: a session to create, one to move, or one that stays and is counted."""

    _name = "shora.session.planner.line"
    _description = "Day of a plan of sessions"
    _order = "day, id"

    planner_id = fields.Many2one("shora.session.planner", required=True, ondelete="cascade", index=True)
    day = fields.Date(required=True)
    weekday_name = fields.Char(compute="_compute_weekday_name", string="Weekday")
    due = fields.Date(string="Day of the rhythm", readonly=True)
    kind = fields.Selection(
        [("new", "New"), ("existing", "Not invited yet"), ("kept", "Stays")],
        required=True,
        default="new",
        readonly=True,
    )
    session_id = fields.Many2one("shora.session", readonly=True, ondelete="cascade", string="Existing session")
    was = fields.Date(related="session_id.day", string="Until now")
    reason = fields.Char(string="Why it moved", readonly=True)
    start = fields.Datetime(compute="_compute_times")
    stop = fields.Datetime(compute="_compute_times")
    is_moving = fields.Boolean(compute="_compute_is_moving", string="Moves")
    notice_last_day = fields.Date(compute="_compute_notice_last_day", string="Invitation due")
    clash = fields.Char(compute="_compute_clash", string="Clashes")
    day_off = fields.Char(compute="_compute_day_off", string="Day off")

    @api.depends("day")
    @api.depends_context("lang")
    def _compute_weekday_name(self):
        names = dict(self.planner_id._fields["weekday"]._description_selection(self.env))
        for line in self:
            line.weekday_name = names[str(line.day.weekday())] if line.day else False

    @api.depends("day", "kind", "planner_id.hour", "planner_id.duration")
    def _compute_times(self):
        for line in self:
            if line.kind == "kept" or not line.day:
                line.start, line.stop = line.session_id.start, line.session_id.stop
                continue
            # From midnight on by the clock: the few days of a change of the clock had their own length until 1401.
            line.start = clock.day_start_utc(line.day) + timedelta(minutes=round(line.planner_id.hour * 60))
            line.stop = line.start + timedelta(minutes=round(line.planner_id.duration * 60))

    @api.depends("start", "stop", "kind", "session_id")
    def _compute_is_moving(self):
        for line in self:
            session = line.session_id
            line.is_moving = line.kind == "existing" and (line.start, line.stop) != (session.start, session.stop)

    @api.depends("day", "planner_id.council_id")
    def _compute_notice_last_day(self):
        for line in self:
            council = line.planner_id.council_id
            rule = council._rule("notice_days", line.day) if council and line.day else None
            line.notice_last_day = notice.last_day(line.day, rule.value) if rule else False

    @api.depends("day", "planner_id.council_id")
    def _compute_day_off(self):
        for council, lines in self.grouped(lambda line: line.planner_id.council_id).items():
            days = lines.filtered("day").mapped("day")
            off = council._off(min(days), max(days)) if council and days else None
            for line in lines:
                line.day_off = off(line.day) if off and line.day else False

    @api.depends("day", "kind", "planner_id.hour", "planner_id.duration", "planner_id.place", "planner_id.council_id")
    def _compute_clash(self):
        """Members and places taken at that time, all lines with one query; only for who may plan."""
        self.clash = False
        lines = self.filtered(lambda line: line.kind != "kept" and line.start and line.planner_id._may_plan())
        members = self.env["shora.council"]._members_by_slot(
            {line: (line.planner_id.council_id, line.day) for line in lines}
        )
        # The sessions of the plan itself are no obstacle to it.
        own = self.planner_id.line_ids.session_id | self.session_id
        taken = (
            self.env["calendar.event"]
            .sudo()  # whether somebody is taken, not by what
            ._clashes(
                {
                    line: (line.start, line.stop, line.day, members[line].partner_id, line.planner_id.place)
                    for line in lines
                },
                own.sudo().filtered(lambda session: session.state in ("draft", "scheduled")).event_id,
            )
        )
        for line, found in taken.items():
            names = [name for kind, name in found if kind == "partner"]
            if any(kind == "place" for kind, _name in found):
                names.insert(0, self.env._("the place is taken"))
            line.clash = self.env["shora.words"]._join(names)

    @api.constrains("session_id", "planner_id")
    def _check_session(self):
        """
        :raises ValidationError: the session is not an ordinary one of the council that is planned
        """
        for line in self:
            session = line.session_id
            if session and (session.council_id != line.planner_id.council_id or session.kind != "ordinary"):
                raise ValidationError(self.env._("Only ordinary sessions of the council itself are planned."))

    def _session_state(self):
        """The state of the session as it is now, not as the preview saw it; its row is locked."""
        self.session_id._lock()
        return self.session_id.state

    def _session_values(self):
        self.ensure_one()
        planner = self.planner_id
        return {
            "council_id": planner.council_id.id,
            "kind": "ordinary",
            "start": self.start,
            "stop": self.stop,
            "place": planner.place,
        }
