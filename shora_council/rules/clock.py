"""Days of Tehran and instants of UTC.

Every legal day of the by-law is a calendar day in Tehran, whatever the zone of the server or the user.
Only the zone data decides, never ``TZ`` or the local time of the process.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

TEHRAN = ZoneInfo("Asia/Tehran")

# What the zone data must know: summer time was kept in 2022 for the last time.
_KNOWN_OFFSETS = (
    (datetime(2022, 7, 1), timedelta(hours=4, minutes=30)),
    (datetime(2023, 7, 1), timedelta(hours=3, minutes=30)),
    (datetime(2026, 3, 20, 20, 30), timedelta(hours=3, minutes=30)),
)


def require_utc(moment: datetime) -> datetime:
    """Return ``moment`` when it is a naive UTC datetime.

    :raises TypeError: it is not a datetime (a bare date has no place on the clock)
    :raises ValueError: it carries a time zone; a silent conversion would hide a caller's mistake
    """
    if not isinstance(moment, datetime):
        raise TypeError(f"a naive UTC datetime is needed, not {type(moment).__name__}")
    if moment.tzinfo is not None:
        raise ValueError("a naive UTC datetime is needed, not one with a time zone")
    return moment


def require_day(day: date) -> date:
    """Return ``day`` when it is a plain date.

    :raises TypeError: it is a datetime or no date at all; the UTC date of a datetime is not its day in Tehran
    """
    if not isinstance(day, date) or isinstance(day, datetime):
        raise TypeError(f"a calendar day is needed, not {type(day).__name__}")
    return day


def tehran_day(utc: datetime) -> date:
    """Calendar day in Tehran of a naive UTC instant.

    :raises TypeError, ValueError: see :func:`require_utc`
    """
    return require_utc(utc).replace(tzinfo=UTC).astimezone(TEHRAN).date()


def day_start_utc(day: date) -> datetime:
    """First instant of a Tehran day, as naive UTC.

    On the spring days up to 2022 whose 00:00 was skipped, it is the instant of the change (01:00 local).

    :raises TypeError: see :func:`require_day`
    """
    local = datetime.combine(require_day(day), time.min, tzinfo=TEHRAN)
    return local.astimezone(UTC).replace(tzinfo=None)


def day_end_utc(day: date) -> datetime:
    """First instant after a Tehran day (exclusive end), as naive UTC.

    :raises TypeError: see :func:`require_day`
    """
    return day_start_utc(require_day(day) + timedelta(days=1))


def check_tzdata(zone: tzinfo = TEHRAN) -> str | None:
    """Reason (English, one sentence) why the zone data cannot be trusted, or None when it can.

    Stale data moves midnight by an hour, and with it notices and deadlines (clauses 5-1 and 5-5).
    1405-01-01 00:00 in Tehran must be 2026-03-20 20:30 UTC.
    """
    for moment, expected in _KNOWN_OFFSETS:
        found = moment.replace(tzinfo=UTC).astimezone(zone).utcoffset()
        if found != expected:
            return (
                f"The time zone data for Tehran is stale: at {moment:%Y-%m-%d %H:%M} UTC the offset must be "
                f"{_hours(expected)}, it is {_hours(found)}. Update the system's tzdata."
            )
    return None


def _hours(offset: timedelta) -> str:
    minutes = int(offset.total_seconds()) // 60
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
