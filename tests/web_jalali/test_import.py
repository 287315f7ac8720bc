"""Odoo's import wizard and Jalali dates: guessed, read, refused with their rows; others import as before."""

import io
from datetime import date, datetime

import openpyxl
from odoo.tests import tagged

from .common import JalaliCase

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@tagged("post_install", "-at_install")
class TestImport(JalaliCase):
    def setUp(self):
        super().setUp()
        self.reader.group_ids += self.env.ref("base.group_system")

    def wizard(self, rows, env=None, model="ir.sequence.date_range", sheet=False):
        if sheet:
            book = openpyxl.Workbook()
            for row in rows:
                book.active.append(row)
            output = io.BytesIO()
            book.save(output)
            content = output.getvalue()
        else:
            content = "\n".join(",".join(row) for row in rows).encode()
        return (
            (env or self.persian)(user=self.reader)["base_import.import"]
            .with_context(tracking_disable=True)
            .create(
                {
                    "res_model": model,
                    "file": content,
                    "file_name": "days.xlsx" if sheet else "days.csv",
                    "file_type": XLSX if sheet else CSV,
                }
            )
        )

    options = {"has_headers": True, "separator": ",", "quoting": '"', "date_format": "", "datetime_format": ""}

    def run_import(self, wizard, fields, **options):
        return wizard.execute_import(fields, fields, {**self.options, **options})

    def dates(self, cells, env=None, sheet=False, **options):
        """The days stored for typed ``cells``, or the message that refused them."""
        sequences = self.env["ir.sequence"].create([{"name": "Imported", "use_date_range": True} for _cell in cells])
        rows = [["sequence_id/.id", "date_from", "date_to"]]
        rows += [[str(sequence.id), cell, cell] for sequence, cell in zip(sequences, cells, strict=True)]
        wizard = self.wizard(rows, env, sheet=sheet)
        result = self.run_import(wizard, rows[0], **options)
        if result["messages"]:
            return result["messages"][0]["message"]
        stored = self.env["ir.sequence.date_range"].search([("sequence_id", "in", sequences.ids)], order="id")
        self.assertEqual(stored.mapped("date_from"), stored.mapped("date_to"))
        return [day.date_from for day in stored]

    def test_forms_as_in_the_client(self):
        cells = ["۱۴۰۵/۰۹/۰۲", "1405-9-2", "05/9/2", "١٤٠٥/٠٩/٠٢", "14050902", "۲ آذر ۱۴۰۵", "2026-11-23"]
        self.assertEqual(self.dates(cells), [date(2026, 11, 23)] * len(cells))

    def test_last_days_of_esfand(self):
        self.assertEqual(self.dates(["1403/12/30", "1404/12/29"]), [date(2025, 3, 20), date(2026, 3, 20)])

    def test_format_chosen_in_the_wizard(self):
        self.assertEqual(self.dates(["02/09/05", "2/9/1405"], date_format="%d/%m/%Y"), [date(2026, 11, 23)] * 2)

    def test_sheets(self):
        """True dates as they are; one the sheet took for a Gregorian day of the year 1405 was typed as Jalali."""
        cells = [datetime(2026, 11, 23), "1405/09/02", date(2026, 11, 23)]
        self.assertEqual(self.dates(cells, sheet=True), [date(2026, 11, 23)] * 3)
        wizard = self.wizard([["date_from"]])
        found = wizard._wire_date(datetime(1405, 9, 2), "date", False)
        self.assertEqual(found, "2026-11-23")

    def test_refused_with_rows_and_sentences(self):
        message = self.dates(["1405/09/02", "1404/12/30", "فردا", "1405/13/01"])
        self.assertIn("ردیف 3", message)
        self.assertIn("1404/12/30", message)
        self.assertIn("ردیف 4", message)
        self.assertIn("فردا", message)
        self.assertIn("ردیف 5", message)
        self.assertNotIn("ردیف 2:", message)
        self.assertNotRegex(message.replace("date_from", ""), "[A-Za-z]")

    def test_nothing_of_a_faulty_file_is_kept(self):
        before = self.env["ir.sequence.date_range"].search_count([])
        self.dates(["1405/09/02", "1404/12/30"])
        self.assertEqual(self.env["ir.sequence.date_range"].search_count([]), before)

    def test_many_faults_are_counted(self):
        message = self.dates(["1404/12/30"] * 25)
        self.assertEqual(message.count("1404/12/30"), 10)
        self.assertIn("15", message)

    def test_moments_are_of_tehran(self):
        calendar = self.env["resource.calendar"].create({"name": "Imported", "attendance_ids": [(5,)]})
        rows = [["calendar_id/.id", "date_from", "date_to"]]
        rows += [[str(calendar.id), "۱۴۰۵/۰۹/۰۳ ۰۰:۴۵", "1405/09/03 01:00:30"]]
        rows += [[str(calendar.id), "1405/01/01", "1405-01-01 23:59"]]
        result = self.run_import(self.wizard(rows, model="resource.calendar.leaves"), rows[0])
        self.assertFalse(result["messages"])
        leaves = self.env["resource.calendar.leaves"].search([("calendar_id", "=", calendar.id)], order="date_from")
        self.assertEqual(leaves[1].date_from, datetime(2026, 11, 23, 21, 15))
        self.assertEqual(leaves[1].date_to, datetime(2026, 11, 23, 21, 30, 30))
        self.assertEqual(leaves[0].date_from, datetime(2026, 3, 20, 20, 30))

    def guess(self, cells, env=None):
        options = {**self.options}
        preview = self.wizard([["Day"], *([cell] for cell in cells)], env).parse_preview(options)
        return preview["header_types"][0], preview["options"]

    def test_preview_guesses(self):
        kinds, options = self.guess(["۱۴۰۵/۰۹/۰۲", "1403/12/30", ""])
        self.assertEqual((kinds, options["date_format"]), (["date", "datetime"], "%Y/%m/%d"))
        kinds, options = self.guess(["1405.09.02"])
        self.assertEqual(kinds, ["date", "datetime"])
        kinds, options = self.guess(["1404/12/30", "1405/01/01"])
        self.assertEqual(kinds, ["date", "datetime"], "an impossible date is one, whose fault the import names")
        kinds, options = self.guess(["1405/09/02 10:30"])
        self.assertEqual(kinds, ["datetime"])
        kinds, _options = self.guess(["14050902", "۱۴۰۳۱۲۳۰"])
        self.assertIn("date", kinds)
        self.assertIn("integer", kinds)
        for cells in (["12", "13"], ["1,5"], ["علی"], ["20261123"]):
            self.assertNotIn("date", self.guess(cells)[0][:1], cells)

    def test_everybody_else_imports_as_before(self):
        self.assertEqual(self.dates(["2026-11-23"], self.english), [date(2026, 11, 23)])
        self.assertEqual(self.dates(["1405-09-02"], self.english), [date(1405, 9, 2)])
        self.assertIn("Error in line 1", self.dates(["۱۴۰۵/۰۹/۰۲"], self.english))
        kinds, _options = self.guess(["14050902"], self.english)
        self.assertEqual(kinds, ["integer", "float", "monetary"])
        self.reader.calendar_system = "gregorian"
        self.assertEqual(self.dates(["1405-09-02"]), [date(1405, 9, 2)])

    def test_names_in_any_spelling(self):
        """«علي كريمي» of an old keyboard is علی کریمی; two who differ in spelling only are not guessed between."""
        karimi = self.env["res.partner"].create({"name": "علی کریمی"})
        rows = [["name", "parent_id"], ["الف", "علي كريمي"], ["ب", "علی\u200cکریمی"], ["پ", "علی کریمی"]]
        result = self.run_import(self.wizard(rows, model="res.partner"), rows[0])
        self.assertFalse(result["messages"])
        self.assertEqual(self.env["res.partner"].browse(result["ids"]).parent_id, karimi)
        result = self.run_import(self.wizard(rows[:2], self.english, model="res.partner"), rows[0])
        self.assertTrue(result["messages"], "everybody else imports as before")
        self.env["res.partner"].create({"name": "علی كریمی"})
        result = self.run_import(self.wizard(rows[:2], model="res.partner"), rows[0])
        self.assertTrue(result["messages"])
