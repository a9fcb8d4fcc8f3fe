"""A bare discord.py client for proving the stand-in: it knows nothing of Snowball."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import discord as library
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.servers.discord.server import Discord

OnInteraction = Callable[[library.Interaction], Awaitable[Any]]


class Bare(library.Client):
    """Answers interactions with whatever the test says."""

    def __init__(self, on: OnInteraction, **options: Any) -> None:
        intents = library.Intents(guilds=True, dm_messages=True)
        super().__init__(
            intents=options.pop("intents", intents), guild_ready_timeout=0.1, **options
        )
        self.answer_with = on
        self.heard: list[library.Message] = []
        self.failures: list[BaseException] = []

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """No pause before identifying again: one server, one client."""

    async def on_message(self, message: library.Message) -> None:
        """Keep what people say."""
        if not message.author.bot:
            self.heard.append(message)

    async def on_interaction(self, interaction: library.Interaction) -> None:
        """Answer, and keep what went wrong for the test to look at."""
        try:
            await self.answer_with(interaction)
        except Exception as failure:
            self.failures.append(failure)


def point_at(server: Discord) -> None:
    """Send discord.py to the stand-in: its REST base and its gateway are class attributes."""
    Route.BASE = server.api_url
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"{server.base.replace('http', 'ws')}/gateway")


@asynccontextmanager
async def bare_client(server: Discord, on: OnInteraction, **how: Any) -> AsyncGenerator[Bare]:
    """A connected client; closed at the end, with the class attributes put back."""
    before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    point_at(server)
    client = Bare(on, **how)
    running = asyncio.create_task(client.start(server.token))
    try:
        done = asyncio.create_task(server.ready())
        await asyncio.wait({running, done}, return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            done.cancel()
            running.result()
        await client.wait_until_ready()
        yield client
    finally:
        await client.close()
        await asyncio.gather(running, return_exceptions=True)
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before
