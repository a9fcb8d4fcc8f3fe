"""A deployment in this process: the product's engine and messengers, stand-ins behind doors."""

import time
from collections import Counter
from collections.abc import AsyncGenerator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from cryptography.fernet import Fernet
from sqlalchemy import create_engine, text
from whenever import Instant

from adapters.discord.app import DiscordApp
from adapters.engine import Bell, Engine
from adapters.slack.messenger import SlackMessenger
from adapters.slack.workspaces import Workspaces
from bot.clocks import MovableClock
from bot.content import Content
from bot.delivery.pacing import Pace
from bot.dispatch import Dispatcher
from bot.domain.cohort import Workspace
from bot.domain.owed import Owed, OwedState
from bot.ports import Messenger
from storage.cipher import Cipher
from storage.claims import Claims
from storage.database import Database
from tests.chaos.door import Judge, opened
from tests.chaos.kills_worker import FIELDS, REGISTRY
from tests.servers.discord.server import Discord, discord_server
from tests.servers.slack.server import SlackServer

CIPHER = Cipher([Fernet.generate_key().decode()])
OPEN = (OwedState.DUE, OwedState.SENDING)
Furnish = Callable[[Database, Instant, SlackServer, Discord], dict[str, Workspace]]


@dataclass(slots=True)
class World:
    """One deployment and its far ends."""

    database: Database
    clock: MovableClock
    slack: SlackServer
    discord: Discord
    engine: Engine
    homes: dict[str, Workspace]
    messengers: dict[str, Messenger]

    def moves(self, seconds: float) -> None:
        """Time passes for everybody."""
        self.clock.move(seconds)
        self.slack.ahead = self.clock.now().timestamp(unit="millisecond") / 1000 - time.time()
        self.discord.skip(seconds)

    def rows(self) -> list[Owed]:
        """The messages as they are stored now."""
        with self.database.reading(self.homes["slack"].cohort_id) as store:
            return store.find(Owed, command="note")

    def shown(self) -> Counter[str]:
        """How often each message is there: by surface and number."""
        there: Counter[str] = Counter()
        for each in self.slack.workspace.messages:
            there[f"slack {_number(each.text)}"] += 1
        for each in self.discord.world.messages.values():
            there[f"discord {_number(str(each.body))}"] += 1
        return there


def _number(words: str) -> str:
    return words.partition("Number ")[2].partition(".")[0]


@asynccontextmanager
async def standing(
    url: str,
    judge: Callable[[str], Judge],
    furnish: Furnish,
    clock: MovableClock,
    pace: Pace | None = None,
) -> AsyncGenerator[World]:
    """Everything but the engine's own timetable: ``engine.start()`` or ``engine.tick()``."""
    async with AsyncExitStack() as stack:
        slack = await stack.enter_async_context(SlackServer())
        discord = await stack.enter_async_context(discord_server())
        to_slack = await opened(slack.base.rstrip("/"), judge("slack"))
        stack.push_async_callback(to_slack.stop)
        to_discord = await opened(discord.base, judge("discord"))
        stack.push_async_callback(to_discord.stop)
        database = new_database(url)
        stack.callback(database.close)
        homes = furnish(database, clock.now(), slack, discord)
        bell = Bell()
        dispatcher = Dispatcher(database, REGISTRY, Content(FIELDS, ()), clock, bell)
        workspaces = Workspaces(
            database, f"{to_slack.base}/api/", clock, slack.bot_token, homes["slack"].cohort_id
        )
        await workspaces.start()
        stack.push_async_callback(workspaces.stop)
        app = DiscordApp(dispatcher, REGISTRY, _nothing, f"{to_discord.base}/api/v10")
        await app.login(discord.token)
        stack.push_async_callback(app.close)
        messengers: dict[str, Messenger] = {
            "slack": SlackMessenger(workspaces),
            "discord": app.messenger,
        }
        engine = Engine(
            database, Claims(database), dispatcher, messengers, clock, "one", bell, pace=pace
        )
        stack.push_async_callback(engine.stop)
        yield World(database, clock, slack, discord, engine, homes, messengers)


def _nothing(_guild: str, _name: str) -> None:
    """No server is met here."""


def new_database(url: str) -> Database:
    """A new one, with its tables."""
    if url.startswith("postgresql"):
        address, _, name = url.rpartition("/")
        server = create_engine(f"{address}/postgres", isolation_level="AUTOCOMMIT")
        with server.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        server.dispose()
    database = Database(url, CIPHER, FIELDS)
    database.create()
    return database
