"""Register of notices: each recipient by each channel, and whether it was in time (5-1)."""

from odoo.addons.shora_council.rules import clock, notice
from odoo.fields import Domain
from odoo.tools import SQL

from .rows import stream
from .table import Column, Mark, Table


class NoticeRegister(Table):
    """One row for each recipient and channel of the notices that were dispatched, by the day of their session.

    In time is each row by itself; the notice as a whole is as late as its latest recipient's earliest channel.
    """

    code = "notice_register"
    reads = ("shora.notice", "shora.notice.recipient", "shora.session")
    takes = frozenset({"person", "state"})
    states_of = ("shora.notice.recipient", "state")
    chosen_by = {"shora.notice": "notice_id", "shora.notice.recipient": "id", "shora.session": "session_id"}

    @classmethod
    def name(cls, env):
        return env._("Register of notices")

    def _columns(self):
        return [
            Column("council", self.env._("Council"), width=26),
            Column("session", self.env._("Session"), "integer", 8),
            Column("day", self.env._("Day of the session"), "day", 12),
            Column("notice", self.env._("Number of the notice"), width=16),
            Column("due", self.env._("To be dispatched by"), "day", 12),
            Column("recipient", self.env._("Recipient"), width=26),
            Column("channel", self.env._("Channel"), width=11),
            Column("address", self.env._("Address"), "code", 26),
            Column("state", self.env._("State"), width=13),
            Column("served", self.env._("Served at"), "moment", 16),
            Column("in_time", self.env._("In time"), "mark", 9),
            Column("opened", self.env._("Opened at"), "moment", 16),
            Column("receipt", self.env._("Receipt on file"), width=9),
            Column("called", self.env._("Called at"), "moment", 16),
            Column("answer", self.env._("Answer on the telephone"), width=18),
            Column("failure", self.env._("What happened"), width=26),
            Column("pack", self.env._("SHA-256 of the pack"), "code", 20),
        ]

    def _domain(self):
        scope = self.scope
        return (
            scope.in_councils()
            & Domain("notice_id.dispatched_at", "!=", False)
            & scope.on_days("session_id.day")
            & scope.of_people()
            & (Domain("state", "=", scope.state) if scope.state else Domain.TRUE)
            & self._chosen()
        )

    def _query(self):
        return SQL(
            """
            SELECT c.id, %s, s.number, s.day, s.kind, COALESCE(n.official_number, n.internal_number), n.pack_sha256,
                   COALESCE(NULLIF(CONCAT_WS(' ', r.printed_title, r.printed_name), ''), p.name), r.channel,
                   CASE WHEN r.channel = 'phone' THEN r.phone_number ELSE r.address END, r.state, r.sent_at,
                   r.opened_at, r.receipt_sha256, r.called_at, r.phone_answer, r.failure
              FROM %s r
              JOIN shora_notice n ON n.id = r.notice_id
              JOIN shora_session s ON s.id = r.session_id
              JOIN shora_council c ON c.id = r.council_id
              JOIN res_partner p ON p.id = r.partner_id
             ORDER BY c.sequence, c.id, s.start, s.id, n.id, r.seat_sequence, p.id, r.id
            """,
            self._council_sql(),
            self._readable_rows("shora.notice.recipient", self._domain()),
        )

    def rows(self):
        words = self.words
        channels = words.labels("shora.notice.recipient", "channel")
        states = words.labels("shora.notice.recipient", "state")
        answers = words.labels("shora.notice.recipient", "phone_answer")
        due = self._due()
        for row in stream(self.env, self._query()):
            (council_id, council, number, day, kind, notice_number, pack, recipient, channel, address, state) = row[:11]
            sent, opened, receipt, called, answer, failure = row[11:]
            last = due[council_id, kind, day]
            yield (
                council,
                number,
                day,
                notice_number,
                last,
                recipient,
                channels[channel],
                address,
                states[state],
                words.local[sent],
                self._in_time(channel, state, sent, last),
                words.local[opened],
                words.yes(receipt),
                words.local[called],
                answers[answer],
                failure,
                pack,
            )

    def _due(self):
        """{(council id, kind of session, day): last day for the dispatch by the by-law of that day, or None}."""
        councils = {council.id: council for council in self.scope.councils}

        class Due(dict):
            def __missing__(due, key):
                council_id, kind, day = key
                code = "extraordinary_notice_days" if kind == "extraordinary" else "notice_days"
                rule = councils[council_id]._rule(code, day)
                due[key] = notice.last_day(day, rule.value if rule else None)
                return due[key]

        return Due()

    def _in_time(self, channel, state, sent, last):
        """Of written channels that have served, where the by-law sets a day."""
        if channel == "phone" or not last or state in ("withdrawn", "planned"):
            return None
        if not sent or state in ("bounced", "failed", "queued"):
            return Mark(self.env._("not served"), "bad")
        if clock.tehran_day(sent) <= last:
            return Mark(self.env._("in time"), "ok")
        return Mark(self.env._("late"), "bad")
