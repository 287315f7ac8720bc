from odoo import models


class ShoraSession(models.Model):
    """What the buttons of a session do; every step is judged in ``write()``."""

    _name = "shora.session"
    _inherit = "shora.session"

    def action_schedule(self):
        self.write({"state": "scheduled"})

    def action_prepare_notice(self):
        """Open the draft of the written notice, made from agenda and members where there is none yet (5-1)."""
        self.ensure_one()
        notice = self.notice_id
        if not notice or notice.state == "void":
            notice = self.env["shora.notice"]._prepare_for(self)
        return notice._get_records_action()

    def action_open(self):
        """Ask who presides and on which ground (5-2)."""
        self.ensure_one()
        return self.env["shora.session.open"]._dialog(self)

    def action_take_back(self):
        """A wrongly opened session, while nothing is decided."""
        for session in self:
            session.write({"state": "invited" if session._is_noticed() else "scheduled"})

    def action_hold(self):
        self.write({"state": "held"})

    def action_close(self):
        self.write({"state": "closed"})

    def action_cancel(self):
        return self.env["shora.session.final"]._dialog(self, "cancelled")

    def action_not_held(self):
        return self.env["shora.session.final"]._dialog(self, "not_held")

    def action_postpone(self):
        return self.env["shora.session.final"]._dialog(self, "postponed")

    def action_minutes(self):
        """Open the minutes, drafted from the session's facts where there are none yet (5-5)."""
        self.ensure_one()
        minutes = self.minutes_id or self.env["shora.minutes"]._draft_for(self)
        return minutes._get_records_action()

    def action_print_attendance(self):
        return self.env["shora.pdf"]._action_render("shora_council.document_attendance", self)
