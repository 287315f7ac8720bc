from odoo import api, fields, models


class ShoraSessionOpen(models.TransientModel):
    """Asks who presides and on which ground before a session opens (5-2)."""

    _name = "shora.session.open"
    _description = "Open a session"

    session_id = fields.Many2one("shora.session", required=True, ondelete="cascade")
    chair_id = fields.Many2one("res.partner", compute="_compute_officers")
    secretary_id = fields.Many2one("res.partner", compute="_compute_officers")
    presiding_ground = fields.Selection(
        lambda self: self.env["shora.session"]._fields["presiding_ground"]._description_selection(self.env),
        required=True,
        string="Ground of presiding",
    )
    delegation_note = fields.Char(string="Delegation by the chair")

    @api.depends("session_id")
    def _compute_officers(self):
        for wizard in self:
            wizard.chair_id, wizard.secretary_id = (
                wizard.session_id._officers() if wizard.session_id else (False, False)
            )

    @api.model
    def _dialog(self, session):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Open the session"),
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_session_id": session.id,
                "default_presiding_ground": "chair" if session._officers()[0] else "chair_absent",
            },
        }

    def action_confirm(self):
        self.ensure_one()
        self.session_id.write(
            {"presiding_ground": self.presiding_ground, "delegation_note": self.delegation_note, "state": "open"}
        )
