from odoo import api, fields, models


class ShoraSessionFinal(models.TransientModel):
    """Asks for the reason (and the new time) when a session does not take place."""

    _name = "shora.session.final"
    _description = "A session that does not take place"

    session_id = fields.Many2one("shora.session", required=True, ondelete="cascade")
    outcome = fields.Selection(
        [("cancelled", "Cancelled"), ("postponed", "Postponed"), ("not_held", "Not held")], required=True
    )
    final_reason = fields.Text(string="Reason", required=True)
    postponed_to = fields.Datetime(string="New time")

    @api.model
    def _dialog(self, session, outcome):
        session.ensure_one()
        labels = dict(self._fields["outcome"]._description_selection(self.env))
        return {
            "type": "ir.actions.act_window",
            "name": labels[outcome],
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_session_id": session.id, "default_outcome": outcome},
        }

    def action_confirm(self):
        self.ensure_one()
        vals = {"final_reason": self.final_reason, "state": self.outcome}
        if self.outcome == "postponed":
            vals["postponed_to"] = self.postponed_to
        self.session_id.write(vals)
        return self.session_id.successor_id._get_records_action() if self.session_id.successor_id else None
