from odoo import models

#: (rule of the least, rule of the most) of one range
RANGES = (("total_min", "total_max"), ("expert_min", "expert_max"))
#: units in which a value is counted: less than one of them says nothing
COUNTED = frozenset({"days", "members", "sessions", "jalali_years", "percent"})


class ShoraBylaw(models.Model):
    """A version that is put in force makes sense: it judges every day from then on and can no longer be changed."""

    _name = "shora.bylaw"
    _inherit = "shora.bylaw"

    def _in_force_blockers(self):
        reasons = []
        digits = self.env["shora.words"]._digits
        for rule in self.rule_ids.filtered(lambda one: one.is_active and one.unit in COUNTED):
            if rule.value < 1:
                reasons.append(self.env._("“%(rule)s” is set and has no value.", rule=rule.name))
            elif rule.unit == "percent" and rule.value > 100:
                reasons.append(self.env._("“%(rule)s” asks for more than all.", rule=rule.name))
        for least, most in ((self._rule(low), self._rule(high)) for low, high in RANGES):
            if least and most and least.value > most.value:
                reasons.append(
                    self.env._(
                        "“%(least)s” is %(low)s and “%(most)s” %(high)s.",
                        least=least.name,
                        low=digits(least.value),
                        most=most.name,
                        high=digits(most.value),
                    )
                )
        return reasons
