from odoo import models
from odoo.fields import Domain

from ..rules import composition
from .decree import ISSUED


class ShoraFinding(models.Model):
    """Vacancies and shortfalls of article 4, with the day since which they last."""

    _name = "shora.finding"
    _inherit = "shora.finding"

    def _expect_composition(self, councils):
        """Article 4: minima, vacant ex-officio seats, no chair (note 2)."""
        found = {}
        today = councils._today()
        vacant = councils._vacant_seats(today)
        histories = self._histories(councils)
        chaired = self.env["shora.decree"]._chairs_on(councils, today)
        for council in councils:
            bylaw = council._bylaw_on(today)
            sittings, chairs = histories.get(council.id, ([], []))
            seats = bylaw._rule("ex_officio_seats")
            has_chair = council.id in chaired if bylaw._rule("one_chair") else None
            # As council._breaches() does, from what was read for all councils at once.
            counted = composition.composition_on(today, sittings, seats.value if seats else None, has_chair=has_chair)
            for breach in composition.check(counted, *council._ranges(today)):
                rule = bylaw._rule(breach.code)
                actor = "secretary" if breach.measure == "experts" else "president"
                empty = [seat for seat in vacant if seat.council_id == council]
                if breach.measure == "ex_officio" and empty:
                    for seat in empty:
                        key = (council.id, breach.code, "shora.seat", seat.id)
                        found[key] = self._values(rule, actor, vacant[seat])
                    continue
                since = self._since(breach, sittings, chairs, today)
                found[council.id, breach.code, "shora.council", council.id] = self._values(rule, actor, since)
        return found

    def _since(self, breach, sittings, chairs, today):
        """The day on which the shortfall began."""
        experts = [sitting for sitting in sittings if sitting.expert]
        counted = {"total": sittings, "experts": experts, "chair": chairs or experts[:0]}.get(breach.measure)
        since = composition.short_since(breach.limit, today, counted) if counted and not breach.blocks else None
        if not since and breach.measure == "chair" and experts:
            since = min(sitting.first for sitting in experts)  # from the first expert on there could have been a chair
        return min(since or today, today)

    def _histories(self, councils):
        """{council id: (every sitting that ever was, every time of a chair)}; two queries for all councils."""
        histories = {}
        members = self.env["shora.membership"].search(
            Domain("council_id", "in", councils.ids) & Domain("state", "!=", "void")
        )
        for member in members:
            sitting = composition.Sitting(member.seat_kind == "expert", member.date_from, member.date_to or None)
            histories.setdefault(member.council_id.id, ([], []))[0].append(sitting)
        decrees = self.env["shora.decree"].search(
            Domain("council_id", "in", councils.ids) & Domain("kind", "=", "chair") & Domain("state", "in", ISSUED)
        )
        for chair in decrees:
            last = chair._last_effective_day()
            if last is None or last >= chair.date_from:
                sitting = composition.Sitting(True, chair.date_from, last)
                histories.setdefault(chair.council_id.id, ([], []))[1].append(sitting)
        return histories
