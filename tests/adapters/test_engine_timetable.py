"""What is done every so often goes on when the clock on the wall is put back."""

import asyncio
from datetime import UTC, datetime, tzinfo
from typing import Self

import pytest
from apscheduler.schedulers import base
from apscheduler.triggers import interval

from adapters import engine_timetable
from adapters.engine_timetable import Timetable

SOON = 10
"""Seconds after which a test that waits has failed."""
HOUR = 3600.0


class Wall:
    """The clock that APScheduler and the timetable see, as far from the true one as a test says."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        return datetime.now(UTC).timestamp() + self.ahead

    def over(self, patched: pytest.MonkeyPatch) -> None:
        """In place of the machine's."""
        wall = self

        class Moved(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> Self:
                return cls.fromtimestamp(wall(), tz)

        for module in (base, interval):
            patched.setattr(module, "datetime", Moved)


@pytest.mark.parametrize("jump", [-HOUR, HOUR, -24 * HOUR])
async def test_it_goes_on_after_the_clock_has_jumped(
    monkeypatch: pytest.MonkeyPatch, jump: float
) -> None:
    """APScheduler alone would wait until the clock is again as late as it was."""
    wall, done = Wall(), asyncio.Event()
    wall.over(monkeypatch)
    monkeypatch.setattr(engine_timetable, "COMPARED_EVERY", 0.02)
    timetable = Timetable(wall)
    timetable.every(0.05, done.set)
    timetable.every(HOUR, list)
    timetable.begin()
    async with asyncio.timeout(SOON):
        await done.wait()
        wall.ahead = jump
        for _ in range(3):
            done.clear()
            await done.wait()
    timetable.end()


async def test_the_first_time_may_be_sooner() -> None:
    """A process that is started anew each day does its chores all the same."""
    done, timetable = asyncio.Event(), Timetable()
    timetable.every(24 * HOUR, done.set, first=0)
    timetable.begin()
    async with asyncio.timeout(SOON):
        await done.wait()
    timetable.end()


async def test_nothing_is_done_any_more_after_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_timetable, "COMPARED_EVERY", 0.01)
    wall = Wall()
    timetable = Timetable(wall)
    timetable.begin()
    timetable.end()
    comparing = timetable._comparing
    assert comparing is not None
    await asyncio.wait([comparing], timeout=SOON)
    assert comparing.cancelled()
