"""Without limits: messages a second and CPU a message, beside a bare loop of the SDK.

Far ends and workers are processes of their own, which are up and have sent a few when all the
messages are owed at one moment; several workers share one PostgreSQL, its queue and one class. CPU
is that of the workers alone: the database and the far end need theirs besides.
"""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, NamedTuple

import discord
from cryptography.fernet import Fernet
from discord.http import Route, handle_message_parameters
from slack_sdk.web.async_client import AsyncWebClient
from whenever import Instant

from bot.delivery.lanes import PLACES
from bot.domain.owed import OwedState
from storage.cipher import Cipher
from storage.database import Database
from storage.migrate import migrate
from tests.chaos.kills_worker import FIELDS
from tests.chaos.table import Shown
from tests.chaos.throughput_far import Far, Orders, far_end
from tests.chaos.throughput_house import Told, furnish
from tests.chaos.throughput_worker import Orders as WorkerOrders
from tests.chaos.throughput_worker import worker
from tests.servers import postgres

FOUR = 4
WARMING = 30
"""Messages a worker, before any is counted: a process builds its statements once."""
PATIENCE = 300.0
MUST = "figures; all sent, each once"


class Cost(NamedTuple):
    """What so many messages took."""

    messages: int
    seconds: float
    cpu: float

    def __str__(self) -> str:
        each = 1000 * self.cpu / self.messages
        return f"{self.messages / self.seconds:.0f} a second, {each:.1f} ms CPU a message"


async def figures(folder: Path, messages: int, *surfaces: str, long: bool) -> list[Shown]:
    """One worker on SQLite; in the long form also one and four on PostgreSQL."""
    lines: list[Shown] = []
    async with AsyncExitStack() as stack:
        server = None
        if long and postgres.programs() is not None:
            server = stack.enter_context(postgres.running())
        for surface in surfaces:
            bare = await _bare(surface, messages)
            url = f"sqlite:///{folder / surface}.sqlite"
            lines.append(await _line(surface, url, "SQLite", messages, 1, bare))
            for workers in (1, FOUR):
                if server is None:
                    break
                url = server.fresh()
                lines.append(await _line(surface, url, "PostgreSQL", messages, workers, bare))
        if long and server is None:
            lines.append(
                Shown("throughput without limits, PostgreSQL", MUST, "there is none", False)
            )
    return lines


async def _line(
    surface: str, url: str, where: str, messages: int, workers: int, bare: Cost
) -> Shown:
    async with far_end(Orders(surface, messages)) as far:
        cost, sent, made = await _delivered(url, surface, far, workers)
    named = "one worker" if workers == 1 else f"{workers} workers"
    cores = len(os.sched_getaffinity(0))
    return Shown(
        f"throughput: {surface} without limits, {named} on {where}",
        MUST,
        f"{sent} of {messages}, {made} made: {cost}; a bare loop of the SDK, {PLACES} at once: "
        f"{bare} ({cores} cores for workers, database and far end)",
        sent == made == messages,
    )


async def _delivered(url: str, surface: str, far: Far, workers: int) -> tuple[Cost, int, int]:
    """What it took, how many rows say sent, and how many messages there are."""
    key = Fernet.generate_key().decode()
    database = Database(url, Cipher([key]), FIELDS)
    ends: dict[str, Told] = {surface: far.told}
    async with AsyncExitStack() as stack:
        stack.callback(database.close)
        if database.is_sqlite:
            database.create()
        else:
            await asyncio.to_thread(migrate, database)
        class_ = furnish(database, ends, Instant.now())
        staff = [
            await stack.enter_async_context(
                worker(WorkerOrders(url, key, class_.cohort, ends, f"worker {number}"))
            )
            for number in range(workers)
        ]
        await asyncio.to_thread(class_.owe, Instant.now(), people=WARMING * workers)
        await asyncio.gather(*(each.says("look") for each in staff))
        async with asyncio.timeout(PATIENCE):
            await class_.all_sent()
        warm = class_.states()[OwedState.SENT]
        await asyncio.gather(*(each.says("go") for each in staff))
        await asyncio.to_thread(class_.owe, Instant.now())
        begun = time.monotonic()
        await asyncio.gather(*(each.says("look") for each in staff))
        async with asyncio.timeout(PATIENCE):
            await class_.all_sent()
        seconds = time.monotonic() - begun
        cpu = sum(map(float, await asyncio.gather(*(each.says("end") for each in staff))))
        sent = class_.states()[OwedState.SENT] - warm
    made = len((await far.seen()).made) - warm
    return Cost(len(far.told["people"]), seconds, cpu), sent, made


async def _bare(surface: str, messages: int) -> Cost:
    loop = {"slack": _bare_slack, "discord": _bare_discord}[surface]
    async with far_end(Orders(surface, messages)) as far:
        begun, cpu = time.monotonic(), time.process_time()
        await loop(far.told)
        return Cost(messages, time.monotonic() - begun, time.process_time() - cpu)


async def _each(people: list[str], post: Callable[[str], Awaitable[Any]]) -> None:
    """As many at once as one of our workspaces has places."""
    waiting = iter(people)

    async def one() -> None:
        for user in waiting:
            await post(user)

    await asyncio.gather(*(one() for _ in range(PLACES)))


async def _bare_slack(told: Told) -> None:
    client = AsyncWebClient(told["token"], base_url=told["api"])
    await _each(
        told["people"], lambda user: client.chat_postMessage(channel=user, text="Number 1.")
    )


async def _bare_discord(told: Told) -> None:
    base, Route.BASE = Route.BASE, told["api"]
    client = discord.Client(intents=discord.Intents.none())
    try:
        await client.login(told["token"])

        async def post(user: str) -> None:
            channel = await client.http.start_private_message(int(user))
            with handle_message_parameters(content="Number 1.") as params:
                await client.http.send_message(channel["id"], params=params)

        await _each(told["people"], post)
    finally:
        await client.close()
        Route.BASE = base
