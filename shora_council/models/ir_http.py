import psycopg2
from odoo import models
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools import LazyTranslate
from psycopg2.errors import DiskFull
from werkzeug.exceptions import BadRequest

from ..tools import outage

_lt = LazyTranslate(__name__)

DISK_FULL = _lt(
    "The disk of the database is full, so nothing was saved. Tell the administrator; when there is room again, do the "
    "same once more."
)


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def _register_hook(self):
        result = super()._register_hook()
        outage.patch()
        return result

    @classmethod
    def _auth_method_calendar(cls):
        """The calendar's own links ask for no login: by one anybody reads the event and answers for the invited.
        Any employee can read their tokens, and none is sent for a session (4, note 3; 5-1).

        :raises BadRequest: the link is of a council session
        """
        token = request.httprequest.args.get("token", "")
        # sudo: nobody is logged in
        attendees = request.env["calendar.attendee"].sudo().search([("access_token", "=", token)])
        if attendees.event_id.shora_session_ids:
            raise BadRequest
        return super()._auth_method_calendar()

    @classmethod
    def _handle_error(cls, exception):
        """Whoever clicked reads what happened and what to do, not the database's words; the log has those."""
        kind = request.dispatcher.routing_type
        if kind in ("jsonrpc", "http") and (words := cls._outage_in_words(exception)):
            # without the database, which may be away
            if kind == "http":
                return outage.answer(request, words)
            exception = UserError(words._translate(outage.language_of(request)))
        return super()._handle_error(exception)

    @classmethod
    def _outage_in_words(cls, exception):
        """What to say of an error that is the database server's trouble; None of any other."""
        if isinstance(exception, DiskFull):
            return DISK_FULL
        broken = isinstance(exception, psycopg2.Error)
        return outage.CUT_OFF if broken and request.env and request.env.cr.closed else None
