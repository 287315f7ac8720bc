"""Deadlines: every last day of the by-law, of resolutions and of plans, met or not (5-1, 5-5, 5-9)."""

from odoo.fields import Domain

from .table import Column, Mark, Table

TONES = {"open": "none", "overdue": "bad", "in_time": "ok", "late": "warn"}


class DeadlineRegister(Table):
    """One row for each deadline that falls into the period: the rows on screen (``shora.deadline.report``)."""

    code = "deadline_register"
    reads = ("shora.deadline.report", "shora.session", "shora.minutes", "shora.resolution", "shora.annual.plan.line")
    takes = frozenset({"state"})
    states_of = ("shora.deadline.report", "state")
    frozen = 1

    @classmethod
    def name(cls, env):
        return env._("Register of deadlines")

    def _columns(self):
        return [
            Column("council", self.env._("Council"), width=26),
            Column("kind", self.env._("Deadline"), width=24),
            Column("subject", self.env._("Concerns"), width=40),
            Column("clause", self.env._("Clause"), width=16),
            Column("due", self.env._("Due"), "day", 12),
            Column("met", self.env._("Met on"), "day", 12),
            Column("state", self.env._("State"), "mark", 14),
            Column("left", self.env._("Days left"), "integer", 9),
            Column("late", self.env._("Days late"), "integer", 9),
        ]

    def _domain(self):
        scope = self.scope
        state = Domain("state", "=", scope.state) if scope.state else Domain.TRUE
        return scope.in_councils() & scope.on_days("due") & state

    def rows(self):
        labels = self.words.labels
        kinds, states = labels("shora.deadline.report", "kind"), labels("shora.deadline.report", "state")
        rows = self.env["shora.deadline.report"].search(self._domain())
        for row in rows.sorted(self._order):
            yield (
                row.council_id.short_name,
                kinds[row.kind],
                row.subject or None,
                row.clause_id.sudo().citation or None,  # the by-law is everybody's to know
                row.due,
                row.met_on or None,
                Mark(states[row.state], TONES[row.state]),
                row.days_left if row.state in ("open", "overdue") else None,
                row.days_late or None,
            )

    @staticmethod
    def _order(row):
        council = row.council_id
        return council.sequence, council.id, row.due, row.id
