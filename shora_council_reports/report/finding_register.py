"""Findings: what departs from the by-law, by which clause, since when, who must act."""

from odoo.addons.shora_council.rules import clock
from odoo.fields import Domain

from .table import Column, Mark, Table

TONES = {"block": "bad", "warn": "warn", "info": "none"}


class FindingRegister(Table):
    """One row for each finding that was open on a day of the period, resolved ones too."""

    code = "finding_register"
    reads = ("shora.finding",)
    takes = frozenset({"state"})
    states_of = ("shora.finding", "state")
    chosen_by = {"shora.finding": "id"}

    @classmethod
    def name(cls, env):
        return env._("Findings")

    def _columns(self):
        return [
            Column("council", self.env._("Council"), width=26),
            Column("clause", self.env._("Clause"), width=16),
            Column("what", self.env._("What"), width=30),
            Column("subject", self.env._("Concerns"), width=34),
            Column("severity", self.env._("Severity"), "mark", 12),
            Column("actor", self.env._("Who acts"), width=20),
            Column("since", self.env._("Since"), "day", 12),
            Column("found", self.env._("Found on"), "day", 12),
            Column("state", self.env._("State"), width=12),
            Column("closed", self.env._("Resolved on"), "day", 12),
            Column("days", self.env._("Days"), "integer", 8),
        ]

    def _domain(self):
        scope = self.scope
        begun = Domain("date_since", "<=", scope.last) if scope.last else Domain.TRUE
        lasting = Domain.TRUE
        if scope.first:
            lasting = Domain("closed_at", "=", False) | Domain("closed_at", ">=", clock.day_start_utc(scope.first))
        return (
            scope.in_councils()
            & begun
            & lasting
            & (Domain("state", "=", scope.state) if scope.state else Domain.TRUE)
            & self._chosen()
        )

    def rows(self):
        labels = self.words.labels
        codes, states = labels("shora.finding", "code"), labels("shora.finding", "state")
        severities, actors = labels("shora.finding", "severity"), labels("shora.finding", "actor")
        findings = self.env["shora.finding"].search(self._domain())
        for finding in findings.sorted(self._order):
            yield (
                finding.council_id.short_name,
                finding.sudo().clause_id.citation or None,  # the by-law is everybody's to know
                codes[finding.code],
                finding.subject or None,
                Mark(severities[finding.severity], TONES[finding.severity]),
                actors[finding.actor],
                finding.date_since,
                clock.tehran_day(finding.opened_at) if finding.opened_at else None,
                states[finding.state],
                clock.tehran_day(finding.closed_at) if finding.closed_at else None,
                finding.age,
            )

    @staticmethod
    def _order(finding):
        council = finding.council_id
        return council.sequence, council.id, finding.state != "open", finding.date_since, finding.id
