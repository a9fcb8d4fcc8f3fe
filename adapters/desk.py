"""Worker threads for what people do, and a kind no where there is more than can be done in time.

Reading and writing have threads of their own, because a reader never waits for a writer: while the
database is locked, what only looks is answered all the same. Suggestions give way first, then what
only looks, then what changes something, and a form last, because somebody wrote it.
"""

import asyncio
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Protocol, TypeVar

from bot.dispatch import Said
from bot.invocation import Invocation
from bot.reply import Choice
from bot.run import Surface

T = TypeVar("T")


class Door(Protocol):
    """The core's door, and what it says when there is no room."""

    def __call__(self, invocation: Invocation, surface: Surface) -> Said | None: ...

    def suggest(self, invocation: Invocation, parameter: str, typed: str) -> list[Choice]: ...

    def only_reads(self, invocation: Invocation) -> bool: ...

    def too_busy(self, invocation: Invocation) -> Said: ...


@dataclass(frozen=True, slots=True)
class Room:
    """How many may wait for a thread, by what they are; docs/reliability.md says how measured."""

    threads: int = 3
    suggestions: int = 8
    looking: int = 60
    changing: int = 250
    forms: int = 2000
    longest_wait: float = 8.0
    """Seconds that the first in line may have waited; then only forms still join it."""
    suggestion_wait: float = 1.5
    """Seconds; a list that comes later is of no use to anybody."""


class Desk:
    """Runs invocations in threads, each platform at its own."""

    def __init__(
        self, door: Door, room: Room | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._door, self._room = door, room or Room()
        self._reading = Line("reading", self._room, clock)
        self._writing = Line("writing", self._room, clock)

    async def __call__(self, invocation: Invocation, surface: Surface) -> Said | None:
        """The reply; None when this very event was handled before."""
        looks = self._door.only_reads(invocation)
        line = self._reading if looks else self._writing
        if invocation.how == "form":
            is_full = line.waiting >= self._room.forms
        else:
            is_full = line.is_full(self._room.looking if looks else self._room.changing)
        if is_full:
            return self._door.too_busy(invocation)
        return await line.run(partial(self._door, invocation, surface))

    async def suggest(self, invocation: Invocation, parameter: str, typed: str) -> list[Choice]:
        """What is being typed may become this; nothing rather than late."""
        if self._reading.is_full(self._room.suggestions):
            self._door.too_busy(invocation)
            return []
        work = self._reading.run(partial(self._door.suggest, invocation, parameter, typed))
        try:
            return await asyncio.wait_for(work, self._room.suggestion_wait)
        except TimeoutError:
            return []


class Line:
    """People waiting for a few threads, first come first served."""

    def __init__(self, name: str, room: Room, clock: Callable[[], float]) -> None:
        self._room, self._clock = room, clock
        self._pool = ThreadPoolExecutor(room.threads, thread_name_prefix=name)
        self._since: deque[float] = deque()
        self._lock = threading.Lock()

    @property
    def waiting(self) -> int:
        """How many have no thread yet."""
        return len(self._since)

    def is_full(self, most: int) -> bool:
        """Whether one more would wait for too long."""
        with self._lock:
            if not self._since:
                return False
            waited = self._clock() - self._since[0]
            return len(self._since) >= most or waited > self._room.longest_wait

    async def run(self, work: Callable[[], T]) -> T:
        """In a thread, when there is one."""
        since = self._clock()
        with self._lock:
            self._since.append(since)

        def begun() -> T:
            self._leaves(since)
            return work()

        running = self._pool.submit(begun)
        try:
            return await asyncio.wrap_future(running)
        finally:
            if running.cancelled():
                self._leaves(since)

    def _leaves(self, since: float) -> None:
        with self._lock:
            self._since.remove(since)
