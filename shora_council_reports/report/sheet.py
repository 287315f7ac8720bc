"""A table object as worksheets: right to left for Persian readers, true dates beside Jalali text, ready for print.

Nothing in a cell is ever a formula: texts go through ``write_string`` alone, and one that a spreadsheet could take for
a formula when it is copied on or saved as CSV begins with a quote.
"""

import re
from datetime import date, datetime

from odoo.addons.web_jalali.tools import jalali

from .table import Total

#: Excel's limits: rows of a sheet, characters (UTF-16 units) of a cell and of a sheet's name
MAX_ROWS = 1_048_576
MAX_TEXT = 32_767
MAX_NAME = 31
#: prepared texts that are kept for the next cell that says the same
KEPT_TEXTS = 5000

#: first characters of a text that a spreadsheet may read as a formula
_FORMULA = frozenset("=+-@\t\r\n")
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_EPOCH = date(1899, 12, 30)
_A4 = 9
#: the figure's digits are shown as Persian ones, the figure stays one
_PERSIAN_DIGITS = "[$-3000429]"
_TONES = {
    "ok": {"bg_color": "#E2F0D9"},
    "warn": {"bg_color": "#FFF2CC"},
    "bad": {"bg_color": "#F8CBAD", "bold": True},
    "none": {},
}
#: kinds that take two columns: the Jalali text, then the true date
_DATED = {"day": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm"}


def safe_text(text):
    """``text`` as it may stand in a cell: no formula, not longer than Excel takes."""
    if text[:1] in _FORMULA:
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


class Sheets:
    """Writes tables into a workbook, one after the other; rows go straight to the file, none is kept.

    :param workbook: an ``xlsxwriter`` workbook, best with ``constant_memory``
    """

    def __init__(self, workbook, env):
        self.workbook = workbook
        self.env = env
        self.persian = env["shora.words"]._is_persian()
        self.taken = set()
        self.formats = {}
        self.texts = {}

    def write(self, table):
        """Write ``table``: its rows on as many sheets as they need, its totals below the last one."""
        total = Total(table.columns)
        sheet = _Sheet(self, table, 1)
        for row in table.rows():
            if sheet.is_full():
                sheet.close()
                sheet = _Sheet(self, table, sheet.part + 1)
            sheet.add(row)
            total.add(row)
        sheet.close()
        if last := total.row():
            sheet.add_total(last)

    # --- formats ---

    def format(self, name):
        """The cell format ``name``, made once."""
        if name not in self.formats:
            self.formats[name] = self.workbook.add_format({**self._base(), **self._properties(name)})
        return self.formats[name]

    def _base(self):
        font = {"font_name": "Tahoma", "font_size": 9} if self.persian else {"font_name": "Calibri", "font_size": 10}
        return {**font, "valign": "top", "reading_order": 2 if self.persian else 1}

    def _properties(self, name):
        name, _total, is_total = name.partition("+total")
        kind, _colon, tone = name.partition(":")
        number = _PERSIAN_DIGITS if self.persian else ""
        found = {
            "title": {"bold": True, "font_size": 14},
            "subtitle": {"font_color": "#595959"},
            "heading": {
                "bold": True,
                "text_wrap": True,
                "align": "center",
                "valign": "vcenter",
                "bg_color": "#D9E2F3",
                "border": 1,
                "border_color": "#8EA9DB",
            },
            "text": {"text_wrap": True},
            "code": {"text_wrap": True, "reading_order": 1, "align": "left"},
            "integer": {"num_format": f"{number}0", "align": "center"},
            "share": {"num_format": f"{number}0%", "align": "center"},
            "jalali": {"align": "center"},
            "day": {"num_format": _DATED["day"], "align": "center"},
            "moment": {"num_format": _DATED["moment"], "align": "center"},
            "mark": {"align": "center", **_TONES[tone or "none"]},
        }[kind]
        return {**found, "bold": True, "top": 2} if is_total else found

    # --- texts ---

    def text(self, value):
        """``value`` with the reader's digits, as it may stand in a cell; short ones that repeat are prepared once."""
        found = self.texts.get(value)
        if found is None:
            found = safe_text(jalali.persian_digits(value) if self.persian else value)
            if len(value) <= 60 and len(self.texts) < KEPT_TEXTS:
                self.texts[value] = found
        return found


class _Sheet:
    """One worksheet: title, what it is about, headings, rows."""

    def __init__(self, sheets, table, part):
        self.sheets, self.table, self.part = sheets, table, part
        self.env = sheets.env
        self.words = table.words
        self.page = sheets.workbook.add_worksheet(sheet_name(table.sheet_title, sheets.taken, part))
        self.head = [table.title, table.subtitle, *table.notes]
        self.first = len(self.head) + 1  # the row below the headings
        self.line = self.first
        self._set_up()
        self._write_head()
        self.writers = self._writers("")

    def is_full(self):
        """Whether the next row would leave no place for the totals."""
        return self.line >= MAX_ROWS - 1

    def add(self, row):
        """Write a row of the table."""
        line = self.line
        for value, write in zip(row, self.writers, strict=True):
            write(line, value)
        self.line = line + 1

    def add_total(self, row):
        """Write the last line: the sums, as figures."""
        for value, write in zip(row, self._writers("+total"), strict=True):
            write(self.line, value)
        place = next((place for place, value in enumerate(row) if value is None), None)
        if place is not None:
            look = self.sheets.format("text+total")
            self.page.write_string(self.line, self._positions()[place], self._safe(self.env._("Total")), look)

    def close(self):
        """Everything that needs the number of rows."""
        if self.line > self.first:
            self.page.autofilter(self.first - 1, 0, self.line - 1, self._width() - 1)

    # --- layout ---

    def _set_up(self):
        page, sheets = self.page, self.sheets
        if sheets.persian:
            page.right_to_left()
        page.set_landscape()
        page.set_paper(_A4)
        page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
        page.fit_to_pages(1, 0)
        page.repeat_rows(self.first - 1)
        page.hide_gridlines(0)  # shown and printed: lines without a format in every empty cell
        page.freeze_panes(self.first, self._positions()[self.table.frozen] if self.table.frozen else 0)
        page.set_footer(self._footer())
        for column, position in zip(self.table.columns, self._positions(), strict=False):
            page.set_column(position, position, column.width)
            if column.kind in _DATED:
                page.set_column(position + 1, position + 1, column.width)

    def _footer(self):
        """Title, page x of y, day; at most the 255 characters that Excel takes."""
        pages = self.env._("Page %(page)s of %(pages)s", page="&P", pages="&N")
        day = self.words.day[self.table._today()]
        title = self.table.title.replace("&", "&&")[:100]
        right, left = ("&R", "&L") if self.sheets.persian else ("&L", "&R")
        return f"{right}{title}&C{pages}{left}{day}"

    def _positions(self):
        """Position of each column of the table in the sheet."""
        found, position = [], 0
        for column in self.table.columns:
            found.append(position)
            position += 2 if column.kind in _DATED else 1
        return [*found, position]

    def _width(self):
        return self._positions()[-1]

    def _write_head(self):
        page, sheets = self.page, self.sheets
        for line, text in enumerate(self.head):
            page.write_string(line, 0, self._safe(text), sheets.format("subtitle" if line else "title"))
        heading = sheets.format("heading")
        for column, position in zip(self.table.columns, self._positions(), strict=False):
            page.write_string(self.first - 1, position, self._safe(column.label), heading)
            if column.kind in _DATED:
                label = self.env._("%(column)s (Gregorian)", column=column.label)
                page.write_string(self.first - 1, position + 1, self._safe(label), heading)

    # --- cells: one function a column, so that a row is as many calls as it has values ---

    def _writers(self, suffix):
        make = {
            "text": self._text_writer,
            "code": self._code_writer,
            "integer": self._number_writer,
            "share": self._number_writer,
            "day": self._date_writer,
            "moment": self._date_writer,
            "mark": self._mark_writer,
        }
        return [
            make[column.kind](position, column.kind, suffix)
            for column, position in zip(self.table.columns, self._positions(), strict=False)
        ]

    def _text_writer(self, position, kind, suffix):
        string, look = self.page.write_string, self.sheets.format(kind + suffix)
        known, text = self.sheets.texts, self.sheets.text

        def write(line, value):
            if value:
                string(line, position, known.get(value) or text(value), look)

        return write

    def _code_writer(self, position, kind, suffix):
        string, look = self.page.write_string, self.sheets.format(kind + suffix)

        def write(line, value):
            if value:
                string(line, position, safe_text(value), look)

        return write

    def _number_writer(self, position, kind, suffix):
        number, look = self.page.write_number, self.sheets.format(kind + suffix)

        def write(line, value):
            if value is not None:
                number(line, position, value, look)

        return write

    def _date_writer(self, position, kind, suffix):
        page, sheets = self.page, self.sheets
        string, number = page.write_string, page.write_number
        jalali, look = sheets.format("jalali" + suffix), sheets.format(kind + suffix)
        text = self.words.jalali if kind == "day" else self.words.jalali_moment

        def write(line, value):
            if value is not None:
                string(line, position, text[value], jalali)
                number(line, position + 1, _serial(value), look)

        return write

    def _mark_writer(self, position, kind, suffix):
        string = self.page.write_string
        looks = {tone: self.sheets.format(f"{kind}:{tone}{suffix}") for tone in _TONES}

        def write(line, value):
            if value is not None:
                string(line, position, self._safe(value.text), looks[value.tone])

        return write

    # --- texts ---

    def _safe(self, text):
        return self.sheets.text(text)


def _serial(value):
    """Days since Excel's epoch."""
    if isinstance(value, datetime):
        seconds = value.hour * 3600 + value.minute * 60 + value.second
        return (value.date() - _EPOCH).days + seconds / 86400
    return (value - _EPOCH).days
