"""Rhythm of ordinary sessions (clause 5-1): the days of a plan, and the gaps between sessions that nothing explains.

A session is due at most ``cadence`` days after the one before. A due day that is off moves to the next working day, and
the days of a pause (Nowruz) are not counted; both are readings of 5-1. Days are Tehran days; whether a day is off is
asked of the caller, so that the working calendar and the public holidays stay where they are kept.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .clock import require_day

DAY = timedelta(days=1)
# No office of the Centre is closed for so long; an endless search means a calendar without a working day.
_LONGEST_CLOSURE = 120

Pause = tuple[date, date]
Off = Callable[[date], object]


@dataclass(frozen=True, slots=True)
class Proposed:
    """One day of a plan.

    :param day: the day proposed, never off and never in a pause
    :param due: the day of the rhythm for which it stands; earlier than ``day`` when it moved
    :param off: the days off passed on the way, in order
    :param pause: the pause passed on the way, as (first, last) days
    """

    day: date
    due: date
    off: tuple[date, ...] = ()
    pause: Pause | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """Sessions too far apart.

    :param after: the day of the earlier session
    :param latest: the last day on which the next one would have been in time
    :param following: the day of the next one, None when there is none
    """

    after: date
    latest: date
    following: date | None


def pause_of(day: date, pauses: Iterable[Pause]) -> Pause | None:
    """The pause in which ``day`` lies, first and last day included."""
    return next((pause for pause in pauses if pause[0] <= day <= pause[1]), None)


def next_working(day: date, off: Off, pauses: Sequence[Pause] = ()) -> date:
    """The first day from ``day`` on that is neither off nor in a pause.

    :raises TypeError: ``day`` is no plain date
    :raises ValueError: there is none within 120 working-free days
    """
    found = require_day(day)
    for _step in range(_LONGEST_CLOSURE):
        pause = pause_of(found, pauses)
        if pause:
            found = pause[1] + DAY
        elif off(found):
            found += DAY
        else:
            return found
    raise ValueError(f"no working day in the {_LONGEST_CLOSURE} days after {day}")


def latest_day(previous: date, cadence: int, off: Off, pauses: Sequence[Pause] = ()) -> date:
    """The last day on which the session after ``previous`` is in time.

    :param cadence: days, 1 or more
    :raises TypeError: ``previous`` is no plain date
    :raises ValueError: ``cadence`` is not positive, or no working day follows
    """
    _require_cadence(cadence)
    day, left = require_day(previous), cadence
    while left:
        day += DAY
        pause = pause_of(day, pauses)
        if pause:
            day = pause[1]
        else:
            left -= 1
    return next_working(day, off, pauses)


def gaps(
    days: Iterable[date], cadence: int, off: Off, pauses: Sequence[Pause] = (), until: date | None = None
) -> list[Gap]:
    """The gaps between sessions, in order, that neither a day off nor a pause explains.

    :param days: days of ordinary sessions, in any order
    :param until: with it, the last session also needs a follower once its latest day lies before this day
    :raises TypeError, ValueError: see :func:`latest_day`
    """
    ordered: list[date | None] = sorted(set(days))
    found = []
    for previous, following in zip(ordered, [*ordered[1:], None], strict=True):
        if following is None and until is None:
            break
        latest = latest_day(previous, cadence, off, pauses)
        if (following or until) > latest:
            found.append(Gap(previous, latest, following))
    return found


def propose(
    first: date,
    last: date,
    cadence: int,
    weekday: int | None,
    off: Off,
    pauses: Sequence[Pause] = (),
    kept: Iterable[date] = (),
) -> list[Proposed]:
    """The days to plan from ``first`` to ``last``, both included, in order.

    The rhythm keeps the weekday: a day that moved does not move those after it. ``kept`` are days of sessions that stay
    whatever is planned; a due day shortly after or before one of them is taken as served by it, and the rhythm goes on
    from there. After a pause it is resumed on the weekday, or on the first working day where the weekday would be late.

    :param cadence: days between sessions, 1 or more; with a weekday and 7 or more, rounded down to whole weeks
    :param weekday: 0 = Monday … 6 = Sunday, as ``date.weekday()``; None = any
    :raises TypeError: ``first`` or ``last`` is no plain date
    :raises ValueError: ``cadence`` is not positive, or no working day follows
    """
    _require_cadence(cadence)
    require_day(last)
    standing = sorted(set(kept))
    before = [day for day in standing if day < first]
    plan: list[Proposed] = []
    due = _on_weekday_from(require_day(first), weekday)
    if before:
        carried = _following(before[-1], cadence, weekday)
        due = carried if carried >= first else due
    previous = before[-1] if before else None
    while due <= last:
        served = _served(due, previous, standing, cadence)
        if served:
            previous, due = served, _following(served, cadence, weekday)
            continue
        proposal = _move(due, previous, cadence, weekday, off, pauses)
        due = _resumed(due, proposal, cadence, weekday)
        if proposal.day > last:
            break
        if _served(proposal.day, previous, standing, cadence):
            continue
        plan.append(proposal)
        previous = proposal.day
    return plan


def _require_cadence(cadence: int) -> None:
    if cadence < 1:
        raise ValueError("sessions are at least one day apart")


def _on_weekday_from(day: date, weekday: int | None) -> date:
    return day if weekday is None else day + timedelta(days=(weekday - day.weekday()) % 7)


def _following(day: date, cadence: int, weekday: int | None) -> date:
    """The due day after ``day``: the latest one of the weekday that is in time."""
    due = day + timedelta(days=cadence)
    if weekday is not None:
        due -= timedelta(days=(due.weekday() - weekday) % 7)
    return due if due > day else day + timedelta(days=cadence)


def _served(due: date, previous: date | None, standing: list[date], cadence: int) -> date | None:
    """The session that stays and stands for ``due``: since the one before, or less than half a rhythm later."""
    reach = due + timedelta(days=(cadence - 1) // 2)
    days = [day for day in standing if (previous is None or day > previous) and day <= reach]
    if previous is None:
        days = [day for day in days if day >= due - timedelta(days=(cadence - 1) // 2)]
    return days[-1] if days else None


def _move(
    due: date, previous: date | None, cadence: int, weekday: int | None, off: Off, pauses: Sequence[Pause]
) -> Proposed:
    """The working day that stands for ``due``."""
    pause = pause_of(due, pauses)
    if pause is None:
        start = due
    else:
        start = pause[1] + DAY
        resumed = _on_weekday_from(start, weekday)
        if previous is None or next_working(resumed, off, pauses) <= latest_day(previous, cadence, off, pauses):
            start = resumed
    day = next_working(start, off, pauses)
    passed = []
    walked = start
    while walked < day:
        inside = pause_of(walked, pauses)
        if inside:
            pause, walked = inside, inside[1]
        elif off(walked):
            passed.append(walked)
        walked += DAY
    return Proposed(day, due, tuple(passed), pause)


def _resumed(due: date, proposal: Proposed, cadence: int, weekday: int | None) -> date:
    """The due day after a proposal: the rhythm goes on from its own day, from the session itself after a pause."""
    following = _following(proposal.day if proposal.pause else due, cadence, weekday)
    while following <= proposal.day:  # closed for longer than one rhythm
        following = _following(following, cadence, weekday)
    return following
