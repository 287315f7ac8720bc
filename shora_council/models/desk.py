from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain


class ShoraDesk(models.AbstractModel):
    """My desk (کارتابل): what is overdue, what is due, who acts, by which clause. Everything is read with the reader's
    own rights.
    """

    _name = "shora.desk"
    _description = "My desk"

    @api.model
    def get_desk(self):
        """What the first screen shows.

        A line has ``key``, ``label``, ``subject``, ``council``, ``clause``, ``since``, ``days`` (Tehran days left,
        negative when overdue), ``actor``, ``mine``, ``model`` and ``id``.

        :return: dict of ``today`` (text), ``findings`` (whether the reader may know them), ``overdue`` and ``due``
            (lists of lines) and ``councils`` (list of cards)
        :raises AccessError: for users without any role in the councils
        """
        if not (
            self.env.user.has_group("shora_council.group_shora_member") or self.env.user.has_group("hr.group_hr_user")
        ):
            raise AccessError(self.env._("The desk is for those who work with the councils."))
        today = self.env["shora.council"]._today()
        councils = self.env["shora.council"].search(Domain.TRUE)
        lines = (
            self._session_lines(councils, today)
            + self._recipient_lines(councils, today)
            + self._decree_lines(councils, today)
        )
        findings = self._finding_lines(councils, today)
        due = sorted((line for line in lines if line["days"] >= 0), key=lambda line: line["days"])
        overdue = findings + [line for line in lines if line["days"] < 0]
        overdue.sort(key=lambda line: line["days"])
        return {
            "today": self.env["shora.words"]._day(today),
            "findings": self._reads_findings(),
            "overdue": overdue,
            "due": due,
            "councils": [self._card(council) for council in councils if not council.is_coordination],
        }

    def _reads_findings(self):
        """A member reads none: the desk must not tell him that there are none."""
        return self.env["shora.finding"].has_access("read")

    # --- lines ---

    def _line(self, record, council, label, rule, day, actor, today, subject=None):
        """One row of the desk; ``rule`` may be empty for what no clause names."""
        roles = self._roles(council)
        clause = rule._cite() if rule else ""
        return {
            "key": f"{record._name}-{record.id}-{label}",
            "label": label,
            "subject": subject or record.display_name,
            "council": council.short_name or "",
            "clause": clause,
            "since": self.env["shora.words"]._day(day),
            "days": (day - today).days,
            "actor": dict(self._actors()).get(actor, ""),
            "mine": actor in roles or (actor == "secretary" and "staff" in roles),
            "model": record._name,
            "id": record.id,
        }

    def _actors(self):
        return self.env["shora.finding"]._fields["actor"]._description_selection(self.env)

    def _roles(self, council):
        return self.env.user._shora_roles(council)

    def _finding_lines(self, councils, today):
        lines = []
        labels = dict(self.env["shora.finding"]._fields["code"]._description_selection(self.env))
        for finding in councils._find("shora.finding", [("state", "=", "open")]):
            line = self._line(
                finding,
                finding.council_id,
                labels[finding.code],
                False,
                finding.date_since,
                finding.actor,
                today,
                finding.subject,
            )
            line.update(clause=finding.clause_id.citation or "", model=finding.res_model, id=finding.res_id)
            lines.append(line)
        return lines

    def _session_lines(self, councils, today):
        lines = []
        running = Domain("state", "in", ("scheduled", "invited", "open", "held"))
        sessions = councils._find("shora.session", running | Domain("minutes_awaited", "=", True), order="start")
        for session in sessions:
            task = self._session_task(session, today)
            if task:
                label, rule, day = task
                lines.append(self._line(session, session.council_id, label, rule, day, "secretary", today))
        return lines

    def _session_task(self, session, today):
        """(label, rule, day) of the next step of a session; None when nothing is due, or when it is a finding
        already.
        """
        council, state = session.council_id, session.state
        if state == "scheduled" and session.notice_last_day:
            if session.notice_last_day < today:
                return None  # the finding says so
            return self.env._("Dispatch the written notice"), session._notice_rule(), session.notice_last_day
        if state in ("scheduled", "invited"):
            return (self.env._("Hold the session"), council._rule("presiding", session.day), session.day)
        if state in ("open", "held"):
            return self.env._("Confirm attendance and close"), council._rule("absence_limit", session.day), session.day
        if session.minutes_last_day and session.minutes_last_day >= today:
            return (
                self.env._("Sign and forward the minutes"),
                council._rule("minutes_days", session.day),
                session.minutes_last_day,
            )
        return None

    def _recipient_lines(self, councils, today):
        """Notices that did not reach somebody: refused, bounced, or paper still to be handed over."""
        rows = councils._find(
            "shora.notice.recipient",
            [
                ("state", "in", ("failed", "bounced", "planned")),
                ("channel", "!=", "phone"),  # a call is no written notice, and none is owed on paper
                ("notice_id.state", "=", "dispatched"),
                ("session_id.state", "=", "invited"),
            ],
        )
        lines = []
        for session, missing in rows.grouped("session_id").items():
            names = "، ".join(missing.partner_id.mapped("name"))
            lines.append(
                self._line(
                    session,
                    session.council_id,
                    self.env._("Serve the notice on paper"),
                    session._notice_rule(),
                    session.notice_last_day or session.day,
                    "secretary",
                    today,
                    names,
                )
            )
        return lines

    def _decree_lines(self, councils, today):
        """Decrees that wait for their issue, and terms that wait for their renewal (4-B)."""
        lines = []
        for decree in councils._find("shora.decree", [("state", "=", "proposed")]):
            rule = decree.council_id._rule("total_max", today)
            lines.append(
                self._line(
                    decree,
                    decree.council_id,
                    self.env._("Issue the decree"),
                    rule,
                    max(decree.date_from, today),
                    "president",
                    today,
                )
            )
        return lines + self._renewal_lines(councils, today)

    def _renewal_lines(self, councils, today):
        if not self.env["shora.decree"].has_access("read"):
            return []  # a member sees who sits, not who is being renewed
        return [
            self._line(
                member,
                member.council_id,
                self.env._("Term ends: propose the renewal"),
                member.council_id._rule("expert_term", today),
                member.date_to,
                "secretary",
                today,
            )
            for member in councils._find("shora.membership", [("is_renewal_due", "=", True)])
            if not member.renewal_id
        ]

    # --- councils ---

    def _card(self, council):
        words = self.env["shora.words"]
        session = council.next_session_id
        return {
            "id": council.id,
            "name": council.short_name,
            "members": council.member_count,
            "experts": council.expert_count,
            "chair": council.chair_id.sudo().name or "",  # the chair's name is no secret of the address book
            "secretary": council.secretary_id.sudo().name or "",
            "findings": council.open_finding_count if self._reads_findings() else None,
            "session": session.display_name or "",
            "session_id": session.id,
            "session_day": words._day(session.day) if session else "",
            "notice_day": words._day(session.notice_last_day) if session else "",
            "minutes_day": words._day(council.minutes_last_day),
        }
