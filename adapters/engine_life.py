"""Signs of life: whoever sends says so every few seconds, so that the others know among how many.

A sign is a lease. It is not taken back at the end but ends, so the last one tells since when nobody
has been sending (bot/delivery/away.py).
"""

from collections.abc import Sequence
from zlib import crc32

from whenever import Instant, TimeDelta

from bot.delivery.away import ALIVE, note_return
from bot.ports import Clock, Leases, Ledger, Waiting

BEAT_EVERY = 15
"""Seconds between two signs."""
ALIVE_FOR = 60
"""Seconds that a sign holds: three may be missed."""
AHEAD = TimeDelta(minutes=10)
"""Longer than any sign holds: it was given by a clock that ran ahead."""
KEPT = TimeDelta(hours=24)
"""How long signs of those who are gone are kept, once there is a newer one."""


def living(leases: Leases, now: Instant) -> list[str]:
    """The workers that are sending just now, in an order that all agree on."""
    signs = leases.held(ALIVE)
    return sorted(each.holder for each in signs if now < each.until <= now + AHEAD)


class Life:
    """One worker's signs, and what it knows of the others'. Synchronous but for :attr:`share`."""

    def __init__(self, leases: Leases, ledger: Ledger, clock: Clock, worker: str) -> None:
        self._leases, self._ledger, self._clock = leases, ledger, clock
        self._worker = worker
        self._living: Sequence[str] = (worker,)

    def beat(self) -> None:
        """Say that we are here; before that, whether everybody was away until now."""
        now = self._clock.now()
        note_return(self._leases, self._ledger, now)
        self._leases.hold(f"{ALIVE}{self._worker}", self._worker, now, ALIVE_FOR)
        self._leases.forget(now - KEPT)  # ours is newer, so the last sign of all stays
        self._living = living(self._leases, now) or (self._worker,)

    def end(self) -> None:
        """Somebody else may have our part from now on."""
        now = self._clock.now()
        self._leases.hold(f"{ALIVE}{self._worker}", self._worker, now, 0)

    def share(self) -> int:
        """Among how many the limits are shared, as of the last sign."""
        return len(self._living)

    def ours_first(self, found: list[Waiting]) -> list[Waiting]:
        """The part of them that is ours while others work too; all of them when none is.

        Only so that not all reach for the same ones: a row is claimed by one in any case."""
        among = self._living
        if len(among) < 2:
            return found
        ours = [each for each in found if among[_number(each) % len(among)] == self._worker]
        return ours or found


def _number(waiting: Waiting) -> int:
    return crc32(f"{waiting.cohort_id}/{waiting.to}".encode())
