from odoo import http
from odoo.addons.dms.controllers.portal import CustomerPortal
from odoo.http import request


class CouncilDocuments(CustomerPortal):
    """The documents app's own portal pages, for documents of agenda items."""

    @http.route()
    def portal_my_dms_file_download(self, dms_file_id, access_token=None, **kw):
        """Who opened which document is recorded here as on the session's page (5-1)."""
        response = super().portal_my_dms_file_download(dms_file_id, access_token=access_token, **kw)
        attachment = request.env["dms.file"].sudo().browse(dms_file_id).exists().attachment_id  # served by now, or not
        if response.status_code == 200 and attachment.res_model == "shora.agenda.item":
            session = request.env["shora.agenda.item"].sudo().browse(attachment.res_id).session_id  # as above
            request.env["shora.document.opening"]._record(session, request.env.user.partner_id, attachment)
        return response
