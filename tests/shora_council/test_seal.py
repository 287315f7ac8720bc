"""The seal (5-5): who signs proves it, what is sealed stays, and what was changed all the same is named."""

import contextlib
import io
import os

from odoo.addons.shora_council.rules import sealing
from odoo.cli.command import find_command
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools import mute_logger

from tests.common import ShoraCase, tehran


class SealCase(ShoraCase):
    TODAY = "2026-11-12 12:00"

    def setUp(self):
        super().setUp()
        self.first = self.signed("2026-10-26", absent=self.people["B2"])
        self.second = self.signed("2026-11-09")

    def signed(self, day, absent=()):
        session = self.held_session(self.council, day, absent=absent)
        with tehran(f"{day} 15:00"):
            minutes = session.env["shora.minutes"]._draft_for(session)
            minutes.text = "<p>Opened at ten.</p>"
            minutes._sign("password")
        return minutes

    def addendum(self, minutes, row, status="excused"):
        addendum = minutes.env["shora.minutes.addendum"].create(
            {
                "minutes_id": minutes.id,
                "reason": "A letter was found",
                "line_ids": [Command.create({"attendance_id": row.id, "status_to": status})],
            }
        )
        addendum._sign("password")
        return addendum

    def check(self):
        return self.env["shora.integrity.check"]._check(self.council)

    def problems(self):
        """{(kind, model, id)} of a fresh check."""
        return {(p.kind, p.res_model, p.res_id) for p in self.check().problem_ids}

    def sql(self, query, *args):
        self.env.flush_all()
        self.env.cr.execute(query, args)
        self.env.invalidate_all()


class TestChain(SealCase):
    def test_each_signature_is_a_link(self):
        row = self.first.attendance_ids.filtered(lambda r: r.partner_id == self.people["B2"])
        addendum = self.addendum(self.first, row)
        seals = self.env["shora.seal"].search([("council_id", "=", self.council.id)])
        self.assertEqual(seals.mapped("position"), [1, 2, 3])
        self.assertEqual(
            [(s.res_model, s.res_id) for s in seals],
            [(r._name, r.id) for r in (self.first, self.second, addendum)],
        )
        self.assertEqual(seals[0].previous, "0" * 64)
        self.assertEqual(seals[1:].mapped("previous"), seals[:2].mapped("link"))
        self.assertEqual(set(seals.mapped("identity")), {"password"})
        self.assertEqual((self.second.seal_position, self.second.seal_link), (2, seals[1].link))
        check = self.check()
        self.assertEqual((check.problem_count, check.seal_count, check.head_link), (0, 3, seals[2].link))

    def test_councils_have_chains_of_their_own(self):
        with tehran("2026-09-01 08:00"):
            other = self.make_council("T2")
        counts = self.env["shora.seal.count"]
        given = [counts._next(council, "seals") for council in (other, self.council, other)]
        self.assertEqual((given, counts._next(other, "copies")), ([1, 3, 2], 1))

    def test_a_document_is_sealed_once(self):
        with self.assertRaises(Exception), mute_logger("odoo.sql_db"), self.cr.savepoint():  # noqa: B017
            self.env["shora.seal"]._append(self.first, "password")

    def test_nobody_writes_the_chain(self):
        self.assertTrue(self.first.seal_id)
        for user in (self.secretary, self.head, self.auditor, self.admin, self.env.ref("base.user_admin")):
            seal = self.first.seal_id.with_user(user)
            with self.subTest(user=user.login):
                for change in (
                    lambda s=seal: s.write({"signer": "Somebody"}),
                    lambda s=seal: s.unlink(),
                    lambda s=seal: s.copy(),
                    lambda s=seal: s.create({"name": "X"}),
                ):
                    with self.assertRaises(UserError), self.cr.savepoint():
                        change()
        for change in (lambda: self.first.seal_id.sudo().write({"signer": "X"}), self.first.seal_id.sudo().unlink):
            with self.assertRaises(UserError), self.cr.savepoint():
                change()


