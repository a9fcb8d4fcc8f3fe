"""Installs by OAuth: ``/slack/install`` and ``/slack/oauth_redirect``.

The state is signed, bound to the browser by a cookie, good for ten minutes, and used once: its use
is written down before the code is exchanged. Tokens are kept in the storage's encrypted column.
"""

import asyncio
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from urllib.parse import urlencode

import structlog
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.leaving import installed
from adapters.slack.manifest import SCOPES
from adapters.slack.parse import SURFACE
from adapters.slack.posting import FAILURES
from adapters.slack.words import Json
from adapters.slack.workspaces import Workspaces
from bot.domain.cohort import Cohort, Workspace
from bot.domain.drafts import Seen
from bot.ports import AlreadyThereError, Clock, Stores

log = structlog.get_logger(__name__)
COOKIE = "snowball_install"
GOOD_FOR = 600
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """The app's own, from its Basic Information page."""

    client_id: str
    client_secret: str
    api_url: str

    @property
    def authorize_url(self) -> str:
        """Slack's page that asks an admin."""
        return self.api_url.rstrip("/").removesuffix("/api") + "/oauth/v2/authorize"


class Installs:
    """The two pages of an install."""

    def __init__(
        self, credentials: Credentials, stores: Stores, workspaces: Workspaces, clock: Clock
    ) -> None:
        self._credentials, self._stores = credentials, stores
        self._workspaces, self._clock = workspaces, clock

    def routes(self) -> list[web.RouteDef]:
        """Where both pages are served."""
        return [
            web.get("/slack/install", self.install),
            web.get("/slack/oauth_redirect", self.redirected),
        ]

    async def install(self, request: web.Request) -> web.Response:
        """Sends an admin to Slack's page."""
        state = self._new_state()
        asked = {
            "client_id": self._credentials.client_id,
            "scope": ",".join(sorted(SCOPES)),
            "state": state,
        }
        where = f"{self._credentials.authorize_url}?{urlencode(asked)}"
        answer = web.Response(status=302, headers={"Location": where})
        answer.set_cookie(
            COOKIE, state, max_age=GOOD_FOR, httponly=True, samesite="Lax",
            secure=_is_https(request), path="/slack",
        )  # fmt: skip
        return answer

    async def redirected(self, request: web.Request) -> web.Response:
        """Back from Slack with a code."""
        if request.query.get("error"):
            return _page("Nothing was installed. You can close this page.", 200)
        state, cookie = request.query.get("state", ""), request.cookies.get(COOKIE, "")
        same = hmac.compare_digest(state.encode(), cookie.encode())
        if not (state and same and self._is_ours(state)):
            return _page("This install link is too old. Begin again at /slack/install.", 400)
        if not await asyncio.to_thread(self._use, state):
            return _page("This install link was used already. Begin again at /slack/install.", 400)
        told = await self._exchange(request.query.get("code", ""))
        if told is None:
            return _page("Slack did not confirm the install. Begin again at /slack/install.", 400)
        await asyncio.to_thread(self._keep, told)
        self._workspaces.renew(told["team"]["id"])
        return _page("Snowball is installed. Say hi to it in Slack, under Apps.", 200)

    def _new_state(self) -> str:
        basis = f"{secrets.token_urlsafe(16)}.{int(self._clock.now().timestamp())}"
        return f"{basis}.{self._sign(basis)}"

    def _sign(self, basis: str) -> str:
        key = self._credentials.client_secret.encode()
        return hmac.new(key, basis.encode(), hashlib.sha256).hexdigest()

    def _is_ours(self, state: str) -> bool:
        basis, _, signature = state.rpartition(".")
        made = basis.rpartition(".")[2]
        if not hmac.compare_digest(self._sign(basis).encode(), signature.encode()):
            return False
        return 0 <= self._clock.now().timestamp() - int(made) <= GOOD_FOR

    def _use(self, state: str) -> bool:
        """Writes down that a state was used; False when it was before, anywhere."""
        now = self._clock.now()
        cohorts = self._stores.cohorts()
        first = cohorts[0] if cohorts else self._stores.add_cohort(Cohort(name="", created=now))
        try:
            with self._stores.writing(first.id) as store:
                store.add(Seen(cohort_id=first.id, key=f"oauth:{state.partition('.')[0]}", at=now))
        except AlreadyThereError:
            return False
        return True

    async def _exchange(self, code: str) -> Json | None:
        client: AsyncWebClient = self._workspaces.client()
        own = self._credentials
        asked = {"client_id": own.client_id, "client_secret": own.client_secret, "code": code}
        try:  # not client.oauth_v2_access: it uses a class that aiohttp is about to remove
            told = await client.api_call("oauth.v2.access", data=asked)
        except FAILURES as error:
            log.warning("slack install failed", error=type(error).__name__)
            return None
        found = told.data if isinstance(told.data, dict) else {}
        return found if found.get("access_token") and found.get("team") else None

    def _keep(self, told: Json) -> None:
        """The workspace's token; a workspace that is new here gets a cohort of its own."""
        team, name = told["team"]["id"], told["team"].get("name") or "Our class"
        token, bot_user = told["access_token"], told.get("bot_user_id") or ""
        found = self._stores.workspace(SURFACE, team)
        if found is not None:
            installed(self._stores, self._clock, found, token, bot_user=bot_user, name=name)
            return
        cohort = self._stores.add_cohort(Cohort(name=name, created=self._clock.now()))
        with self._stores.writing(cohort.id) as store:
            store.add(
                Workspace(
                    cohort_id=cohort.id,
                    surface=SURFACE,
                    external_id=team,
                    name=name,
                    token=token,
                    bot_user=bot_user,
                )
            )


def _is_https(request: web.Request) -> bool:
    return request.headers.get("X-Forwarded-Proto", request.scheme) == "https"


def _page(words: str, status: int) -> web.Response:
    return web.Response(text=words, status=status, headers={"Cache-Control": "no-store"})
