"""Article 4, kind by kind: representative, acting secretary, chair, end; what supersedes what, and who prepares it."""

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation, ExclusionViolation

from tests.common import ShoraCase, tehran


@tagged("post_install", "-at_install")
class TestRepresentative(ShoraCase):
    """4-A4 and note 3: a standing representative by decree is the member; nobody else is represented."""

    def vacate(self, seat, day="2026-11-22"):
        self.end(self.people[seat].shora_membership_ids, "post_lost", day)

    def test_representative_holds_the_seat(self):
        self.vacate("A4")
        principal, deputy = self.make_partner("Principal"), self.make_partner("Deputy")
        decree = self.decree(self.council, "A4", deputy, "2026-11-23", kind="representative", principal_id=principal.id)
        decree.action_issue()
        self.assertEqual(
            self.council._members_on(self.council._today()).filtered(lambda m: m.seat_id.code == "A4").partner_id,
            deputy,
        )
        self.assertFalse(decree.date_to)

    def test_no_other_seat_can_be_represented(self):
        for seat in ("A1", "A2", "A3", "B9"):
            with (
                self.subTest(seat=seat),
                self.assertRaisesRegex(ValidationError, "Article 4, note 3"),
                self.cr.savepoint(),
            ):
                self.decree(
                    self.council,
                    seat,
                    self.make_partner(f"R {seat}"),
                    kind="representative",
                    principal_id=self.people["B1"].id,
                )

    @mute_logger("odoo.sql_db")
    def test_a_principal_is_named_by_representatives_only_even_in_sql(self):
        with self.assertRaises(CheckViolation), self.cr.savepoint():
            self.decree(self.council, "B9", self.make_partner("X"), principal_id=self.people["B1"].id)
        with self.assertRaises(CheckViolation), self.cr.savepoint():
            self.decree(self.council, "A4", self.make_partner("Y"), kind="representative")

    def test_nobody_represents_himself(self):
        person = self.make_partner("Self")
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self.decree(self.council, "A4", person, kind="representative", principal_id=person.id)


@tagged("post_install", "-at_install")
class TestActingSecretary(ShoraCase):
    def acting(self, partner, day="2026-11-23"):
        return self.decree(self.council, "A2", partner, day, kind="acting")

    def test_refused_while_the_seat_is_held(self):
        decree = self.acting(self.make_partner("Acting"))
        with self.assertRaisesRegex(UserError, self.secretary.partner_id.name):
            decree.action_issue()

    def test_outsider_acts_and_sits(self):
        self.end(self.secretary.partner_id.shora_membership_ids, day="2026-11-22")
        user = self.make_user("t_acting", "shora_council.group_shora_secretary")
        self.assertFalse(self.council.with_user(user).has_access("read"))
        self.acting(user.partner_id).action_issue()
        self.env.invalidate_all()
        self.assertIn("secretary", user._shora_roles(self.council))
        self.assertEqual(self.council.secretary_id, user.partner_id)
        self.assertTrue(self.council.is_secretary_acting)
        self.assertNotIn("secretary", self.secretary._shora_roles(self.council))
        self.assertEqual(self.council.member_count, 11)

    def test_member_acts_and_is_counted_once(self):
        self.end(self.secretary.partner_id.shora_membership_ids, day="2026-11-22")
        user = self.make_user("t_acting", "shora_council.group_shora_secretary")
        self.appoint(self.council, "B9", user.partner_id, "2026-11-23")
        before = self.council._composition_on(self.council._today()).total
        decree = self.acting(user.partner_id)
        decree.action_issue()
        self.env.invalidate_all()
        self.assertEqual(self.council._composition_on(self.council._today()).total, before)
        self.assertIn("secretary", user._shora_roles(self.council))
        with self.subTest("it ends with the membership it rests on"), tehran("2026-12-02 00:00"):
            self.env.invalidate_all()
            self.end(user.partner_id.shora_membership_ids, day="2026-12-01")
            self.env.invalidate_all()
            self.assertEqual(decree.state, "ended")
            self.assertNotIn("secretary", user._shora_roles(self.council))

    def test_secretary_supersedes_the_acting_one_from_the_day(self):
        self.end(self.secretary.partner_id.shora_membership_ids, day="2026-11-22")
        acting = self.acting(self.make_partner("Acting"))
        acting.action_issue()
        user = self.make_user("t_new_secretary", "shora_council.group_shora_secretary")
        decree = self.decree(self.council, "A2", user.partner_id, "2026-12-01")
        self.assertEqual(decree.supersedes_id, acting)
        decree.action_issue()
        for at, secretary in (("2026-11-30 23:59:59", acting.partner_id), ("2026-12-01 00:00:00", user.partner_id)):
            with tehran(at):
                self.env.invalidate_all()
                self.assertEqual(self.council.secretary_id, secretary, at)
        with tehran("2026-12-01 00:00"):
            self.assertIs(self.run_job("cron_terms"), True)
        self.assertEqual((acting.state, acting.end_reason, decree.state), ("ended", "superseded", "in_force"))

    def test_only_the_secretarys_seat(self):
        with self.assertRaisesRegex(ValidationError, "acting secretary"), self.cr.savepoint():
            self.decree(self.council, "A3", self.make_partner("X"), kind="acting")


