"""Quorum and majority, where a by-law sets them (the shipped one is silent).

Shares are whole percents, as a by-law writes them; nothing is rounded in anybody's favour. A quorum of 50 percent is
reached by exactly half; a majority of 50 percent is *more* than half, as the word says. Unanimity is a majority of
100.
"""


def quorum_needed(members: int, value: int, unit: str = "percent") -> int:
    """How many members must be present.

    :param members: members in force on the session's day, 0 or more
    :param value: percent of ``members``, or a number of members
    :param unit: "percent" or "members"
    :raises ValueError: negative numbers, more than 100 percent, or another unit
    """
    _require(members, value, unit)
    if unit == "members":
        return value
    return -(-members * value // 100)


def majority_needed(present: int, value: int, unit: str = "percent") -> int:
    """How many votes in favour adopt a resolution.

    :param present: members present, whether they vote or not; abstaining is not being in favour
    :param value: percent of ``present`` that must be exceeded, or a number of votes that must be reached
    :param unit: "percent" or "members"
    :raises ValueError: as :func:`quorum_needed`
    """
    _require(present, value, unit)
    if unit == "members":
        return value
    return max(1, min(present, present * value // 100 + 1))


def is_carried(votes_for: int, present: int, value: int, unit: str = "percent") -> bool:
    """Whether ``votes_for`` of ``present`` members reach the majority; see :func:`majority_needed`."""
    return votes_for >= majority_needed(present, value, unit)


def _require(count: int, value: int, unit: str) -> None:
    if unit not in ("percent", "members"):
        raise ValueError(f"no share is counted in {unit!r}")
    if count < 0 or value < 0 or (unit == "percent" and value > 100):
        raise ValueError("counts are not negative and shares end at 100 percent")
