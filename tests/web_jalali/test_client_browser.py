"""A browser goes over the end of a leap year: drags, clicks, types, picks and groups; nothing Jalali on the wire."""

from datetime import UTC, date, datetime

from odoo.tests import BaseCase, new_test_user, tagged

from tests.common import tagged_post_install
from tests.web_jalali import wire
from tests.web_jalali.common import JalaliHttpCase


def local(*parts):
    """Naive UTC of a moment on this machine's clock, which is the browser's as well."""
    return datetime(*parts).astimezone(UTC).replace(tzinfo=None)


@tagged_post_install
class TestYearEnd(JalaliHttpCase):
    def event(self, name, start, hours=1):
        values = {"name": name, "start": start, "stop": start.replace(hour=start.hour + hours)}
        return (
            self.env["calendar.event"]
            .with_user(self.reader)
            .with_context(no_mail_to_attendees=True, dont_notify=True)
            .create({**values, "partner_ids": [(6, 0, self.reader.partner_id.ids)]})
        )

    def action(self, view_mode, **values):
        return self.env["ir.actions.act_window"].create(
            {"name": "Year end", "res_model": "calendar.event", "view_mode": view_mode, **values}
        )

    def test_calendar(self):
        """Dragged from 29 to 30 Esfand 1403 and on to 1 Farvardin 1404; a click on 4 Farvardin makes an event there."""
        dragged = self.event("Dragged", local(2025, 3, 19, 10))
        action = self.action("calendar", context="{'initial_date': '2025-03-19 08:00:00'}")
        with wire.watched(self) as bodies:
            self.start_tour(f"/odoo/action-{action.id}", "web_jalali_year_end", login=self.reader.login, timeout=120)
        writes = [
            body["params"]["args"][1]["start"]
            for path, body in bodies
            if path.endswith("/calendar.event/write") and "start" in body["params"]["args"][1]
        ]
        self.assertEqual([start[:10] for start in writes], ["2025-03-20", "2025-03-21"])
        dragged.invalidate_recordset()
        self.assertEqual(dragged.start, local(2025, 3, 21, 10))
        clicked = self.env["calendar.event"].search([("name", "=", "Clicked")])
        self.assertEqual((clicked.allday, clicked.start_date), (True, date(2025, 3, 24)))

    def test_typed_and_picked(self):
        """30 Esfand 1408 is stored as typed, 30 Esfand 1409 refused; 2 and 3 Farvardin 1409 are picked as a range."""
        event = self.event("Typed", local(2026, 11, 23, 9))
        with wire.watched(self) as bodies:
            self.start_tour(
                f"/odoo/calendar.event/{event.id}",
                "web_jalali_typed_and_picked",
                login=self.reader.login,
                timeout=120,
            )
        saved = [
            body["params"]["args"][1]["start"]
            for path, body in bodies
            if path.endswith("/calendar.event/web_save") and "start" in body["params"]["args"][1]
        ]
        self.assertEqual(saved[0], str(local(2030, 3, 20, 10)))
        event.invalidate_recordset()
        self.assertEqual(event.start.date(), date(2030, 3, 22))
        self.assertEqual(event.stop.date(), date(2030, 3, 23))

    def test_grouped(self):
        self.event("Before", local(2025, 3, 10, 10))
        self.event("Last day of 1403", local(2025, 3, 20, 10))
        self.event("First day of 1404", local(2025, 3, 21, 10))
        action = self.action(
            "list",
            context="{'group_by': ['start:month']}",
            domain=f"[('partner_ids', 'in', {self.reader.partner_id.ids})]",
        )
        with wire.watched(self):
            self.start_tour(f"/odoo/action-{action.id}", "web_jalali_grouped", login=self.reader.login, timeout=120)


