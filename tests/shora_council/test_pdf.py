"""The legal documents (5-1, 5-5): every letter of the source, fonts inside, nothing fetched, seals kept."""

import base64
import hashlib
import io
import re
import socket
import threading
import time
from collections import Counter
from unittest.mock import patch

from odoo.addons.shora_council.tools import weasy
from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger
from pypdf import PdfReader

from tests.common import CouncilBuilder, ShoraCase, ShoraHttpCase, tehran
from tests.shora_council.pdf_text import body_text, letters, text_of

#: Pangram-like: every Persian letter, ZWNJ, both digits, brackets, Latin inside.
PERSIAN = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی آیین‌نامه ۱۴۰۵ و «می‌شود» (UCLG) 2027"


def fonts_of(pdf):
    """[(name, is embedded)] of all fonts of all pages."""
    found = set()
    for page in PdfReader(io.BytesIO(pdf)).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            for descendant in font.get_object().get("/DescendantFonts", [font]):
                one = descendant.get_object()
                descriptor = one.get("/FontDescriptor", {})
                embedded = any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
                found.add((str(one["/BaseFont"]), embedded))
    return sorted(found)


class Listener:
    """A server on loopback that only counts who knocks."""

    def __enter__(self):
        self.knocks = 0
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()
        return self

    def _serve(self):
        while True:
            try:
                connection, _address = self.socket.accept()
            except OSError:
                return
            self.knocks += 1
            connection.close()

    def __exit__(self, *_exc):
        time.sleep(0.1)
        self.socket.close()


