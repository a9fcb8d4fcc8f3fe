"""Afterwards: "Did it happen?", with an answer that can be changed (FEATURES D2)."""

from dataclasses import replace
from typing import Annotated

from bot.booked import plan, settled, still_on, subject_of, whose
from bot.booking_kinds import BookedKind, WhenKind
from bot.command import Ask, command, reminder
from bot.commands.later import snooze_menu
from bot.context import Context
from bot.domain.booking import Step, says, sorry_note
from bot.domain.cadence import local_day
from bot.domain.dates import Unclear, understand_moment
from bot.domain.meetings import Meeting, MeetingState
from bot.domain.owed import Urgency
from bot.domain.people import Contact, Standing
from bot.domain.wishlist import moved
from bot.invocation import Call, call
from bot.refusal import refuse
from bot.reply import (
    Answer,
    Button,
    Buttons,
    Copyable,
    Day,
    Moment,
    Paragraph,
    Part,
    Reply,
    answer,
    button,
    text,
)


@reminder("interview after")
def after(
    ctx: Context,
    meeting: Annotated[int, "", Ask.HIDDEN],
    sequence: Annotated[int, "", Ask.HIDDEN],
) -> Answer | None:
    """Half an hour after its end; nothing when the talk is in the log."""
    found = still_on(ctx, meeting, sequence)
    if found is None or not says(Step.AFTER, found[0], ctx.cohort.numbers, ctx.now):
        return None
    if settled(ctx, found[0]):
        return None
    talk, contact = found
    again = call("interview after", meeting=meeting, sequence=sequence)
    return answer(
        *_question(ctx, talk, contact),
        snooze_menu(ctx, again, subject_of(talk)),
    )


def _question(ctx: Context, talk: Meeting, contact: Contact) -> tuple[Paragraph, Buttons]:
    when = text("{at} today", at=Moment(talk.at, "time"))
    if local_day(talk.at, ctx.zone) != ctx.today:
        when = text("{day}", day=Day(local_day(talk.at, ctx.zone)))
    said = text(
        "Your talk with *{name}* was booked for {when}. Did it happen?",
        name=contact.name,
        when=when,
    )
    return Paragraph(said), Buttons((*_answers(ctx, talk), _wrong(contact)))


def _answers(ctx: Context, talk: Meeting) -> tuple[Button, ...]:
    held = min(local_day(talk.at, ctx.zone), ctx.today).format_iso()
    return (
        button("Yes", call("interview log", person=talk.contact_id, held=held), style="main"),
        button("Not yet", _to("notyet", talk), replaces=True),
        button("Moved", _to("moved", talk), replaces=True),
        button("No", _to("missed", talk), replaces=True),
    )


def _to(verb: str, talk: Meeting) -> Call:
    return call(f"interview {verb}", talk=talk.id)


def _other(talk: Meeting) -> Button:
    return button("Change my answer", _to("did", talk))


@command("interview did", "Say whether a booked talk happened.", listed=False)
def did(ctx: Context, talk: Annotated[Meeting, "", Ask.HIDDEN, BookedKind()]) -> Reply:
    """The question again, whatever was answered before."""
    contact = whose(ctx, talk)
    if settled(ctx, talk):
        return _in_the_log(contact)
    return answer(*_question(ctx, talk, contact))


def _in_the_log(contact: Contact) -> Answer:
    return answer(
        text("It is in your log: your talk with *{name}*.", name=contact.name),
        Buttons((button("My talks", call("interview list", person=contact.id)),)),
    )


