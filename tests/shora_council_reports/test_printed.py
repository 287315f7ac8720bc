"""Tables on paper: the table's figures, the reader's language, paper that is wide enough, a limit that is said."""

import re

from lxml import html as lxml_html
from odoo.addons.shora_council_reports.report import TABLES
from odoo.addons.shora_council_reports.report.printed import page_of
from odoo.tests import tagged

from .report_case import ReportCase

PERSIAN = re.compile("[\u0600-\u06ff]")


@tagged("post_install", "-at_install")
class TestPrinted(ReportCase):
    def page(self, tables):
        return lxml_html.fromstring(page_of(tables[0].env, tables))

    def cells(self, page):
        """Rows below the headings as texts, all tables one after the other; totals too."""
        return [
            [(cell.text_content() or "").strip() for cell in row.xpath("td")]
            for row in page.xpath("//table[contains(@class, 'rows')]/tbody/tr")
        ]

    def test_figures_of_paper_and_table(self):
        for code in TABLES:
            for lang in ("en_US", "fa_IR"):
                with self.subTest(report=code, lang=lang):
                    tables = self.table(code, lang=lang)
                    expected = [
                        [" ".join(text.split()) for text in table.shown(row)]
                        for table in tables
                        for row in table.rows()
                    ]
                    page = self.page(self.table(code, lang=lang))
                    found = [[" ".join(text.split()) for text in row] for row in self.cells(page)]
                    sums = len(page.xpath("//tr[@class='total']"))
                    self.assertEqual(len(found) - sums, len(expected))
                    self.assertTrue(all(row in found for row in expected))
                    self.assertEqual(page.get("dir"), "rtl" if lang == "fa_IR" else "ltr")
