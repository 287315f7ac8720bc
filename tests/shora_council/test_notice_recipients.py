"""Whom a notice goes to (5-1): every member on the session's day and nobody else, by what was said at the dispatch."""

from odoo.exceptions import UserError, ValidationError

from tests.common import ShoraCase, tehran, utc


class TestRecipients(ShoraCase):
    DAY = "2026-12-10"  # the last day of its notice is 2026-12-03

    def setUp(self):
        super().setUp()
        with tehran("2026-11-20 09:00"):
            self.sitting = self.session(self.council, self.DAY)
            self.notice = self.sitting.env["shora.notice"]._prepare_for(self.sitting)

    def row(self, seat):
        return self.notice.recipient_ids.filtered(lambda row: row.partner_id == self.people[seat])

    def finding(self):
        self.env["shora.finding"]._check(self.council)
        found = self.council.finding_ids.filtered(lambda one: one.code == "notice_late" and one.state == "open")
        return found.filtered(lambda one: one.res_id == self.sitting.id)

    def refused(self, call, *args, error=UserError, said=""):
        with self.assertRaisesRegex(error, said), self.cr.savepoint():
            call(*args)
        self.env.invalidate_all()

    def test_a_letter_is_queued_by_the_dispatch_alone(self):
        """Else the hourly job would make a mail of a draft."""
        self.refused(self.row("B1").write, {"state": "queued"}, said="queued by the dispatch")
        self.on_paper(self.notice)
        self.notice.action_dispatch()
        self.refused(self.row("B1").write, {"state": "queued"}, said="queued by the dispatch")

    def test_documents_go_to_members_and_not_to_guests(self):
        guest = self.make_partner("A Guest")
        self.sitting.agenda_item_ids.guest_ids = guest
        values = {"notice_id": self.notice.id, "partner_id": guest.id, "channel": "email"}
        create = self.notice.recipient_ids.create
        self.refused(create, values, error=ValidationError, said="No members of the council.*A Guest")
        values = {"partner_id": guest.id, "membership_id": False}
        self.refused(self.row("B1").write, values, error=ValidationError, said="No members of the council.*A Guest")
        self.notice.action_dispatch()
        values = {"notice_id": self.notice.id, "partner_id": guest.id, "channel": "paper"}
        self.refused(create, values, error=ValidationError, said="No members of the council.*A Guest")

    def test_who_is_no_member_on_the_day_is_not_dispatched_to(self):
        """The draft was prepared, then the session moved beyond somebody's last day."""
        self.end(self.people["B2"].shora_membership_ids, day="2026-12-15")
        self.sitting.write({"start": utc("2026-12-20 10:00")})
        self.refused(self.notice.action_dispatch, said="No members of the council.*person B2")
        self.row("B2").unlink()
        self.notice.action_dispatch()
        self.assertEqual(self.sitting.state, "invited")

    def test_what_waits_on_paper_keeps_its_person_and_stays(self):
        self.on_paper(self.notice)
        self.notice.action_dispatch()
        (self.notice.recipient_ids - self.row("B1")).action_handed()
        other = self.people["B2"].shora_membership_ids
        for values in (
            {"partner_id": other.partner_id.id, "membership_id": other.id},
            {"channel": "email"},
            {"notice_id": self.notice.id},
        ):
            self.refused(self.row("B1").write, values, said="said before its dispatch")
        self.refused(self.row("B1").unlink, said="said before its dispatch")
        self.assertFalse(self.notice.effective_at, "one member has not been served")

    def test_paper_added_by_mistake_beside_another_channel_is_taken_away(self):
        self.notice.action_dispatch()
        member = self.people["B1"].shora_membership_ids
        row = self.notice.recipient_ids.create(
            {"notice_id": self.notice.id, "partner_id": member.partner_id.id, "channel": "paper"}
        )
        self.assertEqual(row.membership_id, member, "a row entered by name is the member's")
        row.unlink()
        self.assertEqual(self.row("B1").channel, "email")

    def test_a_member_since_the_dispatch_is_owed_the_notice(self):
        self.notice.action_dispatch()
        new = self.make_partner("New Member")
        self.appoint(self.council, "B8", new, "2026-11-23")
        self.notice.recipient_ids.filtered(lambda row: row.channel == "email")._as_system().mail_id.state = "sent"
        self.notice.recipient_ids._mail_outcome()
        self.assertFalse(self.finding(), "there is time until the last day")
        with tehran("2026-12-04 00:00"):
            self.notice.invalidate_recordset(["is_late"])
            self.assertFalse(self.notice.is_late)
            self.assertTrue(self.finding())
        with tehran("2026-12-03 10:00"):
            row = self.notice.recipient_ids.create(
                {"notice_id": self.notice.id, "partner_id": new.id, "channel": "paper"}
            )
            row.action_handed()
        with tehran("2026-12-04 00:00"):
            self.assertFalse(self.finding())

    def test_a_member_since_the_last_day_is_owed_it_and_one_after_it_is_not(self):
        self.notice.action_dispatch()
        self.notice.recipient_ids.filtered(lambda row: row.channel == "email")._as_system().mail_id.state = "sent"
        self.notice.recipient_ids._mail_outcome()
        with tehran("2026-12-04 09:00"):
            self.appoint(self.council, "B8", self.make_partner("After It"), "2026-12-04")
            self.assertFalse(self.finding())
            self.appoint(self.council, "B9", self.make_partner("On The Day"), "2026-12-03")
            self.assertTrue(self.finding())

    def test_moved_beyond_a_last_day_the_invitation_is_withdrawn(self):
        self.notice.action_dispatch()
        self.notice.recipient_ids.sudo().partner_id.lang = "en_US"  # each is told in the own language
        self.end(self.people["B2"].shora_membership_ids, day="2026-12-15")
        self.assertEqual(self.row("B2").state, "queued", "still a member on the day")
        self.sitting.write({"start": utc("2026-12-20 10:00")})
        self.assertEqual(set(self.row("B2").mapped("state")), {"withdrawn"})
        self.assertNotIn("withdrawn", (self.notice.recipient_ids - self.row("B2")).mapped("state"))
        told = self.env["mail.message"].search(
            [("model", "=", "shora.session"), ("res_id", "=", self.sitting.id), ("body", "like", "changed")]
        )
        told = told.partner_ids
        self.assertIn(self.people["B1"], told)
        self.assertNotIn(self.people["B2"], told)
