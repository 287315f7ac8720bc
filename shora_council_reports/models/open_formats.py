from odoo import models
from odoo.addons.shora_council.models.session_ics import STATUS
from odoo.addons.web_jalali.tools import jalali
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..report.council_summary import CouncilSummary


class ShoraCouncil(models.Model):
    """A council in open formats (``controllers/open_formats.py``)."""

    _name = "shora.council"
    _inherit = "shora.council"

    def _open_councils(self):
        """The councils whose roll the reader may take along: those that he oversees, past ones too."""
        if not (self.env.user._is_internal() and self.env["shora.decree"].has_access("read")):
            return self.browse()
        return CouncilSummary.councils(self.env)

    def _sessions_ics(self, year):
        """The council's sessions of a Jalali year as iCalendar, by the reader's record rules; bytes."""
        self.ensure_one()
        first, last = jalali.jalali_year_bounds(year)
        sessions = self.env["shora.session"].search(
            Domain("council_id", "=", self.id)
            & Domain("state", "in", list(STATUS))
            & Domain("number", ">", 0)
            & Domain("day", ">=", first)
            & Domain("day", "<=", last),
            order="start, id",
        )
        return sessions._feed_of(f"{self.name} – {self.env['shora.words']._digits(year)}")

    def action_download_sessions(self):
        """The running Jalali year's sessions as a file for a calendar."""
        self.ensure_one()
        return self._download(f"/shora/open/council/{self.id}/sessions-{jalali.jalali_year(self._today())}.ics")

    def action_download_popolo(self):
        """Members, posts and memberships as a file for other programs."""
        self.ensure_one()
        return self._download(f"/shora/open/popolo.json?council={self.id}")

    @staticmethod
    def _download(address):
        return {"type": "ir.actions.act_url", "url": address, "target": "download"}


class ShoraMinutes(models.Model):
    """Signed minutes in an open format."""

    _name = "shora.minutes"
    _inherit = "shora.minutes"

    def action_download_akoma_ntoso(self):
        """The signed minutes as a file for other programs.

        :raises UserError: they are not signed yet
        """
        self.ensure_one()
        if not self.content_json:
            raise UserError(self.env._("Minutes that are not signed yet have no file for other programs."))
        return {"type": "ir.actions.act_url", "url": f"/shora/open/minutes/{self.id}.xml", "target": "download"}
