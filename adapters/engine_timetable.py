"""What is done every so often: APScheduler's intervals, which go by the clock on the wall.

Where that clock is put back, they would wait until it is again as late as it was. So it is compared
with one that only goes forward, and all is done at once when it was put back.
"""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler

COMPARED_EVERY = 2.0
"""Seconds."""
PUT_BACK = 1.0
"""Seconds; less is drift, and harms nobody."""


class Timetable(AsyncIOScheduler):
    """``wall``: the clock that the intervals go by, in seconds."""

    def __init__(self, wall: Callable[[], float] = time.time) -> None:
        super().__init__(
            timezone="UTC",
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        self._wall = wall
        self._comparing: asyncio.Task[None] | None = None

    def every(
        self,
        seconds: float,
        work: Callable[[], Any],
        varied: float = 0,
        first: float | None = None,
    ) -> None:
        """Do this so often, or up to ``varied`` seconds later; ``first``: seconds until the first
        time, where that is to be another."""
        begins = {} if first is None else {"next_run_time": self._moment(first)}
        self.add_job(work, "interval", seconds=seconds, jitter=varied or None, **begins)

    def begin(self) -> None:
        """From now on."""
        self.start()
        self._comparing = asyncio.create_task(self._compare())

    def end(self) -> None:
        """No more of it; what has begun is not waited for."""
        if self._comparing is not None:
            self._comparing.cancel()
        self.shutdown(wait=False)

    async def _compare(self) -> None:
        ahead = self._ahead()
        while True:
            await asyncio.sleep(COMPARED_EVERY)
            before, ahead = ahead, self._ahead()
            if before - ahead > PUT_BACK:
                self.at_once()

    def _ahead(self) -> float:
        return self._wall() - asyncio.get_running_loop().time()

    def at_once(self) -> None:
        """Do all of it now, and go on from here."""
        for job in self.get_jobs():
            job.modify(next_run_time=self._moment(0))

    def _moment(self, seconds: float) -> datetime:
        return datetime.fromtimestamp(self._wall() + seconds, UTC)
