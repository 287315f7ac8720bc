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
    reads = ("shora.attendance.report", "shora.attendance", "shora.session")
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
        return scope.in_councils() & Domain("is_confirmed", "=", True) & scope.on_days("day") & scope.of_people()

    def _query(self):
        return SQL(
            """
            WITH span (place, first, last) AS (VALUES %s)
            SELECT %s, (array_agg(t.code ORDER BY a.session_start DESC))[1], p.name, a.kind, span.place,
                   count(*), sum(a.attended),
                   sum(a.attended) FILTER (WHERE a.session_kind = 'ordinary'),
                   sum(a.attended) FILTER (WHERE a.session_kind = 'extraordinary'),
                   sum(a.late),
                   sum(a.attended) FILTER (WHERE a.is_de_facto),
                   sum(a.absent),
                   sum(a.excused),
                   array_agg(a.number ORDER BY a.session_start) FILTER (WHERE a.attended = 1)
              FROM %s a
              JOIN span ON a.day BETWEEN span.first AND span.last
              JOIN shora_council c ON c.id = a.council_id
              JOIN res_partner p ON p.id = a.partner_id
              LEFT JOIN shora_seat t ON t.id = a.seat_id
             GROUP BY c.id, p.id, a.kind, span.place
             ORDER BY c.sequence, c.id, a.kind <> 'member', max(a.seat_sequence), p.name, p.id, span.place
            """,
            SQL(", ").join(
                SQL("(%s, %s::date, %s::date)", place, *days) for place, (*days, _name) in enumerate(self.spans)
            ),
            self._council_sql(),
            self._readable_rows("shora.attendance.report", self._domain()),
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
                *[count or 0 for count in counts],
                counts[1] / counts[0],
                self.words.join(str(number) for number in numbers or ()),
            )
