import tempfile

from odoo import models
from odoo.exceptions import UserError

from .printed import printed
from .scope import Scope
from .tables import TABLES
from .workbook import fill, open_workbook, workbook_options


class ShoraSheets(models.AbstractModel):
    """Tables of a report as a workbook, by ``report_xlsx``, or as a PDF.

    Neither Odoo's report routes nor ``report_xlsx`` ask who wants a report, and its methods are open to RPC: who may
    have which rows is settled here, by the records named and by the tables themselves.
    """

    _name = "report.shora_council_reports.sheets"
    _inherit = "report.report_xlsx.abstract"
    _description = "Tables as a workbook"

    #: model of the records that are named in the report's address
    _subject = None

    def _tables(self, records):
        """The tables of ``records``.

        :raises AccessError: they are not for the reader
        """
        raise NotImplementedError

    def _file_name(self, records):
        """Name of the file, without its ending."""
        raise NotImplementedError

    # --- for report_xlsx ---

    def _get_objs_for_report(self, docids, data):
        """The records named, of this report's own model; a client's context names no other.

        :raises UserError: none is named, or one that is gone
        :raises AccessError: the reader may not read one of them
        """
        if not self._subject:
            raise NotImplementedError
        fixed = self.with_context(active_model=self._subject)
        records = super(ShoraSheets, fixed)._get_objs_for_report(docids, data)
        if not records or len(records.exists()) != len(records):
            raise UserError(self.env._("Choose what is to be exported."))
        records.check_access("read")
        return records.with_env(self.env)

    def get_workbook_options(self):
        return workbook_options(self.env)

    def create_xlsx_report(self, docids, data):
        with tempfile.TemporaryFile() as file:
            self._write_into(file, self._get_objs_for_report(docids, data))
            file.seek(0)
            return file.read(), "xlsx"

    def generate_xlsx_report(self, workbook, data, objs):
        objs.check_access("read")
        self._fill(workbook, objs)

    def _printed(self, records):
        """The PDF of the same tables; bytes.

        :raises AccessError: see :meth:`_tables`
        :raises UserError: more rows than a PDF takes
        """
        return printed(self.env, self._tables(records))

    # --- writing ---

    def _write_into(self, file, records):
        """Write the workbook of ``records`` into ``file``: memory stays the same whatever the number of rows."""
        with open_workbook(file, self.env) as workbook:
            self._fill(workbook, records)

    def _fill(self, workbook, records):
        tables = self._tables(records)
        fill(workbook, self.env, tables, subject=tables[0].subtitle[:255], company=self.env.company.name)


class ShoraChoiceSheets(models.AbstractModel):
    """The report that somebody chose in the dialog."""

    _name = "report.shora_council_reports.choice"
    _inherit = "report.shora_council_reports.sheets"
    _description = "Chosen report as a workbook"

    _subject = "shora.report.choice"

    def _tables(self, records):
        records.ensure_one()
        return records._tables()

    def _file_name(self, records):
        return records._file_name()


class ShoraSelectedSheets(models.AbstractModel):
    """A report of the records that are selected in a list."""

    _name = "report.shora_council_reports.selected"
    _inherit = "report.shora_council_reports.sheets"
    _description = "Selected records as a workbook"

    #: key of the report
    _code = None

    def _tables(self, records):
        table = TABLES[self._code]
        if records._name == "shora.council":
            year = self.env["shora.report.choice"]._this_year()
            return table.tables(self.env, Scope.of_year(records, year))
        return table.tables(self.env, Scope(records.council_id, records=records))

    def _file_name(self, records):
        return TABLES[self._code].name(self.env)


class ShoraAttendanceSheets(models.AbstractModel):
    """Selected rows of attendance."""

    _name = "report.shora_council_reports.attendance"
    _inherit = "report.shora_council_reports.selected"
    _description = "Selected attendance as a workbook"

    _subject, _code = "shora.attendance", "attendance_register"


class ShoraSessionSheets(models.AbstractModel):
    """The attendance of selected sessions."""

    _name = "report.shora_council_reports.session"
    _inherit = "report.shora_council_reports.selected"
    _description = "Attendance of selected sessions as a workbook"

    _subject, _code = "shora.session", "attendance_register"


class ShoraDecreeSheets(models.AbstractModel):
    """Selected decrees."""

    _name = "report.shora_council_reports.decree"
    _inherit = "report.shora_council_reports.selected"
    _description = "Selected decrees as a workbook"

    _subject, _code = "shora.decree", "decree_register"


class ShoraResolutionSheets(models.AbstractModel):
    """Selected resolutions."""

    _name = "report.shora_council_reports.resolution"
    _inherit = "report.shora_council_reports.selected"
    _description = "Selected resolutions as a workbook"

    _subject, _code = "shora.resolution", "resolution_tracker"


class ShoraNoticeSheets(models.AbstractModel):
    """The recipients of selected notices."""

    _name = "report.shora_council_reports.notice"
    _inherit = "report.shora_council_reports.selected"
    _description = "Selected notices as a workbook"

    _subject, _code = "shora.notice", "notice_register"


class ShoraMinutesSheets(models.AbstractModel):
    """Selected minutes."""

    _name = "report.shora_council_reports.minutes"
    _inherit = "report.shora_council_reports.selected"
    _description = "Selected minutes as a workbook"

    _subject, _code = "shora.minutes", "minutes_register"


class ShoraFindingSheets(models.AbstractModel):
    """Selected findings."""

    _name = "report.shora_council_reports.finding"
    _inherit = "report.shora_council_reports.selected"
    _description = "Selected findings as a workbook"

    _subject, _code = "shora.finding", "finding_register"


class ShoraPlanSheets(models.AbstractModel):
    """The lines of selected annual plans."""

    _name = "report.shora_council_reports.plan"
    _inherit = "report.shora_council_reports.selected"
    _description = "Selected annual plans as a workbook"

    _subject, _code = "shora.annual.plan", "plan_actual"


class ShoraCouncilSheets(models.AbstractModel):
    """Selected councils side by side, in the Jalali year that runs."""

    _name = "report.shora_council_reports.council"
    _inherit = "report.shora_council_reports.selected"
    _description = "Selected councils as a workbook"

    _subject, _code = "shora.council", "council_summary"
