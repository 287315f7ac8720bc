"""Register of minutes: signed, forwarded within the week or not, received, returned, reviewed (5-5)."""

from odoo.addons.shora_council.models.session import HELD
from odoo.addons.shora_council.rules import clock, deadline
from odoo.fields import Domain
from odoo.tools import SQL

from .rows import stream
from .table import Column, Mark, Table


class MinutesRegister(Table):
    """One row for each session that was held, with its minutes or without.

    Days taken are Tehran days from the session to the first forwarding. What the reader may not see yet (a draft, for
    the Secretariat) shows as no minutes.
    """

    code = "minutes_register"
    reads = ("shora.minutes", "shora.minutes.step", "shora.session", "shora.attendance")
    takes = frozenset({"state"})
    states_of = ("shora.minutes", "state")
    chosen_by = {"shora.minutes": "minutes_ids", "shora.session": "id"}

    #: the state that stands for sessions whose minutes the Secretariat does not have
    AWAITED = "awaited"

    @classmethod
    def name(cls, env):
        return env._("Register of minutes")

    @classmethod
    def states(cls, env):
        return [(cls.AWAITED, env._("Not yet forwarded")), *super().states(env)]

    def _columns(self):
        return [
            Column("council", self.env._("Council"), width=26),
            Column("session", self.env._("Session"), "integer", 8),
            Column("day", self.env._("Day of the session"), "day", 12),
            Column("kind", self.env._("Kind of session"), width=13),
            Column("presided", self.env._("Presided by"), width=22),
            Column("ground", self.env._("Ground of presiding"), width=26),
            Column("present", self.env._("Present"), "integer", 8),
            Column("absent", self.env._("Absent"), "integer", 8),
            Column("state", self.env._("State"), width=14),
            Column("signed", self.env._("Signed on"), "day", 12),
            Column("signer", self.env._("Signed by"), width=22),
            Column("due", self.env._("Due"), "day", 12),
            Column("forwarded", self.env._("Forwarded on"), "day", 12),
            Column("taken", self.env._("Days taken"), "integer", 8),
            Column("in_time", self.env._("In time"), "mark", 10),
            Column("number", self.env._("Covering letter"), width=16),
            Column("received", self.env._("Received on"), "day", 12),
            Column("receipt", self.env._("Receipt number"), width=14),
            Column("returned", self.env._("Times returned"), "integer", 8),
            Column("addenda", self.env._("Addenda"), "integer", 8),
            Column("reviewed", self.env._("Reviewed on"), "day", 12),
            Column("presented", self.env._("Presented to the President on"), "day", 12),
            Column("closed", self.env._("Closed on"), "day", 12),
            Column("seal", self.env._("SHA-256 of the PDF"), "code", 20),
        ]

    def _domain(self):
        scope = self.scope
        return (
            scope.in_councils()
            & Domain("state", "in", HELD)
            & scope.on_days("day")
            & (Domain("minutes_awaited", "=", True) if scope.state == self.AWAITED else Domain.TRUE)
            & self._chosen()
        )

    def _query(self):
        state = self.scope.state if self.scope.state != self.AWAITED else None
        return SQL(
            """
            SELECT c.id, %s, s.number, s.day, s.kind, p.name, s.presiding_ground, there.present, there.absent,
                   m.state, m.signed_at, m.signed_name, m.forwarded_at,
                   COALESCE(m.official_number, m.covering_number), way.received_at, way.receipt, way.returned,
                   addenda.signed, way.reviewed_at, way.presented_at, way.closed_at, m.pdf_sha256
              FROM %s s
              JOIN shora_council c ON c.id = s.council_id
              LEFT JOIN res_partner p ON p.id = s.presiding_partner_id
              LEFT JOIN %s m ON m.session_id = s.id
              LEFT JOIN LATERAL (
                  SELECT count(*) FILTER (WHERE a.status IN ('present', 'late')) AS present,
                         count(*) FILTER (WHERE a.status IN ('absent', 'excused')) AS absent
                    FROM shora_attendance a WHERE a.session_id = s.id AND a.kind = 'member'
              ) there ON TRUE
              LEFT JOIN LATERAL (
                  SELECT min(t.at) FILTER (WHERE t.kind = 'received') AS received_at,
                         max(t.at) FILTER (WHERE t.kind = 'reviewed') AS reviewed_at,
                         max(t.at) FILTER (WHERE t.kind = 'presented') AS presented_at,
                         max(t.at) FILTER (WHERE t.kind = 'closed') AS closed_at,
                         count(*) FILTER (WHERE t.kind = 'returned') AS returned,
                         (array_agg(t.number ORDER BY t.id) FILTER (WHERE t.kind = 'received'))[1] AS receipt
                    FROM shora_minutes_step t WHERE t.minutes_id = m.id
              ) way ON TRUE
              LEFT JOIN LATERAL (
                  SELECT count(*) AS signed FROM shora_minutes_addendum d
                   WHERE d.minutes_id = m.id AND d.state = 'signed'
              ) addenda ON TRUE
             WHERE (%s::text IS NULL OR m.state = %s)
             ORDER BY c.sequence, c.id, s.start, s.id
            """,
            self._council_sql(),
            self._readable_rows("shora.session", self._domain()),
            self._readable_rows("shora.minutes", self.scope.in_councils()),
            state,
            state,
        )

    def rows(self):
        return (row for _council_id, row in self.rows_of_councils())

    def rows_of_councils(self):
        """Iterate over (council id, row), for who counts the rows of each council."""
        labels, today = self.words.labels, self._today()
        kinds, grounds = labels("shora.session", "kind"), labels("shora.session", "presiding_ground")
        states = labels("shora.minutes", "state")
        councils = {council.id: council for council in self.scope.councils}
        for row in stream(self.env, self._query()):
            council_id, council, number, day, kind, presided, ground, present, absent = row[:9]
            state, signed, signer, forwarded, letter, received, receipt, returned, addenda, *steps, seal = row[9:]
            rule = councils[council_id]._rule("minutes_days", day)
            due = deadline.last_day(day, rule.value if rule else None)
            sent = _day(forwarded)
            yield (
                council_id,
                (
                    council,
                    number,
                    day,
                    kinds[kind],
                    presided,
                    grounds[ground],
                    present,
                    absent,
                    states[state] or self.env._("Not yet signed"),
                    _day(signed),
                    signer,
                    due,
                    sent,
                    (sent - day).days if sent else None,
                    self._in_time(sent, due, today),
                    letter,
                    _day(received),
                    receipt,
                    returned,
                    addenda,
                    *map(_day, steps),
                    seal,
                ),
            )

    def _in_time(self, sent, due, today):
        if not due:
            return None
        if sent:
            return Mark(self.env._("in time"), "ok") if sent <= due else Mark(self.env._("late"), "bad")
        if today > due:
            return Mark(self.env._("overdue"), "bad")
        return Mark(self.env._("awaited"), "none")


def _day(moment):
    return clock.tehran_day(moment) if moment else None
