"""All councils side by side: composition, sessions, attendance, resolutions, deadlines, findings, plan."""

from collections import Counter, defaultdict

from odoo.addons.shora_council.models.resolution_life import ADOPTED, OPEN
from odoo.addons.shora_council.models.session import HELD
from odoo.addons.shora_council.rules import clock, notice
from odoo.fields import Domain

from .minutes_register import MinutesRegister
from .table import Column, Table


class CouncilSummary(Table):
    """One row for each council, as many queries for one as for eighty.

    Members are those of the period's last day, of today while it runs; findings are the ones open now.
    """

    code = "council_summary"
    reads = (
        *("shora.membership", "shora.session", "shora.attendance", "shora.notice", "shora.minutes"),
        *("shora.minutes.step", "shora.resolution", "shora.finding", "shora.annual.plan", "shora.deemed.resignation"),
    )
    chosen_by = {"shora.council": "id"}
    frozen = 1

    @classmethod
    def name(cls, env):
        return env._("Summary of the councils")

    def _columns(self):
        return [
            Column("council", self.env._("Council"), width=26),
            Column("members", self.env._("Members"), "integer", 13, True),
            Column("experts", self.env._("Experts"), "integer", 13, True),
            Column("held", self.env._("Sessions held"), "integer", 13, True),
            Column("extraordinary", self.env._("Extraordinary sessions held"), "integer", 13, True),
            Column("fallen", self.env._("Cancelled, postponed or not held"), "integer", 13, True),
            Column("share", self.env._("Share attended"), "share", 10),
            Column("resigned", self.env._("Deemed resigned"), "integer", 13, True),
            Column("notices", self.env._("Notices dispatched"), "integer", 13, True),
            Column("notices_late", self.env._("Notices late"), "integer", 13, True),
            Column("forwarded", self.env._("Minutes forwarded"), "integer", 13, True),
            Column("forwarded_late", self.env._("Minutes forwarded late"), "integer", 13, True),
            Column("awaited", self.env._("Minutes awaited"), "integer", 13, True),
            Column("taken", self.env._("Days taken at most"), "integer", 13),
            Column("adopted", self.env._("Resolutions adopted"), "integer", 13, True),
            Column("open", self.env._("Resolutions open"), "integer", 13, True),
            Column("overdue", self.env._("Resolutions overdue"), "integer", 13, True),
            Column("done", self.env._("Resolutions done"), "integer", 13, True),
            Column("findings", self.env._("Open findings"), "integer", 13, True),
            Column("blocking", self.env._("Blocking findings"), "integer", 13, True),
            Column("plan", self.env._("Plan against expected"), width=16),
        ]

    def rows(self):
        figures = defaultdict(Counter)
        self._count_members(figures)
        self._count_sessions(figures)
        self._count_notices(figures)
        self._count_minutes(figures)
        self._count_resolutions(figures)
        self._count_findings(figures)
        plans = self._plans()
        for council in self.scope.councils.sorted(lambda council: (council.sequence, council.id)):
            counted = figures[council.id]
            marked = counted["present"] + counted["absent"]
            counted["share"] = counted["present"] / marked if marked else None
            counted["taken"] = counted["taken"] if counted["forwarded"] else None
            named = {"council": council.short_name or council.name, "plan": plans.get(council.id)}
            yield tuple(named[column.name] if column.name in named else counted[column.name] for column in self.columns)

    def _per_council(self, model, domain, groups=(), aggregates=("__count",)):
        """[(council id, *groups, *aggregates)] of what the reader may read; one query."""
        rows = self.env[model]._read_group(
            self.scope.in_councils() & Domain(domain), ["council_id", *groups], list(aggregates)
        )
        return [(council.id, *rest) for council, *rest in rows]

    def _count_members(self, figures):
        day = min(self.scope.last or self._today(), self._today())
        sitting = self.env["shora.membership"]._domain_on(day)
        for council, kind, count in self._per_council("shora.membership", sitting, ["seat_kind"]):
            figures[council]["members"] += count
            figures[council]["experts"] += count if kind == "expert" else 0
        resigned = self.scope.on_days("date") & Domain("state", "=", "in_force")
        for council, count in self._per_council("shora.deemed.resignation", resigned):
            figures[council]["resigned"] = count

    def _count_sessions(self, figures):
        for council, kind, state, count in self._per_council(
            "shora.session", self.scope.on_days("day"), ["kind", "state"]
        ):
            if state in HELD:
                figures[council]["held"] += count
                figures[council]["extraordinary"] += count if kind == "extraordinary" else 0
            elif state in ("cancelled", "postponed", "not_held"):
                figures[council]["fallen"] += count
        counted = (
            self.scope.on_days("session_id.day")
            & Domain("session_id.state", "=", "closed")
            & Domain("kind", "=", "member")
        )
        for council, status, count in self._per_council("shora.attendance", counted, ["status"]):
            figures[council]["present" if status in ("present", "late") else "absent"] += count

    def _count_notices(self, figures):
        """Late is a notice by its latest recipient's earliest channel, by the rule of the session's day."""
        notices = self.env["shora.notice"].search_fetch(
            self.scope.in_councils() & Domain("state", "=", "dispatched") & self.scope.on_days("session_id.day"),
            ["council_id", "session_id", "effective_at"],
        )
        for one in notices:
            session = one.session_id
            served = one.effective_at or None
            last = notice.last_day(session.day, session._notice_days())
            late = bool(last) and (clock.tehran_day(served) if served else self._today()) > last
            figures[one.council_id.id]["notices"] += 1
            figures[one.council_id.id]["notices_late"] += late

    def _count_minutes(self, figures):
        """Of the register of minutes itself, so that both say the same."""
        register = MinutesRegister(self.env, self.scope)
        places = {column.name: place for place, column in enumerate(register.columns)}
        for council_id, row in register.rows_of_councils():
            counted = figures[council_id]
            sent, due, taken = row[places["forwarded"]], row[places["due"]], row[places["taken"]]
            counted["awaited" if not sent else "forwarded"] += 1
            counted["forwarded_late"] += bool(sent and due and sent > due)
            counted["taken"] = max(counted["taken"], taken or 0)

    def _count_resolutions(self, figures):
        adopted = self.scope.on_days("session_id.day") & Domain("state", "in", ADOPTED)
        for council, state, count in self._per_council("shora.resolution", adopted, ["state"]):
            figures[council]["adopted"] += count
            figures[council]["open"] += count if state in OPEN else 0
            figures[council]["done"] += count if state == "done" else 0
        overdue = adopted & Domain("state", "in", OPEN) & Domain("date_due", "<", self._today())
        for council, count in self._per_council("shora.resolution", overdue):
            figures[council]["overdue"] = count

    def _count_findings(self, figures):
        for council, severity, count in self._per_council("shora.finding", Domain("state", "=", "open"), ["severity"]):
            figures[council]["findings"] += count
            figures[council]["blocking"] += count if severity == "block" else 0

    def _plans(self):
        """{council id: progress against what is expected today} of the latest plan in the period."""
        plans = self.env["shora.annual.plan"].search(
            self.scope.in_councils()
            & Domain("state", "in", ("confirmed", "in_execution", "closed"))
            & (Domain("date_to", ">=", self.scope.first) if self.scope.first else Domain.TRUE)
            & (Domain("date_from", "<=", self.scope.last) if self.scope.last else Domain.TRUE),
            order="year",
        )
        return {
            plan.council_id.id: self.env._(
                "%(progress)s of %(expected)s percent", progress=plan.progress, expected=plan.expected_progress
            )
            for plan in plans
        }
