"""A council in the middle of everything, on a copy of the database that is put back as it was in half a second; steps
run by victims (``victims.py``), and a picture of all that must be neither lost nor there twice.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections import Counter, defaultdict

from aiosmtpd.controller import Controller
from odoo.service import db as service
from odoo.sql_db import close_db
from odoo.tests import get_db_name
from odoo.tools import config
from psycopg2 import sql

from tests.common import tehran, utc
from tests.shora_council.killing import OPTIONS, ROOT, KillCase
from tests.shora_council.smtp import Server, free_port

#: the moment of the steps (Tehran), and the hour in which the jobs make good what broke off
NOW, LATER = "2026-11-23 13:00", "2026-11-23 13:50"

#: documents that every life makes: (name, model, name of its record)
DOCUMENTS = (
    ("pack", "shora.notice", "notice"),
    ("minutes", "shora.minutes", "signing"),
    ("covering_letter", "shora.minutes", "forwarding"),
)

#: what must come out the same whatever was killed; ids of rows that the steps make are left out: they have gaps
PICTURE = {
    "notice": "SELECT id, state, internal_number, pack_pages, pdf_sha256, pack_sha256 FROM shora_notice",
    "recipient": "SELECT partner_id, channel, state, failure_kind FROM shora_notice_recipient",
    "document": "SELECT item_id, sequence, sha256 FROM shora_notice_document",
    "session": """SELECT id, state, number, minutes_reminded_days, minutes_escalated, members_reminded
                    FROM shora_session""",
    "attendance": "SELECT session_id, partner_id, status, is_de_facto FROM shora_attendance",
    "resignation": "SELECT membership_id, number, state, date FROM shora_deemed_resignation",
    "membership": "SELECT id, state, date_to, end_reason FROM shora_membership",
    "decree": "SELECT id, state, date_ended, end_reason FROM shora_decree",
    "minutes": """SELECT id, state, content_sha256, pdf_sha256, covering_number, covering_sha256, forwarded_at
                    FROM shora_minutes""",
    "way": "SELECT minutes_id, kind, round, number FROM shora_minutes_step",
    "seal": "SELECT council_id, position, res_model, link FROM shora_seal",
    "positions": "SELECT council_id, chain, positions FROM shora_seal_count",
    "finding": "SELECT council_id, code, res_model, state FROM shora_finding",
    "copy": "SELECT res_model, name, sha256 FROM shora_archive_copy",
    "filed": "SELECT name, checksum FROM dms_file",
    "folder": "SELECT council_id, year, session_id FROM shora_archive_folder",
    "directory": "SELECT res_model, name FROM dms_directory",
    "check": "SELECT council_id, problem_count, seal_count, file_count FROM shora_integrity_check",
    "told": "SELECT model, message_type, subject, md5(body) FROM mail_message",
    "notified": """SELECT m.model, m.subject, n.res_partner_id, n.notification_type
                     FROM mail_notification n JOIN mail_message m ON m.id = n.mail_message_id""",
    "todo": "SELECT res_model, activity_type_id, user_id, summary, active FROM mail_activity",
    "file": "SELECT res_model, res_field, mimetype FROM ir_attachment WHERE res_model LIKE 'shora.%'",
    "event": "SELECT id, name, start, active FROM calendar_event",
}


class RandomKillCase(KillCase):
    #: module with the steps, functions of (env, names); and those that a person takes, as the secretary
    STEPS_IN, CLICKS = None, ()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.copy_files(get_db_name(), cls.copy)
        cls.before = f"{cls.copy}_before"
        cls.port = free_port()
        cls.mailbox = Server()
        controller = Controller(cls.mailbox, hostname="127.0.0.1", port=cls.port)
        controller.start()
        cls.addClassCleanup(controller.stop)
        cls.addClassCleanup(cls.drop_before)
        cls.names = cls.prepare()
        cls.keep()
        cls.start_victims()

    # --- the council ---

    @classmethod
    def prepare(cls):
        """A council with minutes to forward, minutes to sign, a session to close in which two members are absent for
        the third time, one to invite, and a decree that enters into force today.

        :return: {name: id} of them and of the secretary
        """
        self = cls()
        with self.commit() as env:
            env["ir.mail_server"].search([]).active = False
            self.make_offices()
            with tehran("2026-09-01 08:00"):
                council = self.make_council("KILL")
                secretary, people = self.staff_council(council)
                self.secretary = secretary
                cls.decree(council, "B8", cls.make_partner("later"), "2026-11-23").action_issue()
            gone, back = people["B2"] | people["B3"], people["B4"]
            first = self.held_session(council, "2026-10-26", gone | back)
            second = self.held_session(council, "2026-11-09", gone | back)
            with tehran("2026-11-10 10:00"):
                minutes = env["shora.minutes"].with_user(secretary)
                forwarding = minutes._draft_for(first)
                forwarding._sign("password")
                signing = minutes._draft_for(second)
            with tehran("2026-11-14 09:00"):
                closing = self.plan(council, "2026-11-23")
                self.dispatch(closing)
            with tehran("2026-11-23 12:00"):
                closing.write({"presiding_ground": "chair", "state": "open"})
                for row in closing.attendance_ids:
                    row.status = "absent" if row.partner_id in gone else "present"
                closing.agenda_item_ids.action_discuss()
                closing.action_hold()
                inviting = self.plan(council, "2026-12-07", documents=None)
                notice = env["shora.notice"].with_user(secretary)._prepare_for(inviting)
            env["mail.mail"].search([]).unlink()  # of the days before
            env.flush_all()
            return {
                "user": secretary.id,
                "notice": notice.id,
                "closing": closing.id,
                "signing": signing.id,
                "forwarding": forwarding.id,
            }

    # --- as it was ---

    @classmethod
    def clone(cls, source, target):
        """Make the database ``target`` what ``source`` is, files included."""
        with cls.server() as cr:
            for name in (source, target):
                close_db(name)
                service._drop_conn(cr, name)
            cr.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(target)))
            cr.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(target), sql.Identifier(source)))
        cls.copy_files(source, target)

    @staticmethod
    def copy_files(source, target):
        shutil.rmtree(config.filestore(target), ignore_errors=True)
        shutil.copytree(config.filestore(source), config.filestore(target), copy_function=os.link)

    @classmethod
    def keep(cls):
        cls.clone(cls.copy, cls.before)

    @classmethod
    def put_back(cls):
        cls.clone(cls.before, cls.copy)
        cls.copied.clear_all_caches()
        cls.mailbox.letters.clear()

    @classmethod
    def drop_before(cls):
        with cls.server() as cr:
            service._drop_conn(cr, cls.before)
            cr.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(cls.before)))
        shutil.rmtree(config.filestore(cls.before), ignore_errors=True)

    # --- the victims ---

    @classmethod
    def start_victims(cls):
        options = [f"{flag}={cls.option(name)}" for name, flag in OPTIONS.items() if config[name]]
        options += ["--smtp=127.0.0.1", f"--smtp-port={cls.port}"]
        cls.victims = subprocess.Popen(
            [sys.executable, "-m", "tests.shora_council.victims"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        cls.addClassCleanup(cls.victims.wait, 60)
        cls.addClassCleanup(cls.victims.stdout.close)
        cls.addClassCleanup(cls.victims.stdin.close)
        cls.order(
            {
                "options": options,
                "db": cls.copy,
                "module": cls.STEPS_IN,
                "documents": DOCUMENTS,
                "record": cls.names,
            }
        )

    @classmethod
    def order(cls, order):
        """Give the victims an order and wait for their answer."""
        print(json.dumps(order), file=cls.victims.stdin, flush=True)
        return cls.victims.stdout.readline()

    def run_steps(self, *jobs, now=NOW):
        """Run jobs at the same moment, each in a process of its own.

        :param jobs: (step, fatal) or (step, fatal, whether the database is cut off there instead); step is a function
            of ``STEPS_IN``, fatal see ``victims.Steps``
        :return: list of (exit code or "killed", labels of the steps, error)
        """
        order = {
            "db": self.copy,
            "now": utc(now).isoformat(),
            "jobs": [
                {
                    "step": f"{self.STEPS_IN}:{step}",
                    "uid": self.names["user"] if step in self.CLICKS else 1,
                    "record": self.names,
                    "fatal": fatal,
                    "cut": any(cut),
                }
                for step, fatal, *cut in jobs
            ],
        }
        return json.loads(self.order(order))

    # --- what is there ---

    def picture(self):
        """{table: Counter of rows}; every file that a row names is whole."""
        with self.commit() as env:
            seen = {}
            for name, query in PICTURE.items():
                env.cr.execute(query)
                seen[name] = Counter(tuple(map(str, row)) for row in env.cr.fetchall())
            env.cr.execute(
                "SELECT DISTINCT store_fname, checksum, file_size FROM ir_attachment WHERE store_fname <> ''"
            )
            broken = [row for row in env.cr.fetchall() if not self.is_whole(*row)]
        self.assertFalse(broken, "rows of files that are not there, or not whole")
        return seen

    def is_whole(self, name, checksum, size):
        try:
            with open(os.path.join(config.filestore(self.copy), name), "rb") as file:
                raw = file.read()
        except FileNotFoundError:
            return False
        return len(raw) == size and hashlib.sha1(raw).hexdigest() == checksum

    def letters(self):
        """{(address, subject): [Message-IDs]} of what the mail server accepted."""
        found = defaultdict(list)
        for address, letter in list(self.mailbox.letters):
            found[address, letter["Subject"]].append(letter["Message-Id"])
        return dict(found)

    @staticmethod
    def difference(expected, found):
        """What of a picture is missing and what is too much, named by table."""
        lines = []
        for name, rows in expected.items():
            lines += [f"missing {name}: {row} ×{times}" for row, times in (rows - found[name]).items()]
            lines += [f"too much {name}: {row} ×{times}" for row, times in (found[name] - rows).items()]
        return lines
