"""The end of a class for who organises it: when, what happens, and what stays (FEATURES G5)."""

from dataclasses import replace
from typing import Annotated

from whenever import Date

from bot.command import command
from bot.commands.student import counted
from bot.context import Context
from bot.domain.cohort import Member, Role
from bot.domain.owed import Owed, OwedState
from bot.domain.term import ended, notice_day
from bot.invocation import call
from bot.ports import Not
from bot.reply import (
    Answer,
    Button,
    Buttons,
    Day,
    Fact,
    Facts,
    Listing,
    Paragraph,
    Reply,
    Row,
    Text,
    Title,
    answer,
    button,
    text,
)
from bot.time_kinds import DayKind
from bot.weekly import LEAVING, plan_member

HAPPENS = (
    text("Everybody hears of it once: export, stay-in-touch calendar, a lasting address, “List "
         "me as alum”."),
    text("After the last day I write rarely: a check-in a month, and staying in touch goes on."),
    text("Nobody is nudged to ask strangers any more, and you nudge nobody."),
    text("Your overview stands still: what students do later is theirs."),
)  # fmt: skip


@command("cohort end", "When your class ends, and what happens then.", who=Role.ORGANISER)
def end(
    ctx: Context,
    day: Annotated[Date | None, "the last day; empty shows what is planned", DayKind("any")] = None,
) -> Reply:
    """Naming the day plans everything; it can be moved until it has come."""
    if day is None:
        return _card(ctx)
    saved = replace(ctx.cohort, ends=day)
    ctx.store.save_cohort(saved)
    now = replace(ctx, cohort=saved)
    if not ended(saved, ctx.today):
        _plan(now)
    return _card(now)


def _plan(ctx: Context) -> None:
    """What every member is owed, in the light of the dates."""
    for each in ctx.store.find(Member, opted_in=Not(None), stopped=None, role=Not(Role.ALUM)):
        plan_member(ctx.store, ctx.cohort, each, ctx.now)


def _card(ctx: Context) -> Answer:
    ends = ctx.cohort.ends
    if ends is None:
        return answer(
            text("Your class has no last day yet. Name one: `/cohort end` and the date."),
            Buttons((button("Name and dates", call("cohort start"), style="main"),)),
        )
    over = ended(ctx.cohort, ctx.today)
    title = text("Your class ended on {day}" if over else "Your class ends on {day}", day=Day(ends))
    rows = [Fact(text("Told so far"), text("{n}", n=_told(ctx)))]
    notice = notice_day(ctx.cohort)
    if notice is not None and notice > ctx.today:
        rows.insert(0, Fact(text("Everybody hears of it"), text("{day}", day=Day(notice))))
    buttons: list[Button] = []
    if not over and notice is not None and notice > ctx.today:
        buttons.append(button("Tell everybody now", call("cohort tell"), style="main"))
    buttons += [
        button("Overview", call("cohort overview")),
        button("Name and dates", call("cohort start")),
    ]
    return answer(
        Title(title),
        Facts(tuple(rows)),
        Listing(tuple(Row(each) for each in HAPPENS)),
        Buttons(tuple(buttons)),
    )


def _told(ctx: Context) -> Text:
    sent = ctx.store.count(Owed, command=LEAVING, subject="", state=OwedState.SENT)
    return text("{n}", n=counted(sent, "member") if sent else "nobody yet")


@command(
    "cohort tell", "Tell everybody now that the class will end.", who=Role.ORGANISER, listed=False
)
def tell(ctx: Context) -> Reply:
    """Sooner than planned; whoever heard of it is not told twice."""
    if ctx.cohort.ends is None or ended(ctx.cohort, ctx.today):
        return _card(ctx)
    members = ctx.store.find(Member, opted_in=Not(None), stopped=None, role=Not(Role.ALUM))
    owed = [
        ctx.owe(call(LEAVING), ctx.now, subject="", occurrence="told", member_id=each.id)
        for each in members
    ]
    told = sum(1 for each in owed if each is not None)
    if not told:
        return answer(text("Everybody has heard of it already, or will in a moment."))
    return answer(
        Paragraph(text("It goes to {n} at their next good hour.", n=counted(told, "member"))),
        Buttons((button("What happens then", call("cohort end")),)),
    )
