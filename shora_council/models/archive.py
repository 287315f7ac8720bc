import base64
import hashlib
import mimetypes

from odoo import api, fields, models
from odoo.addons.web_jalali.tools import jalali
from odoo.fields import Domain
from odoo.tools import SQL

from .item_documents import _free_name, _short

STORAGE = "shora_council.dms_storage_archive"
#: what the Secretariat keeps a copy of (5-7): model → fields that hold a file; False: the documents attached to it
SOURCES = {
    "shora.session": ("attendance_scan",),
    "shora.agenda.item": (False,),
    "shora.notice": ("pdf", "pack"),
    "shora.notice.document": ("content",),
    "shora.notice.recipient": ("receipt",),
    "shora.notice.certificate": ("pdf",),
    "shora.minutes": ("pdf", "covering_pdf"),
    "shora.minutes.addendum": ("pdf",),
    "shora.minutes.file": ("file",),
    "shora.minutes.step": ("letter_pdf",),
    "shora.resolution": ("letter_pdf",),
    "shora.resolution.answer": ("file",),
}
#: an attachment ``a`` of which the archive has no whole copy
UNCOPIED = SQL(
    """
    NOT EXISTS (
        SELECT FROM shora_archive_copy c
          JOIN ir_attachment f ON f.res_model = 'shora.archive.copy' AND f.res_field = 'file'
                              AND f.res_id = c.id AND f.checksum = c.checksum
         WHERE c.original_id = a.id AND c.checksum = a.checksum)
    """
)


class ShoraArchiveFolder(models.Model):
    """A directory of the Secretariat's own tree (5-7): council, Jalali year, session. Its readers read the files."""

    _name = "shora.archive.folder"
    _description = "Folder of the Secretariat's archive"
    _inherit = ["shora.kept.mixin"]
    _order = "council_id, year, session_id"

    council_id = fields.Many2one("shora.council", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="council_id.company_id", store=True, index=True)
    year = fields.Integer(string="Jalali year")
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
            name = self.env["shora.words"].with_context(lang=self.env["shora.pdf"]._language())._digits(year)
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
    res_id = fields.Integer(required=True, string="Record of the original")
    original_id = fields.Integer(required=True, index=True, string="File of the original")
    checksum = fields.Char(required=True, help="SHA-1 by which Odoo keeps files.")
    sha256 = fields.Char(required=True, string="SHA-256")
    kept_at = fields.Datetime(required=True, string="Kept since")
    file = fields.Binary(attachment=True, required=True)

    _once = models.UniqueIndex("(original_id, checksum)", "This file is kept already.")

    @api.model
    def _keep(self, owner, originals):
        """Copy ``originals`` (attachments) into the folder of ``owner``, a session or a decree."""
        folder = owner._archive_folder()
        directory = folder._directory()
        names = directory.file_ids.mapped("name")
        for original in originals:
            raw = original.raw or b""
            names.append(_free_name(self._name_of(original), names))
            copy = self.sudo().create(
                {
                    "folder_id": folder.id,
                    "name": names[-1],
                    "res_model": original.res_model,
                    "res_id": original.res_id,
                    "original_id": original.id,
                    "checksum": original.checksum,
                    "sha256": hashlib.sha256(raw).hexdigest(),
                    "kept_at": fields.Datetime.now(),
                    "file": base64.b64encode(raw),
                }
            )
            self.env["dms.file"].sudo().with_context(dms_file=True, mail_create_nolog=True).create(
                {**copy._attachment()._as_file(), "name": copy.name, "directory_id": directory.id}
            )

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
        office = record.with_context(lang=self.env["shora.pdf"]._language())
        label = office._fields[original.res_field]._description_string(office.env)
        if original.res_model in ("shora.notice.document", "shora.minutes.file", "shora.dossier.scan"):
            return record.name
        end = mimetypes.guess_extension(original.mimetype or "") or ""
        return f"{office.env['ir.model']._get(record._name).sudo().name} - {label}{end}"


