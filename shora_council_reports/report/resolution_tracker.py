"""Resolutions and what became of them: the President's word, notification, executor's answers, progress (5-3, 5-9)."""

from odoo.addons.shora_council.rules import clock
from odoo.fields import Domain

from .table import Column, Mark, Table


class ResolutionTracker(Table):
    """One row for each numbered or rejected resolution, by the day of its session; ages are those of today.

    Which ones, their ages and what is overdue come from the rows on screen (``shora.resolution.report``).
    """

    code = "resolution_tracker"
    reads = ("shora.resolution.report", "shora.resolution", "shora.resolution.answer")
    takes = frozenset({"person", "state"})
    states_of = ("shora.resolution", "state")
    chosen_by = {"shora.resolution": "id"}
    frozen = 2

    #: the state that stands for all in which a resolution waits for somebody
    NOT_DONE = "open"

    @classmethod
    def name(cls, env):
        return env._("Resolutions tracker")

    @classmethod
    def states(cls, env):
        states = [(state, label) for state, label in super().states(env) if state != "draft"]
        return [(cls.NOT_DONE, env._("Open: neither done nor abandoned")), *states]

    def _columns(self):
        return [
            Column("council", self.env._("Council"), width=26),
            Column("number", self.env._("Number"), width=10),
            Column("day", self.env._("Adopted on"), "day", 12),
            Column("session", self.env._("Session"), "integer", 8),
            Column("title", self.env._("Resolution"), width=34),
            Column("text", self.env._("Text"), width=44),
            Column("state", self.env._("State"), width=13),
            Column("owner", self.env._("Executor"), width=24),
            Column("due", self.env._("Due date"), "day", 12),
            Column("overdue", self.env._("Days overdue"), "mark", 9),
            Column("age", self.env._("Age in days"), "integer", 9),
            Column("decision", self.env._("President's decision"), width=13),
            Column("decided", self.env._("Decided on"), "day", 12),
            Column("instruction", self.env._("President's instruction"), width=30),
            Column("letter", self.env._("Letter of notification"), width=16),
            Column("notified", self.env._("Notified on"), "day", 12),
            Column("answered", self.env._("Last answer on"), "day", 12),
            Column("answer", self.env._("Last answer"), width=34),
            Column("progress", self.env._("Progress"), "share", 9),
            Column("burden", self.env._("Financial burden"), width=16),
            Column("regulation", self.env._("Governing regulation"), width=24),
            Column("done", self.env._("Done on"), "day", 12),
        ]

    def _domain(self):
        scope = self.scope
        asked = Domain("state", "=", scope.state) if scope.state else Domain.TRUE
        return (
            scope.in_councils()
            & scope.on_days("day")
            & (Domain("is_open", "=", True) if scope.state == self.NOT_DONE else asked)
            & scope.of_people("owner_id")
            & self._chosen()
        )

    def rows(self):
        words, labels = self.words, self.words.labels
        states = labels("shora.resolution", "state")
        decisions, burdens = labels("shora.resolution", "president_decision"), labels("shora.resolution", "burden")
        figures = self.env["shora.resolution.report"].search_fetch(
            self._domain(), ["age", "days_overdue", "is_overdue", "is_open", "state"]
        )
        figures = {row.id: row for row in figures}
        resolutions = self.env["shora.resolution"].search_fetch(
            Domain("id", "in", list(figures)),
            [
                *("council_id", "number", "session_id", "name", "body", "state", "owner_id", "addressee_title"),
                *("addressee_name", "date_due", "president_decision", "president_decided_on", "president_text"),
                *("official_number", "letter_number", "notified_at", "progress", "burden", "regulation"),
                *("regulation_reference", "done_on", "answer_ids"),
            ],
        )
        for one in resolutions.sorted(self._order):
            known = one.sudo()  # day of the session and name of the executor, whoever may read those elsewhere
            answer, figure = one.answer_ids[:1], figures[one.id]
            regulation = words.join(filter(None, (one.regulation, one.regulation_reference)))
            yield (
                one.council_id.short_name,
                one.number or None,
                known.session_id.day,
                known.session_id.number or None,
                one.name,
                words.plain(one.body) or None,
                states[one.state],
                " ".join(filter(None, (one.addressee_title, one.addressee_name))) or known.owner_id.name or None,
                one.date_due or None,
                Mark(str(figure.days_overdue), "bad") if figure.is_overdue else None,
                figure.age if figure.is_open or figure.state == "done" else None,
                decisions[one.president_decision],
                one.president_decided_on or None,
                one.president_text or None,
                one.official_number or one.letter_number or None,
                clock.tehran_day(one.notified_at) if one.notified_at else None,
                answer.day or None,
                answer.text or None,
                one.progress / 100 if one.state in ("in_execution", "done") else None,
                burdens[one.burden],
                regulation or None,
                one.done_on or None,
            )

    @staticmethod
    def _order(resolution):
        council, session = resolution.council_id, resolution.sudo().session_id
        return council.sequence, council.id, session.day, session.id, resolution.id
