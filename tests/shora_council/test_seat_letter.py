"""Seats whose post is recorded by letter (4-A1, 4-A4): what ends with it, who may record it, and what is refused."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from tests.shora_council.post_case import PostCase


@tagged("post_install", "-at_install")
class TestSeatWithLetter(PostCase):
    def test_the_city_councils_member_leaves_with_the_post(self):
        member = self.member(self.a1)
        self.record(self.a1, self.people["A1"], "2026-09-01")
        self.assertEqual(member.state, "current", "the holder is the member")
        successor = self.make_partner("Successor")
        self.record(self.a1, successor, "2026-11-20")
        self.assertEqual((member.state, member.end_reason, str(member.date_to)), ("ended", "post_lost", "2026-11-19"))
        self.assertEqual(member.decree_id.state, "ended")
        self.assertEqual(str(self.a1.vacant_since), "2026-11-20")
        self.assertTrue(self.findings(self.a1), "a holder, and nobody sits")
        self.appoint(self.council, "A1", successor, "2026-11-23")
        self.assertFalse(self.findings(self.a1) or self.todos(self.a1))

    def test_without_successor_the_seat_is_vacant_and_no_decree_is_asked_for(self):
        self.record(self.a1, self.people["A1"], "2026-09-01")
        self.record(self.a1, False, "2026-11-23")
        self.assertFalse(self.member(self.a1) or self.findings(self.a1))
        self.assertEqual(str(self.a1.vacant_since), "2026-11-23")

    def test_the_representative_falls_with_the_principal(self):
        principal, successor = self.make_partner("Principal"), self.make_partner("Successor")
        self.end(self.people["A4"].shora_membership_ids, day="2026-11-10")
        self.record(self.a4, principal, "2026-09-01")
        envoy = self.decree(
            self.council, "A4", self.make_partner("Envoy"), "2026-11-11", "representative", principal_id=principal.id
        )
        envoy.action_issue()
        self.assertFalse(self.findings(self.a4), "represented is as good as present")
        self.record(self.a4, principal, "2026-10-01")
        self.assertEqual(envoy.state, "in_force", "the same holder, a corrected day")
        self.record(self.a4, successor, "2026-11-23")
        member = envoy.membership_id
        self.assertEqual((envoy.state, envoy.end_reason, str(envoy.date_ended)), ("ended", "post_lost", "2026-11-22"))
        self.assertEqual((member.state, str(member.date_to)), ("ended", "2026-11-22"))
        self.assertTrue(self.findings(self.a4) and self.todos(self.a4))

    def test_a_principal_who_sits_in_person_stays_until_a_new_decree(self):
        self.record(self.a4, self.people["A4"], "2026-09-01")
        self.record(self.a4, self.make_partner("Successor"))
        self.assertEqual(self.member(self.a4).partner_id, self.people["A4"])
        self.assertTrue(self.findings(self.a4))
        self.record(self.a4, self.people["A4"])
        self.assertFalse(self.findings(self.a4) or self.todos(self.a4))

    def test_what_was_attended_under_a_late_letter_stays(self):
        principal = self.make_partner("Principal")
        self.end(self.people["A4"].shora_membership_ids, day="2026-09-30")
        envoy = self.decree(
            self.council, "A4", self.make_partner("Envoy"), "2026-10-01", "representative", principal_id=principal.id
        )
        envoy.action_issue()
        self.held_session(self.council, "2026-11-02")
        self.record(self.a4, self.make_partner("Successor"), "2026-09-15")
        self.assertEqual((envoy.state, str(envoy.date_ended)), ("ended", "2026-11-22"))
        self.assertEqual(envoy.membership_id.state, "ended", "a session was attended: it is no void membership")

    def test_everybody_concerned_is_told(self):
        self.record(self.a1, self.people["A1"], "2026-09-01")
        for role in ("hr", "office"):
            self.env["res.users"]._shora_users_with_role(role).partner_id.lang = "en_US"
        self.secretary.partner_id.lang = "en_US"  # who reads alike has one message
        before = self.env["mail.message"].search([], order="id desc", limit=1).id
        self.record(self.a1, self.make_partner("Successor"), user=self.hr)
        message = self.env["mail.message"].search([("id", ">", before), ("message_type", "=", "user_notification")])
        message = message.filtered(lambda m: m.model == "shora.seat")
        told = message.notified_partner_ids
        for partner in (self.hr.partner_id, self.office.partner_id, self.secretary.partner_id):
            self.assertIn(partner, told)
        self.assertIn("(Article 4", message.body)
        self.assertIn("has ended with the post", message.body)

    def test_who_may_record(self):
        for name in ("hr", "office", "president", "admin"):
            user = getattr(self, name)
            self.record(self.a4, self.make_partner(f"By {name}"), user=user)
            self.assertEqual(self.a4.post_holder_id.name, f"By {name}")
        portal = self.make_user("t_post_portal", "base.group_portal")
        for user in (self.secretary, self.head, self.secretariat, self.auditor, self.employee, portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.record(self.a4, self.people["A4"], user=user)
        with self.assertRaisesRegex(UserError, "belongs to"):  # a dialog of somebody else's
            dialog = self.env["shora.post.change"].with_user(self.office)
            dialog = dialog.create({"seat_id": self.a4.id, "letter": "1"})
            dialog.with_user(self.secretary).action_confirm()

    def test_what_the_dialog_refuses(self):
        someone = self.people["A4"]
        for seat, since, letter, words in (
            (self.a3, "2026-11-23", "1", "Article 4.*comes from HR"),
            (self.a2, "2026-11-23", "1", "does not go with a post"),
            (self.a4, "2026-11-24", "1", "on the day on which it takes effect"),
            (self.a4, "2026-11-23", "  ", "Give the letter"),
        ):
            with self.subTest(words=words), self.assertRaisesRegex(UserError, words):
                self.record(seat, someone, since, letter=letter)
        self.record(self.a4, someone, "2026-11-23")

    def test_the_holder_is_written_by_nobody(self):
        for user in (self.admin, self.env.user):
            for name, value in (("post_holder_id", self.people["A4"].id), ("post_holder_since", "2026-11-23")):
                with self.subTest(user=user.login, name=name), self.assertRaisesRegex(UserError, "not written by hand"):
                    self.a4.with_user(user).write({name: value})
        vals = {"council_id": self.council.id, "code": "A9", "name": "A9", "kind": "ex_officio", "post_rule": "decree"}
        Seat = self.env["shora.seat"].with_user(self.admin)
        with self.assertRaisesRegex(UserError, "not written by hand"):
            Seat.create({**vals, "post_holder_id": self.people["A4"].id})
        seat = Seat.with_context(default_post_holder_id=self.people["A4"].id).create(vals)
        self.assertFalse(seat.post_holder_id)
        for user in (self.hr, self.office, self.secretary):
            with self.assertRaises(AccessError):
                self.a4.with_user(user).write({"post_rule": "none"})

    def test_another_company_is_out_of_reach(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self.office.write({"company_ids": [(6, 0, company.ids)], "company_id": company.id})
        with self.assertRaises(AccessError):
            self.record(self.a4, self.people["A4"])
