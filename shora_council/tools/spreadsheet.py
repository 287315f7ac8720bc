"""Uploaded spreadsheets: how large they would become, looked at before anything is unpacked."""

import io
import re
import zipfile
from xml.etree import ElementTree

#: bytes that all parts of a workbook may take unpacked, and cells its sheets may span
UNPACKED_LIMIT = 64 * 1024 * 1024
CELL_LIMIT = 5_000_000

_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def unpacked_size(content):
    """Bytes that a zipped workbook would take; 0 when it is no archive. Only its directory is read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return sum(part.file_size for part in archive.infolist())
    except zipfile.BadZipFile:
        return 0


def spanned_cells(content):
    """Cells of the largest sheet of an XLSX file, from its first to its farthest cell: one cell in the last corner
    makes a reader walk through billions of empty ones. Call after ``unpacked_size``: this reads the sheets.
    """
    largest = 0
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in archive.namelist():
            if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                with archive.open(part) as sheet:
                    largest = max(largest, _span(sheet))
    return largest


def _span(sheet):
    rows = columns = 0
    for _event, element in ElementTree.iterparse(sheet):
        tag = element.tag.rpartition("}")[2]
        if tag == "row":
            rows = max(rows, int(element.get("r") or rows + 1))
        elif tag == "c":
            match = _REFERENCE.fullmatch(element.get("r") or "")
            if match:
                columns, rows = max(columns, _column(match[1])), max(rows, int(match[2]))
        element.clear()
    return rows * columns


def _column(letters):
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def guess_encoding(content):
    """Encoding of a text table from a Persian office: a byte order mark, UTF-8, or the old Windows code page 1256."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "windows-1256"
    return "utf-8-sig"
