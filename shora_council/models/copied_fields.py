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
            copies = copied_fields(self)
            for vals in vals_list:
                self._check_copies(copies & vals.keys())
            self = without_defaults(self, copies)
        return super().create(vals_list)

    def write(self, vals):
        if self._name.startswith("shora."):
            self._check_copies(copied_fields(self) & vals.keys())
        return super().write(vals)

    @api.model
    def _check_copies(self, copies):
        """Also in superuser mode: what a member proposes is created so, with the values that the client sent.

        :raises UserError: naming the ``copies`` that are given
        """
        if copies:
            raise UserError(
                self.env._(
                    "%(fields)s: copied from the record it belongs to, never by hand.",
                    fields=self.env["shora.words"]._join(
                        self._fields[name]._description_string(self.env) for name in sorted(copies)
                    ),
                )
            )
