from odoo import http
from odoo.http import request

from .portal import CouncilPortal


class PackPortal(CouncilPortal):
    @http.route(
        "/my/councils/session/<int:session_id>/pack.pdf", type="http", auth="user", methods=["GET"], website=True
    )
    def pack(self, session_id, **_kwargs):
        """The dispatched pack, for members; who opened it and when is recorded (5-1)."""
        session = self._session(session_id)
        pack = request.env["shora.portal"]._pack_of(session)
        if not pack:
            raise request.not_found()
        partner = request.env.user.partner_id
        request.env["shora.notice.recipient"]._record_opened(session, partner)
        request.env["shora.document.opening"]._record(session, partner, pack)
        stream = request.env["ir.binary"].sudo()._get_stream_from(pack)  # judged above
        return stream.get_response(content_security_policy="default-src 'none'; sandbox")
