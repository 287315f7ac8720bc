import base64
from datetime import timedelta

from odoo import models
from odoo.fields import Domain
from odoo.tools import html_escape

from .demo_words import HAMESH, INTRODUCTION, OPINION, WITHDRAWN, WORDS_OF_THE_PRESIDENT

#: days back of the last presentation, days from one to the next, and from a presentation to the President's word
PRESENTED, EVERY, DECIDED = 12, 35, 4
#: presentations back from the last one: each council for itself, withdrawn and presented anew, recorded by the office
SEPARATE, WITHDRAWS, BY_OFFICE = 3, 2, (1, 4, 7)
THURSDAY, FRIDAY = 3, 4


class ShoraDemo(models.AbstractModel):
    """The way to the President (5-9): every five weeks the reviewed minutes of both councils in a dossier, decided on
    within days by himself or through his office. The last one waits; a draft of another lies with the Secretariat.
    """

    _name = "shora.demo"
    _inherit = "shora.demo"

    def _subjects(self):
        return [*super()._subjects(), self._diary_of_dossiers]

    def _presentations(self, council):
        """Days of the presentations, the last one first."""
        first, day = self._first_day(council), self._ago(council, PRESENTED)
        days = []
        while day > first:
            days.append(self._office_day(day))
            day -= timedelta(days=EVERY)
        return days

    def _office_day(self, day):
        """``day``, or the Saturday after it."""
        return day + timedelta(days={THURSDAY: 2, FRIDAY: 1}.get(day.weekday(), 0))

    def _decision_day(self, presented):
        return self._office_day(presented + timedelta(days=DECIDED))

    def _presentation_of(self, sitting, day):
        """(place counted from the last one, day) of the presentation that takes this session's minutes, or None."""
        reviewed = self._reviewed_on(sitting, day)
        if not reviewed:
            return None
        later = [(place, one) for place, one in enumerate(self._presentations(sitting.council)) if one > reviewed]
        return later[-1] if later else None

    def _decided_on(self, sitting, day):
        """The day on which the President decides on what this session resolved, or None: he has not yet."""
        found = self._presentation_of(sitting, day)
        return self._decision_day(found[1]) if found and found[0] else None

    def _life_of(self, sitting, day):
        entries = super()._life_of(sitting, day)
        decided = self._decided_on(sitting, day)
        if not decided:
            return entries
        by = self._decider(self._presentation_of(sitting, day)[0])
        return [*entries, (decided, 11, lambda: self._president_decides(sitting, by))]

    def _decider(self, place):
        return "office" if place in BY_OFFICE else "president"

    def _diary_of_dossiers(self, councils):
        entries = []
        for place, day in enumerate(self._presentations(councils[:1])):
            decided = self._decision_day(day)
            if place == WITHDRAWS:
                entries += [(day, 9, self._present), (day, 15, self._withdraw)]
                day += timedelta(days=1)
            entries.append((day, 10, lambda at=place: self._present(councils, at == SEPARATE, again=at == 0)))
            if place:
                entries.append((decided, 12, lambda at=place: self._finalize(self._decider(at))))
        yesterday = self._ago(councils, 1)
        return [*entries, (yesterday, 10, self._prepare_draft), (yesterday, 12, self._begin_to_decide)]

    # --- the Secretariat ---

    def _reviewed(self):
        minutes = self._as("secretariat", self.env["shora.minutes"])
        held = Domain("dossier_part_ids", "any", Domain("is_withdrawn", "=", False))
        return minutes.search(Domain("state", "=", "reviewed") & ~held)

    def _prepare(self, minutes):
        dossier = self._as("secretariat", self.env["shora.dossier"])._prepare(minutes)
        dossier.introduction = INTRODUCTION
        return dossier

    def _present(self, councils=None, separate=False, again=False):
        """One dossier of everything that is reviewed, or one for each council."""
        minutes = self._reviewed()
        parts = minutes.grouped("council_id").values() if separate else [minutes]
        for part in filter(None, parts):
            dossier = self._prepare(part)
            if again and dossier.env["shora.resolution"]._referred(self.env.company):
                dossier.action_add_referred()
                dossier.line_ids.filtered("is_again").summary = OPINION
            self._as("head", dossier).action_present()

    def _presented(self):
        return self.env["shora.dossier"].search(Domain("state", "=", "presented"), order="id")

    def _withdraw(self):
        self._as("head", self._presented()).write({"state": "withdrawn", "withdraw_reason": WITHDRAWN})

    def _prepare_draft(self):
        minutes = self._reviewed()
        if minutes:
            self._prepare(minutes)

    # --- the President ---

    def _president_decides(self, sitting, by):
        line = self._as(by, self._presented().line_ids).filtered(
            lambda one: one.resolution_id == sitting.resolution and not one.is_final
        )
        if sitting.resolution and line:
            decision = self._intended(sitting, sitting.resolution)
            words = WORDS_OF_THE_PRESIDENT[decision]
            line.decide(decision, words[sitting.number % len(words)], line.revision)

    def _finalize(self, by):
        """What is not decided on yet is taken note of; the office proves it with the scan."""
        for dossier in self._as(by, self._presented()):
            for line in dossier.line_ids.filtered(lambda one: not one.decision):
                line.decide("seen", "", line.revision)
            if by == "office":
                dossier.file_scan("هامش رئیس مرکز.pdf", base64.b64encode(self._scan_of(dossier)).decode())
            dossier.finalize({str(line.id): line.revision for line in dossier.line_ids})

    def _begin_to_decide(self):
        """Of the dossier that waits, the President has written on the first resolution."""
        line = self._as("president", self._presented().line_ids.filtered("resolution_id")[:1])
        if line:
            line.decide("instruct", WORDS_OF_THE_PRESIDENT["instruct"][0], line.revision)

    def _scan_of(self, dossier):
        """A page as the office scans it: what the President wrote on the dossier's first sheet."""
        pdf = dossier.env["shora.pdf"]
        day = pdf._short_day(self.env["shora.council"]._today())
        lines = (dossier.display_name, HAMESH, self._partner("president").name, day)
        body = "".join(f"<p>{html_escape(line)}</p>" for line in lines)
        head = "<title>هامش</title><style>p { font-size: 16pt; text-align: center }</style>"
        return pdf._laid_out(f'<!DOCTYPE html><html lang="fa" dir="rtl"><head>{head}</head><body>{body}</body></html>')[
            0
        ]
