"""Exports of Jalali readers: beside each true date a column with its Jalali text; sheets run from right to left.

The dates themselves stay what they are, so that they sort, count and come in again. An export made to be imported
has no column more.
"""

import functools
import logging
from datetime import date, datetime

from odoo.addons.web.controllers import export
from odoo.http import request

from . import jalali, reader

_logger = logging.getLogger(__name__)

_SEAMS = ("__init__", "write_header", "write", "write_cell")


def jalali_text(value):
    """«۱۴۰۵/۰۹/۰۲», with «۱۰:۳۰» for a moment; empty for what is no date or outside the calendar."""
    if not isinstance(value, date):
        return ""
    try:
        text = jalali.format_jalali(value)
    except ValueError:
        return ""
    return f"{text} {jalali.persian_digits(f'{value:%H:%M}')}" if isinstance(value, datetime) else text


def dated_columns(fields, headers):
    """Positions of the columns that get a Jalali one beside them: none for other readers and for later import."""
    names = [field["name"] for field in fields]
    if headers == names or not request or not reader.reads_jalali(request.env):
        return []
    return [index for index, field in enumerate(fields) if field.get("type") in ("date", "datetime")]


def _header(label):
    return request.env._("%(column)s (Jalali)", column=label)


class JalaliColumns:
    """Mixed into the sheet writer: columns are counted as stock counts them and written where they come to stand."""

    def __init__(self, fields, columns_headers, row_count):
        self._jalali_columns = dated_columns(fields, columns_headers)
        super().__init__(fields, columns_headers, row_count)
        if request and reader.reads_jalali(request.env):
            self.worksheet.right_to_left()

    def _place(self, column):
        return column + sum(dated < column for dated in self._jalali_columns)

    def write_header(self):
        result = super().write_header()
        for column in self._jalali_columns:
            text = _header(self.columns_headers[column])
            self.worksheet.write(0, self._place(column) + 1, text, self.header_style)
        if self._jalali_columns:
            self.worksheet.set_column(0, self._place(len(self.columns_headers) - 1) + 1, 30)
        return result

    def write(self, row, column, cell_value, style=None):
        return super().write(row, self._place(column), cell_value, style)

    def write_cell(self, row, column, cell_value):
        if column in self._jalali_columns:
            self.worksheet.write_string(row, self._place(column) + 1, jalali_text(cell_value), self.base_style)
        return super().write_cell(row, column, cell_value)


def _csv_rows(fields, headers, rows):
    dated = set(dated_columns(fields, headers))
    if not dated:
        return headers, rows
    wide = []
    for index, header in enumerate(headers):
        wide += [header, _header(header)] if index in dated else [header]
    return wide, ([cell for pair in enumerate(row) for cell in _csv_cells(*pair, dated)] for row in rows)


def _csv_cells(index, value, dated):
    return (value, jalali_text(value)) if index in dated else (value,)


def post_load():
    """Put ourselves between the writers and their base once per process; without the seams log it and do nothing."""
    writer, grouped = getattr(export, "ExportXlsxWriter", None), getattr(export, "GroupExportXlsxWriter", None)
    csv_export = getattr(export, "CSVExport", None)
    if not (writer and grouped and csv_export) or any(not hasattr(writer, name) for name in _SEAMS):
        _logger.info("the platform's exports have changed; they stay Gregorian")
        return
    if getattr(writer, "_web_jalali", False):
        return
    export.ExportXlsxWriter = type("ExportXlsxWriter", (JalaliColumns, writer), {"_web_jalali": True})
    export.GroupExportXlsxWriter = type(
        "GroupExportXlsxWriter", (grouped, export.ExportXlsxWriter), {"_web_jalali": True}
    )
    stock = csv_export.from_data

    @functools.wraps(stock)
    def from_data(self, fields, columns_headers, rows):
        return stock(self, fields, *_csv_rows(fields, columns_headers, rows))

    csv_export.from_data = from_data
