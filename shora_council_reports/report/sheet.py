"""A table object as a worksheet: right to left for Persian readers, true dates beside Jalali text, ready for print."""

from .cells import DATED, MAX_ROWS, lines_in, safe_text, sheet_name

#: (characters in all columns, paper of Excel: A4 or A3, lying) up to which one page is wide enough to be read
_PAPERS = ((260, 9), (400, 8))
#: points of a line of text, enough for fonts that replace ours, and lines that a row grows to at most
_LINE = 14
_MOST_LINES = 20


class Sheet:
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
                lines = max(lines, lines_in(value, width))
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
            if column.kind in DATED:
                page.set_column(position + 1, position + 1, column.width)

    def _set_paper(self):
        """As large as it must be to be read, and as many pages side by side, each with the columns that stay."""
        width = sum(column.width * (2 if column.kind in DATED else 1) for column in self.table.columns)
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
            position += 2 if column.kind in DATED else 1
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
            if column.kind in DATED:
                label = self.env._("%(column)s (Gregorian)", column=column.label)
                page.write_string(self.first - 1, position + 1, self._safe(label), heading)
        page.set_row(self.first - 1, max(map(self._heading_lines, self.table.columns)) * _LINE + 6)

    def _heading_lines(self, column):
        label = column.label
        if column.kind in DATED:
            label = self.env._("%(column)s (Gregorian)", column=label)
        return lines_in(label, column.width - 3)  # the button of the filter takes its part

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
        looks = {tone: self.sheets.format(f"{kind}:{tone}{suffix}") for tone in self.sheets.tones}

        def write(line, value):
            if value is not None:
                string(line, position, self._safe(value.text), looks[value.tone])

        return write

    # --- texts ---

    def _safe(self, text):
        return self.sheets.text(text)
