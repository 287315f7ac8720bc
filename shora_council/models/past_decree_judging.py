from dataclasses import dataclass
from datetime import date
from typing import Any

from odoo import models
from odoo.fields import Domain

from ..rules import term
from ..tools import past_cells
from .decree import ISSUED, MEMBER_KINDS


@dataclass(slots=True, eq=False)
class Span:
    """A time in a seat, in the council or in the chair: of a row, or of what is in the database already.

    :param item: the row; None for what is there
    :param record: the ``shora.membership`` or ``shora.decree`` that is there; None for a row
    :param person: identity of the person, see ``_identity``
    """

    item: Any
    record: Any
    council: Any
    seat: Any
    person: Any
    name: str
    first: date
    last: date | None

    def covers(self, day):
        return self.first <= day and (self.last is None or day <= self.last)


class ShoraPastDecree(models.Model):
    """What article 4 and plain sense have against a set of rows: each alone, against each other, against what is there.

    The composition's maxima are not judged: the past was what it was.
    """

    _name = "shora.past.decree"
    _inherit = "shora.past.decree"

    def _judge_rows(self, vals_list):
        """:return: (items, [(index of the row, sentence)]); nothing may be written unless the second is empty"""
        items = self._read_rows(vals_list)
        councils = self.env["shora.council"].browse({item.council.id for item in items if item.council}).sudo()
        councils._claim()
        self._find_people(items)
        labels, today = self._labels(), councils._today()
        for item in items:
            if item.council and item.kind:
                self._judge_kind(item, labels)
            if item.first:
                self._judge_term(item, labels, today)
        members, chairs = self._spans_there(councils)
        members += [self._span(item) for item in items if item.kind in MEMBER_KINDS and self._is_placed(item)]
        self._judge_resting(items, members, labels, today)
        chairs += [self._span(item) for item in items if item.kind == "chair" and self._is_placed(item)]
        self._judge_times(members, chairs)
        self._judge_numbers(items, councils, labels)
        return items, [(item.index, text) for item in items for text in item.faults]

    # --- one row ---

    def _judge_kind(self, item, labels):
        """The seat fits the kind of decree (article 4, A and B, notes 2 and 3)."""
        seat, kind = item.seat, item.kind
        day = item.first or item.council._today()
        cite = self._cite(item, day)
        if kind == "representative" and not item.cells["principal"]:
            item.faults.append(cite("no_proxy", self.env._("Say whom the representative represents.")))
        elif kind != "representative" and item.cells["principal"]:
            reason = self.env._("only a standing representative represents somebody.")
            item.faults.append(cite("no_proxy", f"{labels['principal']}: {reason}"))
        elif item.principal and item.principal is item.person:
            item.faults.append(cite("no_proxy", self.env._("Nobody is the representative of the own person.")))
        if not seat:
            return
        label = seat._label()
        if kind == "representative" and not seat.is_representable:
            item.faults.append(
                cite("no_proxy", self.env._("Nobody may be represented in the seat %(seat)s.", seat=label))
            )
        elif kind == "renewal" and seat.kind != "expert":
            item.faults.append(
                self.env._("An ex-officio seat (%(seat)s) has no term that could be renewed.", seat=label)
            )
        elif kind == "acting" and not seat.is_secretary:
            reason = self.env._(
                "An acting secretary is appointed to the secretary's seat, not to %(seat)s.", seat=label
            )
            item.faults.append(reason)
        elif kind == "chair" and seat.kind != "expert":
            reason = self.env._("The chair is one of the experts; %(seat)s is no expert's seat.", seat=label)
            item.faults.append(cite("chair_is_expert", reason))

    def _judge_term(self, item, labels, today):
        """Days in order, an expert's term by the by-law of its first day (4-B), an end that is over has a reason."""
        if item.last and item.last < item.first:
            self._fault(item, labels, "date_to", self.env._("before the first day."))
            return
        if item.cells["date_to"] and not item.last:
            return  # unreadable, and said so
        whole = None
        if item.is_expert and item.kind in ("appointment", "renewal"):
            rule = item.council.sudo()._rule("expert_term", item.first)
            whole = term.last_day(item.first, years=rule.value) if rule else item.last
            cite = self._cite(item, item.first)
            if not item.last:
                item.faults.append(cite("expert_term", self.env._("An expert's decree has a last day.")))
            elif item.last and rule and item.last > whole:
                reason = self.env._(
                    "%(column)s: the term from %(first)s ends on %(last)s at the latest.",
                    column=labels["date_to"],
                    first=self.env["shora.words"]._day(item.first),
                    last=self.env["shora.words"]._day(whole),
                )
                item.faults.append(cite("expert_term", reason))
        over = item.last and item.last < today
        if item.cells["end_reason"] and not over and item.kind != "chair":
            reason = self.env._("only for what is over; end what still lasts by a decree of its own.")
            self._fault(item, labels, "end_reason", reason)
        elif over and not item.cells["end_reason"] and item.kind != "chair" and not item.faults:
            if item.last == whole:
                item.reason = "expired"
            else:
                self._fault(item, labels, "end_reason", self.env._("say why it ended before its time."))

    def _cite(self, item, day):
        """Function (code of a rule, sentence) → sentence with the clause of ``day``'s by-law in front."""
        refusal = self.env["shora.state.mixin"]._refusal
        return lambda code, text: refusal(item.council.sudo()._rule(code, day), text)

    # --- what is there ---

    def _identity(self, person):
        return person.partner.id if person.partner else f"new {id(person)}"

    def _span(self, item):
        return Span(
            item, None, item.council, item.seat, self._identity(item.person), item.person.name, item.first, item.last
        )

    def _is_placed(self, item):
        """Whether seat, person and days are known: an unreadable last day is no open end that blocks others."""
        return item.seat and item.person and item.first and (item.last or not item.cells["date_to"])

    def _spans_there(self, councils):
        """(times in seats, times in the chair) in the database; three queries for all councils."""
        there = Domain("council_id", "in", councils.ids)
        members = self.env["shora.membership"].sudo().search(there & Domain("state", "!=", "void"))
        Decree = self.env["shora.decree"].sudo()
        decrees = Decree.search(
            there
            & Domain("state", "in", ISSUED)
            & Domain("kind", "in", ("chair", "acting"))
            & Domain("gives_membership", "=", False)
        )
        rows = [(member, member.date_to) for member in members]
        rows += [(decree, decree._last_effective_day()) for decree in decrees]
        spans = [
            Span(
                None,
                record,
                record.council_id,
                record.seat_id,
                record.partner_id.id,
                record.partner_id.name,
                record.date_from,
                last or None,
            )
            for record, last in rows
            if not last or last >= record.date_from
        ]
        chairs = [s for s in spans if s.record._name == "shora.decree" and s.record.kind == "chair"]
        return [s for s in spans if s not in chairs], chairs

    # --- what rests on a membership ---

    def _judge_resting(self, items, members, labels, today):
        """A chair needs an expert membership on the first day and ends with it (note 2); a member who acts as
        secretary keeps the own seat.
        """
        own = {}
        for span in members:
            if not (span.item and span.item.kind == "acting") and not (
                span.record and span.record._name == "shora.decree"
            ):
                own.setdefault((span.council.id, span.person), []).append(span)
        unclear = {past_cells.key(i.cells["person"]) for i in items if i.faults and i.kind != "chair"}
        for item in items:
            if item.kind not in ("chair", "acting") or not (item.council and item.person and item.first):
                continue
            seats = own.get((item.council.id, self._identity(item.person)), [])
            found = [s for s in seats if s.covers(item.first) and (item.kind == "acting" or s.seat.kind == "expert")]
            if found:
                self._rest(item, found[0], labels, today)
            elif item.kind == "chair" and past_cells.key(item.cells["person"]) not in unclear:
                reason = self.env._("%(name)s is no expert member on the first day.", name=item.person.name)
                item.faults.append(self._cite(item, item.first)("chair_is_expert", reason))

    def _rest(self, item, span, labels, today):
        item.member = span.item or span.record
        if item.kind == "chair":
            if item.seat and item.seat != span.seat and not item.faults:
                reason = self.env._("%(name)s sits in %(seat)s.", name=item.person.name, seat=span.seat._label())
                self._fault(item, labels, "seat", reason)
            item.seat = span.seat
        if not item.last and not item.cells["date_to"]:
            item.last = span.last
        elif span.last and item.last and item.last > span.last:
            reason = self.env._(
                "the membership it rests on ends on %(last)s.", last=self.env["shora.words"]._day(span.last)
            )
            self._fault(item, labels, "date_to", reason)
        if item.last and item.last < today and not item.reason:
            if item.last == span.last:
                item.reason = span.item.reason if span.item else span.record.end_reason
            elif item.kind == "chair" and not item.faults:
                self._fault(item, labels, "end_reason", self.env._("say why it ended before its time."))
