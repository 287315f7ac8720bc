from odoo import models


class ShoraMinutes(models.Model):
    """Minutes of joint sessions (5-10): written at the Secretariat, signed by its head, and with the signature where
    5-5 brings those of the councils: reviewed. They are not forwarded, returned or counted against a week.
    """

    _name = "shora.minutes"
    _inherit = "shora.minutes"

    def _joint(self):
        return self.filtered(lambda minutes: minutes.council_id.is_coordination)

    def _forwarded_blockers(self):
        reasons = super()._forwarded_blockers()
        if self._joint():
            rule = self.council_id._rule("joint_meetings", self.session_id.day)
            text = self.env._("The Secretariat wrote these minutes itself; there is nobody to forward them to.")
            reasons.append(self._refusal(rule, text))
        return reasons

    def _reviewed_blockers(self):
        reasons = super()._reviewed_blockers()
        if self.state == "signed" and not self._joint():
            rule = self.council_id._rule("minutes_days", self.session_id.day)
            reasons.append(self._refusal(rule, self.env._("The minutes have not been forwarded to the Secretariat.")))
        return reasons

    def _on_signed(self):
        result = super()._on_signed()
        self._joint()._as_system().write({"state": "reviewed"})
        return result

    def _on_reviewed(self):
        """Nobody has to be told what the Secretariat has done itself; what comes back from the President has steps."""
        joint = self._joint().filtered(lambda minutes: not minutes.sudo().step_ids)
        for minutes in joint:
            minutes._add_step("reviewed", 1, by_id=minutes.signed_by_id.id, by_name=minutes.signed_name)
        return super(ShoraMinutes, self - joint)._on_reviewed()

    def _facts(self):
        facts = super()._facts()
        if self._joint():
            rows = self.session_id.attendance_ids.filtered(lambda row: row.kind == "secretariat")
            facts["secretariat"] = [self._person_facts(row) for row in rows]
        return facts
