from odoo import fields, models

#: activity type of the to-do “dispatch the written notice”
NOTICE_TODO = "shora_council.activity_notice"


class ShoraSession(models.Model):
    """What becomes fact with a session's state, and what follows from it."""

    _name = "shora.session"
    _inherit = "shora.session"

    # --- what becomes fact ---

    def _values_with_state(self, new):
        """Scheduling numbers a whole plan at once, in the order of time: two queries a council, not two a session."""
        return self._scheduling_values() if new == "scheduled" else super()._values_with_state(new)

    def _scheduling_values(self):
        numbers = self.filtered(lambda session: not session.number)._next_numbers()
        forgotten = {
            "presiding_ground": False,
            "presiding_partner_id": False,
            "delegation_note": False,
            "opened_at": False,
        }
        return [(session, {"number": numbers[session]} if session in numbers else forgotten) for session in self]

    def _next_numbers(self):
        """{session: next number in its council's one series}; the councils are claimed, so that of two plans at
        once the later starts again and counts on from the earlier.
        """
        if not self:
            return {}
        self.council_id._claim()
        highest = dict(self._read_group([("council_id", "in", self.council_id.ids)], ["council_id"], ["number:max"]))
        numbers = {}
        for council, sessions in self.grouped("council_id").items():
            following = (highest.get(council) or 0) + 1
            numbers.update(zip(sessions.sorted("start"), range(following, following + len(sessions)), strict=True))
        return numbers

    def _on_scheduled(self):
        self._forget_opening()
        self._project_event()

    def _invited_values(self):
        return {"presiding_ground": False, "presiding_partner_id": False, "delegation_note": False, "opened_at": False}

    def _on_invited(self):
        self._forget_opening()
        self.env["shora.todo"]._close(self, NOTICE_TODO)

    def _forget_opening(self):
        """A wrongly opened session taken back: its attendance rows never were."""
        self.attendance_ids._discard()

    def _officers(self):
        """(chair, secretary) of the council on the session's day, as partners; empty where vacant."""
        self.ensure_one()
        council = self.council_id.sudo()  # who presides is no secret of the decree's
        Decree = council.env["shora.decree"]
        chair = Decree._chairs_on(council, self.day).get(council.id, Decree)
        secretary = Decree._secretaries_on(council, self.day).get(council.id, Decree)
        partners = self.env["res.partner"]
        return partners.browse(chair.partner_id.ids), partners.browse(secretary.partner_id.ids)

    def _open_values(self):
        chair, secretary = self._officers()
        presiding = chair if self.presiding_ground == "chair" else secretary
        return {"presiding_partner_id": presiding.id, "opened_at": fields.Datetime.now()}

    def _on_open(self):
        for session in self:
            session.env["shora.attendance"]._open_for(session)

    def _closed_values(self):
        return {"attendance_confirmed_at": fields.Datetime.now(), "attendance_confirmed_by_id": self.env.uid}

    def _on_closed(self):
        """The facts are confirmed: the absence rule is judged now (5-6), and again nightly as a safety net."""
        resignation = self.env["shora.deemed.resignation"]
        for session in self:
            members = session.attendance_ids.filtered("membership_id").partner_id
            resignation._judge_council(session.council_id, members, session=session)
        self.env["shora.finding"]._check(self.council_id)

    def _on_cancelled(self):
        self._withdraw()

    def _on_not_held(self):
        self._withdraw()

    def _postponed_values(self):
        """The successor and the carried items, made while the agenda of this session may still change."""
        successor = self.create(
            {
                "council_id": self.council_id.id,
                "kind": self.kind,
                "ground": self.ground,
                "start": self.postponed_to,
                "stop": self.postponed_to + (self.stop - self.start),
                "place": self.place,
                "video_url": self.video_url,
            }
        )
        self.agenda_item_ids.filtered(lambda item: item.state in ("proposed", "accepted"))._carry_to(successor)
        return {"successor_id": successor.id}

    def _on_postponed(self):
        self._withdraw()

    def _withdraw(self):
        """Take the session out of the calendars and tell those who were invited."""
        self._project_event()
        self.env["shora.todo"]._close(self, NOTICE_TODO)
        for session in self.filtered(lambda s: s.notice_id.state == "dispatched"):
            session._tell(lambda told: told._off_sentence())

    def _off_sentence(self):
        if self.state != "postponed":
            return self.env._("The session does not take place: %(reason)s", reason=self.final_reason)
        words = self.env["shora.words"]
        return self.env._(
            "The session is postponed to %(day)s at %(hour)s; a new invitation follows. Reason: %(reason)s",
            day=words._day(self.successor_id.day),
            hour=words._digits(words._local(self.successor_id.start)),
            reason=self.final_reason,
        )

    # --- telling people ---

    def _tell_moved(self):
        """Notice is judged again by the new day (5-1) and the recipients are told."""
        self._withdraw_former()
        for session in self:
            session._tell(lambda told: told._moved_sentence())
        self.env["shora.finding"]._check(self.council_id)

    def _moved_sentence(self):
        words = self.env["shora.words"]
        return self.env._(
            "Time or place of the session changed. It is held on %(day)s at %(hour)s, %(place)s.",
            day=words._day(self.day),
            hour=words._digits(words._local(self.start)),
            place=self.place or self.video_url or self.env._("place not set"),
        )

    def _withdraw_former(self):
        """Whose membership ends before the new day is no longer invited."""
        sitting = self._members_by_session()
        rows = self.notice_id.recipient_ids.sudo()  # a consequence of the move, whoever may see the rows
        rows.filtered(lambda row: row.partner_id not in sitting[row.session_id].partner_id)._withdraw()

    def _uninvited(self):
        """{session: its members, as partners, whom its dispatched notice does not name}; one query for all. Who became
        a member after the last day of the notice could not be given it by then, and is not among them.
        """
        sitting = self._members_by_session()
        named = {
            session: session.notice_id.recipient_ids.filtered(lambda row: row.state != "withdrawn").partner_id
            for session in self
        }
        owed = {
            session: sitting[session].filtered(
                lambda member, last=session.notice_last_day: not last or member.date_from <= last
            )
            for session in self
        }
        return {session: owed[session].partner_id - named[session] for session in self}

    def _not_a_member(self, partners):
        """The refusal of recipients who do not sit in the council on the session's day."""
        return self._refusal(
            self._notice_rule(),
            self.env._(
                "No members of the council on the session's day: %(names)s. The notice and its documents go to the "
                "members; a guest sees the items invited to on the portal.",
                names=self.env["shora.words"]._join(partners.mapped("name")),
            ),
        )

    def _tell(self, speak):
        """
        :param speak: takes the session as its readers read it and gives one sentence
        """
        self.ensure_one()
        partners = self._invited_partners()
        if partners:
            # Whose notice came by mail gets this by a mail of ours, with a calendar file that says the same.
            quiet = self.with_context(shora_mailed_ids=self._mail_changes(speak).ids)
            quiet._tell_readers(partners, speak, email_layout_xmlid="mail.mail_notification_light")

    def _invited_partners(self):
        """Whom the written notice invited and who still are."""
        rows = self.notice_id.filtered(lambda notice: notice.state == "dispatched").recipient_ids
        return rows.filtered(lambda row: row.state != "withdrawn").partner_id

    # --- calendar ---

    def _project_event(self):
        """The one place which writes the session into the calendar: created, moved or removed to say what the session
        says.
        """
        self.env["calendar.event"].sudo()._project_sessions(self)  # a projection, no act of the user's in the calendar
