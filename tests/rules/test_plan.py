from datetime import date, timedelta

import pytest
from reference import gregorian
from rules import plan


@pytest.mark.parametrize("year", [1399, 1403, 1404, 1405, 1408, 1412])
def test_the_year_begins_on_1_farvardin_and_ends_the_day_before_the_next(year):
    first, last = plan.bounds(year)
    assert first == gregorian(year, 1, 1)
    assert last + timedelta(days=1) == gregorian(year + 1, 1, 1)
    assert (plan.year_of(first), plan.year_of(last)) == (year, year)
    assert plan.year_of(last + timedelta(days=1)) == year + 1


def test_31_farvardin_is_the_last_day():
    assert plan.last_day(1405, 31) == gregorian(1405, 1, 31)
    assert plan.last_day(1405, 32) == gregorian(1405, 2, 1)
    assert plan.last_day(1405, 1) == gregorian(1405, 1, 1)


def test_no_last_day_where_the_rule_is_not_set():
    assert plan.last_day(1405, None) is None
    with pytest.raises(ValueError):
        plan.last_day(1405, 0)


@pytest.mark.parametrize(
    ("today", "percent"),
    [(date(2026, 5, 31), 0), (date(2026, 6, 1), 10), (date(2026, 6, 5), 50), (date(2026, 6, 10), 100)],
)
def test_progress_is_expected_day_by_day(today, percent):
    assert plan.expected_progress(date(2026, 6, 1), date(2026, 6, 10), today) == percent


def test_nothing_is_expected_of_a_line_without_days():
    assert plan.expected_progress(None, date(2026, 6, 10), date(2026, 7, 1)) == 0
    assert plan.expected_progress(date(2026, 6, 1), None, date(2026, 7, 1)) == 0


def test_days_are_no_moments():
    with pytest.raises(TypeError):
        plan.year_of("1405")


def test_coverage_counts_lines_where_duty_and_theme_meet():
    lines = [(("d1", "d2"), ("t1",)), (("d1",), ("t1", "t2")), (("d9",), ("t1",)), ((), ("t1",))]
    found = plan.coverage(lines, ("d1", "d2", "d3"), ("t1", "t2", "t3"))
    assert found.cells == {("d1", "t1"): 2, ("d2", "t1"): 1, ("d1", "t2"): 1}
    assert found.duties == {"d1": 2, "d2": 1}
    assert found.themes == {"t1": 4, "t2": 1}
    assert (found.bare_duties, found.bare_themes) == (("d3",), ("t3",))


def test_an_empty_plan_covers_nothing():
    found = plan.coverage([], ("d1",), ("t1",))
    assert (found.cells, found.bare_duties, found.bare_themes) == ({}, ("d1",), ("t1",))


def test_expertise_first_then_load_then_seat():
    people = {"seat1": {1}, "seat2": {1, 2}, "seat3": {1}, "seat4": {9}, "seat5": {1}}
    assert plan.suggested({1, 2}, people, {}) == ["seat2", "seat1", "seat3"]
    assert plan.suggested({1, 2}, people, {"seat1": 2, "seat3": 1}) == ["seat2", "seat5", "seat3"]
    assert plan.suggested({1}, people, {}, most=1) == ["seat1"]
    assert plan.suggested({7}, people, {}) == []
    assert plan.suggested((), people, {}) == []
