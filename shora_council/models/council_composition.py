from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..rules import composition


class ShoraCouncil(models.Model):
    """Article 4 asked of a council: who sits on a day, what is missing, what is too much.

    Nothing is counted and stored: the figures follow from memberships, and from the decrees about to be issued.
    """

    _name = "shora.council"
    _inherit = "shora.council"

    def _claim(self):
        """Serialise what is judged against the whole council (the last free seat, article 4).

        A lock alone would let the second of two transactions go on with what it had read before. Touching the row
        makes the database refuse it, and Odoo starts it again with the facts of the first.
        """
        if self.ids:
            touch = SQL("UPDATE shora_council SET write_date = write_date WHERE id IN %s", tuple(sorted(self.ids)))
            self.env.cr.execute(touch, log_exceptions=False)

    def _rows(self, day, decrees=None):
        """Everybody who sits on ``day`` or later, as if ``decrees`` had been issued; one query.

        :return: list of ``shora.decree`` rows (see ``shora.decree._projected``)
        """
        Membership = self.env["shora.membership"].sudo()  # the whole council is judged, whoever asks
        memberships = Membership.search(
            Domain("council_id", "in", self.ids)
            & Domain("state", "!=", "void")
            & (Domain("date_to", "=", False) | Domain("date_to", ">=", day))
        )
        decrees = self.env["shora.decree"] if decrees is None else decrees
        return decrees.sudo()._projected(memberships)

    def _sittings(self, day, decrees=None):
        """The same as :class:`rules.composition.Sitting`."""
        return [composition.Sitting(row.expert, row.first, row.last) for row in self._rows(day, decrees)]

    def _composition_on(self, day, decrees=None):
        """:class:`rules.composition.Composition` of the Tehran day ``day``.

        :param decrees: proposed decrees, counted as if they had been issued
        """
        self.ensure_one()
        seats = self._rule("ex_officio_seats", day)
        chaired = self._has_chair(day, decrees) if self._rule("one_chair", day) else None
        return composition.composition_on(
            day, self._sittings(day, decrees), seats.value if seats else None, has_chair=chaired
        )

    def _has_chair(self, day, decrees):
        return bool(self._office_as_if("chair", day, decrees))

    def _office_as_if(self, kind, day, decrees):
        """The decree of the chair or the acting secretary on ``day``, as if ``decrees`` had been issued.

        :param kind: "chair" or "acting"
        """
        Decree = self.env["shora.decree"].sudo()  # who holds an office is known to everybody in the council
        ask = Decree._chairs_on if kind == "chair" else Decree._acting_on
        office = ask(self, day).get(self.id, Decree)
        if decrees:
            begun = decrees.sudo().filtered(lambda decree: decree.date_from <= day)
            over = begun.ends_decree_id | begun.supersedes_id
            if office in over or office.membership_id.decree_id in over:
                office = Decree
            office = begun.filtered(lambda decree: decree.kind == kind and decree._covers(day))[:1] or office
        return office

    def _chair_on(self, day):
        """The chair's decree on the Tehran day ``day``, empty when there is no chair (note 2)."""
        self.ensure_one()
        return self._office_as_if("chair", day, None)

    def _breaches(self, day, decrees=None):
        """Where the composition on ``day`` leaves article 4, maxima and minima alike.

        :param decrees: proposed decrees, counted as if they had been issued
        :return: list of ``composition.Breach``
        """
        return composition.check(self._composition_on(day, decrees), *self._ranges(day))

    def _breaches_of(self, sittings, day):
        """The same for sittings fetched already; the chair is not judged."""
        seats = self._rule("ex_officio_seats", day)
        counted = composition.composition_on(day, sittings, seats.value if seats else None)
        return composition.check(counted, *self._ranges(day))

    def _ranges(self, day):
        """(range of all members, range of experts) by the version in force on ``day``."""
        bylaw = self._bylaw_on(day)

        def limits(low, high):
            rules = (bylaw._rule(low), bylaw._rule(high))
            return composition.Range(*(rule.value if rule else None for rule in rules))

        return limits("total_min", "total_max"), limits("expert_min", "expert_max")

    def _breach_text(self, breach, bylaw):
        """The words for a ``Breach``, its clause in front."""
        rule = bylaw._rule(breach.code)
        digits = self.env["shora.words"]._digits
        figures = {"actual": digits(breach.actual), "limit": digits(breach.limit)}
        texts = {
            ("total", "too_few"): self.env._("%(actual)s members, at least %(limit)s are required", **figures),
            ("total", "too_many"): self.env._("%(actual)s members, at most %(limit)s are allowed", **figures),
            ("experts", "too_few"): self.env._("%(actual)s experts, at least %(limit)s are required", **figures),
            ("experts", "too_many"): self.env._("%(actual)s experts, at most %(limit)s are allowed", **figures),
            ("ex_officio", "missing"): self.env._("%(actual)s of %(limit)s ex-officio seats are filled", **figures),
            ("ex_officio", "too_many"): self.env._("%(actual)s ex-officio members for %(limit)s seats", **figures),
            ("chair", "missing"): self.env._("no chair has been appointed"),
        }
        return self.env["shora.state.mixin"]._refusal(rule, texts[breach.measure, breach.kind])

    @api.depends("membership_ids.date_from", "membership_ids.date_to", "membership_ids.state", "bylaw_ids")
    def _compute_composition_text(self):
        today = self._today()
        for council in self:
            council.composition_text = council._breach_lines(today)

    def _breach_lines(self, day):
        """Where the composition of ``day`` leaves article 4, a sentence a line; False when it keeps it."""
        bylaw = self._bylaw_on(day)
        return "\n".join(self._breach_text(breach, bylaw) for breach in self._breaches(day)) or False

    @api.depends("membership_ids.date_from", "membership_ids.date_to", "membership_ids.state", "bylaw_ids")
    @api.depends_context("uid", "lang")
    def _compute_composition_html(self):
        today = self._today()
        for council in self:
            council.composition_html = council.id and self.env["shora.composition"]._render(council, today)

    # --- vacancies ---

    def _vacant_seats(self, day):
        """{ex-officio seat vacant on ``day``: the day since which it has been}; two queries for all councils.

        A seat that was never held counts from the council's first membership; councils without any have no vacancies
        with an age.
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT s.id,
                       COALESCE(MAX(m.date_to) FILTER (WHERE m.date_from <= %(day)s) + 1,
                                (SELECT MIN(f.date_from) FROM shora_membership f
                                  WHERE f.council_id = s.council_id AND f.state <> 'void' AND f.date_from <= %(day)s))
                  FROM shora_seat s
                  LEFT JOIN shora_membership m ON m.seat_id = s.id AND m.state <> 'void'
                 WHERE s.council_id IN %(councils)s AND s.kind = 'ex_officio'
                 GROUP BY s.id
                HAVING NOT COALESCE(BOOL_OR(m.date_from <= %(day)s AND (m.date_to IS NULL OR m.date_to >= %(day)s)),
                                    FALSE)
                 ORDER BY s.sequence, s.id
                """,
                day=day,
                councils=tuple(self.ids) or (0,),
            )
        )
        return {self.env["shora.seat"].browse(seat): since for seat, since in rows if since}
