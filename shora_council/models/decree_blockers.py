from odoo import models
from odoo.fields import Domain


class ShoraDecree(models.Model):
    """What stands in the way of a decree, clause by clause (article 4)."""

    _name = "shora.decree"
    _inherit = "shora.decree"

    # --- what stands in the way ---

    def _judge(self, new):
        if new == "issued" and self.council_id:
            # Two users issuing the last free seat: the second waits here and then counts the first one's member.
            self.council_id._lock_row()
        return super()._judge(new)

    def _proposed_blockers(self):
        if self.kind == "chair" and not self._expert_membership():
            rule = self.council_id._rule("chair_is_expert", self.date_from)
            return [self._refusal(rule, self.env._("Only an active expert member can be appointed chair."))]
        return []

    def _issued_blockers(self):
        self.ensure_one()
        reasons = self._proposed_blockers()
        roles = self._roles_of_user()
        if "president" not in roles and not (self.official_number and self.official_date):
            reasons.append(self.env._("Official number and date of the signed decree are required to register it."))
        if self.kind == "chair":
            return reasons + self._chair_blockers()
        return reasons + self._seat_blockers() + self._composition_blockers()

    def _chair_blockers(self):
        chair = self._chairs_on(self.council_id, self.date_from).get(self.council_id.id)
        if not chair:
            return []
        rule = self.council_id._rule("one_chair", self.date_from)
        return [
            self._refusal(rule, self.env._("%(name)s is chair; end that decree first.", name=chair.partner_id.name))
        ]

    def _seat_blockers(self):
        Membership = self.env["shora.membership"].sudo()  # another's seat must be seen to be refused
        overlap = Domain("state", "!=", "void") & (
            Domain("date_to", "=", False) | Domain("date_to", ">=", self.date_from)
        )
        if self.date_to:
            overlap &= Domain("date_from", "<=", self.date_to)
        reasons = []
        rule = self.council_id._rule(
            "ex_officio_seats" if self.seat_id.kind == "ex_officio" else "expert_max", self.date_from
        )
        taken = Membership.search(overlap & Domain("seat_id", "=", self.seat_id.id), limit=1)
        if taken:
            text = self.env._(
                "The seat “%(seat)s” is held by %(name)s.", seat=self.seat_id.name, name=taken.partner_id.name
            )
            reasons.append(self._refusal(rule, text))
        same = Membership.search(
            overlap & Domain("council_id", "=", self.council_id.id) & Domain("partner_id", "=", self.partner_id.id),
            limit=1,
        )
        if same and same != taken:
            text = self.env._(
                "%(name)s already holds the seat “%(seat)s”.", seat=same.seat_id.name, name=self.partner_id.name
            )
            reasons.append(self._refusal(rule, text))
        return reasons

    def _composition_blockers(self):
        """Maxima of article 4 on the first day; minima are findings, they cannot block the first appointments."""
        expert = self.seat_id.kind == "expert"
        bylaw = self.council_id._bylaw_on(self.date_from)
        breaches = self.council_id._breaches(
            self.date_from, extra_experts=int(expert), extra_ex_officio=int(not expert)
        )
        return [self.council_id._breach_text(breach, bylaw) for breach in breaches if breach.blocks]
