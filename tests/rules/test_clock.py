import os
import time
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
import reference
from hypothesis import given
from hypothesis import strategies as st
from rules import clock, deadline, notice, term

EVERY_DAY = [date(2016, 3, 20) + timedelta(days=n) for n in range(len(reference.JALALI_DAYS) - 1)]
MOMENTS = st.datetimes(datetime(2016, 3, 21), datetime(2041, 1, 1))


def test_every_day_of_25_years_starts_and_ends_where_the_table_says():
    for day in EVERY_DAY:
        assert clock.day_start_utc(day) == reference.first_instant(day), day
        assert clock.day_end_utc(day) == reference.first_instant(day + timedelta(days=1)), day


def test_the_first_and_the_last_microsecond_belong_to_the_day():
    tick = timedelta(microseconds=1)
    for day in EVERY_DAY[::7]:
        assert clock.tehran_day(clock.day_start_utc(day)) == day
        assert clock.tehran_day(clock.day_end_utc(day) - tick) == day
        assert clock.tehran_day(clock.day_start_utc(day) - tick) == day - timedelta(days=1)


@given(MOMENTS)
def test_an_instant_has_the_day_whose_bounds_hold_it(moment):
    assert clock.tehran_day(moment) == reference.tehran_day(moment)


def test_nowruz_1405():
    assert clock.day_start_utc(date(2026, 3, 21)) == datetime(2026, 3, 20, 20, 30)
    assert clock.tehran_day(datetime(2026, 3, 20, 20, 29, 59)) == date(2026, 3, 20)
    assert clock.tehran_day(datetime(2026, 3, 20, 20, 30)) == date(2026, 3, 21)


def test_summer_time_in_2022_and_none_in_2023():
    assert clock.day_start_utc(date(2022, 7, 1)) == datetime(2022, 6, 30, 19, 30)
    assert clock.day_start_utc(date(2023, 7, 1)) == datetime(2023, 6, 30, 20, 30)


def test_the_days_of_the_change_in_2022_have_23_and_25_hours():
    spring, autumn = date(2022, 3, 22), date(2022, 9, 21)
    assert clock.day_end_utc(spring) - clock.day_start_utc(spring) == timedelta(hours=23)
    assert clock.day_end_utc(autumn) - clock.day_start_utc(autumn) == timedelta(hours=25)
    # 23:30 came twice that evening; both belong to the 21st
    assert clock.tehran_day(datetime(2022, 9, 21, 19, 0)) == clock.tehran_day(datetime(2022, 9, 21, 20, 0)) == autumn


@pytest.mark.parametrize("wrong", [datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=clock.TEHRAN)])
def test_a_datetime_with_a_zone_is_refused(wrong):
    with pytest.raises(ValueError):
        clock.tehran_day(wrong)


@pytest.mark.parametrize("wrong", [date(2026, 1, 1), "2026-01-01", None, False])
def test_what_is_no_datetime_is_refused(wrong):
    with pytest.raises(TypeError):
        clock.tehran_day(wrong)


@pytest.mark.parametrize("function", [clock.day_start_utc, clock.day_end_utc])
@pytest.mark.parametrize("wrong", [datetime(2026, 1, 1), "2026-01-01", None])
def test_what_is_no_plain_day_is_refused(function, wrong):
    with pytest.raises(TypeError):
        function(wrong)


def test_the_installed_zone_data_is_good():
    assert clock.check_tzdata() is None


def test_stale_zone_data_is_named_with_the_wrong_offset():
    assert "2022-07-01" in clock.check_tzdata(timezone(timedelta(hours=3, minutes=30)))
    reason = clock.check_tzdata(timezone(timedelta(hours=4, minutes=30)))
    assert "2023-07-01" in reason and "+03:30" in reason and "+04:30" in reason
    assert "-05:00" in clock.check_tzdata(timezone(timedelta(hours=-5)))


@pytest.fixture(params=["UTC", "Asia/Tehran", "Pacific/Kiritimati", "America/Sao_Paulo", "Asia/Kabul", "Etc/GMT+12"])
def server_zone(request):
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield request.param
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


def test_the_zone_of_the_server_changes_nothing(server_zone):
    session = datetime(2026, 11, 23, 6, 30)  # 10:00 in Tehran
    assert clock.tehran_day(datetime(2026, 11, 22, 20, 30)) == date(2026, 11, 23)
    assert clock.day_start_utc(date(2022, 7, 1)) == datetime(2022, 6, 30, 19, 30)
    assert notice.is_in_time(datetime(2026, 11, 16, 20, 29, 59), session, 7)
    assert not notice.is_in_time(datetime(2026, 11, 16, 20, 30), session, 7)
    assert not deadline.is_overdue(datetime(2026, 11, 30, 20, 29, 59), session, 7)
    assert deadline.is_overdue(datetime(2026, 11, 30, 20, 30), session, 7)
    assert not term.is_expired(date(2026, 11, 23), datetime(2026, 11, 23, 20, 29, 59))
    assert term.is_expired(date(2026, 11, 23), datetime(2026, 11, 23, 20, 30))
