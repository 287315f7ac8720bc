from odoo import api, fields, models


class ShoraAttendanceCorrect(models.TransientModel):
    """Asks for the right status and the reason; the absence rule is judged again at once (5-6)."""

    _name = "shora.attendance.correct"
    _description = "Correct attendance"

    attendance_id = fields.Many2one("shora.attendance", required=True, ondelete="cascade")
    partner_id = fields.Many2one(related="attendance_id.partner_id")
    status = fields.Selection(
        [("present", "Present"), ("late", "Present, late"), ("absent", "Absent"), ("excused", "Absent, excused")],
        required=True,
    )
    reason = fields.Text(required=True)

    @api.model
    def _dialog(self, attendance):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Correct attendance"),
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_attendance_id": attendance.id},
        }

    def action_confirm(self):
        self.ensure_one()
        self.attendance_id._correct(self.status, self.reason)
