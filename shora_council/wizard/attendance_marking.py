import json

from odoo import api, fields, models
from odoo.addons.web_jalali.tools import jalali

from ..models.attendance import PRESENT


class ShoraAttendanceMarking(models.TransientModel):
    """Marks one person on the form of a running session; carries what it showed, so that a stale mark is refused."""

    _name = "shora.attendance.marking"
    _description = "Mark attendance"

    attendance_id = fields.Many2one("shora.attendance", required=True, readonly=True, ondelete="cascade")
    partner_id = fields.Many2one(related="attendance_id.partner_id")
    kind = fields.Selection(related="attendance_id.kind")
    seen = fields.Char(required=True, readonly=True, help="What this dialog showed when it was opened, as JSON.")
    status = fields.Selection(
        [("present", "Present"), ("late", "Present, late"), ("absent", "Absent"), ("excused", "Absent, excused")]
    )
    is_there = fields.Boolean(compute="_compute_is_there")
    arrived_at = fields.Char(string="Arrived", help="Hour of Tehran, such as 10:15.")
    left_at = fields.Char(string="Left", help="Hour of Tehran, such as 10:15.")
    by_video = fields.Boolean(string="By video")
    note = fields.Char(string="Remark")

    @api.depends("status")
    def _compute_is_there(self):
        for marking in self:
            marking.is_there = marking.status in PRESENT

    @api.model
    def _dialog(self, row):
        row.ensure_one()
        seen = row._run_line()
        digits = self.env["shora.words"]._digits
        marking = self.create(
            {
                "attendance_id": row.id,
                "seen": json.dumps({name: seen[name] for name in self._shown()}),
                "status": seen["status"] if seen["status"] != "unmarked" else False,
                "arrived_at": digits(seen["arrived_at"]),
                "left_at": digits(seen["left_at"]),
                "by_video": seen["by_video"],
                "note": seen["note"],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Mark attendance"),
            "res_model": self._name,
            "res_id": marking.id,
            "views": [(False, "form")],
            "target": "new",
        }

    @api.model
    def _shown(self):
        return ("status", "arrived_at", "left_at", "by_video", "note")

    def action_record(self):
        """Mark what was changed here; refused where somebody marked the same meanwhile, see ``attendance.mark()``."""
        self.ensure_one()
        seen = json.loads(self.seen)
        entered = {
            "status": self.status or "unmarked",
            "arrived_at": jalali.latin_digits(self.arrived_at or "").strip(),
            "left_at": jalali.latin_digits(self.left_at or "").strip(),
            "by_video": self.by_video,
            "note": (self.note or "").strip(),
        }
        values = {name: value for name, value in entered.items() if value != (seen[name] or type(value)())}
        if entered["status"] not in PRESENT:  # who was not there has no hours; the mark takes them away
            values = {name: value for name, value in values.items() if name not in ("arrived_at", "left_at")}
        if values:
            self.attendance_id.mark(values, seen)
