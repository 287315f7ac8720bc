from odoo import api, fields, models
from odoo.fields import Domain

from .resolution_life import ADOPTED
from .session import HELD
from .session_reply import ANSWERABLE

COMING = ("scheduled", "invited", "open", "held")
COLOURS = {"invited": "success", "open": "primary", "scheduled": "info"}
PAST_COLOUR = "light border"


class ShoraPortal(models.AbstractModel):
    """What a member, mostly an outsider, sees of the own councils: read with the reader's own rights, as plain values.

    Names of people are read as superuser where the record that names them may be read: a portal user reads no
    contacts, and the council's own list is not one.
    """

    _name = "shora.portal"
    _description = "The member's side of councils"

    # --- councils ---

    @api.model
    def _councils(self):
        """The reader's councils, one dict each: ``name``, ``seat``, ``until``, ``absences``, ``limit``, ``clause``."""
        me = self.env.user.partner_id
        words = self.env["shora.words"]
        today = self.env["shora.council"]._today()
        members = self.env["shora.membership"].search(
            Domain("partner_id", "=", me.id) & Domain("state", "=", "current") & Domain("on_day", "=", today)
        )
        lines = []
        for member in members:
            rule = member.council_id._rule("absence_limit")
            lines.append(
                {
                    "id": member.council_id.id,
                    "name": member.council_id.name,
                    "seat": member.seat_id.name,
                    "is_chair": member.is_chair,
                    "until": words._day(member.date_to),
                    "absences": member.absences_in_a_row,
                    "absences_text": words._digits(member.absences_in_a_row),
                    "limit": rule.value if rule else 0,
                    "warning": self._absence_warning(rule) if member.absences_in_a_row else "",
                    "clause": rule._cite() if rule else "",
                }
            )
        return lines

    def _absence_warning(self, rule):
        return rule and self.env._(
            "With absence number %(limit)s in a row a member is deemed resigned; an announced absence counts too.",
            limit=self.env["shora.words"]._digits(rule.value),
        )

    # --- sessions ---

    @api.model
    def _mine(self):
        return Domain("council_id.i_am_member", "=", True)

    @api.model
    def _coming(self):
        """Coming and running sessions of the reader's councils, nearest first."""
        sessions = self.env["shora.session"].search(
            self._mine() & Domain("state", "in", COMING) & Domain("day", ">=", self.env["shora.council"]._today()),
            order="start, id",
        )
        return self._session_lines(sessions)

    @api.model
    def _past_domain(self):
        today = self.env["shora.council"]._today()
        done = Domain("state", "in", ("closed", "not_held", "cancelled", "postponed")) | Domain("day", "<", today)
        return self._mine() & done

    @api.model
    def _past(self, offset=0, limit=20):
        sessions = self.env["shora.session"].search(
            self._past_domain(), order="start desc, id desc", offset=offset, limit=limit
        )
        return self._session_lines(sessions)

    def _session_lines(self, sessions):
        replies = self._replies(sessions)
        return [self._session_line(session, replies.get(session.id)) for session in sessions]

    def _replies(self, sessions):
        """{session id: the reader's own answer}, one query."""
        mine = self.env["shora.session.reply"].search(
            Domain("session_id", "in", sessions.ids) & Domain("partner_id", "=", self.env.user.partner_id.id)
        )
        return {reply.session_id.id: reply for reply in mine}

    def _session_line(self, session, reply):
        words = self.env["shora.words"]
        states = dict(session._fields["state"]._description_selection(self.env))
        kinds = dict(session._fields["kind"]._description_selection(self.env))
        answers = dict(self.env["shora.session.reply"]._fields["answer"]._description_selection(self.env))
        return {
            "id": session.id,
            "url": f"/my/councils/session/{session.id}",
            "name": session.display_name,
            "council": session.council_id.name,
            "kind": kinds[session.kind],
            "is_extraordinary": session.kind == "extraordinary",
            "day": words._long_day(session.day),
            "when": self.env._(
                "%(day)s at %(hour)s",
                day=words._long_day(session.day),
                hour=words._digits(words._local(session.start)),
            ),
            "hour": words._digits(words._local(session.start)),
            "until": words._digits(words._local(session.stop)),
            "place": session.place or "",
            "video_url": session.video_url or "",
            "state": session.state,
            "state_label": states[session.state],
            "colour": COLOURS.get(session.state, PAST_COLOUR),
            "answer": reply.answer if reply else "",
            "answer_label": answers[reply.answer] if reply else "",
            "reason": (reply.reason or "") if reply else "",
            "may_answer": session.state in ANSWERABLE and session.start > fields.Datetime.now(),
        }

    @api.model
    def _session_page(self, session):
        """The page of one session, as its member or a guest of some of its items sees it.

        :param session: a session the reader may read, or, for a guest, one of whose items the reader may read
        :return: dict as ``_session_line()`` with ``items``, ``proposals``, ``ground``, ``sender``, ``is_member``,
            ``may_propose``, ``themes`` (id and name of those that a proposal may serve)
        """
        own = session._membership_of(self.env.user.partner_id)
        items = self.env["shora.agenda.item"].search([("session_id", "=", session.id)])
        accepted = items.filtered(lambda item: item.state in ("accepted", "discussed", "postponed"))
        line = self._session_line(session, self._replies(session).get(session.id))
        secretary = session.sudo()._officers()[1]
        return {
            **line,
            "is_member": bool(own),
            "may_answer": line["may_answer"] and bool(own),
            "may_propose": line["may_answer"] and bool(own),
            "themes": session.council_id.theme_ids.read(["name"]) if line["may_answer"] and own else [],
            "ground": session.ground or "",
            "sender": secretary.sudo().name or "",
            "items": [self._item_line(number, item) for number, item in enumerate(accepted, start=1)],
            "proposals": [
                {"name": item.name, "withdrawn": item.state == "withdrawn", "reason": item.withdraw_reason or ""}
                for item in items - accepted
            ],
        }

    def _item_line(self, number, item):
        words = self.env["shora.words"]
        return {
            "id": item.id,
            "number": words._digits(number),
            "name": item.name,
            "description": item.description or "",
            "presenter": item.sudo().presenter_id.name or "",
            "minutes": words._digits(item.minutes_planned) if item.minutes_planned else "",
            "themes": item.sudo().theme_ids.mapped("name"),
            "is_late": item.is_late,
            "documents": [
                {
                    "name": document.name,
                    "url": f"/my/councils/session/{item.session_id.id}/document/{document.id}",
                    "size": self._size(document.file_size),
                }
                for document in self._documents(item)
            ],
        }

    def _documents(self, item):
        """Documents of an item the reader may read; who reads the item reads its documents (5-1)."""
        return item.sudo().attachment_ids

    def _size(self, size):
        words = self.env["shora.words"]
        if size >= 1024 * 1024:
            return self.env._("%(size)s MB", size=words._digits(round(size / 1024 / 1024, 1)))
        return self.env._("%(size)s KB", size=words._digits(max(1, round(size / 1024))))

    # --- guests ---

    @api.model
    def _guest_sessions(self):
        """Sessions to some of whose items the reader is invited as a guest (4 note 4); none once they are closed."""
        me = self.env.user.partner_id
        items = self.env["shora.agenda.item"].search([("guest_ids", "in", me.ids)])
        sessions = items.session_id.sudo()  # a guest knows day and place of what the invitation is to
        lines = [self._session_line(session, None) for session in sessions.sorted("start")]
        return [{**line, "may_answer": False} for line in lines]  # the secretary asks guests, not the notice

    # --- attendance, minutes, decrees ---

    @api.model
    def _attendance_domain(self):
        return (
            Domain("partner_id", "=", self.env.user.partner_id.id)
            & Domain("kind", "=", "member")
            & Domain("session_state", "in", HELD)
        )

    @api.model
    def _attendance(self, offset=0, limit=20):
        rows = self.env["shora.attendance"].search(
            self._attendance_domain(), order="session_start desc, id desc", offset=offset, limit=limit
        )
        words = self.env["shora.words"]
        labels = dict(rows._fields["status"]._description_selection(self.env))
        return [
            {
                "session": row.session_id.display_name,
                "day": words._long_day(row.session_id.day),
                "status": labels[row.status],
                "absent": row.status in ("absent", "excused"),
                "counted": row.counted,
                "arrived": words._digits(words._local(row.arrived_at)) if row.arrived_at else "",
                "left": words._digits(words._local(row.left_at)) if row.left_at else "",
            }
            for row in rows
        ]

    @api.model
    def _minutes_domain(self):
        return self._mine() & Domain("state", "!=", "draft")

    @api.model
    def _minutes(self, offset=0, limit=20):
        minutes = self.env["shora.minutes"].search(self._minutes_domain(), order="id desc", offset=offset, limit=limit)
        resolutions = self.env["shora.resolution"].search(
            Domain("session_id", "in", minutes.session_id.ids) & Domain("state", "in", ADOPTED), order="id"
        )
        by_session = resolutions.grouped("session_id")
        words = self.env["shora.words"]
        return [
            {
                "name": record.session_id.display_name,
                "day": words._long_day(record.session_id.day),
                "council": record.council_id.name,
                "url": f"/shora/document/shora.minutes/{record.id}/minutes.pdf",
                "resolutions": [
                    {"number": words._digits(found.number or ""), "name": found.name, "body": found.body or ""}
                    for found in by_session.get(record.session_id, ())
                ],
            }
            for record in minutes
        ]

    @api.model
    def _decrees(self):
        """The reader's own decrees, newest first; a person keeps them after the membership too."""
        decrees = self._own_decrees()
        words = self.env["shora.words"]
        kinds = dict(decrees._fields["kind"]._description_selection(self.env))
        states = dict(decrees._fields["state"]._description_selection(self.env))
        return [
            {
                "kind": kinds[decree.kind],
                "council": decree.council_id.name,
                "seat": decree.seat_id.name or "",
                "from": words._day(decree.date_from),
                "to": words._day(decree.date_to),
                "state": states[decree.state],
                "colour": "success" if decree.state == "in_force" else PAST_COLOUR,
                "number": words._digits(decree.official_number or ""),
                "url": f"/my/councils/decree/{decree.id}.pdf" if decree.pdf_sha256 else "",
            }
            for decree in decrees
        ]

    @api.model
    def _own_decrees(self):
        """Decrees in the reader's name, in superuser mode: the text is the person's, the record with its history and
        the offices' notes is not.
        """
        return (
            self.env["shora.decree"]
            .sudo()
            .search(
                Domain("partner_id", "=", self.env.user.partner_id.id)
                & Domain("state", "not in", ("draft", "proposed")),
                order="date_from desc, id desc",
            )
        )
