from odoo import models
from odoo.tools import ormcache

from .copied_fields import copied_fields

#: what is sealed with a document and has rows of its own
BESIDE = (
    "shora.session",
    "shora.attendance",
    "shora.agenda.item",
    "shora.resolution.vote",
    "shora.minutes.item",
    "shora.minutes.addendum.line",
    "shora.minutes.file.signature",
    "shora.minutes.defect",
    "shora.attendance.change",
    "shora.review.note",
    "shora.dossier.minutes",
    "shora.dossier.line",
    "shora.seal",
    "shora.integrity.check",
)


class ShoraIntegrityReading(models.AbstractModel):
    """Stored copies of what another record says, such as the council of an attendance: record rules and the checks
    themselves go by them, so a changed copy would hide its row. And what these rows point to is there.
    """

    _name = "shora.integrity.reading"
    _inherit = "shora.integrity.reading"

    def _of(self, council):
        problems, seals, files = super()._of(council)
        pointed = {}
        for model in dict.fromkeys([*self._sealed_models(), *self._fingerprints(), *BESIDE]):
            Model = self.env[model].with_context(active_test=False)
            for record in Model.search(self._domain_of(council, model), order="id"):
                problems += self._read(self._of_copies, record)
                self._note_references(record, pointed)
        return problems + self._of_references(pointed), seals, files

    def _of_copies(self, record):
        return [
            self._problem("altered", record, self._label(record, name))
            for name in sorted(copied_fields(record))
            if record[name] != self._source_of(record, name)
        ]

    def _source_of(self, record, name):
        for hop in record._fields[name].related.split("."):
            record = record[hop]
        return record

    def _note_references(self, record, pointed):
        for name in self._links_of(record._name):
            if other := record[name]:
                pointed.setdefault(other._name, {}).setdefault(other.id, (record, name))

    @ormcache("model")
    def _links_of(self, model):
        return tuple(
            field.name
            for field in self.env[model]._fields.values()
            if field.type == "many2one" and field.store and field.comodel_name.startswith("shora.")
        )

    def _of_references(self, pointed):
        """What sealed rows point to and is gone."""
        problems = []
        for model, by_id in pointed.items():
            there = self.env[model].browse(by_id).exists()._ids
            label = self.env["ir.model"]._get(model).name
            problems += [
                self._problem("missing", self.env[model].browse(row_id), self._label(record, name), f"{label} {row_id}")
                for row_id, (record, name) in by_id.items()
                if row_id not in there
            ]
        return problems
