from odoo import api, models
from odoo.exceptions import UserError


class ShoraLinks(models.AbstractModel):
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


class Base(models.AbstractModel):
    """Whose a record is follows from what it belongs to: nobody says it beside that.

    The council of an item is a stored copy of its session's, and record rules go by it. Odoo takes a copy that is given
    in the values, or by a ``default_…`` in the context, as it is: a row of another council's session that says it is of
    one's own council would pass the rules.
    """

    _name = "base"
    _inherit = "base"

    @api.model_create_multi
    def create(self, vals_list):
        if self._name.startswith("shora."):
            for vals in vals_list:
                self._check_copied(vals)
            # Also in superuser mode: what a member proposes is created so, with the context that the client sent.
            forged = {key for key in self.env.context if key.startswith("default_") and self._is_copied(key[8:])}
            if forged:
                self = self.with_env(self.env(context={k: v for k, v in self.env.context.items() if k not in forged}))
        return super().create(vals_list)

    def write(self, vals):
        if self._name.startswith("shora."):
            self._check_copied(vals)
        return super().write(vals)

    @api.model
    def _is_copied(self, name):
        """Is this field a stored copy of another record's, such as the council of an item? Record rules go by them."""
        field = self._fields.get(name)
        return bool(field and field.related and field.store and not field.inverse)

    @api.model
    def _check_copied(self, vals):
        """
        :raises UserError: a client gives what is copied from another record
        """
        copied = [] if self.env.su else sorted(name for name in vals if self._is_copied(name))
        if copied:
            raise UserError(
                self.env._(
                    "%(fields)s: set by the steps of the record itself, never by hand.",
                    fields=self.env["shora.words"]._join(
                        self._fields[name]._description_string(self.env) for name in copied
                    ),
                )
            )
