"""Snowball on Discord: the client on the gateway, joined to the core. It keeps no views.

Everything interactive is routed by ``on_interaction``, so that buttons work after a restart.
"""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import discord
import structlog

from adapters.desk import Door
from adapters.discord import wire
from adapters.discord.answering import Answering
from adapters.discord.messenger import DiscordMessenger
from adapters.discord.parse import AUTOCOMPLETE, Arrival, Event, FileRef, said
from adapters.discord.rights import barred
from adapters.discord.watch import Watch
from adapters.discord.wire import Wire
from bot.command import Registry
from bot.forms import in_words

log = structlog.get_logger(__name__)
LONGEST_WAIT = 30.0
"""Seconds that discord.py holds a request back for a limit; the least that it can be told."""


class DiscordApp(discord.Client):
    """The client. No privileged intents, no caches of people, nobody is ever pinged."""

    def __init__(
        self,
        door: Door,
        registry: Registry,
        settle: Callable[[str, str], None],
        api_url: str = wire.DEFAULT_API,
    ) -> None:
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # we never speak
        watch = Watch()
        super().__init__(
            intents=discord.Intents(guilds=True, dm_messages=True),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            guild_ready_timeout=0.5,
            http_trace=watch.trace(),
            max_ratelimit_timeout=LONGEST_WAIT,
        )
        self.settle = settle
        self.elsewhere = api_url.rstrip("/") != wire.DEFAULT_API
        wire.point_at(api_url)
        self.wire = Wire(self, watch)
        self.messenger = DiscordMessenger(self.wire)
        self.answering = Answering(
            door, registry, self.wire, self.messenger, lambda: str(self.application_id)
        )
        self._settled: dict[str, asyncio.Future[None]] = {}
        self._at_work: set[asyncio.Task[None]] = set()
        self._closing = False

    @property
    def connected(self) -> bool:
        """Whether events arrive."""
        return self.is_ready() and self.ws is not None and self.ws.open

    async def finish(self, within: float = 10.0) -> None:
        """Take nothing new, and let what was begun be answered."""
        self._closing = True
        if self._at_work:
            await asyncio.wait(set(self._at_work), timeout=within)

    def begin_anew(self) -> None:
        """A new session: not ready until it says so."""
        self._ready.clear()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """When to log in to the gateway is the line's business."""

    async def setup_hook(self) -> None:
        """Logged in, not yet on the gateway."""
        if self.elsewhere:
            await wire.find_gateway(self.http)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Somebody typed, pressed, picked or submitted."""
        await self._at(self._interaction(event_of(interaction)))

    async def _at(self, work: Coroutine[Any, Any, None]) -> None:
        """Do it so that stopping waits for it, and a failure is logged without what was typed."""
        if self._closing:
            work.close()
            return
        task = asyncio.ensure_future(work)
        self._at_work.add(task)
        try:
            await task
        except Exception as error:  # noqa: BLE001
            log.error("event failed", error=type(error).__name__)  # noqa: TRY400
        finally:
            self._at_work.discard(task)

    async def _interaction(self, event: Event) -> None:
        if event.kind == AUTOCOMPLETE:
            await self.answering.suggest(event)
        else:
            await self.answering.answer(event, self._settle(event.guild))

    async def on_message(self, message: discord.Message) -> None:
        """Plain words in a DM, and a file with or without them."""
        if not message.author.bot and message.guild is None:
            await self._at(self._said(message))

    async def _said(self, message: discord.Message) -> None:
        user, channel = str(message.author.id), str(message.channel.id)
        invocation = said(
            str(message.id), user, message.author.display_name, channel, message.content
        )
        sent = [FileRef(each.filename, each.url, each.size) for each in message.attachments]
        files = dict(zip(["file"], sent, strict=False))
        reply = await self.answering.work(Arrival(invocation, files))
        if reply is not None:
            shown = in_words(reply.reply)
            await self.messenger.to_user(user, shown, reply.cohort, str(message.id))

    async def _settle(self, guild: str) -> None:
        """A server is given its cohort before anything in it is answered; once, whoever asks."""
        if not guild:
            return
        if guild not in self._settled:
            known = self.get_guild(int(guild))
            name = known.name if known is not None else ""
            work = asyncio.to_thread(self.settle, guild, name)
            self._settled[guild] = asyncio.ensure_future(work)
        settling = self._settled[guild]
        try:
            await asyncio.shield(settling)
        except Exception as error:  # noqa: BLE001 - the next event tries again
            log.error("server not settled", error=type(error).__name__)  # noqa: TRY400
            if self._settled.get(guild) is settling:
                del self._settled[guild]


def event_of(interaction: discord.Interaction) -> Event:
    """The interaction without the library: its data as it came."""
    in_guild = interaction.guild_id is not None
    where = getattr(interaction.channel, "type", None)  # a channel that is not known has none
    on = interaction.message
    return Event(
        kind=interaction.type.value,
        id=str(interaction.id),
        token=interaction.token,
        user=str(interaction.user.id),
        name=interaction.user.display_name,
        guild=str(interaction.guild_id or ""),
        channel=str(interaction.channel_id or ""),
        admin=in_guild and interaction.permissions.manage_guild,
        data=dict(interaction.data or {}),
        barred=barred(where, interaction.app_permissions.value) if in_guild else "",
        public=in_guild and on is not None and not on.flags.ephemeral,
    )
