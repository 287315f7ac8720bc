from dataclasses import dataclass, field
from datetime import date
from typing import Any

from odoo import models
from odoo.fields import Domain

from ..tools import past_cells
from .past_decree import COLUMNS, REQUIRED

LONGEST = 200  # characters of one cell


@dataclass(slots=True, eq=False)
class Item:
    """One row on its way: what its cells mean, as far as they mean anything.

    :param index: position in the file, from 0
    :param cells: {column: cleaned text}
    :param faults: sentences, each naming its column or clause; empty = may be written
    :param person: :class:`~.past_decree_people.Person` of the appointee, shared by all rows of that person
    :param member: for a chair, and for a member who acts as secretary: the ``shora.membership`` or Item it rests on
    """

    index: int
    cells: dict
    faults: list = field(default_factory=list)
    council: Any = None
    seat: Any = None
    kind: str | None = None
    first: date | None = None
    last: date | None = None
    reason: str | None = None
    official_date: date | None = None
    person: Any = None
    principal: Any = None
    member: Any = None
    decree: Any = None

    @property
    def is_expert(self):
        return bool(self.seat) and self.seat.kind == "expert"

    @property
    def gives_membership(self):
        return self.kind != "chair" and self.member is None

    def meets(self, first, last):
        """Whether both times have a day in common; open ends are None."""
        return (self.last is None or self.last >= first) and (last is None or self.first <= last)


class ShoraPastDecree(models.Model):
    """Cells of imported rows become councils, seats, days and values; what cannot is named with its column."""

    _name = "shora.past.decree"
    _inherit = "shora.past.decree"

    def _read_rows(self, vals_list):
        """:return: list of :class:`Item`, one a row; councils and seats are read once for all rows"""
        labels = self._labels()
        items = [Item(index, {name: past_cells.clean(vals.get(name)) for name in COLUMNS})
                 for index, vals in enumerate(vals_list)]  # fmt: skip
        councils = self._councils_by_name()
        seats = self._seats_by_code({council for found in councils.values() for council in found})
        for item in items:
            self._read_text(item, labels)
            self._read_council(item, labels, councils)
            self._read_kind(item, labels)
            self._read_seat(item, labels, seats)
            item.first = self._read_day(item, labels, "date_from")
            item.last = self._read_day(item, labels, "date_to")
            item.official_date = self._read_day(item, labels, "official_date")
        return items

    def _fault(self, item, labels, column, text):
        item.faults.append(self.env._("%(column)s: %(text)s", column=labels[column], text=text))

    def _read_text(self, item, labels):
        for column, text in item.cells.items():
            if not text:
                if column in REQUIRED:
                    self._fault(item, labels, column, self.env._("must be filled in."))
            elif past_cells.is_hazardous(text):
                shown = "".join(letter if letter.isprintable() else "�" for letter in text)[:40]
                reason = self.env._("“%(value)s” is a formula or has control characters; type plain text.", value=shown)
                self._fault(item, labels, column, reason)
                item.cells[column] = ""
            elif len(text) > LONGEST:
                reason = self.env._("longer than %(number)s characters.", number=LONGEST)
                self._fault(item, labels, column, reason)
                item.cells[column] = ""

    # --- council and seat ---

    def _councils_by_name(self):
        """{key of code, short name or name in any language: councils}; those the importing user may read."""
        found = {}
        for code, _name in self.env["res.lang"].get_installed():
            for council in self.env["shora.council"].with_context(lang=code, active_test=False).search(Domain.TRUE):
                for text in (council.code, council.short_name, council.name):
                    found.setdefault(past_cells.key(text), set()).add(council.with_context(lang=self.env.lang))
        return found

    def _seats_by_code(self, councils):
        ids = [council.id for council in councils]
        seats = self.env["shora.seat"].search([("council_id", "in", ids)])
        return {(seat.council_id.id, past_cells.seat_code(seat.code)): seat for seat in seats}

    def _read_council(self, item, labels, councils):
        text = item.cells["council"]
        if not text:
            return
        found = {council.id: council for council in councils.get(past_cells.key(text), ())}
        if len(found) == 1:
            item.council = next(iter(found.values()))
        elif found:
            reason = self.env._("several councils are called “%(value)s”; write the code.", value=text)
            self._fault(item, labels, "council", reason)
        else:
            reason = self.env._("there is no council “%(value)s”; write its code or name.", value=text)
            self._fault(item, labels, "council", reason)

    def _read_seat(self, item, labels, seats):
        text = item.cells["seat"]
        if not text:
            if item.kind not in (None, "chair"):
                self._fault(item, labels, "seat", self.env._("must be filled in."))
            return
        if item.council:
            item.seat = seats.get((item.council.id, past_cells.seat_code(text)))
            if not item.seat:
                reason = self.env._(
                    "“%(council)s” has no seat “%(value)s”; write its code, for example A3.",
                    council=item.council.short_name,
                    value=text,
                )
                self._fault(item, labels, "seat", reason)

    # --- words and days ---

    def _read_kind(self, item, labels):
        text = item.cells["kind"]
        item.kind = past_cells.kind_of(text)
        if text and not item.kind:
            reason = self.env._(
                "“%(value)s” is not known; write one of: appointment, renewal, representative, acting, chair.",
                value=text,
            )
            self._fault(item, labels, "kind", reason)
        text = item.cells["end_reason"]
        item.reason = past_cells.reason_of(text) if text else None
        if text and not item.reason:
            reason = self.env._(
                "“%(value)s” is not known; write one of: expired, revoked, superseded, resigned, deemed resigned, "
                "post lost.",
                value=text,
            )
            self._fault(item, labels, "end_reason", reason)

    def _read_day(self, item, labels, column):
        text = item.cells[column]
        if not text:
            return None
        try:
            return past_cells.read_day(text)
        except past_cells.CellError as error:
            reasons = {
                "unreadable": self.env._("“%(value)s” is no date; write it as 1402/05/01.", value=text),
                "impossible": self.env._("there is no day “%(value)s” in the calendar.", value=text),
                "two_digits": self.env._("“%(value)s”: write the year with four digits.", value=text),
                "far": self.env._("“%(value)s” is too far from our time; check the year.", value=text),
            }
            self._fault(item, labels, column, reasons[error.code])
            return None
