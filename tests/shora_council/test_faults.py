"""What breaks on the server while somebody signs, dispatches or forwards: no room on a disk, the renderer missing or
never coming to an end. Whoever clicked reads what to do, nothing is half-done, and afterwards the same click works;
jobs go on with their next run (limits, section 7).
"""

import os
import threading
import time
from contextlib import closing, contextmanager, suppress
from types import SimpleNamespace
from unittest.mock import patch
from uuid import uuid4

import psycopg2
from odoo.addons.shora_council.tools import outage, time_limit, weasy
from odoo.exceptions import UserError
from odoo.sql_db import db_connect
from odoo.tests import get_db_name
from odoo.tools import mute_logger
from psycopg2.pool import PoolError

from tests.common import ShoraCase, ShoraHttpCase, tehran

HTTP = "odoo.addons.shora_council.models.ir_http"
FILES = "odoo.addons.shora_council.models.ir_attachment_file"


@contextmanager
def missing(env):
    with patch.object(weasy, "_load", side_effect=weasy.RendererMissing("no pango")):
        yield


@contextmanager
def hanging(env):
    """A layout that goes round in circles, and swallows every error on its way."""

    def round_in_circles(*args):
        while True:
            try:
                time.sleep(0.01)
            except Exception:
                continue

    with patch.object(weasy, "_lay_out", round_in_circles), patch.object(weasy, "LIMIT", 0.2):
        yield


@contextmanager
def full_disk(env):
    """Every new file of the filestore is ``/dev/full``: the kernel itself says that there is no room."""
    room = env["ir.attachment"]._full_path("unfinished")
    os.makedirs(room, exist_ok=True)

    def no_room():
        name = uuid4()
        os.symlink("/dev/full", os.path.join(room, name.hex))
        return name

    with patch(f"{FILES}.uuid4", no_room), mute_logger(FILES):
        yield
    assert not os.listdir(room), "nothing is left behind"


def no_room_in_database(records, *args):
    """The error with which PostgreSQL refuses a statement that finds no room."""
    records.env.cr.execute("DO $$ BEGIN RAISE EXCEPTION 'no room' USING ERRCODE = 'disk_full'; END $$")


FAULTS = ((missing, "libpango"), (hanging, "took too long.*nothing was saved"), (full_disk, "Nothing was saved"))


