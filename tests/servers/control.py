"""A stand-in as a process of its own: a small address beside the platform's for whoever harms it.

``GET /_control/messages?after=N`` · ``GET|POST|DELETE /_control/faults`` · ``POST /_control/prey``
(process ids that a fault may kill) · ``POST /_control/people`` · ``POST /_control/do`` (what the
stand-in's ``does`` knows) · ``GET /_control/state``.
"""

import argparse
import asyncio
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any, Protocol

from aiohttp import web

from tests.servers.faults import Faults

Json = dict[str, Any]
A_YEAR = 365 * 24 * 3600.0
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Made:
    """A message that the app made: named by its nonce (the row's), its words by their hash."""

    id: str
    channel: str
    nonce: str
    digest: str
    at: float
    words: str


def digest(said: Any) -> str:
    """The same words have the same."""
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]


class StandIn(Protocol):
    """What both stand-ins give to the control address."""

    @property
    def faults(self) -> Faults: ...

    def made(self, after: int = 0) -> list[Made]:
        """Every message that the app posted, oldest first, from this number on."""
        ...

    def newcomer(self, name: str) -> str:
        """Somebody new; gives their id."""
        ...

    async def does(self, what: str, how: Json) -> None:
        """Something that happens to the connection: see each."""
        ...

    def state(self) -> Json:
        """Counts."""
        ...

    async def until(self, seen: Callable[[], Any], /, within: float = 10.0) -> Any:
        """When it holds, looked at again whenever the app did something."""
        ...


def routes(stand_in: StandIn) -> list[web.RouteDef]:
    """The control address."""
    faults = stand_in.faults

    async def messages(request: web.Request) -> web.Response:
        after = int(request.query.get("after", "0"))
        return web.json_response([asdict(each) for each in stand_in.made(after)])

    async def told(_: web.Request) -> web.Response:
        return web.json_response(faults.told())

    async def add(request: web.Request) -> web.Response:
        asked = await request.json()
        for each in asked if isinstance(asked, list) else [asked]:
            faults.add(**each)
        return web.json_response(faults.told())

    async def clear(_: web.Request) -> web.Response:
        seen = faults.told()
        faults.clear()
        return web.json_response(seen)

    async def prey(request: web.Request) -> web.Response:
        faults.prey = set((await request.json())["pids"])
        return web.json_response(sorted(faults.prey))

    async def people(request: web.Request) -> web.Response:
        names = (await request.json())["names"]
        return web.json_response([stand_in.newcomer(name) for name in names])

    async def do(request: web.Request) -> web.Response:
        asked = await request.json()
        await stand_in.does(asked.pop("what"), asked)
        return web.json_response(stand_in.state())

    async def state(_: web.Request) -> web.Response:
        return web.json_response({"asked": faults.asked, **stand_in.state()})

    at = "/_control"
    return [
        web.get(f"{at}/messages", messages),
        web.get(f"{at}/faults", told),
        web.post(f"{at}/faults", add),
        web.delete(f"{at}/faults", clear),
        web.post(f"{at}/prey", prey),
        web.post(f"{at}/people", people),
        web.post(f"{at}/do", do),
        web.get(f"{at}/state", state),
    ]


def asked_for(platform: str, arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """The words of the command line."""
    parser = argparse.ArgumentParser(prog=f"python -m tests.servers.{platform}")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--people", type=int, default=0, help="so many to begin with")
    parser.add_argument("--seed", type=int, default=0, help="of the faults' dice")
    parser.add_argument("--show", action="store_true", help="print each message as it is made")
    return parser.parse_args(arguments)


async def stay(stand_in: StandIn, about: Json, asked: argparse.Namespace) -> None:
    """Say where it is, as one line of JSON, and serve until the process is ended."""
    stand_in.faults.sow(asked.seed)
    ids = [stand_in.newcomer(f"Person {number}") for number in range(asked.people)]
    print(json.dumps({**about, "people": ids}), flush=True)
    if not asked.show:
        await asyncio.Event().wait()
    shown = 0
    while True:
        await stand_in.until(partial(stand_in.made, shown), A_YEAR)
        fresh = stand_in.made(shown)
        for each in fresh:
            print(f"{each.channel} {each.nonce or '-'} {each.words[:70]!r}", flush=True)
        shown += len(fresh)
