from odoo import api, fields, models


class ShoraNoticeDelay(models.TransientModel):
    """Asks why a delivery came after the last day, of a notice that was dispatched in time (5-1)."""

    _name = "shora.notice.delay"
    _description = "Reason of a late delivery"

    recipient_id = fields.Many2one(
        "shora.notice.recipient", string="Delivery", required=True, readonly=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(related="recipient_id.partner_id")
    session_id = fields.Many2one(related="recipient_id.session_id")
    served_at = fields.Datetime(related="recipient_id.sent_at")
    reason = fields.Text(string="Reason of the delay")

    @api.model
    def _dialog(self, row):
        row.ensure_one()
        delay = self.create({"recipient_id": row.id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Reason of the delay"),
            "res_model": self._name,
            "res_id": delay.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def action_record(self):
        """Keep the reason with the delivery; who may is judged there."""
        self.ensure_one()
        self.recipient_id._explain(self.reason)
