"""What a member, and a guest while the session lasts, may not read either: drafts, others' proposals and answers."""

from odoo.tests import tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from tests.common import tehran
from tests.shora_council.refused_case import PDF, QUIET, RefusedCase


@tagged("post_install", "-at_install")
class TestLimits(RefusedCase):
    LAYS_OUT = True

    def seen(self, records):
        """Which of ``records`` the visitor reads by id or finds by search."""
        found = []
        for record in records:
            model, ids = record._name, record.ids
            probes = (("read", ids, ["id"]), ("search", [("id", "in", ids)]))
            for method, *args in probes:
                try:
                    answer = self.rpc(model, method, *args)
                except JsonRpcException:
                    continue
                if answer:
                    found.append((model, method))
        return found

    def unfinished(self):
        """What is the secretary's alone as yet, and what is another member's."""
        office = self.env["shora.session"].with_user(self.secretary)
        draft = office.create({"council_id": self.council.id, "start": self.coming.start.replace(day=1)})
        item = office.env["shora.agenda.item"].create({"session_id": self.coming.id, "name": "Of the office"})
        theirs = item.create({"session_id": self.coming.id, "name": "Theirs"})
        theirs._store_facts({"state": "proposed"})
        theirs._store_facts({"source": "member", "proposer_id": self.people["B1"].id})
        withdrawn = item.create({"session_id": self.coming.id, "name": "Withdrawn"})
        withdrawn.action_withdraw()
        resolution = office.env["shora.resolution"].create({"session_id": self.coming.id, "name": "Draft"})
        other = self.coming._membership_of(self.people["B1"])
        self.coming._store_reply(other, "not_attending", "Of B1 alone")
        self.env["shora.document.opening"]._record(self.coming, self.people["B1"], self.document)
        self.document_of_proposal = self.give_document(item, "proposal")
        return [
            draft,
            item,
            theirs,
            withdrawn,
            resolution,
            self.coming.reply_ids.filtered(lambda reply: reply.partner_id == self.people["B1"]),
            self.coming.opening_ids.filtered(lambda opening: opening.partner_id == self.people["B1"]),
            self.coming.recipient_ids[:1],
            other.decree_id,
            self.env["dms.file"].search([("attachment_id", "=", self.document_of_proposal.id)]),
        ]

    @mute_logger(*QUIET)
    def test_a_member_reads_what_is_finished_and_the_own(self):
        records = self.unfinished()
        self.assertTrue(all(records))
        for name in ("member", "fellow"):
            self.enter(name)
            with self.subTest(who=name):
                self.assertFalse(self.seen(records))
                page = self.url_open(self.address()).text
                for text in ("Of the office", "Theirs", "Withdrawn", "Draft", "Of B1 alone"):
                    self.assertNotIn(text, page)
                for address in (
                    self.address(f"/document/{self.document_of_proposal.id}"),
                    f"/web/content/{self.document_of_proposal.id}",
                ):
                    self.assertNotIn(PDF, self.url_open(address).content)

    @mute_logger(*QUIET)
    def test_draft_minutes_are_the_secretarys(self):
        with tehran(f"{self.day(10)} 10:30"):
            self.coming.write({"presiding_ground": "chair", "state": "open"})
            self.close(self.coming)
            minutes = self.coming.env["shora.minutes"]._draft_for(self.coming)
        for name in ("member", "fellow"):
            self.enter(name)
            with self.subTest(who=name):
                self.assertFalse(self.seen([minutes]))
                for address in (
                    f"/shora/document/shora.minutes/{minutes.id}/minutes.pdf",
                    f"/web/content/shora.minutes/{minutes.id}/pdf",
                ):
                    self.assertIn(self.url_open(address).status_code, (403, 404))

    @mute_logger(*QUIET)
    def test_a_guest_until_the_session_is_closed(self):
        """Article 4, note 4: the own item and its documents, by whatever way, and nothing else of the council."""
        guest = self.outsiders["guest"].partner_id
        self.item.guest_ids = guest
        beside = self.item.create({"session_id": self.coming.id, "name": "Beside"})
        beside.action_accept()
        frozen = self.coming.notice_id.document_ids
        others = [
            self.coming,
            beside,
            self.council,
            self.council.membership_ids[:1],
            self.coming.notice_id,
            self.coming.recipient_ids[:1],
            self.coming.reply_ids,
            self.past_item,
        ]
        document = self.address(f"/document/{self.document.id}")
        self.enter("guest")
        self.assertTrue(self.seen([self.item]))
        self.assertTrue(self.seen([frozen]))
        self.assertFalse(self.seen(others))
        self.assertEqual(self.url_open(document).content, PDF)
        self.assertEqual(self.url_open(self.address("/pack.pdf")).status_code, 404, "the pack holds every item")
        self.assertEqual(self.json2("guest", "shora.agenda.item", "read", ids=self.item.ids, fields=["name"])[0], 200)
        with tehran(f"{self.day(10)} 10:30"):
            self.coming.write({"presiding_ground": "chair", "state": "open"})
            self.close(self.coming)
        self.env.flush_all()
        self.enter("guest")
        self.assertFalse(self.seen([self.item, frozen, *self.files(), *self.files().directory_id, *others]))
        self.assertEqual(self.url_open(document).status_code, 404)
        self.assertEqual(self.json2("guest", "shora.agenda.item", "read", ids=self.item.ids, fields=["name"])[0], 403)
