import json

from odoo import models
from odoo.exceptions import MissingError
from odoo.fields import Domain

from ..rules import clock, sealing

#: files whose SHA-256 their record keeps: model → (field of the file, field of its SHA-256)
FINGERPRINTS = {
    "shora.minutes": (("pdf", "pdf_sha256"), ("covering_pdf", "covering_sha256")),
    "shora.minutes.step": (("letter_pdf", "letter_sha256"),),
    "shora.minutes.addendum": (("pdf", "pdf_sha256"),),
    "shora.minutes.file": (("file", "pdf_sha256"),),
    "shora.decree": (("pdf", "pdf_sha256"),),
    "shora.notice": (("pdf", "pdf_sha256"), ("pack", "pack_sha256")),
    "shora.notice.document": (("content", "sha256"),),
    "shora.notice.recipient": (("receipt", "receipt_sha256"),),
    "shora.notice.certificate": (("pdf", "pdf_sha256"),),
    "shora.resolution": (("letter_pdf", "letter_sha256"),),
    "shora.resolution.answer": (("file", "sha256"),),
    "shora.archive.copy": (("file", "sha256"),),
}


class ShoraIntegrityReading(models.AbstractModel):
    """Reads what is sealed as it is in the database and the filestore, and tells where it departs from its seal.

    In superuser mode and without caches: called by ``shora.integrity.check`` only. Problems are plain values of
    ``shora.integrity.problem``; names are read off the records, or off the seal where the record is gone.
    """

    _name = "shora.integrity.reading"
    _description = "Reading of sealed documents"

    def _of(self, council):
        """
        :return: (problems, seals in the order of the chain, number of files read)
        """
        seals = self.env["shora.seal"].search([("council_id", "=", council.id)], order="position, id")
        problems = self._of_chain(council, seals) + self._of_heads(council, seals.mapped("link"))
        for model in self._sealed_models():
            problems += self._of_sealed(council, model, seals.filtered(lambda seal, m=model: seal.res_model == m))
        files = 0
        for model, pairs in self._fingerprints().items():
            for file_field, mark in pairs:
                found, count = self._of_files(council, model, file_field, mark)
                problems += found
                files += count
        return problems, seals, files

    def _sealed_models(self):
        """What is in the chain: frozen by its signature, with the file beside it."""
        models_ = (self.env[name] for name in sorted(self.env.registry))
        return [one._name for one in models_ if getattr(one, "_seal_schema", None) and not one._abstract]

    def _fingerprints(self):
        return FINGERPRINTS

    def _domain_of(self, council, model):
        """Which records of ``model`` are the council's: by their own copy of it, and by what it was copied from."""
        domain = Domain("council_id", "=", council.id)
        source = self.env[model]._fields["council_id"].related
        return domain | Domain(source, "=", council.id) if source else domain

    def _read(self, part, *args):
        """What ``part`` finds. Where it meets a row that is gone it ends; what is gone is named by itself
        (``_of_references``).
        """
        try:
            return part(*args)
        except MissingError:
            return []

    def _problem(self, kind, record, detail="", name=None):
        if not name:
            try:
                name = record.display_name
            except MissingError:  # what it takes its name from is gone
                name = f"{self.env['ir.model']._get(record._name).name} {record.id}"
        return {
            "kind": kind,
            "res_model": record._name,
            "res_id": record.id,
            "name": name or str(record),
            "detail": detail,
        }

    def _label(self, record, field):
        return record._fields[field]._description_string(self.env)

    # --- the chain and its records ---

    def _of_chain(self, council, seals):
        by_position = {seal.position: seal for seal in reversed(seals)}
        problems = []
        for position, why in self.env["shora.seal"]._breaks(council):
            seal = by_position.get(position)
            detail = self.env._("Position %(position)s of the chain", position=position)
            problems.append(self._problem(why, seal or council, detail))
        return problems

    def _of_heads(self, council, links, head="head_link", count="seal_count"):
        """Links with which a chain ended at an earlier check that found nothing: what was cut off with all its rows
        leaves them behind.

        :param links: those of the chain now
        :param head, count: what a check keeps of this chain
        """
        ends = self.env["shora.integrity.check"]._read_group(
            [("council_id", "=", council.id), ("problem_count", "=", 0), (head, "!=", False)],
            [head],
            [f"{count}:max", "checked_at:min"],
        )
        links, words = set(links), self.env["shora.words"]
        return [
            self._problem(
                "missing",
                council,
                self.env._(
                    "Position %(position)s of the chain, its end on %(day)s",
                    position=length,
                    day=words._day(clock.tehran_day(checked_at)),
                ),
            )
            for link, length, checked_at in ends
            if link not in links
        ]

    def _of_sealed(self, council, model, seals):
        """Records against their seals: gone, altered, or signed without one."""
        Model = self.env[model]
        sealed = {seal.res_id: seal for seal in seals}
        records = Model.search(self._domain_of(council, model), order="id")
        there = Model.browse(sealed).exists()
        problems = [
            self._problem("missing", Model.browse(seal.res_id), name=seal.name)
            for seal in seals
            if seal.res_id not in there._ids
        ]
        for record in records | there:
            seal = sealed.get(record.id)
            if seal:
                problems += [
                    self._problem("altered", record, self._label(record, name), seal.name)
                    for name in self._read(self._departures, record, seal)
                ]
                for part in (self._of_rows, self._of_lists, self._of_facts, self._of_traces):
                    problems += self._read(part, record, seal)
            elif record.state in record._frozen_states:
                problems.append(self._problem("added", record, self.env._("Signed, but without a seal")))
        return problems

    def _departures(self, record, seal):
        """Names of the fields of a signed record that are not as they were sealed."""
        names = []
        if record.state not in record._frozen_states:
            names.append("state")
        if record.content_sha256 != seal.content_sha256:
            names.append("content_sha256")
        if record.pdf_sha256 != seal.pdf_sha256:
            names.append("pdf_sha256")
        if record.session_id != seal.session_id:
            names.append("session_id")
        if sealing.sha256_hex((record.content_json or "").encode()) != seal.content_sha256:
            return [*names, "content_json"]
        try:
            mirror = record._sealed_mirror(json.loads(record.content_json)["content"])
        except (AttributeError, KeyError, TypeError, ValueError):  # another content with its own fingerprint
            return [*names, "content_json"]
        return names + [name for name, value in mirror.items() if (str(record[name] or "") != str(value or ""))]

    def _of_rows(self, record, seal):
        """The rows that show on the screen what was sealed."""
        try:
            rows = record._sealed_rows(json.loads(record.content_json)["content"])
        except (AttributeError, KeyError, TypeError, ValueError):
            return []  # content that is no content is named already
        return [
            self._problem("altered", row, f"{self._label(row, name)} · {seal.name}")
            for row, name, sealed in rows
            if str(row[name] or "") != str(sealed or "")
        ]

    def _of_lists(self, record, seal):
        """Rows beside a sealed record that were added or removed since."""
        try:
            lists = record._sealed_lists(json.loads(record.content_json)["content"])
        except (AttributeError, KeyError, TypeError, ValueError):
            return []  # as above
        problems = []
        for rows, key, sealed in lists:
            label = self.env["ir.model"]._get(rows._name).name
            if None in sealed:
                continue  # sealed before the content named its rows
            there, twice = {}, []
            for row in rows:
                row_id = row.id if key == "id" else row[key].id
                twice += [row] if row_id in there else []
                there.setdefault(row_id, row)
            for row_id, name in sealed.items():
                if row_id not in there:
                    gone = rows.browse(row_id) if key == "id" else record
                    problems.append(self._problem("missing", gone, f"{label} · {seal.name}", name))
            added = [*twice, *(row for row_id, row in there.items() if row_id not in sealed)]
            problems += [self._problem("added", row, seal.name) for row in added]
        return problems

    # --- files ---

    def _of_files(self, council, model, file_field, mark):
        """The files of one field against the SHA-256 that their records keep.

        :return: (problems, number of files read)
        """
        Model = self.env[model].with_context(active_test=False)
        records = Model.search(self._domain_of(council, model), order="id")
        # In 19.0.0.1.0 that of the pack was one of letter and documents: a pack was no file yet, and had no pages.
        marked = records.filtered("pack_pages") if mark == "pack_sha256" else records
        marks = {record.id: record[mark] for record in marked}
        files = self.env["ir.attachment"].search(
            [("res_model", "=", model), ("res_field", "=", file_field), ("res_id", "in", records.ids)], order="id"
        )
        by_record = files.grouped("res_id")
        problems = []
        for record in records:
            own = by_record.get(record.id, files.browse())
            label = self._label(record, file_field)
            if not marks.get(record.id):
                problems += [self._problem("added", record, label) for _file in own]
            elif not own:
                problems.append(self._problem("missing", record, label))
            else:
                problems += [self._problem("added", record, label) for _file in own[1:]]
                problems += self._of_file(record, own[0], label, marks[record.id])
        return problems, len(files)

    def _of_file(self, record, file, label, mark):
        data = file._file_read(file.store_fname) if file.store_fname else file.db_datas
        if not data:
            return [self._problem("missing", record, label)]
        served = file.type == "binary" and not file.url and file.file_size == len(data)
        whole = served and file.checksum == file._compute_checksum(data) and sealing.sha256_hex(data) == mark
        return [] if whole else [self._problem("altered", record, label)]
