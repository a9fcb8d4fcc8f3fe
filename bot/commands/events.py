"""Events of the cohort: add one, see them, go or not (FEATURES G4)."""

from dataclasses import dataclass, replace
from typing import Annotated

from whenever import TimeDelta

from bot.booking_kinds import WhenKind
from bot.channel import channels
from bot.command import Ask, command
from bot.commands.event_words import (
    added_answer,
    coming_rows,
    going_answer,
)
from bot.context import Context
from bot.domain.dates import Unclear, UnderstoodMoment, understand_moment
from bot.domain.events import Event, Going
from bot.event_kinds import EventKind
from bot.going import coming, ends, forget, lately, plan, said_by, subject_of
from bot.invocation import Call, call
from bot.parameters import LongText, NumberKind, YesNo, ZoneName
from bot.ports import AtLeast
from bot.refusal import refuse
from bot.reply import Buttons, Listing, Moment, Note, Part, Reply, Title, answer, button, text

MINUTES = NumberKind(10, 1440)
MOST, DAY = 5, TimeDelta(hours=24)
"""Events that a member may add in a day."""
SEEN_BY_ALL = "Everybody in the cohort’s channel reads this, with your name."


@dataclass(frozen=True, slots=True)
class Wish:
    """An event as typed."""

    name: str
    when: str
    place: str | None
    about: str | None
    minutes: int | None

    def again(self) -> Call:
        """The same, to be asked with its city."""
        return call(
            "event there",
            name=self.name,
            when=self.when,
            place=self.place,
            about=self.about,
            minutes=self.minutes,
        )


@command(
    "event add",
    "Tell the cohort of an event: careers night, fair, talk.",
    title="Add an event",
    submit="Post it",
    note=SEEN_BY_ALL,
)
def add(
    ctx: Context,
    name: Annotated[str, "what it is called", Ask.BOTH],
    when: Annotated[str, "“thursday 6pm”, “3 December 18:00”", Ask.BOTH, WhenKind()],
    place: Annotated[str | None, "the room, address or link", Ask.BOTH] = None,
    about: Annotated[LongText | None, "what to expect, who will be there", Ask.FORM] = None,
    zone: Annotated[ZoneName | None, "a large city near it, if it is far", Ask.BOTH] = None,
    minutes: Annotated[int | None, "how long, in minutes; an hour", Ask.OPTION, MINUTES] = None,
) -> Reply:
    """Read in the place's zone, echoed in the reader's, posted to the channel."""
    return _added(ctx, Wish(name, when, place, about, minutes), zone or ctx.member.zone)


@command(
    "event there",
    "Where the event is.",
    listed=False,
    title="The city of the event",
    note=SEEN_BY_ALL,
)
def there(
    ctx: Context,
    name: Annotated[str, "", Ask.HIDDEN],
    when: Annotated[str, "", Ask.HIDDEN, WhenKind()],
    zone: Annotated[ZoneName, "one large city near it", Ask.FORM],
    place: Annotated[str | None, "", Ask.HIDDEN] = None,
    about: Annotated[LongText | None, "", Ask.HIDDEN] = None,
    minutes: Annotated[int | None, "", Ask.HIDDEN, MINUTES] = None,
) -> Reply:
    """For whoever has not said their own zone."""
    return _added(ctx, Wish(name, when, place, about, minutes), zone)


def _added(ctx: Context, wish: Wish, zone: str) -> Reply:
    if not zone:
        return answer(
            text("Where is it? One large city near it tells me its clock."),
            Buttons((button("Its city", wish.again(), style="main"),)),
        )
    found = moment_of(ctx, wish.when, zone)
    same = ctx.store.first(Event, name=wish.name, at=found.moment, cancelled=None)
    if same is not None:
        return answer(
            text("*{name}* is on the list already, {at}.", name=same.name, at=Moment(same.at)),
            Buttons((button("I’m going", call("event going", event=same.id), style="main"),)),
        )
    _not_too_many(ctx)
    event = ctx.store.add(
        Event(
            cohort_id=ctx.cohort.id,
            maker_id=ctx.member.id,
            name=wish.name,
            at=found.moment,
            minutes=wish.minutes or 60,
            zone=zone,
            place=wish.place or "",
            about=wish.about or "",
            made=ctx.now,
        )
    )
    post(ctx, event)
    return added_answer(ctx, event, found, posted=bool(channels(ctx.store)))


