from odoo import api, models
from odoo.exceptions import UserError


def copied_fields(model):
    """Names of the stored copies of other records' fields, such as the council of an item: record rules go by them."""
    return {name for name, field in model._fields.items() if field.related and field.store and not field.inverse}


def without_defaults(model, names):
    """``model`` without the defaults that a client's context gives ``names``: a client may send any context."""
    forged = {f"default_{name}" for name in names} & model.env.context.keys()
    if not forged:
        return model
    return model.with_env(model.env(context={k: v for k, v in model.env.context.items() if k not in forged}))


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
                self._check_copies(vals)
            # Also in superuser mode: what a member proposes is created so, with the context that the client sent.
            self = without_defaults(self, copied_fields(self))
        return super().create(vals_list)

    def write(self, vals):
        if self._name.startswith("shora."):
            self._check_copies(vals)
        return super().write(vals)

    @api.model
    def _check_copies(self, vals):
        """
        :raises UserError: naming the copies that a client writes
        """
        copies = set() if self.env.su else copied_fields(self) & vals.keys()
        if copies:
            raise UserError(
                self.env._(
                    "%(fields)s: copied from the record it belongs to, never set by hand.",
                    fields=self.env["shora.words"]._join(
                        self._fields[name]._description_string(self.env) for name in sorted(copies)
                    ),
                )
            )
