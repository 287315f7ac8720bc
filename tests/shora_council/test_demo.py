"""The demonstration: two councils with a year of history, so that every screen has something to show."""

import logging
from datetime import date, timedelta
from unittest.mock import patch

from odoo import api
from odoo.addons.shora_council.demo import demo_clock
from odoo.addons.shora_council.demo.demo_dossiers import BY_OFFICE, EVERY, SEPARATE, WITHDRAWS
from odoo.addons.shora_council.rules import clock
from odoo.addons.web_jalali.tools import jalali
from odoo.tests import TransactionCase
from odoo.tools import convert_file

from tests.common import CouncilBuilder, tagged_post_install, tehran

#: role → models whose lists have something to show
LISTS = {
    "secretary": (
        *("shora.session", "shora.agenda.item", "shora.notice", "shora.attendance", "shora.resolution"),
        *("shora.minutes", "shora.minutes.addendum", "shora.finding", "shora.annual.plan", "shora.membership"),
        *("shora.annual.plan.amendment", "shora.deemed.resignation", "shora.decree", "shora.bylaw"),
        *("shora.joint.push", "shora.substitute"),
    ),
    "staff": ("shora.session", "shora.agenda.item", "shora.resolution", "shora.minutes", "shora.annual.plan"),
    "president": (
        *("shora.session", "shora.decree", "shora.resolution", "shora.annual.plan", "shora.finding", "shora.dossier"),
        "shora.decision.time",
    ),
    "office": ("shora.decree", "shora.resolution", "shora.annual.plan", "shora.finding", "shora.dossier"),
    "head": (
        *("shora.minutes", "shora.finding", "shora.compliance.digest", "shora.archive.folder", "shora.seal"),
        *("shora.dossier", "shora.review.note", "shora.joint.push", "shora.joint.suggestion", "shora.decision.time"),
    ),
    "secretariat": (
        *("shora.minutes", "shora.minutes.step", "shora.resolution", "shora.finding", "shora.dossier"),
        *("shora.joint.push", "shora.joint.suggestion", "shora.review.note"),
    ),
    "auditor": ("shora.session", "shora.integrity.check", "shora.finding", "shora.archive.copy"),
    "hr": ("shora.decree", "shora.membership", "shora.seat", "hr.employee"),
    "member": ("shora.session", "shora.resolution", "shora.minutes", "shora.annual.plan"),
    "portal": ("shora.session", "shora.agenda.item", "shora.resolution", "shora.minutes"),
    "guest": ("shora.agenda.item",),
}
#: what is open on an ordinary day
FOUND = {
    *("approval_date", "coverage_gap", "absence_near", "term_ending", "post_changed", "one_chair"),
    *("minutes_overdue", "resolution_overdue", "quorum_missing"),
}


@tagged_post_install
class DemoCase(CouncilBuilder, TransactionCase):
    """The data as ``make run`` loads it, documents named and not laid out."""

    TODAY = date(2026, 11, 24)  # سه‌شنبه ۳ آذر ۱۴۰۵

    @classmethod
    def load(cls):
        convert_file(cls.env(su=True, context={}), "shora_council", "demo/demo_data.xml", {}, "init", noupdate=True)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.name_documents(cls.registry)

    def user(self, name):
        return self.env.ref(f"shora_council.demo_user_{name}")


