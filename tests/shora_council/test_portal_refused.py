"""Who is not a member of the council, or no longer, is refused by every way in; a member is let in by the same ways.

Each probe is first tried by the member, so that a refusal means something.
"""

import re

from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from tests.shora_council.refused_case import OUTSIDERS, QUIET, SECRET, RefusedCase


@tagged("post_install", "-at_install")
class TestRefusedRpc(RefusedCase):
    def outcome(self, model, method, *args, **kwargs):
        """The answer, or None when it was refused."""
        try:
            return self.rpc(model, method, *args, **kwargs)
        except JsonRpcException:
            return None

    def probes(self, record):
        """{what: whether it shows the record}"""
        model, ids = record._name, record.ids
        here = [("id", "in", ids)]
        return {
            "read": bool(self.outcome(model, "read", ids, ["display_name"])),
            "web_read": bool(self.outcome(model, "web_read", ids, specification={"display_name": {}})),
            "search_read": bool(self.outcome(model, "search_read", here, ["display_name"])),
            "search_count": bool(self.outcome(model, "search_count", here)),
            "web_search_read": bool(
                (self.outcome(model, "web_search_read", here, specification={"display_name": {}}) or {}).get("records")
            ),
            "group": any(
                group["__count"]
                for group in self.outcome(model, "formatted_read_group", here, groupby=[], aggregates=["__count"]) or []
            ),
            "name_search": bool(self.outcome(model, "name_search", "", domain=here)),
            "export": bool(self.outcome(model, "export_data", ids, ["display_name"])),
        }

    @mute_logger(*QUIET)
    def test_reading_by_rpc(self):
        records = self.records()
        for record in records:
            self.enter(self.reader(record))
            probes = self.probes(record)
            probes.pop("export")  # a right of its own, which members do not have
            with self.subTest(model=record._name):
                self.assertTrue(all(probes.values()), f"a member reads it: {probes}")
        for name in OUTSIDERS:
            self.enter(name)
            for record in records:
                with self.subTest(who=name, model=record._name):
                    self.assertFalse({what for what, shown in self.probes(record).items() if shown})

    @mute_logger(*QUIET)
    def test_reading_by_json2(self):
        records = self.records()
        self.enter("anonymous")  # the key is the only credential
        for record in records:
            ids = record.ids
            for name in (self.reader(record), *OUTSIDERS):
                with self.subTest(who=name, model=record._name):
                    reading = self.json2(name, record._name, "read", ids=ids, fields=["display_name"])
                    finding = self.json2(name, record._name, "search", domain=[["id", "in", ids]])
                    if name not in OUTSIDERS:
                        self.assertEqual((reading[0], finding), (200, (200, str(ids))))
                        continue
                    self.assertIn(reading[0], (401, 403, 404), reading)
                    self.assertTrue(finding[0] in (401, 403) or finding == (200, "[]"), finding)
                    self.assertNotIn(SECRET, reading[1])

    @mute_logger(*QUIET)
    def test_acting_by_rpc_and_json2(self):
        """Neither answering, nor proposing, nor anything that changes the council's records."""
        acts = [
            (self.coming, "reply", {"answer": "attending"}),
            (self.coming, "propose_item", {"values": {"name": "Smuggled"}}),
            (self.coming, "write", {"vals": {"place": "Elsewhere"}}),
            (self.coming, "message_post", {"body": "Smuggled"}),
            (self.coming, "message_subscribe", {"partner_ids": [1]}),
            (self.item, "write", {"vals": {"name": "Smuggled"}}),
            (self.item, "unlink", {}),
            (self.item, "add_note", {"text": "Smuggled"}),
            (self.item, "copy", {}),
            (self.resolution, "write", {"vals": {"name": "Smuggled"}}),
            (self.minutes, "write", {"vals": {"text": "Smuggled"}}),
            (self.document, "write", {"vals": {"raw": "U211Z2dsZWQ="}}),
            (self.document, "unlink", {}),
            (self.coming.reply_ids, "write", {"vals": {"answer": "attending"}}),
        ]
        before = self.state()
        for name in OUTSIDERS:
            self.enter(name)
            for record, method, kwargs in acts:
                with self.subTest(who=name, model=record._name, method=method):
                    with self.assertRaises(JsonRpcException):
                        self.rpc(record._name, method, record.ids, **kwargs)
                    status, text = self.json2(name, record._name, method, ids=record.ids, **kwargs)
                    self.assertIn(status, (401, 403, 404), text)
            values = {"session_id": self.coming.id, "name": "Smuggled"}
            for model in ("shora.agenda.item", "shora.resolution", "shora.session.reply", "shora.attendance"):
                with self.subTest(who=name, model=model, method="create"), self.assertRaises(JsonRpcException):
                    self.rpc(model, "create", [values])
        self.assertEqual(self.state(), before)

    def state(self):
        self.env.flush_all()
        self.env.invalidate_all()
        return {
            "place": self.coming.place,
            "items": self.coming.agenda_item_ids.mapped("name"),
            "replies": self.coming.reply_ids.mapped("answer"),
            "messages": len(self.coming.message_ids),
            "followers": self.coming.message_partner_ids.ids,
            "raw": self.document.raw,
            "resolutions": self.resolution.name,
        }

    @mute_logger(*QUIET)
    def test_the_conversation_of_a_session(self):
        """The chatter has routes of its own, and messages are a model of their own."""
        self.assertIn(self.note, self.messages())
        here = [("id", "in", self.messages().ids)]
        self.enter("member")
        self.assertIn(self.note.id, self.rpc("mail.message", "search", here))
        params = {"thread_model": "shora.session", "thread_id": self.coming.id}
        for name in OUTSIDERS:
            self.enter(name)
            with self.subTest(who=name):
                self.assertFalse(self.outcome("mail.message", "search", here))
            for route in ("/mail/thread/messages", "/mail/chatter_fetch", "/mail/data"):
                with self.subTest(who=name, route=route):
                    try:
                        answer = self.make_jsonrpc_request(route, dict(params))
                    except JsonRpcException:
                        continue
                    self.assertFalse(set(answer.get("messages", ())) & set(self.messages().ids))
                    self.assertNotIn(f"{SECRET} note", str(answer))
            with self.subTest(who=name), self.assertRaises(JsonRpcException):
                self.make_jsonrpc_request("/mail/message/post", {**params, "post_data": {"body": "Smuggled"}})

    @mute_logger(*QUIET)
    def test_attachments_are_not_found(self):
        """Whatever hangs on the council's records: documents, packs, letters, receipts, what was mailed."""
        kept = [*self.records(), self.past.notice_id, self.coming.notice_id, self.coming.notice_id.recipient_ids]
        here = Domain.OR(Domain("res_model", "=", one._name) & Domain("res_id", "in", one.ids) for one in kept)
        found = self.env["ir.attachment"].search(here & Domain("res_field", "in", (False, "pdf", "pack", "content")))
        self.assertGreater(len(found), 5)
        for name in OUTSIDERS:
            self.enter(name)
            with self.subTest(who=name):
                for sought in (("id", "in", found.ids), ("res_model", "=like", "shora.%"), ("name", "ilike", SECRET)):
                    answer = self.outcome("ir.attachment", "search_read", [sought], ["name", "res_model"]) or []
                    self.assertFalse([row for row in answer if row["id"] in found.ids])

    def messages(self):
        """Every message on the council's records, those of the documents app too."""
        records = [*self.records(), self.past.notice_id, self.coming.notice_id]
        records += [self.files().directory_id.parent_id, self.files().directory_id.parent_id.parent_id]
        return self.env["mail.message"].search(
            Domain.OR(Domain("model", "=", one._name) & Domain("res_id", "in", one.ids) for one in records)
        )

    @mute_logger(*QUIET)
    def test_the_event_in_the_calendar(self):
        """Of the portal only who is invited sees the event; a former member is no longer."""
        event = self.coming.event_id
        self.enter("member")
        self.assertTrue(self.outcome("calendar.event", "read", event.ids, ["name"]))
        for name in ("other", "guest", "former", "anonymous"):
            self.enter(name)
            with self.subTest(who=name):
                self.assertFalse(self.outcome("calendar.event", "read", event.ids, ["name"]))
                self.assertFalse(self.outcome("calendar.event", "search_count", [("id", "=", event.id)]))

    @mute_logger(*QUIET)
    def test_employees_see_in_the_calendar_that_people_are_taken_and_no_more(self):
        """Neither by reading, nor by guessing words, nor by the tokens in the rows of the attendees."""
        event = self.coming.event_id
        said = ["name", "display_name", "location", "description", "videocall_location", "attendee_ids", "access_token"]
        by_place, rows = [("location", "ilike", SECRET)], [("event_id", "=", event.id)]
        token = event.attendee_ids[:1].access_token
        page = f"/calendar/meeting/view?token={token}&id={event.id}"
        self.enter("fellow")
        self.assertIn(SECRET, str(self.rpc("calendar.event", "read", event.ids, said)))
        self.assertIn(event.id, self.rpc("calendar.event", "search", by_place))
        self.assertIn(token, str(self.rpc("calendar.attendee", "search_read", rows)))
        for name in ("colleague", "employee"):
            self.enter(name)
            with self.subTest(who=name):
                [shown] = self.rpc("calendar.event", "read", event.ids, said)
                self.assertNotIn(event.name, (shown["name"], shown["display_name"]))
                self.assertFalse([shown[one] for one in said[2:] if shown[one]])
                for sought in (by_place, [("name", "ilike", "REF")], [("display_name", "ilike", "REF")]):
                    self.assertNotIn(event.id, self.rpc("calendar.event", "search", sought))
                    self.assertNotIn(event.id, self.rpc("calendar.event", "search", ["!", *sought]))
                through = [("meeting_ids.location", "ilike", SECRET)]
                self.assertFalse(self.rpc("res.partner", "search_count", through))
                self.assertFalse(self.rpc("calendar.attendee", "search_read", rows, ["access_token"]))
                self.assertFalse(self.outcome("calendar.attendee", "read", event.attendee_ids.ids, ["access_token"]))
                details = self.rpc("res.partner", "get_attendee_detail", event.partner_ids.ids, event.ids)
                self.assertFalse(details)
                for refused in (("write", event.ids, {"name": "x"}), ("unlink", event.ids)):
                    with self.assertRaises(JsonRpcException) as answer:
                        self.rpc("calendar.event", *refused)
                    self.assertNotIn(event.name, str(answer.exception), "a refusal tells no title")
                seen = self.rpc("calendar.event", "search", [("partner_ids", "in", event.partner_ids.ids)])
                self.assertIn(event.id, seen, "taken they are")
        self.enter("anonymous")
        answer = self.url_open(page)
        self.assertEqual(answer.status_code, 400, "and whoever has the token all the same opens no session with it")
        self.assertNotIn(event.location, answer.text)


