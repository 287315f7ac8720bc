import base64
import hashlib
import mimetypes

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .item_documents import _free_name, _short

STORAGE = "shora_council.dms_storage_archive"
#: files that may be replaced; the earlier one is copied before it goes
REPLACEABLE = {"shora.session": "attendance_scan", "shora.notice.recipient": "receipt"}
#: an attachment ``a`` that is not among the whole copies
UNCOPIED = SQL("NOT EXISTS (SELECT FROM whole c WHERE c.original_id = a.id AND c.checksum = a.checksum)")


def _uncopied(query, copies):
    """``query``, in which ``UNCOPIED`` and ``whole`` may stand, with the copies whose file is still what it was.

    They are found once, not for each original: a planner that knows nothing yet of new rows does no harm then.

    :param copies: condition on the copies ``c`` that may be of these originals
    """
    return SQL(
        """
        WITH whole AS MATERIALIZED (
            SELECT c.original_id, c.checksum, c.session_id
              FROM shora_archive_copy c
              JOIN ir_attachment f ON f.res_model = 'shora.archive.copy' AND f.res_field = 'file'
                                  AND f.res_id = c.id AND f.checksum = c.checksum
             WHERE %s)
        %s
        """,
        copies,
        query,
    )


class ShoraArchiveFolder(models.Model):
    """A directory of the Secretariat's own tree (5-7): council, Jalali year, session. Its readers read the files."""

    _name = "shora.archive.folder"
    _description = "Folder of the Secretariat's archive"
    _inherit = ["shora.kept.mixin"]
    _order = "council_id, year, session_id"

    council_id = fields.Many2one("shora.council", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="council_id.company_id", store=True, index=True)
    year = fields.Integer(string="Jalali year", aggregator=False)
    session_id = fields.Many2one("shora.session", index="btree_not_null", ondelete="restrict")
    name = fields.Char(required=True)
    copy_ids = fields.One2many("shora.archive.copy", "folder_id", string="Copies")

    _once = models.UniqueIndex("(council_id, COALESCE(year, 0), COALESCE(session_id, 0))", "This folder exists.")

    @api.model
    def _of(self, council, year=0, session=None):
        """The folder, made when it is the first file's; superuser mode."""
        folders = self.sudo()
        session_id = session.id if session else False
        found = folders.search(
            Domain("council_id", "=", council.id) & Domain("year", "=", year) & Domain("session_id", "=", session_id)
        )
        if found:
            return found
        name = council.name
        if session:
            name = session._directory_name()
        elif year:
            name = self.env["shora.reader"]._of_office(self.env["shora.words"])._digits(year)
        folder = folders.create(
            {"council_id": council.id, "year": year, "session_id": session_id, "name": _short(name)}
        )
        parent = self._of(council, year) if session else self._of(council) if year else None
        folder._make_directory(parent._directory() if parent else self.env["dms.directory"])
        return folder

    def _directory(self):
        return self.env["dms.directory"].sudo().search([("res_model", "=", self._name), ("res_id", "=", self.id)])

    def _make_directory(self, parent):
        quiet = {"check_name": False, "default_parent_id": False, "mail_create_nolog": True, "tracking_disable": True}
        tree = self.env["dms.directory"].sudo().with_context(**quiet)  # the tree is nobody's to write
        storage = self.env.ref(STORAGE)
        siblings = parent.child_directory_ids if parent else storage.sudo().root_directory_ids
        tree.create(
            {
                "name": _free_name(self.name, siblings.mapped("name")),
                "is_root_directory": not parent,
                "parent_id": parent.id,
                "storage_id": storage.id,
                "res_model": self._name,
                "model_id": self.env["ir.model"]._get_id(self._name),
                "res_id": self.id,
            }
        )


