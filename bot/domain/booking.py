"""A booked talk: when its reminders come, what notice is, and the short notes around it.

Reminders of a talk come before it or not at all; what asks about it comes after its end.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from whenever import Date, Instant, TimeDelta

from bot.domain.cadence import Rhythm, at_local, last_window, local_day
from bot.domain.cohort import Member, Numbers
from bot.domain.meetings import Meeting
from bot.domain.owed import Urgency
from bot.domain.people import Contact
from bot.domain.thanking import first_name

AFTERWARDS = TimeDelta(minutes=30)
WEEKEND = (6, 7)


class Step(StrEnum):
    """What comes around a talk; the value is the verb of the command that says it."""

    BRIEF = "brief"
    SOON = "soon"
    CLOSING = "closing"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Planned:
    """One message around a talk."""

    step: Step
    due: Instant
    urgency: Urgency


def ends(meeting: Meeting) -> Instant:
    """When the talk is over, if it keeps to its minutes."""
    return meeting.at.add(minutes=meeting.minutes)


def evening_before(at: Instant, zone: str, numbers: Numbers) -> Instant:
    """The evening of the day before, where the member is."""
    return at_local(local_day(at, zone).subtract(days=1), numbers.brief_at, zone)


def brief_at(at: Instant, rhythm: Rhythm, numbers: Numbers) -> Instant:
    """When the brief really comes: that evening, or the last good hour before it."""
    return last_window(evening_before(at, rhythm.zone, numbers), rhythm)


def planned_for(meeting: Meeting, zone: str, numbers: Numbers, now: Instant) -> Iterator[Planned]:
    """What is still to come around a talk, as seen now."""
    for each in _all_planned(meeting, zone, numbers):
        if each.due > now:
            yield each


def _all_planned(meeting: Meeting, zone: str, numbers: Numbers) -> Iterator[Planned]:
    evening = evening_before(meeting.at, zone, numbers)
    if evening < last_word_at(meeting, numbers):
        yield Planned(Step.BRIEF, evening, Urgency.BOOKED)
    # It has to come at this moment or it is of no use, quiet hours or not (FEATURES F7).
    yield Planned(Step.SOON, last_word_at(meeting, numbers), Urgency.ANSWER)
    if meeting.stop_nudge:
        yield Planned(Step.CLOSING, closing_at(meeting, numbers), Urgency.ANSWER)
    yield Planned(Step.AFTER, ends(meeting) + AFTERWARDS, Urgency.BOOKED)


def last_word_at(meeting: Meeting, numbers: Numbers) -> Instant:
    """When the last reminder of a talk comes."""
    return meeting.at.subtract(minutes=numbers.last_word_minutes)


def closing_at(meeting: Meeting, numbers: Numbers) -> Instant:
    """When the line about its end comes, if it was switched on: never before the talk."""
    return meeting.at.add(minutes=closing_minute(meeting, numbers))


def closing_minute(meeting: Meeting, numbers: Numbers) -> int:
    """The same as a minute of the talk: 25 of 30."""
    return max(0, meeting.minutes - numbers.closing_minutes)


def says(step: Step, meeting: Meeting, numbers: Numbers, now: Instant) -> bool:
    """Whether this message still has its point at this moment."""
    match step:
        case Step.BRIEF:
            return now < last_word_at(meeting, numbers)  # from then on the last word is enough
        case Step.SOON:
            return now < meeting.at
        case Step.CLOSING:
            return meeting.stop_nudge and meeting.at <= now < ends(meeting)
        case Step.AFTER:
            return now >= ends(meeting)


def notice(today: Date, held: Date) -> int:
    """Business days of notice: the weekdays after today, up to the day of the talk."""
    days = max(0, int(held.since(today, total="days")))
    ahead = (today.add(days=each) for each in range(1, days + 1))
    return sum(day.day_of_week().value not in WEEKEND for day in ahead)


def is_short_notice(meeting: Meeting, numbers: Numbers, now: Instant, zone: str) -> bool:
    """Whether calling it off now leaves less than the business days that are the custom."""
    return notice(local_day(now, zone), local_day(meeting.at, zone)) < numbers.notice_days


# ---- Words to copy ----------------------------------------------------------------------------


def place_of(zone: str) -> str:
    """ "Chicago" of America/Chicago."""
    return zone.rpartition("/")[2].replace("_", " ")


def clock(at: Instant, zone: str) -> str:
    """ "15:00" there."""
    there = at.to_tz(zone)
    return f"{there.hour:02}:{there.minute:02}"


_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def weekday(at: Instant, zone: str) -> str:
    """ "Monday" there."""
    return _DAYS[local_day(at, zone).day_of_week().value - 1]


def on_their_clock(meeting: Meeting, zone: str) -> str:
    """The moment as one writes it to them: "Monday 23 November, 15:00 (Chicago)"."""
    theirs = meeting.zone or zone
    day = local_day(meeting.at, theirs)
    where = f" ({place_of(theirs)} time)" if meeting.zone else ""
    return (
        f"{weekday(meeting.at, theirs)} {day.day} {_MONTHS[day.month - 1]}, "
        f"{clock(meeting.at, theirs)}{where}"
    )


IN_PERSON = "in person"
_GLAD = {
    "video": "our talk by video on",
    "phone": "our talk by phone on",
    IN_PERSON: "meeting you on",
}


def confirm_note(contact: Contact, meeting: Meeting, member: Member) -> str:
    """The line that confirms a talk the day before."""
    when = on_their_clock(meeting, member.zone or "UTC")
    return _letter(
        contact,
        member,
        f"I’m looking forward to {_GLAD.get(meeting.mode, 'our talk on')} {when}. "
        "If anything has changed on your side, just tell me.",
    )


def sorry_note(contact: Contact, meeting: Meeting, member: Member, *, found: bool = False) -> str:
    """An apology for a talk that moved or fell out. ``found``: a new time is booked already."""
    if found:
        when = on_their_clock(meeting, member.zone or "UTC")
        said = f"I’m sorry about the change, and thank you for moving our talk to {when}."
    else:
        said = (
            "I’m sorry that our talk did not work out as planned. I would still very much like to "
            "hear about your work. Would another day suit you? I’ll fit around your week."
        )
    return _letter(contact, member, said)


def cancel_note(contact: Contact, meeting: Meeting, member: Member, *, short: bool) -> str:
    """A note that calls a talk off; an apology when it is on short notice."""
    when = on_their_clock(meeting, member.zone or "UTC")
    sorry = "I’m sorry, and sorry that it is so late: I" if short else "I’m sorry: I"
    return _letter(
        contact,
        member,
        f"{sorry} cannot make our talk on {when}. Thank you for keeping the time for me. "
        "May I write again when I can promise a day?",
    )


def _letter(contact: Contact, member: Member, said: str) -> str:
    return f"Dear {first_name(contact.name)},\n\n{said}\n\nBest wishes,\n{member.name}"
