import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..rules import notice as rules
from ..rules import sealing
from .notice_recipient import SERVED
from .session import ACTS


class ShoraNotice(models.Model):
    """The written notice of a session (5-1): invitation, agenda and all documents, at least seven days before.

    draft → dispatched (frozen letter and pack with their SHA-256, one row per recipient and channel, the session is
    invited). Whether it was in time is computed from the rows: the latest recipient's earliest channel, by Tehran
    calendar days.
    """

    _name = "shora.notice"
    _description = "Written notice"
    _inherit = ["shora.state.mixin", "mail.thread"]
    _order = "id desc"

    _transitions = {
        "draft": {"dispatched": ACTS, "void": ACTS},
        "dispatched": {"void": ("system",)},
    }
    _frozen_states = ("dispatched", "void")
    # A delivery on paper may follow an e-mail that failed; the recipient's own guard admits nothing else.
    _frozen_exempt = frozenset({"recipient_ids"})
    _fact_fields = frozenset(
        {
            "dispatched_at",
            "dispatched_by_id",
            "document_ids",
            "internal_number",
            "item_ids",
            "pack",
            "pack_pages",
            "pack_sha256",
            "pdf",
            "pdf_sha256",
        }
    )

    session_id = fields.Many2one("shora.session", required=True, index=True, ondelete="restrict")
    council_id = fields.Many2one(related="session_id.council_id", store=True, index=True)
    company_id = fields.Many2one(related="council_id.company_id", store=True, index=True)
    state = fields.Selection(
        [("draft", "Draft"), ("dispatched", "Dispatched"), ("void", "Void")],
        required=True,
        default="draft",
        copy=False,
        tracking=True,
    )
    subject = fields.Char(required=True)
    body = fields.Html()
    internal_number = fields.Char(copy=False)
    official_number = fields.Char(copy=False)
    official_date = fields.Date(copy=False)
    late_reason = fields.Text(string="Reason of a late dispatch")
    dispatched_at = fields.Datetime(copy=False)
    dispatched_by_id = fields.Many2one("res.users", copy=False)
    pdf = fields.Binary(attachment=True, copy=False)
    pdf_name = fields.Char(compute="_compute_pdf_name")
    pdf_sha256 = fields.Char(string="SHA-256 of the letter", copy=False)
    pack_sha256 = fields.Char(string="SHA-256 of the whole pack", copy=False)
    recipient_ids = fields.One2many("shora.notice.recipient", "notice_id", string="Recipients")
    last_day = fields.Date(related="session_id.notice_last_day", string="Due")
    effective_at = fields.Datetime(
        compute="_compute_effective_at",
        store=True,
        help="When the last recipient had been served; empty while somebody has not.",
    )
    is_late = fields.Boolean(compute="_compute_is_late", string="Late")

    _one_live = models.UniqueIndex("(session_id) WHERE state <> 'void'", "A session has one notice at a time.")

    @api.depends("subject")
    def _compute_display_name(self):
        for notice in self:
            notice.display_name = notice.subject or ""

    @api.depends("internal_number")
    def _compute_pdf_name(self):
        for notice in self:
            notice.pdf_name = f"notice-{(notice.internal_number or str(notice.id)).replace('/', '-')}.pdf"

    @api.depends("recipient_ids.state", "recipient_ids.sent_at", "recipient_ids.partner_id")
    def _compute_effective_at(self):
        for notice in self:
            served = {}
            for row in notice.recipient_ids:
                if row.state == "withdrawn":
                    continue
                times = served.setdefault(row.partner_id.id, [])
                if row.sent_at and row.state in SERVED:
                    times.append(row.sent_at)
            notice.effective_at = rules.effective_dispatch(served) if served else False

    @api.depends("effective_at", "state", "session_id.start", "session_id.kind")
    def _compute_is_late(self):
        now = fields.Datetime.now()
        for notice in self:
            days = notice.session_id._notice_days()
            notice.is_late = not rules.is_in_time(notice.effective_at or now, notice.session_id.start, days)

    # --- making it ---

    @api.model
    def _prepare_for(self, session):
        """The draft notice of ``session``: for each member in force on its day one row by each channel that reaches
        the member.
        """
        members = session.council_id._members_on(session.day)
        office = self.env["shora.reader"]._of_office(session)
        notice = self.create(
            {
                "session_id": session.id,
                # the letter's, which is in the language of the office
                "subject": office.env._("Invitation to %(session)s", session=office.display_name),
            }
        )
        self.env["shora.notice.recipient"]._propose(notice, members)
        return notice

    def _check_frozen(self, vals):
        if "session_id" in vals and any(notice.session_id.id != vals["session_id"] for notice in self):
            raise UserError(self.env._("A notice belongs to its session; prepare one for the other session."))
        return super()._check_frozen(vals)

    # --- dispatching ---

    def _dispatched_blockers(self):
        """5-1: agenda and all documents, to every member, in writing; late only with a reason."""
        session = self.session_id
        rule = session._notice_rule() or session.council_id._rule("notice_days", session.day)
        reasons = []
        if session.state != "scheduled":
            reasons.append(self._refusal(rule, self.env._("Notice is given for a scheduled session.")))
        agenda = session.council_id._rule("notice_agenda", session.day)
        if agenda and "accepted" not in session.agenda_item_ids.mapped("state"):
            reasons.append(
                self._refusal(agenda, self.env._("The agenda has no accepted item; accept one before dispatching."))
            )
        members = session.council_id._members_on(session.day).partner_id
        live = self.recipient_ids.filtered(lambda row: row.state != "withdrawn").partner_id
        if live - members:
            reasons.append(session._not_a_member(live - members))
        missing = members - live
        if missing or not self.recipient_ids:
            names = self.env["shora.words"]._join(missing.mapped("name"))
            reasons.append(self._refusal(rule, self.env._("Not among the recipients: %(names)s.", names=names)))
        without = self.recipient_ids.filtered(
            lambda row: row.channel == "email" and not row.partner_id.email
        ).partner_id
        if without:
            names = self.env["shora.words"]._join(without.mapped("name"))
            reasons.append(self._refusal(rule, self.env._("No e-mail address: %(names)s. Choose paper.", names=names)))
        late = not rules.is_in_time(fields.Datetime.now(), session.start, session._notice_days())
        if late and not (self.late_reason or "").strip():
            reasons.append(
                self._refusal(rule, self.env._("The last day for dispatch has passed; give the reason in writing."))
            )
        return reasons

    def _dispatched_values(self):
        return {
            "internal_number": self.env["ir.sequence"]
            .sudo()
            .next_by_code("shora.letter"),  # numbers are nobody's to choose
            "dispatched_at": fields.Datetime.now(),
            "dispatched_by_id": self.env.uid,
        }

    def _on_dispatched(self):
        for notice in self:
            pdf = self.env["shora.pdf"]._render("shora_council.document_notice", notice)
            notice._store_facts({"pdf": base64.b64encode(pdf), "pdf_sha256": sealing.sha256_hex(pdf)})
            notice._seal_pack()
            by_mail = notice.recipient_ids.filtered(lambda row: row.channel == "email")
            by_mail._queue(notice._letter(), notice._documents() if by_mail else self.env["ir.attachment"])
            notice.session_id.write({"state": "invited"})
        self.env["shora.finding"]._check(self.council_id)

    def action_dispatch(self):
        self.write({"state": "dispatched"})

    def action_preview(self):
        return self.env["shora.pdf"]._action_render("shora_council.document_notice", self)

    def action_print(self):
        return self.env["shora.pdf"]._action(self, "pdf")
