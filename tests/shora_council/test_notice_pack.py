"""The pack of a written notice (5-1): one file, every document, continuous numbers, frozen with its SHA-256."""

import base64
import hashlib
import io
import shutil
import subprocess
import unittest

from odoo.addons.shora_council.tools import pdf_pages, weasy
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from pypdf import PdfReader

from tests.common import CouncilBuilder, ShoraCase, ShoraHttpCase, tehran
from tests.shora_council import files
from tests.shora_council.test_item_documents import Readers, document


class PackCase(ShoraCase):
    DAY = "2026-12-10"

    def setUp(self):
        super().setUp()
        self.env["res.lang"]._activate_lang("fa_IR")
        with tehran("2026-11-20 09:00"):
            self.meeting = self.session(self.council, self.DAY)
        self.item = self.meeting.agenda_item_ids

    def add_item(self, name="Second", documents=(), accept=True):
        item = self.meeting.env["shora.agenda.item"].create(
            {"session_id": self.meeting.id, "name": name, "sequence": 20, "attachment_ids": list(documents)}
        )
        if accept:
            item.action_accept()
        return item

    def dispatched(self, *documents):
        self.item.attachment_ids = list(documents)
        return self.dispatch(self.meeting)

    def raw(self, record, field):
        return base64.b64decode(record.with_context(bin_size=False)[field])

    def front(self, notice):
        """Number of pages before the first document."""
        return notice.pack_pages - sum(notice.document_ids.mapped("pages"))


