"""A pace whose seconds go by at once: limits hold on its own clock, and no test waits for it."""

import asyncio
import time

from bot.delivery.pacing import Pace


class Seconds:
    """A clock that jumps over whatever is waited for."""

    def __init__(self) -> None:
        self.skipped = 0.0

    def now(self) -> float:
        """Later by all that was waited for."""
        return time.monotonic() + self.skipped

    async def sleep(self, seconds: float) -> None:
        """Over at once."""
        self.skipped += seconds
        await asyncio.sleep(0)


def hurried() -> Pace:
    """For an engine that a test ticks."""
    seconds = Seconds()
    return Pace(now=seconds.now, sleep=seconds.sleep)
