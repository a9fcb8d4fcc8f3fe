"""Asking for a talk: a draft from known facts, never sent by us (FEATURES B1, B3)."""

from dataclasses import replace
from typing import Annotated

from bot.command import Ask as Asked
from bot.command import command
from bot.commands.contact import kept
from bot.context import Context
from bot.domain.asking import BLANK, draft_ask
from bot.domain.asks import Ask
from bot.domain.people import Alum, Contact, Standing
from bot.invocation import call
from bot.refusal import refuse
from bot.reply import (
    Buttons,
    Copyable,
    Moment,
    Note,
    Paragraph,
    Part,
    Reply,
    answer,
    button,
    text,
)


@command("ask draft", "Draft a note that asks somebody for twenty minutes.")
def draft(
    ctx: Context,
    person: Annotated[Contact | None, "whom to ask"] = None,
    alum: Annotated[Alum | None, "", Asked.HIDDEN] = None,
) -> Reply:
    """Tie first, who I am, why you, how long, advice not a job; the student sends it."""
    if alum is not None:
        person = kept(ctx, alum)
    if person is None:
        waiting = ctx.store.first(
            Contact, owner_id=ctx.member.id, standing=Standing.TO_ASK, removed=None
        )
        if waiting is None:
            raise refuse(
                "Whom would you like to ask? Find somebody first.",
                Buttons((button("Find alumni", call("alum find"), style="main"),)),
            )
        person = waiting
    referrer = ctx.store.get(Contact, person.referred_by) if person.referred_by else None
    made = draft_ask(person, ctx.member, referrer)
    if ctx.store.first(Ask, member_id=ctx.member.id, contact_id=person.id, sent=None) is None:
        ctx.store.add(
            Ask(
                cohort_id=ctx.cohort.id,
                member_id=ctx.member.id,
                contact_id=person.id,
                alum_id=person.alum_id,
                drafted=ctx.now,
            )
        )
    parts: list[Part] = [
        Paragraph(
            text(
                "A note to *{name}*, {count} words. Make it sound like you, send it yourself, "
                "press Sent.",
                name=person.name,
                count=made.length,
            )
        ),
        Copyable(made.words),
    ]
    if made.blanks:
        parts.append(
            Note(text("Fill in each {blank}: {what}.", blank=BLANK, what="; ".join(made.blanks)))
        )
    sent = button("Sent", call("ask sent", person=person.id), style="main")
    show = button("Show the person", call("contact show", person=person.id))
    return answer(*parts, Buttons((sent, show)))


@command("ask sent", "Mark a note as sent.")
def sent(ctx: Context, person: Annotated[Contact, "whom you wrote to"]) -> Reply:
    """Marks the ask; a second press says when it was sent."""
    asks = ctx.store.find(Ask, member_id=ctx.member.id, contact_id=person.id, order="-id")
    latest = asks[0] if asks else None
    if latest is not None and latest.sent is not None and person.standing is Standing.ASKED:
        return answer(
            text("You wrote to {name} {when}.", name=person.name, when=Moment(latest.sent, "day"))
        )
    if latest is None or latest.sent is not None:
        latest = ctx.store.add(
            Ask(
                cohort_id=ctx.cohort.id,
                member_id=ctx.member.id,
                contact_id=person.id,
                alum_id=person.alum_id,
                drafted=ctx.now,
            )
        )
    ctx.store.save(replace(latest, sent=ctx.now))
    if person.standing in (Standing.TO_ASK, Standing.NO_REPLY):
        ctx.store.save(replace(person, standing=Standing.ASKED))
    return answer(
        text("Well done. {name} has it; most answers take a few days.", name=person.name),
        Buttons((button("Questions to bring", call("question", person=person.id)),)),
    )
