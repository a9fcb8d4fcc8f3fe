"""What would be sent to a member on a day to come, as things stand: a dry run (FEATURES H4).

The same decisions and the same words as when it is sent; whatever making them writes is undone.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import NoReturn

from whenever import Date, Instant, TimeDelta

from bot.arguments import read_arguments
from bot.context import Context
from bot.domain.cadence import MIDNIGHT, at_local, local_day
from bot.domain.cohort import Member
from bot.domain.owed import Owed, OwedState
from bot.domain.recipients import ToChannel, recipient_of
from bot.domain.timing import Drop, Go, Hold, Listener, decide
from bot.domain.weeks import monday_of
from bot.invocation import Actor, Invocation, Place, read
from bot.listening import listener_of
from bot.reply import Answer
from bot.weekly import differs, rows_of

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


def coming(
    ctx: Context, member: Member, day: Date, zone: str, expected: Iterable[Owed] = ()
) -> list[Coming]:
    """What would come, in its order; what would have nothing to say is left out.

    ``expected``: rows of theirs that hang on what is not planned yet, so that nobody knows their
    words."""
    listener = listener_of(ctx.store, member, ctx.now)
    found: list[Coming] = []
    unknown = list(expected)
    for row in (*_rows(ctx, member, day, zone), *unknown):
        at = _goes(row, listener, ctx.now)
        if at is None or local_day(at, zone) != day:
            continue
        if row in unknown:
            found.append(Coming(row, at, None))
            continue
        known = ctx.registry.get(row.command) is not None
        said = words(ctx, member, row, at) if known else None
        if said is not None or not known:
            found.append(Coming(row, at, said))
    return sorted(found, key=lambda each: (each.at, each.row.id))


def _rows(ctx: Context, member: Member, day: Date, zone: str) -> Iterator[Owed]:
    """What is planned, and what the calendar will plan or move by then."""
    planned = {
        (row.command, row.occurrence): row
        for row in ctx.store.find(Owed, member_id=member.id, subject="")
    }
    moved: set[int] = set()
    if member.hears:
        from_ = max(ctx.now, at_local(monday_of(day), MIDNIGHT, zone))
        for row in rows_of(ctx.cohort, member, zone, from_):
            there = planned.get((row.command, row.occurrence))
            if differs(there, row, ctx.now):
                moved |= {there.id} if there is not None else set()
                yield row
    for row in ctx.store.find(Owed, member_id=member.id, state=OwedState.DUE):
        if row.id not in moved:
            yield row


def posts(ctx: Context, day: Date, zone: str) -> list[Owed]:
    """What waits for the channel, and would be there on that day."""
    waiting = ctx.store.find(Owed, member_id=None, state=OwedState.DUE)
    return [
        row
        for row in waiting
        if isinstance(recipient_of(row.to), ToChannel)
        and local_day(max(ctx.now, row.due), zone) == day
    ]


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
