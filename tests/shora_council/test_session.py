"""Sessions: who presides and when they open, their numbers, their order, postponing, and the calendar."""

from odoo.exceptions import RedirectWarning, UserError, ValidationError

from tests.common import ShoraCase, tehran, utc

DAY = "2026-12-07"


class SessionCase(ShoraCase):
    def invited(self, day=DAY, **vals):
        """An ordinary session invited in good time."""
        with tehran("2026-11-24 09:00"):
            session = self.session(self.council, day, **vals)
            self.dispatch(session)
        return session

    def opened(self, ground="chair", **vals):
        session = self.invited()
        with tehran(f"{DAY} 09:50"):
            session.write({"presiding_ground": ground, "state": "open", **vals})
        return session

    def row(self, session, seat):
        return session.attendance_ids.filtered(lambda row: row.partner_id == self.people[seat])


class TestPresiding(SessionCase):
    def test_the_chair_presides_and_is_there(self):
        session = self.opened()
        self.assertEqual(session.presiding_partner_id, self.people["B1"])
        self.assertEqual(self.row(session, "B1").status, "present")
        self.assertEqual(self.row(session, "B2").status, "unmarked")
        self.assertEqual(len(session.attendance_ids), 11)

    def test_somebody_presides_on_a_ground(self):
        session = self.invited()
        with tehran(f"{DAY} 10:00"):
            with self.assertRaisesRegex(UserError, r"Article 5, clause 2.*who presides"):
                session.write({"state": "open"})
            with self.assertRaisesRegex(UserError, "delegation"):
                session.write({"presiding_ground": "delegation", "state": "open"})
            with self.assertRaisesRegex(UserError, "never by hand"):
                session.write({"presiding_ground": "chair"})
            session.write({"presiding_ground": "delegation", "delegation_note": "Letter of today", "state": "open"})
        self.assertEqual(session.presiding_partner_id, self.secretary.partner_id)

    def test_the_dialog_opens_with_the_given_ground(self):
        session = self.invited()
        with tehran(f"{DAY} 10:00"):
            action = session.action_open()
            dialog = self.env[action["res_model"]].with_user(self.secretary).with_context(action["context"]).create({})
            self.assertEqual((dialog.presiding_ground, dialog.chair_id), ("chair", self.people["B1"]))
            dialog.presiding_ground = "chair_absent"
            dialog.action_confirm()
        self.assertEqual(session.presiding_partner_id, self.secretary.partner_id)

    def test_a_chair_marked_present_was_not_absent(self):
        session = self.opened("chair_absent")
        with tehran(f"{DAY} 12:00"):
            with self.assertRaisesRegex(UserError, r"Article 5, clause 2.*chair, is marked present"):
                self.close(session)
            session.attendance_ids.filtered(lambda row: row.partner_id == self.people["B1"]).status = "absent"
            session.action_close()
        self.assertEqual(session.state, "closed")

    def test_who_presided_was_present(self):
        session = self.opened()
        with tehran(f"{DAY} 12:00"), self.assertRaisesRegex(UserError, "presided and is not marked present"):
            self.close(session, absent=self.people["B1"])

    def test_without_a_chair_the_chair_cannot_preside(self):
        self.end(self.env["shora.decree"].search([("council_id", "=", self.council.id), ("kind", "=", "chair")]))
        session = self.invited()
        with tehran(f"{DAY} 10:00"):
            with self.assertRaisesRegex(UserError, "no chair"):
                session.write({"presiding_ground": "chair", "state": "open"})
            session.write({"presiding_ground": "chair_absent", "state": "open"})

    def test_with_nobody_to_preside_the_session_is_not_held(self):
        session = self.invited()
        with tehran(f"{DAY} 10:00"):
            with self.assertRaisesRegex(UserError, "reason"):
                session.write({"state": "not_held"})
            session.write({"final_reason": "Neither chair nor secretary came", "state": "not_held"})
        self.assertEqual((session.state, len(session.attendance_ids)), ("not_held", 0))
        self.assertFalse(session.minutes_awaited)
        with self.assertRaisesRegex(UserError, "can no longer be changed"):
            session.write({"place": "Elsewhere"})


