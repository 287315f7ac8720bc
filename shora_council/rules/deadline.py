"""Forwarding of the signed minutes to the Secretariat (clause 5-5).

With 7 days: until the end of the 7th calendar day in Tehran after the session's day, days off included;
00:00 of the 8th day is overdue.
"""

from datetime import date, datetime, timedelta

from .clock import require_day, tehran_day


def last_day(session_day: date, days: int | None) -> date | None:
    """Last Tehran day of the deadline; None when the rule is inactive (``days`` None).

    :param session_day: Tehran day on which the session started
    :param days: whole calendar days after it, 0 or more
    :raises TypeError: ``session_day`` is no plain date
    :raises ValueError: ``days`` is negative
    """
    require_day(session_day)
    if days is None:
        return None
    if days < 0:
        raise ValueError("days of a deadline cannot be negative")
    return session_day + timedelta(days=days)


def is_overdue(at_utc: datetime, session_start_utc: datetime, days: int | None) -> bool:
    """Whether the deadline had passed at ``at_utc``: the forwarding, or now while nothing is forwarded.

    :param at_utc: naive UTC
    :param session_start_utc: naive UTC
    :param days: whole calendar days; None = no deadline, never overdue
    :raises TypeError, ValueError: see :func:`last_day` and :func:`~.clock.require_utc`
    """
    limit = last_day(tehran_day(session_start_utc), days)
    return limit is not None and tehran_day(at_utc) > limit


def days_left(now_utc: datetime, last: date) -> int:
    """Whole Tehran days until the last day: 0 = today is the last day, negative = overdue by so many days.

    :raises TypeError, ValueError: see :func:`~.clock.require_utc` and :func:`~.clock.require_day`
    """
    return (require_day(last) - tehran_day(now_utc)).days
