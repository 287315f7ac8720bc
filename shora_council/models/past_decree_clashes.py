from odoo import models
from odoo.fields import Domain

from ..tools import past_cells


class ShoraPastDecree(models.Model):
    """Rows against each other and against what is there: seats, people, chairs (article 4) and official numbers."""

    _name = "shora.past.decree"
    _inherit = "shora.past.decree"

    def _judge_times(self, members, chairs):
        """Two in one seat, one person in two seats, two chairs (article 4)."""
        by_seat, by_person, by_council = {}, {}, {}
        for span in members:
            by_seat.setdefault(span.seat.id, []).append(span)
            if span.item is None or span.item.gives_membership:
                by_person.setdefault((span.council.id, span.person), []).append(span)
        for span in chairs:
            by_council.setdefault(span.council.id, []).append(span)
        for spans in by_seat.values():
            for span, other in self._crossing(spans):
                self._refuse_seat(span, other)
        for spans in by_person.values():
            for span, other in self._crossing(spans):
                if span.seat != other.seat:
                    reason = self.env._(
                        "%(name)s is a member in the seat %(seat)s at the same time: %(where)s.",
                        name=span.name,
                        seat=other.seat._label(),
                        where=self._where(other),
                    )
                    span.item.faults.append(self._cite(span.item, span.first)("total_max", reason))
        for spans in by_council.values():
            for span, other in self._crossing(spans):
                reason = self.env._(
                    "%(name)s is chair at the same time: %(where)s.", name=other.name, where=self._where(other)
                )
                span.item.faults.append(self._cite(span.item, span.first)("one_chair", reason))

    def _refuse_seat(self, span, other):
        item = span.item
        if other.item and (item.kind, span.person, span.first) == (other.item.kind, other.person, other.first):
            item.faults.append(self.env._("The same decree as in row %(row)s.", row=self._number(other.item)))
            return
        reason = self.env._(
            "The seat %(seat)s is held by %(name)s at the same time: %(where)s.",
            seat=span.seat._label(),
            name=other.name,
            where=self._where(other),
        )
        code = "ex_officio_seats" if span.seat.kind == "ex_officio" else "expert_max"
        item.faults.append(self._cite(item, span.first)(code, reason))

    def _crossing(self, spans):
        """Pairs (span of a row, span it meets): each row that begins before the farthest earlier one is over."""
        reach = None
        for span in sorted(spans, key=lambda s: (s.first, s.item.index if s.item else -1)):
            if reach and (reach.last is None or span.first <= reach.last):
                if span.item:
                    yield span, reach
                elif reach.item:
                    yield reach, span
            if reach is None or (reach.last is not None and (span.last is None or span.last > reach.last)):
                reach = span

    def _where(self, span):
        """ "row 12, 1401/05/01 to 1402/04/31", or the days alone for what is in the database."""
        words = self.env["shora.words"]
        first, last = words._day(span.first), words._day(span.last) if span.last else ""
        days = self.env._("%(first)s to %(last)s", first=first, last=last or self.env._("no end"))
        if not span.item:
            return days
        return self.env._("row %(row)s, %(days)s", row=self._number(span.item), days=days)

    def _number(self, item):
        return self.env["shora.words"]._digits(item.index + self._first_row())

    def _judge_numbers(self, items, councils, labels):
        """An official number is used once in its Jalali year, within the company."""
        dated = []
        for item in items:
            if item.cells["official_number"] and not item.cells["official_date"]:
                reason = self.env._("goes with the official date; give both.")
                self._fault(item, labels, "official_number", reason)
            elif item.cells["official_number"] and item.official_date and item.council:
                dated.append(item)
        taken = self._numbers_there(dated, councils)
        for item in dated:
            mark = self._number_mark(item.council.sudo().company_id, item.official_date, item.cells["official_number"])
            if mark in taken:
                other = taken[mark]
                where = self.env._("row %(row)s", row=self._number(other)) if other else self.env._("another decree")
                reason = self.env._(
                    "“%(value)s” is the number of %(where)s in that year.",
                    value=item.cells["official_number"],
                    where=where,
                )
                self._fault(item, labels, "official_number", reason)
            else:
                taken[mark] = item

    def _numbers_there(self, items, councils):
        years = {self._jalali_year(item.official_date) for item in items}
        there = self.env["shora.decree"].sudo().search_fetch(
            Domain("company_id", "in", councils.company_id.ids)
            & Domain("official_year", "in", list(years))
            & Domain("official_number", "!=", False),
            ["company_id", "official_date", "official_number"],
        )  # fmt: skip
        return {self._number_mark(d.company_id, d.official_date, d.official_number): None for d in there}

    def _number_mark(self, company, day, number):
        return company.id, self._jalali_year(day), past_cells.key(number)
