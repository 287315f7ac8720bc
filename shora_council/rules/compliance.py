"""How well a clause was kept in a period: the share of days on which nothing that it forbids was open."""

from collections.abc import Iterable
from datetime import date, timedelta


def broken_spans(spans: Iterable[tuple[date, date]], first: date, last: date) -> list[tuple[date, date]]:
    """``spans`` of days within the period, overlapping and adjoining ones joined, in order.

    :param spans: (first day, last day), both inclusive
    :param first: first day of the period
    :param last: its last day, inclusive; before ``first`` for an empty period
    """
    joined: list[tuple[date, date]] = []
    for begin, end in sorted((max(begin, first), min(end, last)) for begin, end in spans):
        if begin > end:
            continue
        if joined and begin <= joined[-1][1] + timedelta(days=1):
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((begin, end))
    return joined


def days_in(spans: Iterable[tuple[date, date]]) -> int:
    """Number of days of ``spans`` that do not overlap."""
    return sum((end - begin).days + 1 for begin, end in spans)


def score(broken: int, days: int) -> int | None:
    """Percent of the ``days`` of a period that were not ``broken``; 100 only where none was, None for no days.

    :raises ValueError: more days broken than there were
    """
    if broken > days:
        raise ValueError("more days broken than the period has")
    if not days:
        return None
    return min(100 * (days - broken) // days, 99) if broken else 100


def mean(scores: Iterable[int | None]) -> int | None:
    """The plain mean of the clauses' scores, rounded down: 100 only where every clause was kept on every day."""
    known = [one for one in scores if one is not None]
    return sum(known) // len(known) if known else None
