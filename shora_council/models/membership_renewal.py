from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .decree import OFFICES

#: rules that say how many days before the last day a reminder is due (4-B)
REMINDERS = ("renewal_reminder_1", "renewal_reminder_2", "renewal_reminder_3")
TODO = "shora_council.activity_renewal"


class ShoraMembership(models.Model):
    """The renewal queue: experts whose Jalali year ends soon (4-B), what has been prepared, and who was reminded."""

    _name = "shora.membership"
    _inherit = "shora.membership"

    days_left = fields.Integer(compute="_compute_renewal", help="Tehran days until the last day.")
    renewal_stage = fields.Integer(compute="_compute_renewal", string="Reminder", help="Days of the reminder reached.")
    renewal_id = fields.Many2one("shora.decree", compute="_compute_renewal", string="Renewal decree")
    renewal_state = fields.Selection(
        lambda self: self.env["shora.decree"]._fields["state"]._description_selection(self.env),
        compute="_compute_renewal",
        string="State of the renewal",
    )
    is_renewal_due = fields.Boolean(
        compute="_compute_renewal", search="_search_is_renewal_due", string="Waiting for renewal"
    )
    reminded_days = fields.Integer(
        readonly=True, copy=False, help="The last reminder that went out, in days; 0: none.", aggregator=False
    )

    @api.depends("date_to", "state", "seat_kind")
    def _compute_renewal(self):
        today = self.env["shora.council"]._today()
        renewals = self._renewals()
        for member in self:
            renewal = renewals.get((member.seat_id.id, member.partner_id.id), self.env["shora.decree"])
            if renewal and renewal.date_from <= member.date_from:
                renewal = renewal.browse()
            member.renewal_id = renewal
            member.renewal_state = renewal.state
            days = (member.date_to - today).days if member.date_to else 0
            member.days_left = max(days, 0)
            runs = bool(member.date_to) and member.seat_kind == "expert" and member.state == "current" and days >= 0
            passed = [limit for limit in member.council_id._reminder_days(today) if days <= limit] if runs else []
            member.renewal_stage = min(passed, default=0)
            member.is_renewal_due = bool(passed) and renewal.state not in ("issued", "in_force")

    def _search_is_renewal_due(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self.env["shora.council"]._today()
        horizons = {}
        for council in (
            self.env["shora.council"].sudo().search(Domain.TRUE)
        ):  # the queue's own limits; records keep their rules
            limits = council._reminder_days(today)
            if limits:
                horizons.setdefault(limits[0], []).append(council.id)
        ending = Domain.OR(
            Domain("council_id", "in", ids) & Domain("date_to", "<=", fields.Date.add(today, days=days))
            for days, ids in horizons.items()
        )
        members = self.sudo().search(
            ending
            & Domain("seat_kind", "=", "expert")
            & Domain("state", "=", "current")
            & Domain("date_to", ">=", today)
        )
        return Domain("id", "in", members.filtered("is_renewal_due").ids)

    def _renewals(self):
        """{(seat id, person id): the latest renewal decree that has not ended}, one query."""
        decrees = self.env["shora.decree"].sudo()  # that a renewal is under way is known to whoever sees the member
        found = decrees.search(
            [
                ("kind", "=", "renewal"),
                ("seat_id", "in", self.seat_id.ids),
                ("partner_id", "in", self.partner_id.ids),
                ("state", "in", ("draft", "proposed", "issued", "in_force")),
            ],
            order="date_from, id",
        )
        return {(decree.seat_id.id, decree.partner_id.id): decree.sudo(False) for decree in found}

    # --- renewing ---

    def action_propose_renewal(self):
        """Prepare the renewal of these members, the chair's decree beside it, and show them together.

        The secretary proposes at once; offices find drafts that still ask for the secretary's written proposal (4-B).

        :raises UserError: there is nothing left to prepare
        """
        due = self.filtered("is_renewal_due")
        chairs = due._chairs_to_renew()
        Decree = self.env["shora.decree"]
        created = Decree.create(
            [member._renewal_values("renewal") for member in due if not member.renewal_id]
            + [member._renewal_values("chair") for member in chairs]
        )
        decrees = due.renewal_id | created
        if not decrees:
            raise UserError(self.env._("None of these memberships is waiting for a renewal."))
        for decree in created.filtered(lambda d: d.kind == "renewal"):
            if "secretary" in decree._roles_of_user():
                decree.action_propose()
        due.invalidate_recordset(["renewal_id", "renewal_state", "is_renewal_due"])
        self.env["shora.todo"]._close(due, TODO)
        if len(decrees.council_id) == 1:
            return self.env["shora.decree.basket"]._dialog(decrees)
        return decrees._get_records_action(name=self.env._("Renewal decrees"))

    def _chairs_to_renew(self):
        """Members whose chair ends with this term (note 2) and has no decree for the next one; prepared by those who
        prepare decrees of the chair.
        """
        chairs = self.filtered(lambda m: m.is_chair and self.env.user._shora_roles(m.council_id) & OFFICES)
        if not chairs:
            return chairs
        prepared = self.env["shora.decree"].search(
            Domain("kind", "=", "chair")
            & Domain("council_id", "in", chairs.council_id.ids)
            & Domain("state", "in", ("draft", "proposed", "issued"))
        )
        taken = {
            (decree.council_id, decree.partner_id)
            for decree in prepared
            if any(decree.date_from > member.date_to for member in chairs if member.partner_id == decree.partner_id)
        }
        return chairs.filtered(lambda m: (m.council_id, m.partner_id) not in taken)

    def _renewal_values(self, kind):
        return {
            "kind": kind,
            "council_id": self.council_id.id,
            "seat_id": self.seat_id.id,
            "partner_id": self.partner_id.id,
            "date_from": fields.Date.add(self.date_to, days=1),
        }

    # --- reminding ---

    @api.model
    def _cron_renewals(self):
        """Reminders before the end of an expert's term (4-B); hourly, idempotent, one commit a member.

        A stage that was slept through is not made up for: the one reached now is sent, once.
        """
        progress = self.env["ir.cron"]._commit_progress
        due = self._as_system().search([("is_renewal_due", "=", True)], order="date_to, id")
        self._settle_todos(due.filtered(lambda member: not member.renewal_id))
        waiting = due.filtered(
            lambda m: not m.renewal_id and (not m.reminded_days or m.renewal_stage < m.reminded_days)
        )
        progress(remaining=len(waiting))
        for member in waiting:
            if member.try_lock_for_update():
                member._remind()
            if not progress(1):
                break

    def _settle_todos(self, waiting):
        """Close the to-dos whose reason is gone (a renewal is under way, the membership ended) and hand those of a
        former secretary to the one of today. One that was ticked off comes back with the next reminder only.
        """
        open_ones = (
            self.env["mail.activity"]
            .sudo()
            .search([("activity_type_id", "=", self.env.ref(TODO).id), ("res_model", "=", self._name)])
        )
        self.env["shora.todo"]._close(self.browse(open_ones.mapped("res_id")) - waiting, TODO)
        left = open_ones.exists().grouped("res_id")
        waiting.filtered(lambda m: m.id in left and left[m.id].user_id != m._reminded_users())._open_todos()

    def _reminded_users(self):
        """The users of the council's secretary, or of who acts as one."""
        return self.council_id.secretary_id.user_ids.filtered(lambda user: user.active and not user.share)

    def _reminder_text(self):
        return self.env._(
            "The term of %(name)s (seat %(seat)s) ends on %(day)s; propose the renewal.",
            name=self.partner_id.name,
            seat=self.seat_id._label(),
            day=self.env["shora.words"]._day(self.date_to),
        )

    def _open_todos(self):
        self.env["shora.todo"]._open(
            self,
            TODO,
            {member: member._reminded_users() for member in self},
            lambda told: told._reminder_text(),
            {member: member.date_to for member in self},
        )

    def _remind(self):
        """One to-do for the secretary; from the second stage on HR and the President's office are told too."""
        self.ensure_one()
        council = self.council_id
        limits = council._reminder_days(council._today())
        self._open_todos()
        told = council.secretary_id
        if self.renewal_stage < limits[0]:
            for role in ("hr", "office"):
                told |= self.env["res.users"]._shora_users_with_role(role, self.company_id).partner_id
        self._tell_readers(
            told,
            lambda member: member._refusal(member.council_id._rule("expert_term"), member._reminder_text()),
        )
        self._store_facts({"reminded_days": self.renewal_stage})


class ShoraCouncil(models.Model):
    _name = "shora.council"
    _inherit = "shora.council"

    def _reminder_days(self, day):
        """Days before the last day of a term on which a reminder is due, largest first; by the version of ``day``."""
        bylaw = self._bylaw_on(day)
        rules = [bylaw._rule(code) for code in REMINDERS]
        return sorted({rule.value for rule in rules if rule}, reverse=True)