class TestFaults(ShoraCase):
    def refused(self, step):
        for fault, words in FAULTS:
            with fault(self.env), self.assertRaisesRegex(UserError, words), self.cr.savepoint():
                step()
            self.env.invalidate_all()

    def files(self, record, *names):
        return self.env["ir.attachment"].search_count(
            [("res_model", "=", record._name), ("res_id", "=", record.id), ("res_field", "in", names)]
        )

    def test_signing_and_forwarding(self):
        session = self.held_session(self.council, "2026-11-16")
        minutes = session.env["shora.minutes"]._draft_for(session)
        self.refused(lambda: minutes._sign("password"))
        self.assertEqual((minutes.state, minutes.content_json, self.files(minutes, "pdf")), ("draft", False, 0))
        self.assertFalse(minutes.seal_id)
        minutes._sign("password")
        self.assertEqual((minutes.state, self.files(minutes, "pdf")), ("signed", 1))
        self.refused(minutes.action_forward)
        self.assertEqual((minutes.state, minutes.covering_number), ("signed", False))
        self.assertFalse(self.files(minutes, "covering_pdf") or minutes.sudo().step_ids)
        minutes.action_forward()
        self.assertEqual((minutes.state, self.files(minutes, "covering_pdf")), ("forwarded", 1))
        self.assertFalse(self.env["shora.integrity.check"]._check(self.council).problem_count)

    def test_dispatch(self):
        with tehran("2026-11-20 09:00"):
            session = self.session(self.council, "2026-12-10")
            notice = session.env["shora.notice"]._prepare_for(session)
            mails = self.env["mail.mail"].search_count([])
            self.refused(notice.action_dispatch)
            self.assertEqual((notice.state, notice.internal_number, session.state), ("draft", False, "scheduled"))
            self.assertEqual((self.files(notice, "pdf", "pack"), self.env["mail.mail"].search_count([])), (0, mails))
            self.assertEqual(set(notice.recipient_ids.sudo().mapped("state")), {"planned"})
            notice.action_dispatch()
        self.assertEqual((notice.state, self.files(notice, "pdf", "pack")), ("dispatched", 2))

    def test_page_numbers_of_the_pack(self):
        with (
            hanging(self.env),
            self.assertRaisesRegex(UserError, "took too long"),
            self.env["shora.pdf"]._renderer_in_words(),
        ):
            weasy.render_often("<p>never before</p>", "")

    def test_nothing_arrives_after_the_block(self):
        seen = []

        def work():
            try:
                for _each in range(100):
                    with time_limit.TimeLimit(0.0005):
                        time.sleep(0.0004)
            except time_limit.Expired:
                return
            finally:
                time.sleep(0.05)
                seen.append("left")

        workers = [threading.Thread(target=work) for _each in range(4)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        self.assertEqual(seen, ["left"] * 4)

    def test_in_the_readers_language(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        files = self.env["ir.attachment"].with_context(lang="fa_IR")
        with full_disk(self.env), self.assertRaisesRegex(UserError, "چیزی ذخیره نشد"), self.cr.savepoint():
            files.create({"name": "a", "raw": uuid4().bytes})

    def test_the_archive_needs_no_room_for_files(self):
        self.held_session(self.council, "2026-11-16")
        self.assertTrue(self.env["shora.session"]._archive_owners(self.council))
        with full_disk(self.env):
            self.assertIs(self.run_job("cron_archive"), True)
        self.assertFalse(self.env["shora.session"]._archive_owners(self.council))

    def test_the_archive_goes_on_with_the_next_run_when_the_database_has_no_room(self):
        self.held_session(self.council, "2026-11-16")
        missing = self.env["shora.session"]._archive_owners(self.council)
        self.env.flush_all()
        no_room = patch.object(self.registry["shora.archive.copy"], "_name_of", no_room_in_database)
        with no_room, mute_logger("odoo.sql_db", "odoo.addons.base.models.ir_cron"):
            self.assertIn("DiskFull", str(self.run_job("cron_archive")))
        self.assertEqual(self.env["shora.session"]._archive_owners(self.council), missing)
        self.assertIs(self.run_job("cron_archive"), True)
        self.assertFalse(self.env["shora.session"]._archive_owners(self.council))

    # --- what a process killed before this was guarded against left in the filestore ---

    def test_a_torn_file_of_nobody_gives_way(self):
        raw = uuid4().bytes * 100
        files = self.env["ir.attachment"]
        _name, path = files._get_path(raw, files._compute_checksum(raw))
        with open(path, "wb") as file:
            file.write(raw[:700])
        self.assertEqual(files.create({"name": "a", "raw": raw}).raw, raw)

    def test_a_torn_file_that_a_row_speaks_of_stays_as_evidence(self):
        raw = uuid4().bytes * 100
        files = self.env["ir.attachment"]
        there = files.create({"name": "a", "raw": raw})
        path = files._full_path(there.store_fname)
        os.truncate(path, 700)
        with self.assertRaisesRegex(UserError, "collides"), self.cr.savepoint():
            files.create({"name": "b", "raw": raw})
        self.assertEqual(os.path.getsize(path), 700)

    def test_unfinished_files_are_collected_after_a_day(self):
        files = self.env["ir.attachment"]
        room = files._full_path("unfinished")
        os.makedirs(room, exist_ok=True)
        old, young = (os.path.join(room, uuid4().hex) for _each in range(2))
        for path in (old, young):
            with open(path, "wb"):
                pass
        self.addCleanup(os.unlink, young)
        os.utime(old, (0, 0))
        real = patch(f"{FILES}.time.time", lambda: os.stat(young).st_mtime + 60)  # the test's own clock stands
        with real:
            files._gc_unfinished_files()
        self.assertEqual(os.listdir(room), [os.path.basename(young)])


class TestDatabaseInWords(ShoraHttpCase):
    """What the database server says of itself reaches nobody who clicked."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_english_council()
        cls.minutes = cls.env["shora.minutes"]._draft_for(cls().held_session(cls.council, "2026-11-16"))
        cls.minutes.with_user(cls.secretary)._sign("password")

    def click(self):
        """What the client is answered when the secretary forwards the minutes."""
        call = {"model": "shora.minutes", "method": "action_forward", "args": [self.minutes.ids], "kwargs": {}}
        answer = self.opener.post(
            f"{self.base_url()}/web/dataset/call_button/shora.minutes/action_forward",
            json={"jsonrpc": "2.0", "method": "call", "params": call},
            timeout=60,
        )
        self.env.invalidate_all()
        return answer.json()

    @mute_logger("odoo.sql_db", "odoo.http")
    def test_its_full_disk(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        self.secretary.lang = "fa_IR"
        self.authenticate("secretary", "secretary")
        with patch.object(self.registry["shora.minutes"], "_on_forwarded", no_room_in_database):
            error = self.click()["error"]["data"]
        self.assertEqual(error["name"], "odoo.exceptions.UserError")
        self.assertRegex(error["message"], "دیسک پایگاه داده پر است")
        self.assertEqual((self.minutes.state, self.minutes.covering_number), ("signed", False))
        self.assertNotIn("error", self.click())
        self.assertEqual(self.minutes.state, "forwarded")

    def test_a_server_that_is_away(self):
        """Before the work: a click reads the sentence, a browser a page that passes, and nobody is logged out."""
        self.secretary.lang = "en_US"
        self.authenticate("secretary", "secretary")
        with patch.object(self.registry, "check_signaling", side_effect=psycopg2.OperationalError("starting up")):
            error = self.click()["error"]["data"]
            page = self.url_open("/odoo")
        self.assertEqual(error["name"], "odoo.exceptions.UserError")
        self.assertRegex(error["message"], "does not answer.*nothing was saved")
        self.assertEqual((page.status_code, page.headers["Retry-After"]), (503, "60"))
        self.assertIn("does not answer", page.text)
        self.assertNotIn("error", self.click(), "still logged in")

    def test_a_connection_that_breaks_around_the_work(self):
        """Outside of what the platform guards, whatever kind of error the driver makes of it."""
        self.secretary.lang = "en_US"
        self.authenticate("secretary", "secretary")
        for kind in (psycopg2.OperationalError, psycopg2.InterfaceError, psycopg2.DatabaseError):
            with patch.object(self.registry["ir.http"], "_match", side_effect=kind("server closed the connection")):
                error = self.click()["error"]["data"]
            self.assertRegex(error["message"], "was cut off.*see whether it was saved")
        self.assertEqual(self.minutes.state, "signed")

    def test_what_is_no_outage(self):
        self.assertTrue(outage._is_there(get_db_name()))
        self.assertFalse(outage._is_there("no_such_database"), "the platform offers another one")
        self.assertFalse(outage._is_ours("no_such_database"))
        self.assertFalse(outage._was_cut_off(PoolError("full")))
        answered = psycopg2.OperationalError("could not serialize")
        answered.error_response = None
        self.assertFalse(outage._was_cut_off(answered), "the platform has an answer already")

    @mute_logger("odoo.sql_db")
    def test_a_lost_connection_and_nothing_else(self):
        words = self.registry["ir.http"]._outage_in_words
        with patch(f"{HTTP}.request", SimpleNamespace(env=self.env)):
            self.assertIsNone(words(psycopg2.OperationalError("could not serialize")))
            self.assertIsNone(words(UserError("no")))
        connect = db_connect(get_db_name())
        with closing(connect.cursor()) as cr, closing(connect.cursor()) as other:
            cr.execute("SELECT pg_backend_pid()")
            other.execute("SELECT pg_terminate_backend(%s)", cr.fetchone())
            with self.assertRaises(psycopg2.Error) as cut:
                cr.execute("SELECT 1")
            with patch(f"{HTTP}.request", SimpleNamespace(env=SimpleNamespace(cr=cr))):
                self.assertRegex(str(words(cut.exception)), "was cut off")
            with suppress(psycopg2.InterfaceError):
                cr.close()
