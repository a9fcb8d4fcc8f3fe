"""The files of talks are read back by strict parsers, and the feed holds one member's talks."""

from dataclasses import replace
from datetime import datetime

import vobject
from icalendar import Calendar

from bot.calendars import entry, feed, uid
from bot.domain.meetings import Meeting
from bot.domain.people import Contact
from bot.domain.talks import Promise
from bot.files.calendars import write_calendar
from bot.invocation import call
from bot.reply import Attachment
from tests.front_door import House, Person, Shown, at


def content(shown: Shown) -> bytes:
    """The file of an answer."""
    (found,) = (part for part in shown.answer.parts if isinstance(part, Attachment))
    return found.content


def feed_of(person: Person) -> bytes:
    """What their calendar program fetches now."""
    house = person.house
    with house.database.reading(house.cohort.id) as store:
        return feed(store, person.member, house.clock.now())


def test_every_file_passes_two_strict_parsers(ana: Person) -> None:
    """Booked, moved, called off: with what people type for a place and a name."""
    name = "Dr. Zoë; O’Neil, “DJ” 😀"
    ana.types(f"/contact add name: {name}")
    files = [
        content(ana.types(f"/interview book {name} when: tomorrow 3pm place: A;B,C\\n https://x")),
        content(ana.types("/interview move when: friday 3pm")),
        content(ana.types("/interview cancel")),
        feed_of(ana),
    ]
    for data in files:
        strict = Calendar.from_ical(data)
        (event,) = strict.events
        assert event.errors == []
        assert strict.errors == []
        assert event["summary"] == f"Talk with {name}"
        read = vobject.readOne(data.decode())
        assert read.validate(raiseException=True)
        assert read.vevent.uid.value == event["uid"]
        assert all(len(line) <= 75 for line in data.split(b"\r\n"))
        assert b"\n" not in data.replace(b"\r\n", b"")


def test_the_feed_follows_moves_and_cancellations(ana: Person) -> None:
    """The same entry, newer each time."""
    ana.types("/interview book Dana when: tomorrow 3pm")
    seen = []
    for line in ("/interview move when: friday 3pm", "/interview cancel"):
        (event,) = Calendar.from_ical(feed_of(ana)).events
        seen.append((event["uid"], event["sequence"], event["status"]))
        ana.types(line)
    (event,) = Calendar.from_ical(feed_of(ana)).events
    seen.append((event["uid"], event["sequence"], event["status"]))
    assert [each[1:] for each in seen] == [(0, "CONFIRMED"), (1, "CONFIRMED"), (2, "CANCELLED")]
    assert len({each[0] for each in seen}) == 1


def test_the_feed_is_the_same_until_something_changes(ana: Person, house: House) -> None:
    """So a calendar program sees nothing new where there is nothing new."""
    ana.types("/interview book Dana when: friday 3pm")
    before = feed_of(ana)
    house.clock.move_to(house.clock.now().add(hours=5))
    assert feed_of(ana) == before


def test_the_feed_holds_my_talks_alone(ana: Person, house: House) -> None:
    """Nobody else's, and nobody who is off my list."""
    ben = house.joined("Ben")
    ben.types("/interview book Lee when: tomorrow 4pm")
    ana.types("/interview book Dana when: tomorrow 3pm")
    assert [event["summary"] for event in Calendar.from_ical(feed_of(ana)).events] == [
        "Talk with Dana"
    ]
    with house.database.writing(house.cohort.id) as store:
        (dana,) = store.find(Contact, name="Dana")
        store.save(replace(dana, removed=house.clock.now()))
    assert Calendar.from_ical(feed_of(ana)).events == []


def test_an_empty_feed_is_a_calendar_all_the_same(ana: Person) -> None:
    """A program that subscribed early shows no error."""
    assert Calendar.from_ical(feed_of(ana)).events == []


def test_what_a_server_stores_has_no_method(ana: Person, house: House) -> None:
    """RFC 4791, 4.1: calendar objects on a CalDAV server carry none."""
    ana.types("/interview book Dana when: tomorrow 3pm")
    (meeting,) = ana.keeps(Meeting)
    (dana,) = ana.keeps(Contact)
    made = entry(meeting, dana, house.clock.now(), 15)
    assert b"METHOD" not in write_calendar([made], method=None)
    assert made.uid == uid(meeting)


def days_of(person: Person) -> dict[str, str]:
    """The whole days in the feed."""
    found = Calendar.from_ical(feed_of(person))
    assert found.errors == []
    return {
        str(each["summary"]): each.start.isoformat()
        for each in found.events
        if not isinstance(each.start, datetime)
    }


def test_due_days_are_whole_days_that_block_nothing(ana: Person, house: House) -> None:
    """The next line to Dana and the promise, by their days; a touch moves the one, done ends the
    other; the words of a promise are in no calendar."""
    ana.types("/interview log Dana promises: send my CV by Friday")
    assert days_of(ana) == {"A line to Dana": "2027-05-22", "Promised to Dana": "2026-11-27"}
    assert b"CV" not in feed_of(ana)
    data = feed_of(ana)
    assert vobject.readOne(data.decode()).validate(raiseException=True)
    assert data.count(b"TRANSP:TRANSPARENT") == 2
    assert b"VALARM" not in data
    first = {str(each["uid"]) for each in Calendar.from_ical(data).events}
    assert first == {str(each["uid"]) for each in Calendar.from_ical(feed_of(ana)).events}
    house.clock.move_to(at("2026-12-01 12:00"))
    (dana,) = ana.keeps(Contact)
    ana.calls(call("touch done", person=dana.id))
    (promise,) = ana.keeps(Promise)
    ana.calls(call("promise done", promise=promise.id))
    assert days_of(ana) == {"A line to Dana": "2027-05-30"}


def test_who_is_not_to_be_written_to_has_no_day(ana: Person, house: House) -> None:
    """Never for them, off the list, or somebody else's."""
    ben = house.joined("Ben")
    for name in ("Dana", "Lee"):
        ana.types(f"/interview log {name} promises: call by Friday")
    dana, lee = ana.keeps(Contact)
    ana.calls(call("touch never", person=dana.id))
    ana.types(f"/contact remove {lee.id}")
    assert days_of(ana) == {"Promised to Dana": "2026-11-27"}
    assert days_of(ben) == {}