class TestSealed(SealCase):
    def test_nothing_sealed_changes_whoever_asks(self):
        values = {
            "content_json": "{}",
            "content_sha256": "0" * 64,
            "pdf": b"JVBERi0=",
            "pdf_sha256": "0" * 64,
            "signed_by_id": self.env.uid,
            "signed_name": "Somebody",
            "signed_at": "2026-01-01 00:00:00",
            "text": "<p>Other</p>",
            "state": "draft",
            "session_id": self.second.session_id.id,
        }
        everybody = (self.secretary, self.head, self.secretariat, self.auditor, self.president, self.admin)
        for user in (*everybody, self.env.ref("base.user_admin"), self.env.ref("base.user_root")):
            minutes = self.first.with_user(user)
            for name, value in values.items():
                with (
                    self.subTest(user=user.login, field=name),
                    self.assertRaises(UserError),
                    self.cr.savepoint(),
                ):
                    minutes.write({name: value})
            with self.assertRaises(UserError), self.cr.savepoint():
                minutes.unlink()
        self.assertEqual(self.problems(), set())

    def test_nor_its_file(self):
        file = self.env["ir.attachment"].search(
            [("res_model", "=", "shora.minutes"), ("res_field", "=", "pdf"), ("res_id", "=", self.first.id)]
        )
        self.assertEqual(len(file), 1)
        for user in (self.secretary, self.admin, self.env.ref("base.user_admin"), self.env.ref("base.user_root")):
            for change in (
                lambda f: f.write({"raw": b"%PDF-"}),
                lambda f: f.write({"res_id": self.second.id}),
                lambda f: f.write({"res_field": False}),
                lambda f: f.unlink(),
                lambda f: f.copy(),
            ):
                with self.assertRaises(UserError), self.cr.savepoint():
                    change(file.with_user(user))
        self.assertEqual(self.problems(), set())

    def test_import_does_not_reach_it(self):
        self.env["ir.model.data"].create(
            {"module": "test", "name": "sealed_minutes", "model": "shora.minutes", "res_id": self.first.id}
        )
        for user in (self.secretary, self.env.ref("base.user_admin")):
            with mute_logger("odoo.models", "odoo.sql_db"):
                result = (
                    self.env["shora.minutes"]
                    .with_user(user)
                    .load(["id", "text"], [["test.sealed_minutes", "<p>Other</p>"]])
                )
            self.assertFalse(result["ids"])
        self.assertIn("Opened at ten.", self.first.text)

    def test_nor_does_mail(self):
        message = (
            "From: secretary@example.com\nTo: catchall@example.com\nSubject: x\nMessage-Id: <y@example.com>\n"
            'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n'
            "--b\nContent-Type: text/plain\n\nPlease change it\n"
            '--b\nContent-Type: application/pdf\nContent-Disposition: attachment; filename="pdf"\n\n%PDF\n--b--\n'
        )
        for values in (None, {"text": "<p>Other</p>"}):
            with mute_logger("odoo.addons.mail.models.mail_thread"), self.cr.savepoint() as savepoint:
                try:
                    self.env["mail.thread"].message_process(
                        "shora.minutes", message, custom_values=values, thread_id=self.first.id
                    )
                except UserError:
                    savepoint.rollback()
            message = message.replace("<y@", "<z@")
        self.assertIn("Opened at ten.", self.first.text)
        self.assertEqual(self.problems(), set())


class TestIdentity(SealCase):
    def setUp(self):
        super().setUp()
        self.session_third = self.held_session(self.council, "2026-11-11")
        self.draft = self.session_third.env["shora.minutes"]._draft_for(self.session_third)
        self.secretary.sudo().password = "a-long-password"

    def dialog(self, **context):
        action = self.draft.action_sign()
        self.assertEqual((action["res_model"], action["target"]), ("shora.sign", "new"))
        dialog = self.draft.env["shora.sign"].browse(action["res_id"])
        return dialog, dialog.with_context(**context).action_confirm()

    def test_no_signature_without_proof(self):
        for forged in ({}, {"shora_identity_proven": "password"}, {"default_state": "signed"}):
            with self.assertRaisesRegex(UserError, "proves who it is"), self.cr.savepoint():
                self.draft.with_context(**forged).write({"state": "signed"})
        self.assertEqual(self.draft.state, "draft")

    def test_the_right_password_signs(self):
        dialog, answer = self.dialog(password="a-long-password")
        self.assertEqual(answer["type"], "ir.actions.act_window_close")
        self.assertEqual((self.draft.state, self.draft.seal_id.identity), ("signed", "password"))
        dialog.with_context(password="a-long-password").action_confirm()  # a second click
        self.assertEqual(self.env["shora.seal"].search_count([("res_id", "=", self.draft.id)]), 1)

    def test_a_wrong_one_does_not(self):
        for wrong in ("", "another", None):
            dialog, answer = self.dialog(password=wrong)
            self.assertEqual(answer["res_id"], dialog.id)
            self.assertIn("password is not right", dialog.refusal)
        self.assertEqual(self.draft.state, "draft")

    def test_the_proof_is_of_one_document_and_one_user(self):
        other = self.draft.env["shora.minutes.addendum"].create(
            {"minutes_id": self.first.id, "reason": "R", "text": "<p>T</p>"}
        )
        dialog, _answer = self.dialog(password="another")
        with self.assertRaises(UserError):
            dialog.with_user(self.head).with_context(password="a-long-password").action_confirm()
        self.dialog(password="a-long-password")
        with self.assertRaisesRegex(UserError, "proves who it is"), self.cr.savepoint():
            other.write({"state": "signed"})

    def test_the_dialog_signs_documents_only(self):
        dialog = self.draft.env["shora.sign"].create({"res_model": "res.users", "res_id": self.secretary.id})
        with self.assertRaisesRegex(UserError, "no such document"):
            dialog.with_context(password="a-long-password").action_confirm()

    def test_others_are_told_before_they_type(self):
        staff = self.make_user("seal_staff", "shora_council.group_shora_staff")
        self.council.sudo().staff_user_ids = staff
        with self.assertRaisesRegex(UserError, "belongs to: Council secretary"):
            self.draft.with_user(staff).action_sign()


