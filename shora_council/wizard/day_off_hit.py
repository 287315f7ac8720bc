from odoo import api, fields, models
from odoo.fields import Domain


class ShoraDayOffHit(models.TransientModel):
    """One line of what days off hit: a session planned for the day, or a deadline that ends on it."""

    _name = "shora.day.off.hit"
    _description = "Hit by a day off"
    _order = "day, id"

    day = fields.Date(required=True)
    kind = fields.Selection(
        [
            ("session", "Session on the day"),
            ("notice", "Last day of the invitation"),
            ("minutes", "Last day of the minutes"),
        ],
        required=True,
        string="What",
    )
    session_id = fields.Many2one("shora.session", required=True, ondelete="cascade")
    council_id = fields.Many2one(related="session_id.council_id")
    start = fields.Datetime(related="session_id.start")
    state = fields.Selection(related="session_id.state")

    @api.model
    def _dialog(self, days):
        """Open the list of what ``days`` hit, as far as the reader may see it."""
        lines = self.create(
            [
                {"day": day, "kind": kind, "session_id": session.id}
                for day, kind, session in self.env["shora.day.off"]._hits(days)
            ]
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Hit by days off"),
            "res_model": self._name,
            "views": [(False, "list")],
            "domain": Domain("id", "in", lines.ids),
            "help": self.env._("No session and no deadline falls on these days."),
        }

    def action_open_session(self):
        self.ensure_one()
        return self.session_id._get_records_action()
