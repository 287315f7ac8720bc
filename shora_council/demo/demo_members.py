from datetime import timedelta

from odoo import models
from odoo.fields import Domain

from ..rules import term
from .demo_people import SECOND

# Seat code → demo person of the first council, from its beginning on.
EX_OFFICIO = {"A1": "a1", "A2": "secretary", "A3": "a3", "A4": "a4"}
EXPERTS = {"B1": "chair", "B2": "member", "B3": "portal", "B4": "b3", "B5": "b4", "B6": "b5", "B7": "b6"}
#: seat, person, days back of the first day: one whose term ends soon, one who follows the member deemed resigned
LATER = (("B8", "b7", 352), ("B7", "p1", 60))
#: days before the end of the terms on which the renewals are decided
RENEWED = 20
#: days back of the day on which the second council lost its chair
CHAIR_LEFT = 6


class ShoraDemo(models.AbstractModel):
    """Decrees: the first ones, a year later the renewals, somebody who follows, proposals that wait (article 4)."""

    _name = "shora.demo"
    _inherit = "shora.demo"

    def _subjects(self):
        return [self._diary_of_members, *super()._subjects()]

    def _diary_of_members(self, councils):
        entries = []
        for council in councils:
            entries += self._diary_of_first_decrees(council)
            code = council.code
            entries += self._diary_of_first_council(council) if code == "IRUD" else self._diary_of_second(council)
        return entries

    def _diary_of_first_decrees(self, council):
        first = self._founded(council)
        seats = EX_OFFICIO | EXPERTS
        if council.code == "ENV":
            seats = {code: name for code, (name, *_person) in SECOND.items()}
        ends = term.last_day(first, years=council._rule("expert_term", first).value)
        return [
            (first, 9, lambda: [self._decree(council, "appointment", code, name) for code, name in seats.items()]),
            (first, 10, lambda: self._decree(council, "chair", "B1", seats["B1"])),
            (ends - timedelta(days=RENEWED), 9, lambda: self._renew(council, ends)),
            self._night_of(council, ends + timedelta(days=1)),
        ]

    def _diary_of_first_council(self, council):
        entries = []
        for code, name, ago in LATER:
            day = self._ago(council, ago)
            entries.append((day, 9, lambda c=code, n=name: self._decree(council, "appointment", c, n)))
        yesterday = self._ago(council, 1)
        return [
            *entries,
            (yesterday, 14, lambda: self._decree(council, "appointment", "B9", "b8", issue=False)),
        ]

    def _diary_of_second(self, council):
        """Its chair has given up the chair; the next one is proposed (note 2)."""
        left = self._ago(council, CHAIR_LEFT)
        return [
            (left, 10, lambda: self._chair_leaves(council)),
            self._night_of(council, left),
            (left + timedelta(days=2), 10, lambda: self._decree(council, "chair", "B2", "e6", issue=False)),
        ]

    def _decree(self, council, kind, code, name, issue=True, **values):
        """A decree from today on, proposed by the President's office and issued by the President."""
        seat = council.seat_ids.filtered(lambda s: s.code == code)
        decree = self._as("office", self.env["shora.decree"]).create(
            {
                "council_id": council.id,
                "kind": kind,
                "seat_id": seat.id,
                "partner_id": self._partner(name).id,
                "date_from": council._today(),
                **(self._expertise(code) if seat.kind == "expert" and kind == "appointment" else {}),
                **values,
            }
        )
        decree.action_propose()
        if issue:
            self._as("president", decree).action_issue()
        return decree

    def _expertise(self, code):
        """What the secretary's proposal says of an expert: each covers another part of the themes and tendencies."""
        number = int(code[1:])
        themes = self.env["shora.theme"].search(Domain.TRUE)
        tendencies = self.env["shora.tendency"].search(Domain.TRUE)
        return {
            "proposal_note": f"د/{self.env['shora.words']._digits(40 + number)}",
            "academic_rank": ("استاد", "دانشیار", "استادیار")[number % 3],
            "field_of_study": ("روابط بین‌الملل", "مطالعات شهری", "حقوق بین‌الملل")[number % 3],
            "theme_ids": [(6, 0, themes[number * 2 - 2 : number * 2].ids)],
            "tendency_ids": [(6, 0, tendencies[number - 1 : number + 1].ids)],
        }

    def _renew(self, council, ends):
        """The secretary proposes, the President issues, the chair's decree beside it (4-B, note 2)."""
        due = Domain("council_id", "=", council.id) & Domain("is_renewal_due", "=", True) & Domain("date_to", "=", ends)
        members = self.env["shora.membership"].search(due)
        self._by_secretary(council, members).action_propose_renewal()
        self._as("office", members).action_propose_renewal()
        decrees = self.env["shora.decree"].search(
            Domain("council_id", "=", council.id)
            & Domain("kind", "in", ("renewal", "chair"))
            & Domain("state", "in", ("draft", "proposed"))
        )
        self._as("office", decrees.filtered(lambda decree: decree.state == "draft")).action_propose()
        self._as("president", decrees).action_issue()

    def _chair_leaves(self, council):
        chair = self.env["shora.decree"]._chairs_on(council, council._today())[council.id]
        end = self._as("office", self.env["shora.decree"]).create(
            {
                "kind": "end",
                "ends_decree_id": chair.id,
                "end_ground": "resigned",
                "date_from": council._today(),
            }
        )
        end.action_propose()
        self._as("president", end).action_issue()
