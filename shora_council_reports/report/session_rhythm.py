"""The sessions of a council against the rhythm of its by-law (5-1)."""

from odoo.addons.shora_council.models.council_planning import STANDING_STATES
from odoo.addons.shora_council.models.session import HELD
from odoo.addons.shora_council.rules import cadence
from odoo.fields import Domain
from odoo.tools import date_utils

from .table import Column, Mark, Table


class SessionRhythm(Table):
    """One row for each session of the period, fallen ones too; ordinary ones with the latest day they were due on.

    The latest day is that of the clause: the rule's days after the ordinary session before, moved over days off and
    the Nowruz pause. Three queries for each council.
    """

    code = "session_rhythm"
    reads = ("shora.session", "shora.attendance")
    frozen = 2

    @classmethod
    def name(cls, env):
        return env._("Sessions against the rhythm")

    def _columns(self):
        return [
            Column("council", self.env._("Council"), width=26),
            Column("number", self.env._("Session"), "integer", 8),
            Column("day", self.env._("Day"), "day", 12),
            Column("kind", self.env._("Kind of session"), width=14),
            Column("state", self.env._("State"), width=14),
            Column("after", self.env._("Days after the one before"), "integer", 10),
            Column("latest", self.env._("Due at the latest"), "day", 12),
            Column("rhythm", self.env._("Rhythm"), "mark", 14),
            Column("present", self.env._("Present"), "integer", 9, True),
            Column("absent", self.env._("Absent"), "integer", 9, True),
        ]

    def rows(self):
        labels = self.words.labels
        kinds, states = labels("shora.session", "kind"), labels("shora.session", "state")
        sessions = self.env["shora.session"].search(
            self.scope.in_councils() & self._with_one_before() & Domain("state", "!=", "draft"), order="start, id"
        )
        counted = self._counted(sessions)
        for council in self.scope.councils:
            own = sessions.filtered(lambda session, council=council: session.council_id == council)
            dues = self._dues(council, own)
            for session in own.filtered(self._is_asked):
                after, latest = dues.get(session.id, (None, None))
                yield (
                    council.short_name,
                    session.number or None,
                    session.day,
                    kinds[session.kind],
                    states[session.state],
                    after,
                    latest,
                    self._verdict(session.day, latest),
                    *counted.get(session.id, (None, None)),
                )

    def _with_one_before(self):
        """The period, and enough before it to know the session before the first one."""
        first = self.scope.first
        begun = Domain("day", ">=", date_utils.subtract(first, years=1)) if first else Domain.TRUE
        return begun & (Domain("day", "<=", self.scope.last) if self.scope.last else Domain.TRUE)

    def _is_asked(self, session):
        return not self.scope.first or session.day >= self.scope.first

    def _dues(self, council, sessions):
        """{session id: (days after the one before, latest day)} of ordinary sessions that have one before them."""
        standing = [one for one in sessions if one.kind == "ordinary" and one.state in STANDING_STATES]
        if len(standing) < 2 or council.is_coordination:
            return {}
        first, last = standing[0].day, standing[-1].day
        off, pauses = council._off(first, date_utils.add(last, years=1)), council._pauses(first, last)
        dues = {}
        for before, session in zip(standing, standing[1:], strict=False):
            rule = council._interval_rule(session.day)
            latest = cadence.latest_day(before.day, rule.value, off, pauses) if rule else None
            dues[session.id] = ((session.day - before.day).days, latest)
        return dues

    def _verdict(self, day, latest):
        if not latest:
            return None
        if day <= latest:
            return Mark(self.env._("in time"), "ok")
        return Mark(self.env._("late"), "bad")

    def _counted(self, sessions):
        """{session id: (present, absent)} of the members; one query."""
        rows = self.env["shora.attendance"]._read_group(
            Domain("session_id", "in", sessions.ids)
            & Domain("session_id.state", "in", HELD)
            & Domain("kind", "=", "member"),
            ["session_id", "status"],
            ["__count"],
        )
        found = {}
        for session, status, count in rows:
            pair = found.setdefault(session.id, [0, 0])
            if status in ("present", "late"):
                pair[0] += count
            elif status in ("absent", "excused"):
                pair[1] += count
        return found
