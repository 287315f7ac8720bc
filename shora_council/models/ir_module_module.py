from odoo import models
from odoo.exceptions import UserError

#: system parameter: how many sealed documents may be destroyed
ALLOWED = "shora_council.sealed_documents_to_destroy"


class IrModuleModule(models.Model):
    _inherit = "ir.module.module"

    def button_uninstall(self):
        """The minutes of councils are kept (5-7): who removes the addon, or one it needs, says how many are destroyed.

        :raises UserError: sealed documents would go, and nobody said that they may
        """
        action = super().button_uninstall()
        going = self.sudo().search([("name", "=", "shora_council"), ("state", "=", "to remove")])
        if going and (count := self.env["shora.seal"].sudo().search_count([])):
            allowed = self.env["ir.config_parameter"].sudo().get_param(ALLOWED)
            if allowed != str(count):
                raise UserError(
                    self.env._(
                        "%(count)s sealed documents of councils would be destroyed, which are kept (clause 5-7). "
                        "Take a backup of database and files first; then set the system parameter %(parameter)s to "
                        "%(count)s and uninstall again.",
                        count=count,
                        parameter=ALLOWED,
                    )
                )
        return action
