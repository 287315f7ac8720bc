"""A table object as worksheets: right to left for Persian readers, true dates beside Jalali text, ready for print.

Nothing in a cell is ever a formula: texts are written as strings alone, and one that a spreadsheet could take for a
formula when it is copied on or saved as CSV begins with a quote.
"""

import re
from datetime import date, datetime

import xlsxwriter
from odoo.addons.web_jalali.tools import jalali

from .table import Total

#: rows go straight to the file; whatever a text looks like, it stays a text
OPTIONS = {
    "constant_memory": True,
    "use_zip64": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}

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
#: (characters in all columns, paper of Excel: A4 or A3, lying) up to which one page is wide enough to be read
_PAPERS = ((260, 9), (400, 8))
#: points of a line of text, enough for fonts that replace ours, and lines that a row grows to at most
_LINE = 14
_MOST_LINES = 20
#: the figure's digits are shown as Persian ones, the figure stays one
_PERSIAN_DIGITS = "[$-3000429]"
_TONES = {
    "ok": {"bg_color": "#E2F0D9"},
    "warn": {"bg_color": "#FFF2CC"},
    "bad": {"bg_color": "#F8CBAD", "bold": True},
    "none": {},
}
_HEADING = {"bold": True, "valign": "vcenter", "bg_color": "#D9E2F3", "border": 1, "border_color": "#8EA9DB"}
_GRID = {"border": 1, "border_color": "#BFBFBF"}
#: kinds that take two columns: the Jalali text, then the true date
_DATED = {"day": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm"}


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


def workbook_options(env):
    """Options of a workbook for :class:`Sheets`: its plain cells are texts, in the reader's font, from the top on.

    Most cells are texts; that they need no format of their own makes a large export a tenth faster.
    """
    persian = env["shora.words"]._is_persian()
    font = {"font_name": "Tahoma", "font_size": 9} if persian else {"font_name": "Calibri", "font_size": 10}
    plain = {**font, "valign": "top", "text_wrap": True, "reading_order": 2 if persian else 1}
    return {**OPTIONS, "default_format_properties": plain}


def open_workbook(file, env):
    """A workbook that writes into ``file``; to be closed, or used as a context."""
    return xlsxwriter.Workbook(file, workbook_options(env))


class Sheets:
    """Writes tables into a workbook, one after the other; rows go straight to the file, none is kept.

    :param workbook: from :func:`open_workbook`
    """

    def __init__(self, workbook, env):
        self.workbook = workbook
        self.env = env
        self.persian = env["shora.words"]._is_persian()
        self.taken = set()
        self.formats = {}
        self.texts = {}
        self.dates = {}

    def add(self, table):
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
        """The cell format ``name``, made once; None for plain texts, which are the workbook's own."""
        if name not in self.formats:
            properties = self._properties(name)
            self.formats[name] = properties and self.workbook.add_format(properties)
        return self.formats[name]

    def _properties(self, name):
        name, total, _nothing = name.partition("+total")
        kind, _colon, tone = name.partition(":")
        digits = _PERSIAN_DIGITS if self.persian else ""
        middle = {"align": "center"}
        found = {
            "title": {"bold": True, "font_size": 14, "text_wrap": False},
            "subtitle": {"font_color": "#595959", "text_wrap": False},
            "heading": {**middle, **_HEADING},
            "text": None,
            "code": {"reading_order": 1, "align": "left", "text_wrap": False},
            "integer": {**middle, "num_format": f"{digits}0"},
            "share": {**middle, "num_format": f"{digits}0%"},
            "jalali": None,
            "day": {**middle, "num_format": _DATED["day"]},
            "moment": {**middle, "num_format": _DATED["moment"]},
            "mark": {**middle, **_TONES[tone or "none"]},
            "grid": _GRID,
        }[kind]
        return {**(found or {}), "bold": True, "top": 2, "bottom": 1} if total else found

    # --- texts ---

    def text(self, value):
        """``value`` with the reader's digits, as it may stand in a cell; short ones that repeat are prepared once."""
        found = self.texts.get(value)
        if found is None:
            found = safe_text(jalali.persian_digits(value) if self.persian else value)
            if len(value) <= 60 and len(self.texts) < KEPT_TEXTS:
                self.texts[value] = found
        return found

    def date_cells(self, value, text):
        """(Jalali text, Excel's serial number) of a day or a moment; those that repeat are reckoned once."""
        found = (text[value], _serial(value))
        if len(self.dates) < KEPT_TEXTS:
            self.dates[value] = found
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
        self.long = [(place, column.width) for place, column in enumerate(table.columns) if column.kind == "text"]
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
        lines = 1
        for place, width in self.long:
            value = row[place]
            if value and (len(value) > width or "\n" in value):
                lines = max(lines, _lines(value, width))
        if lines > 1:
            self.page.set_row(line, min(lines, _MOST_LINES) * _LINE + 2.5)
        self.line = line + 1

    def add_total(self, row):
        """Write the last line: the sums, as figures."""
        for position in range(self._width()):
            self.page.write_blank(self.line, position, None, self.sheets.format("text+total"))
        for value, write in zip(row, self._writers("+total"), strict=True):
            write(self.line, value)
        place = next((place for place, value in enumerate(row) if value is None), None)
        if place is not None:
            look = self.sheets.format("text+total")
            self.page.write_string(self.line, self._positions()[place], self._safe(self.env._("Total")), look)

    def close(self):
        """Everything that needs the number of rows: the filter, and lines around all cells, empty ones too."""
        if self.line > self.first:
            last = self.line - 1, self._width() - 1
            self.page.autofilter(self.first - 1, 0, *last)
            grid = {"type": "no_errors", "format": self.sheets.format("grid")}
            self.page.conditional_format(self.first, 0, *last, grid)

    # --- layout ---

    def _set_up(self):
        page, sheets = self.page, self.sheets
        if sheets.persian:
            page.right_to_left()
        page.set_landscape()
        self._set_paper()
        page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
        page.repeat_rows(self.first - 1)
        page.hide_gridlines(2)
        page.freeze_panes(self.first, self._positions()[self.table.frozen] if self.table.frozen else 0)
        page.set_footer(self._footer())
        for column, position in zip(self.table.columns, self._positions(), strict=False):
            page.set_column(position, position, column.width)
            if column.kind in _DATED:
                page.set_column(position + 1, position + 1, column.width)

    def _set_paper(self):
        """As large as it must be to be read, and as many pages side by side, each with the columns that stay."""
        width = sum(column.width * (2 if column.kind in _DATED else 1) for column in self.table.columns)
        self.page.set_paper(next((paper for most, paper in _PAPERS if width <= most), _PAPERS[-1][1]))
        pages = -(-width // _PAPERS[-1][0])
        self.page.fit_to_pages(pages, 0)
        if pages > 1 and self.table.frozen:
            self.page.repeat_columns(0, self._positions()[self.table.frozen] - 1)

    def _footer(self):
        """Title, page x of y, day; at most the 255 characters that Excel takes."""
        # A footer has no direction of its own: between Persian words the figures would change places.
        pages = "&P / &N" if self.sheets.persian else self.env._("Page %(page)s of %(pages)s", page="&P", pages="&N")
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
            page.set_row(line, 16 if line else 26)
        heading = sheets.format("heading")
        for column, position in zip(self.table.columns, self._positions(), strict=False):
            page.write_string(self.first - 1, position, self._safe(column.label), heading)
            if column.kind in _DATED:
                label = self.env._("%(column)s (Gregorian)", column=column.label)
                page.write_string(self.first - 1, position + 1, self._safe(label), heading)
        page.set_row(self.first - 1, max(map(self._heading_lines, self.table.columns)) * _LINE + 6)

    def _heading_lines(self, column):
        label = column.label
        if column.kind in _DATED:
            label = self.env._("%(column)s (Gregorian)", column=label)
        return _lines(label, column.width - 3)  # the button of the filter takes its part

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

    def _typed(self, kind):
        """XlsxWriter's ``write_<kind>``, past its check for addresses like "A1" where it can be had without."""
        return getattr(self.page, f"_write_{kind}", None) or getattr(self.page, f"write_{kind}")

    def _text_writer(self, position, kind, suffix):
        string, look = self._typed("string"), self.sheets.format(kind + suffix)
        known, text = self.sheets.texts, self.sheets.text

        def write(line, value):
            if value:
                string(line, position, known.get(value) or text(value), look)

        return write

    def _code_writer(self, position, kind, suffix):
        string, look = self._typed("string"), self.sheets.format(kind + suffix)

        def write(line, value):
            if value:
                string(line, position, safe_text(value), look)

        return write

    def _number_writer(self, position, kind, suffix):
        number, look = self._typed("number"), self.sheets.format(kind + suffix)

        def write(line, value):
            if value is not None:
                number(line, position, value, look)

        return write

    def _date_writer(self, position, kind, suffix):
        sheets, string, number = self.sheets, self._typed("string"), self._typed("number")
        jalali_look, look = sheets.format("jalali" + suffix), sheets.format(kind + suffix)
        known, date_cells = sheets.dates, sheets.date_cells
        text = self.words.jalali if kind == "day" else self.words.jalali_moment

        def write(line, value):
            if value is not None:
                words, serial = known.get(value) or date_cells(value, text)
                string(line, position, words, jalali_look)
                number(line, position + 1, serial, look)

        return write

    def _mark_writer(self, position, kind, suffix):
        string = self._typed("string")
        looks = {tone: self.sheets.format(f"{kind}:{tone}{suffix}") for tone in _TONES}

        def write(line, value):
            if value is not None:
                string(line, position, self._safe(value.text), looks[value.tone])

        return write

    # --- texts ---

    def _safe(self, text):
        return self.sheets.text(text)


def _lines(text, width):
    """Lines that ``text`` takes in a column, by the number of its characters."""
    return sum(max(-(-len(part) // width), 1) for part in text.split("\n"))


def _serial(value):
    """Days since Excel's epoch."""
    if isinstance(value, datetime):
        seconds = value.hour * 3600 + value.minute * 60 + value.second
        return (value.date() - _EPOCH).days + seconds / 86400
    return (value - _EPOCH).days
