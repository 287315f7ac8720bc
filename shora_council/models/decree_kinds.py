from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.fields import Date, Domain

from .decree import MEMBER_KINDS


@dataclass(frozen=True, slots=True)
class Row:
    """A membership that is, or that a decree would give; days of Tehran, both inclusive.

    :param membership: the ``shora.membership``, empty for one that a decree would give
    :param decree: the ``shora.decree`` behind it
    """

    membership: Any
    decree: Any
    first: date
    last: date | None

    @property
    def seat(self):
        return self.decree.seat_id

    @property
    def partner(self):
        return self.decree.partner_id

    @property
    def expert(self) -> bool:
        return self.decree.seat_id.kind == "expert"

    def meets(self, first: date, last: date | None) -> bool:
        """Whether both times have a day in common."""
        return (self.last is None or self.last >= first) and (last is None or self.first <= last)


class ShoraDecree(models.Model):
    """What a decree of each kind is, whatever way it comes in: form, import or RPC; and what a set of decrees would
    make of a council.
    """

    _name = "shora.decree"
    _inherit = "shora.decree"

    @api.constrains("kind", "seat_id", "council_id", "partner_id", "principal_id", "ends_decree_id", "supersedes_id")
    def _check_kind(self):
        for decree in self:
            reason = decree._reason_against_kind()
            if reason:
                raise ValidationError(reason)

    def _reason_against_kind(self):
        seat, kind = self.seat_id, self.kind
        if seat.council_id != self.council_id:
            text = self.env._("The seat “%(seat)s” belongs to another council.", seat=seat.name)
        elif kind == "representative" and not seat.is_representable:
            rule = self.council_id._rule("no_proxy", self.date_from)
            text = self.env._("Nobody may be represented in the seat “%(seat)s”.", seat=seat.name)
            return self._refusal(rule, text)
        elif kind == "representative" and self.principal_id == self.partner_id:
            text = self.env._("A person cannot be named as their own representative.")
        elif kind == "acting" and not seat.is_secretary:
            text = self.env._("An acting secretary is appointed to the secretary's seat.")
        elif kind == "renewal" and seat.kind != "expert":
            text = self.env._("An ex-officio seat has no term that could be renewed.")
        elif kind == "chair" and seat.kind != "expert":
            rule = self.council_id._rule("chair_is_expert", self.date_from)
            return self._refusal(rule, self.env._("Only an active expert member can be appointed chair."))
        else:
            text = self._reason_against_reference()
        return self._seat_refusal(text) if text else None

    def _reason_against_reference(self):
        """Why the decree it ends or supersedes cannot be the one; None when it can."""
        other = self.ends_decree_id
        if other and (other.kind == "end" or other.seat_id != self.seat_id or other.partner_id != self.partner_id):
            return self.env._("“%(decree)s” does not concern this seat and person.", decree=other.display_name)
        other = self.supersedes_id
        if other and not self._may_supersede(other):
            return self.env._("“%(decree)s” cannot be superseded by this decree.", decree=other.display_name)
        return None

    def _may_supersede(self, other):
        """Another decree for the same seat; a new chair may take over from any expert's seat."""
        if self.kind == "end" or other.kind == "end" or other == self:
            return False
        if "chair" in (self.kind, other.kind):
            return self.kind == other.kind and self.council_id == other.council_id
        return self.seat_id == other.seat_id

    def _seat_refusal(self, text):
        """``text`` with the clause of the seat in front."""
        clause = self.seat_id.sudo().clause_id.citation or self.env._("Article 4")
        return f"({clause}) {text}"

    # --- who sits, as far as this decree is concerned ---

    def _covers(self, day):
        """Whether what this decree gives includes ``day``."""
        return self.date_from <= day and (not self.date_to or day <= self.date_to)

    def _expert_membership(self):
        """The appointee's expert membership on the first day of this decree."""
        self.ensure_one()
        Membership = self.env["shora.membership"]
        return Membership.search(
            Membership._domain_on(self.date_from)
            & Domain("council_id", "=", self.council_id.id)
            & Domain("partner_id", "=", self.partner_id.id)
            & Domain("seat_kind", "=", "expert"),
            limit=1,
        )

    def _pending_membership(self):
        """A decree not issued yet that would make the appointee an expert on the first day of this one: chair and
        renewal are prepared together (note 2).
        """
        self.ensure_one()
        pending = self.search(
            Domain("council_id", "=", self.council_id.id)
            & Domain("partner_id", "=", self.partner_id.id)
            & Domain("kind", "in", ("appointment", "renewal"))
            & Domain("seat_id.kind", "=", "expert")
            & Domain("state", "in", ("draft", "proposed"))
        )
        return pending.filtered(lambda decree: decree._covers(self.date_from))[:1]

    def _sitting_decree(self):
        """The decree of whoever sits in this decree's seat on its first day."""
        self.ensure_one()
        if not self.seat_id or not self.date_from:
            return self.browse()
        Membership = self.env["shora.membership"]
        seat = self.seat_id._origin.id or self.seat_id.id
        sitting = Membership.search(Membership._domain_on(self.date_from) & Domain("seat_id", "=", seat), limit=1)
        if not sitting and self.seat_id.is_secretary:  # somebody may act without sitting in the seat
            return self._acting_on(self.council_id, self.date_from).get(self.council_id.id, self.browse())
        return sitting.decree_id

    def _leavers(self):
        """{decree: last day} of what these decrees would end."""
        leavers = {}
        for decree in self:
            for gone in decree.ends_decree_id | decree.supersedes_id:
                last = Date.subtract(decree.date_from, days=1)
                leavers[gone] = min(last, leavers.get(gone, last))
        return leavers

    def _projected(self, memberships):
        """Everybody who would sit if these decrees were issued.

        :param memberships: those that are
        :return: list of :class:`Row`
        """
        leavers = self._leavers()
        rows = []
        for member in memberships:
            row = Row(member, member.decree_id, member.date_from, member.date_to or None)
            last = leavers.get(member.decree_id)
            if last and (row.last is None or last < row.last):
                row = replace(row, last=last)
            if row.last is None or row.last >= row.first:
                rows.append(row)
        for decree in self.filtered(lambda d: d.kind in MEMBER_KINDS).sorted(lambda d: KIND_RANK[d.kind]):
            new = Row(memberships.browse(), decree, decree.date_from, decree.date_to or None)
            if decree.kind == "acting" and any(
                row.partner == new.partner and row.meets(new.first, new.first) for row in rows
            ):
                continue  # a member who acts as secretary keeps the own seat and is not counted twice
            rows.append(new)
        return rows


KIND_RANK = {kind: rank for rank, kind in enumerate(MEMBER_KINDS)}
