from datetime import date, datetime, timedelta

import pytest
import reference
from hypothesis import given
from hypothesis import strategies as st
from rules import notice
from rules.notice import Dispatch

SESSION = datetime(2026, 11, 23, 6, 30)  # Monday 2 Azar 1405, 10:00 in Tehran
MOMENTS = st.datetimes(datetime(2021, 1, 1), datetime(2027, 1, 1))


@pytest.mark.parametrize(
    ("sent", "in_time"),
    [
        (datetime(2026, 11, 15, 20, 30), True),  # 00:00 of the 7th day before
        (datetime(2026, 11, 16, 20, 29, 0), True),  # 23:59
        (datetime(2026, 11, 16, 20, 29, 59, 999999), True),
        (datetime(2026, 11, 16, 20, 30), False),  # 00:00 of the 6th
        (datetime(2026, 11, 23, 6, 0), False),
        (datetime(2026, 10, 1), True),
    ],
)
def test_any_hour_of_the_7th_day_is_in_time_and_00_00_of_the_6th_is_late(sent, in_time):
    assert notice.is_in_time(sent, SESSION, 7) is in_time


@pytest.mark.parametrize("start", [datetime(2026, 11, 22, 20, 30), datetime(2026, 11, 23, 20, 29)])
def test_the_hour_of_the_session_does_not_matter(start):
    assert notice.is_in_time(datetime(2026, 11, 16, 20, 29), start, 7)
    assert not notice.is_in_time(datetime(2026, 11, 16, 20, 30), start, 7)


def test_in_summer_time_of_2022_midnight_is_19_30_utc():
    session = datetime(2022, 7, 10, 5, 30)
    assert notice.is_in_time(datetime(2022, 7, 3, 19, 29, 59), session, 7)
    assert not notice.is_in_time(datetime(2022, 7, 3, 19, 30), session, 7)


def test_across_the_end_of_summer_time_in_2022():
    session = datetime(2022, 9, 27, 6, 30)  # 20 September is the 7th day before, still +04:30
    assert notice.is_in_time(datetime(2022, 9, 20, 19, 29, 59), session, 7)
    assert not notice.is_in_time(datetime(2022, 9, 20, 19, 30), session, 7)


def test_last_day_crosses_nowruz():
    assert notice.last_day(date(2026, 3, 25), 7) == date(2026, 3, 18)
    assert notice.last_day(reference.gregorian(1404, 1, 3), 7) == reference.gregorian(1403, 12, 26)


def test_no_rule_no_lateness():
    assert notice.last_day(date(2026, 3, 25), None) is None
    assert notice.is_in_time(SESSION, SESSION, None)
    assert notice.is_in_time(None, SESSION, None)


@pytest.mark.parametrize("nothing", [None, False])
def test_what_was_not_dispatched_is_not_in_time(nothing):
    assert notice.is_in_time(nothing, SESSION, 7) is False


def test_negative_days_and_datetimes_for_days_are_refused():
    with pytest.raises(ValueError):
        notice.last_day(date(2026, 3, 25), -1)
    with pytest.raises(TypeError):
        notice.last_day(SESSION, 7)


@given(MOMENTS, MOMENTS, st.integers(0, 40))
def test_in_time_is_what_counting_midnights_says(sent, session, days):
    day = reference.tehran_day(session)
    for _ in range(days):
        day -= timedelta(days=1)
    assert notice.is_in_time(sent, session, days) == (sent < reference.first_instant(day + timedelta(days=1)))


def test_the_notice_is_the_latest_recipients_earliest_channel():
    early, middle, late = datetime(2026, 11, 1), datetime(2026, 11, 2), datetime(2026, 11, 3)
    assert notice.effective_dispatch({"a": [late, early], "b": [middle]}) == middle
    assert notice.effective_dispatch({"a": [early], "b": [early, late]}) == early


def test_a_bounce_undoes_its_channel():
    early, late = datetime(2026, 11, 1), datetime(2026, 11, 20)
    assert notice.effective_dispatch({"a": [Dispatch(early, undone=True), Dispatch(late)]}) == late
    assert notice.effective_dispatch({"a": [Dispatch(early, undone=True)], "b": [early]}) is None


@pytest.mark.parametrize("queued", [[], [None], [Dispatch(None)], [Dispatch(False)], [False]])
def test_no_notice_as_long_as_somebody_has_none(queued):
    assert notice.effective_dispatch({"a": [datetime(2026, 11, 1)], "b": queued}) is None


def test_no_recipients_no_notice():
    assert notice.effective_dispatch({}) is None


def test_a_channel_in_another_zone_is_refused():
    with pytest.raises(ValueError):
        notice.effective_dispatch({"a": [datetime.fromisoformat("2026-11-01T00:00:00+03:30")]})


CHANNELS = st.lists(st.tuples(st.one_of(st.none(), MOMENTS), st.booleans()), max_size=4)


@given(st.dictionaries(st.integers(), CHANNELS, max_size=5), MOMENTS)
def test_at_any_instant_notice_is_given_when_everybody_has_a_standing_channel_by_then(recipients, instant):
    given_at = notice.effective_dispatch(
        {key: [Dispatch(sent, undone) for sent, undone in channels] for key, channels in recipients.items()}
    )
    reached = {
        key
        for key, channels in recipients.items()
        for sent, undone in channels
        if not undone and sent is not None and sent <= instant
    }
    assert (given_at is not None and given_at <= instant) == (bool(recipients) and reached == set(recipients))
