"""The calendar feed of a member: what it says, whose it is, and when its address stops working."""

import re
from datetime import timedelta

import vobject
from odoo import fields
from odoo.addons.shora_council.rules import clock
from odoo.tests import tagged
from odoo.tools import mute_logger

from tests.common import ShoraCase, ShoraHttpCase, tehran, utc


@tagged("post_install", "-at_install")
class TestFeed(ShoraCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls.make_user("t_ics_member", "base.group_portal", "Member")
        with tehran("2026-09-02 08:00"):
            cls.appoint(cls.council, "B8", cls.member.partner_id, "2026-09-02")

    def feed(self, user=None):
        self.env.flush_all()
        body, _changed = self.env["shora.session"].with_user(user or self.member)._feed()
        return body

    def events(self, user=None):
        """{session id: its event}"""
        calendar = vobject.readOne(self.feed(user).decode())
        return {int(re.search(r"\d+", event.uid.value).group()): event for event in calendar.contents.get("vevent", [])}

    def test_an_event_says_what_the_session_says(self):
        session = self.session(self.council, "2026-12-20", video_url="https://meet.example.com/x")
        event = self.events()[session.id]
        self.assertEqual(event.dtstart.value.replace(tzinfo=None), utc("2026-12-20 10:00"))
        self.assertEqual(event.dtend.value.replace(tzinfo=None), utc("2026-12-20 12:00"))
        self.assertIn("DTSTART:20261220T063000Z", self.feed().decode())
        self.assertEqual(event.uid.value, session._ics_uid(), "as in the mailed invitation: one appointment, not two")
        self.assertEqual((event.summary.value, event.location.value), (session.display_name, "Hall"))
        self.assertEqual(event.url.value, f"{session.get_base_url()}/my/councils/session/{session.id}")
        self.assertIn("https://meet.example.com/x", event.description.value)

    def test_neither_agenda_nor_documents_are_in_it(self):
        session = self.session(self.council, "2026-12-20")
        session.agenda_item_ids.write({"name": "Secret matter", "description": "<p>Details</p>"})
        self.dispatch(session)
        text = self.feed().decode().replace("\r\n ", "")
        self.assertNotIn("Secret", text)
        self.assertNotIn("Details", text)

    def test_status_follows_the_session(self):
        session = self.session(self.council, "2026-12-20")
        self.assertEqual(self.events()[session.id].status.value, "TENTATIVE")
        self.dispatch(session)
        self.assertEqual(self.events()[session.id].status.value, "CONFIRMED")
        session.write({"final_reason": "Not needed any more", "state": "cancelled"})
        event = self.events()[session.id]
        self.assertEqual((event.status.value, event.transp.value), ("CANCELLED", "TRANSPARENT"))
        self.assertIn(session._state_label("cancelled"), event.summary.value)
        self.assertNotIn("Not needed", self.feed().decode())

    def test_a_postponed_session_and_its_successor(self):
        session = self.session(self.council, "2026-12-20")
        session.write({"postponed_to": utc("2026-12-27 10:00"), "final_reason": "Snow", "state": "postponed"})
        self.assertEqual(self.events()[session.id].status.value, "CANCELLED")
        self.assertNotIn(session.successor_id.id, self.events(), "a draft is nobody's appointment yet")
        session.successor_id.with_user(self.secretary).action_schedule()
        self.assertEqual(self.events()[session.successor_id.id].status.value, "TENTATIVE")

    def test_only_what_was_announced_and_not_older_than_a_year(self):
        draft = self.env["shora.session"].with_user(self.secretary)
        draft = draft.create({"council_id": self.council.id, "start": utc("2026-12-20 10:00")})
        self.assertNotIn(draft.id, self.events())
        draft.write({"final_reason": "A slip", "state": "cancelled"})
        self.assertNotIn(draft.id, self.events(), "never scheduled, so never in a calendar")
        session = self.held_session(self.council, "2026-10-12")
        self.assertEqual(self.events()[session.id].status.value, "CONFIRMED")
        with tehran("2027-10-13 08:00"):
            self.assertNotIn(session.id, self.events())

    def test_only_the_own_councils(self):
        with tehran("2026-09-02 08:00"):
            other = self.make_council("T2")
            secretary, _people = self.staff_council(other, experts=1, prefix="t2")
        foreign = self.session(other, "2026-12-20", user=secretary)
        own = self.session(self.council, "2026-12-21")
        self.assertEqual(set(self.events()), {own.id})
        self.assertEqual(set(self.events(secretary)), {foreign.id})
        # the Secretariat reads every council's sessions, but they are not its appointments
        self.assertFalse(self.events(self.secretariat))

    def test_persian_text_survives_the_folding_of_lines(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        name = "شورای راهبردی دیپلماسی شهری و امور بین‌الملل شهرداری تهران و همکاری با شهرهای جهان"
        self.council.write({"name": name, "short_name": name})
        session = self.session(self.council, "2026-12-20", place="سالن جلسات، طبقهٔ دوم؛ خیابان بهشت")
        body, _changed = self.env["shora.session"].with_user(self.member).with_context(lang="fa_IR")._feed()
        self.assertTrue(all(len(line) <= 75 for line in body.split(b"\r\n")))
        (event,) = vobject.readOne(body.decode()).contents["vevent"]
        self.assertIn(name, event.summary.value)
        self.assertEqual(event.location.value, session.place)

    def test_equal_sessions_give_equal_bytes(self):
        session = self.session(self.council, "2026-12-20")
        first = self.feed()
        with tehran("2026-11-24 12:00"):
            self.assertEqual(self.feed(), first)
            session.place = "Another hall"
            self.assertNotEqual(self.feed(), first)

    def test_a_year_costs_what_a_month_costs(self):
        def queries():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.env["shora.session"].with_user(self.member)._feed()
            return self.cr.sql_log_count - before

        self.session(self.council, "2026-12-01")
        self.session(self.council, "2026-12-02")
        queries()
        few = queries()
        for day in range(3, 23):
            self.session(self.council, f"2026-12-{day:02}")
        self.assertEqual(queries(), few)
        self.assertLessEqual(few, 20)


@tagged("post_install", "-at_install")
class TestAddress(ShoraCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member = cls.make_user("t_ics_member", "base.group_portal", "Member")
        with tehran("2026-09-02 08:00"):
            cls.membership = cls.appoint(cls.council, "B8", cls.member.partner_id, "2026-09-02")

    def tokens(self, user=None):
        return self.env["shora.ics.token"].with_user(user or self.member)

    def owner(self, token):
        return self.env["shora.ics.token"].with_user(self.env.ref("base.public_user"))._user_of(token)

    def test_the_address_is_its_owners_and_is_not_kept_in_clear(self):
        token = self.tokens()._renew()
        self.assertEqual(self.owner(token), self.member)
        self.assertGreaterEqual(len(token), 64)
        self.env.cr.execute("SELECT * FROM shora_ics_token WHERE user_id = %s", [self.member.id])
        self.assertNotIn(token, str(self.env.cr.fetchall()))
        self.assertFalse(self.owner(self.tokens()._mine().token_sha256), "what is kept opens nothing")

    def test_renewing_and_revoking_end_the_earlier_address(self):
        first = self.tokens()._renew()
        second = self.tokens()._renew()
        self.assertFalse(self.owner(first))
        self.assertEqual(self.owner(second), self.member)
        self.assertEqual(len(self.tokens()._mine()), 1)
        self.tokens()._revoke()
        self.assertFalse(self.owner(second))
        self.assertFalse(self.tokens()._mine())

    def test_a_wrong_address_opens_nothing(self):
        token = self.tokens()._renew()
        for wrong in ("", "x", token[:-1], token + "0", token[:12], token[:12] + "0" * 52, token.upper(), "é" * 64):
            with self.subTest(wrong=wrong):
                self.assertFalse(self.owner(wrong))

    def test_it_ends_with_the_membership_and_with_the_account(self):
        token = self.tokens()._renew()
        self.member.active = False
        self.assertFalse(self.owner(token))
        self.member.active = True
        self.assertTrue(self.owner(token))
        self.end(self.membership, day="2026-11-22")
        self.assertFalse(self.owner(token))

    def test_nobody_reads_or_makes_addresses_but_through_the_own_page(self):
        self.tokens()._renew()
        for user in (self.member, self.admin, self.secretary, self.employee, self.env.ref("base.user_admin")):
            row = self.tokens()._mine().sudo(False).with_user(user)
            for verb in ("read", "write", "create", "unlink"):
                self.assertFalse(row.has_access(verb), f"{user.login} {verb}")

    def test_the_address_of_a_deleted_user_goes_with_the_user(self):
        user = self.make_user("t_ics_gone", "base.group_portal")
        self.tokens(user)._renew()
        user.unlink()
        self.assertFalse(self.env["shora.ics.token"].search([("user_id", "=", user.id)]))


@tagged("post_install", "-at_install")
class TestCalendarPage(ShoraHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        cls.env = cls.env(context={**cls.env.context, "lang": "fa_IR"})
        cls.make_offices()
        cls.today = clock.tehran_day(fields.Datetime.now())
        first = str(cls.today - timedelta(days=90))
        cls.council = cls.make_council("ICS")
        cls.council.name = "شورای آزمون تقویم"
        cls.secretary, cls.people = cls.staff_council(cls.council, experts=2, prefix="ics", date_from=first)
        cls.member = cls.make_user("t_ics_page", "base.group_portal", "عضو آزمون")
        cls.member.lang = "fa_IR"
        cls.membership = cls.appoint(cls.council, "B8", cls.member.partner_id, first)
        cls.coming = cls.plan(cls, cls.council, str(cls.today + timedelta(days=10)))

    def post(self, path):
        page = self.url_open("/my/councils/calendar").text
        token = re.search(r'name="csrf_token" value="([^"]+)"', page).group(1)
        return self.url_open(path, data={"csrf_token": token})

    def make(self):
        """The address as the page shows it once."""
        page = self.post("/my/councils/calendar/renew")
        return re.search(r'value="(http[^"]+\.ics)"', page.text).group(1)

    def fetch(self, address, **headers):
        self.logout()
        return self.url_open(address, headers=headers)

    @mute_logger("odoo.http")
    def test_from_the_page_into_a_calendar_and_out_again(self):
        self.authenticate(self.member.login, self.member.login)
        address = self.make()
        self.assertNotIn(address, self.url_open("/my/councils/calendar").text, "shown once")
        answer = self.fetch(address)
        self.assertEqual((answer.status_code, answer.headers["Content-Type"]), (200, "text/calendar; charset=utf-8"))
        self.assertNotIn("session_id", answer.cookies)
        (event,) = vobject.readOne(answer.text).contents["vevent"]
        self.assertEqual(event.summary.value, self.coming.with_context(lang="fa_IR").display_name)
        self.authenticate(self.member.login, self.member.login)
        self.post("/my/councils/calendar/revoke")
        self.assertEqual(self.fetch(address).status_code, 404)

    def test_a_calendar_that_is_up_to_date_is_told_so(self):
        self.authenticate(self.member.login, self.member.login)
        address = self.make()
        first = self.fetch(address)
        etag, since = first.headers["ETag"], first.headers["Last-Modified"]
        again = self.fetch(address, **{"If-None-Match": etag})
        self.assertEqual((again.status_code, again.content), (304, b""))
        self.assertEqual(self.fetch(address, **{"If-Modified-Since": since}).status_code, 304)
        self.coming.place = "سالن دیگر"
        self.env.flush_all()  # a test is one transaction with one time of writing
        self.env.cr.execute(
            "UPDATE shora_session SET write_date = write_date + interval '1 minute' WHERE id = %s", [self.coming.id]
        )
        self.coming.invalidate_recordset()
        changed = self.fetch(address, **{"If-None-Match": etag})
        self.assertEqual(changed.status_code, 200)
        self.assertIn("سالن دیگر", changed.text)
        self.assertEqual(self.fetch(address, **{"If-Modified-Since": since}).status_code, 200)

    @mute_logger("odoo.http")
    def test_without_the_token_of_the_form_nothing_is_made_or_revoked(self):
        self.authenticate(self.member.login, self.member.login)
        self.assertEqual(self.url_open("/my/councils/calendar/renew", data={"x": "1"}).status_code, 400)
        self.assertFalse(self.env["shora.ics.token"].with_user(self.member)._mine())
        address = self.make()
        self.authenticate(self.member.login, self.member.login)
        self.assertEqual(self.url_open("/my/councils/calendar/revoke", data={"x": "1"}).status_code, 400)
        self.assertEqual(self.fetch(address).status_code, 200)

    @mute_logger("odoo.http")
    def test_who_has_no_council_has_no_address(self):
        stranger = self.make_user("t_ics_stranger", "base.group_portal")
        self.authenticate(stranger.login, stranger.login)
        self.assertNotIn("/my/councils/calendar/renew", self.url_open("/my/councils/calendar").text)
        page = self.url_open("/my/account").text
        token = re.search(r'name="csrf_token" value="([^"]+)"|csrf_token: "([^"]+)"', page)
        answer = self.url_open("/my/councils/calendar/renew", data={"csrf_token": token.group(1) or token.group(2)})
        self.assertEqual(answer.status_code, 404)
        self.assertFalse(self.env["shora.ics.token"].with_user(stranger)._mine())
