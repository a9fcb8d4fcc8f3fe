"""An event that changes or is called off; whoever goes hears of it (FEATURES G4)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from bot.booking_kinds import WhenKind
from bot.command import Ask, command
from bot.commands.event_words import changed_answer, may_change
from bot.commands.events import MINUTES, SEEN_BY_ALL, moment_of, post
from bot.context import Context
from bot.domain.events import Event
from bot.event_kinds import EventKind
from bot.going import ends, tell_change
from bot.parameters import LongText
from bot.refusal import refuse
from bot.reply import Reply, answer, text


def _present(ctx: Context, given: Mapping[str, Any]) -> Mapping[str, Any]:
    found = given.get("event")
    if not isinstance(found, Event):
        return {}
    there = found.at.to_tz(found.zone or ctx.zone)
    return {
        "name": found.name,
        "when": f"{there.date().format_iso()} {there.time().format_iso()[:5]}",
        "place": found.place,
        "about": found.about,
        "minutes": found.minutes,
    }


@command(
    "event change",
    "Change or move an event.",
    listed=False,
    title="Change an event",
    note=SEEN_BY_ALL,
    prefill=_present,
)
def change(
    ctx: Context,
    event: Annotated[Event, "", Ask.HIDDEN, EventKind()],
    *,
    when: Annotated[str, "the time, on the clock of the place", Ask.FORM, WhenKind()],
    name: Annotated[str | None, "what it is called", Ask.FORM] = None,
    place: Annotated[str | None, "the room, address or link", Ask.FORM] = None,
    about: Annotated[LongText | None, "what to expect", Ask.FORM] = None,
    minutes: Annotated[int | None, "how long, in minutes", Ask.FORM, MINUTES] = None,
) -> Reply:
    """Whoever goes hears of it, and is reminded of the new time."""
    _check(ctx, event)
    found = moment_of(ctx, when, event.zone or ctx.zone)
    saved = replace(
        event,
        name=name or event.name,
        at=found.moment,
        place=place or "" if "place" in ctx.given else event.place,
        about=about or "" if "about" in ctx.given else event.about,
        minutes=minutes or event.minutes,
    )
    if saved != event:
        saved = replace(saved, sequence=event.sequence + 1)
        ctx.store.save(saved)
        post(ctx, saved)
    told = tell_change(ctx.store, ctx.cohort, saved, ctx.member.id, ctx.now)
    return changed_answer(saved, found, told)


@command("event cancel", "Call an event off.", listed=False)
def cancel(ctx: Context, event: Annotated[Event, "", Ask.HIDDEN, EventKind()]) -> Reply:
    """The channel and whoever goes hear of it; once."""
    _check(ctx, event)
    saved = replace(event, cancelled=ctx.now, sequence=event.sequence + 1)
    ctx.store.save(saved)
    post(ctx, saved)
    told = tell_change(ctx.store, ctx.cohort, saved, ctx.member.id, ctx.now)
    if not told:
        return answer(text("Called off: *{name}*.", name=saved.name))
    return answer(
        text(
            "Called off: *{name}*. I tell {n} who wanted to go.",
            name=saved.name,
            n="the one" if told == 1 else f"the {told}",
        )
    )


def _check(ctx: Context, event: Event) -> None:
    """Raises a refusal for what is over, off, or somebody else's."""
    if not may_change(ctx, event):
        raise refuse("Whoever added it, or an organiser, can change that event.")
    if event.cancelled is not None:
        raise refuse("*{name}* is called off already.", name=event.name)
    if ends(event) <= ctx.now:
        raise refuse("*{name}* is over.", name=event.name)
