from odoo import api, models
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
        if council:
            own = council.with_user(self).sudo()
            if own.i_am_secretary:
                roles.add("secretary")
            if own.i_am_staff:
                roles.add("staff")
            if own.i_am_chair:
                roles.add("chair")
            if own.i_am_member:
                roles.add("member")
        return roles

    @api.model
    def _shora_role_labels(self, roles):
        labels = {
            "president": self.env._("President of the Centre"),
            "office": self.env._("President's office"),
            "head": self.env._("Head of the Secretariat"),
            "secretariat": self.env._("Secretariat"),
            "admin": self.env._("Administrator of councils"),
            "hr": self.env._("HR officer"),
            "secretary": self.env._("Council secretary"),
            "staff": self.env._("Council's expert staff"),
            "chair": self.env._("Council chair"),
            "member": self.env._("Council member"),
            "system": self.env._("the rules themselves"),
        }
        return [labels[role] for role in roles]

    @api.model
    def _shora_users_with_role(self, role):
        """Active users of a role that is held by group (president, office, head, secretariat, admin, hr)."""
        group = self.env.ref(GROUP_ROLES[role])
        return self.sudo().search(Domain("all_group_ids", "in", group.ids) & Domain("share", "=", False))
