"""Random values of every rule of a by-law: on both sides of each boundary the council decides as plain counting does.

Read off the by-law that is shipped: a rule with a number and without its ``rule_…`` here fails.
"""

import random
import re
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from unittest.mock import patch

from odoo.addons.shora_council.rules import absence
from odoo.exceptions import UserError

from tests.common import tehran
from tests.rules import reference
from tests.seeds import seeds
from tests.shora_council.bylaw_case import WITHOUT_NUMBER, BylawCase

DAY = date(2026, 12, 21)
HELD = date(2026, 11, 2)
MEMBERS, EXPERTS, EX_OFFICIO = 11, 7, 4


def days(number):
    return timedelta(days=number)


class TestRandomByLaw(BylawCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.council.bylaw_ids = False
        on = {code: {"is_active": True, "value": 10} for code in ("extraordinary_notice_days", "quorum", "majority")}
        on |= {code: {"is_active": True, "value": 10} for code in ("presenting_days", "decision_days")}
        for code in ("quorum", "majority"):
            on[code]["severity"] = "block"
        cls.version = cls.new_bylaw(cls.council, **on)
        case = cls()
        with tehran("2026-10-20 08:00"):
            cls.ordinary = case.plan(cls.council, str(DAY))
            cls.urgent = case.plan(cls.council, str(DAY + days(1)), "extraordinary")
        cls.held = case.sit(cls.council, str(HELD))
        cls.minutes = cls.held.env["shora.minutes"]._draft_for(cls.held).sudo()
        cls.expert = cls.env["shora.membership"].search(
            [("council_id", "=", cls.council.id), ("partner_id", "=", cls.people["B2"].id)]
        )

    def set(self, **values):
        self.env.flush_all()
        for code, value in values.items():
            query = "UPDATE shora_bylaw_rule SET value = %s WHERE bylaw_id = %s AND code = %s"
            self.cr.execute(query, [value, self.version.id, code])
            self.assertEqual(self.cr.rowcount, 1, code)
        self.env.invalidate_all()

    def at(self, day, ask):
        with tehran(f"{day} 10:00"):
            self.env.invalidate_all()
            return ask()

    def found(self, day, method, code):
        """Whether ``code`` would be a finding on ``day``."""
        finding = self.env["shora.finding"].sudo()
        expected = self.at(day, lambda: getattr(finding, method)(self.council.sudo()))
        return any(key[1] == code for key in expected)

    def codes(self):
        return [rule.code for rule in self.env.ref("shora_council.bylaw_irud").rule_ids]

    def test_every_rule_of_the_by_law_is_decided_here(self):
        for code in self.codes():
            self.assertTrue(hasattr(self, f"rule_{code}") != (code in WITHOUT_NUMBER), code)
        tried = Path(__file__).with_name("test_finding_rules.py").read_text(encoding="utf-8")
        self.assertEqual(
            {code for code in WITHOUT_NUMBER if code not in self.codes() or f'"{code}"' not in tried}, set()
        )

    def test_random_values(self):
        for seed in seeds(3, soak=200):
            for code in self.codes():
                if decide := getattr(self, f"rule_{code}", None):
                    with self.subTest(seed=seed, code=code), self.cr.savepoint(flush=False) as savepoint:
                        decide(random.Random(f"{seed} {code}"))
                        self.env.clear()
                        savepoint.rollback()

    def test_values_out_of_range_are_refused_with_a_sentence(self):
        action = self.version.with_user(self.admin).action_new_version()
        draft = self.env["shora.bylaw"].with_user(self.admin).browse(action["res_id"])
        draft.write({"date_from": HELD, "council_ids": [(6, 0, self.council.ids)]})
        for seed in seeds(1, soak=50):
            chance = random.Random(seed)
            for rule in draft.rule_ids.filtered(lambda one: one.unit != "none"):
                wrong = [0, -chance.randint(1, 400)] + [chance.randint(101, 500)] * (rule.unit == "percent")
                value = chance.choice(wrong)
                with (
                    self.subTest(seed=seed, code=rule.code, value=value),
                    self.cr.savepoint(),
                    self.assertRaisesRegex(UserError, re.escape(rule.name)),
                ):
                    rule.write({"is_active": True, "value": value})
                    draft.action_put_in_force()

    # --- article 4 ---

    def near(self, chance, number, low=1, high=25):
        return {max(low, number - 1), number, number + 1, chance.randint(low, high)}

    def breaches(self, **values):
        self.set(**values)
        return {breach.code for breach in self.council._breaches(DAY)}

    def rule_total_min(self, chance):
        for value in self.near(chance, MEMBERS):
            found = self.breaches(total_min=value, total_max=max(value, 15))
            self.assertEqual("total_min" in found, value > MEMBERS, value)

    def rule_total_max(self, chance):
        for value in self.near(chance, MEMBERS):
            found = self.breaches(total_max=value, total_min=min(value, 11))
            self.assertEqual("total_max" in found, value < MEMBERS, value)

    def rule_expert_min(self, chance):
        for value in self.near(chance, EXPERTS):
            found = self.breaches(expert_min=value, expert_max=max(value, 10))
            self.assertEqual("expert_min" in found, value > EXPERTS, value)

    def rule_expert_max(self, chance):
        for value in self.near(chance, EXPERTS):
            found = self.breaches(expert_max=value, expert_min=min(value, 6))
            self.assertEqual("expert_max" in found, value < EXPERTS, value)

    def rule_ex_officio_seats(self, chance):
        for value in self.near(chance, EX_OFFICIO, high=9):
            self.assertEqual("ex_officio_seats" in self.breaches(ex_officio_seats=value), value != EX_OFFICIO, value)

    def rule_expert_term(self, chance):
        value = chance.randint(1, 9)
        self.set(expert_term=value)
        first = date(2026, 9, 1) + days(chance.randint(0, 1500))
        seat = self.council.seat_ids.filtered(lambda one: one.code == "B9")
        decree = self.env["shora.decree"].new({"council_id": self.council.id, "seat_id": seat.id, "date_from": first})
        decree.kind = "appointment"
        self.assertEqual(decree._last_day_given(), reference.term_end(first, value), (first, value))

    def reminded(self, codes, values, left, stage):
        """The stage of a reminder is the shortest of those that have come."""
        self.set(**dict(zip(codes, values, strict=True)))
        for value in values:
            for number in (value, value + 1):
                expected = min((one for one in values if number <= one), default=0)
                self.assertEqual(left(number, stage), expected, (values, number))

    def rule_renewal_reminder_1(self, chance):
        last = self.expert.date_to
        self.reminded(
            [f"renewal_reminder_{number}" for number in (1, 2, 3)],
            chance.sample(range(1, 200), 3),
            lambda number, stage: self.at(last - days(number), stage),
            lambda: self.expert.renewal_stage,
        )

    rule_renewal_reminder_2 = rule_renewal_reminder_3 = rule_renewal_reminder_1

    # --- 5-1 ---

    def rule_session_interval(self, chance):
        value = chance.randint(1, 100)
        self.set(session_interval=value)
        off = self.env["shora.day.off"]._reasons(self.council.company_id, HELD, DAY + days(100))
        last = HELD + days(value)
        while off(last):  # the next working day
            last += days(1)
        for day, missed in ((last, False), (last + days(1), True)):
            self.move(self.ordinary, day)
            gaps = self.council._gaps(HELD + days(1)).get(self.council, ())
            self.assertEqual(any(gap.following == day for gap in gaps), missed, (value, day))

    def move(self, session, day):
        self.env.flush_all()
        span = f"{day} 06:30:00", f"{day} 08:30:00"
        self.cr.execute(
            "UPDATE shora_session SET day = %s, start = %s, stop = %s WHERE id = %s", [day, *span, session.id]
        )
        self.env.invalidate_all()

    def rule_notice_days(self, chance):
        value = chance.randint(1, 60)
        self.set(notice_days=value)
        last = DAY - days(value)
        self.assertEqual(self.ordinary.notice_last_day, last)
        self.assertFalse(self.found(last, "_expect_notice", "notice_late"))
        self.assertTrue(self.found(last + days(1), "_expect_notice", "notice_late"))

    def rule_extraordinary_notice_days(self, chance):
        value = chance.randint(1, 60)
        self.set(extraordinary_notice_days=value)
        self.assertEqual(self.urgent.notice_last_day, self.urgent.day - days(value))

    def rule_notice_reminder_1(self, chance):
        self.reminded(
            ["notice_reminder_1", "notice_reminder_2"],
            chance.sample(range(1, 60), 2),
            lambda number, stage: self.at(DAY - days(number), stage),
            self.ordinary._notice_stage,
        )

    rule_notice_reminder_2 = rule_notice_reminder_1

    def rule_session_reminder(self, chance):
        value = chance.randint(1, 30)
        self.set(session_reminder=value)
        for before, due in ((value, True), (value + 1, False)):
            day = self.urgent.day - days(before)
            self.assertEqual(self.at(day, self.urgent._is_reminder_due), due, (value, before))

    # --- 5-4, 5-5, 5-6, 5-9 ---

    def rule_annual_plan_day(self, chance):
        value, year = chance.randint(1, 365), chance.randint(1406, 1415)
        self.set(annual_plan_day=value)
        self.assertEqual(self.council._plan_last_day(year), reference.gregorian(year, 1, 1) + days(value - 1))

    def rule_minutes_days(self, chance):
        value = chance.randint(1, 60)
        self.set(minutes_days=value)
        self.assertEqual(self.held.minutes_last_day, HELD + days(value))
        for late in (0, 1):
            day = HELD + days(value + late)
            self.assertEqual(self.at(day, lambda: self.minutes.is_late), bool(late), value)

    def rule_minutes_reminder_1(self, chance):
        limit = chance.randint(20, 60)
        self.set(minutes_days=limit)
        self.reminded(
            ["minutes_reminder_1", "minutes_reminder_2"],
            chance.sample(range(1, 20), 2),
            lambda number, stage: self.at(HELD + days(limit - number), stage),
            self.held._minutes_stage,
        )

    rule_minutes_reminder_2 = rule_minutes_reminder_1

    def rule_absence_limit(self, chance):
        """Against records of attendance: ``test_absence_histories.py``."""
        value = chance.randint(1, 9)
        self.set(absence_limit=value)
        limit = self.env["shora.deemed.resignation"]._limit_of(self.council)
        for number in (value - 1, value):
            marks = [
                absence.Mark(key, reference.first_instant(HELD + days(7 * key)), False) for key in range(1, number + 1)
            ]
            verdict = absence.judge([absence.Spell(HELD)], marks, limit)
            self.assertEqual(bool(verdict.resignations), number == value, value)

    def rule_presenting_days(self, chance):
        self.waiting(chance, "presenting_days", "reviewed", "presenting_overdue")

    def rule_decision_days(self, chance):
        self.waiting(chance, "decision_days", "presented", "decision_overdue")

    def waiting(self, chance, code, state, finding):
        value = chance.randint(1, 90)
        self.set(**{code: value})
        self.cr.execute("UPDATE shora_minutes SET state = %s WHERE id = %s", [state, self.minutes.id])
        with patch.object(self.registry["shora.minutes"], "_stage_days", lambda minutes: dict.fromkeys(minutes, HELD)):
            for late in (0, 1):
                found = self.found(HELD + days(value + late), "_expect_presenting", finding)
                self.assertEqual(found, bool(late), value)

    # --- shares ---

    def rule_quorum(self, chance):
        value = chance.randint(1, 100)
        self.set(quorum=value)
        share = Fraction(MEMBERS * value, 100)
        for present in range(MEMBERS + 1):
            with patch.object(self.registry["shora.session"], "_present_members", lambda session, n=present: n):
                self.assertEqual(bool(self.held._quorum_blockers()), present < share, (value, present))

    def rule_majority(self, chance):
        value, present = chance.randint(1, 100), chance.randint(1, 15)
        self.set(majority=value)
        resolution = self.env["shora.resolution"].new({"session_id": self.held.id, "ballot": "secret", "name": "R"})
        share = Fraction(present * value, 100)
        with patch.object(self.registry["shora.session"], "_present_members", lambda session: present):
            for votes in range(1, present + 1):
                resolution.update({"votes_for": votes, "votes_against": present - votes})
                carried = votes > share or votes == present  # a majority of 100 is unanimity
                self.assertEqual(not resolution._vote_blockers(adopting=True), carried, (value, present, votes))
