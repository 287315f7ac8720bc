"""What a large export costs: queries by portions, memory that does not grow, nothing left open."""

import io
import tracemalloc
from unittest.mock import patch

from odoo.addons.shora_council_reports.report import rows
from odoo.addons.shora_council_reports.report.rows import stream
from odoo.addons.shora_council_reports.report.workbook import Sheets, open_workbook
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from tests.common import tagged_post_install

from .report_case import ReportCase


@tagged_post_install
class TestStream(TransactionCase):
    def numbers(self, number):
        return stream(self.env, SQL("SELECT generate_series(1, %s)", number))

    def test_all_rows_in_their_order(self):
        with patch.object(rows, "PORTION", 10):
            for number in (0, 1, 9, 10, 11, 30, 31):
                self.assertEqual([row[0] for row in self.numbers(number)], list(range(1, number + 1)))

    def test_queries(self):
        """At most 2 + rows / 2000, and one less than that where the last portion is not full."""
        with patch.object(rows, "PORTION", 10):
            for number in (0, 1, 9, 10, 11, 30, 31, 99, 100):
                before = self.cr.sql_log_count
                list(self.numbers(number))
                self.assertLessEqual(self.cr.sql_log_count - before, 2 + number / 10, number)

    def test_two_at_a_time(self):
        with patch.object(rows, "PORTION", 10):
            pairs = list(zip(self.numbers(25), self.numbers(25), strict=True))
        self.assertEqual(len(pairs), 25)

    def test_no_cursor_is_left_open(self):
        list(self.numbers(5))
        self.cr.execute("SELECT count(*) FROM pg_cursors WHERE name LIKE 'shora_rows%'")
        self.assertEqual(self.cr.fetchone(), (0,))

    def test_left_half_read(self):
        with patch.object(rows, "PORTION", 10):
            reading = self.numbers(100)
            next(reading)
            reading.close()
            self.assertEqual(len(list(self.numbers(20))), 20)

    def test_pending_writes_are_seen(self):
        partner = self.env["res.partner"].create({"name": "Before"})
        partner.name = "After"
        query = SQL("SELECT name FROM res_partner WHERE id = %s", partner.id)
        self.assertEqual(list(stream(self.env, query)), [("After",)])


@tagged("post_install", "-at_install")
class TestCost(ReportCase):
    def test_queries_of_the_register_and_its_workbook(self):
        """From the table to the last cell: the portions, and nothing that grows with the rows."""
        costs = {}
        for portion in (10, 1000, 10):  # the first time is also that of languages and labels
            (table,) = self.table("attendance_register")
            with patch.object(rows, "PORTION", portion), open_workbook(io.BytesIO(), table.env) as workbook:
                self.assertEqual(table.subtitle, "Council T1 · Year 1405")
                before = self.cr.sql_log_count
                Sheets(workbook, table.env).add(table)
                costs[portion] = self.cr.sql_log_count - before
        number = len(list(table.rows()))
        self.assertGreater(number, 50)
        for portion, cost in costs.items():
            self.assertLessEqual(cost, 2 + number / portion)

    def test_memory_does_not_grow_with_the_rows(self):
        self.table("attendance_register")
        peaks = []
        for times in (40, 400):
            (table,) = self.table("attendance_register")
            given = list(table.rows())
            with patch.object(type(table), "rows", lambda self, g=given, n=times: (row for _ in range(n) for row in g)):
                tracemalloc.start()
                with io.BytesIO() as file, open_workbook(file, table.env) as workbook:
                    Sheets(workbook, table.env).add(table)
                    peaks.append(tracemalloc.get_traced_memory()[1])
                tracemalloc.stop()
        self.assertLess(peaks[1] - peaks[0], 1_000_000, "2,000 rows against 20,000")
