from collections import Counter
from functools import partial

from odoo import models
from odoo.addons.shora_council.models.session import HELD
from odoo.addons.shora_council.rules import compliance


class ShoraDashboard(models.AbstractModel):
    """Attendance, resolutions and compliance of the dashboards."""

    _name = "shora.dashboard"
    _inherit = "shora.dashboard"

    # --- attendance ---

    def _attendance(self, councils, months):
        """A line for each Jalali month: sessions held, members there and absent, share attended.

        Of the sessions whose attendance is confirmed; as «attended sessions» counts them.
        """
        first, last = months[0][0], months[-1][1]
        own, members = self._of(councils), [("kind", "=", "member"), ("is_confirmed", "=", True)]
        there, away, held = Counter(), Counter(), Counter()
        rows = self.env["shora.attendance.report"]._read_group(
            [own, *members, ("day", ">=", first), ("day", "<=", last)], ["day:day"], ["attended:sum", "absent:sum"]
        )
        for day, attended, absent in rows:
            at = self._place(day, months)
            there[at] += attended
            away[at] += absent
        state = ("state", "in", list(HELD))
        sessions = self.env["shora.session"]._read_group(
            [own, state, ("day", ">=", first), ("day", "<=", last)], ["day:day"], ["__count"]
        )
        for day, count in sessions:
            held[self._place(day, months)] += count
        lines = []
        for at, (begin, end, name) in enumerate(months):
            days = [("day", ">=", begin), ("day", "<=", end)]
            marked = there[at] + away[at]

            rows = partial(self._rows_of, own, *members, *days)
            lines.append(
                {
                    "label": name,
                    "sessions": self._figure(held[at], "shora.session", own, state, *days),
                    "attended": rows(("attended", "=", 1), value=there[at]),
                    "absent": rows(("absent", "=", 1), value=away[at]),
                    "share": rows(
                        ("status", "!=", "unmarked"),
                        value=round(100 * there[at] / marked) if marked else None,
                        count=marked,
                    ),
                }
            )
        return lines

    def _rows_of(self, *domain, value, **more):
        return self._figure(value, "shora.attendance.report", *domain, **more)

    @staticmethod
    def _place(day, months):
        return next(at for at, (_first, last, _name) in enumerate(months) if day <= last)

    # --- resolutions ---

    def _resolutions(self, councils):
        """By state and age: ``bands`` (columns) and ``states`` (lines), and how many of the open ones are overdue."""
        model, own = "shora.resolution.report", self._of(councils)
        counts = Counter()
        rows = self.env[model]._read_group([own], ["state", "age_band", "is_overdue"], ["__count"])
        overdue = 0
        for state, band, late, count in rows:
            counts[state, band or ""] += count
            overdue += count if late else 0
        bands = {**self._labels(model, "age_band"), "": self.env._("No age")}
        if not any(counts[state, ""] for state, _band in list(counts)):
            del bands[""]
        states = {
            state: label
            for state, label in self._labels(model, "state").items()
            if any(counts[state, band] for band in bands)
        }
        return {
            "bands": list(bands.values()),
            "states": [
                {
                    "label": label,
                    "cells": [
                        self._figure(
                            counts[state, band], model, own, ("state", "=", state), ("age_band", "=", band or False)
                        )
                        for band in bands
                    ],
                    "total": self._figure(
                        sum(counts[state, band] for band in bands), model, own, ("state", "=", state)
                    ),
                }
                for state, label in states.items()
            ],
            "total": self._figure(sum(counts.values()), model, own),
            "overdue": self._figure(overdue, model, own, ("is_overdue", "=", True)),
        }

    # --- compliance ---

    def _compliance(self, councils):
        """A line for each clause: its score in the running Jalali year, the mean of the councils, and its open
        findings; the same figures as on the page «compliance».
        """
        page = self.env["shora.compliance"]
        table = page._clause_table(councils, page._period(None))
        lines = []
        for column in page._columns(table):
            cells = [cells[column["code"]] for cells in table.values() if column["code"] in cells]
            if all(cell["state"] == "silent" for cell in cells):
                continue
            lines.append(
                {
                    **column,
                    "score": compliance.mean(cell["score"] for cell in cells),
                    "open": self._figure(
                        sum(cell["open"] for cell in cells),
                        "shora.finding",
                        self._of(councils),
                        ("state", "=", "open"),
                        ("clause_id.code", "=", column["code"]),
                    ),
                }
            )
        return lines
