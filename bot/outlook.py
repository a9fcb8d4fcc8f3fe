"""What would be sent to a member on a day to come, as things stand: a dry run (FEATURES H4).

The same decisions and the same words as when it is sent; whatever making them writes is undone.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import NoReturn

from whenever import Date, Instant, TimeDelta

from bot.arguments import read_arguments
from bot.context import Context
from bot.domain.cadence import MIDNIGHT, at_local, local_day
from bot.domain.cohort import Member
from bot.domain.owed import Owed, OwedState
from bot.domain.timing import Drop, Go, Hold, Listener, decide
from bot.domain.weeks import monday_of
from bot.invocation import Actor, Invocation, Place, read
from bot.listening import listener_of
from bot.reply import Answer
from bot.weekly import rows_of

TRIES = 60
"""How often a row may be put off before it is given up on: a message a day puts off for a day."""
MOMENT = TimeDelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Coming:
    """A message of that day, when it would go, and its words as of now."""

    row: Owed
    at: Instant
    answer: Answer | None


class _UndoneError(Exception):
    """Takes back whatever was written meanwhile."""


def coming(ctx: Context, member: Member, day: Date, zone: str) -> list[Coming]:
    """What would come, in its order; what would have nothing to say is left out."""
    listener = listener_of(ctx.store, member, ctx.now)
    found: list[Coming] = []
    for row in _rows(ctx, member, day, zone):
        at = _goes(row, listener, ctx.now)
        if at is None or local_day(at, zone) != day:
            continue
        known = ctx.registry.get(row.command) is not None
        said = words(ctx, member, row, at) if known else None
        if said is not None or not known:
            found.append(Coming(row, at, said))
    return sorted(found, key=lambda each: (each.at, each.row.id))


def _rows(ctx: Context, member: Member, day: Date, zone: str) -> Iterator[Owed]:
    """What is planned, and what the calendar will plan by then."""
    yield from ctx.store.find(Owed, member_id=member.id, state=OwedState.DUE)
    if not member.hears:
        return
    there = {
        (row.command, row.occurrence)
        for row in ctx.store.find(Owed, member_id=member.id, subject="")
    }
    from_ = max(ctx.now, at_local(monday_of(day), MIDNIGHT, zone))
    for row in rows_of(ctx.cohort, member, zone, from_):
        if (row.command, row.occurrence) not in there:
            yield row


def _goes(row: Owed, listener: Listener, now: Instant) -> Instant | None:
    """When it would go; None: never."""
    moment = now
    for _ in range(TRIES):
        match decide(row, listener, moment):
            case Go():
                return moment
            case Hold(until):
                moment = max(until, moment + MOMENT)
            case Drop():
                return None
    return None


def words(ctx: Context, member: Member, row: Owed, at: Instant) -> Answer | None:
    """What it would say at that moment; None: nothing."""
    called = read(row.call)
    command = ctx.registry.get(called.command)
    if command is None:
        return None
    nobody = Invocation(called.command, Actor("", "", "", member.name), Place(), "")
    then = replace(ctx, member=member, now=at, place=Place(), said=nobody)
    said: list[Answer] = []
    with suppress(_UndoneError), ctx.store.attempt():
        arguments = read_arguments(command, called.arguments, then)
        if not arguments.bad and not arguments.missing:
            made = command.handler(then, **arguments.values)
            said += [made] if isinstance(made, Answer) else []
        _undo()
    return said[0] if said else None


def _undo() -> NoReturn:
    raise _UndoneError
