from markupsafe import Markup
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

#: the states in which a channel has served its recipient (5-1); a bounce is none of them
SERVED = frozenset({"sent", "opened", "handed"})


class ShoraNoticeRecipient(models.Model):
    """Proof of the written notice for one recipient by one channel (5-1); the outbox row of that channel.

    E-mail counts from the mail server's acceptance and is undone by a bounce; the portal from publication there,
    which is the dispatch; paper from its recorded handing over.
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
            "queued": ("secretary", "system"),
            "sent": ("system",),
            "handed": ("secretary", "staff"),
            "withdrawn": ("system",),
        },
        "queued": {"sent": ("system",), "failed": ("system",), "withdrawn": ("system",)},
        "failed": {"queued": ("secretary", "system"), "sent": ("system",), "withdrawn": ("system",)},
        "sent": {"bounced": ("system",), "opened": ("system",), "withdrawn": ("system",)},
        "opened": {"withdrawn": ("system",)},
        "handed": {"withdrawn": ("system",)},
        "bounced": {"withdrawn": ("system",)},
    }
    _frozen_states = ("queued", "sent", "opened", "failed", "handed", "bounced", "withdrawn")
    _frozen_exempt = frozenset({"receipt", "receipt_name"})
    _fact_fields = frozenset({"sent_at", "opened_at", "handed_by_id", "mail_id", "attempts", "failure", "address"})
    _fields_with_state = {"handed": ("sent_at",)}

    notice_id = fields.Many2one("shora.notice", required=True, index=True, ondelete="cascade")
    session_id = fields.Many2one(related="notice_id.session_id", store=True, index=True)
    council_id = fields.Many2one(related="notice_id.council_id", store=True, index=True)
    company_id = fields.Many2one(related="council_id.company_id", store=True, index=True)
    membership_id = fields.Many2one("shora.membership", ondelete="restrict")
    seat_sequence = fields.Integer(related="membership_id.seat_sequence", store=True)
    partner_id = fields.Many2one("res.partner", required=True, index=True, ondelete="restrict", string="Recipient")
    channel = fields.Selection(
        [("email", "E-mail"), ("portal", "Portal"), ("paper", "Paper")], required=True, default="email"
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
    mail_id = fields.Many2one("mail.mail", copy=False, index="btree_not_null", ondelete="set null")
    attempts = fields.Integer(copy=False)
    failure = fields.Char(copy=False)

    _once = models.UniqueIndex("(notice_id, partner_id, channel)", "A recipient has one row per channel.")

    @api.depends("partner_id", "channel")
    def _compute_display_name(self):
        for row in self:
            row.display_name = row.partner_id.name

    @api.constrains("partner_id", "membership_id")
    def _check_person(self):
        for row in self:
            if row.membership_id and row.membership_id.partner_id != row.partner_id:
                raise ValidationError(
                    self.env._("(Article 4, note 3) A member's notice goes to the member, not to a representative.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        quiet = self.with_context(mail_create_nolog=True, mail_create_nosubscribe=True)
        rows = super(ShoraNoticeRecipient, quiet).create(vals_list).with_env(self.env)
        # Paper may follow an e-mail that bounced or never left; every other recipient belongs to the draft.
        late = rows.filtered(lambda row: row.notice_id.state != "draft" and row.channel != "paper")
        if late:
            raise UserError(self.env._("(Clause 5-1) After the dispatch only a delivery on paper can be added."))
        return rows

    # --- e-mail ---

    def _queue(self, pdf, documents):
        """Queue one mail per row with the letter and all documents; the queue sends, acceptance is recorded by its
        outcome.
        """
        if not self:
            return
        notice = self.notice_id
        letter = (
            self.env["ir.attachment"]
            .sudo()
            .create(  # a copy for the mail; the sealed original stays on the notice
                {
                    "name": notice.pdf_name,
                    "raw": pdf,
                    "mimetype": "application/pdf",
                    "res_model": "mail.mail",
                    "res_id": 0,
                }
            )
        )
        mails = (
            self.env["mail.mail"]
            .sudo()
            .create(  # the queue is the system's; who may dispatch was judged above
                [
                    {
                        "model": row._name,
                        "res_id": row.id,
                        "subject": notice.subject,
                        "body_html": notice.body or Markup("<p>%s</p>") % notice.subject,
                        "recipient_ids": [(4, row.partner_id.id)],
                        "attachment_ids": [(6, 0, (letter | documents).ids)],
                        "auto_delete": False,
                        "state": "outgoing",
                    }
                    for row in self
                ]
            )
        )
        for row, mail in zip(self, mails, strict=True):
            row.write({"state": "queued"})
            row._store_facts({"mail_id": mail.id, "address": row.partner_id.email_formatted})
        self.env.ref("mail.ir_cron_mail_scheduler_action")._trigger()

    def _mail_outcome(self, failure_reason=False):
        """What the mail server said, called when a queued mail has been tried."""
        for row in self._as_system():
            row._store_facts({"attempts": row.attempts + 1, "failure": False})
            if row.mail_id.state == "sent" and row.state in ("queued", "failed"):
                row._store_facts({"sent_at": fields.Datetime.now()})
                row.write({"state": "sent"})
            elif row.mail_id.state == "exception" and row.state == "queued":
                row._store_facts({"failure": failure_reason or row.mail_id.failure_reason or ""})
                row.write({"state": "failed"})

    def _message_receive_bounce(self, email, partner):
        """A bounce undoes its channel (5-1)."""
        rows = self.filtered(lambda row: row.channel == "email" and row.state == "sent")
        rows._as_system().write({"state": "bounced"})
        self.env["shora.finding"]._check(rows.council_id)
        return super()._message_receive_bounce(email, partner)

    @api.model
    def _cron_retry_mails(self):
        """Mails that the server refused are tried again, hourly, until the session's day; Odoo's queue never retries
        them.
        """
        rows = self.search([("state", "=", "failed"), ("session_id.start", ">", fields.Datetime.now())])
        progress = self.env["ir.cron"]._commit_progress
        progress(remaining=len(rows))
        for row in rows:
            if row.try_lock_for_update() and row.mail_id:
                row._as_system().write({"state": "queued"})
                row.mail_id.mark_outgoing()
            if not progress(1):
                break

    # --- paper ---

    def _handed_blockers(self):
        rule = self.session_id._notice_rule()
        reasons = []
        if self.channel != "paper":
            reasons.append(self._refusal(rule, self.env._("Only paper is handed over.")))
        if self.notice_id.state != "dispatched":
            reasons.append(self._refusal(rule, self.env._("Dispatch the notice first; then record its delivery.")))
        if self.sent_at and self.sent_at > fields.Datetime.now():
            reasons.append(self._refusal(rule, self.env._("A delivery cannot be recorded before it happened.")))
        if self.sent_at and self.notice_id.dispatched_at and self.sent_at < self.notice_id.dispatched_at:
            reasons.append(self._refusal(rule, self.env._("The delivery cannot be earlier than the dispatch.")))
        return reasons

    def _handed_values(self):
        return {"handed_by_id": self.env.uid, "sent_at": self.sent_at or fields.Datetime.now()}

    def _on_handed(self):
        self.env["shora.finding"]._check(self.council_id)

    def action_handed(self):
        """Record the handing over now."""
        self.write({"state": "handed"})

    def _withdraw(self):
        self._as_system().filtered(lambda row: row.state != "withdrawn").write({"state": "withdrawn"})
