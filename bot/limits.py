"""How much a surface takes: what its messengers say about themselves, in the core's words."""

import math
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum

begin_by: ContextVar[float] = ContextVar("begin_by", default=math.inf)
"""The end of the attempt under way, on the event loop's clock: no request begins after it. Whoever
stood still meanwhile (a machine that slept) goes on in the middle, and its lease is long over."""

among: ContextVar[int] = ContextVar("among", default=1)
"""Among how many workers a surface's limits are shared just now: for adapters that count requests,
of which nobody else knows when and how many a message makes."""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many messages a second in the long run, and ``burst`` at once after a rest.

    In any ``t`` seconds no more than ``burst + per_second * t`` go."""

    per_second: float
    burst: float = 1.0

    def shared(self, among: int) -> "Rate":
        """One worker's part of it; a whole message at least goes at once."""
        among = max(1, among)
        return Rate(self.per_second / among, max(1.0, self.burst / among))


@dataclass(frozen=True, slots=True)
class Limits:
    """What a surface takes from all our workers together; None: as much as we have.

    ``surface``: through all of its workspaces. ``place``: one person's direct messages, or one
    channel; a place is served by one worker at a time, so it is not shared out."""

    surface: Rate | None = None
    workspace: Rate | None = None
    place: Rate | None = None


FREE = Limits()
"""A page or a terminal."""


class Reach(StrEnum):
    """Whom a surface's "wait" is about, besides the message that met it."""

    ROW = "row"
    PLACE = "place"
    WORKSPACE = "workspace"
    SURFACE = "surface"
