from odoo import http
from odoo.http import request

from ..tools import past_template
from ..tools.served import file_headers

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class PastTemplateController(http.Controller):
    """The template of a council's past, in the language of whoever downloads it."""

    @http.route("/shora/past-decrees/template.xlsx", type="http", auth="user", methods=["GET"], readonly=True)
    def template(self):
        """An XLSX table with the headings the import knows and two example rows; 403 for who may not import."""
        past = request.env["shora.past.decree"]
        past.check_access("create")
        content = past_template.workbook(*past._template())
        return request.make_response(content, file_headers(XLSX, "past-decrees.xlsx"))
