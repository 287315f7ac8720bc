"""Composition of a council (article 4).

Maxima block a decree; minima cannot block the first appointments: a shortfall is a finding and a warning.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Measure = Literal["total", "experts", "ex_officio", "chair"]
Kind = Literal["too_few", "too_many", "missing"]


@dataclass(frozen=True, slots=True)
class Sitting:
    """One person in one seat for a time; Tehran days, both inclusive.

    :param last: None = no end known
    :raises ValueError: the last day is before the first
    """

    expert: bool
    first: date
    last: date | None = None

    def __post_init__(self):
        if self.last is not None and self.last < self.first:
            raise ValueError("the last day is before the first")

    def covers(self, day: date) -> bool:
        """Whether the person sits on ``day``."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Composition:
    """Who sits in the council; all counts of members, 0 or more.

    :param ex_officio: ex-officio seats that are filled
    :param ex_officio_seats: ex-officio seats there are; None = the by-law does not set it
    :param experts: expert members
    :param has_chair: one of the experts is chair (4 note 2); None = not to be judged
    """

    ex_officio: int
    ex_officio_seats: int | None
    experts: int
    has_chair: bool | None = None

    def __post_init__(self):
        if min(self.ex_officio, self.experts, self.ex_officio_seats or 0) < 0:
            raise ValueError("a count of members cannot be negative")

    @property
    def total(self) -> int:
        """Members of both kinds."""
        return self.ex_officio + self.experts


@dataclass(frozen=True, slots=True)
class Range:
    """Smallest and largest allowed number, both inclusive; None = not set.

    :raises ValueError: the minimum is above the maximum
    """

    minimum: int | None = None
    maximum: int | None = None

    def __post_init__(self):
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise ValueError("the minimum of a range is above its maximum")

    def __contains__(self, number: int) -> bool:
        above = self.minimum is None or number >= self.minimum
        return above and (self.maximum is None or number <= self.maximum)


@dataclass(frozen=True, slots=True)
class Breach:
    """One departure from article 4.

    :param code: code of the by-law's rule: total_min, total_max, expert_min, expert_max, ex_officio_seats, one_chair
    :param actual: counted members
    :param limit: the rule's value
    """

    code: str
    measure: Measure
    kind: Kind
    actual: int
    limit: int

    @property
    def blocks(self) -> bool:
        """True for a maximum: it blocks a decree. A minimum or a vacancy only warns."""
        return self.kind == "too_many"


@dataclass(frozen=True, slots=True)
class Reachable:
    """How the two ranges of article 4 meet once all ex-officio seats are filled.

    :param valid_experts: numbers of experts that satisfy both ranges (7..10 as shipped)
    :param reachable: totals that satisfy both ranges (11..14 as shipped)
    :param unreachable: totals the by-law allows and no allowed number of experts reaches (15 as shipped)
    :param too_few: allowed numbers of experts whose total is below the range (6 as shipped)
    :param too_many: allowed numbers of experts whose total is above the range
    """

    valid_experts: tuple[int, ...]
    reachable: tuple[int, ...]
    unreachable: tuple[int, ...]
    too_few: tuple[int, ...]
    too_many: tuple[int, ...]

    @property
    def conflict(self) -> bool:
        """The ranges do not fit each other."""
        return bool(self.unreachable or self.too_few or self.too_many)


def composition_on(
    day: date, sittings: Iterable[Sitting], ex_officio_seats: int | None, has_chair: bool | None = None
) -> Composition:
    """Who sits on ``day``, counted.

    :param ex_officio_seats, has_chair: see :class:`Composition`
    """
    present = [sitting.expert for sitting in sittings if sitting.covers(day)]
    experts = sum(present)
    return Composition(len(present) - experts, ex_officio_seats, experts, has_chair)


def days_to_judge(first: date, last: date | None, sittings: Iterable[Sitting]) -> list[date]:
    """The days between ``first`` and ``last`` on which the council can be at its largest: it only grows on the first
    day of somebody's sitting, so a maximum that holds on these days holds on all of them.

    :param last: None = for good
    """
    starts = {
        sitting.first for sitting in sittings if first <= sitting.first and (last is None or sitting.first <= last)
    }
    return sorted({first} | starts)


def short_since(minimum: int, today: date, sittings: Iterable[Sitting]) -> date | None:
    """The day since which fewer than ``minimum`` of ``sittings`` have been filled without a break; None when there are
    enough today, or when nobody ever sat.
    """
    sittings = list(sittings)
    changes = {sitting.first for sitting in sittings}
    changes |= {sitting.last + timedelta(days=1) for sitting in sittings if sitting.last is not None}
    since = None
    for day in sorted((change for change in changes if change <= today), reverse=True):
        if sum(sitting.covers(day) for sitting in sittings) >= minimum:
            break
        since = day
    return since


def check(composition: Composition, total: Range, experts: Range) -> list[Breach]:
    """Every breach of article 4, maxima first.

    :param total: range of all members
    :param experts: range of expert members
    """
    breaches = [
        *_range_breaches("total", "total", composition.total, total),
        *_range_breaches("experts", "expert", composition.experts, experts),
        *_seat_breaches(composition),
    ]
    if composition.has_chair is False:
        breaches.append(Breach("one_chair", "chair", "missing", 0, 1))
    return sorted(breaches, key=lambda breach: not breach.blocks)


def reachable_totals(ex_officio_seats: int, total: Range, experts: Range) -> Reachable:
    """Explain the conflict of the two ranges (4 + 6..10 = 10..14 against 11..15 as shipped).

    :raises ValueError: a bound is not set; an open range cannot be listed
    """
    if None in (total.minimum, total.maximum, experts.minimum, experts.maximum):
        raise ValueError("both ranges need both bounds")
    allowed = range(experts.minimum, experts.maximum + 1)
    valid = tuple(number for number in allowed if ex_officio_seats + number in total)
    reachable = tuple(ex_officio_seats + number for number in valid)
    return Reachable(
        valid_experts=valid,
        reachable=reachable,
        unreachable=tuple(n for n in range(total.minimum, total.maximum + 1) if n not in reachable),
        too_few=tuple(number for number in allowed if ex_officio_seats + number < total.minimum),
        too_many=tuple(number for number in allowed if ex_officio_seats + number > total.maximum),
    )


def _range_breaches(measure: Measure, prefix: str, actual: int, allowed: Range) -> list[Breach]:
    if allowed.maximum is not None and actual > allowed.maximum:
        return [Breach(f"{prefix}_max", measure, "too_many", actual, allowed.maximum)]
    if allowed.minimum is not None and actual < allowed.minimum:
        return [Breach(f"{prefix}_min", measure, "too_few", actual, allowed.minimum)]
    return []


def _seat_breaches(composition: Composition) -> list[Breach]:
    filled, seats = composition.ex_officio, composition.ex_officio_seats
    if seats is None or filled == seats:
        return []
    kind = "too_many" if filled > seats else "missing"
    return [Breach("ex_officio_seats", "ex_officio", kind, filled, seats)]
