from datetime import timedelta

from odoo import api, models
from odoo.addons.shora_council.models.session import HELD
from odoo.addons.web_jalali.tools import jalali
from odoo.exceptions import AccessError

from ..report.scope import Scope

#: Jalali months that trends look back, the running one among them
MONTHS = 12
#: days that count as «soon»
SOON = 7
#: lines of a list of deadlines
LINES = 8


class ShoraDashboard(models.AbstractModel):
    """One page for the Secretariat, over all councils, and one for a council: deadlines, attendance, resolutions,
    compliance and composition, each from one call with the reader's own rights.

    A figure is a dict of ``value``, ``model`` and ``domain``: as many records as it says are behind it, and a click
    opens them. What is a percentage has ``count`` besides: the number of records it is reckoned from.
    Sections are in ``dashboard_sections`` and ``dashboard_composition``.
    """

    _name = "shora.dashboard"
    _description = "Dashboards"

    @api.model
    @api.readonly
    def get_overview(self):
        """All councils that the reader oversees, on one page.

        :return: dict of ``today`` (text), ``council`` (None), ``cards``, ``deadlines``, ``attendance``,
            ``resolutions``, ``compliance``, ``composition`` and ``councils``
        :raises AccessError: the reader oversees no council
        """
        return self._page(self.env["shora.compliance"]._overseen())

    @api.model
    @api.readonly
    def get_council(self, council_id):
        """One council on one page.

        :param council_id: id of a council the reader oversees
        :return: as ``get_overview``, with the ``council`` (``id``, ``name``) and its ``measures`` and ``coverage``
            instead of ``councils``
        :raises AccessError: the reader does not oversee this council
        """
        council = self.env["shora.compliance"]._overseen().filtered(lambda one: one.id == council_id)
        if not council:
            raise AccessError(self.env._("You do not oversee this council."))
        return self._page(council, council)

    def _page(self, councils, council=None):
        today = self.env["shora.council"]._today()
        months = self._months(today)
        page = {
            "today": self.env["shora.words"]._day(today),
            "council": {"id": council.id, "name": council.name} if council else None,
            "cards": self._cards(councils, today),
            "deadlines": self._deadlines(councils, today),
            "attendance": self._attendance(councils, months),
            "resolutions": self._resolutions(councils),
            "compliance": self._compliance(councils),
            "composition": self._composition_trend(councils, months),
        }
        if council:
            page.update(self._composition_of(council, today))
        else:
            page["councils"] = self._council_rows(councils, today)
        return page

    # --- what all sections share ---

    def _months(self, today):
        """[(first day, last day, name)] of the last Jalali months, the running one up to today."""
        year, month, _day = jalali.to_jalali(today)
        begin = 12 * year + month - MONTHS
        first = jalali.from_jalali(begin // 12, begin % 12 + 1, 1)
        return Scope(None, first=first, last=today, by_month=True).spans(self.env)

    @staticmethod
    def _figure(value, model, *domain, **more):
        """A number with the records behind it; days in the domain go out as text."""
        domain = [
            (name, operator, str(asked) if hasattr(asked, "isoformat") else asked) for name, operator, asked in domain
        ]
        return {"value": value, "model": model, "domain": domain, **more}

    @staticmethod
    def _of(councils, field="council_id"):
        return (field, "in", councils.ids)

    def _labels(self, model, field):
        return dict(self.env[model]._fields[field]._description_selection(self.env))

    # --- cards ---

    def _cards(self, councils, today):
        """The numbers on top, each with its label and whether it is bad news."""
        own = self._of(councils)
        unmet = ("state", "in", ["open", "overdue"])
        soon = today + timedelta(days=SOON)
        due = dict(
            self.env["shora.deadline.report"]._read_group([own, unmet, ("due", "<=", soon)], ["due:day"], ["__count"])
        )
        first, _last = jalali.jalali_year_bounds(jalali.jalali_year(today))
        held = [own, ("state", "in", list(HELD)), ("day", ">=", first), ("day", "<=", today)]
        cards = [
            (
                self.env._("Overdue deadlines"),
                "danger",
                sum(count for day, count in due.items() if day < today),
                "shora.deadline.report",
                [own, ("state", "=", "overdue")],
            ),
            (
                self.env._("Due today"),
                "warning",
                due.get(today, 0),
                "shora.deadline.report",
                [own, unmet, ("due", "=", today)],
            ),
            (
                self.env._("Due within %(days)s days", days=self.env["shora.words"]._digits(SOON)),
                "",
                sum(count for day, count in due.items() if day > today),
                "shora.deadline.report",
                [own, unmet, ("due", ">", today), ("due", "<=", soon)],
            ),
            *self._counted(
                (self.env._("Open findings"), "danger", "shora.finding", [own, ("state", "=", "open")]),
                (self.env._("Minutes awaited"), "", "shora.session", [own, ("minutes_awaited", "=", True)]),
                (self.env._("Sessions held this year"), "", "shora.session", held),
            ),
        ]
        return [
            {"label": label, "tone": tone if value else "", **self._figure(value, model, *domain)}
            for label, tone, value, model, domain in cards
        ]

    def _counted(self, *cards):
        return [
            (label, tone, self.env[model].search_count(domain), model, domain) for label, tone, model, domain in cards
        ]

    # --- deadlines ---

    def _deadlines(self, councils, today):
        """The next ones and those missed last, with the day each was or is due."""
        Deadline = self.env["shora.deadline.report"]
        own = self._of(councils)
        coming = Deadline.search([own, ("state", "=", "open")], order="due, id", limit=LINES)
        overdue = Deadline.search([own, ("state", "=", "overdue")], order="due desc, id", limit=LINES)
        kinds, day = self._labels("shora.deadline.report", "kind"), self.env["shora.words"]._day
        return [
            {
                "id": row.id,
                "model": row.res_model,
                "res_id": row.res_id,
                "label": kinds[row.kind],
                "subject": row.subject,
                "council": row.council_id.short_name,
                "clause": row.clause_id.sudo().citation or "",  # the by-law is everybody's to know
                "due": day(row.due),
                "days": row.days_left,
            }
            for row in coming + overdue
        ]
