"""Parts of the yearly report that sum other tables up: they count their rows, or show them the other way round."""

from collections import Counter
from functools import cached_property

from odoo.addons.shora_council.models.resolution_life import OPEN

from .compliance_report import ClauseByClause
from .table import Column, Mark, Table

LEVELS = {"success": "ok", "warning": "warn", "danger": "bad"}


def report_name(env):
    """Name of the whole report."""
    return env._("Yearly report of the council")


def lines_of(table):
    """Rows of ``table`` as {name of the column: value}."""
    names = [column.name for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.kept]


class Part(Table):
    """A part of the report; the whole asks who may read it.

    :param whole: the table of another report that it sums up
    """

    def __init__(self, whole):
        super().__init__(whole.env, whole.scope)
        self.whole = whole

    @property
    def report_title(self):
        return report_name(self.env)


class KeyFigures(Part):
    """The council's row of the summary of the councils (``whole``), one figure a line."""

    @classmethod
    def name(cls, env):
        return env._("The year in figures")

    def _columns(self):
        return [
            Column("figure", self.env._("Figure"), width=44),
            Column("value", self.env._("Value"), width=20),
        ]

    def rows(self):
        labels = [column.label for column in self.whole.columns]
        for row in self.whole.kept:
            shown = zip(labels, self.whole.shown(row), strict=True)
            yield from ((label, text or "–") for label, text in list(shown)[1:])


class ResolutionStates(Part):
    """The resolutions of the tracker (``whole``) by their state."""

    @classmethod
    def name(cls, env):
        return env._("Resolutions by state")

    def _columns(self):
        return [
            Column("state", self.env._("State"), width=30),
            Column("count", self.env._("Resolutions"), "integer", 14, True),
            Column("overdue", self.env._("of which overdue"), "integer", 14, True),
            Column("share", self.env._("Share"), "share", 12),
        ]

    def rows(self):
        lines = lines_of(self.whole)
        counted = Counter(line["state"] for line in lines)
        overdue = Counter(line["state"] for line in lines if line["overdue"])
        for value, label in self.words.labels("shora.resolution", "state").items():
            if value and counted[label]:
                late = overdue[label] if value in OPEN else None
                yield label, counted[label], late, counted[label] / len(lines)


class FindingsByClause(Part):
    """The findings of the register (``whole``) by clause, with the days on which it was broken."""

    @classmethod
    def name(cls, env):
        return env._("Findings by clause")

    def _columns(self):
        return [
            Column("clause", self.env._("Clause"), width=18),
            Column("what", self.env._("What it asks"), width=40),
            Column("found", self.env._("Findings"), "integer", 10, True),
            Column("open", self.env._("of which open"), "integer", 10, True),
            Column("days", self.env._("Days broken"), "integer", 10),
            Column("score", self.env._("Days kept"), "share", 10),
        ]

    def rows(self):
        resolved = self.words.labels("shora.finding", "state")["closed"]
        lines = lines_of(self.whole)
        found = Counter(line["clause"] for line in lines)
        still = Counter(line["clause"] for line in lines if line["state"] != resolved)
        clauses = lines_of(ClauseByClause(self.env, self.scope))
        for line in clauses:
            clause = line["clause"]
            yield clause, line["what"], found.pop(clause, 0), still[clause], line["days"], line["score"]
        for clause, count in found.items():  # of versions that are over
            yield clause or "–", None, count, still[clause], None, None


class Composition(Part):
    """Article 4 in figures on the day of the register (``whole``), as the composition's screen has it."""

    @classmethod
    def name(cls, env):
        return env._("Composition")

    @cached_property
    def screen(self):
        """What the composition's screen shows of the register's day."""
        return self.env["shora.composition"]._table_of(self.scope.councils.ensure_one(), self.whole.day)

    def _columns(self):
        return [
            Column("measure", self.env._("Members"), width=30),
            Column("clause", self.env._("Clause"), width=22),
            Column("allowed", self.env._("Allowed"), width=20),
            Column("actual", self.env._("There are"), "integer", 12),
            Column("verdict", self.env._("Verdict"), "mark", 20),
        ]

    def rows(self):
        for line in self.screen["measures"]:
            verdict = Mark(line["verdict"], LEVELS[line["level"]])
            yield line["label"], line["clause"] or None, line["allowed"], line["before"], verdict


class Coverage(Part):
    """What the experts cover of themes, and of tendencies for those who may read them (4 note 1), on the day of the
    composition (``whole``)."""

    @classmethod
    def name(cls, env):
        return env._("Coverage of views and themes")

    def _columns(self):
        return [
            Column("label", self.env._("Dimension"), width=26),
            Column("covered", self.env._("Covered"), "integer", 10),
            Column("all", self.env._("of"), "integer", 8),
            Column("most", self.env._("Most are covered"), width=12),
            Column("missing", self.env._("Not covered"), width=48),
        ]

    def rows(self):
        for line in self.whole.screen["coverage"]:
            most = self.env._("Yes") if line["most"] else self.env._("No")
            yield line["label"], line["before"], line["all"], most, self.words.join(line["missing"]) or None
