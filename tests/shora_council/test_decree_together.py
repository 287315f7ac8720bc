"""Decrees issued together are judged together: all or nothing, on every day that matters (article 4)."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from tests.common import ShoraCase


@tagged("post_install", "-at_install")
class TestTogether(ShoraCase):
    def several(self, *seats, date_from="2026-11-23"):
        return self.env["shora.decree"].union(
            *(self.decree(self.council, seat, self.make_partner(f"New {seat}"), date_from) for seat in seats)
        )

    def test_all_or_nothing(self):
        four = self.several("B8", "B9", "B10", "B11")
        with self.assertRaisesRegex(UserError, r"11 experts, at most 10"):
            four.with_user(self.president).action_issue()
        self.assertEqual(set(four.mapped("state")), {"proposed"})
        self.assertFalse(any(four.mapped("internal_number")))
        three = four[:3]
        three.with_user(self.president).action_issue()
        self.assertEqual(set(three.mapped("state")), {"in_force"})
        self.assertEqual(self.council._composition_on(self.council._today()).total, 14)

    def test_every_reason_names_its_decree(self):
        bad = self.decree(self.council, "B2", self.make_partner("Late"), "2026-11-23")
        good = self.several("B8")
        with self.assertRaises(UserError) as refused:
            (bad | good).with_user(self.president).action_issue()
        self.assertIn(f"{bad.display_name}: ", str(refused.exception))
        self.assertIn(self.people["B2"].name, str(refused.exception))
        self.assertNotIn(f"{good.display_name}: ", str(refused.exception))
        self.assertEqual(good.state, "proposed")

    def test_two_decrees_for_one_seat(self):
        both = self.several("B8") | self.decree(self.council, "B8", self.make_partner("Second"), "2026-11-23")
        with self.assertRaisesRegex(UserError, "held by"):
            both.with_user(self.president).action_issue()

    def test_one_person_in_two_seats(self):
        person = self.make_partner("Twice")
        both = self.decree(self.council, "B8", person, "2026-11-23") | self.decree(
            self.council, "B9", person, "2026-11-23"
        )
        with self.assertRaisesRegex(UserError, "already holds"):
            both.with_user(self.president).action_issue()

    def test_end_and_appointment_for_the_same_seat(self):
        leaving = self.people["B2"].shora_membership_ids
        end = (
            self.env["shora.decree"]
            .with_user(self.president)
            .create(
                {
                    "kind": "end",
                    "ends_decree_id": leaving.decree_id.id,
                    "end_ground": "resigned",
                    "date_from": "2026-11-23",
                }
            )
        )
        end.action_propose()
        new = self.several("B8", "B9", "B10")
        heir = self.decree(self.council, "B2", self.make_partner("Heir"), "2026-11-23")
        (heir | new | end).with_user(self.president).action_issue()
        self.assertEqual(leaving.state, "ended")
        self.assertEqual(heir.membership_id.state, "current")
        self.assertEqual(self.council._composition_on(self.council._today()).experts, 10)

    def test_a_maximum_holds_on_coming_days_too(self):
        """Ten from December on: an eleventh that begins before them is refused for their day."""
        self.several("B8", "B9", "B10", date_from="2026-12-10").with_user(self.president).action_issue()
        early = self.decree(self.council, "B11", self.make_partner("Early"), "2026-11-23")
        with self.assertRaisesRegex(UserError, r"11 experts, at most 10"):
            early.action_issue()

    def test_renewal_and_chair_in_one_set(self):
        """The chair's decree ends with its row unless renewed in the same basket (spec, section 5)."""
        person = self.people["B1"]
        renewal = self.decree(self.council, "B1", person, "2027-09-01", kind="renewal")
        chair = self.decree(self.council, "B1", person, "2027-09-01", kind="chair")
        with self.assertRaisesRegex(UserError, "active expert"):
            chair.action_issue()
        (chair | renewal).with_user(self.president).action_issue()
        self.assertEqual(chair.membership_id, renewal.membership_id)
        self.assertEqual(chair.date_to, renewal.date_to)

    def test_renewal_needs_somebody_who_held_the_seat(self):
        decree = self.decree(self.council, "B9", self.make_partner("Nobody"), kind="renewal")
        with self.assertRaisesRegex(UserError, "has not held"):
            decree.action_issue()

    def test_eleven_and_fourteen_pass_ten_is_a_finding(self):
        """10 is reported, 11…14 keep both ranges, 15 is out of reach (register of readings)."""
        codes = lambda: {breach.code for breach in self.council._breaches(self.council._today())}  # noqa: E731
        self.assertEqual(self.council._composition_on(self.council._today()).total, 11)
        self.assertFalse(codes())
        self.end(self.people["B7"].shora_membership_ids, day="2026-11-22")
        self.assertEqual(codes(), {"total_min"})
        self.several("B7", "B8", "B9", "B10").with_user(self.president).action_issue()
        self.assertEqual(self.council._composition_on(self.council._today()).total, 14)
        self.assertFalse(codes())

    def test_queries_do_not_grow_with_the_decrees_judged(self):
        decrees = self.several("B8", "B9", "B10").with_user(self.president)

        def queries(some):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            some._together_reasons()
            return self.cr.sql_log_count - before

        queries(decrees)
        self.assertLessEqual(queries(decrees), queries(decrees[0]) + 2)
