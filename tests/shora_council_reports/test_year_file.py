"""The file of a council's year: everything in it, sealed files byte for byte, for the Secretariat alone."""

import base64
import hashlib
import io
import shutil
import subprocess
import tempfile
import zipfile
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.fields import Date
from odoo.tests import tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from tests.common import ShoraHttpCase, tehran

from .report_case import YEAR, History, ReportCase

QUIET = ("odoo.http", "odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model", "odoo.models")
LOG = "odoo.addons.shora_council_reports.models.year_file"


def named(model, html):
    """Pages are named by what is on them, not laid out: these tests are about the file."""
    return b"%PDF-1.7 " + hashlib.sha256(html.encode()).digest(), 1, {}


class YearFiles:
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        quick = patch.object(cls.registry["shora.pdf"], "_laid_out", named)
        quick.start()
        cls.addClassCleanup(quick.stop)

    def order(self, user=None, council=None, year=YEAR):
        user = user or self.secretariat
        council = (council or self.council).with_user(user)
        wizard = self.env["shora.year.order"].with_user(user).create({"council_id": council.id, "year": str(year)})
        return self.env["shora.year.file"].with_user(user).browse(wizard.action_order()["res_id"])

    def build(self, stop=None):
        """As the job does; ``stop``: time is up after so many commits."""
        commits = []

        def progress(processed=0, *, remaining=None):
            self.env.flush_all()
            commits.append(processed)
            return 0 if stop and len(commits) >= stop else 100

        with patch.object(self.registry["ir.cron"], "_commit_progress", lambda cron, *a, **k: progress(*a, **k)):
            self.env["shora.year.file"].sudo()._cron_build()
        self.env.invalidate_all()
        return commits

    def opened(self, file):
        raw = base64.b64decode(file.sudo().with_context(bin_size=False).file)
        return zipfile.ZipFile(io.BytesIO(raw))


