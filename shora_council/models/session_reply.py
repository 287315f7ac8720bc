from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

#: states of a session for which members may say whether they come
ANSWERABLE = ("scheduled", "invited")


class ShoraSessionReply(models.Model):
    """Whether a member will attend a session, in the member's own word.

    It is an announcement: attendance is what is marked in the session, an announced absence is an absence (5-6), and
    nobody can announce or send somebody else (article 4, note 3).
    """

    _name = "shora.session.reply"
    _description = "Answer of a member to an invitation"
    _order = "session_id, seat_sequence, id"

    session_id = fields.Many2one("shora.session", required=True, index=True, ondelete="cascade", readonly=True)
    council_id = fields.Many2one(related="session_id.council_id", store=True, index=True)
    company_id = fields.Many2one(related="council_id.company_id", store=True, index=True)
    membership_id = fields.Many2one("shora.membership", required=True, ondelete="restrict", readonly=True)
    seat_sequence = fields.Integer(related="membership_id.seat_sequence", store=True)
    partner_id = fields.Many2one(related="membership_id.partner_id", store=True, index=True, string="Member")
    answer = fields.Selection(
        [("attending", "Will attend"), ("not_attending", "Will not attend")], required=True, readonly=True
    )
    reason = fields.Text(readonly=True)
    replied_at = fields.Datetime(required=True, readonly=True, string="Answered at")

    _once = models.UniqueIndex("(session_id, partner_id)", "A member has one answer per session.")

    @api.depends("partner_id", "answer")
    def _compute_display_name(self):
        answers = dict(self._fields["answer"]._description_selection(self.env))
        for reply in self:
            reply.display_name = f"{reply.sudo().partner_id.name} · {answers.get(reply.answer, '')}"


class ShoraSession(models.Model):
    _name = "shora.session"
    _inherit = "shora.session"

    reply_ids = fields.One2many("shora.session.reply", "session_id", string="Answers", readonly=True)
    attending_count = fields.Integer(compute="_compute_reply_counts", string="Will attend")
    not_attending_count = fields.Integer(compute="_compute_reply_counts", string="Will not attend")

    @api.depends("reply_ids.answer")
    def _compute_reply_counts(self):
        for session in self:
            answers = session.sudo().reply_ids.mapped("answer")  # how many come is no secret in the council
            session.attending_count = answers.count("attending")
            session.not_attending_count = answers.count("not_attending")

    def reply(self, answer, reason=None):
        """Say whether the user, a member of the council on the session's day, will attend. The last word counts; each
        is noted in the session's history. There is no way to name a delegate (article 4, note 3).

        :param answer: "attending" or "not_attending"
        :param reason: text, required with "not_attending"
        :raises AccessError: the user is no member of the council on the session's day
        :raises UserError: no such answer, no reason, or the session has begun or does not take place
        """
        self.ensure_one()
        self.check_access("read")
        member = self._membership_of(self.env.user.partner_id)
        if not member:
            raise AccessError(self.env._("Members of the council answer for themselves (article 4, note 3)."))
        if self.state not in ANSWERABLE or self.start <= fields.Datetime.now():
            raise UserError(self.env._("The session has begun or does not take place; answers are no longer taken."))
        if answer not in ("attending", "not_attending"):
            raise UserError(self.env._("Answer whether you will attend or not."))
        reason = (reason or "").strip() or False
        if answer == "not_attending" and not reason:
            raise UserError(self.env._("Give the reason why you will not attend."))
        self._store_reply(member, answer, reason)

    def _store_reply(self, member, answer, reason):
        replies = self.env["shora.session.reply"].sudo()  # a member answers, and writes nothing else of the session
        vals = {
            "answer": answer,
            "reason": reason if answer == "not_attending" else False,
            "replied_at": fields.Datetime.now(),
        }
        before = replies.search([("session_id", "=", self.id), ("partner_id", "=", member.partner_id.id)])
        if before:
            before.write(vals)
        else:
            before = replies.create({"session_id": self.id, "membership_id": member.id, **vals})
        text = self.env["shora.reader"]._of_office(before).display_name
        self.sudo()._message_log(body=f"{text}: {reason}" if vals["reason"] else text)  # the history is the session's

    def _membership_of(self, partner):
        """The membership by which ``partner`` sits in this session, or none."""
        self.ensure_one()
        members = self.council_id.sudo()._members_on(self.day)
        return members.filtered(lambda member: member.partner_id == partner)[:1]
