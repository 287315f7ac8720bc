"""Files beside signed minutes (5-5, 5-7): scans and PDFs signed elsewhere, judged, sealed, kept."""

import base64
import importlib.util
import io
import os
import tempfile
from pathlib import Path
from unittest.mock import patch

from odoo.addons import shora_council
from odoo.addons.shora_council.tools import pades
from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger
from PIL import Image

from tests.common import tehran
from tests.shora_council.certificates import SECRET, Authority
from tests.shora_council.test_pades import NOW, blank_pdf
from tests.shora_council.test_seal import SealCase


def picture(kind="PNG"):
    target = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(target, kind)
    return target.getvalue()


class FileCase(SealCase):
    LAYS_OUT = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.directory = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        cls.authority = Authority(cls.directory)
        cls.token = cls.authority.pkcs12("Token of the chair")

    def sealed_pdf(self, minutes):
        return base64.b64decode(minutes.sudo().pdf)

    def token_signed(self, minutes, times=1):
        pdf = self.sealed_pdf(minutes)
        for _time in range(times):
            pdf = pades.sign_pdf(pdf, self.token, SECRET, "Approved", NOW)
        return pdf

    def trust(self):
        roots = self.directory / "roots.pem"
        roots.write_bytes(self.authority.pem())
        self.enterContext(patch.dict(os.environ, {"SHORA_TRUST_ROOTS": str(roots)}))


