"""Article 4: who is appointed, to which seat, for how long, and what the maxima refuse."""

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import ExclusionViolation, UniqueViolation

from tests.common import ShoraCase, tehran


@tagged("post_install", "-at_install")
class TestDecree(ShoraCase):
    def test_expert_term_is_one_jalali_year_last_day_inclusive(self):
        for first, last in (("2025-08-01", "2026-07-31"), ("2025-03-20", "2026-03-20"), ("2024-03-20", "2025-03-20")):
            with self.subTest(first=first):
                decree = self.decree(self.council, "B10", self.make_partner(f"P {first}"), first)
                self.assertEqual(str(decree.date_to), last)

    def test_ex_officio_seats_have_no_term(self):
        self.assertFalse(self.council.membership_ids.filtered(lambda m: m.seat_id.code == "A3").date_to)

    def test_tenth_expert_is_issued_and_the_eleventh_refused_with_its_clause(self):
        for seat in ("B8", "B9", "B10"):
            self.appoint(self.council, seat, self.make_partner(seat))
        eleventh = self.decree(self.council, "B11", self.make_partner("Eleventh"))
        with self.assertRaisesRegex(UserError, r"Article 4, part B.*11 experts, at most 10"):
            eleventh.action_issue()
        self.assertEqual(eleventh.state, "proposed")
        self.assertEqual(len(self.council._members_on(self.council._today())), 14)

    def test_minima_are_findings_not_refusals(self):
        council = self.make_council("T2")
        with tehran("2026-11-01 09:00"):
            self.staff_council(council, experts=6, prefix="t2", date_from="2026-11-01")
        codes = set(council.finding_ids.mapped("code"))
        self.env["shora.finding"]._check(council)
        codes = set(council.finding_ids.filtered(lambda f: f.state == "open").mapped("code"))
        self.assertIn("total_min", codes, "4 + 6 is 10, below 11")
        self.assertNotIn("expert_min", codes)
        self.assertIn("10 members, at least 11", council.composition_text)

    def test_a_taken_seat_is_refused_by_name(self):
        decree = self.decree(self.council, "B2", self.make_partner("Other"))
        with self.assertRaisesRegex(UserError, self.people["B2"].name):
            decree.action_issue()

    def test_the_same_person_twice_is_refused(self):
        decree = self.decree(self.council, "B9", self.people["B2"])
        with self.assertRaisesRegex(UserError, "already holds"):
            decree.action_issue()

    @mute_logger("odoo.sql_db")
    def test_sql_refuses_two_people_in_one_seat(self):
        member = self.council.membership_ids.filtered(lambda m: m.seat_id.code == "B2")
        with self.assertRaises(ExclusionViolation), self.cr.savepoint():
            member._as_system().copy({"partner_id": self.make_partner("Other").id, "state": "upcoming"})

    def test_only_an_expert_becomes_chair_and_only_one(self):
        with self.assertRaisesRegex(UserError, "Article 4, note 2"), self.cr.savepoint():
            self.decree(self.council, "A3", self.people["A3"], kind="chair")
        second = self.decree(self.council, "B2", self.people["B2"], kind="chair")
        with self.assertRaisesRegex(UserError, self.people["B1"].name):
            second.action_issue()

    def test_chair_ends_with_the_expert_membership(self):
        self.end(self.people["B1"].shora_membership_ids, day="2026-11-22")
        self.assertEqual(
            self.council.membership_ids.filtered(lambda m: m.partner_id == self.people["B1"]).state, "ended"
        )
        chair = self.env["shora.decree"].search([("council_id", "=", self.council.id), ("kind", "=", "chair")])
        self.assertEqual((chair.state, chair.end_reason), ("ended", "resigned"))

    def test_expiry_by_the_calendar_day_in_tehran(self):
        member = self.council.membership_ids.filtered(lambda m: m.seat_id.code == "B4")
        last = str(member.date_to)
        self.assertEqual(last, "2027-08-31")
        for at, state in ((f"{last} 23:59:59", "current"), ("2027-09-01 00:00:00", "ended")):
            with tehran(at):
                self.assertIs(self.run_job("cron_terms"), True)
            self.assertEqual(member.state, state, at)
        self.assertEqual(member.end_reason, "expired")

    def test_issued_decree_is_frozen_numbered_and_sealed(self):
        decree = self.people["B2"].shora_membership_ids.decree_id
        self.assertTrue(decree.internal_number.startswith("1405/"))
        self.assertEqual(len(decree.pdf_sha256), 64)
        self.assertEqual(decree.recipient_name, self.people["B2"].name)
        for vals in ({"date_from": "2026-01-01"}, {"internal_number": "1"}, {"partner_id": self.people["B3"].id}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                decree.sudo().write(vals)

    def test_hr_registers_only_with_official_number_and_date(self):
        decree = self.decree(self.council, "B9", self.make_partner("By HR"), user=self.hr)
        with self.assertRaisesRegex(UserError, "Official number"):
            decree.action_issue()
        decree.write({"official_number": "140/1", "official_date": "2026-11-22"})
        decree.action_issue()
        self.assertEqual(decree.state, "in_force")

    def test_secretary_proposes_and_does_not_issue(self):
        decree = self.decree(self.council, "B9", self.make_partner("Proposed"), user=self.secretary)
        self.assertEqual(decree.state, "proposed")
        with self.assertRaisesRegex(UserError, "President of the Centre"):
            decree.action_issue()

    def test_membership_is_written_by_decrees_only(self):
        member = self.council.membership_ids[:1]
        with self.assertRaises(UserError):
            member.with_user(self.hr).write({"date_to": "2030-01-01"})
        with self.assertRaises(UserError):
            self.env["shora.membership"].with_user(self.hr).create(
                {
                    "council_id": self.council.id,
                    "seat_id": member.seat_id.id,
                    "partner_id": self.people["B3"].id,
                    "decree_id": member.decree_id.id,
                    "date_from": "2026-01-01",
                }
            )

    def test_future_decree_waits_for_its_first_day(self):
        with tehran("2026-11-23 12:00"):
            membership = self.appoint(self.council, "B9", self.make_partner("Future"), "2026-12-01")
        self.assertEqual((membership.state, membership.decree_id.state), ("upcoming", "issued"))
        with tehran("2026-12-01 00:00:00"):
            self.assertIs(self.run_job("cron_terms"), True)
        self.assertEqual((membership.state, membership.decree_id.state), ("current", "in_force"))

    @mute_logger("odoo.sql_db")
    def test_official_number_is_unique_in_its_jalali_year(self):
        """20 March 2026 is still 1404, the 21st is 1405."""
        first, second, third = (
            self.decree(self.council, seat, self.make_partner(f"Official {seat}")) for seat in ("B8", "B9", "B10")
        )
        first.write({"official_number": "77", "official_date": "2026-03-20"})
        second.write({"official_number": "77", "official_date": "2026-03-21"})
        with self.assertRaises(UniqueViolation), self.cr.savepoint():
            third.write({"official_number": "77", "official_date": "2026-12-31"})
            third.flush_recordset()

    def test_an_ended_decree_keeps_its_reason_and_day(self):
        decree = self.people["B2"].shora_membership_ids.decree_id
        self.end(decree, day="2026-11-22")
        again = {"state": "ended", "end_reason": "revoked", "date_ended": "2026-10-01"}
        with self.assertRaises(UserError):
            decree.sudo().write(again)
        self.assertEqual((decree.end_reason, str(decree.date_ended)), ("resigned", "2026-11-22"))
