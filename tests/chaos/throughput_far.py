"""A far end as a process of its own: so that its CPU is not ours, and it is not late when we are.

It counts requests when they have come, answers 429 beyond what it allows, and lets every call take
its time. Its moments are those of the machine's one monotonic clock.
"""

import asyncio
import contextlib
import json
import os
import sys
import time
from collections import deque
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from tests.servers.discord.server import Discord
from tests.servers.faults import Faults
from tests.servers.slack.server import SlackServer

AHEAD = -10
"""Of everybody else on the machine, as nice has it."""
ROOT = Path(__file__).resolve().parents[2]
POSTS = ("/messages", "chat.postMessage")
"""How the names of requests end that make a message."""
COUNTED = {"slack": ("chat.postMessage",), "discord": ("/messages", "/users/@me/channels")}
"""What a limit is about. Answers to interactions do not count, and nobody interacts here."""


@dataclass(frozen=True, slots=True)
class Orders:
    """``wait``: seconds that a call takes. ``most``: requests within so many seconds; 0: any."""

    surface: str
    people: int
    wait: float = 0.0
    most: int = 0
    within: float = 1.0
    in_a_chat: bool = False
    """Slack's one a second in a conversation is enforced."""


@dataclass(slots=True)
class Seen:
    """What a far end saw: when requests came that count, how many it refused, when messages were
    made."""

    taken: list[float] = field(default_factory=list)
    refused: int = 0
    made: list[float] = field(default_factory=list)

    def within(self, seconds: float) -> int:
        """Requests in so many seconds from the first."""
        return sum(at < self.taken[0] + seconds for at in self.taken) if self.taken else 0


@dataclass(slots=True)
class Gauge:
    """Hears each request of a stand-in."""

    faults: Faults
    orders: Orders
    seen: Seen = field(default_factory=Seen)
    _window: deque[float] = field(default_factory=deque)

    async def hear(self, name: str, _request: object) -> None:
        """Count it, refuse it, or let it take its time."""
        if name.endswith(COUNTED[self.orders.surface]) and not self._fits():
            self.seen.refused += 1
            self.faults.add(name, "limit", scope="global", retry_after=1)
            return
        await asyncio.sleep(self.orders.wait)
        if name.endswith(POSTS):
            self.seen.made.append(time.monotonic())

    def _fits(self) -> bool:
        now = time.monotonic()
        while self._window and self._window[0] <= now - self.orders.within:
            self._window.popleft()
        if self.orders.most and len(self._window) >= self.orders.most:
            return False
        self._window.append(now)
        self.seen.taken.append(now)
        return True


@dataclass(frozen=True, slots=True)
class Far:
    """A far end that runs. ``told``: its addresses, tokens and people."""

    told: dict[str, Any]

    async def seen(self) -> Seen:
        """All that it saw so far."""
        async with aiohttp.ClientSession() as session, session.get(self.told["seen"]) as answer:
            return Seen(**await answer.json())


@asynccontextmanager
async def far_end(orders: Orders) -> AsyncGenerator[Far]:
    """One, as long as the block."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", __name__, json.dumps(asdict(orders)),
        cwd=ROOT, stdout=asyncio.subprocess.PIPE, limit=2**22,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        async with asyncio.timeout(60):
            told = json.loads(await process.stdout.readline())
        yield Far(told)
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def _stand(orders: Orders) -> None:
    """Until it is killed. It is served first where that is allowed: when it is late, we are not."""
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, 0, AHEAD)
    about, stand_in = await (_slack(orders) if orders.surface == "slack" else _discord())
    people = [stand_in.newcomer(f"Person {number}") for number in range(orders.people)]
    gauge = Gauge(stand_in.faults, orders)
    stand_in.faults.heard.append(gauge.hear)
    address = await _shown(gauge.seen, stand_in)
    print(json.dumps({**about, "people": people, "seen": address}), flush=True)
    await asyncio.Event().wait()


async def _slack(orders: Orders) -> tuple[dict[str, str], SlackServer]:
    slack = SlackServer()
    await slack.start(0)
    slack.limits_posts = orders.in_a_chat
    return {"api": slack.api_url, "token": slack.bot_token, "home": "T1"}, slack


async def _discord() -> tuple[dict[str, str], Discord]:
    discord = Discord()
    await discord.start(0)
    home = discord.world.guild_id
    return {"api": discord.api_url, "token": discord.token, "home": home}, discord


async def _shown(seen: Seen, stand_in: SlackServer | Discord) -> str:
    """The address at which it can be asked what it saw."""

    async def show(_: web.Request) -> web.Response:
        return web.json_response({**asdict(seen), "refused": seen.refused + _too_fast(stand_in)})

    app = web.Application()
    app.router.add_get("/", show)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return f"http://127.0.0.1:{runner.addresses[0][1]}/"


def _too_fast(stand_in: SlackServer | Discord) -> int:
    """What Slack's stand-in refused by its own rules."""
    if isinstance(stand_in, Discord):
        return 0
    return [each.error for each in stand_in.complaints].count("ratelimited")


def main(arguments: Sequence[str]) -> None:
    """The process."""
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_stand(Orders(**json.loads(arguments[0]))))


if __name__ == "__main__":
    main(sys.argv[1:])
