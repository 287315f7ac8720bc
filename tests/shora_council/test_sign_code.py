"""Signing by a user with a second factor, over RPC: the password alone signs nothing (5-5)."""

import base64
import time
from unittest.mock import patch

from odoo.addons.auth_totp.models.totp import TOTP, hotp
from odoo.exceptions import UserError
from odoo.tools import mute_logger

from tests.common import ShoraHttpCase

SECRET = base64.b32encode(b"sixteen byte key").decode()


class TestSecondFactor(ShoraHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_english_council()

    def setUp(self):
        super().setUp()
        session = self.held_session(self.council, "2026-11-09")
        self.minutes = session.env["shora.minutes"]._draft_for(session)
        self.secretary.sudo().totp_secret = SECRET
        self.authenticate(self.secretary.login, self.secretary.login)

    def call(self, model, method, *args, **kwargs):
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        answer = self.make_jsonrpc_request(f"/web/dataset/call_kw/{model}/{method}", params)
        self.env.invalidate_all()
        return answer

    @mute_logger("odoo.addons.auth_totp.models.res_users")
    def test_password_and_code(self):
        dialog = self.call("shora.minutes", "action_sign", self.minutes.ids)["res_id"]
        [shown] = self.call("shora.sign", "read", [dialog], ["second_factor", "subject"])
        self.assertEqual(shown["second_factor"], "totp")
        counter = int(time.time() / 30)
        right = f"{hotp(base64.b32decode(SECRET), counter):06}"
        wrong = f"{(int(right) + 1) % 1_000_000:06}"
        self.assertIsNone(TOTP(base64.b32decode(SECRET)).match(int(wrong)))
        password = self.secretary.login
        for context in (
            {"password": password},
            {"password": password, "code": wrong},
            {"password": "wrong", "code": right},
        ):
            answer = self.call("shora.sign", "action_confirm", [dialog], context=context)
            self.assertEqual(answer["res_model"], "shora.sign")
            self.assertEqual(self.minutes.state, "draft")
            self.assertIn("is not right", self.env["shora.sign"].browse(dialog).refusal)
        failed = self.env["auth.totp.rate.limit.log"].sudo().search_count([("user_id", "=", self.secretary.id)])
        self.assertEqual(failed, 2, "a wrong code is counted, for nothing was rolled back")
        persian = right.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
        self.call("shora.sign", "action_confirm", [dialog], context={"password": password, "code": persian})
        self.assertEqual((self.minutes.state, self.minutes.seal_id.identity), ("signed", "password_code"))

    @mute_logger("odoo.addons.auth_totp_mail.models.res_users")
    def test_code_by_mail_where_the_house_demands_one(self):
        """A house may demand a second factor of all: who has none gets a code by mail for the signature."""
        self.secretary.sudo().totp_secret = False
        self.env["ir.config_parameter"].sudo().set_param("auth_totp.policy", "employee_required")
        self.authenticate(self.secretary.login, self.secretary.login)  # another factor, another session
        mails = self.env["mail.mail"].sudo()
        with patch.object(self.registry["mail.mail"], "send", lambda *args, **kwargs: True):
            dialog = self.call("shora.minutes", "action_sign", self.minutes.ids)["res_id"]
        code, _expiration = self.secretary.sudo()._get_totp_mail_code()
        sent = mails.search([("email_to", "=", self.secretary.email)], order="id desc", limit=1)
        self.assertIn(code, sent.body_html)
        self.assertEqual(self.call("shora.sign", "read", [dialog], ["second_factor"])[0]["second_factor"], "totp_mail")
        password = self.secretary.login
        for context in ({"password": password}, {"password": password, "code": f"{(int(code) + 1) % 1_000_000:06}"}):
            self.call("shora.sign", "action_confirm", [dialog], context=context)
            self.assertEqual(self.minutes.state, "draft")
        self.call("shora.sign", "action_confirm", [dialog], context={"password": password, "code": code})
        self.assertEqual((self.minutes.state, self.minutes.seal_id.identity), ("signed", "password_code"))

    def test_a_file_beside_minutes_is_signed_by_nobody(self):
        dialog = self.minutes.env["shora.sign"].create({"res_model": "shora.minutes.file", "res_id": 1})
        with self.assertRaisesRegex(UserError, "no such document"):
            dialog.with_context(password=self.secretary.login).action_confirm()
