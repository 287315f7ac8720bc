from odoo import http
from odoo.addons.portal.controllers.portal import CustomerPortal, pager
from odoo.exceptions import AccessError, UserError
from odoo.http import request
from odoo.tools import plaintext2html

PAGE = 20


class CouncilPortal(CustomerPortal):
    """The member's side on the portal: own sessions, answers, proposals, documents, attendance, minutes and decrees.

    Everything is read with the visitor's own rights; what the visitor may not read answers 404, as if it did not exist.
    """

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "shora_session_count" in counters:
            portal = request.env["shora.portal"]
            values["shora_session_count"] = len(portal._coming()) if self._may_read() else 0
        if "shora_guest_count" in counters:
            values["shora_guest_count"] = len(request.env["shora.portal"]._guest_sessions()) if self._may_read() else 0
        return values

    def _may_read(self):
        """An internal user without any role in councils has no access to their models at all."""
        return request.env["shora.session"].has_access("read")

    def _check_may_read(self):
        if not self._may_read():
            raise request.not_found()

    def _render(self, page, values):
        layout = self._prepare_portal_layout_values()
        return request.render(
            f"shora_council.portal_{page}",
            {**layout, "page_name": f"shora_{page}", "shora_page": page, **values},
            headers={"Cache-Control": "no-store"},
        )

    # --- lists ---

    @http.route(["/my/councils", "/my/councils/page/<int:page>"], type="http", auth="user", website=True)
    def councils(self, page=1, **_kwargs):
        """Coming sessions, then the past ones."""
        self._check_may_read()
        portal = request.env["shora.portal"]
        pages = self._pages("/my/councils", page, "shora.session", portal._past_domain())
        return self._render(
            "councils",
            {
                "councils": portal._councils(),
                "coming": portal._coming(),
                "guest_sessions": portal._guest_sessions(),
                "past": portal._past(pages["offset"], PAGE),
                "pager": pages,
            },
        )

    @staticmethod
    def _pages(path, page, model, domain):
        return pager(path, request.env[model].search_count(domain), page, PAGE)

    @http.route(
        ["/my/councils/attendance", "/my/councils/attendance/page/<int:page>"], type="http", auth="user", website=True
    )
    def attendance(self, page=1, **_kwargs):
        self._check_may_read()
        portal = request.env["shora.portal"]
        pages = self._pages("/my/councils/attendance", page, "shora.attendance", portal._attendance_domain())
        rows = portal._attendance(pages["offset"], PAGE)
        return self._render("attendance", {"councils": portal._councils(), "rows": rows, "pager": pages})

    @http.route(
        ["/my/councils/minutes", "/my/councils/minutes/page/<int:page>"], type="http", auth="user", website=True
    )
    def minutes(self, page=1, **_kwargs):
        self._check_may_read()
        portal = request.env["shora.portal"]
        pages = self._pages("/my/councils/minutes", page, "shora.minutes", portal._minutes_domain())
        return self._render("minutes", {"minutes": portal._minutes(pages["offset"], PAGE), "pager": pages})

    @http.route("/my/councils/decrees", type="http", auth="user", website=True)
    def decrees(self, **_kwargs):
        self._check_may_read()
        return self._render("decrees", {"decrees": request.env["shora.portal"]._decrees()})

    @http.route("/my/councils/decree/<int:decree_id>.pdf", type="http", auth="user", methods=["GET"], website=True)
    def decree(self, decree_id, **_kwargs):
        """The text of a decree in the visitor's own name, as it was sealed."""
        decree = request.env["shora.portal"]._own_decrees().filtered(lambda one: one.id == decree_id)
        if not decree.pdf_sha256:
            raise request.not_found()
        return request.env["ir.binary"].sudo()._get_stream_from(decree, "pdf").get_response()

    # --- one session ---

    def _session(self, session_id):
        """The session the visitor is a member or a guest of.

        :raises NotFound: neither
        """
        self._check_may_read()
        session = request.env["shora.session"].browse(session_id).exists()
        if session and session.has_access("read"):
            return session
        invited = request.env["shora.agenda.item"].search_count(
            [("session_id", "=", session_id), ("guest_ids", "in", request.env.user.partner_id.ids)], limit=1
        )
        if not invited:
            raise request.not_found()
        return session.sudo()  # a guest reads day and place of what the invitation is to; items by the record rules

    def _session_page(self, session, **values):
        page = request.env["shora.portal"]._session_page(session)
        return self._render("session", {"session": page, "error": None, "done": None, "typed": {}, **values})

    @http.route("/my/councils/session/<int:session_id>", type="http", auth="user", methods=["GET"], website=True)
    def session(self, session_id, done=None, **_kwargs):
        """Opening the page is recorded as the opening of the notice (5-1)."""
        session = self._session(session_id)
        request.env["shora.notice.recipient"]._record_opened(session, request.env.user.partner_id)
        return self._session_page(session, done=done)

    @http.route("/my/councils/session/<int:session_id>/reply", type="http", auth="user", methods=["POST"], website=True)
    def reply(self, session_id, answer=None, reason=None, **_kwargs):
        """Attending or not, for oneself: whatever else is sent, nobody can be named instead (article 4, note 3)."""
        session = self._session(session_id)
        try:
            session.with_user(request.env.user).reply(answer, reason)
        except (AccessError, UserError) as error:
            return self._session_page(session, error=str(error), typed={"answer": answer, "reason": reason})
        return request.redirect(f"/my/councils/session/{session_id}?done=reply")

    @http.route(
        "/my/councils/session/<int:session_id>/propose", type="http", auth="user", methods=["POST"], website=True
    )
    def propose(self, session_id, name=None, description=None, **_kwargs):
        session = self._session(session_id)
        themes = [int(one) for one in request.httprequest.form.getlist("theme_ids") if one.isdecimal()]
        values = {
            "name": name,
            "description": plaintext2html(description) if (description or "").strip() else False,
            "theme_ids": themes,
        }
        try:
            session.with_user(request.env.user).propose_item(values)
        except (AccessError, UserError) as error:
            typed = {"name": name, "description": description, "theme_ids": themes}
            return self._session_page(session, error=str(error), typed=typed)
        return request.redirect(f"/my/councils/session/{session_id}?done=propose")

    @http.route(
        "/my/councils/session/<int:session_id>/document/<int:attachment_id>",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
    )
    def document(self, session_id, attachment_id, **_kwargs):
        """A document of an item the visitor may read; who opened it and when is recorded."""
        session = self._session(session_id)
        portal = request.env["shora.portal"]
        items = request.env["shora.agenda.item"].search([("session_id", "=", session.id)])
        for item in items:
            attachment = portal._documents(item).filtered(lambda document: document.id == attachment_id)
            if attachment:
                request.env["shora.document.opening"]._record(session, request.env.user.partner_id, attachment)
                # Judged above: who reads the item reads its documents.
                stream = request.env["ir.binary"].sudo()._get_stream_from(attachment)
                return stream.get_response(content_security_policy="default-src 'none'; sandbox")
        raise request.not_found()
