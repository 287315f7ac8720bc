"""The web client in Jalali: the scripts' own tests, and a person who types dates in a form."""

from datetime import UTC, datetime

from odoo.tests import HttpCase, new_test_user

from tests.common import tagged_post_install


@tagged_post_install
class TestClient(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for code in ("fa_IR", "en_US"):
            cls.env["res.lang"]._activate_lang(code)

    def test_scripts(self):
        self.browser_js(
            "/web/tests?headless&loglevel=2&preset=desktop&timeout=15000&filter=%22%40web_jalali%22",
            "",
            "",
            login="admin",
            timeout=900,  # every day of 150 years in four zones is among them
            success_signal="[HOOT] Test suite succeeded",
        )

    def test_typed_datetime(self):
        """Half past nine of 5 Dey 1405 is stored; the impossible 30 Esfand 1404 typed after it changes nothing."""
        user = new_test_user(
            self.env,
            "jalali_typist",
            groups="base.group_user",
            context={"no_reset_password": True},
            lang="fa_IR",
            tz="Asia/Tehran",
        )
        event = (
            self.env["calendar.event"]
            .with_user(user)
            .create(
                {
                    "name": "Council",
                    "start": datetime(2026, 11, 23, 6),
                    "stop": datetime(2026, 11, 23, 7),
                    "partner_ids": [(6, 0, user.partner_id.ids)],
                }
            )
        )
        self.start_tour(f"/odoo/calendar.event/{event.id}", "web_jalali_datetime", login=user.login, timeout=120)
        event.invalidate_recordset()
        # The browser's clock is this machine's, whatever zone that is.
        typed = datetime(2026, 12, 26, 9, 30).astimezone(UTC).replace(tzinfo=None)
        self.assertEqual(event.start, typed)

    def test_other_languages_stay_gregorian(self):
        new_test_user(
            self.env,
            "gregorian_reader",
            groups="base.group_user",
            context={"no_reset_password": True},
            lang="en_US",
            tz="Asia/Tehran",
        )
        self.browser_js(
            "/odoo",
            """
            const text = luxon.DateTime.fromSQL("2026-11-23").toFormat("yyyy/MM/dd");
            console.log(text === "2026/11/23" ? "test successful" : `unexpected ${text}`);
            """,
            "odoo.isReady === true",
            login="gregorian_reader",
        )
