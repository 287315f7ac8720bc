from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Date

from ..rules import composition
from .decree import MEMBER_KINDS, OFFICES


class ShoraDecree(models.Model):
    """What stands in the way of a decree, clause by clause (article 4). Decrees that are issued together are judged
    together: two may share the last free seat with nobody, and a chair may come with the renewal.
    """

    _name = "shora.decree"
    _inherit = "shora.decree"

    def _judge(self, new):
        if new != "issued" or not self:
            return super()._judge(new)
        self.council_id._claim()
        reasons = self._together_reasons()
        if not reasons:
            return None
        if len(self) == 1:
            text = self.env._(
                "“%(record)s” cannot become “%(state)s”:", record=self.display_name, state=self._state_label(new)
            )
        else:
            text = self.env._("These decrees cannot be issued together; none of them was:")
        raise UserError("\n".join([text, *(f"• {reason}" for reason in reasons)]))

    # --- one decree ---

    def _proposed_blockers(self):
        self.ensure_one()
        reasons = []
        roles = self._roles_of_user()
        expert = self.seat_id.kind == "expert" and self.kind in ("appointment", "renewal")
        if not roles & OFFICES and not expert:
            text = self.env._("The secretary proposes experts; other decrees come from HR or the President's office.")
            reasons.append(self._seat_refusal(text))
        if expert and "secretary" not in roles and not (self.proposal_note or "").strip():
            text = self.env._("Experts are proposed by the secretary; give number and date of the written proposal.")
            reasons.append(self._seat_refusal(text))
        if self.kind == "chair" and not (self._expert_membership() or self._pending_membership()):
            rule = self.council_id._rule("chair_is_expert", self.date_from)
            reasons.append(self._refusal(rule, self.env._("Only an active expert member can be appointed chair.")))
        return reasons + self._end_blockers()

    def _issued_blockers(self):
        """Reasons of this decree alone; what depends on others is ``_together_reasons``."""
        self.ensure_one()
        reasons = self._end_blockers()
        roles = self._roles_of_user()
        registers = roles & OFFICES and "president" not in roles
        if registers and not (self.official_number and self.official_date):
            reasons.append(self.env._("Official number and date of the signed decree are required to register it."))
        if self.post_until and self.post_until < self.date_from:
            reasons.append(self._seat_refusal(self.env._("The post ends before the decree begins.")))
        holder = self.seat_id.sudo().post_holder_id  # whether it is the same person, not who it is
        if self.kind == "representative" and holder and holder != self.principal_id:
            text = self.env._(
                "%(name)s does not hold the post recorded for this seat; only its holder can be represented.",
                name=self.principal_id.name,
            )
            reasons.append(self._seat_refusal(text))
        superseded = self.supersedes_id
        if superseded and superseded.state not in ("issued", "in_force"):
            text = self.env._("“%(decree)s” is not in force and cannot be superseded.", decree=superseded.display_name)
            reasons.append(self._seat_refusal(text))
        for gone in self.ends_decree_id | superseded:
            if self.date_from <= gone.date_from and gone.gives_membership and gone.membership_id._has_attended():
                text = self.env._(
                    "Sessions were attended under “%(decree)s”; it cannot be undone from its first day.",
                    decree=gone.display_name,
                )
                reasons.append(self._seat_refusal(text))
        if self.kind == "renewal" and not self._held_before():
            text = self.env._(
                "%(name)s has not held the seat “%(seat)s” before; appoint instead of renewing.",
                name=self.partner_id.name,
                seat=self.seat_id.display_name,
            )
            reasons.append(self._seat_refusal(text))
        return reasons

    def _held_before(self):
        Membership = self.env["shora.membership"].sudo()
        return Membership.search_count(
            [
                ("seat_id", "=", self.seat_id.id),
                ("partner_id", "=", self.partner_id.id),
                ("state", "!=", "void"),
                ("date_from", "<", self.date_from),
            ],
            limit=1,
        )

    def _end_blockers(self):
        """What a decree that ends another needs: something that still lasts, or a deemed resignation to record."""
        ended = self.ends_decree_id
        if not ended:
            return []
        name = ended.display_name
        if self.end_ground == "deemed_resigned":
            known = ended.end_reason == "deemed_resigned" and ended.date_ended
            if known and self.date_from == Date.add(ended.date_ended, days=1):
                return []
            rule = self.council_id._rule("absence_limit", self.date_from)
            if not known:
                text = self.env._("“%(decree)s” has not ended by a deemed resignation.", decree=name)
            else:
                text = self.env._(
                    "The deemed resignation took effect on %(day)s; the decree begins on the day after it.",
                    day=self.env["shora.words"]._day(ended.date_ended),
                )
            return [self._refusal(rule, text)]
        if ended.state not in ("issued", "in_force"):
            return [self._seat_refusal(self.env._("“%(decree)s” is not in force.", decree=name))]
        over = ended.date_ended or ended.membership_id.date_to or ended.date_to
        if over and self.date_from > over:
            text = self.env._(
                "“%(decree)s” ends on %(day)s already.", decree=name, day=self.env["shora.words"]._day(over)
            )
            return [self._seat_refusal(text)]
        return []

    # --- several decrees at once ---

    def _together_reasons(self, judged=True):
        """Everything that is wrong if these decrees were issued together now; empty when they may be.

        :param judged: also whether this user may take the step, from the state each decree is in
        :return: list of sentences, each with its clause; with several decrees, the decree's name in front
        """
        reasons = []
        for council, decrees in self.grouped("council_id").items():
            rows = council._rows(min(decrees.mapped("date_from")), decrees)
            for decree in decrees:
                own = decree._reasons_against("issued") if judged else decree._issued_blockers()
                own += decree._row_reasons(rows)
                if decree.kind == "chair":
                    own += decree._chair_reasons(rows, decrees)
                front = f"{decree.display_name}: " if len(self) > 1 else ""
                reasons += [front + reason for reason in own]
            reasons += decrees._composition_reasons(council)
        return reasons

    def _row_reasons(self, rows):
        """The seat is free and the person is in the council once (article 4)."""
        own = next((row for row in rows if row.decree == self and not row.membership), None)
        reasons = []
        if self.kind == "acting":
            holder = [r for r in rows if r.seat == self.seat_id and r is not own and r.meets(self.date_from, None)]
            return [self._taken_text(holder[0])] if holder else []
        if own is None:
            return reasons
        for row in rows:
            if row is own or not row.meets(own.first, own.last):
                continue
            if row.seat == own.seat:
                reasons.append(self._taken_text(row))
            elif row.partner == own.partner:
                text = self.env._(
                    "%(name)s already holds the seat “%(seat)s”.", seat=row.seat.display_name, name=row.partner.name
                )
                reasons.append(self._refusal(self._seat_rule(), text))
        return reasons

    def _seat_rule(self):
        code = "ex_officio_seats" if self.seat_id.kind == "ex_officio" else "expert_max"
        return self.council_id._rule(code, self.date_from)

    def _taken_text(self, row):
        text = self.env._("The seat “%(seat)s” is held by %(name)s.", seat=row.seat.display_name, name=row.partner.name)
        return self._refusal(self._seat_rule(), text)

    def _chair_reasons(self, rows, decrees):
        """Only an active expert, and one chair at a time (note 2)."""
        reasons = []
        expert = [
            row
            for row in rows
            if row.expert and row.partner == self.partner_id and row.meets(self.date_from, self.date_from)
        ]
        if not expert:
            rule = self.council_id._rule("chair_is_expert", self.date_from)
            reasons.append(self._refusal(rule, self.env._("Only an active expert member can be appointed chair.")))
        others = self.sudo()._chairs_from(self.council_id, self.date_from) | (decrees - self).filtered(
            lambda decree: decree.kind == "chair"
        )
        leavers = decrees._leavers()
        for chair in others:
            lasts = [leavers.get(chair), leavers.get(chair.membership_id.decree_id), chair._last_effective_day()]
            last = min((day for day in lasts if day), default=None)
            if (last is None or last >= self.date_from) and (not self.date_to or chair.date_from <= self.date_to):
                rule = self.council_id._rule("one_chair", self.date_from)
                text = self.env._("%(name)s is chair; end that decree first.", name=chair.partner_id.name)
                reasons.append(self._refusal(rule, text))
        return reasons

    def _composition_reasons(self, council):
        """Maxima of article 4 on every day on which the council would be at its largest; minima are findings, they
        cannot block the first appointments.
        """
        joining = self.filtered(lambda decree: decree.kind in MEMBER_KINDS)
        if not joining:
            return []
        sittings = council._sittings(min(joining.mapped("date_from")), self)
        days = set()
        for decree in joining:
            days.update(composition.days_to_judge(decree.date_from, decree.date_to or None, sittings))
        reasons = []
        for day in sorted(days):
            bylaw = council._bylaw_on(day)
            for breach in council._breaches_of(sittings, day):
                text = council._breach_text(breach, bylaw)
                if breach.blocks and text not in reasons:
                    reasons.append(text)
        return reasons
