"""The member's side on the portal: own sessions, answers, proposals, documents and their opening, own decrees."""

import hashlib
import re
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.addons.shora_council.controllers import portal
from odoo.addons.shora_council.rules import clock
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from tests.common import ShoraCase, ShoraHttpCase, tehran

DAY = "2026-12-20"


@tagged("post_install", "-at_install")
class TestReplies(ShoraCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls.make_user("t_portal_member", "base.group_portal", "Portal Member")
        cls.other = cls.make_user("t_portal_other", "base.group_portal", "Portal Other")
        with tehran("2026-09-02 08:00"):
            cls.appoint(cls.council, "B8", cls.member.partner_id, "2026-09-02")
            cls.appoint(cls.council, "B9", cls.other.partner_id, "2026-09-02")

    def invited(self):
        session = self.session(self.council, DAY)
        self.dispatch(session)
        return session

    def reply(self, session, *args, user=None):
        session.with_user(user or self.member).reply(*args)

    def test_a_member_answers_and_the_last_word_counts(self):
        session = self.invited()
        self.reply(session, "attending")
        self.reply(session, "not_attending", " On a journey ")
        self.assertEqual(len(session.reply_ids), 1)
        self.assertEqual((session.reply_ids.answer, session.reply_ids.reason), ("not_attending", "On a journey"))
        self.assertEqual((session.attending_count, session.not_attending_count), (0, 1))
        self.reply(session, "attending", "ignored")
        self.assertFalse(session.reply_ids.reason)
        history = [body for body in session.message_ids.mapped("body") if "Portal Member" in body]
        self.assertEqual(len(history), 3, "each answer stays in the history of the session")

    def test_an_absence_needs_its_reason(self):
        session = self.invited()
        for reason in (None, "", "  "):
            with self.assertRaisesRegex(UserError, "reason"), self.cr.savepoint():
                self.reply(session, "not_attending", reason)
        with self.assertRaises(UserError), self.cr.savepoint():
            self.reply(session, "perhaps")
        self.assertFalse(session.reply_ids)

    def test_nobody_answers_for_somebody(self):
        session = self.invited()
        for user in (self.secretary, self.employee, self.president):
            if user == self.secretary:
                self.reply(session, "attending", user=user)
                self.assertEqual(session.reply_ids.partner_id, self.secretary.partner_id, "the own answer only")
            else:
                with self.assertRaises(AccessError), self.cr.savepoint():
                    self.reply(session, "attending", user=user)
        self.assertEqual(set(self.env["shora.session.reply"]._fields) & {"delegate_id", "substitute_id"}, set())
        self.reply(session, "attending")
        reply = session.reply_ids.filtered(lambda r: r.partner_id == self.member.partner_id)
        for user in (self.member, self.other, self.secretary, self.admin):
            with self.assertRaises(AccessError), self.cr.savepoint():
                reply.with_user(user).write({"answer": "not_attending"})
        self.assertFalse(self.env["shora.session.reply"].with_user(self.other).search([("id", "=", reply.id)]))

    def test_not_after_the_beginning_nor_once_it_is_off(self):
        session = self.invited()
        with tehran(f"{DAY} 09:59"):
            self.reply(session, "attending")
        with tehran(f"{DAY} 10:00"), self.assertRaisesRegex(UserError, "begun"), self.cr.savepoint():
            self.reply(session, "attending")
        session.write({"final_reason": "No need", "state": "cancelled"})
        with self.assertRaisesRegex(UserError, "begun"), self.cr.savepoint():
            self.reply(session, "attending")

    def test_who_is_no_member_on_the_day_does_not_answer(self):
        session = self.invited()
        self.end(self.member.partner_id.shora_membership_ids, day="2026-12-19")
        with self.assertRaises(AccessError), self.cr.savepoint():
            self.reply(session, "attending")

    def test_an_announced_absence_is_an_absence(self):
        session = self.invited()
        self.reply(session, "not_attending", "On a journey")
        with tehran(f"{DAY} 10:05"):
            session.write({"presiding_ground": "chair", "state": "open"})
            row = session.attendance_ids.filtered(lambda r: r.partner_id == self.member.partner_id)
            self.assertEqual(row.status, "unmarked", "attendance is what is marked in the session")

    def test_pages_cost_the_same_for_many_sessions_as_for_few(self):
        for number in range(2):
            self.session(self.council, f"2026-12-{10 + number}")

        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            portal = self.env["shora.portal"].with_user(self.member)
            portal._councils(), portal._coming(), portal._past(), portal._attendance(), portal._minutes()
            return self.cr.sql_log_count - before

        queries()
        few = queries()
        for number in range(6):
            self.session(self.council, f"2026-12-{13 + number}")
        self.assertEqual(queries(), few)


@tagged("post_install", "-at_install")
class TestPortal(ShoraHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        cls.env = cls.env(context={**cls.env.context, "lang": "fa_IR"})
        cls.make_offices()
        cls.today = clock.tehran_day(fields.Datetime.now())
        first = str(cls.today - timedelta(days=90))
        cls.council = cls.make_council("PORTAL")
        cls.council.name = "شورای آزمون درگاه"
        cls.secretary, cls.people = cls.staff_council(cls.council, experts=2, prefix="pt", date_from=first)
        cls.member = cls.make_user("t_portal_member", "base.group_portal", "عضو آزمون")
        cls.member.lang = "fa_IR"
        cls.membership = cls.appoint(cls.council, "B8", cls.member.partner_id, first)
        cls.coming = cls.plan(cls, cls.council, str(cls.today + timedelta(days=10)))
        cls.item = cls.coming.agenda_item_ids
        cls.document = cls.env["ir.attachment"].create(
            {"name": "گزارش.pdf", "raw": b"%PDF-1.4 test", "res_model": "shora.agenda.item", "res_id": cls.item.id}
        )
        cls.item.attachment_ids = cls.document
        cls.dispatch(cls, cls.coming)

    def open(self, path, data=None):
        return self.url_open(path, data=data)

    def post(self, path, **data):
        page = self.open(f"/my/councils/session/{self.coming.id}").text
        token = re.search(r'name="csrf_token" value="([^"]+)"', page).group(1)
        return self.url_open(path, data={"csrf_token": token, **data})

    def url(self, tail=""):
        return f"/my/councils/session/{self.coming.id}{tail}"

    def test_every_page_is_persian_and_shows_what_is_mine(self):
        self.authenticate(self.member.login, self.member.login)
        for path, text in (
            ("/my/councils", "جلسه اول"),
            (self.url(), "گزارش.pdf"),
            ("/my/councils/attendance", "شورای آزمون درگاه"),
            ("/my/councils/minutes", "صورتجلسه"),
            ("/my/councils/decrees", "شورای آزمون درگاه"),
        ):
            with self.subTest(path=path):
                answer = self.open(path)
                self.assertEqual(answer.status_code, 200)
                main = re.search(r'<div class="o_shora_portal.*?</main>', answer.text, re.S).group(0)
                self.assertIn(text, main)
                plain = re.sub(r"<[^>]+>", " ", main.replace("گزارش.pdf", "").replace("PORTAL", ""))
                self.assertFalse(
                    re.findall(
                        r"[A-Za-z]{3,}[^\n]*", re.sub(r"(pt )?person \w\d|Item|Hall|Seat|ptsecretary", "", plain)
                    )
                )
                self.assertFalse(re.findall(r"20[12]\d", plain), "no year of the other calendar")

    def test_what_is_older_is_a_page_away(self):
        for days in (28, 14):
            held = self.held_session(self.council, str(self.today - timedelta(days=days)))
            held.env["shora.minutes"]._draft_for(held)._sign("password")
        names = [
            session.display_name for session in self.council.session_ids.sorted("start") if session.state != "invited"
        ]
        self.authenticate(self.member.login, self.member.login)
        with patch.object(portal, "PAGE", 1):
            for path in ("/my/councils/attendance", "/my/councils/minutes"):
                for number, shown, hidden in ((1, names[1], names[0]), (2, names[0], names[1])):
                    with self.subTest(path=path, page=number):
                        page = self.open(f"{path}/page/{number}").text
                        main = re.search(r'<div class="o_shora_portal.*?</main>', page, re.S).group(0)
                        self.assertIn(shown, main)
                        self.assertNotIn(hidden, main)
                        self.assertIn(f'href="{path}/page/2"', main)

    def test_opening_the_page_and_a_document_is_recorded(self):
        self.authenticate(self.member.login, self.member.login)
        row = self.coming.notice_id.recipient_ids.filtered(
            lambda r: r.partner_id == self.member.partner_id and r.channel == "portal"
        )
        self.assertEqual(row.state, "sent")
        self.open(self.url())
        self.assertEqual(row.state, "opened")
        answer = self.open(self.url(f"/document/{self.document.id}"))
        self.assertEqual((answer.status_code, answer.content), (200, b"%PDF-1.4 test"))
        self.open(self.url(f"/document/{self.document.id}"))
        opening = self.coming.opening_ids
        self.assertEqual((opening.partner_id, opening.name, opening.times), (self.member.partner_id, "گزارش.pdf", 2))

    def test_opening_a_document_in_the_documents_app_is_recorded_too(self):
        file = self.env["dms.file"].search([("attachment_id", "=", self.document.id)])
        self.authenticate(self.member.login, self.member.login)
        answer = self.open(f"/my/dms/file/{file.id}/download")
        self.assertEqual((answer.status_code, answer.content), (200, b"%PDF-1.4 test"))
        opening = self.coming.opening_ids
        self.assertEqual((opening.partner_id, opening.name, opening.times), (self.member.partner_id, "گزارش.pdf", 1))

    def test_the_home_page_is_persian(self):
        self.authenticate(self.member.login, self.member.login)
        home = re.search(r'<div class="o_portal_my_home.*?(?=<footer)', self.open("/my").text, re.S).group(0)
        self.assertIn("شوراهای من", home)
        self.assertFalse(re.findall(r"[A-Za-z]{3,}", re.sub(r"<[^>]+>|\S+@\S+", " ", home)))

    def test_the_forms_answer_and_propose(self):
        self.authenticate(self.member.login, self.member.login)
        answer = self.post(self.url("/reply"), answer="not_attending")
        self.assertIn("alert-danger", answer.text, "without a reason: said on the page")
        self.assertFalse(self.coming.reply_ids)
        self.post(self.url("/reply"), answer="not_attending", reason="سفر", partner_id=self.people["B1"].id)
        reply = self.coming.reply_ids
        self.assertEqual(
            (reply.partner_id, reply.answer, reply.reason), (self.member.partner_id, "not_attending", "سفر")
        )
        mine, foreign = self.env["shora.theme"].create([{"name": "دیپلماسی شهری"}, {"name": "موضوع شورای دیگر"}])
        self.council.theme_ids = mine
        self.assertIn("دیپلماسی شهری", self.open(self.url()).text)
        proposal = {"name": "بودجهٔ دیپلماسی", "description": "<b>چرا</b>"}
        self.post(self.url("/propose"), **proposal, theme_ids=[mine.id, foreign.id, "x"])
        item = self.coming.agenda_item_ids - self.item
        self.assertEqual((item.name, item.state, item.source), ("بودجهٔ دیپلماسی", "proposed", "member"))
        self.assertEqual((item.proposer_id, item.theme_ids), (self.member.partner_id, mine))
        self.assertIn("&lt;b&gt;", item.description, "typed text is text")
        self.assertIn("بودجهٔ دیپلماسی", self.open(self.url()).text)

    @mute_logger("odoo.http")
    def test_without_the_token_nothing_is_taken(self):
        self.authenticate(self.member.login, self.member.login)
        with self.subTest("reply"):
            answer = self.url_open(self.url("/reply"), data={"answer": "attending"})
            self.assertEqual(answer.status_code, 400)
        self.assertFalse(self.coming.reply_ids)

    @mute_logger("odoo.http")
    def test_the_own_decree_and_nobody_elses(self):
        self.authenticate(self.member.login, self.member.login)
        decree = self.membership.decree_id
        self.assertIn(f"/my/councils/decree/{decree.id}.pdf", self.open("/my/councils/decrees").text)
        answer = self.open(f"/my/councils/decree/{decree.id}.pdf")
        self.assertEqual(hashlib.sha256(answer.content).hexdigest(), decree.pdf_sha256)
        other = self.council.membership_ids.filtered(lambda m: m.partner_id == self.people["B1"]).decree_id
        self.assertEqual(self.open(f"/my/councils/decree/{other.id}.pdf").status_code, 404)
        for one in (decree, other):
            status = self.open(f"/shora/document/shora.decree/{one.id}/decree.pdf").status_code
            self.assertEqual(status, 403, "the record itself, with the offices' notes, is not the member's")


@tagged("post_install", "-at_install")
class TestGuest(ShoraHttpCase):
    """A guest's side (4 note 4): the own items and their documents, until the session is closed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_offices()
        today = clock.tehran_day(fields.Datetime.now())
        first = str(today - timedelta(days=90))
        cls.council = cls.make_council("GUEST")
        cls.secretary, cls.people = cls.staff_council(cls.council, experts=1, prefix="gs", date_from=first)
        cls.guest = cls.make_user("t_portal_guest", "base.group_portal", "Guest")
        cls.session_ = cls.plan(cls, cls.council, str(today))
        cls.mine = cls.session_.agenda_item_ids
        cls.mine.write({"name": "Mine to see", "guest_ids": [(4, cls.guest.partner_id.id)]})
        cls.others = cls.session_.env["shora.agenda.item"].create(
            {"session_id": cls.session_.id, "name": "Others only"}
        )
        cls.others.action_accept()
        cls.documents = {}
        for item in (cls.mine, cls.others):
            document = cls.env["ir.attachment"].create(
                {"name": f"{item.name}.pdf", "raw": b"%PDF-1.4", "res_model": item._name, "res_id": item.id}
            )
            item.attachment_ids = document
            cls.documents[item] = document

    def url(self, tail=""):
        return f"/my/councils/session/{self.session_.id}{tail}"

    def test_the_own_items_until_the_session_is_closed(self):
        self.authenticate(self.guest.login, self.guest.login)
        councils = self.url_open("/my/councils").text
        self.assertIn(self.url(), councils)
        self.assertNotIn("Your answer is awaited", councils, "a guest is asked by the secretary, not by the notice")
        page = self.url_open(self.url()).text
        self.assertIn("Mine to see", page)
        self.assertNotIn("Others only", page)
        self.assertNotIn(self.url("/reply"), page, "a guest is asked by the secretary, not by the notice")
        mine, others = (self.documents[item].id for item in (self.mine, self.others))
        self.assertEqual(self.url_open(self.url(f"/document/{mine}")).status_code, 200)
        self.assertEqual(self.url_open(self.url(f"/document/{others}")).status_code, 404)
        for kind in ("content", "image"):
            self.assertNotEqual(self.url_open(f"/web/{kind}/{others}").content, b"%PDF-1.4")
        self.session_.write({"final_reason": "No need", "state": "cancelled"})
        for tail in ("", f"/document/{mine}"):
            self.assertEqual(self.url_open(self.url(tail)).status_code, 404)
        self.assertNotEqual(self.url_open(f"/web/content/{mine}").content, b"%PDF-1.4")
        self.assertNotIn(self.url(), self.url_open("/my/councils").text)
