"""The President's word on a dossier: line by line, corrected until final, by himself or through his office (5-9)."""

import base64
import hashlib
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError

from tests.common import tagged_post_install, tehran

from .dossier_case import PNG, SCAN, DossierCase


class DecisionCase(DossierCase):
    """``self.dossier``: presented on 2026-11-09, with ``self.line``; today is 2026-11-23."""

    def setUp(self):
        super().setUp()
        self.dossier = self.presented(self.minutes)
        self.line = self.dossier.line_ids


@tagged_post_install
class TestDecision(DecisionCase):
    def test_saved_at_once_and_without_effect_until_final(self):
        shown = self.rule_on(self.line, "instruct", "By way of the deputy")
        self.assertEqual((shown["decision"], shown["text"], shown["revision"]), ("instruct", "By way of the deputy", 1))
        self.assertEqual((self.line.decision, self.line.recorded_by_id), ("instruct", self.president))
        self.assertEqual(str(self.line.decided_on), "2026-11-23")
        self.assertFalse(self.line.on_behalf)
        self.assertFalse(self.resolution.president_decision)
        self.assertEqual((self.dossier.state, self.minutes.state), ("presented", "presented"))

    def test_final_reaches_resolution_executor_and_secretary(self):
        self.rule_on(self.line, "instruct", "By way of the deputy")
        self.assertEqual(self.finalized(self.dossier), 1)
        self.assertEqual(self.resolution.president_decision, "instruct")
        self.assertEqual(self.resolution.president_text, "By way of the deputy")
        self.assertEqual(str(self.resolution.president_decided_on), "2026-11-23")
        told = self.messages(self.resolution, "By way of the deputy")
        partners = told.partner_ids | told.notified_partner_ids
        self.assertLessEqual(self.executor | self.secretary.partner_id, partners)
        self.assertEqual(self.todos("activity_resolution_notify").user_id, self.secretary)
        self.assertEqual((self.dossier.state, self.minutes.state), ("decided", "closed"))
        self.assertEqual(str(self.dossier.decided_on), "2026-11-23")
        self.assertEqual(self.minutes.sudo().step_ids[-1].kind, "closed")
        self.assertFalse(self.dossier.sudo().activity_ids)
        self.assertTrue(self.messages(self.dossier, "The President has decided"))
        self.resolution.action_notify()
        self.assertEqual(self.resolution.state, "notified")

    def test_corrected_until_final_and_the_history_is_kept(self):
        self.rule_on(self.line, "seen", "")
        self.rule_on(self.line, "refer", "To the deputy")
        self.rule_on(self.line, False, "")
        self.assertFalse(self.line.decision)
        self.rule_on(self.line, "instruct", "At once")
        self.assertEqual(
            self.line.decision_ids.mapped(lambda one: (one.revision, one.decision)),
            [(1, "seen"), (2, "refer"), (3, False), (4, "instruct")],
        )
        self.finalized(self.dossier)
        for user in (self.president, self.office):
            with self.assertRaisesRegex(UserError, "is final"), self.cr.savepoint():
                self.rule_on(self.line, "seen", "Otherwise", user)
        self.assertEqual(self.resolution.president_decision, "instruct")
        for user in (self.president, self.office, self.head, self.admin, self.env.user):
            with self.subTest(user=user.login), self.assertRaises(UserError), self.cr.savepoint():
                self.line.decision_ids[0].with_user(user).write({"text": "x"})

    def test_two_at_once_lose_nothing(self):
        self.rule_on(self.line, "instruct", "At once", seen=0)
        stale = self.assertRaisesRegex(UserError, f"{self.president.name} recorded “Instruct” meanwhile")
        with stale, self.cr.savepoint():
            self.rule_on(self.line, "return", "Too dear", self.office, seen=0)
        self.assertEqual((self.line.decision, self.line.text), ("instruct", "At once"))
        self.rule_on(self.line, "return", "Too dear", self.office, seen=1)
        with self.assertRaisesRegex(UserError, "meanwhile"), self.cr.savepoint():
            self.dossier.with_user(self.president).finalize({self.line.id: 1})
        self.assertFalse(self.line.is_final)

    def test_a_second_click_says_nothing_new(self):
        self.rule_on(self.line, "instruct", "At once", seen=0)
        self.rule_on(self.line, "instruct", "At once", seen=0)
        self.assertEqual(self.line.revision, 1)
        seen = {self.line.id: 1}
        self.assertEqual(self.dossier.with_user(self.president).finalize(seen), 1)
        before = len(self.messages(self.resolution, "At once"))
        self.assertEqual(self.dossier.with_user(self.president).finalize(seen), 0)
        self.assertEqual(len(self.messages(self.resolution, "At once")), before)
        self.assertEqual(self.minutes.sudo().step_ids.mapped("kind").count("closed"), 1)

    def test_all_but_seen_say_something(self):
        for decision in ("instruct", "return", "refer"):
            with self.subTest(decision=decision), self.assertRaisesRegex(UserError, "marginal note"):
                self.rule_on(self.line, decision, "  ")
        self.rule_on(self.line, "seen", "")
        with self.assertRaises(UserError):
            self.rule_on(self.line, "burn", "x")

    def test_the_day_lies_between_presentation_and_today(self):
        for day in ("2026-11-08", "2026-11-24", "yesterday", "1405-09-02"):
            with self.subTest(day=day), self.assertRaisesRegex(UserError, "between the presentation"):
                self.rule_on(self.line, day=day)
        for day in ("2026-11-09", "2026-11-23"):
            self.rule_on(self.line, day=day)
            self.assertEqual(str(self.line.decided_on), day)

    def test_others_decide_nothing(self):
        staff = self.make_user("t_dec_staff", "shora_council.group_shora_staff")
        self.council.staff_user_ids = staff
        for user in (self.secretary, staff, self.secretariat, self.head, self.auditor, self.admin, self.hr):
            with self.subTest(user=user.login), self.assertRaises(AccessError), self.cr.savepoint():
                self.rule_on(self.line, user=user, seen=0)
            with self.subTest(user=user.login), self.assertRaises(AccessError), self.cr.savepoint():
                self.dossier.with_user(user).finalize({self.line.id: 0})
            with self.subTest(user=user.login), self.assertRaises(AccessError), self.cr.savepoint():
                self.dossier.with_user(user).file_scan("a.png", SCAN)
        self.assertEqual((self.line.revision, self.dossier.scan_ids.ids), (0, []))

    def test_a_draft_is_not_before_the_president(self):
        meeting, _resolution = self.adopted("2026-11-16")
        draft = self.drafted(self.reviewed(meeting))
        with self.assertRaisesRegex(UserError, "is not before the President"), self.cr.savepoint():
            self.rule_on(draft.line_ids)
        with self.assertRaises(UserError), self.cr.savepoint():
            draft.with_user(self.office).file_scan("a.png", SCAN)

    def test_some_final_the_others_wait(self):
        council, secretary = self.second_council()
        meeting, other = self.adopted_elsewhere(council, secretary, "2026-11-10")
        both = self.presented(self.reviewed(meeting, secretary) | self.again_minutes(), "2026-11-20")
        first, second = both.line_ids
        self.rule_on(first, "seen", "")
        self.assertEqual(self.finalized(both), 1)
        self.assertEqual(both.state, "presented")
        self.assertEqual(sorted(both.part_ids.minutes_id.mapped("state")), ["closed", "presented"])
        with self.assertRaisesRegex(UserError, "no decision"), self.cr.savepoint():
            both.with_user(self.president).finalize({second.id: 0})
        self.rule_on(second, "seen", "")
        self.finalized(both)
        self.assertEqual(set(both.part_ids.minutes_id.mapped("state")), {"closed"})
        self.assertEqual(both.state, "decided")
        self.assertEqual(other.president_decision, "seen")

    def again_minutes(self):
        meeting, _resolution = self.adopted("2026-11-12")
        return self.reviewed(meeting)

    def test_lines_of_another_dossier_are_refused(self):
        other = self.presented(self.again_minutes(), "2026-11-20")
        self.rule_on(other.line_ids, "seen", "")
        with self.assertRaisesRegex(UserError, "not of this dossier"), self.cr.savepoint():
            self.dossier.with_user(self.president).finalize({other.line_ids.id: 1})
        with self.assertRaisesRegex(UserError, "not of this dossier"), self.cr.savepoint():
            self.dossier.with_user(self.president).file_scan("a.png", SCAN, other.line_ids.id)

    def test_minutes_without_resolutions_reach_the_secretary(self):
        meeting = self.held_session(self.council, "2026-11-12")
        minutes = self.reviewed(meeting)
        dossier = self.presented(minutes, "2026-11-20")
        self.rule_on(dossier.line_ids, "instruct", "Meet on the valleys next time")
        self.finalized(dossier)
        self.assertEqual(minutes.state, "closed")
        told = self.messages(minutes, "next time")
        self.assertLessEqual(self.secretary.partner_id, told.partner_ids)

    def test_what_breaks_off_leaves_no_trace_and_goes_on_once(self):
        self.rule_on(self.line)

        def kill(*args, **kwargs):
            raise RuntimeError("broken off")

        for model, name in (
            ("shora.resolution", "_record_decision"),
            ("shora.resolution", "message_notify"),
            ("shora.todo", "_open"),
            ("shora.minutes", "_add_step"),
            ("shora.todo", "_close"),
            ("shora.finding", "_check"),
        ):
            broken = self.assertRaisesRegex(RuntimeError, "broken off")
            with (
                self.subTest(name=name),
                patch.object(self.registry[model], name, kill),
                broken,
                self.cr.savepoint(),
            ):
                self.finalized(self.dossier)
            self.env.invalidate_all()
            self.assertFalse(self.line.is_final or self.resolution.president_decision)
            self.assertEqual((self.dossier.state, self.minutes.state), ("presented", "presented"))
        self.assertEqual(self.finalized(self.dossier), 1)

    def test_the_secretary_sees_the_decision_and_not_the_dossier(self):
        self.rule_on(self.line, "instruct", "By way of the deputy")
        self.finalized(self.dossier)
        self.env.invalidate_all()
        own = self.resolution.with_user(self.secretary)
        self.assertEqual((own.president_decision, own.president_text), ("instruct", "By way of the deputy"))
        self.assertEqual(self.minutes.with_user(self.secretary).state, "closed")
        for record in (self.dossier, self.line, self.line.decision_ids, self.dossier.part_ids):
            with self.subTest(record=record._name), self.assertRaises(AccessError), self.cr.savepoint():
                record.with_user(self.secretary).read(["display_name"])
        with self.assertRaises(AccessError), self.cr.savepoint():
            self.env["shora.president.desk"].with_user(self.secretary).get_page(self.dossier.id)


