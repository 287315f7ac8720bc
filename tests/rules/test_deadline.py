from datetime import date, datetime, timedelta

import pytest
import reference
from hypothesis import given
from hypothesis import strategies as st
from rules import deadline, notice

SESSION = datetime(2026, 11, 23, 6, 30)  # 10:00 in Tehran
MOMENTS = st.datetimes(datetime(2021, 1, 1), datetime(2027, 1, 1))


@pytest.mark.parametrize(
    ("forwarded", "overdue"),
    [
        (datetime(2026, 11, 23, 9, 0), False),
        (datetime(2026, 11, 30, 20, 29), False),  # 23:59 of the 7th day
        (datetime(2026, 11, 30, 20, 29, 59, 999999), False),
        (datetime(2026, 11, 30, 20, 30), True),  # 00:00 of the 8th
    ],
)
def test_the_7th_day_is_in_time_and_00_00_of_the_8th_overdue(forwarded, overdue):
    assert deadline.is_overdue(forwarded, SESSION, 7) is overdue


def test_in_summer_time_of_2022_midnight_is_19_30_utc():
    session = datetime(2022, 7, 3, 5, 30)
    assert not deadline.is_overdue(datetime(2022, 7, 10, 19, 29, 59), session, 7)
    assert deadline.is_overdue(datetime(2022, 7, 10, 19, 30), session, 7)


def test_with_a_14_day_rhythm_it_is_the_notice_day_of_the_next_session():
    day = date(2026, 11, 23)
    assert deadline.last_day(day, 7) == notice.last_day(day + timedelta(days=14), 7)


def test_no_rule_never_overdue():
    assert deadline.last_day(date(2026, 11, 23), None) is None
    assert not deadline.is_overdue(datetime(2036, 1, 1), SESSION, None)


def test_negative_days_and_datetimes_for_days_are_refused():
    with pytest.raises(ValueError):
        deadline.last_day(date(2026, 11, 23), -1)
    with pytest.raises(TypeError):
        deadline.last_day(SESSION, 7)
    with pytest.raises(TypeError):
        deadline.days_left(SESSION, None)


@pytest.mark.parametrize(
    ("now", "left"),
    [
        (datetime(2026, 11, 29, 20, 29, 59), 1),
        (datetime(2026, 11, 29, 20, 30), 0),
        (datetime(2026, 11, 30, 20, 29, 59), 0),
        (datetime(2026, 11, 30, 20, 30), -1),
    ],
)
def test_days_left_change_at_midnight_in_tehran(now, left):
    assert deadline.days_left(now, date(2026, 11, 30)) == left


@given(MOMENTS, MOMENTS, st.integers(0, 40))
def test_overdue_is_what_counting_midnights_says(at, session, days):
    day = reference.tehran_day(session)
    for _ in range(days):
        day += timedelta(days=1)
    assert deadline.is_overdue(at, session, days) == (at >= reference.first_instant(day + timedelta(days=1)))
    assert deadline.is_overdue(at, session, days) == (deadline.days_left(at, day) < 0)


@given(MOMENTS, MOMENTS)
def test_days_left_counts_midnights(now, other):
    last = reference.tehran_day(other)
    midnights = sum(1 for start in reference.DAY_STARTS if now < start <= other)
    midnights -= sum(1 for start in reference.DAY_STARTS if other < start <= now)
    assert deadline.days_left(now, last) == midnights
