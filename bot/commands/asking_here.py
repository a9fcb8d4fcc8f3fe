"""An alum who is in the workspace is asked here, by us, at the student's wish (FEATURES K4).

They say yes, later, no, or leave the list; each is fine, and the student hears it kindly.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from bot.asking import here_for, hindrance, hold_alum, open_ask, referrer_of
from bot.command import Ask as Asked
from bot.command import command, reminder
from bot.commands.ask_answers import ask_in_a_week, next_name
from bot.commands.ask_words import held
from bot.commands.partnership_note import to_partner
from bot.context import Context
from bot.domain.asking import BLANK, draft_ask
from bot.domain.asks import Ask
from bot.domain.people import Contact, Standing
from bot.domain.way_out import without_way_out
from bot.domain.wishlist import moved
from bot.invocation import call
from bot.kinds import LongText
from bot.refusal import refuse
from bot.reply import Answer, Buttons, Reply, answer, button, text


def _drafted(ctx: Context, given: Mapping[str, Any]) -> Mapping[str, Any]:
    person = given.get("person")
    if not isinstance(person, Contact) or person.owner_id != ctx.member.id:
        return {}
    made = draft_ask(person, ctx.member, referrer_of(ctx, person), ctx.cohort.numbers)
    return {"words": made.words}


@command(
    "ask here",
    "Let me put it to them.",
    listed=False,
    title="Let me ask them",
    submit="Ask them",
    note="They read this and your name. Nobody else does.",
    prefill=_drafted,
)
def here(
    ctx: Context,
    person: Annotated[Contact, "", Asked.HIDDEN],
    words: Annotated[LongText | None, "your note, in your own words", Asked.FORM] = None,
) -> Reply:
    """The student's yes to these very words; the clock of an ask begins."""
    partner = to_partner(ctx, person)
    if partner is not None:
        return partner
    hold_alum(ctx, person)
    why = hindrance(ctx, person)
    if why is not None:
        return held(ctx, person, why)
    if not ctx.member.hears:
        raise refuse(
            "Opt in first, so that I can tell you what {name} says.",
            Buttons((button("Opt in", call("settings start"), style="main"),)),
            name=person.name,
        )
    reader = here_for(ctx, person)
    if reader is None:
        raise refuse("{name} isn’t here any more. Write to them yourself.", name=person.name)
    ask = open_ask(ctx, person)
    if ask.sent is not None:
        return answer(text("{name} has your note already.", name=person.name))
    note = without_way_out(words or "").strip()
    if not note or BLANK in note:
        raise refuse("Fill in each {blank} first; the form keeps what you wrote.", blank=BLANK)
    ask = replace(ask, sent=ctx.now, carried=ctx.now, released=None, words=note)
    ctx.store.save(ask)
    ctx.store.save(moved(person, Standing.ASKED))
    ctx.owe(
        call("ask wanted", ask=ask.id),
        ctx.now,
        subject=f"ask:{ask.id}",
        occurrence="carried",
        member_id=reader.id,
    )
    wait = ask_in_a_week(ctx, ask, "first")
    return answer(text("{name} gets it at a good hour. {wait}", name=person.name, wait=wait))


@reminder("ask heard")
def heard(
    ctx: Context,
    ask: Annotated[int, "", Asked.HIDDEN],
    later: Annotated[int, "", Asked.HIDDEN] = 0,
) -> Answer | None:
    """What the alum said, told to the student; a kind no is all that is told of leaving."""
    found = ctx.store.first(Ask, id=ask, member_id=ctx.member.id)
    person = ctx.store.get(Contact, found.contact_id) if found is not None else None
    if found is None or person is None or person.removed:
        return None
    if found.outcome == "declined":
        said = text(
            "{name} can’t this time, and sends a kind no. It’s rarely about you.", name=person.name
        )
        return answer(said, *next_name(ctx, person))
    book = button("Book the talk", call("interview book", person=person.id), style="main")
    if later:
        return answer(
            text(
                "{name} would like to, but later. I’ll remind you in two weeks; then offer two "
                "days to choose from.",
                name=person.name,
            )
        )
    return answer(
        text("{name} said yes! Offer two or three times while it is fresh.", name=person.name),
        Buttons((book, button("Questions to bring", call("question", person=person.id)))),
    )
