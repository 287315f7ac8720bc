from odoo import fields, models
from odoo.fields import Domain

from ..rules import clock


class ShoraMinutes(models.Model):
    """Approval of the minutes by the members, where the by-law's rule “minutes_approval” is set: their signatures on
    the printed minutes, filed beside them as a scan. It blocks the forwarding, or is watched, as the rule says.
    """

    _name = "shora.minutes"
    _inherit = "shora.minutes"

    def _approval_rule(self):
        return self.council_id._rule("minutes_approval", self.session_id.day)

    def _is_approved(self):
        self.ensure_one()
        return "scan" in self.sudo().file_ids.mapped("kind")  # whether it was filed, whoever may open it

    def _file(self, kind, name, raw):
        file = super()._file(kind, name, raw)
        if self._approval_rule():
            self.env["shora.finding"]._check(self.council_id)
        return file

    def _forwarded_blockers(self):
        reasons = super()._forwarded_blockers()
        rule = self._approval_rule()
        if rule and rule.severity == "block" and self.state == "signed" and not self._is_approved():
            reasons.append(
                self._refusal(
                    rule,
                    self.env._("The members have not approved the minutes: file the scan with their signatures first."),
                )
            )
        return reasons


class ShoraFinding(models.Model):
    """Minutes that went to the Secretariat without the members' approval, where the by-law asks for it."""

    _name = "shora.finding"
    _inherit = "shora.finding"

    code = fields.Selection(
        selection_add=[("minutes_unapproved", "Minutes without the members' approval")],
        ondelete={"minutes_unapproved": "cascade"},
    )

    def _expectations(self):
        return [*super()._expectations(), self._expect_approvals]

    def _expect_approvals(self, councils):
        asking = councils.filtered(
            lambda one: any(bylaw._rule("minutes_approval") for bylaw in one.bylaw_ids if bylaw.state == "in_force")
        )
        if not asking:
            return {}
        forwarded = self.env["shora.minutes"].search(
            Domain("council_id", "in", asking.ids)
            & Domain("forwarded_at", "!=", False)
            & Domain("file_ids", "not any", [("kind", "=", "scan")])
        )
        found = {}
        for minutes in forwarded:
            rule = minutes._approval_rule()
            if rule:
                key = (minutes.council_id.id, "minutes_unapproved", minutes._name, minutes.id)
                found[key] = self._values(rule, "secretary", clock.tehran_day(minutes.forwarded_at))
        return found
