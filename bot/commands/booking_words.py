"""What is said when a talk is booked or moved: both clocks, the file, and what comes next."""

from typing import LiteralString

from whenever import Instant, TimeDelta

from bot.booked import their_time
from bot.calendars import invitation
from bot.context import Context
from bot.domain.booking import IN_PERSON, brief_at
from bot.domain.cadence import rhythm_of, week_of
from bot.domain.dates import UnderstoodMoment
from bot.domain.internship import in_working_hours
from bot.domain.meetings import Meeting, MeetingState
from bot.domain.people import Contact
from bot.invocation import Call, call
from bot.next_steps import next_steps
from bot.reply import (
    Answer,
    Button,
    Buttons,
    Moment,
    Note,
    Paragraph,
    Part,
    Text,
    answer,
    button,
    text,
)

MORNING, NIGHT = 7, 22
"""Hours of the member's day in which a second reading of a time is worth offering."""
FAR = TimeDelta(hours=24 * 180)


def booked_answer(
    ctx: Context,
    meeting: Meeting,
    contact: Contact,
    found: UnderstoodMoment,
    other: Meeting | None = None,
) -> Answer:
    """The echo of a booking. ``other``: another talk with them that is booked still."""
    parts: list[Part] = [Paragraph(_echo(ctx, meeting, contact, "Booked"))]
    parts += odd(found)
    if other is not None:
        parts.append(
            Paragraph(
                text("You also have {at} with {name}.", at=Moment(other.at), name=contact.name)
            )
        )
    parts += at_work(ctx, meeting)
    parts += coming(ctx, meeting)
    parts.append(invitation(meeting, contact, ctx.now, ctx.cohort.numbers.last_word_minutes))
    extra = () if other is None else (button("Cancel the other", _to("cancel", other)),)
    parts += next_steps((*extra, *_first(ctx, meeting, contact, found)))
    parts += _whose_clock(meeting)
    return answer(*parts)


def moved_answer(
    ctx: Context, meeting: Meeting, contact: Contact, found: UnderstoodMoment | None
) -> Answer:
    """The echo of a talk that was moved or mended."""
    parts: list[Part] = [Paragraph(_echo(ctx, meeting, contact, "Now"))]
    if found is not None:
        parts += odd(found)
    parts += at_work(ctx, meeting)
    parts += coming(ctx, meeting)
    parts.append(invitation(meeting, contact, ctx.now, ctx.cohort.numbers.last_word_minutes))
    tell = button("A note to tell them", call("interview sorry", talk=meeting.id))
    parts += next_steps((*_meant(ctx, meeting, found), tell, _change(meeting)))
    parts += _whose_clock(meeting)
    return answer(*parts)


def _echo(ctx: Context, meeting: Meeting, contact: Contact, word: LiteralString) -> Text:
    when = text("{at}", at=Moment(meeting.at))
    theirs = their_time(meeting, ctx.zone)
    if theirs is not None:
        when = text("{at} ({theirs} for them)", at=when, theirs=theirs)
    how = text("{n} minutes", n=meeting.minutes)
    if meeting.mode:
        by = IN_PERSON if meeting.mode == IN_PERSON else f"by {meeting.mode}"
        how = text("{n} minutes {by}", n=meeting.minutes, by=by)
    if meeting.place:
        how = text("{how}, {place}", how=how, place=meeting.place)
    return text(
        "{word}: *{name}*, {when}. {how}.", word=word, name=contact.name, when=when, how=how
    )


def odd(found: UnderstoodMoment) -> list[Part]:
    """What the clocks do that night, where they do something."""
    return [Paragraph(Text(found.note))] if found.note else []


def coming(ctx: Context, meeting: Meeting) -> list[Part]:
    """What I will send, so that nobody has to remember."""
    if not ctx.member.hears:
        return [Paragraph(text("I send you nothing unless you opt in; the file rings by itself."))]
    numbers = ctx.cohort.numbers
    brief = brief_at(meeting.at, rhythm_of(ctx.member, numbers, ctx.zone), numbers)
    if brief > ctx.now:
        minutes = numbers.last_word_minutes
        said = "Your brief comes {at}, and a last word {n} minutes before."
        return [Paragraph(text(said, at=Moment(brief), n=minutes))]
    return [Paragraph(text("It is soon, so your brief is ready now."))]


def at_work(ctx: Context, meeting: Meeting) -> list[Part]:
    """A talk in the working hours of an internship: said, never refused (FEATURES K2)."""
    me = ctx.member
    if not in_working_hours(meeting.at, me):
        return []
    if not me.boss_agrees:
        return [
            Paragraph(text("That is working time: ask your boss first, or meet over lunch.")),
            Buttons((button("My boss is fine with it", call("internship boss", agrees="yes")),)),
        ]
    states = (MeetingState.BOOKED, MeetingState.HAPPENED)
    week = week_of(meeting.at, ctx.zone)
    same = [
        each
        for each in ctx.store.find(Meeting, member_id=me.id, state=states)
        if week_of(each.at, ctx.zone) == week and in_working_hours(each.at, me)
    ]
    if len(same) <= me.intern_weekly_talks:
        return []
    said = "Talks in working hours that week: {n}; you meant {most} at most. Lunch or after work?"
    return [Paragraph(text(said, n=len(same), most=me.intern_weekly_talks))]


def _first(
    ctx: Context, meeting: Meeting, contact: Contact, found: UnderstoodMoment
) -> tuple[Button, ...]:
    buttons = list(_meant(ctx, meeting, found))
    if not contact.facts:
        about = call("interview facts", person=contact.id)
        buttons.append(button("Two facts about them", about))
    buttons += [
        _change(meeting),
        button("Brief me now", call("interview prep", person=contact.id)),
        button("My calendar", call("interview calendar")),
    ]
    if not ctx.member.hears:
        buttons.append(button("Remind me of things", call("settings start")))
    return tuple(buttons)


def _meant(ctx: Context, meeting: Meeting, found: UnderstoodMoment | None) -> tuple[Button, ...]:
    """The second way to read what was typed, where there is one."""
    if found is None or found.other is None or not _likely(ctx, found, found.other):
        return ()
    label = text("I meant {at}", at=Moment(found.other))
    return (button(label, call("interview move", talk=meeting.id, when=found.other.format_iso())),)


def _likely(ctx: Context, found: UnderstoodMoment, other: Instant) -> bool:
    """Nobody books for four in the morning, or for next year."""
    hour = other.to_tz(ctx.zone).hour
    return bool(found.note) or (MORNING <= hour < NIGHT and other < ctx.now + FAR)


def _change(meeting: Meeting) -> Button:
    return button("Change or move", _to("move", meeting))


def _to(verb: str, meeting: Meeting) -> Call:
    return call(f"interview {verb}", talk=meeting.id)


def _whose_clock(meeting: Meeting) -> list[Part]:
    """Asks for their zone where it is not known; where one meets there is one clock."""
    if meeting.zone or meeting.mode == IN_PERSON:
        return []
    said = text("This is your time. If their clock differs, add their city: “Change or move”.")
    return [Note(said)]
