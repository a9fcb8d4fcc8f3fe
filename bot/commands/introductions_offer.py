"""Offering a classmate an introduction unasked: they say yes first, then the contact (E3)."""

from dataclasses import replace
from typing import Annotated

from bot.command import Ask as Asked
from bot.command import command, reminder
from bot.commands.introductions import about_me
from bot.commands.introductions_words import done
from bot.commands.later import snooze_menu
from bot.context import Context
from bot.domain.cohort import Member, Role
from bot.domain.intro_texts import inside
from bot.domain.introducing import BEFORE_BOTH, Move
from bot.domain.introductions import Introduction, IntroState
from bot.domain.people import Contact, Sharing
from bot.introducing import ask_the_contact, contact_of, name_of, now_of, step, tell
from bot.invocation import call
from bot.parameters import LongText
from bot.refusal import refuse
from bot.reply import Answer, Buttons, Note, Paragraph, Part, Reply, answer, button, text
from bot.shared import field_label, is_barred_for_owner


@command(
    "intro offer",
    "Offer a classmate an introduction to somebody you know.",
    title="Offer an introduction",
    submit="Offer",
    note="Your classmate sees your name and the field, not the person’s name.",
)
def offer(
    ctx: Context,
    person: Annotated[Contact, "whom you know", Asked.BOTH],
    to: Annotated[Member, "which classmate", Asked.BOTH],
    words: Annotated[LongText | None, "why you thought of them", Asked.FORM] = None,
) -> Reply:
    """The classmate's yes comes first; who it is they learn once both have said yes."""
    if to.id == ctx.member.id:
        raise refuse("That is you. Name a classmate.")
    if is_barred_for_owner(ctx, person):
        raise refuse("{name} is not to be asked just now.", name=person.name)
    if not to.hears or to.role is Role.ALUM:
        raise refuse("I may not write to {name} yet.", name=to.name)
    there = ctx.store.first(
        Introduction, owner_id=ctx.member.id, asker_id=to.id, contact_id=person.id,
        state=BEFORE_BOTH,
    )  # fmt: skip
    apart = ctx.store.first(Introduction, owner_id=ctx.member.id, asker_id=to.id, barred=True)
    if there is None and apart is None:
        made = ctx.store.add(
            Introduction(
                cohort_id=ctx.cohort.id,
                asker_id=to.id,
                owner_id=ctx.member.id,
                contact_id=person.id,
                about=field_label(ctx, person) or person.field,
                words=words or "",
                state=IntroState.OFFERED,
                openly=person.sharing is Sharing.OPEN,
                asked=ctx.now,
                owner_said=ctx.now,
            )
        )
        tell(ctx, "intro offered", made, to.id)
    return answer(text("Offered. If {name} would like it, I ask you to pass it on.", name=to.name))


@reminder("intro offered")
def offered(ctx: Context, intro: Annotated[int, "", Asked.HIDDEN]) -> Answer | None:
    """To the classmate: who offers and in which field; a no is never told."""
    found = now_of(ctx, intro)
    if found is None or found.asker_id != ctx.member.id:
        return None
    return offered_now(ctx, found)


def offered_now(ctx: Context, intro: Introduction) -> Answer | None:
    """The offer, while it is open."""
    contact = contact_of(ctx, intro)
    if intro.state is not IntroState.OFFERED or contact is None:
        return None
    owner = name_of(ctx.store, intro.owner_id)
    whom = text("*{name}*", name=contact.name) if intro.openly else text("somebody they know")
    field = text(" in {about}", about=inside(intro.about)) if intro.about else text("")
    said = text("{owner} offers to introduce you to {whom}{field}.", owner=owner, whom=whom,
                field=field)  # fmt: skip
    parts: list[Part] = [Paragraph(said)]
    if intro.words:
        parts.append(Paragraph(text("“{words}”", words=intro.words)))
    return answer(
        *parts,
        Buttons(
            (
                button("Yes, please", call("intro take", intro=intro.id), style="main"),
                button("Not now", call("intro pass", intro=intro.id), replaces=True),
                button("Something felt wrong", call("concern tell", intro=intro.id)),
            )
        ),
        snooze_menu(ctx, call("intro offered", intro=intro.id), f"intro:{intro.id}"),
        Note(text("If you don’t answer, nobody asks why.")),
    )


@command(
    "intro take",
    "Accept an introduction that was offered.",
    listed=False,
    title="About you",
    submit="Yes, please",
    note="The classmate who offers it reads this, and passes it on.",
    prefill=about_me,
)
def take(
    ctx: Context,
    intro: Annotated[int, "", Asked.HIDDEN],
    blurb: Annotated[LongText, "two or three sentences about you", Asked.FORM],
) -> Reply:
    """Their own words go on; the owner's reason for the offer was for them."""
    found = now_of(ctx, intro)
    if found is None or found.asker_id != ctx.member.id:
        return done()
    after = step(ctx, replace(found, blurb=blurb, words=""), Move.TAKE)
    if after is None:
        return done()
    after = ask_the_contact(ctx, after)
    if after.contact_member_id is None:
        tell(ctx, "intro taken", after, after.owner_id)
    owner = name_of(ctx.store, after.owner_id)
    return answer(text("Good. {owner} asks them; you hear once they say yes.", owner=owner))


@command("intro pass", "Let an offered introduction pass.", listed=False)
def let_pass(ctx: Context, intro: Annotated[int, "", Asked.HIDDEN]) -> Reply:
    """Nobody is told: it reads like silence."""
    found = now_of(ctx, intro)
    if found is None or found.asker_id != ctx.member.id or step(ctx, found, Move.PASS) is None:
        return done()
    return answer(text("Fine. Nobody is told."))