class ShoraArchiveCopy(models.Model):
    """The Secretariat's copy of one file (5-7), with its fingerprint; a changed original is kept beside it."""

    _name = "shora.archive.copy"
    _description = "Copy in the Secretariat's archive"
    _inherit = ["shora.kept.mixin"]
    _order = "folder_id, id"

    folder_id = fields.Many2one("shora.archive.folder", required=True, index=True, ondelete="restrict")
    session_id = fields.Many2one(related="folder_id.session_id", store=True, index=True)
    council_id = fields.Many2one(related="folder_id.council_id", store=True, index=True)
    company_id = fields.Many2one(related="folder_id.company_id", store=True, index=True)
    name = fields.Char(required=True)
    res_model = fields.Char(required=True, string="Model of the original")
    res_id = fields.Integer(required=True, string="Record of the original", aggregator=False)
    original_id = fields.Integer(required=True, index=True, string="File of the original", aggregator=False)
    checksum = fields.Char(required=True, help="SHA-1 by which Odoo keeps files.")
    sha256 = fields.Char(required=True, string="SHA-256")
    kept_at = fields.Datetime(required=True, string="Kept since")
    file = fields.Binary(attachment=True, required=True)

    _once = models.UniqueIndex("(original_id, checksum)", "This file is kept already.")

    @api.model
    def _keep(self, owner, originals):
        """Copy ``originals`` (attachments) into the folder of ``owner``, a session or another record of a council.

        What is no longer what was stored, because somebody changed or removed it in the filestore, is left out: it
        stays a finding, and the integrity check names it.
        """
        folder = owner._archive_folder()
        directory = folder._directory()
        names = directory.file_ids.mapped("name")
        rows = self.sudo().search(  # written by the rules
            Domain("folder_id", "=", folder.id) & Domain("original_id", "in", originals.ids)
        )
        there = {(copy.original_id, copy.checksum): copy for copy in rows}
        for original in originals:
            raw = original.raw or b""
            if original._compute_checksum(raw) != original.checksum:
                continue
            names.append(_free_name(self._name_of(original), names))
            copy = there.get((original.id, original.checksum))
            if copy:
                if not copy._put_back(raw):
                    continue
            else:
                values = {
                    "folder_id": folder.id,
                    "name": names[-1],
                    "res_model": original.res_model,
                    "res_id": original.res_id,
                    "original_id": original.id,
                    "checksum": original.checksum,
                    "sha256": hashlib.sha256(raw).hexdigest(),
                    "kept_at": fields.Datetime.now(),
                }
                copy = rows.create({**rows._bound(values, original), "file": base64.b64encode(raw)})
            self.env["dms.file"].sudo().with_context(dms_file=True, mail_create_nolog=True).create(
                {**copy._attachment()._as_file(), "name": names[-1], "directory_id": directory.id}
            )

    def _put_back(self, raw):
        """Give a copy whose file was removed past all guards its file again.

        :return: whether it was put back; not where another file has taken its place, which is left as evidence
        """
        if self._attachment() or hashlib.sha256(raw).hexdigest() != self.sha256:
            return False
        self.env["ir.attachment"].sudo().create(  # as the field itself stores it
            {"name": "file", "raw": raw, "res_model": self._name, "res_field": "file", "res_id": self.id}
        )
        self.invalidate_recordset(["file"])
        return True

    @api.model
    def _missing_of(self, records, names):
        """{record: originals without a whole copy} of files that belong to no session, superuser mode, one query.

        :param records: of one model
        :param names: its fields that hold a file
        """
        missing, files = {}, self.env["ir.attachment"].sudo()  # the rules copy what nobody may read here
        if not records:
            return missing
        self.env.flush_all()
        query = SQL(
            """
            SELECT a.res_id, a.id
              FROM ir_attachment a
             WHERE a.res_model = %(model)s AND a.res_field IN %(names)s AND a.checksum IS NOT NULL
               AND a.res_id IN %(ids)s AND %(uncopied)s
             ORDER BY 1, 2
            """,
            model=records._name,
            names=names,
            ids=tuple(records.ids),
            uncopied=UNCOPIED,
        )
        copies = SQL("c.res_model = %s AND c.res_id IN %s", records._name, tuple(records.ids))
        for record_id, original_id in self.env.execute_query(_uncopied(query, copies)):
            record = records.browse(record_id)
            missing[record] = missing.get(record, files) | files.browse(original_id)
        return missing

    @api.model
    def _keep_missing(self, owner):
        """Copy what is missing of ``owner``."""
        for record, lost in owner._archive_missing().items():
            self._keep(record, lost)
            self.env["shora.finding"]._check(record.council_id)

    @api.model
    def _keep_before_replaced(self, attachments):
        """Copy those of ``attachments`` that may be replaced, before they are."""
        for model, name in REPLACEABLE.items():
            mine = attachments.filtered(lambda one, m=model, n=name: (one.res_model, one.res_field) == (m, n))
            records = self.env[model].sudo().browse(set(mine.mapped("res_id"))).exists() if mine else ()
            sessions = records and (records if model == "shora.session" else records.session_id)
            for session, originals in (sessions._archive_missing() if sessions else {}).items():
                if kept := originals & mine:
                    self._keep(session, kept)

    def _attachment(self):
        return (
            self.env["ir.attachment"]
            .sudo()
            .search([("res_model", "=", self._name), ("res_field", "=", "file"), ("res_id", "in", self.ids)])
        )

    def _name_of(self, original):
        if not original.res_field:
            return original.name
        record = self.env[original.res_model].sudo().browse(original.res_id)
        office = self.env["shora.reader"]._of_office(record)
        label = office._fields[original.res_field]._description_string(office.env)
        if original.res_model in ("shora.notice.document", "shora.minutes.file", "shora.dossier.scan"):
            return record.name
        end = mimetypes.guess_extension(original.mimetype or "") or ""
        return f"{office.env['ir.model']._get(record._name).sudo().name} - {label}{end}"
