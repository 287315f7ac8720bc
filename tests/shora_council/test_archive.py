"""Clause 5-7: the Secretariat's copy of every document, from which nobody removes or replaces anything."""

import base64
import hashlib
from pathlib import Path
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from tests.common import ShoraCase, ShoraHttpCase, tehran


class ArchiveCase:
    def kept(self):
        """Minutes forwarded and archived; the session's copies."""
        with tehran("2026-10-15 10:00"):
            self.minutes = self.held.env["shora.minutes"]._draft_for(self.held)
            self.minutes._sign("password")
            self.minutes.action_forward()
        copies = self.env["shora.archive.copy"].sudo()
        for session, originals in self.held._archive_missing().items():
            copies._keep(session, originals)
        return copies.search([("session_id", "=", self.held.id)])


@tagged("post_install", "-at_install")
class TestArchive(ArchiveCase, ShoraCase):
    LAYS_OUT = True

    DOCUMENTS = ((0, 0, {"name": "report.txt", "raw": b"report"}),)

    def setUp(self):
        super().setUp()
        self.held = self.held_session(self.council, "2026-10-12")

    def test_everything_dispatched_signed_and_filed_is_copied_byte_by_byte(self):
        copies = self.kept()
        kinds = set(copies.mapped("res_model"))
        self.assertLessEqual({"shora.notice", "shora.notice.document", "shora.agenda.item", "shora.minutes"}, kinds)
        hashes = copies.mapped("sha256")
        for field in ("pdf", "covering_pdf"):
            raw = base64.b64decode(self.minutes.with_context(bin_size=False)[field])
            self.assertIn(hashlib.sha256(raw).hexdigest(), hashes)
        for copy in copies:
            self.assertEqual(hashlib.sha256(copy._attachment().raw).hexdigest(), copy.sha256)
        directory = copies.folder_id._directory()
        self.assertEqual(sorted(directory.file_ids.mapped("name")), sorted(copies.mapped("name")))
        self.assertIn(directory.parent_id.name, ("1405", "۱۴۰۵"))
        self.assertEqual(directory.parent_id.parent_id.name, self.council.name)

    def test_the_job_copies_once_and_what_comes_later_too(self):
        self.assertIs(self.run_job("cron_archive"), True)
        domain = [("session_id", "=", self.held.id)]
        copies = self.env["shora.archive.copy"].search(domain)
        self.assertTrue(copies)
        self.assertIs(self.run_job("cron_archive"), True)
        self.assertEqual(self.env["shora.archive.copy"].search(domain), copies)
        for scan in (b"first scan", b"second scan"):
            self.held.sudo().attendance_scan = base64.b64encode(scan)
            self.assertIs(self.run_job("cron_archive"), True)
        later = self.env["shora.archive.copy"].search(domain) - copies
        self.assertEqual(
            later.mapped("sha256"), [hashlib.sha256(scan).hexdigest() for scan in (b"first scan", b"second scan")]
        )
        self.assertFalse(self.held._archive_missing())

    def originals(self, model, name):
        return self.env["ir.attachment"].search([("res_model", "=", model), ("res_field", "=", name)])

    def copies(self, **values):
        return self.env["shora.archive.copy"].search([(name, "=", value) for name, value in values.items()])

    def test_everything_of_a_closed_session_is_copied(self):
        """Also what somebody put beside the records; what a field of the record holds is copied once."""
        self.kept()
        files = self.env["ir.attachment"]
        for record in (self.held, self.minutes):
            record.sudo().message_post(body="A letter", attachments=[(f"{record._name}.txt", record._name.encode())])
        self.minutes.sudo().message_post(
            body="The PDF", attachments=[("again.pdf", base64.b64decode(self.minutes.with_context(bin_size=False).pdf))]
        )
        coming = self.session(self.council, "2026-12-07")
        coming.message_post(body="Not yet", attachments=[("draft.txt", b"draft")])
        self.assertIs(self.run_job("cron_archive"), True)
        for record in (self.held, self.minutes):
            copy = self.copies(name=f"{record._name}.txt", session_id=self.held.id)
            self.assertEqual(copy.sha256, hashlib.sha256(record._name.encode()).hexdigest())
        self.assertFalse(self.copies(name="again.pdf"))
        self.assertFalse(self.copies(name="draft.txt"))
        self.assertTrue(files.search([("name", "=", "again.pdf")]))

    def test_a_scan_that_is_replaced_within_the_hour_is_kept(self):
        held = self.held.with_user(self.secretary)
        for scan in (b"first scan", b"second scan", False):
            held.attendance_scan = scan and base64.b64encode(scan)
        self.assertEqual(
            self.copies(session_id=self.held.id, res_model="shora.session").mapped("sha256"),
            [hashlib.sha256(scan).hexdigest() for scan in (b"first scan", b"second scan")],
        )
        held.attendance_scan = base64.b64encode(b"third scan")
        [file] = self.originals("shora.session", "attendance_scan")
        file.with_user(self.secretary).write({"raw": b"fourth scan"})  # past the session
        self.assertIn(hashlib.sha256(b"third scan").hexdigest(), self.copies(session_id=self.held.id).mapped("sha256"))

    def test_a_copy_that_lost_its_file_gets_it_again(self):
        copy = self.kept()[0]
        raw, directory = copy._attachment().raw, copy.folder_id._directory()
        files = len(directory.file_ids)
        self.env.flush_all()
        self.cr.execute("DELETE FROM ir_attachment WHERE id = %s", [copy._attachment().id])
        self.env.invalidate_all()
        self.assertEqual(len(directory.file_ids), files - 1)
        for _time in range(2):
            self.assertIs(self.run_job("cron_archive"), True)
            self.assertEqual((copy._attachment().raw, len(directory.file_ids)), (raw, files))
            self.assertFalse(self.held._archive_missing())
        self.assertFalse(self.env["shora.integrity.check"]._check(self.council).problem_ids)

    def test_another_file_in_place_of_a_copy_stays_as_evidence(self):
        copy = self.kept()[0]
        self.env.flush_all()
        self.cr.execute(
            "UPDATE ir_attachment SET db_datas = 'x', store_fname = NULL, checksum = 'x' WHERE id = %s",
            [copy._attachment().id],
        )
        self.env.invalidate_all()
        self.assertIs(self.run_job("cron_archive"), True)
        self.assertEqual(copy._attachment().checksum, "x")
        problems = self.env["shora.integrity.check"]._check(self.council).problem_ids
        self.assertEqual({(one.res_model, one.res_id) for one in problems}, {(copy._name, copy.id)})
        self.assertIn("altered", problems.mapped("kind"))

    @mute_logger("odoo.addons.base.models.ir_attachment")
    def test_a_file_that_is_lost_keeps_no_other_from_being_copied(self):
        later = self.held_session(self.council, "2026-10-26")
        [lost] = self.originals("shora.notice", "pack").filtered(lambda one: one.res_id == self.held.notice_id.id)
        path = Path(lost._full_path(lost.store_fname))
        whole = path.read_bytes()
        self.addCleanup(path.write_bytes, whole)
        for content in (None, b"another"):
            with self.subTest(content=content):
                path.write_bytes(content) if content else path.unlink()
                lost.invalidate_recordset()
                self.assertIs(self.run_job("cron_archive"), True)
                self.assertEqual(self.held._archive_missing(), {self.held: lost}, "it is not called kept")
                self.assertFalse(later._archive_missing())
        path.write_bytes(whole)
        lost.invalidate_recordset()
        self.assertIs(self.run_job("cron_archive"), True)
        self.assertFalse(self.held._archive_missing())

    def test_a_record_that_cannot_be_copied_stops_no_other_and_is_noticed(self):
        later = self.held_session(self.council, "2026-10-26")
        keep = type(self.env["shora.archive.copy"])._keep

        def broken(model, owner, originals):
            if owner == self.held:
                raise ValueError("cannot be copied")
            return keep(model, owner, originals)

        with (
            patch.object(self.registry["shora.archive.copy"], "_keep", broken),
            mute_logger("odoo.addons.base.models.ir_cron"),
        ):
            self.assertIn("cannot be copied", str(self.run_job("cron_archive")))
        self.assertFalse(later._archive_missing())
        self.assertTrue(self.held._archive_missing())

    def test_what_uploads_may_weigh_or_be_called_binds_no_copy(self):
        self.env["ir.config_parameter"].sudo().set_param("dms.binary_max_size", "0")
        self.env["ir.config_parameter"].sudo().set_param("dms.forbidden_extensions", "pdf,txt")
        self.assertTrue(self.kept())
        self.assertFalse(self.held._archive_missing())

    def test_a_decree_of_the_first_hours_of_the_year_is_that_years(self):
        """1406-01-01 00:10 in Tehran is 20:40 of the last day of 1405 in UTC."""
        for moment, seat, year in (("2027-03-20 23:59", "B8", 1405), ("2027-03-21 00:10", "B9", 1406)):
            with tehran(moment), self.subTest(moment):
                decree = self.decree(self.council, seat, self.make_partner(f"Of {year}"), "2027-04-01")
                decree.action_issue()
                self.assertEqual(decree._archive_folder().year, year)

    def test_the_scan_of_a_decision_on_the_plan_is_kept(self):
        plan = self.env["shora.annual.plan"].create({"council_id": self.council.id, "year": 1405})
        plan._store_facts({"decision_scan": base64.b64encode(b"scan")})
        self.assertIs(self.run_job("cron_archive"), True)
        copy = self.copies(res_model=plan._name, res_id=plan.id)
        self.assertEqual((copy.folder_id.year, copy.sha256), (1405, hashlib.sha256(b"scan").hexdigest()))

    def test_nobody_changes_replaces_or_removes_a_copy(self):
        copy = self.kept()[0]
        file = self.env["dms.file"].search([("attachment_id", "=", copy._attachment().id)])
        directory = file.directory_id
        targets = (
            (copy, {"name": "x"}),
            (copy, {"file": b"eA=="}),
            (copy.folder_id, {"name": "x"}),
            (copy._attachment(), {"raw": b"x"}),
            (file, {"name": "x.txt"}),
            (file, {"content": b"eA=="}),
            (directory, {"name": "x"}),
            (directory.parent_id, {"name": "x"}),
        )
        users = (self.secretary, self.secretariat, self.head, self.auditor, self.admin, self.env.ref("base.user_root"))
        for record, vals in targets:
            for user in users:
                mine = record.with_user(user).sudo(False)
                for act in (
                    lambda r, v: r.write(v),
                    lambda r, v: r.unlink(),
                    lambda r, v: r.sudo().write(v),
                    lambda r, v: r.sudo().unlink(),
                ):
                    with (
                        self.subTest(record=record, vals=vals, user=user.login),
                        self.assertRaises(UserError),
                        self.cr.savepoint(),
                    ):
                        act(mine, vals)
        for user in users[:-1]:
            with self.subTest(user=user.login), self.assertRaises(UserError), self.cr.savepoint():
                self.env["dms.file"].with_user(user).create(
                    {"name": "new.txt", "directory_id": directory.id, "content": base64.b64encode(b"x")}
                )

    def test_the_secretariat_and_the_auditor_read_nobody_else(self):
        copy = self.kept()[0]
        file = self.env["dms.file"].search([("attachment_id", "=", copy._attachment().id)])
        readers = (self.secretariat, self.head, self.auditor)
        for user in (*readers, self.secretary, self.president, self.office, self.admin, self.hr, self.employee):
            for record in (copy, copy.folder_id, copy._attachment(), file, file.directory_id):
                self.env.invalidate_all()
                with self.subTest(user=user.login, record=record):
                    mine = record.with_user(user).sudo(False)
                    self.assertEqual(mine.has_access("read"), user in readers)
        self.assertFalse(file.check_access_token("x"))
        found = self.env["dms.file"].with_user(self.secretary).search([("id", "=", file.id)])
        self.assertFalse(found)

    def test_a_missing_copy_is_a_finding_until_it_is_made(self):
        def finding():
            self.env.invalidate_all()
            self.env["shora.finding"]._check(self.council)
            return self.council.finding_ids.filtered(lambda f: f.code == "archive_missing" and f.state == "open")

        self.kept()
        self.env["ir.attachment"].sudo().create(
            {
                "name": "late.txt",
                "raw": b"late",
                "res_model": "shora.session",
                "res_id": self.held.id,
                "res_field": "attendance_scan",
            }
        )
        self.assertFalse(finding(), "not before a day has passed")
        self.env.flush_all()
        self.cr.execute("UPDATE ir_attachment SET write_date = '2026-11-01' WHERE name = 'late.txt'")
        found = finding()
        self.assertEqual((found.clause_id.code, found.actor, found.res_id), ("5-7", "head", self.held.id))
        self.assertIs(self.run_job("cron_archive"), True)
        self.assertFalse(finding())

    def test_what_waits_for_the_closing_is_not_missed_before_a_day_after_it(self):
        """An agenda's documents are old when the session is closed; the job has its hour from then on."""
        with tehran("2026-10-26 09:00"):
            session = self.plan(self.council, "2026-11-09")
        attached = session.agenda_item_ids.attachment_ids
        self.env.flush_all()
        self.cr.execute("UPDATE ir_attachment SET write_date = '2026-10-26' WHERE id IN %s", [tuple(attached.ids)])
        with tehran("2026-10-27 09:00"):
            self.dispatch(session)
        self.run_job("cron_archive")
        with tehran("2026-11-09 12:30"):
            session.write({"presiding_ground": "chair", "state": "open"})
            self.close(session)
        self.env.invalidate_all()
        self.assertIn(attached, session._archive_missing()[session])
        found = self.env["shora.finding"].search([("code", "=", "archive_missing"), ("res_id", "=", session.id)])
        self.assertFalse(found, "closing itself leaves nothing behind that was owed")
        for at, codes in (("2026-11-10 12:29", []), ("2026-11-10 12:31", ["archive_missing"])):
            with self.subTest(at=at), tehran(at):
                self.env["shora.finding"]._check(self.council)
                found = self.env["shora.finding"].search(
                    [("code", "=", "archive_missing"), ("res_id", "=", session.id)]
                )
                self.assertEqual(found.mapped("code"), codes)
        self.assertEqual(str(found.date_since), "2026-11-09")

    def test_decrees_are_kept_by_council_and_year(self):
        decree = self.council.membership_ids.decree_id.filtered("pdf_sha256")[0]
        self.assertIs(self.run_job("cron_archive"), True)
        copy = self.env["shora.archive.copy"].search([("res_model", "=", "shora.decree"), ("res_id", "=", decree.id)])
        self.assertEqual(copy.sha256, decree.pdf_sha256)
        self.assertEqual((copy.folder_id.year, copy.session_id.id, copy.council_id), (1405, False, self.council))
        self.assertIn(copy.name, copy.folder_id._directory().file_ids.mapped("name"))
        self.env.flush_all()
        self.cr.execute("DELETE FROM ir_attachment WHERE id = %s", [copy._attachment().id])
        self.cr.execute(
            "UPDATE ir_attachment SET write_date = '2026-11-01' WHERE res_model = 'shora.decree' AND res_id = %s",
            [decree.id],
        )
        self.env.invalidate_all()
        self.env["shora.finding"]._check(self.council)
        found = self.council.finding_ids.filtered(lambda f: f.code == "archive_missing" and f.state == "open")
        self.assertEqual((found.res_model, found.res_id), ("shora.decree", decree.id))

    def test_mail_puts_nothing_into_the_archive(self):
        """An answer to a directory's thread brings its attachments into an ordinary directory, but not into this."""
        directory = self.kept().folder_id._directory()
        before = directory.file_ids
        message = (
            "From: anybody@example.com\nTo: catchall@example.com\nSubject: x\nMessage-Id: <x@example.com>\n"
            'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n'
            "--b\nContent-Type: text/plain\n\nHello\n"
            '--b\nContent-Type: application/pdf\nContent-Disposition: attachment; filename="x.pdf"\n\n%PDF\n--b--\n'
        )
        with mute_logger("odoo.addons.mail.models.mail_thread"), self.cr.savepoint() as savepoint:
            try:
                self.env["mail.thread"].message_process("dms.directory", message, thread_id=directory.id)
            except UserError:
                savepoint.rollback()
        self.env.invalidate_all()
        self.assertEqual(set(directory.file_ids), set(before))
        with self.assertRaises(UserError), self.cr.savepoint():  # not even the rules, but for a copy
            self.env["dms.file"].sudo().create(
                {"name": "x.pdf", "directory_id": directory.id, "content": base64.b64encode(b"x")}
            )

    def test_a_copy_removed_in_the_database_is_missed(self):
        copy = self.kept()[0]
        self.assertFalse(self.held._archive_missing())
        self.env.flush_all()
        self.cr.execute("DELETE FROM ir_attachment WHERE id = %s", [copy._attachment().id])
        self.env.invalidate_all()
        self.assertEqual(self.held._archive_missing()[self.held].ids, [copy.original_id])


