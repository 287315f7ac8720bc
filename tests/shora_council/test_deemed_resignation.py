"""Clause 5-6 in the database: three consecutive ordinary sessions, by facts, reversible."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from tests.common import ShoraCase, tehran


@tagged("post_install", "-at_install")
class TestDeemedResignation(ShoraCase):
    def setUp(self):
        super().setUp()
        self.absentee = self.people["B3"]
        self.member = self.env["shora.membership"].search(
            [("council_id", "=", self.council.id), ("partner_id", "=", self.absentee.id)]
        )

    def records(self, state="in_force"):
        return self.env["shora.deemed.resignation"].search(
            [("council_id", "=", self.council.id), ("partner_id", "=", self.absentee.id), ("state", "=", state)]
        )

    def run_of(self, pattern, start=10):
        """Hold ordinary sessions two weeks apart: A absent, P present."""
        days = ["2026-09-14", "2026-09-28", "2026-10-12", "2026-10-26", "2026-11-09", "2026-11-21"]
        return [
            self.held_session(self.council, day, absent=self.absentee if mark == "A" else ())
            for day, mark in zip(days, pattern, strict=False)
        ]

    def test_two_absences_warn_member_and_secretary(self):
        self.run_of("AA")
        self.assertFalse(self.records())
        told = self.env["mail.message"].search([("model", "=", "shora.membership"), ("res_id", "=", self.member.id)])
        self.assertIn(self.absentee, told.partner_ids)
        self.assertIn(self.secretary.partner_id, told.partner_ids)

    def test_third_absence_resigns_on_the_day_of_the_third_session(self):
        sessions = self.run_of("AAA")
        record = self.records()
        self.assertEqual(record.session_ids.sorted("start"), self.env["shora.session"].browse([s.id for s in sessions]))
        self.assertEqual(str(record.date), "2026-10-12")
        self.assertEqual(self.member.state, "ended")
        self.assertEqual(str(self.member.date_to), "2026-10-12")
        self.assertEqual(self.member.end_reason, "deemed_resigned")
        self.assertEqual(self.member.decree_id.state, "ended")

    def test_presence_between_breaks_the_run(self):
        self.run_of("AAPA")
        self.assertFalse(self.records())
        self.assertEqual(self.member.absences_in_a_row, 1)

    def test_excused_absence_is_absence(self):
        for day in ("2026-09-14", "2026-09-28", "2026-10-12"):
            self.held_session(self.council, day, excused=self.absentee)
        self.assertTrue(self.records())

    def test_extraordinary_cancelled_and_not_held_sessions_change_nothing(self):
        self.run_of("AA")
        self.held_session(self.council, "2026-10-01", absent=self.absentee, kind="extraordinary")
        with tehran("2026-10-02 08:00"):
            cancelled = self.session(self.council, "2026-10-10")
            cancelled.write({"state": "cancelled", "final_reason": "Holiday"})
            failed = self.session(self.council, "2026-10-11")
            failed.write({"state": "not_held", "final_reason": "Nobody presided"})
        self.assertFalse(self.records())
        self.assertEqual(self.member.absences_in_a_row, 2)
        self.held_session(self.council, "2026-10-26", absent=self.absentee)
        self.assertEqual(str(self.records().date), "2026-10-26")

    def test_sessions_before_the_appointment_do_not_count(self):
        late = self.make_partner("Latecomer")
        self.run_of("PP")
        with tehran("2026-10-05 09:00"):
            self.appoint(self.council, "B10", late, "2026-10-05")
        self.absentee = late
        self.member = late.shora_membership_ids
        for day in ("2026-10-12", "2026-10-26"):
            self.held_session(self.council, day, absent=late)
        self.assertFalse(self.records())
        self.held_session(self.council, "2026-11-09", absent=late)
        self.assertEqual(str(self.records().date), "2026-11-09")

    def test_correcting_the_second_attendance_voids_and_restores(self):
        self.in_english()  # the reason is kept for all to read
        sessions = self.run_of("AAA")
        row = sessions[1].attendance_ids.filtered(lambda r: r.partner_id == self.absentee)
        row._correct("present", "The sheet was misread")
        self.assertFalse(self.records())
        self.assertEqual(self.records("void").void_reason, "A corrected attendance broke the run of absences.")
        self.assertEqual(self.member.state, "current")
        self.assertEqual(self.member.date_to, self.member.date_decreed_to)
        self.assertEqual(self.member.decree_id.state, "in_force")

    def test_correction_after_the_seat_was_taken_asks_the_secretariat(self):
        sessions = self.run_of("AAA")
        with tehran("2026-10-20 09:00"):
            self.appoint(self.council, "B3", self.make_partner("Successor"), "2026-10-20")
        row = sessions[1].attendance_ids.filtered(lambda r: r.partner_id == self.absentee)
        row._correct("present", "The sheet was misread")
        self.assertEqual(self.member.state, "ended")
        self.assertTrue(self.records("void").needs_decision)
        finding = self.env["shora.finding"].search(
            [("council_id", "=", self.council.id), ("code", "=", "resignation_open"), ("state", "=", "open")]
        )
        self.assertEqual(finding.actor, "secretariat")

    def test_found_late_is_dated_on_the_third_session_and_later_attendance_is_de_facto(self):
        sessions = self.run_of("APAP")
        row = sessions[1].attendance_ids.filtered(lambda r: r.partner_id == self.absentee)
        row._correct("absent", "Signed for somebody else")
        record = self.records()
        self.assertEqual(str(record.date), "2026-10-12")
        fourth = sessions[3].attendance_ids.filtered(lambda r: r.partner_id == self.absentee)
        self.assertTrue(fourth.is_de_facto)
        self.assertEqual(fourth.status, "present")

    def test_chair_who_is_deemed_resigned_leaves_the_chair_vacant(self):
        chair = self.people["B1"]
        for day in ("2026-09-14", "2026-09-28", "2026-10-12"):
            with tehran(f"{day[:-2]}01 08:00" if day != "2026-09-14" else "2026-09-03 08:00"):
                session = self.session(self.council, day)
                self.dispatch(session)
            with tehran(f"{day} 12:30"):
                session.write({"presiding_ground": "chair_absent", "state": "open"})
                self.close(session, absent=chair)
        self.council.invalidate_recordset()  # the clock of the test has moved
        self.assertFalse(self.council.chair_id)
        self.env["shora.finding"]._check(self.council)
        open_codes = self.council.finding_ids.filtered(lambda f: f.state == "open").mapped("code")
        self.assertIn("one_chair", open_codes)

    def test_resigned_member_is_not_invited_any_more(self):
        with tehran("2026-10-03 08:00"):
            future = self.session(self.council, "2026-10-26")
            notice = self.dispatch(future)
        self.run_of("AAA")
        row = notice.recipient_ids.filtered(lambda r: r.partner_id == self.absentee)
        self.assertEqual(row.state, "withdrawn")
        self.assertNotIn(self.absentee, future.event_id.partner_ids)

    def test_nightly_check_twice_gives_nothing_twice(self):
        self.run_of("AAA")
        before = self.env["shora.deemed.resignation"].search_count([])
        self.assertIs(self.run_job("cron_absence"), True)
        self.assertIs(self.run_job("cron_absence"), True)
        self.assertEqual(self.env["shora.deemed.resignation"].search_count([]), before)

    def test_nobody_writes_a_resignation_by_hand(self):
        sessions = self.run_of("A")
        values = {
            "number": "1",
            "council_id": self.council.id,
            "membership_id": self.member.id,
            "partner_id": self.absentee.id,
            "session_ids": [(6, 0, sessions[0].ids)],
            "date": "2026-10-12",
        }
        with self.assertRaisesRegex(UserError, "not written by hand"):
            self.env["shora.deemed.resignation"].with_user(self.secretariat).sudo().create(values)

    def test_exempting_ex_officio_members_works_when_switched_on(self):
        bylaw = self.env["shora.bylaw"].browse(self.council.bylaw_id.id)
        action = bylaw.action_new_version()
        version = self.env["shora.bylaw"].browse(action["res_id"])
        version.date_from = "2026-09-02"
        version.rule_ids.filtered(lambda r: r.code == "absence_exempt_ex_officio").is_active = True
        self.council.bylaw_ids += version
        version.with_user(self.admin).action_put_in_force()
        self.absentee = self.people["A3"]
        for day in ("2026-09-14", "2026-09-28", "2026-10-12"):
            self.held_session(self.council, day, absent=self.absentee)
        self.assertFalse(self.records())