class TestOpening(SessionCase):
    def test_not_before_its_day_in_tehran(self):
        session = self.invited()
        self.secretary.tz = "Pacific/Auckland"  # where the day has long begun
        with tehran("2026-12-06 23:59:59"), self.assertRaisesRegex(UserError, "day of the session has not come"):
            session.write({"presiding_ground": "chair", "state": "open"})
        with tehran(f"{DAY} 00:00"):
            session.write({"presiding_ground": "chair", "state": "open"})

    def test_an_ordinary_session_needs_its_notice(self):
        session = self.session(self.council, DAY)
        with tehran(f"{DAY} 10:00"):
            with self.assertRaisesRegex(UserError, r"Article 5, clause 1.*notice was dispatched"):
                session.write({"presiding_ground": "chair", "state": "open"})
            with self.assertRaisesRegex(UserError, "Dispatch the written notice"):
                session.write({"state": "invited"})

    def test_an_extraordinary_session_does_not(self):
        with tehran(f"{DAY} 08:00"):
            session = self.session(self.council, DAY, kind="extraordinary")
            session.write({"presiding_ground": "chair", "state": "open"})
            self.close(session)
        self.assertEqual(session.state, "closed")
        self.assertFalse(any(session.attendance_ids.mapped("counted")))

    def test_only_the_secretary_of_the_council_opens(self):
        session = self.invited()
        other = self.make_council("T2")
        with tehran(f"{DAY} 10:00"):
            stranger, _people = self.staff_council(other, prefix="other ", date_from="2026-12-01")
            for user in (self.president, self.secretariat, self.auditor, self.employee, stranger):
                with self.assertRaises(UserError):
                    session.with_user(user).write({"presiding_ground": "chair", "state": "open"})
        self.assertEqual(session.state, "invited")

    def test_a_running_session_keeps_its_time(self):
        session = self.opened()
        for values in ({"start": utc(f"{DAY} 11:00")}, {"kind": "extraordinary", "ground": "Urgent"}):
            with self.assertRaisesRegex(ValidationError, "is running"):
                session.write(values)

    def test_taking_a_wrong_opening_back(self):
        session = self.opened("delegation", delegation_note="Letter of today")
        with tehran(f"{DAY} 10:00"):
            self.row(session, "B2").status = "absent"
            session.action_take_back()
            self.assertEqual(session.state, "invited")
            self.assertFalse(session.attendance_ids)
            self.assertFalse(session.presiding_partner_id or session.presiding_ground or session.delegation_note)
            session.write({"presiding_ground": "chair", "state": "open"})
            self.assertEqual(self.row(session, "B2").status, "unmarked")
            session.agenda_item_ids.action_discuss()
            with self.assertRaisesRegex(UserError, "discussed or decided"):
                session.action_take_back()

    def test_closing_needs_every_mark_and_every_item(self):
        session = self.opened()
        with tehran(f"{DAY} 12:00"):
            session.action_hold()
            with self.assertRaisesRegex(UserError, "(?s)not marked.*without an outcome"):
                session.action_close()
            self.close_held(session)
        self.assertEqual(session.attendance_confirmed_by_id, self.secretary)
        with self.assertRaisesRegex(UserError, "not open for marking"):
            self.row(session, "B2").status = "absent"

    def close_held(self, session):
        session.attendance_ids.write({"status": "present"})
        session.agenda_item_ids.action_discuss()
        session.action_close()