@tagged("post_install", "-at_install")
class TestRenderer(ShoraCase):
    """WeasyPrint behind its wall, without a record."""

    def render(self, body, css=""):
        return weasy.render(f'<html lang="fa" dir="rtl"><body style="font-family: Vazirmatn">{body}</body></html>', css)

    def test_persian_comes_back_letter_by_letter(self):
        self.assertEqual(letters(text_of(self.render(f"<p>{PERSIAN}</p>"))), letters(PERSIAN))

    def test_the_same_source_gives_the_same_file(self):
        self.assertEqual(self.render(PERSIAN), self.render(PERSIAN))

    def test_what_a_thread_has_prepared_changes_no_file(self):
        """Fonts and parsed style sheets are kept for each thread."""
        css, fresh = "p { font-size: 20pt }", []
        first = self.render(f"<p>{PERSIAN}</p>", css)
        self.assertNotEqual(self.render(f"<p>{PERSIAN}</p>", "p { font-size: 9pt }"), first)
        other = threading.Thread(target=lambda: fresh.append(self.render(f"<p>{PERSIAN}</p>", css)))
        other.start()
        other.join()
        self.assertEqual([self.render(f"<p>{PERSIAN}</p>", css), *fresh], [first, first])

    def test_nothing_leaves_the_process(self):
        with Listener() as listener:
            url = f"http://127.0.0.1:{listener.port}/x"
            svg = base64.b64encode(
                f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{url}.png" width="9" height="9"/></svg>'.encode()
            ).decode()
            pdf = self.render(
                f"<style>@import url({url}.css); @font-face {{font-family: f; src: url({url}.ttf)}}</style>"
                f'<link rel="stylesheet" href="{url}.css"><link rel="attachment" href="file:///etc/passwd">'
                f'<base href="{url}"><img src="{url}.png"><img src="//127.0.0.1:{listener.port}/y.png">'
                f'<p style="background: url({url}.png)">پایان</p><object data="{url}.svg"></object>'
                f'<embed src="{url}.svg"><img src="data:image/svg+xml;base64,{svg}">',
                f"@page {{ background: url({url}.png) }}",
            )
        self.assertEqual(listener.knocks, 0)
        self.assertEqual(letters(text_of(pdf)), letters("پایان"))

    def test_no_file_of_the_disk(self):
        plain = self.render("<p>پایان</p>")
        pdf = self.render(
            '<p>پایان</p><link rel="attachment" href="file:///etc/passwd"><img src="file:///etc/passwd">'
            '<object data="file:///etc/passwd"></object>'
        )
        self.assertEqual(PdfReader(io.BytesIO(pdf)).attachments, {})
        self.assertEqual(text_of(pdf), text_of(plain))
        self.assertNotIn(b"root:", pdf)

    def test_static_files_only(self):
        base = weasy.BASE_URL
        self.assertEqual(weasy.static_path(f"{base}web/static/img/logo.png"), "web/static/img/logo.png")
        for wrong in (
            "shora_council/models/pdf.py",
            "shora_council/static/../models/pdf.py",
            "shora_council/static/%2e%2e/__manifest__.py",
            "shora_council/static/src/x.py",
            "shora_council/static/..\\x.png",
            "/etc/passwd",
            "static/x.png",
        ):
            self.assertIsNone(weasy.static_path(f"{base}{wrong}"), wrong)
        for foreign in (
            "file:///etc/x/static/a.png",
            "http://documents.invalid.example.com/a/static/x.png",
            "ftp://a/b/static/x.png",
        ):
            self.assertIsNone(weasy.static_path(foreign), foreign)

    def test_missing_letters_are_named_and_nothing_comes_out(self):
        with self.assertRaises(weasy.GlyphsMissing) as caught:
            self.render("<p>سلام \U0001e900</p>")
        self.assertEqual(caught.exception.characters, "\U0001e900")

    def test_missing_renderer_is_said_and_nothing_is_issued(self):
        decree = self.decree(self.council, "B9", self.make_partner("late expert"), "2026-11-01")
        missing = patch.object(weasy, "_load", side_effect=weasy.RendererMissing("no pango"))
        with missing, self.assertRaisesRegex(UserError, "libpango"), self.env.cr.savepoint():
            decree.action_issue()
        self.env.invalidate_all()
        self.assertEqual((decree.state, decree.pdf, decree.internal_number), ("proposed", False, False))

    def test_five_pages_within_the_goal(self):
        page = f"<p>{PERSIAN * 5}</p>" * 8 + '<p style="break-after: page"></p>'
        self.render(PERSIAN)
        started = time.perf_counter()
        pdf = self.render(page * 5)
        seconds = time.perf_counter() - started
        self.assertGreaterEqual(len(PdfReader(io.BytesIO(pdf)).pages), 5)
        self.assertLess(seconds, 3.0, "goal 0.6 s on an idle machine; five times that is no load's fault")


class DocumentCase(ShoraCase):
    """One council's documents, each once."""

    def setUp(self):
        super().setUp()
        self.env["res.lang"]._activate_lang("fa_IR")
        self.people["B1"].name = "زهرا ژاله‌پور"
        self.held = self.held_session(self.council, "2026-10-12", absent=self.people["B3"])
        self.minutes = self.held.env["shora.minutes"]._draft_for(self.held)

    def sign(self):
        with tehran("2026-10-14 10:00"):
            self.minutes._sign("password")
        return self.minutes

    def raw(self, record, field="pdf"):
        return base64.b64decode(record.with_context(bin_size=False)[field])

    def file_of(self, record, field="pdf"):
        return (
            self.env["ir.attachment"]
            .sudo()
            .search([("res_model", "=", record._name), ("res_field", "=", field), ("res_id", "=", record.id)])
        )

    def pages(self):
        """{template: record} of every kind of document."""
        self.sign()
        with tehran("2026-10-15 10:00"):
            self.minutes.action_forward()
            addendum = self.minutes.env["shora.minutes.addendum"].create(
                {"minutes_id": self.minutes.id, "reason": "اشتباه در ثبت", "text": f"<p>{PERSIAN}</p>"}
            )
            addendum._sign("password")
        for day in ("2026-10-26", "2026-11-09"):
            self.held_session(self.council, day, absent=self.people["B3"])
        resignation = self.env["shora.deemed.resignation"].search([("council_id", "=", self.council.id)])
        self.assertEqual(len(resignation.session_ids), 3)
        chair = self.env["shora.decree"].search([("council_id", "=", self.council.id), ("kind", "=", "chair")])
        return {
            "decree": chair,
            "notice": self.held.notice_id,
            "attendance": self.held,
            "minutes": self.minutes,
            "addendum": addendum,
            "resignation": resignation,
            "covering_letter": self.minutes,
        }


