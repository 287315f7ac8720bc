from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .session import ACTS

#: who is told, by what and with which notice; said before the dispatch, and kept
IDENTITY = frozenset({"notice_id", "membership_id", "partner_id", "channel"})
#: what counts as written notice (5-1); the telephone never does
WRITTEN = frozenset({"email", "portal", "paper"})
#: the states in which a channel has served its recipient (5-1); a bounce is none of them
SERVED = frozenset({"sent", "opened", "handed"})


class ShoraNoticeRecipient(models.Model):
    """Proof of the written notice for one recipient by one channel (5-1); the outbox row of that channel.

    E-mail counts from the mail server's acceptance and is undone by a bounce; the portal from publication there,
    which is the dispatch; paper from its recorded handing over. The telephone, for extraordinary sessions, and SMS
    are never written notice. What each channel does is in a file of its own.
    """

    _name = "shora.notice.recipient"
    _description = "Recipient of a notice"
    # A thread, so that a bounce finds its row; twelve mails would bury the notice's own chatter.
    _inherit = ["shora.state.mixin", "mail.thread"]
    _order = "notice_id, seat_sequence, id"

    _initial_state = "planned"
    _deletable_states = ("planned",)
    _transitions = {
        "planned": {
            "queued": (*ACTS, "system"),
            "sent": ("system",),
            "handed": ("secretary", "staff"),
            "reached": ("system",),
            "unreached": ("system",),
            "withdrawn": ("system",),
        },
        "queued": {"sent": ("system",), "failed": ("system",), "withdrawn": ("system",)},
        "failed": {"queued": (*ACTS, "system"), "sent": ("system",), "withdrawn": ("system",)},
        "sent": {"bounced": ("system",), "opened": ("system",), "withdrawn": ("system",)},
        "opened": {"withdrawn": ("system",)},
        "handed": {"withdrawn": ("system",)},
        "bounced": {"withdrawn": ("system",)},
        "unreached": {"reached": ("system",), "withdrawn": ("system",)},
        "reached": {"withdrawn": ("system",)},
    }
    _frozen_states = (
        "queued",
        "sent",
        "opened",
        "failed",
        "handed",
        "bounced",
        "unreached",
        "reached",
        "withdrawn",
    )
    _frozen_exempt = frozenset({"receipt", "receipt_name"})
    _fact_fields = frozenset(
        {
            "sent_at",
            "opened_at",
            "handed_by_id",
            "mail_id",
            "attempts",
            "failure",
            "failure_kind",
            "sending_since",
            "address",
            "printed_title",
            "printed_name",
            "printed_post",
            "printed_number",
            "receipt_sha256",
            "called_at",
            "called_by_id",
            "late_reason",
            "late_reason_by_id",
            "late_reason_at",
            "phone_answer",
            "phone_number",
        }
    )
    _fields_with_state = {"handed": ("sent_at",)}

    notice_id = fields.Many2one("shora.notice", required=True, index=True, ondelete="cascade")
    session_id = fields.Many2one(related="notice_id.session_id", store=True, index=True)
    council_id = fields.Many2one(related="notice_id.council_id", store=True, index=True)
    company_id = fields.Many2one(related="council_id.company_id", store=True, index=True)
    membership_id = fields.Many2one("shora.membership", ondelete="restrict")
    seat_sequence = fields.Integer(related="membership_id.seat_sequence", store=True, aggregator=False)
    partner_id = fields.Many2one("res.partner", required=True, index=True, ondelete="restrict", string="Recipient")
    channel = fields.Selection(
        [("email", "E-mail"), ("portal", "Portal"), ("paper", "Paper"), ("phone", "Telephone")],
        required=True,
        default="email",
    )
    state = fields.Selection(
        [
            ("planned", "To be delivered"),
            ("queued", "Queued"),
            ("sent", "Sent"),
            ("opened", "Opened"),
            ("failed", "Failed"),
            ("bounced", "Bounced"),
            ("handed", "Handed over"),
            ("unreached", "Not reached"),
            ("reached", "Reached"),
            ("withdrawn", "Withdrawn"),
        ],
        required=True,
        default="planned",
        copy=False,
    )
    address = fields.Char(copy=False, help="The address as it was at dispatch.")
    sent_at = fields.Datetime(
        copy=False,
        string="Served at",
        help="Acceptance by the mail server, publication on the portal, or the handing over of the paper.",
    )
    opened_at = fields.Datetime(copy=False, help="When the recipient first opened the session's page on the portal.")
    handed_by_id = fields.Many2one("res.users", copy=False, string="Recorded by")
    receipt = fields.Binary(attachment=True, copy=False, string="Signed receipt")
    receipt_name = fields.Char(copy=False)
    receipt_sha256 = fields.Char(copy=False, string="SHA-256 of the receipt")
    mail_id = fields.Many2one("mail.mail", copy=False, index="btree_not_null", ondelete="set null")
    attempts = fields.Integer(copy=False, aggregator=False)
    failure = fields.Char(copy=False, string="What happened")
    failure_kind = fields.Selection(
        [
            ("temporary", "Tried again by itself"),
            ("refused", "Address refused"),
            ("uncertain", "Fate unknown"),
            ("cancelled", "Cancelled in the mail queue"),
        ],
        copy=False,
    )
    sending_since = fields.Datetime(
        copy=False, help="Noted before the mail server is given the letter, cleared with its answer."
    )
    may_call = fields.Boolean(compute="_compute_may_serve")
    may_serve = fields.Boolean(compute="_compute_may_serve", help="The reader may record deliveries of this notice.")

    _once = models.UniqueIndex(
        "(notice_id, partner_id, channel) WHERE state <> 'withdrawn'", "A recipient has one row per channel."
    )

    @api.depends("partner_id", "channel")
    def _compute_display_name(self):
        for row in self:
            row.display_name = row.partner_id.name

    @api.depends("channel", "state", "notice_id.state")
    @api.depends_context("uid")
    def _compute_may_serve(self):
        roles = {council: self.env.user._shora_roles(council) for council in self.council_id}
        for row in self:
            ours = bool(roles.get(row.council_id, set()) & {"secretary", "staff"})
            row.may_serve = ours and row.notice_id.state == "dispatched"
            row.may_call = (
                ours and row.channel == "phone" and row.state != "withdrawn" and row.notice_id.state != "void"
            )

    @api.constrains("partner_id", "membership_id")
    def _check_person(self):
        """
        :raises ValidationError: a member's row names somebody else, or a row names nobody who is a member on the
            session's day; who is invited as a guest gets the own items on the portal, not the whole pack
        """
        sitting = self.session_id._members_by_session()
        for row in self:
            if row.membership_id and row.membership_id.partner_id != row.partner_id:
                raise ValidationError(
                    self.env._("(Article 4, note 3) A member's notice goes to the member, not to a representative.")
                )
            if row.partner_id not in sitting[row.session_id].partner_id:
                raise ValidationError(row.session_id._not_a_member(row.partner_id))

    @api.model_create_multi
    def create(self, vals_list):
        quiet = self.with_context(mail_create_nolog=True, mail_create_nosubscribe=True)
        rows = super(ShoraNoticeRecipient, quiet).create(vals_list).with_env(self.env)
        rows._find_memberships()
        late = rows.filtered(lambda row: row.notice_id.state != "draft")
        late._check_added_late()
        late._freeze_addressee()
        return rows

    def _check_added_late(self):
        """Paper may follow an e-mail that bounced or never left, and a call anything; every other recipient belongs to
        the draft.
        """
        if any(row.channel not in ("paper", "phone") or row.notice_id.state != "dispatched" for row in self):
            raise UserError(self.env._("(Clause 5-1) After the dispatch only a delivery on paper can be added."))

    def _find_memberships(self):
        """A row entered by name is the member's, and is withdrawn with the membership."""
        nameless = self.filtered(lambda row: not row.membership_id)
        sitting = nameless.session_id._members_by_session()
        for row in nameless:
            members = sitting[row.session_id].filtered(lambda member, row=row: member.partner_id == row.partner_id)
            row._store_facts({"membership_id": members[:1].id})

    def _check_frozen(self, vals):
        """Also what still waits to be handed over keeps its person and channel once the notice is out: else the notice
        would seem complete without whoever was left out (5-1).
        """
        names = IDENTITY & set(vals)
        if "notice_id" in names or (names and any(row.notice_id.state != "draft" for row in self)):
            raise UserError(self._kept_refusal())
        return super()._check_frozen(vals)

    def _check_may_unlink(self):
        out = self.filtered(lambda row: row.notice_id.state != "draft")
        written = (out.notice_id.recipient_ids - self).filtered(lambda row: row.channel in WRITTEN)
        for row in out.filtered(lambda row: row.channel in WRITTEN):
            if row.partner_id not in written.filtered(lambda one, row=row: one.notice_id == row.notice_id).partner_id:
                raise UserError(row._kept_refusal())
        return super()._check_may_unlink()

    def _kept_refusal(self):
        rule = self[:1].session_id._notice_rule()
        return self._refusal(
            rule, self.env._("Whom the notice goes to, and by what, is said before its dispatch and kept.")
        )

    def _queued_blockers(self):
        if self.channel != "email" or self.notice_id.state != "dispatched":
            return [
                self._refusal(
                    self.session_id._notice_rule(), self.env._("Letters are queued by the dispatch of their notice.")
                )
            ]
        return []

    # --- proposing ---

    @api.model
    def _channels_of(self, partners, session):
        """The channels by which each partner can be invited to ``session``; extended by each channel.

        :return: {partner: list of channels}
        """
        return {partner: ["email"] if partner.email else [] for partner in partners}

    @api.model
    def _propose(self, notice, members):
        """One row per member and channel of the draft ``notice``; paper for whom nothing written reaches."""
        channels = self._channels_of(members.partner_id, notice.session_id)
        for reach in channels.values():
            if not WRITTEN.intersection(reach):
                reach.insert(0, "paper")
        return self.create(
            [
                {
                    "notice_id": notice.id,
                    "membership_id": member.id,
                    "partner_id": member.partner_id.id,
                    "channel": channel,
                }
                for member in members
                for channel in channels[member.partner_id]
            ]
        )

    # --- withdrawing ---

    def _withdraw(self):
        """These people are no longer invited: nothing more leaves for them, and their calendars are told."""
        live = self.filtered(lambda row: row.state != "withdrawn")._as_system()
        mailed = live.filtered(lambda row: row._may_have_arrived())
        live.mail_id.filtered(lambda mail: mail.state in ("outgoing", "exception")).cancel()
        live.write({"state": "withdrawn"})
        mailed._mail_withdrawal()
        if live:
            live.session_id._watch_deliveries()
