"""Occasions that are posted to a channel also become scheduled events of the server.

Discord has no nonce for them, so our own number of one stands at the end of its text. A post
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

Json = dict[str, Any]
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

    async def keep(self, guild: str, occasion: Occasion) -> None:
        """Have the server's calendar say what the post says. Raises nothing."""
        try:
            async with asyncio.timeout(PATIENCE):
                await self._keep(guild, occasion)
        except discord.HTTPException as error:
            log.warning("event not added", code=error.code)
        except (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError) as error:
            log.warning("event not added", error=type(error).__name__)

    async def _keep(self, guild: str, occasion: Occasion) -> None:
        event = body_of(occasion)
        known = await self._wire.events(guild)
        own = next((each for each in known if self._is_it(each, event, occasion)), None)
        if own is None and not occasion.cancelled:
            await self._wire.add_event(guild, event)
        elif own is not None and occasion.cancelled:
            await self._wire.remove_event(guild, str(own["id"]))
        elif own is not None and not _says(own, event):
            await self._wire.change_event(guild, str(own["id"]), event)

    def _is_it(self, known: Json, event: Json, occasion: Occasion) -> bool:
        """Ours by its number; one without a number by its name and beginning."""
        if occasion.key:
            ours = str(known.get("creator_id")) == self._wire.own_id
            return ours and str(known.get("description") or "").endswith(_mark(occasion))
        return known.get("name") == event["name"] and _begins(known) == _begins(event)


def body_of(occasion: Occasion) -> Json:
    """The event as Discord takes it; what is too long is shortened, for the post says all."""
    mark = _mark(occasion)
    about = cut(occasion.about.strip(), limits.EVENT_ABOUT - len(mark) - 2)
    return {
        "name": cut(occasion.name.strip(), limits.EVENT_NAME) or "…",
        **({"description": f"{about}\n\n{mark}".strip()} if about or mark else {}),
        "scheduled_start_time": occasion.at.format_iso(),
        "scheduled_end_time": occasion.at.add(minutes=max(occasion.minutes, 1)).format_iso(),
        "privacy_level": GUILD_ONLY,
        "entity_type": OUTSIDE,
        "entity_metadata": {
            "location": cut(occasion.place.strip(), limits.EVENT_PLACE) or SOMEWHERE
        },
    }


def _mark(occasion: Occasion) -> str:
    """What tells our events apart: Discord keeps nothing for us that is not shown."""
    return f"(Snowball {occasion.key})" if occasion.key else ""


def _begins(event: Json) -> Instant:
    return Instant.parse_iso(str(event["scheduled_start_time"]))


def _says(known: Json, event: Json) -> bool:
    """Whether the calendar says it already."""
    shown = ("name", "description", "entity_metadata")
    same = all((known.get(each) or "") == (event.get(each) or "") for each in shown)
    ends = [Instant.parse_iso(str(each["scheduled_end_time"])) for each in (known, event)]
    return same and _begins(known) == _begins(event) and ends[0] == ends[1]