@tagged_post_install
class TestReaders(JalaliHttpCase):
    #: what the platform itself shows, and none of what the addon brings
    STOCK = """
        const now = luxon.DateTime.now();
        const { DateTimePicker } = odoo.loader.modules.get("@web/core/datetime/datetime_picker");
        const header = document.querySelector(".o_calendar_header h5").textContent.trim();
        const faults = [];
        if (luxon.DateTime.fromSQL("2026-11-23").toFormat("yyyy/MM/dd") !== "2026/11/23") faults.push("toFormat");
        if (luxon.DateTime.fromFormat("2026/11/23", "yyyy/MM/dd").toISODate() !== "2026-11-23") faults.push("parse");
        if (header !== `${now.toFormat("MMMM")} ${now.year}`) faults.push(`header ${header}`);
        if (!DateTimePicker.defaultProps.showWeekNumbers) faults.push("picker");
        if (odoo.numberText || !/native code/.test(parseFloat)) faults.push("numbers");
        if (document.querySelector(".o_jalali_friday, .o_jalali_holiday")) faults.push("marks");
        const side = document.querySelector(".o_calendar_sidebar .o_datetime_picker_header").textContent;
        if (!side.includes(String(now.year))) faults.push(`side ${side}`);
        if (document.querySelectorAll(".fc-daygrid-day:not(.fc-day-other)").length !== now.daysInMonth)
            faults.push("grid");
        const { formatFloat } = odoo.loader.modules.get("@web/core/utils/numbers");
        if (!/[0-9]/.test(formatFloat(1234.5))) faults.push("digits");
        faults.length ? console.error(`not stock: ${faults}`) : console.log("test successful");
    """

    def see_stock(self, user):
        action = self.env["ir.actions.act_window"].create(
            {"name": "Month", "res_model": "calendar.event", "view_mode": "calendar"}
        )
        click = """
            document.querySelector(".o_calendar_header .dropdown-toggle").click();
            setTimeout(() => document.querySelector(".o_scale_button_month").click(), 300);
        """
        wait = "new Promise((resolve) => setTimeout(resolve, 2500))"
        self.browser_js(
            f"/odoo/action-{action.id}",
            f"{click}\n{wait}.then(() => {{ {self.STOCK} }});",
            "odoo.isReady === true && Boolean(document.querySelector('.o_calendar_header h5'))",
            login=user.login,
            timeout=60,
        )

    def test_english_reader_sees_stock(self):
        quiet = {"no_reset_password": True}
        self.see_stock(
            new_test_user(self.env, "english", "base.group_user", context=quiet, lang="en_US", tz="Asia/Tehran")
        )

    def test_gregorian_wish_sees_stock(self):
        self.reader.calendar_system = "gregorian"
        self.see_stock(self.reader)

    def test_portal_follows_the_page(self):
        """The same portal user reads a Persian page in Jalali and an English one in Gregorian dates."""
        user = new_test_user(
            self.env, "portal_reader", "base.group_portal", context={"no_reset_password": True}, lang="en_US"
        )
        seen = """
            const text = luxon.DateTime.fromSQL("2026-11-23").toFormat("yyyy/MM/dd");
            const language = odoo.loader.modules.get("@web/session").session.bundle_params.lang;
            text === "%s" && language.startsWith("%s")
                ? console.log("test successful") : console.error(`unexpected ${language} ${text}`);
        """
        ready = "Boolean(window.luxon) && odoo.loader?.modules.has('@web_jalali/jalali/frontend/activate')"
        self.browser_js("/fa/my", seen % ("۱۴۰۵/۰۹/۰۲", "fa"), ready, login=user.login)
        self.browser_js("/en/my", seen % ("2026/11/23", "en"), ready, login=user.login)


@tagged("post_install", "-at_install")
class TestSentinel(BaseCase):
    """What watches the wire sees what it should, and nothing else."""

    def test_faults(self):
        persian = ("۱۴۰۵/۰۹/۰۲", "۰۹:۳۰", "۱۲", "٢٠٢٥-٠٣-٢١")
        for text in ("1405-09-02", "1403-12-30 10:00:00", "until 1404-01-01", *persian):
            self.assertTrue(wire.faults({"params": {"args": [[1], {"start": text}]}}), text)
        self.assertTrue(wire.faults([["start", ">=", "1404-01-01"]]))

    def test_no_faults(self):
        for text in ("2026-11-23 06:00:00", "جلسه ۲ شورا", "0912-1405-1", "2025-03-20", "", "fa_IR"):
            self.assertFalse(wire.faults({"params": {"args": [[1], {"start": text}]}}), text)
