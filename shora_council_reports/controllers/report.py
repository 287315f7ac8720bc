import json
import tempfile

from odoo.addons.report_xlsx.controllers.main import ReportController
from odoo.http import content_disposition, request, route
from werkzeug.exceptions import BadRequest
from werkzeug.wsgi import wrap_file

PREFIX = "shora_council_reports."
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class CouncilReports(ReportController):
    """Workbooks of the councils go from the file to the reader, portion by portion."""

    @route()
    def report_routes(self, reportname, docids=None, converter=None, **data):
        """As before; what is ours is written to a file first, so that memory does not grow with its rows.

        Answers 404 for a report that there is none of; refusals come from the report itself.
        """
        if not reportname.startswith(PREFIX):
            return super().report_routes(reportname, docids, converter, **data)
        name = f"report.{reportname}"
        if converter != "xlsx" or name not in request.env or not request.env[name]._subject:
            raise request.not_found()
        ids = [int(one) for one in (docids or "").split(",") if one.isdigit()]
        report = request.env[name].with_context(**self._context(data))
        records = report._get_objs_for_report(ids, {"context": {}})
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
            [
                ("Content-Type", XLSX),
                ("Content-Length", str(size)),
                ("Content-Disposition", content_disposition(f"{report._file_name(records)}.xlsx")),
                ("X-Content-Type-Options", "nosniff"),
                ("Cache-Control", "no-store"),
            ],
        )
        response.direct_passthrough = True
        return response

    @staticmethod
    def _context(data):
        """Of the context that a client sends: the language and the companies it works in, which Odoo checks."""
        try:
            sent = json.loads(data.get("context") or "{}")
        except ValueError as error:
            raise BadRequest from error
        return {key: sent[key] for key in ("lang", "allowed_company_ids") if isinstance(sent, dict) and key in sent}
