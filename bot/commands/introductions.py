"""Asking to be introduced; the asker learns whom they asked only after both yeses (E3)."""

from collections.abc import Mapping
from typing import Annotated, Any

from whenever import Instant

from bot.command import Ask as Asked
from bot.command import command, reminder
from bot.commands.introductions_words import PROMISE, asked_of_nobody
from bot.context import Context
from bot.domain.intro_texts import inside
from bot.domain.intro_words import in_writing
from bot.domain.introducing import BEFORE_BOTH, Move, Seen, ends, fairest, seen_by_asker
from bot.domain.introductions import Introduction
from bot.introducing import settled, step, tell, tell_the_end
from bot.invocation import call
from bot.parameters import FieldWords, LongText
from bot.refusal import refuse
from bot.reply import (
    Answer,
    Button,
    Buttons,
    Moment,
    Reply,
    answer,
    button,
    text,
)
from bot.shared import Wanted, awaited, candidates, find_shared, shown_openly, under_way


def about_me(ctx: Context, given: Mapping[str, Any]) -> Mapping[str, Any]:
    """The blurb as their introduction has it (C2)."""
    del given
    return {"blurb": in_writing(ctx.member)}


@command(
    "intro request",
    "Ask to be introduced to somebody in a field.",
    title="An introduction",
    submit="Ask",
    note="Whoever knows somebody reads this with your name; you learn who once both say yes.",
    prefill=about_me,
)
def request(
    ctx: Context,
    field: Annotated[FieldWords, "the field you hope to hear about", Asked.BOTH],
    blurb: Annotated[LongText, "two or three sentences about you", Asked.FORM],
) -> Reply:
    """By field only: which classmate is asked, and about whom, nobody else learns."""
    hits = find_shared(ctx, Wanted(field=field))
    there = under_way(ctx, hits)
    if there is not None:
        return _asked_already(ctx, there)
    if not hits.known:
        return asked_of_nobody(field)
    days = ctx.cohort.numbers.cool_down_days
    best = fairest(candidates(ctx, hits.known, cool_down_days=days))
    made = ctx.store.add(
        Introduction(
            cohort_id=ctx.cohort.id,
            asker_id=ctx.member.id,
            owner_id=best.owner_id if best is not None else None,
            contact_id=best.contact_id if best is not None else None,
            about=hits.known,
            blurb=blurb,
            asked=ctx.now,
        )
    )
    return _asked(ctx, made)


@command(
    "intro person",
    "Ask to be introduced to somebody whom a classmate shares openly.",
    listed=False,
    title="An introduction",
    submit="Ask",
    note="The classmate who knows them reads this with your name, and passes it on if both agree.",
    prefill=about_me,
)
def person(
    ctx: Context,
    person: Annotated[int, "", Asked.HIDDEN],
    blurb: Annotated[LongText, "two or three sentences about you", Asked.FORM],
) -> Reply:
    """Anybody who is not shared openly is nobody here, whoever they are."""
    found = shown_openly(ctx, person)
    if found is None:
        raise refuse("That person is not shared with your class just now.")
    contact, owner = found
    mine = ctx.store.find(Introduction, asker_id=ctx.member.id)
    named = [each for each in mine if each.openly and each.contact_id == contact.id]
    waiting = next((each for each in named if awaited(ctx, each)), None)
    if waiting is not None:
        return _asked_already(ctx, waiting)
    apart = any(each.owner_id == owner.id and each.barred for each in mine)
    made = ctx.store.add(
        Introduction(
            cohort_id=ctx.cohort.id,
            asker_id=ctx.member.id,
            owner_id=None if apart else owner.id,
            contact_id=None if apart else contact.id,
            about=contact.name,
            blurb=blurb,
            openly=True,
            asked=ctx.now,
        )
    )
    return _asked(ctx, made)


def _asked(ctx: Context, made: Introduction) -> Answer:
    """The same words whether anybody was found for it or not, and whatever they will say."""
    if made.owner_id is not None:
        tell(ctx, "intro asked", made, made.owner_id)
    tell_the_end(ctx, made)
    return answer(
        text("Asked. {promise}", promise=PROMISE),
        text("You hear by {day}, either way.", day=Moment(_end(ctx, made), "day")),
        Buttons((back_button(made),)),
    )


def _asked_already(ctx: Context, there: Introduction) -> Answer:
    return answer(
        text(
            "You asked on {day}. You hear by {end}, either way.",
            day=Moment(there.asked, "day"),
            end=Moment(_end(ctx, there), "day"),
        ),
        Buttons((back_button(there),)),
    )


def back_button(intro: Introduction) -> Button:
    return button("I don’t need it any more", call("intro withdraw", intro=intro.id))


def _end(ctx: Context, intro: Introduction) -> Instant:
    return ends(intro, ctx.cohort.numbers.intro_expires_days)


# ---- The end ------------------------------------------------------------------------------------


@command("intro withdraw", "Take an introduction back.", listed=False)
def withdraw(ctx: Context, intro: Annotated[int, "", Asked.HIDDEN]) -> Reply:
    """Whoever was asked hears only that it is not needed any more."""
    found = ctx.store.held(Introduction, intro)
    if found is None or found.asker_id != ctx.member.id or not awaited(ctx, found):
        return answer(text("There is nothing to take back any more."))
    after = step(ctx, settled(ctx, found), Move.TAKE_BACK)
    if after is None:
        return answer(text("There is nothing to take back any more."))
    if found.state in BEFORE_BOTH and after.owner_said is not None:
        tell(ctx, "intro unneeded", after, after.owner_id)
        tell(ctx, "intro unneeded", after, after.contact_member_id, occurrence="contact")
    return answer(text("Taken back. Thank you for saying so."))


@reminder("intro over")
def over(ctx: Context, intro: Annotated[int, "", Asked.HIDDEN]) -> Answer | None:
    """To the asker at the end: a no, silence and a departure read alike, and come alike."""
    found = ctx.store.first(Introduction, id=intro, asker_id=ctx.member.id)
    if found is None:
        return None
    days = ctx.cohort.numbers.intro_expires_days
    seen = seen_by_asker(found, ctx.now, days)
    if seen is Seen.WAITING:  # the organiser gave it more days meanwhile
        tell(ctx, "intro over", found, ctx.member.id, _end(ctx, found), occurrence=f"over {days}")
    if seen is not Seen.OVER:
        return None
    settled(ctx, found)
    about = found.about if found.openly else inside(found.about)
    said = text("No introduction this time: {about}. It’s rarely about you.", about=about)
    again = call("intro who-knows", about=None if found.openly else found.about)
    find = call("alum find", field=None if found.openly else found.about)
    return answer(
        said, Buttons((button("Ask the whole class", again), button("Find alumni", find)))
    )


@reminder("intro unneeded")
def unneeded(ctx: Context, intro: Annotated[int, "", Asked.HIDDEN] = 0) -> Answer | None:
    """To whoever had said yes: somebody took it back or left. Nobody is named."""
    del ctx, intro
    return answer(
        text(
            "An introduction that you had agreed to isn’t needed any more. There is nothing left "
            "for you to do. Thank you for your yes."
        )
    )
