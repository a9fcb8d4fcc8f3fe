"""After both yeses: brought together, a nudge after a silent day, and what came of it (E3, E4)."""

from dataclasses import replace
from typing import Annotated

from bot.command import Ask as Asked
from bot.command import command, reminder
from bot.commands.introductions_words import done
from bot.commands.later import snooze_menu
from bot.context import Context
from bot.domain.cohort import Member
from bot.domain.intro_texts import icebreaker, thanks, topic
from bot.domain.introducing import Move
from bot.domain.introductions import Introduction, IntroState
from bot.domain.people import Contact
from bot.introducing import blurb_of, contact_of, introduced_card, name_of, now_of, step, tell
from bot.invocation import call
from bot.parameters import LongText
from bot.reply import (
    Answer,
    Button,
    Buttons,
    Copyable,
    Fact,
    Facts,
    Note,
    Paragraph,
    Reply,
    Text,
    answer,
    button,
    text,
)


def _asked_by_me(ctx: Context, number: int) -> tuple[Introduction, Contact] | None:
    """One in which this member was brought together with somebody."""
    found = now_of(ctx, number)
    contact = contact_of(ctx, found) if found is not None else None
    if found is None or contact is None or found.asker_id != ctx.member.id:
        return None
    return (found, contact) if found.connected is not None else None


# ---- Brought together ---------------------------------------------------------------------------


@reminder("intro meet")
def meet(ctx: Context, intro: Annotated[int, "", Asked.HIDDEN]) -> Answer | None:
    """To all three in one conversation: who is who, what time it is there, why, a first line."""
    found = ctx.store.get(Introduction, intro)
    contact = contact_of(ctx, found) if found is not None else None
    if found is None or contact is None or found.state is not IntroState.CONNECTED:
        return None
    if ctx.member.id and ctx.member.id not in (found.asker_id, found.owner_id):
        return None  # the three have no one reader; anybody else made this call themselves
    asker = ctx.store.get(Member, found.asker_id)
    there = ctx.store.get(Member, found.contact_member_id or 0)
    if asker is None or there is None:
        return None
    said = text(
        "{owner} introduces *{asker}* and *{name}* to each other; both said yes.",
        owner=name_of(ctx.store, found.owner_id),
        asker=asker.name,
        name=contact.name,
    )
    rows = [
        Fact(text("{n}", n=contact.name), _where(ctx, _work(contact), there)),
        Fact(text("{n}", n=asker.name), _where(ctx, asker.major, asker)),
        Fact(text("Why you two"), text("{asker} is curious about {about}", asker=asker.name,
                                       about=topic(found, contact))),
    ]  # fmt: skip
    return answer(
        Paragraph(said),
        Facts(tuple(rows)),
        Paragraph(text("{asker} writes: “{blurb}”", asker=asker.name, blurb=blurb_of(found))),
        Paragraph(text("To begin with: “{question}”", question=icebreaker(found, contact))),
        Buttons((button("We are in touch", call("intro talking", intro=intro)),)),
    )


def _work(contact: Contact) -> str:
    return ", ".join(part for part in (contact.title, contact.company) if part)


def _where(ctx: Context, said: str, member: Member) -> Text:
    """What they do, and where they are with the time there."""
    if not member.zone:
        return text("{said}", said=said or "–")
    there = ctx.now.to_tz(member.zone)
    place = member.zone.rpartition("/")[2].replace("_", " ")
    clock = f"{there.hour}:{there.minute:02}"
    if not said:
        return text("in {place}, where it is {clock}", place=place, clock=clock)
    return text("{said}; in {place}, where it is {clock}", said=said, place=place, clock=clock)


@reminder("intro joined")
def joined(ctx: Context, intro: Annotated[int, "", Asked.HIDDEN]) -> Answer | None:
    """To the asker, who learns now, and not before, whom they asked and who it is."""
    found = _asked_by_me(ctx, intro)
    if found is None:
        return None
    it, contact = found
    owner, work = name_of(ctx.store, it.owner_id), _work(contact)
    return answer(
        text(
            "Both said yes: *{owner}* introduces you to *{name}*{work}.",
            owner=owner,
            name=contact.name,
            work=f", {work}" if work else "",
        ),
        text("{how} They are on your list now.", how=_how(it, owner)),
        text(
            "A first line: “{question}”",
            question=icebreaker(it, contact),
        ),
        Buttons((_talking(it), *_card_button(ctx, it), _wrong(it))),
    )


def _how(intro: Introduction, owner: str) -> Text:
    """Where the two meet."""
    if intro.how == "chat":
        return text("You’ll find all three of you in a conversation.")
    return text("{owner} writes an e-mail to you both; tell them where you read it.", owner=owner)


def _talking(intro: Introduction) -> Button:
    return button("We are in touch", call("intro talking", intro=intro.id), style="main")