class TestMinutesFile(FileCase):
    def test_scan_is_filed_and_sealed(self):
        raw = picture()
        file = self.first._file("scan", "C:\\scans\\sheet 1.jpeg", raw)
        self.assertEqual((file.name, file.size, file.filed_name), ("sheet 1.png", len(raw), self.secretary.name))
        self.assertEqual(base64.b64decode(file.file), raw)
        seal = self.env["shora.seal"].search([("council_id", "=", self.council.id)])[-1]
        self.assertEqual((seal.res_model, seal.res_id, seal.identity), (file._name, file.id, "filed"))
        self.assertEqual((seal.pdf_sha256, seal.content_sha256), (file.pdf_sha256, file.content_sha256))
        self.assertEqual(file.seal_position, 3)
        self.assertFalse(file.verdict)
        self.assertEqual(self.first.file_ids, file)
        self.assertFalse(self.problems())

    def test_name_shows_what_the_file_is(self):
        for typed, shown in (
            ("../../etc/passwd", "passwd.png"),
            ("minutes\u202efdp.png", "minutesfdp.png"),
            (None, "-.png"),
            ("صورت‌جلسه.html", "صورت‌جلسه.png"),
            ("a\nb.png", "ab.png"),
        ):
            image = Image.new("RGB", (9, 9), (len(shown), 1, 2))
            target = io.BytesIO()
            image.save(target, "PNG")
            with self.subTest(typed):
                self.assertEqual(self.first._file("scan", typed, target.getvalue()).name, shown)

    def test_signed_by_a_token_is_judged_and_shown(self):
        self.trust()
        file = self.first._file("signed", "signed.pdf", self.token_signed(self.first))
        [signature] = file.signature_ids
        self.assertEqual((signature.signer, signature.issuer), ("Token of the chair", "Root of the tests"))
        self.assertEqual((signature.is_valid, signature.is_whole, signature.trust), (True, True, "trusted"))
        self.assertEqual((file.verdict, file.has_sealed, file.signers), ("trusted", True, "Token of the chair"))
        self.assertFalse(self.problems())

    def test_without_roots_trust_is_not_judged(self):
        file = self.first._file("signed", "signed.pdf", self.token_signed(self.first))
        self.assertEqual((file.signature_ids.trust, file.verdict), ("unknown", "valid"))

    def test_signature_that_is_not_valid_is_filed_and_says_so(self):
        self.trust()
        changed = bytearray(self.token_signed(self.first))
        changed[len(self.sealed_pdf(self.first)) // 2] ^= 1
        file = self.first._file("signed", "signed.pdf", bytes(changed))
        self.assertEqual((file.verdict, file.has_sealed), ("invalid", False))
        self.assertEqual((file.signature_ids.is_valid, file.signature_ids.why), (False, "digest"))
        self.assertFalse(self.problems())

    def test_another_document_signed_is_told_apart(self):
        self.trust()
        file = self.first._file("signed", "other.pdf", self.token_signed(self.second))
        self.assertEqual((file.verdict, file.has_sealed), ("trusted", False))

    def test_a_signature_that_cannot_be_read_names_nobody(self):
        file = self.first._file("signed", "signed.pdf", self.token_signed(self.first))
        file.sudo().signature_ids.create({"file_id": file.id, "trust": "unknown"})
        self.assertEqual((file.signers, file.verdict), ("Token of the chair", "invalid"))

    def test_what_cannot_be_filed(self):
        cases = [
            ("scan", b"", "empty"),
            ("scan", b"<html><script>1</script></html>", "neither"),
            ("scan", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "neither"),
            ("scan", picture("GIF"), "neither"),
            ("scan", picture()[:60], "damaged"),
            ("scan", b"%PDF-1.7\nnothing", "damaged"),
            ("signed", picture(), "is filed as a PDF"),
            ("signed", blank_pdf(), "no digital signature"),
            ("signed", b"%PDF-1.7\nnothing", "no PDF that can be read"),
        ]
        for kind, raw, words in cases:
            with self.subTest(kind=kind, raw=raw[:12]), self.assertRaisesRegex(UserError, words):
                self.first._file(kind, "x.pdf", raw)
        with (
            patch("odoo.addons.shora_council.models.minutes_files.LIMIT", 10),
            self.assertRaisesRegex(UserError, "too large"),
        ):
            self.first._file("scan", "x.png", picture())
        self.assertFalse(self.first.file_ids)

    def test_the_same_file_is_filed_once(self):
        self.first._file("scan", "a.png", picture())
        with self.assertRaisesRegex(UserError, "already"):
            self.first._file("scan", "b.png", picture())
        self.second._file("scan", "a.png", picture())

    def test_draft_takes_no_file_and_absence_blocks_nothing(self):
        session = self.held_session(self.council, "2026-11-11")
        draft = session.env["shora.minutes"]._draft_for(session)
        self.assertFalse(draft.may_file)
        with self.assertRaisesRegex(UserError, "sign them first"):
            draft.action_new_file()
        draft._sign("password")
        draft.action_forward()
        self.assertEqual(draft.state, "forwarded")

    def test_filed_at_any_later_time(self):
        self.first.action_forward()
        there = self.first.with_user(self.secretariat)
        there.action_receive()
        there.action_review()
        with tehran("2027-06-01 10:00"):
            file = there._file("scan", "late.png", picture())
        self.assertEqual(file.filed_name, self.secretariat.name)
        self.assertFalse(self.problems())

    def test_who_may_file(self):
        for user in (self.president, self.auditor, self.office):
            minutes = self.first.with_user(user)
            with self.subTest(user.login), self.assertRaises(AccessError):
                minutes.action_new_file()
            self.assertFalse(minutes.may_file)
        with tehran("2026-09-01 08:00"):
            stranger, _people = self.staff_council(self.make_council("T2"), prefix="x")
        add = self.env["shora.minutes.file.add"]
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            dialog = add.with_user(stranger).create(
                {"minutes_id": self.first.id, "file": base64.b64encode(picture()), "file_name": "x.png"}
            )
            dialog.action_confirm()
        self.assertFalse(self.first.sudo().file_ids)

    def test_dialog_files_what_was_chosen(self):
        action = self.first.action_new_file()
        raw = self.token_signed(self.first)
        dialog = (
            self.env[action["res_model"]]
            .with_user(self.secretary)
            .with_context(**action["context"])
            .create({"kind": "signed", "file": base64.b64encode(raw), "file_name": "s.pdf"})
        )
        shown = dialog.action_confirm()
        self.assertEqual((shown["res_model"], shown["res_id"]), ("shora.minutes.file", self.first.file_ids.id))


class TestKept(FileCase):
    def setUp(self):
        super().setUp()
        self.file = self.first._file("signed", "signed.pdf", self.token_signed(self.first, times=2))

    def attachment(self):
        return self.env["ir.attachment"].search([("res_model", "=", "shora.minutes.file"), ("res_field", "=", "file")])

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule", "odoo.models")
    def test_nobody_changes_or_removes_it(self):
        root = self.env.ref("base.user_root")
        admin = self.env.ref("base.user_admin")
        for user in (self.secretary, self.secretariat, self.head, self.admin, admin, root):
            file = self.file.with_user(user)
            attachment = self.attachment().with_user(user)
            for name, step in {
                "write": lambda file=file: file.write({"name": "x"}),
                "replace": lambda file=file: file.write({"file": base64.b64encode(picture())}),
                "unlink": lambda file=file: file.unlink(),
                "copy": lambda file=file: file.copy(),
                "signature": lambda file=file: file.signature_ids[0].write({"is_valid": False}),
                "remove signature": lambda file=file: file.signature_ids.unlink(),
                "attachment": lambda file=attachment: file.write({"raw": b"x"}),
                "remove attachment": lambda file=attachment: file.unlink(),
                "by the minutes": lambda user=user: self.first.with_user(user).write(
                    {"file_ids": [(2, self.file.id, 0)]}
                ),
            }.items():
                with self.subTest(user=user.login, step=name), self.assertRaises(UserError):
                    step()

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_nobody_writes_one_by_hand(self):
        vals = self.file.sudo().copy_data()[0] | {"name": "by hand", "pdf_sha256": "0" * 64}
        for user in (self.secretary, self.secretariat, self.admin):
            for model, values in (
                ("shora.minutes.file", vals),
                ("shora.minutes.file.signature", {"file_id": self.file.id, "is_valid": True, "trust": "trusted"}),
            ):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    self.env[model].with_user(user).create(values)

    def test_changes_past_odoo_are_named(self):
        mine = (self.file._name, self.file.id)
        cases = {
            "UPDATE shora_minutes_file SET name = 'other.pdf' WHERE id = %s": ("altered", *mine),
            "UPDATE shora_minutes_file SET filed_name = 'Somebody' WHERE id = %s": ("altered", *mine),
            "UPDATE shora_minutes_file SET content_json = '{}' WHERE id = %s": ("altered", *mine),
            "UPDATE shora_minutes_file_signature SET why = 'forged' WHERE file_id = %s": ("altered", *mine),
            "DELETE FROM shora_minutes_file_signature WHERE file_id = %s": ("altered", *mine),
            "DELETE FROM ir_attachment WHERE res_model = 'shora.minutes.file' AND res_id = %s": ("missing", *mine),
        }
        for query, problem in cases.items():
            with self.subTest(query), self.cr.savepoint() as savepoint:
                self.sql(query, self.file.id)
                self.assertEqual(self.problems(), {problem})
                savepoint.rollback()
                self.env.invalidate_all()
        self.assertFalse(self.problems())

    def test_another_file_in_the_filestore_is_named(self):
        path = Path(self.env["ir.attachment"]._full_path(self.attachment().store_fname))
        before = path.read_bytes()
        self.addCleanup(path.write_bytes, before)
        path.write_bytes(before[:-1])
        self.env.invalidate_all()
        self.assertEqual(self.problems(), {("altered", self.file._name, self.file.id)})

    def test_the_secretariat_has_a_copy(self):
        for session, originals in self.first.session_id._archive_missing().items():
            self.env["shora.archive.copy"]._keep(session, originals)
        copy = self.env["shora.archive.copy"].search([("res_model", "=", self.file._name)])
        self.assertEqual((copy.name, copy.sha256), ("signed.pdf", self.file.pdf_sha256))

    def test_a_list_costs_the_same_for_more_files(self):
        def cost(minutes):
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            minutes.with_user(self.secretary).file_ids.read(
                ["display_name", "shown_size", "signers", "verdict", "seal_position", "filed_name"]
            )
            return self.cr.sql_log_count - before

        cost(self.first)
        few = cost(self.first)
        for number in range(4):
            target = io.BytesIO()
            Image.new("RGB", (9 + number, 9)).save(target, "PNG")
            self.first._file("scan", "s.png", target.getvalue())
        self.assertLessEqual(cost(self.first), few)


class TestMigration(SealCase):
    def test_scan_of_earlier_versions_becomes_a_file(self):
        session = self.held_session(self.council, "2026-11-11")
        draft = session.env["shora.minutes"]._draft_for(session)
        for minutes in (self.first, draft):
            self.env["ir.attachment"].sudo().create(
                {"res_model": minutes._name, "res_id": minutes.id, "res_field": "signed_scan", "name": "signed_scan"}
            ).raw = picture()
        self.env.flush_all()
        path = Path(shora_council.__path__[0]) / "migrations" / "19.0.0.4.0" / "end-files.py"
        spec = importlib.util.spec_from_file_location("end_files", path)
        script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(script)
        for _time in range(2):  # an update that broke off is repeated
            script.migrate(self.env.cr, "19.0.0.3.0")
        file = self.first.file_ids
        self.assertEqual((file.kind, base64.b64decode(file.sudo().file)), ("scan", picture()))
        self.assertEqual(file.seal_id.identity, "before_chain")
        [kept] = self.env["ir.attachment"].search([("res_model", "=", draft._name), ("res_id", "=", draft.id)])
        self.assertEqual(kept.raw, picture())
        self.assertFalse(self.problems())
