"""What Discord answers to all requests of ours, whoever made them: by aiohttp's own tracing.

Refused requests are counted, because too many of them get an address banned. A request that is made
under :func:`once` is made once: discord.py's HTTP layer would wait and repeat without telling.
"""

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import Callable, Generator
from contextvars import ContextVar
from dataclasses import dataclass, field
from types import SimpleNamespace

import aiohttp
import discord
import structlog
from discord.http import Route

from bot.delivery.pacing import Turn, Window
from bot.limits import Reach, begin_by

log = structlog.get_logger(__name__)

REFUSALS = frozenset({401, 403, 429})
"""What Discord counts as invalid: 10,000 in ten minutes, and Cloudflare bans the address (docs:
"Rate limits", invalid request limit). A 429 whose scope is "shared" is not counted."""
WITHIN, MOST = 600.0, 5_000
"""Seconds, and half of what is allowed: answers to people who are waiting go on meanwhile."""
SERVER_ERROR, TOO_MANY = 500, 429
MOST_AT_ONCE, A_SECOND = 50, 1.04
"""Requests that a bot may make, and in what time: Discord takes them in a second (docs: "Rate
limits", global rate limit), and one may be on its way forty milliseconds longer than another."""
NOT_COUNTED = ("/interactions/", "/webhooks/")
"""Answers to interactions, and they do not wait for anything."""
LONG_WAIT = 60.0
"""Seconds, when whoever stands before Discord says "too many" and not for how long."""


class AskedToWaitError(discord.HTTPException):
    """429: for how many seconds, and for whom."""

    def __init__(self, response: aiohttp.ClientResponse, seconds: float, reach: Reach) -> None:
        super().__init__(response, "asked to wait")
        self.seconds, self.reach = seconds, reach


@dataclass(slots=True)
class Attempt:
    """One request, however often it is tried. ``begun``: it leaves us, so it may have its effect;
    ``went``: surely it has left."""

    begun: bool = False
    went: bool = False


_attempt: ContextVar[Attempt | None] = ContextVar("attempt", default=None)


@contextlib.contextmanager
def once() -> Generator[Attempt]:
    """The request made in here is not repeated by anybody; 429 and 5xx are raised."""
    attempt = Attempt()
    token = _attempt.set(attempt)
    try:
        yield attempt
    finally:
        _attempt.reset(token)


@dataclass(slots=True)
class Breaker:
    """Trips when Discord has refused too much lately, until half of that has passed."""

    now: Callable[[], float] = time.monotonic
    most: int = MOST
    _refused: deque[float] = field(default_factory=deque)
    _tripped: bool = False

    @property
    def refused(self) -> int:
        """Requests refused in the last ten minutes."""
        while self._refused and self._refused[0] <= self.now() - WITHIN:
            self._refused.popleft()
        return len(self._refused)

    @property
    def tripped(self) -> bool:
        """Whether only interactions are to be answered just now."""
        refused = self.refused
        if not self._tripped and refused >= self.most:
            self._tripped = True
            log.error("too much refused by Discord: nothing is sent for a while", refused=refused)
        elif self._tripped and refused < self.most / 2:
            self._tripped = False
            log.info("messages go to Discord again", refused=refused)
        return self._tripped

    @property
    def closed_for(self) -> float:
        """Seconds until it may close, if nothing more is refused; 0 when it has not tripped."""
        if not self.tripped:
            return 0.0
        last = self._refused[len(self._refused) - (self.most + 1) // 2]
        return max(1.0, last + WITHIN - self.now())

    def saw(self, status: int, scope: str) -> None:
        """An answer."""
        if status in REFUSALS and not (status == TOO_MANY and scope == "shared"):
            self._refused.append(self.now())


class Watch:
    """Sees every request of one client, and when it may begin."""

    def __init__(self, breaker: Breaker | None = None) -> None:
        self.breaker = breaker if breaker is not None else Breaker()
        self.window = Window(MOST_AT_ONCE, A_SECOND)

    def trace(self) -> aiohttp.TraceConfig:
        """What the client's session is to be made with."""
        config = aiohttp.TraceConfig()
        config.on_request_headers_sent.append(self._begins)
        config.on_request_chunk_sent.append(self._goes)
        config.on_request_end.append(self._answered)
        return config

    async def _begins(
        self,
        session: aiohttp.ClientSession,
        context: SimpleNamespace,
        params: aiohttp.TraceRequestHeadersSentParams,
    ) -> None:
        """Called before the first byte is written (aiohttp's own order): the last moment to
        wait."""
        del session
        if _counts(str(params.url)):
            context.turn = await self.window.turn()
        if (attempt := _attempt.get()) is not None:
            _insist_on_time()
            attempt.begun = True

    async def _goes(
        self,
        session: aiohttp.ClientSession,
        context: SimpleNamespace,
        params: aiohttp.TraceRequestChunkSentParams,
    ) -> None:
        """The head goes with the beginning of the body, some steps of the loop later: the last
        moment to say no. A process can stand still at any of them."""
        del session, params
        turn: Turn | None = vars(context).pop("turn", None)
        if turn is not None:
            self.window.goes(turn)
        attempt = _attempt.get()
        if attempt is not None and not attempt.went:
            attempt.begun = False
            _insist_on_time()
            attempt.begun = attempt.went = True

    async def _answered(
        self,
        session: aiohttp.ClientSession,
        context: SimpleNamespace,
        params: aiohttp.TraceRequestEndParams,
    ) -> None:
        del session, context
        response = params.response
        self.breaker.saw(response.status, response.headers.get("X-RateLimit-Scope", ""))
        if _attempt.get() is None:
            return
        if response.status == TOO_MANY:
            asked = await _asked_to_wait(response)
            if asked.reach is Reach.SURFACE:
                self.window.hold(asked.seconds)
            raise asked
        if response.status >= SERVER_ERROR:
            response.release()
            raise discord.DiscordServerError(response, "")


def _insist_on_time() -> None:
    """Raises TimeoutError when it is too late to begin."""
    if asyncio.get_running_loop().time() > begin_by.get():
        raise TimeoutError


def _counts(url: str) -> bool:
    """Whether a request is one of those that are limited for the bot as a whole."""
    path = url.removeprefix(Route.BASE)
    return path != url and not path.startswith(NOT_COUNTED)


async def _asked_to_wait(response: aiohttp.ClientResponse) -> AskedToWaitError:
    told: object = None
    with contextlib.suppress(ValueError, aiohttp.ClientError):
        told = await response.json(content_type=None)
    headers = response.headers
    if not isinstance(told, dict):  # not Discord itself, but what stands before it
        return AskedToWaitError(response, _seconds(headers.get("Retry-After")), Reach.SURFACE)
    everywhere = told.get("global") or headers.get("X-RateLimit-Scope") == "global"
    wait = told.get("retry_after")
    seconds = float(wait) if isinstance(wait, int | float) else _seconds(headers.get("Retry-After"))
    return AskedToWaitError(response, seconds, Reach.SURFACE if everywhere else Reach.PLACE)


def _seconds(written: str | None) -> float:
    try:
        return max(1.0, float(written or LONG_WAIT))
    except ValueError:
        return LONG_WAIT
