"""What people write into the cells of a table of past decrees: days, words, codes and names. Pure; no records."""

import re
import unicodedata
from datetime import date

from odoo.addons.web_jalali.tools import jalali

#: a year from here on is Gregorian; nothing of a council's past lies before the Jalali year 1300
GREGORIAN_FROM = 1700
JALALI_YEARS = range(1300, 1500)

_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")  # bidi marks, byte order mark
_SPACES = re.compile("[\\s\u200c\u00a0]+")
_LETTERS = str.maketrans("يىكةۀ", "ییکهه")
_NUMERIC = re.compile(r"(\d+)[/.\-](\d{1,2})[/.\-](\d{1,2})")
_TIME = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
_SEAT = re.compile(r"(a|b|الف|ب)[\s\-_.–]*(\d+)")

_KINDS = {
    "appointment": ("appointment", "انتصاب", "حکم انتصاب"),
    "renewal": ("renewal", "تمدید", "حکم تمدید"),
    "representative": ("representative", "standing representative", "نماینده", "نماینده تام الاختیار"),
    "acting": ("acting", "acting secretary", "سرپرست", "سرپرست دبیری", "سرپرستی"),
    "chair": ("chair", "رئیس", "رئیس شورا", "ریاست", "ریاست شورا"),
}
_REASONS = {
    "expired": ("expired", "منقضی", "منقضی شده", "پایان دوره", "پایان مدت", "انقضا"),
    "revoked": ("revoked", "dismissal", "لغوشده", "لغو شده", "لغو", "عزل", "برکناری"),
    "superseded": ("superseded", "جایگزین شده", "جایگزینی", "جایگزین"),
    "resigned": ("resigned", "مستعفی", "استعفا"),
    "deemed_resigned": ("deemed resigned", "deemed_resigned", "مستعفی شناخته شده", "استعفای قهری"),
    "post_lost": ("post lost", "post_lost", "از دست دادن سمت", "پایان سمت", "ازدست دادن سمت"),
}


class CellError(ValueError):
    """A cell that cannot be read; ``code`` says why: ``unreadable``, ``impossible``, ``two_digits``, ``far``."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def clean(value):
    """Cell content as stored: text, outer spaces and invisible direction marks gone; a lone dash means nothing."""
    if value is None or value is False:
        return ""
    text = _MARKS.sub("", str(value)).strip(" \t\r\n\u00a0\u200c")
    return "" if text in ("-", "–", "—", "ـ") else text


def is_hazardous(text):
    """Whether the cell would be a formula somewhere else, or carries control characters (NUL among them)."""
    return text[:1] in ("=", "+", "@", "-") or any(unicodedata.category(letter) == "Cc" for letter in text)


def key(text):
    """What two spellings of one name have in common: Persian letters, single spaces for half-spaces, no case."""
    return _SPACES.sub(" ", jalali.latin_digits(clean(text)).translate(_LETTERS)).strip().casefold()


def _word(text, table):
    wanted = key(text)
    return next((value for value, words in table.items() if wanted in (key(word) for word in words)), None)


def kind_of(text):
    """Value of ``shora.decree.kind`` for a typed word; None when it is none of them."""
    return _word(text, _KINDS)


def reason_of(text):
    """Value of ``shora.decree.end_reason`` for a typed word; None when it is none of them."""
    return _word(text, _REASONS)


def seat_code(text):
    """A3, a-3, «الف-۳» and «الف ۳» are A3; anything else is returned as it is, in Latin digits."""
    plain = key(text)
    match = _SEAT.fullmatch(plain)
    if match:
        letter = "A" if match[1] in ("a", "الف") else "B"
        return f"{letter}{int(match[2])}"
    return plain.upper()


def read_day(text):
    """The Gregorian date of a typed day: 1402/05/01, ۱۴۰۲-۵-۱, 14020501, «۱ مرداد ۱۴۰۲», 2023-07-23; a time is dropped.

    :raises CellError: see its codes; a year of two digits is refused, because the century would be a guess
    """
    plain = _TIME.sub("", jalali.latin_digits(clean(text)))
    if re.fullmatch(r"\d{8}", plain):
        plain = f"{plain[:4]}/{plain[4:6]}/{plain[6:]}"
    match = _NUMERIC.fullmatch(plain)
    if match and len(match[1]) <= 2:
        raise CellError("two_digits")
    if not match:
        return _read_words(plain)
    if len(match[1]) != 4:
        raise CellError("unreadable")
    year, month, number = map(int, match.groups())
    try:
        if year >= GREGORIAN_FROM:
            return _near(date(year, month, number))
        return _near(jalali.from_jalali(year, month, number))
    except CellError:
        raise
    except ValueError as error:
        raise CellError("impossible") from error


def _read_words(plain):
    words = re.fullmatch(r"(\d{1,2})\s+(\S+)\s+(\d{4})", plain)
    if not words or words[2].translate(_LETTERS) not in jalali.MONTHS:
        raise CellError("unreadable")
    try:
        return _near(jalali.parse_jalali(plain))
    except CellError:
        raise
    except ValueError as error:
        raise CellError("impossible") from error


def _near(day):
    try:
        year = jalali.jalali_year(day)
    except ValueError as error:  # outside the calendar
        raise CellError("far") from error
    if year not in JALALI_YEARS:
        raise CellError("far")
    return day