@tagged("post_install", "-at_install")
class TestPack(PackCase):
    def test_letter_contents_agenda_and_all_documents_in_order(self):
        second = self.add_item("Second", [document("c.pdf", files.pdf(3, width=420, height=300))])
        second.sequence = 5  # before the first
        notice = self.dispatched(document("a.pdf", files.pdf(2)), document("b.png", files.picture()))
        rows = notice.document_ids
        self.assertEqual(rows.mapped("name"), ["c.pdf", "a.pdf", "b.png"])
        self.assertEqual(rows.mapped("item_number"), [1, 2, 2])
        self.assertEqual(rows.mapped("place"), ["pages", "pages", "picture"])
        self.assertEqual(rows.mapped("pages"), [3, 2, 1])
        front = self.front(notice)
        self.assertEqual(rows.mapped("first_page"), [front + 1, front + 4, front + 6])
        pages = PdfReader(io.BytesIO(self.raw(notice, "pack"))).pages
        self.assertEqual(len(pages), notice.pack_pages)
        sizes = [(float(page.mediabox.width), float(page.mediabox.height)) for page in pages]
        self.assertEqual(sizes[front : front + 3], [(420, 300)] * 3)

    def test_the_files_own_table_of_contents(self):
        notice = self.dispatched(document("a.pdf", files.pdf(2)), document("b.pdf"))
        reader = PdfReader(io.BytesIO(self.raw(notice, "pack")))
        found = {}
        for entry in reader.outline:
            for one in entry if isinstance(entry, list) else [entry]:
                found[one.title] = reader._get_page_number_by_indirect(one.raw_get("/Page")) + 1
        rows = notice.document_ids
        self.assertEqual((found["a.pdf"], found["b.pdf"]), tuple(rows.mapped("first_page")))
        self.assertEqual(found["Item"], rows[0].first_page)

    @unittest.skipUnless(shutil.which("pdftotext"), "poppler reads Persian in its order")
    def test_every_page_is_numbered_in_persian_without_a_gap(self):
        notice = self.dispatched(
            document("a.pdf", files.pdf(2, rotate=90)),
            document("b.pdf", files.pdf(1, width=1684, height=2384)),
            document("c.bin", b"\0\1"),
        )
        total = notice.pack_pages
        pack = self.raw(notice, "pack")
        digits = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
        persian = self.env["shora.pdf"]._language() == "fa_IR"
        for page in range(1, total + 1):
            text = subprocess.run(
                ["pdftotext", "-f", str(page), "-l", str(page), "-", "-"], input=pack, capture_output=True, check=True
            ).stdout.decode()
            seen = "".join(char for char in text if char not in "\u202a\u202b\u202c\u200e\u200f\u2066\u2067\u2069")
            numbers = (str(page), str(total))
            for number in numbers:
                self.assertIn(number.translate(digits) if persian else number, seen, f"page {page} of {total}")

    def test_contents_name_the_pages(self):
        notice = self.dispatched(document("a.pdf", files.pdf(2)), document("b.pdf"))
        office = self.env["shora.pdf"]
        made = office._pack(notice)
        page = office._html(
            "shora_council.document_pack_front",
            notice,
            starts={"contents": 2, "agenda": 3, "end": 3},
            total=made.pages,
            **office._pack_values(notice, made.entries),
        )
        for row in notice.document_ids:
            self.assertIn(row.name.split(".")[0], page)
            self.assertIn(office.with_context(lang=office._language())._digits(row.first_page), page)
        self.assertEqual([entry.first_page for entry in made.entries], notice.document_ids.mapped("first_page"))

    def test_long_contents_move_the_documents(self):
        documents = [document(f"{n:03}.pdf") for n in range(70)]
        notice = self.dispatched(*documents)
        front = self.front(notice)
        self.assertGreater(front, 5)
        self.assertEqual(notice.document_ids.mapped("first_page"), list(range(front + 1, front + 71)))
        self.assertEqual(files.pages_of(self.raw(notice, "pack")), front + 70)

    def test_pictures_become_pages(self):
        notice = self.dispatched(
            document("scan.png", files.picture()),
            document("photo.jpg", files.picture("JPEG", size=(4000, 3000))),
            document("drawing.gif", files.picture("GIF")),
        )
        self.assertEqual(notice.document_ids.mapped("place"), ["picture"] * 3)
        self.assertEqual(notice.document_ids.mapped("pages"), [1, 1, 1])
        self.assertLess(len(self.raw(notice, "pack")), 9_000_000, "no more pixels than paper shows")

    # --- what cannot be shown ---

    def test_locked_damaged_and_office_files_never_break_the_dispatch(self):
        whole = files.pdf(2)
        odd = {
            "locked.pdf": (files.pdf(1, password="secret"), "encrypted"),
            "half-locked.pdf": (files.pdf(1, password=""), "encrypted"),
            "cut.pdf": (whole[: len(whole) // 2], "broken"),
            "noise.pdf": (b"%PDF-1.7\n" + bytes(range(256)) * 8, "broken"),
            "empty.pdf": (b"", "format"),
            "table.xlsx": (b"PK\3\4" + b"x" * 50, "format"),
            "drawing.svg": (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "format"),
            "cut.png": (files.picture(size=(600, 600))[:9000], "broken"),
        }
        notice = self.dispatched(*(document(name, raw) for name, (raw, _why) in odd.items()))
        self.assertEqual(notice.state, "dispatched")
        for row in notice.document_ids:
            with self.subTest(row.name):
                raw, why = odd[row.name]
                self.assertEqual((row.place, row.why, row.pages), ("beside", why, 1))
                self.assertEqual(row.sha256, hashlib.sha256(raw).hexdigest())
        sheets = PdfReader(io.BytesIO(self.raw(notice, "pack"))).pages
        self.assertEqual(len(sheets), self.front(notice) + len(odd))

    def test_a_sheet_names_what_is_beside_with_its_fingerprint(self):
        raw = b"PK\3\4 office"
        self.item.attachment_ids = [document("table.xlsx", raw)]
        notice = self.meeting.env["shora.notice"]._prepare_for(self.meeting)
        office = self.env["shora.pdf"]
        entries = office._pack(notice).entries
        page = office._html(
            "shora_council.document_pack_sheets", notice, drawn=entries, **office._pack_values(notice, entries)
        )
        self.assertIn(hashlib.sha256(raw).hexdigest(), page)
        self.assertIn("table.xlsx", page)

    def test_what_is_beside_is_attached_to_every_mail(self):
        raw = b"PK\3\4 office"
        notice = self.dispatched(document("a.pdf"), document("table.xlsx", raw))
        for mail in notice.recipient_ids.sudo().mail_id:
            by_name = {one.name: one.raw for one in mail.attachment_ids}
            self.assertEqual(by_name["table.xlsx"], raw)
            self.assertNotIn("a.pdf", by_name, "its pages are in the pack")
            self.assertIn(self.raw(notice, "pack"), by_name.values())

    def test_a_letter_tried_again_carries_the_same(self):
        notice = self.dispatched(document("table.xlsx", b"PK\3\4"))
        self.item.attachment_ids.write({"raw": b"changed"})
        self.assertEqual(notice._letter(), self.raw(notice, "pack"))
        self.assertEqual(notice._documents().mapped("raw"), [b"PK\3\4"])

    @mute_logger("odoo.addons.shora_council.models.pdf_pack")
    def test_documents_that_cannot_be_bound_together_go_beside(self):
        bind, tried = pdf_pages.bind, []

        def once(*args, **kwargs):
            tried.append(1)
            if len(tried) == 1:
                raise ValueError("clash")
            return bind(*args, **kwargs)

        self.patch(pdf_pages, "bind", once)
        notice = self.dispatched(document("a.pdf", files.pdf(4)))
        self.assertEqual((notice.document_ids.place, notice.document_ids.why), ("beside", "broken"))

    def test_scripts_of_documents_stay_out(self):
        notice = self.dispatched(document("a.pdf", files.pdf(2, script=True)))
        pack = self.raw(notice, "pack")
        reader = PdfReader(io.BytesIO(pack))
        self.assertNotIn(b"/JavaScript", pack)
        self.assertNotIn("/OpenAction", reader.trailer["/Root"])
        self.assertFalse([page for page in reader.pages if "/AA" in page])

    def test_missing_renderer_is_said_and_nothing_is_dispatched(self):
        self.item.attachment_ids = [document()]
        notice = self.meeting.env["shora.notice"]._prepare_for(self.meeting)
        self.patch(weasy, "_load", self._missing)
        with self.assertRaisesRegex(UserError, "libpango"), self.env.cr.savepoint():
            notice.action_dispatch()
        self.env.invalidate_all()
        self.assertEqual((notice.state, notice.pack, notice.document_ids.ids), ("draft", False, []))

    @staticmethod
    def _missing():
        raise weasy.RendererMissing("no pango")

    # --- frozen ---

    def test_fingerprints_of_letter_pack_and_each_document(self):
        contents = {"a.pdf": files.pdf(2), "b.png": files.picture(), "c.txt": b"text"}
        notice = self.dispatched(*(document(name, raw) for name, raw in contents.items()))
        for name, field in (("pdf", "pdf_sha256"), ("pack", "pack_sha256")):
            self.assertEqual(notice[field], hashlib.sha256(self.raw(notice, name)).hexdigest())
        for row in notice.document_ids:
            raw = contents[row.name]
            self.assertEqual((self.raw(row, "content"), row.size), (raw, len(raw)))
            self.assertEqual(row.sha256, hashlib.sha256(raw).hexdigest())

    def test_later_changes_of_the_original_do_not_touch_what_was_sent(self):
        notice = self.dispatched(document("a.txt", b"as sent"), document("b.txt", b"gone later"))
        pack = self.raw(notice, "pack")
        first, second = self.item.attachment_ids.sorted("id")
        first.write({"raw": b"changed", "name": "z.txt"})
        second.unlink()
        self.item.name = "Renamed"
        self.env.invalidate_all()
        rows = notice.document_ids
        self.assertEqual([self.raw(row, "content") for row in rows], [b"as sent", b"gone later"])
        self.assertEqual(rows.mapped("name"), ["a.txt", "b.txt"])
        self.assertEqual(set(rows.mapped("item_name")), {"Item"})
        self.assertEqual(self.raw(notice, "pack"), pack)

    def test_nobody_changes_or_deletes_what_was_sent(self):
        notice = self.dispatched(document("a.txt", b"as sent"))
        row = notice.document_ids
        file = row._files()[row.id]
        pack = self.env["ir.attachment"].sudo().search([("res_model", "=", notice._name), ("res_field", "=", "pack")])
        self.assertEqual(len(pack.filtered(lambda one: one.res_id == notice.id)), 1)
        for user in (self.secretary, self.env.ref("base.user_admin"), self.env.ref("base.user_root")):
            mine = row.with_user(user)
            for act in (
                lambda mine=mine: mine.write({"sha256": "0" * 64}),
                lambda mine=mine: mine.write({"content": base64.b64encode(b"x")}),
                lambda mine=mine: mine.sudo().write({"name": "x"}),
                mine.unlink,
                mine.sudo().unlink,
                lambda user=user: file.with_user(user).write({"raw": b"x"}),
                lambda user=user: file.with_user(user).sudo().unlink(),
                lambda user=user: pack.with_user(user).sudo().write({"raw": b"x"}),
                lambda user=user: notice.with_user(user).write({"pack": base64.b64encode(b"x")}),
                lambda user=user: notice.with_user(user).write({"document_ids": [(5,)]}),
                lambda user=user: notice.with_user(user).write({"item_ids": [(5,)]}),
            ):
                with self.assertRaises(UserError), self.cr.savepoint():
                    act()
        for user in (self.secretary, self.env.ref("base.user_admin")):
            with self.assertRaises(UserError), self.cr.savepoint():
                row.with_user(user).copy()

    def test_nobody_adds_to_what_was_sent(self):
        notice = self.dispatched(document("a.txt", b"as sent"))
        row = notice.document_ids
        for user in (self.secretary, self.env.ref("base.user_admin")):
            with self.assertRaises(UserError), self.cr.savepoint():
                row.with_user(user).create({"notice_id": notice.id, "item_id": self.item.id, "name": "x"})
        with self.assertRaises(UserError), self.cr.savepoint():
            self.meeting.env["shora.notice"].create({"session_id": self.meeting.id, "subject": "x", "pack": b"eA=="})

    # --- preview ---

    def test_preview_of_letter_and_pack_before_the_dispatch(self):
        self.item.attachment_ids = [document("a.pdf", files.pdf(2))]
        notice = self.meeting.env["shora.notice"]._prepare_for(self.meeting)
        for action, name in ((notice.action_preview(), "notice"), (notice.action_preview_pack(), "pack")):
            self.assertEqual(action["url"], f"/shora/document/shora.notice/{notice.id}/{name}.pdf")
        made = self.env["shora.pdf"]._made("pack", notice)
        self.assertEqual(notice.state, "draft")
        self.assertFalse(notice.document_ids)
        notice.action_dispatch()
        self.assertEqual(files.pages_of(made), notice.pack_pages)
        self.assertIn(f"/web/content/shora.notice/{notice.id}/pack/", notice.action_print_pack()["url"])

    def test_a_draft_says_so(self):
        notice = self.meeting.env["shora.notice"]._prepare_for(self.meeting)
        office = self.env["shora.pdf"]
        values = {"starts": {"contents": 2, "agenda": 3}, "total": 3, **office._pack_values(notice, [])}
        self.assertIn('class="draft"', office._html("shora_council.document_pack_front", notice, **values))
        notice.action_dispatch()
        self.assertNotIn('class="draft"', office._html("shora_council.document_pack_front", notice, **values))

    def test_only_accepted_items_are_in_the_pack(self):
        self.add_item("Proposed only", [document("p.pdf")], accept=False)
        notice = self.dispatched(document("a.pdf"))
        self.assertEqual(notice.document_ids.mapped("name"), ["a.pdf"])
        self.assertEqual(notice.item_ids, self.item)

    # --- late ---

    def kinds(self, notice):
        return [(one["kind"], one["name"]) for one in notice._late()]

    def test_what_comes_after_the_dispatch_is_listed_late(self):
        proposed = self.add_item("Late item", [document("l.pdf")], accept=False)
        notice = self.dispatched(document("a.txt", b"a"), document("b.txt", b"b"), document("c.txt", b"c"))
        self.assertEqual((notice.late_count, notice.late_html, self.meeting.late_count), (0, False, 0))
        first, second, _third = self.item.attachment_ids.sorted("id")
        with tehran("2026-11-24 15:00"):
            first.write({"raw": b"another"})
            second.unlink()
            self.item.attachment_ids = [document("d.txt", b"d")]
            proposed.action_accept()
        self.env.invalidate_all()
        self.assertEqual(
            self.kinds(notice),
            [
                ("changed", "a.txt"),
                ("added", "d.txt"),
                ("removed", "b.txt"),
                ("item", "Late item"),
                ("added", "l.pdf"),
            ],
        )
        self.assertEqual((notice.late_count, self.meeting.late_count), (5, 5))
        for text in ("a.txt", "b.txt", "d.txt", "l.pdf", "Late item"):
            self.assertIn(text, notice.late_html)
            self.assertIn(text, self.meeting.late_html)
        self.assertTrue(self.item.is_late)

    def test_a_change_back_is_no_change(self):
        notice = self.dispatched(document("a.txt", b"a"))
        with tehran("2026-11-24 15:00"):
            self.item.attachment_ids.write({"raw": b"another"})
            self.assertEqual(self.kinds(notice), [("changed", "a.txt")])
            self.item.attachment_ids.write({"raw": b"a"})
        self.assertEqual(self.kinds(notice), [])
        self.assertTrue(self.item.is_late, "that it was changed stays on record")

    def test_names_in_the_list_are_text(self):
        notice = self.dispatched()
        with tehran("2026-11-24 15:00"):
            self.item.attachment_ids = [document("<img src=x onerror=alert(1)>.txt", b"x")]
        self.assertNotIn("<img", notice.late_html)

    def test_nothing_is_late_before_the_dispatch(self):
        notice = self.meeting.env["shora.notice"]._prepare_for(self.meeting)
        self.item.attachment_ids = [document()]
        self.assertEqual(self.kinds(notice), [])

    # --- cost ---

    def test_dispatch_queries_grow_neither_with_documents_nor_with_pages(self):
        def queries(day, count):
            with tehran("2026-11-20 09:00"):
                session = self.session(self.council, day)
            session.agenda_item_ids.attachment_ids = [document(f"{n}.pdf", files.pdf(2)) for n in range(count)]
            notice = session.env["shora.notice"]._prepare_for(session)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            notice.action_dispatch()
            self.env.flush_all()
            return self.cr.sql_log_count - before

        queries("2026-12-14", 1)
        few, many = queries("2026-12-16", 2), queries("2026-12-17", 12)
        self.assertLessEqual(many, few + 10, "at most one for each further document")


@tagged("post_install", "-at_install")
class TestPackReaders(Readers, ShoraCase):
    LAYS_OUT = True

    DAY = "2026-12-10"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_readers()

    def setUp(self):
        super().setUp()
        self.meeting = self.session(self.council, self.DAY)
        self.item = self.meeting.agenda_item_ids
        self.item.write({"attachment_ids": [document("a.txt", b"a")], "guest_ids": [(4, self.guest.partner_id.id)]})
        self.other_item = self.meeting.env["shora.agenda.item"].create(
            {"session_id": self.meeting.id, "name": "Other", "attachment_ids": [document("b.txt", b"b")]}
        )
        self.other_item.action_accept()
        self.notice = self.dispatch(self.meeting)
        self.rows = self.notice.document_ids

    def close_meeting(self):
        with tehran(f"{self.DAY} 12:30"):
            self.meeting.write({"presiding_ground": "chair", "state": "open"})
            self.close(self.meeting)

    def test_members_read_guests_the_own_item_and_nobody_else_anything(self):
        mine = self.rows.filtered(lambda row: row.item_id == self.item)
        for user, expected in (
            (self.secretary, self.rows),
            (self.member, self.rows),
            (self.portal, self.rows),
            (self.auditor, self.rows),
            (self.guest, mine),
            (self.former, self.rows.browse()),
            (self.former_portal, self.rows.browse()),
            (self.other_member, self.rows.browse()),
            (self.other_secretary, self.rows.browse()),
        ):
            self.env.invalidate_all()
            with self.subTest(user=user.login):
                found = self.env["shora.notice.document"].with_user(user).search([("id", "in", self.rows.ids)])
                self.assertEqual(found.ids, expected.ids)
                for row in self.rows - expected:
                    with self.assertRaises(AccessError):
                        row.with_user(user).read(["name"])
        for user in (self.employee, self.clerk, self.env.ref("base.public_user")):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.rows[:1].with_user(user).read(["content"])

    def test_documents_of_a_person(self):
        mine = self.rows.filtered(lambda row: row.item_id == self.item)
        for user, expected in (
            (self.member, self.rows),
            (self.portal, self.rows),
            (self.guest, mine),
            (self.former, self.rows.browse()),
            (self.other_member, self.rows.browse()),
            (self.employee, self.rows.browse()),
        ):
            with self.subTest(user=user.login):
                self.assertEqual(self.notice._documents_of(user.partner_id), expected)
        self.close_meeting()
        self.assertFalse(self.notice._documents_of(self.guest.partner_id))
        self.assertEqual(self.notice._documents_of(self.portal.partner_id), self.rows)

    def test_of_a_draft_nobody_has_documents(self):
        draft = self.session(self.council, "2026-12-24")
        notice = draft.env["shora.notice"]._prepare_for(draft)
        self.assertFalse(notice._documents_of(self.member.partner_id))

    def test_a_guest_reads_nothing_after_the_closing(self):
        self.close_meeting()
        self.env.invalidate_all()
        self.assertFalse(self.env["shora.notice.document"].with_user(self.guest).search([]))

    def test_another_company_reads_nothing(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self.president.write({"company_ids": [(6, 0, company.ids)], "company_id": company.id})
        self.assertFalse(
            self.env["shora.notice.document"].with_user(self.president).search([("id", "in", self.rows.ids)])
        )


@tagged("post_install", "-at_install")
class TestPackUrls(Readers, ShoraHttpCase):
    LAYS_OUT = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_offices()
        with tehran("2026-09-01 08:00"):
            cls.council = cls.make_council("T9")
            cls.secretary, cls.people = cls.staff_council(cls.council, prefix="v")
            cls.meeting = CouncilBuilder.plan(cls, cls.council, "2026-12-14")
        cls.make_readers()
        cls.item = cls.meeting.agenda_item_ids
        cls.item.attachment_ids = [document("a.txt", b"for members only")]
        cls.notice = CouncilBuilder.dispatch(cls, cls.meeting)
        cls.row = cls.notice.document_ids

    def addresses(self):
        return (
            f"/shora/document/shora.notice/{self.notice.id}/pack.pdf",
            f"/shora/document/shora.notice/{self.notice.id}/notice.pdf",
            f"/shora/document/shora.notice/{self.notice.id}/certificate.pdf",
            f"/my/councils/session/{self.meeting.id}/pack.pdf",
            f"/web/content/shora.notice/{self.notice.id}/pack",
            f"/web/content/shora.notice.document/{self.row.id}/content",
            f"/web/content/{self.row._files()[self.row.id].id}",
        )

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_binary")
    def test_refused_on_every_address(self):
        for user in (self.former, self.former_portal, self.guest, self.clerk, self.other_member, self.employee, None):
            self.authenticate(user and user.login, user and user.login)
            for address in self.addresses():
                with self.subTest(user=user and user.login, address=address):
                    answer = self.url_open(address)
                    self.assertNotIn(b"for members only", answer.content)
                    self.assertFalse(answer.content.startswith(b"%PDF"))

    def test_members_open_pack_and_documents(self):
        self.authenticate(self.member.login, self.member.login)
        pack, _letter, _certificate, _portal, again, row, _file = self.addresses()
        sealed = base64.b64decode(self.notice.with_context(bin_size=False).pack)
        self.assertEqual(self.url_open(pack).content, sealed)
        self.assertEqual(self.url_open(again).content, sealed)
        self.assertEqual(self.url_open(row).content, b"for members only")

    def test_members_open_the_pack_on_the_portal_and_that_is_recorded(self):
        address = f"/my/councils/session/{self.meeting.id}"
        self.authenticate(self.portal.login, self.portal.login)
        page = self.url_open(address).text
        self.assertIn(f"{address}/pack.pdf", page)
        self.assertEqual(self.url_open(f"{address}/pack.pdf").content, self.notice._letter())
        opening = self.env["shora.document.opening"].search([("partner_id", "=", self.portal.partner_id.id)])
        self.assertEqual((opening.name, opening.times), (self.notice.pack_name, 1))
        row = self.notice.recipient_ids.filtered(
            lambda one: one.partner_id == self.portal.partner_id and one.channel == "portal"
        )
        self.assertEqual(row.state, "opened")

    def test_what_came_late_is_marked_on_the_portal(self):
        address = f"/my/councils/session/{self.meeting.id}"
        self.authenticate(self.portal.login, self.portal.login)
        before = self.url_open(address).text.count("text-bg-warning")
        self.item.with_user(self.secretary).attachment_ids = [document("late.txt", b"late")]
        self.assertGreater(
            self.url_open(address).text.count("text-bg-warning"), before + 1, "the item and its document"
        )

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_binary")
    def test_a_guest_sees_the_page_without_the_pack(self):
        self.item.with_user(self.secretary).guest_ids = self.guest.partner_id
        address = f"/my/councils/session/{self.meeting.id}"
        self.authenticate(self.guest.login, self.guest.login)
        page = self.url_open(address)
        self.assertEqual(page.status_code, 200)
        self.assertNotIn("pack.pdf", page.text)
        self.assertEqual(self.url_open(f"{address}/pack.pdf").status_code, 404)

    @mute_logger("odoo.http")
    def test_a_member_sees_no_draft_and_the_secretary_its_preview(self):
        with tehran("2026-11-23 12:00"):
            draft = CouncilBuilder.plan(self, self.council, "2026-12-28")
        notice = draft.env["shora.notice"]._prepare_for(draft)
        address = f"/shora/document/shora.notice/{notice.id}/pack.pdf"
        self.authenticate(self.member.login, self.member.login)
        self.assertEqual(self.url_open(address).status_code, 403)
        self.authenticate(self.secretary.login, self.secretary.login)
        answer = self.url_open(address)
        self.assertEqual((answer.status_code, answer.content[:5]), (200, b"%PDF-"))
