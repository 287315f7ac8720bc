"""Persian text whose spelling varies with keyboards: one form to store, and a coarser one to compare. Pure; no Odoo."""

import re

ZWNJ = "\u200c"
TATWEEL = "\u0640"

_PERSIAN_DIGITS = "۰۱۲۳۴۵۶۷۸۹"
_ARABIC_DIGITS = "٠١٢٣٤٥٦٧٨٩"
_LATIN_DIGITS = "0123456789"
_SPELT = {"ي": "ی", "ى": "ی", "ك": "ک"}

#: one when compared; what is stored keeps the last five. No letter of their own: tatweel and half-space.
LETTERS = {**_SPELT, "ة": "ه", "ۀ": "ه", "أ": "ا", "إ": "ا", "ؤ": "و", TATWEEL: "", ZWNJ: ""}
DIGITS = {
    **dict(zip(_PERSIAN_DIGITS, _LATIN_DIGITS, strict=True)),
    **dict(zip(_ARABIC_DIGITS, _LATIN_DIGITS, strict=True)),
}

_STORED = str.maketrans({**_SPELT, **dict(zip(_ARABIC_DIGITS, _PERSIAN_DIGITS, strict=True)), TATWEEL: None})
_LETTERS = str.maketrans(LETTERS)
_DIGITS = str.maketrans(DIGITS)
_LOOSE_JOINERS = re.compile(f"(?<=\\s){ZWNJ}+|{ZWNJ}+(?=\\s)|^{ZWNJ}+|{ZWNJ}+$|(?<={ZWNJ}){ZWNJ}+")
_TAG = re.compile(r"(<[^>]*>)")
_SEPARATORS = re.compile(f"[\\s\u00a0{ZWNJ}]+")
_TOUCHED = re.compile(f"[\u0600-\u06ff{ZWNJ}0-9]")
_DIGIT = re.compile(f"[{_LATIN_DIGITS}{_PERSIAN_DIGITS}{_ARABIC_DIGITS}]")


def normalise(text):
    """``text`` as it is stored: Persian ی and ک, Persian instead of Arabic digits, no tatweel, no loose half-spaces.

    Latin digits stay: codes, numbers of letters and addresses are written with them.
    """
    return _LOOSE_JOINERS.sub("", text.translate(_STORED))


def normalise_html(markup):
    """The same for the text between the tags of ``markup``; tags and what is in them (addresses, ids) stay."""
    parts = _TAG.split(markup)
    return "".join(part.translate(_STORED) if index % 2 == 0 else part for index, part in enumerate(parts))


def fold(text):
    """What spellings of one text have in common: letters ی ک ه ا و, no half-space, no tatweel. For comparing only;
    equal to the SQL function ``persian_fold``."""
    return text.translate(_LETTERS)


def fold_digits(text):
    """``fold``, and all digits Latin; equal to the SQL function ``persian_fold_digits``."""
    return text.translate(_LETTERS).translate(_DIGITS)


def key(text):
    """``fold_digits`` without case and spaces: what two spellings of one name or number share."""
    return _SEPARATORS.sub("", fold_digits(text)).casefold()


def has_digits(text):
    """Whether ``text`` has digits of any form."""
    return bool(_DIGIT.search(text))


def is_touched(text):
    """Whether a search for ``text`` can find more by folding: it has Arabic letters, half-spaces or digits."""
    return bool(_TOUCHED.search(text))


def search_patterns(text):
    """Patterns for ``LIKE`` that together find ``text`` however it is spelt and its words are joined: «صورت جلسه»,
    «صورت‌جلسه» and «صورتجلسه» are one. Wildcards in ``text`` stay wildcards.

    :return: {"letters": pattern over ``fold``, "digits": pattern over ``fold_digits``, "tight": the same without
        spaces}; each only where it is needed, the cheapest first
    """
    words = [fold_digits(word) for word in _SEPARATORS.split(text) if word]
    digits = has_digits(text)
    patterns = {}
    loose = f"%{'%'.join(words)}%"
    if not digits or _DIGIT.sub("", "".join(words)):
        # Any one character stands where a digit is; by this an index finds the few rows that are looked at closer.
        patterns["letters"] = _DIGIT.sub("_", loose)
    if digits:
        patterns["digits"] = loose
    if len(words) > 1:
        patterns["tight"] = f"%{''.join(words)}%"
    return patterns
