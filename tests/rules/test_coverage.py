from hypothesis import given
from hypothesis import strategies as st
from rules.coverage import by_dimension, coverage

KEYS = st.integers(0, 9)


def test_counts_members_and_names_the_gaps_in_the_order_wanted():
    result = coverage(["trade", "culture", "law"], [["law", "law"], ["law", "sport"], ["trade"]])
    assert result.counts == (("trade", 1), ("culture", 0), ("law", 2))
    assert result.covered == ("trade", "law")
    assert result.gaps == ("culture",)
    assert result.covers_most


def test_half_is_not_most():
    assert not coverage("ab", ["a"]).covers_most
    assert coverage("abc", ["ab"]).covers_most


def test_nothing_wanted_nothing_missing():
    assert coverage([], [["a"]]).covers_most
    assert coverage([], []).gaps == ()


def test_dimensions_are_judged_apart_even_from_a_generator():
    members = (carries for carries in [{1, 3}, {1}])
    result = by_dimension({"intellectual": [1, 2], "scientific": [3], "executive": [4]}, members)
    assert result["intellectual"].counts == ((1, 2), (2, 0))
    assert result["scientific"].gaps == ()
    assert result["executive"].gaps == (4,)


@given(st.lists(KEYS), st.lists(st.lists(KEYS)))
def test_every_wanted_key_is_covered_or_a_gap(wanted, members):
    result = coverage(wanted, members)
    assert set(result.covered) == {key for key in wanted if any(key in carries for carries in members)}
    assert set(result.covered) | set(result.gaps) == set(wanted)
    assert all(count == sum(key in carries for carries in members) for key, count in result.counts)
