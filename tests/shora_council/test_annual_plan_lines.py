"""Lines of the annual plan: amendments, coverage, suggestions, items drawn, plan against actual (5-4)."""

from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from tests.common import tehran
from tests.shora_council.plan_case import PlanCase


@tagged("post_install", "-at_install")
class TestAmendment(PlanCase):
    def setUp(self):
        super().setUp()
        self.year_plan = self.running_plan(self.plan_line(name="L1"), self.plan_line(name="L2"))
        self.first, self.second = self.year_plan.line_ids
        clock = tehran("2026-12-12 09:00")
        clock.__enter__()
        self.addCleanup(clock.__exit__, None, None, None)

    def confirmed(self, amendment, day):
        amendment.action_present()
        self.approve_in_session(amendment, day)
        with tehran(f"{day[:8]}{int(day[-2:]) + 1:02} 09:00"):
            amendment.action_approve()
            self.confirm(amendment)
        return amendment

    def test_it_goes_the_way_of_the_plan_and_changes_the_lines_with_the_confirmation(self):
        amendment = self.amend(
            self.year_plan,
            {"kind": "change", "line_id": self.first.id, "date_to": "2027-01-31"},
            {"kind": "drop", "line_id": self.second.id},
            {"kind": "add", **self.plan_line(name="L3", theme_ids=[(6, 0, self.themes[1:2].ids)])},
        )
        change, drop, add = amendment.line_ids
        self.assertEqual((change.name, change.goal, change.responsible_ids), ("L1", "Goal", self.people["B2"]))
        self.assertIn("Until: 01/31/2027 (was: 12/31/2026)", change.difference)
        amendment.action_present()
        self.approve_in_session(amendment, "2026-12-24")
        with tehran("2026-12-25 09:00"):
            self.assertFalse(amendment.number)
            amendment.action_approve()
            self.assertEqual(amendment.number, 1)
            self.assertEqual(self.first.date_to, date(2026, 12, 31), "not before the confirmation")
            self.confirm(amendment)
        self.assertEqual((self.first.date_to, self.first.amendment_id), (date(2027, 1, 31), amendment))
        self.assertEqual(self.second.dropped_by_id, amendment)
        added = self.year_plan.line_ids - self.first - self.second
        self.assertEqual((added.name, added.theme_ids, added.amendment_id), ("L3", self.themes[1:2], amendment))
        self.assertEqual(self.year_plan.line_ids._in_force(), self.first + added)
        self.assertIn("(was: 12/31/2026)", change.difference, "what it was stays on record")
        self.assertFalse(drop.difference or add.difference)
        self.assertEqual(amendment.resolution_id.session_id.day, date(2026, 12, 24))

    def test_numbers_run_on_in_the_plan(self):
        first = self.confirmed(
            self.amend(self.year_plan, {"kind": "change", "line_id": self.first.id, "goal": "G2"}), "2026-12-24"
        )
        with tehran("2026-12-26 09:00"):
            second = self.amend(self.year_plan, {"kind": "change", "line_id": self.first.id, "goal": "G3"})
        self.confirmed(second, "2027-01-14")
        self.assertEqual((first.number, second.number, self.first.goal), (1, 2, "G3"))

    def test_what_is_refused(self):
        draft = self.make_plan(year=1406)
        with self.assertRaises(UserError) as caught, self.cr.savepoint():
            self.amend(draft, {"kind": "drop", "line_id": draft.line_ids.id})
        self.assertIn("(Article 5, clause 4)", str(caught.exception))
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self.amend(self.year_plan, {"kind": "drop", "line_id": draft.line_ids.id})
        for change in ({"kind": "drop"}, {"kind": "add", "line_id": self.first.id}):
            with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.cr.savepoint():
                self.amend(self.year_plan, {"name": "x", **change})
        twice = {"kind": "drop", "line_id": self.first.id}
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.cr.savepoint():
            self.amend(self.year_plan, twice, twice)
        for change, text in (
            ({"kind": "change", "line_id": self.first.id}, "is not changed"),
            ({"kind": "change", "line_id": self.first.id, "goal": False}, "lacks: Goal"),
            ({"kind": "add", "name": "New"}, "“New” lacks"),
        ):
            with self.subTest(text=text), self.assertRaises(UserError) as caught, self.cr.savepoint():
                self.amend(self.year_plan, change).action_present()
            self.assertIn(text, str(caught.exception))
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self.amend(self.year_plan, {"kind": "change", "line_id": self.first.id, "date_to": "2027-03-21"})

    def test_presented_it_is_frozen(self):
        amendment = self.amend(self.year_plan, {"kind": "drop", "line_id": self.first.id})
        amendment.action_present()
        change = amendment.line_ids
        for step in (
            lambda: change.write({"goal": "x"}),
            change.unlink,
            lambda: change.create({"amendment_id": amendment.id, "kind": "drop", "line_id": self.second.id}),
            lambda: change.with_context(default_amendment_id=amendment.id).create({"kind": "add", "name": "x"}),
            lambda: amendment.write({"reason": "x"}),
            lambda: amendment.write({"number": 7}),
            amendment.unlink,
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                step()
        with self.assertRaises(UserError), self.cr.savepoint():
            amendment.with_user(self.president).write({"state": "confirmed"})

    def test_a_line_taken_out_by_another_amendment_meanwhile(self):
        one = self.amend(self.year_plan, {"kind": "drop", "line_id": self.first.id})
        two = self.amend(self.year_plan, {"kind": "change", "line_id": self.first.id, "goal": "G2"})
        two.action_present()
        self.confirmed(one, "2026-12-24")
        self.approve_in_session(two, "2027-01-14")
        with tehran("2027-01-15 09:00"):
            two.action_approve()
            with self.assertRaises(UserError) as caught, self.cr.savepoint():
                self.confirm(two)
            self.assertIn("taken out by another amendment", str(caught.exception))
            self.confirm(two, verdict="draft", reason="The line is gone")
        self.assertEqual((two.state, two.number), ("draft", 2))

    def test_another_councils_secretary_amends_nothing(self):
        other = self.make_council("T2")
        stranger, _people = self.staff_council(other, experts=1, prefix="t2")
        with self.assertRaises(AccessError), self.cr.savepoint():
            self.amend(self.year_plan.with_user(stranger), {"kind": "add", **self.plan_line()})

    # --- items drawn from lines ---

    def test_items_are_drawn_from_lines_once(self):
        with tehran("2026-12-12 09:00"):
            session = self.plan(self.council, "2026-12-24")
            dialog = self.year_plan.action_draw_items()
            self.assertEqual(dialog["context"]["default_line_ids"], [(6, 0, self.year_plan.line_ids.ids)])
            wizard = session.env["shora.plan.agenda"].with_context(**dialog["context"]).create({})
            self.assertEqual(wizard.session_id, session, "the council's next session is offered")
            wizard.action_confirm()
            session._take_lines(self.year_plan.line_ids)
        items = session.agenda_item_ids.filtered("plan_line_id")
        self.assertEqual(items.plan_line_id, self.year_plan.line_ids)
        item = items[0]
        self.assertEqual((item.source, item.state, item.name), ("plan", "proposed", "L1"))
        self.assertEqual((item.presenter_id, item.duty_ids), (self.people["B2"], self.duties[:1]))
        self.assertIn("Goal", item.description)
        with self.assertRaises(UserError):
            self.year_plan.action_draw_items()
        with self.assertRaises(UserError), self.cr.savepoint():
            item.write({"plan_line_id": False})

    def test_a_member_draws_nothing(self):
        member = self.make_user("t_plan_member", "shora_council.group_shora_member")
        self.appoint(self.council, "B8", member.partner_id)
        session = self.plan(self.council, "2026-12-24")
        with self.assertRaises(AccessError), self.cr.savepoint():
            session.with_user(member)._take_lines(self.first.with_user(member))
        with self.assertRaises(AccessError), self.cr.savepoint():
            self.env["shora.plan.agenda"].with_user(member).create(
                {"council_id": self.council.id, "session_id": session.id}
            )

    def test_another_councils_line_is_not_drawn(self):
        other = self.make_council("T2")
        stranger, _people = self.staff_council(other, experts=1, prefix="t2")
        session = self.plan(other, "2026-12-24", user=stranger)
        with self.assertRaises(UserError), self.cr.savepoint():
            session.sudo().with_user(stranger)._take_lines(self.first.with_user(stranger))

    # --- plan against actual ---

    def test_plan_against_actual(self):
        with tehran("2026-12-12 09:00"):
            session = self.plan(self.council, "2026-12-24")
            items = session._take_lines(self.year_plan.line_ids)
            items.action_accept()
            self.dispatch(session)
        with tehran("2026-12-24 12:30"):
            session.write({"presiding_ground": "chair", "state": "open"})
            session.env["shora.resolution"].create(
                {"session_id": session.id, "agenda_item_id": items[0].id, "name": "R"}
            ).action_adopt()
            items[1].action_postpone()
            self.close(session)
            self.first.progress = 60
        with tehran("2026-12-25 09:00"):
            coming = self.plan(self.council, "2027-01-07")
            coming.action_bring_forward()
        carried = coming.agenda_item_ids.filtered("carried_from_id")
        self.assertEqual((carried.plan_line_id, carried.source), (self.second, "carried"))
        first, second = self.first, self.second
        with tehran("2027-01-01 09:00"):
            self.env.invalidate_all()
            self.assertEqual((first.item_count, first.discussed_count, first.resolution_count), (1, 1, 1))
            self.assertEqual((second.item_count, second.discussed_count, second.resolution_count), (1, 0, 0))
            self.assertEqual((first.status, second.status, first.progress_on), ("late", "late", date(2026, 12, 24)))
            plan = self.year_plan
            self.assertEqual((plan.progress, plan.expected_progress, plan.late_count), (30, 100, 2))
            self.assertEqual((plan.session_count, plan.held_count), (3, 2))
        for day, progress, status in (
            ("2026-11-30", 0, "ahead"),
            ("2026-12-16", 60, "running"),
            ("2026-12-30", 60, "behind"),
            ("2026-12-31", 100, "done"),
        ):
            with tehran(f"{day} 09:00"), self.subTest(day=day):
                first._amended({"progress": progress})
                first.invalidate_recordset()
                self.assertEqual(first.status, status)

    def test_the_list_costs_the_same_whatever_its_length(self):
        lines = self.env["shora.annual.plan.line"].with_user(self.secretary)
        more = [self.plan_line(name=f"M{n}", plan_id=self.year_plan.id) for n in range(20)]
        lines.sudo()._create_amended(more)
        spec = {name: {} for name in ("name", "status", "expected_progress", "item_count", "resolution_count")}
        spec["responsible_ids"] = {"fields": {"display_name": {}}}
        spec["suggested_ids"] = {"fields": {"display_name": {}}}

        def queries(limit):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            lines.web_search_read([("plan_id", "=", self.year_plan.id)], spec, limit=limit)
            return self.cr.sql_log_count - before

        queries(2)
        self.assertEqual(queries(2), queries(20))


@tagged("post_install", "-at_install")
class TestCoverage(PlanCase):
    def test_the_heat_map_shows_what_is_not_covered(self):
        duties, themes = self.duties, self.themes
        plan = self.make_plan(
            self.plan_line(duty_ids=[(6, 0, duties[:2].ids)], theme_ids=[(6, 0, themes[:1].ids)]),
            self.plan_line(duty_ids=[(6, 0, duties[:1].ids)], theme_ids=[(6, 0, themes[:2].ids)]),
        )
        found = plan._coverage_map()
        self.assertEqual((len(found["duties"]), len(found["rows"])), (11, 20))
        self.assertEqual([cell["count"] for cell in found["rows"][0]["cells"]], [2, 1] + [0] * 9)
        self.assertEqual([cell["count"] for cell in found["rows"][1]["cells"]], [1] + [0] * 10)
        self.assertEqual((len(found["bare_duties"]), len(found["bare_themes"])), (9, 18))
        self.assertEqual([duty["count"] for duty in found["duties"][:3]], [2, 1, 0])
        html = plan.coverage_html
        self.assertIn(themes[5].name.split(",")[0].replace("&", "&amp;"), html)

    def test_names_are_shown_and_not_run(self):
        self.themes[0].name = "<script>alert(1)</script>"
        self.assertNotIn("<script>", self.make_plan().coverage_html)

    def test_what_an_amendment_took_out_covers_nothing(self):
        plan = self.make_plan()
        self.assertEqual(len(plan._coverage_map()["bare_themes"]), 19)
        amendment = self.env["shora.annual.plan.amendment"].sudo()
        plan.sudo()._store_facts({"state": "in_execution"})
        amendment = amendment.create({"plan_id": plan.id, "reason": "R"})
        plan.line_ids._amended({"dropped_by_id": amendment.id})
        self.assertEqual(len(plan._coverage_map()["bare_themes"]), 20)

    def test_members_are_suggested_by_expertise(self):
        expert = {
            seat: self.council.membership_ids.filtered(lambda m, s=seat: m.seat_id.code == s)
            for seat in ("B3", "B4", "B5")
        }
        expert["B3"].theme_ids = self.themes[1:2]
        expert["B4"].theme_ids = self.themes[0:2]
        expert["B5"].theme_ids = self.themes[5:6]
        both = self.plan_line(theme_ids=[(6, 0, self.themes[:2].ids)], responsible_ids=False)
        plan = self.make_plan(both, {**both, "theme_ids": [(6, 0, self.themes[9:10].ids)]})
        line, bare = plan.line_ids
        self.assertEqual(line.suggested_ids.ids, [self.people["B4"].id, self.people["B3"].id])
        self.assertFalse(bare.suggested_ids)
        plan.action_take_suggestions()
        self.assertEqual(line.responsible_ids, self.people["B4"] + self.people["B3"])
        self.assertFalse(bare.responsible_ids)
        line.responsible_ids = self.people["B5"]
        plan.action_take_suggestions()
        self.assertEqual(line.responsible_ids, self.people["B5"], "what the secretary chose stays")

    def test_a_responsible_member_who_left_is_shown(self):
        plan = self.make_plan()
        self.assertFalse(plan.line_ids.left_ids)
        self.end(self.council.membership_ids.filtered(lambda m: m.partner_id == self.people["B2"]), day="2026-11-23")
        with tehran("2026-11-24 08:00"):
            self.env.invalidate_all()
            self.assertEqual(plan.line_ids.left_ids, self.people["B2"])