class TestOrder(SessionCase):
    def test_numbers_run_on_over_all_kinds_and_outcomes(self):
        first = self.session(self.council, DAY)
        second = self.session(self.council, "2026-12-08", kind="extraordinary")
        second.write({"final_reason": "No need", "state": "cancelled"})
        third = self.session(self.council, "2026-12-21")
        self.assertEqual((first.number, second.number, third.number), (1, 2, 3))
        with self.assertRaisesRegex(UserError, "never by hand"):
            third.write({"number": 2})
        draft = third.copy()
        self.assertEqual((draft.state, draft.number), ("draft", 0))

    def test_columns_of_cards_stand_in_the_order_of_a_session_s_life(self):
        session = self.session(self.council, "2026-12-20")
        session.write({"final_reason": "No need", "state": "cancelled"})
        sessions = self.env["shora.session"].with_context(read_group_expand=True)
        groups = sessions.formatted_read_group([("council_id", "=", self.council.id)], ["state"], ["__count"])
        life = ["draft", "scheduled", "invited", "open", "held", "closed"]
        self.assertEqual([group["state"] for group in groups], [*life, "cancelled"])

    def test_councils_number_by_themselves(self):
        self.session(self.council, DAY)
        other = self.make_council("T2")
        secretary, _people = self.staff_council(other, prefix="other ")
        self.assertEqual(self.session(other, DAY, user=secretary).number, 1)

    def test_earlier_ordinary_sessions_are_closed_first(self):
        earlier, later = self.invited(), self.invited("2026-12-14")
        with tehran("2026-12-14 10:00"):
            later.write({"presiding_ground": "chair", "state": "open"})
            with self.assertRaisesRegex(UserError, r"Article 5, clause 6.*not closed yet"):
                self.close(later)
            earlier.write({"final_reason": "Nobody came", "state": "not_held"})
            later.action_close()
        self.assertEqual(later.state, "closed")

    def test_postponing_makes_a_successor_with_its_items(self):
        session = self.invited()
        session.write({"place": "Small hall", "video_url": "https://meet.example.com/irud"})
        item = session.agenda_item_ids
        item.attachment_ids = [(0, 0, {"name": "report.txt", "raw": b"report"})]
        proposed = item.create({"session_id": session.id, "name": "Proposed"})
        session.notice_id.recipient_ids.sudo().partner_id.lang = "en_US"
        letters = session.notice_id.recipient_ids.sudo().mail_id
        letters.write({"state": "sent"})
        letters._postprocess_sent_message([], [])
        with tehran("2026-12-05 10:00"):
            action = session.action_postpone()
            dialog = self.env[action["res_model"]].with_user(self.secretary).with_context(action["context"])
            late = dialog.create({"final_reason": "Snow", "postponed_to": utc("2026-12-05 09:00")})
            with self.assertRaisesRegex(UserError, "in the future"):
                late.action_confirm()
            dialog.create({"final_reason": "Snow", "postponed_to": utc("2026-12-21 14:00")}).action_confirm()
        successor = session.successor_id
        self.assertEqual((session.state, item.state, proposed.state), ("postponed", "postponed", "withdrawn"))
        self.assertEqual((successor.state, str(successor.day)), ("draft", "2026-12-21"))
        self.assertEqual(successor.stop - successor.start, session.stop - session.start)
        self.assertEqual((successor.place, successor.video_url), (session.place, session.video_url))
        self.assertEqual((successor.place, successor.video_url), ("Small hall", "https://meet.example.com/irud"))
        carried = successor.agenda_item_ids
        self.assertEqual(carried.mapped("state"), ["accepted", "proposed"])
        self.assertEqual(carried.carried_from_id, item | proposed)
        self.assertEqual(carried[0].attachment_ids.raw, b"report")
        told = self.env["mail.message"].search(
            [("model", "=", "shora.session"), ("res_id", "=", session.id), ("body", "like", "Snow")]
        )
        self.assertEqual(told.partner_ids, session.notice_id.recipient_ids.partner_id)
        self.assertIn("postponed to 12/21/2026 at 14:00; a new invitation follows", told.body)


