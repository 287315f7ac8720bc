"""Share of days on which a clause was kept."""

from datetime import date, timedelta

import pytest
from rules import compliance

FIRST, LAST = date(2026, 3, 21), date(2027, 3, 20)


def day(number):
    return FIRST + timedelta(days=number)


def test_spans_are_cut_to_the_period_and_joined():
    spans = [(day(10), day(12)), (day(-5), day(1)), (day(12), day(20)), (day(21), day(22)), (day(40), day(41))]
    assert compliance.broken_spans(spans, FIRST, LAST) == [
        (FIRST, day(1)),
        (day(10), day(22)),
        (day(40), day(41)),
    ]


def test_spans_outside_the_period_are_nothing():
    assert compliance.broken_spans([(day(-9), day(-1)), (day(365), day(370))], FIRST, LAST) == []
    assert compliance.broken_spans([(day(1), day(2))], day(5), day(4)) == []


def test_one_inside_another_counts_once():
    spans = compliance.broken_spans([(day(0), day(9)), (day(3), day(4))], FIRST, LAST)
    assert compliance.days_in(spans) == 10


@pytest.mark.parametrize(
    ("broken", "days", "expected"),
    [(0, 365, 100), (1, 365, 99), (0, 0, None), (365, 365, 0), (1, 1000, 99), (182, 365, 50), (1, 1, 0)],
)
def test_score(broken, days, expected):
    assert compliance.score(broken, days) == expected


def test_more_broken_than_there_is():
    with pytest.raises(ValueError, match="more days"):
        compliance.score(2, 1)


def test_mean():
    assert compliance.mean([100, None, 50]) == 75
    assert compliance.mean([100, 99]) == 99
    assert compliance.mean([None]) is None
