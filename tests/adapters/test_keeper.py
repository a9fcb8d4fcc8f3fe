"""Who keeps a lease: one at a time, for as long as it can be renewed and no longer."""

import asyncio
import heapq
from collections.abc import Callable
from concurrent.futures import Executor, Future
from itertools import count
from typing import Any

from whenever import Instant, TimeDelta

from adapters.keeper import Keeper, Terms
from bot.ports import Lease
from tests.builders import NOW

TERMS = Terms(20, 5, 1)
TURNS = 20
"""Of the event loop, in which whoever can go on has done so."""


class Thread(Executor):
    """Does at once what it is given, or keeps it until it may go on."""

    def __init__(self) -> None:
        self.hangs = False
        self._kept: list[Callable[[], None]] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()

        def work() -> None:
            try:
                future.set_result(fn(*args, **kwargs))
            except ConnectionError as error:
                future.set_exception(error)

        if self.hangs:
            self._kept.append(work)
        else:
            work()
        return future

    def goes_on(self) -> None:
        """It answers again, first what it was asked first."""
        self.hangs = False
        for work in self._kept:
            work()
        self._kept.clear()


class Time:
    """Passes when it is told to."""

    def __init__(self) -> None:
        self.passed = 0.0
        self._waiting: list[tuple[float, int, asyncio.Event]] = []
        self._number = count()

    def now(self) -> Instant:
        return NOW + TimeDelta(seconds=self.passed)

    async def pause(self, seconds: float) -> None:
        until = asyncio.Event()
        heapq.heappush(self._waiting, (self.passed + seconds, next(self._number), until))
        await until.wait()

    async def goes_on(self, seconds: float) -> None:
        """In the order in which it was waited for."""
        end = self.passed + seconds
        await self.settles()
        while self._waiting and self._waiting[0][0] <= end:
            at, _, until = heapq.heappop(self._waiting)
            self.passed = max(self.passed, at)
            until.set()
            await self.settles()
        self.passed = end
        await self.settles()

    async def settles(self) -> None:
        """Whoever can go on has done so."""
        for _ in range(TURNS):
            await asyncio.sleep(0)


class Table:
    """Leases of several processes. ``broken``: it cannot be asked."""

    def __init__(self) -> None:
        self.rows: dict[str, Lease] = {}
        self.broken = False

    def hold(self, name: str, holder: str, now: Instant, seconds: float) -> bool:
        if self.broken:
            raise ConnectionError
        row = self.rows.get(name)
        if row is not None and row.holder != holder and row.until > now:
            return False
        since = row.since if row is not None and row.holder == holder else now
        self.rows[name] = Lease(name, holder, now + TimeDelta(seconds=seconds), since)
        return True

    def let_go(self, name: str, holder: str) -> None:
        if self.broken:
            raise ConnectionError
        if name in self.rows and self.rows[name].holder == holder:
            del self.rows[name]

    def held(self, beginning: str) -> list[Lease]:
        return [row for name, row in self.rows.items() if name.startswith(beginning)]

    def forget(self, before: Instant) -> int:
        return 0


class Process:
    """One that wants the lease."""

    def __init__(self, name: str, table: Table, time: Time) -> None:
        self.log: list[tuple[str, float]] = []
        self.is_on = self.in_vain = False
        self._time, self.thread = time, Thread()
        self.keeper = Keeper(
            table, "gateway", name, time, TERMS, time.pause, lambda: time.passed, self.thread
        )
        self.running = asyncio.create_task(self.keeper.keep(self))

    def begin(self) -> None:
        self._now(True, "on")

    async def end(self) -> None:
        self._now(False, "off")

    def is_idle(self) -> bool:
        return self.in_vain

    def _now(self, is_on: bool, said: str) -> None:
        self.is_on = is_on
        self.log.append((said, self._time.passed))

    async def dies(self) -> None:
        """kill -9: nothing is let go, nothing is ended."""
        self.running.cancel()
        await asyncio.wait({self.running})
        self.is_on = False

    async def stops(self) -> None:
        """SIGTERM."""
        self.running.cancel()
        await asyncio.wait({self.running})
        await self.keeper.let_go()


async def two() -> tuple[Table, Time, Process, Process]:
    """The first has it, the second stands by."""
    table, time = Table(), Time()
    first = Process("first", table, time)
    await time.settles()
    second = Process("second", table, time)
    await time.goes_on(2)
    assert (first.is_on, second.is_on) == (True, False)
    return table, time, first, second


async def over(*all_of_them: Process) -> None:
    """Nothing is left running."""
    for each in all_of_them:
        await each.stops()


async def test_one_has_it_for_as_long_as_it_lives() -> None:
    """An hour of renewing; nothing is ended and begun in between."""
    _, time, first, second = await two()
    await time.goes_on(600)
    assert [said for said, _ in first.log] == ["on"]
    assert second.log == []
    await over(first, second)


async def test_another_follows_within_thirty_seconds_of_a_death() -> None:
    """And never before the lease of the dead one ended."""
    _, time, first, second = await two()
    await time.goes_on(11)
    await first.dies()
    died = time.passed
    await time.goes_on(30)
    ((said, at),) = second.log
    assert said == "on"
    assert 10 <= at - died <= 21
    await over(second)


async def test_who_is_told_to_stop_lets_go_at_once() -> None:
    """The other has it at its next look."""
    _, time, first, second = await two()
    await first.stops()
    assert first.is_on is False
    stopped = time.passed
    await time.goes_on(2)
    assert second.is_on
    assert second.log[0][1] - stopped <= TERMS.look
    await over(second)


async def test_who_cannot_renew_stops_before_the_lease_ends() -> None:
    """A look that failed is no reason; the end of the time is. Later one of them has it again."""
    table, time, first, second = await two()
    table.broken = True
    last = max(row.until for row in table.rows.values())
    await time.goes_on(10)
    assert first.is_on, "one failed look is not the end"
    await time.goes_on(11)
    assert not first.is_on
    assert NOW + TimeDelta(seconds=first.log[-1][1]) < last
    table.broken = False
    await time.goes_on(6)
    assert [first.is_on, second.is_on].count(True) == 1
    await over(first, second)


async def test_a_database_that_hangs_is_not_waited_for() -> None:
    """The thread that asks gets no answer, and the lease ends all the same."""
    _, time, first, second = await two()
    await second.stops()
    first.thread.hangs = True
    await time.goes_on(30)
    assert not first.is_on
    assert first.log[-1][1] <= 20
    first.thread.goes_on()
    await time.goes_on(11)
    assert first.is_on, "a yes that came too late is asked for again"
    await over(first)


async def test_the_second_takes_over_while_the_first_cannot_ask() -> None:
    """Only the first is cut off; at no moment do two have it."""
    table, time, first, second = await two()
    cut = Table()
    cut.broken = True
    first.keeper._leases = cut
    at_once = 0
    for _ in range(60):
        await time.goes_on(0.5)
        at_once = max(at_once, [first.is_on, second.is_on].count(True))
    assert second.is_on
    assert at_once == 1
    first.keeper._leases = table
    await time.goes_on(10)
    assert not first.is_on, "it stands by when it is back"
    await over(first, second)


async def test_who_has_it_in_vain_lets_another_try() -> None:
    """A machine that does not reach what it is for; alone, it tries again after a while."""
    _, time, first, second = await two()
    first.in_vain = True
    await time.goes_on(7)
    assert (first.is_on, second.is_on) == (False, True)
    await second.stops()
    first.in_vain = False
    await time.goes_on(22)
    assert first.is_on
    await over(first)
