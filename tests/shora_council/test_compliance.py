"""Whether a council keeps its by-law, on one page: which clause it breaks, since when, who must act."""

from odoo.exceptions import AccessError
from odoo.tools import mute_logger

from tests.common import tehran
from tests.shora_council.test_finding_session import FindingCase


class TestCompliance(FindingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with tehran("2026-09-01 08:00"):
            cls.other = cls.make_council("T2")
            cls.other_secretary, _people = cls.staff_council(cls.other, prefix="t2_")

    def page(self, user, council=None, year=None):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env["shora.compliance"].with_user(user).get_council((council or self.council).id, year)

    def overview(self, user, year=None):
        self.env.flush_all()
        self.env.invalidate_all()
        data = self.env["shora.compliance"].with_user(user).get_overview(year)
        return data, {row["id"]: row for row in data["councils"]}

    def clause(self, page, code):
        return next(clause for clause in page["clauses"] if clause["code"] == code)

    def check(self, at):
        with tehran(at):
            self.env["shora.finding"]._check(self.council | self.other)

    def test_kept_broken_and_put_right_again(self):
        """A3 is vacant from 21 to 30 November: ten of the 91 days from 1 September to 30 November."""
        self.check("2026-09-01 09:00")
        self.end(self.people["A3"].shora_membership_ids, "post_lost", "2026-11-20")
        self.check("2026-11-23 12:30")
        with tehran("2026-11-30 12:00"):
            page = self.page(self.head)
            clause = self.clause(page, "4-A")
            self.assertEqual(
                (clause["state"], clause["open"], clause["actors"]), ("warn", 1, "President of the Centre")
            )
            self.assertEqual((clause["days"], clause["score"]), (10, 100 * 81 // 91))
            [finding] = clause["findings"]
            self.assertEqual((finding["age"], finding["model"], finding["mine"]), (10, "shora.seat", False))
            self.assertTrue(self.clause(self.page(self.president), "4-A")["findings"][0]["mine"])
            self.assertEqual(self.clause(page, "5-5")["state"], "kept")
            self.assertEqual(self.clause(page, "5-5")["score"], 100)
            self.assertLess(page["council"]["score"], 100)
        with tehran("2026-12-01 12:00"):
            self.appoint(self.council, "A3", self.make_partner("Next"), "2026-12-01")
            page = self.page(self.head)
            clause = self.clause(page, "4-A")
            self.assertEqual((clause["state"], clause["open"], clause["findings"]), ("kept", 0, []))
            self.assertEqual((clause["days"], clause["score"]), (10, 100 * 82 // 92), "the past stays as it was")
            self.assertEqual(len(clause["spans"]), 1)

    def test_information_lowers_no_score(self):
        member = self.people["B1"].shora_membership_ids.with_user(self.secretary)
        member.tendency_ids = self.env["shora.tendency"].search([])[:1]
        self.check("2026-11-23 12:00")
        clause = self.clause(self.page(self.head), "4-n1")
        self.assertEqual((clause["state"], clause["days"], clause["score"]), ("info", 0, 100))

    def test_years(self):
        """The finding of 1405 does not weigh on 1406; in 1404 the council did not exist."""
        self.check("2026-09-01 09:00")
        self.end(self.people["A3"].shora_membership_ids, "post_lost", "2026-11-20")
        self.check("2026-11-23 12:00")
        with tehran("2027-03-20 12:00"):
            self.appoint(self.council, "A3", self.make_partner("Next"), "2027-03-20")
        with tehran("2027-04-04 12:00"):
            page = self.page(self.head)
            self.assertEqual((page["year"], page["years"]), (1406, [1405, 1406]))
            self.assertEqual(self.clause(page, "4-A")["days"], 0)
            self.assertEqual(self.clause(self.page(self.head, year=1405), "4-A")["days"], 119)
            self.assertIsNone(self.clause(self.page(self.head, year=1404), "4-A")["score"])

    def test_a_year_that_is_none_is_the_running_one(self):
        self.check("2026-09-01 09:00")
        for year in (None, False, 0, -3, 99999, "1405", [1405]):
            self.assertEqual(self.page(self.head, year=year)["year"], 1405, year)
        for council in ("1", [self.council.id], None, 0, -1):
            with self.assertRaises(AccessError):
                self.env["shora.compliance"].with_user(self.head).get_council(council)

    def test_overview_has_a_row_for_every_council_and_a_column_for_every_clause(self):
        self.check("2026-09-01 09:00")
        self.end(self.people["A3"].shora_membership_ids, "post_lost", "2026-11-20")
        self.check("2026-11-23 12:00")
        data, rows = self.overview(self.head)
        codes = [clause["code"] for clause in data["clauses"]]
        self.assertEqual(len(codes), len(set(codes)))
        self.assertLess({"4", "4-A", "4-B", "5-1", "5-2", "5-5", "5-6", "5-7"}, set(codes))
        self.assertEqual(codes.index("4-A") + 1 < codes.index("5-1"), True, "in the order of the by-law")
        mine, other = rows[self.council.id], rows[self.other.id]
        self.assertEqual([cell["code"] for cell in mine["cells"]], codes)
        self.assertEqual((mine["worst"]["citation"], mine["open"]), ("Article 4", 3))
        self.assertEqual(other["open"], 1, "the approval date of the by-law")
        self.assertLess(mine["score"], other["score"])

    def test_who_sees_which_council(self):
        for user in (self.head, self.secretariat, self.president, self.office, self.auditor, self.admin):
            self.assertLess({self.council.id, self.other.id}, set(self.overview(user)[1]), user.name)
        self.assertEqual(set(self.overview(self.secretary)[1]), {self.council.id})
        with self.assertRaises(AccessError):
            self.page(self.secretary, self.other)
        for user in (self.employee, self.hr, self.make_user("t_only_member", "shora_council.group_shora_member")):
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
                self.overview(user)
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
                self.page(user)

    def test_a_member_of_one_and_secretary_of_another_sees_the_other(self):
        with tehran("2026-11-23 12:00"):
            self.appoint(self.other, "B8", self.secretary.partner_id, "2026-11-23")
            self.assertEqual(set(self.overview(self.secretary)[1]), {self.council.id})

    def test_queries_do_not_grow_with_councils(self):
        self.check("2026-11-23 12:00")
        few = self.queries()
        with tehran("2026-09-01 08:00"):
            for number in range(3, 8):
                council = self.make_council(f"T{number}")
                self.appoint(council, "B1", self.make_partner(f"One {number}"), "2026-09-01")
        self.env["shora.finding"]._check(self.env["shora.council"].search([]))
        self.assertLessEqual(self.queries(), few)

    def queries(self):
        self.overview(self.head)
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self.env["shora.compliance"].with_user(self.head).get_overview()
        return self.cr.sql_log_count - before