class ShoraSession(models.Model):
    """What of a session belongs into the archive, and what is not there yet."""

    _name = "shora.session"
    _inherit = "shora.session"

    def _archive_folder(self):
        """The folder of its copies: council, Jalali year, session."""
        return self.env["shora.archive.folder"]._of(self.council_id, jalali.to_jalali(self.day)[0], self)

    def _archive_missing(self):
        """{session: originals of which the archive has no copy, or whose copy has lost its file}, in superuser mode;
        sessions of which nothing is missing are left out. One query, whatever their number.
        """
        if not self:
            return {}
        self.env.flush_all()
        parts = self._archive_queries()
        missing, files = {}, self.env["ir.attachment"].sudo()  # the rules copy what nobody may read here
        for session_id, original_id in self.env.execute_query(
            SQL("SELECT * FROM (%s) AS missing ORDER BY 1, 2", SQL(" UNION ALL ").join(parts))
        ):
            session = self.browse(session_id)
            missing[session] = missing.get(session, files) | files.browse(original_id)
        return missing

    def _archive_queries(self):
        return [self._archive_query(model, names) for model, names in SOURCES.items()]

    def _archive_query(self, model, names):
        own = model == self._name
        condition = SQL("a.res_field IN %s", names) if all(names) else SQL("a.res_field IS NULL")
        if model == "shora.agenda.item":  # dispatched documents are the notice's; the others at closing
            condition = SQL("%s AND s.state = 'closed'", condition)
        return SQL(
            """
            SELECT s.id AS session_id, a.id AS original_id
              FROM ir_attachment a
              JOIN %(table)s r ON r.id = a.res_id
              JOIN shora_session s ON s.id = r.%(key)s
             WHERE a.res_model = %(model)s AND a.checksum IS NOT NULL AND s.id IN %(ids)s AND %(condition)s
               AND %(uncopied)s
            """,
            table=SQL.identifier(self.env[model]._table),
            key=SQL.identifier("id" if own else "session_id"),
            model=model,
            ids=tuple(self.ids),
            condition=condition,
            uncopied=UNCOPIED,
        )

    @api.model
    def _cron_archive(self):
        """Copy what the Secretariat has no copy of (5-7); hourly, idempotent, one commit a session or decree."""
        progress = self.env["ir.cron"]._commit_progress
        system = self._as_system()
        decrees = system.env["shora.decree"].search([("pdf_sha256", "!=", False)])
        owners = [
            *system.search([("state", "not in", ("draft", "scheduled"))])._archive_missing(),
            *decrees._archive_missing(),
        ]
        progress(remaining=len(owners))
        for owner in owners:
            if owner.try_lock_for_update():
                lost = owner._archive_missing().get(owner)
                if lost:
                    system.env["shora.archive.copy"]._keep(owner, lost)
                    system.env["shora.finding"]._check(owner.council_id)
            if not progress(1):
                break


class ShoraDecree(models.Model):
    """Issued decrees and what was filed with them: kept by council and Jalali year."""

    _name = "shora.decree"
    _inherit = "shora.decree"

    def _archive_folder(self):
        return self.env["shora.archive.folder"]._of(self.council_id, jalali.to_jalali(self.issued_at)[0])

    def _archive_missing(self):
        """As that of sessions: {decree: originals without a copy}, superuser mode, one query."""
        if not self:
            return {}
        self.env.flush_all()
        missing, files = {}, self.env["ir.attachment"].sudo()  # the rules copy what nobody may read here
        for decree_id, original_id in self.env.execute_query(
            SQL(
                """
                SELECT a.res_id, a.id
                  FROM ir_attachment a
                 WHERE a.res_model = 'shora.decree' AND a.res_field IN ('pdf', 'cv') AND a.checksum IS NOT NULL
                   AND a.res_id IN %(ids)s AND %(uncopied)s
                 ORDER BY 1, 2
                """,
                ids=tuple(self.ids),
                uncopied=UNCOPIED,
            )
        ):
            decree = self.browse(decree_id)
            missing[decree] = missing.get(decree, files) | files.browse(original_id)
        return missing


class ShoraFinding(models.Model):
    """A file of which the Secretariat has had no copy for a day (5-7)."""

    _name = "shora.finding"
    _inherit = "shora.finding"

    code = fields.Selection(
        selection_add=[("archive_missing", "Copy missing in the Secretariat's archive")],
        ondelete={"archive_missing": "cascade"},
    )

    def _expectations(self):
        return [*super()._expectations(), self._expect_archive]

    def _expect_archive(self, councils):
        sessions = self.env["shora.session"].search(
            Domain("council_id", "in", councils.ids) & Domain("state", "not in", ("draft", "scheduled"))
        )
        limit = fields.Date.subtract(fields.Datetime.now(), days=1)
        found = {}
        decrees = self.env["shora.decree"].search(
            Domain("council_id", "in", councils.ids) & Domain("pdf_sha256", "!=", False)
        )
        missing = {**sessions._archive_missing(), **decrees._archive_missing()}
        self.env["ir.attachment"].union(*missing.values()).fetch(["write_date"])  # one query, however many originals
        for owner, originals in missing.items():
            late = originals.filtered(lambda one: not one.write_date or one.write_date < limit)
            if late:
                since = min(one.write_date or limit for one in late)  # what was written past Odoo has no date
                clause = owner.council_id.bylaw_id._clause("5-7")
                found[owner.council_id.id, "archive_missing", owner._name, owner.id] = {
                    "clause_id": clause.id,
                    "severity": "warn",
                    "actor": "head",
                    "date_since": since.date(),
                }
        return found
