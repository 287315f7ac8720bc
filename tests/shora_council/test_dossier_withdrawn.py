"""A presented dossier is withdrawn before any decision in it is final, and its minutes are presented anew (5-9)."""

from ast import literal_eval

from odoo.exceptions import UserError
from odoo.tests import Form

from tests.common import tagged_post_install, tehran

from .dossier_case import DossierCase, DossierSteps
from .joint_case import JointCase


@tagged_post_install
class TestDossierWithdrawn(DossierCase):
    def setUp(self):
        super().setUp()
        self.dossier = self.presented(self.minutes)

    def withdraw(self, dossier=None, reason="The summary is of another session", user=None, at="2026-11-12 10:00"):
        dossier = (dossier or self.dossier).with_user(user or self.head)
        with tehran(at):
            dossier.write({"state": "withdrawn", "withdraw_reason": reason})
        self.env.invalidate_all()
        return dossier

    def desk(self, user, stage):
        self.env.invalidate_all()
        rows = self.env["shora.secretariat.desk"].with_user(user).get_desk()["rows"]
        return [(row["minutes_id"], row["dossier"]) for row in rows if row["stage"] == stage]

    def test_what_was_withdrawn_stays_and_the_minutes_are_the_secretariats_again(self):
        number, pdf = self.dossier.number, self.dossier.pdf_sha256
        self.withdraw()
        self.assertEqual((self.dossier.state, self.dossier.number), ("withdrawn", number))
        self.assertEqual((self.dossier.pdf_sha256, self.dossier.withdrawn_by_id), (pdf, self.head))
        self.assertEqual(str(self.dossier.withdrawn_at), "2026-11-12 06:30:00")
        self.assertEqual(self.dossier.withdraw_reason, "The summary is of another session")
        self.assertEqual(self.dossier.age, 3, "days with the President end with the withdrawal")
        self.assertEqual(self.minutes.state, "reviewed")
        self.assertEqual(self.minutes.sudo().step_ids.mapped("kind")[-2:], ["presented", "withdrawn"])
        self.assertIn((self.minutes.id, ""), self.desk(self.secretariat, "reviewed"))
        labels = [line["label"] for line in self.env["shora.desk"].with_user(self.secretariat).get_desk()["due"]]
        self.assertIn("Put the minutes into a dossier", labels)

    def test_the_president_his_office_and_the_secretary_are_told(self):
        self.withdraw()
        told = self.messages(self.dossier, "was withdrawn by").partner_ids
        self.assertLessEqual((self.president | self.office).partner_id, told)
        self.assertIn("of another session", self.messages(self.dossier, "was withdrawn by").body)
        self.assertFalse(self.dossier.sudo().activity_ids)
        self.assertTrue(self.messages(self.minutes, "were withdrawn from the President"))
        self.assertFalse(self.messages(self.minutes, "of another session"), "what the offices say stays with them")
        page = self.env["shora.president.desk"].with_user(self.president).get_page()
        self.assertNotIn(self.dossier.id, [one["id"] for one in page["dossiers"]])

    def test_presented_anew_and_decided(self):
        self.withdraw()
        again = self.presented(self.minutes, "2026-11-16")
        self.assertEqual((again.state, self.minutes.state), ("presented", "presented"))
        self.assertNotEqual(again.number, self.dossier.number)
        with self.assertRaisesRegex(UserError, "is not before the President"), self.cr.savepoint():
            self.rule_on(self.dossier.line_ids)
        self.rule_on(again.line_ids, "seen", "", day="2026-11-17")
        self.finalized(again)
        self.assertEqual((again.state, self.minutes.state), ("decided", "closed"))
        self.assertEqual((self.dossier.state, self.resolution.president_decision), ("withdrawn", "seen"))
        times = self.env["shora.decision.time"].with_user(self.secretariat)
        row = times.search([("resolution_id", "=", self.resolution.id)])
        self.assertEqual((str(row.presented_on), str(row.decided_on)), ("2026-11-16", "2026-11-17"))
        self.withdraw_refused(again, "there is no way")

    def test_twice_withdrawn_and_presented_a_third_time(self):
        self.withdraw()
        second = self.presented(self.minutes, "2026-11-16")
        self.withdraw(second, at="2026-11-17 10:00")
        third = self.presented(self.minutes, "2026-11-18")
        self.assertEqual((second.state, third.state, self.minutes.state), ("withdrawn", "presented", "presented"))

    def test_minutes_are_in_one_dossier_that_counts(self):
        self.withdraw()
        draft = self.drafted(self.minutes)
        self.assertIn((self.minutes.id, draft.display_name), self.desk(self.secretariat, "reviewed"))
        domain = literal_eval(draft.part_ids._fields["minutes_id"]._description_domain(self.env))
        free = self.env["shora.minutes"].with_user(self.secretariat).search(domain)
        self.assertNotIn(self.minutes, free.sudo())
        draft.part_ids.unlink()
        self.env.invalidate_all()
        self.assertIn(self.minutes, self.env["shora.minutes"].with_user(self.secretariat).search(domain).sudo())

    def test_the_next_one_begins_with_what_it_said_unless_something_was_noted_since(self):
        self.withdraw()
        second = self.drafted(self.minutes)
        second.part_ids.summary = "Written in the second one"
        second.line_ids.recommendation = "Refer it"
        with tehran("2026-11-16 10:00"):
            second.with_user(self.head).action_present()
        self.withdraw(second, at="2026-11-17 10:00")
        third = self.drafted(self.minutes)
        self.assertEqual(third.part_ids.summary, "Written in the second one")
        self.assertEqual(third.line_ids.recommendation, "Refer it")
        third.unlink()
        with tehran("2026-11-18 10:00"):
            self.note(self.minutes)
        fourth = self.drafted(self.minutes)
        self.assertEqual(fourth.part_ids.summary, "The council met on the valleys.")

    def withdraw_refused(self, dossier, pattern, **kwargs):
        with self.assertRaisesRegex(UserError, pattern), self.cr.savepoint():
            self.withdraw(dossier, **kwargs)

    def test_with_a_reason_only_and_by_the_head_only(self):
        for reason in (False, "  "):
            self.withdraw_refused(self.dossier, r"\(Article 5, clause 9\) Give the reason", reason=reason)
        for user in (self.secretariat, self.president, self.office, self.secretary, self.auditor, self.admin):
            with self.subTest(user=user.login):
                self.withdraw_refused(self.dossier, "", user=user)
        self.assertEqual((self.dossier.state, self.dossier.withdraw_reason), ("presented", False))

    def test_a_draft_is_not_withdrawn_and_a_withdrawn_one_is_final(self):
        meeting, _resolution = self.adopted("2026-11-16")
        draft = self.drafted(self.reviewed(meeting))
        self.withdraw_refused(draft, "there is no way")
        self.withdraw()
        for vals in ({"state": "presented"}, {"state": "draft"}, {"introduction": "x"}, {"withdraw_reason": "y"}):
            with self.subTest(vals=vals), self.assertRaises(UserError), self.cr.savepoint():
                self.dossier.with_user(self.head).write(vals)
        for record in (self.dossier, self.dossier.part_ids, self.dossier.line_ids):
            with self.subTest(record=record._name), self.assertRaises(UserError), self.cr.savepoint():
                record.with_user(self.head).unlink()

    def test_recorded_is_kept_and_final_is_not_withdrawn(self):
        council, secretary = self.second_council()
        meeting, _other = self.adopted_elsewhere(council, secretary, "2026-11-10")
        both = self.presented(self.reviewed(meeting, secretary) | self.other_minutes(), "2026-11-20")
        first, second = both.line_ids
        self.rule_on(first, "instruct", "At once", day="2026-11-21")
        self.rule_on(second, "seen", "", day="2026-11-21")
        both.with_user(self.president).finalize({str(first.id): first.revision})
        self.withdraw_refused(
            both, r"\(Article 5, clause 9\) The President has decided on a part", at="2026-11-22 10:00"
        )
        self.rule_on(self.dossier.line_ids, "return", "What does it cost?")
        self.withdraw(at="2026-11-23 11:00")
        line = self.dossier.line_ids
        self.assertEqual((line.decision_ids.mapped("decision"), line.is_final), (["return"], False))
        self.assertFalse(self.resolution.president_decision)

    def other_minutes(self):
        meeting, _resolution = self.adopted("2026-11-16")
        return self.reviewed(meeting)

    def test_what_was_referred_can_be_presented_again(self):
        self.rule_on(self.dossier.line_ids, "refer", "To the deputy")
        self.finalized(self.dossier)
        again = self.env["shora.dossier"].with_user(self.secretariat).create({})
        again.action_add_referred()
        again.with_user(self.head).action_present()
        self.assertTrue(self.resolution.before_president)
        self.withdraw(again, at="2026-11-23 11:00")
        self.assertFalse(self.resolution.before_president)
        once_more = self.env["shora.dossier"].with_user(self.secretariat).create({})
        once_more.action_add_referred()
        self.assertEqual(once_more.line_ids.resolution_id, self.resolution)

    def test_minutes_come_back_with_their_dossier_only(self):
        with self.assertRaisesRegex(UserError, "withdraw their dossier"), self.cr.savepoint():
            self.minutes.with_user(self.head).sudo().write({"state": "reviewed"})

    def test_the_dialog_asks_for_the_reason(self):
        action = self.dossier.with_user(self.head).action_withdraw()
        dialog = self.env[action["res_model"]].with_user(self.head).with_context(**action["context"])
        with Form(dialog) as form:
            form.reason = "Another summary"
        form.save().action_confirm()
        self.assertEqual((self.dossier.state, self.dossier.withdraw_reason), ("withdrawn", "Another summary"))


@tagged_post_install
class TestJointWithdrawn(DossierSteps, JointCase):
    def test_joint_minutes_come_back_too(self):
        """They have no way through the Secretariat, which wrote them itself (5-10)."""
        with tehran("2026-10-30 09:00"):
            session = self.joint("2026-11-02")
            self.dispatch(session)
        self.hold(session)
        with tehran("2026-11-03 10:00"):
            minutes = session.with_user(self.head).env["shora.minutes"]._draft_for(session.with_user(self.head))
            minutes._sign("password")
            self.note(minutes)
        dossier = self.presented(minutes)
        with tehran("2026-11-12 10:00"):
            dossier.with_user(self.head).write({"state": "withdrawn", "withdraw_reason": "Too early"})
        self.assertEqual(minutes.sudo().step_ids.mapped("kind"), ["reviewed", "presented", "withdrawn"])
        self.assertEqual(self.presented(minutes, "2026-11-16").state, "presented")
