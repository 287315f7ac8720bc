import json

from odoo.addons.shora_council.rules import clock
from odoo.addons.shora_council.tools.served import file_headers
from odoo.http import Controller, request, route
from werkzeug.exceptions import Forbidden

from ..interchange import akoma_ntoso, popolo


class OpenFormats(Controller):
    """Councils, minutes and sessions in open formats, with the reader's own rights; what the reader may not see does
    not exist.
    """

    @route("/shora/open/popolo.json", type="http", auth="user", methods=["GET"], readonly=True)
    def popolo(self, council=None):
        """Popolo JSON of the councils that the reader oversees, or of the one whose id is given."""
        councils = request.env["shora.council"]._open_councils()
        if not councils:
            raise Forbidden
        if council is not None:
            councils = councils.filtered(lambda one: str(one.id) == council)
        if not councils:
            raise request.not_found()
        body = json.dumps(popolo(councils), ensure_ascii=False, indent=1)
        name = f"popolo-{councils.code}" if council is not None else "popolo"
        return self._file(body.encode(), "application/json; charset=utf-8", f"{name}.json")

    @route("/shora/open/minutes/<int:minutes_id>.xml", type="http", auth="user", methods=["GET"], readonly=True)
    def minutes(self, minutes_id):
        """Akoma Ntoso of signed minutes."""
        minutes = request.env["shora.minutes"].browse(minutes_id)
        if not minutes.exists() or not minutes.has_access("read") or not minutes.content_json:
            raise request.not_found()
        content = json.loads(minutes.content_json)["content"]
        code = minutes.council_id.code
        body = akoma_ntoso(content, code, clock.tehran_day(minutes.signed_at))
        return self._file(body, "application/akn+xml", f"minutes-{code}-{content['number']}.akn.xml")

    @route(
        "/shora/open/council/<int:council_id>/sessions-<int:year>.ics",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=True,
    )
    def sessions(self, council_id, year):
        """iCalendar of a council's sessions in a Jalali year, as the member's feed has them."""
        council = request.env["shora.council"].browse(council_id)
        if not council.exists() or not council.has_access("read") or not 1300 <= year <= 1500:
            raise request.not_found()
        if not request.env["shora.session"].has_access("read"):
            raise Forbidden
        body = council._sessions_ics(year)
        return self._file(body, "text/calendar; charset=utf-8", f"sessions-{council.code}-{year}.ics")

    @staticmethod
    def _file(body, kind, name):
        return request.make_response(body, file_headers(kind, name))
