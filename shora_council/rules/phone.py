"""Personal telephone numbers as a gateway wants them: international, with plus and digits alone (E.164)."""

import re

_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")
_SEPARATORS = re.compile(r"[\s().\-–—/\u200c\u200e\u200f\u202a-\u202e\u2066-\u2069\u00a0]+")
_IRANIAN = re.compile(r"(?:\+98|0098|98|0)?(9\d{9})")
_FOREIGN = re.compile(r"(?:\+|00)([1-9]\d{7,14})")


def mobile(text: str | None) -> str | None:
    """A number that can receive SMS, normalised; ``+98`` is understood where no country is given.

    «۰۹۱۲ ۱۲۳ ۴۵۶۷», ``9121234567``, ``00989121234567`` and ``+98 (912) 123-4567`` are all ``+989121234567``. An Iranian
    number must be a mobile one; of other countries we cannot know.

    :return: None where there is no such number in ``text``
    """
    bare = _SEPARATORS.sub("", (text or "").translate(_DIGITS))
    if found := _IRANIAN.fullmatch(bare):
        return f"+98{found[1]}"
    found = _FOREIGN.fullmatch(bare)
    return f"+{found[1]}" if found and not found[1].startswith("98") else None
