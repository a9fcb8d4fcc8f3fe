"""The engine: plans, wakes and sends in this process. Two kinds of wake-up share all of it.

It looks every few seconds and when its bell rings; besides, a Waker may wake single rows (on
PostgreSQL, a queue's jobs). It only wakes rows; the rows are the truth. Waking twice, late or in
two processes changes nothing.
"""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Protocol, TypeVar

from whenever import Instant

from adapters.engine_bell import Bell
from adapters.engine_life import BEAT_EVERY, Life
from adapters.engine_lookup import Lookup
from adapters.engine_serving import AFTER_TROUBLE, Serving, log_error
from adapters.engine_timetable import Timetable
from bot.delivery.composing import Composer
from bot.delivery.lanes import Lanes
from bot.delivery.pacing import Pace
from bot.delivery.planning import Planner
from bot.delivery.sending import PATIENCE, Sender, Served
from bot.delivery.settling import Settler
from bot.dispatch import Dispatcher
from bot.ports import Clock, Ledger, Messenger, RowKey, Stores, Waiting

LOOK_EVERY = 2
"""Seconds between two looks when nobody rings."""
PLAN_EVERY = 3600
TIDY_EVERY = 6 * 3600
FIRST_TIDY = 600
"""Seconds after a start: some are started anew more often than every six hours."""
THREADS = 4

T = TypeVar("T")


class Waker(Protocol):
    """What wakes single rows, besides the engine's own look."""

    @property
    def look_every(self) -> tuple[float, float]:
        """Seconds between two looks at everything when nobody rings, and how much that varies."""
        ...

    @property
    def grace(self) -> float:
        """Seconds from a ring to the look: what wakes single rows comes first."""
        ...

    async def start(self, engine: "Engine") -> None:
        """From now on call :meth:`Engine.woken` when a row's moment has come."""
        ...

    async def stop(self) -> None:
        """Wake nothing any more; what was woken may end."""
        ...

    def tidy(self) -> int:
        """Forget what is over; how much. Called in a thread."""
        ...


@dataclass(frozen=True, slots=True)
class Tick:
    """In one process the look is enough: nothing wakes single rows."""

    look_every: tuple[float, float] = (LOOK_EVERY, 0)
    grace: float = 0

    async def start(self, engine: "Engine") -> None:
        """Nothing to start."""

    async def stop(self) -> None:
        """Nothing to stop."""

    def tidy(self) -> int:
        return 0


class Engine:
    """Plans, wakes and sends in this process. ``worker``: unlike any other process's.

    ``threads``: where the database is spoken to; its own when none are given. ``life``: tells the
    others that we are here, once started; without it there are no others."""

    def __init__(
        self,
        stores: Stores,
        ledger: Ledger,
        dispatcher: Dispatcher,
        messengers: Mapping[str, Messenger],
        clock: Clock,
        worker: str,
        bell: Bell | None = None,
        threads: Executor | None = None,
        pace: Pace | None = None,
        *,
        waker: Waker | None = None,
        life: Life | None = None,
    ) -> None:
        self.bell = bell if bell is not None else Bell()
        self._ledger, self._messengers, self._clock = ledger, messengers, clock
        self._waker = waker if waker is not None else Tick()
        self._life = life
        self._own_threads = threads is None
        self._threads = threads or ThreadPoolExecutor(THREADS, "delivery")
        self._planner = Planner(stores, ledger, clock)
        pace = pace or (Pace(life.share) if life is not None else Pace())
        self._send = Sender(
            Composer(stores, ledger, dispatcher, messengers, worker),
            Settler(stores, ledger, clock),
            self._threads,
            pace,
        )
        choose = life.ours_first if life is not None else list
        self._serving = Serving(Lanes(pace), self.bell, self._ask, self._serve, choose)
        self._lookup = Lookup(self._find)
        self._timetable: Timetable | None = None
        self._looking: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Plan, and look from now on."""
        self.bell.listen(asyncio.get_running_loop(), self._waker.grace)
        await self._beat()
        self._timetable = self._begun()
        await self._plan()
        await self._waker.start(self)
        self._looking = asyncio.create_task(self._look())

    def _begun(self) -> Timetable:
        timetable = Timetable()
        timetable.every(self._waker.look_every[0], self.bell.wake, self._waker.look_every[1])
        timetable.every(PLAN_EVERY, self._plan)
        timetable.every(TIDY_EVERY, self._tidy, first=FIRST_TIDY)
        if self._life is not None:
            timetable.every(BEAT_EVERY, self._beat)
        timetable.begin()
        return timetable

    async def stop(self) -> None:
        """Begin nothing new, finish what is being sent."""
        self.bell.listen(None)
        if self._timetable is not None:
            self._timetable.end()
            self._timetable = None
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.wait([self._looking])
        self._serving.close()
        self._send.begin_nothing()
        await self._serving.stop(PATIENCE + 5)
        if self._looking is not None:
            self._looking = None
            await self._waker.stop()
            if self._life is not None:
                await self._quietly("sign of life not ended", self._life.end)
        if self._own_threads:  # a look may still be at the database
            await asyncio.to_thread(self._threads.shutdown)

    async def tick(self) -> int:
        """Plan, and send until nothing is due at this moment; how many messages were tried."""
        await self._plan()
        before = self._serving.sent
        self._serving.begin_anew()
        return await self._serving.finish() - before

    async def woken(self, row: RowKey) -> float | None:
        """A row's moment has come, somebody says; seconds after which to say so again.

        Returns when its message is settled, so that whoever says so can tell a dead worker."""
        again = await self._serving.woken(row, self._lookup)
        return None if again is None else max((again - self._clock.now()).total("seconds"), 0.0)

    async def _serve(self, waiting: Waiting) -> Served:
        return await self._send(waiting)

    async def _look(self) -> None:
        anew = True
        while True:
            try:
                await self._serving.look(anew=anew)
            except Exception as error:  # noqa: BLE001 - the next look may go better
                log_error("look failed", error)
                self.bell.ring_in(AFTER_TROUBLE)
            anew = await self.bell.rung()

    async def _ask(self, full: list[int], most: int) -> list[Waiting]:
        most *= self._life.share() if self._life is not None else 1
        surfaces = tuple(self._messengers)
        asked = partial(self._ledger.waiting, self._clock.now(), surfaces, full, most)
        return await self._in_thread(asked)

    async def _find(self, rows: list[RowKey]) -> Mapping[RowKey, Waiting | Instant]:
        surfaces = tuple(self._messengers)
        asked = partial(self._ledger.woken, self._clock.now(), surfaces, rows)
        return await self._in_thread(asked)

    async def _plan(self) -> None:
        await self._quietly("planning failed", self._planner.plan)

    async def _tidy(self) -> None:
        await self._quietly("tidying failed", self._planner.tidy)
        await self._quietly("tidying the queue failed", self._waker.tidy)

    async def _beat(self) -> None:
        if self._life is not None:
            await self._quietly("no sign of life", self._life.beat)

    async def _quietly(self, event: str, work: Callable[[], object]) -> None:
        try:
            await self._in_thread(work)
        except Exception as error:  # noqa: BLE001 - it comes round again
            log_error(event, error)

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)
