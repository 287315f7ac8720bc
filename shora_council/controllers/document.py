from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from ..models.pdf import ON_DEMAND
from ..tools.served import file_headers


class DocumentController(http.Controller):
    """Documents on demand: drafts, sheets and records of which no file is kept."""

    @http.route(
        "/shora/document/<string:model>/<int:res_id>/<string:name>.pdf",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def document(self, model, res_id, name, lang=None, **_others):
        """The PDF of one record the user may read; a sealed document is served as it was sealed, never rendered again.

        With ``lang=en`` (or ``fa``) a copy for reading, where the document itself is in another language.

        Answers 404 for what is not offered or does not exist, 403 where reading is refused.
        """
        if (model, name) not in ON_DEMAND:
            raise request.not_found()
        record = request.env[model].browse(res_id).exists()
        if not record:
            raise request.not_found()
        renderer = request.env["shora.pdf"]
        renderer._check_makeable(name, record)
        language = renderer._reading_language(lang)
        sealed = ON_DEMAND[model, name]
        if not language and sealed and record.with_context(bin_size=True)[sealed]:
            return request.env["ir.binary"]._get_stream_from(record, sealed).get_response()
        try:
            pdf = renderer._copied(name, record, language) if language else renderer._made(name, record)
        except UserError as error:
            return request.make_response(str(error), [("Content-Type", "text/plain; charset=utf-8")], status=422)
        ending = f"-{lang}" if language else ""
        headers = file_headers("application/pdf", f"{name}-{res_id}{ending}.pdf", disposition_type="inline")
        return request.make_response(pdf, headers)
