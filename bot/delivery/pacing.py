"""When the next message may go: before a limit is hit, and not into a surface that said "wait".

A turn is taken at the place, then in the workspace, then on the surface, each in the order of
asking, and before the row is claimed: a lease runs from then. What a message turns out to need
beyond one post is owed, and those after it wait for that.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass

from bot.limits import Limits, Rate, Reach, among
from bot.ports import Waiting

LONG = 10.0
"""Seconds that nobody waits here: a later look comes back to it."""
KEPT = 4096
"""Buckets, until the full ones are forgotten: they say nothing."""

Key = tuple[Reach, str]
Sleep = Callable[[float], Awaitable[None]]


def alone() -> int:
    """One worker has all of a limit."""
    return 1


@dataclass(slots=True)
class Bucket:
    """What was left of a limit at a moment; below nothing: promised already.

    A moment to come means that nothing goes, and nothing comes back, until then."""

    rate: Rate | None
    at: float
    left: float = 0.0

    def __post_init__(self) -> None:
        self.left = self.rate.burst if self.rate is not None else 1.0

    def wait(self, now: float) -> float:
        """Seconds until one more may go."""
        held = max(0.0, self.at - now)
        if self.rate is None:
            return held
        if now > self.at:
            grown = self.left + (now - self.at) * self.rate.per_second
            self.left, self.at = min(self.rate.burst, grown), now
        return held + max(0.0, (1.0 - self.left) / self.rate.per_second)

    def take(self, posts: int) -> None:
        """So many go, or with a minus: did not."""
        if self.rate is not None:
            self.left -= posts

    def starts(self, now: float) -> None:
        """One, taken before, goes now: what came back meanwhile does not count."""
        self.wait(now)
        if self.rate is not None:
            self.left = min(self.left, self.rate.burst - 1)

    def hold(self, now: float, until: float) -> None:
        """Nothing goes until then; after that they go one by one."""
        self.wait(now)
        self.at = max(self.at, until)
        self.left = min(self.left, 1.0)

    def is_full(self, now: float) -> bool:
        """Whether a new one would say the same."""
        full = self.rate is None or self.left + (now - self.at) * self.rate.per_second >= (
            self.rate.burst
        )
        return full and self.at <= now


class Pace:
    """The pace of one worker. ``share``: among how many workers the limits are shared just now.

    ``now`` is a clock that only goes forward."""

    def __init__(
        self,
        share: Callable[[], int] = alone,
        now: Callable[[], float] = time.monotonic,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._share, self._now, self._sleep = share, now, sleep
        self._buckets: dict[Key, Bucket] = {}
        self._kept = KEPT
        self._lanes: dict[str, set[int]] = {}

    async def turn(self, limits: Limits, waiting: Waiting) -> bool:
        """Wait until one message may go there; False when that is too long to wait for."""
        among.set(self._share())
        while True:
            taken: list[Bucket] = []
            for bucket in self._ways(limits, waiting):
                wait = bucket.wait(self._now())
                if wait > LONG:
                    _give_back(taken)
                    return False
                bucket.take(1)
                taken.append(bucket)
                if wait > 0:
                    await self._sleep(wait)
            if all(bucket.at <= self._now() for bucket in taken):
                return True
            _give_back(taken)  # "wait" came while this one was waiting for its turn

    def spent(self, limits: Limits, waiting: Waiting, posts: int) -> None:
        """So many posts it took in the end; 0 gives the turn back."""
        for bucket in self._ways(limits, waiting):
            bucket.take(posts - 1)

    def goes(self, limits: Limits, waiting: Waiting) -> None:
        """It goes to its place at this moment, some time after its turn: the next one counts from
        here, for what counts over there is when they arrive."""
        _, place = next(iter(self._keyed(limits, waiting)), (None, None))
        if place is not None:
            place.starts(self._now())

    def hold(self, limits: Limits, waiting: Waiting, reach: Reach, seconds: float) -> None:
        """The surface said that nothing goes there for so long."""
        for (whose, _), bucket in self._keyed(limits, waiting):
            if whose is reach:
                bucket.hold(self._now(), self._now() + seconds)

    @property
    def held(self) -> set[int]:
        """The workspaces that nothing goes through for longer than is waited here."""
        late = self._now() + LONG
        lanes: set[int] = set()
        for (whose, name), bucket in self._buckets.items():
            if bucket.at > late and whose is Reach.WORKSPACE:
                lanes.add(int(name))
            elif bucket.at > late and whose is Reach.SURFACE:
                lanes |= self._lanes[name]
        return lanes

    def _ways(self, limits: Limits, waiting: Waiting) -> Iterator[Bucket]:
        return (bucket for _, bucket in self._keyed(limits, waiting))

    def _keyed(self, limits: Limits, waiting: Waiting) -> Iterator[tuple[Key, Bucket]]:
        """The narrowest first, so that nobody else's turn passes while one waits for its own."""
        workspace = waiting.workspace
        if workspace is None:
            return
        self._lanes.setdefault(workspace.surface, set()).add(workspace.id)
        share = self._share()
        for key, rate in (
            ((Reach.PLACE, f"{waiting.cohort_id}/{waiting.to}"), limits.place),
            ((Reach.WORKSPACE, str(workspace.id)), _part(limits.workspace, share)),
            ((Reach.SURFACE, workspace.surface), _part(limits.surface, share)),
        ):
            yield key, self._bucket(key, rate)

    def _bucket(self, key: Key, rate: Rate | None) -> Bucket:
        bucket = self._buckets.get(key)
        if bucket is None:
            if len(self._buckets) >= self._kept:
                self._forget()
            bucket = self._buckets[key] = Bucket(rate, self._now())
        bucket.rate = rate
        return bucket

    def _forget(self) -> None:
        now = self._now()
        full = [key for key, bucket in self._buckets.items() if bucket.is_full(now)]
        for key in full:
            del self._buckets[key]
        self._kept = max(KEPT, 2 * len(self._buckets))


