from odoo import fields, models
from odoo.exceptions import UserError


class ShoraAttendanceChange(models.Model):
    """What a correction of attendance changed, by whom, when and why (5-6); never written again."""

    _name = "shora.attendance.change"
    _description = "Correction of attendance"
    _order = "id desc"

    _STATUSES = [
        ("unmarked", "Not marked"),
        ("present", "Present"),
        ("late", "Present, late"),
        ("absent", "Absent"),
        ("excused", "Absent, excused"),
    ]

    attendance_id = fields.Many2one("shora.attendance", required=True, index=True, ondelete="restrict")
    council_id = fields.Many2one(related="attendance_id.council_id", store=True, index=True)
    company_id = fields.Many2one(related="council_id.company_id", store=True, index=True)
    status_from = fields.Selection(_STATUSES, required=True, string="Was")
    status_to = fields.Selection(_STATUSES, required=True, string="Is")
    reason = fields.Text(required=True)
    changed_by_id = fields.Many2one("res.users", required=True, default=lambda self: self.env.uid, string="Changed by")
    addendum_id = fields.Many2one("shora.minutes.addendum", ondelete="restrict")

    def write(self, vals):
        if self:
            raise UserError(self.env._("(Clause 5-6) The trace of a correction is never changed."))
        return super().write(vals)
