import json
import logging
import tempfile

from odoo.addons.report_xlsx.controllers.main import ReportController
from odoo.addons.shora_council.tools.served import file_headers
from odoo.http import request, route, serialize_exception
from odoo.tools import html_escape
from werkzeug.exceptions import BadRequest
from werkzeug.wsgi import wrap_file

_logger = logging.getLogger(__name__)

PREFIX = "shora_council_reports."
PDF_TYPE = "shora-table-pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class CouncilReports(ReportController):
    """Workbooks and PDFs of the councils' tables.

    Workbooks go from the file to the reader, portion by portion. Who may have which rows is settled by the reports.
    """

    @route()
    def report_routes(self, reportname, docids=None, converter=None, **data):
        """As before; what is ours is made here.

        Answers 404 for a report that there is none of; refusals come from the report itself.
        """
        if not reportname.startswith(PREFIX):
            return super().report_routes(reportname, docids, converter, **data)
        name = f"report.{reportname}"
        if converter not in ("xlsx", PDF_TYPE) or name not in request.env or not request.env[name]._subject:
            raise request.not_found()
        ids = [int(one) for one in (docids or "").split(",") if one.isdigit()]
        report = request.env[name].with_context(**self._context(data))
        records = report._get_objs_for_report(ids, {"context": {}})
        return self._workbook(report, records) if converter == "xlsx" else self._pdf(report, records)

    @route()
    def report_download(self, data=None, context=None, token=None, readonly=True):
        """As before, for the PDFs too; what goes wrong comes as the sentence that the web client shows in a dialog."""
        try:
            url, kind = json.loads(data)
        except (TypeError, ValueError) as error:
            raise BadRequest(description="data: [address, kind of the report]") from error
        if kind != PDF_TYPE:
            return super().report_download(data, context, token=token, readonly=readonly)
        name, _slash, ids = url.partition(f"/report/{PDF_TYPE}/")[2].partition("?")[0].partition("/")
        try:
            return self.report_routes(name, docids=ids, converter=PDF_TYPE, context=context)
        except Exception as error:  # as Odoo's own: the client expects its errors in this form
            _logger.info("The report %s was not made", name, exc_info=True)
            answer = {"code": 200, "message": "Odoo Server Error", "data": serialize_exception(error)}
            return request.make_response(html_escape(json.dumps(answer)))

    def _workbook(self, report, records):
        file = tempfile.TemporaryFile()  # noqa: SIM115 closed by the server once it is sent
        try:
            report._write_into(file, records)
            size = file.tell()
            file.seek(0)
        except BaseException:
            file.close()
            raise
        response = request.make_response(
            wrap_file(request.httprequest.environ, file),
            [("Content-Length", str(size)), *file_headers(XLSX, f"{report._file_name(records)}.xlsx")],
        )
        response.direct_passthrough = True
        return response

    def _pdf(self, report, records):
        headers = file_headers("application/pdf", f"{report._file_name(records)}.pdf")
        return request.make_response(report._printed(records), headers)

    @staticmethod
    def _context(data):
        """Of the context that a client sends: the language and the companies it works in, which Odoo checks."""
        try:
            sent = json.loads(data.get("context") or "{}")
        except ValueError as error:
            raise BadRequest from error
        return {key: sent[key] for key in ("lang", "allowed_company_ids") if isinstance(sent, dict) and key in sent}
