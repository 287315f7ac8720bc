from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..rules import cadence

#: days by which a rhythm may be shifted at most, by Nowruz and days off
SHIFT = 45


class ShoraSessionPlanner(models.TransientModel):
    """The preview of a year: which days the rhythm of the by-law proposes, what stays and what moves (5-1)."""

    _name = "shora.session.planner"
    _inherit = "shora.session.planner"

    def action_propose(self):
        """Fill the preview anew.

        :raises UserError: the by-law in force sets no interval, or the first day lies outside the year
        """
        self.ensure_one()
        self._check_planners()
        first, last = self._bounds()
        if not first <= self.date_first <= last:
            raise UserError(self.env._("The first day lies outside the year %(year)s.", year=self._year_in_words()))
        rule = self.council_id._interval_rule(self.date_first)
        if not rule:
            raise UserError(self.env._("The by-law in force sets no interval of sessions; enter the days by hand."))
        kept, movable = self._standing(first, last, rule)
        self.line_ids = [(5,), *((0, 0, vals) for vals in self._proposed_lines(rule, last, kept, movable))]
        return self._again()

    def _year_in_words(self):
        return self.env["shora.words"]._digits(self.year)

    def _before(self, day, rule):
        """So far before ``day`` the session that carries the rhythm is looked for: one rhythm, and what shifts it."""
        return fields.Date.add(day, days=-rule.value - SHIFT)

    def _standing(self, first, last, rule):
        """(sessions that stay, sessions that may be moved) of the year; those shortly before it carry the rhythm."""
        sessions = self.env["shora.session"].search(
            Domain("council_id", "=", self.council_id.id)
            & Domain("kind", "=", "ordinary")
            & Domain("day", ">=", self._before(first, rule))
            & Domain("day", "<=", fields.Date.add(last, days=rule.value))
            & Domain("state", "in", ("draft", "scheduled", "invited", "open", "held", "closed")),
            order="start",
        )
        today = self.council_id._today()
        movable = sessions.filtered(
            lambda session: (
                session.state in ("draft", "scheduled") and first <= session.day <= last and session.day > today
            )
        )
        kept = (sessions - movable).filtered(lambda session: session.state != "draft")
        return kept, movable

    def _proposed_lines(self, rule, last, kept, movable):
        council = self.council_id
        before = self._before(self.date_first, rule)
        off, pauses = council._off(before, last), council._pauses(before, last)
        weekday = int(self.weekday) if self.weekday else None
        try:
            plan = cadence.propose(self.date_first, last, rule.value, weekday, off, pauses, kept.mapped("day"))
        except ValueError as error:
            raise UserError(
                self.env._("The working calendar “%(calendar)s” has no working day.", calendar=self.calendar_name)
            ) from error
        lines = []
        for index, proposed in enumerate(plan):
            session = movable[index : index + 1]
            lines.append(
                {
                    "day": proposed.day,
                    "due": proposed.due,
                    "kind": "existing" if session else "new",
                    "session_id": session.id,
                    "reason": self._reason(proposed, off),
                }
            )
        left_over = self.env._("No day of the rhythm is left for it")
        lines += [
            {"day": s.day, "due": s.day, "kind": "existing", "session_id": s.id, "reason": left_over}
            for s in movable[len(plan) :]
        ]
        lines += [
            {"day": session.day, "due": session.day, "kind": "kept", "session_id": session.id}
            for session in kept
            if self._carrier(kept) <= session.day <= last
        ]
        return sorted(lines, key=lambda line: line["day"])

    def _carrier(self, kept):
        """The day of the year from which on the preview shows what stays: the last session before the first proposed
        day, which carries the rhythm; what was before is past, and its gaps are findings.
        """
        earlier = [session.day for session in kept if session.day < self.date_first]
        return max(self._bounds()[0], max(earlier, default=self.date_first))

    def _reason(self, proposed, off):
        """Why the day is not the one of the rhythm, in words."""
        words = self.env["shora.words"]
        reasons = [self.env._("%(day)s: %(reason)s", day=words._day(day), reason=off(day)) for day in proposed.off]
        if proposed.pause:
            reasons.insert(0, self.env._("Nowruz pause until %(day)s", day=words._day(proposed.pause[1])))
        return words._join(reasons)
