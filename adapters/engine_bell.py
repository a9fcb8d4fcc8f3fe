"""The bell: says to an engine's loop that something may be due now."""

import asyncio
import contextlib
import threading


class Bell:
    """Wakeups that any thread may ring, before the engine runs and after it has stopped."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._rung = asyncio.Event()
        self._anew = False
        self._grace = 0.0
        self._coming: asyncio.TimerHandle | None = None
        self._later: asyncio.TimerHandle | None = None

    def wake(self) -> None:
        with self._lock, contextlib.suppress(RuntimeError):  # the loop may have closed just now
            if self._loop is not None:
                self._loop.call_soon_threadsafe(self._ring_soon)

    def _ring_soon(self) -> None:
        if self._coming is None:
            self._coming = asyncio.get_running_loop().call_later(self._grace, self._ring)

    def _ring(self) -> None:
        self._coming = None
        self._anew = True
        self._rung.set()

    def once_more(self) -> None:
        """Go on with the look that was begun. Only from the loop itself."""
        self._rung.set()

    def ring_in(self, seconds: float) -> None:
        """Ring so many seconds from now, once however often that is said meanwhile. Only from the
        loop itself."""
        if self._later is None and self._loop is not None:
            self._later = self._loop.call_later(seconds, self._ring_later)

    def _ring_later(self) -> None:
        self._later = None
        self._ring_soon()

    def listen(self, loop: asyncio.AbstractEventLoop | None, grace: float = 0.0) -> None:
        """Ring in this loop from now on, so many seconds after somebody has; None: nowhere."""
        with self._lock:
            self._loop, self._grace = loop, grace
        if loop is None:
            for each in (self._coming, self._later):
                if each is not None:
                    each.cancel()
            self._coming = self._later = None

    async def rung(self) -> bool:
        """Wait for the next ring; whether it says something new, or only to go on."""
        await self._rung.wait()
        self._rung.clear()
        anew, self._anew = self._anew, False
        return anew
