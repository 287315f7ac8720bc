from odoo import models

#: the columns of the cards that are there when empty too; how a session can fail to take place only where it did
LIFE = ("draft", "scheduled", "invited", "open", "held", "closed")


class ShoraSession(models.Model):
    """Many sessions at once."""

    _name = "shora.session"
    _inherit = "shora.session"

    def _members_by_session(self):
        """{session: its council's memberships in force on its day}, one query for all."""
        return self.env["shora.council"]._members_by_slot(
            {session: (session.council_id, session.day) for session in self}
        )

    def _group_expand_state(self, states, domain):
        """The states in the order of a session's life, not of their names."""
        return [state for state, _label in self._fields["state"].selection if state in LIFE or state in states]
