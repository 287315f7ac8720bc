from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Date, Domain

#: who works at the Secretariat's desk, or looks at it
VISITORS = frozenset({"secretariat", "head", "president", "office"})
#: states of minutes that wait at the Secretariat or with the President, in their order
WAITING = ("forwarded", "received", "returned", "reviewed", "presented")
#: house rules (not set by the by-law) that give a stage its term: stage → rule
TERMS = {"reviewed": "presenting_days", "presented": "decision_days"}


class ShoraSecretariatDesk(models.AbstractModel):
    """The Secretariat's desk: one inbox over all councils, from the minutes that are expected to those that wait for
    the President (5-5, 5-9), each with its age, its last day and what is wanting. Read with the reader's own rights.
    """

    _name = "shora.secretariat.desk"
    _description = "Secretariat's desk"

    @api.model
    def get_desk(self):
        """What the Secretariat's desk shows.

        A row has ``key``, ``stage``, ``model``, ``id`` (what a click opens), ``minutes_id``, ``council_id``,
        ``council``, ``session``, ``session_day``, ``state``, ``since`` (text), ``age`` (Tehran days in this stage),
        ``due`` (text), ``days`` (Tehran days left, negative when overdue; None without a last day), ``late``,
        ``defects`` (list of texts), ``noted``, ``dossier`` (name of the draft it is in) and ``resolutions``.

        :return: dict of ``today`` (text), ``may_prepare``, ``stages`` (``key``, ``label``, ``count``, ``late``),
            ``councils`` (``id``, ``name``, ``counts`` by stage, ``late`` by stage) and ``rows``
        :raises AccessError: neither an office of the Centre nor the auditor
        """
        roles = self._check_visitor()
        today = self.env["shora.council"]._today()
        councils = self.env["shora.council"].search(Domain.TRUE)
        rows = self._expected_rows(councils, today) + self._minutes_rows(councils, today) + self._referred_rows(today)
        rows.sort(key=lambda row: (not row["late"], row["days"] if row["days"] is not None else 10**6, -row["age"]))
        stages = [
            {
                "key": key,
                "label": label,
                "count": sum(row["stage"] == key for row in rows),
                "late": sum(row["stage"] == key and row["late"] for row in rows),
            }
            for key, label in self._stages().items()
        ]
        return {
            "today": self.env["shora.words"]._day(today),
            "may_prepare": "secretariat" in roles,
            "stages": stages,
            "councils": self._council_rows(councils, rows),
            "rows": rows,
        }

    @api.model
    def prepare_dossier(self, minutes_ids):
        """A draft dossier of reviewed minutes of one or several councils (5-9).

        :param minutes_ids: ids of reviewed minutes that are in no dossier yet
        :return: action that opens the draft
        :raises AccessError: not of the Secretariat
        :raises UserError: nothing is chosen, or one of the minutes is not reviewed
        """
        dossiers = self.env["shora.dossier"]
        dossiers.check_access("create")
        minutes = self.env["shora.minutes"].browse(minutes_ids).exists()
        if not minutes:
            raise UserError(self.env._("Choose the reviewed minutes that the dossier shall present."))
        return dossiers._prepare(minutes)._get_records_action()

    def _check_visitor(self):
        user = self.env.user
        roles = user._shora_roles(self.env["shora.council"])
        if not roles & VISITORS and not user.has_group("shora_council.group_shora_auditor"):
            raise AccessError(self.env._("The Secretariat's desk is for the offices of the Centre."))
        return roles

    def _stages(self):
        return {
            "expected": self.env._("Awaited from the council"),
            "forwarded": self.env._("To be received"),
            "received": self.env._("To be reviewed"),
            "returned": self.env._("Returned, answer awaited"),
            "reviewed": self.env._("To be presented"),
            "presented": self.env._("With the President"),
            "referred": self.env._("Referred, to present again"),
        }

    def _council_rows(self, councils, rows):
        """Councils of which something waits, those with the most that is late first."""
        counts, late = {}, {}
        for row in rows:
            for table, amount in ((counts, 1), (late, int(row["late"]))):
                cells = table.setdefault(row["council_id"], {})
                cells[row["stage"]] = cells.get(row["stage"], 0) + amount
        found = [
            {
                "id": council.id,
                "name": council.short_name or council.name,
                "counts": counts[council.id],
                "late": late[council.id],
            }
            for council in councils
            if council.id in counts
        ]
        return sorted(found, key=lambda one: -sum(one["late"].values()))

    # --- rows ---

    def _row(self, stage, record, session, since, today, due=None, **more):
        council, words = session.council_id, self.env["shora.words"]
        days = (due - today).days if due else None
        return {
            "key": f"{stage}-{record._name}-{record.id}",
            "stage": stage,
            "model": record._name,
            "id": record.id,
            "minutes_id": False,
            "council_id": council.id,
            "council": council.short_name or council.name,
            "session": session.display_name,
            "session_day": words._day(session.day),
            "state": "",
            "since": words._day(since),
            "age": (today - since).days if since else 0,
            "due": words._day(due),
            "days": days,
            "late": days is not None and days < 0,
            "defects": [],
            "noted": False,
            "dossier": "",
            "resolutions": 0,
            **more,
        }

    def _expected_rows(self, councils, today):
        """Held, and nothing forwarded yet: due by the end of the week (5-5)."""
        sessions = councils._find("shora.session", [("minutes_awaited", "=", True)], order="start")
        rows = []
        for session in sessions:
            minutes = session.minutes_id
            state = minutes._state_label(minutes.state) if minutes else self.env._("not drafted")
            rows.append(
                self._row("expected", session, session, session.day, today, session.minutes_last_day, state=state)
            )
        return rows

    def _minutes_rows(self, councils, today):
        minutes = councils._find("shora.minutes", [("state", "in", WAITING)])
        since, noted, parts = minutes._stage_days(), self._noted(minutes), self._parts(minutes)
        rows = []
        for one in minutes:
            session, part = one.session_id, parts.get(one.id)
            begun = since.get(one, today)
            row = self._row(
                one.state,
                one,
                session,
                begun,
                today,
                self._due(one, begun),
                minutes_id=one.id,
                noted=one.id in noted,
                dossier=part.dossier_id.display_name if part else "",
                resolutions=len(session._presentable()),
                state=self.env._("forwarded late") if one.state == "forwarded" and one.is_late else "",
            )
            if one.state == "returned":
                row["defects"] = one.sudo().step_ids[-1:].defect_ids.mapped("name")  # whoever reads minutes reads them
            if one.state == "presented" and part:
                row.update(model=part.dossier_id._name, id=part.dossier_id.id)
            rows.append(row)
        return rows

    def _due(self, minutes, since):
        """Last day of the stage: of an answer what the Secretariat said, else what a house rule says, if it is set."""
        if minutes.state == "returned":
            return minutes.answer_due
        code = TERMS.get(minutes.state)
        rule = minutes.council_id._rule(code, minutes.session_id.day) if code else None
        return Date.add(since, days=rule.value) if rule else None

    def _noted(self, minutes):
        notes = self.env["shora.review.note"].search(Domain("minutes_id", "in", minutes.ids))
        return set(notes.minutes_id.ids)

    def _parts(self, minutes):
        """{minutes id: its place in a dossier that was not withdrawn}, one query."""
        parts = self.env["shora.dossier.minutes"].search(
            Domain("minutes_id", "in", minutes.ids) & Domain("is_withdrawn", "=", False)
        )
        return {part.minutes_id.id: part for part in parts}

    def _referred_rows(self, today):
        return [
            self._row(
                "referred",
                resolution,
                resolution.session_id,
                resolution.president_decided_on,
                today,
                state=resolution.display_name,
            )
            for resolution in self.env["shora.resolution"]._referred(self.env.companies)
        ]
