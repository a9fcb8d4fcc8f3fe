"""The owner of a contact gets each request alone: yes, not now, or never (E3, Words 8)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from whenever import Instant

from bot.command import Ask as Asked
from bot.command import command, reminder
from bot.commands.introductions_words import done
from bot.commands.later import snooze_menu
from bot.context import Context
from bot.domain.cohort import Member
from bot.domain.intro_texts import forward, inside, topic
from bot.domain.introducing import Move, ends, may_be_put
from bot.domain.introductions import Introduction, IntroState
from bot.domain.people import Contact, Sharing
from bot.introducing import (
    ask_the_contact,
    blurb_of,
    contact_of,
    name_of,
    now_of,
    step,
    tell,
)
from bot.invocation import call
from bot.parameters import LongText
from bot.refusal import refuse
from bot.reply import (
    Answer,
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
from bot.shared import puts_of


def of_owner(ctx: Context, number: int) -> Introduction | None:
    """This member's to answer, as it stands now; None for anybody else's."""
    found = now_of(ctx, number)
    return found if found is not None and found.owner_id == ctx.member.id else None


@reminder("intro asked")
def asked(ctx: Context, intro: Annotated[int, "", Asked.HIDDEN]) -> Answer | None:
    """So many a week; what is more waits, and the asker cannot tell."""
    found = of_owner(ctx, intro)
    if found is None or found.state is not IntroState.ASKED:
        return None
    if found.put is None:
        most = ctx.cohort.numbers.intros_a_week
        slot = may_be_put(puts_of(ctx, ctx.member.id), ctx.now, most)
        if slot > ctx.now:
            tell(ctx, "intro asked", found, ctx.member.id, slot, occurrence=slot.format_iso())
            return None
        found = replace(found, put=ctx.now)
        ctx.store.save(found)
    return put_before(ctx, found)


def put_before(ctx: Context, intro: Introduction) -> Answer | None:
    """FEATURES, Words 8; with the blurb, and the asker's name, which the asker was told."""
    contact = contact_of(ctx, intro)
    if contact is None:
        return None
    asker, here = name_of(ctx.store, intro.asker_id), intro.id
    return answer(
        *_hope(intro, contact, asker),
        Paragraph(text("{asker} writes: “{blurb}”", asker=asker, blurb=blurb_of(intro))),
        text(
            "Introduce them? If you decline or don’t answer, they hear only “no introduction this "
            "time”."
        ),
        Buttons(
            (
                button("Yes", call("intro yes", intro=here), style="main"),
                button("Not now", call("intro no", intro=here), replaces=True),
                button("Edit the blurb", call("intro words", intro=here)),
                button(
                    text("Not for {name} any more", name=contact.name[:40]),
                    call("intro never", intro=here),
                ),
                button("Something felt wrong", call("concern tell", intro=here)),
            )
        ),
        snooze_menu(ctx, call("intro asked", intro=here), f"intro:{here}"),
        Note(text("It came because you share {name} with your class.", name=contact.name)),
    )


def _hope(intro: Introduction, contact: Contact, asker: str) -> tuple[Part, ...]:
    if intro.openly:
        said = text(
            "{asker} hopes to meet *{name}*, whom you share openly.",
            asker=asker,
            name=contact.name,
        )
        return (Paragraph(said),)
    said = text(
        "A classmate hopes to meet someone in {about}. They don’t know it’s you who knows one.",
        about=inside(intro.about),
    )
    return (Paragraph(said), Paragraph(text("I thought of *{name}*.", name=contact.name)))


@command("intro yes", "Introduce them.", listed=False)
def yes(ctx: Context, intro: Annotated[int, "", Asked.HIDDEN]) -> Reply:
    """The first of the two yeses; a second press shows the next step again."""
    found = of_owner(ctx, intro)
    if found is None:
        return done()
    after = step(ctx, found, Move.OWNER_YES)
    if after is not None:
        return next_step(ctx, ask_the_contact(ctx, after))
    return next_step(ctx, found)


