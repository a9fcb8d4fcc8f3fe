"""The n-th call to the database or over the network fails, for n = 1, 2, 3 … until none is left.

A statement, a commit and a request each count as a call. It fails before it had its effect, or
after; the clock is moved by hand, and every world is new.
"""

import asyncio
import contextlib
import itertools
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from bot.domain.owed import Owed, OwedState
from storage.database import Database
from tests.chaos.nth_fault_world import MESSAGES, bare
from tests.chaos.standing import OPEN, World
from tests.chaos.table import Shown
from tests.servers.postgres import running

STEP, STEPS = 10.0, 30
"""Seconds that the clock is moved by, and how often at most: well over two minutes."""
ALL, DEAR = ("statement", "commit", "request"), ("commit", "request")
"""What counts as a call; in the short form only what has an effect that may be left hanging."""
STRIDE = 11
"""Between two n in the short form."""
MUST = "0 lost, 0 doubled, for every n"


class Kind(StrEnum):
    """How the call fails."""

    BEFORE = "before its effect"
    AFTER = "after its effect"


class FaultError(Exception):
    """What the driver says."""


@dataclass(slots=True)
class Fate:
    """Counts calls, and fails the n-th."""

    nth: int
    kind: Kind
    counted: Sequence[str] = ALL
    calls: Counter[str] = field(default_factory=Counter)
    hit: str = ""

    def meets(self, what: str) -> bool:
        """One more call; whether it is the one."""
        if what not in self.counted:
            return False
        self.calls[what] += 1
        if self.calls.total() != self.nth:
            return False
        self.hit = what
        return True

    def over(self, database: Database) -> None:
        """The database's statements and commits from now on."""
        engines = {id(each.dialect): each for each in (database.writer, database.readers)}
        for engine in engines.values():
            event.listen(engine, "before_cursor_execute", self._due(Kind.BEFORE))
            event.listen(engine, "after_cursor_execute", self._due(Kind.AFTER))
            vars(engine.dialect)["do_commit"] = self._committing(engine.dialect.do_commit)

    def _committing(self, commit: Callable[[Any], None]) -> Callable[[Any], None]:
        def do_commit(connection: Any) -> None:
            fails = self.meets("commit")
            if fails and self.kind is Kind.BEFORE:
                raise _lost("commit")
            commit(connection)
            if fails:
                raise _lost("commit")

        return do_commit

    def _due(self, kind: Kind) -> Any:
        def statement(*_: Any) -> None:
            if kind is self.kind and self.meets("statement"):
                raise _lost("statement")

        return statement


def _lost(what: str) -> OperationalError:
    return OperationalError(what, None, FaultError("the line is gone"))


@dataclass(slots=True)
class Seen:
    """What came of all n."""

    runs: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    states: Counter[str] = field(default_factory=Counter)
    last: int = 0
    said: dict[int, list[str]] = field(default_factory=dict)
    """Why a message was not sent, by its row, in the world that is looked at."""

    def hear(self, _logger: object, _name: str, told: Any) -> Any:
        """What is logged is kept for whoever asks why something was lost."""
        self.said.setdefault(told.get("row", 0), []).append(str(told.get("why", told["event"])))
        raise structlog.DropEvent


def run(long: bool) -> Iterator[Shown]:
    """On SQLite every n, or some of them; in the long form on PostgreSQL too."""
    before = structlog.get_config()
    try:
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            yield _all("SQLite", f"sqlite:///{folder}/%s.sqlite", long)
            if long:
                try:
                    server = stack.enter_context(running())
                except LookupError:
                    yield Shown("n-th fault, PostgreSQL", MUST, "no server", False)
                    return
                yield _all("PostgreSQL", server.url("%s"), long)
    finally:
        structlog.configure(**before)


def _all(where: str, url: str, long: bool) -> Shown:
    begun = time.monotonic()
    seen = Seen()
    structlog.configure(processors=[seen.hear])
    for kind in Kind:
        for nth in itertools.count(1, 1 if long else STRIDE):
            fate = Fate(nth, kind, ALL if long else DEAR)
            asyncio.run(_one(url % f"n{kind.name.lower()}{nth}", fate, seen))
            seen.last = max(seen.last, nth)
            if not fate.hit:
                break
            seen.runs[f"{fate.hit} fails {kind}"] += 1
    faults = ", ".join(f"{many} × {what}" for what, many in sorted(seen.runs.items()))
    states = ", ".join(f"{many} {state}" for state, many in sorted(seen.states.items()))
    counts = (
        f"{sum(seen.runs.values())} faults ({faults}), until n = {seen.last} was not reached"
        f"{'' if long else f' (every {STRIDE}th commit or request)'}; {states}; "
        f"{len(seen.lost)} lost, {len(seen.doubled)} doubled "
        f"{(seen.lost + seen.doubled)[:6] or ''} "
        f"({time.monotonic() - begun:.0f} s)"
    )
    return Shown(f"n-th fault, {where}", MUST, counts, not seen.lost and not seen.doubled)


async def _one(url: str, fate: Fate, seen: Seen) -> None:
    """One world, one fault."""
    seen.said.clear()
    async with bare(url, lambda: fate.meets("request"), fate.kind is Kind.AFTER) as world:
        fate.over(world.database)
        for _ in range(STEPS):
            with contextlib.suppress(OperationalError):  # the engine's own look comes round again
                await world.engine.tick()
            world.moves(STEP)
            if not await asyncio.to_thread(_is_open, world):
                break
        fate.counted = ()
        _judge(world, fate, seen)


def _is_open(world: World) -> bool:
    """Whether a message has not come to its end; the fault may hit this look too."""
    try:
        return any(row.state in OPEN for row in world.rows())
    except OperationalError:
        return True


def _judge(world: World, fate: Fate, seen: Seen) -> None:
    there = world.shown()
    name = f"{fate.hit} {fate.nth} {fate.kind}"
    rows = world.rows()
    if len(rows) != MESSAGES:
        seen.lost.append(f"{name}: {len(rows)} rows")
    for row in rows:
        many = there[row.subject]
        seen.states[f"{row.state} on {_surface(row)}"] += 1
        if many > 1:
            seen.doubled.append(f"{name}: {row.subject}")
        if _is_lost(row, many, _surface(row)):
            seen.lost.append(f"{name}: {row.subject} {row.state}, {seen.said.get(row.id)}")


def _surface(row: Owed) -> str:
    return row.subject.partition(" ")[0]


def _is_lost(row: Owed, many: int, surface: str) -> bool:
    """Unknown is an end on Slack, which has no nonce; nowhere else after one fault."""
    if row.state is OwedState.UNKNOWN:
        return surface == "discord"
    return row.state is not OwedState.SENT or many == 0
