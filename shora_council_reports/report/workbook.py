"""A workbook of table objects: its options, the looks of its cells, one table after the other."""

import xlsxwriter
from odoo.addons.web_jalali.tools import jalali

from .cells import DATED, safe_text, serial
from .sheet import Sheet
from .table import Total

#: rows go straight to the file; whatever a text looks like, it stays a text
OPTIONS = {
    "constant_memory": True,
    "use_zip64": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
#: prepared texts that are kept for the next cell that says the same
KEPT_TEXTS = 5000

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


def fill(workbook, env, tables, **properties):
    """Write the tables of a report into ``workbook``.

    :param properties: of the file, beside its title
    """
    workbook.set_properties({"title": tables[0].report_title, **properties})
    sheets = Sheets(workbook, env)
    for table in tables:
        sheets.add(table)


class Sheets:
    """Writes tables into a workbook, one after the other; rows go straight to the file, none is kept.

    :param workbook: from :func:`open_workbook`
    """

    tones = tuple(_TONES)

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
        sheet = Sheet(self, table, 1)
        for row in table.rows():
            if sheet.is_full():
                sheet.close()
                sheet = Sheet(self, table, sheet.part + 1)
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
            "day": {**middle, "num_format": DATED["day"]},
            "moment": {**middle, "num_format": DATED["moment"]},
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
        found = (text[value], serial(value))
        if len(self.dates) < KEPT_TEXTS:
            self.dates[value] = found
        return found
