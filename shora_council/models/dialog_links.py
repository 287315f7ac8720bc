from odoo import api, models


class Base(models.AbstractModel):
    """A dialog is its author's own record, and Odoo names to its author whatever it points to, by the names of records
    and by fields related to them: it points to nothing that the author may not read.
    """

    _name = "base"
    _inherit = "base"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        if self._is_dialog():
            records._check_links({name: records[name] for name in self._links()})
        return records

    def write(self, vals):
        result = super().write(vals)
        if self._is_dialog():
            self._check_links({name: self[name] for name in self._links() if name in vals})
        return result

    def onchange(self, values, field_names, fields_spec):
        if self._is_dialog():
            given = {name: values.get(name) or self.env.context.get(f"default_{name}") for name in self._links()}
            ids = {name: one["id"] if isinstance(one, dict) else one for name, one in given.items() if one}
            self._check_links({name: self[name].browse(one) for name, one in ids.items() if isinstance(one, int)})
        return super().onchange(values, field_names, fields_spec)

    @api.model
    def _is_dialog(self):
        return self._transient and self._name.startswith("shora.") and not self.env.su

    @api.model
    def _links(self):
        """Names of the fields by which a dialog points to a record of the councils."""
        return [
            field.name
            for field in self._fields.values()
            if field.type == "many2one" and field.store and field.comodel_name.startswith("shora.")
        ]

    @api.model
    def _check_links(self, links):
        """
        :raises AccessError: one of the records pointed to is not the user's to read
        """
        for records in links.values():
            if not records._transient:
                records.check_access("read")
