"""Tables on paper: the table's figures, the reader's language, paper that is wide enough, a limit that is said."""

import io
import re
from unittest.mock import patch

from lxml import html as lxml_html
from odoo.addons.shora_council_reports.report import TABLES, Column, Mark, printed
from odoo.addons.shora_council_reports.report.printed import page_of
from odoo.addons.shora_council_reports.report.printed import printed as made
from odoo.exceptions import UserError
from odoo.tests import tagged
from pypdf import PdfReader

from tests.common import tehran

from .report_case import ReportCase

LATIN = re.compile("[A-Za-z]{3,}")
#: names and codes of these tests
TYPED = re.compile(
    r"\b(person|secretary|[Ss]eat|of|t_rep_\w+|t2|T[12]|Item|SHA|PDF|"
    r"By|law|the|Strategic|Council|for|International|Relations|and|Urban|Diplomacy|Tehran)\b"  # the by-law's name
)


def squeezed(text):
    return " ".join((text or "").split())


@tagged("post_install", "-at_install")
class TestPrinted(ReportCase):
    def page(self, tables):
        return lxml_html.fromstring(page_of(tables[0].env, tables))

    def cells(self, page):
        """Rows below the headings as texts, all tables one after the other, without the sums."""
        return [
            [squeezed(cell.text_content()) for cell in row.xpath("td")]
            for row in page.xpath("//table[contains(@class, 'rows')]/tbody/tr[not(@class='total')]")
        ]

    def test_figures_of_paper_and_table(self):
        """Every report in both languages says on paper what its tables say."""
        for code in TABLES:
            for lang in ("en_US", "fa_IR"):
                with self.subTest(report=code, lang=lang):
                    expected = [
                        list(map(squeezed, table.shown(row)))
                        for table in self.table(code, lang=lang)
                        for row in table.rows()
                    ]
                    page = self.page(self.table(code, lang=lang))
                    self.assertEqual(self.cells(page), expected)
                    self.assertEqual(page.get("dir"), "rtl" if lang == "fa_IR" else "ltr")

    def test_no_word_in_the_other_language(self):
        for code in TABLES:
            with self.subTest(report=code):
                english = self.page(self.table(code)).text_content()
                self.assertEqual(re.findall("[\u0600-\u06ff]{2,}", re.sub(r"\S*/\S*", " ", english)), [])
                page = self.page(self.table(code, lang="fa_IR"))
                for style in page.xpath("//style"):
                    style.drop_tree()
                persian = TYPED.sub(" ", re.sub(r"\S*[/@]\S*|\w*[0-9۰-۹]\w*", " ", " ".join(page.itertext())))
                self.assertEqual(LATIN.findall(persian), [])

    def test_the_pdf_itself(self):
        """Headings on every page, Persian fonts inside, a lying page for a wide table."""
        (table,) = self.table("attendance_register", lang="fa_IR")
        given = list(table.rows())
        with patch.object(type(table), "rows", lambda self: (row for _ in range(3) for row in given)):
            reader = PdfReader(io.BytesIO(made(table.env, [table])))
        self.assertGreater(len(reader.pages), 2)
        self.assertGreater(reader.pages[0].mediabox.width, reader.pages[0].mediabox.height)
        for page in reader.pages:
            fonts = [str(font.get_object()["/BaseFont"]) for font in page["/Resources"]["/Font"].values()]
            self.assertTrue(any("Vazirmatn" in font for font in fonts), fonts)

    def test_paper_follows_the_columns(self):
        for widths, paper in (
            ((20, 20), "upright"),
            ((100, 80), "lying"),
            ((150, 150), "large"),
            ((200, 200), "dense"),
        ):
            columns = [Column(str(place), "", width=width) for place, width in enumerate(widths)]
            self.assertEqual(printed._paper(columns)[0], paper)

    def test_what_is_too_wide_goes_on_in_bands(self):
        (table,) = self.table("attendance_matrix")
        session = Column("session", "1", "mark", 11)
        table.columns = [*table.columns[:2], *[session] * 80]
        bands = printed._bands(table)
        self.assertGreater(len(bands), 1)
        self.assertTrue(all(band[:2] == [0, 1] for band in bands), "seat and person stay in sight")
        self.assertEqual([place for band in bands for place in band[2:]], list(range(2, 82)))
        row = ("B1", "Somebody", *[Mark("P", "ok")] * 80)
        with patch.object(type(table), "rows", lambda self: iter([row])):
            page = self.page([table])
        self.assertEqual(len(page.xpath("//table[contains(@class, 'rows')]")), len(bands))

    def test_too_many_rows_are_refused_with_the_limit(self):
        (table,) = self.table("attendance_register")
        number = len(list(table.rows()))
        choice = self.choice("attendance_register")
        with patch.object(printed, "MOST_ROWS", number):
            self.assertEqual(choice.action_print()["report_type"], "shora-table-pdf")
        with patch.object(printed, "MOST_ROWS", number - 1):
            with self.assertRaisesRegex(UserError, f"more than {number - 1} rows.*Excel"):
                choice.action_print()
            with self.assertRaises(UserError):
                made(table.env, [table])

    def test_queries(self):
        """On paper a table costs what its rows cost, and a few for the letterhead."""
        (table,) = self.table("attendance_register")
        page_of(table.env, [table])
        (table,) = self.table("attendance_register")
        before = self.cr.sql_log_count
        page_of(table.env, [table])
        self.assertLessEqual(self.cr.sql_log_count - before, 8)

    def test_as_many_queries_for_two_councils_as_for_four(self):
        two = self.council | self.other
        with tehran("2026-09-02 08:00"):
            four = two | self.make_council("T3") | self.make_council("T4")
        for code in ("council_register", "compliance_report"):
            costs = []
            for councils in (two, four, two, four):
                self.env.invalidate_all()
                tables = self.table(code, councils=councils)
                before = self.cr.sql_log_count
                for row in (row for table in tables[-2:] for row in table.rows()):
                    self.assertTrue(row)
                costs.append(self.cr.sql_log_count - before)
            self.assertLessEqual(costs[3], costs[2], code)
