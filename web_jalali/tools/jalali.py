"""Solar Hijri dates, digits and number words; arithmetic by jdatetime, Gregorian dates in and out."""

from datetime import date, timedelta

import jdatetime

MONTHS = ("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند")
QUARTERS = ("بهار", "تابستان", "پاییز", "زمستان")
#: by ``date.weekday()``, Monday first
WEEKDAYS = ("دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه", "یکشنبه")

_TO_PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_TO_LATIN = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")

_ONES = ("", "یک", "دو", "سه", "چهار", "پنج", "شش", "هفت", "هشت", "نه")
_TEENS = ("ده", "یازده", "دوازده", "سیزده", "چهارده", "پانزده", "شانزده", "هفده", "هجده", "نوزده")
_TENS = ("", "", "بیست", "سی", "چهل", "پنجاه", "شصت", "هفتاد", "هشتاد", "نود")
_HUNDREDS = ("", "صد", "دویست", "سیصد", "چهارصد", "پانصد", "ششصد", "هفتصد", "هشتصد", "نهصد")
_ZWNJ = "\u200c"


def persian_digits(text):
    """``text`` with its Latin digits written as Persian ones."""
    return str(text).translate(_TO_PERSIAN)


def latin_digits(text):
    """``text`` with its Persian and Arabic digits written as Latin ones."""
    return str(text).translate(_TO_LATIN)


def to_jalali(day):
    """(year, month, day) of a Gregorian date or datetime.

    :raises ValueError: before 622, or in the year 9999
    """
    converted = jdatetime.date.fromgregorian(year=day.year, month=day.month, day=day.day)
    return converted.year, converted.month, converted.day


def from_jalali(year, month, day):
    """The Gregorian date of a Jalali one.

    :raises ValueError: there is no such day, for instance 30 Esfand of a common year
    """
    try:
        return jdatetime.date(year, month, day).togregorian()
    except ValueError as error:
        raise ValueError(f"{year}/{month:02}/{day:02} is no day of the Jalali calendar") from error


def format_jalali(day):
    """Numeric, Persian digits: ۱۴۰۵/۰۹/۰۲."""
    year, month, number = to_jalali(day)
    return persian_digits(f"{year:04}/{month:02}/{number:02}")


def long_jalali(day, weekday=False):
    """In words: «۲ آذر ۱۴۰۵», with ``weekday`` «دوشنبه ۲ آذر ۱۴۰۵»."""
    year, month, number = to_jalali(day)
    words = persian_digits(f"{number} {MONTHS[month - 1]} {year}")
    return f"{WEEKDAYS[day.weekday()]} {words}" if weekday else words


def parse_jalali(text):
    """The Gregorian date of a typed one: ۱۴۰۵/۰۹/۰۲, 1405-9-2, 05/9/2, 14050902, «۲ آذر ۱۴۰۵»; see ``tools/typed.py``.

    A year from 1700 on is explicitly Gregorian, as in the web client; years of two digits are those of this century
    up to 59, of the last from 60 on.

    :raises ValueError: not a date, one with an hour, or an impossible one
    """
    from . import typed  # it reads by what is in here

    day, hour = typed.read(text)
    if hour is not None:
        raise ValueError(f"“{text}” is a moment; write the day alone, as 1405/09/02")
    return day


def jalali_year(day):
    """Jalali year of a Gregorian date."""
    return to_jalali(day)[0]


def jalali_year_bounds(year):
    """(first, last) Gregorian dates of a Jalali year: 1 Farvardin to 29 or 30 Esfand."""
    return from_jalali(year, 1, 1), from_jalali(year + 1, 1, 1) - timedelta(days=1)


def add_jalali_years(day: date, years):
    """The same Jalali month and day ``years`` later; 30 Esfand becomes 29 Esfand in a common year."""
    year, month, number = to_jalali(day)
    try:
        return from_jalali(year + years, month, number)
    except ValueError:
        return from_jalali(year + years, month, number - 1)


def _cardinal(number):
    parts = [_HUNDREDS[number // 100]]
    rest = number % 100
    if 10 <= rest < 20:
        parts.append(_TEENS[rest - 10])
    else:
        parts += [_TENS[rest // 10], _ONES[rest % 10]]
    return [part for part in parts if part]


def ordinal_words(number):
    """«چهل‌وسوم» for 43; 1 to 999, figures beyond.

    :raises ValueError: not positive
    """
    if number < 1:
        raise ValueError("only what is counted from one has an order")
    if number > 999:
        return persian_digits(number)
    if number == 1:
        return "اول"
    parts = _cardinal(number)
    last = parts[-1]
    if last == "سه":
        parts[-1] = "سوم"
    elif last == "سی":
        parts[-1] = f"سی{_ZWNJ}ام"
    else:
        parts[-1] = f"{last}م"
    return f"{_ZWNJ}و".join(parts)