def next_step(ctx: Context, intro: Introduction) -> Answer:
    """The contact's yes: asked here where they are a member, else by the owner."""
    contact = contact_of(ctx, intro)
    if intro.connected is not None and contact is not None:
        return answer(text("They have been brought together already. Thank you."))
    if intro.state is not IntroState.OWNER_YES or contact is None:
        return done()
    asker = name_of(ctx.store, intro.asker_id)
    if intro.contact_member_id is not None:
        return answer(
            text("Thank you. Now I ask {name}, who is here too.", name=contact.name),
            text("{asker} hears of it once both of you have said yes.", asker=asker),
        )
    minutes = ctx.cohort.numbers.asked_minutes
    about = topic(intro, contact)
    words = forward(contact, asker, about, blurb_of(intro), minutes, ctx.member.name)
    return answer(
        text(
            "Thank you. Now ask *{name}*, in your own words or in these. {asker} hears of it once "
            "they say yes.",
            name=contact.name,
            asker=asker,
        ),
        Copyable(words),
        Buttons(
            (
                button("They said yes", call("intro agreed", intro=intro.id), style="main"),
                button("They said no", call("intro refused", intro=intro.id)),
                button("They are here: ask them", call("intro here", intro=intro.id)),
            )
        ),
        Note(text("You have until {day}.", day=Moment(_end(ctx, intro), "day"))),
    )


def _end(ctx: Context, intro: Introduction) -> Instant:
    return ends(intro, ctx.cohort.numbers.intro_expires_days)


@command("intro no", "No introduction this time.", listed=False)
def no(ctx: Context, intro: Annotated[int, "", Asked.HIDDEN]) -> Reply:
    """The asker hears at the end what they would hear of silence."""
    found = of_owner(ctx, intro)
    if found is None or step(ctx, found, Move.OWNER_NO) is None:
        return done()
    return answer(
        text(
            "Fine. They hear only “no introduction this time”, and not before {day}.",
            day=Moment(_end(ctx, found), "day"),
        )
    )


@command("intro never", "Nobody is to be introduced to them any more.", listed=False)
def never(ctx: Context, intro: Annotated[int, "", Asked.HIDDEN]) -> Reply:
    """The contact is private from now on; this request reads like any silence."""
    found = of_owner(ctx, intro)
    contact = contact_of(ctx, found) if found is not None else None
    if found is None or contact is None or step(ctx, found, Move.OWNER_NO) is None:
        return done()
    ctx.store.save(replace(contact, sharing=Sharing.PRIVATE))
    return answer(
        text("{name} is private now: I bring you no more requests.", name=contact.name),
        Buttons((button("Change", call("contact share", person=contact.id)),)),
        Note(text("The classmate hears only “no introduction this time”.")),
    )


def _words_now(ctx: Context, given: Mapping[str, Any]) -> Mapping[str, Any]:
    number = given.get("intro")
    found = ctx.store.get(Introduction, number) if isinstance(number, int) else None
    mine = found is not None and found.owner_id == ctx.member.id
    return {"words": blurb_of(found)} if found is not None and mine else {}


@command(
    "intro words",
    "Change what is passed on about a classmate.",
    listed=False,
    title="In your words",
    note="This is what your contact reads. The classmate’s own words stay as they are.",
    prefill=_words_now,
)
def words(
    ctx: Context,
    intro: Annotated[int, "", Asked.HIDDEN],
    words: Annotated[LongText, "what you want to pass on", Asked.FORM],
) -> Reply:
    """Kept beside the asker's; then the same question again."""
    found = of_owner(ctx, intro)
    if found is None or found.state not in (IntroState.ASKED, IntroState.OWNER_YES):
        return done()
    saved = replace(found, words=words)
    ctx.store.save(saved)
    if saved.state is IntroState.OWNER_YES:
        return next_step(ctx, saved)
    return put_before(ctx, saved) or done()


@command(
    "intro here",
    "Ask the contact here.",
    listed=False,
    title="Who are they here?",
    note="They are asked here, in private. Nobody else sees it.",
    submit="Ask them",
)
def here(
    ctx: Context,
    intro: Annotated[int, "", Asked.HIDDEN],
    member: Annotated[Member, "their name here", Asked.FORM],
) -> Reply:
    """A contact who is in the workspace says yes or no themselves."""
    found = of_owner(ctx, intro)
    if found is None or found.state is not IntroState.OWNER_YES:
        return done()
    if member.id in (found.asker_id, found.owner_id):
        raise refuse("{name} cannot be introduced to themselves.", name=member.name)
    if not member.hears:
        raise refuse(
            "I may not write to {name} yet. Ask them yourself, in these words.", name=member.name
        )
    if found.contact_member_id is None:
        found = replace(found, contact_member_id=member.id)
        ctx.store.save(found)
        tell(ctx, "intro wanted", found, member.id)
    return next_step(ctx, found)
