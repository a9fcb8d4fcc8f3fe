"""The requests we make of Discord, through discord.py's own HTTP layer and its limits.

What makes something new is asked for once: its hidden retries are off (``watch.py``)."""

import asyncio
import io
import json
from collections.abc import Sequence
from typing import Any

import aiohttp
import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import HTTPClient, Route
from discord.webhook.async_ import async_context

from adapters.discord.render import SentFile, Sheet
from adapters.discord.watch import Watch, once
from bot.limits import Rate

Json = dict[str, Any]
MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, SUGGESTIONS, MODAL = 4, 5, 6, 7, 8, 9
EPHEMERAL = 1 << 6
PRIVATE_THREAD = 12
A_WEEK = 10_080
"""Minutes without a word until a thread is archived; a new message wakes it."""
PATIENCE = 15.0
"""Seconds for one request that makes something; less than delivery's for one attempt."""
A_BOT = Rate(per_second=48, burst=48)
"""Messages of a bot, of the fifty requests a second that Discord takes; watch.py counts those."""
MOST_KNOWN = 5_000
"""People whose DM is remembered here; of the others the account tells, or Discord once more."""
DEFAULT_API = "https://discord.com/api/v10"


def point_at(api_url: str) -> None:
    """Send REST calls elsewhere: a proxy or a stand-in. discord.py keeps its base on the class."""
    Route.BASE = api_url.rstrip("/")


async def find_gateway(http: HTTPClient) -> None:
    """Ask the API where its gateway is; only needed where it is not the usual one."""
    _, url, _ = await http.get_bot_gateway()
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url)


class NotBegunError(Exception):
    """A request that never left us."""


