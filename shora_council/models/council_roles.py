from odoo import api, models
from odoo.fields import Domain


class ShoraCouncil(models.Model):
    """Who is asking: the facts that record rules and the judge read."""

    _name = "shora.council"
    _inherit = "shora.council"

    # --- who is asking (record rules and the judge read these) ---

    def _my_memberships(self):
        """Domain of the memberships of the current user in force today, for sub-selects."""
        Membership = self.env["shora.membership"]
        return Domain("partner_id", "=", self.env.user.partner_id.id) & Membership._domain_on(self._today())

    @api.depends("membership_ids.date_from", "membership_ids.date_to", "membership_ids.state", "staff_user_ids")
    @api.depends_context("uid")
    def _compute_i_am(self):
        user = self.env.user
        seats = {}
        memberships = self.env["shora.membership"].sudo()  # the question is asked before any access is granted
        for member in memberships.search(Domain("council_id", "in", self.ids) & self._my_memberships()):
            seats.setdefault(member.council_id.id, set()).add(member.seat_id.is_secretary)
        chairs = self.env["shora.decree"].sudo()._chairs_on(self, self._today()) if seats else {}
        for council in self:
            council.i_am_member = council.id in seats
            council.i_am_secretary = True in seats.get(council.id, ())
            council.i_am_staff = user in council.sudo().staff_user_ids
            chair = chairs.get(council.id)
            council.i_am_chair = bool(chair) and chair.partner_id == user.partner_id

    def _search_mine(self, operator, extra):
        if operator != "in":
            return NotImplemented
        memberships = self.env["shora.membership"].sudo()  # as above
        query = memberships._search(self._my_memberships() & extra)
        return Domain("id", "in", query.subselect("shora_membership.council_id"))

    def _search_i_am_member(self, operator, value):
        return self._search_mine(operator, Domain.TRUE)

    def _search_i_am_secretary(self, operator, value):
        return self._search_mine(operator, Domain("seat_id.is_secretary", "=", True))

    def _search_i_am_staff(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("staff_user_ids", "in", self.env.uid)
