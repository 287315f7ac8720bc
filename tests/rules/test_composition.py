import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules.composition import Breach, Composition, Range, check, reachable_totals

TOTAL, EXPERTS = Range(11, 15), Range(6, 10)
COUNTS = st.integers(0, 20)
BOUNDS = st.one_of(st.none(), st.integers(0, 20))


def found(ex_officio, experts, chair=True, seats=4):
    return check(Composition(ex_officio, seats, experts, chair), TOTAL, EXPERTS)


@pytest.mark.parametrize("experts", [7, 8, 9, 10])
def test_four_ex_officio_and_7_to_10_experts_are_valid(experts):
    assert found(4, experts) == []


def test_six_experts_are_allowed_but_the_total_of_10_is_too_few():
    assert found(4, 6) == [Breach("total_min", "total", "too_few", 10, 11)]


def test_five_experts_breach_both_minima():
    assert found(4, 5) == [
        Breach("total_min", "total", "too_few", 9, 11),
        Breach("expert_min", "experts", "too_few", 5, 6),
    ]


def test_eleven_experts_block_though_the_total_of_15_is_allowed():
    assert found(4, 11) == [Breach("expert_max", "experts", "too_many", 11, 10)]
    assert found(4, 11)[0].blocks


def test_twelve_experts_block_twice():
    assert [(breach.code, breach.actual, breach.limit) for breach in found(4, 12)] == [
        ("total_max", 16, 15),
        ("expert_max", 12, 10),
    ]


def test_maxima_come_first_and_only_they_block():
    breaches = found(1, 11, chair=False)
    assert [(breach.code, breach.blocks) for breach in breaches] == [
        ("expert_max", True),
        ("ex_officio_seats", False),
        ("one_chair", False),
    ]


def test_the_first_appointments_are_never_blocked():
    assert all(not breach.blocks for breach in found(0, 0, chair=False))
    assert {breach.code for breach in found(0, 0, chair=False)} == {
        "total_min",
        "expert_min",
        "ex_officio_seats",
        "one_chair",
    }


def test_a_vacant_and_a_surplus_ex_officio_seat():
    assert found(3, 8) == [Breach("ex_officio_seats", "ex_officio", "missing", 3, 4)]
    assert found(5, 8) == [Breach("ex_officio_seats", "ex_officio", "too_many", 5, 4)]


def test_a_chair_is_missing_only_when_asked_for():
    assert found(4, 8, chair=False) == [Breach("one_chair", "chair", "missing", 0, 1)]
    assert found(4, 8, chair=None) == []


def test_unset_bounds_and_seats_are_never_breached():
    assert check(Composition(0, None, 500), Range(), Range()) == []
    assert check(Composition(0, None, 0), Range(None, 15), Range(None, 10)) == []


def test_impossible_input_is_refused():
    for counts in [(-1, 4, 6), (1, -4, 6), (1, 4, -6)]:
        with pytest.raises(ValueError):
            Composition(*counts)
    with pytest.raises(ValueError):
        Range(11, 10)


def test_the_conflict_of_article_4_as_shipped():
    result = reachable_totals(4, TOTAL, EXPERTS)
    assert result.valid_experts == (7, 8, 9, 10)
    assert result.reachable == (11, 12, 13, 14)
    assert result.unreachable == (15,)
    assert result.too_few == (6,)
    assert result.too_many == ()
    assert result.conflict


def test_ranges_that_fit_have_no_conflict():
    assert not reachable_totals(4, Range(10, 14), EXPERTS).conflict
    assert reachable_totals(6, TOTAL, EXPERTS).too_many == (10,)


def test_open_ranges_cannot_be_listed():
    with pytest.raises(ValueError):
        reachable_totals(4, Range(11, None), EXPERTS)


def ordered_range(bounds):
    low, high = bounds
    return Range(min(low, high), max(low, high)) if None not in bounds else Range(low, high)


RANGES = st.tuples(BOUNDS, BOUNDS).map(ordered_range)


@given(COUNTS, st.one_of(st.none(), COUNTS), COUNTS, st.booleans(), RANGES, RANGES)
def test_breaches_are_exactly_the_violated_inequalities(ex_officio, seats, experts, chair, total, expert):
    expected = set()
    for code, violated in {
        "total_min": total.minimum is not None and ex_officio + experts < total.minimum,
        "total_max": total.maximum is not None and ex_officio + experts > total.maximum,
        "expert_min": expert.minimum is not None and experts < expert.minimum,
        "expert_max": expert.maximum is not None and experts > expert.maximum,
        "ex_officio_seats": seats is not None and ex_officio != seats,
        "one_chair": not chair,
    }.items():
        if violated:
            expected.add(code)
    breaches = check(Composition(ex_officio, seats, experts, chair), total, expert)
    assert {breach.code for breach in breaches} == expected and len(breaches) == len(expected)
    over = {"total_max", "expert_max"} | ({"ex_officio_seats"} if seats is not None and ex_officio > seats else set())
    assert {breach.code for breach in breaches if breach.blocks} == expected & over


@given(st.integers(0, 6), *[st.tuples(COUNTS, COUNTS).map(ordered_range)] * 2)
def test_valid_numbers_of_experts_are_those_the_check_passes(seats, total, experts):
    result = reachable_totals(seats, total, experts)
    passing = tuple(n for n in range(41) if not check(Composition(seats, seats, n), total, experts))
    assert result.valid_experts == passing
    assert sorted(result.reachable + result.unreachable) == list(range(total.minimum, total.maximum + 1))
    assert sorted(result.too_few + passing + result.too_many) == list(range(experts.minimum, experts.maximum + 1))
