"""Who is served next: each workspace has a few places, so a stuck one takes nobody else's."""

from collections import Counter
from collections.abc import Iterable

from bot.delivery.pacing import Pace
from bot.ports import Waiting

PLACES = 32
"""Messages on their way at once through one workspace: fifty calls a second, and more than that,
when each message is two calls (who is on holiday, or where its direct messages are; then the post)
of 300 ms, and making it and writing it down takes as long on a busy machine."""
ALL_PLACES = 1000
"""In all: who waits for a turn or for an answer costs little, so thirty may be stuck at once."""

Key = tuple[int, str]


def key_of(waiting: Waiting) -> Key:
    """Who it is, whichever way they are reached."""
    return waiting.cohort_id, waiting.to


def lane_of(waiting: Waiting) -> int:
    """Whose place is taken; those who cannot be reached share one."""
    return waiting.workspace.id if waiting.workspace is not None else 0


class Lanes:
    """Recipients known to wait, in the order they were found, and those being served.

    ``pace``: knows which workspaces nothing goes through just now."""

    def __init__(self, pace: Pace | None = None) -> None:
        self._pace = pace if pace is not None else Pace()
        self._known: dict[Key, Waiting] = {}
        self._serving: dict[Key, int] = {}
        self._taken: Counter[int] = Counter()

    @property
    def full(self) -> list[int]:
        """The workspaces that have no place free, or that asked to wait."""
        taken = {lane for lane, taken in self._taken.items() if taken >= PLACES}
        return sorted(taken | self._pace.held)

    @property
    def all_taken(self) -> bool:
        """Whether there is no place at all."""
        return len(self._serving) >= ALL_PLACES

    def learn(self, found: Iterable[Waiting]) -> int:
        """Remember who waits; how many of them are news."""
        news = {key_of(each): each for each in found if key_of(each) not in self._serving}
        fresh = len(news.keys() - self._known.keys())
        self._known.update(news)
        return fresh

    def knows_of(self, lane: int) -> bool:
        """Whether anybody is known to wait for a place in this lane."""
        return any(lane_of(each) == lane for each in self._known.values())

    def take(self) -> Waiting | None:
        """The next one for whom there is a place; it is taken."""
        if self.all_taken:
            return None
        for key, waiting in self._known.items():
            lane = lane_of(waiting)
            if key not in self._serving and self._taken[lane] < PLACES:
                del self._known[key]
                self._serving[key] = lane
                self._taken[lane] += 1
                return waiting
        return None

    def leave(self, waiting: Waiting) -> None:
        """Their place is free again."""
        self._taken[self._serving.pop(key_of(waiting))] -= 1