@tagged_post_install
class TestReturnAndRefer(DecisionCase):
    def ruled(self, decision, text):
        self.rule_on(self.line, decision, text)
        self.finalized(self.dossier)

    def next_session(self, day="2026-12-07"):
        return self.plan(self.council, day)

    def test_a_returned_resolution_comes_back_with_his_words(self):
        session = self.next_session()
        self.ruled("return", "Too dear, find\nanother way")
        self.env.invalidate_all()
        item = session.agenda_item_ids.filtered(lambda one: one.followed_resolution_id == self.resolution)
        self.assertIn("Returned by the President", item.name)
        self.assertIn("Too dear, find<br>another way", item.description.replace("<br/>", "<br>"))
        self.assertIn("The plan is made.", item.description)
        self.assertTrue(self.resolution._reasons_against("notified"))

    def test_an_item_that_follows_it_already_says_it_too(self):
        session = self.next_session()
        session._bring_resolutions()
        item = session.agenda_item_ids.filtered(lambda one: one.followed_resolution_id == self.resolution)
        item.action_accept()
        self.assertIn("Follow-up", item.name)
        self.ruled("return", "Too dear")
        self.env.invalidate_all()
        self.assertIn("Returned by the President", item.name)
        self.assertIn("Too dear", item.description)
        again = session.agenda_item_ids.filtered(lambda one: one.followed_resolution_id == self.resolution)
        self.assertEqual(again, item)

    def test_without_a_session_it_comes_with_the_next_one(self):
        self.ruled("return", "Too dear")
        session = self.next_session()
        self.assertIs(self.run_job("cron_resolutions"), True)
        item = session.agenda_item_ids.filtered(lambda one: one.followed_resolution_id == self.resolution)
        self.assertIn("Too dear", item.description)

    def test_what_is_adopted_in_its_place_ends_it(self):
        session = self.next_session("2026-12-14")
        self.ruled("return", "Too dear")
        self.env.invalidate_all()
        item = session.agenda_item_ids.filtered(lambda one: one.followed_resolution_id == self.resolution)
        item.action_accept()
        self.dispatch(session)
        with tehran("2026-12-14 12:30"):
            session.write({"presiding_ground": "chair", "state": "open"})
            other = self.draft(session, name="Cheaper plan", agenda_item_id=item.id)
            self.assertEqual(self.resolution.state, "adopted")
            other.action_adopt()
        self.assertEqual((other.state, self.resolution.state), ("adopted", "abandoned"))
        self.assertIn(other.number, self.resolution.abandon_reason)

    def test_what_follows_an_open_one_ends_nothing(self):
        session = self.next_session("2026-12-14")
        self.ruled("seen", "")
        session._bring_resolutions()
        item = session.agenda_item_ids.filtered(lambda one: one.followed_resolution_id == self.resolution)
        item.action_accept()
        self.dispatch(session)
        with tehran("2026-12-14 12:30"):
            session.write({"presiding_ground": "chair", "state": "open"})
            self.draft(session, name="More", agenda_item_id=item.id).action_adopt()
        self.assertEqual(self.resolution.state, "adopted")

    def test_what_was_referred_is_presented_again(self):
        self.ruled("refer", "To the deputy of research")
        self.assertEqual(self.minutes.state, "closed")
        dossiers = self.env["shora.dossier"].with_user(self.secretariat)
        again = dossiers.create({})
        again.action_add_referred()
        line = again.line_ids
        self.assertEqual((line.resolution_id, line.is_again, line.minutes_id), (self.resolution, True, self.minutes))
        line.recommendation = "The deputy agrees"
        with self.assertRaisesRegex(UserError, "Nothing that the President referred"):
            dossiers.create({}).action_add_referred()
        again.with_user(self.head).action_present()
        self.assertEqual(self.minutes.state, "closed")
        page = self.env["shora.president.desk"].with_user(self.president).get_page(again.id)
        [shown] = page["dossier"]["parts"][-1]["lines"]
        self.assertIn("To the deputy of research", shown["previous"])
        self.resolution.abandon_reason = "Overtaken"
        with self.assertRaisesRegex(UserError, "before the President again"), self.cr.savepoint():
            self.resolution.action_abandon()
        self.rule_on(line, "instruct", "Do it")
        self.finalized(again)
        self.assertEqual((again.state, self.resolution.president_decision), ("decided", "instruct"))
        self.resolution.action_notify()

    def test_a_line_of_it_can_be_taken_out_of_the_draft(self):
        self.ruled("refer", "To the deputy")
        again = self.env["shora.dossier"].with_user(self.secretariat).create({})
        again.action_add_referred()
        again.line_ids.unlink()
        again.action_add_referred()
        self.assertEqual(len(again.line_ids), 1)


