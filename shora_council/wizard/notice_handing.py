from odoo import api, fields, models


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
    receipt = fields.Binary(string="Signed receipt", attachment=False)
    receipt_name = fields.Char()

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
        """The handing over, and the receipt where there is one; it can also come later, on the row."""
        self.ensure_one()
        self.recipient_id.write({"state": "handed", "sent_at": self.handed_at})
        if self.receipt:
            self.recipient_id.write({"receipt": self.receipt, "receipt_name": self.receipt_name})
