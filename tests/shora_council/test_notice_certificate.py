"""The certificate of notice (گواهی ارسال دعوت‌نامه, 5-1): what was dispatched to whom, how and when, for the file."""

import base64
import hashlib
import re

from odoo.addons.shora_council.tools import mixed_script
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from tests.common import CouncilBuilder, ShoraCase, ShoraHttpCase, tehran
from tests.shora_council.pdf_text import text_of
from tests.shora_council.test_item_documents import Readers, document


class CertificateCase(ShoraCase):
    DAY = "2026-12-10"

    def notice_of(self, at="2026-12-01 09:00", paper=True):
        with tehran("2026-11-20 09:00"):
            session = self.session(self.council, self.DAY)
        session.agenda_item_ids.attachment_ids = [document("a.txt", b"a"), document("b.pdf")]
        with tehran(at):
            notice = self.dispatch(session, paper=paper)
            if paper:
                notice.recipient_ids.action_handed()
        return notice

    def page(self, notice, lang="en_US", **values):
        """What the certificate says, as text."""
        office = self.env["shora.pdf"]
        self.patch(type(office), "_language", lambda _self: lang)
        empty = self.env["shora.notice.certificate"]
        html = office._html("shora_council.document_certificate", notice, certificate=empty, written=False, **values)
        text = html.split("<body>")[1].replace(mixed_script.LEFT_MARK, "")  # seen by nobody
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


