"""The stand-in Slack: an aiohttp server on 127.0.0.1 for the real slack-bolt and slack_sdk.

``async with SlackServer() as slack`` gives addresses and tokens for the app and people to drive.
It refuses what Slack refuses and writes each refusal down in ``slack.complaints``.
"""

import asyncio
import base64
import math
import secrets
import time
from collections.abc import Callable
from typing import Any, NamedTuple, Self

from aiohttp import web

from tests.servers import control
from tests.servers.control import Made, digest
from tests.servers.faults import SHOWS_UNTIL, Fault, Faults, What
from tests.servers.slack import files_api, limits, messages_api, views_api
from tests.servers.slack.delivery import Delivery
from tests.servers.slack.payloads import APP_ID
from tests.servers.slack.person import Person
from tests.servers.slack.workspace import Json, Message, SlackError, Workspace


class Complaint(NamedTuple):
    """Something that Slack would not have accepted."""

    where: str
    error: str
    detail: str


class SlackServer:
    """One app, its workspaces, and everything Slack does for them."""

    def __init__(
        self,
        scopes: set[str] | None = None,
        manifest: Json | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.clock, self.ahead = clock, 0.0
        self.app_token = "xapp-1-stand-in"
        self.signing_secret = "signing-secret-of-the-stand-in"
        self.client_id, self.client_secret = "1.2", "client-secret-of-the-stand-in"
        self.manifest = manifest
        if manifest and scopes is None:
            scopes = set(manifest["oauth_config"]["scopes"]["bot"])
        self.scopes = scopes
        self.workspaces = {"T1": Workspace("T1", "Stand In", self.now)}
        self.delivery = Delivery(self.signing_secret)
        self.complaints: list[Complaint] = []
        self.calls: list[tuple[str, Json]] = []
        self.faults = Faults(_shape, now=self.now)
        self.held: dict[str, asyncio.Event] = {}
        self.limits_posts = False
        self._posted: dict[str, list[float]] = {}
        self.codes: dict[str, tuple[str, str, float]] = {}
        self.people: list[Person] = []
        self._changed = asyncio.Event()
        self._runner: web.AppRunner | None = None
        self.base = ""

    # what an app is given

    @property
    def workspace(self) -> Workspace:
        """The first workspace."""
        return self.workspaces["T1"]

    @property
    def bot_token(self) -> str:
        """The first workspace's token."""
        return self.workspace.bot_token

    @property
    def api_url(self) -> str:
        """What SLACK_API_URL is set to."""
        return f"{self.base}api/"

    def now(self) -> float:
        """The stand-in's clock: real time, moved ahead by :meth:`later`."""
        return self.clock() + self.ahead

    def later(self, seconds: float) -> None:
        """Time passes."""
        self.ahead += seconds

    # people, faults, waiting

    def person(self, name: str, workspace: str = "T1", **about: Any) -> Person:
        """A person who can type, press, pick and read."""
        space = self.workspaces[workspace]
        made = Person(self, space, space.add_person(name, **about))
        self.people.append(made)
        return made

    def fail_next(self, method: str, **how: Any) -> None:
        """The next call of a method is refused, or its connection cut (``drop``)."""
        when = "after" if how.pop("after_effect", False) else "before"
        if how.pop("drop", False):
            self.faults.add(method, "drop", when=when, **how)
            return
        code = how.pop("error", "internal_error")
        how = {"status": 200, **how}
        what: What = "limit" if how["status"] == 429 else "error"
        self.faults.add(method, what, when=when, code=code, **how)

    def hold(self, method: str) -> asyncio.Event:
        """Calls of a method are not answered until the event is set."""
        return self.held.setdefault(method, asyncio.Event())

    def complain(self, where: str, error: str, detail: object = "") -> None:
        """Writes down what Slack would not have accepted."""
        self.complaints.append(Complaint(where, error, str(detail)))

    def happened(self) -> None:
        """Wakes whoever waits for something to be seen."""
        self._changed.set()

    async def until(self, seen: Callable[[], Any], within: float = 5.0, what: str = "") -> Any:
        """Waits for a condition, looking again whenever the app did something."""
        try:
            async with asyncio.timeout(within):
                while not (found := seen()):
                    self._changed.clear()
                    await self._changed.wait()
                return found
        except TimeoutError:
            shown = "\n".join(f"--- {p.account.name} sees:\n{p.screen()}" for p in self.people)
            raise AssertionError(
                f"not seen within {within} s: {what}\n{shown}\ncomplaints: {self.complaints}"
            ) from None

    def calls_of(self, method: str) -> list[Json]:
        """The arguments of each accepted call of a method."""
        return [args for name, args in self.calls if name == method]

    # for the control address

    def made(self, after: int = 0) -> list[Made]:
        """Every message that the app posted where it stays, oldest first, from this number on."""
        spaces = self.workspaces.values()
        own = [m for space in spaces for m in space.messages if m.author == space.bot.id]
        lasting = [each for each in own if each.private_to is None]
        return [
            Made(
                message.ts,
                message.channel.id,
                str((message.metadata or {}).get("event_payload", {}).get("n", "")),
                digest([message.text, message.plain()]),
                message.at,
                message.plain(),
            )
            for message in lasting[after:]
        ]

    def newcomer(self, name: str) -> str:
        """Somebody new in the first workspace; gives their id."""
        return self.workspace.add_person(name).id

    async def does(self, what: str, how: Json) -> None:
        """``disconnect`` (reason), ``hang_up`` or ``cut`` the sockets; ``later`` (seconds)."""
        if what == "later":
            self.later(**how)
            return
        ways = {"disconnect": self.delivery.disconnect, "hang_up": self.delivery.hang_up}
        await {**ways, "cut": self.delivery.tear}[what](**how)

    def state(self) -> Json:
        """How many sockets were opened, and what was made."""
        delivery = self.delivery
        counts = {"opened": delivery.opened, "live": len(delivery.sockets)}
        return {**counts, "messages": len(self.made())}

    # the server

    async def __aenter__(self) -> Self:
        """Starts on a free port."""
        await self.start()
        return self

    async def start(self, port: int = 0) -> None:
        """Starts on a free port, or on this one."""
        around = [self.faults.around(_named)]
        app = web.Application(middlewares=around, client_max_size=20_000_000)
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_get("/link", self._link)
        app.add_routes(control.routes(self))
        app.router.add_post("/hooks/{secret}", self._hook)
        app.router.add_post("/upload/v1/{team}/{file}/{secret}", self._upload)
        app.router.add_get("/files-pri/{file}/{rest:.*}", self._download)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        port = int(self._runner.addresses[0][1])
        self.base = f"http://127.0.0.1:{port}/"

    async def __aexit__(self, *_: object) -> None:
        """Hangs up and stops."""
        for event in self.held.values():
            event.set()
        await self.delivery.close()
        if self._runner:
            await self._runner.cleanup()

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        args = await _arguments(request)
        if method in self.held:
            await self.held[method].wait()
        try:
            answer = {"ok": True, **self._call(method, request, args)}
            self.calls.append((method, args))
        except SlackError as refused:
            self.complain(method, refused.error, refused.extra or args)
            answer = {"ok": False, "error": refused.error, **refused.extra}
            if refused.error == "ratelimited":
                return web.json_response(answer, status=429, headers={"Retry-After": "1"})
        self.happened()
        return web.json_response(answer)

    def _call(self, method: str, request: web.Request, args: Json) -> Json:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        token = args.pop("token", None) or token
        if method == "apps.connections.open":
            return self._connections_open(token)
        if method == "oauth.v2.access":
            return self._oauth_access(request, args)
        space = self._space_of(token)
        self._check_scope(method, space, args)
        if self.limits_posts and method == "chat.postMessage":
            self._check_pace(str(args.get("channel")))
        if method == "files.getUploadURLExternal":
            return files_api.upload_url(space, args, self.base)
        space.shows_until = request.get(SHOWS_UNTIL, math.inf)
        tables = (messages_api.METHODS, views_api.METHODS, files_api.METHODS)
        for table in tables:
            if method in table:
                return table[method](space, args)
        raise SlackError("unknown_method")

    def _space_of(self, token: str) -> Workspace:
        if not token:
            raise SlackError("not_authed")
        for space in self.workspaces.values():
            if space.bot_token == token:
                if not space.installed:
                    raise SlackError("account_inactive")
                return space
        raise SlackError("invalid_auth")

    def _check_scope(self, method: str, space: Workspace, args: Json) -> None:
        needed = limits.SCOPES.get(method, "")
        if needed.startswith("*"):
            channel = args.get("channel", "")
            kind = "im" if "," not in str(args.get("users", "")) else "mpim"
            if channel in space.channels:
                kind = space.channels[channel].kind
            needed = limits.SCOPE_PREFIX[kind] + needed[1:]
        if needed and self.scopes is not None and needed not in self.scopes:
            raise SlackError("missing_scope", needed=needed, provided=",".join(sorted(self.scopes)))

    def _check_pace(self, channel: str) -> None:
        """One message a second to a channel, when the test asks for that."""
        recent = [at for at in self._posted.get(channel, []) if self.now() - at < 1]
        if len(recent) >= limits.POSTS_A_SECOND.most:
            raise SlackError("ratelimited")
        self._posted[channel] = [*recent, self.now()]

    def _connections_open(self, token: str) -> Json:
        if token != self.app_token:
            raise SlackError("not_allowed_token_type" if token else "not_authed")
        return {"url": f"{self.base.replace('http', 'ws', 1)}link?ticket={secrets.token_hex(8)}"}

    def _oauth_access(self, request: web.Request, args: Json) -> Json:
        pair = f"{args.get('client_id')}:{args.get('client_secret')}"
        basic = request.headers.get("Authorization", "").removeprefix("Basic ")
        if basic:
            pair = base64.b64decode(basic).decode()
        if pair != f"{self.client_id}:{self.client_secret}":
            raise SlackError("bad_client_secret")
        team, scope, at = self.codes.pop(str(args.get("code", "")), ("", "", 0.0))
        if not team or self.now() - at > limits.OAUTH_CODE_SECONDS.most:
            raise SlackError("invalid_code")
        space = self.workspaces[team]
        space.installed = True
        return {
            "access_token": space.bot_token,
            "token_type": "bot",
            "scope": scope,
            "bot_user_id": space.bot.id,
            "app_id": APP_ID,
            "team": {"id": team, "name": space.name},
            "enterprise": None,
            "authed_user": {"id": next(iter(space.accounts))},
            "is_enterprise_install": False,
        }

    def allows(self, team: str, scope: str) -> str:
        """An admin presses Allow on the install page; returns the code of the redirect."""
        self.workspaces.setdefault(team, Workspace(team, f"Team {team}", self.now))
        code = secrets.token_hex(8)
        self.codes[code] = (team, scope, self.now())
        return code

    async def _link(self, request: web.Request) -> web.StreamResponse:
        if not request.query.get("ticket"):
            return web.Response(status=401)
        return await self.delivery.serve_socket(request)

    async def _hook(self, request: web.Request) -> web.StreamResponse:
        args = await _arguments(request)
        secret = request.match_info["secret"]
        try:
            self.respond(self._space_of_url(secret), secret, args)
        except SlackError as refused:
            self.complain("response_url", refused.error, refused.extra or args)
            gone = refused.error in {"expired_url", "used_url"}
            answer = {"ok": False, "error": refused.error}
            return web.json_response(answer, status=404 if gone else 400)
        self.calls.append(("response_url", args))
        self.happened()
        return web.Response(text="ok")

    def _space_of_url(self, secret: str) -> Workspace:
        for space in self.workspaces.values():
            if secret in space.response_urls:
                return space
        raise SlackError("expired_url")

    def respond(self, space: Workspace, secret: str, args: Json) -> Message | None:
        """What a POST to a response_url does."""
        url = space.response_urls[secret]
        if self.now() - url.at > limits.RESPONSE_URL_SECONDS.most:
            raise SlackError("expired_url")
        if url.uses >= limits.RESPONSE_URL_USES.most:
            raise SlackError("used_url")
        url.uses += 1
        if args.get("delete_original") and url.source:
            url.source.deleted = True
            return None
        blocks = messages_api.blocks_in(args)
        text = messages_api.text_in(args, blocks, limits.MESSAGE_TEXT.most)
        if args.get("replace_original") and url.source and not url.source.deleted:
            space.rewrite(url.source, text, blocks)
            return url.source
        posted = space.post(url.channel, space.bot.id, text, blocks)
        in_channel = args.get("response_type") == "in_channel"
        posted.private_to = None if in_channel else url.owner
        return posted

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        found = request.match_info
        body = await request.read()
        space = self.workspaces[found["team"]]
        return files_api.receive(space, found["file"], found["secret"], body)

    async def _download(self, request: web.Request) -> web.StreamResponse:
        team, _, file_id = request.match_info["file"].partition("-")
        space = self.workspaces[team]
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        allowed = self.scopes is None or "files:read" in self.scopes
        file = space.files.get(file_id)
        if token != space.bot_token or not allowed or file is None:
            return web.Response(text="<html>Sign in</html>", content_type="text/html")
        return web.Response(body=file["content"])


def _named(request: web.Request) -> str:
    """What a fault knows a request by."""
    first, _, rest = request.path.lstrip("/").partition("/")
    return {"api": rest, "hooks": "response_url", "upload": "files.upload"}.get(first, "")


def _shape(fault: Fault) -> web.StreamResponse:
    """Slack's refusals: ``ok: false`` with its word, 429 with Retry-After, or a gateway's page."""
    if fault.what == "limit":
        body = {"ok": False, "error": "ratelimited"}
        wait = {"Retry-After": str(math.ceil(fault.retry_after))}
        return web.json_response(body, status=429, headers=wait)
    if not fault.code:
        return web.Response(status=fault.status, text="upstream request timeout")
    return web.json_response({"ok": False, "error": fault.code}, status=fault.status)


async def _arguments(request: web.Request) -> Json:
    args: Json = dict(request.query)
    if request.content_type == "application/json":
        args |= await request.json()
    else:
        args |= dict(await request.post())
    return args