@tagged("post_install", "-at_install")
class TestDocuments(DocumentCase):
    def test_letters_fonts_and_direction_of_every_document(self):
        renderer = self.env["shora.pdf"]
        for name, record in self.pages().items():
            with self.subTest(name):
                page = renderer._html(f"shora_council.document_{name}", record)
                pdf = renderer._render(f"shora_council.document_{name}", record)
                self.assertIn('lang="fa"', page)
                self.assertIn('dir="rtl"', page)
                lost = Counter(letters(body_text(page))) - Counter(letters(text_of(pdf)))
                self.assertEqual(lost, Counter())
                fonts = fonts_of(pdf)
                self.assertTrue(any("Vazirmatn" in font for font, _embedded in fonts), fonts)
                self.assertEqual([font for font, embedded in fonts if not embedded], [])

    def test_every_stored_document_is_a_pdf_with_its_hash(self):
        pages = self.pages()
        for record in (pages["decree"], pages["notice"], pages["minutes"], pages["addendum"]):
            pdf = self.raw(record)
            self.assertTrue(pdf.startswith(b"%PDF-"), record)
            self.assertEqual(record.pdf_sha256, hashlib.sha256(pdf).hexdigest(), record)
        self.assertTrue(self.raw(pages["minutes"], "covering_pdf").startswith(b"%PDF-"))

    def test_minutes_print_the_sealed_content_and_nothing_newer(self):
        minutes = self.sign()
        self.people["B1"].name = "نام تازه"
        self.council.name = "شورای دیگر"
        again = self.env["shora.pdf"]._render("shora_council.document_minutes", minutes)
        self.assertEqual(text_of(again), text_of(self.raw(minutes)))
        self.assertEqual(again, self.raw(minutes))

    def test_minutes_of_jalali_day_presence_and_seal(self):
        minutes = self.sign()
        text = text_of(self.raw(minutes))
        self.assertIn(minutes.content_sha256, re.sub(r"\s", "", text))
        page = body_text(self.env["shora.pdf"]._html("shora_council.document_minutes", minutes))
        for expected in ("۲۰ مهر ۱۴۰۵", "زهرا ژاله‌پور", self.people["B3"].name):
            self.assertIn(expected, page)

    def test_typed_text_neither_runs_nor_covers(self):
        with Listener() as listener:
            self.minutes.text = (
                f'<p style="position:fixed;top:0;font-size:99pt" class="draft">متن</p><img src="http://127.0.0.1:{listener.port}/a.png">'
                '<img src="file:///etc/passwd"><script>alert(1)</script><style>.head{display:none}</style>'
            )
            minutes = self.sign()
            page = self.env["shora.pdf"]._html("shora_council.document_minutes", minutes)
            self.raw(minutes)
        self.assertEqual(listener.knocks, 0)
        for wrong in ("position:fixed", "font-size:99pt", "alert(1)", ".head{display"):
            self.assertNotIn(wrong, page)
        self.assertIn("متن", page)

    def test_drafts_say_so_and_sealed_documents_do_not(self):
        html = self.env["shora.pdf"]._html
        self.assertIn('class="draft"', html("shora_council.document_minutes", self.minutes))
        self.assertNotIn('class="draft"', html("shora_council.document_minutes", self.sign()))

    def test_dates_do_not_follow_the_printer(self):
        """A document of an English user with another zone reads the same."""
        minutes = self.sign()
        other = new_test_user(
            self.env,
            "abroad",
            groups="shora_council.group_shora_auditor",
            context={"no_reset_password": True},
            lang="en_US",
            tz="Pacific/Auckland",
        )
        mine = self.env["shora.pdf"]._html("shora_council.document_minutes", minutes)
        theirs = minutes.with_user(other).with_context(lang="en_US", tz="Pacific/Auckland")
        self.assertEqual(theirs.env["shora.pdf"]._html("shora_council.document_minutes", theirs), mine)

    def test_nothing_of_the_renderer_is_callable_from_outside(self):
        own = [name for name in dir(type(self.env["shora.pdf"])) if not name.startswith("_")]
        inherited = dir(type(self.env["base"]))
        self.assertEqual(sorted(set(own) - set(inherited)), [])

    def test_action_names_the_file(self):
        minutes = self.sign()
        action = minutes.action_print()
        self.assertEqual(action["url"], f"/web/content/shora.minutes/{minutes.id}/pdf/{minutes.pdf_name}?download=true")
        self.assertEqual(
            self.held.action_print_attendance()["url"], f"/shora/document/shora.session/{self.held.id}/attendance.pdf"
        )
        with self.assertRaises(UserError):
            self.env["shora.pdf"]._action(minutes, "covering_pdf")


