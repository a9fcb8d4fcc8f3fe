"""Saying thank you: the clock of D3 and the draft of D4, which quotes the tip."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from bot.command import Ask, command, reminder
from bot.commands.later import snooze_menu
from bot.context import Context
from bot.domain.cadence import at_local, rhythm_of, thank_you_times
from bot.domain.people import Contact, ContactKind, Standing
from bot.domain.talks import Talk
from bot.domain.thanking import sentence, thank_you
from bot.domain.wishlist import moved
from bot.invocation import call
from bot.people_kinds import contacts_of
from bot.refusal import refuse
from bot.reply import (
    Answer,
    Button,
    Buttons,
    Copyable,
    Day,
    Link,
    Moment,
    Paragraph,
    Part,
    Reply,
    Text,
    answer,
    button,
    text,
)
from bot.team import win_buttons


def plan(ctx: Context, talk: Talk) -> Text | None:
    """Owe the one or two reminders of a talk; what to say about it."""
    if not ctx.member.hears:
        return text("Thank them within a day or two; the draft is one press away.")
    if days_ago(ctx, talk) > ctx.cohort.numbers.late_days:
        return None
    rhythm = rhythm_of(ctx.member, ctx.cohort.numbers, ctx.zone)
    ended = ctx.now if talk.held == ctx.today else at_local(talk.held, rhythm.quiet_from, ctx.zone)
    ahead = [due for due in thank_you_times(ended, rhythm) if due > ctx.now]
    ahead = ahead or [next(iter(thank_you_times(ctx.now, rhythm)))]
    about = call("thanks remind", talk=talk.id)
    ahead = ahead[: ctx.cohort.numbers.thanks_nudges]
    for name, due in zip(("first", "second"), ahead, strict=False):
        ctx.owe(about, due, subject=f"talk:{talk.id}", occurrence=name)
    return text("I’ll have your thank-you ready {when}.", when=Moment(ahead[0]))


def days_ago(ctx: Context, talk: Talk) -> int:
    """Whole days since the talk, where the member is."""
    return int(ctx.today.since(talk.held, total="days"))


@command("thanks draft", "Write a thank-you that quotes their best tip.")
def draft(
    ctx: Context,
    person: Annotated[Contact | None, "whom to thank"] = None,
    talk: Annotated[int | None, "", Ask.HIDDEN] = None,
    plain: Annotated[bool, "", Ask.HIDDEN] = False,
) -> Reply:
    """Asks for the tip when it is missing, and thanks without one if the student wants."""
    found, contact = _which(ctx, person, talk)
    if not found.tip and not plain:
        return answer(
            text("What was the best thing {name} told you? One line is enough.", name=contact.name),
            Buttons(
                (
                    button("Add the tip", call("thanks tip", talk=found.id), style="main"),
                    button("Thank without a tip", call("thanks draft", talk=found.id, plain="yes")),
                )
            ),
        )
    return _drafted(ctx, found, contact)


def _drafted(ctx: Context, found: Talk, contact: Contact) -> Answer:
    return answer(
        text(
            "A thank-you to *{name}*. Make it sound like you and send it yourself.",
            name=contact.name,
        ),
        Copyable(thank_you(contact, found, ctx.member)),
        Buttons(_done(found)),
    )


def _done(talk: Talk) -> tuple[Button, ...]:
    return (
        button("Sent", call("thanks sent", talk=talk.id), style="main", replaces=True),
        button("Change the tip" if talk.tip else "Add the tip", call("thanks tip", talk=talk.id)),
    )


def _which(ctx: Context, person: Contact | None, number: int | None) -> tuple[Talk, Contact]:
    """The talk meant: the one named, else the person's latest, else the latest not thanked for."""
    me = ctx.member.id
    if number is not None:
        talk = ctx.store.first(Talk, id=number, member_id=me)
    elif person is not None:
        talk = ctx.store.first(Talk, contact_id=person.id, member_id=me, order="-held")
    else:
        talk = ctx.store.first(
            Talk, thanked=None, member_id=me, order="-held", contact_id=_here(ctx)
        )
    contact = ctx.store.get(Contact, talk.contact_id) if talk is not None else None
    if talk is None or contact is None:
        whom = person.id if person else None
        log = Buttons((button("Log a talk", call("interview log", person=whom)),))
        if person is not None:
            raise refuse("You have no talk with {name} logged yet.", log, name=person.name)
        raise refuse("Nobody is waiting for a thank-you. Log a talk first.", log)
    return talk, contact


