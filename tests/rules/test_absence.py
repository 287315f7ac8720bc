"""Clause 5-6 by example: each test is a history a secretary could tell."""

from datetime import date, datetime, timedelta

import pytest
from rules.absence import Mark, Resignation, Spell, expected_state, first_resignation, judge, merge_spells
from rules.clock import day_start_utc

FIRST = date(2026, 1, 1)
ALWAYS = [Spell(FIRST)]


def on(number):
    """Day of the n-th session (from 1), 14 days apart."""
    return FIRST + timedelta(days=14 * number)


def history(letters, first_number=1):
    """Marks of "AAP": one ordinary session each 14 days at 10:00 in Tehran."""
    return [
        Mark(number, day_start_utc(on(number)) + timedelta(hours=10), letter == "P")
        for number, letter in enumerate(letters, first_number)
    ]


@pytest.mark.parametrize(
    ("letters", "run", "warning"),
    [("", 0, False), ("P", 0, False), ("A", 1, False), ("APA", 1, False), ("AAPA", 1, False), ("AA", 2, True)],
)
def test_runs_of_the_specification(letters, run, warning):
    verdict = judge(ALWAYS, history(letters), 3)
    assert (verdict.current_run, verdict.warning, verdict.resignations) == (run, warning, ())


def test_three_absences_resign_on_the_day_of_the_third():
    verdict = judge(ALWAYS, history("PAAA"), 3)
    (resignation,) = verdict.resignations
    assert resignation.day == on(4)
    assert resignation.session_keys == (2, 3, 4)
    assert verdict.spells == (Spell(FIRST, on(4)),)
    assert (verdict.current_run, verdict.warning) == (0, False)


def test_the_warning_comes_with_the_second_absence_and_goes_with_presence():
    verdict = judge(ALWAYS, history("AAPAAA"), 3)
    assert [step.warning for step in verdict.timeline] == [False, True, False, False, True, False]
    assert [step.run for step in verdict.timeline] == [1, 2, 0, 1, 2, 3]
    assert [len(run) for run in verdict.runs] == [2, 3]
    assert verdict.timeline[-1].resignation == verdict.resignations[0]


def test_the_order_of_the_marks_is_that_of_the_sessions():
    marks = history("AAPAAA")
    assert judge(ALWAYS, reversed(marks), 3) == judge(ALWAYS, marks, 3)


def test_sessions_before_the_appointment_and_after_the_end_do_not_exist():
    spell = Spell(on(3), on(4))
    verdict = judge([spell], history("AAAAAA"), 3)
    assert verdict.resignations == ()
    assert [step.standing for step in verdict.timeline] == ["outside"] * 2 + ["counted"] * 2 + ["outside"] * 2


def test_a_session_on_the_first_and_on_the_last_day_counts():
    assert first_resignation([Spell(on(1), on(3))], history("AAA"), 3).day == on(3)
    assert first_resignation([Spell(on(1) + timedelta(days=1), on(3))], history("AAA"), 3) is None
    assert first_resignation([Spell(on(1), on(3) - timedelta(days=1))], history("AAA"), 3) is None


def test_the_day_of_a_session_is_the_day_in_tehran():
    midnight = day_start_utc(date(2026, 5, 1))
    marks = [Mark(number, midnight - timedelta(minutes=number), False) for number in (1, 2, 3)]
    assert first_resignation([Spell(FIRST, date(2026, 4, 30))], marks, 3).day == date(2026, 4, 30)
    assert first_resignation([Spell(date(2026, 5, 1))], marks, 3) is None


def test_a_renewal_without_a_gap_continues_the_run():
    spells = [Spell(FIRST, on(2)), Spell(on(2) + timedelta(days=1), on(20))]
    assert first_resignation(spells, history("AAA"), 3).session_keys == (1, 2, 3)


