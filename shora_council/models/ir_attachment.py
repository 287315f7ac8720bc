from odoo import api, models
from odoo.exceptions import UserError

# The binaries whose SHA-256 a record keeps. Odoo stores them as attachments, which have writers of their own.
SEALED = {
    "shora.decree": frozenset({"pdf"}),
    "shora.notice": frozenset({"pdf", "pack"}),
    "shora.notice.certificate": frozenset({"pdf"}),
    "shora.notice.document": frozenset({"content"}),
    "shora.minutes": frozenset({"pdf", "covering_pdf"}),
    "shora.minutes.addendum": frozenset({"pdf"}),
    "shora.minutes.file": frozenset({"file"}),
    "shora.minutes.step": frozenset({"letter_pdf"}),
    "shora.resolution": frozenset({"letter_pdf"}),
    "shora.resolution.answer": frozenset({"file"}),
    "shora.archive.copy": frozenset({"file"}),
}


class IrAttachment(models.Model):
    """The file of a sealed document is written once, by the step that seals it, and never again by anybody (5-5, 5-7).

    The step freezes its record first and stores the file after, so a first file may come to a frozen record and to no
    other; it comes through the record's own field, which Odoo stores as superuser, never from a client. Other
    attachments are let through by one look at two columns that every access check reads anyway.
    """

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        first = {}
        defaults = self.default_get(["res_model", "res_field", "res_id"])  # a client's context has a say in them
        for vals in vals_list:
            place = {**defaults, **vals}
            if place.get("res_field") and self._is_seal(place.get("res_model"), place["res_field"]):
                first.setdefault((place["res_model"], place["res_field"]), []).append(place.get("res_id"))
        for (model, field), res_ids in first.items():
            self._check_first(model, field, res_ids)
        return super().create(vals_list)

    def write(self, vals):
        self._check_unsealed()
        if {"res_field", "res_model", "res_id"} & set(vals):
            self._check_not_becoming_seal(vals)
        return super().write(vals)

    def unlink(self):
        self._check_unsealed()
        return super().unlink()

    @api.model
    def _is_seal(self, model, field):
        return field in SEALED.get(model, ())

    @api.model
    def _is_frozen(self, record):
        """Rows that are kept as they were written have no states: they are frozen from the beginning."""
        states = getattr(record, "_frozen_states", None)
        return states is None or record.state in states

    def _check_unsealed(self):
        """
        :raises UserError: one of these files belongs to a frozen record that still exists
        """
        kept = {}
        for attachment in self.sudo():  # whose file it is does not depend on who asks
            if attachment.res_field and self._is_seal(attachment.res_model, attachment.res_field):
                kept.setdefault(attachment.res_model, {})[attachment.res_id] = attachment
        for model, by_record in kept.items():
            records = self.env[model].sudo().browse(by_record).exists()
            for record in records:
                if self._is_frozen(record):
                    self.check_access("write")  # first: the refusal names the record
                    raise UserError(
                        self.env._(
                            "“%(name)s” is part of a sealed document and is never changed or deleted.",
                            name=by_record[record.id].name,
                        )
                    )

    def _check_first(self, model, field, res_ids):
        """
        :raises UserError: by hand, on a record that is not frozen, or where the file exists already
        """
        records = self.env[model].sudo().browse(res_ids).exists()
        there = len(set(res_ids)) < len(res_ids) or self.sudo().search_count(
            [("res_model", "=", model), ("res_field", "=", field), ("res_id", "in", res_ids)], limit=1
        )
        frozen = len(records) == len(res_ids) and all(self._is_frozen(record) for record in records)
        if not self.env.su or there or not frozen:
            self._refuse_by_hand()

    def _check_not_becoming_seal(self, vals):
        for attachment in self.sudo():  # as above
            model = vals.get("res_model", attachment.res_model)
            field = vals.get("res_field", attachment.res_field)
            if field and self._is_seal(model, field):
                self._refuse_by_hand()

    def _refuse_by_hand(self):
        raise UserError(self.env._("A document is attached to its record by the step that seals it, never by hand."))
