"""The workspaces that the app is in: their tokens and clients, and what Slack tells about people.

Clients never retry by themselves: a post that is sent twice is two messages.
"""

import asyncio
import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit

import aiohttp
import structlog
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import leaving
from adapters.slack.back import Profile
from adapters.slack.parse import SURFACE
from adapters.slack.words import Json
from bot.domain.cohort import Workspace
from bot.invocation import Upload
from bot.ports import AlreadyThereError, Clock, Stores

log = structlog.get_logger(__name__)
T = TypeVar("T")
KEEP_PROFILES, KEEP_WORKSPACES, KEEP_DMS = 600.0, 60.0, 86_400.0
"""Seconds."""
MOST_KEPT = 5000
MOST_BYTES = 20_000_000
"""Of a file from the chat: a directory of 100,000 alumni is about 15 MB."""
PATIENCE, PROFILE_PATIENCE = 10, 1
"""Seconds for one call to Slack; a name is not worth a late answer."""


class Kept(Generic[T]):
    """What was asked a while ago, kept for some seconds; the oldest go first."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds, self._clock = seconds, clock
        self._kept: dict[str, tuple[float, T]] = {}

    def get(self, key: str) -> T | None:
        """The value, if it is still fresh."""
        until, value = self._kept.get(key, (0.0, None))
        return value if until > self._clock() else None

    def keep(self, key: str, value: T) -> T:
        """Keeps a value."""
        if len(self._kept) >= MOST_KEPT:
            del self._kept[next(iter(self._kept))]
        self._kept[key] = (self._clock() + self._seconds, value)
        return value

    def drop(self, key: str) -> None:
        """Forgets one."""
        self._kept.pop(key, None)


@dataclass(frozen=True, slots=True)
class Team:
    """One workspace as the app acts in it."""

    id: str
    bot_user: str
    client: AsyncWebClient


class Workspaces:
    """Teams by their id, and what their people are called."""

    def __init__(
        self, stores: Stores, api_url: str, clock: Clock, token: str = "", cohort_id: int = 0
    ) -> None:
        self._stores, self._api_url, self._clock = stores, api_url, clock
        self._token, self._cohort_id = token, cohort_id
        self._session: aiohttp.ClientSession | None = None
        self._own = Team("", "", self.client())
        self._teams: Kept[Team] = Kept(KEEP_WORKSPACES)
        self._profiles: Kept[Profile] = Kept(KEEP_PROFILES, lambda: clock.now().timestamp())
        self._dms: Kept[str] = Kept(KEEP_DMS)

    def client(self, token: str | None = None) -> AsyncWebClient:
        """A client that does not retry."""
        return AsyncWebClient(
            token, base_url=self._api_url, timeout=PATIENCE, retry_handlers=[],
            session=self._session,
        )  # fmt: skip

    async def start(self) -> None:
        """Opens connections; the workspace of the token in the environment joins the cohort."""
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE))
        if not self._token:
            return
        client = self.client(self._token)
        told = await client.auth_test()
        self._own = Team(told["team_id"], told["user_id"], client)
        await asyncio.to_thread(self._join, told["team_id"], told["team"], told["user_id"])

    def is_slack(self, address: str) -> bool:
        """Whether an address is Slack's (or the stand-in's): nothing else gets words or a token."""
        parts, own = urlsplit(address), urlsplit(self._api_url)
        if parts.netloc == own.netloc and parts.scheme == own.scheme:
            return True
        host = parts.hostname or ""
        return parts.scheme == "https" and host.endswith((".slack.com", ".slack-gov.com"))

    async def stop(self) -> None:
        """Closes connections."""
        if self._session:
            await self._session.close()

    @property
    def session(self) -> aiohttp.ClientSession:
        """The shared connections."""
        if self._session is None:
            raise RuntimeError("not started")
        return self._session

    def _join(self, team: str, name: str, bot_user: str) -> None:
        if self._stores.workspace(SURFACE, team) is not None:
            leaving.told_in(self._stores, self._clock, team)
            return
        # Another process may start at the same moment: the database has one of each.
        with (
            contextlib.suppress(AlreadyThereError),
            self._stores.writing(self._cohort_id) as store,
        ):
            store.add(
                Workspace(
                    cohort_id=self._cohort_id,
                    surface=SURFACE,
                    external_id=team,
                    name=name,
                    bot_user=bot_user,
                )
            )

    async def team(self, team_id: str, token: str = "") -> Team | None:
        """A team, by the token in the environment or by its install.

        ``token``: what its row says now, where that was read; others may renew it."""
        if team_id == self._own.id:
            return self._own
        kept = self._teams.get(team_id)
        if kept is not None and token in ("", kept.client.token):
            return kept
        found = await asyncio.to_thread(self._stores.workspace, SURFACE, team_id)
        if found is None or not found.token:
            return None
        return self._teams.keep(team_id, Team(team_id, found.bot_user, self.client(found.token)))

    async def authorize(self, team_id: str | None) -> Any:
        """Bolt's question whose token to use (None: nobody's); no call to Slack is made for it."""
        team = await self.team(team_id or "")
        if team is None:
            return None
        return AuthorizeResult(
            enterprise_id=None, team_id=team.id, bot_token=team.client.token,
            bot_user_id=team.bot_user,
        )  # fmt: skip

    def renew(self, team_id: str) -> None:
        """The next look at this workspace is at the store."""
        self._teams.drop(team_id)

    async def forget(self, team_id: str, code: str) -> None:
        """The app was removed from a workspace: its token is of no use any more."""
        self._teams.drop(team_id)
        await asyncio.to_thread(leaving.left, self._stores, self._clock, team_id, code)

    # people

    async def profile(self, team_id: str, user: str, name: str = "") -> Profile:
        """Name, zone and rights of a person; what the event told when Slack does not answer."""
        key = f"{team_id}/{user}"
        if kept := self._profiles.get(key):
            return kept
        team = await self.team(team_id)
        if team is None:
            return Profile(name)
        try:
            async with asyncio.timeout(PROFILE_PATIENCE):
                told: Json = (await team.client.users_info(user=user))["user"]
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
            log.warning("slack users.info failed", error=type(error).__name__)
            return Profile(name)
        return self._profiles.keep(key, _profile(told, name))

    async def dm(self, team_id: str, user: str) -> str:
        """Our DM with a person; "" when it cannot be opened."""
        key = f"{team_id}/{user}"
        if kept := self._dms.get(key):
            return kept
        team = await self.team(team_id)
        if team is None:
            return ""
        try:
            opened = await team.client.conversations_open(users=user)
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
            log.warning("slack conversations.open failed", error=type(error).__name__)
            return ""
        return self._dms.keep(key, opened["channel"]["id"])

    async def fetch(self, team_id: str, file: Json) -> Upload | None:
        """A file that a person attached; None when it cannot be had or is too large."""
        team = await self.team(team_id)
        address = file.get("url_private_download") or file.get("url_private") or ""
        if team is None or not self.is_slack(address) or int(file.get("size") or 0) > MOST_BYTES:
            return None
        headers = {"Authorization": f"Bearer {team.client.token}"}
        try:
            async with self.session.get(address, headers=headers) as answer:
                if answer.status != 200 or "X-Slack-Unauthenticated" in answer.headers:
                    return None
                content = await answer.content.read(MOST_BYTES + 1)
                while len(content) <= MOST_BYTES and (more := await answer.content.read(65_536)):
                    content += more
        except (aiohttp.ClientError, TimeoutError) as error:
            log.warning("slack file not fetched", error=type(error).__name__)
            return None
        return Upload(file.get("name") or "file", content) if len(content) <= MOST_BYTES else None


def _profile(told: Json, name: str) -> Profile:
    shown = told.get("profile", {})
    called = shown.get("display_name") or told.get("real_name") or told.get("name") or name
    admin = bool(told.get("is_admin") or told.get("is_owner"))
    ends = shown.get("status_expiration")
    return Profile(
        shown.get("real_name") or called, told.get("tz") or "", admin,
        shown.get("status_emoji") or "", ends if isinstance(ends, int) else 0,
    )  # fmt: skip
