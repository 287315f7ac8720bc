from odoo import models


class ShoraDesk(models.AbstractModel):
    """Minutes on their way through the Secretariat, for those who see each step's history (5-5)."""

    _name = "shora.desk"
    _inherit = "shora.desk"

    def _session_lines(self, councils, today):
        return super()._session_lines(councils, today) + self._minutes_lines(councils, today)

    def _minutes_lines(self, councils, today):
        if not self.env["shora.minutes.step"].has_access("read"):
            return []  # a member reads the minutes, not their way
        lines = []
        for minutes in councils._find("shora.minutes", [("state", "in", ("forwarded", "received", "returned"))]):
            if minutes.state == "returned" and minutes.answer_due and minutes.answer_due < today:
                continue  # the finding says so
            label, actor, day = {
                "forwarded": (self.env._("Register the receipt"), "secretariat", today),
                "received": (self.env._("Check the minutes"), "secretariat", today),
                "returned": (self.env._("Answer the defects"), "secretary", minutes.answer_due or today),
            }[minutes.state]
            rule = minutes.council_id._rule("minutes_days", minutes.session_id.day)
            lines.append(self._line(minutes, minutes.council_id, label, rule, day, actor, today))
        return lines
