"""What is added to a talk after it was logged: whether it fits, why, and the rest (FEATURES D5)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from bot.command import Ask, command
from bot.commands.note_sharing import no_longer_read
from bot.commands.talk_notes import echo, introduced, own_talk, promised, unsure_name
from bot.context import Context
from bot.domain.people import Standing
from bot.domain.talks import Talk
from bot.domain.wishlist import moved
from bot.invocation import call
from bot.parameters import LongText
from bot.refusal import refuse
from bot.reply import Buttons, Paragraph, Part, Reply, answer, button, joined, text

PRIVATE = "Only you can read this. Organisers see counts, not words."
FITS = {"nearer": "Nearer", "further": "Further", "unsure": "Unsure"}


@command("interview fit", "Whether a talk brought the field nearer.", listed=False)
def fit(
    ctx: Context,
    talk: Annotated[int, "", Ask.HIDDEN],
    fit: Annotated[str, "", Ask.HIDDEN],
) -> Reply:
    """Private; may be changed by pressing another."""
    found, _person = own_talk(ctx, talk)
    if fit not in FITS:
        raise refuse("Nearer, further, or unsure?")
    ctx.store.save(replace(found, fit=fit))
    because = button("Say why", call("interview because", talk=talk))
    return answer(text("Noted, for you alone: {fit}.", fit=FITS[fit].lower()), Buttons((because,)))


def _because(ctx: Context, given: Mapping[str, Any]) -> Mapping[str, Any]:
    talk = ctx.store.get(Talk, given.get("talk", 0))
    mine = talk is not None and talk.member_id == ctx.member.id
    return {"because": talk.fit_because} if talk is not None and mine else {}


@command(
    "interview because",
    "Why a talk brought the field nearer or further.",
    listed=False,
    title="What did you notice?",
    note=PRIVATE,
    prefill=_because,
)
def because(
    ctx: Context,
    talk: Annotated[int, "", Ask.HIDDEN],
    because: Annotated[LongText | None, "because…", Ask.FORM] = None,
) -> Reply:
    """A sentence for later."""
    found, _person = own_talk(ctx, talk)
    ctx.store.save(replace(found, fit_because=because or ""))
    return answer(text("Kept. You will see it beside this talk in `/interview list`."))


def _present(ctx: Context, given: Mapping[str, Any]) -> Mapping[str, Any]:
    talk = ctx.store.get(Talk, given.get("talk", 0))
    if talk is None or talk.member_id != ctx.member.id:
        return {}
    return {"takeaways": talk.takeaways, "tip": talk.tip}


@command(
    "interview more",
    "Add to a talk that is logged.",
    listed=False,
    title="Add to a talk",
    note=PRIVATE,
    prefill=_present,
)
def more(
    ctx: Context,
    talk: Annotated[int, "", Ask.HIDDEN],
    takeaways: Annotated[LongText | None, "what you learned", Ask.FORM] = None,
    tip: Annotated[str | None, "the advice you will thank them for", Ask.FORM] = None,
    names: Annotated[str | None, "people they said you should meet", Ask.FORM] = None,
    promises: Annotated[LongText | None, "what else you said you would do", Ask.FORM] = None,
    thanked: Annotated[bool | None, "have you thanked them already?", Ask.FORM] = None,
) -> Reply:
    """Words replace, names and promises are added."""
    found, contact = own_talk(ctx, talk)
    words = {"takeaways": takeaways, "tip": tip}
    saved = found.rewritten(
        **{key: value or "" for key, value in words.items() if key in ctx.given}
    )
    if thanked and found.thanked is None:
        saved = replace(saved, thanked=ctx.now)
        ctx.store.save(moved(contact, Standing.THANKED))
    ctx.store.save(saved)
    met = introduced(ctx, contact, names or "")
    kept, _unread = promised(ctx, saved, promises or "")
    said: list[Part] = [Paragraph(text("Your talk with {name} is up to date.", name=contact.name))]
    if met:
        new = joined([text("*{n}*", n=each.name) for each in met], " and ")
        said.append(Paragraph(text("{new} joined your list.", new=new)))
    said += [*(echo(each) for each in kept), *unsure_name(contact, names or "")]
    if found.shared is not None and saved.shared is None:
        said.append(no_longer_read())
    return answer(*said)
