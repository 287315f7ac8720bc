from odoo import api, fields, models
from odoo.exceptions import RedirectWarning, UserError
from odoo.fields import Domain

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
# What an event of a session may not say otherwise than the session, and the field of the session that owns it.
OWNED_FIELDS = {"start": "start", "stop": "stop", "location": "place", "videocall_location": "video_url"}
# What is refused at once to whoever may not plan the session.
GUARDED = {*OWNED_FIELDS, "name", "active", "allday", "recurrency", "partner_ids", "attendee_ids", "privacy"}
# What the event of a session says to its attendees alone; the platform masks it in what is read, not in what is sought.
SAID = frozenset({"name", "display_name", "description", "location", "videocall_location", "access_token"})
# What a drag in the calendar writes.
MOVING = frozenset({"start", "stop", "allday", "duration"})
# Whoever may plan a session may also move it in the calendar; the rules are the session's, wherever it is moved.
MOVERS = {"secretary", "staff"}


class CalendarEvent(models.Model):
    """An event that shows a council's session says what the session says, whoever writes it."""

    _inherit = "calendar.event"

    shora_session_ids = fields.One2many("shora.session", "event_id")

    @api.model
    def _search(self, domain, *args, bypass_access=False, **kwargs):
        """Who is not invited finds no session's event by title or place, or each could be guessed word by word."""
        domain = Domain(domain)
        named = any(one.field_expr.split(".")[0] in SAID for one in domain.iter_conditions())
        if named and not (self.env.su or bypass_access):
            domain &= Domain("partner_ids", "in", self.env.user.partner_id.ids) | Domain(
                "id",
                "not in",
                self.sudo()._search(Domain("shora_session_ids", "!=", False)),  # hidden sessions too
            )
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)

    @api.model
    def _project_sessions(self, sessions):
        """Create, move or remove the events of ``sessions`` so that they say what the sessions say."""
        quiet = self.with_context(**QUIET)
        reminder = self.env.ref("shora_council.alarm_session", raise_if_not_found=False)  # once for a year of sessions
        members = sessions._members_by_session()
        new = sessions.browse()
        for session in sessions:
            event = session.event_id.with_context(**QUIET).sudo()
            if session.state not in ("scheduled", "invited", "open", "held", "closed"):
                session._store_facts({"event_id": False})
                event.unlink()
            elif event:
                event.write(self._session_values(session, members[session], reminder))
            else:
                new |= session
        # A year of sessions comes at once: their events in one go.
        events = quiet.create([self._session_values(session, members[session], reminder) for session in new])
        for session, event in zip(new, events, strict=True):
            session._store_facts({"event_id": event.id})

    @api.model
    def _session_values(self, session, members, reminder):
        return {
            "name": self._session_title(session),
            "start": session.start,
            "stop": session.stop,
            "location": session.place,
            "videocall_location": session.video_url,
            "partner_ids": [(6, 0, members.partner_id.ids)],
            # Colleagues see that people and rooms are taken, not by what.
            "privacy": "private",
            "show_as": "busy",
            # Whoever wants another reminder sets it in the calendar, and keeps it.
            **({} if session.event_id or not reminder else {"alarm_ids": [(6, 0, reminder.ids)]}),
        }

    @api.model
    def _session_title(self, session):
        """One for all who see it, in the language of the office: whoever moves the event would rename it otherwise."""
        return self.env["shora.reader"]._of_office(session).display_name

    def write(self, vals):
        """What the calendar changes of a session goes through the session's own rules, or not at all.

        :raises UserError: the user may not plan the session, or what was changed is not the calendar's to say
        :raises ValidationError: the session's rules refuse it
        """
        ours = self.browse(self.sudo().filtered("shora_session_ids").ids)  # hidden sessions count too
        if not ours:
            return super().write(vals)
        ours._check_may_move(vals)
        # Staff are no attendees of the private event; where it is moved to is judged by the session all the same.
        by_plan = MOVING.issuperset(vals) and all(event._is_moved_by(self.env.user) for event in ours)
        # The calendar tells nobody about a session: the session tells its recipients.
        super(CalendarEvent, (ours.sudo() if by_plan else ours).with_context(**QUIET)).write(dict(vals))
        for event in ours.sudo():  # the session may be hidden from who moves the event
            event._agree_with_session(self.env.user, vals)
        rest = self - ours
        return super(CalendarEvent, rest).write(vals) if rest else True

    def _agree_with_session(self, user, vals):
        """Move the session of this event to where ``user`` has put the event.

        :raises UserError: see ``write()``
        """
        session = self.shora_session_ids[:1]
        moved = {
            owner: self[name]
            for name, owner in OWNED_FIELDS.items()
            if name in vals or name in ("start", "stop")
            if (self[name] or False) != (session[owner] or False)
        }
        foreign = not self.active or self.allday or self.recurrency or self._says_otherwise(session, vals)
        if foreign or (moved and not user._shora_roles(session.council_id) & MOVERS):
            self._refuse_to_move(session)
        if {"start", "stop"} & moved.keys():
            moved |= {"start": self.start, "stop": self.stop}  # a session moved by its beginning alone keeps its length
        if moved:
            session.with_user(user).write(moved)

    def _check_may_move(self, vals):
        """Before Odoo says in its own words that an event is private.

        :raises UserError: the user may not plan the session of one of these events
        """
        if self.env.su or not GUARDED & set(vals):
            return
        for event in self.sudo():  # as above
            session = event.shora_session_ids[:1]
            if not self.env.user._shora_roles(session.council_id) & MOVERS:
                self._refuse_to_move(session)

    def _is_moved_by(self, user):
        """May ``user`` move the session that this event shows?"""
        council = self.sudo().shora_session_ids[:1].council_id  # the session may be hidden from who asks
        return bool(council and user._shora_roles(council) & MOVERS)

    def _refuse_to_move(self, session):
        raise UserError(
            self.env._(
                "“%(session)s” is a council session: its title, time, place and attendees come from the councils "
                "app, where its secretary changes them (clause 5-1).",
                session=self._name_of(session),
            )
        )

    def _name_of(self, session):
        """What a refusal calls ``session``: whoever may not read it is not told of which council it is."""
        may = session.with_user(self.env.user).has_access("read")
        return session.display_name if may else self.env._("An event of others")

    def _says_otherwise(self, session, vals):
        """Is the title or the list of attendees not that of the session, or shown to everybody?"""
        if ("name" in vals and vals["name"] != self._session_title(session)) or self.privacy != "private":
            return True
        if not {"partner_ids", "attendee_ids"} & set(vals):
            return False
        return self.partner_ids != session._members_by_session()[session].partner_id

    def unlink(self):
        if not is_uninstalling(self.env):
            self._check_may_unlink()
        return super().unlink()

    def _check_may_unlink(self):
        """
        :raises RedirectWarning: the secretary deletes a session's event; the dialog of cancelling is offered
        :raises UserError: somebody else does
        """
        for event in self.sudo():  # the session may be hidden from who deletes the event
            session = event.shora_session_ids[:1]
            if not session:
                continue
            if "secretary" in self.env.user._shora_roles(session.council_id):
                raise RedirectWarning(
                    self.env._(
                        "“%(session)s” is a council session: cancel it with its reason; it then leaves the calendars "
                        "and its recipients are told (clause 5-1).",
                        session=session.display_name,
                    ),
                    self.env.ref("shora_council.shora_session_final_action").id,
                    self.env._("Cancel the session"),
                    {"default_session_id": session.id, "default_outcome": "cancelled"},
                )
            raise UserError(
                self.env._(
                    "“%(session)s” is a council session: only its secretary takes it out of the calendars, by "
                    "cancelling it in the councils app (clause 5-1).",
                    session=self._name_of(session),
                )
            )