@tagged("post_install", "-at_install")
class TestCertificate(CertificateCase):
    def test_it_names_session_notice_deadline_and_everything_sent(self):
        notice = self.notice_of()
        text = self.page(notice)
        for expected in (
            "Article 5, clause 1",
            self.council.name,
            "Thursday 10 December 2026",  # the session
            notice.internal_number,
            "Tuesday 1 December 2026, 09:00",  # the dispatch
            "Thursday 3 December 2026",  # the last day for it
            "Kept: the last recipient was served on Tuesday 1 December 2026 at 09:00.",
            notice.pdf_sha256,
            notice.pack_sha256,
        ):
            self.assertIn(expected, text)
        for row in notice.document_ids:
            self.assertIn(row.sha256, text)
            self.assertIn(row.name.split(".")[0], text)

    def test_every_recipient_with_channel_address_state_and_times(self):
        notice = self.notice_of(paper=False)
        mailed = notice.recipient_ids.filtered(lambda row: row.channel == "email")
        with tehran("2026-12-01 10:30"):
            mailed[0].sudo().mail_id.write({"state": "sent"})
            mailed[0].sudo().mail_id._postprocess_sent_message([], [])
            mailed[1].sudo().mail_id.write({"state": "exception", "failure_reason": "server away"})
            mailed[1].sudo().mail_id._postprocess_sent_message([], [], failure_reason="server away")
        with tehran("2026-12-02 08:15"):
            portal = notice.recipient_ids.filtered(lambda row: row.channel == "portal")[:1]
            self.env["shora.notice.recipient"]._record_opened(notice.session_id, portal.partner_id)
        text = self.page(notice)
        for row in mailed:
            self.assertIn(row.printed_name, text)
            self.assertIn(row.partner_id.email, text)
        for expected in ("2026-12-01 10:30", "Opened: 2026-12-02 08:15", "Failed", "Queued", "Portal"):
            self.assertIn(expected, text)
        self.assertIn("The notice is not complete", text)

    def test_names_are_those_that_were_printed(self):
        notice = self.notice_of()
        partner = notice.recipient_ids[0].partner_id
        name = partner.name
        partner.sudo().name = "Somebody new"
        text = self.page(notice)
        self.assertIn(name, text)
        self.assertNotIn("Somebody new", text)

    def test_a_signed_receipt_is_named_with_its_fingerprint(self):
        notice = self.notice_of()
        notice.recipient_ids[0].receipt = base64.b64encode(b"scan")
        text = self.page(notice)
        self.assertIn("Signed receipt on file", text)
        self.assertIn(hashlib.sha256(b"scan").hexdigest(), text)

    def test_a_missed_deadline_is_said_with_its_reason(self):
        notice = self.notice_of(at="2026-12-04 00:00")
        text = self.page(notice)
        self.assertIn("Not kept: the last recipient was served on Friday 4 December 2026 at 00:00.", text)
        self.assertIn("Late for the test", text)

    def test_an_extraordinary_session_has_no_last_day(self):
        with tehran("2026-12-09 20:00"):
            session = self.session(self.council, self.DAY, kind="extraordinary")
            notice = self.dispatch(session)
            self.assertEqual(notice._deadline_kept(), "free")
            self.assertIn("No last day for dispatch is set", self.page(notice))

    def test_what_came_late_is_in_it(self):
        notice = self.notice_of()
        with tehran("2026-12-02 09:00"):
            notice.session_id.agenda_item_ids.attachment_ids = [document("late.txt", b"late")]
        self.assertIn("late", self.page(notice).split("Late after the dispatch")[1])

    def test_in_persian_with_jalali_days_and_no_letter_lost(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        notice = self.notice_of()
        text = self.page(notice, lang="fa_IR")
        self.assertIn("۱۹ آذر ۱۴۰۵", text)
        self.assertIn("۱۴۰۵/۰۹/۱۰", text)
        pdf = text_of(self.env["shora.pdf"]._certificate(notice))
        self.assertIn(notice.pack_sha256, re.sub(r"\s", "", pdf))

    # --- on file ---

    def test_it_is_kept_numbered_and_sealed(self):
        notice = self.notice_of()
        action = notice.action_issue_certificate()
        kept = notice.certificate_ids
        self.assertEqual(len(kept), 1)
        pdf = base64.b64decode(kept.with_context(bin_size=False).pdf)
        self.assertEqual(pdf[:5], b"%PDF-")
        self.assertEqual(kept.pdf_sha256, hashlib.sha256(pdf).hexdigest())
        self.assertEqual(kept.issued_by_id, self.secretary)
        self.assertIn(f"/web/content/shora.notice.certificate/{kept.id}/pdf/", action["url"])
        file = (
            self.env["ir.attachment"]
            .sudo()
            .search([("res_model", "=", kept._name), ("res_id", "=", kept.id), ("res_field", "=", "pdf")])
        )
        for user in (self.secretary, self.head, self.env.ref("base.user_admin"), self.env.ref("base.user_root")):
            for act in (
                lambda user=user: kept.with_user(user).write({"number": "1"}),
                lambda user=user: kept.with_user(user).sudo().write({"pdf": base64.b64encode(b"x")}),
                kept.with_user(user).unlink,
                kept.with_user(user).sudo().unlink,
                lambda user=user: file.with_user(user).sudo().write({"raw": b"x"}),
                file.with_user(user).sudo().unlink,
            ):
                with self.assertRaises(UserError), self.cr.savepoint():
                    act()
        with self.assertRaises(UserError), self.cr.savepoint():
            kept.create({"notice_id": notice.id, "number": "1", "issued_at": "2026-12-01", "issued_by_id": 1})

    def test_a_later_one_says_what_became_of_it(self):
        notice = self.notice_of(paper=False)
        notice.action_issue_certificate()
        self.assertEqual(notice._deadline_kept(), "open")
        with tehran("2026-12-02 09:00"):
            for mail in notice.recipient_ids.sudo().mail_id:
                mail.write({"state": "sent"})
            notice.recipient_ids.sudo().mail_id._postprocess_sent_message([], [])
            self.assertEqual(notice._deadline_kept(), "kept")
            notice.action_issue_certificate()
        first, second = notice.certificate_ids.sorted("id")
        self.assertNotEqual(first.number, second.number)
        self.assertNotEqual(first.pdf_sha256, second.pdf_sha256)

    def test_who_issues(self):
        notice = self.notice_of()
        staff = self.make_user("c_staff", "shora_council.group_shora_staff")
        self.council.staff_user_ids = staff
        for user in (staff, self.secretariat, self.auditor, self.president, self.office):
            with self.subTest(user=user.login), self.assertRaises(AccessError), self.cr.savepoint():
                notice.with_user(user).action_issue_certificate()
        notice.with_user(self.head).action_issue_certificate()
        self.assertEqual(notice.certificate_ids.issued_by_id, self.head)

    def test_a_draft_is_not_certified(self):
        with tehran("2026-11-20 09:00"):
            session = self.session(self.council, self.DAY)
        notice = session.env["shora.notice"]._prepare_for(session)
        for act in (notice.action_issue_certificate, lambda: self.env["shora.pdf"]._made("certificate", notice)):
            with self.assertRaisesRegex(UserError, "Only a dispatched notice"):
                act()

    def test_printing_keeps_nothing(self):
        notice = self.notice_of()
        action = notice.action_print_certificate()
        self.assertEqual(action["url"], f"/shora/document/shora.notice/{notice.id}/certificate.pdf")
        self.assertEqual(self.env["shora.pdf"]._made("certificate", notice)[:5], b"%PDF-")
        self.assertFalse(notice.certificate_ids)


@tagged("post_install", "-at_install")
class TestCertificateUrls(Readers, ShoraHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_offices()
        with tehran("2026-09-01 08:00"):
            cls.council = cls.make_council("T9")
            cls.secretary, cls.people = cls.staff_council(cls.council, prefix="w")
            cls.meeting = CouncilBuilder.plan(cls, cls.council, "2026-12-14")
        cls.make_readers()
        cls.notice = CouncilBuilder.dispatch(cls, cls.meeting)
        cls.notice.action_issue_certificate()
        cls.kept = cls.notice.certificate_ids

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_binary")
    def test_members_do_not_see_who_was_reached_how(self):
        addresses = (
            f"/shora/document/shora.notice/{self.notice.id}/certificate.pdf",
            f"/web/content/shora.notice.certificate/{self.kept.id}/pdf",
        )
        for user in (self.member, self.portal, self.guest, self.former, self.other_member, self.employee, None):
            self.authenticate(user and user.login, user and user.login)
            for address in addresses:
                with self.subTest(user=user and user.login, address=address):
                    self.assertFalse(self.url_open(address).content.startswith(b"%PDF"))
        for user in (self.secretary, self.head, self.auditor):
            self.authenticate(user.login, user.login)
            for address in addresses:
                with self.subTest(user=user.login, address=address):
                    self.assertEqual(self.url_open(address).content[:5], b"%PDF-")
