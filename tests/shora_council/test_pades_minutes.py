"""Minutes sealed with the organisation's certificate (5-5): any reader verifies the PDF."""

import base64
import os
import tempfile
from pathlib import Path
from unittest.mock import patch

from odoo.addons.shora_council.rules import sealing
from odoo.exceptions import UserError

from tests.common import tehran
from tests.shora_council.certificates import SECRET, Authority
from tests.shora_council.test_seal import SealCase


class TestMinutesSigned(SealCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        directory = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        authority = Authority(directory)
        roots = directory / "roots.pem"
        roots.write_bytes(authority.pem())
        cls.settings = {
            "SHORA_PKCS12": str(authority.pkcs12("دبیرخانه شوراهای راهبردی")),
            "SHORA_PKCS12_SECRET": SECRET,
            "SHORA_TRUST_ROOTS": str(roots),
        }

    def setUp(self):
        super().setUp()
        self.enterContext(patch.dict(os.environ, self.settings))

    def test_sealed_pdf_is_signed_and_the_seal_is_of_the_signed_file(self):
        minutes = self.signed("2026-11-10")
        pdf = base64.b64decode(minutes.pdf)
        [found] = self.env["shora.pdf"]._check_signatures(pdf)
        self.assertEqual((found.signer, found.valid, found.whole), ("دبیرخانه شوراهای راهبردی", True, True))
        self.assertEqual(found.trust, "trusted")
        self.assertEqual(found.signed_at, minutes.signed_at)
        self.assertEqual((minutes.pdf_sha256, minutes.seal_id.pdf_sha256), (sealing.sha256_hex(pdf),) * 2)
        changed = bytearray(pdf)
        changed[len(pdf) // 3] ^= 1
        self.assertFalse(any(one.valid for one in self.env["shora.pdf"]._check_signatures(bytes(changed))))
        self.assertFalse(self.problems())

    def test_addendum_is_signed_too(self):
        row = self.first.attendance_ids.filtered(lambda r: r.partner_id == self.people["B2"])
        addendum = self.addendum(self.first, row)
        [found] = self.env["shora.pdf"]._check_signatures(base64.b64decode(addendum.pdf))
        self.assertTrue(found.valid)

    def test_certificate_that_cannot_sign_leaves_a_draft_without_a_trace(self):
        session = self.held_session(self.council, "2026-11-10")
        with tehran("2026-11-11 15:00"):
            minutes = session.env["shora.minutes"]._draft_for(session)
            seals = self.env["shora.seal"].search_count([("council_id", "=", self.council.id)])
            with (
                patch.dict(os.environ, {"SHORA_PKCS12_SECRET": "wrong"}),
                self.assertRaisesRegex(UserError, "secret of its file is wrong"),
                self.cr.savepoint(),  # as the request's own transaction
            ):
                minutes._sign("password")
            self.env.invalidate_all()
            self.assertEqual((minutes.state, minutes.pdf, minutes.content_sha256), ("draft", False, False))
            self.assertEqual(self.env["shora.seal"].search_count([("council_id", "=", self.council.id)]), seals)
            minutes._sign("password")
        self.assertEqual(minutes.state, "signed")
