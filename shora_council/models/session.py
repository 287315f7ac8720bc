from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..rules import clock

#: what the calendar shows of a session, and what its recipients are told when it changes
PROJECTED = {"start", "stop", "place", "video_url"}
#: states of a session that took place
HELD = ("held", "closed")
#: who takes the steps of a session: the secretary, or while he is on leave whoever stands in for all but signing
ACTS = ("secretary", "substitute")


class ShoraSession(models.Model):
    """A session of a council (article 5).

    draft → scheduled (gets its number) → invited (written notice dispatched) → open (somebody presides, 5-2) → held →
    closed (attendance confirmed, absence rule judged, 5-6). Not held, cancelled and postponed are final and possible
    until held. The session owns title, time and place; ``event_id`` is their one-way projection into the calendar.
    Days are Tehran calendar days, whatever the zone of server or user.
    """

    _name = "shora.session"
    _description = "Council session"
    _inherit = ["shora.state.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "start desc, id desc"

    _transitions = {
        # «system»: an extraordinary session that the President's referral makes (5-1 note)
        "draft": {"scheduled": ("secretary", "staff", "system"), "cancelled": ("secretary", "staff")},
        "scheduled": {
            "invited": ACTS,
            "open": ACTS,  # no ordinary session, see _open_blockers
            "not_held": ACTS,
            "postponed": ACTS,
            "cancelled": ACTS,
        },
        "invited": {"open": ACTS, "not_held": ACTS, "postponed": ACTS, "cancelled": ACTS},
        "open": {"invited": ACTS, "scheduled": ACTS, "held": ACTS, "not_held": ACTS},
        "held": {"closed": ACTS},
    }
    _frozen_states = ("closed", "not_held", "cancelled", "postponed")
    _frozen_exempt = frozenset(
        {"attendance_scan", "attendance_scan_name", "minutes_ids", "agenda_item_ids", "attendance_ids"}
    )
    _fact_fields = frozenset(
        {
            "number",
            "event_id",
            "successor_id",
            "presiding_ground",
            "presiding_partner_id",
            "delegation_note",
            "attendance_confirmed_at",
            "attendance_confirmed_by_id",
            "opened_at",
            "notice_reminded_days",
            "members_reminded",
            "minutes_reminded_days",
            "minutes_escalated",
            "current_item_id",
            "calendar_sequence",
        }
    )
    _fields_with_state = {
        "open": ("presiding_ground", "delegation_note"),
        "postponed": ("postponed_to", "final_reason"),
        "cancelled": ("final_reason",),
        "not_held": ("final_reason",),
    }

    council_id = fields.Many2one("shora.council", required=True, index=True, ondelete="restrict", tracking=True)
    company_id = fields.Many2one(related="council_id.company_id", store=True, index=True)
    kind = fields.Selection(
        [("ordinary", "Ordinary"), ("extraordinary", "Extraordinary"), ("joint", "Joint session of secretaries")],
        required=True,
        compute="_compute_kind",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
    )
    ground = fields.Text(string="Ground of the extraordinary session", tracking=True)
    number = fields.Integer(
        copy=False, help="Runs on through the council's life, given at scheduling.", aggregator=False
    )
    start = fields.Datetime(required=True, tracking=True, index=True)
    stop = fields.Datetime(required=True, compute="_compute_stop", store=True, readonly=False, precompute=True)
    day = fields.Date(compute="_compute_day", store=True, index=True, help="The session's calendar day in Tehran.")
    place = fields.Char(compute="_compute_place", store=True, readonly=False, tracking=True)
    video_url = fields.Char(string="Video link", tracking=True, help="https address of the meeting room.")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("scheduled", "Scheduled"),
            ("invited", "Invited"),
            ("open", "Open"),
            ("held", "Held"),
            ("closed", "Closed"),
            ("not_held", "Not held"),
            ("cancelled", "Cancelled"),
            ("postponed", "Postponed"),
        ],
        required=True,
        default="draft",
        copy=False,
        tracking=True,
        index=True,
        group_expand="_group_expand_state",
    )
    final_reason = fields.Text(string="Reason", copy=False)
    postponed_to = fields.Datetime(string="New time", copy=False)
    successor_id = fields.Many2one("shora.session", string="Replaced by", copy=False, ondelete="restrict")
    event_id = fields.Many2one(
        "calendar.event", copy=False, ondelete="set null", string="Calendar event", index="btree_not_null"
    )

    agenda_item_ids = fields.One2many("shora.agenda.item", "session_id", string="Agenda")
    resolution_ids = fields.One2many("shora.resolution", "session_id", string="Resolutions")
    attendance_ids = fields.One2many("shora.attendance", "session_id")
    notice_ids = fields.One2many("shora.notice", "session_id", string="Notices")
    recipient_ids = fields.One2many(
        "shora.notice.recipient",
        "session_id",
        string="Deliveries",
        groups="shora_council.group_shora_staff,shora_council.group_shora_secretariat,shora_council.group_shora_auditor,"
        "shora_council.group_shora_president,shora_council.group_shora_president_office",
    )
    notice_id = fields.Many2one("shora.notice", compute="_compute_notice_id", string="Written notice")
    minutes_ids = fields.One2many("shora.minutes", "session_id")
    minutes_id = fields.Many2one("shora.minutes", compute="_compute_minutes_id", string="Minutes of the session")
    minutes_awaited = fields.Boolean(
        compute="_compute_minutes_awaited", store=True, help="Held, minutes not yet forwarded (5-5)."
    )

    presiding_partner_id = fields.Many2one("res.partner", string="Presided by", copy=False, ondelete="restrict")
    presiding_ground = fields.Selection(
        [
            ("chair", "The chair presides"),
            ("delegation", "The secretary, by the chair's delegation"),
            ("chair_absent", "The secretary, the chair being absent"),
        ],
        copy=False,
        string="Ground of presiding",
    )
    delegation_note = fields.Char(string="Delegation by the chair", copy=False)
    opened_at = fields.Datetime(copy=False)
    attendance_confirmed_at = fields.Datetime(copy=False, string="Attendance confirmed at")
    attendance_confirmed_by_id = fields.Many2one("res.users", copy=False, string="Attendance confirmed by")
    attendance_scan = fields.Binary(attachment=True, copy=False, string="Signed attendance sheet")
    attendance_scan_name = fields.Char(copy=False)

    present_count = fields.Integer(compute="_compute_counts", string="Present")
    absent_count = fields.Integer(compute="_compute_counts", string="Absent")

    _number_unique = models.UniqueIndex(
        "(council_id, number) WHERE number > 0", "Two sessions of a council cannot have the same number."
    )
    _stop_after_start = models.Constraint("CHECK (stop > start)", "A session ends after it starts.")
    _judged = models.Index("(council_id, start) WHERE kind = 'ordinary'")

    # --- computed facts ---

    @api.depends("number", "kind", "council_id.short_name", "day")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for session in self:
            session.display_name = (
                self.env._(
                    "Session %(number)s · %(council)s",
                    number=session._number_in_words(),
                    council=session.council_id.short_name,
                )
                if session.number
                else " · ".join(filter(None, (kinds.get(session.kind), session.council_id.short_name)))
            )

    def _number_in_words(self):
        """«چهل‌وسوم» for a Persian reader, figures for others."""
        self.ensure_one()
        return self.env["shora.words"]._ordinal(self.number)

    @api.depends("council_id")
    def _compute_kind(self):
        """Ordinary unless somebody says otherwise; the coordination body has joint sessions and no others (5-10)."""
        for session in self:
            if session.council_id.is_coordination:
                session.kind = "joint"
            elif session.kind in (False, "joint"):
                session.kind = "ordinary"

    @api.depends("start")
    def _compute_day(self):
        for session in self:
            session.day = clock.tehran_day(session.start) if session.start else False

    @api.depends("council_id")
    def _compute_place(self):
        for session in self:
            session.place = session.place or session.council_id.place

    @api.depends("notice_ids.state")
    def _compute_notice_id(self):
        for session in self:
            session.notice_id = session.notice_ids.filtered(lambda notice: notice.state != "void")[:1]

    @api.depends("minutes_ids")
    def _compute_minutes_id(self):
        for session in self:
            session.minutes_id = session.minutes_ids[:1]

    @api.depends("state", "minutes_ids.state", "minutes_ids.forwarded_at")
    def _compute_minutes_awaited(self):
        for session in self:
            forwarded = any(session.minutes_ids.mapped("forwarded_at"))
            session.minutes_awaited = session.state in HELD and not forwarded

    @api.depends("attendance_ids.status", "attendance_ids.kind")
    def _compute_counts(self):
        for session in self:
            members = session.attendance_ids.filtered(lambda row: row.kind == "member")
            session.present_count = len(members.filtered(lambda row: row.status in ("present", "late")))
            session.absent_count = len(members.filtered(lambda row: row.status in ("absent", "excused")))

    # --- constraints ---

    @api.constrains("video_url")
    def _check_video_url(self):
        for session in self:
            if session.video_url and not session.video_url.startswith(("https://", "http://")):
                raise ValidationError(
                    self.env._(
                        "The video link “%(link)s” is no web address; begin with https://.", link=session.video_url
                    )
                )

    @api.constrains("kind", "ground", "state")
    def _check_ground(self):
        for session in self:
            rule = session.council_id._rule("extraordinary_ground", session.day)
            if (
                rule
                and session.kind == "extraordinary"
                and session.state != "draft"
                and not (session.ground or "").strip()
            ):
                raise ValidationError(
                    session._refusal(
                        rule, self.env._("Give the ground of the extraordinary session before you schedule it.")
                    )
                )

    def write(self, vals):
        moved = (
            self.filtered(lambda session: session.state in ("scheduled", "invited"))
            if PROJECTED & set(vals)
            else self.browse()
        )
        before = {session.id: session._whereabouts() for session in moved}
        result = super().write(vals)
        moved = moved.filtered(lambda session: session._whereabouts() != before[session.id])
        if moved:
            moved._store_facts({"notice_reminded_days": 0, "members_reminded": False})
            moved._project_event()
            moved.filtered(lambda session: session.state == "invited")._tell_moved()
        return result

    def _whereabouts(self):
        """When and where the session is held, as its recipients have been told."""
        return tuple(self[name] for name in sorted(PROJECTED))
