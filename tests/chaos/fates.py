"""At which point a worker dies over a message: drawn from the seed, so that a run can be repeated.

Each attempt at a row draws anew; what the far end does to its answer is drawn at the far end.
"""

import hashlib
import time
from dataclasses import dataclass
from enum import StrEnum

from whenever import Instant


class Point(StrEnum):
    """Where the worker is killed, as the issue's table names them; LIVES is nowhere."""

    LIVES = "lives"
    BEFORE_CLAIM = "before the claim"
    AFTER_CLAIM = "after the claim"
    AFTER_SENDING = "after sending was committed"
    WRITTEN = "request written"
    AFTER_ERROR = "after an error answer"
    BEFORE_COMMIT = "answer before the commit"
    IN_COMMIT = "during the commit"
    AFTER_COMMIT = "after the commit"
    STOPPED = "stopped beyond its lease"


class Mood(StrEnum):
    """What the far end does with a request."""

    WELL = "well"
    DROPPED = "made, answer dropped"
    LATE_ERROR = "made, 504"


POINTS = tuple(each for each in Point if each is not Point.LIVES)
HEADER = "X-Chaos"
"""Carries pid, fate and the chance that goes with it to the far end."""


@dataclass(frozen=True, slots=True)
class Odds:
    """``kill``: at each of the nine points; ``drop`` and ``late``: of all answers."""

    seed: int
    kill: float = 0.03
    drop: float = 0.05
    late: float = 0.05

    def fate(self, row: int, attempt: int) -> Point:
        """What becomes of the worker at this attempt."""
        at = int(self.chance("fate", row, attempt) / self.kill) if self.kill else len(POINTS)
        return POINTS[at] if at < len(POINTS) else Point.LIVES

    def mood(self, nonce: str, time_asked: int) -> Mood:
        """What becomes of the answer."""
        drawn = self.chance("mood", nonce, time_asked)
        if drawn < self.drop:
            return Mood.DROPPED
        return Mood.LATE_ERROR if drawn < self.drop + self.late else Mood.WELL

    def chance(self, *about: object) -> float:
        """A number from 0 to 1 that is the same each time."""
        words = ":".join(str(each) for each in (self.seed, *about))
        return int.from_bytes(hashlib.blake2b(words.encode(), digest_size=7).digest()) / 2**56


@dataclass(frozen=True, slots=True)
class FastClock:
    """A clock that runs ``factor`` times as fast as the real one, the same in every process."""

    begun: float
    factor: float

    def now(self) -> Instant:
        """The moment in the experiment."""
        return Instant.from_timestamp(self.begun + self.passed())

    def passed(self) -> float:
        """Seconds of the experiment since it began."""
        return (time.time() - self.begun) * self.factor
