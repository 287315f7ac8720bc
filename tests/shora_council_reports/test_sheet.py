"""A table as worksheets: types, direction, print, Excel's limits, and no formula whatever a name looks like."""

import io
import zipfile
from datetime import date, datetime
from unittest.mock import patch

from odoo.addons.shora_council_reports.report import Column, Mark, Scope, Table
from odoo.addons.shora_council_reports.report import sheet as sheets
from odoo.addons.shora_council_reports.report.cells import safe_text, sheet_name
from odoo.addons.shora_council_reports.report.workbook import Sheets, open_workbook
from odoo.tests import TransactionCase, tagged
from openpyxl.utils.escape import unescape

from tests.common import tagged_post_install

from .report_case import FIRST, THIRD, ReportCase

#: what spreadsheets take for the beginning of a formula
FORMULAS = ["=1+1", "+98 21 1234", "-1", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("http://x")', "=cmd|' /C calc'!A0"]


class Sample(Table):
    """A table of every kind of column; its rows are given."""

    code = "sample"
    given = ()

    @classmethod
    def name(cls, env):
        return "Sample: a/b [1]"

    def _columns(self):
        return [
            Column("text", "Text", width=20),
            Column("code", "Code", "code"),
            Column("integer", "Integer", "integer", 8, True),
            Column("share", "Share", "share"),
            Column("day", "Day", "day"),
            Column("moment", "Moment", "moment"),
            Column("mark", "Mark", "mark"),
        ]

    def rows(self):
        yield from self.given


def row(text="Text", code="abc123", integer=1, share=0.5, day=None, moment=None, mark=None):
    return text, code, integer, share, day, moment, mark


@tagged_post_install
class SampleCase(TransactionCase):
    def sample(self, rows, lang="en_US"):
        """The workbook of ``rows``, opened, and its bytes."""
        env = self.env(context={"lang": lang})
        table = Sample(env, Scope(env.ref("shora_council.council_irud")))
        table.given = rows
        file = io.BytesIO()
        with open_workbook(file, env) as workbook:
            Sheets(workbook, env).add(table)
        return ReportCase.opened(self, file.getvalue()), file.getvalue()

    def below(self, sheet):
        head = ReportCase.header_line(self, sheet)
        return [
            [unescape(cell.value) if cell.data_type == "s" else cell.value for cell in line]
            for line in sheet.iter_rows(min_row=head + 1)
        ]


@tagged("post_install", "-at_install")
class TestSheet(SampleCase):
    def test_values_are_what_they_are(self):
        facts = row(day=date(2026, 3, 21), moment=datetime(2026, 11, 23, 9, 45), mark=Mark("late", "bad"))
        book, _content = self.sample([facts])
        sheet = book.active
        self.assertEqual(
            self.below(sheet)[0],
            [
                *("Text", "abc123", 1, 0.5),
                *("1405/01/01", datetime(2026, 3, 21)),
                *("1405/09/02 09:45", datetime(2026, 11, 23, 9, 45)),
                "late",
            ],
        )
        line = sheet[ReportCase.header_line(self, sheet) + 1]
        self.assertEqual([cell.data_type for cell in line], list("ssnnsdsds"))
        self.assertEqual((line[5].number_format, line[3].number_format), ("yyyy-mm-dd", "0%"))
        self.assertEqual(line[8].fill.start_color.rgb, "FFF8CBAD")

    def test_persian(self):
        facts = row("جلسه 12", "abc123", day=date(2026, 3, 21), moment=datetime(2026, 11, 23, 9, 45))
        book, _content = self.sample([facts], "fa_IR")
        sheet = book.active
        self.assertTrue(sheet.sheet_view.rightToLeft)
        self.assertEqual(
            self.below(sheet)[0],
            [
                *("جلسه ۱۲", "abc123", 1, 0.5),
                *("۱۴۰۵/۰۱/۰۱", datetime(2026, 3, 21), "۱۴۰۵/۰۹/۰۲ ۰۹:۴۵", datetime(2026, 11, 23, 9, 45)),
                None,
            ],
        )
        heads = [cell.value for cell in sheet[ReportCase.header_line(self, sheet)]]
        self.assertEqual(heads[4:6], ["Day", "Day (میلادی)"])

    def test_english_is_left_to_right(self):
        book, _content = self.sample([row()])
        self.assertFalse(book.active.sheet_view.rightToLeft)

    def test_nothing_is_nothing(self):
        book, _content = self.sample([row(None, None, None, None), row("", "", 0, 0)])
        first, second, _total = self.below(book.active)
        self.assertEqual(first, [None] * 9)
        self.assertEqual(second[2:4], [0, 0], "nought is a figure")

    def test_totals_are_figures_below_the_filter(self):
        book, _content = self.sample([row(integer=2), row(integer=None), row(integer=5)])
        sheet = book.active
        head = ReportCase.header_line(self, sheet)
        self.assertEqual(self.below(sheet)[-1][:3], ["Total", None, 7])
        self.assertEqual(sheet.auto_filter.ref, f"A{head}:I{head + 3}")

    def test_a_table_without_rows(self):
        book, _content = self.sample([])
        self.assertFalse(book.active.auto_filter.ref)
        self.assertEqual(self.below(book.active)[0][:3], ["Total", None, 0])

    def test_page(self):
        book, _content = self.sample([row()])
        sheet = book.active
        head = ReportCase.header_line(self, sheet)
        self.assertEqual(sheet.freeze_panes, f"A{head + 1}")
        self.assertEqual((sheet.page_setup.orientation, sheet.page_setup.paperSize), ("landscape", 9))
        self.assertTrue(sheet.sheet_properties.pageSetUpPr.fitToPage)
        self.assertEqual((int(sheet.page_setup.fitToWidth or 1), int(sheet.page_setup.fitToHeight)), (1, 0))
        self.assertEqual(sheet.print_title_rows, f"${head}:${head}")
        footer = sheet.oddFooter
        self.assertIn("&P", footer.center.text)
        self.assertIn("&N", footer.center.text)
        self.assertIn("Sample", footer.left.text + footer.right.text)
        self.assertEqual(sheet["A1"].value, "Sample: a/b [1]")
        self.assertEqual(sheet.column_dimensions["A"].width > sheet.column_dimensions["C"].width, True)


@tagged("post_install", "-at_install")
class TestFormulas(SampleCase):
    """A spreadsheet runs nothing that was typed as a name (limits.md: formula injection)."""

    def test_texts_stay_texts(self):
        book, content = self.sample([row(text, text, mark=Mark(text)) for text in FORMULAS])
        for text, line in zip(FORMULAS, self.below(book.active), strict=False):
            for value in (line[0], line[1], line[8]):
                self.assertEqual(value, f"'{text}")
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            page = archive.read("xl/worksheets/sheet1.xml").decode()
        self.assertNotIn("<f>", page)
        self.assertNotIn("<hyperlink", page)

    def test_no_markup_of_the_sheet_itself(self):
        """What XlsxWriter would write unescaped, taking it for its own rich text."""
        smuggled = '<r><t>x</t></r></is></c><c r="J9"><f>1+1</f><v>2</v></c><c t="inlineStr"><is><r><t>y</t></r>'
        book, content = self.sample([row(smuggled, smuggled, mark=Mark(smuggled)), row("<b>bold</b>")])
        self.assertEqual(self.below(book.active)[0][0], f"'{smuggled}")
        self.assertEqual(self.below(book.active)[1][0], "<b>bold</b>")
        self.assertNotIn(b"<f>", zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml"))

    def test_titles_and_headings_too(self):
        with patch.object(Sample, "name", classmethod(lambda cls, env: "=1+1")):
            book, content = self.sample([row()])
        self.assertEqual(book.active["A1"].value, "'=1+1")
        self.assertNotIn(b"<f>", zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml"))

    def test_what_is_harmless_is_left_alone(self):
        for text in ("a=b", "1-2", "", "شورا", "'quoted", "_x0041_"):
            self.assertEqual(safe_text(text), text)
        book, _content = self.sample([row("_x0041_")])
        self.assertEqual(self.below(book.active)[0][0], "_x0041_")


@tagged("post_install", "-at_install")
class TestLimits(SampleCase):
    def test_rows_go_on_to_further_sheets(self):
        with patch.object(sheets, "MAX_ROWS", 10):
            book, _content = self.sample([row(str(number)) for number in range(1, 14)])
        first = ReportCase.header_line(self, book.active) + 1
        fit = 10 - first  # and one line for the totals
        self.assertEqual(book.sheetnames, ["Sample  a b  1", "Sample  a b  1 (2)", "Sample  a b  1 (3)"])
        found = []
        for sheet in book:
            self.assertLessEqual(sheet.max_row, 10)
            self.assertEqual(ReportCase.header_line(self, sheet), first - 1, "each has headings of its own")
            found += [line[0] for line in self.below(sheet)]
        self.assertEqual(found, [str(number) for number in range(1, 14)] + ["Total"])
        self.assertEqual(len(self.below(book.worksheets[0])), fit)
        self.assertEqual(self.below(book.worksheets[2])[-1][2], 13, "the total is of all sheets")

    def test_a_full_last_sheet_keeps_a_line_for_the_total(self):
        with patch.object(sheets, "MAX_ROWS", 10):
            book, _content = self.sample([])
            fit = 10 - ReportCase.header_line(self, book.active) - 1
            book, _content = self.sample([row() for _number in range(fit)])
        self.assertEqual((len(book.sheetnames), book.active.max_row), (1, 10))

    def test_long_texts_are_cut_visibly(self):
        self.assertEqual(safe_text("x" * 32_767), "x" * 32_767)
        cut = safe_text("x" * 40_000)
        self.assertEqual((len(cut), cut[-1]), (32_767, "…"))
        emoji = safe_text("😀" * 20_000)  # two UTF-16 units each, by which Excel counts
        self.assertLessEqual(len(emoji.encode("utf-16-le")) // 2, 32_767)
        self.assertEqual(emoji.strip("😀"), "…")
        self.assertEqual(len(safe_text("=" * 32_767)), 32_767, "the quote counts")
        book, _content = self.sample([row("y" * 50_000)])
        self.assertEqual(len(self.below(book.active)[0][0]), 32_767)

    def test_names_of_sheets(self):
        taken = set()
        for title, name in (
            ("Register: [a]/b?*\\", "Register   a  b"),
            ("'quoted'", "quoted"),
            ("register:  a  b", "register   a  b (2)"),
            ("History", "History 1"),
            ("", "1"),
            ("[]", "1 (2)"),
            ("ن" * 40, "ن" * 31),
            ("ن" * 40, "ن" * 27 + " (2)"),
        ):
            self.assertEqual(sheet_name(title, taken), name)
            self.assertLessEqual(len(name), 31)

    def test_control_characters(self):
        book, _content = self.sample([row("a\x01b\x0bc\ufffe")])
        self.assertIn("a", self.below(book.active)[0][0])


@tagged("post_install", "-at_install")
class TestWorkbook(ReportCase):
    """The sheets of a real report against its table."""

    def test_cells_are_the_rows_of_the_table(self):
        (table,) = self.table("attendance_register")
        sheet = self.workbook("attendance_register").active
        cells = self.cells(sheet)
        lines = self.lines(table)
        self.assertEqual(len(cells), len(lines))
        for cell, line in zip(cells, lines, strict=True):
            self.assertEqual(
                [cell[name] for name in ("Session", "Person", "Status", "Arrived")],
                [line[name] for name in ("number", "person", "status", "arrived")],
            )
            self.assertEqual(cell["Day (Gregorian)"], datetime.combine(line["day"], datetime.min.time()))
        self.assertEqual({cell["Day"] for cell in cells}, {"1405/07/20", "1405/08/04", "1405/08/18", "1405/08/21"})

    def test_a_name_that_is_a_formula(self):
        self.people["B4"].name = "=2+3"
        book = self.workbook("attended_sessions")
        names = [cell["Person"] for cell in self.cells(book.active)]
        self.assertIn("'=2+3", names)
        for sheet in book:
            self.assertFalse([cell for line in sheet.iter_rows() for cell in line if cell.data_type == "f"])

    def test_the_matrix_of_two_councils(self):
        book = self.workbook("attendance_matrix", lang="fa_IR", councils=self.council | self.other)
        self.assertEqual(book.sheetnames, ["T1", "T2"])
        sheet = book["T1"]
        head = self.header_line(sheet)
        self.assertEqual(sheet.freeze_panes, f"C{head + 1}", "seat and person stay in sight")
        self.assertEqual(sheet.cell(head, 3).value, f"۱\n{'۱۴۰۵/۰۷/۲۰'}")
        cells = {line["شخص"]: line for line in self.cells(sheet)}
        self.assertEqual(cells["person B۳"]["مستعفی از"], "۱۴۰۵/۰۸/۱۸")
        self.assertEqual(cells["person B۳"]["مستعفی از (میلادی)"], datetime.fromisoformat(THIRD))

    def test_the_name_of_the_file(self):
        self.assertEqual(self.choice("attended_sessions")._file_name(), "Attended sessions – Year 1405")
        days = self.choice("attended_sessions", period="days", date_from=FIRST)
        self.assertNotIn("/", days._file_name())
