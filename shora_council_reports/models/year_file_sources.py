import mimetypes
import os
import re

from odoo import models
from odoo.addons.shora_council.models.archive_sources import SOURCES
from odoo.addons.shora_council.models.pdf import NAME_FIELDS
from odoo.addons.shora_council.models.session import HELD
from odoo.addons.shora_council.rules import clock
from odoo.addons.web_jalali.tools import jalali
from odoo.fields import Domain

from ..report import TABLES

#: reports that are printed too, beside their workbook
PRINTED = ("yearly_report", "council_register", "compliance_report", "plan_actual")
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]')


def safe_name(name):
    """``name`` as a file may be called on every system, and on one line of the manifest."""
    return _FORBIDDEN.sub("-", name).strip(" .") or "-"


class ShoraYearFile(models.Model):
    """Which papers belong into the file of a year: looked for with the rights of who ordered it."""

    _name = "shora.year.file"
    _inherit = "shora.year.file"

    def _papers(self):
        """Values of the papers, in the order of the ZIP, each with a path of its own."""
        reader = self._reader()
        reader._check_may_order(reader.council_id)
        taken, papers = set(), []
        # Looking through what is sealed judges the findings too: the reports say what it found.
        for folder, name, values in (*reader._integrity(), *reader._stored(), *reader._documents(), *reader._reports()):
            papers.append({**values, "path": _free(f"{folder}/{name}" if folder else name, taken)})
        return papers

    def _period(self):
        return jalali.jalali_year_bounds(self.year)

    def _days(self, field):
        first, last = self._period()
        return Domain(field, ">=", first) & Domain(field, "<=", last)

    def _moments(self, field):
        first, last = self._period()
        return Domain(field, ">=", clock.day_start_utc(first)) & Domain(field, "<", clock.day_end_utc(last))

    def _sessions(self):
        ours = Domain("council_id", "=", self.council_id.id) & Domain("state", "not in", ("draft", "scheduled"))
        return self.env["shora.session"].search(ours & self._days("day"), order="start, id")

    # --- as they were sealed or filed ---

    def _stored(self):
        """Files of records that were sealed or filed: those that the Secretariat's archive keeps too."""
        sessions = self._sessions()
        folders = {session: self._in(self.env._("Sessions"), session._directory_name()) for session in sessions}
        for model, names in SOURCES.items():
            yield from self._files_of_sessions(model, [name for name in names if name], sessions, folders)
        decrees = self.env["shora.decree"].search(
            Domain("council_id", "=", self.council_id.id) & self._moments("issued_at"), order="issued_at, id"
        )
        yield from self._files(decrees, ["pdf"], lambda decree: self._in(self.env._("Decrees")))
        plans = self.env["shora.annual.plan"].search(self._of_year())
        yield from self._files(plans, ["decision_scan"], lambda plan: self._in(self.env._("Annual plan")))
        dossiers = self.env["shora.dossier"].search(
            Domain("line_ids.minutes_id.session_id", "in", sessions.ids), order="id"
        )
        yield from self._files(dossiers, ["pdf"], lambda one: self._in(self.env._("Dossiers for the President")))

    def _of_year(self):
        return Domain("council_id", "=", self.council_id.id) & Domain("year", "=", self.year)

    def _files_of_sessions(self, model, names, sessions, folders):
        if not names:
            return
        key = "id" if model == "shora.session" else "session_id"
        domain = Domain(key, "in", sessions.ids)
        if model == "shora.notice.document":
            domain &= Domain("place", "=", "beside")  # the others are pages of the pack
        records = self.env[model].search(domain, order="id")
        yield from self._files(records, names, lambda record: folders[record if key == "id" else record.session_id])

    def _files(self, records, names, folder_of):
        """(folder, name, values) of what is stored in the fields ``names`` of ``records``; one query."""
        files = self.env["ir.attachment"].sudo()  # whoever may read the record may read its files
        found = files.search(
            Domain("res_model", "=", records._name)
            & Domain("res_field", "in", names)
            & Domain("res_id", "in", records.ids),
            order="res_id, res_field, id",
        )
        by_id = {record.id: record for record in records}
        for file in sorted(found, key=lambda file: (records.ids.index(file.res_id), names.index(file.res_field))):
            record = by_id[file.res_id]
            values = {"kind": "stored", "original_id": file.id, "res_model": record._name, "res_id": record.id}
            yield folder_of(record), self._name_of(record, file), values

    def _name_of(self, record, file):
        """The name that its record gives it, else what it is and which record's."""
        given = NAME_FIELDS.get(file.res_field)
        if given in record._fields and record[given]:
            return safe_name(record[given])
        label = record._fields[file.res_field]._description_string(self.env)
        ending = mimetypes.guess_extension(file.mimetype or "") or ".bin"
        return safe_name(f"{label} {record.id}{ending}")

    # --- printed for the file ---

    def _documents(self):
        """Documents of which no file is kept."""
        for session in self._sessions().filtered(lambda session: session.state in HELD):
            folder = self._in(self.env._("Sessions"), session._directory_name())
            yield folder, self._pdf(self.env._("Attendance sheet")), _document(session, "attendance")
        for plan in self.env["shora.annual.plan"].search(self._of_year() & Domain("state", "!=", "draft")):
            folder = self._in(self.env._("Annual plan"))
            yield folder, self._pdf(plan.display_name), _document(plan, "annual_plan")
        resignations = self.env["shora.deemed.resignation"].search(
            Domain("council_id", "=", self.council_id.id) & self._days("date"), order="date, id"
        )
        label = self.env._("Record of deemed resignation")
        for one in resignations:
            name = self._pdf(f"{label} {one.number}")
            yield self._in(self.env._("Deemed resignations")), name, _document(one, "resignation")

    def _integrity(self):
        name = self.env._("Integrity result")
        yield "", safe_name(f"{name}.txt"), {"kind": "integrity"}

    def _reports(self):
        for code, table in TABLES.items():
            values = {"code": code}
            if code in PRINTED:
                yield self._in(self.env._("Reports")), self._pdf(table.name(self.env)), {**values, "kind": "printed"}
            name = safe_name(f"{table.name(self.env)}.xlsx")
            yield self._in(self.env._("Registers")), name, {**values, "kind": "workbook"}

    @staticmethod
    def _in(*names):
        return "/".join(map(safe_name, names))

    @staticmethod
    def _pdf(name):
        return safe_name(f"{name}.pdf")


def _document(record, code):
    return {"kind": "document", "res_model": record._name, "res_id": record.id, "code": code}


def _free(path, taken):
    """``path``, or with a number where there is one of that name already, in any letter case."""
    stem, ending = os.path.splitext(path)
    number = 1
    while path.casefold() in taken:
        number += 1
        path = f"{stem} ({number}){ending}"
    taken.add(path.casefold())
    return path
