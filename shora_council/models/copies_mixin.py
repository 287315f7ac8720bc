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


class ShoraCopiesMixin(models.AbstractModel):
    """A record whose stored copies follow what they are copied from, and nobody's hand.

    ``readonly`` binds no client: a row whose ``council_id`` was written by RPC would show itself to another council.
    Records with a guarded life have the same from ``shora.state.mixin``.
    """

    _name = "shora.copies.mixin"
    _description = "Record with copies of another's fields"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_copies(vals)
        return super(ShoraCopiesMixin, without_defaults(self, copied_fields(self))).create(vals_list)

    def write(self, vals):
        self._check_copies(vals)
        return super().write(vals)

    def _check_copies(self, vals):
        """
        :raises UserError: naming the copies that somebody writes
        """
        copies = sorted(copied_fields(self) & vals.keys())
        if copies:
            raise UserError(
                self.env._(
                    "%(fields)s: copied from the record it belongs to, never set by hand.",
                    fields=self.env["shora.words"]._join(
                        self._fields[name]._description_string(self.env) for name in copies
                    ),
                )
            )
