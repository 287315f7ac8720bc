"""The annual plan (5-4): presented, approved in a session, confirmed, in execution, closed."""

from datetime import date

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from tests.common import tehran
from tests.shora_council.plan_case import SCAN, PlanCase


@tagged("post_install", "-at_install")
class TestAnnualPlan(PlanCase):
    def refused(self, text, step, *args, **kwargs):
        with self.assertRaises(UserError) as caught, self.cr.savepoint():
            step(*args, **kwargs)
        self.assertIn(text, str(caught.exception))

    def test_from_the_draft_to_the_end(self):
        plan = self.make_plan()
        self.assertEqual((plan.date_from, plan.date_to), (date(2026, 3, 21), date(2027, 3, 20)))
        plan.action_present()
        self.assertEqual((plan.presented_on, plan.first_presented_on), (date(2026, 11, 23), date(2026, 11, 23)))
        resolution = self.approve_in_session(plan)
        with tehran("2026-12-11 09:00"):
            plan.action_approve()
            self.assertEqual(plan.resolution_id, resolution)
            self.assertEqual((plan.approved_on, plan.approval_session_id), (date(2026, 12, 10), resolution.session_id))
            self.confirm(plan, self.office, note="Agreed", scan=SCAN, scan_name="h.pdf", day="2026-12-10")
            self.assertEqual((plan.state, plan.confirmed_on), ("in_execution", date(2026, 12, 10)))
            self.assertEqual((plan.decision_note, plan.decided_by_id), ("Agreed", self.office))
            self.assertEqual(plan.with_context(bin_size=False).decision_scan, SCAN)
            self.assertIn("Agreed", plan.message_ids[0].body)
            plan.line_ids.progress = 100
            plan.action_close()
        self.assertEqual(plan.state, "closed")

    def test_through_the_form(self):
        Plan = self.env["shora.annual.plan"].with_user(self.secretary)
        with Form(Plan) as form:
            form.council_id = self.council
            form.year = 1405
            with form.line_ids.new() as line:
                line.name = "Line"
                line.goal = "Goal"
                line.date_from = "2026-12-01"
                line.date_to = "2026-12-31"
                line.duty_ids.add(self.duties[0])
                line.theme_ids.add(self.themes[0])
                line.responsible_ids.add(self.people["B2"])
        plan = form.record
        plan.action_present()
        plan.sudo()._store_facts({"state": "in_execution"})
        with Form(plan.with_user(self.staff)) as form, form.line_ids.edit(0) as line:
            line.progress = 40
            line.progress_note = "Begun"
        self.assertEqual((plan.line_ids.progress, plan.line_ids.progress_on), (40, date(2026, 11, 23)))
        amendment = self.env["shora.annual.plan.amendment"].with_user(self.secretary)
        with Form(amendment.with_context(default_plan_id=plan.id)) as form:
            form.reason = "R"
            with form.line_ids.new() as change:
                change.line_id = plan.line_ids
                self.assertEqual((change.name, change.goal), ("Line", "Goal"))
                change.goal = "Another"
            with form.line_ids.new() as change:
                change.kind = "add"
                change.name = "New"
        self.assertEqual(form.record.line_ids.mapped("kind"), ["change", "add"])
        self.assertEqual(form.record.line_ids[0].responsible_ids, self.people["B2"])

    def test_staff_prepares_and_the_secretary_presents(self):
        plan = self.make_plan(user=self.staff)
        self.refused("Council secretary", plan.action_present)
        plan.with_user(self.secretary).action_present()
        self.assertEqual(plan.state, "presented")

    def test_what_is_wanting_is_named_with_its_clause(self):
        stranger = self.make_partner("Stranger")
        plan = self.make_plan(
            self.plan_line(name="L1", goal=False, duty_ids=[]),
            self.plan_line(name="L2", responsible_ids=[(6, 0, stranger.ids)]),
        )
        self.refused("(Article 5, clause 4) “L1” lacks: Goal, Duties.", plan.action_present)
        self.refused("“L2”: Stranger: no member", plan.action_present)
        plan.line_ids.unlink()
        self.refused("no line yet", plan.action_present)

    def test_nothing_but_an_adopted_resolution_in_a_session_proves_the_approval(self):
        plan = self.make_plan()
        plan.action_present()
        self.refused("Article 5, clause 4", plan.action_approve)
        session = self.plan(self.council, "2026-12-10")
        item = session._take_for_approval(plan)
        self.assertEqual((item.annual_plan_id, item.source, item.state), (plan, "plan", "proposed"))
        self.assertEqual(session._take_for_approval(plan), item, "twice gives nothing twice")
        paper = item.attachment_ids
        self.assertEqual((len(paper), paper.mimetype, paper.res_id), (1, "application/pdf", item.id))
        item.action_accept()
        notice = self.dispatch(session)
        self.assertIn(paper.name, notice.document_ids.mapped("name"), "the members have it before the session")
        with tehran("2026-12-10 10:30"):
            session.write({"presiding_ground": "chair", "state": "open"})
            resolution = session.env["shora.resolution"].create(
                {"session_id": session.id, "agenda_item_id": item.id, "name": "Approved"}
            )
            self.refused("adopt a resolution", plan.action_approve)
            resolution.action_adopt()
            self.refused("adopt a resolution", plan.action_approve)  # the session is not held yet
            self.close(session)
            plan.action_approve()
        self.assertEqual(plan.resolution_id, resolution)

    def test_a_resolution_under_another_item_proves_nothing(self):
        plan = self.make_plan()
        plan.action_present()
        with tehran("2026-12-01 09:00"):
            session = self.plan(self.council, "2026-12-10")
            self.dispatch(session)
        with tehran("2026-12-10 12:30"):
            session.write({"presiding_ground": "chair", "state": "open"})
            session.env["shora.resolution"].create(
                {"session_id": session.id, "agenda_item_id": session.agenda_item_ids.id, "name": "R"}
            ).action_adopt()
            self.close(session)
            self.refused("adopt a resolution", plan.action_approve)

    def test_what_is_presented_after_the_session_needs_another_approval(self):
        plan = self.make_plan()
        plan.action_present()
        self.approve_in_session(plan)
        with tehran("2026-12-11 09:00"):
            plan.action_take_back()
            plan.line_ids.goal = "Another goal"
            plan.action_present()
            self.refused("adopt a resolution", plan.action_approve)

    def test_the_council_changes_it_in_the_session(self):
        plan = self.make_plan()
        plan.action_present()
        self.approve_in_session(plan)
        with tehran("2026-12-10 18:00"):
            plan.action_take_back()
            plan.line_ids.goal = "As the council wants it"
            plan.action_present()
            plan.action_approve()
        self.assertEqual((plan.state, plan.first_presented_on), ("approved", date(2026, 11, 23)))

    def test_only_the_president_or_the_office_decides(self):
        plan = self.make_plan()
        plan.action_present()
        self.approve_in_session(plan)
        with tehran("2026-12-11 09:00"):
            plan.action_approve()
            for user in (self.secretary, self.staff, self.head, self.secretariat, self.auditor, self.admin, self.hr):
                with self.subTest(user=user.login), self.assertRaises(UserError), self.cr.savepoint():
                    plan.with_user(user).write({"state": "confirmed"})
            self.confirm(plan)
        self.assertEqual(plan.state, "in_execution")

    def test_the_president_writes_nothing_but_the_decision(self):
        plan = self.make_plan()
        for _step in range(2):
            with self.assertRaises(UserError), self.cr.savepoint():
                plan.with_user(self.president).write({"need": "x"})
            plan.sudo()._store_facts({"state": "approved"})
        with self.assertRaises(UserError), self.cr.savepoint():
            plan.line_ids.with_user(self.president).write({"goal": "x"})

    def test_returned_with_a_reason_and_through_the_council_again(self):
        plan = self.make_plan()
        plan.action_present()
        self.approve_in_session(plan)
        with tehran("2026-12-11 09:00"):
            plan.action_approve()
            self.refused("Say why", self.confirm, plan, verdict="draft")
            self.confirm(plan, verdict="draft", reason="Too little on themes", scan=SCAN)
            self.assertEqual((plan.state, plan.resolution_id.id), ("draft", False))
            self.assertEqual((plan.return_reason, plan.decided_by_id), ("Too little on themes", self.president))
            self.assertIn("Too little", plan.message_ids[0].body)
            self.assertEqual(len(plan.message_ids[0].attachment_ids), 1)
            plan.action_present()
            self.assertFalse(plan.return_reason)
            self.refused("adopt a resolution", plan.action_approve)
            self.refused("cannot be deleted", plan.unlink)

    def test_the_day_of_the_decision(self):
        plan = self.make_plan()
        plan.action_present()
        self.approve_in_session(plan)
        with tehran("2026-12-11 09:00"):
            plan.action_approve()
            self.refused("future", self.confirm, plan, day="2026-12-12")
            self.refused("after the council", self.confirm, plan, day="2026-12-09")

    def test_nothing_is_carried_out_before_the_confirmation(self):
        plan = self.make_plan()
        session = self.plan(self.council, "2026-12-20")
        steps = (lambda: plan.action_present(), lambda: self.approve_in_session(plan) and plan.action_approve())
        for step in (None, *steps):
            if step:
                step()
            with self.subTest(state=plan.state):
                self.refused("Article 5, clause 4", plan.line_ids.write, {"progress": 10})
                self.refused("Article 5, clause 4", plan.line_ids.write, {"progress_note": "begun"})
                self.refused("Article 5, clause 4", session._take_lines, plan.line_ids)
        draft = self.make_plan(year=1406)
        with self.assertRaises(ValidationError), self.cr.savepoint():
            draft.write({"line_ids": [(0, 0, self.plan_line(progress=5, date_from=False, date_to=False))]})
        with self.assertRaises(ValidationError), self.cr.savepoint():
            draft.line_ids.with_context(default_progress=5, default_plan_id=draft.id).create({"name": "L"})

    def test_a_presented_plan_is_frozen_for_every_way(self):
        plan = self.make_plan()
        plan.action_present()
        line = plan.line_ids
        self.refused("by an amendment", line.write, {"goal": "x"})
        self.refused("by an amendment", line.unlink)
        self.refused("by an amendment", line.create, {"plan_id": plan.id, "name": "N"})
        self.refused("by an amendment", plan.write, {"line_ids": [(1, line.id, {"name": "x"})]})
        self.refused("by an amendment", line.with_context(default_plan_id=plan.id).create, {"name": "N"})
        self.refused("can no longer be changed", plan.write, {"year": 1406})
        self.refused("by hand", plan.write, {"approved_on": "2026-11-23"})
        self.refused("by hand", line.write, {"dropped_by_id": False})
        other = self.make_plan(year=1406)
        self.refused("stays in its plan", line.write, {"plan_id": other.id})
        self.refused("cannot be deleted", plan.unlink)

    def test_no_default_of_a_context_sets_a_fact(self):
        context = {"default_state": "confirmed", "default_confirmed_on": "2026-11-01", "default_decision_note": "x"}
        plan = self.make_plan().with_context(**context).create({"council_id": self.council.id, "year": 1406})
        self.assertEqual((plan.state, plan.confirmed_on, plan.decision_note), ("draft", False, False))

    def test_one_plan_a_year(self):
        self.make_plan()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.cr.savepoint():
            self.make_plan()

    def test_days_lie_within_the_year(self):
        plan = self.make_plan(self.plan_line(date_from="2026-03-21", date_to="2027-03-20"))
        for values in (
            {"date_from": "2026-03-20"},
            {"date_to": "2027-03-21"},
            {"date_from": "2026-12-02", "date_to": "2026-12-01"},
        ):
            with self.subTest(values=values), self.assertRaises(ValidationError), self.cr.savepoint():
                plan.line_ids.write(values)
        with self.assertRaises(ValidationError), self.cr.savepoint():
            plan.year = 1406

    def test_confirmed_in_esfand_it_waits_for_its_year(self):
        with tehran("2027-02-25 09:00"):
            self.assertEqual(self.env["shora.annual.plan"]._next_year(), 1406)
            line = self.plan_line(date_from="2027-04-01", date_to="2027-05-01")
            plan = self.make_plan(line, year=1406)
            plan.action_present()
        self.approve_in_session(plan, "2027-03-11")
        with tehran("2027-03-12 09:00"):
            plan.action_approve()
            self.confirm(plan)
            self.assertEqual(plan.state, "confirmed")
            self.refused("before the President has confirmed", plan.line_ids.write, {"progress": 5})
        for at, state in (("2027-03-20 23:59", "confirmed"), ("2027-03-21 00:00", "in_execution")):
            with tehran(at):
                self.run_job("cron_annual_plan")
                self.assertEqual(plan.state, state, at)

    def test_it_is_closed_after_the_year_or_when_all_is_done(self):
        plan = self.running_plan(self.plan_line(name="L1"), self.plan_line(name="L2"))
        with tehran("2026-12-20 09:00"):
            self.refused("not every line is done", plan.action_close)
            plan.line_ids.write({"progress": 100})
            with self.assertRaises(UserError), self.cr.savepoint():
                plan.with_user(self.president).action_close()
            plan.action_close()
            self.refused("Article 5, clause 4", plan.line_ids.write, {"progress": 0})
        other = self.make_plan(year=1406)
        other.sudo()._store_facts({"state": "in_execution"})
        with tehran("2028-03-19 23:00"):
            self.refused("year is not over", other.action_close)
        with tehran("2028-03-20 00:00"):
            other.action_close()

    def test_unfinished_lines_go_into_the_next_plan_once(self):
        plan = self.running_plan(self.plan_line(name="Done"), self.plan_line(name="Open"))
        with tehran("2026-12-20 09:00"):
            plan.line_ids[0].progress = 100
        following = self.make_plan(self.plan_line(date_from=False, date_to=False), year=1406)
        for _twice in range(2):
            following.action_take_over()
        taken = following.line_ids.filtered("taken_from_id")
        self.assertEqual((taken.name, taken.goal, taken.progress), ("Open", "Goal", 0))
        self.assertEqual((taken.duty_ids, taken.taken_from_id), (self.duties[:1], plan.line_ids[1]))

    # --- who sees it ---

    def test_a_draft_is_the_councils_own(self):
        member = self.make_user("t_plan_member", "shora_council.group_shora_member")
        self.appoint(self.council, "B8", member.partner_id)
        other = self.make_council("T2")
        stranger, _people = self.staff_council(other, experts=1, prefix="t2")
        plan = self.make_plan()
        seen = {self.secretary: (1, 1), self.staff: (1, 1), self.auditor: (1, 1), stranger: (0, 0)}
        seen |= dict.fromkeys((member, self.president, self.office, self.head, self.secretariat), (0, 1))
        for step in (0, 1):
            for user, may in seen.items():
                self.env.invalidate_all()
                for record in (plan, plan.line_ids[0]):
                    with self.subTest(step=step, user=user.login, model=record._name):
                        self.assertEqual(record.with_user(user).has_access("read"), bool(may[step]))
            plan.action_present()
            self.env.flush_all()
            if step:
                break

    def test_what_is_returned_stays_before_the_offices(self):
        plan = self.make_plan()
        plan.action_present()
        plan.action_take_back()
        for user, may in ((self.president, True), (self.secretariat, True)):
            self.assertEqual(plan.with_user(user).has_access("read"), may)
