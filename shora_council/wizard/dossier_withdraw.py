from odoo import api, fields, models


class ShoraDossierWithdraw(models.TransientModel):
    """Asks why a presented dossier is withdrawn (5-9)."""

    _name = "shora.dossier.withdraw"
    _description = "Withdraw a dossier"

    dossier_id = fields.Many2one("shora.dossier", required=True, readonly=True, ondelete="cascade")
    reason = fields.Text(required=True)

    @api.model
    def _dialog(self, dossier):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Withdraw the dossier"),
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_dossier_id": dossier.id},
        }

    def action_confirm(self):
        """
        :raises UserError: not the head's to do, a decision is final, or the reason is empty
        """
        self.ensure_one()
        self.dossier_id.write({"withdraw_reason": self.reason, "state": "withdrawn"})
