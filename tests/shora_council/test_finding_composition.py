"""Vacancies and shortfalls as findings, each with the day since which it lasts (article 4)."""

from odoo.tests import tagged

from tests.common import ShoraCase, tehran


@tagged("post_install", "-at_install")
class TestVacancies(ShoraCase):
    def open(self):
        self.env["shora.finding"]._check(self.council)
        self.env.invalidate_all()
        found = self.council.finding_ids.filtered(lambda f: f.state == "open" and f.code != "approval_date")
        return {(f.code, f.subject if f.res_model == "shora.seat" else ""): str(f.date_since) for f in found}

    def test_a_full_council_has_none(self):
        self.assertEqual(self.open(), {})

    def test_a_vacant_seat_counts_from_the_day_after_its_holder(self):
        seat = self.council.seat_ids.filtered(lambda s: s.code == "A3")
        self.end(self.people["A3"].shora_membership_ids, "post_lost", "2026-10-31")
        found = self.open()
        self.assertEqual(found["ex_officio_seats", seat.display_name], "2026-11-01")
        self.assertEqual(found["total_min", ""], "2026-11-01", "ten since that day")
        self.appoint(self.council, "A3", self.make_partner("Next"), "2026-11-23")
        self.assertEqual(self.open(), {})

    def test_each_vacant_seat_is_its_own_finding(self):
        for code, day in (("A1", "2026-10-10"), ("A3", "2026-10-31")):
            self.end(self.people[code].shora_membership_ids, "post_lost", day)
        days = {key[1][:2]: since for key, since in self.open().items() if key[0] == "ex_officio_seats"}
        self.assertEqual(days, {"A1": "2026-10-11", "A3": "2026-11-01"})

    def test_the_chair_is_missing_since_the_day_after_the_last_one(self):
        chair = self.env["shora.decree"].search([("council_id", "=", self.council.id), ("kind", "=", "chair")])
        self.end(chair, day="2026-11-10")
        self.assertEqual(self.open(), {("one_chair", ""): "2026-11-11"})

    def test_without_any_chair_since_the_first_expert(self):
        self.council = self.make_council("T2")
        self.appoint(self.council, "B1", self.make_partner("First"), "2026-10-05")
        self.appoint(self.council, "B2", self.make_partner("Second"), "2026-10-20")
        found = self.open()
        self.assertEqual(found["one_chair", ""], "2026-10-05")
        self.assertEqual({since for key, since in found.items() if key[0] == "ex_officio_seats"}, {"2026-10-05"})
        self.assertEqual(found["expert_min", ""], "2026-10-05")

    def test_ten_is_a_finding_and_eleven_closes_it(self):
        member = self.people["B7"].shora_membership_ids
        self.end(member, day="2026-11-22")
        self.assertEqual(self.open(), {("total_min", ""): "2026-11-23"})
        self.appoint(self.council, "B7", self.make_partner("Eleventh"), "2026-11-23")
        self.assertEqual(self.open(), {})

    def test_council_and_coming_sessions_are_warned(self):
        session = self.session(self.council, "2026-12-10")
        self.assertFalse(self.council.composition_text or session.composition_warning)
        self.end(self.people["B7"].shora_membership_ids, day="2026-12-01")
        self.env.invalidate_all()
        self.assertFalse(self.council.composition_text, "not yet")
        self.assertIn("10 members, at least 11", session.composition_warning)
        with tehran("2026-12-02 00:00"):
            self.env.invalidate_all()
            self.assertIn("10 members, at least 11", self.council.composition_text)

    def test_expiry_opens_them_at_midnight(self):
        with tehran("2027-08-31 23:59"):
            self.run_job("cron_terms")
            self.assertNotIn(("expert_min", ""), self.open())
        with tehran("2027-09-01 00:00"):
            self.run_job("cron_terms")
            self.assertEqual(self.open()["expert_min", ""], "2027-09-01")
            self.assertEqual(self.open()["one_chair", ""], "2027-09-01")
