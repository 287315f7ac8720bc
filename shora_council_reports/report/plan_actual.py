"""Annual plan against actual: each line with what was expected of it by today and what has come of it (5-4)."""

from odoo.fields import Domain

from .table import Column, Mark, Table

TONES = {"done": "ok", "late": "bad", "behind": "warn"}


class PlanActual(Table):
    """One row for each line of the plans of the Jalali years in the period; lines that were taken out say so."""

    code = "plan_actual"
    reads = ("shora.annual.plan", "shora.annual.plan.line", "shora.agenda.item", "shora.resolution")
    takes = frozenset({"person"})
    chosen_by = {"shora.annual.plan": "plan_id", "shora.annual.plan.line": "id"}

    @classmethod
    def name(cls, env):
        return env._("Annual plan against actual")

    def _columns(self):
        return [
            Column("council", self.env._("Council"), width=26),
            Column("year", self.env._("Year"), width=7),
            Column("plan_state", self.env._("State of the plan"), width=14),
            Column("line", self.env._("Line"), width=32),
            Column("goal", self.env._("Goal"), width=32),
            Column("duties", self.env._("Duties"), width=26),
            Column("themes", self.env._("Themes"), width=26),
            Column("responsible", self.env._("Responsible members"), width=26),
            Column("first", self.env._("From"), "day", 12),
            Column("last", self.env._("Until"), "day", 12),
            Column("expected", self.env._("Expected"), "share", 9),
            Column("progress", self.env._("Progress"), "share", 9),
            Column("status", self.env._("Status"), "mark", 12),
            Column("items", self.env._("On agendas"), "integer", 9, True),
            Column("discussed", self.env._("Discussed"), "integer", 9, True),
            Column("resolutions", self.env._("Resolutions"), "integer", 9, True),
            Column("report", self.env._("Latest report"), width=34),
            Column("reported", self.env._("Reported on"), "day", 12),
        ]

    def _domain(self):
        scope = self.scope
        return (
            scope.in_councils()
            & (Domain("plan_id.date_to", ">=", scope.first) if scope.first else Domain.TRUE)
            & (Domain("plan_id.date_from", "<=", scope.last) if scope.last else Domain.TRUE)
            & (Domain("responsible_ids", "in", scope.partners.ids) if scope.partners else Domain.TRUE)
            & self._chosen()
        )

    def rows(self):
        words, labels = self.words, self.words.labels
        states, statuses = labels("shora.annual.plan", "state"), labels("shora.annual.plan.line", "status")
        lines = self.env["shora.annual.plan.line"].search(self._domain())
        for line in lines.sorted(self._order):
            named = line.sudo()  # duties, themes and names that the line prints
            yield (
                line.council_id.short_name,
                str(line.year),
                states[line.plan_id.state],
                line.name,
                line.goal or None,
                words.join(named.duty_ids.mapped("name")) or None,
                words.join(named.theme_ids.mapped("name")) or None,
                words.join(named.responsible_ids.mapped("name")) or None,
                line.date_from or None,
                line.date_to or None,
                line.expected_progress / 100,
                line.progress / 100,
                Mark(statuses[line.status], TONES.get(line.status, "none")),
                line.item_count,
                line.discussed_count,
                line.resolution_count,
                line.progress_note or None,
                line.progress_on or None,
            )

    @staticmethod
    def _order(line):
        council = line.council_id
        return council.sequence, council.id, line.year, line.sequence, line.id