def test_a_gap_of_one_day_resets_the_run():
    spells = [Spell(FIRST, on(2)), Spell(on(2) + timedelta(days=2), on(20))]
    verdict = judge(spells, history("AAAA"), 3)
    assert verdict.resignations == ()
    assert (verdict.current_run, verdict.warning) == (2, True)
    assert [[mark.session_key for mark in run] for run in verdict.runs] == [[1, 2], [3, 4]]


def test_a_later_appointment_begins_at_0_before_its_first_session():
    spells = [Spell(FIRST, on(2)), Spell(on(2) + timedelta(days=2))]
    assert judge(spells, history("AA"), 3).current_run == 0


def test_a_renewal_decreed_for_later_does_not_hide_the_run_of_today():
    spells = [Spell(FIRST, on(5)), Spell(on(6), on(20))]
    verdict = judge(spells, history("AA"), 3, today=on(3))
    assert (verdict.current_run, verdict.warning) == (2, True)
    assert judge(spells, history("AA"), 3, today=on(6)).current_run == 0


def test_who_is_no_member_today_is_not_warned():
    verdict = judge([Spell(FIRST, on(2))], history("AA"), 3, today=on(2) + timedelta(days=1))
    assert (verdict.current_run, verdict.warning) == (2, False)
    assert judge([Spell(FIRST, on(2))], history("AA"), 3, today=on(2)).warning


def test_attendance_after_a_resignation_is_de_facto_and_counts_no_further():
    verdict = judge(ALWAYS, history("AAAPAAAP"), 3)
    assert [resignation.session_keys for resignation in verdict.resignations] == [(1, 2, 3)]
    assert [mark.session_key for mark in verdict.de_facto] == [4, 5, 6, 7, 8]
    assert verdict.current_run == 0


def test_a_second_session_on_the_day_of_the_third_absence_is_de_facto():
    marks = history("AAA")
    later = Mark(9, marks[-1].start_utc + timedelta(hours=3), True)
    assert judge(ALWAYS, [*marks, later], 3).de_facto == (later,)


def test_an_appointment_after_a_resignation_begins_with_a_run_of_0():
    spells = [Spell(FIRST, on(20)), Spell(on(5), on(30))]
    verdict = judge(spells, history("AAAPAA"), 3)
    assert [step.standing for step in verdict.timeline] == ["counted"] * 3 + ["de_facto"] + ["counted"] * 2
    assert verdict.current_run == 2
    assert verdict.spells == (Spell(FIRST, on(3)), Spell(on(5), on(30)))
    assert judge(spells, history("AAAPAAA"), 3).resignations[1].session_keys == (5, 6, 7)


def test_an_appointment_on_the_next_day_is_new_too():
    spells = [Spell(FIRST, on(3)), Spell(on(3) + timedelta(days=1))]
    verdict = judge(spells, history("AAAAA"), 3)
    assert len(verdict.resignations) == 1
    assert (verdict.current_run, verdict.warning) == (2, True)


def test_earlier_memberships_stay_as_they_were():
    spells = [Spell(FIRST, on(1)), Spell(on(2), on(20))]
    assert judge(spells, history("PAAA"), 3).spells == (Spell(FIRST, on(1)), Spell(on(2), on(4)))


def test_correcting_the_second_absence_voids_the_resignation():
    before = judge(ALWAYS, history("AAA"), 3)
    existing = [resignation.session_keys for resignation in before.resignations]
    difference = expected_state(existing, judge(ALWAYS, history("APA"), 3))
    assert difference.void == ((1, 2, 3),)
    assert difference.create == ()


def test_a_corrected_presence_finds_an_old_streak():
    difference = expected_state([], judge(ALWAYS, history("AAAPPPP"), 3))
    assert [(found.session_keys, found.day) for found in difference.create] == [((1, 2, 3), on(3))]


def test_a_correction_may_move_the_resignation():
    difference = expected_state([(1, 2, 3)], judge(ALWAYS, history("PAAA"), 3))
    assert difference.void == ((1, 2, 3),)
    assert [found.session_keys for found in difference.create] == [(2, 3, 4)]


