from odoo import models
from odoo.fields import Domain

from ..rules import coverage

#: who may read a person's tendencies (4 note 1)
TENDENCY_READERS = frozenset({"secretary", "president", "office"})


class ShoraComposition(models.AbstractModel):
    """The composition of a council as one table, for the screen, the basket of decrees and print: they cannot disagree.

    It says what article 4 allows, what there is, and what there would be once a set of decrees is issued. Coverage of
    themes and tendencies (note 1) is advice. Tendencies are in it only for those who may read them.
    """

    _name = "shora.composition"
    _description = "Composition of a council"

    def _table_of(self, council, day, decrees=None):
        """The table of ``council`` on the Tehran day ``day``.

        :param decrees: proposed decrees; their effect is the ``after`` of every line, None where there are none
        :return: dict of ``day`` (text), ``measures``, ``seats``, ``coverage`` (lists of dicts), ``joining``,
            ``leaving``, ``without_cv`` (lists of names), ``reasons`` and ``conflict`` (lists of sentences)
        :raises AccessError: the user may not read the council or one of the decrees; the rows are read as superuser
        """
        council.ensure_one()
        council.check_access("read")
        decrees = decrees if decrees else None
        if decrees:
            decrees.check_access("read")
        before = [row for row in council._rows(day) if row.meets(day, day)]
        after = [row for row in council._rows(day, decrees) if row.meets(day, day)] if decrees else before
        breaches = council._breaches(day, decrees)
        bylaw = council._bylaw_on(day)
        return {
            "day": self.env["shora.words"]._day(day),
            "has_after": bool(decrees),
            "measures": self._measures(council, day, decrees, breaches, bylaw),
            "seats": self._seats(council, day, before, after, decrees) + self._chair(council, day, decrees),
            "joining": self._names(row for row in after if not any(row.decree == other.decree for other in before)),
            "leaving": self._names(row for row in before if not any(row.decree == other.decree for other in after)),
            "coverage": self._coverage(council, bylaw, before, after),
            "without_cv": self._without_cv(after),
            "reasons": [council._breach_text(breach, bylaw) for breach in breaches],
            "conflict": bylaw.sudo()._conflict_lines(),
            "reading": self._reading(bylaw),
        }

    def _render(self, council, day, decrees=None):
        """The table as HTML, for html fields."""
        table = self._table_of(council, day, decrees)
        return self.env["ir.qweb"]._render(
            "shora_council.composition_table",
            {"table": table, "num": self.env["shora.words"]._digits, "join": self.env["shora.words"]._join},
        )

    # --- article 4 in figures ---

    def _measures(self, council, day, decrees, breaches, bylaw):
        now = council._composition_on(day)
        then = council._composition_on(day, decrees) if decrees else now
        total, experts = council._ranges(day)
        wrong = {breach.measure: breach for breach in breaches}
        seats = now.ex_officio_seats
        lines = [
            ("ex_officio", self.env._("Ex-officio members"), seats, seats, now.ex_officio, then.ex_officio),
            ("experts", self.env._("Expert members"), experts.minimum, experts.maximum, now.experts, then.experts),
            ("total", self.env._("All members"), total.minimum, total.maximum, now.total, then.total),
        ]
        rules = {"ex_officio": "ex_officio_seats", "experts": "expert_max", "total": "total_max"}
        measures = []
        for key, label, low, high, actual, coming in lines:
            breach = wrong.get(key)
            rule = bylaw._rule(rules[key])
            measures.append(
                {
                    "key": key,
                    "label": label,
                    "clause": rule._cite() if rule else "",
                    "allowed": self._range_text(low, high),
                    "before": actual,
                    "after": coming,
                    "verdict": self._verdict(breach),
                    "level": "success" if not breach else "danger" if breach.blocks else "warning",
                }
            )
        return measures

    def _range_text(self, low, high):
        digits = self.env["shora.words"]._digits
        if low is None and high is None:
            return self.env._("not set by the by-law")
        if low == high:
            return digits(low)
        if low is None:
            return self.env._("at most %(number)s", number=digits(high))
        if high is None:
            return self.env._("at least %(number)s", number=digits(low))
        return self.env._("%(low)s to %(high)s", low=digits(low), high=digits(high))

    def _verdict(self, breach):
        if not breach:
            return self.env._("in order")
        number = self.env["shora.words"]._digits(abs(breach.actual - breach.limit))
        if breach.kind == "too_many":
            return self.env._("%(number)s too many", number=number)
        return self.env._("%(number)s missing", number=number)

    # --- who ---

    def _seats(self, council, day, before, after, decrees):
        """The ex-officio seats, each with who sits there, or acts for a vacant secretary."""
        vacant = {seat.id: since for seat, since in council._vacant_seats(day).items()}

        def holder(rows, seat, coming):
            row = next((row for row in rows if row.seat == seat), None)
            decree = row.decree if row else self.env["shora.decree"]
            if not decree and seat.is_secretary:
                decree = council._office_as_if("acting", day, coming)
            return self._person(decree) if decree else ""

        lines = []
        for seat in council.sudo().seat_ids.filtered(lambda s: s.kind == "ex_officio"):
            since = vacant.get(seat.id)
            lines.append(
                {
                    "label": seat._label(),
                    "name": seat.name,
                    "before": holder(before, seat, None),
                    "after": holder(after, seat, decrees),
                    "vacant_since": self.env["shora.words"]._day(since) if since else "",
                }
            )
        return lines

    def _chair(self, council, day, decrees):
        """The chair, an expert by a decree of the own (note 2); nothing where the by-law asks for none."""
        rule = council._rule("one_chair", day)
        if not rule:
            return []
        now, then = (council._office_as_if("chair", day, some) for some in (None, decrees))
        return [
            {
                "label": self.env._("Chair"),
                "name": rule._cite(),
                "before": self._person(now) if now else "",
                "after": self._person(then) if then else "",
                "vacant_since": "",
            }
        ]

    def _person(self, decree):
        decree = decree.sudo()  # the roll is known inside the council
        name = " ".join(filter(None, (decree.partner_id.shora_title, decree.partner_id.name)))
        if decree.kind == "representative":
            return self.env._(
                "%(name)s, representative of %(principal)s", name=name, principal=decree.principal_id.name
            )
        if decree.kind == "acting":
            return self.env._("%(name)s, acting", name=name)
        return name

    def _names(self, rows):
        rows = sorted(rows, key=lambda row: (row.seat.sequence, row.seat.id))  # precedence of seats
        return [f"{row.seat._label()} · {self._person(row.decree)}" for row in rows]

    # --- note 1 ---

    def _coverage(self, council, bylaw, before, after):
        """What the experts carry of the themes and, for those who may read them, of the tendencies of each dimension;
        nothing where the by-law does not advise it.
        """
        if not bylaw._rule("coverage_advice"):
            return []
        experts = [[row for row in rows if row.expert] for rows in (before, after)]
        wanted = [(self.env._("Strategic themes"), council.sudo().theme_ids, "theme_ids")]
        if self.env.user._shora_roles(council) & TENDENCY_READERS:
            tendencies = self.env["shora.tendency"].sudo().search(Domain.TRUE)
            labels = dict(tendencies._fields["dimension"]._description_selection(self.env))
            for dimension, own in tendencies.grouped("dimension").items():
                wanted.append((labels[dimension], own, "tendency_ids"))
        lines = []
        for label, items, name in wanted:
            if not items:
                continue
            carried = [[self._carried(row, name) for row in rows] for rows in experts]
            now, then = (coverage.coverage(items.ids, people) for people in carried)
            lines.append(
                {
                    "label": label,
                    "model": items._name,
                    "ids": items.ids,
                    "covered": sorted(now.covered),
                    "all": len(items),
                    "before": len(now.covered),
                    "after": len(then.covered),
                    "missing": items.browse(then.gaps).mapped("name"),
                    "gained": items.browse([i for i in then.covered if i in now.gaps]).mapped("name"),
                    "most": then.covers_most,
                }
            )
        return lines

    def _carried(self, row, name):
        source = (row.membership or row.decree).sudo()  # counted here; the names of who carries what are not shown
        return source[name].ids

    def _without_cv(self, rows):
        """Names of the experts whose CV is not on file yet (4-B); one query."""
        sources = {(row.membership or row.decree): row for row in rows if row.expert}
        files = self.env["ir.attachment"].sudo()  # whether there is a file, not what it says
        found = files.search_fetch(
            Domain.OR(
                Domain("res_model", "=", model)
                & Domain("res_id", "in", [record.id for record in sources if record._name == model])
                for model in ("shora.membership", "shora.decree")
            )
            & Domain("res_field", "=", "cv"),
            ["res_model", "res_id"],
        )
        filed = {(file.res_model, file.res_id) for file in found}
        return self._names(row for record, row in sources.items() if (record._name, record.id) not in filed)

    def _reading(self, bylaw):
        """The reading in force on the ranges, with who confirmed it; False when the register has none."""
        reading = bylaw.sudo().interpretation_ids.filtered(lambda r: r.clause_id.code == "4")[:1]
        if not reading:
            return False
        if not reading.confirmed_by_id:
            return self.env._("Reading in force, not confirmed yet: %(reading)s", reading=reading.reading)
        return self.env._(
            "Reading in force, confirmed by %(name)s on %(day)s: %(reading)s",
            name=reading.confirmed_by_id.name,
            day=self.env["shora.words"]._day(reading.confirmed_on),
            reading=reading.reading,
        )
