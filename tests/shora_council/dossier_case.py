"""Reviewed minutes of one or two councils, and the steps of a dossier."""

import base64
from datetime import date

from tests.common import tehran

from .resolution_case import ResolutionCase

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SCAN = base64.b64encode(PNG).decode()


class DossierSteps:
    """What a session goes through until the President has it; days as in the tests of the week."""

    def minutes_of(self, meeting, secretary=None):
        """Minutes of a session held on ``meeting.day``, at the Secretariat the next day."""
        minutes = meeting.env["shora.minutes"].with_user(secretary or self.secretary)._draft_for(meeting)
        with tehran(f"{self.after(meeting, 1)} 10:00"):
            minutes._sign("password")
            minutes.action_forward()
        with tehran(f"{self.after(meeting, 3)} 10:00"):
            minutes.with_user(self.secretariat).action_receive()
        return minutes

    def reviewed(self, meeting, secretary=None, note=True):
        minutes = self.minutes_of(meeting, secretary)
        with tehran(f"{self.after(meeting, 4)} 10:00"):
            if note:
                self.note(minutes)
            minutes.with_user(self.secretariat).action_review()
        return minutes

    def note(self, minutes, user=None):
        """A note on the minutes and one on each resolution."""
        resolutions = minutes.session_id._presentable()
        return (
            self.env["shora.review.note"]
            .with_user(user or self.secretariat)
            .create(
                [{"minutes_id": minutes.id, "summary": "The council met on the valleys."}]
                + [
                    {"minutes_id": minutes.id, "resolution_id": one.id, "recommendation": f"Instruct on {one.name}"}
                    for one in resolutions
                ]
            )
        )

    def drafted(self, minutes):
        return self.env["shora.dossier"].with_user(self.secretariat)._prepare(minutes)

    def presented(self, minutes, day="2026-11-09"):
        dossier = self.drafted(minutes)
        with tehran(f"{day} 10:00"):
            dossier.with_user(self.head).action_present()
        self.env.invalidate_all()
        return dossier

    def rule_on(self, line, decision="instruct", text="At once", user=None, day=None, seen=None):
        line = line.with_user(user or self.president)
        return line.decide(decision, text, line.revision if seen is None else seen, day)

    def finalized(self, dossier, user=None):
        dossier = dossier.with_user(user or self.president)
        return dossier.finalize({str(line.id): line.revision for line in dossier.line_ids.filtered("decision")})

    @staticmethod
    def after(meeting, days):
        return date.fromordinal(meeting.day.toordinal() + days)


class DossierCase(DossierSteps, ResolutionCase):
    """``self.minutes`` of ``self.meeting`` (2026-11-02): reviewed on 2026-11-06, with ``self.resolution`` in them."""

    def setUp(self):
        super().setUp()
        self.in_english()
        self.env["res.users"].search([]).partner_id.lang = "en_US"  # each is told in the own language
        self.minutes = self.reviewed(self.meeting)

    def second_council(self):
        with tehran("2026-09-01 08:00"):
            council = self.make_council("T2")
            secretary, _people = self.staff_council(council, experts=5, prefix="second")
        return council, secretary

    def adopted_elsewhere(self, council, secretary, day="2026-11-03"):
        """(session, resolution) of another council."""
        before = date.fromordinal(date.fromisoformat(day).toordinal() - 9)
        with tehran(f"{before} 09:00"):
            session = self.plan(council, day, user=secretary)
            self.dispatch(session)
        with tehran(f"{day} 12:30"):
            session.write({"presiding_ground": "chair", "state": "open"})
            resolution = self.draft(session, name="Plan of the stations")
            resolution.action_adopt()
            self.close(session)
        return session, resolution

    def messages(self, record, text):
        return self.env["mail.message"].search(
            [("model", "=", record._name), ("res_id", "=", record.id), ("body", "like", text)]
        )
