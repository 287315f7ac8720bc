from markupsafe import Markup
from odoo import api, models
from odoo.api import SUPERUSER_ID
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from .council_roles import HEAD, SECRETARIAT


class ResUsers(models.Model):
    """The groups of the Secretariat follow its posts, in the transaction that changes them (5-8)."""

    _name = "res.users"
    _inherit = "res.users"

    @api.model
    def _shora_holders(self):
        """Everybody who holds a group of the Secretariat, archived users too."""
        group = self.env.ref(SECRETARIAT)
        return self.sudo().with_context(active_test=False).search(Domain("all_group_ids", "in", group.ids))

    @api.model
    def _shora_entitled(self):
        """Who holds which post where a department is named.

        :return: (heads, staff, companies whose councils have a Secretariat by department, those that have none), in
            superuser mode; None where no department is named at all
        """
        bodies = self.env["shora.council"].sudo().search(Domain("is_coordination", "=", True))
        named = bodies.filtered("secretariat_department_id")
        if not named:
            return None
        heads = staff = self.env["res.users"].sudo()
        for body in named:
            own_heads, own_staff = body._entitled_by(body.secretariat_department_id)
            heads, staff = heads | own_heads, staff | own_staff
        return heads, staff, named.company_id, (bodies - named).company_id

    @api.model
    def _shora_sync_secretariat(self):
        """Give and take the groups of the Secretariat by its posts; twice gives nothing twice. Users of a company whose
        Secretariat is no department yet keep what they were given by hand.
        """
        users = self.env["res.users"].with_user(SUPERUSER_ID)
        entitled = users._shora_entitled()
        if not entitled:
            return
        heads, staff, _named, by_hand = entitled
        staff -= heads
        head_group, staff_group = users.env.ref(HEAD), users.env.ref(SECRETARIAT)
        held_heads = users.with_context(active_test=False).search(Domain("group_ids", "in", head_group.ids))
        held_staff = users.with_context(active_test=False).search(Domain("group_ids", "in", staff_group.ids))
        losing = (held_heads | held_staff).filtered(lambda user: not user.company_ids & by_hand) - heads - staff
        demoted = (held_heads & staff).filtered(lambda user: not user.company_ids & by_hand)
        changes = {
            "lost": losing,
            "staff": staff - held_staff - held_heads | demoted,
            "head": heads - held_heads,
        }
        losing.write({"group_ids": [(3, head_group.id), (3, staff_group.id)]})
        demoted.write({"group_ids": [(3, head_group.id), (4, staff_group.id)]})
        (changes["staff"] - demoted).write({"group_ids": [(4, staff_group.id)]})
        changes["head"].write({"group_ids": [(4, head_group.id)]})
        users._shora_log_rights(changes)
        bodies = users.env["shora.council"].search(Domain("is_coordination", "=", True))
        users.env["shora.finding"]._check(bodies)

    def _shora_log_rights(self, changes):
        """What was given and taken stands in the history of the coordination body: nothing changes in silence."""
        if not any(changes.values()):
            return
        office = self.env["shora.reader"]._of_office(self)
        labels = {
            "head": office.env._("Head of the Secretariat by post: %(names)s"),
            "staff": office.env._("Staff of the Secretariat by department: %(names)s"),
            "lost": office.env._("No longer in the Secretariat, rights taken: %(names)s"),
        }
        join = self.env["shora.words"]._join
        lines = [labels[kind] % {"names": join(users.mapped("name"))} for kind, users in changes.items() if users]
        bodies = self.env["shora.council"].search(
            Domain("is_coordination", "=", True) & Domain("secretariat_department_id", "!=", False)
        )
        for body in bodies:
            body._message_log(body=Markup("<br/>").join(lines))

    @api.constrains("group_ids")
    def _check_shora_secretariat(self):
        self._shora_check_by_post()

    @api.model
    def _shora_check_by_post(self):
        """
        :raises ValidationError: somebody holds a group of the Secretariat and no post in it, where posts decide
        """
        entitled = self._shora_entitled()
        if not entitled:
            return
        heads, staff, _named, by_hand = entitled
        for group, allowed in ((HEAD, heads), (SECRETARIAT, heads | staff)):
            held = (
                self.sudo()
                .env.ref(group)
                .all_user_ids.filtered(
                    lambda user, allowed=allowed: user not in allowed and not user.company_ids & by_hand
                )
            )
            wrong = held & self.sudo() if self else held
            if wrong:
                bodies = self.env["shora.council"]._coordination_of(wrong[0].company_ids)
                text = self.env._(
                    "%(name)s holds no post in the Secretariat: its rights follow the department in HR, not the groups "
                    "of a user.",
                    name=wrong[0].name,
                )
                raise ValidationError(bodies._cited_by_5_8(text))

    def write(self, vals):
        result = super().write(vals)
        if {"active", "company_ids"} & vals.keys():
            self._shora_sync_secretariat()
        return result


class ResGroups(models.Model):
    _name = "res.groups"
    _inherit = "res.groups"

    @api.constrains("user_ids", "implied_ids", "implied_by_ids")
    def _check_shora_secretariat(self):
        """From the side of the groups no right of the Secretariat is given by hand either (5-8)."""
        self.env["res.users"]._shora_check_by_post()