@dataclass(slots=True, eq=False)
class Turn:
    """When something went through a window."""

    at: float


class Window:
    """Never more than ``most`` within any ``seconds``: for requests that were not waited for one by
    one, since nobody knows beforehand when and how many a message makes.

    A turn is to be taken when a request really begins. So a process that was held up between
    asking and doing does not send a crowd, and what was late counts from when it went. They go at
    twice the rate until so many have gone: who gets a crowd at once takes them one after the other,
    and the last of them count as late."""

    def __init__(
        self,
        most: int,
        seconds: float,
        now: Callable[[], float] = time.monotonic,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self.most, self.seconds = most, seconds
        self._now, self._sleep = now, sleep
        self._turns: deque[Turn] = deque()
        self._next = now()
        self._line = asyncio.Lock()

    async def turn(self) -> Turn:
        """Wait for it, in the order of asking; our part of it where workers share it."""
        async with self._line:
            most, seconds = self._part(among.get())
            while (wait := self._wait(most, seconds)) > 0:
                await self._sleep(wait)
            turn = Turn(self._now())
            self._turns.append(turn)
            self._next = max(self._next, turn.at + seconds / most / 2)
            return turn

    def goes(self, turn: Turn) -> None:
        """Only now, some time after its turn."""
        turn.at = self._now()

    def hold(self, seconds: float) -> None:
        """Nothing begins for so long."""
        self._next = max(self._next, self._now() + seconds)

    def _part(self, share: int) -> tuple[int, float]:
        return max(1, self.most // share), self.seconds * max(1.0, share / self.most)

    def _wait(self, most: int, seconds: float) -> float:
        now = self._now()
        while self._turns and self._turns[0].at <= now - seconds:
            self._turns.popleft()
        full = len(self._turns) >= most
        return max(self._next, self._turns[-most].at + seconds if full else now) - now


def _part(rate: Rate | None, share: int) -> Rate | None:
    return rate.shared(share) if rate is not None else None


def _give_back(taken: list[Bucket]) -> None:
    for bucket in taken:
        bucket.take(-1)
