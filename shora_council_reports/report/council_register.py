"""Register of a council: who sits in which seat on a day, by which decree, and which seats are vacant (4)."""

from odoo.addons.shora_council.rules import clock

from .table import Column, Mark, Table


class CouncilRegister(Table):
    """One row for each member of the day, in the order of seats, and for each vacant ex-officio seat.

    From decrees alone, so any day can be asked about; without one, the last day of the period that is not to come.
    As many queries for one council as for eighty.
    """

    code = "council_register"
    reads = ("shora.decree", "shora.membership", "shora.seat")
    takes = frozenset({"day"})
    frozen = 3

    @classmethod
    def name(cls, env):
        return env._("Register of the council")

    def __init__(self, env, scope):
        super().__init__(env, scope)
        today = self._today()
        self.day = scope.day or min(scope.last or today, today)

    def period_text(self):
        return self.env._("As of %(day)s", day=self.words.day[self.day])

    def _columns(self):
        return [
            Column("council", self.env._("Council"), width=26),
            Column("seat", self.env._("Seat"), width=9),
            Column("person", self.env._("Person"), width=28),
            Column("seat_name", self.env._("Name of the seat"), width=30),
            Column("capacity", self.env._("Capacity"), width=14),
            Column("office", self.env._("Office"), "mark", 14),
            Column("decree", self.env._("Decree"), width=16),
            Column("dated", self.env._("Date of the decree"), "day", 12),
            Column("first", self.env._("Member since"), "day", 12),
            Column("last", self.env._("Member until"), "day", 12),
        ]

    def rows(self):
        councils, Decree = self.scope.councils, self.env["shora.decree"]
        decrees = Decree._roll_on(councils, self.day)
        chairs = {decree.membership_id for decree in Decree._chairs_on(councils, self.day).values()}
        acting = {decree.membership_id for decree in Decree._acting_on(councils, self.day).values()}
        kinds = self.words.labels("shora.seat", "kind")
        lines = [self._member(decree, chairs, acting, kinds) for decree in decrees]
        lines += [self._vacant(seat, since, kinds) for seat, since in councils._vacant_seats(self.day).items()]
        return (row for _place, row in sorted(lines, key=lambda line: line[0]))

    def _place(self, seat):
        council = seat.council_id
        return council.sequence, council.id, seat.sequence, seat.id

    def _member(self, decree, chairs, acting, kinds):
        known = decree.sudo()  # the names that the decree itself prints
        dated = decree.official_date or (clock.tehran_day(decree.issued_at) if decree.issued_at else None)
        office = None
        if decree.membership_id in chairs:
            office = Mark(self.env._("chair"), "ok")
        elif known.seat_id.is_secretary:
            office = Mark(self.env._("secretary"), "ok")
        elif decree.membership_id in acting:
            office = Mark(self.env._("acting secretary"), "warn")
        return self._place(known.seat_id), (
            decree.council_id.short_name,
            self.words.seat[known.seat_id.code],
            self.env["shora.composition"]._person(decree),
            known.seat_id.name,
            kinds[known.seat_id.kind],
            office,
            decree.official_number or decree.internal_number or None,
            dated,
            decree.date_from,
            decree._last_effective_day(),
        )

    def _vacant(self, seat, since, kinds):
        vacant = Mark(self.env._("vacant"), "bad")
        return self._place(seat), (
            seat.council_id.short_name,
            self.words.seat[seat.code],
            None,
            seat.name,
            kinds[seat.kind],
            vacant,
            None,
            None,
            since,
            None,
        )
