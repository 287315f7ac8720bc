"""Plain reference implementations, written differently from the rules: tables and day-by-day counting.

Nothing here uses zone data, jdatetime or the rules themselves.
"""

from datetime import date, datetime, timedelta

DAY = timedelta(days=1)

# 1 Farvardin 1395 was 20 March 2016; its first instant in Tehran 20:30 UTC of the day before.
_FIRST_JALALI = (1395, 1, 1)
_FIRST_GREGORIAN = date(2016, 3, 20)
_FIRST_INSTANT = datetime(2016, 3, 19, 20, 30)
_LAST_YEAR = 1420
# Official leap years of the table's span (calendar of the University of Tehran).
LEAP_YEARS = {1395, 1399, 1403, 1408, 1412, 1416, 1420}
_LAST_SUMMER_TIME = 1401


def _month_lengths(year):
    return [31] * 6 + [30] * 5 + [30 if year in LEAP_YEARS else 29]


def _hours(year, month, day):
    """Length of a Tehran day: the clock jumped on 2 Farvardin at 00:00 and fell back at the end of 30 Shahrivar."""
    if year <= _LAST_SUMMER_TIME and (month, day) == (1, 2):
        return 23
    if year <= _LAST_SUMMER_TIME and (month, day) == (6, 30):
        return 25
    return 24


def _build():
    days, starts = [], [_FIRST_INSTANT]
    for year in range(_FIRST_JALALI[0], _LAST_YEAR + 1):
        for month, length in enumerate(_month_lengths(year), 1):
            for day in range(1, length + 1):
                days.append((year, month, day))
                starts.append(starts[-1] + timedelta(hours=_hours(year, month, day)))
    return days, starts


JALALI_DAYS, DAY_STARTS = _build()
_POSITION = {jalali: index for index, jalali in enumerate(JALALI_DAYS)}


def gregorian(year, month, day):
    """Gregorian date of a Jalali one, by counting."""
    return _FIRST_GREGORIAN + _POSITION[year, month, day] * DAY


def jalali(day):
    """(year, month, day) of a Gregorian date, by counting."""
    return JALALI_DAYS[(day - _FIRST_GREGORIAN).days]


def first_instant(day):
    """Naive UTC of a Tehran day's first instant, by adding up the lengths of days."""
    return DAY_STARTS[(day - _FIRST_GREGORIAN).days]


def tehran_day(moment):
    """Tehran day of an instant: the only day whose bounds hold it."""
    guess = (moment - _FIRST_INSTANT).days
    for index in (guess - 1, guess, guess + 1):
        if index >= 0 and DAY_STARTS[index] <= moment < DAY_STARTS[index + 1]:
            return _FIRST_GREGORIAN + index * DAY
    raise AssertionError(f"{moment} lies outside the table")


def term_end(first, years):
    """Last day of a term: walk on until the Jalali date is no longer before the anniversary."""
    year, month, day = jalali(first)
    current = first
    while jalali(current + DAY) < (year + years, month, day):
        current += DAY
    return current


def simulate(spells, marks, limit, until):
    """Live through every day: who is a member this morning, which sessions are held, who has had enough.

    :param spells: (first_day, last_day or None); :param marks: (day, order, key, present); :param limit: day -> number
    :return: (resignations as (day, keys), keys counted, keys de facto, run on the last day, member on the last day)
    """
    resignations, counted, de_facto, run = [], set(), set(), []
    dead = set()
    member_yesterday = False
    day = min([first for first, _last in spells] + [mark[0] for mark in marks] + [until])
    end = max([mark[0] for mark in marks] + [until])
    member = False
    while day <= end:
        in_decree = [i for i, (first, last) in enumerate(spells) if first <= day and (last is None or day <= last)]
        member = any(i not in dead for i in in_decree)
        if member and not member_yesterday:
            run = []
        member_yesterday = member
        for _day, _order, key, present in sorted(mark for mark in marks if mark[0] == day):
            if not member:
                if in_decree:
                    de_facto.add(key)
                continue
            counted.add(key)
            run = [] if present else [*run, key]
            number = limit(day)
            if number is not None and len(run) >= number:
                resignations.append((day, tuple(run[-number:])))
                run = []
                dead |= {i for i, (first, _last) in enumerate(spells) if first <= day}
                member = member_yesterday = False
        day += DAY
    return resignations, counted, de_facto, run, member
