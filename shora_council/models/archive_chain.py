import json
import logging
from functools import partial

from odoo import api, fields, models

from ..rules import sealing

_logger = logging.getLogger(__name__)

FACTS_SCHEMA = "shora.facts/1"
#: what a row tells of the document that is its file, and what stays as it was when that was issued: (model, field of
#: the file) → names. Left out: what later days add (an official number), and persons, of whom two may be made one; the
#: name as printed is here.
FACTS = {
    ("shora.decree", "pdf"): "council_id kind seat_id end_ground ends_decree_id supersedes_id post_until proposal_note"
    " proposed_by_id proposed_at date_from internal_number attachment_note copies_to body issued_at issued_by_id"
    " recipient_title recipient_name recipient_position gives_membership is_imported academic_rank field_of_study"
    " cv_name",
    ("shora.notice", "pdf"): "session_id subject body internal_number late_reason dispatched_at dispatched_by_id"
    " pack_pages",
    ("shora.notice.document", "content"): "notice_id item_id item_name item_number sequence name size mimetype place"
    " why pages first_page checksum",
    ("shora.notice.certificate", "pdf"): "notice_id number issued_at issued_by_id",
    ("shora.minutes", "covering_pdf"): "covering_number forwarded_at forwarded_by_id",
    ("shora.minutes.step", "letter_pdf"): "minutes_id kind round number at by_id by_name due is_late note addenda",
    ("shora.resolution", "letter_pdf"): "letter_note letter_number notified_at notified_by_id notified_name"
    " addressee_title addressee_name",
    ("shora.resolution.answer", "file"): "resolution_id day number text file_name recorded_at recorded_name",
    ("shora.dossier.scan", "file"): "dossier_id line_id name filed_at filed_by_id filed_name",
}
#: what a link binds beside the fingerprints of the file and of the facts
PLACE = ("position", "folder_id", "name", "res_model", "res_id", "original_id", "checksum", "kept_at")


class ShoraArchiveCopy(models.Model):
    """The copies of a council are a chain like its sealed documents (5-5, 5-7): whoever changes a decree or a notice
    with its fingerprint and its copy leaves a link that no longer fits. The link binds what the row of the document
    said of it, too.
    """

    _name = "shora.archive.copy"
    _inherit = "shora.archive.copy"

    position = fields.Integer(string="Position in the chain of copies", aggregator=False)
    facts_json = fields.Text(string="What the record said")
    previous = fields.Char(string="Link before")
    link = fields.Char(help="SHA-256 over this row and the link before it.")

    @api.model
    def _bound(self, values, original):
        """``values`` of a new copy with its place in the chain of its council.

        :param original: the attachment of which it is a copy
        """
        rows, folder = self.sudo(), self.env["shora.archive.folder"].sudo().browse(values["folder_id"])  # as the chain
        council = folder.council_id
        position = rows.env["shora.seal.count"]._next(council, "copies")
        before = rows.search(
            [("council_id", "=", council.id), ("position", "<", position)], order="position desc", limit=1
        )
        row = rows._linked(values, original, position, before.link or sealing.GENESIS)
        # Told outside the database, once it is true: see rules/anchors.py.
        self.env.cr.postcommit.add(partial(_logger.info, "%s: %s copies, head %s", council.code, position, row["link"]))
        return row

    @api.model
    def _linked(self, values, original, position, previous):
        """``values`` of a copy with what its place in the chain adds: what the row of ``original`` says, and the link.

        :param previous: link before it
        """
        facts = self._facts_of(original)
        data = sealing.canonical(facts, FACTS_SCHEMA).decode() if facts else False
        row = {**values, "position": position, "facts_json": data, "previous": previous}
        return {**row, "link": sealing.link(*self._parts(row))}

    @api.model
    def _facts_of(self, original):
        """What the row says of the document that ``original`` is; empty where nothing is bound."""
        names = FACTS.get((original.res_model, original.res_field), "").split()
        return self._said(self.env[original.res_model].sudo().browse(original.res_id), names) if names else {}

    @api.model
    def _said(self, record, names):
        """``names`` of ``record`` in JSON's own types."""
        row = {name: record[name] for name in names}
        plain = {name: value.id if isinstance(value, models.BaseModel) else value for name, value in row.items()}
        return json.loads(sealing.canonical(plain, FACTS_SCHEMA))["content"]

    @api.model
    def _parts(self, row):
        """What the link of ``row`` is made of: previous link, fingerprint of the facts, of the file, and its place.

        :param row: values of a copy, links as ids
        """
        facts = sealing.sha256_hex((row["facts_json"] or "").encode())
        return row["previous"] or "", facts, row["sha256"] or "", {name: row[name] for name in PLACE}

    def _breaks(self, council):
        """Where these copies, all of ``council``, are no chain: see :func:`rules.sealing.breaks`."""
        rows = []
        for copy in self.sorted(lambda one: (one.position, one.id)):
            row = {name: copy[name] for name in (*PLACE, "facts_json", "previous", "sha256")}
            previous, facts, sha256, place = self._parts({**row, "folder_id": copy.folder_id.id})
            rows.append((copy.position, previous, facts, sha256, copy.link or "", place))
        return sealing.breaks(rows, self.env["shora.seal.count"]._length(council, "copies"))

    def _departures(self):
        """[(record, field)] where a record no longer says what it said when its document was kept."""
        found = []
        bound = self.filtered(lambda copy: copy.facts_json and copy.res_model in self.env)
        for model, copies in bound.grouped("res_model").items():
            there = self.env[model].browse(set(copies.mapped("res_id"))).exists().grouped("id")
            for copy in copies.filtered(lambda one, t=there: one.res_id in t):
                try:
                    facts = dict(json.loads(copy.facts_json)["content"])
                except (KeyError, TypeError, ValueError):
                    continue  # other facts, which the link names
                record = there[copy.res_id]
                now = self._said(record, [name for name in facts if name in record._fields])
                found += [(record, name) for name, value in now.items() if value != facts[name]]
        return found
