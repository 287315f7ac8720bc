"""Substitutes named with dates, for a secretary and for the head of the Secretariat; they sign nothing (spec, 6)."""

import psycopg2
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from tests.common import tehran, utc
from tests.shora_council.joint_case import JointCase


class SubstituteCase(JointCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.deputy = cls.make_user("t_deputy", "shora_council.group_shora_staff", "Deputy")

    def name(self, council=None, user=None, by=None, first="2026-11-25", last="2026-12-05", **vals):
        substitutes = self.env["shora.substitute"].with_user(by or self.secretary)
        return substitutes.create(
            {
                "council_id": (council or self.council).id,
                "user_id": (user or self.deputy).id,
                "date_from": first,
                "date_to": last,
                **vals,
            }
        )


@tagged("post_install", "-at_install")
class TestSecretarySubstitute(SubstituteCase):
    def test_the_right_lasts_from_the_first_day_to_the_last(self):
        session = self.plan(self.council, "2026-12-20")
        self.name()
        for at, may in (
            ("2026-11-24 23:59", False),
            ("2026-11-25 00:00", True),
            ("2026-12-05 23:59", True),
            ("2026-12-06 00:00", False),
        ):
            with tehran(at):
                self.env.invalidate_all()
                roles = self.deputy._shora_roles(self.council)
                self.assertEqual({"staff", "substitute"} <= roles, may, at)
                self.assertNotIn("secretary", roles)
                self.assertEqual(session.with_user(self.deputy).has_access("write"), may, at)
                found = self.env["shora.session"].with_user(self.deputy).search([("id", "=", session.id)])
                self.assertEqual(bool(found), may, at)

    def test_all_but_the_signature(self):
        self.name()
        with tehran("2026-11-26 09:00"):
            session = self.plan(self.council, "2026-12-04", user=self.deputy)
            notice = self.dispatch(session)
        post = self.env["shora.pdf"]._phrases()["notice_signer"](notice)
        self.assertEqual(post, "Substitute of the secretary of the Council T1")
        with tehran("2026-12-04 12:30"):
            session.write({"presiding_ground": "chair", "state": "open"})
            self.close(session)
            minutes = session.env["shora.minutes"]._draft_for(session)
            with self.assertRaisesRegex(UserError, "This step belongs to: Council secretary"):
                minutes._sign("password")
            minutes.with_user(self.secretary)._sign("password")
            with self.assertRaises(UserError):
                minutes.action_forward()
            with self.assertRaises(UserError), self.cr.savepoint():
                self.decree(self.council, "B9", self.make_partner("New"), "2026-12-10", user=self.deputy)
        self.assertEqual(minutes.sudo().state, "signed")

    def test_an_acting_secretary_by_decree_signs(self):
        self.name()
        self.end(self.people["A2"].shora_membership_ids, day="2026-11-25")
        with tehran("2026-11-26 09:00"):
            acting = self.make_user("t_acting", "shora_council.group_shora_secretary")
            self.appoint(self.council, "B8", acting.partner_id, "2026-11-26")
            self.appoint(self.council, "A2", acting.partner_id, "2026-11-26", kind="acting")
            self.env.invalidate_all()
            self.assertIn("secretary", acting._shora_roles(self.council))

    def test_reminders_reach_the_substitute_too(self):
        session = self.plan(self.council, "2026-12-10")
        self.name()
        with tehran("2026-11-30 09:00"):
            session._as_system()._remind()
        kind = self.env.ref("shora_council.activity_notice")
        todos = session.sudo().activity_ids.filtered(lambda todo: todo.activity_type_id == kind)
        self.assertEqual(todos.user_id, self.secretary | self.deputy)

    def test_a_day_off_is_told_to_the_substitute_and_of_joint_sessions_to_the_head(self):
        self.plan(self.council, "2026-12-10")
        self.joint("2026-12-10")
        self.name()
        with tehran("2026-11-30 09:00"):
            leave = {"name": "Declared", "calendar_id": False, "date_from": utc("2026-12-10 00:00")}
            self.env["resource.calendar.leaves"].sudo().create({**leave, "date_to": utc("2026-12-10 23:59")})
        messages = self.env["mail.message"].search([("model", "=", "shora.council"), ("partner_ids", "!=", False)])
        told = {council: found.partner_ids for council, found in messages.grouped("res_id").items()}
        self.assertEqual(told[self.council.id], (self.secretary | self.deputy).partner_id)
        self.assertEqual(told[self.body.id], self.head.partner_id)

    def test_who_names_and_who_is_refused(self):
        for user in (self.president, self.office):
            self.name(by=user).unlink()
        others = (self.deputy, self.head, self.secretariat, self.second_secretary)
        for user in (*others, self.auditor, self.hr, self.admin):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.name(by=user)
        with self.assertRaisesRegex(ValidationError, "own substitute"), self.cr.savepoint():
            self.name(user=self.secretary)
        with self.assertRaisesRegex(ValidationError, "no access as"), self.cr.savepoint():
            self.name(user=self.employee)

    def test_days_that_have_passed_and_overlaps(self):
        with self.assertRaisesRegex(UserError, "passed"):
            self.name(first="2026-11-20")
        one = self.name()
        other = self.make_user("t_deputy2", "shora_council.group_shora_staff")
        for vals in ({"first": "2026-12-05", "last": "2026-12-07"}, {"first": "2026-12-02", "last": "2026-12-01"}):
            with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.Error), self.cr.savepoint():
                self.name(user=other, **vals)
                self.env.flush_all()
        self.name(user=other, first="2026-12-06", last="2026-12-07")
        self.assertEqual(one.principal_id, self.secretary.partner_id)

    def test_what_has_begun_is_only_ended(self):
        one = self.name()
        with tehran("2026-11-27 10:00"):
            for vals in (
                {"user_id": self.secretariat.id},
                {"date_from": "2026-11-26"},
                {"date_to": "2026-11-24"},
                {"council_id": self.second.id},
                {"principal_id": self.second_secretary.partner_id.id},
            ):
                with self.subTest(vals=vals), self.assertRaises(UserError), self.cr.savepoint():
                    one.write(vals)
            with self.assertRaises(UserError):
                one.unlink()
            one.write({"date_to": "2026-11-26"})
            self.env.invalidate_all()
            self.assertNotIn("substitute", self.deputy._shora_roles(self.council))
            with self.assertRaises(AccessError):
                one.with_user(self.deputy).write({"date_to": "2027-01-01"})
        with tehran("2026-12-10 10:00"), self.assertRaises(UserError):
            one.write({"date_to": "2026-12-20"})


