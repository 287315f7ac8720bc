from odoo import api, fields, models
from odoo.addons.web_jalali.tools import jalali
from odoo.fields import Domain

from ..rules import cadence

STANDING_STATES = ("scheduled", "invited", "open", "held", "closed")


class ShoraCouncil(models.Model):
    """The rhythm of a council's ordinary sessions (5-1): its interval, its days off and its pause for Nowruz."""

    _name = "shora.council"
    _inherit = "shora.council"

    nowruz_days_before = fields.Integer(
        string="Nowruz pause: last days of Esfand",
        default=5,
        help="No session is planned on so many days before 1 Farvardin.",
        aggregator=False,
    )
    nowruz_days_after = fields.Integer(
        string="Nowruz pause: first days of Farvardin",
        default=13,
        help="No session is planned on so many days from 1 Farvardin on.",
        aggregator=False,
    )

    _nowruz_pause = models.Constraint(
        "CHECK (nowruz_days_before BETWEEN 0 AND 29 AND nowruz_days_after BETWEEN 0 AND 31)",
        "The Nowruz pause lies within Esfand and Farvardin.",
    )

    def _interval_rule(self, day):
        """The rule on the interval of ordinary sessions in force on ``day``; empty where the by-law sets none."""
        rule = self._rule("session_interval", day)
        return rule if rule.value > 0 else rule.browse()

    def _pauses(self, first, last):
        """The Nowruz pauses that touch the days from ``first`` to ``last``, as (first, last) days."""
        self.ensure_one()
        before, after = self.nowruz_days_before, self.nowruz_days_after
        if not before + after:
            return []
        years = range(jalali.jalali_year(first), jalali.jalali_year(last) + 2)
        nowruz = [jalali.from_jalali(year, 1, 1) for year in years]
        return [(fields.Date.add(day, days=-before), fields.Date.add(day, days=after - 1)) for day in nowruz]

    def _off(self, first, last):
        """A function of a day: why this council's company does not work on it, empty for a working day."""
        self.ensure_one()
        return self.env["shora.day.off"]._reasons(self.company_id, first, last)

    def _gaps(self, today):
        """{council: gaps of its ordinary sessions, from the last one before ``today`` on} (5-1).

        What lies between two past sessions is over. The last planned session asks for a follower once the notice of
        the latest one possible could no longer be given in time. Two queries for all councils, and one a company.
        """
        sessions = self.env["shora.session"].search(
            Domain("council_id", "in", self.ids)
            & Domain("kind", "=", "ordinary")
            & Domain("state", "in", STANDING_STATES)
            & Domain("day", ">=", fields.Date.add(today, years=-1)),
            order="start",
        )
        judged = {}
        for council, own in sessions.grouped("council_id").items():
            days = own.mapped("day")
            past = [day for day in days if day <= today]
            own_days = past[-1:] + [day for day in days if day > today]
            rule = council._interval_rule(own_days[0])
            if rule:
                notice = council._rule("notice_days", today)
                until = fields.Date.add(today, days=notice.value if notice else 0)
                judged[council] = (own_days, rule.value, until, max(own_days[-1], until))
        off = self._off_of_companies({council: (days[0], last) for council, (days, _v, _u, last) in judged.items()})
        return {
            council: cadence.gaps(days, value, off[council.company_id], council._pauses(days[0], last), until)
            for council, (days, value, until, last) in judged.items()
        }

    def _off_of_companies(self, periods):
        """{company: function of a day, as :meth:`_off`} over all the ``periods``, {council: (first, last day)}, of its
        councils; the queries are those of one council for each company.
        """
        days = {}
        for council, period in periods.items():
            days.setdefault(council.company_id, []).extend(period)
        return {
            company: self.env["shora.day.off"]._reasons(company, min(own), max(own)) for company, own in days.items()
        }

    @api.model
    def _members_by_slot(self, slots):
        """{key: memberships in force} for ``slots``, {key: (council, Tehran day)}; one query for all."""
        members = self.env["shora.membership"].sudo()  # the roll of a council is public inside it
        found = dict.fromkeys(slots, members)
        dated = {key: slot for key, slot in slots.items() if slot[0] and slot[1]}
        if not dated:
            return found
        days = [day for _council, day in dated.values()]
        by_council = members.search(
            Domain("council_id", "in", {council.id for council, _day in dated.values()})
            & Domain("state", "!=", "void")
            & Domain("date_from", "<=", max(days))
            & (Domain("date_to", "=", False) | Domain("date_to", ">=", min(days)))
        ).grouped(lambda member: member.council_id.id)
        for key, (council, day) in dated.items():
            found[key] = by_council.get(council.id, members).filtered_domain(members._domain_on(day))
        return found

    def action_plan_year(self):
        """Propose a Jalali year of ordinary sessions (5-1)."""
        self.ensure_one()
        return self.env["shora.session.planner"]._dialog(self)
