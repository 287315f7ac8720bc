"""Files of the council by every address that serves files: opened to members, refused to everybody else."""

import base64
import re

from odoo.tests import tagged
from odoo.tools import mute_logger

from tests.shora_council.refused_case import OUTSIDERS, PDF, QUIET, SECRET, RefusedCase


@tagged("post_install", "-at_install")
class TestRefusedFiles(RefusedCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        scan = base64.b64encode(PDF)
        cls.past._store_facts({"attendance_scan": scan})
        notice, member = cls.coming.notice_id, cls.council.membership_ids[:1]
        row = {"notice_id": notice.id, "membership_id": member.id, "partner_id": member.partner_id.id}
        cls.paper = notice.recipient_ids.create({**row, "channel": "paper", "receipt": scan})
        cls.env.flush_all()

    def addresses(self):
        """Every address of a file a member may open."""
        found = []
        for document, session in ((self.document, self.coming), (self.past_document, self.past)):
            found += [
                self.address(f"/document/{document.id}", session),
                f"/web/content/{document.id}",
                f"/web/content/{document.id}?download=true&access_token=",
                f"/web/content/ir.attachment/{document.id}/raw",
                f"/web/content/ir.attachment/{document.id}/datas/{document.name}",
            ]
        for file in self.files():
            found += [f"/my/dms/file/{file.id}/download", f"/web/content/dms.file/{file.id}/content"]
        for session in (self.coming, self.past):
            found.append(self.address("/pack.pdf", session))
            found.append(f"/web/content/shora.notice.document/{session.notice_id.document_ids.id}/content")
        return [
            *found,
            f"/web/content/shora.session/{self.past.id}/attendance_scan",
            f"/web/content/shora.minutes/{self.minutes.id}/pdf",
            f"/shora/document/shora.minutes/{self.minutes.id}/minutes.pdf",
            f"/my/councils/decree/{self.member.partner_id.shora_membership_ids.decree_id.id}.pdf",
        ]

    def nobodys(self):
        """Addresses that are the office's alone, whoever else asks."""
        notice = self.coming.notice_id
        foreign = self.council.membership_ids.filtered(lambda m: m.partner_id == self.people["B1"]).decree_id
        own = self.member.partner_id.shora_membership_ids.decree_id  # its text is the member's, its record is not
        return [
            f"/web/content/shora.notice/{notice.id}/pdf",
            f"/shora/document/shora.notice/{notice.id}/notice.pdf",
            f"/shora/document/shora.decree/{foreign[:1].id}/decree.pdf",
            f"/web/content/shora.decree/{foreign[:1].id}/pdf",
            f"/my/councils/decree/{foreign[:1].id}.pdf",
            *(
                f"/shora/document/shora.notice/{notice.id}/{name}.pdf"
                for name in ("notice_paper", "pack", "certificate")
            ),
            f"/web/content/shora.notice.recipient/{self.paper.id}/receipt",
            f"/shora/document/shora.decree/{own.id}/decree.pdf",
            f"/web/content/shora.decree/{own.id}/pdf",
        ]

    def is_refused(self, address):
        answer = self.url_open(address)
        shown = PDF in answer.content or b"%PDF-" in answer.content[:1024] or SECRET in answer.text
        away = "/web/login" in answer.url or answer.url.endswith("/my")  # where the documents app sends who may not
        return not shown and (away or answer.status_code in (403, 404))

    @mute_logger(*QUIET)
    def test_files(self):
        for address in self.addresses():
            self.enter("fellow" if address.startswith(("/web/content", "/my/dms")) else "member")
            with self.subTest(who="member", address=address):
                answer = self.url_open(address)
                self.assertEqual((answer.status_code, answer.content[:5]), (200, b"%PDF-"))
        self.enter("member")
        for address in self.nobodys():
            with self.subTest(who="member", address=address):
                self.assertTrue(self.is_refused(address))
        for name in OUTSIDERS:
            self.enter(name)
            for address in (*self.addresses(), *self.nobodys()):
                with self.subTest(who=name, address=address):
                    self.assertTrue(self.is_refused(address))

    @mute_logger(*QUIET)
    def test_pages_of_the_documents_app(self):
        directories = self.files().directory_id
        directories |= directories.parent_id | directories.parent_id.parent_id
        pages = ["/my/dms", *(f"/my/dms/directory/{directory.id}" for directory in directories)]
        self.enter("member")
        self.assertTrue(any(SECRET in self.url_open(page).text for page in pages[1:]))
        for name in OUTSIDERS:
            self.enter(name)
            for page in pages:
                with self.subTest(who=name, page=page):
                    self.assertNotIn(SECRET, self.url_open(page).text)

    @mute_logger(*QUIET)
    def test_pictures_and_archives_of_documents(self):
        for name in OUTSIDERS:
            self.enter(name)
            answers = [self.url_open(f"/web/image/{self.document.id}")]
            token = self.csrf_token()
            data = {"file_ids": str(self.document.id), "zip_name": "x.zip", "csrf_token": token}
            answers.append(self.url_open("/mail/attachment/zip", data=data))
            for answer in answers:
                with self.subTest(who=name, address=answer.url):
                    self.assertNotIn(SECRET, answer.text)
                    self.assertNotIn(PDF, answer.content)

    def csrf_token(self):
        page = self.url_open("/my/account").text
        return re.search(r'csrf_token(?:" value=|: )"([^"]+)"', page).group(1)
