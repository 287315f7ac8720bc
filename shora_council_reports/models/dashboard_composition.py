from odoo import models
from odoo.fields import Domain


class ShoraDashboard(models.AbstractModel):
    """Composition and coverage of the dashboards (article 4)."""

    _name = "shora.dashboard"
    _inherit = "shora.dashboard"

    def _members(self, value, councils, day, *more):
        """A number of members with their memberships."""
        return self._figure(value, "shora.membership", self._of(councils), ("on_day", "=", day), *more)

    def _composition_trend(self, councils, months):
        """A line for each Jalali month: members as of its last day, as of today for the one that runs."""
        rows = self.env["shora.composition.report"]._read_group(
            [self._of(councils), ("day", ">=", months[0][0])], ["day:day"], ["ex_officio:sum", "experts:sum"]
        )
        figures = {day: numbers for day, *numbers in rows}
        lines = []
        for _first, last, name in months:
            ex_officio, experts = figures.get(last, (0, 0))
            lines.append(
                {
                    "label": name,
                    "ex_officio": self._members(ex_officio, councils, last, ("seat_kind", "=", "ex_officio")),
                    "experts": self._members(experts, councils, last, ("seat_kind", "=", "expert")),
                    "total": self._members(ex_officio + experts, councils, last),
                }
            )
        return lines

    # --- one council ---

    def _composition_of(self, council, today):
        """What article 4 allows, what there is, and what the experts cover; from ``shora.composition`` itself."""
        table = self.env["shora.composition"]._table_of(council, today)
        kinds = {"ex_officio": [("seat_kind", "=", "ex_officio")], "experts": [("seat_kind", "=", "expert")]}
        return {
            "measures": [
                {
                    **{name: line[name] for name in ("key", "label", "clause", "allowed", "verdict", "level")},
                    "figure": self._members(line["before"], council, today, *kinds.get(line["key"], [])),
                }
                for line in table["measures"]
            ],
            "coverage": [
                {
                    "label": line["label"],
                    "covered": self._figure(line["before"], line["model"], ("id", "in", line["covered"])),
                    "all": self._figure(line["all"], line["model"], ("id", "in", line["ids"])),
                    "missing": line["missing"],
                }
                for line in table["coverage"]
            ],
        }

    # --- all councils ---

    def _council_rows(self, councils, today):
        """A line for each council: members, themes that its experts cover, open findings, overdue deadlines."""
        members = {}
        sitting = self.env["shora.composition.report"].search([self._of(councils), ("day", "=", today)])
        for row in sitting:
            members[row.council_id.id] = (row.ex_officio, row.experts, row.total)
        findings = self._per_council("shora.finding", councils, ("state", "=", "open"))
        overdue = self._per_council("shora.deadline.report", councils, ("state", "=", "overdue"))
        covered = self._covered(councils, today)
        lines = []
        for council in councils:
            ex_officio, experts, total = members.get(council.id, (0, 0, 0))
            wanted, carried = covered[council.id]
            lines.append(
                {
                    "id": council.id,
                    "name": council.short_name or council.name,
                    "ex_officio": self._members(ex_officio, council, today, ("seat_kind", "=", "ex_officio")),
                    "experts": self._members(experts, council, today, ("seat_kind", "=", "expert")),
                    "total": self._members(total, council, today),
                    "themes": self._figure(len(wanted), "shora.theme", ("id", "in", wanted)),
                    "covered": self._figure(len(carried), "shora.theme", ("id", "in", carried)),
                    "findings": self._figure(
                        findings.get(council.id, 0), "shora.finding", self._of(council), ("state", "=", "open")
                    ),
                    "overdue": self._figure(
                        overdue.get(council.id, 0),
                        "shora.deadline.report",
                        self._of(council),
                        ("state", "=", "overdue"),
                    ),
                }
            )
        return lines

    def _per_council(self, model, councils, condition):
        rows = self.env[model]._read_group([self._of(councils), condition], ["council_id"], ["__count"])
        return {council.id: count for council, count in rows}

    def _covered(self, councils, today):
        """{council id: (ids of its strategic themes, ids of those that an expert of today carries)} (4 note 1)."""
        Membership = self.env["shora.membership"]
        experts = Membership.search(
            Domain([self._of(councils), ("seat_kind", "=", "expert")]) & Membership._domain_on(today)
        ).grouped("council_id")
        found = {}
        for council in councils:
            wanted = council.sudo().theme_ids  # themes are no secret; the council was read with rights
            carried = experts.get(council, Membership).theme_ids
            found[council.id] = (wanted.ids, (wanted & carried.sudo()).ids)
        return found