@tagged("post_install", "-at_install")
class TestYearFile(YearFiles, ReportCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        minutes = cls.first.env["shora.minutes"]._draft_for(cls.first)
        with tehran("2026-10-14 10:00"):
            minutes._sign("password")
        with tehran("2026-10-15 10:00"):
            minutes.action_forward()
        cls.minutes = minutes

    def made(self, **vals):
        file = self.order(**vals)
        self.build()
        return file

    def test_everything_is_in_it_with_its_hash(self):
        file = self.made()
        self.assertEqual(
            (file.state, file.progress, file.missing_count), ("done", 100, 0), file.unit_ids.mapped("reason")
        )
        with self.opened(file) as archive:
            names = archive.namelist()
            lines = dict(reversed(line.split("  ", 1)) for line in archive.read("SHA256SUMS").decode().splitlines())
            self.assertEqual(set(lines) | {"SHA256SUMS"}, set(names))
            for name, digest in lines.items():
                self.assertEqual(hashlib.sha256(archive.read(name)).hexdigest(), digest, name)
        self.assertEqual(len(names), len({name.casefold() for name in names}))
        kinds = {unit.kind for unit in file.unit_ids}
        self.assertEqual(kinds, {"stored", "document", "printed", "workbook", "integrity"})

    def test_sealed_files_byte_for_byte(self):
        file = self.made()
        stored = {
            (unit.res_model, unit.res_id, unit.original_id.sudo().res_field): unit for unit in file.sudo().unit_ids
        }
        minutes = self.minutes.sudo()
        with self.opened(file) as archive:
            for field in ("pdf", "covering_pdf"):
                unit = stored["shora.minutes", minutes.id, field]
                sealed = base64.b64decode(minutes.with_context(bin_size=False)[field])
                self.assertEqual(archive.read(unit.path), sealed)
            unit = stored["shora.minutes", minutes.id, "pdf"]
            self.assertEqual(unit.sha256, minutes.pdf_sha256)
        for session in self.first | self.second | self.third | self.urgent:
            self.assertIn(("shora.notice", session.notice_id.id, "pdf"), stored)
        decrees = self.council.membership_ids.decree_id
        self.assertTrue(all(("shora.decree", decree.id, "pdf") in stored for decree in decrees))

    def test_nothing_of_other_councils_or_years(self):
        file = self.made()
        for unit in file.sudo().unit_ids.filtered("res_id"):
            record = self.env[unit.res_model].browse(unit.res_id)
            self.assertEqual(record.council_id, self.council, unit.path)
        earlier = self.made(year=YEAR - 1)
        self.assertEqual(set(earlier.unit_ids.mapped("kind")), {"printed", "workbook", "integrity"})

    def test_the_manifest_satisfies_sha256sum(self):
        if not shutil.which("sha256sum"):
            self.skipTest("no sha256sum on this machine")
        file = self.made()
        with tempfile.TemporaryDirectory() as folder, self.opened(file) as archive:
            archive.extractall(folder)
            done = subprocess.run(
                ["sha256sum", "--strict", "--quiet", "-c", "SHA256SUMS"], cwd=folder, capture_output=True, check=False
            )
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, b"", b""))

    def test_one_commit_a_paper_and_gone_on_with(self):
        """Out of time after the fourth commit, and again: what was made is not made again, the file is the same."""
        whole = self.made()
        expected = [(unit.path, unit.sha256) for unit in whole.unit_ids if unit.kind != "integrity"]
        whole.sudo().unlink()
        file = self.order()
        self.build(stop=4)
        self.assertEqual((file.state, file.done_count), ("building", 2), "begun, then a paper a commit")
        self.assertTrue(0 < file.progress < 100)
        first = {unit: unit.write_date for unit in file.unit_ids if unit.state == "made"}
        with self.assertRaises(UserError):
            file.action_download()
        commits = self.build()
        self.assertEqual(sum(commits), file.unit_count - 2 + 1)
        self.assertEqual([(unit.path, unit.sha256) for unit in file.unit_ids if unit.kind != "integrity"], expected)
        self.assertEqual({unit: unit.write_date for unit in first}, first)

    def test_who_ordered_it_is_told_in_the_own_language(self):
        """The job's language is the office's; the toast on the screen is the reader's."""
        self.env["res.lang"]._activate_lang("fa_IR")
        said = []

        def send(user, kind, message, **kwargs):
            said.append((user, kind, message["title"], message["message"]))

        for lang, ready in (("fa_IR", "[آ-ی]"), ("en_US", "^Ready")):
            self.secretariat.lang = lang
            with patch.object(self.registry["res.users"], "_bus_send", send):
                self.made()
            [(user, kind, title, message)] = said
            self.assertEqual((user, kind), (self.secretariat, "simple_notification"))
            self.assertRegex(title, "پرونده" if lang == "fa_IR" else "^File of the year")
            self.assertRegex(message, ready)
            said.clear()

    def test_ordered_twice_is_made_once(self):
        file = self.order()
        self.assertEqual(self.order(self.head), file)
        self.build()
        self.assertNotEqual(self.order(), file, "a finished one is made anew")

    def test_a_paper_that_is_gone_is_said(self):
        self.in_english()
        file = self.order()
        self.build(stop=3)
        unit = file.sudo().unit_ids.filtered(lambda unit: unit.kind == "stored")[0]
        unit.original_id = False
        self.build()
        self.assertEqual((file.state, file.missing_count), ("done", 1))
        with self.opened(file) as archive:
            self.assertNotIn(unit.path, archive.namelist())
            self.assertIn(unit.path, archive.read("Missing papers.txt").decode())

    @mute_logger(LOG)
    def test_who_lost_the_right_gets_nothing(self):
        self.in_english()
        file = self.order()
        self.secretariat.group_ids -= self.env.ref("shora_council.group_shora_secretariat")
        self.build()
        seen = file.with_user(self.head)
        self.assertEqual((seen.state, seen.file_size), ("failed", False))
        self.assertIn("5-8", seen.reason)

    def test_a_file_is_deleted_after_its_time(self):
        file = self.made()
        self.assertEqual(file.expires_on, Date.add(self.env["shora.council"]._today(), days=30))
        stored = self.env["ir.attachment"].sudo().search([("res_model", "=", file._name), ("res_field", "=", "file")])
        self.assertEqual(stored.res_id, file.id)
        with tehran(f"{file.expires_on} 23:59"):
            self.env["shora.year.file"].sudo()._gc_expired()
            self.assertTrue(file.sudo().exists())
        with tehran(f"{Date.add(file.expires_on, days=1)} 00:01"):
            self.env["shora.year.file"].sudo()._gc_expired()
        self.assertFalse(file.sudo().exists() or stored.exists())

    def test_refused(self):
        file = self.made().sudo()
        for role in (
            "secretary",
            "staff",
            "member",
            "portal",
            "employee",
            "hr",
            "auditor",
            "president",
            "office",
            "admin",
        ):
            user = getattr(self, role)
            self.env.invalidate_all()
            with self.subTest(role=role):
                for act in (
                    lambda user=user: self.council.with_user(user).action_order_year_file(),
                    lambda user=user: self.env["shora.year.file"].with_user(user)._place_order(self.council, YEAR),
                    lambda user=user: file.with_user(user).read(["state"]),
                    lambda user=user: file.unit_ids.with_user(user).read(["path"]),
                    lambda user=user: (
                        self.env["shora.year.order"]
                        .with_user(user)
                        .create({"council_id": self.council.id, "year": str(YEAR)})
                    ),
                ):
                    with self.assertRaises(AccessError), mute_logger(*QUIET):
                        act()

    def test_nobody_writes_one_by_hand(self):
        file = self.made()
        for user in (self.secretariat, self.head):
            for act in (
                lambda user=user: file.with_user(user).write({"state": "queued"}),
                lambda user=user: file.with_user(user).unlink(),
                lambda user=user: file.unit_ids[:1].with_user(user).write({"path": "x"}),
                lambda user=user: self.env["shora.year.file"].with_user(user).create({"council_id": self.council.id}),
            ):
                with self.assertRaises(AccessError), mute_logger(*QUIET):
                    act()


