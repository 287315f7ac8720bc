from odoo import api, fields, models
from odoo.fields import Domain

from .resolution_decision import LETS_THROUGH
from .resolution_life import OPEN
from .session_forward import PLANNED

DUE_TODO = "shora_council.activity_resolution_due"
#: Tehran days before the due date from which the secretary is asked to follow a resolution up
DUE_SOON = 7


class ShoraResolution(models.Model):
    """Open resolutions are watched: their due date, and the next session, before which they are put until done."""

    _name = "shora.resolution"
    _inherit = "shora.resolution"

    is_open = fields.Boolean(compute="_compute_is_open", search="_search_is_open")
    is_overdue = fields.Boolean(compute="_compute_is_overdue", search="_search_is_overdue", string="Overdue")
    follow_item_ids = fields.One2many(
        "shora.agenda.item", "followed_resolution_id", string="Put before sessions", readonly=True
    )

    @api.depends("state")
    def _compute_is_open(self):
        for resolution in self:
            resolution.is_open = resolution.state in OPEN

    def _search_is_open(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("state", "in" if True in value else "not in", OPEN)

    @api.depends("state", "date_due")
    def _compute_is_overdue(self):
        today = self.env["shora.council"]._today()
        for resolution in self:
            resolution.is_overdue = bool(
                resolution.state in OPEN and resolution.date_due and resolution.date_due < today
            )

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        overdue = Domain("state", "in", OPEN) & Domain("date_due", "<", self.env["shora.council"]._today())
        return overdue if True in value else ~overdue

    @api.model
    def _cron_follow(self):
        """To-dos of open resolutions, and their place on the next session's agenda; hourly, idempotent, one commit a
        council.
        """
        progress = self.env["ir.cron"]._commit_progress
        system = self.env["shora.reader"]._of_office(self._as_system())
        waiting = system.search(Domain("state", "in", (*OPEN, "deferred"))).grouped("council_id")
        progress(remaining=len(waiting))
        for council, resolutions in waiting.items():
            if council.try_lock_for_update():
                resolutions._ask_before_due()
                resolutions._ask_to_notify()
                resolutions._put_before_next_session()
            if not progress(1):
                break

    def _ask_before_due(self):
        """A to-do of the secretary from a week before the due date until it is done."""
        soon = fields.Date.add(self.env["shora.council"]._today(), days=DUE_SOON)
        due = self.filtered(lambda one: one.state in OPEN and one.date_due and one.date_due <= soon)
        self.env["shora.todo"]._open(
            due,
            DUE_TODO,
            {one: one._secretary_users() for one in due},
            lambda told: told.env._(
                "“%(resolution)s” is due: ask %(executor)s",
                resolution=told.display_name,
                executor=told.owner_id.sudo().name or told.env._("the executor"),  # the to-do names whom to ask
            ),
            {one: one.date_due for one in due},
        )
        (self - due)._close_due_todos()

    def _close_due_todos(self):
        self.env["shora.todo"]._close(self, DUE_TODO)

    def _follow_values(self):
        """What the item of an agenda says that puts this resolution before a session."""
        self.ensure_one()
        return {
            "name": self.env._("Follow-up: %(resolution)s", resolution=self.display_name),
            "description": self.body,
        }

    def _put_before_next_session(self):
        """One proposed item for each open resolution of one council on the agenda of its next ordinary session."""
        council = self.council_id
        session = self.env["shora.session"].search(
            Domain("council_id", "=", council.id)
            & Domain("state", "in", PLANNED)
            & Domain("kind", "in", ("ordinary", "joint"))
            & Domain("start", ">", fields.Datetime.now()),
            order="start, id",
            limit=1,
        )
        if session and session.state != "invited":  # an agenda that was sent out is the secretary's to add to
            session._bring_resolutions()


class ShoraFinding(models.Model):
    """A resolution whose due date has passed."""

    _name = "shora.finding"
    _inherit = "shora.finding"

    code = fields.Selection(
        selection_add=[("resolution_overdue", "Resolution overdue")], ondelete={"resolution_overdue": "cascade"}
    )

    def _expectations(self):
        return [*super()._expectations(), self._expect_resolutions]

    def _joint_expectations(self):
        return [*super()._joint_expectations(), self._expect_resolutions]

    def _expect_resolutions(self, councils):
        """The council set the day itself; that resolutions are followed up to their end is 5-9."""
        late = self.env["shora.resolution"].search(
            Domain("council_id", "in", councils.ids)
            & Domain("state", "in", OPEN)
            & Domain("date_due", "<", councils._today())
        )
        found = {}
        for resolution in late:
            council = resolution.council_id
            clause = council._bylaw_on(resolution.session_id.day)._clause("5-9")
            found[council.id, "resolution_overdue", resolution._name, resolution.id] = {
                "clause_id": clause.id,
                "severity": "warn",
                "actor": "secretary" if resolution.president_decision else "head",
                "date_since": fields.Date.add(resolution.date_due, days=1),
            }
        return found


class ShoraDesk(models.AbstractModel):
    """Resolutions on the desk: to notify, to begin, to follow up."""

    _name = "shora.desk"
    _inherit = "shora.desk"

    def _session_lines(self, councils, today):
        return super()._session_lines(councils, today) + self._resolution_lines(councils, today)

    def _resolution_lines(self, councils, today):
        if not self.env["shora.finding"].has_access("read"):
            return []  # members read resolutions, they do not carry them out
        lines = []
        for resolution in councils._find("shora.resolution", [("state", "in", OPEN)]):
            task = self._resolution_task(resolution, today)
            if task:
                label, rule, day = task
                lines.append(self._line(resolution, resolution.council_id, label, rule, day, "secretary", today))
        return lines

    def _resolution_task(self, resolution, today):
        """(label, rule, day) of the next step; None when nothing is due, or when it is a finding already."""
        if resolution.is_overdue:
            return None
        if resolution.state == "adopted":
            if resolution.president_decision in LETS_THROUGH:
                return self.env._("Notify the executor"), False, max(resolution.president_decided_on, today)
            return None
        if resolution.state == "notified":
            rule = resolution.council_id._rule("financial_regulation", today)
            label = (
                self.env._("Record what the financial burden demands")
                if resolution.burden_missing
                else self.env._("Begin the execution")
            )
            return label, rule if resolution.burden_missing else False, resolution.date_due or today
        if resolution.date_due and (resolution.date_due - today).days <= DUE_SOON:
            return self.env._("Resolution due"), False, resolution.date_due
        return None
