from datetime import timedelta

from odoo import models
from odoo.addons.web_jalali.tools import jalali
from odoo.fields import Domain

from .demo_words import AMENDMENT, PLAN_LINES

#: a session that came to nothing: what was on its agenda comes before another
FAILED = ("not_held", "cancelled", "postponed")
#: day of Farvardin on which the plan is presented, and days from its confirmation to its amendment
PRESENTED, AMENDED = 18, 14
LAGS = 3  # place of the line that is behind


class ShoraDemo(models.AbstractModel):
    """The annual plan (5-4): presented in Farvardin, approved in a session, confirmed, carried out, amended once."""

    _name = "shora.demo"
    _inherit = "shora.demo"

    def _subjects(self):
        return [*super()._subjects(), self._diary_of_plans]

    def _diary_of_plans(self, councils):
        entries = []
        for council in councils:
            first, today = self._first_day(council), council._today()
            for year in range(jalali.jalali_year(first), jalali.jalali_year(today) + 1):
                presented = jalali.from_jalali(year, 1, PRESENTED)
                if presented >= first:
                    entries += self._diary_of_plan(council, year, presented)
        return entries

    def _diary_of_plan(self, council, year, presented):
        ends = [jalali.from_jalali(year, month, 25) for month in range(3, 13)]
        return [
            (presented, 9, lambda: self._present_plan(council, year)),
            *((day, 15, lambda m=month: self._report_progress(council, year, m)) for month, day in enumerate(ends, 3)),
            (jalali.from_jalali(year + 1, 1, 22), 10, lambda: self._plan_of(council, year).action_close()),
        ]

    def _life_of(self, sitting, day):
        """What is presented comes before the next council, is approved the day after and confirmed in the week."""
        council = sitting.council
        if sitting.back is None:
            return super()._life_of(sitting, day)
        return [
            *super()._life_of(sitting, day),
            (day + timedelta(days=1), 9, lambda: self._approve(council)),
            (day + timedelta(days=6), 10.5, lambda: self._confirm(council)),
            (day + timedelta(days=6 + AMENDED), 9, lambda: self._amend(council)),
        ]

    def _make_agenda(self, sitting):
        result = super()._make_agenda(sitting)
        session = sitting.session
        for paper in self._papers(sitting.council, "presented"):
            if not paper.agenda_item_ids.filtered(lambda item: item.session_id.state not in FAILED):
                session._take_for_approval(paper.with_env(session.env)).action_accept()
        if sitting.number % 4 == 1:
            lines = session.env["shora.annual.plan.line"].search(
                Domain("council_id", "=", sitting.council.id)
                & Domain("plan_state", "=", "in_execution")
                & Domain("progress", "<", 100)
                & Domain("dropped_by_id", "=", False)
            )
            session._take_lines(lines._to_draw()[:1]).action_accept()
        return result

    def _papers(self, council, state):
        """The plan, or the amendment, of ``council`` that has come so far."""
        domain = Domain("council_id", "=", council.id) & Domain("state", "=", state)
        for model in ("shora.annual.plan", "shora.annual.plan.amendment"):
            yield from self._by_secretary(council, self.env[model]).search(domain)

    def _plan_of(self, council, year):
        plans = self._by_secretary(council, self.env["shora.annual.plan"])
        return plans.search([("council_id", "=", council.id), ("year", "=", year)])

    def _present_plan(self, council, year):
        plans = self._by_secretary(council, self.env["shora.annual.plan"])
        people = council._members_on(council._today()).partner_id
        lines = []
        for number, (name, goal, need, first, last, duties, themes) in enumerate(PLAN_LINES[council.code]):
            lines.append(
                {
                    "name": name,
                    "goal": goal,
                    "need": need,
                    "date_from": jalali.from_jalali(year, first, 1),
                    "date_to": jalali.from_jalali(year, last, 29),
                    "duty_ids": [(6, 0, [council.duty_ids.ids[one - 1] for one in duties])],
                    "theme_ids": [(6, 0, [council.theme_ids.ids[one - 1] for one in themes])],
                    "responsible_ids": [(6, 0, people[number : number + 2].ids)],
                }
            )
        plan = plans.create({"council_id": council.id, "year": year, "line_ids": [(0, 0, line) for line in lines]})
        plan.action_present()

    def _approve(self, council):
        for paper in self._papers(council, "presented"):
            if paper._approving_resolution():
                paper.action_approve()

    def _confirm(self, council):
        for paper in self._papers(council, "approved"):
            link = "plan_id" if paper._name == "shora.annual.plan" else "amendment_id"
            self._as("office", self.env["shora.plan.decision"]).create(
                {link: paper.id, "verdict": "confirmed", "note": "تأیید می‌شود."}
            ).action_confirm()

    def _amend(self, council):
        """The first council's plan: one line is put off once it is in execution."""
        plan = self._plan_of(council, jalali.jalali_year(council._today()))
        if council.code != "IRUD" or plan.state != "in_execution" or plan.amendment_ids:
            return
        line = plan.line_ids[LAGS]
        amendment = plan.env["shora.annual.plan.amendment"].create(
            {
                "plan_id": plan.id,
                "reason": AMENDMENT,
                "line_ids": [
                    (0, 0, {"kind": "change", "line_id": line.id, "date_to": jalali.from_jalali(plan.year, 11, 29)})
                ],
            }
        )
        amendment.action_present()

    def _report_progress(self, council, year, month):
        """Each line as far as its months have gone; one lags behind until its last month."""
        plan = self._plan_of(council, year)
        if plan.state != "in_execution":
            return
        for number, line in enumerate(plan.line_ids):
            first, last = PLAN_LINES[council.code][number][3:5]
            share = 100 * (month - first + 1) // (last - first + 1)
            done = max(0, min(100, share - (40 if number == LAGS and month < 12 else 0)))
            if done != line.progress:
                line.progress = done
