"""A stand-in Discord on 127.0.0.1: the real protocols for the real client, driven like a person.

``async with discord_server() as discord:`` starts one; ``discord.person("Ana")`` joins its guild.
"""

import time
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from tests.servers import control
from tests.servers.control import Made, digest
from tests.servers.discord import limits, rest, rest_interactions, rest_threads, wire
from tests.servers.discord.errors import Json
from tests.servers.discord.gateway import Gateway
from tests.servers.discord.http import API, WORLD, discord_rules, named, shape
from tests.servers.discord.person import Person
from tests.servers.discord.posting import BASE, GATEWAY
from tests.servers.discord.sight import Shown
from tests.servers.discord.world import (
    TEXT_CHANNEL,
    Account,
    Channel,
    Interaction,
    Message,
    Request,
    StoredFile,
    World,
)
from tests.servers.faults import Fault, Faults, What


class Discord:
    """The running stand-in."""

    def __init__(
        self,
        heartbeat_ms: int = limits.HEARTBEAT_MS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.world = World(clock)
        self.faults = Faults(shape)
        self.gateway = Gateway(self.world, lambda: self.base, heartbeat_ms)
        self.port = 0
        self._runner: web.AppRunner | None = None

    @property
    def base(self) -> str:
        """The server's address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def api_url(self) -> str:
        """The base address of the API, as the product's DISCORD_API_URL."""
        return f"{self.base}{API}"

    @property
    def token(self) -> str:
        """The bot's token."""
        return self.world.token

    @property
    def requests(self) -> list[Request]:
        """All that the app asked so far."""
        return self.world.requests

    @property
    def general(self) -> Channel:
        """The guild's first channel."""
        return self.world.general

    async def start(self, port: int = 0) -> None:
        """Listen on a free port, or on this one."""
        rules = [self.faults.around(named), discord_rules]
        app = web.Application(middlewares=rules, client_max_size=64 * 1024 * 1024)
        app[WORLD] = self.world
        app[GATEWAY] = self.gateway
        app[BASE] = lambda: self.base
        app.add_routes(rest.routes(API))
        app.add_routes(rest_threads.routes(API))
        app.add_routes(rest_interactions.routes(API))
        app.add_routes(control.routes(self))
        app.router.add_get("/gateway/", self.gateway.connect)
        app.router.add_get("/gateway", self.gateway.connect)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Close everything."""
        await self.gateway.drop(1001)
        if self._runner:
            await self._runner.cleanup()

    def person(self, name: str, *, locale: str = "en-US", admin: bool = False) -> Person:
        """Somebody new in the guild; ``admin`` gives them Manage Server."""
        account = self.world.add_person(Account(name, locale=locale, admin=admin))
        person = Person(self, account)
        self.world.listeners.append(person.notice)
        return person

    def channel(self, name: str) -> Channel:
        """A further text channel of the guild."""
        made = Channel(TEXT_CHANNEL, name)
        self.world.channels[made.id] = made
        return made

    def messages_in(self, channel: Channel) -> list[Message]:
        """What everybody in a channel can see."""
        return [
            message
            for message in self.world.messages.values()
            if message.channel is channel and not message.deleted and message.only_for is None
        ]

    def skip(self, seconds: float) -> None:
        """Move Discord's clock on: tokens run out, nonces are forgotten."""
        self.world.ahead += seconds

    def fault(self, matches: str, status: int, **how: Any) -> Fault:
        """Something that will go wrong, by its HTTP status; 0 breaks the connection."""
        what: What = "drop" if status == 0 else "limit" if status == 429 else "error"
        how = {"retry_after": 0.05, **how} if what == "limit" else how
        return self.faults.add(matches, what, status=status, **how)

    async def until(self, holds: Callable[[], Any], within: float = 10.0) -> None:
        """Wait until something holds, or fail."""
        await self.world.until(holds, within)

    async def ready(self) -> None:
        """Wait until the app is on the gateway."""
        await self.until(lambda: self.gateway.live, within=10)

    def upload(self, file: StoredFile) -> Json:
        """Keep a file a person uploads; gives its attachment object."""
        self.world.uploads[file.id] = file
        return wire.attachment(self.world, file, self.base)

    def made(self, after: int = 0) -> list[Made]:
        """Every message that the app posted where it stays, oldest first, from this number on."""
        own = [each for each in self.world.messages.values() if each.author is self.world.bot]
        lasting = [each for each in own if each.only_for is None]
        return [
            Made(
                each.id,
                each.channel.id,
                str(each.body.get("nonce") or ""),
                digest({k: v for k, v in each.body.items() if k not in {"nonce", "enforce_nonce"}}),
                each.born,
                Shown(each).text,
            )
            for each in lasting[after:]
        ]

    def newcomer(self, name: str) -> str:
        """Somebody new in the guild, without a screen; gives their id."""
        return self.world.add_person(Account(name)).id

    async def does(self, what: str, how: Json) -> None:
        """``drop`` (code), ``cut``, ``reconnect``, ``invalidate`` (resumable) the gateway;
        ``skip`` (seconds)."""
        if what == "skip":
            self.skip(**how)
        else:
            await {
                "drop": self.gateway.drop,
                "cut": self.gateway.cut,
                "reconnect": self.gateway.reconnect,
                "invalidate": self.gateway.invalidate,
            }[what](**how)

    def state(self) -> Json:
        """How often the gateway was entered, and what was made."""
        gateway = self.gateway
        counts = {"identified": gateway.identified, "resumed": gateway.resumed}
        return {**counts, "live": len(gateway.live), "messages": len(self.made())}

    async def redeliver(self, interaction: Interaction) -> None:
        """The very same interaction once more, as after a reconnect."""
        await self.tell(interaction)

    async def tell(self, interaction: Interaction) -> None:
        """Dispatch an interaction to the app."""
        self.world.interactions[interaction.token] = interaction
        payload = wire.interaction(self.world, interaction, self.base)
        await self.gateway.dispatch("INTERACTION_CREATE", payload)

    async def say(self, message: Message) -> None:
        """A person's own message."""
        self.world.keep(message)
        await self.gateway.dispatch_message(message)


@asynccontextmanager
async def discord_server(heartbeat_ms: int = limits.HEARTBEAT_MS) -> AsyncGenerator[Discord]:
    """A stand-in that lives as long as the block."""
    discord = Discord(heartbeat_ms)
    await discord.start()
    try:
        yield discord
    finally:
        await discord.stop()