def test_an_agreeing_record_is_left_alone_in_whatever_order_it_lists_its_sessions():
    assert not expected_state([(3, 1, 2)], judge(ALWAYS, history("AAA"), 3))
    assert not expected_state([{1, 2, 3}], judge(ALWAYS, history("AAA"), 3))


def test_a_second_record_of_the_same_absences_is_surplus():
    assert expected_state([(1, 2, 3), (1, 2, 3)], judge(ALWAYS, history("AAA"), 3)).void == ((1, 2, 3),)


def test_no_spells_no_membership():
    verdict = judge([], history("AAA"), 3)
    assert {step.standing for step in verdict.timeline} == {"outside"}
    assert (verdict.spells, verdict.current_run, verdict.warning) == ((), 0, False)


def test_an_inactive_rule_counts_but_resigns_nobody():
    verdict = judge(ALWAYS, history("AAAA"), None)
    assert (verdict.current_run, verdict.warning, verdict.resignations) == (4, False, ())


def test_the_version_of_the_last_session_judges_the_run():
    def stricter_from_the_third(day):
        return 3 if day >= on(3) else 5

    assert first_resignation(ALWAYS, history("AAA"), stricter_from_the_third).session_keys == (1, 2, 3)

    def stricter_from_the_fifth(day):
        return 3 if day >= on(5) else 6

    assert first_resignation(ALWAYS, history("AAAAA"), stricter_from_the_fifth).session_keys == (3, 4, 5)
    assert first_resignation(ALWAYS, history("AAAAP"), stricter_from_the_fifth) is None


def test_a_limit_of_one_resigns_at_once_and_never_warns():
    verdict = judge(ALWAYS, history("PA"), 1)
    assert verdict.resignations[0].session_keys == (2,)
    assert not any(step.warning for step in verdict.timeline) and not judge(ALWAYS, history("P"), 1).warning


@pytest.mark.parametrize("limit", [0, -1, lambda day: 0])
def test_a_limit_below_one_is_refused(limit):
    with pytest.raises(ValueError):
        judge(ALWAYS, history("A"), limit)


def test_one_session_cannot_be_marked_twice():
    with pytest.raises(ValueError):
        judge(ALWAYS, [*history("A"), *history("P")], 3)


def test_a_spell_is_made_of_days_in_order():
    with pytest.raises(ValueError):
        Spell(on(2), on(1))
    with pytest.raises(TypeError):
        Spell(datetime(2026, 1, 1))
    with pytest.raises(TypeError):
        Spell(on(1), datetime(2027, 1, 1))


def test_merging_joins_what_touches_or_overlaps():
    day = timedelta(days=1)
    assert merge_spells([Spell(on(3), on(4)), Spell(on(1), on(3) - day)]) == [Spell(on(1), on(4))]
    assert merge_spells([Spell(on(1), on(4)), Spell(on(2), on(3))]) == [Spell(on(1), on(4))]
    assert merge_spells([Spell(on(1)), Spell(on(2), on(3))]) == [Spell(on(1))]
    assert merge_spells([Spell(on(1), on(2)), Spell(on(2), None)]) == [Spell(on(1))]
    apart = [Spell(on(1), on(2)), Spell(on(2) + 2 * day, on(3))]
    assert merge_spells(apart) == apart


def test_the_term_from_10_mordad_renewed_on_10_mordad_is_one():
    # 1404/05/10 .. 1405/05/09 and 1405/05/10 .. 1406/05/09
    one, two = Spell(date(2025, 8, 1), date(2026, 7, 31)), Spell(date(2026, 8, 1), date(2027, 7, 31))
    assert merge_spells([one, two]) == [Spell(date(2025, 8, 1), date(2027, 7, 31))]


def test_a_resignation_is_dated_in_tehran():
    start = day_start_utc(date(2022, 7, 2))
    marks = tuple(Mark(number, start + timedelta(minutes=number - 3), False) for number in (1, 2, 3))
    assert Resignation(marks).day == date(2022, 7, 2)
    assert Resignation(marks[:2]).day == date(2022, 7, 1)
