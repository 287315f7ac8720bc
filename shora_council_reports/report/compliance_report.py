"""Whether the by-law is kept: clause by clause, since when it is broken, who must act; one council or all."""

from dataclasses import replace

from odoo.addons.shora_council.models.compliance import WORST
from odoo.addons.web_jalali.tools import jalali

from .excerpt import Excerpt
from .finding_register import FindingRegister
from .table import Column, Mark, Table

TONES = {"block": "bad", "warn": "warn", "info": "none", "kept": "ok", "silent": "none"}


class ClauseTable(Table):
    """What the councils' clauses are judged by: the figures of ``shora.compliance``, which the screen shows too.

    The coordination body keeps no by-law of a council (5-10) and is left out. A period that runs ends today; without a
    first day it is the Jalali year of its last.
    """

    reads = ("shora.finding",)

    def __init__(self, env, scope):
        super().__init__(env, scope)
        self.judged = scope.councils.filtered(lambda council: not council.is_coordination)
        last = min(scope.last or self._today(), self._today())
        self.period = (scope.first or jalali.jalali_year_bounds(jalali.jalali_year(last))[0], last, scope.year)

    @property
    def report_title(self):
        return ComplianceReport.name(self.env)

    def period_text(self):
        return self.scope.period_text(self.env) if self.scope.first else self.env._("This year until today")

    def _states(self):
        return {
            "block": self.env._("broken"),
            "warn": self.env._("to be mended"),
            "info": self.env._("for information"),
            "kept": self.env._("kept"),
            "silent": self.env._("not set by the by-law"),
        }

    def _cells(self):
        """{council: cells}, see ``shora.compliance._clause_table``; with the first day of what is open."""
        compliance = self.env["shora.compliance"]
        unresolved = compliance._unresolved(self.judged)
        table = compliance._clause_table(self.judged, self.period)
        for council, cells in table.items():
            for code, cell in cells.items():
                found = unresolved.get(council.id, {}).get(code, [])
                cell["since_day"] = min((finding.date_since for finding in found), default=None)
        return table

    def _score(self, score):
        return None if score is None else score / 100


class ComplianceSummary(ClauseTable):
    """One row for each council."""

    @classmethod
    def name(cls, env):
        return env._("Compliance of the councils")

    def _columns(self):
        return [
            Column("council", self.env._("Council"), width=30),
            Column("score", self.env._("Days kept"), "share", 12),
            Column("open", self.env._("Open findings"), "integer", 11, True),
            Column("worst", self.env._("Worst clause"), width=22),
            Column("state", self.env._("State"), "mark", 16),
            Column("since", self.env._("Since"), "day", 12),
            Column("actors", self.env._("Who acts"), width=26),
        ]

    def rows(self):
        states, table = self._states(), self._cells()
        for council, cells in table.items():
            row = self.env["shora.compliance"]._row(council, cells, [], None)
            broken = [cell for cell in cells.values() if cell["open"]]
            worst = min(broken, key=lambda cell: WORST[cell["state"]], default=None)
            state = worst["state"] if worst else "kept"
            yield (
                council.short_name or council.name,
                self._score(row["score"]),
                row["open"],
                worst["citation"] if worst else None,
                Mark(states[state], TONES[state]),
                worst["since_day"] if worst else None,
                worst["actors"] if worst else None,
            )


class ClauseByClause(ClauseTable):
    """One row for each council and clause of its by-law."""

    frozen = 2

    @classmethod
    def name(cls, env):
        return env._("Clause by clause")

    def _columns(self):
        return [
            Column("council", self.env._("Council"), width=26),
            Column("clause", self.env._("Clause"), width=18),
            Column("what", self.env._("What it asks"), width=44),
            Column("state", self.env._("State"), "mark", 16),
            Column("open", self.env._("Open findings"), "integer", 10, True),
            Column("since", self.env._("Since"), "day", 12),
            Column("actors", self.env._("Who acts"), width=24),
            Column("days", self.env._("Days broken"), "integer", 9),
            Column("score", self.env._("Days kept"), "share", 9),
        ]

    def rows(self):
        states = self._states()
        for council, cells in self._cells().items():
            for cell in sorted(cells.values(), key=lambda cell: cell["sequence"]):
                yield (
                    council.short_name or council.name,
                    cell["citation"],
                    cell["name"] or None,
                    Mark(states[cell["state"]], TONES[cell["state"]]),
                    cell["open"],
                    cell["since_day"],
                    cell["actors"] or None,
                    cell["days"],
                    self._score(cell["score"]),
                )


class ComplianceReport(Table):
    """The councils side by side where there are several, each clause, and what is open with who must act."""

    code = "compliance_report"
    reads = ("shora.finding",)
    chosen_by = {}

    @classmethod
    def name(cls, env):
        return env._("Compliance report")

    @classmethod
    def tables(cls, env, scope):
        cls.check_access(env, scope)
        clauses = ClauseByClause(env, scope)
        parts = [ComplianceSummary(env, scope)] if len(clauses.judged) > 1 else []
        several = ["council"] if parts else []
        parts.append(Excerpt(clauses, [*several, *_all_but(clauses, "council")], report=cls))
        parts.append(open_findings(env, scope, several, cls))
        return parts


def open_findings(env, scope, several, report):
    """What is open in the councils of ``scope``, as the register of findings has it."""
    open_now = FindingRegister(env, replace(scope, year=None, first=None, last=None, state="open"))
    names = [*several, "clause", "what", "subject", "severity", "actor", "since", "days"]
    return Excerpt(open_now, names, env._("Open findings"), report)


def _all_but(table, name):
    return [column.name for column in table.columns if column.name != name]
