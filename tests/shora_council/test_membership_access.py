"""A member's access by one button: whom it opens to, who may press it, and that it ends with the membership."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from tests.common import ShoraCase


@tagged("post_install", "-at_install")
class TestMembershipAccess(ShoraCase):
    def member(self, seat="B2"):
        return self.people[seat].shora_membership_ids

    def test_outsider_becomes_a_portal_user_and_is_invited(self):
        member = self.member()
        self.assertEqual(member.access_state, "none")
        member.with_user(self.secretary).action_give_access()
        user = self.people["B2"].user_ids
        self.assertTrue(user.share)
        self.assertEqual((user.login, member.access_state), (self.people["B2"].email, "portal"))
        mail = self.env["mail.mail"].search([("model", "=", "res.users"), ("res_id", "=", user.id)])
        self.assertIn(self.people["B2"].email, mail.email_to)
        self.assertIn("/web/signup", mail.body_html)
        self.assertTrue(self.council.with_user(user).has_access("read"))

    def test_invitation_in_persian(self):
        if not self.env["res.lang"].search([("code", "=", "fa_IR")]):
            self.env["res.lang"]._activate_lang("fa_IR")
            self.env["ir.module.module"]._load_module_terms(["shora_council"], ["fa_IR"])
        self.people["B2"].lang = "fa_IR"
        self.member().with_user(self.hr).action_give_access()
        mail = self.env["mail.mail"].search([("model", "=", "res.users")], order="id desc", limit=1)
        self.assertIn("دسترسی", mail.body_html)
        self.assertNotIn("Greetings", mail.body_html)

    def test_colleague_gets_the_group_and_no_invitation(self):
        user = self.make_user("t_colleague", "base.group_user")
        member = self.appoint(self.council, "B8", user.partner_id, "2026-11-23")
        self.assertEqual(member.access_state, "closed")
        member.with_user(self.office).action_give_access()
        self.assertEqual(member.access_state, "internal")
        self.assertTrue(user.has_group("shora_council.group_shora_member"))
        self.assertFalse(user.has_group("shora_council.group_shora_secretary"))

    def test_a_secretary_by_decree_gets_the_secretarys_group(self):
        self.end(self.member("A2"), day="2026-11-22")
        user = self.make_user("t_next", "base.group_user")
        member = self.appoint(self.council, "A2", user.partner_id, "2026-11-23")
        member.with_user(self.hr).action_give_access()
        self.assertTrue(user.has_group("shora_council.group_shora_secretary"))

    def test_without_a_usable_address_it_says_so(self):
        self.people["B2"].email = False
        with self.assertRaisesRegex(UserError, "email"):
            self.member().with_user(self.hr).action_give_access()
        self.people["B2"].email = self.people["B3"].email
        self.member("B3").with_user(self.hr).action_give_access()
        with self.assertRaisesRegex(UserError, "email"):
            self.member().with_user(self.hr).action_give_access()

    def test_refused_to_others(self):
        other = self.make_council("T2")
        foreign, _people = self.staff_council(other, experts=1, prefix="t2")
        fellow = self.make_user("t_fellow", "shora_council.group_shora_member")
        self.appoint(self.council, "B9", fellow.partner_id, "2026-11-23")
        member = self.member()
        for user in (foreign, fellow, self.auditor, self.secretariat, self.employee, self.president):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                member.with_user(user).action_give_access()
        self.assertFalse(self.people["B2"].user_ids)

    def test_nobody_is_let_in_after_the_end(self):
        self.end(self.member(), day="2026-11-22")
        with self.assertRaisesRegex(UserError, "is over"):
            self.member().with_user(self.hr).action_give_access()

    def test_access_ends_with_the_membership(self):
        self.member().with_user(self.hr).action_give_access()
        user = self.people["B2"].user_ids
        self.assertTrue(self.council.with_user(user).has_access("read"))
        self.end(self.member(), day="2026-11-22")
        self.assertFalse(self.council.with_user(user).has_access("read"))
