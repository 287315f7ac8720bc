from odoo import fields, models
from odoo.fields import Domain

from ..rules import voting

RUNNING = ("open", "held")
AHEAD = ("scheduled", "invited")
LIVE_ITEMS = ("accepted", "discussed")


class ShoraFinding(models.Model):
    """Sessions that are not run as article 5 says: left undecided after their day, without agenda, with documents sent
    late, without anybody who presides, without a quorum where one is set, with somebody standing in.

    What happened at a sitting stays open until the Secretariat has it in writing, with the minutes.
    """

    _name = "shora.finding"
    _inherit = "shora.finding"

    code = fields.Selection(
        selection_add=[
            ("session_unsettled", "Session neither held nor declared not held"),
            ("attendance_open", "Attendance not confirmed"),
            ("agenda_missing", "No agenda when the invitation was due"),
            ("documents_late", "Agenda or documents changed after the invitation"),
            ("ground_missing", "Extraordinary session without ground"),
            ("presiding_missing", "Session without anybody presiding"),
            ("quorum_missing", "Session without quorum"),
            ("majority_missing", "Resolution adopted without the majority"),
            ("stand_in", "Somebody attended for a member"),
        ],
        ondelete={
            "session_unsettled": "cascade",
            "attendance_open": "cascade",
            "agenda_missing": "cascade",
            "documents_late": "cascade",
            "ground_missing": "cascade",
            "presiding_missing": "cascade",
            "quorum_missing": "cascade",
            "majority_missing": "cascade",
            "stand_in": "cascade",
        },
    )

    def _expectations(self):
        return [
            *super()._expectations(),
            self._expect_settled_sessions,
            self._expect_agendas,
            self._expect_grounds,
            self._expect_presiding,
            self._expect_persons,
            self._expect_quorum,
            self._expect_majorities,
        ]

    def _sessions(self, councils, domain):
        return self.env["shora.session"].search(Domain("council_id", "in", councils.ids) & Domain(domain))

    def _of_session(self, code, session, rule, since, record=None):
        """One entry of what is expected, for the secretary to act; none where the by-law has no such rule."""
        if not rule:
            return {}
        record = record or session
        key = (session.council_id.id, code, record._name, record.id)
        return {key: self._values(rule, "secretary", since)}

    def _expect_settled_sessions(self, councils):
        """5-2, 5-6: its day is over, and it was neither opened nor declared not held, or never closed."""
        found = {}
        before = Domain("day", "<", councils._today()) & Domain("state", "in", (*AHEAD, *RUNNING))
        for session in self._sessions(councils, before):
            council, since = session.council_id, fields.Date.add(session.day, days=1)
            if session.state in AHEAD:
                rule = council._rule("presiding", session.day)
                found |= self._of_session("session_unsettled", session, rule, since)
            else:
                rule = council._rule("absence_limit", session.day)
                found |= self._of_session("attendance_open", session, rule, since)
        return found

    def _expect_agendas(self, councils):
        """5-1: the invitation was due and there is no agenda; or what it was sent with is no longer what there is."""
        found = {}
        today = councils._today()
        sessions = self._sessions(councils, Domain("state", "in", (*AHEAD, *RUNNING)))
        sessions.agenda_item_ids.mapped("attachment_ids")  # in one go for all
        for session in sessions:
            rule = session.council_id._rule("notice_agenda", session.day)
            last = session.notice_last_day or session.day
            if not any(item.state in LIVE_ITEMS for item in session.agenda_item_ids):
                if last < today or session.state in RUNNING:
                    since = min(fields.Date.add(last, days=1), today)
                    found |= self._of_session("agenda_missing", session, rule, since)
            elif session.late_count:
                found |= self._of_session("documents_late", session, rule, today)
        return found

    def _expect_grounds(self, councils):
        """5-1 note: an extraordinary session has a ground."""
        found = {}
        sessions = self._sessions(
            councils,
            Domain("kind", "=", "extraordinary")
            & Domain("ground", "in", (False, ""))
            & Domain("state", "in", (*AHEAD, *RUNNING)),
        )
        for session in sessions:
            rule = session.council_id._rule("extraordinary_ground", session.day)
            found |= self._of_session("ground_missing", session, rule, min(session.day, councils._today()))
        return found

    def _expect_presiding(self, councils):
        """5-2: somebody presides over what is held."""
        found = {}
        sessions = self._sessions(councils, Domain("presiding_partner_id", "=", False) & Domain("state", "in", RUNNING))
        for session in sessions:
            rule = session.council_id._rule("presiding", session.day)
            found |= self._of_session("presiding_missing", session, rule, session.day)
        return found

    def _expect_persons(self, councils):
        """4 note 3: somebody came in a member's place; recorded as no member, until the minutes are forwarded."""
        rows = self.env["shora.attendance"].search(
            Domain("council_id", "in", councils.ids)
            & Domain("kind", "=", "non_member")
            & (Domain("session_id.minutes_awaited", "=", True) | Domain("session_id.state", "in", RUNNING))
        )
        found = {}
        for session in rows.session_id:
            rule = session.council_id._rule("no_proxy", session.day)
            entry = self._of_session("stand_in", session, rule, session.day)
            found |= {key: {**values, "severity": "info"} for key, values in entry.items()}
        return found

    def _expect_quorum(self, councils):
        """Where the by-law sets a quorum that warns: fewer were there; until the minutes are forwarded."""
        found = {}
        for session in self._with_rule(councils, "quorum"):
            rule = session.council_id._rule("quorum", session.day)
            if session._present_members() < session._quorum_needed(rule):
                found |= self._of_session("quorum_missing", session, rule, session.day)
        return found

    def _expect_majorities(self, councils):
        """Where the by-law sets a majority that warns: adopted with fewer votes; until the minutes are forwarded."""
        found = {}
        for session in self._with_rule(councils, "majority"):
            rule = session.council_id._rule("majority", session.day)
            present = session._present_members()
            for resolution in session.resolution_ids.filtered(lambda one: one._outcome() == "adopted"):
                needed = voting.majority_needed(present, rule.value, resolution._share_unit(rule))
                if resolution._tally()["for"] < needed:
                    found |= self._of_session("majority_missing", session, rule, session.day, resolution)
        return found

    def _with_rule(self, councils, code):
        """Sessions held, minutes not forwarded yet, of councils whose by-law sets the rule ``code`` on their day."""
        sessions = self._sessions(
            councils,
            (Domain("minutes_awaited", "=", True) & Domain("attendance_confirmed_at", "!=", False)),
        )
        return sessions.filtered(lambda session: session.council_id._rule(code, session.day))
