"""A theme of a joint session put to several councils, and followed on one page (5-10)."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from tests.common import tehran
from tests.shora_council.joint_case import JointCase

TODO = "shora_council.activity_joint_item"


@tagged("post_install", "-at_install")
class TestPush(JointCase):
    def setUp(self):
        super().setUp()
        self.meeting = self.joint("2026-12-10")
        self.item = self.theme(self.meeting, attachment_ids=[(0, 0, {"name": "map.txt", "raw": b"map"})])
        self.first_session = self.plan(self.council, "2026-12-14")
        self.later = self.plan(self.council, "2026-12-28")

    def put(self, *councils, user=None, **kwargs):
        ids = [council.id for council in councils]
        self.item.with_user(user or self.secretariat).push_to(ids, **kwargs)
        self.env.invalidate_all()
        return self.pushes(self.item)

    def push_of(self, council):
        return self.pushes(self.item).filtered(lambda push: push.council_id == council)

    def items_of(self, council):
        return self.env["shora.agenda.item"].search(
            [("council_id", "=", council.id), ("joint_push_id", "!=", False)], order="id"
        )

    def todos(self, push):
        kind = self.env.ref(TODO)
        return push.sudo().activity_ids.filtered(lambda todo: todo.activity_type_id == kind)

    def test_it_comes_onto_the_next_open_agenda_with_its_origin(self):
        self.put(self.council)
        item = self.items_of(self.council)
        self.assertEqual(item.session_id, self.first_session)
        self.assertEqual((item.state, item.source, item.name), ("proposed", "joint", "Clean air"))
        self.assertEqual(item.joint_push_id.item_id, self.item)
        self.assertEqual(item.theme_ids, self.themes[:1])
        self.assertEqual(item.attachment_ids.raw, b"map")
        self.assertNotEqual(item.attachment_ids, self.item.attachment_ids, "a copy of its own")
        self.assertIn(self.meeting.with_context(lang="fa_IR").display_name[-4:], item.description)

    def test_documents_stay_where_they_are_when_so_chosen(self):
        self.put(self.council, with_documents=False)
        self.assertFalse(self.items_of(self.council).attachment_ids)

    def test_an_agenda_that_was_sent_out_is_closed(self):
        self.dispatch(self.first_session)
        self.put(self.council)
        self.assertEqual(self.items_of(self.council).session_id, self.later)

    def test_without_a_session_it_waits_and_comes_with_the_next_one_planned(self):
        push = self.put(self.second)
        self.assertEqual((push.state, push.session_text), ("waiting", False))
        self.assertEqual(self.todos(push).user_id, self.second_secretary)
        session = self.plan(self.second, "2026-12-21", user=self.second_secretary)
        self.env.invalidate_all()
        self.assertEqual(self.items_of(self.second).session_id, session)
        self.assertEqual((push.state, push.session_day), ("proposed", session.day))
        self.plan(self.second, "2026-12-28", user=self.second_secretary)
        self.assertEqual(len(self.items_of(self.second)), 1)

    def test_never_twice_for_the_same_item_and_council(self):
        self.put(self.council, self.second)
        again = self.put(self.council, self.third)
        self.assertEqual(again.council_id, self.council | self.second | self.third)
        self.assertEqual(len(again), 3)
        self.run_job("cron_resolutions")
        self.assertEqual(len(self.items_of(self.council)), 1)

    def test_each_secretary_is_asked_until_the_item_is_answered(self):
        self.put(self.council)
        push = self.push_of(self.council)
        todo = self.todos(push)
        self.assertEqual((todo.user_id, todo.date_deadline), (self.secretary, self.first_session.notice_last_day))
        self.items_of(self.council).with_user(self.secretary).action_accept()
        self.assertFalse(self.todos(push))
        self.run_job("cron_resolutions")
        self.assertFalse(self.todos(push))

    def test_declined_with_its_reason_only_and_the_secretariat_is_told(self):
        self.put(self.council)
        item = self.items_of(self.council).with_user(self.secretary)
        with self.assertRaisesRegex(UserError, "Article 5, clause 10"):
            item.action_withdraw()
        with self.assertRaisesRegex(UserError, "decline it with its reason"):
            item.unlink()
        item.write({"state": "withdrawn", "withdraw_reason": "Treated last year"})
        self.env.invalidate_all()
        self.assertEqual(self.push_of(self.council).state, "withdrawn")
        history = [("model", "=", item._name), ("res_id", "=", item.id)]
        told = self.env["mail.message"].search([*history, ("partner_ids", "in", self.secretariat.partner_id.ids)])
        self.assertIn("Treated last year", told[:1].body)
        self.assertFalse(self.todos(self.push_of(self.council)))

    def test_an_item_carried_on_is_followed_to_its_decision(self):
        self.put(self.council)
        item = self.items_of(self.council).with_user(self.secretary)
        item.action_accept()
        self.first_session.write({"state": "postponed", "final_reason": "R", "postponed_to": "2026-12-16 06:30:00"})
        carried = self.items_of(self.council)[-1]
        self.assertEqual(carried.session_id, self.first_session.successor_id)
        push = self.push_of(self.council)
        self.env.invalidate_all()
        self.assertEqual((push.state, push.council_item_id), ("accepted", carried))
        session = carried.session_id.with_user(self.secretary)
        session.action_schedule()
        with tehran("2026-12-16 08:00"):
            self.dispatch(session)
        with tehran("2026-12-16 12:30"):
            session.write({"presiding_ground": "chair", "state": "open"})
            mine = carried.with_user(self.secretary)
            mine.add_note("Cleaner buses", "decision")
            resolution = session.env["shora.resolution"].create(
                {"session_id": session.id, "agenda_item_id": carried.id, "name": "Cleaner buses"}
            )
            resolution.action_adopt()
            self.close(session)
        self.env.invalidate_all()
        self.assertEqual((push.state, push.decision_text), ("discussed", "Cleaner buses"))
        self.assertEqual(push.resolution_text, resolution.display_name)
        self.assertEqual(push.resolution_state_text, "Adopted")

    def test_a_postponed_item_brought_forward_is_the_same_theme(self):
        self.put(self.council)
        item = self.items_of(self.council).with_user(self.secretary)
        item.action_accept()
        self.dispatch(self.first_session)
        with tehran("2026-12-14 12:30"):
            self.first_session.write({"presiding_ground": "chair", "state": "open"})
            item.action_postpone()
            self.close(self.first_session)
        self.later.action_bring_forward()
        self.env.invalidate_all()
        push = self.push_of(self.council)
        self.assertEqual((push.council_item_id.session_id, push.state), (self.later, "accepted"))

    def test_where_its_session_is_cancelled_it_comes_onto_another(self):
        self.put(self.council)
        self.first_session.write({"state": "cancelled", "final_reason": "R"})
        self.env.invalidate_all()
        push = self.push_of(self.council)
        self.assertEqual(push.state, "waiting")
        self.run_job("cron_resolutions")
        self.assertEqual((push.council_item_id.session_id, push.state), (self.later, "proposed"))

    def test_themes_are_put_from_joint_sessions_to_councils_by_the_secretariat(self):
        own = self.first_session.agenda_item_ids[:1]
        with self.assertRaisesRegex(UserError, "agenda of a joint session"):
            own.with_user(self.secretary).push_to(self.second.ids)
        with self.assertRaises(AccessError):
            self.item.with_user(self.secretary).push_to(self.second.ids)
        with self.assertRaises(AccessError):
            self.item.with_user(self.president).push_to(self.second.ids)
        company = self.env["res.company"].create({"name": "Elsewhere"})
        foreign = self.make_council("F1")
        self.env.cr.execute("UPDATE shora_council SET company_id = %s WHERE id = %s", (company.id, foreign.id))
        foreign.invalidate_recordset()
        for ids in ([], self.body.ids, foreign.ids, [self.council.id, foreign.id], [0]):
            with self.subTest(ids=ids), self.assertRaisesRegex(UserError, "Choose councils"):
                self.item.push_to(ids)
        self.item.action_withdraw()
        with self.assertRaisesRegex(UserError, "withdrawn"):
            self.item.push_to(self.council.ids)

    def test_what_is_followed_is_nobodys_to_write(self):
        push = self.put(self.council)
        for user in (self.head, self.secretariat, self.secretary, self.president, self.admin):
            mine = push.with_user(user)
            for refused in (
                lambda mine=mine: mine.write({"council_id": self.third.id}),
                lambda mine=mine: mine.unlink(),
                lambda mine=mine: mine.create({"item_id": self.item.id, "council_id": self.third.id}),
            ):
                with self.assertRaises(UserError), self.cr.savepoint():
                    refused()
        item = self.items_of(self.council).with_user(self.secretary)
        with self.assertRaises(UserError):
            item.write({"joint_push_id": False})
        with self.assertRaises(UserError):
            item.copy({"joint_push_id": push.id})

    def test_secretaries_follow_every_council_in_words_only(self):
        self.put(self.council, self.second)
        mine = self.pushes(self.item).with_user(self.third_secretary)
        self.assertEqual(len(mine.search([("item_id", "=", self.item.id)])), 2)
        followed = mine.filtered(lambda push: push.council_id.id == self.council.id)
        self.assertEqual((followed.state, followed.session_text), ("proposed", self.first_session.display_name))
        self.assertFalse(self.items_of(self.council).with_user(self.third_secretary).has_access("read"))
        self.assertFalse(self.first_session.with_user(self.third_secretary).has_access("read"))
        member = self.make_user("t_push_member", "shora_council.group_shora_member")
        self.appoint(self.council, "B8", member.partner_id, "2026-11-01")
        self.assertFalse(self.env["shora.joint.push"].with_user(member).search([("item_id", "=", self.item.id)]))

    def test_the_dialog_offers_those_that_do_not_have_it(self):
        self.second.theme_ids = self.themes[:1]
        self.put(self.council)
        action = self.item.action_push()
        dialog = self.env[action["res_model"]].with_user(self.secretariat).with_context(**action["context"]).create({})
        self.assertNotIn(self.council, dialog.candidate_ids)
        ours = self.council | self.second | self.third
        self.assertEqual(dialog.council_ids & ours, self.second, "proposed by their themes")
        dialog.council_ids = self.second | self.third
        dialog.action_confirm()
        self.assertEqual(self.item.push_count, 3)
        page = self.item.action_follow()
        self.assertEqual((page["res_model"], page["res_id"]), ("shora.agenda.item", self.item.id))

    def test_the_page_costs_the_same_for_two_councils_and_for_five(self):
        councils = [self.council, self.second, self.third]
        councils += [self.make_council(f"Q{number}") for number in range(3)]
        spec = {
            name: {}
            for name in ("state", "session_text", "session_day", "decision_text", "resolution_text", "display_name")
        }
        spec["council_id"] = {"fields": {"display_name": {}}}
        page = {"name": {}, "push_count": {}, "push_ids": {"fields": spec}}

        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.item.with_user(self.head).web_read(page)
            return self.cr.sql_log_count - before

        self.put(*councils[:2])
        queries()
        two = queries()
        self.put(*councils)
        self.assertEqual(queries(), two)

    def test_putting_costs_no_search_a_council(self):
        councils = [self.make_council(f"Q{number}") for number in range(7)]
        self.put(councils[0])

        def queries(*chosen):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.item.push_to([council.id for council in chosen])
            self.env.flush_all()
            return self.cr.sql_log_count - before

        queries(councils[1])
        one, five = queries(councils[2]), queries(*councils[3:7])
        self.assertLessEqual(five - one, 8, "four councils instead of one, none with a session")
