from odoo import api, fields, models
from odoo.api import SUPERUSER_ID
from odoo.exceptions import UserError
from odoo.fields import Domain

from .decree import END_REASONS

# What people may note on a membership; everything else follows from decrees (article 4).
NOTED_FIELDS = {"theme_ids", "tendency_ids", "academic_rank", "field_of_study", "cv", "cv_name"}


class ShoraMembership(models.Model):
    """One person in one seat by one appointment decree (article 4).

    Dates are Tehran calendar days, both inclusive. ``date_decreed_to`` is what the decree gave, ``date_to`` the
    effective last day: they differ when the membership ended early. Rows are written by decrees only.
    """

    _name = "shora.membership"
    _description = "Membership"
    _inherit = ["shora.state.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "council_id, seat_sequence, date_from desc, id desc"

    _initial_state = "upcoming"
    _deletable_states = ()
    _transitions = {
        "upcoming": {"current": ("system",), "void": ("system",)},
        "current": {"ended": ("system",), "void": ("system",)},  # void: its decree was superseded from its first day
        "ended": {"current": ("system",)},  # a deemed resignation that proved wrong (5-6)
        "void": {},
    }

    council_id = fields.Many2one("shora.council", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="council_id.company_id", store=True, index=True)
    seat_id = fields.Many2one("shora.seat", required=True, index=True, ondelete="restrict")
    seat_kind = fields.Selection(related="seat_id.kind", store=True, string="Kind of membership")
    seat_sequence = fields.Integer(related="seat_id.sequence", store=True)
    partner_id = fields.Many2one("res.partner", required=True, index=True, ondelete="restrict", string="Member")
    decree_id = fields.Many2one("shora.decree", required=True, index=True, ondelete="restrict")
    date_from = fields.Date(required=True, string="First day")
    date_decreed_to = fields.Date(string="Last day by decree")
    date_to = fields.Date(string="Last day", tracking=True)
    state = fields.Selection(
        [("upcoming", "Upcoming"), ("current", "Current"), ("ended", "Ended"), ("void", "Void")],
        required=True,
        default="upcoming",
        copy=False,
        tracking=True,
    )
    end_reason = fields.Selection(END_REASONS, copy=False, tracking=True)
    is_imported = fields.Boolean(related="decree_id.is_imported", store=True)
    is_chair = fields.Boolean(compute="_compute_is_chair", string="Chair")
    absences_in_a_row = fields.Integer(compute="_compute_absences_in_a_row", string="Absences in a row")
    on_day = fields.Date(
        compute="_compute_on_day", search="_search_on_day", string="Member as of", help="Search only: who sat on a day."
    )
    theme_ids = fields.Many2many("shora.theme", string="Themes of expertise")
    tendency_ids = fields.Many2many(
        "shora.tendency",
        string="Tendencies",
        groups="shora_council.group_shora_secretary,shora_council.group_shora_president,"
        "shora_council.group_shora_president_office",
    )
    academic_rank = fields.Char()
    field_of_study = fields.Char()
    cv = fields.Binary(attachment=True, string="CV")
    cv_name = fields.Char()
    judged_at = fields.Datetime(
        readonly=True, help="Touched by every judgement of clause 5-6, so that two cannot cross."
    )

    # Ranges instead of btree_gist: an operator class every PostgreSQL has.
    _person_once = models.Constraint(
        "EXCLUDE USING gist (int4range(council_id, council_id, '[]') WITH &&, int4range(partner_id, partner_id, '[]') "
        "WITH &&,"
        " daterange(date_from, date_to, '[]') WITH &&) WHERE (state <> 'void')",
        "The same person cannot be a member of one council twice at the same time (article 4).",
    )
    _seat_once = models.Constraint(
        "EXCLUDE USING gist (int4range(seat_id, seat_id, '[]') WITH &&, daterange(date_from, date_to, '[]') WITH &&)"
        " WHERE (state <> 'void')",
        "Two people cannot hold one seat at the same time (article 4).",
    )
    _dates = models.Constraint(
        "CHECK (date_to IS NULL OR date_to >= date_from)", "The last day of a membership is not before its first day."
    )
    _current_idx = models.Index("(partner_id, council_id, date_from, date_to)")

    @api.depends("partner_id", "seat_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for member in self:
            member.display_name = f"{member.partner_id.name} · {member.seat_id._label()}"

    @api.model
    def _domain_on(self, day):
        """Domain of the memberships in force on the Tehran day ``day``."""
        return (
            Domain("state", "!=", "void")
            & Domain("date_from", "<=", day)
            & (Domain("date_to", "=", False) | Domain("date_to", ">=", day))
        )

    def _compute_on_day(self):
        self.on_day = False  # asked in searches only

    def _search_on_day(self, operator, value):
        """``[("on_day", "=", day)]``: the memberships in force on that Tehran day."""
        if operator != "in":
            return NotImplemented
        return Domain.OR(self._domain_on(day) for day in value if day)

    def _compute_is_chair(self):
        chairs = self.env["shora.decree"].sudo()._chairs_on(self.council_id, self.env["shora.council"]._today())
        memberships = {decree.membership_id.id for decree in chairs.values()}
        for member in self:
            member.is_chair = member.id in memberships

    def _compute_absences_in_a_row(self):
        runs = self.env["shora.deemed.resignation"].sudo()._current_runs(self)
        for member in self:
            member.absences_in_a_row = runs.get(member.id, 0)

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.uid != SUPERUSER_ID:
            raise UserError(
                self.env._("(Article 4) A membership begins with a decree; issue a decree of appointment instead.")
            )
        return super().create(vals_list)

    def write(self, vals):
        noted = {name for name in vals if name in NOTED_FIELDS or name.startswith(("message_", "activity_"))}
        if set(vals) - noted - {"state"} and self.env.uid != SUPERUSER_ID:
            raise UserError(
                self.env._(
                    "(Article 4) A membership follows its decrees; issue or end a decree instead of changing it here."
                )
            )
        return super().write(vals)

    # --- driven by decrees ---

    def _begin(self):
        """Upcoming memberships whose first day has come."""
        today = self.env["shora.council"]._today()
        due = self.filtered(lambda m: m.state == "upcoming" and m.date_from <= today)
        due._as_system().write({"state": "current"})

    def _end(self, day, reason):
        """End on ``day`` (the last day of membership, inclusive) for ``reason``; before the first day it becomes
        void.
        """
        for member in self._as_system():
            if member.state == "void":
                continue
            if day < member.date_from:
                member.write({"end_reason": reason, "state": "void"})
            else:
                if member.state == "upcoming":
                    member.write({"state": "current"})
                member.write({"date_to": day, "end_reason": reason, "state": "ended"})
        self.env.flush_all()
        if reason != "expired":  # a term that runs out was known when the invitations were written
            self._withdraw_invitations()

    def _shorten(self, last, reason):
        """Fix an earlier last day, today's or a coming one; before the first day the membership becomes void.

        By dates alone the member is out at midnight in Tehran; the state follows with the decree (``_expire_if_over``).
        """
        for member in self._as_system():
            if last < member.date_from:
                member.write({"end_reason": reason, "state": "void"})
            else:
                member.write({"date_to": last, "end_reason": reason})
        self.env.flush_all()
        self._withdraw_invitations()

    def _withdraw_invitations(self):
        """Whoever is no longer a member on a coming session's day is no longer invited to it (5-1, 5-6): the notice's
        rows say so, and the calendars follow.
        """
        rows = self.env["shora.notice.recipient"].sudo()  # a consequence of the end, whoever recorded it
        rows = rows.search(
            [
                ("membership_id", "in", self.ids),
                ("council_id", "in", self.council_id.ids),  # whom the coordination body invites follows decrees
                ("session_id.state", "in", ("draft", "scheduled", "invited")),
                ("state", "!=", "withdrawn"),
            ]
        )
        sitting = {day: self.council_id._members_on(day).partner_id for day in set(rows.session_id.mapped("day"))}
        rows.filtered(lambda row: row.partner_id not in sitting[row.session_id.day])._withdraw()
        first = min((member.date_to for member in self if member.date_to), default=False)
        sessions = self.env["shora.session"].sudo()  # as above
        sessions.search(
            [
                ("council_id", "in", self.council_id.ids),
                ("state", "in", ("scheduled", "invited")),
                ("day", ">", first or self.env["shora.council"]._today()),
            ]
        )._project_event()

    def _has_attended(self):
        """Whether any session's attendance names this membership."""
        return bool(self.env["shora.attendance"].sudo().search_count([("membership_id", "in", self.ids)], limit=1))

    def _seat_taken_since(self):
        """Memberships of others in the same seat after this one's last day."""
        self.ensure_one()
        return self.search(
            [
                ("seat_id", "=", self.seat_id.id),
                ("id", "!=", self.id),
                ("state", "!=", "void"),
                "|",
                ("date_to", "=", False),
                ("date_to", ">", self.date_to),
                ("date_from", ">", self.date_from),
            ],
            limit=1,
        )

    def _restore(self):
        """Give an ended membership back what its decree gave (5-6: the run proved wrong)."""
        for member in self._as_system():
            member.write({"date_to": member.date_decreed_to, "end_reason": False, "state": "current"})
