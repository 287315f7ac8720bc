from odoo import api, fields, models

from .notice_recipient import WRITTEN


class ShoraNotice(models.Model):
    """What the dispatch of a notice asks of its channels, and does by each of them (5-1)."""

    _name = "shora.notice"
    _inherit = "shora.notice"

    has_paper = fields.Boolean(compute="_compute_has_rows")
    has_phone = fields.Boolean(compute="_compute_has_rows")
    has_failed = fields.Boolean(compute="_compute_has_rows", help="Letters that the reader may try again.")

    @api.depends("recipient_ids.channel", "recipient_ids.state")
    @api.depends_context("uid")
    def _compute_has_rows(self):
        for notice in self:
            rows = notice.sudo().recipient_ids  # members read the notice and none of its rows
            notice.has_paper = "paper" in rows.mapped("channel")
            notice.has_phone = "phone" in rows.mapped("channel")
            failed = "failed" in rows.mapped("state")
            notice.has_failed = failed and "secretary" in self.env.user._shora_roles(notice.council_id)

    def _dispatched_blockers(self):
        return super()._dispatched_blockers() + self._channel_blockers()

    def _channel_blockers(self):
        rule = self.session_id._notice_rule() or self.session_id.council_id._rule("notice_days", self.session_id.day)
        rows = self.recipient_ids
        words, reasons = self.env["shora.words"], []
        by_portal = rows.filtered(lambda row: row.channel == "portal").partner_id
        without = by_portal - by_portal.sudo().user_ids.filtered("active").partner_id  # whether, not whose
        if without:
            text = self.env._(
                "No access to the portal: %(names)s. Choose paper.", names=words._join(without.mapped("name"))
            )
            reasons.append(self._refusal(rule, text))
        unwritten = rows.partner_id - rows.filtered(lambda row: row.channel in WRITTEN).partner_id
        if unwritten:
            text = self.env._(
                "A telephone call is no written notice: add e-mail, portal or paper for %(names)s.",
                names=words._join(unwritten.mapped("name")),
            )
            reasons.append(self._refusal(rule, text))
        return reasons

    def _on_dispatched(self):
        self.recipient_ids._freeze_addressee()
        self.recipient_ids._publish()
        return super()._on_dispatched()

    def action_retry(self):
        """Give all failed letters of this notice to the mail server once more."""
        self.recipient_ids.action_retry()

    def action_print_paper(self):
        """The addressed letters of the recipients on paper, one page each, with the receipt to be signed."""
        return self.env["shora.pdf"]._action_render("shora_council.document_notice_paper", self)
