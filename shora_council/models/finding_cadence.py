from odoo import fields, models
from odoo.fields import Domain


class ShoraFinding(models.Model):
    """The rhythm of ordinary sessions (5-1): gaps that nothing explains, and sessions on a day declared off later."""

    _name = "shora.finding"
    _inherit = "shora.finding"

    code = fields.Selection(
        selection_add=[("cadence_gap", "Sessions too far apart"), ("day_off", "Session on a day off")],
        ondelete={"cadence_gap": "cascade", "day_off": "cascade"},
    )

    def _expectations(self):
        return [*super()._expectations(), self._expect_cadence, self._expect_days_off]

    def _expect_cadence(self, councils):
        """5-1: no ordinary session within the rule's days after another, beyond what a day off or Nowruz explains."""
        found = {}
        today = councils._today()
        gaps = councils._gaps(today)
        sessions = self.env["shora.session"]
        if any(gaps.values()):
            sessions = sessions.search(
                Domain("council_id", "in", [council.id for council, own in gaps.items() if own])
                & Domain("day", "in", [gap.after for own in gaps.values() for gap in own])
                & Domain("kind", "=", "ordinary")
                & Domain("state", "in", ("scheduled", "invited", "open", "held", "closed"))
            )
        by_day = {(session.council_id, session.day): session for session in sessions}
        for council, own in gaps.items():
            rule = council._interval_rule(today)
            for gap in own:
                key = (council.id, "cadence_gap", "shora.session", by_day[council, gap.after].id)
                found[key] = self._values(rule, "secretary", min(today, fields.Date.add(gap.latest, days=1)))
        return found

    def _expect_days_off(self, councils):
        """A session ahead stands on a day that is no working day, for instance one declared off later (5-1)."""
        found = {}
        today = councils._today()
        sessions = self.env["shora.session"].search(
            Domain("council_id", "in", councils.ids)
            & Domain("kind", "=", "ordinary")
            & Domain("state", "in", ("scheduled", "invited"))
            & Domain("day", ">=", today)
        )
        for company, own in sessions.grouped("company_id").items():
            days = own.mapped("day")
            reason = self.env["shora.day.off"]._reasons(company, min(days), max(days))
            for session in own.filtered(lambda session, reason=reason: reason(session.day)):
                rule = session.council_id._interval_rule(session.day)
                key = (session.council_id.id, "day_off", "shora.session", session.id)
                found[key] = {**self._values(rule, "secretary", today), "severity": "info"}
        return found
