"""The contact's yes: their own where they are a member, else as the owner says (E3)."""

from typing import Annotated

from bot.command import Ask as Asked
from bot.command import command, reminder
from bot.commands.introductions_words import done
from bot.commands.later import snooze_menu
from bot.context import Context
from bot.domain.intro_texts import mail, topic
from bot.domain.introducing import Move, ends
from bot.domain.introductions import Introduction, IntroState
from bot.introducing import (
    blurb_of,
    bring_together,
    contact_of,
    name_of,
    now_of,
    step,
    tell,
    wants_no_more_of,
)
from bot.invocation import call
from bot.reply import (
    Answer,
    Buttons,
    Copyable,
    Note,
    Paragraph,
    Part,
    Reply,
    answer,
    button,
    text,
)


def _answering(ctx: Context, number: int) -> Introduction | None:
    """Whose answer is awaited: the contact's own, or the owner's word for one who is not here."""
    found = now_of(ctx, number)
    if found is None:
        return None
    whose = found.contact_member_id if found.contact_member_id is not None else found.owner_id
    return found if whose == ctx.member.id else None


@reminder("intro wanted")
def wanted(ctx: Context, intro: Annotated[int, "", Asked.HIDDEN]) -> Answer | None:
    """To the contact: who asks, through whom, in whose words, and that a no is fine."""
    found = _answering(ctx, intro)
    if found is None or found.contact_member_id is None:
        return None
    return ask_them(ctx, found)


def ask_them(ctx: Context, intro: Introduction) -> Answer | None:
    """The question, while it is open."""
    contact = contact_of(ctx, intro)
    if intro.state is not IntroState.OWNER_YES or contact is None:
        return None
    if wants_no_more_of(ctx.store, intro):
        return None
    asker, owner = name_of(ctx.store, intro.asker_id), name_of(ctx.store, intro.owner_id)
    minutes = ctx.cohort.numbers.asked_minutes
    return answer(
        text(
            "{owner} would like to introduce you to *{asker}*, who hopes for {n} minutes with you "
            "about {about}.",
            owner=owner,
            asker=asker,
            n=minutes,
            about=topic(intro, contact),
        ),
        Paragraph(text("{asker} writes: “{blurb}”", asker=asker, blurb=blurb_of(intro))),
        text("Yes or not now: each is fine. If you don’t answer, nobody asks why."),
        Buttons(
            (
                button("Yes, gladly", call("intro agreed", intro=intro.id), style="main"),
                button("Not now", call("intro refused", intro=intro.id), replaces=True),
                button("Something felt wrong", call("concern tell", intro=intro.id)),
            )
        ),
        snooze_menu(ctx, call("intro wanted", intro=intro.id), f"intro:{intro.id}"),
    )


@command("intro agreed", "The contact said yes.", listed=False)
def agreed(ctx: Context, intro: Annotated[int, "", Asked.HIDDEN]) -> Reply:
    """The second yes brings both together; a second press says that it has."""
    found = _answering(ctx, intro)
    if found is None:
        return done()
    if found.connected is not None:
        return answer(text("You have been brought together already."))
    after = bring_together(ctx, found)
    if after is None:
        return done()
    if after.contact_member_id is None:
        return mail_of(ctx, after) or done()
    if after.how == "chat":
        return answer(text("Thank you. I’m bringing you together in a conversation of three."))
    owner = name_of(ctx.store, after.owner_id)
    return answer(text("Thank you. {owner} writes to you both.", owner=owner))


@command("intro refused", "The contact said no.", listed=False)
def refused(ctx: Context, intro: Annotated[int, "", Asked.HIDDEN]) -> Reply:
    """Kindly, and nobody is told sooner than of silence."""
    found = _answering(ctx, intro)
    if found is None or step(ctx, found, Move.CONTACT_NO) is None:
        return done()
    return answer(text("Fine. They hear only “no introduction this time”, in some days."))


def mail_of(ctx: Context, intro: Introduction) -> Answer | None:
    """For the owner: the e-mail with both in it. It holds no address; the owner fills them in."""
    contact = contact_of(ctx, intro)
    if contact is None:
        return None
    asker = name_of(ctx.store, intro.asker_id)
    words = mail(contact, asker, topic(intro, contact), blurb_of(intro), ctx.member.name)
    parts: list[Part] = [
        Paragraph(
            text(
                "Wonderful. {asker} hears now that it’s {name}. This e-mail brings both together; "
                "you send it.",
                asker=asker,
                name=contact.name,
            )
        ),
        Copyable(words),
    ]
    if contact.email:
        parts.append(Paragraph(text("To: {email}, and {asker}.", email=contact.email, asker=asker)))
    parts.append(
        Note(text("I give nobody’s address away, so ask {asker} for theirs.", asker=asker))
    )
    return answer(*parts)


@reminder("intro mail")
def mail_now(ctx: Context, intro: Annotated[int, "", Asked.HIDDEN]) -> Answer | None:
    """To the owner, when the contact said yes here and there is no place for all three."""
    found = ctx.store.first(Introduction, id=intro, owner_id=ctx.member.id)
    return mail_of(ctx, found) if found is not None and found.connected is not None else None


@reminder("intro waits")
def waits(ctx: Context, intro: Annotated[int, "", Asked.HIDDEN]) -> Answer | None:
    """To the owner, some days after their yes: has the contact answered?"""
    found = _answering(ctx, intro)
    contact = contact_of(ctx, found) if found is not None else None
    if found is None or contact is None or found.state is not IntroState.OWNER_YES:
        return None
    said = text("Has *{name}* answered you about the introduction?", name=contact.name)
    return answer(
        said,
        Buttons(
            (
                button("They said yes", call("intro agreed", intro=intro), style="main"),
                button("They said no", call("intro refused", intro=intro)),
                button("Show the words again", call("intro show", intro=intro)),
            )
        ),
        snooze_menu(ctx, call("intro waits", intro=intro), f"intro:{intro}"),
        Note(text("It came because you agreed to introduce a classmate.")),
    )


@reminder("intro lapsed")
def lapsed(ctx: Context, intro: Annotated[int, "", Asked.HIDDEN]) -> Answer | None:
    """To an owner who had said yes and asked a member: a no and silence in the same words."""
    found = ctx.store.first(Introduction, id=intro, owner_id=ctx.member.id)
    if found is None or found.connected is not None or found.contact_member_id is None:
        return None
    days = ctx.cohort.numbers.intro_expires_days
    if ctx.now < ends(found, days):
        tell(ctx, "intro lapsed", found, ctx.member.id, ends(found, days), occurrence=f"{days}")
        return None
    if found.state in (IntroState.TAKEN_BACK, IntroState.WITHDRAWN):
        return None
    now_of(ctx, intro)
    return answer(text("No introduction this time. Thank you for offering your word."))
