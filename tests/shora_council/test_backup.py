"""A backup comes back by the commands of the README; the check of everything sealed is clean, or names the file."""

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from odoo.service import db as service
from odoo.sql_db import close_db
from odoo.tools import config
from psycopg2 import sql

from dev import paths, postgres
from tests.common import tehran
from tests.shora_council.killing import KillCase


class TestBackup(KillCase):
    def setUp(self):
        super().setUp()
        self.restored = f"{self.copy}_back"
        self.addCleanup(self.drop_restored)
        self.drop_restored()
        with self.commit():
            session = self.held("BACK")
            with tehran("2026-11-10 10:00"):
                minutes = session.env["shora.minutes"]._draft_for(session)
                minutes.with_user(self.secretary)._sign("password")
            pdf = minutes.env["ir.attachment"].search(
                [("res_model", "=", "shora.minutes"), ("res_field", "=", "pdf"), ("res_id", "=", minutes.id)]
            )
            self.file = pdf.store_fname
            self.anchor = f"BACK: 1 seals, head {minutes.seal_link}\n"
        close_db(self.copy)

    def drop_restored(self):
        close_db(self.restored)
        with self.server() as cr:
            service._drop_conn(cr, self.restored)
            cr.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(self.restored)))
        files = Path(config.filestore(self.restored))
        if files.exists():
            subprocess.run(["rm", "-r", files], check=True)

    def commands(self):
        """The command lines of the README's section on backups."""
        section = Path(paths.CHECKOUT, "README.md").read_text(encoding="utf-8").partition("## Backup and restore")[2]
        return re.findall(r"^    (odoo-bin .+)$", section.partition("\n## ")[0], re.M)

    def run_command(self, line, directory):
        names = {"DATABASE": self.copy, "RESTORED": self.restored}
        words = [names.get(word, word) for word in shlex.split(line)]
        programs = postgres.bindir()
        path = os.pathsep.join(filter(None, (programs and str(programs), os.environ["PATH"])))
        return subprocess.run(
            [sys.executable, Path(paths.CHECKOUT, "dev", "odoo-bin"), *words[1:]],
            cwd=directory,
            env={**os.environ, "PATH": path, "ODOO_RC": config["config"]},
            capture_output=True,
            text=True,
            check=False,
        )

    def test_there_and_back(self):
        dump, load, check = self.commands()
        with tempfile.TemporaryDirectory() as directory:
            for line in (dump, load):
                done = self.run_command(line, directory)
                self.assertEqual(done.returncode, 0, f"{line}: {done.stderr[-2000:]}")
            anchors = Path(directory, "anchors.txt")
            anchors.write_text(self.anchor, encoding="utf-8")
            done = self.run_command(check, directory)
            self.assertEqual(done.returncode, 0, done.stderr[-2000:])
            self.assertRegex(done.stdout, r"BACK: 1 seals, \d+ files, head \w+")
            anchors.write_text(f"{self.anchor}BACK: 2 seals, head {'a' * 64}\n", encoding="utf-8")
            done = self.run_command(check, directory)
            self.assertEqual(done.returncode, 1, done.stderr[-2000:])
            self.assertRegex(done.stdout, "BACK: missing: .+ 2 .+a{64}")  # a later letter than this backup
            anchors.write_text(self.anchor, encoding="utf-8")
            Path(config.filestore(self.restored), self.file).unlink()
            done = self.run_command(check, directory)
            self.assertEqual(done.returncode, 1, done.stderr[-2000:])
            self.assertRegex(done.stdout, "BACK: \\w+: .+")
