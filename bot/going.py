"""Events of the cohort as the commands share them: which, who goes, and what is owed (G4)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from whenever import Instant, TimeDelta

from bot.domain.cadence import at_local, local_day, rhythm_of
from bot.domain.cohort import Cohort, Member
from bot.domain.events import Event, Going
from bot.domain.owed import Owed, OwedState, Urgency
from bot.domain.recipients import ToMember, written
from bot.holding import cancel
from bot.invocation import call, write
from bot.ports import AtLeast, Before, Store
from bot.weekly import zone_of_most

if TYPE_CHECKING:
    from bot.context import Context

SOON, NOW, AFTER, CHANGED = "event soon", "event now", "event after", "event changed"
LATELY = TimeDelta(hours=24 * 60)
"""How long ago an event may be for somebody to say whom they met there."""
AHEAD = TimeDelta(hours=24 * 21)
"""How far ahead an event is worth waiting for before a cold note."""


@dataclass(frozen=True, slots=True)
class Due:
    """One message around an event."""

    command: str
    at: Instant
    urgency: Urgency


def subject_of(event: Event) -> str:
    """What the messages owed about an event are filed under."""
    return f"event:{event.id}"


def ends(event: Event) -> Instant:
    """When it is over."""
    return event.at.add(minutes=event.minutes)


def coming(ctx: "Context") -> list[Event]:
    """What is ahead or on, the next first."""
    found = ctx.store.find(Event, cancelled=None, at=AtLeast(ctx.now - LATELY), order="at")
    return [each for each in found if ends(each) > ctx.now]


def lately(ctx: "Context") -> list[Event]:
    """What has begun in the last weeks, the latest first."""
    found = ctx.store.find(Event, cancelled=None, at=Before(ctx.now), order="-at")
    return [each for each in found if each.at >= ctx.now - LATELY]


def said_by(ctx: "Context", event: Event) -> Going | None:
    """What this member said about it."""
    return ctx.store.first(Going, event_id=event.id, member_id=ctx.member.id)


def how_many(ctx: "Context", event: Event) -> int:
    """How many go; who is nobody's to see."""
    return ctx.store.count(Going, event_id=event.id, going=True)


def next_event(ctx: "Context") -> Event | None:
    """The next one within some weeks to which this member did not say no (FEATURES G4)."""
    for each in coming(ctx):
        said = said_by(ctx, each)
        if each.at <= ctx.now + AHEAD and (said is None or said.going):
            return each
    return None


def going_to(store: Store, member_id: int) -> list[Event]:
    """Everything that a member goes or went to, for their calendar."""
    said = store.find(Going, member_id=member_id, going=True)
    ids = tuple(each.event_id for each in said)
    return store.find(Event, id=ids, order="at") if ids else []


def still_on(ctx: "Context", number: int, sequence: int) -> tuple[Event, Going] | None:
    """What a message is about; None when it was moved or called off since, or they do not go."""
    event = ctx.store.get(Event, number)
    if event is None or event.cancelled is not None or event.sequence != sequence:
        return None
    said = said_by(ctx, event)
    return (event, said) if said is not None and said.going else None


def plan(store: Store, cohort: Cohort, member: Member, event: Event, now: Instant) -> None:
    """Owe what comes around an event to somebody who goes; what was owed before is taken back."""
    forget(store, member, event, now)
    if not member.hears or event.cancelled is not None:
        return
    zone = member.zone or event.zone or zone_of_most(store.find(Member))
    for each in _all_due(cohort, member, event, zone):
        if each.at > now:
            _owe(store, member, event, each)


def plan_all(ctx: "Context") -> None:
    """After an opt-in: what comes around the events that they said yes to before it."""
    for each in going_to(ctx.store, ctx.member.id):
        if each.at > ctx.now:
            plan(ctx.store, ctx.cohort, ctx.member, each, ctx.now)


def forget(store: Store, member: Member, event: Event, now: Instant) -> None:
    """Take back what is owed about it."""
    cancel(store, member.id, now, subject=subject_of(event), command=(SOON, NOW, AFTER))


def tell_change(store: Store, cohort: Cohort, event: Event, by: int, now: Instant) -> int:
    """Everybody who goes hears of it, and is reminded of the new time; how many."""
    told = 0
    for said in store.find(Going, event_id=event.id, going=True):
        member = store.get(Member, said.member_id)
        if member is None:
            continue
        plan(store, cohort, member, event, now)
        if member.id != by and member.hears:
            _owe(store, member, event, Due(CHANGED, now, Urgency.BOOKED))
            told += 1
    return told


def _all_due(cohort: Cohort, member: Member, event: Event, zone: str) -> Iterator[Due]:
    numbers = cohort.numbers
    rhythm = rhythm_of(member, numbers, zone)
    day = local_day(event.at, zone)
    # In the morning, so that it shares that day's one message (FEATURES F3).
    yield Due(SOON, at_local(day.subtract(days=1), rhythm.quiet_until, zone), Urgency.NUDGE)
    last_word = event.at.subtract(minutes=numbers.last_word_minutes)
    # At this moment or it is of no use, quiet hours or not, as before a talk (FEATURES F7).
    yield Due(NOW, last_word, Urgency.ANSWER)
    morning = local_day(ends(event), zone).add(days=1)
    yield Due(AFTER, at_local(morning, numbers.thanks_at, zone), Urgency.NUDGE)


def _owe(store: Store, member: Member, event: Event, due: Due) -> None:
    wanted = Owed(
        cohort_id=member.cohort_id,
        member_id=member.id,
        to=written(ToMember(member.id)),
        command=due.command,
        subject=subject_of(event),
        occurrence=str(event.sequence),
        call=write(call(due.command, event=event.id, sequence=event.sequence)),
        due=due.at,
        urgency=due.urgency,
    )
    if store.owe(wanted) is not None:
        return
    kept = store.first(
        Owed, to=wanted.to, command=wanted.command, subject=wanted.subject,
        occurrence=wanted.occurrence, state=OwedState.CANCELLED,
    )  # fmt: skip
    if kept is not None:  # they go after all
        store.save(replace(kept, state=OwedState.DUE, due=due.at, settled=None, attempts=0))
