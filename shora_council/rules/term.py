"""Term of an expert member (clause 4-B): Jalali years, last day inclusive."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

import jdatetime

from .clock import require_day, tehran_day


def last_day(first_day: date, years: int) -> date:
    """Last day (inclusive) of a term: the day before the same Jalali day ``years`` later.

    1404/05/10 -> 1405/05/09, 1403/01/01 -> 1403/12/30. A term from 30 Esfand whose anniversary does not exist
    ends on 29 Esfand (1403/12/30 -> 1404/12/29).

    :param first_day: Gregorian date of the first day
    :param years: Jalali years, 1 or more
    :raises TypeError: ``first_day`` is no plain date
    :raises ValueError: ``years`` is less than 1, or the year lies outside the calendar
    """
    if years < 1:
        raise ValueError("a term lasts at least one year")
    first = jdatetime.date.fromgregorian(date=require_day(first_day))
    if (first.month, first.day) == (12, 30) and not jdatetime.date(first.year + years, 1, 1).isleap():
        return jdatetime.date(first.year + years, 12, 29).togregorian()
    return jdatetime.date(first.year + years, first.month, first.day).togregorian() - timedelta(days=1)


def reminder_days(last: date, before: Iterable[int]) -> tuple[date, ...]:
    """Days on which a reminder is due, earliest first: so many days before the last day.

    :raises TypeError: ``last`` is no plain date
    :raises ValueError: a number of days is negative
    """
    require_day(last)
    numbers = sorted(set(before), reverse=True)
    if numbers and numbers[-1] < 0:
        raise ValueError("a reminder cannot come after the end")
    return tuple(last - timedelta(days=number) for number in numbers)


def is_expired(last: date | None, now_utc: datetime) -> bool:
    """Whether the term is over: from 00:00 in Tehran of the day after its last day.

    :param last: None = no term (ex-officio seats), never expired
    :param now_utc: naive UTC
    :raises TypeError, ValueError: see :func:`~.clock.require_utc`
    """
    today = tehran_day(now_utc)
    return bool(last) and today > require_day(last)
