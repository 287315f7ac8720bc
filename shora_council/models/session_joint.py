from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from .session import HELD

#: grounds of presiding over a joint session (5-10); those of 5-2 are a council's
JOINT_GROUNDS = ("secretariat_head", "head_substitute")


class ShoraSession(models.Model):
    """A joint session of the secretaries (5-10): organised by the Secretariat, presided over by its head; without
    article 4, 5-1, 5-2, 5-5 and 5-6, for which the body's own by-law has no rules.
    """

    _name = "shora.session"
    _inherit = "shora.session"

    council_id = fields.Many2one(default=lambda self: self._default_body())
    is_joint = fields.Boolean(related="council_id.is_coordination")
    is_keeper = fields.Boolean(compute="_compute_is_keeper", help="The reader keeps this session's papers.")
    presiding_ground = fields.Selection(
        selection_add=[
            ("secretariat_head", "The head of the Secretariat presides"),
            ("head_substitute", "The substitute of the head of the Secretariat presides"),
        ],
        ondelete={"secretariat_head": "set null", "head_substitute": "set null"},
    )

    @api.model
    def _default_body(self):
        """A session begun among the joint ones is one of the coordination body's."""
        if self.env.context.get("default_kind") != "joint":
            return False
        return self.env["shora.council"]._coordination_of(self.env.company).id

    @api.depends("council_id")
    @api.depends_context("uid")
    def _compute_is_keeper(self):
        keepers = {council: self._keeps(council) for council in self.council_id}
        for session in self:
            session.is_keeper = keepers.get(session.council_id, False)

    @api.model
    def _keeps(self, council):
        return bool({"secretary", "staff"} & self.env.user._shora_roles(council))

    @api.constrains("kind", "council_id")
    def _check_joint(self):
        for session in self:
            if (session.kind == "joint") != session.council_id.is_coordination:
                raise ValidationError(
                    self.env._(
                        "Joint sessions are those of the secretaries of all councils, and they hold no others "
                        "(clause 5-10)."
                    )
                )

    def _joint(self):
        return self.filtered(lambda session: session.council_id.is_coordination)

    @api.depends("council_id.is_coordination")
    def _compute_minutes_awaited(self):
        """The Secretariat writes the minutes of joint sessions itself: they are awaited until they are signed."""
        result = super()._compute_minutes_awaited()
        for session in self._joint():
            signed = any(minutes.state != "draft" for minutes in session.minutes_ids)
            session.minutes_awaited = session.state in HELD and not signed
        return result

    # --- who presides ---

    def _officers(self):
        """No chair; in the secretary's place the head of the Secretariat."""
        if not self._joint():
            return super()._officers()
        partners = self.env["res.partner"]
        return partners, partners.browse(self._presiding_people()["secretariat_head"].ids)

    def _presiding_people(self):
        """{ground: partner} of those who may preside over this joint session; empty where there is nobody."""
        self.ensure_one()
        council = self.council_id
        return {
            "secretariat_head": council._secretariat_head().partner_id,
            "head_substitute": self.env["shora.substitute"]._users_on(council, self.day).partner_id,
        }

    def _default_ground(self):
        """The ground that the facts suggest: who is on leave has a substitute."""
        if self._joint():
            people = self._presiding_people()
            return "head_substitute" if people["head_substitute"] else "secretariat_head"
        return "chair" if self._officers()[0] else "chair_absent"

    def _open_blockers(self):
        if not self._joint():
            reasons = super()._open_blockers()
            if self.presiding_ground in JOINT_GROUNDS:
                rule = self.council_id._rule("presiding", self.day)
                reasons.append(self._refusal(rule, self.env._("The Secretariat presides over joint sessions only.")))
            return reasons
        rule = self.council_id._rule("joint_meetings", self.day)
        reasons = []
        if self.council_id._today() < self.day:
            reasons.append(self.env._("The day of the session has not come."))
        if self.presiding_ground not in JOINT_GROUNDS:
            reasons.append(self._refusal(rule, self.env._("The head of the Secretariat presides over joint sessions.")))
        elif not self._presiding_people()[self.presiding_ground]:
            text = (
                self.env._("It is not clear who is head of the Secretariat; name its department and its manager.")
                if self.presiding_ground == "secretariat_head"
                else self.env._("No substitute of the head of the Secretariat is named for this day.")
            )
            reasons.append(self._refusal(rule, text))
        return reasons

    def _open_values(self):
        values = super()._open_values()
        if self._joint():
            values["presiding_partner_id"] = self._presiding_people()[self.presiding_ground].id
        return values

    def _held_blockers(self):
        return [] if self._joint() else super()._held_blockers()

    def _attendance_blockers(self):
        """Everybody is marked, and who presided was there, though no member of the body."""
        if not self._joint():
            return super()._attendance_blockers()
        rule = self.council_id._rule("joint_meetings", self.day)
        reasons = []
        unmarked = self.attendance_ids.filtered(lambda row: row.kind == "member" and row.status == "unmarked")
        if unmarked:
            names = self.env["shora.words"]._join(unmarked.sudo().partner_id.mapped("name"))
            reasons.append(self._refusal(rule, self.env._("Attendance is not marked: %(names)s.", names=names)))
        here = self.attendance_ids.filtered(lambda row: row.status in ("present", "late")).partner_id
        if self.presiding_partner_id not in here:
            name = self.presiding_partner_id.sudo().name
            text = self.env._("%(name)s presided and is not marked present.", name=name)
            reasons.append(self._refusal(rule, text))
        return reasons

    def _on_closed(self):
        """5-6 is not judged: joint sessions count for nobody."""
        result = super(ShoraSession, self - self._joint())._on_closed()
        self.env["shora.finding"]._check(self._joint().council_id)
        return result

    def _withdraw_former(self):
        """Moved to a day on which others are secretaries: they are invited too (5-10)."""
        joint = self._joint()
        members = joint._members_by_session()
        for notice in joint.notice_id:
            notice.sudo()._follow_members(members[notice.session_id])  # a consequence of the move, as above
        return super(ShoraSession, self - joint)._withdraw_former()

    # --- the next one ---

    @api.model
    def _next_joint(self, company):
        """The next joint session of ``company`` whose agenda is still open; empty when none is planned."""
        body = self.env["shora.council"]._coordination_of(company)
        return self.search(
            Domain("council_id", "in", body.ids)
            & Domain("state", "in", ("draft", "scheduled", "invited"))
            & Domain("start", ">", fields.Datetime.now()),
            order="start, id",
            limit=1,
        )
