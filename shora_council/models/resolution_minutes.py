from odoo import api, models
from odoo.exceptions import UserError


class ShoraResolution(models.Model):
    """Resolutions and the minutes that name them (5-5).

    Once the minutes are signed, the resolutions of their session are what was signed: none is added, removed, taken up
    again or written on, adopted or not. What follows the adoption has a life of its own, see ``resolution_life``.
    """

    _name = "shora.resolution"
    _inherit = "shora.resolution"

    @api.model_create_multi
    def create(self, vals_list):
        resolutions = super().create(vals_list)
        resolutions._check_not_in_signed_minutes()
        return resolutions

    def _check_frozen(self, vals):
        if "session_id" in vals and any(one.session_id.id != vals["session_id"] for one in self):
            raise UserError(self.env._("A resolution keeps its session."))
        if any(not name.startswith(("message_", "activity_")) for name in vals):
            self.filtered(lambda one: one.state not in one._frozen_states)._check_not_in_signed_minutes()
        return super()._check_frozen(vals)

    def _draft_blockers(self):
        return [self._named_in_minutes()] if self._in_signed_minutes() else []

    def _check_may_unlink(self):
        self._check_not_in_signed_minutes()
        return super()._check_may_unlink()

    def _in_signed_minutes(self):
        """Those of these resolutions whose session's minutes are signed."""
        sessions = self.session_id.sudo()  # whether they are signed does not depend on who asks
        minutes = sessions.filtered(lambda session: session.state == "closed").minutes_ids
        minutes._claim()
        signed = minutes.filtered(lambda one: one.state != "draft").session_id
        return self.filtered(lambda one: one.session_id in signed)

    def _check_not_in_signed_minutes(self):
        """
        :raises UserError: the minutes of the session are signed
        """
        if named := self._in_signed_minutes():
            raise UserError(named[0]._named_in_minutes())

    def _named_in_minutes(self):
        rule = self.council_id._rule("minutes_days", self.session_id.day)
        return self._refusal(
            rule,
            self.env._("The minutes of the session are signed; its resolutions are what they say. Write an addendum."),
        )
