"""Our connection to Discord's gateway: opened and left as the lease says, resumed when it breaks.

discord.py's own loop cannot be left without closing its HTTP client too, waits a minute at most
before it logs in anew, and forgets the session; its socket, its heartbeat and its parsing are used.
"""

import asyncio
import random
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import aiohttp
import structlog
from discord.errors import ConnectionClosed
from discord.gateway import DiscordWebSocket, ReconnectWebSocket

from adapters.discord.logins import Logins
from adapters.keeper import Pause

if TYPE_CHECKING:
    from adapters.discord.app import DiscordApp

log = structlog.get_logger(__name__)
FOR_GOOD = frozenset({4004, 4010, 4011, 4012, 4013, 4014})
"""Close codes that no other try will change: a wrong token, intents that were refused."""
BROKEN = (OSError, TimeoutError, aiohttp.ClientError)
SPENT = frozenset({4003, 4007, 4009})
"""Close codes after which there is nothing to resume."""
RESUMABLE, PARTING = 4000, 1000
"""Codes that we close with: the session is kept for some minutes, or is over."""
OPENING, CLOSING = 60.0, 2.0
"""Seconds of patience."""
LONGEST = 8.0
"""Seconds between two tries to connect, at most: who is thrown off is to be back within ten."""
IDLE = 60.0
"""Seconds without a connection after which another machine should try."""
BRIEF = 1.0
"""Seconds; a connection that is broken sooner is not made again at once."""


class Socket(DiscordWebSocket):
    """Discord's, closed whenever whoever reads from it is cancelled."""

    parting = RESUMABLE

    async def poll_event(self) -> None:
        """One event."""
        try:
            await super().poll_event()
        except asyncio.CancelledError:
            try:
                await asyncio.wait_for(self.close(self.parting), CLOSING)
            except BROKEN:
                log.info("Discord did not answer to our leaving")
            raise


class Line:
    """The one connection of this process, while it may have one."""

    def __init__(self, app: "DiscordApp", logins: Logins, pause: Pause = asyncio.sleep) -> None:
        self._app, self.logins, self._pause = app, logins, pause
        self._running: asyncio.Task[None] | None = None
        self._session: dict[str, Any] = {}
        """What resuming needs; nothing when it cannot be."""
        self.over = asyncio.Event()
        """Set when Discord closed it for good."""
        self.why: Exception | None = None
        self.is_parting = False
        """Whether we do not come back, which Discord is told."""
        self._worked = False
        """Whether the present connection brought anything."""
        self._cut: float | None = None
        """Since when we try to connect in vain."""

    def is_idle(self) -> bool:
        """Whether this machine does not reach Discord; waiting to log in again is another thing."""
        return self._cut is not None and asyncio.get_running_loop().time() - self._cut > IDLE

    def begin(self) -> None:
        """Connect, and stay so."""
        self._cut = asyncio.get_running_loop().time()
        self._running = asyncio.create_task(self._run())
        self._running.add_done_callback(self._ended)

    async def end(self) -> None:
        """Leave at once. The HTTP client stays, so that what was begun is answered."""
        if self.is_parting and isinstance(self._app.ws, Socket):
            self._app.ws.parting = PARTING
        running, self._running = self._running, None
        if running is not None:
            running.cancel()
            await asyncio.wait({running})

    def _ended(self, running: asyncio.Task[None]) -> None:
        error = None if running.cancelled() else running.exception()
        if isinstance(error, Exception):
            log.error("Discord closed the gateway for good", why=str(error))
            self.why = error
            self.over.set()

    async def _run(self) -> None:
        clock = asyncio.get_running_loop().time
        failed = 0
        while True:
            began, self._worked = clock(), False
            try:
                await self._connection()
            except ReconnectWebSocket as again:
                if not again.resume:
                    await self._pause(random.uniform(1, 5))
            except Exception as error:
                if isinstance(error, ConnectionClosed) and error.code in FOR_GOOD:
                    raise
                log.warning("Discord's gateway is not reached", error=type(error).__name__)
            if self._worked or self._cut is None:
                self._cut = clock()
            failed = 0 if self._worked else failed + 1
            await self._pause(_between(failed, clock() - began))

    async def _connection(self) -> None:
        """From opening to the end, which is always an exception."""
        if not self._session:
            cut, self._cut = self._cut, None
            await self.logins.turn()
            self._app.begin_anew()
            self._cut = cut
        async with asyncio.timeout(OPENING):
            socket = await Socket.from_client(self._app, **self._session)
        self._app.ws, before = socket, socket.sequence
        try:
            while True:
                await socket.poll_event()
                if socket.sequence != before:
                    self._worked, self._cut = True, None
        finally:
            self._session = _session_of(socket)


def _session_of(socket: DiscordWebSocket) -> dict[str, Any]:
    if socket.session_id is None or socket.socket.close_code in SPENT:
        return {}
    return {
        "resume": True,
        "session": socket.session_id,
        "sequence": socket.sequence,
        "gateway": socket.gateway,
    }


def _between(failed: int, lived: float, chance: Callable[[], float] = random.random) -> float:
    """Seconds before the next try: none where a good connection broke."""
    if not failed:
        return 0.0 if lived > BRIEF else BRIEF / 2
    return min(0.5 * 2.0 ** min(failed, 10), LONGEST) * (0.5 + chance() / 2)
