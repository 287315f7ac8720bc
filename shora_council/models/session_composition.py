from odoo import api, fields, models


class ShoraSession(models.Model):
    """A council that falls short of article 4 on the day of a session is told so; it may meet all the same."""

    _name = "shora.session"
    _inherit = "shora.session"

    composition_warning = fields.Text(
        compute="_compute_composition_warning", string="Departures from article 4 on the day of the session"
    )

    @api.depends("council_id", "day", "state")
    @api.depends_context("lang")
    def _compute_composition_warning(self):
        for session in self:
            coming = session.day and session.state in ("draft", "scheduled", "invited", "open")
            session.composition_warning = coming and session.council_id._breach_lines(session.day)
