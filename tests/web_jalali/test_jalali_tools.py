"""Dates, digits and number words, against facts of printed calendars."""

from datetime import date, timedelta

import pytest
from odoo.addons.web_jalali.tools import jalali

# Nowruz of these years, and whether Esfand before it had 30 days
NOWRUZ = [
    (1364, date(1985, 3, 21), False),
    (1371, date(1992, 3, 21), True),
    (1396, date(2017, 3, 21), True),
    (1400, date(2021, 3, 21), True),
    (1404, date(2025, 3, 21), True),
    (1405, date(2026, 3, 21), False),
    (1406, date(2027, 3, 21), False),
    (1409, date(2030, 3, 21), True),
]


@pytest.mark.parametrize(("year", "nowruz", "after_leap"), NOWRUZ)
def test_nowruz(year, nowruz, after_leap):
    assert jalali.to_jalali(nowruz) == (year, 1, 1)
    assert jalali.from_jalali(year, 1, 1) == nowruz
    assert jalali.to_jalali(nowruz - timedelta(days=1)) == (year - 1, 12, 30 if after_leap else 29)
    assert jalali.jalali_year_bounds(year)[0] == nowruz
    assert jalali.jalali_year_bounds(year - 1)[1] == nowruz - timedelta(days=1)
    assert jalali.jalali_year(nowruz) == year
    assert jalali.jalali_year(nowruz - timedelta(days=1)) == year - 1


def test_every_day_follows_the_one_before():
    day, last = date(1921, 3, 21), date(2072, 3, 20)
    year, month, number = jalali.to_jalali(day)
    assert (year, month, number) == (1300, 1, 1)
    while day < last:
        day += timedelta(days=1)
        found = jalali.to_jalali(day)
        assert found in {(year, month, number + 1), (year, month + 1, 1), (year + 1, 1, 1)}
        assert jalali.from_jalali(*found) == day
        year, month, number = found


@pytest.mark.parametrize(
    "parts", [(1404, 12, 30), (1405, 7, 31), (1405, 13, 1), (1405, 0, 1), (1405, 1, 32), (0, 1, 1)]
)
def test_impossible_days(parts):
    with pytest.raises(ValueError, match="no day of the Jalali calendar"):
        jalali.from_jalali(*parts)


def test_shown():
    day = date(2026, 11, 23)
    assert jalali.format_jalali(day) == "۱۴۰۵/۰۹/۰۲"
    assert jalali.long_jalali(day) == "۲ آذر ۱۴۰۵"
    assert jalali.long_jalali(day, weekday=True) == "دوشنبه ۲ آذر ۱۴۰۵"


@pytest.mark.parametrize(
    "text",
    ["۱۴۰۵/۰۹/۰۲", "1405-9-2", "05/9/2", "١٤٠٥.٠٩.٠٢", "14050902", "۲ آذر ۱۴۰۵", " 1405/09/02 "],
)
def test_typed(text):
    assert jalali.parse_jalali(text) == date(2026, 11, 23)


def test_typed_otherwise():
    assert jalali.parse_jalali("64/1/1") == date(1985, 3, 21)
    assert jalali.parse_jalali("۱ تير ۱۴۰۵") == date(2026, 6, 22)  # with the Arabic ye of many keyboards
    assert jalali.parse_jalali("1403/12/30") == date(2025, 3, 20)


@pytest.mark.parametrize(
    "text", ["", None, "فردا", "1404/12/30", "1405/09", "۲ دسامبر ۱۴۰۵", "1405/09/02 x", "140509021"]
)
def test_refused(text):
    with pytest.raises(ValueError):
        jalali.parse_jalali(text)


def test_years_later():
    assert jalali.add_jalali_years(date(2026, 11, 23), 2) == jalali.from_jalali(1407, 9, 2)
    assert jalali.add_jalali_years(jalali.from_jalali(1403, 12, 30), 1) == jalali.from_jalali(1404, 12, 29)
    assert jalali.add_jalali_years(jalali.from_jalali(1403, 12, 30), 5) == jalali.from_jalali(1408, 12, 30)


def test_digits():
    assert jalali.persian_digits("1405/9") == "۱۴۰۵/۹"
    assert jalali.latin_digits("۱۴٠٥") == "1405"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "اول"),
        (3, "سوم"),
        (10, "دهم"),
        (11, "یازدهم"),
        (20, "بیستم"),
        (30, "سی‌ام"),
        (31, "سی‌ویکم"),
        (43, "چهل‌وسوم"),
        (100, "صدم"),
        (112, "صد‌ودوازدهم"),
        (130, "صد‌وسی‌ام"),
        (999, "نهصد‌ونود‌ونهم"),
        (1000, "۱۰۰۰"),
    ],
)
def test_ordinals(number, words):
    assert jalali.ordinal_words(number) == words


def test_no_ordinal_of_nothing():
    with pytest.raises(ValueError):
        jalali.ordinal_words(0)
