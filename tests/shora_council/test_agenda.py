"""The agenda: who proposes, what is brought forward, the President's referral, time, guests and late items (5-1, 4)."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from tests.common import ShoraCase, tehran, utc

DAY = "2026-12-20"


class AgendaCase(ShoraCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls.make_user("t_ag_member", "shora_council.group_shora_member", "Member Member")
        cls.outsider = cls.make_user("t_ag_portal", "base.group_portal", "Portal Member")
        cls.guest = cls.make_user("t_ag_guest", "base.group_portal", "Guest")
        with tehran("2026-09-02 08:00"):
            cls.appoint(cls.council, "B8", cls.member.partner_id, "2026-09-02")
            cls.appoint(cls.council, "B9", cls.outsider.partner_id, "2026-09-02")

    def told(self, item, user):
        messages = self.env["mail.message"].search([("model", "=", item._name), ("res_id", "=", item.id)], order="id")
        return messages.filtered(lambda message: user.partner_id in message.partner_ids)

    def running(self, session):
        self.dispatch(session)
        clock = tehran(f"{DAY} 10:05")
        clock.__enter__()
        self.addCleanup(clock.__exit__, None, None, None)
        session.write({"presiding_ground": "chair", "state": "open"})


@tagged("post_install", "-at_install")
class TestProposals(AgendaCase):
    def propose(self, session, user=None, **vals):
        session = session.with_user(user or self.outsider)
        item = session.propose_item({"name": "Bridges", **vals})
        return self.env["shora.agenda.item"].with_user(self.secretary).browse(item)

    def test_a_member_proposes_and_the_secretary_accepts(self):
        session = self.session(self.council, DAY)
        for user in (self.outsider, self.member):
            item = self.propose(session, user, minutes_planned=35)
            self.assertEqual((item.state, item.source, item.proposer_id), ("proposed", "member", user.partner_id))
            self.assertEqual(item.with_user(user).name, "Bridges", "the proposer sees the own proposal")
            item.action_accept()
            self.assertEqual(len(self.told(item, user)), 1)

    def test_a_refusal_has_its_reason_and_the_proposer_is_told(self):
        item = self.propose(self.session(self.council, DAY))
        with self.assertRaisesRegex(UserError, "reason of the refusal"), self.cr.savepoint():
            item.action_withdraw()
        item.write({"withdraw_reason": "Not ours to decide", "state": "withdrawn"})
        self.assertIn("Not ours to decide", self.told(item, self.outsider).body)

    def test_a_proposal_stays_a_members_proposal(self):
        item = self.propose(self.session(self.council, DAY))
        with self.assertRaisesRegex(UserError, "never by hand"), self.cr.savepoint():
            item.source = "secretary"
        with self.assertRaisesRegex(UserError, "proposed"), self.cr.savepoint():
            item.proposer_id = self.secretary.partner_id

    def test_a_proposal_for_a_session_that_moves_waits_there(self):
        session = self.session(self.council, DAY)
        item = self.propose(session)
        session.agenda_item_ids.filtered(lambda i: i != item).guest_ids = self.guest.partner_id
        session.write({"postponed_to": utc("2027-01-03 10:00"), "final_reason": "Snow", "state": "postponed"})
        self.assertFalse(self.told(item, self.outsider), "not refused: it goes on waiting")
        waiting = session.successor_id.agenda_item_ids.filtered(lambda i: i.state == "proposed")
        self.assertEqual((waiting.source, waiting.proposer_id), ("member", self.outsider.partner_id))
        self.assertTrue(waiting.with_user(self.outsider).has_access("read"))
        accepted = session.successor_id.agenda_item_ids - waiting
        self.assertEqual(accepted.guest_ids, self.guest.partner_id)
        with self.assertRaisesRegex(UserError, "reason of the refusal"), self.cr.savepoint():
            waiting.action_withdraw()

    def test_only_members_and_only_before_the_session(self):
        session = self.session(self.council, DAY)
        for user in (self.guest, self.employee, self.president):
            with self.assertRaises(AccessError), self.cr.savepoint():
                self.propose(session, user)
        with self.assertRaisesRegex(UserError, "title"), self.cr.savepoint():
            self.propose(session, name=" ")
        self.running(session)
        with self.assertRaisesRegex(UserError, "being prepared"), self.cr.savepoint():
            self.propose(session)

    def test_a_member_does_not_write_the_agenda(self):
        session = self.session(self.council, DAY)
        item = self.propose(session, self.member)
        for user in (self.member, self.outsider):
            for vals in ({"name": "Other"}, {"state": "accepted"}, {"minutes_planned": 90}):
                with self.assertRaises(AccessError), self.cr.savepoint():
                    item.with_user(user).write(vals)
            with self.assertRaises(AccessError), self.cr.savepoint():
                self.env["shora.agenda.item"].with_user(user).create({"session_id": session.id, "name": "X"})

    def test_what_is_proposed_is_not_shown_to_other_members(self):
        item = self.propose(self.session(self.council, DAY))
        self.assertFalse(item.with_user(self.member).search([("id", "=", item.id)]))
        item.action_accept()
        self.assertTrue(item.with_user(self.member).search([("id", "=", item.id)]))


@tagged("post_install", "-at_install")
class TestBroughtForward(AgendaCase):
    def test_postponed_items_come_once_with_their_documents(self):
        first, second = self.session(self.council, DAY), self.session(self.council, "2027-01-03")
        document = first.env["ir.attachment"].create({"name": "D.pdf", "raw": b"D"})
        first.agenda_item_ids.attachment_ids = document
        self.running(first)
        first.agenda_item_ids.settle("postponed")
        second.action_bring_forward()
        item = second.agenda_item_ids.filtered("carried_from_id")
        self.assertEqual((item.name, item.source, item.state), ("Item", "carried", "accepted"))
        self.assertEqual(first.agenda_item_ids.carried_to_id, item)
        self.assertEqual(item.attachment_ids.mapped("raw"), [b"D"])
        second.action_bring_forward()
        self.assertEqual(len(second.agenda_item_ids.filtered("carried_from_id")), 1)

    def test_open_resolutions_come_as_proposals_once(self):
        first, second = self.session(self.council, DAY), self.session(self.council, "2027-01-03")
        self.running(first)
        resolution = first.env["shora.resolution"].create(
            {"session_id": first.id, "agenda_item_id": first.agenda_item_ids.id, "name": "Build"}
        )
        resolution.action_adopt()
        second.action_bring_forward()
        item = second.agenda_item_ids.filtered("followed_resolution_id")
        self.assertEqual((item.followed_resolution_id, item.source, item.state), (resolution, "resolution", "proposed"))
        second.action_bring_forward()
        self.assertEqual(len(second.agenda_item_ids), 2)

    def test_a_follow_up_that_was_postponed_comes_once(self):
        first, second, third = (self.session(self.council, day) for day in (DAY, "2027-01-03", "2027-01-17"))
        self.running(first)
        resolution = first.env["shora.resolution"].create({"session_id": first.id, "name": "Build"})
        resolution.action_adopt()
        second.action_bring_forward()
        followed = second.agenda_item_ids.filtered("followed_resolution_id")
        followed.action_accept()
        followed.write({"state": "postponed"})
        third.action_bring_forward()
        self.assertEqual(len(third.agenda_item_ids.filtered("followed_resolution_id")), 1)

    def test_not_by_others_and_not_once_it_runs(self):
        session = self.session(self.council, DAY)
        for user in (self.member, self.outsider):
            with self.assertRaises(AccessError), self.cr.savepoint():
                session.with_user(user).action_bring_forward()
        self.running(session)
        with self.assertRaisesRegex(UserError, "being prepared"), self.cr.savepoint():
            session.action_bring_forward()


@tagged("post_install", "-at_install")
class TestReferral(AgendaCase):
    def refer(self, user, **vals):
        return (
            self.env["shora.referral"]
            .with_user(user)
            .create({"council_id": self.council.id, "name": "Flood", "start": utc("2026-11-25 09:00"), **vals})
            .action_confirm()
        )

    def test_the_president_refers_and_a_session_with_its_item_stands(self):
        document = self.env["ir.attachment"].with_user(self.president).create({"name": "Letter.pdf", "raw": b"L"})
        action = self.refer(self.president, reference="12/4", attachment_ids=[(6, 0, document.ids)])
        session = self.env["shora.session"].browse(action["res_id"])
        self.assertEqual((session.kind, session.state, session.place), ("extraordinary", "scheduled", "Hall"))
        self.assertIn("12/4", session.ground)
        item = session.agenda_item_ids
        self.assertEqual((item.name, item.source, item.state), ("Flood", "referral", "accepted"))
        self.assertEqual(item.proposer_id, self.president.partner_id)
        self.assertEqual(item.attachment_ids.mapped("raw"), [b"L"])
        told = self.env["mail.message"].search([("model", "=", session._name), ("res_id", "=", session.id)])
        self.assertIn(self.secretary.partner_id, told.partner_ids)
        self.assertEqual(session.event_id.start, session.start)

    def test_the_office_too_and_nobody_else(self):
        self.refer(self.office)
        for user in (self.secretary, self.member, self.head, self.outsider, self.hr):
            with self.assertRaises(AccessError), self.cr.savepoint():
                self.refer(user)

    def test_not_for_a_time_that_has_passed(self):
        with self.assertRaisesRegex(UserError, "future"), self.cr.savepoint():
            self.refer(self.president, start=utc("2026-11-23 11:59"))
        self.assertFalse(self.council.session_ids)


@tagged("post_install", "-at_install")
class TestAgenda(AgendaCase):
    def item(self, session, **vals):
        item = session.env["shora.agenda.item"].create({"session_id": session.id, "name": "More", **vals})
        item.action_accept()
        return item

    def test_the_time_of_the_items_against_the_length_of_the_session(self):
        session = self.session(self.council, DAY)  # two hours; one item of 20 minutes
        self.item(session, minutes_planned=100)
        self.assertEqual((session.minutes_planned, session.minutes_over), (120, 0))
        late = self.item(session, minutes_planned=15)
        self.assertEqual((session.minutes_planned, session.minutes_over), (135, 15))
        late.action_withdraw()
        self.assertEqual(session.minutes_over, 0)

    def test_the_order_is_the_dragged_one(self):
        session = self.session(self.council, DAY)
        first, second = session.agenda_item_ids, self.item(session)
        second.sequence, first.sequence = 1, 2
        session.invalidate_recordset(["agenda_item_ids"])
        self.assertEqual(session.agenda_item_ids, second | first)

    def test_nothing_is_discussed_before_the_session_sits(self):
        item = self.session(self.council, DAY).agenda_item_ids
        with self.assertRaisesRegex(UserError, "discussed in a session that is open"):
            item.action_discuss()
        self.assertEqual(item.state, "accepted")

    def test_what_was_dispatched_stays_on_its_agenda(self):
        session, later = self.session(self.council, DAY), self.session(self.council, "2026-12-24")
        item = session.agenda_item_ids
        waiting = item.create({"session_id": session.id, "name": "Waiting"})
        self.dispatch(session)
        waiting.session_id = later
        with self.assertRaisesRegex(UserError, "Article 5, clause 1.*dispatched with the notice"):
            item.session_id = later

    def test_what_comes_after_the_notice_is_late(self):
        session = self.session(self.council, DAY)
        proposal = session.env["shora.agenda.item"].create({"session_id": session.id, "name": "Waiting"})
        in_time = session.agenda_item_ids - proposal
        self.dispatch(session)
        self.assertFalse(in_time.is_late)
        proposal.action_accept()
        self.assertTrue(proposal.is_late, "accepted after the members had their notice")
        self.assertTrue(self.item(session).is_late)
        in_time.attachment_ids = session.env["ir.attachment"].create({"name": "D", "raw": b"D"})
        self.assertTrue(in_time.is_late)

    def test_a_document_belongs_to_its_item_and_follows_its_readers(self):
        session = self.session(self.council, DAY)
        item = session.agenda_item_ids
        loose = self.env["ir.attachment"].with_user(self.secretary).create({"name": "D", "raw": b"D"})
        item.attachment_ids = loose
        self.assertEqual((loose.res_model, loose.res_id), (item._name, item.id))
        self.assertEqual(loose.with_user(self.outsider).raw, b"D")
        for user in (self.guest, self.employee):
            with self.assertRaises(AccessError), self.cr.savepoint():
                loose.with_user(user).read(["raw"])

    def test_a_document_of_somebody_else_is_not_let_in(self):
        secret = self.env["ir.attachment"].create(
            {"name": "S", "raw": b"S", "res_model": "res.partner", "res_id": self.president.partner_id.id}
        )
        secret.write({"res_model": "hr.employee", "res_id": self.env["hr.employee"].create({"name": "E"}).id})
        item = self.session(self.council, DAY).agenda_item_ids
        with self.assertRaises(AccessError), self.cr.savepoint():
            item.with_user(self.secretary).write({"attachment_ids": [(4, secret.id)]})

    def test_a_guest_sees_the_own_items_until_the_session_is_closed(self):
        session = self.session(self.council, DAY)
        mine, others = session.agenda_item_ids, self.item(session)
        mine.guest_ids = self.guest.partner_id
        document = session.env["ir.attachment"].create({"name": "D", "raw": b"D"})
        mine.attachment_ids = document
        as_guest = self.env["shora.agenda.item"].with_user(self.guest)
        self.assertEqual(as_guest.search([]), mine)
        self.assertEqual(document.with_user(self.guest).raw, b"D")
        for record in (others, session, self.council):
            with self.assertRaises(AccessError), self.cr.savepoint():
                record.with_user(self.guest).read(["name" if "name" in record._fields else "state"])
        self.running(session)
        self.assertEqual(as_guest.search([]), mine)
        self.close(session)
        self.env.invalidate_all()
        self.assertFalse(as_guest.search([]))
        with self.assertRaises(AccessError), self.cr.savepoint():
            document.with_user(self.guest).read(["raw"])

    def test_a_member_is_no_guest(self):
        item = self.session(self.council, DAY).agenda_item_ids
        with self.assertRaisesRegex(UserError, "note 4"), self.cr.savepoint():
            item.guest_ids = self.member.partner_id