@tagged("post_install", "-at_install")
class TestRefusedPages(RefusedCase):
    PAGES = ("/my/councils", "/my/councils/attendance", "/my/councils/minutes", "/my/councils/decrees")

    @mute_logger(*QUIET)
    def test_pages(self):
        self.enter("member")
        for page in (*self.PAGES, self.address(), self.address(session=self.past)):
            self.assertIn(SECRET, self.url_open(page).text, page)
        for name in OUTSIDERS:
            self.enter(name)
            for page in self.PAGES[:3]:
                with self.subTest(who=name, page=page):
                    self.assertNotIn(SECRET, self.url_open(page).text)
            for session in (self.coming, self.past):
                with self.subTest(who=name, session=session.state):
                    answer = self.url_open(self.address(session=session))
                    self.assertTrue(answer.status_code == 404 or "/web/login" in answer.url)
                    self.assertNotIn(SECRET, answer.text)
        self.assertFalse(
            self.env["shora.document.opening"]
            .search([("partner_id", "!=", self.member.partner_id.id)])
            .filtered(lambda opening: opening.session_id in self.coming | self.past),
            "who was refused has opened nothing",
        )

    @mute_logger(*QUIET)
    def test_a_former_member_keeps_the_own_decrees_and_no_more(self):
        self.enter("former")
        decree = self.outsiders["former"].partner_id.shora_membership_ids.decree_id
        self.assertIn(f"/my/councils/decree/{decree.id}.pdf", self.url_open("/my/councils/decrees").text)
        answer = self.url_open(f"/my/councils/decree/{decree.id}.pdf")
        self.assertEqual((answer.status_code, answer.content[:5]), (200, b"%PDF-"))

    @mute_logger(*QUIET)
    def test_forms(self):
        for name in OUTSIDERS:
            self.enter(name)
            token = re.search(r'csrf_token(?:" value=|: )"([^"]+)"', self.url_open("/my/account").text).group(1)
            for tail, data in (("/reply", {"answer": "attending"}), ("/propose", {"name": "Smuggled"})):
                for session in (self.coming, self.past):
                    with self.subTest(who=name, tail=tail, session=session.state):
                        answer = self.url_open(self.address(tail, session), data={"csrf_token": token, **data})
                        self.assertTrue(answer.status_code in (403, 404) or "/web/login" in answer.url)
                        self.assertNotIn(SECRET, answer.text)
        self.assertEqual(len(self.coming.reply_ids), 1)
        self.assertNotIn("Smuggled", (self.coming | self.past).agenda_item_ids.mapped("name"))

    @mute_logger(*QUIET)
    def test_counters_of_the_home_page(self):
        for name, expected in (("member", 1), ("other", 1), ("guest", 0), ("former", 0), ("colleague", 0)):
            self.enter(name)
            with self.subTest(who=name):
                counters = {"counters": ["shora_session_count", "shora_guest_count"]}
                answer = self.make_jsonrpc_request("/my/counters", counters)
                self.assertEqual((answer["shora_session_count"], answer["shora_guest_count"]), (expected, 0))

    @mute_logger(*QUIET)
    def test_calendar_feeds(self):
        self.enter("anonymous")
        mine, others = (f"shora-session-{session.id}@" for session in (self.coming, self.others_session))
        for name, token in (*self.feeds.items(), ("anonymous", "0" * 64)):
            answer = self.url_open(f"/shora/calendar/{token}.ics")
            text = answer.text.replace("\r\n ", "")  # long lines are folded
            with self.subTest(who=name):
                self.assertEqual(mine in text, name == "member")
                self.assertEqual(others in text, name == "other")
                self.assertEqual(answer.status_code, 200 if name in ("member", "other") else 404)
                self.assertEqual(SECRET in text, name == "member")
