from datetime import timedelta

from odoo import api, models
from odoo.addons.web_jalali.tools import jalali
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

from ..rules import clock, compliance

#: who sees every council; the others see those whose secretary or staff they are
OVERSEERS = frozenset({"president", "office", "head", "secretariat", "admin", "system"})
WORST = {"block": 0, "warn": 1, "info": 2}


class ShoraCompliance(models.AbstractModel):
    """Whether a council keeps its by-law, which clause it breaks, since when and who must act.

    Everything follows from the findings. A clause's score in a Jalali year is the share of its days, from the
    council's first member on, on which no finding of that clause was open that blocks or warns; information lowers
    nothing. The council's score is the plain mean of its clauses.
    """

    _name = "shora.compliance"
    _description = "Compliance with the by-law"

    @api.model
    def get_overview(self, year=None):
        """Every council that the reader oversees, clause by clause.

        :param year: Jalali year; default the running one
        :return: dict of ``today`` (text), ``year``, ``years``, ``clauses`` (columns: ``code``, ``citation``,
            ``name``) and ``councils`` (rows: ``id``, ``name``, ``score``, ``open``, ``worst``, ``checked``, ``cells``)
        :raises AccessError: the reader oversees no council
        """
        councils = self._overseen()
        period = self._period(year)
        table = self._clause_table(councils, period)
        columns, checked = self._columns(table), self.env["shora.finding.round"]._checked(councils)
        return {
            **self._head(councils, period),
            "clauses": columns,
            "councils": [self._row(council, table[council], columns, checked.get(council.id)) for council in councils],
        }

    @api.model
    def get_council(self, council_id, year=None):
        """One council on one page.

        :param council_id: id of a council the reader oversees
        :return: dict of ``today``, ``year``, ``years``, ``council`` (``id``, ``name``, ``score``, ``open``,
            ``checked``, ``bylaw``, ``judged``: the part of the year that has been) and ``clauses`` (cells with
            ``spans`` and their open ``findings``; what is open comes first)
        :raises AccessError: the reader does not oversee this council
        """
        council = self._overseen().filtered(lambda one: one.id == council_id)
        if not council:
            raise AccessError(self.env._("You do not oversee this council."))
        period = self._period(year)
        cells = self._clause_table(council, period)[council]
        lines = self._lines(council)
        row = self._row(council, cells, [], self.env["shora.finding.round"]._checked(council).get(council.id))
        clauses = [
            {**cell, "spans": self._shares(cell["spans"], period), "findings": lines.get(cell["code"], [])}
            for cell in sorted(cells.values(), key=lambda cell: WORST.get(cell["state"], len(WORST)))
        ]
        first = max(period[0], self._begun(council).get(council.id, period[1]))
        judged = self._shares([(first, period[1])], period) if first <= period[1] else []
        bylaw = council._bylaw_on(period[1]).sudo().display_name or ""
        return {
            **self._head(council, period),
            "council": {**row, "bylaw": bylaw, "judged": judged},
            "clauses": clauses,
        }

    # --- who looks, at what time ---

    def _overseen(self):
        """Councils of which the reader sees every finding: a part of them would look like compliance."""
        user = self.env.user
        offices = user._shora_roles(self.env["shora.council"]) & OVERSEERS
        councils = self.env["shora.council"]
        own = Domain("is_coordination", "=", False)  # the coordination body keeps no by-law of a council (5-10)
        if self.env.su or offices or user.has_group("shora_council.group_shora_auditor"):
            return councils.search(own)
        if user.has_group("shora_council.group_shora_staff"):
            councils = councils.search(own & (Domain("i_am_staff", "=", True) | Domain("i_am_secretary", "=", True)))
        if not councils:
            raise AccessError(self.env._("Compliance is for the offices of the Centre and the councils' secretaries."))
        return councils

    def _period(self, year):
        """(first day, last day, Jalali year): a year that runs ends today.

        :param year: Jalali year; whatever is none of the last hundred means the running one
        """
        today = self.env["shora.council"]._today()
        this = jalali.jalali_year(today)
        given = isinstance(year, int) and this - 100 < year <= this
        first, last = jalali.jalali_year_bounds(year if given else this)
        return first, min(today, last), jalali.jalali_year(first)

    def _period_until(self, day):
        """The same for the Jalali year of ``day``, up to that day."""
        first, _last = jalali.jalali_year_bounds(jalali.jalali_year(day))
        return first, day, jalali.jalali_year(day)

    def _head(self, councils, period):
        today = self.env["shora.council"]._today()
        begun = self._begun(councils)
        this = jalali.jalali_year(today)
        oldest = jalali.jalali_year(min(begun.values())) if begun else this
        return {
            "today": self.env["shora.words"]._day(today),
            "year": period[2],
            "years": list(range(min(oldest, this), this + 1)),
        }

    def _begun(self, councils):
        """{council id: the day its first member's time began}; one query."""
        rows = (
            self.env["shora.membership"]
            .sudo()
            ._read_group(  # when a council began is no secret
                Domain("council_id", "in", councils.ids) & Domain("state", "!=", "void"),
                ["council_id"],
                ["date_from:min"],
            )
        )
        return {council.id: first for council, first in rows if first}

    # --- clause by clause ---

    def _clause_table(self, councils, period):
        """{council: {clause code: cell}} in the order of the by-law; as many queries for one council as for eighty.

        A cell is a dict of ``code``, ``citation``, ``name``, ``sequence``, ``state`` (block, warn, info, kept, or
        silent: no rule of this clause is set), ``open``, ``since`` (text), ``actors``, ``days`` (broken in the
        period), ``score`` (percent or None) and ``spans``.
        """
        begun, spans, unresolved = self._begun(councils), self._spans(councils, period), self._unresolved(councils)
        table = {}
        for council in councils:
            first, last = max(period[0], begun.get(council.id, period[1] + timedelta(days=1))), period[1]
            cells = {}
            for clause, is_set in self._clauses(council, last, unresolved.get(council.id, {})):
                open_now = unresolved.get(council.id, {}).get(clause.code, [])
                broken = compliance.broken_spans(spans.get((council.id, clause.code), []), first, last)
                days = max((last - first).days + 1, 0)
                cells[clause.code] = {
                    "code": clause.code,
                    "citation": clause.citation,
                    "name": clause.name,
                    "sequence": clause.sequence,
                    "state": self._state_of(open_now, is_set),
                    "open": len(open_now),
                    "since": self.env["shora.words"]._day(min((one.date_since for one in open_now), default=None)),
                    "actors": self._actors(open_now),
                    "days": compliance.days_in(broken),
                    "score": compliance.score(compliance.days_in(broken), days) if is_set else None,
                    "spans": broken,
                }
            table[council] = cells
        return table

    def _clauses(self, council, day, unresolved):
        """(clause, whether a rule of it is set) of the version of ``day`` and of what is open, in order."""
        bylaw = council._bylaw_on(day).sudo()  # the by-law is everybody's to know
        rules = bylaw.rule_ids.filtered(lambda rule: rule.is_active and rule.clause_id)
        found = {rule.clause_id.code: (rule.clause_id, True) for rule in rules}
        for code, findings in unresolved.items():
            clause = findings[0].clause_id
            found.setdefault(code, (clause, any(finding.severity != "info" for finding in findings)))
        return sorted(found.values(), key=lambda pair: (pair[0].sequence, pair[0].id))

    def _state_of(self, findings, is_set):
        if findings:
            return min((finding.severity for finding in findings), key=WORST.get)
        return "kept" if is_set else "silent"

    def _actors(self, findings):
        labels = dict(self.env["shora.finding"]._fields["actor"]._description_selection(self.env))
        return self.env["shora.words"]._join(dict.fromkeys(labels[finding.actor] for finding in findings))

    def _unresolved(self, councils):
        """{council id: {clause code: open findings, the worst and oldest first}}; one query."""
        found = {}
        findings = self.env["shora.finding"].search(
            Domain("council_id", "in", councils.ids) & Domain("state", "=", "open") & Domain("clause_id", "!=", False)
        )
        for finding in findings.sorted(lambda one: (WORST[one.severity], one.date_since, one.id)):
            found.setdefault(finding.council_id.id, {}).setdefault(finding.clause_id.sudo().code, []).append(finding)
        return found

    def _spans(self, councils, period):
        """{(council id, clause code): [(first, last day)]} on which something of the clause was open; one query.

        The day on which it was put right counts as kept.
        """
        if not councils:
            return {}
        self.env["shora.finding"].flush_model()
        readable = self.env["shora.finding"]._search(
            Domain("council_id", "in", councils.ids)
            & Domain("severity", "!=", "info")
            & Domain("date_since", "<=", period[1])
            & (Domain("closed_at", "=", False) | Domain("closed_at", ">=", clock.day_start_utc(period[0])))
        )
        rows = self.env.execute_query(
            SQL(
                """
                SELECT f.council_id, c.code, f.date_since, f.closed_at
                  FROM shora_finding f JOIN shora_bylaw_clause c ON c.id = f.clause_id
                 WHERE f.id IN %s
                """,
                readable.subselect(),
            )
        )
        spans = {}
        for council_id, code, since, closed_at in rows:
            last = clock.tehran_day(closed_at) - timedelta(days=1) if closed_at else period[1]
            spans.setdefault((council_id, code), []).append((since, last))
        return spans

    # --- as shown ---

    def _columns(self, table):
        """Clauses of all councils, each code once, in the order of the by-law."""
        columns = {}
        for cells in table.values():
            for cell in cells.values():
                columns.setdefault(cell["code"], cell)
        ordered = sorted(columns.values(), key=lambda cell: (cell["sequence"], cell["code"]))
        return [{name: cell[name] for name in ("code", "citation", "name")} for cell in ordered]

    def _row(self, council, cells, columns, checked):
        open_cells = [cell for cell in cells.values() if cell["open"]]
        worst = min(open_cells, key=lambda cell: WORST[cell["state"]], default=None)
        return {
            "id": council.id,
            "name": council.short_name or council.name,
            "score": compliance.mean(cell["score"] for cell in cells.values()),
            "open": sum(cell["open"] for cell in open_cells),
            "worst": {name: worst[name] for name in ("citation", "state", "since", "actors")} if worst else None,
            "checked": self._moment(checked),
            "cells": [
                {name: cells[column["code"]][name] for name in ("code", "state", "open", "since", "score", "actors")}
                if column["code"] in cells
                else {"code": column["code"], "state": "silent", "open": 0, "since": "", "score": None, "actors": ""}
                for column in columns
            ],
        }

    def _moment(self, at):
        words = self.env["shora.words"]
        return f"{words._day(clock.tehran_day(at))} {words._digits(words._local(at))}" if at else ""

    def _shares(self, spans, period):
        """Spans as percent of the Jalali year from its first day on: ``{"from", "width", "text"}``."""
        first, year = period[0], period[2]
        length = (jalali.from_jalali(year + 1, 1, 1) - first).days
        day = self.env["shora.words"]._day
        return [
            {
                "from": round(100 * (begin - first).days / length, 2),
                "width": round(100 * ((end - begin).days + 1) / length, 2),
                "text": day(begin) if begin == end else f"{day(begin)} – {day(end)}",
            }
            for begin, end in spans
        ]

    def _lines(self, council):
        """{clause code: its open findings as shown}."""
        roles = self.env.user._shora_roles(council)
        Finding = self.env["shora.finding"]
        labels = {
            name: dict(Finding._fields[name]._description_selection(self.env)) for name in ("code", "actor", "severity")
        }
        return {
            code: [
                {
                    "id": one.id,
                    "label": labels["code"][one.code],
                    "subject": one.subject,
                    "severity": one.severity,
                    "severity_label": labels["severity"][one.severity],
                    "since": self.env["shora.words"]._day(one.date_since),
                    "age": one.age,
                    "actor": labels["actor"][one.actor],
                    "mine": one.actor in roles or (one.actor == "secretary" and "staff" in roles),
                    "model": one.res_model,
                    "res_id": one.res_id,
                }
                for one in findings
            ]
            for code, findings in self._unresolved(council).get(council.id, {}).items()
        }
