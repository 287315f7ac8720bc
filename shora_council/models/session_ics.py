from datetime import timedelta

import pytz
import vobject
from odoo import api, fields, models
from odoo.fields import Domain

#: sessions older than this leave the feed; calendars keep or drop them as their owners set
PAST = timedelta(days=365)
STATUS = {
    "scheduled": "TENTATIVE",
    "invited": "CONFIRMED",
    "open": "CONFIRMED",
    "held": "CONFIRMED",
    "closed": "CONFIRMED",
    "not_held": "CANCELLED",
    "cancelled": "CANCELLED",
    "postponed": "CANCELLED",
}


class ShoraSession(models.Model):
    """Sessions as iCalendar (RFC 5545): when, where and of which council; never agenda or documents."""

    _name = "shora.session"
    _inherit = "shora.session"

    @api.model
    def _feed_domain(self):
        """What the reader's calendar shows: sessions of the own councils that got their number, the last year's on."""
        return (
            Domain("council_id.i_am_member", "=", True)
            & Domain("state", "in", list(STATUS))
            & Domain("number", ">", 0)
            & Domain("start", ">=", fields.Datetime.now() - PAST)
        )

    @api.model
    def _feed(self):
        """The reader's sessions, by the reader's own record rules.

        :return: (iCalendar text as bytes, when any of them last changed)
        """
        sessions = self.search(self._feed_domain(), order="start, id")
        members = self.env["shora.membership"].search([("partner_id", "=", self.env.user.partner_id.id)])
        changed = [record.write_date for records in (sessions, sessions.council_id, members) for record in records]
        return sessions._feed_of(self.env._("Strategic Councils")), max(changed, default=fields.Datetime.now())

    def _feed_of(self, title):
        """These sessions as one calendar.

        Nothing in it depends on when it is written, so that equal sessions give equal bytes.
        """
        calendar = vobject.iCalendar()
        calendar.add("prodid").value = "-//Shora//Strategic Councils//FA"
        calendar.add("method").value = "PUBLISH"
        calendar.add("x-wr-calname").value = title
        calendar.add("x-wr-timezone").value = "Asia/Tehran"
        calendar.add("x-published-ttl").value = "PT1H"
        for session in self:
            session._add_vevent(calendar)
        return calendar.serialize().encode()

    def _add_vevent(self, calendar):
        event = calendar.add("vevent")
        event.add("uid").value = self._ics_uid()
        event.add("sequence").value = str(self.calendar_sequence)
        written = pytz.utc.localize(self.write_date.replace(microsecond=0))
        event.add("dtstamp").value = written
        event.add("last-modified").value = written
        event.add("dtstart").value = pytz.utc.localize(self.start)
        event.add("dtend").value = pytz.utc.localize(self.stop)
        status = STATUS[self.state]
        event.add("status").value = status
        # Not every calendar shows the status; the title does.
        label = f"{self._state_label(self.state)}: " if status == "CANCELLED" else ""
        event.add("summary").value = label + self.display_name
        if self.place:
            event.add("location").value = self.place
        event.add("description").value = "\n".join(self._feed_lines())
        event.add("url").value = self._portal_address()
        event.add("transp").value = "TRANSPARENT" if status == "CANCELLED" else "OPAQUE"

    def _feed_lines(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        lines = [self.council_id.name, kinds[self.kind]]
        if self.video_url:
            lines.append(self.env._("Video link: %(link)s", link=self.video_url))
        return [*lines, self.env._("Agenda and documents: %(link)s", link=self._portal_address())]

    def _portal_address(self):
        return f"{self.get_base_url()}/my/councils/session/{self.id}"
