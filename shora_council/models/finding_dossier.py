from odoo import fields, models
from odoo.fields import Domain


class ShoraFinding(models.Model):
    """Minutes that are reviewed and not presented, or presented and not decided on, for longer than the house allows.

    Clause 5-9 sets no term: both are house rules, shipped inactive. What is found concerns the minutes, which the
    council's secretary reads as well; the dossier is the Secretariat's.
    """

    _name = "shora.finding"
    _inherit = "shora.finding"

    code = fields.Selection(
        selection_add=[
            ("presenting_overdue", "Reviewed minutes not presented to the President"),
            ("decision_overdue", "Presented minutes without the President's decision"),
        ],
        ondelete={"presenting_overdue": "cascade", "decision_overdue": "cascade"},
    )

    def _expectations(self):
        return [*super()._expectations(), self._expect_presenting]

    def _expect_presenting(self, councils):
        today = councils._today()
        watched = {
            "reviewed": ("presenting_overdue", "presenting_days", "head"),
            "presented": ("decision_overdue", "decision_days", "president"),
        }
        minutes = self.env["shora.minutes"].search(
            Domain("council_id", "in", councils.ids) & Domain("state", "in", list(watched))
        )
        days = minutes._stage_days()
        found = {}
        for one in minutes:
            code, rule_code, actor = watched[one.state]
            rule = one.council_id._rule(rule_code, one.session_id.day)
            since = rule and days.get(one) and fields.Date.add(days[one], days=rule.value)
            if since and since < today:
                found[one.council_id.id, code, one._name, one.id] = self._values(
                    rule, actor, fields.Date.add(since, days=1)
                )
        return found
