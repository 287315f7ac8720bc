"""A council with something sealed of every kind, and the ways to change it past every guard."""

import base64
from datetime import date, timedelta
from types import SimpleNamespace
from unittest.mock import patch

from tests.common import tehran, utc
from tests.shora_council import files
from tests.shora_council.dossier_case import SCAN, DossierSteps
from tests.shora_council.resolution_case import ResolutionCase
from tests.shora_council.tamper_ways import TamperWays

SIGNATURE = {
    "signer": "Signer",
    "issuer": "Authority",
    "serial": "12",
    "signed_at": utc("2026-11-03 10:30"),
    "is_valid": False,
    "is_whole": True,
    "why": "digest",
    "trust": "unknown",
}


class TamperCase(TamperWays, DossierSteps, ResolutionCase):
    """``self.council`` after a session whose minutes went through everything, and one whose minutes are signed.

    Made once for the class; every test changes it within a savepoint.
    """

    DOCUMENTS = ((0, 0, {"name": "report.txt", "raw": b"report"}), (0, 0, {"name": "map.txt", "raw": b"map"}))
    TODAY = "2026-12-20 12:00"
    #: what has a SHA-256 that is no document's
    NOT_OF_DOCUMENTS = {
        "shora.ics.token": "of an address",
        "shora.year.file": "made anew from what is sealed, and kept for a month",
        "shora.year.file.unit": "as above",
    }

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.name_documents(cls.registry)
        language = patch.object(cls.registry["shora.pdf"], "_language", lambda model: "en_US")
        pack = patch.object(cls.registry["shora.pdf"], "_pack", _pack)
        cls.startClassPatcher(language)
        cls.startClassPatcher(pack)
        cls.env["res.users"].search([]).partner_id.lang = "en_US"
        cls().make_sealed()
        cls.env.flush_all()
        copies = cls.env["shora.archive.copy"].sudo().search([]).filtered("facts_json")
        #: (model, id) of the rows whose document is kept with what they said of it
        cls.kept = {(copy.res_model, copy.res_id) for copy in copies}

    def setUp(self):
        super(ResolutionCase, self).setUp()  # without the session of a single test

    # --- what is sealed ---

    def make_sealed(self):
        with tehran("2026-09-02 08:00"):
            self.decree(
                self.council, "B8", self.make_partner("Eighth"), cv=base64.b64encode(files.pdf())
            ).action_issue()
        type(self).meeting = meeting = self.meeting_of("2026-11-02")
        minutes = self.signed_minutes(meeting)
        self.beside(minutes)
        self.way_of(minutes)
        self.signed_minutes(self.meeting_of("2026-11-16"))
        with tehran("2026-11-20 09:00"):
            self.plan(self.council, "2026-12-28")  # which has no documents yet
        system = self.env(su=True)
        for owner in system["shora.session"]._archive_owners(self.council.sudo()):
            system["shora.archive.copy"]._keep_missing(owner)

    def meeting_of(self, day):
        """A session with its written notice, a guest, an adopted and a rejected resolution and their open votes."""
        with tehran(f"{self.shift(day, -9)} 09:00"):
            session = self.plan(self.council, day)
            rows = self.dispatch(session, paper=True).recipient_ids
            rows[:1].write({"receipt": SCAN, "receipt_name": "receipt.png"})
            rows.action_handed()
        with tehran(f"{day} 12:30"):
            session.write({"presiding_ground": "chair", "state": "open"})
            rows = session.env["shora.attendance"]
            guest = self.make_partner(f"Guest {day}")
            rows.create({"session_id": session.id, "partner_id": guest.id, "kind": "guest", "status": "present"})
            for row in session.attendance_ids:
                row.status = "absent" if row.partner_id == self.people["B2"] else "present"
                if row.partner_id == self.people["B3"]:
                    row.write({"status": "late", "arrived_at": utc(f"{day} 12:40"), "left_at": utc(f"{day} 12:50")})
                    row.note = "Came late"
            session.agenda_item_ids.write({"discussion": "<p>Discussed</p>", "decision": "<p>Decided</p>"})
            session.agenda_item_ids.presenter_id = self.people["B4"]
            open_, secret = self.draft(session), self.draft(session, name="Second", ballot="secret")
            secret.write({"votes_for": 9, "votes_against": 1, "votes_abstain": 1})
            voters = session.attendance_ids.filtered(lambda row: row.kind == "member" and row.status != "absent")
            open_.vote_ids.create(
                [
                    {"resolution_id": open_.id, "attendance_id": row.id, "choice": choice}
                    for row, choice in zip(voters, ("for", "for", "for", "against", "abstain"), strict=False)
                ]
            )
            open_.action_adopt()
            secret.action_adopt()
            self.close_marked(session)
        return session

    def close_marked(self, session):
        for item in session.agenda_item_ids.filtered(lambda i: i.state == "accepted"):
            item.action_discuss()
        session.action_hold()
        session.action_close()

    def signed_minutes(self, session):
        with tehran(f"{self.after(session, 1)} 10:00"):
            minutes = session.env["shora.minutes"]._draft_for(session)
            minutes.text = "<p>Opened at ten.</p>"
            minutes._sign("password")
        return minutes

    def beside(self, minutes):
        """Addendum, scan and signed file, certificate of notice."""
        row = minutes.attendance_ids.filtered(lambda one: one.partner_id == self.people["B2"])
        line = {"attendance_id": row.id, "status_to": "excused"}
        with tehran(f"{self.after(minutes.session_id, 2)} 10:00"):
            addendum = minutes.env["shora.minutes.addendum"].create(
                {"minutes_id": minutes.id, "reason": "A letter", "text": "<p>So</p>", "line_ids": [(0, 0, line)]}
            )
            addendum._sign("password")
            minutes._file("scan", "scan.pdf", files.pdf())
            self.env["shora.minutes.file"]._file(
                minutes,
                files.pdf() + b"\n",
                signatures=[SIGNATURE],
                kind="signed",
                name="signed.pdf",
                filed_at=utc("2026-11-03 11:30"),
                filed_by_id=self.env.uid,
                filed_name="Filer",
            )
            minutes.session_id.notice_id.action_issue_certificate()

    def way_of(self, minutes):
        """Forwarded, returned, answered, reviewed, presented, decided, notified, answered."""
        session, there = minutes.session_id, minutes.with_user(self.secretariat)
        with tehran(f"{self.after(session, 3)} 10:00"):
            minutes.action_forward()
            there.action_receive()
            there._return_with(["Unclear"], "2026-12-01")
            addendum = minutes.env["shora.minutes.addendum"].create(
                {"minutes_id": minutes.id, "reason": "Unclear", "text": "<p>Clear</p>"}
            )
            addendum._sign("password")
            minutes.action_forward()
            there.action_receive()
            self.note(minutes)
            there.action_review()
        dossier = self.presented(minutes, "2026-11-09")
        with tehran("2026-11-10 10:00"):
            for line in dossier.line_ids:
                self.rule_on(line)
            dossier.with_user(self.president).file_scan("whole.png", SCAN)
            dossier.with_user(self.president).file_scan("line.png", SCAN, dossier.line_ids[0].id)
            self.finalized(dossier)
        resolution = dossier.line_ids.resolution_id[0].with_user(self.secretary)
        with tehran("2026-11-11 10:00"):
            resolution.action_notify()
        self.answered(resolution, file=base64.b64encode(files.pdf()), file_name="a.pdf")

    @staticmethod
    def shift(day, days):
        return date.fromisoformat(day) + timedelta(days=days)


def _pack(model, notice):
    """A pack that is not laid out, with every document beside it."""
    entries = [
        SimpleNamespace(**{**entry, "place": "beside", "why": "format", "pages": 0, "first_page": 0})
        for entry in notice._pack_entries()
    ]
    return SimpleNamespace(pdf=b"%%PDF-1.7 pack %d" % notice.id, pages=1, entries=entries)
