"""The menu of who only gives: their place on the list, and who waits for an answer (K4)."""

from bot.context import Context
from bot.domain.asks import Ask
from bot.domain.cohort import Member
from bot.domain.introductions import Introduction
from bot.domain.people import Alum
from bot.domain.spelled import minutes
from bot.intro_waiting import waiting_for
from bot.invocation import call
from bot.ports import Not
from bot.reply import (
    Answer,
    Button,
    Buttons,
    Day,
    Listing,
    Note,
    Paragraph,
    Part,
    Row,
    Text,
    answer,
    button,
    text,
)
from bot.volunteering import back_on, entry_of, is_listed, says_paused

MOST = 5
"""Students who are shown at once; alumni name a number of requests a month, and it is small."""


def welcome_alum(ctx: Context) -> Answer:
    """What an alum says yes to; a student is asked for something else."""
    return answer(
        text(
            "Students of this class may ask you for {long}: advice, never a job. I bring you each "
            "request here, within the number you named. Yes, later and no are all fine. Stop any "
            "time.",
            long=minutes(ctx.cohort.numbers),
        ),
        Buttons(
            (
                button("Bring me requests", call("settings start"), style="main", replaces=True),
                *_place(ctx),
            )
        ),
    )


def menu_alum(ctx: Context) -> Answer:
    """Who waits first; then what they may change."""
    if ctx.member.opted_in is None:
        return welcome_alum(ctx)
    entry = entry_of(ctx.store, ctx.member.id)
    parts: list[Part] = [Paragraph(_stands(ctx, entry))]
    rows = [_row(each, student) for each, student in _waiting(ctx, entry)][:MOST]
    rows += [_introduction(each, said) for each, said in waiting_for(ctx)][:MOST]
    if rows:
        parts.append(Listing(tuple(rows)))
    elif entry is not None and is_listed(entry):
        parts.append(Note(text("Nobody waits for you.")))
    more = (button("My settings", call("settings show")), button("Find alumni", call("alum find")))
    return answer(*parts, Buttons((*_place(ctx), *more)))


def help_alum(ctx: Context) -> Answer:
    """Who asks for help in plain words needs no table of commands."""
    return answer(
        text(
            "Say what you want in your own words: “pause”, “too many requests”, “leave the list”, "
            "“stop”."
        ),
        Buttons((*_place(ctx), button("All commands", call("snowball", words="help")))),
    )


def _place(ctx: Context) -> tuple[Button, ...]:
    entry = entry_of(ctx.store, ctx.member.id)
    if entry is None:
        return (
            button("List me as alum", call("alum volunteer"), style="main"),
            button("I study here", call("alum study")),
        )
    return (button("My place on the list", call("alum me")),)


def _stands(ctx: Context, entry: Alum | None) -> Text:
    if entry is None or not is_listed(entry):
        return text("You are not on the list: no student finds you.")
    if says_paused(ctx.store, entry):
        day = back_on(entry)
        return (
            text("You are paused until {day}: no new requests.", day=Day(day))
            if day is not None
            else text("You are paused: no new requests until you say so.")
        )
    most = entry.asks_per_month or ctx.cohort.numbers.alum_asks_a_month
    if most == 1:
        return text("You are on the list: at most one request a month.")
    return text("You are on the list: at most {n} requests a month.", n=most)


def _waiting(ctx: Context, entry: Alum | None) -> list[tuple[Ask, Member]]:
    """Open requests that were put to them here."""
    if entry is None:
        return []
    asks = ctx.store.find(Ask, alum_id=entry.id, outcome="", carried=Not(None), order="carried")
    found = [(each, ctx.store.get(Member, each.member_id)) for each in asks]
    return [(ask, student) for ask, student in found if student is not None]


def _introduction(intro: Introduction, said: Text) -> Row:
    return Row(said, None, (button("Show", call("intro show", intro=intro.id)),))


def _row(ask: Ask, student: Member) -> Row:
    return Row(
        text("*{name}* asks you for a talk", name=student.name),
        None,
        (
            button("Yes", call("ask yes", ask=ask.id), style="main"),
            button("Later", call("ask not-now", ask=ask.id)),
            button("No", call("ask no", ask=ask.id)),
        ),
    )
