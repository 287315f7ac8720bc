from odoo import api, fields, models

from ..models.notice_phone import ANSWERS


class ShoraNoticeCall(models.TransientModel):
    """Records one call to a recipient of an extraordinary session's notice: time and answer; the caller is the user."""

    _name = "shora.notice.call"
    _description = "Call to a recipient"

    recipient_id = fields.Many2one(
        "shora.notice.recipient", string="Delivery", required=True, readonly=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(related="recipient_id.partner_id")
    session_id = fields.Many2one(related="recipient_id.session_id")
    number = fields.Char(string="Number called")
    called_at = fields.Datetime(required=True, default=lambda self: fields.Datetime.now())
    answer = fields.Selection(ANSWERS, required=True)
    note = fields.Text(string="Remark", help="Kept in the history of the row.")

    @api.model
    def _dialog(self, row):
        row.ensure_one()
        call = self.create({"recipient_id": row.id, "number": row.partner_id.phone, "answer": "attending"})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Record a call"),
            "res_model": self._name,
            "res_id": call.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def action_record(self):
        self.ensure_one()
        self.recipient_id._record_call(self.called_at, self.answer, self.number or "", self.note or "")
