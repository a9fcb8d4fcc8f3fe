"""The wake-up engine of one process: looks every few seconds, and at once when told to.

It only wakes rows; the rows are the truth. Waking twice, late or in two processes changes nothing.
Each workspace has its own few places, so a stuck one delays nobody else.
"""

import asyncio
import contextlib
import threading
import traceback
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import partial
from typing import TypeVar

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.delivery.composing import Composer
from bot.delivery.lanes import Key, Lanes, key_of, lane_of
from bot.delivery.planning import Planner
from bot.delivery.sending import PATIENCE, Sender, Served
from bot.delivery.settling import Settler
from bot.dispatch import Dispatcher
from bot.ports import Clock, Ledger, Messenger, Stores, Waiting

log = structlog.get_logger(__name__)

LOOK_EVERY = 5
"""Seconds between two looks when nobody rings."""
PLAN_EVERY = 3600
TIDY_EVERY = 6 * 3600
AT_ONCE = 64
"""Recipients asked for at once."""
THREADS = 4

T = TypeVar("T")


class Bell:
    """Wakeups that any thread may ring, before the engine runs and after it has stopped."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._rung = asyncio.Event()

    def wake(self) -> None:
        with self._lock, contextlib.suppress(RuntimeError):  # the loop may have closed just now
            if self._loop is not None:
                self._loop.call_soon_threadsafe(self._rung.set)

    def listen(self, loop: asyncio.AbstractEventLoop | None) -> None:
        """Ring in this loop from now on; None: nowhere."""
        with self._lock:
            self._loop = loop

    async def rung(self) -> None:
        """Wait for the next ring."""
        await self._rung.wait()
        self._rung.clear()


class Engine:
    """Plans, wakes and sends in this process. ``worker``: unlike any other process's.

    ``threads``: where the database is spoken to; its own when none are given."""

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
    ) -> None:
        self.bell = bell if bell is not None else Bell()
        self._ledger = ledger
        self._messengers = messengers
        self._clock = clock
        self._own_threads = threads is None
        self._threads = threads or ThreadPoolExecutor(THREADS, "delivery")
        self._planner = Planner(stores, ledger, clock)
        self._send = Sender(
            Composer(stores, ledger, dispatcher, messengers, worker),
            Settler(stores, ledger, clock),
            self._threads,
        )
        self._lanes = Lanes()
        self._under_way: set[asyncio.Task[Served]] = set()
        self._fruitless: set[Key] = set()
        """Looked at since the last ring, and nothing could be done."""
        self._more = False
        """Whether there were more than could be asked for, or places were full."""
        self._unknown = False
        """Whether a place is free and nobody is known for it, though there may be somebody."""
        self._sent = 0
        self._stopping = False
        self._scheduler: AsyncIOScheduler | None = None
        self._looking: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Plan, and look from now on."""
        self.bell.listen(asyncio.get_running_loop())
        scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1}
        )
        scheduler.add_job(self.bell.wake, "interval", seconds=LOOK_EVERY)
        scheduler.add_job(self._plan, "interval", seconds=PLAN_EVERY)
        scheduler.add_job(self._tidy, "interval", seconds=TIDY_EVERY)
        scheduler.start()
        self._scheduler = scheduler
        await self._plan()
        self._looking = asyncio.create_task(self._look())
        self.bell.wake()

    async def stop(self) -> None:
        """Begin nothing new, finish what is being sent."""
        self._stopping = True
        self.bell.listen(None)
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)
            self._scheduler = None
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.wait([self._looking])
            self._looking = None
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=PATIENCE + 5)
        if self._own_threads:  # a look may still be at the database
            await asyncio.to_thread(self._threads.shutdown)

    async def tick(self) -> int:
        """Plan, and send until nothing is due at this moment; how many messages were tried."""
        await self._plan()
        before = self._sent
        self._fruitless.clear()
        while await self._ask() or self._under_way:
            while self._under_way:
                await asyncio.wait(self._under_way, return_when=asyncio.FIRST_COMPLETED)
                if self._unknown:
                    await self._ask()
        return self._sent - before

    async def _look(self) -> None:
        while True:
            await self.bell.rung()
            self._fruitless.clear()
            try:
                await self._ask()
            except Exception as error:  # noqa: BLE001 - the next look may go better
                log_error("look failed", error)

    async def _ask(self) -> bool:
        """Look who waits and begin while there are places; whether anybody new was there."""
        self._unknown = False
        begun = False
        while not self._lanes.all_taken:
            full = self._lanes.full
            found = await self._in_thread(partial(self._waiting, full))
            fresh = self._lanes.learn(each for each in found if key_of(each) not in self._fruitless)
            self._begin()
            self._more = bool(full) or len(found) == AT_ONCE
            begun = begun or fresh > 0
            if not fresh or not self._more:
                break
        return begun

    def _waiting(self, full: list[int]) -> list[Waiting]:
        return self._ledger.waiting(self._clock.now(), tuple(self._messengers), full, AT_ONCE)

    def _begin(self) -> None:
        """Serve whoever is known to wait and has a place."""
        while not self._stopping and (waiting := self._lanes.take()) is not None:
            task = asyncio.create_task(self._serve(waiting))
            self._under_way.add(task)
            task.add_done_callback(partial(self._ended, waiting))

    def _ended(self, waiting: Waiting, task: asyncio.Task[Served]) -> None:
        self._under_way.discard(task)
        self._lanes.leave(waiting)
        failed = task.cancelled() or task.exception() is not None  # even the log may have failed
        served = Served.NOTHING if failed else task.result()
        if served is Served.NOTHING:
            self._fruitless.add(key_of(waiting))
        else:
            self._sent += 1
        if served is Served.MORE:
            self._lanes.learn([waiting])
        if self._more and not self._lanes.knows_of(lane_of(waiting)):
            self._unknown = True
            self.bell.wake()
        self._begin()

    async def _serve(self, waiting: Waiting) -> Served:
        try:
            return await self._send(waiting)
        except Exception as error:  # noqa: BLE001 - one recipient's trouble is not the others'
            log_error("delivery failed", error, cohort=waiting.cohort_id)
            return Served.NOTHING

    async def _plan(self) -> None:
        await self._quietly("planning failed", self._planner.plan)

    async def _tidy(self) -> None:
        await self._quietly("tidying failed", self._planner.tidy)

    async def _quietly(self, event: str, work: Callable[[], object]) -> None:
        try:
            await self._in_thread(work)
        except Exception as error:  # noqa: BLE001 - it comes round again
            log_error(event, error)

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)


def log_error(event: str, error: Exception, **about: int) -> None:
    """Where it broke, and nothing of what was being said."""
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    where = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    log.error(event, error=type(error).__name__, where=where, **about)
