from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.uninstall import is_uninstalling

# No mails, alarms or contact cards: the session sends its own notice (limits: 700 ms and 209 queries a session
# otherwise).
QUIET = {
    "no_mail_to_attendees": True,
    "dont_notify": True,
    "tracking_disable": True,
    "mail_create_nosubscribe": True,
    "skip_contact_description": True,
    "skip_attendee_notification": True,
}
OWNED_FIELDS = {"name", "start", "stop", "location", "active", "allday", "recurrency"}


class CalendarEvent(models.Model):
    """An event that shows a council's session says what the session says, whoever writes it."""

    _inherit = "calendar.event"

    shora_session_ids = fields.One2many("shora.session", "event_id")

    @api.model
    def _project_sessions(self, sessions):
        """Create, move or remove the events of ``sessions`` so that they say what the sessions say."""
        quiet = self.with_context(**QUIET)
        members = sessions._members_by_session()
        new = sessions.browse()
        for session in sessions:
            event = session.event_id.with_context(**QUIET).sudo()
            if session.state not in ("scheduled", "invited", "open", "held", "closed"):
                session._store_facts({"event_id": False})
                event.unlink()
            elif event:
                event.write(self._session_values(session, members[session]))
            else:
                new |= session
        # A year of sessions comes at once: their events in one go.
        events = quiet.create([self._session_values(session, members[session]) for session in new])
        for session, event in zip(new, events, strict=True):
            session._store_facts({"event_id": event.id})

    @api.model
    def _session_values(self, session, members):
        return {
            "name": session.display_name,
            "start": session.start,
            "stop": session.stop,
            "location": session.place,
            "partner_ids": [(6, 0, members.partner_id.ids)],
            "privacy": "public",
            "show_as": "busy",
        }

    def write(self, vals):
        result = super().write(vals)
        if OWNED_FIELDS & set(vals):
            self._check_agrees_with_session()
        return result

    def unlink(self):
        if not is_uninstalling(self.env):
            self._check_may_unlink()
        return super().unlink()

    def _check_may_unlink(self):
        self._check_agrees_with_session(deleting=True)

    def _check_agrees_with_session(self, deleting=False):
        """
        :raises UserError: the event would differ from its council session
        """
        for event in self.sudo():  # the session may be hidden from who moves the event
            session = event.shora_session_ids[:1]
            if session and (
                deleting
                or not event.active
                or event.allday
                or event.recurrency
                or (event.start, event.stop) != (session.start, session.stop)
                or (event.location or "") != (session.place or "")
            ):
                raise UserError(
                    self.env._(
                        "“%(session)s” is a council session: change its time and place in the councils app "
                        "(clause 5-1).",
                        session=session.display_name,
                    )
                )
