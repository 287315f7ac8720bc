"""Clause 5-6, the nightly net: whom one window over all attendance flags is whom plain counting flags."""

import random
from itertools import groupby

from odoo.tests import TransactionCase
from odoo.tools import SQL

from bench.xlsx import make
from tests.common import tagged_post_install

ABSENT = ("absent", "excused")


@tagged_post_install
class TestSuspects(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.councils = make(cls.env, 4)  # 15 members and 26 sessions each
        cls.chance = random.Random(1405)
        cls.env.cr.execute(SQL("SELECT id FROM shora_attendance ORDER BY id"))
        for (number,) in cls.env.cr.fetchall():
            status = cls.chance.choices(("present", "late", *ABSENT), (8, 2, 3, 1))[0]
            counted = cls.chance.random() < 0.9
            cls.env.cr.execute(
                SQL("UPDATE shora_attendance SET status = %s, counted = %s WHERE id = %s", status, counted, number)
            )

    def counted(self, limit, absences_only=False):
        """{(council, person)} by plain counting."""
        self.env.cr.execute(
            SQL(
                "SELECT council_id, partner_id, status FROM shora_attendance WHERE counted"
                " ORDER BY council_id, partner_id, session_start, session_id"
            )
        )
        found = set()
        for who, rows in groupby(self.env.cr.fetchall(), key=lambda row: row[:2]):
            marks = [row[2] in ABSENT for row in rows]
            if absences_only:
                marks = [mark for mark in marks if mark]
            run = best = 0
            for mark in marks:
                run = run + 1 if mark else 0
                best = max(best, run)
            if best >= limit:
                found.add(who)
        return found

    def rule(self, code, **values):
        """Another value in the by-law in force, past the way of a new version."""
        for name, value in values.items():
            self.env.cr.execute(
                SQL("UPDATE shora_bylaw_rule SET %s = %s WHERE code = %s", SQL.identifier(name), value, code)
            )

    def flagged(self):
        rows = self.env["shora.deemed.resignation"]._suspects()
        return {(council, partner) for council, partners in rows for partner in partners}

    def test_each_limit(self):
        sizes = []
        for limit in (1, 2, 3, 4, 6):
            self.rule("absence_limit", value=limit)
            found = self.counted(limit)
            self.assertEqual(self.flagged(), found, limit)
            sizes.append(len(found))
        self.assertEqual(sizes, sorted(sizes, reverse=True))
        self.assertGreater(sizes[-2], 0, "the limit is not so long that nobody reaches it")
        self.assertLess(sizes[2], 60, "nor so short that everybody does")

    def test_presence_without_valid_notice_breaks_no_streak(self):
        self.rule("absence_valid_notice_only", is_active=True)
        self.rule("absence_limit", value=5)
        self.assertEqual(self.flagged(), self.counted(5, absences_only=True))

    def test_no_limit_flags_nobody(self):
        self.rule("absence_limit", value=0)
        self.assertEqual(self.flagged(), set())
