"""Clause 5-6 over random histories, against living through every day and against looking for "AAA" in a text."""

import random
from datetime import date, timedelta
from itertools import pairwise

import reference
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rules.absence import Mark, Spell, expected_state, first_resignation, judge, merge_spells

BASE = date(2022, 3, 10)  # summer time begins and ends within the histories
SPAN = 60


def day(number):
    return BASE + timedelta(days=number)


@st.composite
def spells_of(draw):
    spells = []
    for _ in range(draw(st.integers(0, 4))):
        first = draw(st.integers(0, SPAN))
        length = draw(st.one_of(st.none(), st.integers(0, 25)))
        spells.append((first, None if length is None else first + length))
        if length is not None and draw(st.booleans()):  # a renewal, or one a day or two too late
            gap = draw(st.integers(1, 3))
            spells.append((first + length + gap, first + length + gap + draw(st.integers(0, 25))))
    return [(day(first), None if last is None else day(last)) for first, last in spells]


@st.composite
def marks_of(draw):
    """(day, order on that day, key, present); dense, mostly absent."""
    marks, number = [], draw(st.integers(0, 10))
    keys = draw(st.permutations(range(100, 130)))
    for key in keys[: draw(st.integers(0, 30))]:
        number += draw(st.integers(0, 4))
        marks.append((day(number), len(marks), key, draw(st.sampled_from([False, False, False, True]))))
    return marks


LIMITS = st.one_of(
    st.none(),
    st.integers(1, 4),
    st.tuples(st.integers(0, SPAN), st.integers(1, 4), st.one_of(st.none(), st.integers(1, 4))),
)


def limit_function(limit):
    if isinstance(limit, tuple):
        change, before, after = limit
        return lambda asked: before if asked < day(change) else after
    return lambda asked: limit


def as_marks(rows):
    """Sessions spread over the Tehran day from its first minute, in their order."""
    return [
        Mark(key, reference.first_instant(held) + timedelta(minutes=30 * order), present)
        for held, order, key, present in rows
    ]


def as_spells(pairs):
    return [Spell(first, last) for first, last in pairs]


def compare(pairs, rows, limit):
    number = limit_function(limit)
    until = max([first for first, _last in pairs] + [row[0] for row in rows] + [BASE])
    resignations, counted, de_facto, run, member = reference.simulate(pairs, rows, number, until)
    verdict = judge(as_spells(pairs), as_marks(rows), number if isinstance(limit, tuple) else limit, today=until)
    assert [(found.day, found.session_keys) for found in verdict.resignations] == resignations
    standing = {step.mark.session_key: step.standing for step in verdict.timeline}
    assert {key for key, value in standing.items() if value == "counted"} == counted
    assert {key for key, value in standing.items() if value == "de_facto"} == de_facto
    assert {mark.session_key for mark in verdict.de_facto} == de_facto
    assert verdict.current_run == len(run)
    if member:
        last = max((row for row in rows if row[2] in counted), default=None)
        warned = last is not None and run and number(last[0]) is not None and len(run) == number(last[0]) - 1
        assert verdict.warning == bool(warned)
    else:
        assert not verdict.warning
    return verdict


@settings(max_examples=1000)
@given(spells_of(), marks_of(), LIMITS)
@example([(day(0), day(10)), (day(11), day(30))], [(day(n), n, n, False) for n in (8, 9, 10, 11, 12)], 3)
@example([(day(0), None), (day(5), day(9))], [(day(n), n, n, False) for n in range(12)], 3)
def test_every_history_ends_as_living_through_it_does(pairs, rows, limit):
    compare(pairs, rows, limit)


def test_thousands_of_plain_histories_of_one_council():
    chance = random.Random(1398_02_06)
    for _ in range(2000):
        letters = "".join(chance.choice("AAP") for _ in range(chance.randint(0, 26)))
        rows = [(day(2 * n), 0, n, letter == "P") for n, letter in enumerate(letters)]
        found = first_resignation([Spell(BASE)], as_marks(rows), 3)
        place = letters.find("AAA")
        assert (found and found.session_keys) == (None if place < 0 else (place, place + 1, place + 2))


@given(spells_of(), marks_of(), st.integers(1, 4))
def test_the_spells_that_come_out_are_the_days_of_membership(pairs, rows, limit):
    verdict = judge(as_spells(pairs), as_marks(rows), limit)
    ends = [found.day for found in verdict.resignations]
    for number in range(SPAN + 60):
        today = day(number)
        # a decree gives a day unless a resignation came on or after its first day and before today
        expected = any(
            first <= today and (last is None or today <= last) and not any(first <= end < today for end in ends)
            for first, last in pairs
        )
        assert any(spell.covers(today) for spell in verdict.spells) == expected, today


@given(spells_of())
def test_merged_spells_cover_the_same_days_with_a_gap_between(pairs):
    merged = merge_spells(as_spells(pairs))
    for number in range(-1, SPAN + 60):
        covered = any(first <= day(number) and (last is None or day(number) <= last) for first, last in pairs)
        assert sum(spell.covers(day(number)) for spell in merged) == covered
    for earlier, later in pairwise(merged):
        assert earlier.last_day and later.first_day > earlier.last_day + timedelta(days=1)


@given(spells_of(), marks_of(), st.integers(1, 4), st.randoms())
def test_the_order_of_input_changes_nothing(pairs, rows, limit, chance):
    spells, marks = as_spells(pairs), as_marks(rows)
    verdict = judge(spells, marks, limit)
    chance.shuffle(spells)
    chance.shuffle(marks)
    assert judge(spells, marks, limit) == verdict


def apply(records, difference):
    records = list(records)
    for keys in difference.void:
        records.remove(keys)
    return records + [found.session_keys for found in difference.create]


RECORDS = st.lists(st.lists(st.integers(100, 130), min_size=1, max_size=3, unique=True).map(tuple), max_size=4)


@given(spells_of(), marks_of(), st.integers(1, 4), RECORDS)
def test_whatever_stood_applying_once_settles_it(pairs, rows, limit, records):
    verdict = judge(as_spells(pairs), as_marks(rows), limit)
    settled = apply(records, expected_state(records, verdict))
    assert set(map(frozenset, settled)) == {frozenset(found.session_keys) for found in verdict.resignations}
    assert len(settled) == len(verdict.resignations)
    assert not expected_state(settled, verdict)


@given(spells_of(), marks_of(), st.integers(1, 4), st.data())
def test_judging_at_each_closing_and_correction_agrees_with_judging_everything_at_the_end(pairs, rows, limit, data):
    """The nightly check finds nothing left to do, even when attendance was corrected in between."""
    spells, rows, records = as_spells(pairs), list(rows), []
    for closed in range(1, len(rows) + 1):
        records = apply(records, expected_state(records, judge(spells, as_marks(rows[:closed]), limit)))
        if data.draw(st.integers(0, 3)) == 0:
            index = data.draw(st.integers(0, closed - 1))
            held, order, key, present = rows[index]
            rows[index] = (held, order, key, not present)
            records = apply(records, expected_state(records, judge(spells, as_marks(rows[:closed]), limit)))
    assert not expected_state(records, judge(spells, as_marks(rows), limit))
    until = max([row[0] for row in rows] + [BASE])
    expected = reference.simulate(pairs, rows, limit_function(limit), until)[0]
    assert sorted(map(sorted, records)) == sorted(sorted(keys) for _day, keys in expected)
