"""Composition table and basket of decrees (article 4): what is shown, to whom, and that it is what is judged."""

from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from tests.common import ShoraCase


@tagged("post_install", "-at_install")
class TestComposition(ShoraCase):
    def table(self, user, decrees=None):
        composition = self.env["shora.composition"].with_user(user)
        council = self.council.with_user(user)
        return composition._table_of(council, self.council._today(), decrees and decrees.with_user(user))

    def html(self, user):
        return str(self.council.with_user(user).composition_html)

    def measure(self, table, key):
        return next(line for line in table["measures"] if line["key"] == key)

    def test_boundaries_of_the_total(self):
        """10 below, 11 and 14 in order, and 15 in words: it cannot be reached."""
        self.assertEqual(self.measure(self.table(self.president), "total")["verdict"], "in order")
        self.end(self.people["B7"].shora_membership_ids, day="2026-11-22")
        line = self.measure(self.table(self.president), "total")
        self.assertEqual((line["after"], line["verdict"], line["level"]), (10, "1 missing", "warning"))
        new = self.env["shora.decree"].union(
            *(self.decree(self.council, f"B{n}", self.make_partner(f"New {n}"), "2026-11-23") for n in range(7, 12))
        )
        line = self.measure(self.table(self.president, new[:4]), "total")
        self.assertEqual((line["before"], line["after"], line["level"]), (10, 14, "success"))
        table = self.table(self.president, new)
        self.assertEqual(self.measure(table, "experts")["verdict"], "1 too many")
        self.assertEqual(self.measure(table, "experts")["level"], "danger")
        self.assertTrue(any("11 experts, at most 10" in reason for reason in table["reasons"]))

    def test_the_conflict_of_the_ranges_is_explained_with_the_values_of_the_version(self):
        text = " ".join(self.table(self.president)["conflict"])
        for words in (
            "10 to 14",
            "11 to 15",
            "7 to 10 experts",
            "6 experts are allowed and still too few",
            "15 members",
        ):
            self.assertIn(words, text)
        reading = self.council.bylaw_id.interpretation_ids.filtered(lambda r: r.clause_id.code == "4")
        self.assertIn("15 members cannot be reached", reading.explanation)
        version = self.env["shora.bylaw"].browse(self.council.bylaw_id.action_new_version()["res_id"])
        version.rule_ids.filtered(lambda r: r.code == "total_min").value = 10
        version.rule_ids.filtered(lambda r: r.code == "total_max").value = 14
        self.assertEqual(version._conflict_lines(), [], "10…14 against 4 + 6…10: no conflict left")
        version.rule_ids.filtered(lambda r: r.code == "total_max").is_active = False
        self.assertEqual(version._conflict_lines(), [], "an open range cannot contradict")

    def test_vacancy_is_shown_with_its_day(self):
        self.end(self.people["A3"].shora_membership_ids, "post_lost", "2026-10-31")
        seat = next(line for line in self.table(self.president)["seats"] if line["label"] == "A3")
        self.assertFalse(seat["after"])
        self.assertEqual(seat["vacant_since"], self.env["shora.words"]._day(date(2026, 11, 1)))

    def test_a_member_who_acts_is_shown_in_the_secretarys_seat(self):
        self.end(self.secretary.partner_id.shora_membership_ids, day="2026-11-22")
        self.appoint(self.council, "A2", self.people["B2"], "2026-11-23", kind="acting")
        seat = next(line for line in self.table(self.president)["seats"] if line["label"] == "A2")
        self.assertIn(self.people["B2"].name, seat["after"])

    def test_the_chair_before_and_after(self):
        chair = self.env["shora.decree"].search([("council_id", "=", self.council.id), ("kind", "=", "chair")])
        end = (
            self.env["shora.decree"]
            .with_user(self.president)
            .create({"kind": "end", "ends_decree_id": chair.id, "end_ground": "resigned", "date_from": "2026-11-23"})
        )
        heir = self.decree(self.council, "B2", self.people["B2"], "2026-11-23", kind="chair")
        line = self.table(self.president, end | heir)["seats"][-1]
        self.assertIn(self.people["B1"].name, line["before"])
        self.assertIn(self.people["B2"].name, line["after"])
        self.assertFalse(self.table(self.president, end)["seats"][-1]["after"])

    def test_a_missing_cv_is_shown_and_does_not_block(self):
        decree = self.decree(self.council, "B8", self.make_partner("No CV"), "2026-11-23")
        self.assertTrue(any("No CV" in name for name in self.table(self.president, decree)["without_cv"]))
        decree.cv = "UERG"
        self.assertFalse(any("No CV" in name for name in self.table(self.president, decree)["without_cv"]))

    def test_coverage_counts_a_proposed_expert(self):
        theme = self.env["shora.theme"].create({"name": "Only his"})
        self.council.theme_ids = theme
        before = self.table(self.president)["coverage"][0]
        self.assertEqual((before["after"], before["missing"]), (0, ["Only his"]))
        decree = self.decree(self.council, "B8", self.make_partner("New"), "2026-11-23", theme_ids=[(6, 0, theme.ids)])
        line = self.table(self.president, decree)["coverage"][0]
        self.assertEqual((line["before"], line["after"], line["gained"]), (0, 1, ["Only his"]))
        decree.action_issue()
        self.assertEqual(decree.membership_id.theme_ids, theme)
        self.assertEqual(decree.membership_id.academic_rank, "Professor")

    def test_tendencies_are_shown_to_few_also_inside_the_page(self):
        tendency = self.env["shora.tendency"].create({"name": "A view nobody sees", "dimension": "intellectual"})
        self.council.staff_user_ids = self.make_user("t_c_staff", "shora_council.group_shora_staff")
        member = self.make_user("t_c_member", "shora_council.group_shora_member")
        self.appoint(self.council, "B8", member.partner_id, "2026-11-23")
        for user in (self.president, self.office, self.secretary):
            self.assertIn(tendency.name, self.html(user), user.login)
        for user in (self.hr, self.council.staff_user_ids, member, self.auditor, self.head):
            self.env.invalidate_all()
            self.assertNotIn(tendency.name, self.html(user), user.login)
        decree = self.decree(self.council, "B9", self.make_partner("New"), "2026-11-23")
        with self.assertRaises(AccessError):
            decree.with_user(self.hr).read(["tendency_ids"])

    def test_a_secretary_reads_no_tendencies_of_another_council(self):
        other = self.make_council("T2")
        secretary, _people = self.staff_council(other, experts=1, prefix="t2")
        tendency = self.env["shora.tendency"].create({"name": "Their view", "dimension": "intellectual"})
        composition = self.env["shora.composition"].with_user(secretary)
        self.assertIn(tendency.name, composition._render(other.with_user(secretary), other._today()))
        with self.assertRaises(AccessError):
            composition._render(self.council.with_user(secretary), self.council._today())

    def test_rank_and_field_are_on_file(self):
        decree = self.decree(self.council, "B8", self.make_partner("New"), "2026-11-23", academic_rank=" ")
        with self.assertRaisesRegex(UserError, "Article 4, part B.*academic rank must be on file"):
            decree.action_issue()

    def test_a_renewal_starts_from_what_is_known(self):
        theme = self.env["shora.theme"].search([], limit=2)
        self.people["B2"].shora_membership_ids.theme_ids = theme
        values = {
            "council_id": self.council.id,
            "kind": "renewal",
            "seat_id": self.people["B2"].shora_membership_ids.seat_id.id,
            "partner_id": self.people["B2"].id,
            "date_from": "2027-09-01",
        }
        renewal = self.env["shora.decree"].with_user(self.secretary).create(values)
        self.assertEqual((renewal.theme_ids, renewal.academic_rank), (theme, "Professor"))

    def test_queries_do_not_grow_with_the_members(self):
        small = self.make_council("T2")
        self.appoint(small, "B1", self.make_partner("Only one"))

        def queries(council):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.env["shora.composition"].with_user(self.president)._render(
                council.with_user(self.president), council._today()
            )
            return self.cr.sql_log_count - before

        queries(self.council)
        self.assertLessEqual(abs(queries(self.council) - queries(small)), 2)


