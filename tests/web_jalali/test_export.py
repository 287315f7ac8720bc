"""Odoo's export: true dates with their Jalali text beside them for Jalali readers, stock files for others."""

import csv
import io
import json
from datetime import datetime

import openpyxl
from odoo import http
from odoo.tests import tagged

from .common import JalaliHttpCase


@tagged("post_install", "-at_install")
class TestExport(JalaliHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reader.write({"password": "reader-reader", "group_ids": [(4, cls.env.ref("base.group_allow_export").id)]})
        cls.calendar = cls.env["resource.calendar"].create({"name": "Exported", "attendance_ids": [(5,)]})
        moments = ["2026-03-20 20:29:00", "2026-03-20 20:30:00", "2026-11-23 06:30:00"]
        cls.leaves = cls.env["resource.calendar.leaves"].create(
            [
                {"name": f"Leave {n}", "calendar_id": cls.calendar.id, "date_from": moment, "date_to": moment}
                for n, moment in enumerate(moments)
            ]
        )

    def export(self, kind, groupby=(), import_compat=False, lang="fa_IR"):
        self.reader.lang = lang
        self.authenticate("reader", "reader-reader")
        fields = [
            {"name": "name", "label": "Reason", "type": "char", "store": True},
            {"name": "date_from", "label": "Start", "type": "datetime", "store": True},
            {"name": "time_type", "label": "Type", "type": "selection", "store": True},
            {"name": "date_to", "label": "End", "type": "datetime", "store": True},
        ]
        data = {
            "model": "resource.calendar.leaves",
            "fields": fields,
            "ids": self.leaves.sorted("name").ids,
            "domain": [],
            "groupby": list(groupby),
            "import_compat": import_compat,
            "context": {"lang": lang, "tz": "Asia/Tehran"},
        }
        answer = self.url_open(
            f"/web/export/{kind}", data={"data": json.dumps(data), "csrf_token": http.Request.csrf_token(self)}
        )
        self.assertEqual(answer.status_code, 200)
        return answer.content

    def sheet(self, **options):
        return openpyxl.load_workbook(io.BytesIO(self.export("xlsx", **options))).active

    def test_sheet(self):
        sheet = self.sheet()
        rows = list(sheet.values)
        self.assertEqual(rows[0], ("Reason", "Start", "Start (شمسی)", "Type", "End", "End (شمسی)"))
        self.assertEqual(rows[1][1], datetime(2026, 3, 20, 23, 59))
        self.assertEqual([row[2] for row in rows[1:]], ["۱۴۰۴/۱۲/۲۹ ۲۳:۵۹", "۱۴۰۵/۰۱/۰۱ ۰۰:۰۰", "۱۴۰۵/۰۹/۰۲ ۱۰:۰۰"])
        self.assertEqual([row[5] for row in rows[1:]], [row[2] for row in rows[1:]])
        self.assertEqual(rows[1][3], rows[2][3])
        self.assertTrue(sheet.sheet_view.rightToLeft)

    def test_grouped_sheet(self):
        rows = list(self.sheet(groupby=["date_from:month"]).values)
        titles = [row[0] for row in rows]
        self.assertIn("اسفند ۱۴۰۴ (1)", titles)
        self.assertIn("فروردین ۱۴۰۵ (1)", titles)
        first = rows[titles.index("اسفند ۱۴۰۴ (1)") + 1]
        self.assertEqual(first[1:3], (datetime(2026, 3, 20, 23, 59), "۱۴۰۴/۱۲/۲۹ ۲۳:۵۹"))

    def test_for_import_the_columns_stay(self):
        rows = list(self.sheet(import_compat=True).values)
        self.assertEqual(rows[0], ("name", "date_from", "time_type", "date_to"))
        self.assertEqual(rows[2][1], datetime(2026, 3, 21, 0, 0))

    def test_csv(self):
        rows = list(csv.reader(io.StringIO(self.export("csv").decode())))
        self.assertEqual(rows[0], ["Reason", "Start", "Start (شمسی)", "Type", "End", "End (شمسی)"])
        self.assertEqual(rows[2][1:3], ["2026-03-21 00:00:00", "۱۴۰۵/۰۱/۰۱ ۰۰:۰۰"])
        rows = list(csv.reader(io.StringIO(self.export("csv", import_compat=True).decode())))
        self.assertEqual(rows[0], ["name", "date_from", "time_type", "date_to"])

    def test_everybody_else(self):
        """English, then Persian with the wish for Gregorian: no column more, no sheet turned round."""
        for lang, wish in (("en_US", "auto"), ("fa_IR", "gregorian")):
            self.reader.calendar_system = wish
            sheet = self.sheet(lang=lang)
            rows = list(sheet.values)
            self.assertEqual(rows[0], ("Reason", "Start", "Type", "End"))
            self.assertFalse(sheet.sheet_view.rightToLeft)
            rows = list(csv.reader(io.StringIO(self.export("csv", lang=lang).decode())))
            self.assertEqual(rows[0], ["Reason", "Start", "Type", "End"])
            grouped = [row[0] for row in self.sheet(lang=lang, groupby=["date_from:year"]).values]
            self.assertTrue(any("2026 (3)" in str(title) for title in grouped), grouped)
