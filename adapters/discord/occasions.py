"""Occasions that are posted to a channel also become scheduled events of the server.

Discord has no nonce for them, so one with the same name and beginning is taken for ours. A post
does not wait for it: what cannot be added is logged, without anything of what it says.
"""

import asyncio
from typing import Any

import aiohttp
import discord
import structlog
from whenever import Instant

from adapters.discord import limits
from adapters.discord.limits import cut
from adapters.discord.wire import Wire
from bot.reply import Occasion

log = structlog.get_logger(__name__)
OUTSIDE, GUILD_ONLY = 3, 2
"""Discord's numbers: an event that is not in a channel, and one for members alone."""
PATIENCE = 5.0
"""Seconds; the post is out already, and its row waits."""
SOMEWHERE = "To be announced"


class Occasions:
    """The scheduled events of servers."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    async def add(self, guild: str, occasion: Occasion) -> None:
        """Make it an event of the server, unless it is one already. Raises nothing."""
        try:
            async with asyncio.timeout(PATIENCE):
                event = body_of(occasion)
                known = await self._wire.events(guild)
                if not any(_is_same(each, event, occasion.at) for each in known):
                    await self._wire.add_event(guild, event)
        except discord.HTTPException as error:
            log.warning("event not added", code=error.code)
        except (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError) as error:
            log.warning("event not added", error=type(error).__name__)


def body_of(occasion: Occasion) -> dict[str, Any]:
    """The event as Discord takes it; what is too long is shortened, for the post says all."""
    about = cut(occasion.about.strip(), limits.EVENT_ABOUT)
    return {
        "name": cut(occasion.name.strip(), limits.EVENT_NAME) or "…",
        **({"description": about} if about else {}),
        "scheduled_start_time": occasion.at.format_iso(),
        "scheduled_end_time": occasion.at.add(minutes=max(occasion.minutes, 1)).format_iso(),
        "privacy_level": GUILD_ONLY,
        "entity_type": OUTSIDE,
        "entity_metadata": {
            "location": cut(occasion.place.strip(), limits.EVENT_PLACE) or SOMEWHERE
        },
    }


def _is_same(known: dict[str, Any], event: dict[str, Any], at: Instant) -> bool:
    begins = Instant.parse_iso(str(known["scheduled_start_time"]))
    return known.get("name") == event["name"] and begins == at