class TestTampering(SealCase):
    def test_each_column_is_named(self):
        columns = {
            "content_json": "{}",
            "content_sha256": "0" * 64,
            "pdf_sha256": "0" * 64,
            "signed_name": "Somebody",
            "signed_at": "2026-01-01 00:00:00",
            "text": "<p>Other</p>",
            "number": 77,
            "state": "draft",
        }
        for column, value in columns.items():
            with self.subTest(column=column), contextlib.suppress(ZeroDivisionError), self.cr.savepoint():
                self.sql(f"UPDATE shora_minutes SET {column} = %s WHERE id = %s", value, self.first.id)
                found = self.check().problem_ids
                self.assertEqual({(p.kind, p.res_id) for p in found}, {("altered", self.first.id)})
                self.assertIn(self.first._fields[column]._description_string(self.env), found.mapped("detail"))
                raise ZeroDivisionError
        self.assertEqual(self.problems(), set())

    def test_each_column_of_the_chain_is_named(self):
        seal = self.first.seal_id
        columns = {
            "name": "Another",
            "content_sha256": "0" * 64,
            "pdf_sha256": "0" * 64,
            "link": "0" * 64,
            "previous": "1" * 64,
            "signer": "Somebody",
            "sealed_at": "2026-01-01 00:00:00",
            "day": "2026-01-01",
            "number": 77,
            "identity": "password_code",
            "session_id": self.second.session_id.id,
            "res_id": 999999,
        }
        for column, value in columns.items():
            with self.subTest(column=column), contextlib.suppress(ZeroDivisionError), self.cr.savepoint():
                self.sql(f"UPDATE shora_seal SET {column} = %s WHERE id = %s", value, seal.id)
                self.assertIn(("altered", "shora.seal", seal.id), self.problems())
                raise ZeroDivisionError
        self.assertEqual(self.problems(), set())

    def test_rows_removed_and_slipped_in(self):
        first, second = self.first.seal_id, self.second.seal_id
        attacks = {
            "first link": (f"DELETE FROM shora_seal WHERE id = {first.id}", ("missing", "shora.council")),
            "last link": (f"DELETE FROM shora_seal WHERE id = {second.id}", ("missing", "shora.council")),
            "slipped in": (
                "INSERT INTO shora_seal (council_id, position, name, res_model, res_id, session_id, number, day,"
                " content_sha256, pdf_sha256, previous, link, sealed_at, signer, identity)"
                " SELECT council_id, 3, name, res_model, 0, session_id, number, day, content_sha256, pdf_sha256, link,"
                f" previous, sealed_at, signer, identity FROM shora_seal WHERE id = {second.id}",
                ("added", "shora.seal"),
            ),
            "count": ("UPDATE shora_seal_count SET positions = positions + 1", ("missing", "shora.council")),
            "without a seal": (f"UPDATE shora_seal SET res_id = 0 WHERE id = {second.id}", ("added", "shora.minutes")),
        }
        for name, (query, expected) in attacks.items():
            with self.subTest(name), contextlib.suppress(ZeroDivisionError), self.cr.savepoint():
                self.sql(query)
                self.assertIn(expected, {(kind, model) for kind, model, _id in self.problems()})
                raise ZeroDivisionError

    def test_an_end_cut_off_with_all_its_rows_leaves_its_link_behind(self):
        """The youngest document gone without a gap: record, file, seal and the count of positions."""
        self.check()
        minutes, seal = self.second, self.second.seal_id
        self.sql("DELETE FROM shora_minutes_item WHERE minutes_id = %s", minutes.id)
        self.sql("DELETE FROM ir_attachment WHERE res_model = 'shora.minutes' AND res_id = %s", minutes.id)
        self.sql("DELETE FROM shora_seal WHERE id = %s", seal.id)
        self.sql("UPDATE shora_seal_count SET positions = positions - 1 WHERE council_id = %s", self.council.id)
        self.sql("DELETE FROM shora_minutes WHERE id = %s", minutes.id)
        for _time in range(2):  # and not only once
            [problem] = self.check().problem_ids
            self.assertEqual((problem.kind, problem.res_model), ("missing", "shora.council"))
            self.assertIn("Position 2 of the chain", problem.detail)

    def test_the_secretariats_copy_bears_witness(self):
        """As above, before any check looked at the chain, but after the archive had its copy (5-7)."""
        minutes = self.second
        self.env["shora.archive.copy"]._keep_missing(minutes.session_id.sudo())
        for query in (
            "DELETE FROM shora_minutes_item WHERE minutes_id = %(id)s",
            "DELETE FROM ir_attachment WHERE res_model = 'shora.minutes' AND res_id = %(id)s",
            "DELETE FROM shora_seal WHERE res_model = 'shora.minutes' AND res_id = %(id)s",
            "UPDATE shora_seal_count SET positions = positions - 1 WHERE council_id = %(council)s AND chain = 'seals'",
            "DELETE FROM shora_minutes WHERE id = %(id)s",
        ):
            self.env.flush_all()
            self.env.cr.execute(query, {"id": minutes.id, "council": self.council.id})
            self.env.invalidate_all()
        self.assertEqual(self.problems(), {("missing", "shora.minutes", minutes.id)})

    def test_a_document_rewritten_with_its_hashes_is_found(self):
        """Content, fingerprint and seal row changed together: the link no longer fits; with the link, the next one."""
        content = '{"content":{},"schema":"x"}'
        mark = sealing.sha256_hex(content.encode())
        self.sql(
            "UPDATE shora_minutes SET content_json = %s, content_sha256 = %s WHERE id = %s",
            content,
            mark,
            self.first.id,
        )
        self.sql("UPDATE shora_seal SET content_sha256 = %s WHERE id = %s", mark, self.first.seal_id.id)
        self.assertIn(("altered", "shora.seal", self.first.seal_id.id), self.problems())
        seal = self.first.seal_id.sudo()
        link = sealing.link(seal.previous, mark, seal.pdf_sha256, seal._place())
        self.sql("UPDATE shora_seal SET link = %s WHERE id = %s", link, seal.id)
        self.assertIn(("detached", "shora.seal", self.second.seal_id.id), self.problems())

    def test_files(self):
        file = self.env["ir.attachment"].search(
            [("res_model", "=", "shora.minutes"), ("res_field", "=", "pdf"), ("res_id", "=", self.first.id)]
        )
        path = file._full_path(file.store_fname)
        with open(path, "rb") as stream:
            whole = stream.read()
        self.addCleanup(lambda: open(path, "wb").write(whole))  # noqa: SIM115
        here = ("shora.minutes", self.first.id)
        os.chmod(path, 0o600)
        for changed in (whole[:-1] + bytes([whole[-1] ^ 1]), whole + b" ", b"\0" + whole[1:]):
            with open(path, "wb") as stream:
                stream.write(changed)
            self.assertEqual(self.problems(), {("altered", *here)})
        os.unlink(path)
        with mute_logger("odoo.addons.base.models.ir_attachment"):
            self.assertEqual(self.problems(), {("missing", *here)})
        with open(path, "wb") as stream:
            stream.write(whole)
        self.assertEqual(self.problems(), set())
        with self.subTest("second file"), contextlib.suppress(ZeroDivisionError), self.cr.savepoint():
            self.sql(
                "INSERT INTO ir_attachment (name, type, res_model, res_field, res_id, store_fname, checksum)"
                " SELECT name, type, res_model, res_field, res_id, store_fname, checksum FROM ir_attachment"
                " WHERE id = %s",
                file.id,
            )
            self.assertEqual(self.problems(), {("added", *here)})
            raise ZeroDivisionError
        self.sql("DELETE FROM ir_attachment WHERE id = %s", file.id)
        self.assertEqual(self.problems(), {("missing", *here)})

    def test_other_files_of_the_session(self):
        notice = self.first.session_id.notice_id
        decree = self.env["shora.decree"].search([("council_id", "=", self.council.id)], limit=1)
        for record, field in ((notice, "pdf"), (notice, "pack"), (decree, "pdf")):
            mark = f"{field}_sha256"
            with self.subTest(record=record, field=field):
                self.assertTrue(record[mark])
                with contextlib.suppress(ZeroDivisionError), self.cr.savepoint():
                    self.sql(f"UPDATE {record._table} SET {mark} = %s WHERE id = %s", "0" * 64, record.id)
                    self.assertEqual(self.problems(), {("altered", record._name, record.id)})
                    raise ZeroDivisionError

    def test_a_finding_opens_and_closes_by_the_facts(self):
        def finding():
            return self.env["shora.finding"].search(
                [("council_id", "=", self.council.id), ("code", "=", "integrity"), ("state", "=", "open")]
            )

        self.check()
        self.assertFalse(finding())
        self.sql("UPDATE shora_minutes SET signed_name = 'X' WHERE id = %s", self.first.id)
        self.check()
        self.assertEqual((finding().severity, finding().actor, finding().clause_id.code), ("block", "head", "5-7"))
        self.sql("UPDATE shora_minutes SET signed_name = %s WHERE id = %s", self.secretary.name, self.first.id)
        self.check()
        self.assertFalse(finding())


