"""A worker that sends what is owed until it is killed at one of the nine points.

Everything in it is the product's own: engine, composer, settler, messengers, SDKs, storage. Only
its ports are watched, so that the process can end at the moment that the seed says.
"""

import asyncio
import contextlib
import os
import signal
import threading
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import aiohttp
from sqlalchemy import Connection, event

from adapters.discord.app import DiscordApp
from adapters.engine import Bell, Engine
from adapters.engines import make_waker
from adapters.slack.messenger import SlackMessenger
from adapters.slack.workspaces import Workspaces
from bot.command import Ask, Registry, reminder
from bot.content import Content
from bot.context import Context
from bot.delivery import sending
from bot.dispatch import Dispatcher
from bot.domain.owed import Owed, OwedState
from bot.limits import FREE
from bot.reply import Answer, answer, text
from storage.claims import Claims
from storage.database import Database
from storage.store import SqlStore
from tests.chaos.fates import HEADER, FastClock, Odds, Point

FIELDS: Any = None
"""Nothing here asks about fields of work."""
PATIENCE = sending.PATIENCE
A_COMMIT = 0.004
"""Seconds within which the worker ends once its commit has begun."""
row_under_way: ContextVar[int] = ContextVar("row_under_way", default=0)


@reminder("note")
def note(ctx: Context, about: Annotated[int, "", Ask.HIDDEN]) -> Answer:
    """A message with a number of its own."""
    return answer(text("Number {about}.", about=about))


REGISTRY = Registry({note.name: note})


