"""A classmate to practise with, every week or every second: opt in, who it is, did you (E5)."""

from dataclasses import replace
from typing import Annotated

from bot.command import Ask, command, reminder
from bot.commands.later import snooze_menu
from bot.commands.pairing_words import (
    alone_parts,
    apart,
    hello_parts,
    names_of,
    others_in,
    partner_parts,
    pick_buttons,
)
from bot.context import Context
from bot.domain.cohort import Member, Role
from bot.domain.pairing import members_of
from bot.domain.pairings import Pairing
from bot.domain.weeks import monday_of
from bot.invocation import call
from bot.parameters import OneOf
from bot.ports import AtLeast, Not
from bot.refusal import RefusalError, refuse
from bot.reply import Answer, Buttons, Day, Note, Paragraph, Part, Reply, Text, answer, button, text
from bot.rounds import join_late
from bot.together import common_ground

WEEKS = {"1": "Every week", "2": "Every second week", "0": "No more"}


@command("intro pair", "A classmate to practise talks with, every week or every second.")
def pair(
    ctx: Context,
    how: Annotated[str | None, "every week, every second week, or no more", OneOf(WEEKS)] = None,
) -> Reply:
    """Opting in means that partners see one's name and time zone, and it says so."""
    if ctx.member.role is Role.ALUM:
        raise refuse("Practice partners are for students. Thank you for asking!")
    if how is None:
        return _offer(ctx)
    every = int(how)
    if every and not ctx.member.hears:
        label = text("Opt in") if ctx.member.opted_in is None else text("Start again")
        raise refuse(
            "Your partner’s name comes by message, so I need your yes to messages first.",
            Buttons((button(label, call("settings start"), style="main"),)),
        )
    member = replace(ctx.member, pairs_every=every)
    ctx.store.save(member)
    now = replace(ctx, member=member)
    return _joined(now) if every else _left(now)


def _offer(ctx: Context) -> Answer:
    every = ctx.member.pairs_every
    parts: list[Part] = [
        Paragraph(
            text(
                "Practise before the real talk: half an hour with a classmate, somebody new each "
                "time. You interview each other with three questions."
            )
        ),
        Note(text("Your partner sees your name and your time zone, nothing else of yours.")),
    ]
    if every:
        parts.insert(0, Paragraph(text("You are in: {how}.", how=WEEKS[str(every)].lower())))
    extra = (button("This week’s partner", call("pair week")),) if every else ()
    return answer(*parts, Buttons((*extra, *pick_buttons(every))))


def _joined(ctx: Context) -> Answer:
    said = text("You’re in: {how}.", how=WEEKS[str(ctx.member.pairs_every)].lower())
    now = _of_this_week(ctx)
    if now is None or len(members_of(now)) == 1:
        now = join_late(ctx.store, ctx.cohort, ctx.member, ctx.now) or now
    if now is not None and others_in(ctx, now):
        return answer(said, *partner_parts(ctx, now))
    return answer(
        said,
        _when(ctx),
        Note(text("Your partner sees your name and your time zone, nothing else of yours.")),
        Buttons(pick_buttons(ctx.member.pairs_every)),
    )


def _when(ctx: Context) -> Text:
    """When they hear of a partner; to the first, that they are it."""
    others = ctx.store.find(
        Member, pairs_every=AtLeast(1), id=Not(ctx.member.id), opted_in=Not(None), stopped=None
    )
    if not others:
        return text("You are the first. As soon as a classmate joins, I pair the two of you.")
    return text(
        "Your partner’s name comes on {day}, or sooner if somebody is free this week.",
        day=Day(monday_of(ctx.today).add(days=7)),
    )


def _left(ctx: Context) -> Answer:
    parts: list[Part] = [Paragraph(text("No more partners. Come back whenever you like."))]
    now = _of_this_week(ctx)
    others = others_in(ctx, now) if now is not None and now.met is None else []
    if others:
        parts.append(
            Paragraph(
                text(
                    "This week *{names}* may count on you still; a short word would be kind.",
                    names=names_of(others),
                )
            )
        )
    return answer(*parts, Buttons(pick_buttons(0)))


def _of_this_week(ctx: Context) -> Pairing | None:
    """The member's pairing of this week, or of the one that begins tomorrow."""
    planned = ctx.store.find(Pairing, order="-week", week=AtLeast(monday_of(ctx.today)))
    return next((each for each in planned if ctx.member.id in members_of(each)), None)


def _mine(ctx: Context, number: int) -> Pairing | None:
    found = ctx.store.get(Pairing, number)
    return found if found is not None and ctx.member.id in members_of(found) else None


