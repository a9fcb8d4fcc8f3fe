"""Getting ready: the brief of the evening before, the last word, two facts (C3, C6, C7)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from bot.booked import owe, still_on, subject_of, whose
from bot.booking_kinds import BookedKind, booked_of
from bot.brief import brief_parts
from bot.command import Ask, command, reminder
from bot.commands.later import snooze_menu
from bot.context import Context
from bot.domain.booking import Step, closing_at, closing_minute, ends, says
from bot.domain.cadence import offered_snoozes, snooze
from bot.domain.meetings import Meeting, MeetingState
from bot.domain.people import Contact, Standing
from bot.invocation import call
from bot.refusal import refuse
from bot.reply import (
    Answer,
    Button,
    Buttons,
    Moment,
    Note,
    Paragraph,
    Part,
    Reply,
    answer,
    button,
    text,
)


@command("interview prep", "Get ready for a talk: who, questions, checklist.", reads=True)
def prep(ctx: Context, person: Annotated[Contact | None, "whom you will talk to"] = None) -> Reply:
    """The brief now; for the next talk when nobody is named."""
    coming = [each for each in booked_of(ctx) if ends(each) > ctx.now]
    if person is None and not coming:
        raise refuse(
            "No talk is booked. Name somebody and I get you ready, or book a talk first.",
            Buttons((button("Book a talk", call("interview book"), style="main"),)),
        )
    if person is None:
        return answer(*brief_parts(ctx, whose(ctx, coming[0]), coming[0]))
    talk = next((each for each in coming if each.contact_id == person.id), None)
    return answer(*brief_parts(ctx, person, talk))


@reminder("interview brief")
def brief(
    ctx: Context,
    meeting: Annotated[int, "", Ask.HIDDEN],
    sequence: Annotated[int, "", Ask.HIDDEN],
) -> Answer | None:
    """The evening before; never once the talk has begun."""
    found = still_on(ctx, meeting, sequence)
    if found is None or not says(Step.BRIEF, found[0], ctx.cohort.numbers, ctx.now):
        return None
    talk, contact = found
    parts: list[Part] = [*brief_parts(ctx, contact, talk)]
    parts.append(Note(text("You booked this talk; I brief you before each.")))
    again = call("interview brief", meeting=meeting, sequence=sequence)
    numbers = ctx.cohort.numbers
    in_time = tuple(
        kind
        for kind in offered_snoozes(ctx.now, ctx.zone, numbers)
        if snooze(kind, ctx.now, ctx.zone, numbers) < talk.at
    )
    if in_time:
        parts.append(snooze_menu(ctx, again, subject_of(talk), in_time))
    return answer(*parts)


@reminder("interview soon")
def soon(
    ctx: Context,
    meeting: Annotated[int, "", Ask.HIDDEN],
    sequence: Annotated[int, "", Ask.HIDDEN],
) -> Answer | None:
    """Shortly before: where, and one thing to think of."""
    found = still_on(ctx, meeting, sequence)
    if found is None or not says(Step.SOON, found[0], ctx.cohort.numbers, ctx.now):
        return None
    talk, contact = found
    parts: list[Part] = [
        Paragraph(text("At {at}: *{name}*.", at=Moment(talk.at, "time"), name=contact.name))
    ]
    if talk.place:
        parts.append(Paragraph(text("{place}", place=talk.place)))
    elif talk.mode == "phone" and contact.phone:
        parts.append(Paragraph(text("{phone}", phone=contact.phone)))
    parts.append(
        Paragraph(text("Thank them first. Near the end, offer to stop and ask who else to meet."))
    )
    buttons = [button("The brief", call("interview prep", person=contact.id))]
    if not talk.stop_nudge:
        buttons.append(_nudge_button(ctx, talk))
    parts.append(Buttons(tuple(buttons)))
    return answer(*parts)


def _nudge_button(ctx: Context, talk: Meeting) -> Button:
    minute = closing_minute(talk, ctx.cohort.numbers)
    return button(text("Nudge me at minute {n}", n=minute), call("interview nudge", talk=talk.id))


@command("interview nudge", "A word shortly before the end.", listed=False)
def nudge(
    ctx: Context,
    talk: Annotated[Meeting, "", Ask.HIDDEN, BookedKind()],
    off: Annotated[bool, "", Ask.HIDDEN] = False,
) -> Reply:
    """Only for this talk, and only when switched on."""
    contact = whose(ctx, talk)
    if talk.state is not MeetingState.BOOKED or ends(talk) <= ctx.now:
        raise refuse("That talk is over or off; there is nothing left to nudge about.")
    saved = replace(talk, stop_nudge=not off)
    ctx.store.save(saved)
    if off:
        return answer(text("I’ll keep quiet during your talk with {name}.", name=contact.name))
    if not ctx.member.hears:
        raise refuse(
            "I write to nobody who has not opted in.",
            Buttons((button("Opt in", call("settings start"), style="main"),)),
        )
    owe(ctx, saved, Step.CLOSING)
    closing = closing_at(saved, ctx.cohort.numbers)
    return answer(
        text("I’ll send one line at {at}.", at=Moment(closing, "time")),
        Buttons((button("Rather not", call("interview nudge", talk=talk.id, off="yes")),)),
    )


@reminder("interview closing")
def closing(
    ctx: Context,
    meeting: Annotated[int, "", Ask.HIDDEN],
    sequence: Annotated[int, "", Ask.HIDDEN],
) -> Answer | None:
    """Shortly before the promised end, if it was switched on; it says what is really left."""
    found = still_on(ctx, meeting, sequence)
    if found is None or not says(Step.CLOSING, found[0], ctx.cohort.numbers, ctx.now):
        return None
    left = round((ends(found[0]) - ctx.now).total("minutes"))
    time = text("Five minutes") if left == 5 else text("{n} minutes", n=left)
    if left <= 1:
        time = text("A minute")
    return answer(
        text("{time} left. Offer to stop, and ask: “Who else should I talk to?”", time=time),
        Note(text("You asked for this line.")),
    )


def _known(ctx: Context, given: Mapping[str, Any]) -> Mapping[str, Any]:
    del ctx
    person = given.get("person")
    if not isinstance(person, Contact):
        return {}
    first, _, second = person.facts.partition("\n")
    return {"first": first, "second": " ".join(second.split())}


@command(
    "interview facts",
    "Two things you read about somebody.",
    listed=False,
    title="Two things you read",
    note="Only you can read this. They fill “why you” in your note and stand in your brief.",
    prefill=_known,
)
def facts(
    ctx: Context,
    person: Annotated[Contact, "", Ask.HIDDEN],
    first: Annotated[str | None, "about them, their employer or their field", Ask.FORM] = None,
    second: Annotated[str | None, "one thing more", Ask.FORM] = None,
) -> Reply:
    """Ten minutes of reading; it is what people notice."""
    kept = "\n".join(each for each in (first, second) if each)
    ctx.store.save(replace(person, facts=kept))
    if not kept:
        return answer(text("Emptied. I’ll ask again before you talk."))
    return answer(
        text("Kept. You’ll find it in your brief, and in your note to {name}.", name=person.name)
        if person.standing is Standing.TO_ASK
        else text("Kept. You’ll find it in your brief."),
        Buttons((button("Brief me", call("interview prep", person=person.id)),)),
    )
