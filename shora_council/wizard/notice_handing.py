from odoo import api, fields, models

from ..models.session import ACTS


class ShoraNoticeHanding(models.TransientModel):
    """Records the handing over of a notice on paper, with the scan of the signed receipt beside it (5-1)."""

    _name = "shora.notice.handing"
    _description = "Handing over of a notice"

    recipient_id = fields.Many2one(
        "shora.notice.recipient", string="Delivery", required=True, readonly=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(related="recipient_id.partner_id")
    session_id = fields.Many2one(related="recipient_id.session_id")
    handed_at = fields.Datetime(required=True, default=lambda self: fields.Datetime.now())
    asks_reason = fields.Boolean(compute="_compute_asks_reason")
    late_reason = fields.Text(string="Reason of the delay", help="Given once, and kept; it can also be given later.")
    receipt = fields.Binary(string="Signed receipt", attachment=False)
    receipt_name = fields.Char()

    @api.depends("handed_at", "recipient_id")
    @api.depends_context("uid")
    def _compute_asks_reason(self):
        """Only of whoever may give it, and only where this delivery is what makes the notice late."""
        for handing in self:
            row = handing.recipient_id
            acts = row and row._roles_of_user().intersection(ACTS)
            handing.asks_reason = bool(acts and handing.handed_at) and row._would_be_late(handing.handed_at)

    @api.model
    def _dialog(self, row):
        row.ensure_one()
        handing = self.create({"recipient_id": row.id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Record the handing over"),
            "res_model": self._name,
            "res_id": handing.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def action_record(self):
        """The handing over, and the receipt and the reason of a delay where there are; both can also come later."""
        self.ensure_one()
        asked = self.asks_reason
        self.recipient_id.write({"state": "handed", "sent_at": self.handed_at})
        if asked and (self.late_reason or "").strip():
            self.recipient_id._explain(self.late_reason)
        if self.receipt:
            self.recipient_id.write({"receipt": self.receipt, "receipt_name": self.receipt_name})
