from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ShoraSession(models.Model):
    """What a session is and how long it lasts: a plan until its members are told, facts once it runs (5-1)."""

    _name = "shora.session"
    _inherit = "shora.session"

    # once the session is running its identity is no longer a plan
    _running_frozen = frozenset({"council_id", "kind", "start", "stop", "ground"})
    # what the members were invited to: an ordinary session made extraordinary would owe no notice and count no absence
    _invited_frozen = frozenset({"kind"})

    @api.depends("start")
    def _compute_stop(self):
        """Two hours; a session that is moved on its form lasts as long as before."""
        for session in self:
            before = session._origin
            if session.start and before.start not in (False, session.start) and session.stop == before.stop:
                session.stop = session.start + (before.stop - before.start)
            elif session.start and (not session.stop or session.stop <= session.start):
                session.stop = session.start + timedelta(hours=2)

    def _check_frozen(self, vals):
        running = self.filtered(lambda session: session.state in ("open", "held"))
        if running and self._running_frozen.intersection(vals):
            raise ValidationError(
                self.env._(
                    "“%(session)s” is running: its council, kind and time are facts now.",
                    session=running[0].display_name,
                )
            )
        invited = self.filtered(lambda session: session.state == "invited")
        if invited and self._invited_frozen.intersection(vals):
            rule = invited[0].council_id._rule("notice_days", invited[0].day)
            text = self.env._(
                "“%(session)s” has been invited to as what it is; its kind stays.", session=invited[0].display_name
            )
            raise ValidationError(self._refusal(rule, text))
        return super()._check_frozen(vals)

    def write(self, vals):
        if not vals.get("start") or vals.get("stop") or not self:
            return super().write(vals)
        # Moved by its beginning alone, by RPC or import: each lasts as long as before.
        start = fields.Datetime.to_datetime(vals["start"])
        for length, sessions in self.grouped(lambda session: session.stop - session.start).items():
            super(ShoraSession, sessions).write({**vals, "stop": start + length})
        return True
