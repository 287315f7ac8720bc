from odoo import fields, models


class ShoraSession(models.Model):
    """What stands in the way of a session's next state, clause by clause (article 5)."""

    _name = "shora.session"
    _inherit = "shora.session"

    # --- blockers, clause by clause ---

    def _scheduled_blockers(self):
        if self.state == "open":
            reasons = self._take_back_blockers()
            if self._is_noticed():
                reasons.append(self.env._("Its notice was dispatched: taken back, the session is “invited” again."))
            return reasons
        return (
            []
            if self.council_id.bylaw_id
            else [self.env._("The council has no by-law in force; put a version in force first.")]
        )

    def _invited_blockers(self):
        reasons = self._take_back_blockers() if self.state == "open" else []
        if not self._is_noticed():
            rule = self._notice_rule()
            text = self.env._("Dispatch the written notice; that makes the session “invited”.")
            reasons.append(self._refusal(rule, text))
        return reasons

    def _is_noticed(self):
        return self.notice_id.state == "dispatched"

    def _take_back_blockers(self):
        if self.resolution_ids or any(item.state == "discussed" for item in self.agenda_item_ids):
            return [self.env._("Something has been discussed or decided already; the session stays open.")]
        return []

    def _open_blockers(self):
        reasons = []
        presiding = self.council_id._rule("presiding", self.day)
        if self.kind == "ordinary" and self.state == "scheduled":
            reasons.append(
                self._refusal(
                    self._notice_rule(), self.env._("An ordinary session is opened after its notice was dispatched.")
                )
            )
        if self.council_id._today() < self.day:
            reasons.append(self.env._("The day of the session has not come."))
        chair, secretary = self._officers()
        if not self.presiding_ground:
            reasons.append(self._refusal(presiding, self.env._("Say who presides and on which ground.")))
        elif self.presiding_ground == "chair" and not chair:
            reasons.append(self._refusal(presiding, self.env._("The council has no chair; the secretary presides.")))
        elif self.presiding_ground != "chair" and not secretary:
            reasons.append(self._refusal(presiding, self.env._("The council has no secretary who could preside.")))
        if self.presiding_ground == "delegation" and not (self.delegation_note or "").strip():
            reasons.append(
                self._refusal(presiding, self.env._("Record the chair's delegation (date, letter or words)."))
            )
        return reasons

    def _closed_blockers(self):
        return self._attendance_blockers() + self._predecessor_blockers() + self._item_blockers()

    def _attendance_blockers(self):
        """Everybody is marked, and the marks agree with who presided (5-2)."""
        reasons = []
        members = self.attendance_ids.filtered(lambda row: row.kind == "member")
        unmarked = members.filtered(lambda row: row.status == "unmarked")
        if unmarked:
            rule = self.council_id._rule("absence_limit", self.day)
            names = self.env["shora.words"]._join(unmarked.partner_id.mapped("name"))
            reasons.append(self._refusal(rule, self.env._("Attendance is not marked: %(names)s.", names=names)))
        presiding = self.council_id._rule("presiding", self.day)
        here = members.filtered(lambda row: row.status in ("present", "late")).partner_id
        if self.presiding_partner_id and self.presiding_partner_id not in here:
            text = self.env._("%(name)s presided and is not marked present.", name=self.presiding_partner_id.name)
            reasons.append(self._refusal(presiding, text))
        chair = self._officers()[0]
        if (
            self.presiding_ground == "chair_absent"
            and chair
            and chair in members.filtered(lambda r: r.status == "present").partner_id
        ):
            text = self.env._(
                "%(name)s, the chair, is marked present; the secretary cannot preside for absence.", name=chair.name
            )
            reasons.append(self._refusal(presiding, text))
        return reasons

    def _predecessor_blockers(self):
        if self.kind != "ordinary":
            return []
        earlier = self.search(
            [
                ("council_id", "=", self.council_id.id),
                ("kind", "=", "ordinary"),
                ("start", "<", self.start),
                ("state", "in", ("scheduled", "invited", "open", "held")),
            ],
            limit=3,
        )
        if not earlier:
            return []
        rule = self.council_id._rule("absence_limit", self.day)
        names = self.env["shora.words"]._join(earlier.mapped("display_name"))
        return [
            self._refusal(rule, self.env._("Earlier ordinary sessions are not closed yet: %(names)s.", names=names))
        ]

    def _item_blockers(self):
        pending = self.agenda_item_ids.filtered(lambda item: item.state == "accepted")
        if not pending:
            return []
        return [
            self.env._(
                "Agenda items without an outcome: %(names)s.",
                names=self.env["shora.words"]._join(pending.mapped("name")),
            )
        ]

    def _final_blockers(self):
        return [] if (self.final_reason or "").strip() else [self.env._("Give the reason.")]

    def _cancelled_blockers(self):
        return self._final_blockers() if self.state != "draft" else []

    def _not_held_blockers(self):
        return self._final_blockers()

    def _postponed_blockers(self):
        reasons = self._final_blockers()
        if not self.postponed_to or self.postponed_to <= fields.Datetime.now():
            reasons.append(self.env._("Give the new time, in the future."))
        return reasons
