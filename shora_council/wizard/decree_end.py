from odoo import api, fields, models


class ShoraDecreeEnd(models.TransientModel):
    """Asks why and when a decree ends."""

    _name = "shora.decree.end"
    _description = "End a decree"

    decree_id = fields.Many2one("shora.decree", required=True, ondelete="cascade")
    end_reason = fields.Selection(
        [("resigned", "Resigned"), ("revoked", "Revoked"), ("superseded", "Superseded"), ("post_lost", "Post lost")],
        required=True,
        default="resigned",
        string="Reason",
    )
    date_ended = fields.Date(string="Last day", required=True, default=lambda self: self.env["shora.council"]._today())

    @api.model
    def _dialog(self, decree):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("End the decree"),
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_decree_id": decree.id},
        }

    def action_confirm(self):
        self.ensure_one()
        self.decree_id.write({"end_reason": self.end_reason, "date_ended": self.date_ended, "state": "ended"})
