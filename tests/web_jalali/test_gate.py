"""Who gets it: language, wish, switch, page; per request and per thread; nobody else notices anything."""

import contextvars
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from unittest.mock import patch

from odoo.addons.base.models.ir_cron import IrCron
from odoo.addons.web_jalali.tools import babel_patch, reader
from odoo.tests import tagged
from odoo.tools import format_date
from odoo.tools.misc import babel_locale_parse

from .common import JalaliCase, JalaliHttpCase

DAY = date(2026, 11, 23)


@tagged("post_install", "-at_install")
class TestGate(JalaliCase):
    def switch(self, off):
        self.env["ir.config_parameter"].set_param(reader.SWITCH, "True" if off else False)

    def test_reads_jalali(self):
        env = self.persian(user=self.reader)
        self.assertTrue(reader.reads_jalali(env))
        self.assertFalse(reader.reads_jalali(self.english(user=self.reader)))
        self.assertFalse(reader.reads_jalali(self.env(context={}, user=self.reader)), "nobody reads without a language")
        self.reader.calendar_system = "gregorian"
        self.assertFalse(reader.reads_jalali(env))
        self.reader.calendar_system = "auto"
        self.switch(True)
        self.assertFalse(reader.reads_jalali(env))
        self.assertFalse(self.reader.with_env(env)._reads_jalali())

    def test_switch_in_settings(self):
        self.addCleanup(setattr, self.registry, "_web_jalali_off", False)
        settings = self.env["res.config.settings"].create({"web_jalali_gregorian": True})
        settings.execute()
        self.assertTrue(reader.is_switched_off(self.env))
        self.assertFalse(babel_patch.is_switched_off(self.registry), "not before it is committed")
        self.env["res.config.settings"]._remember_calendar_switch()
        self.assertEqual(format_date(self.persian, DAY), "2026/11/23")
        self.assertTrue(self.env["res.config.settings"].create({}).web_jalali_gregorian)
        self.env["res.config.settings"].create({"web_jalali_gregorian": False}).execute()
        self.env["res.config.settings"]._remember_calendar_switch()
        self.assertEqual(format_date(self.persian, DAY), "۱۴۰۵/۰۹/۰۲")

    def test_switch_reaches_groups_and_jobs(self):
        self.switch(True)
        model = self.persian["ir.sequence.date_range"].with_user(self.reader)
        self.assertEqual(model._jalali_specs(["date_from:month"]), ["date_from:month"])
        self.assertIs(type(model._jalali_specs(["date_from:month"])[0]), str)
        seen = []
        persian = babel_locale_parse("fa_IR")
        self.patch(IrCron, "_callback", lambda *args: seen.append(babel_patch.is_active(persian)))
        cron = self.env["ir.cron"].search([], limit=1)
        for off in (True, False):
            self.switch(off)
            cron._callback("job", cron.ir_actions_server_id.id)
        self.assertEqual(seen, [False, True])
        self.assertIsNone(babel_patch.preference.get(), "a job leaves nothing behind")

    def test_threads_do_not_share(self):
        """Eight threads at once, every other one Gregorian; a thread used again has forgotten."""
        name = self.env.cr.dbname
        locale = babel_locale_parse("fa_IR")
        barrier = threading.Barrier(8)

        def work(number):
            threading.current_thread().dbname = name
            wanted = False if number % 2 else None
            with babel_patch.settled(wanted):
                barrier.wait(timeout=10)
                inside = babel_patch.is_active(locale)
                barrier.wait(timeout=10)
            return inside, babel_patch.is_active(locale)

        with ThreadPoolExecutor(8) as pool:
            first = list(pool.map(work, range(8)))
            second = list(pool.map(work, range(1, 9)))
        self.assertEqual(first, [(number % 2 == 0, True) for number in range(8)])
        self.assertEqual(second, [(number % 2 == 0, True) for number in range(1, 9)])

    def test_an_error_leaves_nothing_behind(self):
        def fail():
            with babel_patch.settled(False):
                raise ZeroDivisionError

        context = contextvars.copy_context()
        self.assertRaises(ZeroDivisionError, context.run, fail)
        self.assertIsNone(context.get(babel_patch.preference))

    def test_other_database(self):
        locale = babel_locale_parse("fa_IR")
        self.assertTrue(babel_patch.is_active(locale))
        with patch.object(threading.current_thread(), "dbname", "no_such_database"):
            self.assertFalse(babel_patch.is_active(locale))
        with patch.object(self.registry, "_init_modules", self.registry._init_modules - {"web_jalali"}):
            self.assertFalse(babel_patch.is_active(locale))
            self.assertFalse(reader.reads_jalali(self.persian(user=self.reader)))

    def test_installing_changes_no_working_hours(self):
        """The Iranian week is there to be chosen; no company and no employee was moved to it."""
        week = self.env.ref("web_jalali.resource_calendar_iran")
        self.assertFalse(week.company_id)
        self.assertNotIn(week, self.env["res.company"].search([]).resource_calendar_id)
        self.env.company.resource_calendar_id = week
        self.assertEqual(self.env["resource.resource"].create({"name": "R"}).calendar_id, week)


@tagged("post_install", "-at_install")
class TestSessions(JalaliHttpCase):
    def setUp(self):
        super().setUp()
        self.reader.password = "reader-reader"
        self.authenticate("reader", "reader-reader")

    def info(self):
        info = self.make_jsonrpc_request("/web/session/get_session_info", {})
        return info["calendar_system"]

    def test_backend(self):
        self.assertEqual(self.info(), "jalali")
        self.reader.calendar_system = "gregorian"
        self.assertEqual(self.info(), "gregorian")
        self.reader.write({"calendar_system": "auto", "lang": "en_US"})
        self.assertEqual(self.info(), "gregorian")
        self.reader.lang = "fa_IR"
        self.env["ir.config_parameter"].set_param(reader.SWITCH, "True")
        self.assertEqual(self.info(), "gregorian")

    def page(self, path):
        return self.url_open(path).text

    def test_portal_follows_the_page(self):
        """One person, two pages: the language in the address decides, not the person's."""
        for lang, address in (("fa_IR", "fa"), ("en_US", "en")):
            self.reader.lang = "en_US" if lang == "fa_IR" else "fa_IR"
            code = self.env["res.lang"]._get_data(code=lang).url_code
            text = self.page(f"/{code}/my")
            self.assertIn("calendar_system", text, address)
            expected = "jalali" if lang == "fa_IR" else "gregorian"
            self.assertIn(f'"calendar_system": "{expected}"', text)

    def test_portal_of_who_wishes_gregorian(self):
        self.reader.calendar_system = "gregorian"
        code = self.env["res.lang"]._get_data(code="fa_IR").url_code
        self.assertIn('"calendar_system": "gregorian"', self.page(f"/{code}/my"))

    def test_request_leaves_nothing_behind(self):
        """A worker thread that served a Gregorian request knows nothing of it afterwards."""
        self.reader.calendar_system = "gregorian"
        left = []
        http = self.registry["ir.http"]
        stock = http._post_dispatch
        self.patch(http, "_post_dispatch", lambda r: left.append(babel_patch.preference.get()) or stock(r))
        self.assertEqual(self.info(), "gregorian")
        self.assertEqual(left, [None])