@tagged("post_install", "-at_install")
class TestYearFileRoute(YearFiles, History, ShoraHttpCase):
    """The address of the ZIP, and of what it was made of."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_english_council()
        cls.make_history()
        for role in ("secretary", "member", "portal", "employee", "auditor", "secretariat", "president"):
            getattr(cls, role).password = getattr(cls, role).login

    @mute_logger(*QUIET)
    def test_the_address(self):
        file = self.order()
        self.build()
        address = file.action_download()["url"]
        self.authenticate(self.secretariat.login, self.secretariat.login)
        answer = self.url_open(address)
        self.assertEqual((answer.status_code, answer.content[:2]), (200, b"PK"))
        self.assertEqual(hashlib.sha256(answer.content).hexdigest(), file.sha256)
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .search([("res_model", "=", "shora.year.file"), ("res_field", "=", "file"), ("res_id", "=", file.id)])
        )
        for role in ("secretary", "member", "portal", "employee", "auditor", "president"):
            user = getattr(self, role)
            self.authenticate(user.login, user.login)
            for url in (address, f"/web/content/{attachment.id}?download=true"):
                with self.subTest(role=role, url=url):
                    self.assertNotEqual(self.url_open(url).content[:2], b"PK")
            for model, method, args in (
                ("shora.year.file", "read", [file.ids]),
                ("shora.year.file", "action_download", [file.ids]),
                ("ir.attachment", "read", [attachment.ids, ["datas"]]),
                ("shora.council", "action_order_year_file", [self.council.ids]),
            ):
                params = {"model": model, "method": method, "args": args, "kwargs": {}}
                with self.subTest(role=role, method=method), self.assertRaises(JsonRpcException):
                    self.make_jsonrpc_request(f"/web/dataset/call_kw/{model}/{method}", params)
        self.authenticate(None, None)
        self.assertNotEqual(self.url_open(address).content[:2], b"PK")
