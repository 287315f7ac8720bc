from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools.uninstall import is_uninstalling


class ShoraBylawPart(models.AbstractModel):
    """What belongs to one version of a by-law and is frozen with it."""

    _name = "shora.bylaw.part"
    _description = "Part of a by-law"

    _open_fields = frozenset()  # what may still be filled in once the version is in force
    _clause_field = "clause_id"  # the clause this part points at

    bylaw_id = fields.Many2one("shora.bylaw", required=True, index=True, ondelete="cascade", string="By-law")

    @api.constrains(lambda self: ["bylaw_id", self._clause_field])
    def _check_same_version(self):
        """A clause of another version would stay editable, and deletable, behind the back of one in force."""
        for part in self:
            clause = part[part._clause_field]
            if clause and clause.bylaw_id != part.bylaw_id:
                raise ValidationError(
                    self.env._(
                        "“%(clause)s” belongs to another version of the by-law; point at a clause of this one.",
                        clause=clause.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        parts._check_version_open()
        return parts

    def write(self, vals):
        if "bylaw_id" in vals and any(part.bylaw_id.id != vals["bylaw_id"] for part in self):
            raise UserError(self.env._("A part of a by-law stays in its version; copy it into the other one."))
        if set(vals) - self._open_fields:
            self._check_version_open()
        return super().write(vals)

    def unlink(self):
        if not is_uninstalling(self.env):
            self._check_may_unlink()
        return super().unlink()

    def _check_may_unlink(self):
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
