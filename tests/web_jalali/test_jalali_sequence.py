"""Numbers that begin anew at Nowruz."""

from datetime import date, datetime

from freezegun import freeze_time
from odoo.tests import tagged

from .common import JalaliCase


@tagged("post_install", "-at_install")
class TestJalaliSequence(JalaliCase):
    def sequence(self, **values):
        base = {"name": "Letters", "code": "test.jalali", "use_date_range": True, "calendar": "jalali", "padding": 3}
        return self.env["ir.sequence"].create({**base, "prefix": "%(jyear)s/", **values})

    def test_begins_anew_at_nowruz(self):
        sequence = self.sequence()
        self.assertEqual(sequence.next_by_id(date(2026, 3, 19)), "1404/001")
        self.assertEqual(sequence.next_by_id(date(2026, 3, 20)), "1404/002")
        self.assertEqual(sequence.next_by_id(date(2026, 3, 21)), "1405/001")
        self.assertEqual(sequence.next_by_id(date(2026, 3, 20)), "1404/003")
        self.assertEqual(sequence.next_by_id(date(2027, 3, 20)), "1405/002")

    def test_leap_year(self):
        sequence = self.sequence()
        self.assertEqual(sequence.next_by_id(date(2025, 3, 20)), "1403/001")  # 30 Esfand
        self.assertEqual(sequence.next_by_id(date(2025, 3, 21)), "1404/001")
        first, second = sequence.date_range_ids.sorted("date_from")
        self.assertEqual((first.date_from, first.date_to), (date(2024, 3, 20), date(2025, 3, 20)))
        self.assertEqual((second.date_from, second.date_to), (date(2025, 3, 21), date(2026, 3, 20)))

    def test_today_is_the_day_of_tehran(self):
        sequence = self.sequence()
        with freeze_time("2026-03-20 20:29:59"):
            self.assertEqual(sequence.next_by_id(), "1404/001")
        with freeze_time("2026-03-20 20:30:00"):
            self.assertEqual(sequence.next_by_id(), "1405/001")

    def test_moments_and_text_as_date(self):
        sequence = self.sequence(prefix="%(jyear)s-%(jmonth)s-%(jday)s/")
        self.assertEqual(sequence.next_by_id(datetime(2026, 3, 20, 21, 0)), "1405-01-01/001")
        self.assertEqual(sequence.with_context(ir_sequence_date="2026-03-20").next_by_id(), "1404-12-29/001")
        self.assertEqual(sequence.with_context(ir_sequence_date="2026-03-20 21:00:00").next_by_id(), "1405-01-01/002")
        self.assertEqual(sequence.with_context(ir_sequence_date=date(2026, 3, 20)).next_by_id(), "1404-12-29/002")

    def test_by_code_without_ranges(self):
        self.sequence(use_date_range=False, suffix="/%(jmonth)s")
        self.assertEqual(self.persian["ir.sequence"].next_by_code("test.jalali", date(2026, 11, 23)), "1405/001/09")

    def test_no_gap(self):
        sequence = self.sequence(implementation="no_gap")
        self.assertEqual(sequence.next_by_id(date(2026, 3, 20)), "1404/001")
        self.assertEqual(sequence.next_by_id(date(2026, 3, 21)), "1405/001")
        self.assertEqual(sequence.next_by_id(date(2026, 3, 22)), "1405/002")

    def test_ranges_of_before_keep_their_days(self):
        sequence = self.sequence(calendar="gregorian", prefix="")
        sequence.next_by_id(date(2026, 11, 23))
        sequence.calendar = "jalali"
        self.assertEqual(sequence.next_by_id(date(2026, 12, 31)), "002")
        self.assertEqual(sequence.next_by_id(date(2027, 1, 1)), "001")
        added = sequence.date_range_ids.sorted("date_from")[-1]
        self.assertEqual((added.date_from, added.date_to), (date(2027, 1, 1), date(2027, 3, 20)))

    def test_gregorian_sequences_stay(self):
        sequence = self.sequence(calendar="gregorian", prefix="%(range_year)s/")
        self.assertEqual(sequence.next_by_id(date(2026, 3, 21)), "2026/001")
        self.assertEqual(sequence.next_by_id(date(2027, 1, 1)), "2027/001")
        self.assertEqual(sequence.date_range_ids.sorted("date_from")[0].date_from, date(2026, 1, 1))
