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

    def _my_secretaryship(self):
        """Domain of the decrees by which the current user is secretary or acting secretary today (4-A2)."""
        Decree = self.env["shora.decree"]
        return Domain("partner_id", "=", self.env.user.partner_id.id) & Decree._domain_of_secretaries(self._today())

    @api.depends("membership_ids.date_from", "membership_ids.date_to", "membership_ids.state", "staff_user_ids")
    @api.depends_context("uid")
    def _compute_i_am(self):
        user = self.env.user
        memberships = self.env["shora.membership"].sudo()  # the question is asked before any access is granted
        mine = memberships.search(Domain("council_id", "in", self.ids) & self._my_memberships()).council_id.ids
        Decree = self.env["shora.decree"].sudo()
        secretary = Decree.search(Domain("council_id", "in", self.ids) & self._my_secretaryship()).council_id.ids
        chairs = Decree._chairs_on(self, self._today()) if mine else {}
        for council in self:
            council.i_am_member = council.id in mine
            council.i_am_secretary = council.id in secretary
            council.i_am_staff = user in council.sudo().staff_user_ids
            chair = chairs.get(council.id)
            council.i_am_chair = bool(chair) and chair.partner_id == user.partner_id

    def _search_i_am_member(self, operator, value):
        if operator != "in":
            return NotImplemented
        query = self.env["shora.membership"].sudo()._search(self._my_memberships())  # as above
        return Domain("id", "in", query.subselect("shora_membership.council_id"))

    def _search_i_am_secretary(self, operator, value):
        if operator != "in":
            return NotImplemented
        query = self.env["shora.decree"].sudo()._search(self._my_secretaryship())  # as above
        return Domain("id", "in", query.subselect("shora_decree.council_id"))

    def _search_i_am_staff(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("staff_user_ids", "in", self.env.uid)
