"""«today =1d» and its like: Jalali months and years for Jalali readers, the platform's for everybody else."""

from datetime import date, datetime

import odoo.orm.domains
from freezegun import freeze_time
from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools import date_utils

from .common import JalaliCase

NOW = "2026-11-23 21:15:00"  # UTC; 00:45 of Tuesday 3 Azar 1405 in Tehran

JALALI = {
    "today": date(2026, 11, 24),
    "today =1d": date(2026, 11, 22),
    "today =1d -1m": date(2026, 10, 23),  # 1 Aban
    "today =1d +1m": date(2026, 12, 22),
    "today =1d =1m": date(2026, 3, 21),
    "today =1d =1m -1y": date(2025, 3, 21),
    "today -9m": date(2026, 2, 22),  # 3 Esfand 1404
    "today =12m =30d": date(2027, 3, 20),  # 29 Esfand: the year has no 30th
    "today =1403y =12m =30d": date(2025, 3, 20),  # 30 Esfand of a leap year
    "today -3d": date(2026, 11, 21),
    "today +2w": date(2026, 12, 8),
    "today =week_start": date(2026, 11, 21),
    "today =saturday": date(2026, 11, 21),
    "today =friday": date(2026, 11, 27),
    "today +monday": date(2026, 11, 30),
    "today -monday": date(2026, 11, 23),
    "today -tuesday": date(2026, 11, 24),
    "now": datetime(2026, 11, 23, 21, 15),
    "=1d": datetime(2026, 11, 21, 20, 30),  # 00:00 of 1 Azar in Tehran
    "-1m": datetime(2026, 10, 24, 21, 15),
    "=1m =1d -1y": datetime(2025, 3, 20, 20, 30),
    "now =9H": datetime(2026, 11, 24, 5, 30),
    "now =30M +2H -5S": datetime(2026, 11, 23, 22, 59, 55),
    "=saturday": datetime(2026, 11, 20, 20, 30),
}


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestRelativeDates(JalaliCase):
    def parse(self, text, env=None, user=None):
        env = (env or self.persian)(user=user or self.reader)
        return odoo.orm.domains.parse_date(text, env)

    def test_jalali(self):
        for text, expected in JALALI.items():
            self.assertEqual(self.parse(text), expected, text)

    def test_fixed_dates_stay(self):
        self.assertEqual(self.parse("2026-11-23"), date(2026, 11, 23))
        self.assertEqual(self.parse("2026-11-23 10:00:00"), datetime(2026, 11, 23, 10))

    def test_where_no_month_is_involved_it_is_stock(self):
        for text in ("today", "now", "-3d", "today +2w", "=monday -1w", "today =week_start", "+5H", "=8H", "-friday"):
            self.assertEqual(self.parse(text), date_utils.parse_date(text, self.persian(user=self.reader)), text)

    def test_refused(self):
        for text in ("today =13m", "=x", "today 1d", "+1", "=3w", "today =0d", "tomorrow", "=1d =nosuchday"):
            with self.assertRaises(ValueError, msg=text):
                self.parse(text)

    def test_everybody_else(self):
        """English, no language at all, and Persian with the wish for Gregorian."""
        plain = self.env(context={"tz": "Asia/Tehran"})
        for env in (self.english, plain):
            for text in JALALI:
                if "1403y" not in text and "30d" not in text:
                    stock = date_utils.parse_date(text, env(user=self.reader))
                    self.assertEqual(self.parse(text, env), stock)
        self.reader.calendar_system = "gregorian"
        self.assertEqual(self.parse("today =1d"), date(2026, 11, 1))

    def test_this_month_in_a_search(self):
        leaves = self.env["resource.calendar.leaves"]
        calendar = self.env["resource.calendar"].create({"name": "Moments", "attendance_ids": [(5,)]})
        moments = [
            "2026-10-31 21:00:00",  # in November, in Aban
            "2026-11-21 20:29:59",
            "2026-11-21 20:30:00",  # 1 Azar, 00:00
            "2026-12-21 20:29:59",
            "2026-12-21 20:30:00",
        ]
        records = leaves.create([{"calendar_id": calendar.id, "date_from": m, "date_to": m} for m in moments])
        domain = Domain("id", "in", records.ids)
        domain &= Domain("date_from", ">=", "=1d") & Domain("date_from", "<", "=1d +1m")
        found = records.with_env(self.persian(user=self.reader)).search(domain)
        self.assertEqual(set(found.ids), set(records[2:4].ids))
        self.assertEqual(set(records.with_env(self.english(user=self.reader)).search(domain).ids), set(records[:3].ids))
