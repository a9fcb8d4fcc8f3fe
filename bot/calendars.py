"""A member's talks and events as calendar entries: a file to keep, or all to subscribe to."""

from collections.abc import Iterable, Iterator

from whenever import Instant, TimeDelta

from bot.domain.cohort import Member
from bot.domain.events import Event
from bot.domain.meetings import Meeting, MeetingState
from bot.domain.people import Contact
from bot.due_days import due_days
from bot.files.calendars import CalendarEntry, Method, write_calendar
from bot.going import going_to
from bot.ports import AtLeast, Store
from bot.reply import Attachment

KEPT = TimeDelta(hours=24 * 365)
"""How long a talk that was had stays in the feed."""
MEDIA_TYPE = "text/calendar; charset=utf-8"


def uid(meeting: Meeting) -> str:
    """The same for ever, and nobody else's: moved talks keep it, other deployments differ."""
    made = meeting.made.timestamp(unit="microsecond")
    return f"talk-{meeting.cohort_id}-{meeting.id}-{made}@snowball"


def entry(meeting: Meeting, contact: Contact, changed: Instant, rings: int) -> CalendarEntry:
    """One talk. Nothing private is in it but the name and the place: calendars are shared.

    ``rings``: minutes before it that the calendar does; 0: not at all."""
    return CalendarEntry(
        uid=uid(meeting),
        summary=f"Talk with {contact.name}",
        starts=meeting.at,
        lasts=TimeDelta(minutes=meeting.minutes),
        changed=changed,
        sequence=meeting.sequence,
        cancelled=meeting.state in (MeetingState.CANCELLED, MeetingState.MISSED),
        description=", ".join(part for part in (contact.title, contact.company) if part),
        location=meeting.place or meeting.mode,
        remind_before=TimeDelta(minutes=rings) if rings else None,
    )


def invitation(meeting: Meeting, contact: Contact, now: Instant, rings: int) -> Attachment:
    """The file that puts a talk into a calendar, moves it there or takes it away."""
    made = entry(meeting, contact, now, rings)
    method: Method = "CANCEL" if made.cancelled else "PUBLISH"
    content = write_calendar([made], f"Talk with {contact.name}", method)
    return Attachment("talk.ics", content, MEDIA_TYPE)


def event_entry(event: Event, changed: Instant, rings: int) -> CalendarEntry:
    """An event that somebody goes to; the same for all who do."""
    made = event.made.timestamp(unit="microsecond")
    return CalendarEntry(
        uid=f"event-{event.cohort_id}-{event.id}-{made}@snowball",
        summary=event.name,
        starts=event.at,
        lasts=TimeDelta(minutes=event.minutes),
        changed=changed,
        sequence=event.sequence,
        cancelled=event.cancelled is not None,
        description=event.about,
        location=event.place,
        remind_before=TimeDelta(minutes=rings) if rings else None,
    )


def event_file(event: Event, now: Instant, rings: int) -> Attachment:
    """The file that puts an event into a calendar."""
    content = write_calendar([event_entry(event, now, rings)], event.name)
    return Attachment("event.ics", content, MEDIA_TYPE)


def feed(store: Store, member: Member, now: Instant) -> bytes:
    """What is booked, where they go, what is due, and what lately was; only of the member's own."""
    talks = store.find(Meeting, member_id=member.id, at=AtLeast(now - KEPT), order="at")
    wanted = tuple({each.contact_id for each in talks})
    people = {
        each.id: each
        for each in store.find(Contact, id=wanted, owner_id=member.id, removed=None)
    } if wanted else {}  # fmt: skip
    events = [each for each in going_to(store, member.id) if each.at >= now - KEPT]
    due = due_days(store, member)
    return write_calendar([*_entries(talks, people), *_events(events), *due], "Snowball")


def _events(events: Iterable[Event]) -> Iterator[CalendarEntry]:
    for each in events:
        yield event_entry(each, each.made.add(seconds=each.sequence), rings=0)


def _entries(talks: Iterable[Meeting], people: dict[int, Contact]) -> Iterator[CalendarEntry]:
    for each in talks:
        contact = people.get(each.contact_id)
        if contact is not None:
            # Moving a talk counts its sequence up, so this stamp is never older than a change's.
            # The chat reminds already; a subscribed calendar has alarms of its own.
            yield entry(each, contact, each.made.add(seconds=each.sequence), rings=0)
