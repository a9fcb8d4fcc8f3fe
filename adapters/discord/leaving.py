"""In which servers we are: Discord says when we are put out of one, let in again, and at a start.

Who is no longer in a server cannot write to its members, and a message that is refused would look
like closed DMs, so it is believed at once. An outage of Discord's own is no farewell: the library
tells the two apart.
"""

import asyncio
from collections.abc import Collection

import discord
import structlog

from adapters.discord.parse import SURFACE
from bot.ports import Clock, Stores
from bot.stopping import resume_at, stop_at

log = structlog.get_logger(__name__)
PUT_OUT = "10004"
"""Discord's own code for a server that it does not show us."""


class Doors:
    """Events about servers."""

    def __init__(self, client: discord.Client, stores: Stores, clock: Clock) -> None:
        self._client, self._stores, self._clock = client, stores, clock
        for each in (self.on_ready, self.on_guild_join, self.on_guild_remove):
            client.event(each)

    async def on_ready(self) -> None:
        """On the gateway, with the list of all servers that we are in."""
        here = {str(each.id) for each in self._client.guilds}
        log.info("on Discord", servers=len(here))
        await asyncio.to_thread(self._compare, here)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Let in, for the first time or again."""
        await asyncio.to_thread(resume_at, self._stores, SURFACE, str(guild.id), self._clock.now())

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Put out, or the server is gone."""
        now = self._clock.now()
        await asyncio.to_thread(stop_at, self._stores, SURFACE, str(guild.id), PUT_OUT, now)

    def _compare(self, here: Collection[str]) -> None:
        now = self._clock.now()
        for each in self._stores.workspaces(SURFACE):
            if each.external_id not in here:
                stop_at(self._stores, SURFACE, each.external_id, PUT_OUT, now)
            elif each.stopped is not None:
                resume_at(self._stores, SURFACE, each.external_id, now)
