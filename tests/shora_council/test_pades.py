"""PAdES by a test certificate: what is signed validates, one changed byte does not; what cannot sign says why (5-5)."""

import io
import os
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

from odoo.addons.shora_council.tools import pades
from odoo.exceptions import UserError
from odoo.tests import BaseCase, tagged
from odoo.tools import config
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfWriter

from tests.common import ShoraCase
from tests.shora_council.certificates import END, SECRET, Authority

NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


def blank_pdf(pages=1):
    """A small PDF that says nothing."""
    writer, target = PdfWriter(), io.BytesIO()
    for _page in range(pages):
        writer.add_blank_page(200, 200)
    writer.write(target)
    return target.getvalue()


class PadesCase(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.directory = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        cls.authority = Authority(cls.directory)
        cls.roots = pades.load_roots(cls.authority.pem())
        cls.holder = cls.authority.pkcs12("دبیرخانهٔ شوراها")
        cls.pdf = blank_pdf()
        cls.signed = pades.sign_pdf(cls.pdf, cls.holder, SECRET, "Minutes 7", NOW)

    def check(self, pdf, roots=None, now=NOW):
        return pades.check_pdf(pdf, self.roots if roots is None else roots, now)


@tagged("post_install", "-at_install")
class TestSigning(PadesCase):
    def test_signed_pdf_validates_and_keeps_its_bytes(self):
        self.assertTrue(self.signed.startswith(self.pdf))
        [found] = self.check(self.signed)
        self.assertEqual((found.signer, found.issuer), ("دبیرخانهٔ شوراها", "Root of the tests"))
        self.assertEqual((found.valid, found.whole, found.why, found.trust), (True, True, "", "trusted"))
        # Judged by the library itself as well, by its own rules.
        [embedded] = PdfFileReader(io.BytesIO(self.signed)).embedded_signatures
        context = ValidationContext(trust_roots=self.roots, allow_fetching=False, moment=NOW)
        self.assertEqual(embedded.sig_object["/SubFilter"], "/ETSI.CAdES.detached")
        self.assertEqual(embedded.sig_object["/Reason"], "Minutes 7")
        self.assertTrue(validate_pdf_signature(embedded, context).bottom_line)

    def test_one_usage_of_the_two_is_enough(self):
        for usage in ("digital_signature", "content_commitment"):
            holder = self.authority.pkcs12(usage, usages=(usage,))
            [found] = self.check(pades.sign_pdf(self.pdf, holder, SECRET, "x", NOW))
            self.assertEqual((found.valid, found.trust), (True, "trusted"))

    def test_every_changed_byte_of_what_is_covered_is_found(self):
        _start, first, last, _rest = PdfFileReader(io.BytesIO(self.signed)).embedded_signatures[0].byte_range
        for at in (*range(9, first, 97), *range(last, len(self.signed), 53), len(self.signed) - 1):
            changed = bytearray(self.signed)
            changed[at] ^= 1
            with self.subTest(at=at):
                try:
                    results = self.check(bytes(changed))
                except pades.NotReadable:
                    continue
                self.assertFalse(any(one.valid for one in results))

    def test_what_is_added_after_the_signature_is_found(self):
        writer, target = PdfWriter(io.BytesIO(self.signed), incremental=True), io.BytesIO()
        writer.add_blank_page(100, 100)
        writer.write(target)
        for name, pdf in (("page", target.getvalue()), ("bytes", self.signed + b"\n% more\n")):
            with self.subTest(name):
                [found] = self.check(pdf)
                self.assertEqual((found.valid, found.whole, found.why), (False, False, "added"))

    def test_second_signature_leaves_the_first_one_valid(self):
        both = pades.sign_pdf(self.signed, self.authority.pkcs12("Second"), SECRET, "y", NOW)
        self.assertEqual(
            [(one.signer, one.valid, one.whole) for one in self.check(both)],
            [("دبیرخانهٔ شوراها", True, False), ("Second", True, True)],
        )

    def test_names_as_iranian_certificates_have_them(self):
        for name in ("محمد رضایی [Sign]", "(دکتر) شرکت ABC", "نام‌خانوادگی ۱۲۳", "Ali رضا"):
            authority = Authority(self.directory, f"مرکز میانی {name} CA-1")
            roots = pades.load_roots(authority.pem())
            holder = authority.pkcs12(name)
            once = pades.sign_pdf(self.pdf, holder, SECRET, "تأیید", NOW)
            for found in self.check(pades.sign_pdf(once, holder, SECRET, "تأیید", NOW), roots):
                with self.subTest(name):
                    self.assertEqual((found.signer, found.valid, found.trust), (name, True, "trusted"))

    def test_broken_digest_is_no_signature(self):
        signer = pades.load(self.holder, SECRET, NOW)
        metadata = signers.PdfSignatureMetadata(field_name="Old", md_algorithm="sha1")
        pdf = signers.PdfSigner(metadata, signer).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(self.pdf))).getvalue()
        [found] = self.check(pdf)
        self.assertEqual((found.valid, found.why), (False, "weak"))

    def test_trust_is_told_apart_from_validity(self):
        other = pades.load_roots(Authority(self.directory, "Another root").pem())
        cases = [
            (self.roots, NOW, "trusted"),
            ([], NOW, "unknown"),
            (other, NOW, "untrusted"),
            (self.roots, END + timedelta(hours=1), "expired"),
        ]
        for roots, now, trust in cases:
            with self.subTest(trust):
                [found] = self.check(self.signed, roots, now)
                self.assertEqual((found.valid, found.trust), (True, trust))

    def test_unsigned_has_no_results(self):
        self.assertEqual(self.check(self.pdf), [])

    def test_what_is_no_pdf_is_refused(self):
        encrypted, target = PdfWriter(clone_from=io.BytesIO(self.pdf)), io.BytesIO()
        encrypted.encrypt("", "owner")
        encrypted.write(target)
        for raw in (b"", b"%PDF-1.7", b"%PDF-1.7\n" + bytes(300), b"PK\x03\x04", target.getvalue()):
            with self.subTest(raw[:10]), self.assertRaises(pades.NotReadable):
                self.check(raw)

    def test_certificate_that_cannot_sign_says_why(self):
        bad = self.directory / "bad.p12"
        bad.write_bytes(b"no certificate")
        cases = [
            (self.directory / "nowhere.p12", SECRET, "missing"),
            (self.directory, SECRET, "missing"),
            (bad, SECRET, "format"),
            (self.holder, "wrong", "secret"),
            (self.holder, "", "secret"),
            (self.authority.pkcs12("No key", with_key=False), SECRET, "key"),
            (self.authority.pkcs12("Old", end=NOW - timedelta(seconds=1)), SECRET, "expired"),
            (self.authority.pkcs12("New", begin=NOW + timedelta(days=1)), SECRET, "early"),
            (self.authority.pkcs12("TLS", usages=("key_encipherment",)), SECRET, "usage"),
        ]
        for path, secret, why in cases:
            with self.subTest(why), self.assertRaises(pades.CertificateRefused) as caught:
                pades.sign_pdf(self.pdf, path, secret, "x", NOW)
            self.assertEqual(caught.exception.why, why)

    def test_roots_that_are_none(self):
        for data in (b"", b"words", self.holder.read_bytes()):
            with self.subTest(data[:5]), self.assertRaises(ValueError):
                pades.load_roots(data)


