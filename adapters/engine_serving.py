"""Who is served now, however it was learnt of: by the regular look, or by a wake-up of one row.

Each workspace has its own few places, so a stuck one delays nobody else. What has no place yet
stays in the database, where any worker finds it, and is asked for when a place is free.
"""

import asyncio
import traceback
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

import structlog
from whenever import Instant

from adapters.engine_bell import Bell
from bot.delivery.lanes import Key, Lanes, key_of, lane_of
from bot.delivery.sending import Served
from bot.ports import RowKey, Waiting

log = structlog.get_logger(__name__)

AT_ONCE = 64
"""Recipients asked for at once."""
AFTER_TROUBLE = 2.0
"""Seconds until the next look when the database failed: the regular one may be far."""

Ask = Callable[[list[int], int], Awaitable[Sequence[Waiting]]]
"""Who waits: not through these workspaces, and at most so many."""
Serve = Callable[[Waiting], Awaitable[Served]]
Find = Callable[[RowKey], Awaitable[Waiting | Instant | None]]
"""What a row's wake-up is about: its recipient, when to come again, or nothing."""
Choose = Callable[[list[Waiting]], list[Waiting]]


class Serving:
    """One process's work under way. Everything here happens in its loop."""

    def __init__(self, lanes: Lanes, bell: Bell, ask: Ask, serve: Serve, choose: Choose) -> None:
        self._lanes, self._bell = lanes, bell
        self._ask_for, self._serve_one, self._choose = ask, serve, choose
        self._under_way: dict[Key, asyncio.Task[Served]] = {}
        self._fruitless: set[Key] = set()
        """Looked at since the last ring, and nothing could be done."""
        self._more = False
        """Whether there were more than could be asked for, or places were full."""
        self._unknown = False
        """Whether a place is free and nobody is known for it, though there may be somebody."""
        self._stopping = False
        self.sent = 0

    async def look(self, *, anew: bool) -> bool:
        """Ask who waits and begin while there are places; whether anybody new was there.

        ``anew``: also those for whom nothing could be done a moment ago."""
        if anew:
            self._fruitless.clear()
        self._unknown = False
        begun = False
        while not self._lanes.all_taken:
            full = self._lanes.full
            most = AT_ONCE + len(self._fruitless) + len(self._under_way)  # who may wait for a turn
            self._more = False  # a wake-up may say so meanwhile
            found = await self._ask_for(full, most)
            news = [each for each in found if key_of(each) not in self._fruitless]
            chosen = self._choose(news)
            fresh = self._lanes.learn(chosen)
            self._begin()
            left = len(chosen) < len(news) or len(found) >= most  # others may not know of those
            self._more = self._more or bool(full) or left
            begun = begun or fresh > 0
            freed = set(full) - set(self._lanes.full)  # while we asked, so they were left out
            if not self._more or not (fresh or freed):
                break
        return begun

    async def finish(self) -> int:
        """Go on until nothing is under way; how many messages were tried from the beginning."""
        while await self.look(anew=False) or self._under_way:
            while self._under_way:
                await asyncio.wait(self._under_way.values(), return_when=asyncio.FIRST_COMPLETED)
                if self._unknown:
                    await self.look(anew=False)
        return self.sent

    def begin_anew(self) -> None:
        """Forget for whom nothing could be done."""
        self._fruitless.clear()

    def close(self) -> None:
        """Begin nothing new."""
        self._stopping = True

    async def stop(self, patience: float) -> None:
        """Begin nothing new, and wait for what is under way."""
        self.close()
        if self._under_way:
            await asyncio.wait(self._under_way.values(), timeout=patience)

    async def woken(self, row: RowKey, find: Find) -> Instant | None:
        """A row's moment has come: serve its recipient, until that is settled.

        Returns when it should be woken again: somebody else is at it, or it came too early. Without
        a free place nothing is begun: whoever has one next asks the database, not us."""
        found = await find(row)
        while isinstance(found, Waiting) and not self._stopping:
            before = self._under_way.get(key_of(found))
            if before is None:
                if self._lanes.all_taken or lane_of(found) in self._lanes.full:
                    self._more = True
                    return None
                self._lanes.learn([found])
                self._begin()
            task = self._under_way.get(key_of(found))
            if task is None:
                return None
            await asyncio.wait([task])
            if before is None:
                return Instant.MIN if self._was_left(task) else None
            found = await find(row)  # what was under way may have begun before this row was there
        if isinstance(found, Waiting):
            return Instant.MIN  # we are stopping; somebody else may begin at once
        return found

    def _was_left(self, task: asyncio.Task[Served]) -> bool:
        """Whether nothing came of it because we are stopping: it is somebody else's at once."""
        return self._stopping and (task.cancelled() or task.result() is Served.NOTHING)

    def _begin(self) -> None:
        """Serve whoever is known to wait and has a place."""
        while not self._stopping and (waiting := self._lanes.take()) is not None:
            task = asyncio.create_task(self._serve(waiting))
            self._under_way[key_of(waiting)] = task
            task.add_done_callback(partial(self._ended, waiting))

    def _ended(self, waiting: Waiting, task: asyncio.Task[Served]) -> None:
        del self._under_way[key_of(waiting)]
        self._lanes.leave(waiting)
        failed = task.cancelled() or task.exception() is not None  # even the log may have failed
        served = Served.NOTHING if failed else task.result()
        if served is Served.NOTHING:
            self._fruitless.add(key_of(waiting))
        else:
            self.sent += 1
        if served is Served.MORE:
            self._lanes.learn([waiting])
        if self._more and not self._lanes.knows_of(lane_of(waiting)):
            self._unknown = True
            self._bell.once_more()
        self._begin()

    async def _serve(self, waiting: Waiting) -> Served:
        if self._stopping:
            return Served.NOTHING
        try:
            return await self._serve_one(waiting)
        except Exception as error:  # noqa: BLE001 - one recipient's trouble is not the others'
            self._bell.ring_in(AFTER_TROUBLE)  # whoever woke it was told that it is done
            log_error("delivery failed", error, cohort=waiting.cohort_id)
            return Served.NOTHING


def log_error(event: str, error: Exception, **about: int) -> None:
    """Where it broke, and nothing of what was being said."""
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    where = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    log.error(event, error=type(error).__name__, where=where, **about)
