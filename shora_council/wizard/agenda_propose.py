from odoo import api, fields, models


class ShoraAgendaPropose(models.TransientModel):
    """A member's proposal for the agenda; the secretary accepts or withdraws it."""

    _name = "shora.agenda.propose"
    _description = "Propose an agenda item"

    session_id = fields.Many2one("shora.session", required=True, ondelete="cascade")
    name = fields.Char(required=True, string="Title")
    description = fields.Html()
    minutes_planned = fields.Integer(string="Planned minutes", default=20)

    @api.model
    def _dialog(self, session):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Propose an item"),
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_session_id": session.id},
        }

    def action_confirm(self):
        self.ensure_one()
        self.session_id.propose_item(
            {"name": self.name, "description": self.description, "minutes_planned": self.minutes_planned}
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("“%(item)s” is proposed; the secretary decides on the agenda.", item=self.name),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
