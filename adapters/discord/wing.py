"""Discord, joined to the house: made without I/O, logged in by ``open``, and on the gateway for as
long as this is the one process that holds its lease.
"""

import asyncio
from collections.abc import Mapping, Sequence

import aiohttp
import discord
import structlog
from aiohttp import web

from adapters.configuration import ConfigurationError
from adapters.discord.app import DiscordApp
from adapters.discord.gateway import Line
from adapters.discord.homes import settle
from adapters.discord.leaving import Doors
from adapters.discord.logins import Logins
from adapters.discord.sync import UNKNOWN_BOT
from adapters.house import Check, House
from adapters.keeper import GATEWAY, Keeper, Terms, this_process
from bot.ports import Messenger

log = structlog.get_logger(__name__)
STANDING_BY = "standing by"
UNTIL_READY = 30.0
"""Seconds that the start waits for the gateway before it goes on without."""
CLOSED = (
    "Discord closed the gateway for good ({why}). Is DISCORD_TOKEN the bot's own, and of this day?"
)


class DiscordWing:
    """One process's part in Discord. ``pace``: of log-ins, for tests that cannot wait."""

    routes: Sequence[web.AbstractRouteDef] = ()

    def __init__(self, house: House, terms: Terms = Terms(), pace: float = 1.0) -> None:  # noqa: B008 - it is frozen
        self._house = house
        self.app = DiscordApp(
            house.dispatcher,
            house.registry,
            lambda guild, name: settle(house.stores, house.clock, house.cohort_id, guild, name),
            house.settings.discord_api_url,
        )
        Doors(self.app, house.stores, house.clock)
        leases, me = house.leases, this_process()
        self.line = Line(self.app, Logins(leases, house.clock, me, pace=pace))
        self.keeper = Keeper(leases, GATEWAY, me, house.clock, terms)
        self._keeping: asyncio.Task[None] | None = None
        self._watching: asyncio.Task[None] | None = None

    @property
    def messengers(self) -> Sequence[Messenger]:
        """Who sends what is owed here."""
        return (self.app.messenger,)

    @property
    def checks(self) -> Mapping[str, Check]:
        """Ready while it is connected, and while another process is to be."""
        return {"discord": self._is_ready}

    def _is_ready(self) -> bool | str:
        if self.keeper.holding:
            return self.app.connected
        return False if self.line.over.is_set() else STANDING_BY

    async def open(self) -> None:
        """Log in. Raises ConfigurationError with what to fix."""
        token = self._house.settings.discord_token.get_secret_value()
        try:
            await self.app.login(token)
        except discord.LoginFailure:
            raise ConfigurationError(UNKNOWN_BOT) from None
        except (OSError, aiohttp.ClientError):
            url = self._house.settings.discord_api_url
            raise ConfigurationError(f"Discord cannot be reached at {url}.") from None

    async def listen(self) -> None:
        """Connect, or stand by where another process is connected."""
        self._keeping = asyncio.create_task(self.keeper.keep(self.line))
        self._keeping.add_done_callback(_ended)
        await self.keeper.looked.wait()
        if self.keeper.holding:
            await self._begun()
        else:
            log.info("another process is on Discord's gateway, or was until now: standing by")
        self._watching = asyncio.create_task(self._watch())

    async def _begun(self) -> None:
        over = asyncio.create_task(self.line.over.wait())
        ready = asyncio.create_task(self.app.wait_until_ready())
        await asyncio.wait({over, ready}, timeout=UNTIL_READY, return_when=asyncio.FIRST_COMPLETED)
        over.cancel()
        ready.cancel()
        if self.line.over.is_set():
            await self._give_up()
            raise ConfigurationError(CLOSED.format(why=self.line.why))

    async def leave(self) -> None:
        """Leave the gateway to another process, then let what was begun be answered."""
        if self._watching is not None:
            self._watching.cancel()
        self.line.is_parting = True
        await self._give_up()
        await self.line.logins.were_wanted()
        await self.app.finish()

    async def close(self) -> None:
        """The HTTP client."""
        await self.app.close()

    async def _watch(self) -> None:
        """Who is put off the gateway for good (a token changed) lets another one try."""
        await self.line.over.wait()
        await self._give_up()

    async def _give_up(self) -> None:
        keeping, self._keeping = self._keeping, None
        if keeping is not None:
            keeping.cancel()
            await asyncio.wait({keeping})
            await self.keeper.let_go()


def _ended(keeping: asyncio.Task[None]) -> None:
    if not keeping.cancelled() and (error := keeping.exception()) is not None:
        log.error("the lease is not kept any more", error=type(error).__name__)


def make_wing(house: House) -> DiscordWing:
    """Discord for this house."""
    return DiscordWing(house)
