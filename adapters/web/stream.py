"""What happens, sent to every open tab as it happens (server-sent events).

A tab that was away names the last change it saw and is sent what it missed.
"""

import asyncio
import json
from contextlib import suppress
from typing import Any

from aiohttp import hdrs, web

from adapters.web.cast import Persona
from adapters.web.guard import HEADERS
from adapters.web.pages import Pages
from adapters.web.transcript import ClockMoved, Message

QUIET_SECONDS = 15.0
"""After so much silence the clock is sent again, and a closed tab is noticed."""


async def stream(request: web.Request, pages: Pages, me: Persona, last: str) -> web.StreamResponse:
    """Events until the tab is closed or the server stops."""
    transcript = pages.playground.transcript
    response = web.StreamResponse(headers={**HEADERS, hdrs.CONTENT_TYPE: "text/event-stream"})
    response.headers[hdrs.CACHE_CONTROL] = "no-store"
    with transcript.listening(me.key) as heard:
        await response.prepare(request)
        with suppress(ConnectionError):
            for event in _missed(pages, me, last):
                await response.write(event)
            while True:
                try:
                    happened = await asyncio.wait_for(heard.get(), QUIET_SECONDS)
                except TimeoutError:
                    happened = ClockMoved()
                if happened is None:
                    break
                await response.write(_event(pages, me, happened))
    return response


def _missed(pages: Pages, me: Persona, last: str) -> list[bytes]:
    transcript = pages.playground.transcript
    run, _, change = last.partition("-")
    if run != transcript.run or not change.isdecimal():
        return [_written("reload", {}, "")]
    missed = transcript.changed_since(int(change), me.key)
    return [_event(pages, me, each) for each in missed] + [_event(pages, me, ClockMoved())]


def _event(pages: Pages, me: Persona, happened: Message | ClockMoved) -> bytes:
    reader = pages.playground.reader(me)
    if isinstance(happened, ClockMoved):
        return _written("clock", {"now": reader.short(reader.now)}, "")
    return _written(
        "message",
        {
            "id": happened.id,
            "place": happened.place,
            "html": pages.message(happened, me, alone=False),
            "instead": pages.message(happened, me, alone=True),
        },
        f"{pages.playground.transcript.run}-{happened.change}",
    )


def _written(name: str, data: dict[str, Any], number: str) -> bytes:
    lines = [f"event: {name}", f"data: {json.dumps(data)}"]
    if number:
        lines.append(f"id: {number}")
    return ("\n".join(lines) + "\n\n").encode()
