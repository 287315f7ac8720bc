from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..rules import clock, coverage


class ShoraFinding(models.Model):
    """Members: terms that end without a renewal or have ended, a chair who is no expert, absences one short of the
    limit, views that are not covered (articles 4 and 5-6).
    """

    _name = "shora.finding"
    _inherit = "shora.finding"

    code = fields.Selection(
        selection_add=[
            ("term_ending", "Term ends, no renewal decided"),
            ("term_over", "Member sits beyond the term"),
            ("chair_not_expert", "The chair is no expert member"),
            ("absence_near", "One more absence and the member is deemed resigned"),
            ("coverage_gap", "The experts do not cover most tendencies"),
        ],
        ondelete={
            "term_ending": "cascade",
            "term_over": "cascade",
            "chair_not_expert": "cascade",
            "absence_near": "cascade",
            "coverage_gap": "cascade",
        },
    )

    def _expectations(self):
        return [
            *super()._expectations(),
            self._expect_terms,
            self._expect_chairs,
            self._expect_absences,
            self._expect_coverage,
        ]

    def _of_member(self, code, member, rule, actor, since):
        if not rule:
            return {}
        return {(member.council_id.id, code, member._name, member.id): self._values(rule, actor, since)}

    def _expect_terms(self, councils):
        """4-B: nothing decided when the last reminder is due; or in the council after the last day."""
        found = {}
        today = councils._today()
        ahead = max((council._rule("renewal_reminder_3", today).value for council in councils), default=0)
        members = self.env["shora.membership"].search(
            Domain("council_id", "in", councils.ids)
            & Domain("seat_kind", "=", "expert")
            & Domain("state", "=", "current")
            & Domain("date_to", "!=", False)
            & Domain("date_to", "<=", fields.Date.add(today, days=ahead))
        )
        renewals = members._renewals()
        for member in members:
            council = member.council_id
            if member.date_to < today:
                rule = council._rule("expert_term", today)
                found |= self._of_member("term_over", member, rule, "hr", fields.Date.add(member.date_to, days=1))
                continue
            renewal = renewals.get((member.seat_id.id, member.partner_id.id))
            state = renewal.state if renewal and renewal.date_from > member.date_from else None
            rule = council._rule("renewal_reminder_3", today)
            if rule and state not in ("issued", "in_force") and (member.date_to - today).days <= rule.value:
                since = fields.Date.add(member.date_to, days=-rule.value)
                actor = "president" if state == "proposed" else "secretary"
                found |= self._of_member("term_ending", member, rule, actor, since)
        return found

    def _expect_chairs(self, councils):
        """4 note 2: the chair is one of the experts."""
        found = {}
        today = councils._today()
        for council_id, chair in self.env["shora.decree"]._chairs_on(councils, today).items():
            member = chair.membership_id
            if member.seat_kind != "expert":
                rule = councils.browse(council_id)._rule("chair_is_expert", today)
                if rule:
                    key = (council_id, "chair_not_expert", chair._name, chair.id)
                    found[key] = self._values(rule, "president", chair.date_from)
        return found

    def _expect_absences(self, councils):
        """5-6: one absence short of the limit; information, for nothing has been broken yet."""
        found = {}
        today = councils._today()
        for member, run, last in self._runs(councils):
            rule = member.council_id._rule("absence_limit", today)
            if not rule or rule.value < 2:
                continue
            if run == rule.value - 1:
                entry = self._of_member("absence_near", member, rule, "secretary", last)
                found |= {key: {**values, "severity": "info"} for key, values in entry.items()}
        return found

    def _runs(self, councils):
        """(membership in force, its absences in a row today, day of the last one).

        One query narrows down whom to ask; spells, versions and exemptions are for the rule itself.
        """
        suspects = self._absent_last(councils)
        members = self.env["shora.membership"].search(
            Domain("council_id", "in", councils.ids)
            & Domain("partner_id", "in", list({partner for _council, partner in suspects}))
            & Domain("state", "=", "current")
        )
        members = members.filtered(lambda one: (one.council_id.id, one.partner_id.id) in suspects)
        runs = self.env["shora.deemed.resignation"]._current_runs(members)
        for member in members:
            if runs.get(member.id):
                yield member, runs[member.id], suspects[member.council_id.id, member.partner_id.id]

    def _absent_last(self, councils):
        """{(council id, partner id): day of the last absence} of those who were absent last. Where sessions without
        valid notice do not count, presence at one ends nothing: then of everybody who was absent.
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT council_id, partner_id, MAX(session_start) FILTER (WHERE status IN ('absent', 'excused')) AS last
                  FROM shora_attendance
                 WHERE counted AND council_id IN %s
                 GROUP BY council_id, partner_id
                HAVING MAX(session_start) FILTER (WHERE status IN ('absent', 'excused')) >=
                       CASE WHEN EXISTS (SELECT FROM shora_bylaw_rule
                                          WHERE code = 'absence_valid_notice_only' AND is_active)
                            THEN MIN(session_start) ELSE MAX(session_start) END
                """,
                tuple(councils.ids),
            )
        )
        return {(council, partner): clock.tehran_day(last) for council, partner, last in rows}

    def _expect_coverage(self, councils):
        """4 note 1, advice: less than most of the tendencies of a dimension are covered. Where no tendency is recorded
        at all there is nothing to say.
        """
        found = {}
        today = councils._today()
        tendencies = self.env["shora.tendency"].search(Domain.TRUE).grouped("dimension")
        wanted = {dimension: own.ids for dimension, own in tendencies.items()}
        members = councils._members_on(today).filtered(lambda one: one.seat_kind == "expert")
        for council, experts in members.grouped("council_id").items():
            carried = [expert.tendency_ids.ids for expert in experts]
            rule = council._rule("coverage_advice", today)
            if not rule or not any(carried):
                continue
            if not all(one.covers_most for one in coverage.by_dimension(wanted, carried).values()):
                found[council.id, "coverage_gap", council._name, council.id] = self._values(rule, "secretary", today)
        return found
