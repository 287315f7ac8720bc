"""What people type, as the web client reads it."""

from datetime import date, datetime, time

import pytest
from odoo.addons.web_jalali.tools import jalali, typed

AZAR_2 = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "day", "hour"),
    [
        ("۱۴۰۵/۰۹/۰۲", AZAR_2, None),
        ("1405-9-2", AZAR_2, None),
        ("1405.09.02", AZAR_2, None),
        ("05/9/2", AZAR_2, None),
        ("14050902", AZAR_2, None),
        ("۲ آذر ۱۴۰۵", AZAR_2, None),
        ("دوشنبه ۲ آذر ۱۴۰۵", AZAR_2, None),
        ("2/9/1405", AZAR_2, None),
        ("\u200f۱۴۰۵/۰۹/۰۲\u200e", AZAR_2, None),
        ("١٤٠٥/٠٩/٠٢ ١٠:٣٠", AZAR_2, time(10, 30)),
        ("1405/09/02 10:30:15", AZAR_2, time(10, 30, 15)),
        ("1405/09/02، 2:05 ب.ظ", AZAR_2, time(14, 5)),
        ("1405/09/02 12:05 am", AZAR_2, time(0, 5)),
        ("14050902 23:59", AZAR_2, time(23, 59)),
        ("1405-09-02T10:30:00.000", AZAR_2, time(10, 30)),
        ("۱ تير ۱۴۰۵", date(2026, 6, 22), None),
        # a year from 1700 on is Gregorian, as in the web client
        ("1990/12/31", date(1990, 12, 31), None),
        ("2026-11-23", AZAR_2, None),
        ("23/11/2026", AZAR_2, None),
        ("20261123", AZAR_2, None),
        ("1700/01/01", date(1700, 1, 1), None),
        ("1699/01/01", jalali.from_jalali(1699, 1, 1), None),
        ("64/1/1", date(1985, 3, 21), None),
        ("59/1/1", jalali.from_jalali(1459, 1, 1), None),
        ("60/1/1", jalali.from_jalali(1360, 1, 1), None),
        ("1403/12/30", date(2025, 3, 20), None),
    ],
)
def test_read(text, day, hour):
    assert typed.read(text) == (day, hour)


def test_day_first():
    assert typed.read("02/09/05", day_first=True)[0] == AZAR_2
    assert typed.read("02/09/1405", day_first=False)[0] == AZAR_2
    assert typed.read("1405/09/02", day_first=True)[0] == AZAR_2


@pytest.mark.parametrize("text", ["", None, "فردا", "1405/09", "۲ دسامبر ۱۴۰۵", "1405/09/02 x", "140509021", "5"])
def test_unreadable(text):
    with pytest.raises(typed.Unreadable):
        typed.read(text)


@pytest.mark.parametrize(
    "text",
    ["1404/12/30", "1405/13/01", "1405/07/31", "1405/00/10", "1990/02/30", "14041230", "1405/09/02 24:00", "1405/9/0"],
)
def test_impossible(text):
    with pytest.raises(ValueError) as caught:
        typed.read(text)
    assert not isinstance(caught.value, typed.Unreadable)


def test_moment():
    assert typed.read_datetime("1405/09/02 10:30") == datetime(2026, 11, 23, 10, 30)
    assert typed.read_datetime("1405/09/02") == datetime(2026, 11, 23)


def test_parse_jalali_knows_gregorian_years():
    assert jalali.parse_jalali("1990/12/31") == date(1990, 12, 31)
    with pytest.raises(ValueError):
        jalali.parse_jalali("1405/09/02 10:30")
