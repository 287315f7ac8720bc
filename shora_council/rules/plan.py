"""The annual plan (clause 5-4): its days in the Jalali year, what it covers, and who is suggested for a line."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

import jdatetime

from .clock import require_day


class Coverage(NamedTuple):
    """Lines counted where a duty and a theme meet; ``cells`` has only the pairs that are met."""

    cells: Mapping
    duties: Mapping
    themes: Mapping
    bare_duties: tuple
    bare_themes: tuple


def year_of(day: date) -> int:
    """Jalali year of a day.

    :raises TypeError: ``day`` is no plain date
    """
    return jdatetime.date.fromgregorian(date=require_day(day)).year


def bounds(year: int) -> tuple[date, date]:
    """First and last day of a Jalali year, both inclusive.

    :raises ValueError: the year lies outside the calendar
    """
    first = jdatetime.date(year, 1, 1).togregorian()
    return first, jdatetime.date(year + 1, 1, 1).togregorian() - timedelta(days=1)


def last_day(year: int, days: int | None) -> date | None:
    """Last day for presenting the plan of ``year``: 31 means 31 Farvardin; None when the rule is inactive.

    :param days: days from 1 Farvardin on, the first counted, 1 or more
    :raises ValueError: ``days`` is less than 1
    """
    if days is None:
        return None
    if days < 1:
        raise ValueError("the plan cannot be due before the year begins")
    return bounds(year)[0] + timedelta(days=days - 1)


def expected_progress(first: date | None, last: date | None, today: date) -> int:
    """Percent of a line's days that are over on the morning after ``today``: 0 before its first day, 100 from its last
    day on; 0 when it has no days.

    :raises TypeError: one of them is no plain date
    """
    require_day(today)
    if not first or not last or today < require_day(first):
        return 0
    if today >= require_day(last):
        return 100
    return ((today - first).days + 1) * 100 // ((last - first).days + 1)


def coverage(lines: Iterable[tuple], duties: Iterable, themes: Iterable) -> Coverage:
    """Where the lines of a plan cross duties (article 2) and themes (article 3).

    :param lines: pairs of (duties of a line, themes of a line); what is not among ``duties`` and ``themes`` is left out
    """
    duties, themes = tuple(duties), tuple(themes)
    cells, by_duty, by_theme = Counter(), Counter(), Counter()
    for line_duties, line_themes in lines:
        own_duties = [duty for duty in dict.fromkeys(line_duties) if duty in duties]
        own_themes = [theme for theme in dict.fromkeys(line_themes) if theme in themes]
        by_duty.update(own_duties)
        by_theme.update(own_themes)
        cells.update((duty, theme) for duty in own_duties for theme in own_themes)
    return Coverage(
        cells=dict(cells),
        duties=dict(by_duty),
        themes=dict(by_theme),
        bare_duties=tuple(duty for duty in duties if duty not in by_duty),
        bare_themes=tuple(theme for theme in themes if theme not in by_theme),
    )


def suggested(themes: Iterable, people: Mapping, load: Mapping, most: int = 3) -> list:
    """Who is suggested for a line, by expertise: those who carry its themes, the most themes first; of equals, whoever
    has fewer lines already, then the order of ``people`` (seats).

    :param people: {person: themes of expertise}
    :param load: {person: lines of the plan already carried}
    :param most: at most so many
    """
    wanted = set(themes)
    shared = {person: len(wanted.intersection(own)) for person, own in people.items()}
    order = {person: index for index, person in enumerate(people)}
    able = [person for person, number in shared.items() if number]
    able.sort(key=lambda person: (-shared[person], load.get(person, 0), order[person]))
    return able[:most]
