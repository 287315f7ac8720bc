"""What a session is: whose, of which kind and how long; what is a plan until the members are told, and a fact then."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form

from tests.common import tehran, utc
from tests.shora_council.test_session import DAY, SessionCase


class TestKept(SessionCase):
    """The secretary of one council sits in another one as a member, and reads its sessions."""

    def setUp(self):
        super().setUp()
        with tehran("2026-09-02 08:00"):
            self.other = self.make_council("T2")
            self.stranger, _people = self.staff_council(self.other, experts=6, prefix="other ")
            self.appoint(self.other, "B7", self.secretary.partner_id, "2026-09-02")
        self.foreign = self.session(self.other, DAY, user=self.stranger)
        self.own = self.session(self.council, DAY)

    def refused(self, error, record, values):
        with self.subTest(model=record._name, **values), self.assertRaises(error), self.cr.savepoint():
            record.with_user(self.secretary).write(values)
        self.env.invalidate_all()

    def test_nothing_is_carried_into_another_council(self):
        notice = self.own.env["shora.notice"]._prepare_for(self.own)
        proposed = self.own.agenda_item_ids.create({"session_id": self.own.id, "name": "Proposed"})
        draft = self.own.create({"council_id": self.council.id, "start": utc("2026-12-21 10:00")})
        self.refused(UserError, self.own, {"council_id": self.other.id})
        self.refused(AccessError, draft, {"council_id": self.other.id})
        self.refused(UserError, self.own.agenda_item_ids[0], {"session_id": self.foreign.id})
        self.refused(AccessError, proposed, {"session_id": self.foreign.id})
        self.refused(UserError, notice, {"session_id": self.foreign.id})
        running = self.invited()
        with tehran(f"{DAY} 10:00"):
            running.write({"presiding_ground": "chair", "state": "open"})
            resolution = running.env["shora.resolution"].create({"session_id": running.id, "name": "R"})
            self.refused(UserError, resolution, {"session_id": self.foreign.id})

    def test_whose_a_record_is_is_copied_never_written(self):
        for values in ({"council_id": self.other.id}, {"company_id": False}):
            self.refused(UserError, self.own.agenda_item_ids, values)
        values = {"session_id": self.foreign.id, "council_id": self.council.id, "name": "Smuggled"}
        with self.assertRaises(UserError), self.cr.savepoint():
            self.own.env["shora.agenda.item"].create(values)

    def test_who_works_for_both_may_put_a_plan_right(self):
        staff = self.make_user("t_both_staff", "shora_council.group_shora_staff")
        (self.council | self.other).staff_user_ids = staff
        item = self.own.agenda_item_ids.with_user(staff).create({"session_id": self.own.id, "name": "Proposed"})
        item.session_id = self.foreign
        self.assertEqual(item.council_id, self.other)
        draft = self.own.with_user(staff).create({"council_id": self.council.id, "start": utc("2026-12-21 10:00")})
        draft.council_id = self.other
        self.assertEqual(draft.council_id, self.other)

    def test_a_resolution_is_on_an_item_of_its_session(self):
        later = self.session(self.council, "2026-12-21")
        values = {"session_id": self.own.id, "agenda_item_id": later.agenda_item_ids.id, "name": "R"}
        with self.assertRaisesRegex(ValidationError, "another session"), self.cr.savepoint():
            self.own.env["shora.resolution"].create(values)


class TestKind(SessionCase):
    def test_after_the_invitation_the_kind_stays(self):
        """An ordinary session made extraordinary would owe no notice, and its absences would not count (5-1, 5-6)."""
        urgent = {"kind": "extraordinary", "ground": "Urgent"}
        session = self.invited()
        with self.assertRaisesRegex(ValidationError, "Article 5, clause 1.*its kind stays"), self.cr.savepoint():
            session.write(urgent)
        planned = self.session(self.council, "2026-12-21")
        planned.write(urgent)
        self.assertEqual(planned.kind, "extraordinary")

    def test_an_opening_is_taken_back_to_where_it_came_from(self):
        session = self.opened()
        with tehran(f"{DAY} 10:00"):
            with self.assertRaisesRegex(UserError, "is “invited” again"), self.cr.savepoint():
                session.write({"state": "scheduled"})
            urgent = self.session(self.council, DAY, kind="extraordinary")
            urgent.write({"presiding_ground": "chair", "state": "open"})
            with self.assertRaisesRegex(UserError, "Dispatch the written notice"), self.cr.savepoint():
                urgent.write({"state": "invited"})
            urgent.action_take_back()
        self.assertEqual((session.state, urgent.state), ("open", "scheduled"))


class TestLength(SessionCase):
    def test_a_moved_session_lasts_as_long_as_before(self):
        session = self.session(self.council, DAY, stop=utc(f"{DAY} 13:00"))
        for day in ("2026-12-01", "2026-12-20"):
            session.write({"start": utc(f"{day} 14:00")})
            self.assertEqual((session.stop, session.event_id.stop), (utc(f"{day} 17:00"),) * 2)
        session.write({"start": utc(f"{DAY} 09:00"), "stop": utc(f"{DAY} 10:00")})
        self.assertEqual(session.stop, utc(f"{DAY} 10:00"))

    def test_on_the_form_too(self):
        session = self.session(self.council, DAY, stop=utc(f"{DAY} 13:00"))
        with Form(session) as form:
            form.start = utc("2026-12-01 14:00")
            self.assertEqual(form.stop, utc("2026-12-01 17:00"))

    def test_several_at_once_keep_each_its_own(self):
        long = self.session(self.council, DAY, stop=utc(f"{DAY} 13:00"))
        short = self.session(self.council, "2026-12-21", stop=utc("2026-12-21 11:00"))
        (long | short).write({"start": utc("2026-12-09 10:00")})
        self.assertEqual((long.stop, short.stop), (utc("2026-12-09 13:00"), utc("2026-12-09 11:00")))

    def test_dragged_by_its_beginning_in_the_calendar_it_ends_when_it_did(self):
        session = self.session(self.council, DAY)
        longer = {"start": utc(f"{DAY} 09:00"), "stop": utc(f"{DAY} 12:00")}
        session.event_id.with_user(self.secretary).write(longer)
        self.assertEqual((session.start, session.stop), (longer["start"], longer["stop"]))
        self.assertEqual((session.event_id.start, session.event_id.stop), (session.start, session.stop))
