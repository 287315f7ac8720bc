from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ..tools.uninstall import is_uninstalling


class ShoraKeptMixin(models.AbstractModel):
    """A record that the rules write once and that stays as it is: nobody changes or deletes it, whatever the rights.

    A model that keeps such records gives its readers read access only.
    """

    _name = "shora.kept.mixin"
    _description = "Record that is kept"

    @api.model_create_multi
    def create(self, vals_list):
        self._check_by_rules()
        return super().create(vals_list)

    def write(self, vals):
        if self and vals:
            self._refuse_change()
        return super().write(vals)

    def unlink(self):
        if self and not is_uninstalling(self.env):
            self._refuse_change()
        return super().unlink()

    def copy(self, default=None):
        if self:
            self._refuse_change()
        return super().copy(default)

    @api.model
    def _check_by_rules(self):
        """
        :raises AccessError: somebody writes such a record by hand
        """
        if not self.env.su:
            raise AccessError(
                self.env._(
                    "%(model)s: written by the steps of the councils, never by hand.",
                    model=self.env["ir.model"]._get(self._name).sudo().name,
                )
            )

    def _refuse_change(self):
        """
        :raises UserError: always
        """
        raise UserError(
            self.env._("“%(record)s” is kept as it is: never changed, never deleted.", record=self[0].display_name)
        )
