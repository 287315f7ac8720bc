"""The roll as of any day (article 4): from decrees alone, and the same as the memberships, on every day of a life."""

import random
from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from tests.common import ShoraCase, tehran


@tagged("post_install", "-at_install")
class TestRoll(ShoraCase):
    def roll(self, day=None, user=None):
        action = (
            self.env["shora.roll"]
            .with_user(user or self.president)
            ._dialog(self.council.with_user(user or self.president), day)
        )
        return self.env["shora.roll"].with_user(user or self.president).browse(action["res_id"])

    def names(self, day):
        return [(row["seat"], row["name"]) for row in self.roll(day)._table_of_roll()["rows"] if row["name"]]

    def differences(self, first, last):
        """Days on which decrees and memberships tell different stories."""
        Decree, wrong = self.env["shora.decree"], []
        day = first
        while day <= last:
            by_decree = {(d.seat_id.id, d.partner_id.id) for d in Decree._roll_on(self.council, day)}
            by_row = {(m.seat_id.id, m.partner_id.id) for m in self.council._members_on(day)}
            if by_decree != by_row:
                wrong.append((str(day), by_decree ^ by_row))
            day += timedelta(days=1)
        return wrong

    def test_before_the_first_decree_nobody_sat(self):
        self.assertEqual(self.names("2026-08-31"), [])
        self.assertEqual(len(self.names("2026-09-01")), 11)

    def test_past_today_and_coming_days(self):
        heir = self.make_partner("Heir")
        self.end(self.people["B2"].shora_membership_ids, day="2026-11-30")
        self.appoint(self.council, "B2", heir, "2026-12-01")
        self.assertIn(("B2", self.people["B2"].name), self.names("2026-11-30"))
        self.assertIn(("B2", heir.name), self.names("2026-12-01"))
        self.assertNotIn("B3", dict(self.names("2027-09-01")), "the term is over by then")
        self.assertEqual([seat for seat, _name in self.names("2027-12-01")], ["A1", "A2", "A3", "A4"])

    def test_rows_prove_themselves(self):
        row = self.roll()._table_of_roll()["rows"][4]
        self.assertEqual((row["seat"], row["marks"]), ("B1", ["chair"]))
        self.assertTrue(row["number"].startswith("1405/"))
        self.assertTrue(row["first"] and row["last"] and row["dated"])

    def test_vacancy_and_verdict_of_that_day(self):
        self.end(self.people["A3"].shora_membership_ids, "post_lost", "2026-10-31")
        table = self.roll("2026-11-01")._table_of_roll()
        vacant = next(row for row in table["rows"] if row["seat"] == "A3")
        self.assertEqual((vacant["name"], vacant["vacant"]), ("", self.env["shora.words"]._day(date(2026, 11, 1))))
        self.assertTrue(any("3 of 4" in text for text in table["verdict"]))
        self.assertFalse(self.roll("2026-10-31")._table_of_roll()["verdict"])

    def test_decrees_and_memberships_agree_through_a_random_life(self):
        """Appointments, renewals, ends, successors and a deemed resignation, then every day of two years."""
        dice = random.Random(5)
        for day in ("2026-09-14", "2026-09-28", "2026-10-12"):
            self.held_session(self.council, day, absent=self.people["B3"])
        day, number = date(2026, 11, 23), 0
        for _step in range(25):
            day += timedelta(days=dice.randint(1, 20))
            with tehran(f"{day} 09:00"):
                self.run_job("cron_terms")
                sitting = self.council._members_on(day)
                seat = dice.choice([f"B{n}" for n in range(2, 9)] + ["A1", "A3", "A4"])
                member = sitting.filtered(lambda m, s=seat: m.seat_id.code == s)
                number += 1
                try:
                    with self.cr.savepoint():
                        if member and dice.random() < 0.6:
                            self.end(member, "resigned", str(day + timedelta(days=dice.randint(-3, 10))))
                        elif member and member.date_to and dice.random() < 0.5:
                            self.appoint(
                                self.council, seat, member.partner_id, member.date_to + timedelta(days=1), "renewal"
                            )
                        else:
                            self.appoint(self.council, seat, self.make_partner(f"N {number}"), str(day))
                except UserError:
                    continue  # refused is refused for both
        with tehran(f"{day} 09:00"):
            self.run_job("cron_terms")
            self.env.invalidate_all()
        self.assertEqual(self.differences(date(2026, 8, 30), date(2028, 9, 30)), [])

    def test_members_as_of_a_day_in_one_search(self):
        Membership = self.env["shora.membership"].with_user(self.hr)
        domain = [("council_id", "=", self.council.id)]
        self.assertEqual(Membership.search_count([*domain, ("on_day", "=", "2026-08-31")]), 0)
        self.assertEqual(Membership.search_count([*domain, ("on_day", "=", "2026-09-01")]), 11)
        self.assertEqual(Membership.search_count([*domain, ("on_day", "=", "2027-09-01")]), 4)

    def test_who_may_ask(self):
        member = self.make_user("t_roll_member", "shora_council.group_shora_member")
        self.appoint(self.council, "B8", member.partner_id, "2026-11-23")
        other = self.make_council("T2")
        foreign, _people = self.staff_council(other, experts=1, prefix="t2")
        roll = self.roll()
        for user in (member, foreign, self.employee):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError):
                    self.env["shora.roll"].with_user(user).create({"council_id": self.council.id})
                with self.assertRaises(AccessError):
                    roll.with_user(user).read(["roll_html"])
        own = self.env["shora.roll"].with_user(foreign).create({"council_id": other.id})
        with self.assertRaises(AccessError):
            own.write({"council_id": self.council.id})

    def test_the_roll_costs_the_same_whatever_the_number_of_members(self):
        small = self.make_council("T2")
        self.appoint(small, "B1", self.make_partner("Only one"))

        def queries(council):
            roll = self.env["shora.roll"].create({"council_id": council.id})
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.assertTrue(roll.roll_html)
            return self.cr.sql_log_count - before

        queries(self.council)
        self.assertLessEqual(abs(queries(self.council) - queries(small)), 2)

    def test_pdf_of_the_roll(self):
        roll = self.roll("2026-09-01")
        html = self.env["shora.pdf"]._html("shora_council.document_roll", roll)
        for person in self.people.values():
            self.assertIn(person.name, html)
