"""Asking for a talk: a draft from known facts, never sent by us (FEATURES B1, B3–B8, C4)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from bot.asking import alum_of, asks_this_week, hindrance, hold_alum, open_ask, referrer_of
from bot.command import Ask as Asked
from bot.command import command
from bot.commands import ask_words as words
from bot.commands.ask_again import another
from bot.commands.contact import kept
from bot.commands.partnership_note import to_partner
from bot.context import Context
from bot.domain.asking import Shape, draft_ask, facts_of, usual_shape
from bot.domain.people import Alum, Contact, Standing
from bot.domain.talks import Talk
from bot.domain.wishlist import KNOWN_TALKED, in_order
from bot.event_hints import event_first
from bot.invocation import call
from bot.parameters import EnumKind
from bot.people_kinds import contacts_of
from bot.refusal import refuse
from bot.reply import Answer, Buttons, Note, Part, Reply, answer, button, text

SHAPES = EnumKind(Shape, words.SHAPES)


@command("ask draft", "Draft a note that asks somebody for a short talk.")
def draft(
    ctx: Context,
    person: Annotated[Contact | None, "whom to ask"] = None,
    shape: Annotated[Shape | None, "an e-mail, a note, a phone script or a text", SHAPES] = None,
    alum: Annotated[Alum | None, "", Asked.HIDDEN] = None,
) -> Reply:
    """Manners once, then what speaks against it, then the note; the student sends it."""
    whom = kept(ctx, alum) if alum is not None else person or _next(ctx)
    return begun(ctx, whom, shape)


def begun(ctx: Context, whom: Contact, shape: Shape | None = None) -> Answer:
    """The card of manners, what speaks against asking, or the note."""
    if ctx.member.agreed_etiquette is None:
        return words.etiquette(ctx, whom)
    partner = to_partner(ctx, whom)  # before any limit: they have said yes
    if partner is not None:
        return partner
    hold_alum(ctx, whom)
    found = hindrance(ctx, whom)
    if found is not None:
        return words.held(ctx, whom, found)
    talk = ctx.store.first(Talk, contact_id=whom.id, member_id=ctx.member.id, order="-held")
    if talk is not None and whom.standing in KNOWN_TALKED:
        return another(ctx, whom, talk)
    there = open_ask(ctx, whom)
    if there.sent is not None and shape is None:
        return words.waiting(ctx, whom, there)
    return drafted(ctx, whom, shape or usual_shape(whom))


def _next(ctx: Context) -> Contact:
    people = contacts_of(ctx)
    waiting = [each for each in in_order(people) if each.standing is Standing.TO_ASK]
    if not waiting:
        raise refuse(
            "Whom would you like to ask? Find somebody first.",
            Buttons((button("Find alumni", call("alum find"), style="main"),)),
        )
    return waiting[0]


def drafted(ctx: Context, whom: Contact, shape: Shape) -> Answer:
    """The note, with what is to be known before it goes."""
    ask = open_ask(ctx, whom)
    made = draft_ask(whom, ctx.member, referrer_of(ctx, whom), ctx.cohort.numbers, shape)
    return answer(
        *words.warnings(ctx, whom),
        *event_first(ctx, whom),
        *_wishes(ctx, whom),
        *words.note(ctx, whom, made),
        *words.pace(ctx, whom, asks_this_week(ctx)),
        *words.around(ctx, whom, made, ask),
    )


def _wishes(ctx: Context, whom: Contact) -> list[Part]:
    """How and when somebody of the directory likes to be asked, as they said it (FEATURES A4)."""
    alum = alum_of(ctx, whom)
    wishes = [each for each in (alum.channel, alum.times) if each] if alum is not None else []
    if not wishes:
        return []
    return [Note(text("{name} is best reached: {how}.", name=whom.name, how=", ".join(wishes)))]


@command("ask agree", "Accept how we ask.", listed=False)
def agree(ctx: Context, person: Annotated[Contact, "", Asked.HIDDEN]) -> Reply:
    """Once, before the first ask; then the draft at once."""
    if ctx.member.agreed_etiquette is None:
        member = replace(ctx.member, agreed_etiquette=ctx.now)
        ctx.store.save(member)
        ctx = replace(ctx, member=member)
    return begun(ctx, person)


@command("ask etiquette", "How we ask.", listed=False, reads=True)
def etiquette(ctx: Context) -> Reply:
    """One tap from every draft (FEATURES C4)."""
    return answer(*words.manners(ctx))


def _two_facts(ctx: Context, given: Mapping[str, Any]) -> Mapping[str, Any]:
    person = given.get("person")
    if not isinstance(person, Contact) or person.owner_id != ctx.member.id:
        return {}
    return dict(zip(("first", "second"), facts_of(person), strict=False))


@command(
    "ask facts",
    "Two things you read about them.",
    listed=False,
    title="What caught your eye?",
    note="They go into your note. Only you can read this until you send it.",
    prefill=_two_facts,
)
def facts(
    ctx: Context,
    person: Annotated[Contact, "", Asked.HIDDEN],
    first: Annotated[str | None, "such as “your study of night buses”", Asked.FORM] = None,
    second: Annotated[str | None, "about them, their employer or the field", Asked.FORM] = None,
) -> Reply:
    """They say "why you" (FEATURES C7)."""
    saved = replace(person, facts="\n".join(each for each in (first, second) if each))
    ctx.store.save(saved)
    return begun(ctx, saved)


@command("ask leave", "Not to write this note after all.", listed=False)
def leave(ctx: Context, person: Annotated[Contact, "", Asked.HIDDEN]) -> Reply:
    """Frees the place that a draft keeps."""
    ask = open_ask(ctx, person)
    if ask.sent is None:
        ctx.store.save(replace(ask, released=ctx.now))
    return answer(
        text("Fine. {name} stays on your list for another day.", name=person.name),
        Buttons((button("My people", call("contact list")),)),
    )
