"""The whole PostgreSQL server is restarted, or stopped and started again, under a running Odoo and people at work:
whoever clicks meanwhile reads what to do and stays logged in, and afterwards the same Odoo goes on, its jobs too. What
was answered is there, once; what was refused is there whole or not at all (limits, section 7).
"""

import subprocess
import threading
import time
from collections import Counter
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from odoo.addons.shora_council.tools.outage import AWAY, CUT_OFF
from odoo.sql_db import close_db
from odoo.tests import get_db_name

from dev import postgres
from tests.common import tehran
from tests.shora_council.killing import KillCase
from tests.shora_council.own_server import Cluster, OdooServer, Person
from tests.shora_council.random_kill_case import RandomKillCase
from tests.shora_council.smtp import Server, free_port

pytestmark = pytest.mark.dear

STATUSES = ("present", "absent", "excused")
#: what may be read while the database is away, or by whom it was cut off at work
WORDS = {words._translate(lang) for words in (AWAY, CUT_OFF) for lang in ("fa_IR", "en_US")}
AWAY_WORDS = {AWAY._translate(lang) for lang in ("fa_IR", "en_US")}
SECONDS = 4  # without a database
PATIENCE = 90
JOB = "cron_retry_mails"


class Marker(threading.Thread):
    """The secretary, who marks one member after the other and reads the screen again after each."""

    def __init__(self, person, session, rows):
        super().__init__(daemon=True)
        self.person, self.session, self.ended = person, session, threading.Event()
        # row: status that was answered; status of a click that was refused
        self.told, self.doubtful = dict.fromkeys(rows, "unmarked"), {}
        self.refusals, self.wrong, self.marks, self.answered = [], [], 0, 0

    def run(self):
        try:
            while not self.ended.is_set():
                self.look_and_mark()
        except Exception as error:
            self.wrong.append(repr(error))

    def look_and_mark(self):
        done, screen = self.person.call("shora.session", "get_run", [self.session])
        if not done:
            self.refusals.append(screen)
            time.sleep(0.1)
            return
        rows = [row for row in screen["members"] if row["id"] in self.told]
        for row in rows:
            self.compare(row)
        row = rows[self.marks % len(rows)]
        status = STATUSES[(STATUSES.index(row["status"]) + 1) % 3] if row["status"] in STATUSES else "present"
        seen = {name: row[name] for name in ("status", "arrived_at", "left_at", "note")}
        done, words = self.person.call("shora.attendance", "mark", [row["id"]], {"status": status}, seen)
        self.marks += 1
        if done:
            self.told[row["id"]] = status
            self.answered += 1
        else:
            self.refusals.append(words)
            self.doubtful[row["id"]] = status

    def compare(self, row):
        """The screen shows what was answered; after a refusal, that or the whole of what was refused."""
        doubt = self.doubtful.pop(row["id"], None)
        told = self.told[row["id"]]
        if row["status"] not in {told, doubt}:
            self.wrong.append(f"{row['id']} is {row['status']}, told {told}, refused {doubt}")
        self.told[row["id"]] = row["status"]

    def end(self):
        self.ended.set()
        self.join(PATIENCE)

    def went_on(self):
        """Whether there are answered marks after this moment."""
        before = self.answered

        def went_on():
            assert not self.wrong, self.wrong
            return self.answered > before + 2

        return went_on


