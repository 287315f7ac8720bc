"""Jalali years, quarters, months and weeks: first days, steps, names. Gregorian dates in and out; no Odoo."""

from datetime import date, datetime, timedelta

from . import jalali

#: Years whose periods are counted apart, in SQL as well; what lies before and after forms one period each.
FIRST_YEAR, LAST_YEAR = 1200, 1499
BEFORE = date(1, 1, 1)  #: stands for the period before
FIRST_DAY = jalali.from_jalali(FIRST_YEAR, 1, 1)
AFTER = jalali.from_jalali(LAST_YEAR + 1, 1, 1)  #: first day of the period after

MONTHS = {"year": 12, "quarter": 3, "month": 1}  #: length of the units that the calendar decides


def _day(value):
    return value.date() if isinstance(value, datetime) else value


def start_of(value, unit):
    """First day of the period of a date or datetime; ``BEFORE`` and ``AFTER`` outside the years counted.

    :param unit: ``year``, ``quarter`` or ``month``
    :rtype: datetime.date
    """
    day = _day(value)
    if day < FIRST_DAY:
        return BEFORE
    if day >= AFTER:
        return AFTER
    year, month, _number = jalali.to_jalali(day)
    return jalali.from_jalali(year, month - (month - 1) % MONTHS[unit], 1)


def shift(value, years=0, months=0):
    """``value`` moved by Jalali years and months; the day is cut to the month's length, hours and zone stay."""
    year, month, number = jalali.to_jalali(value)
    count = 12 * (year + years) + month - 1 + months
    return _replace(value, count // 12, count % 12 + 1, number)


def replace(value, year=None, month=None, day=None):
    """``value`` with other Jalali parts; a day beyond the month's length becomes its last one."""
    parts = jalali.to_jalali(value)
    year, month, day = (old if new is None else new for new, old in zip((year, month, day), parts, strict=True))
    return _replace(value, year, month, day)


def _replace(value, year, month, number):
    while True:
        try:
            day = jalali.from_jalali(year, month, number)
            break
        except ValueError:
            if not 29 < number <= 31 or not 1 <= month <= 12:
                raise
            number -= 1
    return value.replace(year=day.year, month=day.month, day=day.day)


def next_start(start, unit):
    """First day of the period after the one that begins on ``start``; None after ``AFTER``."""
    day = _day(start)
    if day == BEFORE:
        return FIRST_DAY
    return None if day >= AFTER else shift(day, months=MONTHS[unit])


def label(start, unit):
    """Name of the period that begins on ``start``: «۱۴۰۵», «پاییز ۱۴۰۵», «آذر ۱۴۰۵», «۷ تا ۱۳ آذر ۱۴۰۵», «۲ آذر ۱۴۰۵».

    Iran does not number its weeks, so a week is named by its days.
    """
    day = _day(start)
    if unit in MONTHS and not FIRST_DAY <= day < AFTER:
        year = FIRST_YEAR if day == BEFORE else LAST_YEAR + 1
        return f"{'پیش از' if day == BEFORE else 'از'} {jalali.persian_digits(year)}"
    try:
        return _label(start, day, unit)
    except (ValueError, OverflowError):
        return jalali.persian_digits(day.isoformat())  # a day outside of the calendar


def _label(start, day, unit):
    if unit == "hour":
        _year, month, number = jalali.to_jalali(day)
        return jalali.persian_digits(f"{start:%H}:00، {number} {jalali.MONTHS[month - 1]}")
    if unit == "day":
        return jalali.long_jalali(day)
    if unit == "week":
        return _week(day)
    year, month, _number = jalali.to_jalali(day)
    shown = jalali.persian_digits(year)
    if unit == "year":
        return shown
    if unit == "quarter":
        return f"{jalali.QUARTERS[(month - 1) // 3]} {shown}"
    return f"{jalali.MONTHS[month - 1]} {shown}"


def _week(first):
    last = first + timedelta(days=6)
    one, other = jalali.to_jalali(first), jalali.to_jalali(last)
    parts = 3 if one[0] != other[0] else 2 if one[1] != other[1] else 1
    begin = [str(one[2]), jalali.MONTHS[one[1] - 1], str(one[0])][:parts]
    return f"{jalali.persian_digits(' '.join(begin))} تا {jalali.long_jalali(last)}"