def _here(ctx: Context) -> tuple[int, ...]:
    """Everybody on the list now; nobody is thanked who was taken off it."""
    return tuple(each.id for each in contacts_of(ctx))


def _present(ctx: Context, given: Mapping[str, Any]) -> Mapping[str, Any]:
    talk = ctx.store.first(Talk, id=given.get("talk", 0), member_id=ctx.member.id)
    return {"tip": talk.tip, "intended": talk.intended} if talk is not None else {}


@command(
    "thanks tip",
    "The tip that a thank-you quotes.",
    listed=False,
    title="Their best tip",
    note="Only you can read this, until you send it.",
    prefill=_present,
)
def tip(
    ctx: Context,
    talk: Annotated[int, "", Ask.HIDDEN],
    tip: Annotated[str | None, "the best thing they told you", Ask.FORM] = None,
    intended: Annotated[str | None, "what you will do with it", Ask.FORM] = None,
) -> Reply:
    """Keeps both and shows the draft made from them."""
    found, _contact = _which(ctx, None, talk)
    ctx.store.save(replace(found.rewritten(tip=tip or ""), intended=intended or ""))
    saved, contact = _which(ctx, None, talk)
    return _drafted(ctx, saved, contact)


@command("thanks sent", "Mark a thank-you as sent.")
def sent(
    ctx: Context,
    person: Annotated[Contact | None, "whom you thanked"] = None,
    talk: Annotated[int | None, "", Ask.HIDDEN] = None,
) -> Reply:
    """Stops the reminders; offers LinkedIn once."""
    found, contact = _which(ctx, person, talk)
    if found.thanked is not None:
        return answer(
            text(
                "{name} was thanked {when}; I won’t ask again.",
                name=contact.name,
                when=Moment(found.thanked, "day"),
            )
        )
    ctx.store.save(replace(found, thanked=ctx.now))
    if contact.standing is Standing.MET:
        ctx.store.save(moved(contact, Standing.THANKED))
    parts: list[Part] = [
        Paragraph(text("Done: {name} is thanked. I won’t ask again.", name=contact.name))
    ]
    first = ctx.store.count(Talk, contact_id=contact.id) == 1
    if first and contact.kind is not ContactKind.FAMILY:
        parts.append(Paragraph(_linkedin(contact)))
    return answer(
        *parts, Buttons((button("What’s next?", call("snowball")), *win_buttons(ctx.store)))
    )


def _linkedin(contact: Contact) -> Text:
    if "linkedin.com" in contact.link:
        return text("A good moment to connect: {link}.", link=Link(contact.link, "LinkedIn"))
    return text("A good moment to add them on LinkedIn, with a line about your talk.")


@reminder("thanks remind")
def remind(ctx: Context, talk: Annotated[int, "", Ask.HIDDEN]) -> Answer | None:
    """The morning after: why, the tip, the draft (FEATURES, Words 7)."""
    found = ctx.store.first(Talk, id=talk, member_id=ctx.member.id)
    contact = ctx.store.get(Contact, found.contact_id) if found is not None else None
    if found is None or contact is None or found.thanked or contact.removed:
        return None
    return answer(
        Paragraph(_why(ctx, found, contact)),
        Copyable(thank_you(contact, found, ctx.member)),
        Buttons(_done(found)),
        snooze_menu(ctx, call("thanks remind", talk=talk), f"talk:{talk}"),
    )


def _why(ctx: Context, talk: Talk, contact: Contact) -> Text:
    when = text("Yesterday") if days_ago(ctx, talk) == 1 else text("On {day}", day=Day(talk.held))
    ready = text("Already thanked them? Press Sent and I won’t ask again.")
    if talk.tip:
        return text(
            "{when} *{name}* told you: “{tip}” Your thank-you quoting it is ready. {ready}",
            when=when,
            name=contact.name,
            tip=sentence(talk.tip),
            ready=ready,
        )
    return text(
        "{when} you talked with *{name}*. A short thank-you is ready; their best tip would make "
        "it better. {ready}",
        when=when,
        name=contact.name,
        ready=ready,
    )
