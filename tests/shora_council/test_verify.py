"""The public page (5-5): a printed code, a QR or a PDF matches or does not, and nothing else is shown."""

import re
from urllib.parse import parse_qs, urlsplit

from odoo.fields import Command

from tests.common import ShoraHttpCase, tehran

NO = "It does not match any sealed document."
YES = "It matches: this document is sealed and unchanged."
WAIT = "Too many questions"


class TestVerify(ShoraHttpCase):
    LAYS_OUT = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_english_council()

    def setUp(self):
        super().setUp()
        session = self.held_session(self.council, "2026-11-09")  # ۱۸ آبان ۱۴۰۵
        self.minutes = session.env["shora.minutes"]._draft_for(session)
        self.minutes._sign("password")
        self.code = self.env["shora.seal"]._code(self.minutes.content_sha256)
        self.env.flush_all()

    def ask(self, language="en", **values):
        answer = self.url_open("/shora/verify", data={"hl": language, **values})
        self.assertEqual(answer.headers["Cache-Control"], "no-store")
        self.assertEqual(answer.headers["Referrer-Policy"], "no-referrer")
        self.assertIn("noindex", answer.headers["X-Robots-Tag"])
        self.assertNotIn("Set-Cookie", answer.headers)
        return answer

    def verdict(self, answer):
        found = [text for text in (YES, NO) if text in answer.text]
        self.assertEqual(len(found), 1, answer.text[:2000])
        return found[0] == YES

    def upload(self, data):
        answer = self.url_open("/shora/verify", data={"hl": "en"}, files={"pdf": ("m.pdf", data, "application/pdf")})
        return self.verdict(answer)

    def test_the_printed_code(self):
        self.assertRegex(self.code, r"^([0-9a-f]{4} ){4}[0-9a-f]{4}$")
        right = {"n": "1", "d": "1405/08/18", "c": self.code}
        for typed in (
            right,
            {**right, "n": "۱", "d": "۱۴۰۵/۰۸/۱۸"},
            {**right, "d": "۱۸ آبان ۱۴۰۵", "c": self.code.upper().replace(" ", "")},
            {**right, "c": self.minutes.content_sha256},
        ):
            with self.subTest(typed):
                self.assertTrue(self.verdict(self.ask(**typed)))
        other = ("0" if self.code[0] != "0" else "1") + self.code[1:]
        for typed in (
            {**right, "n": "2"},
            {**right, "d": "1405/08/19"},
            {**right, "d": "1405/13/40"},
            {**right, "c": other},
            {**right, "c": self.code[:-1]},
            {**right, "c": "%" * 20},
            {**right, "n": "1 OR 1=1"},
            {"n": "1", "d": "1405/08/18"},
        ):
            with self.subTest(typed):
                self.assertFalse(self.verdict(self.ask(**typed)))

    def test_the_qr(self):
        address = self.env["shora.seal"]._address(1, self.minutes.session_id.day, self.minutes.content_sha256)
        query = parse_qs(urlsplit(address).query)
        self.assertEqual(query, {"n": ["1"], "d": ["1405-08-18"], "c": [self.code.replace(" ", "")]})
        self.assertTrue(self.verdict(self.url_open(f"/shora/verify?{urlsplit(address).query}&hl=en")))

    def test_the_file(self):
        [file] = self.env["ir.attachment"].search(
            [("res_model", "=", "shora.minutes"), ("res_field", "=", "pdf"), ("res_id", "=", self.minutes.id)]
        )
        whole = file.raw
        self.assertTrue(self.upload(whole))
        for changed in (whole[:-1], whole + b"\n", whole[:100] + bytes([whole[100] ^ 1]) + whole[101:], b"%PDF-1.7"):
            self.assertFalse(self.upload(changed))

    def test_an_addendum_has_a_code_of_its_own(self):
        addendum = self.minutes.env["shora.minutes.addendum"].create(
            {"minutes_id": self.minutes.id, "reason": "R", "text": "<p>T</p>", "line_ids": [Command.clear()]}
        )
        addendum._sign("password")
        self.env.flush_all()
        code = self.env["shora.seal"]._code(addendum.content_sha256)
        self.assertNotEqual(code, self.code)
        self.assertTrue(self.verdict(self.ask(n="1", d="1405/08/18", c=code)))

    def test_nothing_else_is_shown(self):
        """A yes about one document and a no about a real or an invented one differ by the one sentence only."""

        def page(**values):
            text = re.sub(r'value="[^"]*"', "", self.ask(**values).text)
            return re.sub(r'<div class="answer.*?</div>', "", text)

        right = page(n="1", d="1405/08/18", c=self.code)
        self.assertEqual(right, page(n="1", d="1405/08/18", c="0" * 20))
        self.assertEqual(right, page(n="9", d="1405/01/01", c="f" * 20))
        for secret in (self.council.name, self.secretary.name, "Hall"):
            self.assertNotIn(secret, self.ask(n="1", d="1405/08/18", c=self.code).text)

    def test_a_row_slipped_into_the_chain_vouches_for_nothing(self):
        self.env.cr.execute(
            "UPDATE shora_seal SET content_sha256 = %s WHERE id = %s", ("0" * 64, self.minutes.seal_id.id)
        )
        self.env.invalidate_all()
        self.assertFalse(self.verdict(self.ask(n="1", d="1405/08/18", c="0" * 20)))

    def test_typed_text_is_text(self):
        answer = self.ask(n='"><script>alert(1)</script>', d="x", c="y")
        self.assertNotIn("<script", answer.text)
        self.assertIn("default-src 'none'", answer.headers["Content-Security-Policy"])

    def test_it_is_limited(self):
        for _question in range(20):
            self.assertEqual(self.ask(n="1", d="1405/08/18", c="0" * 20).status_code, 200)
        answer = self.ask(n="1", d="1405/08/18", c=self.code)
        self.assertEqual(answer.status_code, 429)
        self.assertIn(WAIT, answer.text)
        self.assertNotIn(YES, answer.text)
        self.assertLessEqual(int(answer.headers["Retry-After"]), 60)
        self.assertEqual(self.url_open("/shora/verify").status_code, 200)  # the empty page asks nothing
        questions = self.env["shora.seal.verification"]
        self.assertEqual(questions._may_ask("198.51.100.9"), 0)  # another address
        self.assertNotIn("127.0.0.1", questions.search([]).mapped("address"))

    def test_addresses_of_one_network_share_a_limit(self):
        questions = self.env["shora.seal.verification"]
        for number in range(20):
            self.assertEqual(questions._may_ask(f"2001:db8:1:2:{number}::{number}"), 0)
        self.assertGreater(questions._may_ask("2001:db8:1:2:ffff::1"), 0)
        self.assertEqual(questions._may_ask("2001:db8:1:3::1"), 0)
        for _number in range(20):
            self.assertEqual(questions._may_ask("203.0.113.7"), 0)
        self.assertGreater(questions._may_ask("::ffff:203.0.113.7"), 0)  # the same address, written for IPv6
        self.assertEqual(questions._may_ask("203.0.113.8"), 0)
        self.assertEqual(questions._may_ask(None), 0)

    def test_limit_of_the_hour(self):
        questions = self.env["shora.seal.verification"]
        refused = 0
        for minute in range(30, 81, 5):  # one hour of UTC
            with tehran(f"2026-11-12 {10 + minute // 60}:{minute % 60:02}"):
                refused += sum(bool(questions._may_ask("198.51.100.7")) for _question in range(20))
        self.assertEqual(refused, 20)

    def test_a_row_that_is_no_row_is_no_match_and_no_failure(self):
        self.env.cr.execute("UPDATE shora_seal SET pdf_sha256 = 'x' WHERE id = %s", (self.minutes.seal_id.id,))
        self.env.invalidate_all()
        self.assertFalse(self.verdict(self.ask(n="1", d="1405/08/18", c=self.code)))

    def test_counts_are_forgotten(self):
        questions = self.env["shora.seal.verification"]
        questions._may_ask("198.51.100.9")
        with tehran("2036-01-01 10:00"):
            questions._gc()
            self.assertFalse(questions.search([]))

    def test_in_persian(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        answer = self.ask(language="", n="1", d="1405/08/18", c=self.code)
        self.assertIn('dir="rtl"', answer.text)
        self.assertIn("مطابقت دارد", answer.text)
        self.assertFalse(re.search(r">[^<]*[A-Za-z]{3,}[^<]*<", answer.text.replace("PDF", "")), answer.text)

    def test_the_printed_page_has_them(self):
        minutes = self.minutes
        html = self.env["shora.pdf"]._html("shora_council.document_minutes", minutes, content=minutes._sealed_content())
        self.assertIn(self.code, html)
        self.assertIn("<svg:svg" if "<svg:svg" in html else "<svg", html)
        draft = self.held_session(self.council, "2026-11-11")
        draft = draft.env["shora.minutes"]._draft_for(draft)
        html = self.env["shora.pdf"]._html("shora_council.document_minutes", draft, content=draft._content())
        self.assertNotIn("seal-code", html)