class TestDatabaseRestart(KillCase):
    @classmethod
    def setUpClass(cls):
        if not postgres.bindir():
            pytest.xfail("no restart was tried: PostgreSQL is a server elsewhere, and its programs are not at hand")
        super().setUpClass()
        RandomKillCase.copy_files(get_db_name(), cls.copy)
        cls.prepare()
        cls.cluster = Cluster()
        cls.addClassCleanup(cls.cluster.remove)
        try:
            cls.cluster.copy_in(cls.copy)
        except subprocess.CalledProcessError:
            if not postgres.external():
                raise
            pytest.xfail("no restart was tried: the PostgreSQL programs at hand do not read the server elsewhere")

    @classmethod
    def prepare(cls):
        """A council with a running session, one to close and one to invite to; no letters and no jobs wait."""
        self = cls()
        cls.name_documents(cls.copied)
        with self.commit() as env:
            env["ir.mail_server"].search([]).active = False
            self.make_offices()
            today = env["shora.council"]._today()
            since = today - timedelta(days=200)
            with tehran(f"{since} 08:00"):
                council = self.make_council("DOWN")
                self.secretary, _people = self.staff_council(council, date_from=str(since))
            running, closing = (self.invited(council, today - timedelta(days=back)) for back in (1, 2))
            closing.attendance_ids.write({"status": "present"})
            closing.agenda_item_ids.action_discuss()
            closing.action_hold()
            coming = self.plan(council, str(today + timedelta(days=20)))
            notice = coming.env["shora.notice"]._prepare_for(coming)
            env["mail.mail"].search([]).unlink()
            env["ir.cron"].search([]).nextcall = "2100-01-01"
            env["ir.cron.trigger"].search([]).unlink()
            cls.running, cls.closing, cls.notice = running.id, closing.id, notice.id
            cls.rows = running.attendance_ids.filtered(lambda row: row.status == "unmarked").ids
        close_db(cls.copy)

    def invited(self, council, day):
        with tehran(f"{day - timedelta(days=9)} 09:00"):
            session = self.plan(council, str(day))
            self.dispatch(session)
        session.write({"presiding_ground": "chair", "state": "open"})
        return session

    def serve(self, workers):
        self.mailbox = Server()
        controller = Controller(self.mailbox, hostname="127.0.0.1", port=free_port())
        controller.start()
        self.addCleanup(controller.stop)
        self.odoo = OdooServer(self.cluster, self.copy, controller.port, workers)
        self.addCleanup(self.odoo.stop)
        self.person = Person(self.odoo, "secretary")

    # --- what people and jobs do ---

    def state(self, model, record_id):
        """The state on the screen, asked until the database answers; every refusal is in our words."""

        def asked():
            done, found = self.person.call(model, "read", [record_id], ["state"])
            if not done:
                self.assertIn(found, WORDS)
            return done and found[0]["state"]

        return self.until(asked)

    def begin(self, model, method, record_id):
        """A click whose answer nobody waits for yet; what is returned joins it: (done, result or words)."""
        answers = []
        click = threading.Thread(target=lambda: answers.append(self.person.call(model, method, [record_id])))
        click.start()
        time.sleep(0.2)

        def join():
            click.join(PATIENCE)
            self.assertEqual(len(answers), 1, "there was an answer, whatever it was")
            return answers[0]

        return join

    def click_again(self, answer, model, method, record_id, wanted):
        """What the sentence says: open the page again; if it was not done, do the same once more."""
        done, words = answer
        if not done:
            self.assertIn(words, WORDS)
        if self.state(model, record_id) == wanted:
            return
        self.assertFalse(done, "what was answered is there")
        self.assertTrue(self.person.call(model, method, [record_id])[0])
        self.assertEqual(self.state(model, record_id), wanted)

    def until(self, found):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if result := found():
                return result
            time.sleep(0.2)
        self.fail(f"this never came; the log ends with {self.odoo.text()[-3000:]}")

    def job_due(self):
        """The hourly job is due soon, while the database is away."""
        self.query(
            """UPDATE ir_cron SET lastcall = NULL, nextcall = now() AT TIME ZONE 'UTC' + interval '3 seconds'
                WHERE id = (SELECT res_id FROM ir_model_data WHERE module = 'shora_council' AND name = %s)""",
            JOB,
        )

    def job_has_run(self):
        return self.query(
            """SELECT 1 FROM ir_cron JOIN ir_model_data d ON d.res_id = ir_cron.id
                WHERE d.module = 'shora_council' AND d.name = %s AND lastcall IS NOT NULL AND nextcall < '2099-01-01'
                  AND nextcall > now() AT TIME ZONE 'UTC'""",
            JOB,
        )

    def query(self, sql, *values):
        return self.cluster.query(sql, *values, database=self.copy)

    def pages(self):
        """A person's pages in a browser: the sentence, and a status that says that it will pass."""
        for path in ("/odoo", "/my/councils", "/web/login"):
            answer = self.person.web.get(self.odoo.url + path, timeout=PATIENCE)
            self.assertEqual((answer.status_code, answer.headers["Retry-After"]), (503, "60"), path)
            self.assertTrue(any(words in answer.text for words in AWAY_WORDS), answer.text)
            self.assertNotIn("session_id", answer.cookies)

    # --- the tests ---

    def test_without_workers(self):
        self.serve(workers=0)
        self.job_due()
        self.cluster.stop("fast")
        self.pages()
        time.sleep(SECONDS)
        self.cluster.start()
        self.assertEqual(self.state("shora.session", self.running), "open")
        self.until(self.job_has_run)

    def test_workers(self):
        self.serve(workers=2)
        marker = Marker(self.person, self.running, self.rows)
        self.addCleanup(marker.end)
        marker.start()
        self.until(marker.went_on())
        self.cluster.restart("fast")
        self.until(marker.went_on())
        closing = self.begin("shora.session", "action_close", self.closing)
        self.cluster.restart("immediate")
        self.click_again(closing(), "shora.session", "action_close", self.closing, "closed")
        self.until(marker.went_on())
        self.job_due()
        dispatch = self.begin("shora.notice", "action_dispatch", self.notice)
        self.cluster.stop("immediate")
        self.without_a_database()
        self.cluster.start()
        self.click_again(dispatch(), "shora.notice", "action_dispatch", self.notice, "dispatched")
        self.until(marker.went_on())
        self.until(self.job_has_run)
        self.until(self.letters_gone)
        marker.end()
        self.all_is_there_once(marker)
        self.assertTrue(self.odoo.runs(), "and it was the same Odoo all the time")

    def without_a_database(self):
        end = time.monotonic() + SECONDS
        for model, method, record_id in (
            ("shora.notice", "action_dispatch", self.notice),
            ("shora.session", "get_run", self.running),
        ):
            done, words = self.person.call(model, method, [record_id])
            self.assertFalse(done)
            self.assertIn(words, AWAY_WORDS)
        self.pages()
        time.sleep(max(end - time.monotonic(), 0))

    def letters_gone(self):
        """Every letter was accepted; at most the one in hand when the database went needs somebody's decision."""
        rows = self.query(
            "SELECT state, failure_kind FROM shora_notice_recipient WHERE notice_id = %s AND channel = 'email'",
            self.notice,
        )
        unknown = rows.count(("failed", "uncertain"))
        return rows and unknown <= 1 and rows.count(("sent", None)) + unknown == len(rows)

    def all_is_there_once(self, marker):
        self.assertEqual(marker.wrong, [])
        self.assertEqual(set(marker.refusals) - WORDS, set())
        self.assertTrue(marker.refusals)
        rows = self.query("SELECT id, status FROM shora_attendance WHERE session_id = %s", self.running)
        doubtful = {row: {told, marker.doubtful.get(row)} for row, told in marker.told.items()}
        self.assertEqual([(row, status) for row, status in rows if status not in doubtful.get(row, {status})], [])
        [(notice, number)] = self.query("SELECT state, internal_number FROM shora_notice WHERE id = %s", self.notice)
        self.assertTrue(notice == "dispatched" and number)
        [(mails,)] = self.query(
            """SELECT count(*) - count(DISTINCT res_id) FROM mail_mail JOIN mail_message m ON m.id = mail_message_id
                WHERE m.model = 'shora.notice.recipient'"""
        )
        self.assertEqual(mails, 0, "one mail a row")
        letters = Counter((address, letter["Subject"]) for address, letter in self.mailbox.letters)
        self.assertTrue(letters)
        self.assertEqual(set(letters.values()), {1}, "nobody has the same letter twice")
        [(closings,)] = self.query(
            """SELECT count(*) FROM mail_tracking_value v JOIN mail_message m ON m.id = v.mail_message_id
                 JOIN ir_model_fields f ON f.id = v.field_id
                WHERE m.model = 'shora.session' AND m.res_id = %s AND f.name = 'state'""",
            self.closing,
        )
        self.assertEqual(closings, 1)
