"""What a report is asked about."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from odoo.addons.shora_council.rules import clock
from odoo.addons.web_jalali.tools import jalali
from odoo.exceptions import UserError
from odoo.fields import Domain

from .text import Words


@dataclass(frozen=True)
class Scope:
    """Councils, period, person and state of a report.

    :param councils: ``shora.council`` records in the reader's hands; what the reader may not see is refused by
        ``Table.check_access``
    :param year: Jalali year, or None where the period is another one
    :param first: first Tehran day of the period; None: from the beginning
    :param last: last Tehran day, inclusive; None: without end
    :param partners: ``res.partner``: these people only; empty: everybody
    :param state: a value of the table's ``states``; None: every state
    :param by_month: one row for each Jalali month where the table can (``takes``)
    :param day: as of this Tehran day, for tables that ask about one (``takes``)
    :param records: these records only, chosen in a list (see ``Table.chosen_by``); the period does not apply then
    """

    councils: Any
    year: int | None = None
    first: date | None = None
    last: date | None = None
    partners: Any = None
    state: str | None = None
    by_month: bool = False
    records: Any = None
    day: date | None = None

    @classmethod
    def of_year(cls, councils, year, **more):
        """The scope of a whole Jalali year."""
        first, last = jalali.jalali_year_bounds(year)
        return cls(councils, year, first, last, **more)

    # --- as domains ---

    def in_councils(self, field="council_id"):
        """Domain: of these councils."""
        return Domain(field, "in", self.councils.ids)

    def on_days(self, field):
        """Domain: the Tehran day (a date field) lies in the period."""
        first = Domain(field, ">=", self.first) if self.first else Domain.TRUE
        return first & (Domain(field, "<=", self.last) if self.last else Domain.TRUE)

    def at_moments(self, field):
        """Domain: the Tehran day of a moment (a datetime field, UTC) lies in the period."""
        first = Domain(field, ">=", clock.day_start_utc(self.first)) if self.first else Domain.TRUE
        return first & (Domain(field, "<", clock.day_end_utc(self.last)) if self.last else Domain.TRUE)

    def of_people(self, field="partner_id"):
        """Domain: of these people."""
        return Domain(field, "in", self.partners.ids) if self.partners else Domain.TRUE

    # --- in words ---

    def period_text(self, env):
        """The period as the reader writes it."""
        words = Words(env)
        if self.records is not None:
            return env._("Selected records")
        if self.year:
            return env._("Year %(year)s", year=words.digits[self.year])
        if self.first and self.last:
            return env._("From %(first)s to %(last)s", first=words.day[self.first], last=words.day[self.last])
        if self.first:
            return env._("Since %(first)s", first=words.day[self.first])
        if self.last:
            return env._("Until %(last)s", last=words.day[self.last])
        return env._("All years")

    def spans(self, env):
        """[(first, last, name)] into which the period is cut: one, or its Jalali months.

        :raises UserError: months of a period that is open
        """
        if not self.by_month:
            return [(self.first or date.min, self.last or date.max, self.period_text(env))]
        if not self.first or not self.last:
            raise UserError(env._("Choose a year or a period with both days: it is cut into its months."))
        words, spans, begin = Words(env), [], self.first
        while begin <= self.last:
            year, month, _day = jalali.to_jalali(begin)
            following = jalali.from_jalali(year + month // 12, month % 12 + 1, 1)
            name = f"{jalali.MONTHS[month - 1]} {words.digits[year]}" if words.persian else f"{year}/{month:02}"
            spans.append((begin, min(following - timedelta(days=1), self.last), name))
            begin = following
        return spans