@tagged_post_install
class TestOffice(DecisionCase):
    """He seldom logs in: his office records what he wrote, with the scan."""

    def test_on_whose_behalf_when_and_by_whom(self):
        self.president.name = "Dr President"
        others = self.env["res.users"]._shora_users_with_role("president") - self.president
        others.group_ids = [(3, self.env.ref("shora_council.group_shora_president").id)]
        shown = self.rule_on(self.line, "instruct", "At once", self.office, day="2026-11-12")
        self.assertEqual((self.line.recorded_by_id, self.line.on_behalf), (self.office, "Dr President"))
        self.assertEqual((str(self.line.decided_on), str(self.line.recorded_at)[:10]), ("2026-11-12", "2026-11-23"))
        self.assertEqual(shown["recorded"], f"{self.office.name}, on behalf of Dr President")

    def test_final_with_the_scan_only(self):
        self.rule_on(self.line, user=self.office)
        with self.assertRaisesRegex(UserError, "File the scan"), self.cr.savepoint():
            self.finalized(self.dossier, self.office)
        with self.assertRaisesRegex(UserError, "File the scan"), self.cr.savepoint():
            self.finalized(self.dossier, self.president)
        self.dossier.with_user(self.office).file_scan("page.png", SCAN, self.line.id)
        self.assertEqual(self.finalized(self.dossier, self.office), 1)

    def test_one_scan_for_the_whole_dossier(self):
        self.rule_on(self.line, user=self.office)
        scan = self.env["shora.dossier.scan"].browse(
            self.dossier.with_user(self.office).file_scan("..\\x\\page\u202e.exe", SCAN)
        )
        self.assertEqual((scan.sha256, scan.name), (hashlib.sha256(PNG).hexdigest(), "page.png"))
        self.assertEqual((scan.filed_by_id, base64.b64decode(scan.file)), (self.office, PNG))
        self.finalized(self.dossier, self.office)
        self.assertEqual(self.dossier.state, "decided")

    def test_the_same_scan_twice_is_kept_once(self):
        file = self.dossier.with_user(self.office).file_scan
        self.assertEqual(file("a.png", SCAN), file("b.png", SCAN))
        self.assertNotEqual(file("a.png", SCAN), file("a.png", SCAN, self.line.id))

    def test_a_scan_is_a_pdf_or_a_picture_and_stays(self):
        file = self.dossier.with_user(self.office).file_scan
        wrong = (base64.b64encode(raw).decode() for raw in (b"MZ\x00program", b"<svg/>"))
        for content in (*wrong, "", "***", None):
            with self.subTest(content=content), self.assertRaises(UserError), self.cr.savepoint():
                file("a.pdf", content)
        scan = self.env["shora.dossier.scan"].browse(file("a.png", SCAN))
        for user in (self.office, self.president, self.head, self.admin, self.env.user):
            with self.subTest(user=user.login), self.assertRaises(UserError), self.cr.savepoint():
                scan.with_user(user).write({"name": "x"})
            with self.subTest(user=user.login), self.assertRaises(UserError), self.cr.savepoint():
                scan.with_user(user).unlink()

    def test_scans_are_archived_and_watched(self):
        self.rule_on(self.line, user=self.office)
        scans = self.env["shora.dossier.scan"]
        for line_id in (None, self.line.id):
            scans |= scans.browse(self.dossier.with_user(self.office).file_scan("a.png", SCAN, line_id))
        missing = self.meeting._archive_missing()[self.meeting]
        self.assertEqual(missing.filtered(lambda one: one.res_model == scans._name).mapped("res_id"), scans.ids)
        self.assertIs(self.run_job("cron_archive"), True)
        copies = self.env["shora.archive.copy"].search([("res_model", "=", scans._name)])
        self.assertEqual((copies.session_id, set(copies.mapped("sha256"))), (self.meeting, {scans[0].sha256}))
        self.assertFalse(self.meeting._archive_missing())
        self.env.flush_all()
        self.cr.execute("UPDATE shora_dossier_scan SET sha256 = %s WHERE id = %s", ["0" * 64, scans[1].id])
        problems = self.env["shora.integrity.check"]._check(self.council).problem_ids
        self.assertEqual(problems.mapped("res_id"), [scans[1].id])

    def test_both_ways_lead_to_the_same(self):
        meeting, other = self.adopted("2026-11-12")
        second = self.presented(self.reviewed(meeting), "2026-11-20")
        self.rule_on(self.line, "instruct", "At once", day="2026-11-21")
        self.finalized(self.dossier)
        self.rule_on(second.line_ids, "instruct", "At once", self.office, day="2026-11-21")
        second.with_user(self.office).file_scan("a.png", SCAN)
        self.finalized(second, self.office)
        facts = ["president_decision", "president_text", "president_decided_on", "state"]
        self.assertEqual(self.resolution.read(facts)[0] | {"id": 0}, other.read(facts)[0] | {"id": 0})
        self.assertEqual(
            self.todos("activity_resolution_notify").user_id, self.todos("activity_resolution_notify", other).user_id
        )
        self.assertEqual({self.dossier.state, second.state}, {"decided"})


