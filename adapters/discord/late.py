"""Whether an interaction can still be acknowledged, and how often somebody is told that it was not.

Discord waits three seconds. To try later costs as much as to answer does, so that a process that
is behind would stay behind; what only looks is dropped then, for it need only be pressed again.
"""

import time
from collections.abc import Callable

LONGEST = 3.0
"""Seconds that Discord waits for the first answer."""
REMEMBERED = 3600.0
"""Seconds after which what was learnt of the clocks may be forgotten."""
DOUBTS_EVERY = 5.0
"""Seconds; that often one that seems to be too late is tried, for it may be us who are wrong."""
TOLD_EVERY = 60.0
"""Seconds between two direct messages to the same person that say so."""
MANY = 5000
"""People of whom that is remembered."""


class Moments:
    """How old interactions are, by their ids. Our clock and Discord's differ, so the youngest that
    was seen lately counts as new, and one is late that is older by three seconds than that."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._youngest = self._before = float("inf")
        self._since = clock()
        self._doubted, self._tried = float("-inf"), ""

    def age(self, interaction: str) -> float:
        """Seconds since somebody pressed, or somewhat more than that."""
        now = self._clock()
        if now - self._since > REMEMBERED:
            self._before, self._youngest, self._since = self._youngest, float("inf"), now
        apart = now - _made(interaction)
        self._youngest = min(self._youngest, apart)
        return apart - min(self._youngest, self._before)

    def is_over(self, interaction: str) -> bool:
        """Whether Discord takes no first answer any more."""
        return self.age(interaction) > LONGEST

    def doubts(self, interaction: str) -> bool:
        """Whether this one of those is to be tried all the same."""
        now = self._clock()
        if now - self._doubted >= DOUBTS_EVERY:
            self._doubted, self._tried = now, interaction
        return self._tried == interaction

    def was_taken(self, interaction: str) -> None:
        """One that seemed to be over was not: it is as young as any."""
        self._youngest = self._before = self._clock() - _made(interaction)


class Seldom:
    """To each person at most one in a while."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._told: dict[str, float] = {}

    def may(self, user: str) -> bool:
        """Whether it is time for one; then it counts as told."""
        now = self._clock()
        if now - self._told.get(user, float("-inf")) < TOLD_EVERY:
            return False
        self._told.pop(user, None)
        self._told[user] = now
        if len(self._told) > MANY:
            del self._told[next(iter(self._told))]
        return True


def _made(interaction: str) -> float:
    """When its id was made, in seconds from some moment on; its last 22 bits are no time."""
    return (int(interaction) >> 22) / 1000