@command("interview notyet", "The talk is still to come.", listed=False)
def notyet(ctx: Context, talk: Annotated[Meeting, "", Ask.HIDDEN, BookedKind()]) -> Reply:
    """Asked again in a while; a new time makes it certain."""
    contact = whose(ctx, talk)
    if talk.state is not MeetingState.BOOKED:  # "No" was answered before; calendars hear of it
        talk = replace(talk, state=MeetingState.BOOKED, sequence=talk.sequence + 1)
        ctx.store.save(talk)
    ctx.store.save(moved(contact, Standing.BOOKED))
    if not ctx.member.hears:
        return answer(text("Fine, it stays booked."), Buttons((_new_time(talk), _other(talk))))
    due = ctx.now.add(hours=ctx.cohort.numbers.not_yet_hours)
    ctx.owe(
        call("interview after", meeting=talk.id, sequence=talk.sequence),
        due,
        subject=subject_of(talk),
        occurrence=f"{talk.sequence}:{due.to_tz(ctx.zone).date().format_iso()}",
        urgency=Urgency.BOOKED,
    )
    return answer(
        text("Fine. I’ll ask again {when}.", when=Moment(due, "day")),
        Buttons((_new_time(talk), _other(talk))),
    )


def _new_time(talk: Meeting) -> Button:
    return button("Enter a new time", _to("move", talk), style="main")


def held_early(booked: Meeting | None) -> list[Part]:
    """Who logs a talk before the time it was booked for had it early, unless they say otherwise."""
    if booked is None:
        return []
    on = call("interview still", talk=booked.id, when=booked.at.format_iso())
    said = text("It was booked for {at}; nothing more comes about that.", at=Moment(booked.at))
    return [Paragraph(said), Buttons((button("It is still on", on),))]


@command("interview still", "A booked talk is on, though one was had before.", listed=False)
def still(
    ctx: Context,
    talk: Annotated[Meeting, "", Ask.HIDDEN, BookedKind()],
    when: Annotated[str, "", Ask.HIDDEN, WhenKind()],
) -> Reply:
    """As it was booked, reminders and all."""
    contact = whose(ctx, talk)
    read = understand_moment(when, ctx.now, ctx.zone, None)
    if isinstance(read, Unclear):
        raise refuse(read.why)
    if talk.state is not MeetingState.BOOKED:
        on = replace(talk, at=read.moment, state=MeetingState.BOOKED, sequence=talk.sequence + 1)
        ctx.store.save(on)
        ctx.store.save(moved(contact, Standing.BOOKED))
        plan(ctx, on)
    said = text("It stays booked: *{name}*, {at}.", name=contact.name, at=Moment(read.moment))
    return answer(said, Buttons((button("Change or move", _to("move", talk)),)))


@command("interview moved", "The talk was put off.", listed=False)
def put_off(ctx: Context, talk: Annotated[Meeting, "", Ask.HIDDEN, BookedKind()]) -> Reply:
    """The new time is one press away, and an apology in case it was the student."""
    contact = whose(ctx, talk)
    return answer(
        text("That happens. When is it now? If it was you who moved it, this line is kind:"),
        Copyable(sorry_note(contact, talk, ctx.member)),
        Buttons((_new_time(talk), button("No new day yet", _to("notyet", talk)), _other(talk))),
    )


@command("interview missed", "The talk did not happen.", listed=False)
def missed(ctx: Context, talk: Annotated[Meeting, "", Ask.HIDDEN, BookedKind()]) -> Reply:
    """Nobody is blamed; a kind line may bring a second chance."""
    contact = whose(ctx, talk)
    if settled(ctx, talk):
        return _in_the_log(contact)
    off = replace(talk, state=MeetingState.MISSED, sequence=talk.sequence + 1)
    ctx.store.save(off)
    ctx.store.save(moved(contact, Standing.REPLIED))
    plan(ctx, off)
    return answer(
        text(
            "Noted; these things happen, on either side. One kind line often brings a second "
            "chance:"
        ),
        Copyable(sorry_note(contact, off, ctx.member)),
        Buttons((_new_time(off), _other(off), _wrong(contact))),
    )


def _wrong(contact: Contact) -> Button:
    return button("Something felt wrong", call("concern tell", person=contact.id))
