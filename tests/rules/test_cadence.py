"""Clause 5-1: the rhythm of ordinary sessions, days off, the Nowruz pause and the gaps."""

from datetime import date, timedelta

import pytest
import reference
from hypothesis import assume, example, given
from hypothesis import strategies as st
from rules import cadence

DAY = timedelta(days=1)


def jalali_bounds(year):
    """(first, last) Gregorian days of a Jalali year, by the table."""
    return reference.gregorian(year, 1, 1), reference.gregorian(year + 1, 1, 1) - DAY


def working_week(day):
    return day.weekday() in (3, 4)  # Thursday and Friday


def off_days(days, week=True):
    return lambda day: day in days or (week and working_week(day))


YEARS = st.integers(1396, 1418)
WEEKDAYS = st.one_of(st.none(), st.integers(0, 6))


@st.composite
def plans(draw):
    """A year, its rhythm, the days off and the Nowruz pauses at both ends."""
    first, last = jalali_bounds(draw(YEARS))
    offsets = draw(st.sets(st.integers(0, 380), max_size=60))
    closed = {first + timedelta(days=n) for n in offsets}
    before, after = draw(st.integers(0, 10)), draw(st.integers(0, 20))
    pauses = [
        (day - timedelta(days=before), day + timedelta(days=after - 1)) for day in (first, last + DAY) if before + after
    ]
    return {
        "first": first + timedelta(days=draw(st.integers(0, 40))),
        "last": last,
        "cadence": draw(st.sampled_from((1, 3, 7, 10, 14, 14, 14, 20, 21, 28))),
        "weekday": draw(WEEKDAYS),
        "off": off_days(closed),
        "pauses": pauses,
    }


@given(plans())
def test_a_plan_is_in_order_on_working_days_outside_the_pause_and_within_the_year(plan):
    days = [proposed.day for proposed in cadence.propose(**plan)]
    assert days == sorted(set(days))
    for day in days:
        assert not plan["off"](day)
        assert not any(first <= day <= last for first, last in plan["pauses"])
        assert plan["first"] <= day <= plan["last"]


@given(plans())
def test_a_plan_has_no_gap_that_nothing_explains(plan):
    days = [proposed.day for proposed in cadence.propose(**plan)]
    assert cadence.gaps(days, plan["cadence"], plan["off"], plan["pauses"]) == []


@given(plans())
def test_a_plan_lasts_to_the_end_of_the_year(plan):
    days = [proposed.day for proposed in cadence.propose(**plan)]
    assume(days)
    assert cadence.latest_day(days[-1], plan["cadence"], plan["off"], plan["pauses"]) > plan["last"]


@given(plans())
def test_each_move_is_explained_and_nothing_else_moves(plan):
    for proposed in cadence.propose(**plan):
        moved = proposed.day != proposed.due
        assert moved == bool(proposed.off or proposed.pause)
        assert proposed.day >= proposed.due
        assert all(plan["off"](day) for day in proposed.off)
        if plan["weekday"] is not None and plan["cadence"] % 7 == 0 and not moved:
            assert proposed.day.weekday() == plan["weekday"]


@given(plans(), st.sets(st.integers(0, 360), max_size=8))
def test_sessions_that_stay_are_not_planned_again(plan, offsets):
    kept = {plan["first"] + timedelta(days=n) for n in offsets}
    days = [proposed.day for proposed in cadence.propose(**plan, kept=kept)]
    assert not kept & set(days)
    assert days == sorted(set(days))


@given(plans())
def test_planning_again_what_stands_adds_nothing(plan):
    days = [proposed.day for proposed in cadence.propose(**plan)]
    assert cadence.propose(**plan, kept=days) == []


