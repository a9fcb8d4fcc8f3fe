"""Discord, joined to the house: made without I/O, connected by ``start``."""

import asyncio
from collections.abc import Callable, Mapping, Sequence

import aiohttp
import discord
import structlog
from aiohttp import web

from adapters.configuration import ConfigurationError
from adapters.discord.app import DiscordApp
from adapters.discord.homes import settle
from adapters.discord.sync import UNKNOWN_BOT
from adapters.house import House
from bot.ports import Messenger

log = structlog.get_logger(__name__)


class DiscordWing:
    """One connection to Discord's gateway."""

    routes: Sequence[web.AbstractRouteDef] = ()

    def __init__(self, house: House) -> None:
        self._house = house
        self._running: asyncio.Task[None] | None = None
        self.app = DiscordApp(
            house.dispatcher,
            house.registry,
            lambda guild, name: settle(house.stores, house.clock, house.cohort_id, guild, name),
            house.settings.discord_api_url,
        )

    @property
    def messengers(self) -> Sequence[Messenger]:
        """Who sends what is owed here."""
        return (self.app.messenger,)

    @property
    def checks(self) -> Mapping[str, Callable[[], bool]]:
        """Ready once the gateway said so, and while it is connected."""
        return {"discord": lambda: self.app.connected}

    async def start(self) -> None:
        """Log in and connect. Raises ConfigurationError with what to fix."""
        token = self._house.settings.discord_token.get_secret_value()
        try:
            await self.app.login(token)
        except discord.LoginFailure:
            raise ConfigurationError(UNKNOWN_BOT) from None
        except (OSError, aiohttp.ClientError):
            url = self._house.settings.discord_api_url
            raise ConfigurationError(f"Discord cannot be reached at {url}.") from None
        self._running = asyncio.create_task(self.app.connect())
        self._running.add_done_callback(_ended)
        ready = asyncio.create_task(self.app.wait_until_ready())
        await asyncio.wait({self._running, ready}, return_when=asyncio.FIRST_COMPLETED)
        ready.cancel()
        if self._running.done():
            self._running.result()

    async def stop(self) -> None:
        """Leave the gateway, then let what was begun be answered."""
        await self.app.finish()
        await self.app.close()
        if self._running is not None:
            await asyncio.gather(self._running, return_exceptions=True)


def _ended(running: asyncio.Task[None]) -> None:
    """Being put off the gateway for good (a token changed, an intent refused) is said once."""
    error = None if running.cancelled() else running.exception()
    if error is not None:
        log.error("Discord closed the gateway for good", why=str(error), type=type(error).__name__)


def make_wing(house: House) -> DiscordWing:
    """Discord for this house."""
    return DiscordWing(house)