def _wrong(intro: Introduction) -> Button:
    return button("Something felt wrong", call("concern tell", intro=intro.id))


def _card_button(ctx: Context, intro: Introduction) -> tuple[Button, ...]:
    card = introduced_card(ctx, intro)
    if card is None:
        return ()
    return (button("Show", call("contact show", person=card.id)),)


@reminder("intro kick")
def kick(ctx: Context, intro: Annotated[int, "", Asked.HIDDEN]) -> Answer | None:
    """To the asker after a silent day, once (FEATURES E4)."""
    found = _asked_by_me(ctx, intro)
    if found is None:
        return None
    it, contact = found
    if it.state is not IntroState.CONNECTED or it.spoke is not None:
        return None
    if it.kicked_off is None:
        ctx.store.save(replace(it, kicked_off=ctx.now))
    return answer(
        text("Have you and *{name}* written yet? A first line is enough.", name=contact.name),
        Copyable(icebreaker(it, contact)),
        Buttons((_talking(it), _wrong(it))),
        snooze_menu(ctx, call("intro kick", intro=it.id), f"intro:{it.id}"),
        Note(
            text("It came because {owner} introduced you.", owner=name_of(ctx.store, it.owner_id))
        ),
    )


@command("intro talking", "We are in touch.", listed=False)
def talking(ctx: Context, intro: Annotated[int, "", Asked.HIDDEN]) -> Reply:
    """Any of the three may say so; said twice, it counts once."""
    found = ctx.store.held(Introduction, intro)
    of_it = found is not None and ctx.member.id in (
        found.asker_id,
        found.owner_id,
        found.contact_member_id,
    )
    if found is None or not of_it or found.connected is None:
        return done()
    if found.spoke is None:
        ctx.store.save(replace(found, spoke=ctx.now))
    if ctx.member.id != found.asker_id:
        return answer(text("Good to hear."))
    card = introduced_card(ctx, found)
    book = (button("Book the talk", call("interview book", person=card.id)),) if card else ()
    return answer(text("Good to hear. In a week I ask what came of it."), *_next(book))


def _next(buttons: tuple[Button, ...]) -> tuple[Buttons, ...]:
    return (Buttons(buttons),) if buttons else ()


# ---- What came of it ----------------------------------------------------------------------------


@reminder("intro how")
def how(ctx: Context, intro: Annotated[int, "", Asked.HIDDEN]) -> Answer | None:
    """To the asker a week later; the introducer would like to know."""
    found = _asked_by_me(ctx, intro)
    if found is None or found[0].state is not IntroState.CONNECTED:
        return None
    it, contact = found
    owner = name_of(ctx.store, it.owner_id)
    return answer(
        text(
            "A week ago {owner} introduced you to *{name}*. What came of it? {owner} would like to "
            "know, and “not yet” is an answer too.",
            owner=owner,
            name=contact.name,
        ),
        Buttons(
            (
                button(
                    text("Tell {owner}", owner=owner[:40]),
                    call("intro told", intro=intro),
                    style="main",
                ),
                _wrong(it),
            )
        ),
        snooze_menu(ctx, call("intro how", intro=intro), f"intro:{intro}"),
    )


@command(
    "intro told",
    "Tell who introduced you what came of it.",
    listed=False,
    title="What came of it",
    submit="Tell them",
    note="Who introduced you reads this, and nobody else.",
)
def told(
    ctx: Context,
    intro: Annotated[int, "", Asked.HIDDEN],
    outcome: Annotated[LongText, "one sentence is enough", Asked.FORM],
) -> Reply:
    """Told once; the thank-you is the asker's own to send."""
    found = _asked_by_me(ctx, intro)
    after = step(ctx, replace(found[0], outcome=outcome), Move.TELL) if found is not None else None
    if found is None or after is None:
        return done()
    owner = name_of(ctx.store, after.owner_id)
    tell(ctx, "intro outcome", after, after.owner_id)
    return answer(
        text("{owner} hears of it from me. A thank-you from you means more:", owner=owner),
        Copyable(thanks(owner, found[1].name, outcome, ctx.member)),
    )


@reminder("intro outcome")
def outcome(ctx: Context, intro: Annotated[int, "", Asked.HIDDEN]) -> Answer | None:
    """To the introducer: what came of their word."""
    found = ctx.store.first(Introduction, id=intro, owner_id=ctx.member.id)
    contact = contact_of(ctx, found) if found is not None else None
    if found is None or contact is None or not found.outcome:
        return None
    return answer(
        text(
            "{asker} on the introduction to *{name}*: “{words}”",
            asker=name_of(ctx.store, found.asker_id),
            name=contact.name,
            words=found.outcome,
        ),
        text("Your word opened that door. Thank you."),
        Note(text("It came because you introduced them.")),
    )