@tagged("post_install", "-at_install")
class TestArchiveUrls(ArchiveCase, ShoraHttpCase):
    LAYS_OUT = True

    DOCUMENTS = ((0, 0, {"name": "report.txt", "raw": b"report"}),)

    def test_direct_addresses(self):
        with tehran("2026-09-01 08:00"):
            self.make_offices()
            self.council = self.make_council()
            self.secretary, self.people = self.staff_council(self.council)
        self.held = self.held_session(self.council, "2026-10-12")
        copy = self.kept()[0]
        file = self.env["dms.file"].search([("attachment_id", "=", copy._attachment().id)])
        addresses = (
            f"/web/content/shora.archive.copy/{copy.id}/file",
            f"/web/content/{copy._attachment().id}",
            f"/web/content/dms.file/{file.id}/content",
            f"/my/dms/file/{file.id}/download",
        )
        for login, may in (("t_secretariat", True), ("secretary", False), ("t_employee", False), (None, False)):
            self.authenticate(login, login)
            for address in addresses[: 3 if may else 4]:
                with self.subTest(login=login, address=address):
                    answer = self.url_open(address)
                    body = base64.b64decode(copy.with_context(bin_size=False).file)
                    self.assertEqual(answer.content == body, may, answer.status_code)
        self.share_links(file)

    @mute_logger("odoo.http")
    def share_links(self, file):
        """A token that somebody put on the file, or on a directory above it, opens nothing to nobody."""
        directories = file.directory_id | file.directory_id.parent_id | file.directory_id.parent_id.parent_id
        for record in (file, *directories):
            self.env.flush_all()
            self.env.cr.execute(f"UPDATE {record._table} SET access_token = 'token' WHERE id = %s", (record.id,))
            self.env.invalidate_all()
            self.assertFalse(file.check_access_token("token"))
            for login in (None, "t_employee", "secretary"):
                self.authenticate(login, login)
                for address in (
                    f"/my/dms/file/{file.id}/download?access_token=token",
                    f"/my/dms/directory/{file.directory_id.id}?access_token=token",
                    f"/web/content/{file.attachment_id.id}?access_token=token",
                ):
                    with self.subTest(login=login, record=record, address=address):
                        answer = self.url_open(address)
                        self.assertNotIn(file.name, answer.text)
                        self.assertNotEqual(answer.content, file.attachment_id.raw)
            self.env.cr.execute(f"UPDATE {record._table} SET access_token = NULL WHERE id = %s", (record.id,))
