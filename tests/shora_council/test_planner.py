"""Planning a Jalali year of ordinary sessions (5-1): preview, edit, create, plan again; whose it is; what it costs."""

from datetime import date, timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from tests.common import ShoraCase, tehran, utc


@tagged("post_install", "-at_install")
class TestPlanner(ShoraCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.resource_calendar_id = cls.env.ref("web_jalali.resource_calendar_iran")
        cls.council.write({"weekday": "6", "session_hour": 10.0, "place": "Hall"})

    def planner(self, user=None, **vals):
        planner = self.env["shora.session.planner"].with_user(user or self.secretary)
        return planner.create({"council_id": self.council.id, "year": 1406, **vals})

    def proposed(self, **vals):
        planner = self.planner(**vals)
        planner.action_propose()
        return planner

    def created(self, planner):
        action = planner.action_create()
        return self.env["shora.session"].search(action["domain"], order="start")

    def day_off(self, day, name="Holiday", days=1):
        return self.env["resource.calendar.leaves"].create(
            {
                "name": name,
                "date_from": utc(f"{day} 00:00"),
                "date_to": utc(f"{day} 23:59:59") + timedelta(days=days - 1),
                "calendar_id": False,
            }
        )

    # --- proposing ---

    def test_a_year_is_proposed_from_the_council_s_weekday_hour_and_place(self):
        planner = self.proposed()
        days = planner.line_ids.mapped("day")
        # 1 Farvardin 1406 is 21 March 2027, a Sunday; the pause lasts until 13 Farvardin
        self.assertEqual(days[0], date(2027, 4, 4))
        self.assertEqual({day.weekday() for day in days}, {6})
        self.assertEqual(set(planner.line_ids.mapped("kind")), {"new"})
        self.assertEqual(planner.line_ids[0].start, utc("2027-04-04 10:00"))
        self.assertEqual(planner.line_ids[0].notice_last_day, date(2027, 3, 28))
        self.assertEqual(planner.place, "Hall")
        self.assertFalse(planner.gaps)

    def test_a_day_off_moves_and_says_why(self):
        self.day_off("2027-04-18", "Feast")
        line = self.proposed().line_ids[1]
        self.assertEqual((line.day, line.due), (date(2027, 4, 19), date(2027, 4, 18)))
        self.assertIn("Feast", line.reason)

    def test_a_weekly_holiday_moves_to_saturday(self):
        days = self.proposed(weekday="4").line_ids.mapped("day")
        self.assertEqual({day.weekday() for day in days}, {5})

    def test_a_leave_of_one_person_is_no_day_off(self):
        leave = self.day_off("2027-04-18")
        leave.resource_id = self.env["resource.resource"].create({"name": "R"})
        self.assertEqual(self.proposed().line_ids[1].day, date(2027, 4, 18))

    def test_an_early_closing_is_no_day_off(self):
        self.day_off("2027-04-18").date_from = utc("2027-04-18 13:00")
        self.assertEqual(self.proposed().line_ids[1].day, date(2027, 4, 18))

    def test_the_running_year_begins_where_notice_can_still_be_given(self):
        planner = self.proposed(year=1405)
        self.assertEqual(planner.date_first, date(2026, 11, 30))
        self.assertEqual(planner.line_ids[0].day, date(2026, 12, 6))
        self.assertGreaterEqual(planner.line_ids[0].notice_last_day, date(2026, 11, 23))

    def test_no_interval_in_the_by_law_no_proposal(self):
        bylaw = self.council.bylaw_id.copy({"date_from": "2026-11-01"})
        self.council.bylaw_ids = bylaw
        bylaw.with_user(self.admin).action_put_in_force()
        self.env.invalidate_all()
        with self.assertRaises(UserError):
            self.planner().action_propose()

    def test_a_day_entered_too_late_shows_the_gap_with_its_clause(self):
        planner = self.proposed()
        planner.line_ids[3].day += timedelta(days=2)
        self.assertIn("5", planner.gaps)
        planner.line_ids[3].day -= timedelta(days=2)
        self.assertFalse(planner.gaps)

    # --- clashes ---

    def test_clashes_of_members_and_places_are_shown_without_their_content(self):
        busy = self.people["B2"]
        event = {"start": utc("2027-04-04 11:30"), "stop": utc("2027-04-04 13:00")}
        events = self.env["calendar.event"].with_context(no_mail_to_attendees=True, dont_notify=True)
        events.create({**event, "name": "Secret", "privacy": "private", "partner_ids": [(6, 0, busy.ids)]})
        line = self.proposed().line_ids[0]
        self.assertEqual(line.clash, busy.name)
        events.create({**event, "name": "Other", "location": "Hall"})
        line = self.proposed().line_ids[0]
        self.assertIn("place", line.clash)
        self.assertIn(busy.name, line.clash)
        self.assertNotIn("Secret", line.clash)
        line.planner_id.hour = 13.0  # begins when the other ends
        self.assertFalse(line.clash)

    def test_a_declined_or_free_event_is_no_clash(self):
        busy = self.people["B2"]
        events = self.env["calendar.event"].with_context(no_mail_to_attendees=True, dont_notify=True)
        event = events.create(
            {
                "name": "E",
                "start": utc("2027-04-04 09:00"),
                "stop": utc("2027-04-04 13:00"),
                "partner_ids": [(6, 0, busy.ids)],
            }
        )
        self.assertTrue(self.proposed().line_ids[0].clash)
        event.show_as = "free"
        self.assertFalse(self.proposed().line_ids[0].clash)
        event.show_as = "busy"
        event.attendee_ids.state = "declined"
        self.assertFalse(self.proposed().line_ids[0].clash)

    def test_clashes_of_a_year_cost_one_query(self):
        lines = self.proposed().line_ids
        members = self.env["shora.council"]._members_by_slot({line: (self.council, line.day) for line in lines})
        slots = {line: (line.start, line.stop, line.day, members[line].partner_id, "Hall") for line in lines}
        self.env.flush_all()
        with self.assertQueryCount(1):
            self.env["calendar.event"]._clashes(slots, self.env["calendar.event"])

    # --- creating ---

    def test_the_preview_edited_is_what_is_created(self):
        planner = self.proposed()
        planner.line_ids[-1].unlink()
        planner.line_ids[0].day = date(2027, 4, 5)
        planner.write({"line_ids": [(0, 0, {"day": "2027-04-11"})]})
        days = planner.line_ids.sorted("day").mapped("day")
        sessions = self.created(planner)
        self.assertEqual(sessions.mapped("day"), days)
        self.assertEqual(sessions.mapped("number"), list(range(1, len(days) + 1)))
        self.assertEqual(set(sessions.mapped("state")), {"scheduled"})
        self.assertEqual(sessions[0].stop - sessions[0].start, timedelta(hours=2))
        for session in sessions:
            self.assertEqual(session.event_id.start, session.start)
            self.assertEqual(session.event_id.partner_ids, self.council._members_on(session.day).partner_id)

    def test_members_are_those_of_each_day(self):
        self.end(self.people["B2"].shora_membership_ids, day="2026-12-31")
        sessions = self.created(self.proposed(year=1405))
        gone = self.people["B2"]
        for session in sessions:
            self.assertEqual(gone in session.event_id.partner_ids, session.day <= date(2026, 12, 31), session.day)

    def test_two_sessions_on_a_day_and_days_outside_the_year_are_refused(self):
        planner = self.proposed()
        planner.line_ids[1].day = planner.line_ids[0].day
        with self.assertRaises(ValidationError):
            planner.action_create()
        planner = self.proposed()
        planner.line_ids[0].day = date(2027, 3, 20)
        with self.assertRaises(ValidationError):
            planner.action_create()
        with self.assertRaises(UserError):
            self.planner().action_create()

    # --- again ---

    def test_planning_again_moves_what_is_not_invited_and_keeps_the_rest(self):
        sessions = self.created(self.proposed(year=1405))
        first, second = sessions[:2]
        item = first.with_user(self.secretary).env["shora.agenda.item"].create({"session_id": first.id, "name": "I"})
        item.action_accept()
        self.dispatch(first.with_user(self.secretary))
        planner = self.proposed(year=1405, weekday="0")
        kept = planner.line_ids.filtered(lambda line: line.kind == "kept")
        self.assertEqual(kept.session_id, first)
        existing = planner.line_ids.filtered(lambda line: line.kind == "existing")
        self.assertEqual(existing.session_id, sessions - first)
        self.assertEqual({line.day.weekday() for line in existing if not line.reason}, {0})
        before = (first.start, first.event_id.start)
        self.created(planner)
        self.assertEqual((first.start, first.event_id.start), before)
        self.assertEqual(second.day.weekday(), 0)
        self.assertEqual(second.event_id.start, second.start)
        self.assertEqual(sessions.mapped("number"), list(range(1, len(sessions) + 1)))

    def test_planning_again_without_change_touches_nothing(self):
        sessions = self.created(self.proposed())
        planner = self.proposed()
        self.assertEqual((planner.new_count, planner.moved_count), (0, 0))
        self.assertEqual(planner.line_ids.session_id, sessions)

    def test_a_session_invited_since_the_preview_is_not_moved(self):
        sessions = self.created(self.proposed(year=1405))
        planner = self.proposed(year=1405, weekday="0")
        first = sessions[0].with_user(self.secretary)
        first.env["shora.agenda.item"].create({"session_id": first.id, "name": "I"}).action_accept()
        self.dispatch(first)
        with self.assertRaises(UserError):
            planner.action_create()

    def test_two_who_plan_do_not_plan_twice(self):
        """The same preview created again, or that of a colleague."""
        first, second = self.proposed(), self.proposed()
        sessions = self.created(first)
        for planner in (first, second):
            with self.assertRaisesRegex(ValidationError, "Planned since the preview"):
                planner.action_create()
        second.action_propose()
        self.assertEqual((second.new_count, second.line_ids.session_id), (0, sessions))

    def test_a_draft_is_moved_and_scheduled(self):
        draft = (
            self.env["shora.session"]
            .with_user(self.secretary)
            .create({"council_id": self.council.id, "start": utc("2027-04-06 10:00")})
        )
        sessions = self.created(self.proposed())
        self.assertEqual(draft, sessions[0])
        self.assertEqual((draft.day, draft.state, draft.number), (date(2027, 4, 4), "scheduled", 1))

    # --- whose it is ---

    def test_only_the_council_s_own_secretary_and_staff_plan(self):
        staff = self.make_user("t_plan_staff", "shora_council.group_shora_staff")
        with self.assertRaises(AccessError):
            self.planner(staff)
        with self.assertRaises(AccessError):
            self.council.with_user(self.employee).action_plan_year()
        for user in (self.head, self.president, self.auditor, self.employee):
            with self.assertRaises(AccessError):
                self.planner(user)
        self.council.staff_user_ids = staff
        planner = self.planner(staff)
        planner.action_propose()
        self.assertTrue(self.created(planner))

    def test_a_planner_cannot_be_turned_to_another_council(self):
        with tehran("2026-09-02 08:00"):
            other = self.make_council("T2")
            other_secretary, _people = self.staff_council(other, experts=1, prefix="t2")
        planner = self.proposed()
        with self.assertRaises(AccessError):
            planner.council_id = other
        with self.assertRaises(AccessError):
            planner.with_user(other_secretary).read(["year"])
        with self.assertRaises(AccessError):
            planner.line_ids.with_user(other_secretary).read(["clash"])
        foreign = self.plan(other, "2027-04-04", user=other_secretary)
        with self.assertRaises(ValidationError):
            planner.with_user(self.secretary).line_ids[0].sudo().write({"session_id": foreign.id})

    # --- what it costs ---

    def queries(self, planner):
        """Queries of creating the plan as a user does it: with its notes in the chatter, up to the commit."""
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        planner.with_context(tracking_disable=False).action_create()
        self.env.flush_all()
        self.env.cr.precommit.run()
        return self.env.cr.sql_log_count - before

    def test_a_year_of_26_sessions_with_all_members_costs_at_most_a_query_a_session_more(self):
        for number in range(8, 11):  # 4 + 10, fifteen cannot be reached
            self.appoint(self.council, f"B{number}", self.make_partner(f"more {number}"))
        self.council.nowruz_days_before = self.council.nowruz_days_after = 0
        first = self.proposed(weekday="0", year=1406)
        self.assertEqual(len(first.line_ids), 26)
        self.assertEqual(len(self.council._members_on(date(2027, 4, 4))), 14)
        first.line_ids[2:].unlink()
        two = self.queries(first)
        second = self.proposed(weekday="0", year=1407)
        count = len(second.line_ids)
        year = self.queries(second)
        self.assertLessEqual(year - two, count - 2, f"{two} for two sessions, {year} for a year")
        self.assertEqual(count, self.env["shora.session"].search_count([("day", ">=", "2028-03-20")]))
