from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..rules import clock, deadline, notice


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
        "draft": {"scheduled": ("secretary", "staff"), "cancelled": ("secretary", "staff")},
        "scheduled": {
            "invited": ("secretary",),
            "open": ("secretary",),  # extraordinary sessions only, see _open_blockers
            "not_held": ("secretary",),
            "postponed": ("secretary",),
            "cancelled": ("secretary",),
        },
        "invited": {
            "open": ("secretary",),
            "not_held": ("secretary",),
            "postponed": ("secretary",),
            "cancelled": ("secretary",),
        },
        "open": {
            "invited": ("secretary",),
            "scheduled": ("secretary",),
            "held": ("secretary",),
            "not_held": ("secretary",),
        },
        "held": {"closed": ("secretary",)},
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
        }
    )
    _fields_with_state = {
        "open": ("presiding_ground", "delegation_note"),
        "postponed": ("postponed_to", "final_reason"),
        "cancelled": ("final_reason",),
        "not_held": ("final_reason",),
    }
    # once the session is running its identity is no longer a plan
    _running_frozen = frozenset({"council_id", "kind", "start", "stop", "ground"})

    council_id = fields.Many2one("shora.council", required=True, index=True, ondelete="restrict", tracking=True)
    company_id = fields.Many2one(related="council_id.company_id", store=True, index=True)
    kind = fields.Selection(
        [("ordinary", "Ordinary"), ("extraordinary", "Extraordinary"), ("joint", "Joint session of secretaries")],
        required=True,
        default="ordinary",
        tracking=True,
    )
    ground = fields.Text(string="Ground of the extraordinary session", tracking=True)
    number = fields.Integer(copy=False, help="Runs on through the council's life, given at scheduling.")
    start = fields.Datetime(required=True, tracking=True, index=True)
    stop = fields.Datetime(required=True, compute="_compute_stop", store=True, readonly=False, precompute=True)
    day = fields.Date(compute="_compute_day", store=True, index=True, help="The session's calendar day in Tehran.")
    place = fields.Char(compute="_compute_place", store=True, readonly=False, tracking=True)
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

    notice_last_day = fields.Date(compute="_compute_deadlines", string="Invitation due")
    minutes_last_day = fields.Date(compute="_compute_deadlines", string="Minutes due")
    notice_days_left = fields.Integer(compute="_compute_deadlines")
    minutes_days_left = fields.Integer(compute="_compute_deadlines")
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
                else f"{kinds.get(session.kind, '')} · {session.council_id.short_name or ''}"
            )

    def _number_in_words(self):
        """«چهل‌وسوم» for a Persian reader, figures for others."""
        self.ensure_one()
        return self.env["shora.words"]._ordinal(self.number)

    @api.depends("start")
    def _compute_stop(self):
        for session in self:
            if session.start and (not session.stop or session.stop <= session.start):
                session.stop = session.start + timedelta(hours=2)

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
            session.minutes_awaited = session.state in ("held", "closed") and not forwarded

    @api.depends("day", "kind", "council_id")
    def _compute_deadlines(self):
        now = fields.Datetime.now()
        for session in self:
            session.notice_last_day = session.minutes_last_day = False
            session.notice_days_left = session.minutes_days_left = 0
            if not session.day or not session.council_id:
                continue
            session.notice_last_day = notice.last_day(session.day, session._notice_days()) or False
            session.minutes_last_day = deadline.last_day(session.day, session._minutes_days()) or False
            if session.notice_last_day:
                session.notice_days_left = deadline.days_left(now, session.notice_last_day)
            if session.minutes_last_day:
                session.minutes_days_left = deadline.days_left(now, session.minutes_last_day)

    @api.depends("attendance_ids.status", "attendance_ids.kind")
    def _compute_counts(self):
        for session in self:
            members = session.attendance_ids.filtered(lambda row: row.kind == "member")
            session.present_count = len(members.filtered(lambda row: row.status in ("present", "late")))
            session.absent_count = len(members.filtered(lambda row: row.status in ("absent", "excused")))

    def _notice_rule(self):
        """Rule of written notice on the session's day: 5-1 for ordinary, 5-1 note (inactive as shipped) for
        extraordinary.
        """
        self.ensure_one()
        code = "extraordinary_notice_days" if self.kind == "extraordinary" else "notice_days"
        return self.council_id._rule(code, self.day)

    def _notice_days(self):
        rule = self._notice_rule()
        return rule.value if rule else None

    def _minutes_days(self):
        rule = self.council_id._rule("minutes_days", self.day)
        return rule.value if rule else None

    # --- constraints ---

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

    def _check_frozen(self, vals):
        running = self.filtered(lambda session: session.state in ("open", "held"))
        if running and self._running_frozen.intersection(vals):
            raise ValidationError(
                self.env._(
                    "“%(session)s” is running: its council, kind and time are facts now.",
                    session=running[0].display_name,
                )
            )
        return super()._check_frozen(vals)

    def write(self, vals):
        moved = (
            self.filtered(lambda session: session.state in ("scheduled", "invited"))
            if {"start", "stop", "place"} & set(vals)
            else self.browse()
        )
        before = {session.id: (session.start, session.place) for session in moved}
        result = super().write(vals)
        moved = moved.filtered(lambda session: (session.start, session.place) != before[session.id])
        if moved:
            moved._project_event()
            moved.filtered(lambda session: session.state == "invited")._tell_moved()
        return result

    # --- blockers, clause by clause ---

    def _scheduled_blockers(self):
        if self.state == "open":
            return self._take_back_blockers()
        return (
            []
            if self.council_id.bylaw_id
            else [self.env._("The council has no by-law in force; put a version in force first.")]
        )

    def _invited_blockers(self):
        if self.state == "open":
            return self._take_back_blockers()
        if not self.notice_id or self.notice_id.state != "dispatched":
            rule = self._notice_rule()
            return [self._refusal(rule, self.env._("Dispatch the written notice; that makes the session “invited”."))]
        return []

    def _take_back_blockers(self):
        if self.resolution_ids or any(item.state == "discussed" for item in self.agenda_item_ids):
            return [self.env._("Something has been discussed or decided already; the session stays open.")]
        return []

    def _open_blockers(self):
        reasons = []
        presiding = self.council_id._rule("presiding", self.day)
        if self.kind == "ordinary" and self.state == "scheduled":
            reasons.append(
                self._refusal(
                    self._notice_rule(), self.env._("An ordinary session is opened after its notice was dispatched.")
                )
            )
        if self.council_id._today() < self.day:
            reasons.append(self.env._("The day of the session has not come."))
        chair, secretary = self._officers()
        if not self.presiding_ground:
            reasons.append(self._refusal(presiding, self.env._("Say who presides and on which ground.")))
        elif self.presiding_ground == "chair" and not chair:
            reasons.append(self._refusal(presiding, self.env._("The council has no chair; the secretary presides.")))
        elif self.presiding_ground != "chair" and not secretary:
            reasons.append(self._refusal(presiding, self.env._("The council has no secretary who could preside.")))
        if self.presiding_ground == "delegation" and not (self.delegation_note or "").strip():
            reasons.append(
                self._refusal(presiding, self.env._("Record the chair's delegation (date, letter or words)."))
            )
        return reasons

    def _held_blockers(self):
        return []

    def _closed_blockers(self):
        return self._attendance_blockers() + self._predecessor_blockers() + self._item_blockers()

    def _attendance_blockers(self):
        """Everybody is marked, and the marks agree with who presided (5-2)."""
        reasons = []
        members = self.attendance_ids.filtered(lambda row: row.kind == "member")
        unmarked = members.filtered(lambda row: row.status == "unmarked")
        if unmarked:
            rule = self.council_id._rule("absence_limit", self.day)
            names = ", ".join(unmarked.partner_id.mapped("name"))
            reasons.append(self._refusal(rule, self.env._("Attendance is not marked: %(names)s.", names=names)))
        presiding = self.council_id._rule("presiding", self.day)
        here = members.filtered(lambda row: row.status in ("present", "late")).partner_id
        if self.presiding_partner_id and self.presiding_partner_id not in here:
            text = self.env._("%(name)s presided and is not marked present.", name=self.presiding_partner_id.name)
            reasons.append(self._refusal(presiding, text))
        chair = self._officers()[0]
        if (
            self.presiding_ground == "chair_absent"
            and chair
            and chair in members.filtered(lambda r: r.status == "present").partner_id
        ):
            text = self.env._(
                "%(name)s, the chair, is marked present; the secretary cannot preside for absence.", name=chair.name
            )
            reasons.append(self._refusal(presiding, text))
        return reasons

    def _predecessor_blockers(self):
        if self.kind != "ordinary":
            return []
        earlier = self.search(
            [
                ("council_id", "=", self.council_id.id),
                ("kind", "=", "ordinary"),
                ("start", "<", self.start),
                ("state", "in", ("scheduled", "invited", "open", "held")),
            ],
            limit=3,
        )
        if not earlier:
            return []
        rule = self.council_id._rule("absence_limit", self.day)
        names = ", ".join(earlier.mapped("display_name"))
        return [
            self._refusal(rule, self.env._("Earlier ordinary sessions are not closed yet: %(names)s.", names=names))
        ]

    def _item_blockers(self):
        pending = self.agenda_item_ids.filtered(lambda item: item.state == "accepted")
        if not pending:
            return []
        return [self.env._("Agenda items without an outcome: %(names)s.", names=", ".join(pending.mapped("name")))]

    def _final_blockers(self):
        return [] if (self.final_reason or "").strip() else [self.env._("Give the reason.")]

    def _cancelled_blockers(self):
        return self._final_blockers() if self.state != "draft" else []

    def _not_held_blockers(self):
        return self._final_blockers()

    def _postponed_blockers(self):
        reasons = self._final_blockers()
        if not self.postponed_to or self.postponed_to <= fields.Datetime.now():
            reasons.append(self.env._("Give the new time, in the future."))
        return reasons

    # --- what becomes fact ---

    def _scheduled_values(self):
        if self.number:
            return {
                "presiding_ground": False,
                "presiding_partner_id": False,
                "delegation_note": False,
                "opened_at": False,
            }
        return {"number": self._next_number()}

    def _next_number(self):
        """Next number in the council's one series; the council's row is locked so that two plans cannot share it."""
        self.council_id._lock_row()
        return (self._read_group([("council_id", "=", self.council_id.id)], [], ["number:max"])[0][0] or 0) + 1

    def _on_scheduled(self):
        self._forget_opening()
        self._project_event()

    def _invited_values(self):
        return {"presiding_ground": False, "presiding_partner_id": False, "delegation_note": False, "opened_at": False}

    def _on_invited(self):
        self._forget_opening()

    def _forget_opening(self):
        """A wrongly opened session taken back: its attendance rows never were."""
        self.attendance_ids._discard()

    def _officers(self):
        """(chair, secretary) of the council on the session's day, as partners; empty where vacant."""
        self.ensure_one()
        council = self.council_id.sudo()  # who presides is no secret of the decree's
        chair = council.env["shora.decree"]._chairs_on(council, self.day).get(council.id)
        secretary = council._members_on(self.day).filtered("seat_id.is_secretary")[:1]
        partners = self.env["res.partner"]
        return partners.browse(chair.partner_id.id if chair else ()), partners.browse(secretary.partner_id.ids)

    def _open_values(self):
        chair, secretary = self._officers()
        presiding = chair if self.presiding_ground == "chair" else secretary
        return {"presiding_partner_id": presiding.id, "opened_at": fields.Datetime.now()}

    def _on_open(self):
        for session in self:
            session.env["shora.attendance"]._open_for(session)

    def _closed_values(self):
        return {"attendance_confirmed_at": fields.Datetime.now(), "attendance_confirmed_by_id": self.env.uid}

    def _on_closed(self):
        """The facts are confirmed: the absence rule is judged now (5-6), and again nightly as a safety net."""
        resignation = self.env["shora.deemed.resignation"]
        for session in self:
            members = session.attendance_ids.filtered("membership_id").partner_id
            resignation._judge_council(session.council_id, members, session=session)
        self.env["shora.finding"]._check(self.council_id)

    def _on_cancelled(self):
        self._withdraw()

    def _on_not_held(self):
        self._withdraw()

    def _on_postponed(self):
        for session in self:
            successor = self.create(
                {
                    "council_id": session.council_id.id,
                    "kind": session.kind,
                    "ground": session.ground,
                    "start": session.postponed_to,
                    "stop": session.postponed_to + (session.stop - session.start),
                    "place": session.place,
                }
            )
            session._store_facts({"successor_id": successor.id})
            session.agenda_item_ids.filtered(lambda item: item.state in ("proposed", "accepted"))._carry_to(successor)
        self._withdraw()

    def _withdraw(self):
        """Take the session out of the calendars and tell those who were invited."""
        self._project_event()
        for session in self.filtered(lambda s: s.notice_id.state == "dispatched"):
            session._tell(self.env._("The session does not take place: %(reason)s", reason=session.final_reason))

    # --- telling people ---

    def _tell_moved(self):
        """Notice is judged again by the new day (5-1) and the recipients are told."""
        for session in self:
            session._tell(session.env._("Time or place of the session changed."))
        self.env["shora.finding"]._check(self.council_id)

    def _tell(self, text):
        self.ensure_one()
        partners = self.notice_id.recipient_ids.partner_id
        if partners:
            self.message_notify(
                body=text,
                subject=self.display_name,
                partner_ids=partners.ids,
                email_layout_xmlid="mail.mail_notification_light",
            )

    # --- calendar ---

    def _project_event(self):
        """The one place which writes the session into the calendar: created, moved or removed to say what the session
        says.
        """
        self.env["calendar.event"].sudo()._project_sessions(self)  # a projection, no act of the user's in the calendar