class TestStandIn(SessionCase):
    def test_a_stand_in_is_present_and_no_member_while_the_member_is_absent(self):
        session = self.opened()
        stand_in = self.make_partner("Stand In")
        Attendance = self.env["shora.attendance"].with_user(self.secretary)
        values = {"session_id": session.id, "partner_id": stand_in.id, "status": "present"}
        with tehran(f"{DAY} 10:00"):
            row = Attendance.create({**values, "note": "Sent by the member of seat B3"})
            for forged in ({"kind": "member"}, {"membership_id": self.row(session, "B3").membership_id.id}):
                with self.assertRaises(UserError), self.cr.savepoint():
                    Attendance.create({**values, "partner_id": self.make_partner("Other").id, **forged})
            with self.assertRaisesRegex(UserError, "Article 4, note 3"):
                self.row(session, "B3").write({"partner_id": stand_in.id})
            with self.assertRaisesRegex(UserError, "is a member of the council"):
                Attendance.create({**values, "partner_id": self.secretary_of_another_day().id})
            session.attendance_ids.filtered("membership_id").write({"status": "present"})
            self.row(session, "B3").status = "absent"
            session.agenda_item_ids.action_discuss()
            session.action_hold()
            session.action_close()
        self.assertEqual((row.kind, row.counted, row.membership_id.id), ("non_member", False, False))
        self.assertTrue(self.row(session, "B3").counted)
        self.assertEqual((session.present_count, session.absent_count), (10, 1))

    def secretary_of_another_day(self):
        """Somebody who became a member after the roll was made, on a first day before the session."""
        partner = self.make_partner("Late Member")
        self.appoint(self.council, "B8", partner, "2026-12-01")
        return partner


