"""Snooze: any nudge again later, counted from the press; its series is untouched (FEATURES F4)."""

from dataclasses import replace
from typing import Annotated

from bot.command import Ask, command
from bot.context import Context
from bot.domain.asks import Ask as Asked
from bot.domain.cadence import NUDGE_SNOOZES, Snooze, hour, offered_snoozes, snooze
from bot.domain.cohort import Numbers
from bot.domain.meetings import Meeting
from bot.domain.owed import Owed, OwedState, Urgency
from bot.domain.people import Contact
from bot.domain.talks import Promise, Talk
from bot.invocation import Call, call, read, write
from bot.parameters import EnumKind
from bot.refusal import refuse
from bot.reply import Menu, Moment, Option, Reply, Text, answer, text

SNOOZED = "snoozed:"


def _words(kind: Snooze, numbers: Numbers) -> Text:
    match kind:
        case Snooze.HOUR if numbers.snooze_hours == 1:
            return text("in an hour")
        case Snooze.HOUR:
            return text("in {n} hours", n=numbers.snooze_hours)
        case Snooze.TONIGHT:
            return text("tonight at {time}", time=hour(numbers.snooze_evening))
        case Snooze.TOMORROW:
            return text("tomorrow at {time}", time=hour(numbers.snooze_morning))
        case Snooze.MONDAY:
            return text("Monday at {time}", time=hour(numbers.snooze_morning))
        case Snooze.TWO_WEEKS:
            return text("in two weeks")
        case Snooze.MONTH:
            return text("in a month")
        case Snooze.THREE_MONTHS:
            return text("in three months")


def snooze_menu(
    ctx: Context, again: Call, subject: str, kinds: tuple[Snooze, ...] = NUDGE_SNOOZES
) -> Menu:
    """What stands under a nudge: the same again, later."""
    numbers = ctx.cohort.numbers
    offered = kinds if kinds != NUDGE_SNOOZES else offered_snoozes(ctx.now, ctx.zone, numbers)
    options = tuple(
        Option(
            _words(kind, numbers), call("later", what=write(again), about=subject, when=kind.value)
        )
        for kind in offered
    )
    about = _about(ctx, subject)
    named = text("{about}: remind me later", about=about) if about is not None else None
    return Menu(text("Remind me later"), options, replaces=True, among_others=named)


_MATTERS = {
    "week": text("Check-in"),
    "dry": text("New names"),
    "internship": text("Your internship"),
}
_FILED = {"talk": Talk, "ask": Asked, "meeting": Meeting}


def _about(ctx: Context, subject: str) -> Text | None:
    """Whom or what a nudge is about, by what it is filed under; None where that has no name."""
    kind, _, number = subject.partition(":")
    if kind in _MATTERS:
        return _MATTERS[kind]
    person = _person(ctx, kind, int(number)) if number.isdecimal() else None
    return text("{name}", name=person.name) if person is not None else None


def _person(ctx: Context, kind: str, number: int) -> Contact | None:
    if kind in ("contact", "introduced"):
        return ctx.store.get(Contact, number)
    if kind == "promise":
        promise = ctx.store.get(Promise, number)
        return _person(ctx, "talk", promise.talk_id) if promise is not None else None
    row = ctx.store.get(_FILED[kind], number) if kind in _FILED else None
    return ctx.store.get(Contact, row.contact_id) if row is not None else None


def _snoozed(ctx: Context, again: Call, about: str) -> Owed | None:
    """The same put off by an earlier press; the last choice counts, and it comes once."""
    planned = ctx.store.find(
        Owed,
        member_id=ctx.member.id,
        command=again.command,
        subject=about,
        state=OwedState.DUE,
    )
    return next((each for each in planned if each.occurrence.startswith(SNOOZED)), None)


def _was_theirs(ctx: Context, again: Call) -> bool:
    """Whether this very reminder was owed to this member; what is said again may say more of it.

    A reminder is written for its reader, and some for several or for the channel: a number changed
    by hand would bring somebody else's."""
    owed = ctx.store.find(Owed, member_id=ctx.member.id, command=again.command)
    return any(read(row.call).arguments.items() <= again.arguments.items() for row in owed)


@command("later", "Put a reminder off.", listed=False)
def later(
    ctx: Context,
    what: Annotated[str, "", Ask.HIDDEN],
    about: Annotated[str, "", Ask.HIDDEN],
    when: Annotated[Snooze, "", Ask.HIDDEN, EnumKind(Snooze)],
) -> Reply:
    """The member chose the moment, so it comes then, quiet hours or not."""
    again = read(what)
    if not _was_theirs(ctx, again):
        raise refuse("That reminder is not there any more.")
    due = snooze(when, ctx.now, ctx.zone, ctx.cohort.numbers)
    waiting = _snoozed(ctx, again, about)
    if waiting is not None:
        ctx.store.save(replace(waiting, due=due))
    else:
        ctx.owe(
            again,
            due,
            subject=about,
            occurrence=f"{SNOOZED}{ctx.now.format_iso()}",
            urgency=Urgency.ANSWER,
        )
    return answer(text("I’ll come back to it {when}.", when=Moment(due)))