@tagged("post_install", "-at_install")
class TestEnd(ShoraCase):
    def test_a_coming_end_takes_effect_at_midnight_without_a_job(self):
        member = self.people["B2"].shora_membership_ids
        end = self.end(member, day="2026-12-05")
        self.assertEqual((member.state, end.state, str(member.date_to)), ("current", "issued", "2026-12-05"))
        for at, sits in (("2026-12-05 23:59:59", True), ("2026-12-06 00:00:00", False)):
            with tehran(at):
                self.assertEqual(member in self.council._members_on(self.council._today()), sits, at)
        with tehran("2026-12-06 00:00"):
            self.assertIs(self.run_job("cron_terms"), True)
        self.assertEqual(
            (member.state, member.end_reason, member.decree_id.state, end.state),
            ("ended", "resigned", "ended", "in_force"),
        )

    def test_every_end_withdraws_coming_invitations(self):
        first = self.session(self.council, "2026-12-03")
        second = self.session(self.council, "2026-12-10")
        for session in (first, second):
            self.dispatch(session)
        for seat, ground in (("B2", "resigned"), ("B3", "revoked"), ("A3", "post_lost")):
            person = self.people[seat]
            self.end(person.shora_membership_ids, ground, "2026-12-03")
            rows = {
                s: s.notice_id.recipient_ids.filtered(lambda r, p=person: r.partner_id == p) for s in first | second
            }
            with self.subTest(ground=ground):
                self.assertNotEqual(rows[first].state, "withdrawn", "still a member on that day")
                self.assertEqual(rows[second].state, "withdrawn")
                self.assertIn(person, first.event_id.partner_ids)
                self.assertNotIn(person, second.event_id.partner_ids)

    def test_what_ended_is_not_ended_again(self):
        member = self.people["B2"].shora_membership_ids
        self.end(member, day="2026-11-22")
        with self.assertRaisesRegex(UserError, "not in force"):
            self.end(member, day="2026-11-23")

    def test_deemed_resignation_is_recorded_not_decided(self):
        absentee = self.people["B3"]
        member = absentee.shora_membership_ids
        with self.assertRaisesRegex(UserError, "clause 6"), self.cr.savepoint():
            self.end(member, "deemed_resigned", "2026-11-22")
        for day in ("2026-09-14", "2026-09-28", "2026-10-12"):
            self.held_session(self.council, day, absent=absentee)
        self.assertEqual((member.end_reason, str(member.date_to)), ("deemed_resigned", "2026-10-12"))
        with self.assertRaisesRegex(UserError, "the day after"), self.cr.savepoint():
            self.end(member, "deemed_resigned", "2026-10-13")
        record = self.end(member, "deemed_resigned", "2026-10-12")
        self.assertEqual((record.state, str(member.date_to)), ("in_force", "2026-10-12"))

    def test_chair_gives_up_the_chair_and_stays_a_member(self):
        chair = self.env["shora.decree"].search([("council_id", "=", self.council.id), ("kind", "=", "chair")])
        self.end(chair, day="2026-11-22")
        self.assertFalse(self.council._chair_on(self.council._today()))
        self.assertEqual(self.people["B1"].shora_membership_ids.state, "current")
        self.appoint(self.council, "B2", self.people["B2"], "2026-11-23", kind="chair")
        self.assertEqual(self.council._chair_on(self.council._today()).partner_id, self.people["B2"])

    def test_a_decree_issued_in_error_is_superseded_from_its_first_day(self):
        member = self.people["A3"].shora_membership_ids
        right = self.decree(
            self.council, "A3", self.make_partner("Right"), "2026-09-01", supersedes_id=member.decree_id.id
        )
        right.action_issue()
        self.assertEqual((member.state, member.end_reason, member.decree_id.state), ("void", "superseded", "ended"))
        self.assertEqual(right.membership_id.state, "current")

    def test_attended_sessions_keep_a_decree_from_being_undone(self):
        self.held_session(self.council, "2026-09-14")
        member = self.people["A3"].shora_membership_ids
        right = self.decree(
            self.council, "A3", self.make_partner("Right"), "2026-09-01", supersedes_id=member.decree_id.id
        )
        with self.assertRaisesRegex(UserError, "attended"):
            right.action_issue()
        right.write({"state": "draft"})
        right.date_from = "2026-10-01"
        right.supersedes_id = member.decree_id
        right.action_propose()
        right.action_issue()
        self.assertEqual((member.state, str(member.date_to)), ("ended", "2026-09-30"))

    def test_a1_ends_with_the_city_council(self):
        self.end(self.people["A1"].shora_membership_ids, "post_lost", "2026-11-22")
        member = self.decree(self.council, "A1", self.make_partner("City"), "2026-11-23", post_until="2026-12-20")
        member.action_issue()
        member = member.membership_id
        for at, state in (("2026-12-20 23:59:59", "current"), ("2026-12-21 00:00:00", "ended")):
            with tehran(at):
                self.assertIs(self.run_job("cron_terms"), True)
            self.assertEqual(member.state, state, at)
        self.assertEqual(member.end_reason, "post_lost")

    def test_people_end_by_decree_only(self):
        decree = self.people["B2"].shora_membership_ids.decree_id
        for user in (self.president, self.office, self.hr):
            with self.subTest(user=user.login), self.assertRaisesRegex(UserError, "This step belongs to"):
                decree.with_user(user).write({"state": "ended", "end_reason": "resigned", "date_ended": "2026-11-22"})