@given(st.dates(date(2017, 1, 1), date(2038, 1, 1)), st.integers(1, 40), st.sets(st.integers(1, 60), max_size=20))
@example(date(2026, 11, 23), 14, set())
def test_a_gap_begins_the_day_after_the_latest_day(day, days, closed):
    off = off_days({day + timedelta(days=n) for n in closed})
    latest = cadence.latest_day(day, days, off)
    assert latest >= day + timedelta(days=days) and not off(latest)
    assert cadence.gaps([day, latest], days, off) == []
    assert cadence.gaps([day, latest + DAY], days, off) == [cadence.Gap(day, latest, latest + DAY)]
    assert cadence.gaps([day], days, off, until=latest) == []
    assert cadence.gaps([day], days, off, until=latest + DAY) == [cadence.Gap(day, latest, None)]


def year_1405(**changes):
    first, last = jalali_bounds(1405)
    plan = {"first": first, "last": last, "cadence": 14, "weekday": 6, "off": off_days(set())}
    return list(cadence.propose(**{**plan, **changes}))


def test_1405_on_sundays_without_days_off():
    days = [proposed.day for proposed in year_1405()]
    assert days[0] == date(2026, 3, 22) and len(days) == 26
    assert {later - earlier for earlier, later in zip(days, days[1:], strict=False)} == {14 * DAY}


def test_the_leap_year_1403_ends_on_30_esfand():
    first, last = jalali_bounds(1403)
    assert last == date(2025, 3, 20)
    days = [p.day for p in cadence.propose(first, last, 14, last.weekday(), lambda day: False)]
    assert days[-1] in (last, last - 7 * DAY)
    assert cadence.propose(last, last, 14, None, lambda day: False)[0].day == last


def test_a_day_off_moves_to_the_next_working_day_and_the_rhythm_stays():
    closed = date(2026, 4, 5)
    second = year_1405(off=off_days({closed}))[1]
    assert (second.day, second.due, second.off) == (date(2026, 4, 6), closed, (closed,))
    assert year_1405(off=off_days({closed}))[2].day == date(2026, 4, 19)


def test_a_day_off_before_the_weekend_moves_over_it():
    wednesday = date(2026, 3, 25)
    first = year_1405(weekday=2, off=off_days({wednesday}))[0]
    assert first.day == date(2026, 3, 28) and first.off == (wednesday, wednesday + DAY, wednesday + 2 * DAY)


def test_after_the_pause_the_rhythm_is_resumed_on_the_weekday():
    pause = (date(2026, 3, 16), date(2026, 4, 2))
    first = year_1405(pauses=[pause])[0]
    assert (first.day, first.due, first.pause) == (date(2026, 4, 5), date(2026, 3, 22), pause)


def test_a_short_pause_is_no_reason_to_leave_a_session_out():
    pause = (date(2026, 4, 5), date(2026, 4, 6))
    days = [proposed.day for proposed in year_1405(pauses=[pause])]
    assert days[:3] == [date(2026, 3, 22), date(2026, 4, 7), date(2026, 4, 19)]


def test_the_days_of_the_pause_are_not_counted():
    pause = (date(2027, 3, 16), date(2027, 4, 2))
    assert cadence.latest_day(date(2027, 3, 7), 14, off_days(set()), [pause]) == date(2027, 4, 10)


def test_an_invited_session_is_counted_and_carries_the_rhythm():
    stays = date(2026, 4, 7)  # a Tuesday, in place of Sunday the 5th
    days = [proposed.day for proposed in year_1405(kept=[stays])]
    assert days[:2] == [date(2026, 3, 22), date(2026, 4, 19)]


def test_the_rhythm_comes_from_the_last_session_of_the_year_before():
    first, last = jalali_bounds(1405)
    days = cadence.propose(first, last, 14, 6, lambda day: False, kept=[date(2026, 3, 15)])
    assert days[0].day == date(2026, 3, 29)


@pytest.mark.parametrize("wrong", [0, -14])
def test_a_rhythm_without_days_is_refused(wrong):
    with pytest.raises(ValueError):
        cadence.propose(*jalali_bounds(1405), wrong, 6, lambda day: False)
    with pytest.raises(ValueError):
        cadence.latest_day(date(2026, 3, 22), wrong, lambda day: False)


def test_a_calendar_without_a_working_day_is_refused():
    with pytest.raises(ValueError):
        cadence.next_working(date(2026, 3, 22), lambda day: True)