@tagged("post_install", "-at_install")
class TestBasket(ShoraCase):
    def basket(self, decrees, user):
        action = decrees.with_user(user).action_basket()
        return self.env[action["res_model"]].with_user(user).browse(action["res_id"])

    def several(self, *seats):
        return self.env["shora.decree"].union(
            *(self.decree(self.council, seat, self.make_partner(f"New {seat}"), "2026-11-23") for seat in seats)
        )

    def test_shows_before_and_after_and_issues_all(self):
        decrees = self.several("B8", "B9", "B10")
        basket = self.basket(decrees, self.president)
        self.assertFalse(basket.reasons)
        self.assertTrue(basket.may_issue)
        self.assertIn("New B9", basket.composition_html)
        basket.action_issue()
        self.assertEqual(set(decrees.mapped("state")), {"in_force"})

    def test_says_in_words_which_clause_fails_and_issues_none(self):
        decrees = self.several("B8", "B9", "B10", "B11")
        basket = self.basket(decrees, self.president)
        self.assertIn("11 experts, at most 10", basket.reasons)
        self.assertFalse(basket.may_issue)
        with self.assertRaisesRegex(UserError, "11 experts"):
            basket.action_issue()
        self.assertEqual(set(decrees.mapped("state")), {"proposed"})

    def test_the_secretary_checks_and_does_not_issue(self):
        basket = self.basket(self.several("B8"), self.secretary)
        self.assertFalse(basket.reasons, "nothing is wrong with it")
        self.assertFalse(basket.may_issue, "but the step is not the secretary's")
        with self.assertRaisesRegex(UserError, "This step belongs to"):
            basket.action_issue()

    def test_hr_types_numbers_in_the_basket(self):
        decrees = self.several("B8", "B9")
        basket = self.basket(decrees, self.hr)
        self.assertIn("Official number", basket.reasons)
        for number, decree in enumerate(decrees, start=1):
            decree.with_user(self.hr).write({"official_number": f"77/{number}", "official_date": "2026-11-22"})
        basket.invalidate_recordset()
        self.assertFalse(basket.reasons)
        basket.action_issue()
        self.assertEqual(set(decrees.mapped("state")), {"in_force"})

    def test_one_council_at_a_time(self):
        other = self.make_council("T2")
        both = self.several("B8") | self.decree(other, "B1", self.make_partner("Other"), "2026-11-23")
        with self.assertRaisesRegex(UserError, "within one council"):
            both.with_user(self.president).action_basket()

    def test_others_have_no_basket(self):
        decrees = self.several("B8")
        for user in (self.employee, self.auditor, self.secretariat):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env["shora.decree.basket"].with_user(user).create(
                    {"council_id": self.council.id, "decree_ids": [(6, 0, decrees.ids)]}
                )

    def test_a_stranger_sees_no_composition_through_a_basket(self):
        """The secretary of another council, by RPC: neither the roll of this council nor its decrees."""
        other = self.make_council("T2")
        stranger, _people = self.staff_council(other, experts=1, prefix="t2")
        Basket = self.env["shora.decree.basket"].with_user(stranger)
        with self.assertRaises(AccessError):
            Basket.create({"council_id": self.council.id}).read(["composition_html"])
        own = Basket.create({"council_id": other.id})
        self.assertIn("t2 person A3", own.composition_html)

    def test_a_basket_holds_no_decree_of_another_council(self):
        other = self.make_council("T2")
        foreign = self.decree(other, "B1", self.make_partner("Other"), "2026-11-23")
        basket = self.basket(self.several("B8"), self.president)
        with self.assertRaisesRegex(UserError, "within one council"):
            basket.write({"decree_ids": [(4, foreign.id)]})

    def test_end_and_heir_of_one_seat(self):
        leaving = self.people["B2"].shora_membership_ids
        values = {"kind": "end", "ends_decree_id": leaving.decree_id.id, "end_ground": "resigned"}
        end = self.env["shora.decree"].with_user(self.president).create({**values, "date_from": "2026-11-23"})
        end.action_propose()
        heir = self.decree(self.council, "B2", self.make_partner("Heir"), "2026-11-23")
        self.assertTrue(self.basket(heir, self.president).reasons, "the seat is held")
        basket = self.basket(heir | end, self.president)
        self.assertFalse(basket.reasons)
        self.assertIn("Heir", basket.composition_html)
        self.assertIn(leaving.partner_id.name, basket.composition_html)
        basket.action_issue()
        self.assertEqual((leaving.state, heir.membership_id.state), ("ended", "current"))

    def test_renewal_and_chair(self):
        person = self.people["B1"]
        renewal = self.decree(self.council, "B1", person, "2027-09-01", kind="renewal")
        chair = self.decree(self.council, "B1", person, "2027-09-01", kind="chair")
        self.assertIn("active expert", self.basket(chair, self.president).reasons)
        basket = self.basket(chair | renewal, self.president)
        self.assertFalse(basket.reasons)
        basket.action_issue()
        self.assertEqual(chair.membership_id, renewal.membership_id)

    def test_one_bad_decree_issues_and_numbers_none(self):
        bad = self.decree(self.council, "B2", self.make_partner("Late"), "2026-11-23")
        decrees = self.several("B8") | bad
        basket = self.basket(decrees, self.president)
        self.assertIn(f"{bad.display_name}: ", basket.reasons)
        with self.assertRaisesRegex(UserError, "held by"):
            basket.action_issue()
        self.assertEqual(set(decrees.mapped("state")), {"proposed"})
        self.assertFalse(any(decrees.mapped("internal_number")))

    def test_queries_do_not_grow_with_the_decrees_shown(self):
        council = self.make_council("T3")
        decrees = self.env["shora.decree"].union(
            *(self.decree(council, f"B{n}", self.make_partner(f"Q {n}"), "2026-11-23") for n in range(1, 11))
        )
        one, ten = self.basket(decrees[0], self.president), self.basket(decrees, self.president)

        def queries(basket):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            basket.read(["composition_html", "reasons", "may_issue"])
            return self.cr.sql_log_count - before

        queries(ten)
        self.assertLessEqual(queries(ten), queries(one) + 2)
