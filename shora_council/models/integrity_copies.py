from odoo import models

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
    themselves go by them, so a changed copy would hide its row.
    """

    _name = "shora.integrity.reading"
    _inherit = "shora.integrity.reading"

    def _of(self, council):
        problems, seals, files = super()._of(council)
        for model in dict.fromkeys([*self._sealed_models(), *self._fingerprints(), *BESIDE]):
            problems += self._of_copies(council, model)
        return problems, seals, files

    def _of_copies(self, council, model):
        Model = self.env[model].with_context(active_test=False)
        names = sorted(copied_fields(Model))
        if not names:
            return []
        return [
            self._problem("altered", record, self._label(record, name))
            for record in Model.search(self._domain_of(council, model), order="id")
            for name in names
            if record[name] != self._source_of(record, name)
        ]

    def _source_of(self, record, name):
        for hop in record._fields[name].related.split("."):
            record = record[hop]
        return record
