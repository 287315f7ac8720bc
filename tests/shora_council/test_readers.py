"""What people are told is in each reader's language and calendar, whoever does the work and in whatever language."""

import threading
from unittest.mock import patch

from odoo.tests import tagged

from tests.common import ShoraCase, tehran, utc

DAY = "2026-12-20"
PERSIAN_MOVE = "زمان یا محل جلسه تغییر کرد"


@tagged("post_install", "-at_install")
class TestReaders(ShoraCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # A server's threads know their database; the one that runs the tests has to be told.
        told = patch.object(threading.current_thread(), "dbname", cls.env.cr.dbname, create=True)
        told.start()
        cls.addClassCleanup(told.stop)
        cls.env["res.lang"]._activate_lang("fa_IR")
        cls.council.membership_ids.partner_id.lang = "en_US"
        cls.persian, cls.gregorian, cls.english = cls.people["B2"], cls.people["B3"], cls.people["B4"]
        (cls.persian | cls.gregorian).lang = "fa_IR"
        user = cls.make_user("t_gregorian", "base.group_portal")
        user.write({"partner_id": cls.gregorian.id, "lang": "fa_IR", "calendar_system": "gregorian"})

    def invited(self, user=None):
        with tehran("2026-12-05 09:00"):
            session = self.plan(self.council, DAY, user=user)
            notice = self.dispatch(session)
            mails = notice.recipient_ids.sudo().mail_id
            mails.write({"state": "sent"})
            mails._postprocess_sent_message([], [])
        return session, notice

    def told(self, session, partner):
        """(subject, body) of the last message to ``partner``."""
        message = self.env["mail.message"].search(
            [("model", "=", session._name), ("res_id", "=", session.id), ("partner_ids", "in", partner.ids)],
            order="id desc",
            limit=1,
        )
        return message.subject, message.body

    def mailed(self, notice, partner):
        """The last mail about ``notice`` to ``partner``."""
        rows = notice.recipient_ids.filtered(lambda row: row.partner_id == partner and row.channel == "email")
        mails = self.env["mail.mail"].sudo().search([("model", "=", rows._name), ("res_id", "in", rows.ids)])
        return mails.sorted("id")[-1:]

    def test_a_move_by_an_english_hand(self):
        session, notice = self.invited()
        self.assert_moved_is_told(session, notice)

    def test_a_move_by_a_persian_hand_that_counts_gregorian(self):
        session, notice = self.invited()
        self.secretary.write({"lang": "fa_IR", "calendar_system": "gregorian"})
        self.assert_moved_is_told(session.with_context(lang="fa_IR"), notice)

    def assert_moved_is_told(self, session, notice):
        before = self.env["mail.message"].search_count([("model", "=", session._name), ("res_id", "=", session.id)])
        with tehran("2026-12-06 09:00"):
            session.write({"start": utc("2026-12-21 10:00"), "place": "Hall 2"})
        self.env.flush_all()
        for partner, sentence, day, left_out in (
            (self.persian, PERSIAN_MOVE, "۱۴۰۵/۰۹/۳۰", "2026"),
            (self.gregorian, PERSIAN_MOVE, "2026/12/21", "۱۴۰۵"),
            (self.english, "Time or place of the session changed", "12/21/2026", "۱۴۰۵"),
        ):
            mail = self.mailed(notice, partner)
            for text in (self.told(session, partner)[1], mail.body_html):
                with self.subTest(partner=partner.name, text=text):
                    self.assertIn(sentence, text)
                    self.assertIn(day, text)
                    self.assertNotIn(left_out, text)
        self.assertEqual(self.mailed(notice, self.english).subject, "Changed: Session 1 · T1")
        self.assertIn("تغییر", self.mailed(notice, self.persian).subject)
        self.assertIn('dir="rtl"', self.mailed(notice, self.persian).body_html)
        self.assertIn('dir="ltr"', self.mailed(notice, self.english).body_html)
        messages = self.env["mail.message"].search_count([("model", "=", session._name), ("res_id", "=", session.id)])
        self.assertEqual(messages - before, 3, "one message for all who read alike")

    def test_cancelling_and_the_calendar_file_with_it(self):
        session, notice = self.invited()
        with tehran("2026-12-06 09:00"):
            session.write({"final_reason": "Snow", "state": "cancelled"})
        self.assertIn("The session does not take place: Snow", self.told(session, self.english)[1])
        self.assertNotIn("does not take place", self.told(session, self.persian)[1])
        for partner, title in ((self.english, "Session 1"), (self.persian, "جلسه اول")):
            file = self.mailed(notice, partner).attachment_ids.filtered(lambda one: one.name.endswith(".ics"))
            self.assertIn(title, file.raw.decode())

    def test_a_withdrawn_invitation(self):
        _session, notice = self.invited()
        rows = notice.recipient_ids.filtered(lambda row: row.partner_id in self.persian | self.english)
        with tehran("2026-12-06 09:00"):
            rows._withdraw()
        self.assertIn("is withdrawn", self.mailed(notice, self.english).body_html)
        self.assertNotIn("is withdrawn", self.mailed(notice, self.persian).body_html)
        self.assertIn("پس گرفته", self.mailed(notice, self.persian).body_html)

    def test_to_dos_are_in_the_language_of_each_who_shall_act(self):
        session, _notice = self.invited()
        other = self.make_user("t_persian", "base.group_user")
        other.lang = "fa_IR"
        users, kind = self.secretary | other, "shora_council.activity_notice"

        def summaries(hand):
            todos = hand.env["shora.todo"]
            todos._open(hand, kind, {hand: users}, lambda told: told._notice_reminder(), {hand: hand.day})
            return todos._present(hand, self.env.ref(kind)).sorted("user_id").mapped("summary")

        first = summaries(session)
        self.assertIn("Dispatch the written notice", first[0])
        self.assertIn("۱۴۰۵/۰۹/۲۹", first[1])
        self.assertEqual(summaries(session.with_context(lang="fa_IR")), first, "another hand rewrites nothing")

    def test_what_all_read_is_in_the_language_of_the_office(self):
        session, notice = self.invited()
        self.assertEqual(notice.subject, "دعوت‌نامه جلسه اول · T1")
        title = session.event_id.sudo().name
        self.assertEqual(title, "جلسه اول · T1")
        session.event_id.with_user(self.secretary).write({"start": utc("2026-12-20 11:00")})
        self.assertEqual(session.event_id.sudo().name, title, "whoever moves it does not rename it")
        self.assertEqual(session.start, utc("2026-12-20 11:00"))

    def test_how_people_read_costs_few_queries(self):
        partners = self.council.membership_ids.partner_id
        self.assertGreater(len(partners), 10)
        self.env["shora.pdf"]._language()
        costs = []
        for some in (partners[:3], partners):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.env["shora.reader"]._manners(some)
            costs.append(self.cr.sql_log_count - before)
        self.assertEqual(costs[0], costs[1])
        self.assertLessEqual(costs[1], 4)
