"""Quorum and majority at their boundaries."""

import pytest
from rules import voting


@pytest.mark.parametrize(
    ("members", "percent", "needed"),
    [(12, 50, 6), (11, 50, 6), (13, 50, 7), (12, 66, 8), (12, 67, 9), (15, 100, 15), (1, 1, 1), (0, 50, 0), (9, 0, 0)],
)
def test_a_quorum_is_reached_by_exactly_its_share(members, percent, needed):
    assert voting.quorum_needed(members, percent) == needed


@pytest.mark.parametrize(
    ("present", "percent", "needed"),
    [(12, 50, 7), (11, 50, 6), (1, 50, 1), (12, 66, 8), (12, 67, 9), (12, 75, 10), (12, 100, 12), (10, 0, 1)],
)
def test_a_majority_exceeds_its_share(present, percent, needed):
    assert voting.majority_needed(present, percent) == needed
    assert voting.is_carried(needed, present, percent)
    assert not voting.is_carried(needed - 1, present, percent)


def test_nobody_present_carries_nothing():
    assert voting.majority_needed(0, 50) == 1
    assert not voting.is_carried(0, 0, 50)


def test_numbers_of_members_stand_for_themselves():
    assert voting.quorum_needed(15, 8, "members") == 8
    assert voting.majority_needed(9, 6, "members") == 6


@pytest.mark.parametrize(
    ("count", "value", "unit"), [(-1, 50, "percent"), (5, -1, "members"), (5, 101, "percent"), (5, 5, "days")]
)
def test_what_is_no_share_is_refused(count, value, unit):
    for function in (voting.quorum_needed, voting.majority_needed):
        with pytest.raises(ValueError, match="share|negative"):
            function(count, value, unit)
