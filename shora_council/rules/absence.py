"""The absence rule (clause 5-6): absent from 3 consecutive ordinary sessions is deemed resigned.

Facts, never a counter: everything is computed from attendance, so a correction of an old session changes the outcome.

What the caller gives
---------------------
*Marks*: one per counted session of the council in which the person has an attendance row as a member: ordinary, held,
attendance confirmed (and, where those rules are on, with valid notice, and not of an exempt ex-officio member). Late
arrival or early leaving is presence; excused absence is absence. Sessions without a row of his do not exist.

*Spells*: the memberships of that person in that council **as decreed**, one per appointment decree. A stored row whose
last day was cut by a deemed resignation must be given with the last day its decree gave (``date_decreed_to``), else the
resignation would be judged by its own effect and a correction could never void it. Any *other* end does cut the
spell (revoked, resigned, superseded, post lost), and so does a voided resignation whose membership was not restored
because the seat had been taken: give that spell with the day it ended. Decrees that never came into force are left out.
"""

from collections.abc import Callable, Collection, Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from .clock import require_day, tehran_day

#: Absences in a row that mean resignation: a number, None (rule inactive), or what gives either for a session's day,
#: because the by-law version of a run's last session judges it.
Limit = int | None | Callable[[date], int | None]


@dataclass(frozen=True, slots=True)
class Spell:
    """Membership from ``first_day`` to ``last_day``, both inclusive, Tehran days; ``last_day`` None = no term.

    :raises ValueError: it ends before it begins
    """

    first_day: date
    last_day: date | None = None

    def __post_init__(self):
        require_day(self.first_day)
        if self.last_day is not None and require_day(self.last_day) < self.first_day:
            raise ValueError("a membership cannot end before it begins")

    def covers(self, day: date) -> bool:
        """Whether ``day`` lies within the spell."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


@dataclass(frozen=True, slots=True)
class Mark:
    """Attendance of one person at one counted session.

    :param session_key: identifies the session; sortable (a database id)
    :param start_utc: naive UTC start of the session
    """

    session_key: Hashable
    start_utc: datetime
    present: bool

    @property
    def day(self) -> date:
        """Tehran day of the session."""
        return tehran_day(self.start_utc)


@dataclass(frozen=True, slots=True)
class Resignation:
    """A deemed resignation: the absences that make it, in order; the membership ends on ``day``."""

    marks: tuple[Mark, ...]

    @property
    def day(self) -> date:
        """Tehran day of the last (as shipped the third) session: last day of the membership."""
        return self.marks[-1].day

    @property
    def session_keys(self) -> tuple[Hashable, ...]:
        """Keys of the sessions, in order of their start."""
        return tuple(mark.session_key for mark in self.marks)


@dataclass(frozen=True, slots=True)
class Step:
    """What one mark did.

    :param standing: ``counted``; ``de_facto``: attended in a decreed spell that a resignation had ended; ``outside``:
        before the appointment or after the end, it does not exist
    :param run: absences in a row after this mark (0 unless counted)
    :param warning: this absence is the last before resignation
    :param resignation: the resignation this mark completed
    """

    mark: Mark
    standing: Literal["counted", "de_facto", "outside"]
    run: int = 0
    warning: bool = False
    resignation: Resignation | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Outcome for one person in one council.

    :param timeline: one step per mark, in order of start
    :param runs: every longest streak of counted absences, in order
    :param resignations: in order; more than one only with appointments in between
    :param spells: memberships as they came out: merged, cut on the day of a resignation
    :param current_run: absences in a row now; 0 after a resignation and at the start of a later appointment
    :param warning: one more absence means resignation
    """

    timeline: tuple[Step, ...]
    runs: tuple[tuple[Mark, ...], ...]
    resignations: tuple[Resignation, ...]
    spells: tuple[Spell, ...]
    current_run: int
    warning: bool

    @property
    def de_facto(self) -> tuple[Mark, ...]:
        """Marks after a resignation, within the decreed spells: they stay and are labelled de facto."""
        return tuple(step.mark for step in self.timeline if step.standing == "de_facto")


@dataclass(frozen=True, slots=True)
class Difference:
    """What to do so that the records of deemed resignations agree with a verdict.

    :param void: session keys, as given, of records in force that no longer hold
    :param create: resignations without a record
    """

    void: tuple[tuple[Hashable, ...], ...]
    create: tuple[Resignation, ...]

    def __bool__(self) -> bool:
        return bool(self.void or self.create)


def merge_spells(spells: Iterable[Spell]) -> list[Spell]:
    """Spells in order, those that touch or overlap made one.

    A renewal without a gap continues a membership (last day 05/09, next first day 05/10); a gap of one day or more
    starts a new one.
    """
    merged: list[Spell] = []
    for spell in sorted(spells, key=lambda spell: spell.first_day):
        if merged and _touches(merged[-1], spell):
            merged[-1] = Spell(merged[-1].first_day, _later(merged[-1].last_day, spell.last_day))
        else:
            merged.append(spell)
    return merged


