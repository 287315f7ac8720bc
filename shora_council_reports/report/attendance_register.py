"""Every attendance of a council's sessions, row by row."""

from odoo.fields import Domain
from odoo.tools import SQL

from .rows import stream
from .table import Column, Table


class AttendanceRegister(Table):
    """One row for each session and person: members, guests, and who was present without being a member (5-6).

    The rows are those on screen (``shora.attendance.report``).
    """

    code = "attendance_register"
    reads = ("shora.attendance.report", "shora.attendance", "shora.session")
    for_members = True
    takes = frozenset({"person", "state"})
    states_of = ("shora.attendance", "status")
    chosen_by = {"shora.attendance": "id", "shora.session": "session_id"}

    @classmethod
    def name(cls, env):
        return env._("Attendance register")

    def _columns(self):
        return [
            Column("council", self.env._("Council"), width=26),
            Column("number", self.env._("Session"), "integer", 8),
            Column("day", self.env._("Day"), "day", 12),
            Column("session_kind", self.env._("Kind of session"), width=13),
            Column("seat", self.env._("Seat"), width=9),
            Column("person", self.env._("Person"), width=24),
            Column("capacity", self.env._("Capacity"), width=14),
            Column("status", self.env._("Status"), width=16),
            Column("arrived", self.env._("Arrived"), width=8),
            Column("left", self.env._("Left"), width=8),
            Column("note", self.env._("Remark"), width=28),
        ]

    def _domain(self):
        scope = self.scope
        return (
            scope.in_councils()
            & scope.on_days("day")
            & scope.of_people()
            & (Domain("status", "=", scope.state) if scope.state else Domain.TRUE)
            & self._chosen()
        )

    def _query(self):
        return SQL(
            """
            SELECT %s, a.number, a.day, a.session_kind, t.code, p.name, a.kind, a.status, a.arrived_at, a.left_at,
                   a.is_de_facto, a.note
              FROM %s a
              JOIN shora_council c ON c.id = a.council_id
              JOIN res_partner p ON p.id = a.partner_id
              LEFT JOIN shora_seat t ON t.id = a.seat_id
             ORDER BY c.sequence, c.id, a.session_start, a.session_id, a.kind <> 'member', a.seat_sequence, a.id
            """,
            self._council_sql(),
            self._readable_rows("shora.attendance.report", self._domain()),
        )

    def rows(self):
        words = self.words
        kinds = words.labels("shora.session", "kind")
        capacities = words.labels("shora.attendance", "kind")
        statuses = words.labels("shora.attendance", "status")
        seats, local = words.seat, words.local
        de_facto = self.env._("de facto")
        for council, number, day, kind, seat, person, capacity, status, arrived, left, is_de_facto, note in stream(
            self.env, self._query()
        ):
            yield (
                council,
                number,
                day,
                kinds[kind],
                seats[seat] if seat else None,
                person,
                capacities[capacity],
                statuses[status],
                f"{local[arrived]:%H:%M}" if arrived else None,
                f"{local[left]:%H:%M}" if left else None,
                words.join((de_facto, note) if note else (de_facto,)) if is_de_facto else note,
            )
