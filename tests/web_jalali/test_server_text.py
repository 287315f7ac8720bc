"""What the server writes: Jalali in Persian digits for Persian readers, stock text for everyone else."""

from datetime import date, datetime

import babel.dates
from odoo.tests import tagged
from odoo.tools import format_date, format_datetime

from .common import JalaliCase

DAY = date(2026, 11, 23)  # 2 Azar 1405, a Monday
MOMENT = datetime(2026, 11, 23, 21, 15)  # UTC; 00:45 of 3 Azar in Tehran


@tagged("post_install", "-at_install")
class TestServerText(JalaliCase):
    def test_persian(self):
        self.assertEqual(format_date(self.persian, DAY), "۱۴۰۵/۰۹/۰۲")
        self.assertEqual(format_date(self.persian, DAY, date_format="EEEE d MMMM y"), "دوشنبه ۲ آذر ۱۴۰۵")
        self.assertEqual(format_date(self.persian, DAY, date_format="QQQQ yy"), "پاییز ۰۵")
        self.assertEqual(format_date(self.persian, date(2026, 3, 20)), "۱۴۰۴/۱۲/۲۹")
        self.assertEqual(format_date(self.persian, date(2026, 3, 21)), "۱۴۰۵/۰۱/۰۱")

    def test_moment_takes_the_day_of_the_zone(self):
        text = format_datetime(self.persian, MOMENT, tz="Asia/Tehran", dt_format="y/MM/dd HH:mm")
        self.assertEqual(text, "۱۴۰۵/۰۹/۰۳ ۰۰:۴۵")

    def test_others_keep_theirs(self):
        self.assertEqual(format_date(self.english, DAY), "11/23/2026")
        self.prefer(False)
        self.assertEqual(format_date(self.persian, DAY), "2026/11/23")

    def test_english_and_persian_in_turn(self):
        self.assertEqual(format_date(self.english, DAY, lang_code="fa_IR"), "۱۴۰۵/۰۹/۰۲")
        self.assertEqual(format_date(self.persian, DAY, lang_code="en_US"), "11/23/2026")

    def test_end_of_time(self):
        self.assertIn("9999", babel.dates.format_date(date.max, "y", locale="en"))
        self.assertEqual(babel.dates.format_date(date.max, "y/MM/dd", locale="fa_IR"), "۹۹۹۹/۱۲/۳۱")

    def test_qweb_widgets(self):
        widget = self.persian["ir.qweb.field.date"]
        self.assertEqual(widget.value_to_html(DAY, {}), "۱۴۰۵/۰۹/۰۲")
        moment = self.persian["ir.qweb.field.datetime"].value_to_html(MOMENT, {"hide_seconds": True})
        self.assertIn("۱۴۰۵/۰۹/۰۳", moment)
        self.assertIn("۰۰:۴۵", moment)

    def test_mail_template(self):
        template = self.env["mail.template"].create(
            {
                "name": "Reminder",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "lang": "{{ object.lang }}",
                "subject": "{{ format_date(datetime.date(2026, 11, 23)) }}",
            }
        )
        partner = self.reader.partner_id
        self.assertEqual(template._render_field("subject", partner.ids, compute_lang=True)[partner.id], "۱۴۰۵/۰۹/۰۲")
        partner.lang = "en_US"
        self.assertEqual(template._render_field("subject", partner.ids, compute_lang=True)[partner.id], "11/23/2026")

    def test_display_time_of_events(self):
        event = self.env["calendar.event"].create(
            {"name": "E", "start": "2026-11-23 06:30:00", "stop": "2026-11-23 08:00:00"}
        )
        persian = event.with_env(self.persian)._get_display_time(event.start, event.stop, event.duration, False)
        self.assertIn("۱۴۰۵/۰۹/۰۲", persian)
        self.assertIn("۱۰:۰۰", persian)
        self.assertIn("۱۱:۳۰", persian)
        english = event.with_env(self.english)._get_display_time(event.start, event.stop, event.duration, False)
        self.assertIn("11/23/2026", english)
        whole = event.with_env(self.persian)._get_display_time(event.start, event.stop, 24, True)
        self.assertTrue(whole.endswith("۱۴۰۵/۰۹/۰۲"))

    def notified(self, user):
        """The subtitles of the note that tells ``user`` of an activity due on DAY."""
        model = self.registry["mail.thread"]
        seen = []
        self.patch(
            model, "_notify_thread", lambda thread, message, *args, **kwargs: seen.append(kwargs.get("subtitles"))
        )
        self.env["mail.activity"].with_context(mail_activity_quick_update=True).create(
            {
                "res_model_id": self.env["ir.model"]._get_id("res.partner"),
                "res_id": self.reader.partner_id.id,
                "user_id": user.id,
                "date_deadline": DAY,
                "summary": "Read",
            }
        ).action_notify()
        return " ".join(seen[-1])

    def test_deadline_of_an_activity(self):
        self.assertIn("۱۴۰۵/۰۹/۰۲", self.notified(self.reader))

    def test_deadline_of_an_activity_in_english(self):
        self.reader.lang = "en_US"
        self.assertIn("11/23/2026", self.notified(self.reader))
