"""My desk: what is overdue and due, for every role, with the reader's own rights."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from tests.common import ShoraCase, tehran


@tagged("post_install", "-at_install")
class TestDesk(ShoraCase):
    def desk(self, user):
        self.env.invalidate_all()
        return self.env["shora.desk"].with_user(user).get_desk()

    def lines(self, user, kind):
        return {(line["model"], line["clause"]): line for line in self.desk(user)[kind] if line["council"] == "T1"}

    def test_due_notice_names_clause_day_and_actor(self):
        session = self.session(self.council, "2026-12-10")
        line = self.lines(self.secretary, "due")["shora.session", "Article 5, clause 1"]
        self.assertEqual((line["id"], line["days"], line["mine"]), (session.id, 10, True))

    def test_after_the_last_day_it_is_overdue_once_as_a_finding(self):
        session = self.session(self.council, "2026-12-10")
        with tehran("2026-12-04 08:00"):
            self.env["shora.finding"]._check(self.council)
            overdue = self.lines(self.secretary, "overdue")
            due = self.lines(self.secretary, "due")
        self.assertEqual(overdue["shora.session", "Article 5, clause 1"]["id"], session.id)
        self.assertNotIn(("shora.session", "Article 5, clause 1"), due)

    def test_every_role_opens_its_desk(self):
        with tehran("2026-11-10 08:00"):
            self.session(self.council, "2026-11-25")
        self.env["shora.finding"]._check(self.council)
        member = self.make_user("t_desk_member", "shora_council.group_shora_member")
        for user in (
            self.president,
            self.office,
            self.head,
            self.secretariat,
            self.auditor,
            self.admin,
            self.hr,
            self.secretary,
            member,
        ):
            with self.subTest(user=user.login):
                self.assertIn("councils", self.desk(user))

    def test_who_reads_no_findings_is_not_told_that_there_are_none(self):
        """A member's rights reach no finding; a green nought on the card would be untrue."""
        member = self.make_user("t_desk_unaware", "shora_council.group_shora_member")
        self.appoint(self.council, "B10", member.partner_id, "2026-11-01")
        with tehran("2026-12-04 08:00"):
            self.env["shora.finding"]._check(self.council)
            for user, reads in ((self.secretary, True), (member, False)):
                desk = self.desk(user)
                counts = [card["findings"] for card in desk["councils"] if card["name"] == "T1"]
                with self.subTest(user=user.login):
                    self.assertEqual((desk["findings"], [count is not None for count in counts]), (reads, [reads]))

    def test_strangers_have_no_desk(self):
        portal = self.make_user("t_desk_portal", "base.group_portal")
        for user in (self.employee, portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.desk(user)

    def test_a_member_of_another_council_sees_nothing_of_this_one(self):
        other = self.make_council("T9")
        secretary, _people = self.staff_council(other, experts=1, prefix="t9")
        self.session(self.council, "2026-12-10")
        desk = self.desk(secretary)
        self.assertEqual({card["name"] for card in desk["councils"]}, {"T9"})
        self.assertNotIn("T1", {line["council"] for line in desk["due"] + desk["overdue"]})
