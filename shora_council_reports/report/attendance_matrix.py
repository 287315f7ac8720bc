"""Members × sessions of one council: who was there, absences in a row, who is deemed resigned (5-6)."""

from collections import namedtuple
from dataclasses import replace

from odoo.addons.shora_council.models.session import HELD
from odoo.addons.shora_council.rules import absence
from odoo.fields import Domain
from odoo.tools import SQL

from .rows import stream
from .table import Column, Mark, Table

#: one letter for each status; too short for a translation
SIGNS = {
    "fa": {"present": "ح", "late": "ت", "absent": "غ", "excused": "ع", "unmarked": "؟"},
    "en": {"present": "P", "late": "L", "absent": "A", "excused": "E", "unmarked": "?"},
}

_Cell = namedtuple("_Cell", "session status kind seat person de_facto")


class AttendanceMatrix(Table):
    """One row for each member, one column for each session of a single council.

    The runs are those of the absence rule over the member's whole time (``rules/absence.py``), not of the period
    alone: the first absence shown may be the second in a row.
    """

    code = "attendance_matrix"
    reads = ("shora.attendance", "shora.session", "shora.membership")
    for_members = True
    takes = frozenset({"person"})
    frozen = 2

    @classmethod
    def name(cls, env):
        return env._("Attendance matrix")

    @classmethod
    def tables(cls, env, scope):
        cls.check_access(env, scope)
        return [cls(env, replace(scope, councils=council)) for council in scope.councils]

    def __init__(self, env, scope):
        scope.councils.ensure_one()
        self.council = scope.councils
        self.sessions = env["shora.session"].search_fetch(
            scope.in_councils() & Domain("state", "in", HELD) & scope.on_days("day"),
            ["number", "kind", "day"],
            order="start, id",
        )
        super().__init__(env, scope)

    @property
    def sheet_title(self):
        return self.council.short_name or self.title

    @property
    def notes(self):
        signs = self._signs()
        legend = [
            (signs["present"], self.env._("present")),
            (signs["late"], self.env._("present, late")),
            (signs["absent"], self.env._("absent")),
            (signs["excused"], self.env._("absent, excused")),
            ("–", self.env._("no member on that day")),
        ]
        return [
            self.words.join(f"{sign}: {meaning}" for sign, meaning in legend),
            self.env._(
                "The figure beside an absence says how many it is in a row; * marks the one by which the member is "
                "deemed resigned; + a presence after that, de facto."
            ),
        ]

    def _signs(self):
        return SIGNS["fa" if self.words.persian else "en"]

    def _columns(self):
        return [
            Column("seat", self.env._("Seat"), width=9),
            Column("person", self.env._("Person"), width=26),
            *[Column(f"session_{session.id}", self._heading(session), "mark", 11) for session in self.sessions],
            Column("sessions", self.env._("Sessions"), "integer", 9),
            Column("attended", self.env._("Attended"), "integer", 9),
            Column("absent", self.env._("Absent"), "integer", 9),
            Column("share", self.env._("Share attended"), "share", 9),
            Column("longest", self.env._("Longest run of absences"), "integer", 10),
            Column("current", self.env._("Absences in a row now"), "integer", 10),
            Column("resigned", self.env._("Deemed resigned on"), "day", 12),
        ]

    def _heading(self, session):
        lines = [self.words.digits[session.number or ""], self.words.jalali[session.day]]
        if session.kind != "ordinary":
            lines.append(self.words.labels("shora.session", "kind")[session.kind])
        return "\n".join(lines)

    # --- the facts ---

    def _cells(self):
        """{partner id: {session id: cell}} in the order of seats."""
        query = SQL(
            """
            SELECT a.partner_id, a.session_id, a.status, a.kind, t.code, p.name, a.is_de_facto
              FROM %s a
              JOIN res_partner p ON p.id = a.partner_id
              JOIN shora_membership m ON m.id = a.membership_id
              JOIN shora_seat t ON t.id = m.seat_id
             ORDER BY max(a.seat_sequence) OVER (PARTITION BY a.partner_id), p.name, p.id, a.session_start
            """,
            self._readable_rows(
                "shora.attendance",
                self.scope.in_councils()
                & Domain("session_id", "in", self.sessions.ids)
                & Domain("kind", "=", "member")
                & self.scope.of_people(),
            ),
        )
        found = {}
        for partner, session, *facts in stream(self.env, query):
            found.setdefault(partner, {})[session] = _Cell(session, *facts)
        return found

    def _verdicts(self, partner_ids):
        """({partner id: verdict of the absence rule}, {partner id: day of the deemed resignation in force}).

        As superuser: the rule judges a member's whole time in a council whose attendance the reader may read, and
        what it says of the member is written on the membership that every member of the council reads.
        """
        partners = self.env["res.partner"].browse(partner_ids)
        if not partners:
            return {}, {}
        rule_sudo = self.env["shora.deemed.resignation"].sudo()
        council_sudo = self.council.sudo()
        marks, _rows = rule_sudo._marks(council_sudo, partners)
        limit = rule_sudo._limit_of(council_sudo)
        of_them = Domain("council_id", "=", self.council.id) & Domain("partner_id", "in", partners.ids)
        memberships = rule_sudo.env["shora.membership"].search(of_them & Domain("state", "!=", "void"))
        records = rule_sudo.search(of_them & Domain("state", "=", "in_force"))
        verdicts = {
            partner.id: absence.judge(
                [rule_sudo._spell(member, records) for member in own],
                marks.get(partner.id, []),
                limit,
                today=self._today(),
            )
            for partner, own in memberships.grouped("partner_id").items()
        }
        return verdicts, {record.partner_id.id: record.date for record in records.sorted("date")}

    # --- rows ---

    def rows(self):
        cells = self._cells()
        verdicts, resigned = self._verdicts(list(cells))
        for partner, own in cells.items():
            verdict = verdicts.get(partner)
            steps = {step.mark.session_key: step for step in verdict.timeline} if verdict else {}
            attended = sum(cell.status in ("present", "late") for cell in own.values())
            absent = sum(cell.status in ("absent", "excused") for cell in own.values())
            last = list(own.values())[-1]
            yield (
                self.words.seat[last.seat],
                last.person,
                *[self._mark(own.get(session.id), steps.get(session.id)) for session in self.sessions],
                len(own),
                attended,
                absent,
                attended / len(own),
                max((len(run) for run in verdict.runs), default=0) if verdict else 0,
                verdict.current_run if verdict else 0,
                resigned.get(partner),
            )

    def _mark(self, cell, step):
        if not cell:
            return Mark("–")
        sign = self._signs()[cell.status]
        if cell.status in ("present", "late"):
            return Mark(f"{sign}+", "warn") if cell.de_facto else Mark(sign, "ok")
        if not step or not step.run:
            return Mark(sign, "none")
        text = f"{sign} {step.run}"
        if step.resignation:
            return Mark(f"{text}*", "bad")
        return Mark(text, "bad" if step.warning else "warn")
