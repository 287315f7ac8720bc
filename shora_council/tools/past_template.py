"""The table to fill in: headings and two example rows, as XLSX."""

import io

import xlsxwriter


def workbook(headings, rows, right_to_left, note):
    """Content of an XLSX file with one sheet, all cells text: a day stays as it is typed.

    :param headings: list of text
    :param rows: list of lists of text
    :param note: shown beside the first heading
    """
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        if right_to_left:
            sheet.right_to_left()
        bold = book.add_format({"bold": True, "bg_color": "#DDE6F0", "border": 1, "num_format": "@"})
        text = book.add_format({"num_format": "@"})
        sheet.set_column(0, len(headings) - 1, 18, text)
        for row, cells in enumerate([headings, *rows]):
            for column, cell in enumerate(cells):
                sheet.write_string(row, column, cell, text if row else bold)
        sheet.write_comment(0, 0, note)
        sheet.freeze_panes(1, 0)
    return buffer.getvalue()
