import base64
import hashlib
import mimetypes

from odoo import api, fields, models
from odoo.addons.web_jalali.tools import jalali
from odoo.fields import Domain

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
    "shora.minutes": ("pdf", "covering_pdf", "signed_scan"),
    "shora.minutes.addendum": ("pdf",),
    "shora.minutes.step": ("letter_pdf",),
}


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
    def _keep(self, session, originals):
        """Copy ``originals`` (attachments) into the session's folder."""
        folder = self.env["shora.archive.folder"]._of(session.council_id, jalali.to_jalali(session.day)[0], session)
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
        if original.res_model == "shora.notice.document":
            return record.name
        end = mimetypes.guess_extension(original.mimetype or "") or ""
        return f"{office.env['ir.model']._get(record._name).sudo().name} - {label}{end}"


class ShoraSession(models.Model):
    """What of a session belongs into the archive, and what is not there yet."""

    _name = "shora.session"
    _inherit = "shora.session"

    def _archive_originals(self):
        """{session: attachments of which the Secretariat keeps a copy}, in superuser mode."""
        system = self.sudo()
        owner, domains = {}, []
        for model, names in SOURCES.items():
            records = system.env[model].search(
                Domain("id", "in", self.ids) if model == self._name else Domain("session_id", "in", self.ids)
            )
            if model == "shora.agenda.item":  # dispatched documents are the notice's; the others at closing
                records = records.filtered(lambda item: item.session_id.state == "closed")
            owner.update(
                {(model, record.id): record if model == self._name else record.session_id for record in records}
            )
            domains.append(
                Domain("res_model", "=", model) & Domain("res_id", "in", records.ids) & Domain("res_field", "in", names)
            )
        found = system.env["ir.attachment"].search(Domain.OR(domains), order="id")
        result = dict.fromkeys(system, found.browse())
        for (model, res_id), originals in found.grouped(lambda one: (one.res_model, one.res_id)).items():
            result[owner[model, res_id]] |= originals.filtered("checksum")
        return result

    def _archive_missing(self):
        """{session: originals without a copy}; sessions of which nothing is missing are left out."""
        originals = self._archive_originals()
        wanted = self.env["ir.attachment"].union(*originals.values())
        copies = self.env["shora.archive.copy"].sudo().search([("original_id", "in", wanted.ids)])
        there = set(copies.filtered(lambda copy: copy._attachment()).mapped(lambda c: (c.original_id, c.checksum)))
        missing = {
            session: ones.filtered(lambda one: (one.id, one.checksum) not in there)
            for session, ones in originals.items()
        }
        return {session: ones for session, ones in missing.items() if ones}

    @api.model
    def _cron_archive(self):
        """Copy what the Secretariat has no copy of (5-7); hourly, idempotent, one commit a session."""
        progress = self.env["ir.cron"]._commit_progress
        system = self._as_system()
        missing = system.search([("state", "not in", ("draft", "scheduled"))])._archive_missing()
        progress(remaining=len(missing))
        for session in missing:
            if session.try_lock_for_update():
                lost = session._archive_missing().get(session)
                if lost:
                    system.env["shora.archive.copy"]._keep(session, lost)
                    system.env["shora.finding"]._check(session.council_id)
            if not progress(1):
                break


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
        for session, originals in sessions._archive_missing().items():
            late = originals.filtered(lambda one: one.write_date < limit)
            if late:
                clause = session.council_id.bylaw_id._clause("5-7")
                found[session.council_id.id, "archive_missing", session._name, session.id] = {
                    "clause_id": clause.id,
                    "severity": "warn",
                    "actor": "head",
                    "date_since": min(late.mapped("write_date")).date(),
                }
        return found
