"""Who holds a post: the dated versions of an employee against the job of a seat (article 4, A-3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Version:
    """What an employee is from ``first`` on, until the next version.

    :param job: id of the job, None without one
    :param departure: last day of work, where one is set
    :param fresh: entered in the transaction that asks
    """

    first: date
    job: int | None
    departure: date | None = None
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Tenure:
    """Whether a job is held, the first day on which that has been so, and whether that day was entered just now."""

    held: bool
    since: date | None = None
    fresh: bool = False


def tenure(versions: Iterable[Version], job: int, day: date, active: bool = True) -> Tenure:
    """Whether the employee of ``versions`` holds ``job`` on ``day``.

    A version that begins later is not yet true; an employee all of whose versions begin later holds nothing. The day of
    departure is the last one in the post. Somebody archived holds nothing, since when only a departure can tell.
    """
    now = Tenure(held=False)
    current = None
    for version in sorted(versions, key=lambda version: version.first):
        if version.first > day:
            break
        current = version
        held = version.job == job
        if now.since is None or held != now.held:
            now = Tenure(held, version.first, version.fresh)
    if current is None or not now.held:
        return now
    left = current.departure + timedelta(days=1) if current.departure else None
    if left and left <= day:
        return Tenure(False, left, True)
    return now if active else Tenure(held=False)


def effective_day(tenure: Tenure, looked_on: date | None, today: date) -> date:
    """The day on which a change that is seen today took effect.

    A version entered just now, or one that came into force after ``looked_on``, the last day on which the post was
    looked at, says so itself. Anything else is a correction of what had been in force already: it counts from today.
    """
    if tenure.since and (tenure.fresh or looked_on is None or tenure.since > looked_on):
        return min(tenure.since, today)
    return today
