from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

#: roles that may open the door for a member of the council
KEEPERS = frozenset({"secretary", "hr", "office", "admin"})


class ShoraMembership(models.Model):
    """Access of a member to the software: by one button, an invitation to the portal, or for colleagues the group.

    Access to the council itself follows from the membership, by record rules; it ends with it, without any button.
    """

    _name = "shora.membership"
    _inherit = "shora.membership"

    access_state = fields.Selection(
        [
            ("none", "No access"),
            ("portal", "Portal"),
            ("closed", "Employee, not opened"),
            ("internal", "Employee"),
        ],
        compute="_compute_access_state",
        string="Access",
    )

    @api.depends("partner_id", "company_id")
    def _compute_access_state(self):
        users = self.sudo().partner_id.user_ids.filtered("active").grouped("partner_id")  # whether, not who
        nobody = self.env["res.users"]
        for member in self:
            # iterated, not sliced: a slice would read each user by itself
            user = next(iter(users.get(member.sudo().partner_id, nobody)), nobody)
            if not user:
                member.access_state = "none"
            elif user.share:
                member.access_state = "portal" if member.sudo().company_id in user.company_ids else "none"
            else:
                opened = user.has_group("shora_council.group_shora_member")
                member.access_state = "internal" if opened else "closed"

    def action_give_access(self):
        """Give these members access: a portal user and its invitation, or our group for an internal user.

        :raises AccessError: the user is neither the council's secretary nor HR, the President's office or an
            administrator of councils
        :raises UserError: a membership is over, or there is no usable e-mail address
        """
        for member in self:
            if not self.env.user._shora_roles(member.council_id) & KEEPERS:
                raise AccessError(
                    self.env._(
                        "Access is given by: %(roles)s.",
                        roles=self.env["shora.words"]._join(self.env["res.users"]._shora_role_labels(sorted(KEEPERS))),
                    )
                )
            if member.state not in ("current", "upcoming"):
                raise UserError(self.env._("“%(member)s” is over.", member=member.display_name))
        for member in self:
            member._give_access()
        self.invalidate_recordset(["access_state"])
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "Access is open: %(names)s", names=self.env["shora.words"]._join(self.partner_id.mapped("name"))
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _give_access(self):
        if self.access_state == "none":
            # The platform's own way, which asks for more rights than a secretary has; the role was judged above.
            partner = self.sudo().partner_id
            if not partner.user_ids.filtered("active"):
                wizard = partner.env["portal.wizard"].with_company(self.company_id)
                wizard.create({"partner_ids": [(6, 0, partner.ids)]}).user_ids.action_grant_access()
            # the portal is one of the person's company, or of another one's councils: this one's open too
            for user in partner.user_ids.filtered(lambda user: user.active and user.share):
                user.company_ids |= self.company_id
        elif self.access_state in ("closed", "internal"):
            user = self.sudo().partner_id.user_ids.filtered("active")[:1]  # groups are not a secretary's to write
            name = "group_shora_secretary" if self._is_secretary_today() else "group_shora_member"
            user.write({"group_ids": [(4, self.env.ref(f"shora_council.{name}").id)]})

    def _is_secretary_today(self):
        """Whether this member is secretary, or acts as one, by decree (4-A2)."""
        Decree = self.env["shora.decree"].sudo()  # a fact of the council, not of the reader's
        decree = Decree._secretaries_on(self.council_id, self.council_id._today()).get(self.council_id.id, Decree)
        return decree.partner_id == self.partner_id