class TestCalendar(SessionCase):
    def test_the_event_follows_the_session(self):
        with tehran("2026-11-24 09:00"):
            draft = self.env["shora.session"].with_user(self.secretary)
            draft = draft.create({"council_id": self.council.id, "start": utc(f"{DAY} 10:00")})
            self.assertFalse(draft.event_id)
            draft.action_schedule()
        event = draft.event_id
        self.assertEqual((event.start, event.stop), (utc(f"{DAY} 10:00"), utc(f"{DAY} 12:00")))
        self.assertEqual(event.location, "Hall")
        self.assertEqual(len(event.partner_ids), 11)
        draft.write({"start": utc("2026-12-08 14:00"), "stop": utc("2026-12-08 15:30"), "place": "Other hall"})
        self.assertEqual((event.start, event.stop), (utc("2026-12-08 14:00"), utc("2026-12-08 15:30")))
        self.assertEqual((event.location, draft.event_id), ("Other hall", event))
        draft.write({"final_reason": "No need", "state": "cancelled"})
        self.assertFalse(event.exists())
        self.assertFalse(draft.event_id)

    def test_the_calendar_asks_the_sessions_rules(self):
        """By the secretary the event moves the session; by nobody else, and never its shape, title or attendees."""
        session = self.invited()
        event = session.event_id
        told = self.env["mail.message"].search_count([("res_id", "=", session.id), ("model", "=", session._name)])
        moved = {"start": utc("2026-12-08 10:00"), "stop": utc("2026-12-08 12:00")}
        for user in (self.employee, self.president, self.env.user):
            for values in (moved, {"location": "Elsewhere"}, {"videocall_location": "https://meet.example/x"}):
                with self.assertRaisesRegex(UserError, "council session"), self.cr.savepoint():
                    event.with_user(user).write(values)
            with self.assertRaisesRegex(UserError, "council session"), self.cr.savepoint():
                event.with_user(user).unlink()
        for values in (
            {"active": False},
            {"name": "Something else"},
            {"allday": True},
            {"partner_ids": [(4, self.employee.partner_id.id)]},
            {"partner_ids": [(3, self.people["B1"].id)]},
            {"privacy": "public"},
        ):
            with self.assertRaisesRegex(UserError, "council session"), self.cr.savepoint():
                event.with_user(self.secretary).write(values)
        self.assertEqual((event.start, event.location, event.active), (utc(f"{DAY} 10:00"), "Hall", True))
        event.with_user(self.secretary).write({**moved, "location": "Library"})
        self.assertEqual((session.start, session.stop), (moved["start"], moved["stop"]))
        self.assertEqual((session.place, event.start, event.location), ("Library", moved["start"], "Library"))
        messages = self.env["mail.message"].search([("res_id", "=", session.id), ("model", "=", session._name)])
        self.assertEqual(len(messages), told + 1, "one message, and none of the calendar's own")
        self.assertIn(self.people["B1"], messages[0].partner_ids)
        self.assertIn("Library", messages[0].body)

    def test_nobody_writes_the_attendees_of_a_session_but_their_own_word(self):
        session = self.invited()
        event = session.event_id
        row = event.attendee_ids.filtered(lambda attendee: attendee.partner_id == self.people["B1"])
        for user in (self.employee, self.secretary):
            mine = row.with_user(user)
            for call in (
                mine.unlink,
                lambda mine=mine: mine.write({"state": "declined"}),
                lambda mine=mine: mine.write({"partner_id": self.employee.partner_id.id}),
                lambda mine=mine: mine.create({"event_id": event.id, "partner_id": self.employee.partner_id.id}),
            ):
                with self.assertRaisesRegex(UserError, "council session"), self.cr.savepoint():
                    call()
        staff = self.make_user("t_cal_staff", "shora_council.group_shora_staff")
        self.council.staff_user_ids = staff
        later = {"start": utc(f"{DAY} 14:00"), "stop": utc(f"{DAY} 16:00")}
        event.with_user(staff).write(later)
        self.assertEqual(session.start, later["start"], "who plans the session moves it past the calendar's own asking")
        own = event.attendee_ids.filtered(lambda attendee: attendee.partner_id == self.secretary.partner_id)
        own.with_user(self.secretary).write({"state": "accepted"})
        self.assertEqual((own.state, len(event.attendee_ids)), ("accepted", 11))

    def test_colleagues_see_that_people_are_taken_and_not_by_what(self):
        event = self.invited().event_id
        member = self.make_user("t_cal_member", "shora_council.group_shora_member")
        with tehran(self.TODAY):
            self.appoint(self.council, "B8", member.partner_id, "2026-11-23")
            session = self.session(self.council, "2026-12-21")
        office = session.with_context(lang=self.env["shora.pdf"]._language())
        self.assertEqual(session.event_id.with_user(member).display_name, office.display_name)
        title = event.name
        self.env.invalidate_all()
        shown = event.with_user(self.employee).read(["name", "location"])[0]
        self.assertFalse({shown["name"], shown["location"]} & {title, "Hall"})

    def test_a_move_in_the_calendar_judges_the_notice_again(self):
        session = self.invited()
        with tehran(self.TODAY):
            self.assertFalse(session.notice_id.is_late)
            near = {"start": utc("2026-11-26 10:00"), "stop": utc("2026-11-26 12:00")}
            session.event_id.with_user(self.secretary).write(near)
            session.notice_id.invalidate_recordset(["is_late"])
            self.assertTrue(session.notice_id.is_late)

    def test_a_running_session_is_not_moved_by_the_calendar(self):
        session = self.invited()
        with tehran(f"{DAY} 10:05"):
            session.write({"presiding_ground": "chair", "state": "open"})
            with self.assertRaisesRegex(ValidationError, "running"), self.cr.savepoint():
                session.event_id.with_user(self.secretary).write({"stop": utc(f"{DAY} 15:00")})

    def test_the_secretary_deleting_the_event_is_led_to_the_cancelling(self):
        session = self.invited()
        with self.assertRaises(RedirectWarning) as refused, self.cr.savepoint():
            session.event_id.with_user(self.secretary).unlink()
        _text, action, _button, context = refused.exception.args
        self.assertEqual(self.env["ir.actions.act_window"].browse(action).res_model, "shora.session.final")
        self.env["shora.session.final"].with_user(self.secretary).with_context(**context).create(
            {"final_reason": "No need"}
        ).action_confirm()
        self.assertEqual(session.state, "cancelled")
        self.assertFalse(session.event_id)

    def test_the_event_carries_video_link_and_reminder(self):
        session = self.plan(self.council, DAY, video_url="https://meet.example/shora")
        event = session.event_id
        self.assertEqual(event.videocall_location, "https://meet.example/shora")
        self.assertEqual(event.alarm_ids, self.env.ref("shora_council.alarm_session"))
        ics = event._get_ics_file()[event.id].decode()
        self.assertIn("BEGIN:VALARM", ics)
        session.video_url = False
        self.assertFalse(event.videocall_location)
        with self.assertRaisesRegex(ValidationError, "web address"), self.cr.savepoint():
            session.video_url = "javascript:alert(1)"

    def test_postponed_and_not_held_sessions_leave_the_calendar(self):
        session = self.invited()
        with tehran(f"{DAY} 10:00"):
            event = session.event_id
            session.write({"final_reason": "Nobody came", "state": "not_held"})
        self.assertFalse(event.exists())
