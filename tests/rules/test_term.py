from datetime import date, datetime, timedelta

import pytest
import reference
from hypothesis import given
from hypothesis import strategies as st
from reference import gregorian
from rules import term

FIRST_DAYS = st.dates(date(2016, 3, 20), date(2034, 3, 19))


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ((1404, 5, 10), (1405, 5, 9)),
        ((1403, 12, 30), (1404, 12, 29)),
        ((1404, 1, 1), (1404, 12, 29)),
        ((1403, 1, 1), (1403, 12, 30)),
        ((1399, 1, 1), (1399, 12, 30)),
        ((1399, 12, 30), (1400, 12, 29)),
        ((1408, 1, 1), (1408, 12, 30)),
        ((1408, 12, 30), (1409, 12, 29)),
        ((1412, 1, 1), (1412, 12, 30)),
        ((1412, 12, 30), (1413, 12, 29)),
        ((1407, 12, 29), (1408, 12, 28)),
        ((1402, 7, 1), (1403, 6, 31)),
    ],
)
def test_one_jalali_year_last_day_inclusive(first, last):
    assert term.last_day(gregorian(*first), 1) == gregorian(*last)


def test_four_years_from_leap_day_to_leap_day():
    assert term.last_day(gregorian(1399, 12, 30), 4) == gregorian(1403, 12, 29)
    assert term.last_day(gregorian(1403, 12, 30), 5) == gregorian(1408, 12, 29)


@given(FIRST_DAYS, st.integers(1, 6))
def test_a_term_is_what_walking_day_by_day_says(first, years):
    assert term.last_day(first, years) == reference.term_end(first, years)


def test_every_first_day_of_six_years_has_a_year_of_365_or_366_days():
    for number in range(6 * 365):
        first = date(2020, 3, 20) + timedelta(days=number)
        last = term.last_day(first, 1)
        assert last == reference.term_end(first, 1)
        assert (last - first).days + 1 in (365, 366)


@pytest.mark.parametrize("years", [0, -1])
def test_a_term_of_no_years_is_refused(years):
    with pytest.raises(ValueError):
        term.last_day(date(2026, 3, 21), years)


def test_a_datetime_for_a_day_is_refused():
    with pytest.raises(TypeError):
        term.last_day(datetime(2026, 3, 21), 1)
    with pytest.raises(TypeError):
        term.reminder_days(datetime(2026, 3, 21), (60, 30, 15))
    with pytest.raises(TypeError):
        term.is_expired(datetime(2026, 3, 21), datetime(2026, 3, 21))


def test_reminders_60_30_and_15_days_before_the_end():
    last = gregorian(1405, 5, 9)
    days = term.reminder_days(last, (60, 30, 15))
    assert days == (gregorian(1405, 3, 11), gregorian(1405, 4, 10), gregorian(1405, 4, 25))
    assert term.reminder_days(last, [15, 60, 15]) == (last - timedelta(days=60), last - timedelta(days=15))
    assert term.reminder_days(last, ()) == ()
    assert term.reminder_days(last, (0,)) == (last,)
    with pytest.raises(ValueError):
        term.reminder_days(last, (30, -1))


def test_expired_from_00_00_of_the_day_after_the_last():
    last = gregorian(1404, 12, 29)  # 20 March 2026
    assert not term.is_expired(last, datetime(2026, 3, 20, 20, 29, 59))
    assert term.is_expired(last, datetime(2026, 3, 20, 20, 30))


@pytest.mark.parametrize("no_term", [None, False])
def test_no_term_never_expires(no_term):
    assert term.is_expired(no_term, datetime(2100, 1, 1)) is False


@given(FIRST_DAYS, st.datetimes(datetime(2017, 1, 1), datetime(2040, 1, 1)))
def test_expired_is_from_the_first_instant_after_the_last_day(first, now):
    last = term.last_day(first, 1)
    assert term.is_expired(last, now) == (now >= reference.first_instant(last + timedelta(days=1)))