def _not_too_many(ctx: Context) -> None:
    """Everybody reads each of them, so there is an end to it; organisers may fill a calendar."""
    since = AtLeast(ctx.now - DAY)
    if not ctx.organises and ctx.store.count(Event, maker_id=ctx.member.id, made=since) >= MOST:
        raise refuse(
            "{most} events in a day are plenty for one channel. Tomorrow again.", most=MOST
        )


def moment_of(ctx: Context, when: str, zone: str) -> UnderstoodMoment:
    """Raises a refusal for what cannot be read, or is over."""
    found = understand_moment(when, ctx.now, zone)
    if isinstance(found, Unclear):
        raise refuse(found.why)
    if found.moment <= ctx.now:
        raise refuse("That was {at}. An event needs a time to come.", at=Moment(found.moment))
    return found


def post(ctx: Context, event: Event) -> None:
    about = call("event post", event=event.id, sequence=event.sequence)
    ctx.owe_channel(about, subject=subject_of(event), occurrence=str(event.sequence))


@command("event list", "What is on, and where you are going.", reads=True)
def show(ctx: Context) -> Reply:
    """The next first; what just was, for whoever has not said whom they met."""
    rows = tuple(coming_rows(ctx, coming(ctx)))
    add_one = button("Add an event", call("event add"))
    was = _to_tell_of(ctx)
    parts: list[Part] = [Title(text("Coming up")), Listing(rows)] if rows else []
    if was is not None:
        said = text("*{name}* is over. Whom did you meet?", name=was.name)
        does = button("Write them down", call("event met", event=was.id), style="main")
        parts += [Note(said), Buttons((does,))]
    if not rows:
        parts.insert(0, Note(text("No event is on the list yet. Do you know of one?")))
    return answer(*parts, Buttons((add_one,)))


def _to_tell_of(ctx: Context) -> Event | None:
    for each in lately(ctx):
        said = said_by(ctx, each)
        if ends(each) <= ctx.now and said is not None and said.going and said.went is None:
            return each
    return None


@command("event going", "Say that you are going to an event, or not.")
def going(
    ctx: Context,
    event: Annotated[Event | None, "which event", EventKind()] = None,
    going: Annotated[bool, "yes or no; yes if you say nothing", YesNo()] = True,
) -> Reply:
    """Brings the file, and reminders in one's own zone; a second press changes nothing."""
    found = event or _the_one(ctx)
    if found.cancelled is not None:
        raise refuse("*{name}* was called off.", name=found.name)
    if ends(found) <= ctx.now and going:
        raise refuse(
            "*{name}* is over. Were you there?",
            Buttons((button("Whom I met", call("event met", event=found.id), style="main"),)),
            name=found.name,
        )
    said = said_by(ctx, found)
    if said is None:
        ctx.store.add(
            Going(
                cohort_id=ctx.cohort.id,
                event_id=found.id,
                member_id=ctx.member.id,
                going=going,
                said=ctx.now,
            )
        )
    elif said.going != going:
        ctx.store.save(replace(said, going=going, said=ctx.now))
    if not going:
        forget(ctx.store, ctx.member, found, ctx.now)
        undo = button("I’m going after all", call("event going", event=found.id), replaces=True)
        return answer(text("Noted: not this time."), Buttons((undo,)))
    plan(ctx.store, ctx.cohort, ctx.member, found, ctx.now)
    return going_answer(ctx, found)


def _the_one(ctx: Context) -> Event:
    """The only event to come. Raises a refusal that asks which one of several."""
    events = coming(ctx)
    if len(events) == 1:
        return events[0]
    if not events:
        raise refuse(
            "No event is on the list yet.",
            Buttons((button("Add an event", call("event add"), style="main"),)),
        )
    which = tuple(
        button(
            text("{name}, {at}", name=each.name, at=Moment(each.at, "day")),
            call("event going", event=each.id),
        )
        for each in events[:5]
    )
    raise refuse("Which event?", Buttons(which))
