"""PostgreSQL's queue (pgqueuer) wakes rows: many workers on many machines share its jobs.

A job says which row; what is done about it is the engine's, which looks the row up. A job is held
until its message is settled, so that a dead worker's jobs are picked up by the others. While the
queue cannot be reached, the engine's own look goes on.
"""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog
from pgqueuer.adapters.persistence.qb import (
    QueryBuilderEnvironment,
    QueryQueueBuilder,
    QuerySchedulerBuilder,
)
from pgqueuer.domain.errors import RetryRequested
from pgqueuer.domain.models import Job
from pgqueuer.domain.settings import DBSettings
from pgqueuer.qm import QueueManager
from pgqueuer.queries import Queries

from adapters.engine_serving import log_error
from adapters.engine_wire import Connect, Wire
from bot.delivery.lanes import ALL_PLACES

if TYPE_CHECKING:
    from adapters.engine import Engine

log = structlog.get_logger(__name__)

SWEEP_EVERY = (20.0, 5.0)
"""Seconds between two looks at everything, and how much that varies: so with the lease of a minute
an orphan is claimed within 90 s, also one without a job."""
HEARTBEAT = timedelta(seconds=30)
"""A worker that has been silent for so long is dead, and its jobs are anybody's."""
POLL = timedelta(seconds=30)
"""The longest that nobody asks for jobs; a new one says so itself."""
BATCH = 50
TOGETHER = ALL_PLACES + 4 * BATCH
"""Jobs in hand at once: all that may be under way, and some being looked up."""
TRIES = 8
"""After so many the job is let go: the look finds the row."""
PARTING = 3.0
"""Seconds at the end for a database that does not answer; an idle queue takes none of them."""
PAUSES = (1, 2, 3, 5, 10)
"""Seconds before the queue is tried again, the longer the oftener it failed."""


@dataclass(slots=True)
class Queue:
    """A Waker. ``connect``: a new connection of its own; ``names``: of the queue's tables."""

    connect: Connect
    names: DBSettings
    called: str
    """The jobs that are ours."""
    forget: Callable[[], int]
    look_every: tuple[float, float] = SWEEP_EVERY
    grace: float = 1.0
    _manager: QueueManager | None = None
    _running: asyncio.Task[None] | None = None
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)

    async def start(self, engine: "Engine") -> None:
        """Take jobs from now on."""
        self._running = asyncio.create_task(self._run(engine))

    async def stop(self) -> None:
        """Take no more; what is done is noted, what is not is somebody else's at once."""
        self._stopping.set()
        if self._manager is not None:
            self._manager.shutdown.set()
        if self._running is not None:
            await asyncio.wait([self._running], timeout=PARTING)
            self._running.cancel()  # what is not noted by now is noted by its row
            await asyncio.wait([self._running], timeout=PARTING)

    def tidy(self) -> int:
        return self.forget()

    async def _run(self, engine: "Engine") -> None:
        failures = 0
        while not self._stopping.is_set():
            begun = asyncio.get_running_loop().time()
            try:
                await self._serve(engine)
            except Exception as error:  # noqa: BLE001 - it is tried again, and the look goes on
                log_error("the queue is lost", error)
            if asyncio.get_running_loop().time() - begun > 60:
                failures = 0
            await self._pause(PAUSES[min(failures, len(PAUSES) - 1)])
            failures += 1

    async def _pause(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        except TimeoutError:
            return

    async def _serve(self, engine: "Engine") -> None:
        """Until the connection is lost, or the end."""
        async with AsyncExitStack() as stack:
            asking = await stack.enter_async_context(await self.connect())
            hearing = await stack.enter_async_context(await self.connect())
            wire = Wire(asking, hearing)
            self._manager = manager = QueueManager(self._queries(wire), self.names.channel)
            wire.lost = manager.shutdown
            if self._stopping.is_set():
                return

            async def wake(job: Job) -> None:
                await _wake(engine, job)

            manager.entrypoint(self.called)(wake)
            await manager.run(
                dequeue_timeout=POLL,
                batch_size=BATCH,
                max_concurrent_tasks=TOGETHER,
                shutdown_on_listener_failure=True,
                heartbeat_timeout=HEARTBEAT,
                log_aggregation_interval=timedelta(0),
            )

    def _queries(self, wire: Wire) -> Queries:
        return Queries(
            wire,
            QueryBuilderEnvironment(self.names),
            QueryQueueBuilder(self.names),
            QuerySchedulerBuilder(self.names),
        )


async def _wake(engine: "Engine", job: Job) -> None:
    """Serve the job's row. Raises RetryRequested when it should come again."""
    cohort_id, _, row_id = (job.payload or b"").decode().partition(":")
    try:
        later = await engine.woken((int(cohort_id), int(row_id)))
    except Exception as error:  # noqa: BLE001 - the row is there still
        log_error("a job failed", error)
        later = 1.0
    if later is not None and job.attempts < TRIES:
        raise RetryRequested(timedelta(seconds=max(later, 2.0**job.attempts / 2)))