@command("pair week", "This week’s practice partner.", listed=False, reads=True)
def week(ctx: Context) -> Reply:
    """Who it is, and what to do; else how to have one."""
    now = _of_this_week(ctx)
    if now is not None and others_in(ctx, now):
        return answer(*partner_parts(ctx, now))
    if not ctx.member.pairs_every:
        return _offer(ctx)
    return answer(
        _when(ctx) if now is None else text("Nobody new this week. The next names come on Monday."),
        Buttons(pick_buttons(ctx.member.pairs_every)),
    )


@reminder("pair partner")
def partner(ctx: Context, pairing: Annotated[int, "", Ask.HIDDEN]) -> Answer | None:
    """Who it is this week; kindly, when there is nobody."""
    found = _mine(ctx, pairing)
    if found is None or found.met is not None or found.week < monday_of(ctx.today):
        return None
    if not ctx.member.pairs_every:
        return None
    if others_in(ctx, found):
        return answer(
            *partner_parts(ctx, found),
            snooze_menu(ctx, call("pair partner", pairing=pairing), f"pairing:{pairing}"),
            Note(text("You wanted a practice partner; `/intro pair` changes that.")),
        )
    return answer(*alone_parts(ctx, found)) if _first_time_alone(ctx, found) else None


def _first_time_alone(ctx: Context, now: Pairing) -> bool:
    """Nobody hears week after week that nobody is there."""
    before = ctx.store.find(Pairing, first_id=ctx.member.id, week=now.week.subtract(days=7))
    return all(len(members_of(each)) > 1 for each in before)


@reminder("pair ask")
def ask(ctx: Context, pairing: Annotated[int, "", Ask.HIDDEN]) -> Answer | None:
    """On Friday; nothing once one of them has said so."""
    found = _mine(ctx, pairing)
    if found is None or found.met is not None or found.week.add(days=13) < ctx.today:
        return None
    others = others_in(ctx, found)
    if not others:
        return None
    return answer(
        text("Did you practise with *{names}* this week?", names=names_of(others)),
        Buttons(
            (
                button("Yes", call("pair met", pairing=pairing), style="main", replaces=True),
                button("Not this week", call("pair skipped", pairing=pairing), replaces=True),
            )
        ),
    )


@command("pair met", "We practised.", listed=False)
def met(ctx: Context, pairing: Annotated[int, "", Ask.HIDDEN]) -> Reply:
    """One word of one of them is enough; the next step is the real thing."""
    found = _mine(ctx, pairing)
    if found is None:
        raise refuse("That practice is not in your list any more.")
    if found.met is None:
        ctx.store.save(replace(found, met=ctx.now))
    return answer(
        text("Good. What went well once goes well again: who is the real talk with?"),
        Buttons(
            (
                button("Draft a note", call("ask draft"), style="main"),
                button("Book a talk", call("interview book")),
            )
        ),
    )


@command("pair skipped", "Not this week.", listed=False, reads=True)
def skipped(ctx: Context, pairing: Annotated[int, "", Ask.HIDDEN]) -> Reply:
    """No blame; what is too much can be less."""
    if _mine(ctx, pairing) is None:
        raise refuse("That practice is not in your list any more.")
    rarer = ctx.member.pairs_every == 1
    fewer = (button("Every second week", call("intro pair", how="2"), replaces=True),)
    return answer(
        text("That happens. You can still catch up, or meet the next partner."),
        Buttons(
            (
                *(fewer if rarer else ()),
                button("No more", call("intro pair", how="0"), replaces=True),
                button("Something felt wrong", call("concern tell")),
            )
        ),
    )


@command("pair chat", "A chat of the two of you.", listed=False)
def chat(ctx: Context, pairing: Annotated[int, "", Ask.HIDDEN]) -> Reply:
    """Opened by one press, once; where they cannot meet it says so."""
    found = _mine(ctx, pairing)
    others = others_in(ctx, found) if found is not None else []
    if found is None or not others:
        raise refuse("That practice is not in your list any more.")
    ids = [ctx.member.id, *(each.id for each in others)]
    if common_ground(ctx.store, ids) is None:
        raise RefusalError(apart(others))
    opened = ctx.owe_together(
        call("pair hello", pairing=pairing),
        ids,
        subject=f"pairing:{pairing}",
        occurrence=found.week.format_iso(),
    )
    if opened is None:
        return answer(text("That chat is open already: look for *{n}*.", n=names_of(others)))
    return answer(
        text("Opening a chat with *{names}*. Propose a time there.", names=names_of(others))
    )


@reminder("pair hello")
def hello(ctx: Context, pairing: Annotated[int, "", Ask.HIDDEN]) -> Answer | None:
    """The first words in their chat; all of them read it."""
    found = ctx.store.get(Pairing, pairing)
    several = [ctx.store.get(Member, each) for each in members_of(found)] if found else []
    here = [each for each in several if each is not None and each.hears]
    if found is None or len(here) < 2:
        return None
    return answer(*hello_parts(ctx, here))
