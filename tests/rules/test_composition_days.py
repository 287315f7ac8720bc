"""Sittings over time: on which days a maximum is judged, and since when there are too few (article 4)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules.composition import Sitting, composition_on, days_to_judge, short_since

BEGIN = date(2026, 3, 21)
DAYS = [BEGIN + timedelta(days=number) for number in range(60)]


@st.composite
def sittings(draw):
    """Up to twelve sittings within sixty days, some without an end."""
    found = []
    for _each in range(draw(st.integers(0, 12))):
        first = draw(st.integers(0, 55))
        length = draw(st.one_of(st.none(), st.integers(0, 30)))
        last = None if length is None else DAYS[first] + timedelta(days=length)
        found.append(Sitting(draw(st.booleans()), DAYS[first], last))
    return found


def count(found, day):
    return sum(sitting.covers(day) for sitting in found)


def test_a_sitting_includes_both_days():
    sitting = Sitting(True, DAYS[3], DAYS[5])
    assert [sitting.covers(day) for day in DAYS[2:7]] == [False, True, True, True, False]


def test_the_last_day_is_not_before_the_first():
    with pytest.raises(ValueError, match="before the first"):
        Sitting(True, DAYS[3], DAYS[2])


@given(sittings(), st.sampled_from(DAYS))
def test_counts_of_a_day(found, day):
    counted = composition_on(day, found, 4)
    assert counted.total == count(found, day)
    assert counted.experts == sum(s.expert for s in found if s.covers(day))


@given(sittings(), st.integers(0, 40), st.one_of(st.none(), st.integers(0, 19)))
def test_no_day_is_larger_than_the_judged_ones(found, first, length):
    last = None if length is None else DAYS[first + length]
    judged = days_to_judge(DAYS[first], last, found)
    every = [day for day in DAYS if day >= DAYS[first] and (last is None or day <= last)]
    assert max(count(found, day) for day in every) == max(count(found, day) for day in judged)
    assert judged[0] == DAYS[first]


@given(sittings(), st.integers(1, 6), st.sampled_from(DAYS))
def test_short_since_is_the_first_day_of_the_shortfall(found, minimum, today):
    since = short_since(minimum, today, found)
    begun = min((sitting.first for sitting in found), default=None)
    short = [day for day in DAYS if day <= today and count(found, day) < minimum]
    if begun is None or begun > today or today not in short:
        assert since is None
        return
    expected = today
    while expected > begun and expected - timedelta(days=1) in short:
        expected -= timedelta(days=1)
    assert since == expected
