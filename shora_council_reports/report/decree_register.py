"""Register of decrees: what was issued, to whom, for how long, and how it ended (article 4)."""

from odoo.addons.shora_council.models.decree import ISSUED
from odoo.addons.shora_council.rules import clock
from odoo.fields import Domain

from .table import Column, Table


class DecreeRegister(Table):
    """One row for each issued decree, by its day: the official date, or the day of issue where there is none yet.

    Names and positions are those printed on the decree.
    """

    code = "decree_register"
    reads = ("shora.decree",)
    takes = frozenset({"person", "state"})
    states_of = ("shora.decree", "state")
    chosen_by = {"shora.decree": "id"}

    @classmethod
    def name(cls, env):
        return env._("Register of decrees")

    @classmethod
    def states(cls, env):
        return [(state, label) for state, label in super().states(env) if state in ISSUED]

    def _columns(self):
        return [
            Column("council", self.env._("Council"), width=26),
            Column("number", self.env._("Official number"), width=16),
            Column("day", self.env._("Dated"), "day", 12),
            Column("internal", self.env._("Internal number"), width=16),
            Column("kind", self.env._("Kind of decree"), width=16),
            Column("seat", self.env._("Seat"), width=9),
            Column("person", self.env._("Appointee"), width=26),
            Column("position", self.env._("Position"), width=26),
            Column("principal", self.env._("Represents"), width=20),
            Column("first", self.env._("First day"), "day", 12),
            Column("last", self.env._("Last day"), "day", 12),
            Column("state", self.env._("State"), width=12),
            Column("end_reason", self.env._("Reason of the end"), width=18),
            Column("ended", self.env._("Ended on"), "day", 12),
            Column("refers", self.env._("Ends or replaces"), width=18),
            Column("imported", self.env._("Imported"), width=9),
        ]

    def _domain(self):
        scope = self.scope
        dated = Domain("official_date", "!=", False) & scope.on_days("official_date")
        undated = Domain("official_date", "=", False) & scope.at_moments("issued_at")
        return (
            scope.in_councils()
            & Domain("state", "in", (scope.state,) if scope.state else ISSUED)
            & (dated | undated)
            & scope.of_people()
            & self._chosen()
        )

    def rows(self):
        words, labels = self.words, self.words.labels
        kinds, states = labels("shora.decree", "kind"), labels("shora.decree", "state")
        reasons = labels("shora.decree", "end_reason")
        decrees = self.env["shora.decree"].search_fetch(
            self._domain(),
            [
                *("council_id", "official_number", "official_date", "internal_number", "issued_at", "kind", "seat_id"),
                *("recipient_title", "recipient_name", "recipient_position", "partner_id", "principal_id"),
                *("date_from", "date_to", "state", "end_reason", "date_ended", "is_imported"),
                *("ends_decree_id", "supersedes_id"),
            ],
        )
        for decree in decrees.sorted(self._order):
            known = decree.sudo()  # the names and numbers that the decree itself prints
            yield (
                decree.council_id.short_name,
                decree.official_number or None,
                self._day(decree),
                decree.internal_number or None,
                kinds[decree.kind],
                words.seat[known.seat_id.code],
                " ".join(filter(None, (decree.recipient_title, decree.recipient_name or known.partner_id.name))),
                decree.recipient_position or None,
                known.principal_id.name or None,
                decree.date_from,
                decree.date_to or None,
                states[decree.state],
                reasons[decree.end_reason],
                decree.date_ended or None,
                words.join(filter(None, map(self._number, (known.ends_decree_id, known.supersedes_id)))) or None,
                words.yes(decree.is_imported),
            )

    def _order(self, decree):
        council = decree.council_id
        return council.sequence, council.id, self._day(decree) or decree.date_from, decree.id

    @staticmethod
    def _day(decree):
        return decree.official_date or (clock.tehran_day(decree.issued_at) if decree.issued_at else None)

    @staticmethod
    def _number(decree):
        return decree.official_number or decree.internal_number
