"""Appointments are written for every calendar program, in UTC, and no value breaks the file."""

import datetime as dt

import pytest
from icalendar import Calendar
from whenever import Date, Instant, TimeDelta

from bot.files.calendars import CalendarEntry, write_calendar
from tests.bot.files.hostile import cases

NOW = Instant.from_utc(2026, 3, 2, 12)
TALK = Instant.from_utc(2026, 3, 14, 15)


def entry(**changes: object) -> CalendarEntry:
    values: dict[str, object] = {
        "uid": "cohort-1-talk-7@snowball",
        "summary": "Talk with Dana",
        "starts": TALK,
        "changed": NOW,
    }
    return CalendarEntry(**{**values, **changes})  # ty: ignore[invalid-argument-type]


def written(**changes: object) -> Calendar:
    return Calendar.from_ical(write_calendar([entry(**changes)]))


def test_a_talk_is_in_utc_with_its_end_and_alarm() -> None:
    """The reader's calendar shows it in the reader's own zone."""
    data = write_calendar([entry(remind_before=TimeDelta(minutes=15), sequence=2)]).decode()
    for line in (
        "UID:cohort-1-talk-7@snowball",
        "DTSTART:20260314T150000Z",
        "DTEND:20260314T153000Z",
        "DTSTAMP:20260302T120000Z",
        "SEQUENCE:2",
        "STATUS:CONFIRMED",
        "TRIGGER:-PT15M",
    ):
        assert line in data.split("\r\n")


def test_a_cancelled_talk_says_so_and_rings_no_more() -> None:
    """Calendars that have it take it away."""
    (event,) = written(cancelled=True, remind_before=TimeDelta(minutes=15)).events
    assert event["status"] == "CANCELLED"
    assert not event.subcomponents


def test_a_day_to_stay_in_touch_repeats_and_blocks_no_time() -> None:
    """A whole day, every so many days."""
    (event,) = written(starts=Date(2026, 4, 1), every_days=60).events
    assert event.start == dt.date(2026, 4, 1)
    assert event["rrule"] == {"FREQ": ["DAILY"], "INTERVAL": [60]}
    assert event["transp"] == "TRANSPARENT"


def test_an_unsafe_link_is_left_out() -> None:
    """Only web addresses are links."""
    (event,) = written(url="javascript:alert(1)").events
    assert "url" not in event


@pytest.mark.parametrize(
    "sample", ["Meet\rATTENDEE:x", "a\x0bATTENDEE:x", "😀" * 40, *cases("ics and vcard")]
)
def test_hostile_words_stay_inside_their_property(sample: str) -> None:
    """One property a line, folded within 75 octets and never inside a character."""
    values = {"summary": sample, "description": sample, "location": sample, "url": sample}
    data = write_calendar([entry(**values, uid=sample or "u")], name=sample)
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        assert line.decode().splitlines() in ([line.decode()], [])
    assert b"\nATTENDEE" not in data
    assert len(Calendar.from_ical(data).events) == 1
