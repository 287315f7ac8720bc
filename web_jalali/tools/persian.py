"""Persian text whose spelling varies with keyboards: one form to store, and a coarser one to compare. Pure; no Odoo."""

import re

ZWNJ = "\u200c"
TATWEEL = "\u0640"

_PERSIAN_DIGITS = "۰۱۲۳۴۵۶۷۸۹"
_ARABIC_DIGITS = "٠١٢٣٤٥٦٧٨٩"
_LATIN_DIGITS = "0123456789"
_LETTERS = {"ي": "ی", "ى": "ی", "ك": "ک"}
#: carry no letter of their own: tatweel, short vowels and their like, joiners
_NO_LETTERS = f"{TATWEEL}{ZWNJ}\u200d\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670"
#: also one when compared, though stored as written
_ALIKE = {"ة": "ه", "ۀ": "ه", "أ": "ا", "إ": "ا", "ؤ": "و"}

_STORED = str.maketrans({**_LETTERS, **dict(zip(_ARABIC_DIGITS, _PERSIAN_DIGITS, strict=True)), TATWEEL: None})
_FOLDED = {
    **_LETTERS,
    **_ALIKE,
    **dict(zip(_PERSIAN_DIGITS, _LATIN_DIGITS, strict=True)),
    **dict(zip(_ARABIC_DIGITS, _LATIN_DIGITS, strict=True)),
}
_FOLD = str.maketrans({**_FOLDED, **dict.fromkeys(_NO_LETTERS)})
_LOOSE_JOINERS = re.compile(f"(?<=\\s){ZWNJ}+|{ZWNJ}+(?=\\s)|^{ZWNJ}+|{ZWNJ}+$|(?<={ZWNJ}){ZWNJ}+")
_TAG = re.compile(r"(<[^>]*>)")
_SEPARATORS = re.compile(f"[\\s\u00a0{ZWNJ}]+")
_TOUCHED = re.compile(f"[\u0600-\u06ff{ZWNJ}0-9]")


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
    """What spellings of one text have in common: letters ی ک ه ا و, Latin digits, no half-space, tatweel or vowel
    sign. For comparing only; equal to the SQL function ``persian_fold``."""
    return text.translate(_FOLD)


def key(text):
    """``fold`` without case and spaces: what two spellings of one name or number share."""
    return _SEPARATORS.sub("", fold(text)).casefold()


def fold_table():
    """(characters, replacements) for SQL's ``translate``; what is beyond the replacements vanishes."""
    return "".join(_FOLDED) + _NO_LETTERS, "".join(_FOLDED.values())


def is_touched(text):
    """Whether a search for ``text`` can find more by folding: it has Arabic letters, half-spaces or digits."""
    return bool(_TOUCHED.search(text))


def search_patterns(text):
    """(``LIKE`` pattern over folded text, pattern over folded text without spaces or None) that find ``text`` however
    its words are joined: «صورت جلسه», «صورت‌جلسه» and «صورتجلسه» are one. Wildcards in ``text`` stay wildcards."""
    words = [word for word in _SEPARATORS.split(text) if word]
    if len(words) < 2:
        return f"%{fold(''.join(words))}%", None
    folded = [fold(word) for word in words]
    return f"%{'%'.join(folded)}%", f"%{''.join(folded)}%"
