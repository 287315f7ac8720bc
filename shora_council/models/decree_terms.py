from odoo import api, models


class ShoraDecree(models.Model):
    """Decrees begin and expire by the calendar day in Tehran (4-B)."""

    _name = "shora.decree"
    _inherit = "shora.decree"

    def _enter_into_force(self):
        """Issued decrees whose first day has come (Tehran)."""
        today = self.env["shora.council"]._today()
        due = self.filtered(lambda decree: decree.state == "issued" and decree.date_from <= today)
        if due:
            due._as_system().write({"state": "in_force"})
            due.membership_id._begin()

    def _expire_if_over(self):
        """On the day after its last day a decree has ended (4-B)."""
        today = self.env["shora.council"]._today()
        for decree in self.filtered(lambda d: d.state == "in_force" and d.date_to and d.date_to < today):
            decree._as_system().write({"state": "ended", "end_reason": "expired", "date_ended": decree.date_to})

    # --- cron ---

    @api.model
    def _cron_terms(self):
        """Decrees enter into force and expire by the calendar day in Tehran; hourly, idempotent, one commit a
        decree.
        """
        today = self.env["shora.council"]._today()
        starting = self.search([("state", "=", "issued"), ("date_from", "<=", today)])
        expiring = self.search(
            [("state", "=", "in_force"), ("date_to", "<", today), ("date_to", "!=", False)], order="kind"
        )
        progress = self.env["ir.cron"]._commit_progress
        progress(remaining=len(starting) + len(expiring))
        for decree in starting | expiring:
            if not decree.try_lock_for_update():
                continue
            if decree.state == "issued":
                decree._enter_into_force()
            decree._expire_if_over()
            if not progress(1):
                break
