"""A door before a stand-in server: every request goes through it, and some fare badly.

It passes on what it is sent, and the answer back, unless the experiment's verdict says otherwise;
so the faults are of the wire itself, whatever the stand-in knows of them.
"""

import asyncio
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web

QUIET = logging.getLogger("chaos.door")
"""A line that we cut ourselves is no news."""
QUIET.addHandler(logging.NullHandler())
QUIET.propagate = False
NOT_PASSED_ON = {"host", "content-length", "transfer-encoding", "connection", "content-encoding"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: ``nonce`` is that of the message which it would make, "" for any other."""

    method: str
    path: str
    nonce: str
    headers: Any


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of it. ``status`` 0 with ``breaks`` cuts the line; ``made``: it is passed on."""

    made: bool = True
    breaks: bool = False
    status: int = 0
    read: Callable[[], None] | None = None
    """Called when the request was read and not passed on yet."""
    then: Callable[[], None] | None = None
    """Called when it has had its effect, before the answer."""
    wait: float = 0.0
    """Seconds until it is passed on."""
    late: float = 0.0
    """Seconds that the answer is held back."""


WELL = Verdict()
Judge = Callable[[Asked], Verdict]


@dataclass
class Door:
    """Listens on a port of its own and leads to ``target`` (an address without path)."""

    target: str
    judge: Judge
    port: int = 0
    _runner: web.AppRunner | None = field(default=None, init=False)
    _session: aiohttp.ClientSession | None = field(default=None, init=False)

    @property
    def base(self) -> str:
        """Where to knock."""
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        """Open it."""
        self._session = aiohttp.ClientSession(auto_decompress=False)
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_route("*", "/{rest:.*}", self._pass)
        self._runner = web.AppRunner(app, access_log=None, logger=QUIET, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Close it."""
        if self._runner is not None:
            await self._runner.cleanup()
        if self._session is not None:
            await self._session.close()

    async def _pass(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        asked = Asked(request.method, request.path, _nonce(request, body), request.headers)
        verdict = self.judge(asked)
        if verdict.read is not None:
            verdict.read()
        if verdict.wait:
            await asyncio.sleep(verdict.wait)
        answer = await self._forward(request, body) if verdict.made else web.Response(status=500)
        if verdict.then is not None:
            verdict.then()
        if verdict.late:
            await asyncio.sleep(verdict.late)
        if verdict.breaks:
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        return web.Response(status=verdict.status, text="no") if verdict.status else answer

    async def _forward(self, request: web.Request, body: bytes) -> web.Response:
        assert self._session is not None
        headers = {
            name: value
            for name, value in request.headers.items()
            if name.lower() not in NOT_PASSED_ON
        }
        url = f"{self.target}{request.raw_path}"
        async with self._session.request(
            request.method, url, data=body or None, headers=headers, allow_redirects=False
        ) as answer:
            back = {
                name: value
                for name, value in answer.headers.items()
                if name.lower() not in NOT_PASSED_ON
            }
            return web.Response(status=answer.status, body=await answer.read(), headers=back)


def _nonce(request: web.Request, body: bytes) -> str:
    """The name of the message that this request makes; "" when it makes none."""
    path = request.path
    if request.method != "POST" or not path.endswith(("/messages", "/chat.postMessage")):
        return ""
    if request.content_type != "application/json":
        return ""
    sent = json.loads(body or b"{}")
    metadata = sent.get("metadata") or {}
    metadata = json.loads(metadata) if isinstance(metadata, str) else metadata
    return str(sent.get("nonce") or metadata.get("event_payload", {}).get("n") or "")


async def opened(target: str, judge: Judge) -> Door:
    """A door that is open."""
    door = Door(target, judge)
    await door.start()
    return door
