"""Typed dates and times as the web client reads them: Jalali first, a year from 1700 on is explicitly Gregorian."""

import re
from datetime import date, datetime, time

from . import jalali

#: a typed year from here on is meant as Gregorian; the web client draws the same line
GREGORIAN_FROM = 1700

_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_LETTERS = str.maketrans("يىك", "ییک")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?!\d)(.*)", re.S)
_WORDS = re.compile(r"(?:[^\d\s]+\s+)?(\d{1,2})\s+([^\d\s]+)\s+(\d{4})(?!\d)(.*)", re.S)
_NUMERIC = re.compile(r"(\d+)[/.\-](\d{1,2})[/.\-](\d+)(?!\d)(.*)", re.S)
_TIME = re.compile(r"(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.\d+)?)?\s*(.*)")
_BEFORE_NOON = re.compile(r"am|ق\.?\s?ظ\.?|قبل.?از.?ظهر", re.I)
_AFTER_NOON = re.compile(r"pm|ب\.?\s?ظ\.?|بعد.?از.?ظهر", re.I)


class Unreadable(ValueError):
    """The text is written like no date; a plain ValueError says that the calendar has no such day or the day no such
    hour."""


def read(text, day_first=False):
    """(date, time or None) of ``text``: ۱۴۰۵/۰۹/۰۲, 1405-9-2, 05/9/2, 14050902, «۲ آذر ۱۴۰۵», each with «۱۰:۳۰» or not.

    :param day_first: the day stands first where no year of four digits tells
    :raises Unreadable: no date
    :raises ValueError: an impossible day or hour
    """
    plain = _MARKS.sub("", jalali.latin_digits(text or "")).translate(_LETTERS).strip()
    year, month, number, rest = _parts(plain, day_first, text)
    if year >= GREGORIAN_FROM:
        try:
            day = date(year, month, number)
        except ValueError as error:
            raise ValueError(f"{year}/{month:02}/{number:02} is no day of the Gregorian calendar") from error
    else:
        day = jalali.from_jalali(year, month, number)
    return day, _time(rest.strip(" \t\r\n،,T"), text)


def read_datetime(text, day_first=False):
    """The naive moment of ``text``, midnight where it names no hour. Raises as :func:`read` does."""
    day, hour = read(text, day_first)
    return datetime.combine(day, hour or time())


def _parts(plain, day_first, text):
    if match := _COMPACT.fullmatch(plain):
        year, month, number, rest = match.groups()
        return int(year), int(month), int(number), rest
    match = _WORDS.fullmatch(plain)
    if match and match[2] in jalali.MONTHS:
        return int(match[3]), jalali.MONTHS.index(match[2]) + 1, int(match[1]), match[4]
    if match := _NUMERIC.fullmatch(plain):
        first, month, last, rest = match.groups()
        turned = len(last) == 4 or (len(first) != 4 and day_first)
        year, number = (last, first) if turned else (first, last)
        if len(year) in (2, 4) and len(number) <= 2:
            return _full_year(int(year)), int(month), int(number), rest
    raise Unreadable(f"“{text}” is no date; write it as 1405/09/02")


def _full_year(year):
    """Two digits are a year of this century up to 59, of the last from 60 on."""
    return year if year >= 100 else year + (1400 if year < 60 else 1300)


def _time(rest, text):
    if not rest:
        return None
    match = _TIME.fullmatch(rest)
    if not match:
        raise Unreadable(f"“{text}” is no date; write it as 1405/09/02 10:30")
    hour, minute, second, noon = int(match[1]), int(match[2]), int(match[3] or 0), match[4].strip()
    if _AFTER_NOON.fullmatch(noon):
        hour = hour % 12 + 12
    elif _BEFORE_NOON.fullmatch(noon):
        hour %= 12
    elif noon:
        raise Unreadable(f"“{text}” is no date; write it as 1405/09/02 10:30")
    try:
        return time(hour, minute, second)
    except ValueError as error:
        raise ValueError(f"“{rest}” is no time of the day") from error
