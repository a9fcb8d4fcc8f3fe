"""What the commands about booked talks share: whom, when in both zones, and what is owed."""

from dataclasses import replace
from typing import TYPE_CHECKING

from whenever import Date

from bot.domain.booking import Step, clock, place_of, planned_for, weekday
from bot.domain.cadence import at_local, local_day
from bot.domain.cohort import Member
from bot.domain.meetings import Meeting, MeetingState, is_meant
from bot.domain.owed import Owed, OwedState
from bot.domain.people import Contact
from bot.domain.talks import Talk
from bot.domain.zones import zone_at
from bot.holding import cancel
from bot.invocation import call
from bot.ports import AtLeast
from bot.refusal import refuse
from bot.reply import Text, text

if TYPE_CHECKING:
    from bot.context import Context


def subject_of(meeting: Meeting) -> str:
    """What the messages owed about a talk are filed under."""
    return f"meeting:{meeting.id}"


def whose(ctx: "Context", meeting: Meeting) -> Contact:
    """Whom a talk is with. Raises a refusal when they are off the list."""
    contact = ctx.store.get(Contact, meeting.contact_id)
    if contact is None or contact.removed is not None or meeting.member_id != ctx.member.id:
        raise refuse("That talk is not in your calendar any more.")
    return contact


def still_on(ctx: "Context", number: int, sequence: int) -> tuple[Meeting, Contact] | None:
    """The talk that a message is about; None when it was moved, called off or settled since."""
    meeting = ctx.store.first(Meeting, id=number, member_id=ctx.member.id)
    if meeting is None or meeting.state is not MeetingState.BOOKED or meeting.sequence != sequence:
        return None
    contact = ctx.store.get(Contact, meeting.contact_id)
    if contact is None or contact.removed is not None or not ctx.member.hears:
        return None
    return meeting, contact


def plan(ctx: "Context", meeting: Meeting) -> None:
    """Owe what comes around a talk; what was owed for another time of it is taken back."""
    cancel(ctx.store, ctx.member.id, ctx.now, subject=subject_of(meeting))
    if not ctx.member.hears or meeting.state is not MeetingState.BOOKED:
        return
    for each in planned_for(meeting, ctx.zone, ctx.cohort.numbers, ctx.now):
        owe(ctx, meeting, each.step)


def owe(ctx: "Context", meeting: Meeting, step: Step) -> None:
    """Owe one message around a talk, once for each time that it was moved to."""
    for each in planned_for(meeting, ctx.zone, ctx.cohort.numbers, ctx.now):
        if each.step is step:
            about = call(f"interview {step}", meeting=meeting.id, sequence=meeting.sequence)
            new = ctx.owe(
                about,
                each.due,
                subject=subject_of(meeting),
                occurrence=str(meeting.sequence),
                urgency=each.urgency,
            )
            if new is None:
                _revive(ctx, meeting, about.command)


def _revive(ctx: "Context", meeting: Meeting, command: str) -> None:
    """What was taken back when the member stopped comes after all once they start again."""
    kept = ctx.store.first(
        Owed,
        member_id=ctx.member.id,
        command=command,
        subject=subject_of(meeting),
        occurrence=str(meeting.sequence),
        state=OwedState.CANCELLED,
    )
    if kept is not None:
        ctx.store.save(replace(kept, state=OwedState.DUE, settled=None, attempts=0))


def retime_all(ctx: "Context") -> None:
    """The cohort's hours and minutes have changed: what is owed around booked talks follows."""
    for meeting in ctx.store.find(Meeting, state=MeetingState.BOOKED, at=AtLeast(ctx.now)):
        member = ctx.store.get(Member, meeting.member_id)
        if member is not None:
            _retime(replace(ctx, member=member), meeting)


def _retime(ctx: "Context", meeting: Meeting) -> None:
    for each in planned_for(meeting, ctx.zone, ctx.cohort.numbers, ctx.now):
        row = ctx.store.first(
            Owed,
            member_id=ctx.member.id,
            command=f"interview {each.step}",
            subject=subject_of(meeting),
            occurrence=str(meeting.sequence),
            state=OwedState.DUE,
        )
        if row is not None and row.due != each.due:
            ctx.store.save(replace(row, due=each.due, lease_until=None))


def plan_all(ctx: "Context") -> None:
    """After an opt-in: what comes around the talks that were booked before it."""
    for meeting in ctx.store.find(
        Meeting, member_id=ctx.member.id, state=MeetingState.BOOKED, at=AtLeast(ctx.now)
    ):
        plan(ctx, meeting)


def settled(ctx: "Context", meeting: Meeting) -> bool:
    """Whether the talk is in the log, which says by itself that it happened."""
    logged = ctx.store.find(Talk, member_id=ctx.member.id, contact_id=meeting.contact_id)
    day = local_day(meeting.at, ctx.zone)
    if not any(each.held >= day and each.logged >= meeting.at for each in logged):
        return False
    ctx.store.save(replace(meeting, state=MeetingState.HAPPENED))
    return True


def settle(ctx: "Context", contact: Contact, held: Date) -> Meeting | None:
    """A talk was logged: what was booked with them until now has happened.

    What is booked for the next day at the latest was this talk, held early: it moves to when it
    was held, and comes back as it was, so that the student can say otherwise."""
    early: Meeting | None = None
    for each in ctx.store.find(
        Meeting, member_id=ctx.member.id, contact_id=contact.id, state=MeetingState.BOOKED
    ):
        if each.at <= ctx.now:
            settled(ctx, each)
        elif is_meant(local_day(each.at, ctx.zone), held):
            early = each
            _held_early(ctx, each, held)
    return early


def _held_early(ctx: "Context", meeting: Meeting, held: Date) -> None:
    time = meeting.at.to_tz(ctx.zone).time()
    moment = min(ctx.now, at_local(held, time, ctx.zone))
    state, sequence = MeetingState.HAPPENED, meeting.sequence + 1
    saved = replace(meeting, at=moment, state=state, sequence=sequence)
    ctx.store.save(saved)
    plan(ctx, saved)


def known_zone(ctx: "Context", contact: Contact) -> str:
    """Their time zone: as said for an earlier talk, or by their city; "" when unknown."""
    earlier = ctx.store.find(Meeting, contact_id=contact.id, member_id=ctx.member.id, order="-id")
    said = next((each.zone for each in earlier if each.zone), "")
    return said or zone_at(contact.city, ctx.now) or ""


def their_time(meeting: Meeting, zone: str) -> Text | None:
    """The moment on their wall: "8:00 in Chicago"; None when their zone is not known."""
    if not meeting.zone:
        return None
    theirs, place = clock(meeting.at, meeting.zone), place_of(meeting.zone)
    if meeting.at.to_tz(meeting.zone).offset == meeting.at.to_tz(zone).offset:
        return text("the same hour in {place}", place=place)
    if local_day(meeting.at, meeting.zone) == local_day(meeting.at, zone):
        return text("{time} in {place}", time=theirs, place=place)
    day = weekday(meeting.at, meeting.zone)
    return text("{day} {time} in {place}", day=day, time=theirs, place=place)