@tagged("post_install", "-at_install")
class TestSettings(ShoraCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.directory = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        cls.authority = Authority(cls.directory)
        cls.holder = cls.authority.pkcs12("Office")
        cls.pdf = blank_pdf()

    def configure(self, path, secret=SECRET):
        self.enterContext(patch.dict(os.environ, {"SHORA_PKCS12": str(path), "SHORA_PKCS12_SECRET": secret}))

    def test_without_a_certificate_the_pdf_stays_as_it_is(self):
        self.assertEqual(self.env["shora.pdf"]._sign(self.pdf, "x"), self.pdf)

    def test_environment_comes_before_the_file(self):
        self.configure(self.holder)
        with patch.dict(config.options, {"shora_pkcs12": "/nowhere", "shora_pkcs12_secret": "wrong"}):
            [found] = self.env["shora.pdf"]._check_signatures(self.env["shora.pdf"]._sign(self.pdf, "x"))
        self.assertEqual((found.signer, found.valid, found.trust), ("Office", True, "unknown"))
        self.assertEqual(str(found.signed_at), "2026-11-23 08:30:00")

    def test_settings_of_the_file_are_enough(self):
        options = {"shora_pkcs12": str(self.holder), "shora_pkcs12_secret": SECRET}
        roots = self.directory / "roots.pem"
        roots.write_bytes(self.authority.pem())
        with patch.dict(config.options, {**options, "shora_trust_roots": str(roots)}):
            [found] = self.env["shora.pdf"]._check_signatures(self.env["shora.pdf"]._sign(self.pdf, "x"))
        self.assertEqual((found.valid, found.trust), (True, "trusted"))

    def test_refusals_name_the_setting_and_never_the_secret(self):
        cases = [
            (self.directory / "nowhere.p12", SECRET, "missing"),
            (self.holder, "wr0ng", "secret of its file is wrong"),
            (self.authority.pkcs12("Old", end=NOW - timedelta(days=1)), SECRET, "expired on"),
        ]
        for path, secret, words in cases:
            self.configure(path, secret)
            with self.subTest(words), self.assertRaisesRegex(UserError, words) as caught:
                self.env["shora.pdf"]._sign(self.pdf, "x")
            self.assertIn("shora_pkcs12", str(caught.exception))
            for hidden in (secret, str(path)):
                self.assertNotIn(hidden, str(caught.exception))
            self.assertEqual(self.env["shora.pdf"]._signature_refusal(), str(caught.exception))

    def test_roots_that_cannot_be_read_stop_the_judging(self):
        with (
            patch.dict(os.environ, {"SHORA_TRUST_ROOTS": "/nowhere.pem"}),
            self.assertRaisesRegex(UserError, "trusted certificates"),
        ):
            self.env["shora.pdf"]._check_signatures(self.pdf)

    def test_nothing_of_it_is_in_the_database(self):
        self.configure(self.holder)
        self.env["shora.pdf"]._sign(self.pdf, "x")
        self.assertFalse(self.env["ir.config_parameter"].search([("key", "ilike", "pkcs12")]))
