"""A record named in an imported file is found in any spelling: Excel in many offices still writes ي and ك."""

from odoo import api, models

from ..tools import persian, reader


class IrFieldsConverter(models.AbstractModel):
    _inherit = "ir.fields.converter"

    @api.model
    def db_id_for(self, model, field, subfield, value, savepoint):
        """For a name that nothing has letter by letter, take the one record whose name differs in spelling only.

        Two such records are left to the platform, which says that the name was not found.
        """
        if subfield is None and self._is_spelt_freely(value):
            if flush := self.env.context.get("import_flush"):
                flush(model=field.comodel_name)
            target = self.env[field.comodel_name]
            if not target.name_search(value, operator="=", limit=1):
                wanted = persian.key(value)
                found = [number for number, name in target.name_search(value) if persian.key(name or "") == wanted]
                if len(found) == 1:
                    subfield, value = ".id", str(found[0])
        return super().db_id_for(model, field, subfield, value, savepoint)

    def _is_spelt_freely(self, value):
        return isinstance(value, str) and persian.is_touched(value) and reader.speaks_persian(self.env)
