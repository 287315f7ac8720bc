"""Dashboards: every number opens as many records as it says, says what the reports say, and costs the same for all."""

from odoo.addons.web_jalali.tools import jalali
from odoo.exceptions import AccessError
from odoo.tests import tagged

from tests.common import tehran

from .report_case import ReportCase

#: queries of a page, whatever the number of councils
BUDGET = 100


def figures_in(page):
    """Every figure of a page, with the way to it."""
    found = []

    def walk(path, part):
        if isinstance(part, dict):
            if {"value", "model", "domain"} <= part.keys():
                found.append((path, part))
            for key, one in part.items():
                walk(f"{path}.{key}", one)
        elif isinstance(part, list):
            for at, one in enumerate(part):
                walk(f"{path}[{at}]", one)

    walk("page", page)
    return found


@tagged("post_install", "-at_install")
class TestDashboard(ReportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        themes = cls.env["shora.theme"].search([], limit=3)
        cls.council.theme_ids = themes
        expert = cls.council.membership_ids.filtered(lambda member: member.partner_id == cls.people["B4"])
        expert.theme_ids = themes[:2]
        with tehran(cls.TODAY):
            for council, session in ((cls.council, cls.first), (cls.other, cls.elsewhere)):
                cls.resolutions(council, session)
            plan = cls.env["shora.annual.plan"].create({"council_id": cls.council.id, "year": 1405})
            days = {"date_from": "2026-10-23", "date_to": "2026-11-23"}
            cls.line = plan.line_ids.create({"plan_id": plan.id, "name": "Line", "goal": "Goal", **days})
            plan._store_facts({"state": "in_execution"})
            cls.env.invalidate_all()
            cls.env["shora.finding"]._check(cls.council | cls.other)
        cls.env.flush_all()

    @classmethod
    def resolutions(cls, council, session):
        for number, values in enumerate(
            (
                {"state": "adopted", "date_due": "2026-11-20"},
                {"state": "in_execution", "date_due": "2026-12-20", "progress": 10},
                {"state": "done", "date_due": "2026-11-01", "done_on": "2026-10-31"},
                {"state": "rejected"},
            )
        ):
            one = session.env["shora.resolution"].create({"session_id": session.id, "name": f"{council.code} {number}"})
            one._store_facts(values)

    def page(self, user=None, council=None, lang="en_US"):
        self.env.invalidate_all()
        dashboard = self.env(user=user or self.secretariat, context={"lang": lang})["shora.dashboard"]
        return dashboard.get_council(council.id) if council else dashboard.get_overview()

    def card(self, page, label):
        return next(card["value"] for card in page["cards"] if card["label"] == label)

    # --- who ---

    def test_who_may_look(self):
        for role in ("president", "office", "head", "secretariat", "auditor", "secretary", "staff"):
            with self.subTest(role=role):
                user = getattr(self, role)
                self.assertEqual(self.page(user, self.council)["council"]["id"], self.council.id)
                self.assertIn(self.council.id, [line["id"] for line in self.page(user)["councils"]])
        for role in ("member", "other_member", "portal", "hr", "employee"):
            with self.subTest(role=role):
                for council in (None, self.council):
                    with self.assertRaises(AccessError):
                        self.page(getattr(self, role), council)

    def test_secretaries_look_at_their_own_council_only(self):
        page = self.page(self.other_secretary)
        self.assertEqual([line["id"] for line in page["councils"]], self.other.ids)
        for path, figure in figures_in(page):
            self.assertNotIn(
                str(self.council.id), str([term for term in figure["domain"] if term[0] == "council_id"]), path
            )
        with self.assertRaises(AccessError):
            self.page(self.other_secretary, self.council)

    # --- what ---

    def test_every_number_opens_as_many_records_as_it_says(self):
        for user in (self.secretariat, self.secretary, self.staff, self.auditor):
            for council in (None, self.council):
                page = self.page(user, council)
                found = figures_in(page)
                self.assertGreater(len([one for _path, one in found if one["value"]]), 25)
                for path, figure in found:
                    records = self.env[figure["model"]].with_user(user).with_context(active_test=False)
                    count = records.search_count(figure["domain"])
                    with self.subTest(user=user.login, figure=path):
                        self.assertEqual(count, figure.get("count", figure["value"]))

    def test_numbers_are_those_of_the_reports(self):
        page = self.page(council=self.council)
        (summary,) = self.table("council_summary")
        line = self.lines(summary)[0]
        self.assertEqual(self.card(page, "Open findings"), line["findings"])
        self.assertEqual(self.card(page, "Minutes awaited"), line["awaited"])
        self.assertEqual(self.card(page, "Sessions held this year"), line["held"])
        self.assertEqual(page["resolutions"]["overdue"]["value"], line["overdue"])
        self.assertEqual(page["composition"][-1]["experts"]["value"], line["experts"])
        self.assertEqual(page["composition"][-1]["total"]["value"], line["members"])
        (attended,) = self.table("attended_sessions", by_month=True)
        months = {}
        for row in self.lines(attended):
            if row["capacity"] == "Member":
                there, all_ = months.get(row["period"], (0, 0))
                months[row["period"]] = (there + row["attended"], all_ + row["sessions"])
        shown = {line["label"]: line for line in page["attendance"]}
        for month, (there, all_) in months.items():
            self.assertEqual(shown[month]["attended"]["value"], there, month)
            self.assertEqual(shown[month]["share"]["value"], round(100 * there / all_), month)
        (overdue,) = self.table("deadline_register", year=None, state="overdue")
        self.assertEqual(self.card(page, "Overdue deadlines"), len(list(overdue.rows())))

    def test_today_and_soon(self):
        self.assertEqual(self.card(self.page(council=self.council), "Due today"), 1, "the line of the plan")
        first = next(line for line in self.page(council=self.council)["deadlines"])
        self.assertEqual((first["label"], first["days"]), ("Line of the annual plan", 0))
        with tehran("2026-11-24 00:00"):
            page = self.page(council=self.council)
        self.assertEqual(self.card(page, "Due today"), 0)
        with tehran("2026-11-16 12:00"):
            page = self.page(council=self.council)
        self.assertEqual(self.card(page, "Due within 7 days"), 3, "on the 19th, the 20th and the 23rd")

    def test_resolutions_by_state_and_age(self):
        page = self.page(council=self.council)["resolutions"]
        states = {line["label"]: [cell["value"] for cell in line["cells"]] for line in page["states"]}
        self.assertEqual(page["bands"], ["Up to 30 days", "31 to 90 days", "91 to 180 days", "Over 180 days", "No age"])
        self.assertEqual(states["Adopted"], [0, 1, 0, 0, 0])
        self.assertEqual(states["Done"], [1, 0, 0, 0, 0])
        self.assertEqual(states["Rejected"], [0, 0, 0, 0, 1])
        self.assertEqual(page["total"]["value"], 4)

    def test_compliance_is_that_of_its_page(self):
        page = self.page(council=self.council)
        other = self.env["shora.compliance"].with_user(self.secretariat).get_council(self.council.id)
        scores = {cell["code"]: cell["score"] for cell in other["clauses"] if cell["state"] != "silent"}
        self.assertEqual({line["code"]: line["score"] for line in page["compliance"]}, scores)

    def test_coverage(self):
        page = self.page(council=self.council)
        themes = page["coverage"][0]
        self.assertEqual((themes["covered"]["value"], themes["all"]["value"], len(themes["missing"])), (2, 3, 1))
        self.assertEqual(len(page["coverage"]), 1, "tendencies are for those who may read them (4 note 1)")
        self.assertGreater(len(self.page(self.secretary, self.council)["coverage"]), 1)
        row = next(line for line in self.page()["councils"] if line["id"] == self.council.id)
        self.assertEqual((row["covered"]["value"], row["themes"]["value"]), (2, 3))

    def test_persian_months_and_words(self):
        page = self.page(council=self.council, lang="fa_IR")
        labels = [line["label"] for line in page["attendance"]]
        self.assertEqual((len(labels), labels[0], labels[-1]), (12, "دی ۱۴۰۴", "آذر ۱۴۰۵"))
        for part in (*page["cards"], *page["resolutions"]["states"]):
            self.assertNotRegex(part["label"], "[A-Za-z0-9]")
        with tehran(f"{jalali.from_jalali(1406, 1, 1)} 00:00"):
            labels = [line["label"] for line in self.page(council=self.council, lang="fa_IR")["attendance"]]
        self.assertEqual((labels[0], labels[-1]), ("اردیبهشت ۱۴۰۵", "فروردین ۱۴۰۶"))

    def test_a_council_without_anything(self):
        empty = self.make_council("T3")
        page = self.page(council=empty)
        self.assertFalse(page["deadlines"])
        self.assertFalse(page["resolutions"]["states"])
        self.assertEqual({line["share"]["value"] for line in page["attendance"]}, {None})
        self.assertEqual(page["composition"][-1]["total"]["value"], 0)

    # --- cost ---

    def test_as_many_queries_for_two_councils_as_for_one(self):
        costs = {}
        for user in (self.secretariat, self.other_secretary, self.secretariat, self.other_secretary):
            self.env.invalidate_all()
            dashboard = self.env["shora.dashboard"].with_user(user)
            before = self.cr.sql_log_count
            dashboard.get_overview()
            costs[user] = self.cr.sql_log_count - before
        self.assertLessEqual(costs[self.secretariat], costs[self.other_secretary] + 20, costs)
        self.assertLessEqual(costs[self.secretariat], BUDGET)
        self.env.invalidate_all()
        with self.assertQueryCount(BUDGET):
            self.env["shora.dashboard"].with_user(self.secretary).get_council(self.council.id)