class TestCheck(SealCase):
    def test_it_is_named_by_the_day_in_tehran(self):
        with tehran("2026-11-13 00:10"):  # still the 12th in UTC
            self.env.user.tz = "America/New_York"
            self.assertIn("11/13/2026", self.check().display_name)

    def test_the_nightly_check_looks_once_a_night(self):
        checks = self.env["shora.integrity.check"]
        before = checks.search_count([("council_id", "=", self.council.id)])
        self.run_job("cron_integrity")
        self.run_job("cron_integrity")
        self.assertEqual(checks.search_count([("council_id", "=", self.council.id)]), before + 1)
        with tehran("2026-11-13 00:00"):
            self.run_job("cron_integrity")
        self.assertEqual(checks.search_count([("council_id", "=", self.council.id)]), before + 2)

    def test_a_check_says_who_asked_for_it(self):
        """The night's was asked for by the rules, in the office's language, not by the platform's robot."""
        self.run_job("cron_integrity")
        latest = self.env["shora.integrity.check"]._latest
        self.assertEqual(latest(self.council)[self.council].checked_by, "سامانه به موجب ضوابط")
        self.council.with_user(self.head).action_check_integrity()
        self.assertEqual(latest(self.council)[self.council].checked_by, self.head.name)

    def test_the_button_is_for_those_who_read_the_chain(self):
        for user in (self.secretary, self.head, self.secretariat, self.auditor, self.president):
            action = self.council.with_user(user).action_check_integrity()
            self.assertEqual(action["res_model"], "shora.integrity.check")
        for user in (self.employee, self.hr):
            with self.assertRaises(AccessError), self.cr.savepoint():
                self.council.with_user(user).action_check_integrity()

    def test_a_secretary_sees_the_own_council_only(self):
        with tehran("2026-09-01 08:00"):
            other = self.make_council("T2")
            stranger, _people = self.staff_council(other, prefix="other ")
        self.check()
        for model in ("shora.seal", "shora.integrity.check"):
            self.assertFalse(self.env[model].with_user(stranger).search([("council_id", "=", self.council.id)]))

    def test_queries_do_not_grow_with_seals(self):
        row = self.first.attendance_ids.filtered(lambda r: r.partner_id == self.people["B2"])

        def cost():
            self.check()
            self.env.flush_all()
            begin = self.cr.sql_log_count
            self.check()
            return self.cr.sql_log_count - begin

        self.addendum(self.first, row, "excused")
        few = cost()
        for status in ("absent", "excused", "absent"):
            self.addendum(self.first, row, status)
        self.assertEqual(cost(), few)

    def test_the_command_names_what_it_finds(self):
        self.sql("UPDATE shora_minutes SET signed_name = 'X' WHERE id = %s", self.first.id)
        command = find_command("shora_integrity")()
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            self.assertEqual(command.check(self.env, ["T1"]), 1)
        lines = printed.getvalue().splitlines()
        self.assertEqual(len(lines), 3)
        self.assertRegex(lines[0], r"^T1: 2 seals, \d+ files, head [0-9a-f]{64}$")
        self.assertRegex(lines[1], r"^T1: \d+ copies, head ([0-9a-f]{64}|-)$")
        self.assertIn("T1: altered:", lines[2])
        self.assertIn("(Signer as printed)", lines[2])
        with self.assertRaises(SystemExit), contextlib.redirect_stderr(io.StringIO()):
            command.check(self.env, ["NONE"])
