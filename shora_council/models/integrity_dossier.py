import json

from odoo import models
from odoo.fields import Domain

from ..rules import sealing

#: field of the dossier → what its content calls it
MIRROR = {
    "name": "title",
    "number": "number",
    "introduction": "introduction",
    "presented_name": ("presented_by", "name"),
}


class ShoraIntegrityReading(models.AbstractModel):
    """The dossiers in which a council's minutes are: their files, the content from which those were made, and the rows
    that show it (5-9).
    """

    _name = "shora.integrity.reading"
    _inherit = "shora.integrity.reading"

    def _of(self, council):
        problems, seals, files = super()._of(council)
        dossiers = self.env["shora.dossier"].search(self._domain_of(council, "shora.dossier"), order="id")
        for dossier in dossiers:
            problems += self._read(self._of_dossier, dossier)
        return problems, seals, files

    def _of_dossier(self, dossier):
        json_, mark = dossier.content_json, dossier.content_sha256
        if bool(json_) != (dossier.state in dossier._frozen_states):
            return [self._problem("altered", dossier, self._label(dossier, "state"))]
        if mark != (json_ and sealing.sha256_hex(json_.encode())):
            return [self._problem("altered", dossier, self._label(dossier, "content_json"))]
        if not json_:
            return []
        try:
            content = json.loads(json_)["content"]
            return self._of_presented(dossier, content) + self._of_parts(dossier, content)
        except (AttributeError, KeyError, TypeError, ValueError):  # another content with its own fingerprint
            return [self._problem("altered", dossier, self._label(dossier, "content_json"))]

    def _of_presented(self, dossier, content):
        sealed = {
            name: content[key] if isinstance(key, str) else content[key[0]][key[1]] for name, key in MIRROR.items()
        }
        now = {name: dossier[name] or "" for name in MIRROR}
        sealed["presented_at"] = content["presented_at"]
        now["presented_at"] = dossier.presented_at.isoformat() if dossier.presented_at else ""
        return [
            self._problem("altered", dossier, self._label(dossier, name))
            for name, value in now.items()
            if value != sealed[name]
        ]

    def _of_parts(self, dossier, content):
        parts = {part["minutes"]: part for part in content["parts"]}
        problems = self._of_written(dossier, dossier.part_ids, "minutes_id", parts, ("summary",))
        for part in dossier.part_ids:
            if sealed := parts.get(part.minutes_id.id):
                problems += self._of_lines(dossier, part.line_ids, sealed["lines"])
        return problems + self._of_lines(dossier, dossier.line_ids.filtered("is_again"), content["again"])

    def _of_lines(self, dossier, lines, sealed):
        by_resolution = {line["resolution"]: line for line in sealed}
        return self._of_written(dossier, lines, "resolution_id", by_resolution, ("summary", "recommendation"))

    def _of_written(self, dossier, rows, key, sealed, names):
        """Rows of a dossier against what was sealed of them, {id in ``key``: content}."""
        there = {row[key].id or 0: row for row in rows}
        label = self.env["ir.model"]._get(rows._name).name
        problems = [self._problem("missing", dossier, label) for one in sealed if one not in there]
        for one, row in there.items():
            if one not in sealed:
                problems.append(self._problem("added", row, dossier.display_name))
                continue
            problems += [
                self._problem("altered", row, f"{self._label(row, name)} · {dossier.display_name}")
                for name in names
                if (row[name] or "") != sealed[one][name]
            ]
        return problems

    def _fingerprints(self):
        return {
            **super()._fingerprints(),
            "shora.dossier": (("pdf", "pdf_sha256"),),
            "shora.dossier.scan": (("file", "sha256"),),
        }

    def _domain_of(self, council, model):
        lines = Domain("council_id", "=", council.id)
        if model == "shora.dossier":
            return Domain("line_ids", "any", lines)
        if model == "shora.dossier.scan":
            whole = Domain("line_id", "=", False) & Domain("dossier_id.line_ids", "any", lines)
            return whole | Domain("line_id", "any", lines)
        return super()._domain_of(council, model)
