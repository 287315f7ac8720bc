from odoo import models


class ShoraSession(models.Model):
    """Many sessions at once."""

    _name = "shora.session"
    _inherit = "shora.session"

    def _members_by_session(self):
        """{session: its council's memberships in force on its day}, one query for all."""
        return self.env["shora.council"]._members_by_slot(
            {session: (session.council_id, session.day) for session in self}
        )
