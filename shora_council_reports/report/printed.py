"""A table object on paper: the house's letterhead, headings on every page, page x of y, in the reader's language.

The same rows as in the workbook, as texts (``Table.shown``). The paper follows from the widths of the columns: a
narrow table stands on A4, a wider one lies on A4 or A3, and one that is wider still goes on band by band, each with
the columns that stay in sight.
"""

from itertools import islice

from odoo.exceptions import UserError
from odoo.tools import file_open
from odoo.tools.misc import get_lang

from .table import Mark, Total
from .text import Words

#: rows that are laid out at most: 9 to 17 ms each, and a request may take a minute of the processor
MOST_ROWS = 1000
#: (characters in all columns, name of the paper in ``print.css``) up to which a table fits
PAPERS = ((105, "upright"), (190, "lying"), (310, "large"), (430, "dense"))
STYLE = "shora_council_reports/static/src/print/print.css"
TEMPLATE = "shora_council_reports.print_tables"


def check_size(env, tables):
    """Read through the tables; who asks from a dialog learns there that they are too long.

    :raises UserError: more rows than are laid out
    """
    for _section in _sections(env, tables):
        pass


def printed(env, tables):
    """The PDF of ``tables``, in the reader's language.

    :param tables: of ``Table.tables``, which refuse whoever may not have them; one section each
    :return: bytes
    :raises UserError: more rows than are laid out, or see ``shora.pdf._render``
    """
    return env["shora.pdf"]._laid_out(page_of(env, tables))[0]


def page_of(env, tables):
    """The source of :func:`printed`, as text."""
    renderer = env["shora.pdf"].with_context(lang=env.lang or get_lang(env).code)
    sections = list(_sections(env, tables))
    # one paper for the whole report: the widest table's
    paper, most = max((section["paper"] for section in sections), key=lambda paper: paper[1])
    for section in sections:
        for band in section["bands"]:
            band["width"] = _width(band["characters"], most)
    with file_open(STYLE) as file:
        style = file.read()
    page = renderer.env["ir.qweb"]._render(
        TEMPLATE,
        {
            **renderer._vocabulary(),
            "sections": sections,
            "title": tables[0].report_title,
            "councils": tables[0].councils_text(),
            "period": tables[0].period_text(),
            "style": f"{style}\nbody {{ page: {paper}; }}",
            "paper": paper,
            "dated": env["shora.council"]._today(),
        },
    )
    return f"<!DOCTYPE html>\n{page}"


def _sections(env, tables):
    """Yield what the template needs of each table."""
    left = MOST_ROWS
    for table in tables:
        total = Total(table.columns)
        rows = []
        for row in islice(table.rows(), left + 1):
            total.add(row)
            rows.append(_cells(table, row))
        left -= len(rows)
        if left < 0:
            raise UserError(
                env._(
                    "“%(report)s” has more than %(limit)s rows, and a PDF takes no more. Choose a shorter period or "
                    "fewer councils, or export it to Excel, which takes any number.",
                    report=table.report_title,
                    limit=Words(env).digits[MOST_ROWS],
                )
            )
        yield {
            "title": table.title,
            "subtitle": table.subtitle,
            "notes": table.notes,
            "paper": _paper(table.columns),
            "bands": [_band(table, places, rows, total.row()) for places in _bands(table)],
            "is_empty": not rows,
        }


def _cells(table, row):
    """[(text, classes)] of a row."""
    return [
        (text, f"{column.kind} {value.tone}" if isinstance(value, Mark) else column.kind)
        for text, value, column in zip(table.shown(row), row, table.columns, strict=True)
    ]


def _paper(columns):
    """(name of the paper, characters that fit on it) for these columns."""
    width = sum(column.width for column in columns)
    return next(((name, most) for most, name in PAPERS if width <= most), (PAPERS[-1][1], PAPERS[-1][0]))


def _bands(table):
    """Places of the columns that come side by side: all, or as many at a time as the largest paper takes."""
    _name, most = _paper(table.columns)
    kept = list(range(table.frozen))
    room = most - sum(table.columns[place].width for place in kept)
    bands, band, used = [], [], 0
    for place in range(table.frozen, len(table.columns)):
        width = table.columns[place].width
        if band and used + width > room:
            bands.append(kept + band)
            band, used = [], 0
        band.append(place)
        used += width
    return [*bands, kept + band]


def _band(table, places, rows, total):
    width = sum(table.columns[place].width for place in places)
    return {
        "characters": width,
        "columns": [
            {
                "label": table.columns[place].label,
                "kind": table.columns[place].kind,
                "share": round(100 * table.columns[place].width / width, 2),
            }
            for place in places
        ],
        "rows": [[row[place] for place in places] for row in rows],
        "total": _total(table, places, total) if total and rows else None,
    }


def _width(characters, most):
    """Percent of the paper that a table of so many characters takes: narrow ones are not drawn out to its edges."""
    needed = round(115 * characters / most)
    return 100 if needed > 75 else needed


def _total(table, places, total):
    """The last line: the word in the first cell that is not summed up."""
    shown = dict(enumerate(table.shown(total)))
    word = next((place for place in places if total[place] is None), None)
    if word is not None:
        shown[word] = table.env._("Total")
    return [(shown[place], table.columns[place].kind) for place in places]
