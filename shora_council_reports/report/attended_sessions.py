"""Attended sessions per person and period: what the fee for sessions (حق‌الجلسه) is reckoned from."""

from odoo.fields import Domain
from odoo.tools import SQL

from .rows import stream
from .table import Column, Table


class AttendedSessions(Table):
    """One row for each council, person and capacity, or for each month of it: sessions and how many were attended.

    Counted are the sessions whose attendance is confirmed. Who came late was there (5-6); who was present without
    being a member is listed as such.
    """

    code = "attended_sessions"
    reads = ("shora.attendance", "shora.session")
    takes = frozenset({"person", "month"})
    frozen = 3

    def __init__(self, env, scope):
        self.spans = scope.spans(env)
        super().__init__(env, scope)

    @classmethod
    def name(cls, env):
        return env._("Attended sessions")

    @property
    def notes(self):
        return [self.env._("Sessions whose attendance is confirmed; who came late is counted as present.")]

    def _columns(self):
        return [
            Column("council", self.env._("Council"), width=26),
            Column("seat", self.env._("Seat"), width=9),
            Column("person", self.env._("Person"), width=26),
            Column("capacity", self.env._("Capacity"), width=14),
            Column("period", self.env._("Period"), width=16),
            Column("sessions", self.env._("Sessions"), "integer", 10, True),
            Column("attended", self.env._("Attended"), "integer", 10, True),
            Column("ordinary", self.env._("of which ordinary"), "integer", 10, True),
            Column("extraordinary", self.env._("of which extraordinary"), "integer", 10, True),
            Column("late", self.env._("of which late"), "integer", 10, True),
            Column("de_facto", self.env._("of which de facto"), "integer", 10, True),
            Column("absent", self.env._("Absent"), "integer", 10, True),
            Column("excused", self.env._("of which excused"), "integer", 10, True),
            Column("share", self.env._("Share attended"), "share", 10),
            Column("numbers", self.env._("Sessions attended, by number"), width=34),
        ]

    def _domain(self):
        scope = self.scope
        return (
            scope.in_councils()
            & Domain("session_id.state", "=", "closed")
            & Domain("session_id.attendance_confirmed_at", "!=", False)
            & scope.on_days("session_id.day")
            & scope.of_people()
        )

    def _query(self):
        present = SQL("a.status IN ('present', 'late')")
        return SQL(
            """
            WITH span (place, first, last) AS (VALUES %s)
            SELECT %s, (array_agg(t.code ORDER BY a.session_start DESC))[1], p.name, a.kind, span.place,
                   count(*), count(*) FILTER (WHERE %s),
                   count(*) FILTER (WHERE %s AND s.kind = 'ordinary'),
                   count(*) FILTER (WHERE %s AND s.kind = 'extraordinary'),
                   count(*) FILTER (WHERE a.status = 'late'),
                   count(*) FILTER (WHERE %s AND a.is_de_facto),
                   count(*) FILTER (WHERE a.status IN ('absent', 'excused')),
                   count(*) FILTER (WHERE a.status = 'excused'),
                   array_agg(s.number ORDER BY a.session_start) FILTER (WHERE %s)
              FROM %s a
              JOIN shora_session s ON s.id = a.session_id
              JOIN span ON s.day BETWEEN span.first AND span.last
              JOIN shora_council c ON c.id = a.council_id
              JOIN res_partner p ON p.id = a.partner_id
              LEFT JOIN shora_membership m ON m.id = a.membership_id
              LEFT JOIN shora_seat t ON t.id = m.seat_id
             GROUP BY c.id, p.id, a.kind, span.place
             ORDER BY c.sequence, c.id, a.kind <> 'member', max(a.seat_sequence), p.name, p.id, span.place
            """,
            SQL(", ").join(
                SQL("(%s, %s::date, %s::date)", place, *days) for place, (*days, _name) in enumerate(self.spans)
            ),
            self._council_sql(),
            *[present] * 5,
            self._readable_rows("shora.attendance", self._domain()),
        )

    def rows(self):
        capacities = self.words.labels("shora.attendance", "kind")
        for council, seat, person, capacity, place, *counts, numbers in stream(self.env, self._query()):
            yield (
                council,
                self.words.seat[seat] if seat else None,
                person,
                capacities[capacity],
                self.spans[place][2],
                *counts,
                counts[1] / counts[0],
                self.words.join(str(number) for number in numbers or ()),
            )
