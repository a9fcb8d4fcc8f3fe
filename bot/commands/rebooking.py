"""A booked talk that moves or is called off, and the note that tells them (C5, D2)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from bot.booked import plan, whose
from bot.booking_kinds import BookedKind, WhenKind, booked_of, to_come, with_whom
from bot.calendars import invitation
from bot.command import Ask, command
from bot.commands.booking import MINUTES, MODES, PRIVATE
from bot.commands.booking_words import moved_answer
from bot.context import Context
from bot.domain.booking import cancel_note, is_short_notice, sorry_note
from bot.domain.dates import Unclear, UnderstoodMoment, understand_moment
from bot.domain.meetings import Meeting, MeetingState
from bot.domain.people import Contact, Standing
from bot.domain.wishlist import moved
from bot.invocation import call
from bot.parameters import ZoneName
from bot.people_kinds import contacts_of
from bot.refusal import refuse
from bot.reply import (
    Buttons,
    Copyable,
    Moment,
    Paragraph,
    Part,
    Reply,
    Text,
    answer,
    button,
    text,
)

MOST_OFFERED = 5


def _present(ctx: Context, given: Mapping[str, Any]) -> Mapping[str, Any]:
    found = given.get("talk")
    if found is None:
        talks = to_come(booked_of(ctx), ctx)
        found = talks[0] if len(talks) == 1 else None
    if not isinstance(found, Meeting):
        return {}
    local = found.at.to_tz(ctx.zone).to_plain()
    return {
        "when": f"{local.date().format_iso()} {local.time().format_iso()[:5]}",
        "mode": found.mode,
        "place": found.place,
        "zone": found.zone,
        "minutes": found.minutes,
    }


@command(
    "interview move",
    "Change or move a booked talk.",
    title="Change or move a talk",
    note=PRIVATE,
    prefill=_present,
)
def move(
    ctx: Context,
    talk: Annotated[Meeting | None, "which booked talk", BookedKind()] = None,
    *,
    when: Annotated[str, "the new time, or as it was", Ask.BOTH, WhenKind()],
    mode: Annotated[str | None, "how you talk", Ask.FORM, MODES] = None,
    place: Annotated[str | None, "the address, link or number", Ask.FORM] = None,
    zone: Annotated[ZoneName | None, "a large city near them, if they are far", Ask.FORM] = None,
    minutes: Annotated[int | None, "how long, in minutes", Ask.FORM, MINUTES] = None,
) -> Reply:
    """What was reminded of for the old time is taken back; calendars take the newer file."""
    found = talk or _the_one(ctx, "interview move", when)
    contact = whose(ctx, found)
    if found.state is MeetingState.HAPPENED:
        raise refuse(
            "You had that talk already. A second one is a new booking.",
            Buttons((button("Book another", call("interview book", person=contact.id)),)),
        )
    read = understand_moment(when, ctx.now, ctx.zone, zone or found.zone or None)
    if isinstance(read, Unclear):
        raise refuse(read.why)
    typed: dict[str, Any] = {"mode": mode, "place": place, "zone": zone, "minutes": minutes}
    changed = {name: value or "" for name, value in typed.items() if name in ctx.given}
    if not changed.get("minutes", True):
        changed["minutes"] = found.minutes
    saved = replace(
        found,
        at=read.moment,
        state=MeetingState.BOOKED,
        sequence=found.sequence + 1,
        **changed,
    )
    ctx.store.save(saved)
    ctx.store.save(moved(contact, Standing.BOOKED))
    plan(ctx, saved)
    return moved_answer(ctx, saved, contact, _worth_saying(found, read))


def _worth_saying(before: Meeting, read: UnderstoodMoment) -> UnderstoodMoment | None:
    """A time that was only mended beside its place raises no second question."""
    return None if before.at == read.moment else read


def _the_one(ctx: Context, command_: str, when: str | None = None) -> Meeting:
    """The only talk that is booked. Raises a refusal that asks which one of several."""
    people = {each.id: each for each in contacts_of(ctx)}
    talks = to_come([each for each in booked_of(ctx) if each.contact_id in people], ctx)
    if len(talks) == 1:
        return talks[0]
    if not talks:
        raise refuse(
            "No talk is booked. When one is, I get you ready for it.",
            Buttons((button("Book a talk", call("interview book"), style="main"),)),
        )
    which = tuple(
        button(with_whom(each, people[each.contact_id]), call(command_, talk=each.id, when=when))
        for each in talks[:MOST_OFFERED]
    )
    raise refuse("Which talk?", Buttons(which))


@command("interview cancel", "Call off a booked talk.")
def cancel(
    ctx: Context,
    talk: Annotated[Meeting | None, "which booked talk", BookedKind()] = None,
) -> Reply:
    """Says so when it is late, has the note ready, and can be undone."""
    found = talk or _the_one(ctx, "interview cancel")
    contact = whose(ctx, found)
    if found.state is not MeetingState.BOOKED:
        raise refuse("That talk is off already; nothing more will come about it.")
    if found.at <= ctx.now:
        raise refuse(
            "That was {at}, so it cannot be called off any more. Did it happen?",
            Buttons((button("Say how it went", call("interview did", talk=found.id)),)),
            at=Moment(found.at),
        )
    saved = replace(found, state=MeetingState.CANCELLED, sequence=found.sequence + 1)
    ctx.store.save(saved)
    ctx.store.save(moved(contact, Standing.REPLIED))
    plan(ctx, saved)
    return _cancelled(ctx, found, saved, contact)


def _cancelled(ctx: Context, before: Meeting, saved: Meeting, contact: Contact) -> Reply:
    short = is_short_notice(before, ctx.cohort.numbers, ctx.now, ctx.zone)
    said: Text = text("Called off: *{name}*, {at}.", name=contact.name, at=Moment(before.at))
    parts: list[Part] = [Paragraph(said)]
    if short:
        parts.append(
            Paragraph(
                text(
                    "{custom} notice is the custom, and this is less. It happens; "
                    "a word right away, by phone if you can, makes up for it.",
                    custom=_custom(ctx.cohort.numbers.notice_days),
                )
            )
        )
    else:
        parts.append(Paragraph(text("That is good notice. Tell them today:")))
    parts.append(Copyable(cancel_note(contact, before, ctx.member, short=short)))
    parts.append(invitation(saved, contact, ctx.now, ctx.cohort.numbers.last_word_minutes))
    undo = call("interview move", talk=saved.id, when=before.at.format_iso())
    new = call("interview move", talk=saved.id)
    parts.append(Buttons((button("It is on after all", undo), button("A new time", new))))
    return answer(*parts)


def _custom(days: int) -> Text:
    if days == 1:
        return text("A business day’s")
    return text("{n} business days’", n="Two" if days == 2 else str(days))


@command("interview sorry", "A note about a talk that moved.", listed=False, reads=True)
def sorry(ctx: Context, talk: Annotated[Meeting, "", Ask.HIDDEN, BookedKind()]) -> Reply:
    """To copy; it names the new time where there is one."""
    contact = whose(ctx, talk)
    found = talk.state is MeetingState.BOOKED and talk.at > ctx.now
    return answer(
        text("To *{name}*, to send yourself:", name=contact.name),
        Copyable(sorry_note(contact, talk, ctx.member, found=found)),
    )
