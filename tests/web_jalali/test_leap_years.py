"""jdatetime, our arithmetic and the SQL functions agree with the official list of leap years, day by day."""

from datetime import date, timedelta

import jdatetime
from odoo.addons.web_jalali.tools import jalali, periods
from odoo.tests import tagged

from .common import JalaliCase
from .leap_years import FIRST, FIRST_DAYS, FIVE_YEARS, LAST, LEAP_YEARS


@tagged("post_install", "-at_install")
class TestLeapYears(JalaliCase):
    def test_list_is_whole(self):
        """After every leap year the next one comes in four years, in five where the list says so."""
        years = sorted(LEAP_YEARS)
        steps = {later: later - earlier for earlier, later in zip(years, years[1:], strict=False)}
        self.assertEqual({year for year, step in steps.items() if step == 5}, set(FIVE_YEARS) - {1210})
        self.assertEqual(set(steps.values()), {4, 5})
        self.assertEqual(len(years), 71)

    def test_jdatetime_and_ours(self):
        for year in range(FIRST, LAST + 1):
            self.assertEqual(jdatetime.date(year, 1, 1).isleap(), year in LEAP_YEARS, year)
            first, last = jalali.jalali_year_bounds(year)
            self.assertEqual((last - first).days + 1, 366 if year in LEAP_YEARS else 365, year)
        for year, day in FIRST_DAYS.items():
            self.assertEqual(jalali.from_jalali(year, 1, 1), date.fromisoformat(day))

    def test_sql_for_every_day(self):
        """The first days of year, quarter and month of all 292 years, day by day, and of the days around them."""
        first = jalali.from_jalali(periods.FIRST_YEAR, 1, 1) - timedelta(days=40)
        last = jalali.from_jalali(periods.LAST_YEAR, 12, 29) + timedelta(days=40)
        self.env.cr.execute(
            """
            SELECT d::date, jalali_year_start(d::date), jalali_quarter_start(d::date), jalali_month_start(d::date)
              FROM generate_series(%s::timestamp, %s::timestamp, '1 day') d
            """,
            [first, last],
        )
        rows = self.env.cr.fetchall()
        self.assertEqual(len(rows), (last - first).days + 1)
        year, month, number = jalali.to_jalali(first)
        for day, *found in rows:
            expected = [periods.start_of(day, unit) for unit in ("year", "quarter", "month")]
            self.assertEqual(found, expected, day)
            # counted by hand along the official list, without jdatetime
            if FIRST <= year <= LAST:
                self.assertEqual(found[2], day - timedelta(days=number - 1), day)
                in_year = number - 1 + sum(self.length(year, before) for before in range(1, month))
                self.assertEqual(found[0], day - timedelta(days=in_year), day)
            number += 1
            if number > self.length(year, month):
                number, month = 1, month + 1
            if month > 12:
                month, year = 1, year + 1

    @staticmethod
    def length(year, month):
        if month < 12:
            return 31 if month < 7 else 30
        is_leap = year in LEAP_YEARS if FIRST <= year <= LAST else jdatetime.date(year, 1, 1).isleap()
        return 30 if is_leap else 29

    def test_sql_of_nothing_and_of_far_days(self):
        self.env.cr.execute(
            """
            SELECT jalali_month_start(NULL), jalali_year_start('0001-01-01'), jalali_month_start('1405-09-02'),
                   jalali_quarter_start('9999-12-31'), jalali_month_start('infinity')
            """
        )
        self.assertEqual(self.env.cr.fetchone(), (None, periods.BEFORE, periods.BEFORE, periods.AFTER, periods.AFTER))

    def test_functions_come_and_go(self):
        from odoo.addons.web_jalali.tools import sql_functions

        names = [*sql_functions.PERIOD_FUNCTIONS.values(), sql_functions.FOLD, sql_functions.FOLD_DIGITS]
        count = "SELECT count(*) FROM pg_proc WHERE proname = ANY(%s)"
        self.env["jalali.functions"].init()  # twice is as good as once
        self.env.cr.execute(count, [names])
        self.assertEqual(self.env.cr.fetchone()[0], len(names))
        sql_functions.drop(self.env.cr)
        self.env.cr.execute(count, [names])
        self.assertEqual(self.env.cr.fetchone()[0], 0)
