from odoo import api, fields, models
from odoo.exceptions import UserError


class ShoraBylawPart(models.AbstractModel):
    """What belongs to one version of a by-law and is frozen with it."""

    _name = "shora.bylaw.part"
    _description = "Part of a by-law"

    _open_fields = frozenset()  # what may still be filled in once the version is in force

    bylaw_id = fields.Many2one("shora.bylaw", required=True, index=True, ondelete="cascade", string="By-law")

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        parts._check_version_open()
        return parts

    def write(self, vals):
        if set(vals) - self._open_fields:
            self._check_version_open()
            result = super().write(vals)
            self._check_version_open()
            return result
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_from_draft_only(self):
        self._check_version_open()

    def _check_version_open(self):
        """
        :raises UserError: the version is in force
        """
        frozen = self.bylaw_id.filtered(lambda bylaw: bylaw.state == "in_force")
        if frozen:
            raise UserError(
                self.env._(
                    "“%(bylaw)s” is in force; make a new version to change it, so that the past keeps its rules.",
                    bylaw=frozen[0].name,
                )
            )
