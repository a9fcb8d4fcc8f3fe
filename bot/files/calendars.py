"""Talks, events and stay-in-touch days as an iCalendar file; all times are UTC."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from whenever import Date, Instant, TimeDelta

from bot.domain.tidy import tidy_line, tidy_text

if TYPE_CHECKING:
    from icalendar import Alarm, Event

PRODUCT = "-//Snowball//Snowball//EN"
_PLAIN_URL = ("https://", "http://")
Method: TypeAlias = Literal["PUBLISH", "CANCEL"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """One appointment. `uid` must hold the cohort, and stays the same when the talk moves."""

    uid: str
    summary: str
    starts: Instant | Date  # a Date is the whole day
    lasts: TimeDelta = field(default_factory=lambda: TimeDelta(minutes=30))
    changed: Instant
    sequence: int = 0  # one more at each change, so that calendars take the newer
    cancelled: bool = False
    description: str = ""
    location: str = ""
    url: str = ""
    remind_before: TimeDelta | None = None
    every_days: int | None = None


def write_calendar(
    entries: Iterable[CalendarEntry], name: str = "Snowball", method: Method | None = "PUBLISH"
) -> bytes:
    """A calendar to subscribe to or to import. CANCEL takes entries away where they were taken in.

    None: as a CalDAV server stores it (RFC 4791, 4.1, allows no method there)."""
    from icalendar import Calendar  # noqa: PLC0415 - eighty modules, only for who books

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    if method is not None:
        calendar.add("method", method)
    calendar.add("x-wr-calname", tidy_line(name))
    for entry in entries:
        calendar.add_component(_event(entry))
    return calendar.to_ical()


def _event(entry: CalendarEntry) -> "Event":
    from icalendar import Event  # noqa: PLC0415

    event = Event()
    event.add("uid", tidy_line(entry.uid))
    event.add("summary", tidy_line(entry.summary))
    event.add("dtstamp", entry.changed.to_stdlib())
    event.add("last-modified", entry.changed.to_stdlib())
    event.add("sequence", entry.sequence)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    if isinstance(entry.starts, Date):
        event.add("dtstart", entry.starts.to_stdlib())
        event.add("transp", "TRANSPARENT")  # a whole day that does not make one busy
    else:
        event.add("dtstart", entry.starts.to_stdlib())
        event.add("dtend", (entry.starts + entry.lasts).to_stdlib())
    if entry.every_days:
        event.add("rrule", {"freq": "daily", "interval": entry.every_days})
    _add_words(event, entry)
    if entry.remind_before and not entry.cancelled:
        event.add_component(_alarm(entry, entry.remind_before))
    return event


def _add_words(event: "Event", entry: CalendarEntry) -> None:
    if description := tidy_text(entry.description):
        event.add("description", description)
    if location := tidy_line(entry.location):
        event.add("location", location)
    url = tidy_line(entry.url)
    if url.startswith(_PLAIN_URL) and " " not in url:
        event.add("url", url)


def _alarm(entry: CalendarEntry, before: TimeDelta) -> "Alarm":
    from icalendar import Alarm  # noqa: PLC0415

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", tidy_line(entry.summary))
    alarm.add("trigger", -before.to_stdlib())
    return alarm
