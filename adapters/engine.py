"""The wake-up engine of one process: looks every few seconds, and at once when told to.

It only wakes rows; the rows are the truth. Waking twice, late or in two processes changes nothing.
Each workspace has its own few places, so a stuck one delays nobody else.
"""

import asyncio
import contextlib
import threading
import traceback
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.delivery.composing import Composer
from bot.delivery.planning import Planner
from bot.delivery.sending import PATIENCE, Sender
from bot.delivery.settling import Settler
from bot.dispatch import Dispatcher
from bot.ports import Clock, Ledger, Messenger, Stores, Waiting

log = structlog.get_logger(__name__)

LOOK_EVERY = 5
"""Seconds between two looks when nobody rings."""
PLAN_EVERY = 3600
TIDY_EVERY = 6 * 3600
PLACES = 4
"""Messages on their way at once through one workspace."""
ALL_PLACES = 32
AT_ONCE = 64
"""Recipients asked for at once."""
THREADS = 4

Key = tuple[int, str]
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
    """Plans, wakes and sends in this process. ``worker``: unlike any other process's."""

    def __init__(
        self,
        stores: Stores,
        ledger: Ledger,
        dispatcher: Dispatcher,
        messengers: Mapping[str, Messenger],
        clock: Clock,
        worker: str,
        bell: Bell | None = None,
    ) -> None:
        self.bell = bell if bell is not None else Bell()
        self._ledger = ledger
        self._messengers = messengers
        self._clock = clock
        self._threads = ThreadPoolExecutor(THREADS, "delivery")
        self._planner = Planner(stores, ledger, clock)
        self._send = Sender(
            Composer(stores, ledger, dispatcher, messengers, worker),
            Settler(stores, ledger, clock),
            self._threads,
        )
        self._under_way: dict[Key, asyncio.Task[bool]] = {}
        self._places: Counter[int] = Counter()
        self._sent = 0
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
        self.bell.listen(None)
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.wait([self._looking])
        if self._under_way:
            await asyncio.wait(self._under_way.values(), timeout=PATIENCE + 5)
        self._threads.shutdown(wait=False)

    async def tick(self) -> int:
        """Plan, and send until nothing is due at this moment; how many messages."""
        await self._plan()
        before = self._sent
        fruitless: set[Key] = set()
        while await self._begin(fruitless) or self._under_way:
            if self._under_way:
                await asyncio.wait(self._under_way.values())
        return self._sent - before

    async def _look(self) -> None:
        while True:
            await self.bell.rung()
            try:
                await self._begin(set())
            except Exception as error:  # noqa: BLE001 - the next look may go better
                log_error("look failed", error)

    async def _begin(self, fruitless: set[Key]) -> int:
        """Begin whatever there is a place for, each recipient once; how many.

        A recipient for whom nothing could be done is noted, and not looked at again."""
        begun: set[Key] = set()
        while len(self._under_way) < ALL_PLACES:
            found = await self._in_thread(self._waiting)
            fresh = [
                each
                for each in found
                if _key(each) not in begun
                and _key(each) not in fruitless
                and self._has_place(each)
                and self._begin_one(each, fruitless)
            ]
            if not fresh:
                break
            begun.update(_key(each) for each in fresh)
        return len(begun)

    def _waiting(self) -> list[Waiting]:
        full = [workspace for workspace, taken in self._places.items() if taken >= PLACES]
        return self._ledger.waiting(self._clock.now(), tuple(self._messengers), full, AT_ONCE)

    def _has_place(self, waiting: Waiting) -> bool:
        if _key(waiting) in self._under_way or len(self._under_way) >= ALL_PLACES:
            return False
        return waiting.workspace is None or self._places[waiting.workspace.id] < PLACES

    def _begin_one(self, waiting: Waiting, fruitless: set[Key]) -> bool:
        lane = waiting.workspace.id if waiting.workspace is not None else 0
        task = asyncio.create_task(self._serve(waiting))
        self._under_way[_key(waiting)] = task
        self._places[lane] += 1

        def ended(task: asyncio.Task[bool]) -> None:
            was_full = self._places[lane] >= PLACES or len(self._under_way) >= ALL_PLACES
            self._places[lane] -= 1
            del self._under_way[_key(waiting)]
            sent = not task.cancelled() and task.result()
            self._sent += sent
            if not sent:
                fruitless.add(_key(waiting))
            if sent or was_full:  # more may wait: for this recipient, or for this place
                self.bell.wake()

        task.add_done_callback(ended)
        return True

    async def _serve(self, waiting: Waiting) -> bool:
        try:
            return await self._send(waiting)
        except Exception as error:  # noqa: BLE001 - one recipient's trouble is not the others'
            log_error("delivery failed", error, cohort=waiting.cohort_id)
            return False

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


def _key(waiting: Waiting) -> Key:
    return waiting.cohort_id, waiting.to


def log_error(event: str, error: Exception, **about: int) -> None:
    """Where it broke, and nothing of what was being said."""
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    where = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    log.error(event, error=type(error).__name__, where=where, **about)
