from datetime import timedelta
from types import SimpleNamespace

from odoo import models
from odoo.addons.web_jalali.tools import jalali
from odoo.exceptions import UserError

from ..rules import cadence

#: code of a council → how many days ahead its next session is looked for, as the screens are to show it
NEXT = {"IRUD": (7, 13), "ENV": (3, 6)}
#: in these first months of a year its plan is not in execution yet, and the demonstration begins with the last one's
EARLY = 3
AHEAD = 75


class ShoraDemo(models.AbstractModel):
    """The days on which the councils sit, by the very rhythm of the planner (5-1): past days off and Nowruz."""

    _name = "shora.demo"
    _inherit = "shora.demo"

    def _fetch_holidays(self, councils):
        """Public holidays of the years of the demonstration, where the library knows them."""
        years = {jalali.jalali_year(day) for day in (self._first_day(councils), councils._today())}
        fetch = self.env["shora.holiday.fetch"]
        for year in range(min(years), max(years) + 2):
            try:
                fetch.create({"year": year, "company_id": self.env.company.id}).action_fetch()
            except UserError:  # too far ahead for the library
                continue

    def _first_day(self, councils):
        """A year back, and as far as the plan of the last year that was presented."""
        year, month, _day = jalali.to_jalali(councils._today())
        if month <= EARLY:
            return jalali.from_jalali(year - 1, 1, 15)
        return min(self._ago(councils, 358), jalali.from_jalali(year - 1, 11, 15))

    def _founded(self, council):
        """The day of the first decrees; the terms of the experts end while the demonstration looks on (4-B)."""
        return self._first_day(council) - timedelta(days=55 if council.code == "ENV" else 20)

    def _days_of(self, council):
        """Days of the ordinary sessions from the beginning on, some weeks ahead included."""
        first, today = self._first_day(council), council._today()
        last = today + timedelta(days=AHEAD)
        rhythm = council._interval_rule(first).value
        off, pauses = council._off(first, last), council._pauses(first, last)
        least, most = (today + timedelta(days=days) for days in NEXT[council.code])

        def days_from(begin):
            return [one.day for one in cadence.propose(begin, last, rhythm, begin.weekday(), off, pauses)]

        starts = [first + timedelta(days=number) for number in range(rhythm)]
        if council.code == "ENV":
            starts = [day for day in starts if not off(day)]
        else:
            starts = [day for day in starts if str(day.weekday()) == council.weekday]
        plans = [days_from(begin) for begin in starts]
        fitting = [days for days in plans if least <= min(day for day in days if day > today) <= most]
        return (fitting or plans)[0]

    def _sittings(self, council):
        """The ordinary sessions: ``day``, ``number`` from the first one on and ``back`` from the last one that was to
        be held until yesterday (0), negative for those to come. What becomes of one is added on its way.
        """
        days = self._days_of(council)
        past = sum(day < council._today() for day in days)
        return [
            SimpleNamespace(council=council, day=day, number=number, back=past - 1 - number, session=None)
            for number, day in enumerate(days)
        ]
