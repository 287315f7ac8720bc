from odoo import api, fields, models

from ..rules import plan as rules


class ShoraAnnualPlanLine(models.Model):
    """Who is suggested for a line, and who of its responsible members has left."""

    _name = "shora.annual.plan.line"
    _inherit = "shora.annual.plan.line"

    suggested_ids = fields.Many2many("res.partner", compute="_compute_people", string="Suggested by expertise")
    left_ids = fields.Many2many("res.partner", compute="_compute_people", string="No longer members")

    @api.depends("theme_ids", "responsible_ids", "plan_id.line_ids.responsible_ids")
    def _compute_people(self):
        """By the themes that today's members carry (article 4: expertise on file)."""
        by_council = self.plan_id.council_id._expertise()
        for line in self:
            people = by_council.get(line.plan_id.council_id.id, {})
            others = line.plan_id.line_ids._in_force() - line
            carried = [partner for other in others for partner in other.responsible_ids.ids]
            load = {partner: carried.count(partner) for partner in people}
            line.suggested_ids = rules.suggested(line.theme_ids.ids, people, load)
            line.left_ids = [partner for partner in line.responsible_ids.ids if partner not in people]

    def action_take_suggestion(self):
        """Those who are suggested become responsible, where nobody is yet."""
        for line in self.filtered(lambda line: not line.responsible_ids):
            line.responsible_ids = line.suggested_ids


class ShoraCouncil(models.Model):
    """The members' expertise, for suggestions."""

    _name = "shora.council"
    _inherit = "shora.council"

    def _expertise(self):
        """{council id: {partner id: ids of the themes the member carries}} of today's members, in the order of seats;
        one query for all councils.
        """
        found = {council.id: {} for council in self}
        for member in self.sudo()._members_on(self._today()):  # who knows what is on the roll that members read
            found[member.council_id.id][member.partner_id.id] = member.theme_ids.ids
        return found


class ShoraAnnualPlan(models.Model):
    """Where the lines cross the duties (article 2) and the themes (article 3), and what is left out."""

    _name = "shora.annual.plan"
    _inherit = "shora.annual.plan"

    coverage_html = fields.Html(compute="_compute_coverage_html", sanitize=False, string="Coverage")

    @api.depends("line_ids.duty_ids", "line_ids.theme_ids", "line_ids.progress", "line_ids.dropped_by_id", "council_id")
    @api.depends_context("lang")
    def _compute_coverage_html(self):
        for plan in self:
            plan.coverage_html = self.env["ir.qweb"]._render(
                "shora_council.annual_plan_coverage",
                {
                    "chart": plan._coverage_map(),
                    "num": self.env["shora.words"]._digits,
                    "join": self.env["shora.words"]._join,
                },
            )

    def _coverage_map(self):
        """The heat map: every duty and theme of the council, and the lines in force where they meet.

        :return: dict of ``lines`` (how many), ``duties`` (list of dicts ``number``, ``name``, ``count``), ``rows``
            (list of dicts ``name``, ``count``, ``cells``; a cell has ``count``, ``progress`` in percent, ``level``
            0 to 3 and ``title``), ``bare_duties`` and ``bare_themes`` (names)
        """
        self.ensure_one()
        council, lines = self.council_id, self.line_ids._in_force()
        duties, themes = council.duty_ids.sorted("sequence"), council.theme_ids.sorted("sequence")
        found = rules.coverage(((line.duty_ids.ids, line.theme_ids.ids) for line in lines), duties.ids, themes.ids)
        progress = {}
        for line in lines:
            for duty in line.duty_ids.ids:
                for theme in line.theme_ids.ids:
                    progress.setdefault((duty, theme), []).append(line.progress)
        return {
            "lines": len(lines),
            "duties": [
                {"number": number, "name": duty.name, "count": found.duties.get(duty.id, 0)}
                for number, duty in enumerate(duties, start=1)
            ],
            "rows": [
                {
                    "name": theme.name,
                    "count": found.themes.get(theme.id, 0),
                    "cells": [
                        self._coverage_cell(found, progress.get((duty.id, theme.id)), duty, theme) for duty in duties
                    ],
                }
                for theme in themes
            ],
            "bare_duties": duties.browse(found.bare_duties).mapped("name"),
            "bare_themes": themes.browse(found.bare_themes).mapped("name"),
        }

    def _coverage_cell(self, found, progress, duty, theme):
        count = found.cells.get((duty.id, theme.id), 0)
        mean = sum(progress) // len(progress) if progress else 0
        digits = self.env["shora.words"]._digits
        title = f"{theme.name} × {duty.name}"
        if count:
            title += "\n" + self.env._(
                "%(lines)s lines, %(progress)s percent done", lines=digits(count), progress=digits(mean)
            )
        return {"count": count, "progress": mean, "level": min(count, 3), "title": title}

    def action_take_suggestions(self):
        """Fill in who is suggested, on every line that has nobody responsible."""
        self.ensure_one()
        self.line_ids.action_take_suggestion()
