from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.uninstall import is_uninstalling
from .session import HELD

PRESENT = ("present", "late")
ABSENT = ("absent", "excused")
AWAY = (*ABSENT, "unmarked")
MARKED_FIELDS = {"status", "arrived_at", "left_at", "note", "by_video"}


class ShoraAttendance(models.Model):
    """Who was there: one row per session and person (4 note 3, 5-6).

    ``status`` is the effective fact. Until attendance is confirmed the secretary and the staff mark it; after that it
    changes only by a correction with its reason, and once the minutes are signed only by a sealed addendum. A stand-in
    is a row of its own, «present, not a member», beside the member's absence: nobody can attend for somebody.
    Session facts are copied onto the row so that the absence rule is one window over one table.
    """

    _name = "shora.attendance"
    _description = "Attendance"
    _order = "session_start desc, seat_sequence, id"

    session_id = fields.Many2one("shora.session", required=True, index=True, ondelete="restrict")
    council_id = fields.Many2one(related="session_id.council_id", store=True, index=True)
    company_id = fields.Many2one(related="council_id.company_id", store=True, index=True)
    session_start = fields.Datetime(related="session_id.start", store=True, string="Start of the session")
    session_state = fields.Selection(related="session_id.state", string="State of the session")
    kind = fields.Selection(
        [("member", "Member"), ("guest", "Guest"), ("non_member", "Present, not a member")],
        required=True,
        default="non_member",
    )
    membership_id = fields.Many2one("shora.membership", index="btree_not_null", ondelete="restrict")
    seat_id = fields.Many2one(related="membership_id.seat_id")
    seat_sequence = fields.Integer(related="membership_id.seat_sequence", store=True, aggregator=False)
    partner_id = fields.Many2one("res.partner", required=True, index=True, ondelete="restrict", string="Person")
    status = fields.Selection(
        [
            ("unmarked", "Not marked"),
            ("present", "Present"),
            ("late", "Present, late"),
            ("absent", "Absent"),
            ("excused", "Absent, excused"),
        ],
        required=True,
        default="unmarked",
    )
    arrived_at = fields.Datetime(string="Arrived")
    left_at = fields.Datetime(string="Left")
    note = fields.Char(string="Remark")
    counted = fields.Boolean(
        compute="_compute_counted",
        store=True,
        help="A member's row of an ordinary session whose attendance is confirmed (5-6).",
    )
    is_de_facto = fields.Boolean(
        string="De facto", help="Attended after a deemed resignation that was found late (5-6)."
    )
    change_ids = fields.One2many("shora.attendance.change", "attendance_id", string="Corrections")

    _once = models.UniqueIndex("(session_id, partner_id)", "A person is on the attendance list of a session once.")
    _member_row = models.Constraint(
        "CHECK ((kind = 'member') = (membership_id IS NOT NULL))",
        "Only a member's row names a membership; nobody attends for a member (article 4, note 3).",
    )
    _listed = models.Index("(session_start DESC, seat_sequence, id)")  # the order of the list
    _judged = models.Index("(council_id, partner_id, session_start) INCLUDE (status) WHERE counted")

    @api.depends("session_id.kind", "session_id.state", "session_id.attendance_confirmed_at", "kind")
    def _compute_counted(self):
        for row in self:
            row.counted = row._counts()

    def _counts(self):
        """Whether the absence rule reads this row, by what its session is now."""
        session = self.session_id
        return bool(
            self.kind == "member"
            and session.kind == "ordinary"
            and session.state in HELD
            and session.attendance_confirmed_at
        )

    @api.depends("partner_id", "session_id")
    def _compute_display_name(self):
        for row in self:
            row.display_name = f"{row.partner_id.name} · {row.session_id.display_name}"

    # --- the guard ---

    @api.model_create_multi
    def create(self, vals_list):
        """By hand only guests and stand-ins are added, to a running session; members' rows come with its opening."""
        for vals in vals_list:
            if vals.get("kind", "non_member") == "member" or vals.get("membership_id"):
                raise UserError(
                    self.env._(
                        "(Article 4, note 3) Members' rows come with the opening of the session; add others as "
                        "“present, not a member”."
                    )
                )
        for vals in vals_list:
            vals.update({"is_de_facto": False, "membership_id": False})
        rows = super().create(vals_list)
        rows._check_running()
        rows._check_not_member()
        return rows

    def write(self, vals):
        foreign = set(vals) - MARKED_FIELDS - {"kind"}
        if foreign or vals.get("kind") == "member" or ("kind" in vals and self.membership_id):
            raise UserError(self.env._("(Article 4, note 3) An attendance row keeps its session and its person."))
        self._check_running()
        return super().write(self._with_hours(vals))

    def unlink(self):
        if not is_uninstalling(self.env):
            self._check_may_unlink()
        return super().unlink()

    def _check_may_unlink(self):
        if self.membership_id:
            raise UserError(self.env._("(Clause 5-6) A member's attendance is kept."))
        self._check_running()

    def _check_running(self):
        """
        :raises UserError: attendance is confirmed, or the session never ran
        """
        for session in self.session_id:
            if session.state not in ("open", "held"):
                rule = session.council_id._rule("absence_limit", session.day)
                text = self.env._(
                    "Attendance of “%(session)s” is not open for marking; use “Correct attendance” with a reason, or "
                    "an addendum once the minutes are signed.",
                    session=session.display_name,
                )
                raise UserError(self.env["shora.state.mixin"]._refusal(rule, text))

    def _check_not_member(self):
        """A stand-in is not a member of that day's council."""
        for session in self.session_id:
            members = (
                session.council_id.sudo()._members_on(session.day).partner_id
            )  # the refusal must not depend on access
            wrong = self.filtered(lambda row, s=session: row.session_id == s).partner_id & members.sudo(False)
            if wrong:
                raise UserError(
                    self.env._(
                        "(Article 4, note 3) %(name)s is a member of the council; mark the member's own row.",
                        name=wrong[0].name,
                    )
                )

    # --- driven by the session and by corrections ---

    @api.model
    def _open_for(self, session):
        """One row per member in force on the session's day; who presides is there (5-2)."""
        members = session.council_id.sudo()._members_on(session.day)  # the roll is complete whoever opens the session
        rows = super().create(
            [
                {
                    "session_id": session.id,
                    "membership_id": member.id,
                    "partner_id": member.partner_id.id,
                    "kind": "member",
                    "status": "present" if member.partner_id == session.presiding_partner_id else "unmarked",
                }
                for member in members
            ]
        )
        return rows

    def _discard(self):
        """Drop the rows of a session wrongly opened, members' rows too."""
        return super().unlink()

    def _apply(self, vals, reason, addendum=None):
        """Change the effective fact and keep what it was: the only way after confirmation.

        :param reason: in words, required
        :param addendum: the signed addendum that carries the change, once minutes are signed
        """
        changes = [
            {
                "attendance_id": row.id,
                "status_from": row.status,
                "status_to": vals["status"],
                "reason": reason,
                "addendum_id": addendum.id if addendum else False,
            }
            for row in self
        ]
        self._write_effective({name: value for name, value in vals.items() if name in MARKED_FIELDS})
        self.env["shora.attendance.change"].sudo().create(changes)  # the trace is nobody's to write
        self.env["shora.deemed.resignation"]._judge_council(self.council_id, self.filtered("membership_id").partner_id)
        self.env["shora.finding"]._check(self.council_id)

    def _correct(self, status, reason):
        """Correct confirmed attendance before the minutes are signed (spec section 4).

        :raises UserError: no reason, not the secretary, or signed minutes
        """
        self.session_id.sudo().minutes_ids._claim()  # whoever signs them meanwhile signs the corrected facts, or first
        for row in self:
            reasons = row._correction_blockers(reason)
            if reasons:
                raise UserError("\n".join(reasons))
        self._apply({"status": status}, reason)

    def _correction_blockers(self, reason):
        rule = self.council_id._rule("absence_limit", self.session_id.day)
        refusal = self.env["shora.state.mixin"]._refusal
        reasons = []
        if "secretary" not in self.env.user._shora_roles(self.council_id):
            reasons.append(refusal(rule, self.env._("Only the council's secretary corrects confirmed attendance.")))
        if not (reason or "").strip():
            reasons.append(refusal(rule, self.env._("Give the reason of the correction.")))
        if self.session_id.minutes_id.state not in (False, "draft"):
            reasons.append(refusal(rule, self.env._("The minutes are signed; attendance changes only by an addendum.")))
        if self.session_id.state != "closed":
            reasons.append(refusal(rule, self.env._("Attendance is not confirmed yet; mark it on the list.")))
        return reasons

    def _write_effective(self, vals):
        """Past the guard of ``write()``; for corrections and for what the absence rule finds."""
        return super().write(self._with_hours(vals))

    @api.model
    def _with_hours(self, vals):
        """Who was not there neither came nor went."""
        return {**vals, "arrived_at": False, "left_at": False} if vals.get("status") in AWAY else vals

    @api.constrains("arrived_at", "left_at")
    def _check_hours(self):
        for row in self:
            if row.arrived_at and row.left_at and row.left_at < row.arrived_at:
                raise UserError(self.env._("%(name)s cannot leave before arriving.", name=row.sudo().partner_id.name))

    def _mark_de_facto(self, flag):
        return self._write_effective({"is_de_facto": flag})

    # --- by the form of the session ---

    def action_mark(self):
        """Open the dialog that marks one person and refuses to overwrite what somebody else marked meanwhile."""
        self.ensure_one()
        self.check_access("write")
        self._check_running()
        return self.env["shora.attendance.marking"]._dialog(self)

    def action_correct(self):
        """Open the dialog that asks for the right status and the reason."""
        self.ensure_one()
        return self.env["shora.attendance.correct"]._dialog(self)