@dataclass(slots=True)
class Reaper:
    """Ends this process where a row's fate says so, and writes that down first."""

    odds: Odds
    log: Path
    between: contextlib.AbstractContextManager[Any] = field(default_factory=contextlib.nullcontext)
    """SQLite's one writer, held while we stand still: a lock of the file held for minutes would
    stop everybody, which says nothing about leases (and PostgreSQL is stopped anywhere)."""
    attempts: dict[int, int] = field(default_factory=dict)

    def fate(self, row: int) -> Point:
        """What becomes of us at this attempt at the row."""
        return self.odds.fate(row, self.attempts.get(row, 0))

    def at(self, point: Point, row: int) -> None:
        """Die, if it is here."""
        if self.first(point, row):
            os.kill(os.getpid(), signal.SIGKILL)

    def first(self, point: Point, row: int, place: str = "") -> bool:
        """Whether it is here, and nobody met the same fate before us; it is written down."""
        if self.fate(row) is not point:
            return False
        met = self.log.parent / "met" / f"{row}-{self.attempts.get(row, 0)}"
        try:
            os.close(os.open(met, os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            return False
        self.write(f"{point} {place}".strip(), row)
        return True

    def stops_at(self, place: str, row: int) -> None:
        """Stand still, if it is at this place, until somebody continues us."""
        if self.fate(row) is Point.STOPPED:
            drawn = self.odds.chance("place", row, self.attempts.get(row, 0))
            here = place == PLACES[int(drawn * len(PLACES))]
            if here and self.first(Point.STOPPED, row, place):
                with self.between:
                    os.kill(os.getpid(), signal.SIGSTOP)

    def write(self, point: str, row: int) -> None:
        """One line, whole even when we end right after it."""
        line = f"{point}|{row}|{self.attempts.get(row, 0)}\n"
        with self.log.open("ab", buffering=0) as file:
            file.write(line.encode())


PLACES = ("after the claim", "after the lease was checked", "before settling")
"""Where a worker is stopped."""


class WatchedStore(SqlStore):
    """Notes the rows that are claimed and settled, and may end the process before they are."""

    watched: "WatchedDatabase"

    def save(self, row: Any) -> None:
        """The last moment before the row changes."""
        if isinstance(row, Owed):
            self.watched.notices(row)
        super().save(row)


class WatchedDatabase(Database):
    """A database whose transactions about a row may end with the process."""

    reaper: Reaper | None = None

    def watch(self, reaper: Reaper) -> None:
        """From now on."""
        self.reaper = reaper
        if self.is_sqlite:
            reaper.between = self._one_writer
        self.here = threading.local()
        if not event.contains(self.writer, "commit", self._commits):
            event.listen(self.writer, "commit", self._commits)

    def notices(self, row: Owed) -> None:
        """A row is about to be written in this thread's transaction."""
        if self.reaper is None:
            return
        if row.state is OwedState.SENDING and row.worker:
            self.reaper.attempts[row.id] = row.attempts
            if row.batch == row.id:
                self.reaper.at(Point.BEFORE_CLAIM, row.id)
                self.here.claimed = row.id
        elif row.state is OwedState.SENT:
            self.reaper.at(Point.BEFORE_COMMIT, row.id)
            self.here.settled = row.id

    @contextmanager
    def writing(
        self, cohort_id: int, one_at_a_time: str = "", patience: float = 0.0
    ) -> Generator[Any]:
        """One transaction, and what may come right after it."""
        if self.reaper is None:
            with super().writing(cohort_id, one_at_a_time, patience) as store:
                yield store
            return
        self.here.claimed = self.here.settled = 0
        with super().writing(cohort_id, one_at_a_time, patience) as store:
            yield store
        if claimed := self.here.claimed:
            self.reaper.at(Point.AFTER_CLAIM, claimed)
            self.reaper.stops_at(PLACES[0], claimed)
        if settled := self.here.settled:
            self.reaper.at(Point.AFTER_COMMIT, settled)

    def _commits(self, _connection: Connection) -> None:
        """The clock's signal ends us somewhere within the commit: nobody handles it."""
        settled = getattr(self.here, "settled", 0)
        reaper = self.reaper
        if settled and reaper is not None and reaper.first(Point.IN_COMMIT, settled):
            drawn = reaper.odds.chance("commit", settled, reaper.attempts.get(settled, 0))
            signal.setitimer(signal.ITIMER_REAL, max(drawn * A_COMMIT, 1e-6))

    def _store(self, connection: Connection, cohort_id: int, *, may_write: bool) -> SqlStore:
        store = WatchedStore(
            connection, self._say, self.schema, cohort_id, self.directory, may_write=may_write
        )
        store.watched = self
        return store


class Watched:
    """A messenger that knows which row it is about, and may end the process around the request."""

    limits = FREE
    """What a surface takes a second says nothing about kills, and those seconds are real ones."""

    def __init__(self, inner: Any, reaper: Reaper) -> None:
        self._inner, self._reaper = inner, reaper

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    async def to_member(self, *args: Any, **named: Any) -> Any:
        """A direct message: workspace, account, member, answer, nonce."""
        return await self._watched(self._inner.to_member, args[4], *args, **named)

    async def to_channel(self, *args: Any, **named: Any) -> Any:
        """A post: workspace, answer, nonce."""
        return await self._watched(self._inner.to_channel, args[2], *args, **named)

    async def _watched(self, send: Any, nonce: str, *args: Any, **named: Any) -> Any:
        row = int(nonce.removeprefix("sb"))
        row_under_way.set(row)
        self._reaper.stops_at(PLACES[1], row)
        outcome = await send(*args, **named)
        self._reaper.stops_at(PLACES[2], row)
        return outcome


def traced(reaper: Reaper) -> aiohttp.TraceConfig:
    """Sees each request of the SDKs as it leaves and as its answer's head comes."""
    trace = aiohttp.TraceConfig()

    async def leaves(_session: Any, _context: Any, about: aiohttp.TraceRequestStartParams) -> None:
        row = row_under_way.get()
        posts = about.url.path.endswith(("/messages", "/chat.postMessage"))
        if row and posts and about.method == "POST":
            reaper.at(Point.AFTER_SENDING, row)
            fate = reaper.fate(row)
            if fate in (Point.WRITTEN, Point.AFTER_ERROR) and reaper.first(fate, row):
                about.headers[HEADER] = f"{os.getpid()}:{fate.name}"

    async def came(_session: Any, _context: Any, about: aiohttp.TraceRequestEndParams) -> None:
        row = row_under_way.get()
        if row and about.response.status >= 500 and reaper.fate(row) is Point.AFTER_ERROR:
            os.kill(os.getpid(), signal.SIGKILL)

    trace.on_request_start.append(leaves)
    trace.on_request_end.append(came)
    trace.freeze()
    return trace


@dataclass(frozen=True, slots=True)
class Post:
    """Where a worker works: made before the fork, so nothing of it is open."""

    database: WatchedDatabase
    cohort_id: int
    slack: str
    slack_token: str
    discord: str
    discord_token: str
    clock: FastClock

    async def work(self, name: str, reaper: Reaper, until: asyncio.Event) -> None:
        """Send what is owed until told to stop."""
        vars(sending)["PATIENCE"] = PATIENCE / self.clock.factor
        bell = Bell()
        dispatcher = Dispatcher(self.database, REGISTRY, Content(FIELDS, ()), self.clock, bell)
        trace = traced(reaper)
        workspaces = Workspaces(
            self.database, self.slack, self.clock, self.slack_token, self.cohort_id
        )
        await workspaces.start()
        workspaces.session.trace_configs.append(trace)
        slack = SlackMessenger(workspaces)
        app = DiscordApp(dispatcher, REGISTRY, lambda _guild, _name: None, self.discord)
        await app.login(self.discord_token)
        # Before the product's own, which ends a refused request with an error.
        vars(app.http)["_HTTPClient__session"].trace_configs.insert(0, trace)
        messengers: dict[str, Any] = {
            each.surface: Watched(each, reaper) for each in (slack, app.messenger)
        }
        self.database.watch(reaper)
        waker = make_waker(self.database)
        engine = Engine(
            self.database, Claims(self.database), dispatcher, messengers, self.clock, name, bell,
            waker=waker,
        )  # fmt: skip
        await engine.start()
        ringing = asyncio.create_task(self._rings(bell, waker.look_every[0]))
        await until.wait()
        ringing.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await ringing
        await engine.stop()
        await workspaces.stop()
        await app.close()

    async def _rings(self, bell: Bell, every: float) -> None:
        """As often as the engine looks by itself, on this clock."""
        while True:
            await asyncio.sleep(every / self.clock.factor)
            bell.wake()
