"""Text that never passes babel: tracked dates in mails, the digest, printed heads; Jalali for Persian readers alone."""

from datetime import date, datetime

from freezegun import freeze_time
from odoo.tests import tagged

from .common import JalaliCase


@tagged("post_install", "-at_install")
class TestLeaks(JalaliCase):
    def tracked(self, env):
        """What a mail says of a tracked date and a tracked moment."""
        partner = env["res.partner"].create({"name": "Tracked"})
        message = partner.message_post(body="changed")
        field = self.env["ir.model.fields"]._get("mail.activity", "date_deadline")
        moment = self.env["ir.model.fields"]._get("calendar.event", "start")
        self.env["mail.tracking.value"].create(
            [
                {
                    "mail_message_id": message.id,
                    "field_id": field.id,
                    "field_info": {"desc": "Day", "name": "day", "type": "date", "sequence": 1},
                    "old_value_datetime": "2026-03-20 00:00:00",
                    "new_value_datetime": "2026-03-21 00:00:00",
                },
                {
                    "mail_message_id": message.id,
                    "field_id": moment.id,
                    "field_info": {"desc": "Moment", "name": "moment", "type": "datetime", "sequence": 2},
                    "old_value_datetime": False,
                    "new_value_datetime": "2026-11-23 21:15:00",
                },
            ]
        )
        message.model = False  # the fields are those of other models
        values = partner._notify_by_email_prepare_rendering_context(message, force_email_lang=env.lang)
        return {old or new: new for _name, old, new in values["tracking_values"]}, message

    def test_tracked_dates_in_mails(self):
        found, message = self.tracked(self.persian)
        self.assertEqual(found["۱۴۰۴/۱۲/۲۹"], "۱۴۰۵/۰۱/۰۱")
        self.assertTrue(any("۱۴۰۵/۰۹/۰۳ ۰۰:۴۵" in new for new in found.values()), found)
        # what the chatter is told stays what it was
        raw = message.tracking_value_ids._tracking_value_format()
        self.assertEqual({value["newValue"] for value in raw}, {"2026-03-21", "2026-11-23 21:15:00Z"})

    def test_tracked_dates_in_english_mails(self):
        found, _message = self.tracked(self.english)
        self.assertEqual(found, {"2026-03-20": "2026-03-21", "2026-11-23 21:15:00Z": "2026-11-23 21:15:00Z"})

    @freeze_time("2026-11-23 09:00:00")
    def test_digest(self):
        """The mixin is asked as the digest asks it, whether that addon is there or not."""
        seen = []
        mixin = self.registry["mail.render.mixin"]
        stock = next(c for c in mixin.mro() if "_render_template" in vars(c) and "web_jalali" not in c.__module__)
        self.patch(stock, "_render_template", lambda model, *args: seen.append(args[4]) or {})
        for env, expected in ((self.persian, "۲ آذر ۱۴۰۵"), (self.english, "November 23, 2026")):
            env["mail.render.mixin"]._render_template(
                "digest.digest_mail_main",
                "digest.digest",
                [1],
                engine="qweb_view",
                add_context={"formatted_date": "November 23, 2026", "title": "T"},
            )
            self.assertEqual(seen[-1], {"formatted_date": expected, "title": "T"})

    def test_head_of_printed_pages(self):
        moment = datetime(2026, 11, 24, 0, 45)
        self.assertEqual(self.persian["res.users"]._print_time(moment), "۱۴۰۵/۰۹/۰۳ ۰۰:۴۵")
        self.assertEqual(self.english["res.users"]._print_time(moment), "2026-11-24 00:45")
        arch = self.env.ref("web.internal_layout")._get_combined_arch()
        (span,) = arch.xpath("//span[contains(@t-esc, 'context_timestamp')]")
        self.assertIn("_print_time", span.get("t-esc"))

    def test_every_field_of_a_pattern(self):
        from odoo.tools import format_date

        day = date(2025, 3, 20)  # 30 Esfand 1403, day 366
        self.assertEqual(format_date(self.persian, day, date_format="y/M/d D QQQ MMM"), "۱۴۰۳/۱۲/۳۰ ۳۶۶ زمستان اسفند")
