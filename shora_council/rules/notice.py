"""Written notice of a session (clause 5-1).

Calendar days in Tehran: with 7 days, a dispatch at any hour of the 7th day before the session's day is in time,
00:00 of the 6th is late. Dispatch counts, not receipt. A bounce undoes its channel.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from .clock import require_day, require_utc, tehran_day


@dataclass(frozen=True, slots=True)
class Dispatch:
    """One channel to one recipient.

    :param sent_at: naive UTC instant of dispatch, None while it is queued
    :param undone: the channel bounced: it proves nothing any more
    """

    sent_at: datetime | None
    undone: bool = False


def last_day(session_day: date, days: int | None) -> date | None:
    """Last Tehran day on which a dispatch is in time; None when the rule is inactive (``days`` None).

    :param session_day: Tehran day on which the session starts
    :param days: whole calendar days of notice, 0 or more
    :raises TypeError: ``session_day`` is no plain date
    :raises ValueError: ``days`` is negative
    """
    require_day(session_day)
    if days is None:
        return None
    if days < 0:
        raise ValueError("days of notice cannot be negative")
    return session_day - timedelta(days=days)


def is_in_time(sent_utc: datetime | None, session_start_utc: datetime, days: int | None) -> bool:
    """Whether a dispatch satisfies clause 5-1.

    :param sent_utc: naive UTC, usually from :func:`effective_dispatch`; None = not dispatched: never in time
    :param session_start_utc: naive UTC
    :param days: days of notice; None = no notice required (5-1 note): always in time, dispatched or not
    :raises TypeError, ValueError: see :func:`last_day` and :func:`~.clock.require_utc`
    """
    limit = last_day(tehran_day(session_start_utc), days)
    if limit is None:
        return True
    return bool(sent_utc) and tehran_day(sent_utc) <= limit


def effective_dispatch(
    recipients: Mapping[Hashable, Iterable[datetime | Dispatch | None]],
) -> datetime | None:
    """When the session's notice was given: the latest recipient's earliest channel, naive UTC.

    :param recipients: recipient -> his channels, each a naive UTC datetime, None (queued), or any object with
        ``sent_at`` and ``undone`` (such as :class:`Dispatch`)
    :return: None as long as somebody has no channel that stands, or when there is nobody
    :raises TypeError, ValueError: see :func:`~.clock.require_utc`
    """
    earliest = []
    for channels in recipients.values():
        moments = [moment for moment in map(_moment, channels) if moment is not None]
        if not moments:
            return None
        earliest.append(min(moments))
    return max(earliest, default=None)


def _moment(channel: datetime | Dispatch | None) -> datetime | None:
    if not channel:  # Odoo's empty datetime is False, not None
        return None
    if isinstance(channel, datetime):
        return require_utc(channel)
    return require_utc(channel.sent_at) if channel.sent_at and not channel.undone else None
