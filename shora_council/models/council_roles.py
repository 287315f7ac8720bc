from odoo import api, fields, models
from odoo.fields import Domain

STAFF = "shora_council.group_shora_staff"
SECRETARIAT = "shora_council.group_shora_secretariat"
HEAD = "shora_council.group_shora_secretariat_head"


class ShoraCouncil(models.Model):
    """Who is asking: the facts that record rules and the judge read."""

    _name = "shora.council"
    _inherit = "shora.council"

    i_am_substitute = fields.Boolean(
        compute="_compute_i_am", help="The user stands in for the secretary today, for everything but signing."
    )

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
        standing_in = self._stood_in_by(user)
        for council in self:
            council.i_am_member = council.id in mine
            council.i_am_secretary = council.id in secretary
            council.i_am_substitute = council.id in standing_in
            council.i_am_staff = council.i_am_substitute or user in council.sudo().staff_user_ids
            chair = chairs.get(council.id)
            council.i_am_chair = bool(chair) and chair.partner_id == user.partner_id
        self._bodies()._compute_i_am_in_body(user, standing_in)

    def _compute_i_am_in_body(self, user, standing_in):
        """In the coordination body the secretaries in office are the members, and the Secretariat is secretary and
        staff (5-10). A council's secretary has no rights in the Secretariat (5-8).
        """
        if not self:
            return
        Decree = self.env["shora.decree"].sudo()  # as above
        companies = Decree.search(self._my_secretaryship()).company_id
        organiser = user.has_group(SECRETARIAT)
        for body in self:
            body.i_am_member = body.sudo().company_id in companies
            ours = organiser and not body.i_am_member
            body.i_am_staff = ours
            body.i_am_secretary = ours and user.has_group(HEAD)
            body.i_am_substitute = ours and body.id in standing_in

    def _stood_in_by(self, user):
        """Ids of those of these councils in which ``user`` stands in for the secretary today; no query for whoever
        cannot be named as one.
        """
        if not user.has_group(STAFF) and not user.has_group(SECRETARIAT):
            return set()
        substitutes = self.env["shora.substitute"].sudo()  # as above
        return set(substitutes.search(Domain("council_id", "in", self.ids) & self._my_substitution()).council_id.ids)

    def _my_substitution(self):
        """Domain of the substitutions of the current user that run today."""
        return Domain("user_id", "=", self.env.uid) & self.env["shora.substitute"]._domain_on(self._today())

    def _domain_of_my_bodies(self, *, as_secretary):
        """Domain of the coordination bodies of the companies in which the current user is, or is not, a secretary."""
        query = self.env["shora.decree"].sudo()._search(self._my_secretaryship())  # as above
        inside = Domain("company_id", "in" if as_secretary else "not in", query.subselect("shora_decree.company_id"))
        return Domain("is_coordination", "=", True) & inside

    def _search_i_am_member(self, operator, value):
        if operator != "in":
            return NotImplemented
        query = self.env["shora.membership"].sudo()._search(self._my_memberships())  # as above
        own = Domain("id", "in", query.subselect("shora_membership.council_id"))
        return own | self._domain_of_my_bodies(as_secretary=True)

    def _search_i_am_secretary(self, operator, value):
        if operator != "in":
            return NotImplemented
        query = self.env["shora.decree"].sudo()._search(self._my_secretaryship())  # as above
        own = Domain("id", "in", query.subselect("shora_decree.council_id"))
        if not self.env.user.has_group(HEAD):
            return own
        return own | self._domain_of_my_bodies(as_secretary=False)

    def _search_i_am_staff(self, operator, value):
        if operator != "in":
            return NotImplemented
        own = Domain("staff_user_ids", "in", self.env.uid)
        organiser = self.env.user.has_group(SECRETARIAT)
        if organiser or self.env.user.has_group(STAFF):
            query = self.env["shora.substitute"].sudo()._search(self._my_substitution())  # as above
            named = Domain("id", "in", query.subselect("shora_substitute.council_id"))
            own |= Domain("is_coordination", "=", False) & named
        return own | self._domain_of_my_bodies(as_secretary=False) if organiser else own