class Wire:
    """Answers to interactions, and messages."""

    def __init__(self, client: discord.Client, watch: Watch | None = None) -> None:
        self._client = client
        self.watch = watch if watch is not None else Watch()
        self._dms: dict[str, str] = {}

    @property
    def http(self) -> HTTPClient:
        """The client's, asked for each time: it may be exchanged under us."""
        return self._client.http

    async def callback(
        self,
        event_id: str,
        token: str,
        kind: int,
        data: Json | None,
        files: Sequence[SentFile] = (),
    ) -> None:
        """The first answer to an interaction; told twice, it counts once."""
        path = "/interactions/{webhook_id}/{webhook_token}/callback"
        route = Route("POST", path, webhook_id=event_id, webhook_token=token)
        body = {"type": kind} if data is None else {"type": kind, "data": data}
        await self._hook(route, body, files)

    async def answer(self, event_id: str, token: str, kind: int, sheet: Sheet, body: Json) -> None:
        """A message as first answer."""
        await self.callback(event_id, token, kind, body, sheet.files)

    async def edit_answer(self, app: str, token: str, sheet: Sheet, body: Json) -> None:
        """What was deferred, or shown, becomes this."""
        path = "/webhooks/{webhook_id}/{webhook_token}/messages/@original"
        route = Route("PATCH", path, webhook_id=app, webhook_token=token)
        await self._hook(route, body, sheet.files)

    async def follow_up(self, app: str, token: str, sheet: Sheet, body: Json) -> None:
        """One more message of the answer."""
        path = "/webhooks/{webhook_id}/{webhook_token}"
        route = Route("POST", path, webhook_id=app, webhook_token=token)
        with once():
            await self._hook(route, body, sheet.files, repeatable=False)

    async def post(self, channel: str, sheet: Sheet, nonce: str) -> str:
        """A message in a channel or DM; the same nonce again is the same message. Gives its id."""
        route = Route("POST", "/channels/{channel_id}/messages", channel_id=channel)
        body = sheet.body() | {"nonce": nonce, "enforce_nonce": True}
        made = await self._once(route, body, sheet.files)
        return str(made["id"])

    def known_dm(self, user: str) -> str:
        """The DM channel with somebody, where it was opened here; else ""."""
        return self._dms.get(user, "")

    async def open_dm(self, user: str) -> str:
        """The DM channel with somebody. Discord gives the same one each time."""
        self._dms.pop(user, None)
        made = await self._once(Route("POST", "/users/@me/channels"), {"recipient_id": user})
        if len(self._dms) >= MOST_KNOWN:
            del self._dms[next(iter(self._dms))]
        self._dms[user] = str(made["id"])
        return self._dms[user]

    @property
    def own_id(self) -> str:
        """The bot's own user; "" until logged in."""
        return str(self._client.user.id) if self._client.user is not None else ""

    async def make_thread(self, channel: str, name: str) -> str:
        """A private thread, to which only we and the channel's keepers add people. Gives its id."""
        route = Route("POST", "/channels/{channel_id}/threads", channel_id=channel)
        body = {
            "name": name,
            "type": PRIVATE_THREAD,
            "invitable": False,
            "auto_archive_duration": A_WEEK,
        }
        made = await self._once(route, body)
        return str(made["id"])

    async def active_threads(self, guild: str) -> list[Json]:
        """The threads of a server that we can see and that are not archived."""
        route = Route("GET", "/guilds/{guild_id}/threads/active", guild_id=guild)
        return (await self.http.request(route))["threads"]

    async def events(self, guild: str) -> list[Json]:
        """The server's scheduled events."""
        route = Route("GET", "/guilds/{guild_id}/scheduled-events", guild_id=guild)
        return await self.http.request(route)

    async def add_event(self, guild: str, event: Json) -> None:
        """One more."""
        route = Route("POST", "/guilds/{guild_id}/scheduled-events", guild_id=guild)
        await self._once(route, event)

    async def change_event(self, guild: str, event_id: str, event: Json) -> None:
        """What it says from now on."""
        path = "/guilds/{guild_id}/scheduled-events/{event_id}"
        await self._send(Route("PATCH", path, guild_id=guild, event_id=event_id), event)

    async def remove_event(self, guild: str, event_id: str) -> None:
        """Out of the calendar."""
        path = "/guilds/{guild_id}/scheduled-events/{event_id}"
        await self.http.request(Route("DELETE", path, guild_id=guild, event_id=event_id))

    async def add_to_thread(self, thread: str, user: str) -> None:
        """Add somebody; who is in it already stays so."""
        path = "/channels/{channel_id}/thread-members/{user_id}"
        await self.http.request(Route("PUT", path, channel_id=thread, user_id=user))

    async def fetch(self, url: str) -> bytes:
        """A file that a member sent."""
        return await self.http.get_from_cdn(url)

    async def put_commands(self, app: str, commands: list[Json], guild: str = "") -> Json:
        """Put this list in place of the registered one, everywhere or in one server."""
        path = "/applications/{application_id}/commands"
        if guild:
            path = "/applications/{application_id}/guilds/{guild_id}/commands"
        return await self._send(Route("PUT", path, application_id=app, guild_id=guild), commands)

    async def _hook(
        self, route: Route, body: Json, files: Sequence[SentFile], *, repeatable: bool = True
    ) -> None:
        """By the way that discord.py's own interactions go: the bot's way keeps a rate limit for
        each token for five minutes and looks through all of them at every request.

        A line that breaks is tried once more where a second time does nothing new."""
        session = vars(self.http)["_HTTPClient__session"]
        for left in (1, 0):
            form, sent = _form(body, files)
            try:
                await async_context.get().request(
                    route, session, payload=None if form else body, multipart=form, files=sent
                )
            except (OSError, aiohttp.ClientError):
                if not (left and repeatable):
                    raise
            else:
                return

    async def _once(self, route: Route, body: Any, files: Sequence[SentFile] = ()) -> Any:
        """Raises NotBegunError when discord.py held it back for too long: nothing was sent then."""
        with once() as attempt:
            try:
                async with asyncio.timeout(PATIENCE):
                    return await self._send(route, body, files)
            except TimeoutError:
                if attempt.begun:
                    raise
                raise NotBegunError from None

    async def _send(self, route: Route, body: Any, files: Sequence[SentFile] = ()) -> Any:
        form, sent = _form(body, files)
        if not form:
            return await self.http.request(route, json=body)
        return await self.http.request(route, form=form, files=sent)


def _form(body: Any, files: Sequence[SentFile]) -> tuple[list[Json], list[discord.File]]:
    """The parts of a message with files; none without."""
    if not files:
        return [], []
    sent = [discord.File(io.BytesIO(file.content), file.name) for file in files]
    form: list[Json] = [{"name": "payload_json", "value": json.dumps(body)}]
    for number, (file, kept) in enumerate(zip(sent, files, strict=True)):
        form.append(
            {
                "name": f"files[{number}]",
                "value": file.fp,
                "filename": file.filename,
                "content_type": kept.media_type,
            }
        )
    return form, sent
