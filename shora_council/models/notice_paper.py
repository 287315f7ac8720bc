import hashlib

from markupsafe import Markup
from odoo import api, fields, models
from odoo.exceptions import UserError


class ShoraNoticeRecipient(models.Model):
    """Paper as a channel of the written notice (5-1): an addressed letter, its recorded handing over and the scan of
    the signed receipt beside it.
    """

    _name = "shora.notice.recipient"
    _inherit = "shora.notice.recipient"

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
        self.session_id._watch_deliveries()

    def action_handed(self):
        """Record the handing over now."""
        self.write({"state": "handed"})

    def action_hand_over(self):
        """Ask when it was handed over, and for the scan of the receipt."""
        self.ensure_one()
        self.check_access("write")
        return self.env["shora.notice.handing"]._dialog(self)

    def action_serve_on_paper(self):
        """Paper for those whom the mail did not reach (5-1)."""
        for row in self:
            row._check_unreached()
        on_paper = self.search([("notice_id", "in", self.notice_id.ids), ("channel", "=", "paper")])
        present = {(row.notice_id, row.partner_id) for row in on_paper}
        self.create(
            [
                {
                    "notice_id": row.notice_id.id,
                    "membership_id": row.membership_id.id,
                    "partner_id": row.partner_id.id,
                    "channel": "paper",
                }
                for row in self
                if (row.notice_id, row.partner_id) not in present
            ]
        )

    def _check_unreached(self):
        """
        :raises UserError: the mail did reach this recipient, or nobody knows yet
        """
        if self.state not in ("failed", "bounced"):
            raise UserError(
                self.env._(
                    "“%(name)s” is “%(state)s”: only who was not reached is served on paper as well.",
                    name=self.display_name,
                    state=self._state_label(self.state),
                )
            )

    # --- receipt ---

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        rows.filtered("receipt")._note_receipt()
        return rows

    def write(self, vals):
        if "receipt" not in vals:
            return super().write(vals)
        self._check_receipt()
        self._keep_earlier_receipt()
        result = super().write(vals)
        self._note_receipt()
        return result

    def _check_receipt(self):
        """
        :raises UserError: nothing was handed over on paper
        """
        for row in self:
            if row.channel != "paper":
                raise UserError(
                    row._refusal(
                        row.session_id._notice_rule(), self.env._("A signed receipt belongs to a delivery on paper.")
                    )
                )

    def _keep_earlier_receipt(self):
        """A receipt is proof: one that is replaced stays, in the row's history."""
        for row in self.with_context(bin_size=False):
            if row.receipt:
                attachment = self.env["ir.attachment"].sudo()  # the row's own file, which the user may write
                file = attachment.search(
                    [("res_model", "=", row._name), ("res_field", "=", "receipt"), ("res_id", "=", row.id)]
                )
                office = self.env["shora.reader"]._of_office(row)
                row.message_post(
                    body=Markup("<p>%s</p>") % office.env._("The receipt was replaced; the earlier one:"),
                    attachments=[(row.receipt_name or "receipt", file.raw)],
                )

    def _note_receipt(self):
        attachments = self.env["ir.attachment"].sudo()  # as above
        for row in self:
            file = attachments.search(
                [("res_model", "=", row._name), ("res_field", "=", "receipt"), ("res_id", "=", row.id)]
            )
            row._store_facts({"receipt_sha256": hashlib.sha256(file.raw).hexdigest() if file.raw else False})


class ShoraPdf(models.AbstractModel):
    """The sentence of the addressed letter."""

    _name = "shora.pdf"
    _inherit = "shora.pdf"

    def _phrases(self):
        return {**super()._phrases(), "paper": self._paper_phrase, "paper_rows": self._paper_rows}

    def _paper_rows(self, notice):
        return notice.recipient_ids.filtered(lambda row: row.channel == "paper" and row.state != "withdrawn")

    def _paper_phrase(self, notice):
        clause = self._cite(notice.council_id, "notice_days", notice.session_id.day)
        return self.env._(
            "By virtue of %(clause)s of the by-law, the invitation to %(session)s of the %(council)s is enclosed, with "
            "its agenda and all documents. Please sign the receipt below and return this page.",
            clause=clause or self.env._("Article 5"),
            session=self._session_phrase(notice.session_id.number, notice.session_id.kind),
            council=notice.council_id.name,
        )
