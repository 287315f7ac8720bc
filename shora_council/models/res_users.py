from odoo import api, fields, models
from odoo.api import SUPERUSER_ID
from odoo.fields import Domain

GROUP_ROLES = {
    "president": "shora_council.group_shora_president",
    "office": "shora_council.group_shora_president_office",
    "head": "shora_council.group_shora_secretariat_head",
    "secretariat": "shora_council.group_shora_secretariat",
    "admin": "shora_council.group_shora_admin",
    "hr": "hr.group_hr_user",
}


class ResUsers(models.Model):
    _inherit = "res.users"

    shora_substitute_ids = fields.One2many(
        "shora.substitute", "user_id", string="Stands in for", groups="base.group_system"
    )
    shora_head_body_ids = fields.Many2many(
        "shora.council",
        compute="_compute_shora_head_body_ids",
        string="Stands in for the head of the Secretariat",
        groups="base.group_system",
    )

    def _shora_roles(self, council):
        """The roles this user holds towards ``council``: by group for the Centre's offices, by seat and decree for
        the council's own (article 4). The superuser is the role ``system`` and nothing else.

        :param council: a ``shora.council`` record, or an empty one.
        :return: set of role names
        """
        self.ensure_one()
        if self.id == SUPERUSER_ID:
            return {"system"}
        roles = {role for role, group in GROUP_ROLES.items() if self.has_group(group)}
        if "secretariat" in roles and "head" not in roles and self._shora_is_head_substitute(council):
            roles.add("head")
        if council:
            own = council.with_user(self).sudo()
            if own.i_am_substitute or (own.is_coordination and own.i_am_staff):
                roles.add("substitute")  # in joint sessions the Secretariat's staff does all but signing (5-10)
            if own.i_am_secretary:
                roles.add("secretary")
            if own.i_am_staff:
                roles.add("staff")
            if own.i_am_chair:
                roles.add("chair")
            if own.i_am_member:
                roles.add("member")
        return roles

    def _shora_is_head_substitute(self, council):
        """Whether this user stands in for the head of the Secretariat today, in the company of ``council`` or in any of
        the user's own.
        """
        bodies = self.sudo().shora_head_body_ids  # asked before any access is granted
        return bool(bodies.filtered(lambda body: body.company_id == council.sudo().company_id) if council else bodies)

    @api.depends("shora_substitute_ids.date_from", "shora_substitute_ids.date_to", "shora_substitute_ids.office")
    def _compute_shora_head_body_ids(self):
        today = self.env["shora.council"]._today()
        substitutes = self.env["shora.substitute"].sudo()  # as above
        running = substitutes.search(
            Domain("user_id", "in", self.ids) & Domain("office", "=", "head") & substitutes._domain_on(today)
        )
        by_user = running.grouped("user_id")
        secretaries = running.council_id._secretaries_among(running.user_id) if running else running.user_id
        for user in self:
            mine = by_user.get(user.sudo(), running.browse()) if user not in secretaries else running.browse()
            user.shora_head_body_ids = mine.council_id

    @api.model
    def _shora_role_labels(self, roles, council=None):
        """The names of ``roles``; those of a council's office are the Secretariat's in the coordination body."""
        if council and council.sudo().is_coordination:
            office = {"secretary": "head", "staff": "secretariat", "substitute": "secretariat"}
            roles = dict.fromkeys(office.get(role, role) for role in roles)
        labels = {
            "president": self.env._("President of the Centre"),
            "office": self.env._("President's office"),
            "head": self.env._("Head of the Secretariat"),
            "secretariat": self.env._("Secretariat"),
            "admin": self.env._("Administrator of councils"),
            "hr": self.env._("HR officer"),
            "secretary": self.env._("Council secretary"),
            "staff": self.env._("Council's expert staff"),
            "substitute": self.env._("Substitute of the secretary"),
            "chair": self.env._("Council chair"),
            "member": self.env._("Council member"),
            "system": self.env._("the rules themselves"),
        }
        return [labels[role] for role in roles]

    @api.model
    def _shora_users_with_role(self, role, company=None):
        """Active users of a role that is held by group (president, office, head, secretariat, admin, hr).

        :param company: only those who work in it; what concerns a council is told to nobody of another company
        """
        group = self.env.ref(GROUP_ROLES[role])
        held = Domain("all_group_ids", "in", group.ids)
        if role == "head":  # while the head is on leave, whoever stands in for him is asked as well
            held |= Domain("id", "in", self.env["shora.substitute"]._of_heads_today().ids)
        if company:
            held &= Domain("company_ids", "in", company.ids)
        return self.sudo().search(held & Domain("share", "=", False))
