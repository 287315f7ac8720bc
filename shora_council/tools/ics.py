"""A session as an iCalendar file (RFC 5545), for the invitation by e-mail (iTIP, RFC 5546)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import vobject
from dateutil.tz import tzutc

ZONE = "Asia/Tehran"
EVENT = "BEGIN:VEVENT\r\n"
PRODID = "-//Strategic Councils//Sessions//EN"
_ZONE_TEXT = (
    "BEGIN:VTIMEZONE\r\nTZID:{zone}\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
    "TZOFFSETFROM:{offset}\r\nTZOFFSETTO:{offset}\r\nTZNAME:{offset}\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in an invitation; ``email`` is the bare address."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """What the invitation says.

    :param uid: the same for every file about this meeting, whoever gets it
    :param sequence: grows with every change, so that an older file never overwrites a newer one
    :param start, stop, stamp: naive UTC
    """

    uid: str
    sequence: int
    start: datetime
    stop: datetime
    stamp: datetime
    summary: str
    place: str = ""
    description: str = ""
    url: str = ""


def file_of(meeting: Meeting, method: str, organizer: Person, attendee: Person) -> bytes:
    """One meeting for one attendee, hours on Tehran's clock.

    Each gets a file that names nobody else: members do not learn one another's addresses from it.

    :param method: ``REQUEST`` (invitation, also a changed one) or ``CANCEL``
    :raises ValueError: another method
    """
    if method not in ("REQUEST", "CANCEL"):
        raise ValueError(f"no such method: {method}")
    line = _person(vobject.base.ContentLine("ATTENDEE", [], ""), attendee)
    line.params.update(ROLE=["REQ-PARTICIPANT"], PARTSTAT=["NEEDS-ACTION"], RSVP=["FALSE"])
    before, after = _without_attendee(meeting, method, organizer).split(EVENT, 1)
    return f"{before}{EVENT}{line.serialize()}{after}".encode()


@lru_cache(maxsize=16)
def _without_attendee(meeting, method, organizer):
    """What the files of all attendees have in common: serialising it is nearly all of the work, and fifteen get it."""
    calendar = vobject.iCalendar()
    calendar.add("method").value = method
    calendar.add("prodid").value = PRODID
    # The library guesses zone rules by scanning years; one day needs one offset, that of its own day.
    offset = _local(meeting.start).strftime("%z")
    calendar.add(vobject.base.readOne(_ZONE_TEXT.format(zone=ZONE, offset=offset), transform=False))
    event = calendar.add("vevent")
    event.add("uid").value = meeting.uid
    event.add("sequence").value = str(meeting.sequence)
    event.add("dtstamp").value = meeting.stamp.replace(microsecond=0, tzinfo=tzutc())
    for name, moment in (("dtstart", meeting.start), ("dtend", meeting.stop)):
        line = event.add(name)
        line.isNative = False  # written by us as local time with its zone
        line.value = _local(moment).strftime("%Y%m%dT%H%M%S")
        line.tzid_param = ZONE
    event.add("status").value = "CANCELLED" if method == "CANCEL" else "CONFIRMED"
    for name, text in (
        ("summary", meeting.summary),
        ("location", meeting.place),
        ("description", meeting.description),
        ("url", meeting.url),
    ):
        if text:
            event.add(name).value = text
    _person(event.add("organizer"), organizer)
    if method == "REQUEST":
        alarm = event.add("valarm")
        alarm.add("action").value = "DISPLAY"
        alarm.add("description").value = meeting.summary
        alarm.add("trigger").value = timedelta(hours=-1)
    return calendar.serialize()


def _local(moment: datetime) -> datetime:
    return moment.replace(tzinfo=ZoneInfo("UTC")).astimezone(ZoneInfo(ZONE))


def _person(line, person: Person):
    line.value = f"mailto:{person.email}"
    line.params["CN"] = [person.name.replace('"', "'").replace("\n", " ")]
    return line
