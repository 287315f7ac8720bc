from odoo import api, models
from odoo.fields import Domain

from ..rules import term


class ShoraDecree(models.Model):
    """What time does: the last day that a decree gives (4-B); they begin and expire by the calendar day in Tehran."""

    _name = "shora.decree"
    _inherit = "shora.decree"

    @api.depends("kind", "seat_id.kind", "date_from", "council_id", "partner_id", "post_until")
    def _compute_date_to(self):
        """One Jalali year for experts (4-B); the chair as long as the expert membership (note 2); ex officio without
        term, or as long as the post lasts (4-A1).
        """
        for decree in self:
            if decree.state in self._frozen_states:
                decree.date_to = decree.date_to
            else:
                decree.date_to = decree._last_day_given() if decree.date_from else False

    def _last_day_given(self):
        """The last day this decree gives, inclusive; False without a term."""
        self.ensure_one()
        if self.kind == "end":
            return False
        if self.kind == "chair":
            return self._expert_membership().date_to or self._pending_membership().date_to
        if self.seat_id.kind == "expert":
            rule = self.council_id._rule("expert_term", self.date_from)
            return term.last_day(self.date_from, years=rule.value) if rule else False
        return self.post_until

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
