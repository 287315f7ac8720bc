"""Clause 5-6 over a hundred thousand random histories in ``make soak``, a thousand for each seed: the rule against
living through every day (``reference.simulate``).

Drawn plainly: Hypothesis, which looks for the smallest failure, takes many times as long for as many.
"""

import random

import pytest
import reference
from rules.absence import expected_state, judge
from test_absence_histories import SPAN, apply, as_marks, as_spells, compare, day, limit_function

from tests.seeds import seeds

HISTORIES = 1000
#: by-law values of ``absence_limit``, none and one for a by-law that is silent among them
LIMITS = (None, 1, 2, 3, 3, 3, 4, 5, 7)


def history(chance):
    """(spells, marks, limit): up to four appointments with their renewals, up to thirty sessions, and a by-law."""
    spells = []
    for _spell in range(chance.randint(0, 4)):
        first = chance.randint(0, SPAN)
        last = None if chance.random() < 0.3 else first + chance.randint(0, 25)
        spells.append((day(first), last if last is None else day(last)))
        if last is not None and chance.random() < 0.5:  # a renewal, or one a day or two too late
            again = last + chance.randint(1, 3)
            spells.append((day(again), day(again + chance.randint(0, 25))))
    marks, number = [], chance.randint(0, 10)
    present = chance.choice((0.1, 0.25, 0.5))
    for key in chance.sample(range(100, 130), chance.randint(0, 30)):
        number += chance.randint(0, 4)
        marks.append((day(number), len(marks), key, chance.random() < present))
    limit = chance.choice(LIMITS)
    if chance.random() < 0.3:  # another by-law from a day on
        limit = (chance.randint(0, SPAN), limit or 3, chance.choice(LIMITS))
    return spells, marks, limit


def live(chance, pairs, rows, limit):
    """The records that are left when each closing and each correction was judged at its time."""
    spells, rows, records = as_spells(pairs), list(rows), []
    number = limit_function(limit)
    for closed in range(1, len(rows) + 1):
        records = apply(records, expected_state(records, judge(spells, as_marks(rows[:closed]), number)))
        if chance.random() < 0.25:
            index = chance.randrange(closed)
            held, order, key, present = rows[index]
            rows[index] = (held, order, key, not present)
            records = apply(records, expected_state(records, judge(spells, as_marks(rows[:closed]), number)))
    return rows, records


@pytest.mark.parametrize("seed", seeds(2, soak=100))
def test_a_thousand_histories_end_as_living_through_them_does(seed):
    chance = random.Random(seed)
    resigned = 0
    for number in range(HISTORIES):
        pairs, rows, limit = history(chance)
        try:
            resigned += bool(compare(pairs, rows, limit).resignations)
            if number % 10 == 0:
                rows, records = live(chance, pairs, rows, limit)
                until = max([row[0] for row in rows] + [first for first, _last in pairs] + [day(0)])
                expected = reference.simulate(pairs, rows, limit_function(limit), until)[0]
                assert sorted(map(sorted, records)) == sorted(sorted(keys) for _day, keys in expected)
        except AssertionError as error:
            raise AssertionError(f"seed {seed}, history {number}: {pairs} {rows} {limit}") from error
    assert resigned > HISTORIES // 10, "histories in which next to nobody resigns"
