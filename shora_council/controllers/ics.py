import hashlib
from urllib.parse import urlsplit, urlunsplit

from odoo import http
from odoo.http import request

from .portal import CouncilPortal


class CouncilCalendar(CouncilPortal):
    """A member's sessions in the member's own calendar: the feed, and the page that makes and revokes its address."""

    @http.route("/my/councils/calendar", type="http", auth="user", methods=["GET"], website=True)
    def calendar(self, **_kwargs):
        self._check_may_read()
        return self._render("calendar", {"address": None})

    @http.route("/my/councils/calendar/renew", type="http", auth="user", methods=["POST"], website=True)
    def calendar_renew(self, **_kwargs):
        """The new address is on this answer and nowhere else: only its hash is kept."""
        self._check_may_read()
        tokens = request.env["shora.ics.token"]
        if not tokens._may(request.env.user):
            raise request.not_found()
        address = f"{request.httprequest.url_root}shora/calendar/{tokens._renew()}.ics"
        return self._render(
            "calendar", {"address": address, "subscribe": urlunsplit(("webcal", *urlsplit(address)[1:]))}
        )

    @http.route("/my/councils/calendar/revoke", type="http", auth="user", methods=["POST"], website=True)
    def calendar_revoke(self, **_kwargs):
        request.env["shora.ics.token"]._revoke()
        return request.redirect("/my/councils/calendar")

    @http.route(
        "/shora/calendar/<string:token>.ics",
        type="http",
        auth="public",
        methods=["GET"],
        readonly=True,
        save_session=False,
    )
    def feed(self, token):
        """The owner's sessions as iCalendar, by the owner's record rules at this moment.

        404 without a difference for an unknown, a renewed or a revoked address and for an owner who is no longer
        anybody's member. Answers 304 to a calendar that has the present state already.
        """
        user = request.env["shora.ics.token"]._user_of(token)
        if not user:
            raise request.not_found()
        sessions = request.env["shora.session"].with_user(user).with_context(lang=user.sudo().lang)
        body, changed = sessions._feed()
        response = request.make_response(
            body,
            [
                ("Content-Type", "text/calendar; charset=utf-8"),
                ("Content-Disposition", 'inline; filename="councils.ics"'),
                ("Cache-Control", "private, no-cache"),
                ("X-Content-Type-Options", "nosniff"),
                ("X-Robots-Tag", "noindex"),
            ],
        )
        response.set_etag(hashlib.sha256(body).hexdigest())
        response.last_modified = changed
        return response.make_conditional(request.httprequest.environ)
