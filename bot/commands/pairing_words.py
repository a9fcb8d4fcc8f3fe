"""What is said to practice partners: who, on whose clock, and a plan for the half hour (E5)."""

from collections.abc import Sequence

from bot.context import Context
from bot.domain.cohort import Member
from bot.domain.pairing import members_of
from bot.domain.pairings import Pairing
from bot.domain.questions import PARTS, pick
from bot.domain.thanking import first_name
from bot.invocation import call
from bot.reply import (
    Button,
    Buttons,
    Day,
    Listing,
    Note,
    Paragraph,
    Part,
    Row,
    Text,
    Title,
    button,
    text,
)
from bot.rounds import is_there
from bot.together import common_ground


def others_in(ctx: Context, pairing: Pairing) -> list[Member]:
    """The member's partners who are there: who stopped or is away would let them wait."""
    several = [each for each in members_of(pairing) if each != ctx.member.id]
    found = [ctx.store.get(Member, each) for each in several]
    return [each for each in found if each is not None and is_there(each, ctx.cohort, ctx.today)]


def names_of(members: Sequence[Member]) -> str:
    """ "Ben and Cleo"."""
    return " and ".join(each.name for each in members)


def pick_buttons(every: int) -> tuple[Button, ...]:
    """The choices that are not chosen yet."""
    offered = (
        (
            1,
            button(
                "Every week", call("intro pair", how="1"), style="main" if not every else "plain"
            ),
        ),
        (2, button("Every second week", call("intro pair", how="2"))),
        (0, button("No more", call("intro pair", how="0"))),
    )
    return tuple(each for weeks, each in offered if weeks != every)


def partner_parts(ctx: Context, pairing: Pairing) -> list[Part]:
    """Who it is, their clock, three questions to put, and one press to a chat."""
    others = others_in(ctx, pairing)
    first = first_name(others[0].name)
    parts: list[Part] = [
        Paragraph(
            text(
                "This week you practise with *{names}*. Half an hour: you interview {first}, "
                "then {back} interviews you.",
                names=names_of(others),
                first=first,
                back=first_name(others[-1].name),
            )
        )
    ]
    parts += [Paragraph(each) for each in _clocks(ctx, others)]
    if asked := _questions(ctx, pairing):
        parts.append(Paragraph(_role(ctx, first)))
        parts.append(Listing(tuple(Row(text("{ask}", ask=each)) for each in asked)))
    parts.append(
        Paragraph(text("Afterwards tell each other one thing you liked and one to try next time."))
    )
    ids = [ctx.member.id, *(each.id for each in others)]
    done = button("We practised", call("pair met", pairing=pairing.id))
    if common_ground(ctx.store, ids) is None:
        return [
            *parts,
            Paragraph(apart(others)),
            Buttons((done,)),
        ]
    chat = button("Open a chat", call("pair chat", pairing=pairing.id), style="main")
    return [*parts, Buttons((chat, done))]


def apart(others: Sequence[Member]) -> Text:
    """Where no conversation can hold them."""
    return text(
        "I can open no chat that all of you are in. A word to {names} in class or in the channel "
        "does it.",
        names=names_of(others),
    )


def _role(ctx: Context, first: str) -> Text:
    if ctx.member.field:
        said = "Your three questions; {first} plays somebody who works in {field}:"
        return text(said, first=first, field=ctx.member.field)
    return text(
        "Your three questions; {first} plays somebody whose work interests you:", first=first
    )


def _clocks(ctx: Context, others: Sequence[Member]) -> list[Text]:
    """Their time where it is not mine."""
    mine = ctx.now.to_tz(ctx.zone)
    said: list[Text] = []
    for each in others:
        theirs = ctx.now.to_tz(each.zone) if each.zone else mine
        if theirs.offset != mine.offset:
            clock = f"{theirs.hour}:{theirs.minute:02}"
            here = f"{mine.hour}:{mine.minute:02}"
            words = "When it is {here} for you, it is {clock} for {name}."
            said.append(text(words, here=here, clock=clock, name=first_name(each.name)))
    return said


def _questions(ctx: Context, pairing: Pairing) -> list[str]:
    """One of each part, for the field that I prepare for."""
    fields = ctx.content.fields_for(ctx.cohort).ids_of(ctx.member.field) if ctx.member.field else ()
    seed = f"practice:{pairing.id}:{ctx.member.id}"
    found = [
        pick(ctx.content.questions_for(ctx.cohort), part, fields, (), f"{seed}:{part}")
        for part in PARTS
    ]
    return [each.ask for each in found if each is not None]


def alone_parts(ctx: Context, pairing: Pairing) -> list[Part]:
    """For whoever has nobody this week."""
    again = pairing.week.add(days=7)
    if len(members_of(pairing)) > 1:
        said = text(
            "Your practice partner cannot make it this week. You come first on {day}.",
            day=Day(again),
        )
    else:
        said = text(
            "There is nobody new to practise with this week, so you have it off. You come first "
            "on {day}.",
            day=Day(again),
        )
    return [
        Paragraph(said),
        Buttons((button("A question to practise", call("question")),)),
        Note(text("You wanted a practice partner; `/intro pair` changes that.")),
    ]


def hello_parts(ctx: Context, members: Sequence[Member]) -> list[Part]:
    """What all of them read in their chat."""
    names = [first_name(each.name) for each in members]
    clocks = {
        f"{(there := ctx.now.to_tz(each.zone)).hour}:{there.minute:02}"
        for each in members
        if each.zone
    }
    parts: list[Part] = [
        Title(text("{names}: your practice of this week", names=" and ".join(names))),
        Paragraph(
            text(
                "Find half an hour. {one} begins and asks three questions: how you came to it, "
                "what the work is like, what comes next. Then change places. At the end, each "
                "names one thing they liked and one to try next time.",
                one=names[0],
            )
        ),
    ]
    if len(clocks) > 1:
        now = ", ".join(
            f"{(there := ctx.now.to_tz(each.zone)).hour}:{there.minute:02} for {name}"
            for each, name in zip(members, names, strict=True)
            if each.zone
        )
        parts.append(Paragraph(text("Your clocks differ: it is {now} now.", now=now)))
    parts.append(Paragraph(text("To begin: what was the best advice anybody gave you this term?")))
    return parts
