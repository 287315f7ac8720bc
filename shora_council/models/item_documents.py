from odoo import models
from odoo.addons.dms.tools.file import unique_name
from odoo.addons.web_jalali.tools import jalali
from odoo.exceptions import UserError

from ..tools.uninstall import is_uninstalling

#: fields of an attachment that are what the members read
CONTENT = frozenset({"raw", "datas", "db_datas", "store_fname", "name", "mimetype", "type", "url"})
#: fields that would open a document to others than the item's readers
OPENING = frozenset({"public", "access_token"})
#: fields that say whose a document is
OWNING = frozenset({"res_model", "res_id", "res_field"})
#: bytes a file system takes for a name, with room for a number
NAME_BYTES = 180


class ShoraAgendaItem(models.Model):
    """Documents of an item as files of the documents app: council / Jalali year / session / item.

    ``attachment_ids`` is the list that counts; each of its documents has one file in the item's directory. Who reads
    the item reads the directory and its files, by the storage's own way of inheriting access.
    """

    _name = "shora.agenda.item"
    _inherit = "shora.agenda.item"

    def _own_documents(self):
        result = super()._own_documents()
        self._file_documents()
        return result

    def write(self, vals):
        result = super().write(vals)
        if {"name", "session_id"} & set(vals):
            self._refresh_directories()
        return result

    def _file_documents(self):
        """Give each document its file, and take away the files of what is no document of the item any more."""
        Directory, File = self.env["dms.directory"].sudo(), self.env["dms.file"].sudo()  # the tree is nobody's to write
        there = {one.res_id: one for one in Directory._of_record(self)}
        for item in self.sudo():
            directory = there.get(item.id, Directory)
            if not directory and not item.attachment_ids:
                continue
            directory = directory or item._make_directory()
            filed = directory.file_ids
            gone = filed.filtered(lambda one, item=item: one.attachment_id not in item.attachment_ids)
            kept = filed - gone
            gone.with_context(dms_file=True).unlink()  # the file only; the attachment is whoever's took it off the list
            names = kept.mapped("name")
            rows = []
            for attachment in (item.attachment_ids - kept.attachment_id).sorted("id"):
                names.append(_free_name(attachment.name, names))
                rows.append({**attachment._as_file(), "name": names[-1], "directory_id": directory.id})
            File.with_context(dms_file=True, mail_create_nolog=True).create(rows)

    def _make_directory(self):
        self.council_id._claim()  # two first documents at once: the later request starts again and finds the directory
        Directory = self.env["dms.directory"].sudo()
        return Directory._child_for(self, self.session_id._make_directory(), _short(self.name))

    def _refresh_directories(self):
        """A renamed item, or one put on another session's agenda, takes its directory along."""
        for directory in self.env["dms.directory"]._of_record(self):
            item = self.browse(directory.res_id).sudo()
            parent = item.session_id._make_directory()
            names = (parent.child_directory_ids - directory).mapped("name")
            directory.with_context(check_name=False).write(
                {"parent_id": parent.id, "name": _free_name(_short(item.name), names)}
            )


class ShoraSession(models.Model):
    _name = "shora.session"
    _inherit = "shora.session"

    def write(self, vals):
        result = super().write(vals)
        if {"start", "state"} & set(vals):
            self._refresh_directories()
        return result

    def _make_directory(self):
        """The session's directory of documents, found or made, in superuser mode."""
        Directory = self.env["dms.directory"].sudo()
        found = Directory._of_record(self)
        return found or Directory._child_for(self, self._year_directory(), self._directory_name())

    def _office(self):
        """The session in the language of documents: names of directories are the office's, not the reader's."""
        return self.env["shora.reader"]._of_office(self).sudo()

    def _year_directory(self):
        office = self._office()
        year = jalali.to_jalali(self.day)[0]
        return self.env["dms.directory"]._year_of(office.council_id, office.env["shora.words"]._digits(year))

    def _directory_name(self):
        office = self._office()
        day = office.env["shora.words"]._digits(jalali.format_jalali(self.day).replace("/", "-"))
        kind = dict(office._fields["kind"]._description_selection(office.env))[office.kind]
        name = office.env._("Session %(number)s", number=office._number_in_words()) if office.number else kind
        return _short(f"{day} {name}")

    def _refresh_directories(self):
        """The directory is called by day and number, and lies in the year in which the session is held."""
        for directory in self.env["dms.directory"]._of_record(self):
            session = self.browse(directory.res_id)
            parent = session._year_directory()
            names = (parent.child_directory_ids - directory).mapped("name")
            name = _free_name(session._directory_name(), names)
            if (directory.parent_id, directory.name) != (parent, name):
                directory.with_context(check_name=False).write({"parent_id": parent.id, "name": name})


