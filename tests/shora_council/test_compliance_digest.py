"""Every Saturday morning the head of the Secretariat is told how the councils stand."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import RecordCapturer

from tests.common import tehran
from tests.shora_council.test_finding_session import FindingCase

# 2026-11-28 is a Saturday (۷ آذر ۱۴۰۵).


class TestDigest(FindingCase):
    def digests(self, at):
        with tehran(at), RecordCapturer(self.env["shora.compliance.digest"].sudo()) as capture:
            self.assertIs(self.run_job("cron_compliance_digest"), True)
        return capture.records

    def test_once_a_week_from_saturday_seven_on(self):
        self.in_english()
        self.assertTrue(self.digests("2026-11-21 07:00"))
        self.assertFalse(self.digests("2026-11-27 23:59"), "Friday: the week has its digest")
        self.assertFalse(self.digests("2026-11-28 06:59"))
        digest = self.digests("2026-11-28 07:00")
        self.assertEqual(str(digest.day), "2026-11-28")
        self.assertFalse(self.digests("2026-11-28 08:00"))
        self.assertFalse(self.digests("2026-12-04 12:00"))
        self.assertTrue(self.digests("2026-12-07 12:00"), "a Saturday slept through is made up for")

    def test_what_it_says_and_to_whom(self):
        self.in_english()
        self.env["shora.council"].search([("id", "!=", self.council.id)]).active = False
        self.end(self.people["A3"].shora_membership_ids, "post_lost", "2026-11-20")
        message = self.env["mail.message"]
        with RecordCapturer(message, [("model", "=", "shora.compliance.digest")]) as capture:
            digest = self.digests("2026-11-28 07:30")
        self.assertEqual(digest.opened_count, 2, "the seat and the number of members")
        self.assertIn("Ex-officio seat vacant", digest.body)
        self.assertIn("Article 4, part A", digest.body)
        self.assertIn("President of the Centre", digest.body)
        self.assertIn(self.council.short_name, digest.body)
        told = capture.records.notified_partner_ids or capture.records.partner_ids
        self.assertIn(self.head.partner_id, told)
        for other in (self.secretariat, self.secretary, self.auditor):
            self.assertNotIn(other.partner_id, told)

    def test_what_was_put_right(self):
        self.env["shora.finding"]._check(self.council)
        self.end(self.people["A3"].shora_membership_ids, "post_lost", "2026-11-20")
        with tehran("2026-11-25 12:00"):
            self.appoint(self.council, "A3", self.make_partner("Next"), "2026-11-25")
        digest = self.digests("2026-11-28 07:30")
        self.assertGreaterEqual(digest.closed_count, 2)

    def test_it_is_kept_and_read_by_the_offices(self):
        digest = self.digests("2026-11-28 07:30")
        for user in (self.head, self.secretariat, self.president, self.office, self.auditor):
            self.assertTrue(digest.with_user(user).body)
        for user in (self.secretary, self.employee, self.hr, self.admin):
            with self.assertRaises(AccessError):
                digest.with_user(user).read(["body"])
        for user in (self.head, self.env.user):
            with self.assertRaises(UserError):
                digest.with_user(user).write({"body": "Nothing"})
        with self.assertRaises(UserError):
            digest.unlink()

    def test_queries_do_not_grow_with_councils(self):
        few = self.queries()
        with tehran("2026-09-01 08:00"):
            for number in range(3, 7):
                council = self.make_council(f"T{number}")
                self.appoint(council, "B1", self.make_partner(f"One {number}"), "2026-09-01")
        self.assertLessEqual(self.queries(), few)

    def queries(self):
        self.env["shora.finding"]._check(self.env["shora.council"].search([]))
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self.env["shora.compliance"].sudo()._digest_rows(self.env["shora.council"].search([]), self.council._today())
        return self.cr.sql_log_count - before
