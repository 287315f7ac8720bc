"""Jalali periods in Python: first days, steps, names."""

from datetime import date, datetime

import pytest
from odoo.addons.web_jalali.tools import jalali, periods

AZAR_2 = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("unit", "first", "following", "name"),
    [
        ("year", date(2026, 3, 21), date(2027, 3, 21), "۱۴۰۵"),
        ("quarter", date(2026, 9, 23), date(2026, 12, 22), "پاییز ۱۴۰۵"),
        ("month", date(2026, 11, 22), date(2026, 12, 22), "آذر ۱۴۰۵"),
    ],
)
def test_period_of_a_day(unit, first, following, name):
    assert periods.start_of(AZAR_2, unit) == first
    assert periods.start_of(datetime(2026, 11, 23, 23, 59), unit) == first
    assert periods.next_start(first, unit) == following
    assert periods.label(first, unit) == name


def test_esfand_of_a_leap_year():
    first = jalali.from_jalali(1403, 12, 1)
    assert (periods.next_start(first, "month") - first).days == 30
    assert periods.start_of(jalali.from_jalali(1403, 12, 30), "month") == first
    assert periods.start_of(jalali.from_jalali(1404, 1, 1), "month") == jalali.from_jalali(1404, 1, 1)


@pytest.mark.parametrize(
    ("first", "name"),
    [
        ((1405, 9, 7), "۷ تا ۱۳ آذر ۱۴۰۵"),
        ((1405, 8, 30), "۳۰ آبان تا ۶ آذر ۱۴۰۵"),
        ((1404, 12, 29), "۲۹ اسفند ۱۴۰۴ تا ۶ فروردین ۱۴۰۵"),
    ],
)
def test_a_week_is_named_by_its_days(first, name):
    assert periods.label(jalali.from_jalali(*first), "week") == name


def test_a_day_and_an_hour():
    assert periods.label(AZAR_2, "day") == "۲ آذر ۱۴۰۵"
    assert periods.label(datetime(2026, 11, 23, 9), "hour") == "۰۹:۰۰، ۲ آذر"


def test_outside_the_years_counted():
    assert periods.label(periods.start_of(date(1405, 9, 2), "month"), "month") == "پیش از ۱۲۰۰"
    assert periods.label(periods.start_of(date(9999, 12, 31), "year"), "year") == "از ۱۵۰۰"
    assert periods.next_start(periods.BEFORE, "month") == jalali.from_jalali(1200, 1, 1)
    assert periods.next_start(periods.AFTER, "month") is None


def test_moved_by_months_the_day_is_cut():
    assert periods.shift(jalali.from_jalali(1405, 6, 31), months=1) == jalali.from_jalali(1405, 7, 30)
    assert periods.shift(jalali.from_jalali(1403, 12, 30), years=1) == jalali.from_jalali(1404, 12, 29)
    assert periods.shift(jalali.from_jalali(1405, 1, 31), months=-1) == jalali.from_jalali(1404, 12, 29)
    assert periods.shift(datetime(2026, 11, 23, 9, 30), months=4) == datetime(2027, 3, 22, 9, 30)


def test_parts_replaced():
    assert periods.replace(AZAR_2, day=1) == date(2026, 11, 22)
    assert periods.replace(jalali.from_jalali(1405, 6, 31), month=12) == jalali.from_jalali(1405, 12, 29)
    with pytest.raises(ValueError):
        periods.replace(AZAR_2, month=13)
