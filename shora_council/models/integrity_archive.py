from odoo import models
from odoo.fields import Domain

COPY = "shora.archive.copy"
FOLDER = "shora.archive.folder"


class ShoraIntegrityReading(models.AbstractModel):
    """The Secretariat's copies (5-7) as witnesses of what they were made of, and as files of the documents app."""

    _name = "shora.integrity.reading"
    _inherit = "shora.integrity.reading"

    def _of(self, council):
        problems, seals, files = super()._of(council)
        copies = self._copies_of(council)
        problems += self._of_copies_chain(council, copies)
        problems += self._read(self._of_originals, copies, seals)
        problems += self._read(self._of_documents_app, council, copies)
        return problems, seals, files

    def _copies_of(self, council):
        """The copies in the order of their chain."""
        return self.env[COPY].search(self._domain_of(council, COPY), order="position, id")

    def _of_copies_chain(self, council, copies):
        """Copies that are not what was linked, and records that no longer say what they said when they were kept."""
        at = {copy.position: copy for copy in reversed(copies)}
        problems = [
            self._problem(
                why,
                at.get(position, council),
                self.env._("Position %(position)s of the chain of copies", position=position),
            )
            for position, why in copies._breaks(council)
        ]
        problems += self._of_heads(council, copies.mapped("link"), "copy_link", "copy_count")
        return problems + [
            self._problem("altered", record, self._label(record, name))
            for record, name in self._read(copies._departures)
        ]

    def _of_originals(self, copies, seals):
        """Records of which only a copy is left, or of which a copy says something else."""
        sealed = set(zip(seals.mapped("res_model"), seals.mapped("res_id"), strict=True)) if seals else set()
        fingerprints = self._fingerprints()
        originals = self.env["ir.attachment"].browse(set(copies.mapped("original_id"))).exists().grouped("id")
        problems = []
        for model, theirs in copies.grouped("res_model").items():
            if model == COPY or model not in fingerprints:
                problems += self._of_loose(theirs, originals)
                continue
            there = self.env[model].browse(set(theirs.mapped("res_id"))).exists()._ids
            # the seal names what is in the chain
            gone = {one.res_id: one for one in theirs if one.res_id not in there and (model, one.res_id) not in sealed}
            label = self.env["ir.model"]._get(model).name
            problems += [
                self._problem("missing", self.env[model].browse(res_id), one.folder_id.name, f"{label} · {one.name}")
                for res_id, one in gone.items()
            ]
            problems += self._of_witnesses(theirs.filtered(lambda one, t=there: one.res_id in t), originals, model)
        return problems

    def _of_loose(self, copies, originals):
        """Copies of files whose SHA-256 no record keeps, or that say of themselves to be such."""
        return [
            self._problem("altered", copy, self._label(copy, "res_model"))
            for copy in copies
            if (original := originals.get(copy.original_id))
            and (original.res_model, original.res_id) != (copy.res_model, copy.res_id)
        ]

    def _of_witnesses(self, copies, originals, model):
        marks, problems = dict(self._fingerprints()[model]), []
        for copy in copies:
            original = originals.get(copy.original_id, self.env["ir.attachment"])
            if not original:
                continue  # a receipt that was replaced; other files are missed by their records
            if (original.res_model, original.res_id) != (copy.res_model, copy.res_id):
                problems.append(self._problem("altered", copy, self._label(copy, "res_id")))
                continue
            record = self.env[model].browse(copy.res_id)
            mark = marks.get(original.res_field)
            if mark and record[mark] != copy.sha256:
                problems.append(self._problem("altered", record, self._label(record, original.res_field)))
        return problems

    def _of_documents_app(self, council, copies):
        """Every copy is one file in the directory of its folder, and every file there is a copy."""
        folders = self.env[FOLDER].search([("council_id", "=", council.id)])
        at = Domain("res_model", "=", FOLDER) & Domain("res_id", "in", folders.ids)
        directories = self.env["dms.directory"].with_context(active_test=False).search(at)
        folder_of = {directory.id: directory.res_id for directory in directories}
        files = self.env["dms.file"].search([("directory_id", "in", directories.ids)], order="id")
        own = {one.res_id: one for one in copies._attachment()}
        shown, problems = {}, []
        for file in files:
            attachment = file.attachment_id
            copy = copies.browse(attachment.res_id) if attachment.res_model == COPY else copies.browse()
            if copy not in copies:
                gone = copy or copies.browse(0)
                problems.append(self._problem("missing", gone, file.directory_id.name, file.name))
            elif folder_of[file.directory_id.id] == copy.folder_id.id and file.checksum == copy.checksum:
                shown.setdefault(copy.id, file)
        for copy in copies:
            attachment = own.get(copy.id)
            if attachment and attachment.checksum != copy.checksum:
                problems.append(self._problem("altered", copy, self._label(copy, "checksum")))
            if copy.id not in shown:
                problems.append(self._problem("missing", copy, copy.folder_id.name))
        return problems
