"""Composition over time: members of each council at the end of every Jalali month, and today (article 4)."""

from .table import Column, Table


class CompositionHistory(Table):
    """One row for each council and month; the rows are those on screen (``shora.composition.report``)."""

    code = "composition_history"
    reads = ("shora.composition.report", "shora.membership")
    frozen = 1

    @classmethod
    def name(cls, env):
        return env._("Composition over time")

    @property
    def notes(self):
        return [self.env._("As of the last day of each Jalali month; of the month that runs, as of today.")]

    def _columns(self):
        return [
            Column("council", self.env._("Council"), width=26),
            Column("day", self.env._("As of"), "day", 12),
            Column("ex_officio", self.env._("Ex-officio members"), "integer", 13),
            Column("experts", self.env._("Expert members"), "integer", 13),
            Column("total", self.env._("All members"), "integer", 13),
        ]

    def _domain(self):
        return self.scope.in_councils() & self.scope.on_days("day")

    def rows(self):
        rows = self.env["shora.composition.report"].search(self._domain())
        for row in rows.sorted(lambda row: (row.council_id.sequence, row.council_id.id, row.day)):
            yield row.council_id.short_name, row.day, row.ex_officio, row.experts, row.total
