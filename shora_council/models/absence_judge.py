from odoo import api, models
from odoo.tools import SQL

from ..rules import absence, clock


class ShoraDeemedResignation(models.Model):
    """Clause 5-6 judged: attendance in, records made to agree; the decision itself is ``rules/absence.py``."""

    _name = "shora.deemed.resignation"
    _inherit = "shora.deemed.resignation"

    # --- judging ---

    @api.model
    def _judge_council(self, council, partners, session=None):
        """Make the records of ``partners`` in ``council`` agree with the attendance; twice gives nothing twice.

        :param session: the session just confirmed: who is one absence short because of it is warned
        """
        for each in council:
            self._as_system()._judge_as_system(each, partners, session)

    def _judge_as_system(self, council, partners, session):
        if not partners:
            return
        self._claim_members(council, partners)
        memberships = self.env["shora.membership"].search(
            [("council_id", "=", council.id), ("partner_id", "in", partners.ids), ("state", "!=", "void")]
        )
        records = self.search(
            [("council_id", "=", council.id), ("partner_id", "in", partners.ids), ("state", "=", "in_force")]
        ).grouped("partner_id")
        marks, rows = self._marks(council, partners)
        limit = self._limit_of(council)
        today = council._today()
        for partner, own in memberships.grouped("partner_id").items():
            existing = records.get(partner, self.browse())
            spells = [spell for spell in map(lambda m, e=existing: self._spell(m, e), own) if spell]
            verdict = absence.judge(spells, marks.get(partner.id, []), limit, today=today)
            self._apply_verdict(own, existing, verdict, rows)
            if session and verdict.warning and verdict.timeline and verdict.timeline[-1].mark.session_key == session.id:
                self._warn(own.filtered(lambda m: m.state == "current"), verdict)

    def _claim_members(self, council, partners):
        """Two closings or corrections at once must not each judge by what the other is changing (write skew): touching
        the member's rows makes the later one start again, with the facts of the earlier."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE shora_membership SET judged_at = now() AT TIME ZONE 'UTC'"
                " WHERE council_id = %s AND partner_id IN %s",
                council.id,
                tuple(partners.ids),
            )
        )

    def _spell(self, membership, existing):
        """The membership as decreed; see the docstring of ``rules.absence`` on which ends cut it."""
        by_record = membership.end_reason == "deemed_resigned" and membership in existing.membership_id
        undone = not membership.end_reason
        last = membership.date_decreed_to if by_record or undone else membership.date_to
        return absence.Spell(membership.date_from, last or None)

    def _marks(self, council, partners):
        """What counts of ``partners`` in ``council``, one query; see :meth:`_marks_of`."""
        return self._marks_of(council, self._counted(council, partners))

    def _counted(self, councils, partners):
        """The counted rows of ``partners`` in ``councils`` as tuples, the council's id first; one query."""
        self.env["shora.attendance"].flush_model()
        return self.env.execute_query(
            SQL(
                """
                SELECT a.council_id, a.partner_id, a.session_id, a.session_start, a.status, a.id, a.is_de_facto,
                       m.seat_kind
                  FROM shora_attendance a JOIN shora_membership m ON m.id = a.membership_id
                 WHERE a.counted AND a.council_id IN %s AND a.partner_id IN %s
                 ORDER BY a.session_start
                """,
                tuple(councils.ids),
                tuple(partners.ids),
            )
        )

    def _marks_of(self, council, found):
        """What counts is said by the version of the session's day.

        :param found: rows of ``council`` as :meth:`_counted` gives them
        :return: ({partner id: marks that count}, {(partner id, session id): (attendance id, marked de facto)})
        """
        starts = {row[2]: row[3] for row in found}
        set_on = self._sessions_under(council, starts)
        exempting, valid_only = set_on("absence_exempt_ex_officio"), set_on("absence_valid_notice_only")
        late = {s.id for s in self.env["shora.session"].browse(valid_only) if not s.notice_id or s.notice_id.is_late}
        marks, rows = {}, {}
        for _council, partner, session, start, status, row, is_de_facto, seat_kind in found:
            rows[partner, session] = (row, bool(is_de_facto))
            if (session in exempting and seat_kind == "ex_officio") or session in late:
                continue
            marks.setdefault(partner, []).append(absence.Mark(session, start, status in ("present", "late")))
        return marks, rows

    def _sessions_under(self, council, starts):
        """A function of a rule's code: ids of the sessions on whose day the rule was active.

        :param starts: {session id: naive UTC}
        """
        days = {session: clock.tehran_day(start) for session, start in starts.items()}
        versions = council.sudo().bylaw_ids._in_force_by_day(set(days.values()))
        bylaws = {session: versions[day] for session, day in days.items()}

        def sessions(code):
            active = {bylaw for bylaw in set(bylaws.values()) if bylaw._rule(code)}
            return {session for session, bylaw in bylaws.items() if bylaw in active}

        return sessions

    def _limit_of(self, council):
        """The rule's value by the version of the day: the last session of a run decides which version judges."""
        cache = {}

        def limit(day):
            if day not in cache:
                rule = council._rule("absence_limit", day)
                cache[day] = rule.value if rule else None
            return cache[day]

        return limit

    def _apply_verdict(self, memberships, existing, verdict, rows):
        by_keys = {tuple(sorted(record.session_ids.ids)): record for record in existing}
        difference = absence.expected_state(by_keys, verdict)
        for keys in difference.void:
            by_keys[tuple(keys)]._void()
        existing.flush_recordset()  # a run that a correction moved is voided and found anew, in this order
        for resignation in difference.create:
            member = memberships.filtered(
                lambda m, day=resignation.day: (
                    m.date_from <= day and (not m.date_decreed_to or day <= m.date_decreed_to)
                )
            )[-1:]
            self._resign(member, resignation)
        self._mark_de_facto(memberships.partner_id, verdict, rows)

    def _mark_de_facto(self, partner, verdict, rows):
        """Attendance after a resignation that was found late stays, and says so.

        :param rows: what ``_marks`` found: {(partner id, session id): (attendance id, marked de facto)}
        """
        wanted = {rows[partner.id, mark.session_key][0] for mark in verdict.de_facto}
        marked = {row for (owner, _session), (row, flag) in rows.items() if owner == partner.id and flag}
        for ids, flag in ((wanted - marked, True), (marked - wanted, False)):
            if ids:
                self.env["shora.attendance"].browse(sorted(ids))._mark_de_facto(flag)

    def _current_runs(self, memberships):
        """{membership id: absences in a row} of the memberships in force, three queries whatever their number."""
        councils, partners = memberships.council_id, memberships.partner_id
        if not councils or not partners:
            return {}
        today = self.env["shora.council"]._today()
        counted = {}
        for row in self._counted(councils, partners):
            counted.setdefault(row[0], []).append(row)
        spells = self.env["shora.membership"].search(
            [("council_id", "in", councils.ids), ("partner_id", "in", partners.ids), ("state", "!=", "void")]
        )
        records = self.search([("membership_id", "in", spells.ids), ("state", "=", "in_force")])
        by_council, runs = spells.grouped("council_id"), {}
        for council, members in memberships.filtered("council_id").grouped("council_id").items():
            own = by_council.get(council, spells.browse()).grouped("partner_id")
            marks, _rows = self._marks_of(council, counted.get(council.id, []))
            limit = self._limit_of(council)
            sitting = members.filtered(lambda member: member.state == "current")
            for partner, sat in sitting.grouped("partner_id").items():
                spent = [self._spell(spell, records) for spell in own.get(partner, ())]
                verdict = absence.judge(spent, marks.get(partner.id, []), limit, today=today)
                runs.update(dict.fromkeys(sat.ids, verdict.current_run))
        return runs