@tagged("post_install", "-at_install")
class TestSealGuard(DocumentCase):
    """The file of a sealed record, tried by those who could reach it."""

    CHANGES = (
        {"raw": b"%PDF-1.4 forged"},
        {"datas": base64.b64encode(b"%PDF-1.4 forged")},
        {"name": "other.pdf"},
        {"res_id": 1},
        {"res_model": "res.partner"},
        {"res_field": False},
        {"mimetype": "text/html"},
        {"type": "url", "url": "http://example.com/x.pdf"},
        {"public": True},
        {"access_token": "x"},
        {"store_fname": "aa/bb"},
        {"checksum": "0" * 40},
        {"db_datas": b"x"},
    )

    def setUp(self):
        super().setUp()
        self.sign()
        self.attachment = self.file_of(self.minutes)
        self.assertEqual(len(self.attachment), 1)
        self.before = self.attachment.raw

    def users(self):
        return (self.env.ref("base.user_admin"), self.env.ref("base.user_root"), self.secretary)

    def test_never_written_nor_deleted(self):
        for user in self.users():
            attachment = self.attachment.with_user(user)
            for change in self.CHANGES:
                with self.subTest(user=user.login, change=list(change)):
                    for target in (
                        attachment,
                        attachment.sudo(),
                        attachment.with_context(_force_unlink=True, force=True),
                    ):
                        with self.assertRaises(UserError), self.env.cr.savepoint():
                            target.write(change)
            for target in (attachment, attachment.sudo(), attachment.with_context(_force_unlink=True)):
                with self.assertRaises(UserError), self.env.cr.savepoint():
                    target.unlink()
        self.env.invalidate_all()
        self.assertEqual(self.attachment.raw, self.before)

    def test_refused_among_others(self):
        free = self.env["ir.attachment"].create({"name": "free", "raw": b"x"})
        with self.assertRaises(UserError), self.env.cr.savepoint():
            (free | self.attachment).write({"name": "both"})
        with self.assertRaises(UserError), self.env.cr.savepoint():
            (free | self.attachment).unlink()
        self.assertTrue(free.exists())

    def test_no_second_file_and_none_by_hand(self):
        vals = {
            "name": "pdf",
            "raw": b"%PDF-1.4 forged",
            "res_model": "shora.minutes",
            "res_field": "pdf",
            "res_id": self.minutes.id,
        }
        other = self.held_session(self.council, "2026-10-26")
        draft = other.env["shora.minutes"]._draft_for(other)
        for res_id in (self.minutes.id, draft.id):
            for user in self.users():
                Attachment = self.env["ir.attachment"].with_user(user)
                for model in (Attachment, Attachment.sudo()):
                    with self.assertRaises(UserError), self.env.cr.savepoint():
                        model.create({**vals, "res_id": res_id})
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.attachment.copy()
        free = self.env["ir.attachment"].create(
            {"name": "free", "raw": b"x", "res_model": "shora.minutes", "res_id": draft.id}
        )
        with self.assertRaises(UserError), self.env.cr.savepoint():
            free.sudo().write({"res_field": "pdf"})

    def test_field_itself_is_a_fact(self):
        for user in self.users():
            for value in (base64.b64encode(b"%PDF-1.4 forged"), False):
                with self.assertRaises(UserError), self.env.cr.savepoint():
                    self.minutes.with_user(user).write({"pdf": value})

    def test_every_sealed_kind(self):
        with tehran("2026-10-15 10:00"):
            self.minutes.action_forward()
        chair = self.env["shora.decree"].search([("council_id", "=", self.council.id), ("kind", "=", "chair")])
        for record, field in ((chair, "pdf"), (self.held.notice_id, "pdf"), (self.minutes, "covering_pdf")):
            with self.subTest(record._name), self.assertRaises(UserError), self.env.cr.savepoint():
                self.file_of(record, field).write({"raw": b"x"})

    def test_other_attachments_of_the_record_stay_free(self):
        free = self.env["ir.attachment"].create(
            {"name": "note", "raw": b"x", "res_model": "shora.minutes", "res_id": self.minutes.id}
        )
        free.write({"name": "renamed", "raw": b"y"})
        self.assertEqual(free.raw, b"y")
        free.unlink()
        self.assertFalse(free.exists())

    def test_costs_ordinary_attachments_no_query(self):
        attachments = self.env["ir.attachment"].create([{"name": str(n), "raw": b"x"} for n in range(20)])
        self.env.flush_all()
        attachments.mapped("res_field")
        with self.assertQueryCount(0):
            attachments._check_unsealed()


