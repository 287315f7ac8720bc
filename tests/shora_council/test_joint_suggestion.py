"""Themes that several councils treat are suggested to the Secretariat (5-10)."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from tests.common import tehran
from tests.shora_council.joint_case import JointCase


@tagged("post_install", "-at_install")
class TestSuggestion(JointCase):
    def suggested(self, user=None):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env["shora.joint.suggestion"].with_user(user or self.secretariat).search([])

    def of(self, theme, user=None):
        return self.suggested(user).filtered(lambda one: one.theme_id == theme)

    def treat(self, council, secretary, theme, day, held=True):
        """An item with ``theme`` on a session of ``council``."""
        with tehran(f"{day} 06:00"):
            session = self.plan(council, day, kind="extraordinary", user=secretary)
            session.agenda_item_ids.theme_ids = theme
        if held:
            with tehran(f"{day} 12:30"):
                session.write({"presiding_ground": "chair", "state": "open"})
                self.close(session)
        return session

    def test_two_councils_make_a_suggestion_one_does_not(self):
        theme = self.themes[0]
        self.treat(self.council, self.secretary, theme, "2026-10-01")
        self.treat(self.council, self.secretary, theme, "2026-10-02")
        self.assertFalse(self.of(theme))
        self.treat(self.second, self.second_secretary, theme, "2026-10-03")
        found = self.of(theme)
        self.assertEqual((found.council_count, found.item_count, found.council_names), (2, 3, "T1, T2"))
        self.assertEqual((found.coming_count, found.line_count), (0, 0))

    def test_the_year_is_the_jalali_one_that_ends_today(self):
        theme = self.themes[0]
        self.treat(self.second, self.second_secretary, theme, "2026-10-03")
        self.treat(self.council, self.secretary, theme, "2026-09-02")  # 11 Shahrivar 1405
        for at, expected in (("2027-09-02", 1), ("2027-09-03", 0)):
            with tehran(f"{at} 10:00"):
                self.assertEqual(len(self.of(theme)), expected, at)

    def test_coming_agendas_and_plans_of_the_year_count_too(self):
        theme, other = self.themes[1], self.themes[2]
        self.treat(self.council, self.secretary, theme, "2026-12-10", held=False)
        plan = self.env["shora.annual.plan"].create(
            {
                "council_id": self.third.id,
                "year": 1405,
                "line_ids": [(0, 0, {"name": "L", "theme_ids": [(6, 0, (theme | other).ids)]})],
            }
        )
        self.assertFalse(self.of(theme), "a draft is nobody's plan yet")
        plan._store_facts({"state": "in_execution"})
        found = self.of(theme)
        self.assertEqual((found.council_count, found.coming_count, found.line_count), (2, 1, 1))
        self.assertFalse(self.of(other))
        plan._store_facts({"year": 1404})
        self.assertFalse(self.of(theme))

    def test_withdrawn_items_and_what_the_joint_meeting_put_itself_do_not_count(self):
        theme = self.themes[0]
        self.plan(self.council, "2026-12-14")
        self.plan(self.second, "2026-12-14", user=self.second_secretary)
        item = self.theme(self.joint("2026-12-10"))
        item.push_to((self.council | self.second).ids)
        self.assertFalse(self.of(theme))
        session = self.treat(self.council, self.secretary, theme, "2026-12-20", held=False)
        self.treat(self.second, self.second_secretary, theme, "2026-12-20", held=False)
        self.assertEqual(len(self.of(theme)), 1)
        session.agenda_item_ids.action_withdraw()
        self.assertFalse(self.of(theme))

    def test_one_click_puts_it_on_the_next_joint_agenda_once(self):
        theme = self.themes[0]
        for council, secretary in ((self.council, self.secretary), (self.second, self.second_secretary)):
            self.treat(council, secretary, theme, "2026-10-03")
        with self.assertRaisesRegex(UserError, "plan one first"):
            self.of(theme).action_put_on_agenda()
        self.joint("2026-12-24")
        session = self.joint("2026-12-10")
        self.assertEqual(self.of(theme).action_put_on_agenda()["res_id"], session.id)
        self.of(theme, self.head).action_put_on_agenda()
        items = session.agenda_item_ids.filtered(lambda item: theme in item.theme_ids)
        self.assertEqual((len(items), items.state, items.source), (1, "accepted", "secretariat"))
        self.assertEqual(self.of(theme).joint_item_id, items)

    def test_who_does_not_set_the_agenda_is_refused(self):
        theme = self.themes[0]
        for council, secretary in ((self.council, self.secretary), (self.second, self.second_secretary)):
            self.treat(council, secretary, theme, "2026-10-03")
        self.joint("2026-12-10")
        for user in (self.secretary, self.admin, self.hr, self.employee):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.suggested(user)
        with self.assertRaises(AccessError):
            self.of(theme, self.auditor).action_put_on_agenda()
        company = self.env["res.company"].create({"name": "Elsewhere"})
        other = self.make_user("t_other_staff", "shora_council.group_shora_secretariat")
        other.write({"company_ids": [(6, 0, company.ids)], "company_id": company.id})
        model = self.env["shora.joint.suggestion"].with_user(other).with_company(company)
        self.assertFalse(model.with_context(allowed_company_ids=company.ids).search([]))

    def test_suggesting_costs_the_same_whatever_the_number_of_councils(self):
        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            spec = {name: {} for name in ("council_count", "council_names", "item_count", "coming_count", "line_count")}
            spec["theme_id"] = {"fields": {"display_name": {}}}
            self.env["shora.joint.suggestion"].with_user(self.secretariat).web_search_read([], spec)
            return self.cr.sql_log_count - before

        for council, secretary in ((self.council, self.secretary), (self.second, self.second_secretary)):
            self.treat(council, secretary, self.themes[0], "2026-10-03")
        queries()
        two = queries()
        self.treat(self.third, self.third_secretary, self.themes[0] | self.themes[1], "2026-10-03")
        self.treat(self.second, self.second_secretary, self.themes[1], "2026-10-04")
        self.assertEqual(queries(), two)
