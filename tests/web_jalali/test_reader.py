"""Who reads Jalali, what the web client is told of it, and the working week shipped for Iran."""

from datetime import datetime
from zoneinfo import ZoneInfo

from odoo.tests import tagged

from .common import JalaliCase, JalaliHttpCase


@tagged("post_install", "-at_install")
class TestReader(JalaliCase):
    def test_language_and_wish(self):
        self.assertTrue(self.reader.with_env(self.persian)._reads_jalali())
        self.reader.calendar_system = "gregorian"
        self.assertFalse(self.reader.with_env(self.persian)._reads_jalali())
        self.assertFalse(self.env.ref("base.user_admin").with_env(self.english)._reads_jalali())

    def test_the_wish_is_the_user_s_own(self):
        self.reader.with_user(self.reader).write({"calendar_system": "gregorian"})
        self.assertEqual(self.reader.calendar_system, "gregorian")

    def test_iranian_week(self):
        calendar = self.env.ref("web_jalali.resource_calendar_iran")
        zone = ZoneInfo("Asia/Tehran")
        # Saturday 30 Aban to Friday 6 Azar 1405
        hours = [
            calendar.get_work_hours_count(
                datetime(2026, 11, day, tzinfo=zone), datetime(2026, 11, day, 23, 59, tzinfo=zone), compute_leaves=False
            )
            for day in range(21, 28)
        ]
        self.assertEqual(hours, [8, 8, 8, 8, 8, 0, 0])


@tagged("post_install", "-at_install")
class TestClientFlag(JalaliHttpCase):
    def read_event(self, event):
        return self.make_jsonrpc_request(
            "/web/dataset/call_kw/calendar.event/read",
            {
                "model": "calendar.event",
                "method": "read",
                "args": [event.ids, ["start", "display_time"]],
                "kwargs": {"context": {"lang": self.reader.lang, "tz": "Asia/Tehran"}},
            },
        )[0]

    def test_each_request_follows_its_user(self):
        """Texts by the reader's wish, also when the wish changes between requests; values always Gregorian."""
        self.reader.password = "reader-reader"
        event = self.env["calendar.event"].create(
            {
                "name": "Council",
                "start": "2026-11-24 06:30:00",
                "stop": "2026-11-24 08:00:00",
                "partner_ids": [(6, 0, self.reader.partner_id.ids)],
            }
        )
        self.authenticate("reader", "reader-reader")
        for values, expected in (
            ({}, "۱۴۰۵/۰۹/۰۳"),
            ({"calendar_system": "gregorian"}, "2026/11/24"),
            ({"calendar_system": "auto"}, "۱۴۰۵/۰۹/۰۳"),
            ({"lang": "en_US"}, "11/24/2026"),
        ):
            self.reader.write(values)
            found = self.read_event(event)
            self.assertIn(expected, found["display_time"])
            self.assertEqual(found["start"], "2026-11-24 06:30:00")

    def flag(self):
        return self.make_jsonrpc_request("/web/session/get_session_info", {})["calendar_system"] == "jalali"

    def test_session_info(self):
        self.reader.password = "reader-reader"
        self.authenticate("reader", "reader-reader")
        self.assertIs(self.flag(), True)
        self.reader.calendar_system = "gregorian"
        self.assertIs(self.flag(), False)
        self.reader.write({"calendar_system": "auto", "lang": "en_US"})
        self.assertIs(self.flag(), False)