@tagged("post_install", "-at_install")
class TestHeadSubstitute(SubstituteCase):
    def test_the_head_names_one_of_the_staff(self):
        one = self.name(self.body, self.secretariat, by=self.head)
        self.assertEqual((one.office, one.principal_id), ("head", self.head.partner_id))
        for at, may in (("2026-11-24 10:00", False), ("2026-11-25 10:00", True), ("2026-12-06 00:00", False)):
            with tehran(at):
                self.env.invalidate_all()
                self.assertEqual("head" in self.secretariat._shora_roles(self.body), may, at)
                self.assertEqual("head" in self.secretariat._shora_roles(self.council), may, at)
                self.assertNotIn("secretary", self.secretariat._shora_roles(self.body))
                heads = self.env["res.users"]._shora_users_with_role("head")
                self.assertEqual(self.secretariat in heads, may, at)
                self.assertIn(self.head, heads)

    def test_presides_on_the_days_of_the_leave_and_signs_nothing(self):
        self.name(self.body, self.secretariat, by=self.head)
        session = self.joint("2026-11-26")
        dialog = self.env["shora.session.open"].with_user(self.secretariat)
        with tehran("2026-11-26 12:30"):
            wizard = dialog.with_context(**session.action_open()["context"]).create({})
            self.assertEqual(
                (wizard.joint_ground, wizard.substitute_id), ("head_substitute", self.secretariat.partner_id)
            )
            wizard.action_confirm()
            self.assertEqual(session.presiding_partner_id, self.secretariat.partner_id)
            self.close(session)
            minutes = session.env["shora.minutes"]._draft_for(session)
            with self.assertRaisesRegex(UserError, "Head of the Secretariat"):
                minutes._sign("password")

    def test_a_council_secretary_is_refused_by_5_8(self):
        self.second_secretary.write({"group_ids": [(4, self.env.ref("shora_council.group_shora_secretariat").id)]})
        with self.assertRaisesRegex(ValidationError, "clause 8"), self.cr.savepoint():
            self.name(self.body, self.second_secretary, by=self.head)

    def test_who_becomes_secretary_stands_in_no_longer(self):
        self.name(self.body, self.secretariat, by=self.head)
        self.end(self.second_people["A2"].shora_membership_ids, day="2026-11-24")
        self.appoint(self.second, "A2", self.secretariat.partner_id, "2026-11-25")
        with tehran("2026-11-26 10:00"):
            self.env.invalidate_all()
            self.assertNotIn("head", self.secretariat._shora_roles(self.body))
            self.assertFalse(self.env["shora.substitute"]._users_on(self.body, self.body._today()))

    def test_staff_and_secretaries_name_nobody_for_the_head(self):
        for user in (self.secretariat, self.secretary, self.deputy, self.hr):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.name(self.body, self.secretariat, by=user)
