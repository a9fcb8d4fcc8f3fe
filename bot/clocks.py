"""Clocks: the real one, and one that can be moved for the playground, the terminal and tests."""

import threading

from whenever import Instant, PlainDateTime, TimeDelta


class SystemClock:
    """The machine's time, to the millisecond (databases keep microseconds at most)."""

    def now(self) -> Instant:
        return Instant.from_timestamp(
            Instant.now().timestamp(unit="millisecond"), unit="millisecond"
        )


def fixed_at(moment: str) -> "MovableClock":
    """A clock that stands still at an ISO time; without an offset it is UTC.

    Raises ValueError when it is not one."""
    try:
        return MovableClock(Instant.parse_iso(moment))
    except ValueError:
        return MovableClock(PlainDateTime.parse_iso(moment).assume_utc())


class MovableClock:
    """The machine's time moved by an offset, or standing still where it was set."""

    def __init__(self, fixed: Instant | None = None) -> None:
        self._fixed = fixed
        self._offset = TimeDelta()
        self._real = SystemClock()
        self._lock = threading.Lock()

    def now(self) -> Instant:
        with self._lock:
            return self._fixed if self._fixed is not None else self._real.now() + self._offset

    def move_to(self, moment: Instant) -> None:
        """Let it be this moment now; a running clock runs on from there."""
        with self._lock:
            if self._fixed is not None:
                self._fixed = moment
            else:
                self._offset = moment - self._real.now()

    def move(self, seconds: float) -> None:
        """Let time pass."""
        self.move_to(self.now() + TimeDelta(seconds=seconds))
