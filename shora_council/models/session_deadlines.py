from odoo import api, fields, models

from ..rules import deadline, notice


class ShoraSession(models.Model):
    """The last days that a session sets: of its written notice (5-1) and of its minutes (5-5)."""

    _name = "shora.session"
    _inherit = "shora.session"

    notice_last_day = fields.Date(compute="_compute_deadlines", string="Invitation due")
    minutes_last_day = fields.Date(compute="_compute_deadlines", string="Minutes due")
    notice_days_left = fields.Integer(compute="_compute_deadlines")
    minutes_days_left = fields.Integer(compute="_compute_deadlines")

    @api.depends("day", "kind", "council_id")
    def _compute_deadlines(self):
        now = fields.Datetime.now()
        for session in self:
            session.notice_last_day = session.minutes_last_day = False
            session.notice_days_left = session.minutes_days_left = 0
            if not session.day or not session.council_id:
                continue
            session.notice_last_day = notice.last_day(session.day, session._notice_days()) or False
            session.minutes_last_day = deadline.last_day(session.day, session._minutes_days()) or False
            if session.notice_last_day:
                session.notice_days_left = deadline.days_left(now, session.notice_last_day)
            if session.minutes_last_day:
                session.minutes_days_left = deadline.days_left(now, session.minutes_last_day)

    def _notice_rule(self):
        """Rule of written notice on the session's day: 5-1 for ordinary, 5-1 note (inactive as shipped) for
        extraordinary.
        """
        self.ensure_one()
        code = "extraordinary_notice_days" if self.kind == "extraordinary" else "notice_days"
        return self.council_id._rule(code, self.day)

    def _notice_days(self):
        rule = self._notice_rule()
        return rule.value if rule else None

    def _minutes_days(self):
        rule = self.council_id._rule("minutes_days", self.day)
        return rule.value if rule else None
