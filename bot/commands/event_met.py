"""Whom one met at an event: names become people one may write to (FEATURES G4, A1, K3)."""

from dataclasses import dataclass, replace
from typing import Annotated

from bot.command import Ask, command
from bot.context import Context
from bot.domain.cadence import local_day
from bot.domain.care import Touch
from bot.domain.events import MET_AT, Event, Going
from bot.domain.names import match_name
from bot.domain.people import Contact, ContactKind
from bot.domain.tidy import tidy_line
from bot.event_kinds import EventKind
from bot.going import lately, said_by
from bot.invocation import call
from bot.parameters import SHORT_TEXT, LongText
from bot.people_kinds import contacts_of
from bot.plaintext import words_of
from bot.refusal import refuse
from bot.reply import (
    Buttons,
    Day,
    Listing,
    Note,
    PersonRef,
    Reply,
    Row,
    Title,
    answer,
    button,
    text,
)

MOST = 5
"""Names in one go."""


@dataclass(frozen=True, slots=True)
class Named:
    """A line: a name, and where they work if that was said."""

    name: str
    company: str


@command(
    "event met",
    "Write down whom you met at an event.",
    title="Whom did you meet?",
    note="Only you can read this.",
)
def met(
    ctx: Context,
    event: Annotated[Event | None, "which event", EventKind(past=True)] = None,
    *,
    people: Annotated[
        LongText, "a name a line, up to five; “Priya Rao, Acme” says where they work", Ask.FORM
    ],
) -> Reply:
    """New names become contacts of the kind "met at an event"; known ones get a note."""
    found = event or _last(ctx)
    if found.at > ctx.now:
        raise refuse("*{name}* is still to come.", name=found.name)
    named = _read(people)
    _went(ctx, found)
    saved = [_kept(ctx, found, each) for each in named]
    rows = tuple(
        Row(
            text("*{name}*", name=each.name),
            text("{where}", where=each.company) if each.company else None,
            (button("Write to them", call("ask draft", person=each.id)),),
            PersonRef(each.id, each.name),
        )
        for each in saved
    )
    return answer(
        Title(text("Met at {name}", name=found.name)),
        Listing(rows),
        Note(text("They are on your list. A line within two days, while they remember you.")),
        Buttons(
            (
                button("More names", call("event met", event=found.id)),
                button("My people", call("contact list")),
            )
        ),
    )


def _last(ctx: Context) -> Event:
    """The latest one that they went to, else the latest there was."""
    was = lately(ctx)
    mine = [each for each in was if (said := said_by(ctx, each)) is not None and said.going]
    if not was:
        raise refuse(
            "No event has been yet. A person you met anywhere is one form away.",
            Buttons((button("Add a person", call("contact add", kind="event"), style="main"),)),
        )
    return (mine or was)[0]


def _read(people: str) -> list[Named]:
    lines = [line for each in people.splitlines() if (line := tidy_line(each))]
    if len(lines) > MOST:
        raise refuse("Up to {most} names in one go; the rest right after.", most=MOST)
    named = []
    for line in lines:
        name, _, company = line.partition(",")
        if not name.strip() or len(line) > SHORT_TEXT:
            raise refuse("A name a line, please, such as “Priya Rao, Acme”.")
        named.append(Named(name.strip(), company.strip()))
    if not named:
        raise refuse("One name is enough.")
    return named


def _went(ctx: Context, event: Event) -> None:
    said = said_by(ctx, event)
    if said is None:
        ctx.store.add(
            Going(
                cohort_id=ctx.cohort.id,
                event_id=event.id,
                member_id=ctx.member.id,
                said=ctx.now,
                went=True,
            )
        )
    elif said.went is not True:
        ctx.store.save(replace(said, went=True))


def _kept(ctx: Context, event: Event, named: Named) -> Contact:
    """Nobody is on the list twice: whoever is there already was met again."""
    zone = event.zone or ctx.zone
    note = f"{MET_AT}{event.name}\n{words_of(text('{d}', d=Day(local_day(event.at, zone))), zone)}"
    contacts = contacts_of(ctx)
    known = match_name(named.name, [each.name for each in contacts])
    if known.kind == "exact" and len(known.places) == 1:
        there = contacts[known.places[0]]
        if note not in there.notes:
            ctx.store.save(replace(there, notes=f"{there.notes}\n{note}".strip()))
            ctx.store.add(
                Touch(
                    cohort_id=ctx.cohort.id,
                    member_id=ctx.member.id,
                    contact_id=there.id,
                    at=event.at,
                )
            )
        return there
    return ctx.store.add(
        Contact(
            cohort_id=ctx.cohort.id,
            owner_id=ctx.member.id,
            name=named.name,
            company=named.company,
            kind=ContactKind.EVENT,
            notes=note,
            added=ctx.now,
        )
    )


@command("event nobody", "I met nobody there.", listed=False)
def nobody(ctx: Context, event: Annotated[Event, "", Ask.HIDDEN, EventKind()]) -> Reply:
    """Going was the point."""
    _went(ctx, event)
    return answer(
        text("You went, which is the hard part. One face next time is plenty."),
        Buttons((button("I did meet somebody", call("event met", event=event.id)),)),
    )


@command("event missed", "I did not go.", listed=False)
def missed(ctx: Context, event: Annotated[Event, "", Ask.HIDDEN, EventKind()]) -> Reply:
    """Fine; nothing more is asked about it."""
    said = said_by(ctx, event)
    if said is not None and said.went is not False:
        ctx.store.save(replace(said, went=False))
    return answer(
        text("Fine. There will be another."),
        Buttons((button("What is on", call("event list")),)),
    )
