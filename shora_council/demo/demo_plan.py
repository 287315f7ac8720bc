from datetime import timedelta

from odoo import models
from odoo.addons.web_jalali.tools import jalali

from .demo_words import PLAN_LINES


class ShoraDemo(models.AbstractModel):
    """The annual plan of the year (5-4): presented in Farvardin, approved in a session, confirmed, carried out."""

    _name = "shora.demo"
    _inherit = "shora.demo"

    def _diary_of_plan(self, council):
        today = council._today()
        year = jalali.to_jalali(today)[0]
        presented = jalali.from_jalali(year, 1, 18)
        sessions = [day for day in self._days_of(council) if day >= presented + timedelta(days=10)]
        life = {}
        diary = [(presented, 9, lambda: self._present_plan(council, year, life))]
        if sessions:
            approved = sessions[0] + timedelta(days=1)
            diary += [
                (approved, 9, lambda: self._as(self._secretary_name(council), life["plan"]).action_approve()),
                (approved + timedelta(days=6), 11, lambda: self._confirm_plan(life)),
            ]
            for month in range(3, 13):
                day = jalali.from_jalali(year, month, 25)
                if day > approved + timedelta(days=6):
                    diary.append((day, 15, lambda m=month: self._report_progress(council, life, m)))
        return diary

    def _present_plan(self, council, year, life):
        plans = self._as(self._secretary_name(council), self.env["shora.annual.plan"])
        people = council._members_on(council._today()).partner_id
        lines = []
        for number, (name, goal, need, first, last, duties, themes) in enumerate(PLAN_LINES):
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
        life["plan"] = plans.create(
            {"council_id": council.id, "year": year, "line_ids": [(0, 0, line) for line in lines]}
        )
        life["plan"].action_present()

    def _confirm_plan(self, life):
        self.env["shora.plan.decision"].with_user(self._user("office")).create(
            {"plan_id": life["plan"].id, "verdict": "confirmed", "note": "تأیید می‌شود."}
        ).action_confirm()

    def _report_progress(self, council, life, month):
        """Each line as far as its months have gone; one lags behind."""
        for number, line in enumerate(self._as(self._secretary_name(council), life["plan"]).line_ids):
            first, last = PLAN_LINES[number][3:5]
            share = 100 * (month - first + 1) // (last - first + 1)
            done = max(0, min(100, share - (40 if number == 3 else 0)))
            if done != line.progress:
                line.progress = done
