from odoo import models

from ..rules import composition


class ShoraBylaw(models.Model):
    """How the two ranges of article 4 fit each other, said with the values of this version."""

    _name = "shora.bylaw"
    _inherit = "shora.bylaw"

    def _conflict_lines(self):
        """Sentences that explain where the ranges of members and of experts contradict each other; none when they do
        not, or when a bound is not set.
        """
        rules = {
            code: self._rule(code)
            for code in ("ex_officio_seats", "total_min", "total_max", "expert_min", "expert_max")
        }
        if not all(rules.values()):
            return []
        seats, low, high, least, most = (rule.value for rule in rules.values())
        found = composition.reachable_totals(seats, composition.Range(low, high), composition.Range(least, most))
        if not found.conflict:
            return []
        digits = self.env["shora.words"]._digits
        lines = [
            self.env._(
                "%(seats)s ex-officio members and %(least)s to %(most)s experts make %(from)s to %(to)s members; "
                "article 4 asks for %(low)s to %(high)s. Both ranges hold.",
                seats=digits(seats),
                least=digits(least),
                most=digits(most),
                low=digits(low),
                high=digits(high),
                **{"from": digits(seats + least), "to": digits(seats + most)},
            )
        ]
        if found.valid_experts:
            lines.append(
                self.env._(
                    "With all ex-officio seats filled, %(least)s to %(most)s experts keep both (%(low)s to %(high)s "
                    "members).",
                    least=digits(found.valid_experts[0]),
                    most=digits(found.valid_experts[-1]),
                    low=digits(found.reachable[0]),
                    high=digits(found.reachable[-1]),
                )
            )
        return lines + self._conflict_edges(found, seats, low, high)

    def _conflict_edges(self, found, seats, low, high):
        words = self.env["shora.words"]
        digits = words._digits
        lines = []
        for number in found.too_few:
            lines.append(
                self.env._(
                    "%(experts)s experts are allowed and still too few: %(total)s members, at least %(low)s.",
                    experts=digits(number),
                    total=digits(seats + number),
                    low=digits(low),
                )
            )
        for number in found.too_many:
            lines.append(
                self.env._(
                    "%(experts)s experts are allowed and still too many: %(total)s members, at most %(high)s.",
                    experts=digits(number),
                    total=digits(seats + number),
                    high=digits(high),
                )
            )
        if found.unreachable:
            numbers = words._join(digits(number) for number in found.unreachable)
            lines.append(self.env._("%(numbers)s members cannot be reached.", numbers=numbers))
        return lines
