"""What goes wrong on demand, in one vocabulary for every stand-in, and who hears of each request.

A request has a name: ``POST /channels/17/messages`` on Discord, ``chat.postMessage`` on Slack
(``response_url`` and ``files.upload`` for its two addresses outside the API).
"""

import asyncio
import inspect
import os
import random
import signal
import socket
import struct
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, Literal

from aiohttp import web

What = Literal["error", "limit", "drop", "reset", "slow", "kill", "lag"]
EVER = -1
"""For ``times``: until it is taken away."""
SHOWS_UNTIL: web.RequestKey[float] = web.RequestKey("shows_until", float)
"""A history that lags: what is younger than this is not shown."""
Heard = Callable[[str, web.Request], Awaitable[None] | None]
Name = Callable[[web.Request], str]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(eq=False)
class Fault:
    """Something that goes wrong, for requests whose name matches (``*`` stands for anything).

    - ``error``: the platform's refusal with this status and code (a bare gateway page from 500 on).
    - ``limit``: 429 with Retry-After; scope "global", "user", "shared" or "ban" (no ``Via``).
    - ``drop``: the connection is closed; ``reset``: it is torn (RST).
    - ``slow``: so many seconds, and then all goes on. Every other kind may have seconds too.
    - ``kill``: the process that asked is killed, if it is among ``Faults.prey``.
    - ``lag``: a history shows nothing younger than so many seconds, or, without seconds, nothing
      that came after this fault.

    ``when``: "before" has no effect, "after" has it and the answer is lost or spoilt.
    """

    matches: str
    what: What = "error"
    when: Literal["before", "after"] = "before"
    times: int = 1
    chance: float = 1.0
    status: int = 500
    code: int | str = 0
    message: str = "fault"
    seconds: float = 0.0
    retry_after: float = 1.0
    scope: str = "shared"
    met: int = 0
    since: float = field(default_factory=time.time)


class Faults:
    """All that goes wrong in one stand-in. ``shape`` makes a platform's own refusal."""

    def __init__(
        self,
        shape: Callable[[Fault], web.StreamResponse],
        seed: int = 0,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.rules: list[Fault] = []
        self.heard: list[Heard] = []
        self.prey: set[int] = set()
        self.asked = 0
        self._shape, self._now = shape, now
        self._dice = random.Random(seed)

    def add(self, matches: str, what: What = "error", **how: Any) -> Fault:
        """One more; the first that matches is met."""
        made = Fault(matches, what, since=self._now(), **how)
        self.rules.append(made)
        return made

    def clear(self) -> None:
        """All goes well from now on."""
        self.rules.clear()

    def sow(self, seed: int) -> None:
        """The same dice again."""
        self._dice = random.Random(seed)

    def told(self) -> list[dict[str, Any]]:
        """Each fault and how often it was met."""
        return [asdict(each) for each in self.rules]

    def around(self, named: Name) -> Any:
        """A middleware that makes it so; ``named`` gives a request's name, "" lets it pass."""

        @web.middleware
        async def meet(request: web.Request, handler: Handler) -> web.StreamResponse:
            name = named(request)
            if not name:
                return await handler(request)
            await self._hear(name, request)
            if spoilt := await self._meets(name, "before", request):
                return spoilt
            answered = await handler(request)
            return await self._meets(name, "after", request) or answered

        return meet

    async def _hear(self, name: str, request: web.Request) -> None:
        self.asked += 1
        if not request.content_type.startswith("multipart/"):
            await request.read()
        for hook in self.heard:
            told = hook(name, request)
            if inspect.isawaitable(told):
                await told

    async def _meets(self, name: str, when: str, request: web.Request) -> web.StreamResponse | None:
        fault = self._next(name, when)
        if fault is None:
            return None
        if fault.what == "lag":
            request[SHOWS_UNTIL] = self._now() - fault.seconds if fault.seconds else fault.since
            return None
        await asyncio.sleep(fault.seconds)
        match fault.what:
            case "slow":
                return None
            case "error" | "limit":
                return self._shape(fault)
            case "kill":
                if not self._kill(request):
                    return None
            case "reset":
                _tear(request)
        if request.transport:
            request.transport.close()
        return web.Response(status=500)

    def _next(self, name: str, when: str) -> Fault | None:
        for fault in self.rules:
            fits = fault.when == when and fault.times and fnmatch(name, fault.matches)
            if fits and (fault.chance >= 1 or self._dice.random() < fault.chance):
                fault.times -= fault.times > 0
                fault.met += 1
                return fault
        return None

    def _kill(self, request: web.Request) -> bool:
        """Whether whoever asked is dead now; only what the harness started is ever killed."""
        peer = request.transport.get_extra_info("peername") if request.transport else None
        found = owner_of(peer[1], self.prey) if peer else None
        if found is None:
            return False
        os.kill(found, signal.SIGKILL)
        self.prey.discard(found)
        return True


def owner_of(port: int, among: set[int]) -> int | None:
    """Which of these processes has a connection from this local port (Linux)."""
    wanted = f"0100007F:{port:04X}"
    lines = Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]
    sockets = {f"socket:[{line.split()[9]}]" for line in lines if line.split()[1] == wanted}
    for pid in among:
        try:
            held = {str(each.readlink()) for each in Path(f"/proc/{pid}/fd").iterdir()}
        except OSError:  # it is gone, or a file of its was closed just now
            continue
        if held & sockets:
            return pid
    return None


def _tear(request: web.Request) -> None:
    """Closing sends RST instead of FIN."""
    line = request.transport.get_extra_info("socket") if request.transport else None
    if line is not None:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