@tagged("post_install", "-at_install")
class TestProposal(ShoraCase):
    """4-B: experts are proposed by the secretary, selected by the President."""

    def test_secretary_proposes_experts_and_nothing_else(self):
        decree = self.decree(self.council, "B9", self.make_partner("E"), user=self.secretary, proposal_note=False)
        self.assertEqual((decree.state, decree.proposed_by_id), ("proposed", self.secretary))
        with self.assertRaisesRegex(UserError, "HR or the President's office"):
            self.decree(self.council, "A3", self.make_partner("D"), user=self.secretary)
        with self.assertRaisesRegex(UserError, "HR or the President's office"):
            self.decree(self.council, "B2", self.people["B2"], kind="chair", user=self.secretary)

    def test_others_name_the_secretarys_written_proposal(self):
        for user in (self.hr, self.office, self.president):
            with (
                self.subTest(user=user.login),
                self.assertRaisesRegex(UserError, "Article 4, part B.*written proposal"),
            ):
                self.decree(self.council, "B9", self.make_partner(f"E {user.login}"), user=user, proposal_note=" ")

    def test_ex_officio_needs_no_proposal(self):
        self.end(self.people["A3"].shora_membership_ids, "post_lost", "2026-11-22")
        decree = self.decree(
            self.council, "A3", self.make_partner("D"), "2026-11-23", user=self.hr, proposal_note=False
        )
        self.assertEqual(decree.state, "proposed")

    def test_the_office_number_is_filled_in_once_after_the_signature(self):
        decree = self.people["B2"].shora_membership_ids.decree_id
        with self.assertRaises(UserError):
            decree.with_user(self.secretary).write({"official_number": "5/1", "official_date": "2026-09-01"})
        decree.with_user(self.hr).write({"official_number": "5/1", "official_date": "2026-09-01"})
        with self.assertRaises(UserError):
            decree.with_user(self.hr).write({"official_number": "5/2"})
        self.assertEqual(decree.official_number, "5/1")

    @mute_logger("odoo.sql_db")
    def test_two_chairs_and_two_acting_secretaries_are_impossible_in_sql(self):
        chair = self.env["shora.decree"].search([("council_id", "=", self.council.id), ("kind", "=", "chair")])
        with self.assertRaises(ExclusionViolation), self.cr.savepoint():
            second = chair.copy({"partner_id": self.people["B2"].id})
            second._store_facts({"state": "in_force"})
            second.flush_recordset()
