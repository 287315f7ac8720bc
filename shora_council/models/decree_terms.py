from odoo import api, models
from odoo.fields import Domain


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
            due.filtered("gives_membership").membership_id._begin()
            due._expire_if_over()

    def _expire_if_over(self):
        """On the day after its last day a decree has ended (4-B), or on the day another decree set."""
        today = self.env["shora.council"]._today()
        for decree in self:
            if decree.state == "issued" and decree.date_ended and decree.date_ended < decree.date_from:
                decree._as_system().write({"state": "ended"})  # ended before it began
            elif decree.state == "in_force":
                last = decree.date_ended or decree.date_to
                if last and last < today:
                    reason = decree.end_reason or decree._reason_of_expiry()
                    decree._as_system().write({"state": "ended", "end_reason": reason, "date_ended": last})

    def _reason_of_expiry(self):
        """The term is over (4-B); a seat without a term ends with the post (4-A1)."""
        return "post_lost" if self.post_until and self.post_until == self.date_to else "expired"

    # --- cron ---

    @api.model
    def _cron_terms(self):
        """Decrees enter into force and expire by the calendar day in Tehran; hourly, idempotent, one commit a
        decree.
        """
        self.env["shora.seat"]._sync_posts()  # posts change hands by the calendar too
        today = self.env["shora.council"]._today()
        starting = self.search([("state", "=", "issued"), ("date_from", "<=", today)])
        expiring = self.search(
            Domain("state", "=", "in_force") & (Domain("date_to", "<", today) | Domain("date_ended", "<", today)),
            order="kind",
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