class IrAttachment(models.Model):
    """Documents of items where everybody else finds them too: their item's rules hold on this way as well."""

    _name = "ir.attachment"
    _inherit = "ir.attachment"

    def _item_documents(self):
        """Those of these attachments that are documents of agenda items; without a query when none belongs to one."""
        theirs = self.sudo().filtered(lambda one: one.res_model == "shora.agenda.item" and not one.res_field)
        if not theirs:
            return self.browse()
        items = self.env["shora.agenda.item"].sudo().browse(theirs.mapped("res_id")).exists()
        return self.browse(items.attachment_ids.ids) & self

    def _items_of_documents(self):
        return self.env["shora.agenda.item"].browse(set(self.sudo().mapped("res_id")))

    def _as_file(self):
        """Values of the file of the documents app that stands for this attachment."""
        return {"attachment_id": self.id, "size": self.file_size, "checksum": self.checksum}

    def write(self, vals):
        documents = self._item_documents() if (CONTENT | OPENING | OWNING) & set(vals) else self.browse()
        if not documents:
            return super().write(vals)
        self.check_access("write")  # first: a refusal names the session
        if not self.env.su and (any(vals.get(name) for name in OPENING) or OWNING & set(vals)):
            raise UserError(
                self.env._("A document of an agenda item is read by the readers of the item and by nobody else.")
            )
        items = documents._items_of_documents()
        before = {one.id: (one.checksum, one.name) for one in documents.sudo()}
        if CONTENT & set(vals):
            items.sudo()._check_session_open()
        result = super().write(vals)
        changed = documents.filtered(lambda one: before[one.id] != (one.sudo().checksum, one.sudo().name))
        if changed:
            changed._refresh_files()
            changed._items_of_documents().sudo()._mark_late()
        return result

    def _refresh_files(self):
        files = self.env["dms.file"].sudo().search([("attachment_id", "in", self.ids)])
        for one in files:
            names = (one.directory_id.file_ids - one).mapped("name")
            values = one.attachment_id._as_file()
            one.write({**values, "name": _free_name(one.attachment_id.name, names)})

    def unlink(self):
        documents = self._item_documents()
        if not documents or is_uninstalling(self.env):
            return super().unlink()
        self.check_access("unlink")
        items = documents._items_of_documents().sudo()
        items._check_session_open()
        self.env["dms.file"].sudo().with_context(dms_file=True).search(
            [("attachment_id", "in", documents.ids)]
        ).unlink()
        result = super().unlink()
        items._mark_late()
        return result


def _short(name):
    """``name`` as a directory is called: no separators, not longer than file systems take."""
    text = " ".join((name or "").replace("/", "-").replace("\\", "-").replace("\0", "").split()).strip(". ") or "-"
    return text.encode()[:NAME_BYTES].decode(errors="ignore").strip()


def _free_name(name, names):
    """``name`` of a file or directory, made free among ``names``, its ending kept."""
    stem, dot, end = (name or "").rpartition(".")
    short = f"{_short(stem)}.{_short(end)}" if dot and stem and len(end) <= 8 else _short(name)
    return unique_name(short, names, escape_suffix=True)
