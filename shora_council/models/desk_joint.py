from odoo import models


class ShoraDesk(models.AbstractModel):
    """Joint sessions on the desk of the Secretariat, which does there what secretaries do in their councils (5-10)."""

    _name = "shora.desk"
    _inherit = "shora.desk"

    def _line(self, record, council, label, rule, day, actor, today, subject=None):
        line = super()._line(record, council, label, rule, day, actor, today, subject)
        if actor == "secretary" and council.is_coordination:
            line["actor"] = dict(self._actors())["head"]
        return line

    def _session_task(self, session, today):
        """No notice or minutes are due on a day of the by-law; the minutes wait for their signature all the same."""
        if not session.council_id.is_coordination:
            return super()._session_task(session, today)
        rule = session.council_id._rule("joint_meetings", session.day)
        if session.state in ("scheduled", "invited"):
            return self.env._("Hold the session"), rule, session.day
        if session.state in ("open", "held"):
            return self.env._("Confirm attendance and close"), rule, session.day
        return self.env._("Sign the minutes"), rule, today