def judge(spells: Iterable[Spell], marks: Iterable[Mark], limit: Limit, today: date | None = None) -> Verdict:
    """Judge one person in one council by clause 5-6 (see the module on what spells and marks are).

    A resignation ends every spell that has begun by its day. Attendance after it is de facto and counts no further,
    until a spell that begins on a later day: a new appointment, with a run of 0.

    :param spells: as decreed, in any order
    :param marks: counted ordinary sessions, in any order
    :param limit: absences in a row that mean resignation, 1 or more; see :data:`Limit`
    :param today: Tehran day of the question: spells that begin later are not yet looked at for ``current_run`` and
        ``warning``, and a membership that is over warns nobody; None = every spell has begun, none is over
    :raises ValueError: a limit below 1, or one session marked twice
    """
    walk = _Walk(tuple(spells), limit)
    for mark in _in_order(marks):
        walk.take(mark)
    return walk.verdict(today)


def first_resignation(spells: Iterable[Spell], marks: Iterable[Mark], limit: Limit) -> Resignation | None:
    """The earliest deemed resignation, or None.

    :raises ValueError: see :func:`judge`
    """
    return next(iter(judge(spells, marks, limit).resignations), None)


def expected_state(existing_records: Iterable[Collection[Hashable]], verdict: Verdict) -> Difference:
    """Compare records of deemed resignations in force with a verdict.

    Idempotent: applied once, the second comparison is empty. A second record of the same absences is surplus: void.

    :param existing_records: session keys of each record in force, in any order within a record
    """
    missing = {frozenset(resignation.session_keys): resignation for resignation in verdict.resignations}
    void = tuple(tuple(keys) for keys in existing_records if missing.pop(frozenset(keys), None) is None)
    return Difference(void, tuple(missing.values()))


class _Walk:
    """One pass over the marks of a person, in order of their start."""

    def __init__(self, decreed: tuple[Spell, ...], limit: Limit):
        self.decreed = decreed
        self.limit = limit
        self.over: list[Spell] = []
        self.alive = merge_spells(decreed)
        self.period: Spell | None = None
        self.run: list[Mark] = []
        self.runs: list[tuple[Mark, ...]] = []
        self.steps: list[Step] = []
        self.last_counted: Step | None = None

    def take(self, mark: Mark) -> None:
        """Add the step of the next mark."""
        day = mark.day
        period = next((spell for spell in self.alive if spell.covers(day)), None)
        if period is None:
            decreed = any(spell.covers(day) for spell in self.decreed)
            self.steps.append(Step(mark, "de_facto" if decreed else "outside"))
            return
        if period != self.period or mark.present:
            self.close_run()
        self.period = period
        self.last_counted = Step(mark, "counted") if mark.present else self.absent(mark, day)
        self.steps.append(self.last_counted)

    def absent(self, mark: Mark, day: date) -> Step:
        """Lengthen the run and resign when it reaches the limit of that day."""
        self.run.append(mark)
        length, limit = len(self.run), _limit_on(self.limit, day)
        if limit is None or length < limit:
            return Step(mark, "counted", length, warning=limit is not None and length == limit - 1)
        resignation = Resignation(tuple(self.run[-limit:]))
        self.close_run()
        self.end_on(day)
        return Step(mark, "counted", length, resignation=resignation)

    def end_on(self, day: date) -> None:
        """End every spell that has begun; only later appointments live on."""
        begun = [spell for spell in self.alive if spell.first_day <= day]
        self.over += [*begun[:-1], Spell(begun[-1].first_day, day)]
        self.alive = merge_spells(spell for spell in self.decreed if spell.first_day > day)

    def close_run(self) -> None:
        """A presence, a gap or a resignation: the next absence is the first again."""
        if self.run:
            self.runs.append(tuple(self.run))
        self.run = []

    def verdict(self, today: date | None) -> Verdict:
        """What the marks taken so far come to."""
        begun = [spell for spell in self.alive if today is None or spell.first_day <= today]
        last = self.last_counted if begun and begun[-1] == self.period else None
        warned = last is not None and last.warning and (today is None or begun[-1].covers(today))
        return Verdict(
            timeline=tuple(self.steps),
            runs=(*self.runs, *([tuple(self.run)] if self.run else [])),
            resignations=tuple(step.resignation for step in self.steps if step.resignation),
            spells=(*self.over, *self.alive),
            current_run=last.run if last else 0,
            warning=warned,
        )


def _in_order(marks: Iterable[Mark]) -> list[Mark]:
    ordered = sorted(marks, key=lambda mark: (mark.start_utc, mark.session_key))
    if len({mark.session_key for mark in ordered}) < len(ordered):
        raise ValueError("one session is marked twice for one person")
    return ordered


def _touches(earlier: Spell, later: Spell) -> bool:
    return earlier.last_day is None or later.first_day <= earlier.last_day + timedelta(days=1)


def _later(one: date | None, other: date | None) -> date | None:
    return None if one is None or other is None else max(one, other)


def _limit_on(limit: Limit, day: date) -> int | None:
    number = limit(day) if callable(limit) else limit
    if number is not None and number < 1:
        raise ValueError("the limit of absences is at least 1")
    return number
