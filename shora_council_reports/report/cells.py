"""What Excel takes in a cell and as a name, and what a spreadsheet must never take for a formula. Pure; no Odoo.

Nothing in a cell is ever a formula: texts are written as strings alone, and one that a spreadsheet could take for a
formula when it is copied on or saved as CSV begins with a quote.
"""

import re
from datetime import date, datetime

#: Excel's limits: rows of a sheet, characters (UTF-16 units) of a cell and of a sheet's name
MAX_ROWS = 1_048_576
MAX_TEXT = 32_767
MAX_NAME = 31
#: kinds of columns that take two: the Jalali text, then the true date
DATED = {"day": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm"}

#: first characters of a text that a spreadsheet may read as a formula
_FORMULA = frozenset("=+-@\t\r\n")
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_EPOCH = date(1899, 12, 30)


def safe_text(text):
    """``text`` as it may stand in a cell: no formula, no markup, not longer than Excel takes."""
    # With ``constant_memory`` XlsxWriter takes <r>…</r> for its own rich text and writes it as it is: anything could be
    # smuggled into the sheet, a formula too.
    if text[:1] in _FORMULA or text[:3] == "<r>":
        text = f"'{text}"
    if len(text) * 2 > MAX_TEXT and len(units := text.encode("utf-16-le", "surrogatepass")) > MAX_TEXT * 2:
        text = units[: (MAX_TEXT - 1) * 2].decode("utf-16-le", "ignore") + "…"
    return text


def sheet_name(title, taken, number=1):
    """A name for a sheet that Excel takes: unique, short, without what is forbidden in names.

    :param taken: names in use, in any letter case; the new one is added
    :param number: 2 and on for what did not fit on the first sheet
    """
    base = _FORBIDDEN.sub(" ", title).strip().strip("'").strip() or "1"
    if base.casefold() == "history":  # Excel keeps this one for itself
        base = f"{base} 1"
    while True:
        end = f" ({number})" if number > 1 else ""
        name = base[: MAX_NAME - len(end)].rstrip() + end
        if name.casefold() not in taken:
            taken.add(name.casefold())
            return name
        number += 1


def lines_in(text, width):
    """Lines that ``text`` takes in a column, by the number of its characters."""
    return sum(max(-(-len(part) // width), 1) for part in text.split("\n"))


def serial(value):
    """Days since Excel's epoch."""
    if isinstance(value, datetime):
        seconds = value.hour * 3600 + value.minute * 60 + value.second
        return (value.date() - _EPOCH).days + seconds / 86400
    return (value - _EPOCH).days