@tagged_post_install
class TestPage(DecisionCase):
    def page(self, user, dossier_id=None):
        self.env.invalidate_all()
        return self.env["shora.president.desk"].with_user(user).get_page(dossier_id)

    def test_one_page_with_everything_to_decide(self):
        page = self.page(self.president)
        self.assertTrue(page["may_decide"])
        self.assertFalse(page["is_office"])
        self.assertEqual([one["key"] for one in page["decisions"]], ["seen", "instruct", "return", "refer"])
        [part] = page["dossier"]["parts"]
        [line] = part["lines"]
        self.assertEqual((part["council"], part["summary"]), ("Council T1", "The council met on the valleys."))
        self.assertEqual(line["title"], "Plan of the river valleys")
        self.assertEqual(line["recommendation"], "Instruct on Plan of the river valleys")
        self.assertEqual((line["executor"], line["revision"]), ("Executor", 0))
        self.assertEqual(page["dossier"]["age"], 14)

    def test_who_sees_it_and_who_decides(self):
        for user, may, office in (
            (self.president, True, False),
            (self.office, True, True),
            (self.head, False, False),
            (self.secretariat, False, False),
            (self.auditor, False, False),
        ):
            page = self.page(user)
            self.assertEqual((page["may_decide"], page["is_office"]), (may, office), user.login)
            self.assertEqual(page["dossier"]["id"], self.dossier.id)
        for user in (self.secretary, self.admin, self.hr, self.employee):
            with self.subTest(user=user.login), self.assertRaises(AccessError), self.cr.savepoint():
                self.page(user)

    def test_without_a_dossier_the_page_is_empty(self):
        self.env.flush_all()
        self.cr.execute("UPDATE shora_dossier SET state = 'draft'")
        self.assertFalse(self.page(self.president)["dossier"])

    def test_cost_does_not_grow_with_lines(self):
        def queries(dossier):
            self.page(self.president, dossier.id)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.env["shora.president.desk"].with_user(self.president).get_page(dossier.id)
            return self.cr.sql_log_count - before

        one = queries(self.dossier)
        many = self.env["shora.minutes"]
        for day in ("2026-11-10", "2026-11-12", "2026-11-14"):
            meeting, _resolution = self.adopted(day)
            many |= self.reviewed(meeting)
        three = self.presented(many, "2026-11-20")
        self.assertLessEqual(queries(three), one + 2)
        self.assertLessEqual(one, 60)
