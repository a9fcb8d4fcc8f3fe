"""Without limits: messages a second and CPU a message, beside a bare loop of the SDK."""

import asyncio
import json
import sys
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

import discord
from discord.http import Route, handle_message_parameters
from slack_sdk.web.async_client import AsyncWebClient
from whenever import Instant

from adapters.discord.app import DiscordApp
from adapters.engine import Bell, Engine
from adapters.slack.messenger import SlackMessenger
from adapters.slack.workspaces import Workspaces
from bot.clocks import MovableClock
from bot.content import Content
from bot.delivery.lanes import PLACES
from bot.delivery.pacing import Window
from bot.dispatch import Dispatcher
from bot.domain.cohort import Account, Cohort, Workspace
from bot.domain.owed import Owed, OwedState
from bot.domain.recipients import ToMember
from bot.limits import FREE
from bot.ports import Messenger
from storage.claims import Claims
from storage.database import Database
from tests.chaos.kills_worker import FIELDS, REGISTRY
from tests.chaos.nth_fault_world import add_person, note
from tests.chaos.standing import new_database
from tests.chaos.table import Shown

ROOT = Path(__file__).resolve().parents[2]
Told = dict[str, Any]


class Cost(NamedTuple):
    """What so many messages took."""

    messages: int
    seconds: float
    cpu: float

    def __str__(self) -> str:
        each = 1000 * self.cpu / self.messages
        return f"{self.messages / self.seconds:.0f} a second, {each:.1f} ms CPU a message"


async def figures(folder: Path, messages: int, *surfaces: str) -> list[Shown]:
    """One worker on SQLite."""
    lines = []
    ways = {"slack": (_slack, _bare_slack), "discord": (_discord, _bare_discord)}
    for surface in surfaces:
        ours, bare = ways[surface]
        async with _far_end(surface, messages) as told:
            loop = await _spent(messages, bare(told))
            database = new_database(f"sqlite:///{folder / surface}.sqlite")
            try:
                cost, sent = await _delivered(database, surface, ours, told)
            finally:
                database.close()
        lines.append(
            Shown(
                f"throughput: {surface} without limits, one worker on SQLite",
                "figures; all sent",
                f"{sent} of {messages}: {cost}; a bare loop of the SDK, {PLACES} at once: {loop}",
                sent == messages,
            )
        )
    return lines


@asynccontextmanager
async def _far_end(surface: str, people: int) -> AsyncGenerator[Told]:
    """A stand-in as a process of its own, so that its CPU is not counted as ours."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", f"tests.servers.{surface}", "--people", str(people),
        cwd=ROOT, stdout=asyncio.subprocess.PIPE, limit=2**22,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        async with asyncio.timeout(30):
            told = json.loads(await process.stdout.readline())
        yield told
    finally:
        process.kill()
        await process.wait()


async def _spent(messages: int, work: Awaitable[None]) -> Cost:
    begun, cpu = time.monotonic(), time.process_time()
    await work
    return Cost(messages, time.monotonic() - begun, time.process_time() - cpu)


async def _delivered(
    database: Database,
    surface: str,
    messenger: Callable[[Told, Database, int], Any],
    told: Told,
) -> tuple[Cost, int]:
    clock = MovableClock()
    now = clock.now()
    cohort = database.add_cohort(Cohort(name="Class", created=now)).id
    _owe(database, cohort, surface, told["people"], now)
    async with messenger(told, database, cohort) as sender:
        sender.limits = FREE
        bell = Bell()
        dispatcher = Dispatcher(database, REGISTRY, Content(FIELDS, ()), clock, bell)
        ways: dict[str, Messenger] = {surface: sender}
        engine = Engine(database, Claims(database), dispatcher, ways, clock, "one", bell)
        cost = await _spent(len(told["people"]), _tick(engine))
        await engine.stop()
    with database.reading(cohort) as store:
        return cost, len(store.find(Owed, state=OwedState.SENT))


async def _tick(engine: Engine) -> None:
    await engine.tick()


def _owe(database: Database, cohort: int, surface: str, people: list[str], now: Instant) -> None:
    with database.writing(cohort) as store:
        home = store.add(Workspace(cohort_id=cohort, surface=surface, external_id="T1"))
        for user in people:
            add_person(store, home, user, now, zone="UTC", opted_in=now)
        for number, each in enumerate(store.find(Account)):
            store.owe(note(cohort, ToMember(each.member_id), surface, number, now))


@asynccontextmanager
async def _slack(told: Told, database: Database, cohort: int) -> AsyncGenerator[SlackMessenger]:
    workspaces = Workspaces(
        database, told["SLACK_API_URL"], MovableClock(), told["SLACK_BOT_TOKEN"], cohort
    )
    await workspaces.start()
    yield SlackMessenger(workspaces)
    await workspaces.stop()


@asynccontextmanager
async def _discord(told: Told, database: Database, cohort: int) -> AsyncGenerator[Any]:
    del cohort
    door = Dispatcher(database, REGISTRY, Content(FIELDS, ()), MovableClock(), Bell())
    app = DiscordApp(door, REGISTRY, lambda _guild, _name: None, told["DISCORD_API_URL"])
    await app.login(told["DISCORD_TOKEN"])
    app.wire.watch.window = Window(10**9, 1.0)
    yield app.messenger
    await app.close()


async def _each(people: list[str], post: Callable[[str], Awaitable[Any]]) -> None:
    """As many at once as one of our workspaces has places."""
    waiting = iter(people)

    async def one() -> None:
        for user in waiting:
            await post(user)

    await asyncio.gather(*(one() for _ in range(PLACES)))


async def _bare_slack(told: Told) -> None:
    client = AsyncWebClient(told["SLACK_BOT_TOKEN"], base_url=told["SLACK_API_URL"])
    await _each(
        told["people"], lambda user: client.chat_postMessage(channel=user, text="Number 1.")
    )


async def _bare_discord(told: Told) -> None:
    base, Route.BASE = Route.BASE, told["DISCORD_API_URL"]
    client = discord.Client(intents=discord.Intents.none())
    try:
        await client.login(told["DISCORD_TOKEN"])

        async def post(user: str) -> None:
            channel = await client.http.start_private_message(int(user))
            with handle_message_parameters(content="Number 1.") as params:
                await client.http.send_message(channel["id"], params=params)

        await _each(told["people"], post)
    finally:
        await client.close()
        Route.BASE = base