@tagged("post_install", "-at_install")
class TestDocumentRoute(ShoraHttpCase):
    """``/shora/document``: whitelisted kinds, readable records, and nobody else's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_offices()
        with tehran("2026-09-01 08:00"):
            cls.council = cls.make_council("T9")
            cls.secretary, cls.people = cls.staff_council(cls.council, prefix="r")
            cls.meeting = CouncilBuilder.plan(cls, cls.council, "2026-12-14")

    def get(self, user, path):
        self.authenticate(user.login, user.login)
        return self.url_open(f"/shora/document/{path}")

    def test_sheet_for_who_reads_the_session(self):
        answer = self.get(self.secretary, f"shora.session/{self.meeting.id}/attendance.pdf")
        self.assertEqual((answer.status_code, answer.headers["Content-Type"]), (200, "application/pdf"))
        self.assertTrue(answer.content.startswith(b"%PDF-"))

    def test_sealed_document_is_served_as_sealed(self):
        decree = self.env["shora.decree"].search([("council_id", "=", self.council.id)], limit=1)
        answer = self.get(self.president, f"shora.decree/{decree.id}/decree.pdf")
        self.assertEqual(answer.content, base64.b64decode(decree.pdf))

    @mute_logger("odoo.http")
    def test_foreign_members_are_refused(self):
        stranger = self.make_user("stranger", "shora_council.group_shora_member")
        portal = self.make_user("stranger_portal", "base.group_portal")
        for user in (stranger, portal):
            answer = self.get(user, f"shora.session/{self.meeting.id}/attendance.pdf")
            self.assertEqual(answer.status_code, 403, user.login)
            self.assertNotIn(b"%PDF", answer.content)

    def test_nobody_without_a_login(self):
        answer = self.url_open(f"/shora/document/shora.session/{self.meeting.id}/attendance.pdf", allow_redirects=False)
        self.assertEqual(answer.status_code, 303)

    def test_only_what_is_offered(self):
        for path in (
            "res.partner/1/decree.pdf",
            "shora.session/999999/attendance.pdf",
            f"shora.session/{self.meeting.id}/minutes.pdf",
            f"shora.session/{self.meeting.id}/layout.pdf",
            "shora.nothing/1/decree.pdf",
        ):
            self.assertEqual(self.get(self.secretary, path).status_code, 404, path)
