from odoo import api, fields, models


class ShoraCouncil(models.Model):
    """The council's cycle as one line of days: minutes due, notice due, next session, its minutes (5-1, 5-5)."""

    _name = "shora.council"
    _inherit = "shora.council"

    cycle_html = fields.Html(compute="_compute_cycle_html", sanitize=False, string="Cycle")

    @api.depends("session_ids.start", "session_ids.state", "session_ids.minutes_awaited")
    @api.depends_context("uid", "lang")
    def _compute_cycle_html(self):
        for council in self:
            steps = council._cycle()
            council.cycle_html = (
                self.env["ir.qweb"]._render("shora_council.council_cycle", {"steps": steps}) if steps else False
            )

    def _cycle(self):
        """What comes next in this council, in the order of days.

        :return: list of dicts ``label``, ``day`` (text), ``note`` (days left or overdue, in words), ``level``
            (danger, warning, secondary), ``clause``
        """
        self.ensure_one()
        today = self._today()
        steps = []
        awaited, session = self.minutes_due_id, self.next_session_id
        if awaited and self.minutes_last_day:
            rule = self._rule("minutes_days", awaited.day)
            steps.append((self.minutes_last_day, self.env._("Minutes of the last session"), rule))
        if session and session.state == "scheduled" and self.notice_last_day:
            steps.append((self.notice_last_day, self.env._("Written notice"), session._notice_rule()))
        if session:
            rule = "extraordinary_ground" if session.kind == "extraordinary" else "session_interval"
            steps.append((session.day, self.env._("Next session"), self._rule(rule, session.day)))
            if session.minutes_last_day:
                rule = self._rule("minutes_days", session.day)
                steps.append((session.minutes_last_day, self.env._("Minutes of the next session"), rule))
        return [self._cycle_step(day, label, rule, today) for day, label, rule in sorted(steps, key=lambda s: s[0])]

    def _cycle_step(self, day, label, rule, today):
        words, days = self.env["shora.words"], (day - today).days
        if days < 0:
            note, level = self.env._("%(days)s days overdue", days=words._digits(-days)), "danger"
        elif days == 0:
            note, level = self.env._("today"), "warning"
        else:
            note = self.env._("%(days)s days left", days=words._digits(days))
            level = "warning" if days <= 3 else "secondary"
        return {
            "label": label,
            "day": words._day(day),
            "note": note,
            "level": level,
            "clause": rule._cite() if rule else "",
        }
