"""Who holds a post on a day: versions of an employee, departure, archiving, corrections."""

from datetime import date

from rules import post


def held(day, *versions, active=True):
    return post.tenure([post.Version(*version) for version in versions], 7, date.fromisoformat(day), active)


def test_a_version_counts_from_its_day_on():
    first, second = (date(2026, 1, 1), 5), (date(2026, 6, 1), 7)
    assert held("2026-05-31", first, second) == post.Tenure(False, date(2026, 1, 1))
    assert held("2026-06-01", first, second) == post.Tenure(True, date(2026, 6, 1))
    assert held("2025-12-31", first, second) == post.Tenure(False)


def test_a_version_that_changes_something_else_does_not_begin_a_new_tenure():
    versions = ((date(2026, 1, 1), 7), (date(2026, 6, 1), 7))
    assert held("2026-07-01", *versions) == post.Tenure(True, date(2026, 1, 1))


def test_the_day_of_departure_is_the_last_in_the_post():
    version = (date(2026, 1, 1), 7, date(2026, 3, 31))
    assert held("2026-03-31", version).held
    assert held("2026-04-01", version) == post.Tenure(False, date(2026, 4, 1), True)


def test_somebody_archived_holds_nothing():
    assert held("2026-04-01", (date(2026, 1, 1), 7), active=False) == post.Tenure(False)


def test_a_correction_of_what_was_in_force_already_counts_from_today():
    today, old = date(2026, 11, 23), post.Tenure(True, date(2020, 1, 1))
    assert post.effective_day(old, date(2026, 11, 22), today) == today
    entered_now = post.Tenure(True, date(2026, 11, 10), True)
    assert post.effective_day(entered_now, date(2026, 11, 22), today) == date(2026, 11, 10)
    by_calendar = post.Tenure(True, date(2026, 11, 21))
    assert post.effective_day(by_calendar, date(2026, 11, 20), today) == date(2026, 11, 21)
    assert post.effective_day(by_calendar, date(2026, 11, 21), today) == today
