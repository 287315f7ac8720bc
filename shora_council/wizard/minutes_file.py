import base64

from odoo import api, fields, models

from ..models.minutes_file import KINDS


class ShoraMinutesFileAdd(models.TransientModel):
    """Asks for a file beside signed minutes: a scan with wet signatures, or a PDF signed elsewhere (5-5)."""

    _name = "shora.minutes.file.add"
    _description = "Add a file to minutes"

    minutes_id = fields.Many2one("shora.minutes", required=True, readonly=True, ondelete="cascade")
    kind = fields.Selection(KINDS, required=True, default="scan")
    file = fields.Binary(required=True, attachment=False)
    file_name = fields.Char()

    @api.model
    def _dialog(self, minutes):
        minutes.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Add a file to the minutes"),
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_minutes_id": minutes.id, "dialog_size": "medium"},
        }

    def action_confirm(self):
        """File it, and show what was filed with what its signatures are worth."""
        self.ensure_one()
        raw = base64.b64decode(self.with_context(bin_size=False).file or b"")
        file = self.minutes_id._file(self.kind, self.file_name, raw)
        if self.kind == "scan":
            return {"type": "ir.actions.act_window_close"}
        return {**file._get_records_action(), "target": "new"}
