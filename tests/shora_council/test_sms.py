"""Reminders by SMS through an HTTP gateway on loopback: off by default, never written notice (5-1), nobody twice."""

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

from odoo.addons.shora_council.models import sms_gateway
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form

from tests.common import ShoraCase, tehran

SECRET = "k3y/with+signs"


class Gateway(BaseHTTPRequestHandler):
    def do_POST(self):
        gateway = self.server
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        gateway.requests.append((self.command, self.path, dict(self.headers), body))
        if gateway.on_request:
            gateway.on_request()
        time.sleep(gateway.pause)
        if gateway.hangs_up:
            self.connection.close()
            return
        self.send_response(gateway.status)
        if gateway.location:
            self.send_header("Location", gateway.location)
        self.end_headers()
        self.wfile.write(gateway.answer.encode())

    do_GET = do_POST

    def log_message(self, *args):
        pass


@contextmanager
def listening(status=200, answer="queued as 17", pause=0, hangs_up=False, location=None, on_request=None):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Gateway)
    server.daemon_threads = True
    server.requests = []
    server.status, server.answer, server.pause = status, answer, pause
    server.hangs_up, server.location, server.on_request = hangs_up, location, on_request
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


class SmsCase(ShoraCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people["B1"].phone = "۰۹۱۲ ۱۲۳ ۴۵۶۷"
        cls.people["B2"].phone = "+98 912 765 4321"
        cls.people["B3"].phone = "021 8855 1234"

    def setUp(self):
        super().setUp()
        self.in_english()
        with tehran("2026-11-25 09:00"):
            self.sitting = self.session(self.council, "2026-12-10", place='Hall "A" & {to}')
            self.notice = self.dispatch(self.sitting)
        environment = patch.dict("os.environ", {sms_gateway.SECRET_VARIABLE: SECRET})
        environment.start()
        self.addCleanup(environment.stop)

    def configure(self, server, **values):
        url = f"http://127.0.0.1:{server.server_port}/send" if server else "https://sms.example.com/send"
        settings = self.env["res.config.settings"].create(
            {"shora_sms_enabled": True, "shora_sms_url": url, "shora_sms_header_name": "Authorization", **values}
        )
        settings.execute()

    def remind(self):
        with tehran("2026-12-09 09:00"):
            self.run_job("cron_session_reminders")
            self.run_job("cron_sms")

    def sms(self, seat):
        return self.sitting.sudo().sms_ids.filtered(lambda row: row.partner_id == self.people[seat])


class TestSms(SmsCase):
    def test_off_by_default(self):
        self.remind()
        self.assertTrue(self.sitting.members_reminded)
        self.assertFalse(self.sitting.sudo().sms_ids)

    def test_a_reminder_reaches_the_gateway_once(self):
        with listening() as server:
            self.configure(server)
            self.remind()
            self.remind()
        self.assertEqual(len(server.requests), 2, "who has a mobile number")
        method, path, headers, body = server.requests[0]
        self.assertEqual((method, path, headers["Authorization"]), ("POST", "/send", f"Bearer {SECRET}"))
        sent = [json.loads(body) for *_, body in server.requests]
        self.assertEqual({message["to"] for message in sent}, {"+989121234567", "+989127654321"})
        self.assertIn('Hall "A" & {to}', sent[0]["text"])
        self.assertRegex(sent[0]["text"], "10:00|۱۰:۰۰")
        row = self.sms("B1")
        self.assertEqual((row.state, row.attempts, row.result), ("sent", 1, "queued as 17"))
        self.assertEqual((self.sms("B3").state, self.sms("B3").number), ("failed", False))
        self.assertRegex(self.sms("B3").result, "no mobile number")

    def test_it_is_never_the_notice(self):
        before = self.notice.effective_at
        with listening() as server:
            self.configure(server)
            self.remind()
        self.assertEqual(self.notice.effective_at, before)
        self.assertNotIn("sms", dict(self.notice.recipient_ids._fields["channel"].selection))

    def test_form_and_address(self):
        with listening() as server:
            self.configure(server, shora_sms_content="form", shora_sms_body="key={secret}&receptor={to}&message={text}")
            self.remind()
        sent = parse_qs(server.requests[0][3])
        self.assertEqual((sent["key"], sent["receptor"]), ([SECRET], [self.sms("B1").number]))
        self.assertEqual(sent["message"], [self.sms("B1").text])
        with listening() as server:
            url = f"http://127.0.0.1:{server.server_port}/{{secret}}/send?receptor={{to}}&message={{text}}"
            self.configure(server, shora_sms_method="GET", shora_sms_url=url)
            self.env["shora.sms"]._queue(self.sitting, {self.people["B1"]: "سلام & خوش"})
            self.run_job("cron_sms")
        method, path, _headers, body = server.requests[0]
        self.assertEqual((method, body), ("GET", ""))
        self.assertEqual(urlsplit(path).path, "/k3y%2Fwith%2Bsigns/send")
        self.assertEqual(parse_qs(urlsplit(path).query)["message"], ["سلام & خوش"])


class TestGatewayFails(SmsCase):
    def send(self, server):
        self.configure(server)
        row = self.env["shora.sms"]._queue(self.sitting, {self.people["B1"]: "Reminder"})
        for _hour in range(4):
            self.run_job("cron_sms")
        return row

    def test_down_is_tried_again_and_then_given_up(self):
        with listening() as server:
            pass
        row = self.send(server)
        self.assertEqual((row.state, row.attempts), ("failed", 3))
        self.assertRegex(row.result, "could not be reached")

    def test_up_again(self):
        with listening(status=503, answer="busy") as server:
            self.configure(server)
            row = self.env["shora.sms"]._queue(self.sitting, {self.people["B1"]: "Reminder"})
            self.run_job("cron_sms")
            self.assertEqual((row.state, row.attempts), ("queued", 1))
            server.status = 200
            self.run_job("cron_sms")
            self.run_job("cron_sms")
        self.assertEqual((row.state, len(server.requests)), ("sent", 2))

    def test_refused_for_good_and_the_secret_is_not_kept(self):
        with listening(status=401, answer=f"bad key {SECRET}") as server:
            row = self.send(server)
        self.assertEqual((row.state, len(server.requests)), ("failed", 1))
        self.assertRegex(row.result, "401.*bad key •••")
        self.assertNotIn(SECRET, row.result)

    def test_a_redirection_is_not_followed(self):
        with listening() as elsewhere, listening(status=302) as server:
            server.location = f"http://127.0.0.1:{elsewhere.server_port}/"
            row = self.send(server)
        self.assertEqual((row.state, elsewhere.requests), ("failed", []))

    def test_hanging_up_leaves_it_open_and_it_is_not_sent_again(self):
        with listening(hangs_up=True) as server:
            row = self.send(server)
        self.assertEqual((row.state, len(server.requests)), ("failed", 1))
        self.assertRegex(row.result, "may have been sent")

    def test_slow(self):
        with listening(pause=12) as server:
            row = self.send(server)
        self.assertEqual((row.state, len(server.requests)), ("failed", 1))
        self.assertRegex(row.result, "may have been sent")

    def test_a_run_that_died(self):
        with listening() as server:
            self.configure(server)
            row = self.env["shora.sms"]._queue(self.sitting, {self.people["B1"]: "Reminder"})
            row.state = "sending"
            self.run_job("cron_sms")
        self.assertEqual((row.state, server.requests), ("failed", []))
        self.assertRegex(row.result, "broken off")

    def test_too_late(self):
        with listening() as server:
            self.configure(server)
            row = self.env["shora.sms"]._queue(self.sitting, {self.people["B1"]: "Reminder"})
            with tehran("2026-12-10 10:01"):
                self.run_job("cron_sms")
        self.assertEqual((row.state, server.requests), ("expired", []))

    def test_broken_off_and_resumed(self):
        """A run whose time is up leaves the rest to the next."""
        seats = ("B1", "B2")
        with listening() as server:
            self.configure(server)
            self.env["shora.sms"]._queue(self.sitting, {self.people[seat]: "Reminder" for seat in seats})
            cron = self.registry["ir.cron"]
            commit = cron._commit_progress

            def short(job, processed=0, **kwargs):
                commit(job, processed, **kwargs)
                return 0

            self.env.flush_all()
            with (
                self.enter_registry_test_mode(),
                patch.object(cron, "_commit_progress", short),
                self.registry.cursor() as cr,
            ):
                self.env(cr=cr)["shora.sms"]._cron_send()
            self.env.invalidate_all()
            self.assertEqual([self.sms(seat).state for seat in seats], ["sent", "queued"])
            self.run_job("cron_sms")
        self.assertEqual([self.sms(seat).state for seat in seats], ["sent", "sent"])
        self.assertEqual(len(server.requests), 2)


class TestSmsSettings(SmsCase):
    def test_where_it_may_go(self):
        for url in (
            "http://sms.example.com/",
            "ftp://127.0.0.1/",
            "http://10.0.0.1/",
            "//sms.example.com",
            "",
            "https://",
        ):
            with self.subTest(url=url), self.assertRaisesRegex(ValidationError, "https"), self.cr.savepoint():
                self.configure(None, shora_sms_url=url)
        for url in ("https://sms.example.com/", "http://127.0.0.1:8080/", "http://localhost/", "http://[::1]/"):
            with self.subTest(url=url):
                self.configure(None, shora_sms_url=url)

    def test_number_text_and_key(self):
        with self.assertRaisesRegex(ValidationError, "number and text"), self.cr.savepoint():
            self.configure(None, shora_sms_body='{"to": "{to}"}')
        with self.assertRaisesRegex(ValidationError, "stays in the server's environment"), self.cr.savepoint():
            self.configure(None, shora_sms_header_value=f"Bearer {SECRET}")
        self.configure(None)
        self.assertFalse(self.env["ir.config_parameter"].search([("value", "like", SECRET)]))
        self.assertTrue(Form(self.env["res.config.settings"]).shora_sms_has_secret)

    def test_who_reads_and_who_writes(self):
        row = self.env["shora.sms"]._queue(self.sitting, {self.people["B1"]: "Reminder"})
        self.assertEqual(row.with_user(self.secretary).number, "+989121234567")
        row.state = "failed"
        for user in (self.auditor, self.secretariat):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                row.with_user(user).action_retry()
        for user in (self.employee, self.president):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                row.with_user(user).read(["number"])
        with self.assertRaises(AccessError):
            row.with_user(self.secretary).write({"state": "sent"})
        with self.assertRaises(AccessError):
            self.env["res.config.settings"].with_user(self.secretary).create({"shora_sms_enabled": True}).execute()
        row.with_user(self.secretary).action_retry()
        self.assertEqual(row.state, "queued")