class TestDemo(DemoCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        clock = tehran(f"{cls.TODAY} 10:00")
        clock.__enter__()
        cls.addClassCleanup(clock.__exit__, None, None, None)
        cls.mails = cls.env["mail.mail"].search_count([])
        cls.load()
        cls.env.flush_all()
        cls.env.invalidate_all()
        cls.first = cls.env.ref("shora_council.council_irud")
        cls.second = cls.env.ref("shora_council.demo_council_env")
        cls.councils = cls.first | cls.second

    def of(self, model, *domain, council=None):
        return self.env[model].search([("council_id", "in", (council or self.councils).ids), *domain])

    def states(self, model):
        return set(self.of(model).mapped("state"))

    def test_every_role_has_something_to_look_at(self):
        for name, models in LISTS.items():
            for model in models:
                with self.subTest(role=name, model=model):
                    self.assertTrue(self.env[model].with_user(self.user(name)).search([], limit=1))

    def test_an_update_of_the_addon_deletes_none_of_it(self):
        """What is named and may be updated is deleted when an update does not name it again."""
        names = self.env["ir.model.data"].search([("module", "=", "shora_council"), ("name", "=like", "demo\\_%")])
        self.assertGreater(len(names), 40)
        self.assertFalse(names.filtered(lambda name: not name.noupdate).mapped("name"))

    def test_every_desk_has_something_on_it(self):
        for name in ("secretary", "secretary2", "president", "office", "head", "secretariat", "hr"):
            with self.subTest(role=name):
                desk = self.env["shora.desk"].with_user(self.user(name)).with_context(lang="fa_IR")
                self.assertTrue(desk.get_desk())

    def test_a_year_of_history(self):
        for council in self.councils:
            sessions = self.of("shora.session", ("state", "=", "closed"), council=council)
            self.assertLess(min(sessions.mapped("day")), self.TODAY - timedelta(days=350))
            self.assertEqual(sorted(sessions.mapped("number")), sorted(set(sessions.mapped("number"))))
        last_year = jalali.jalali_year(self.TODAY) - 1
        years = {jalali.jalali_year(minutes.session_id.day) for minutes in self.of("shora.minutes")}
        self.assertIn(last_year, years)

    def test_lives_of_all_kinds(self):
        self.assertLessEqual(
            {"scheduled", "invited", "closed", "cancelled", "postponed", "not_held"}, self.states("shora.session")
        )
        self.assertLessEqual(
            {"adopted", "rejected", "deferred", "notified", "in_execution", "done", "abandoned"},
            self.states("shora.resolution"),
        )
        self.assertLessEqual(
            {"draft", "received", "returned", "reviewed", "presented", "closed"}, self.states("shora.minutes")
        )
        self.assertLessEqual({"proposed", "in_force", "ended"}, self.states("shora.decree"))
        self.assertEqual(self.states("shora.annual.plan"), {"in_execution"})
        self.assertEqual(self.states("shora.annual.plan.amendment"), {"confirmed"})
        self.assertEqual(set(self.of("shora.session").mapped("kind")), {"ordinary", "extraordinary"})
        decisions = set(self.of("shora.resolution").mapped("president_decision"))
        self.assertLessEqual({"seen", "instruct", "return", "refer"}, decisions)

    def test_members_come_and_go(self):
        record = self.of("shora.deemed.resignation")
        self.assertEqual((len(record), record.state, len(record.session_ids)), (1, "in_force", 3))
        self.assertTrue(self.of("shora.decree", ("kind", "=", "renewal"), ("state", "=", "in_force")))
        self.assertTrue(self.of("shora.membership", ("is_renewal_due", "=", True)))
        self.assertFalse(self.first._breaches(self.TODAY))
        follower = self.of("shora.membership", ("seat_id", "=", record.seat_id.id), ("state", "=", "current"))
        self.assertTrue(follower)

    def test_the_way_of_minutes_and_resolutions(self):
        answered = self.of("shora.minutes.addendum", ("state", "=", "signed")).minutes_id
        self.assertEqual(answered.state, "closed")
        waiting = self.of("shora.minutes", ("state", "=", "returned"))
        self.assertTrue(waiting.open_defects)
        self.assertGreaterEqual(waiting.answer_due, self.TODAY)
        gated = self.of("shora.resolution", ("state", "=", "notified")).filtered("burden_missing")
        self.assertTrue(gated)
        self.assertTrue(self.of("shora.resolution").filtered("is_overdue"))
        lines = self.of("shora.annual.plan", council=self.first).line_ids
        self.assertTrue(any(0 < line.progress < 100 for line in lines))

    def test_the_way_to_the_president(self):
        dossiers = self.env["shora.dossier"].search([])
        self.assertEqual(set(dossiers.mapped("state")), {"draft", "presented", "decided", "withdrawn"})
        decided = dossiers.filtered(lambda one: one.state == "decided")
        self.assertEqual({len(one.council_ids & self.councils) for one in decided}, {1, 2})
        lines = decided.line_ids
        self.assertEqual(set(lines.mapped("decision")), {"seen", "instruct", "return", "refer"})
        self.assertTrue(all(lines.mapped("is_final")))
        office = lines.filtered("on_behalf")
        self.assertTrue(office)
        self.assertTrue(all(office.mapped(lambda line: bool(line._scans()))))
        self.assertTrue(lines.filtered(lambda line: line.recorded_by_id == self.user("president")))
        self.assertTrue(all(lines.part_id.mapped("summary")))
        self.assertTrue(all(lines.filtered("resolution_id").mapped("recommendation")))
        withdrawn = dossiers.filtered(lambda one: one.state == "withdrawn")
        self.assertEqual(set(withdrawn.part_ids.minutes_id.mapped("state")), {"closed"}, "presented anew")
        for one in decided:
            self.assertLess((one.decided_on - clock.tehran_day(one.presented_at)).days, 8)

    def test_one_dossier_waits_for_the_president(self):
        page = self.env["shora.president.desk"].with_user(self.user("president")).get_page()
        [waiting] = page["dossiers"]
        self.assertTrue(0 < waiting["decided"] < waiting["total"])
        parts = page["dossier"]["parts"]
        names = {part["council"] for part in parts}
        self.assertLessEqual(set(self.councils.mapped("name")), names)
        self.assertEqual(len(names), len(self.councils) + 1, "and what he referred, presented again")
        self.assertTrue(all(part["summary"] for part in parts if part["id"]))

    def test_joint_meetings(self):
        body = self.env["shora.council"]._coordination_of(self.env.company)
        self.assertEqual(body.with_context(lang="fa_IR").secretary_id, self.user("head").partner_id)
        sessions = self.of("shora.session", council=body).sorted("start")
        self.assertEqual(sessions.mapped("state"), ["closed", "invited"])
        self.assertEqual(self.of("shora.minutes", council=body).state, "closed")
        held, coming = sessions
        secretaries = (self.user("secretary") | self.user("secretary2")).partner_id
        self.assertEqual(coming.notice_id.recipient_ids.partner_id, secretaries)
        pushes = self.env["shora.joint.push"].search([])
        self.assertEqual(pushes.item_id.session_id, held)
        self.assertEqual(
            sorted(pushes.mapped(lambda one: (one.council_id.code, one.state))),
            [("ENV", "discussed"), ("ENV", "proposed"), ("ENV", "withdrawn")]
            + [("IRUD", "discussed"), ("IRUD", "discussed"), ("IRUD", "proposed")],
        )
        self.assertTrue(pushes.filtered("resolution_text"))
        suggested = self.env["shora.joint.suggestion"].with_user(self.user("head")).search([])
        self.assertEqual(suggested.joint_item_id.session_id, coming)
        self.assertEqual({bool(one.joint_item_id) for one in suggested}, {True, False}, "one is taken up already")

    def test_the_secretariat_is_a_department_under_the_president(self):
        body = self.env["shora.council"]._coordination_of(self.env.company)
        department = body.secretariat_department_id
        self.assertEqual(department.manager_id.user_id, self.user("head"))
        self.assertEqual(department.parent_id.manager_id.user_id, self.user("president"))
        self.assertFalse(self.of("shora.finding", ("state", "=", "open"), council=body))
        leaves = self.env["shora.substitute"].search([])
        self.assertEqual(len(leaves), 2)
        self.assertTrue(any(one.date_from > self.TODAY for one in leaves))

    def test_notices_in_time_and_late(self):
        notices = self.of("shora.notice", ("state", "=", "dispatched"))
        self.assertEqual(set(notices.mapped("is_late")), {True, False})
        self.assertEqual(set(notices.recipient_ids.mapped("channel")), {"portal", "paper"})
        self.assertTrue(all(notices.filtered("is_late").mapped("late_reason")))

    def test_a_member_on_the_portal_has_something_to_answer(self):
        expert = self.user("portal")
        invited = self.of("shora.session", ("state", "=", "invited"), council=self.first)
        self.assertFalse(invited.reply_ids.filtered(lambda one: one.partner_id == expert.partner_id))
        self.assertTrue(invited.reply_ids)
        invited.with_user(expert).reply("attending")
        guests = self.of("shora.agenda.item", ("guest_ids", "!=", False)).guest_ids
        self.assertEqual(guests, self.user("guest").partner_id)

    def test_findings_of_all_severities_and_nothing_that_the_software_owes(self):
        found = self.of("shora.finding", ("state", "=", "open"))
        self.assertEqual(FOUND - set(found.mapped("code")), set())
        self.assertEqual(set(found.mapped("severity")), {"block", "warn", "info"})
        owed = found.filtered(lambda one: one.code in ("archive_missing", "integrity"))
        self.assertFalse(owed, owed.mapped(lambda one: (one.code, one.res_model, one.date_since, one.closed_at)))
        gone = self.of("shora.finding", ("state", "=", "closed"))
        self.assertLessEqual({"cadence_gap", "notice_late", "minutes_overdue"}, set(gone.mapped("code")))
        before = self.env["shora.finding"].search_count([])
        self.env["shora.finding"]._check(self.councils)
        self.assertEqual(self.env["shora.finding"].search_count([]), before)

    def test_everything_is_as_it_was_sealed_and_nothing_waits_to_be_posted(self):
        checks = self.env["shora.integrity.check"]._latest(self.councils)
        self.assertEqual({check.problem_count for check in checks.values()}, {0})
        self.assertTrue(all(check.seal_count for check in checks.values()))
        self.assertEqual(self.env["mail.mail"].search_count([]), self.mails)

    def test_an_update_leaves_it_alone(self):
        """Records of a module that an update does not load again are removed, unless they say otherwise."""
        names = self.env["ir.model.data"].search([("module", "=", "shora_council"), ("name", "=like", "demo_%")])
        self.assertIn("demo_council_env", names.mapped("name"))
        self.assertTrue(all(names.mapped("noupdate")), names.filtered(lambda one: not one.noupdate).mapped("name"))

    def test_what_was_done_bears_its_day(self):
        minutes = self.of("shora.minutes", ("signed_at", "!=", False))
        for one in minutes:
            self.assertLess((clock.tehran_day(one.signed_at) - one.session_id.day).days, 15)
            self.assertEqual(clock.tehran_day(one.create_date), one.session_id.day + timedelta(days=2))


class TestDemoDays(DemoCase):
    def test_sessions_fall_right_on_whatever_day_it_is_loaded(self):
        """Two years in steps of a fortnight less a day, and the edges of a Jalali year."""
        with tehran(f"{self.TODAY} 10:00"):
            demo = self.env["shora.demo"]
            with patch.object(self.registry["shora.demo"], "_build", api.model(lambda model: None)):
                self.load()
            demo._make_people()
            councils = demo._make_councils()
        edges = [jalali.from_jalali(1406, 1, day) for day in (1, 2, 13, 14, 20, 31)]
        edges += [jalali.from_jalali(1405, 12, 29), jalali.from_jalali(1408, 12, 30), jalali.from_jalali(1407, 12, 25)]
        for today in (*edges, *(self.TODAY + timedelta(days=13 * number) for number in range(56))):
            with self.subTest(today=today), tehran(f"{today} 10:00"):
                for council in councils:
                    sittings = demo._sittings(council)
                    days = [sitting.day for sitting in sittings]
                    self.assertEqual(days, sorted(set(days)))
                    self.assertGreaterEqual(len([one for one in sittings if one.back >= 0]), 12)
                    self.assertGreaterEqual(len([one for one in sittings if one.back < 0]), 2)
                    self.assertLess(demo._founded(council), days[0])
                    self.check_way_to_the_president(demo, council, sittings)
                presented = {place for place, day in enumerate(demo._presentations(councils[:1])) if day <= today}
                self.assertLessEqual({0, 1, SEPARATE, WITHDRAWS, *BY_OFFICE[:2]}, presented)

    def check_way_to_the_president(self, demo, council, sittings):
        """Reviewed, presented, decided on, in this order; the last presentation is still undecided."""
        for sitting in (one for one in sittings if one.back >= 0):
            reviewed = demo._reviewed_on(sitting, sitting.day)
            place, presented = demo._presentation_of(sitting, sitting.day) or (None, None)
            decided = demo._decided_on(sitting, sitting.day)
            self.assertEqual(bool(decided), bool(place))
            if decided:
                self.assertTrue(sitting.day < reviewed < presented < decided <= council._today())
                self.assertLess((decided - reviewed).days, EVERY + 9)

    def test_without_a_clock_to_turn_it_says_so_and_makes_nothing(self):
        before = self.env["shora.session"].search_count([])
        with patch.object(demo_clock, "freeze_time", None), self.assertLogs(level=logging.WARNING) as log:
            self.env["shora.demo"]._build()
        self.assertIn("freezegun", log.output[0])
        self.assertEqual(self.env["shora.session"].search_count([]), before)
