"""Keeps a lease for as long as it can, and tells when it has it and when it has not any more.

Who cannot renew stops on its own before the lease ends for the others: their clock and ours may
differ by what is left, and by no more. A database that hangs is not waited for.
"""

import asyncio
import os
import secrets
import socket
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

import structlog
from whenever import Instant, TimeDelta

from bot.ports import Clock, Leases

log = structlog.get_logger(__name__)
Pause = Callable[[float], Awaitable[None]]
GATEWAY = "discord:gateway"
"""The lease of who is on Discord's gateway."""
LETTING_GO = 5.0
"""Seconds that the database has to free the lease; after that it runs out by itself."""
OURS = 0.9
"""Of a lease we use that much; the rest is for clocks that differ and for closing."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Seconds: how long a lease is taken for, how often it is renewed, and how often those who
    stand by look whether it is free. A dead holder is followed after at most ``lasts + look``."""

    lasts: float = 20.0
    every: float = 5.0
    look: float = 1.0


def this_process() -> str:
    """A name that no other process has: the host, the number, and some chance."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


def shown(holder: str) -> str:
    """The part of such a name that helps an operator."""
    return holder.rpartition(":")[0] or holder


class Kept(Protocol):
    """What is done only under the lease."""

    def begin(self) -> None:
        """We have it."""
        ...

    async def end(self) -> None:
        """We have it no more; soon over."""
        ...

    def is_idle(self) -> bool:
        """Whether nothing has come of it here for long, so that another process should try."""
        ...


class Keeper:
    """One process's side of a lease. ``pause`` and ``passed`` are how it waits and measures."""

    def __init__(
        self,
        leases: Leases,
        name: str,
        holder: str,
        clock: Clock,
        terms: Terms = Terms(),
        pause: Pause = asyncio.sleep,
        passed: Callable[[], float] = time.monotonic,
        thread: Executor | None = None,
    ) -> None:
        self._leases, self._name, self._clock = leases, name, clock
        self.holder, self._terms = holder, terms
        self._pause, self._passed = pause, passed
        # A thread of its own: the commands' threads may all be at work, and this cannot wait.
        self._thread = thread or ThreadPoolExecutor(1, "lease")
        self._asking: asyncio.Future[bool] | None = None
        self._asked = self._until = self._rests = 0.0
        self._kept: Kept | None = None
        self.holding = False
        self.looked = asyncio.Event()
        """Set once it is known whether we have it."""

    async def keep(self, kept: Kept) -> None:
        """Until cancelled: take it when it is free, renew it, and do what is kept meanwhile."""
        self._kept = kept
        while True:
            await self._look(kept)
            self.looked.set()
            await self._pause(self._until_next())

    async def let_go(self) -> None:
        """End what is kept and free the lease at once. After ``keep`` was cancelled."""
        if self.holding and self._kept is not None:
            self.holding = False
            await self._kept.end()
        # Even when we have it not: what we asked last may be answered with a yes only now.
        await self._free()
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def _free(self) -> None:
        loop = asyncio.get_running_loop()
        freeing = loop.run_in_executor(self._thread, self._leases.let_go, self._name, self.holder)
        done, _ = await asyncio.wait({freeing}, timeout=LETTING_GO)
        if not done or freeing.exception() is not None:
            log.warning("a lease was not let go", name=self._name)  # it runs out by itself

    async def _rest(self, kept: Kept) -> None:
        """Let another one try; when nobody does, it is ours again after a while."""
        log.warning("lease of no use here", name=self._name)
        self.holding, self._rests = False, self._passed() + self._terms.lasts
        await kept.end()
        await self._free()

    async def _look(self, kept: Kept) -> None:
        if self.holding and kept.is_idle():
            await self._rest(kept)
        if self._passed() < self._rests:
            return
        held = await self._ask()
        if held:
            self._until = self._asked + self._terms.lasts * OURS
            if not self.holding:
                self.holding = True
                log.info("lease taken", name=self._name)
                kept.begin()
        elif self.holding and (held is False or self._passed() >= self._until):
            self.holding = False
            log.warning("lease lost", name=self._name, taken=held is False)
            await kept.end()

    async def _ask(self) -> bool | None:
        """Whether it is ours; None when that could not be learnt in time."""
        if self._asking is None:
            self._asked = self._passed()
            loop = asyncio.get_running_loop()
            self._asking = loop.run_in_executor(self._thread, self._hold)
        left = self._until - self._passed() if self.holding else self._terms.lasts
        enough = asyncio.ensure_future(self._pause(max(left, 0.0)))
        try:
            await asyncio.wait({self._asking, enough}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            enough.cancel()
        if not self._asking.done():
            return None
        asked, self._asking = self._asking, None
        if (error := asked.exception()) is not None:
            log.warning("lease not asked for", name=self._name, error=type(error).__name__)
            return None
        late = self._passed() >= self._asked + self._terms.lasts * OURS
        return None if asked.result() and late else asked.result()

    def _hold(self) -> bool:
        now = self._clock.now()
        if not self.holding and self._is_anothers(now):
            return False  # whoever stands by only reads
        return self._leases.hold(self._name, self.holder, now, self._terms.lasts)

    def _is_anothers(self, now: Instant) -> bool:
        far = now + TimeDelta(seconds=2 * self._terms.lasts)  # beyond it a clock was wrong
        return any(
            each.name == self._name and each.holder != self.holder and now < each.until < far
            for each in self._leases.held(self._name)
        )

    def _until_next(self) -> float:
        if not self.holding:
            return self._terms.look
        return max(0.0, min(self._terms.every, self._until - self._passed()))
