"""Messages that are owed, sent by DM or to the cohort's channel: once, named by their nonce."""

from collections.abc import Sequence
from dataclasses import replace

import aiohttp
import discord
import structlog
from whenever import Instant

from adapters.discord import limits
from adapters.discord.errors import trouble_of
from adapters.discord.occasions import Occasions
from adapters.discord.paging import DiscordSurface, messages
from adapters.discord.parse import SURFACE
from adapters.discord.threads import Threads
from adapters.discord.watch import AskedToWaitError
from adapters.discord.wire import A_BOT, NotBegunError, Wire
from bot.domain.cohort import Account, Member, Workspace
from bot.limits import Limits, Rate, Reach
from bot.ports import Outcome, Refused, Sent, Trouble, Unclear
from bot.reply import Answer, Occasion

log = structlog.get_logger(__name__)
SERVER_ERROR = 500
WAIT = 5.0
"""Seconds to come back in while we are not logged in."""
LIMITS = Limits(surface=A_BOT, place=Rate(per_second=1))
"""Discord: fifty requests a second for a bot, to which answers to interactions do not count (docs:
"Rate limits", global rate limit); the bucket of a channel is in its headers, seen as five messages
in five seconds, and discord.py keeps to what they say besides."""

GONE = tuple(Refused(f"Discord error {code}", Trouble.PLACE) for code in (10003, 50001))
"""A channel that is no more, or not ours: a thread that was deleted or that we were put out of, the
direct messages of another bot. Another one is opened: nothing was made in this one."""


class DiscordMessenger:
    """The Messenger port on Discord."""

    surface = SURFACE
    repeatable = True
    """Every message carries a nonce."""
    holds = DiscordSurface()
    limits = LIMITS

    def __init__(self, wire: Wire) -> None:
        self.wire = wire
        self.breaker = wire.watch.breaker
        self.threads = Threads(wire)
        self.occasions = Occasions(wire)

    async def to_member(
        self, workspace: Workspace, account: Account, member: Member, answer: Answer, nonce: str
    ) -> Outcome:
        """A DM; somebody who cannot be written to is a final no."""
        del member
        user, known = account.external_id, account.conversation
        return await self._direct(user, known, answer, workspace.cohort_id, nonce)

    async def to_channel(self, workspace: Workspace, answer: Answer, nonce: str) -> Outcome:
        """A message in the cohort's channel."""
        if not workspace.channel:
            return Refused("no channel is chosen", Trouble.PLACE)
        if (refused := self._closed()) is not None:
            return refused
        outcome = await self._post(workspace.channel, answer, workspace.cohort_id, nonce)
        if isinstance(outcome, Sent):
            for part in answer.parts:
                if isinstance(part, Occasion):
                    await self.occasions.keep(workspace.external_id, part)
        return outcome

    async def find(
        self,
        workspace: Workspace,
        accounts: Sequence[Account],
        answer: Answer,
        nonce: str,
        since: Instant,
    ) -> Outcome:
        """Not to be known: Discord tells a message's nonce when it is made, and never again."""
        return Unclear("a nonce is not kept")

    async def away(self, workspace: Workspace, account: Account, now: Instant) -> None:
        """A status is a presence, which needs a privileged intent: nobody is known to be away."""

    async def together(
        self,
        workspace: Workspace,
        accounts: Sequence[Account],
        answer: Answer,
        nonce: str,
        before: str = "",
    ) -> Outcome:
        """A message in a private thread of these people, below the cohort's channel."""
        if not workspace.channel:
            return Refused("no channel is chosen", Trouble.PLACE)
        if (refused := self._closed()) is not None:
            return refused
        if before:
            known = before.partition("/")[0]
            outcome = await self._post(known, answer, workspace.cohort_id, nonce)
            if outcome not in GONE:
                return outcome
        try:
            thread = await self.threads.open(workspace, accounts, nonce)
        except Exception as error:  # noqa: BLE001 - a thread that is found again may be retried
            outcome = outcome_of(error)
            return Refused(outcome.why) if isinstance(outcome, Unclear) else outcome
        return await self._post(thread, answer, workspace.cohort_id, nonce)

    async def to_user(self, user: str, answer: Answer, cohort: int, nonce: str) -> Outcome:
        """A DM to whoever has this id."""
        return await self._direct(user, "", answer, cohort, nonce)

    async def _direct(
        self, user: str, kept: str, answer: Answer, cohort: int, nonce: str
    ) -> Outcome:
        """A DM, in the channel that is known: opening it is a request more, and a limit of its own.

        ``kept``: what an earlier message told of it."""
        if (refused := self._closed()) is not None:
            return refused
        known = self.wire.known_dm(user) or kept
        gone: Outcome | None = None
        if known:
            gone = await self._post(known, answer, cohort, nonce)
            if gone not in GONE:
                return _told(gone, known)
        try:
            opened = await self.wire.open_dm(user)
        except Exception as error:  # noqa: BLE001 - opening a DM sends nothing, so it may be retried
            return _not_opened(outcome_of(error))
        if gone is not None and opened == known:
            return gone
        besides = 1 if gone is None else 2
        return _told(await self._post(opened, answer, cohort, nonce), opened, besides)

    async def _post(self, where: str, answer: Answer, cohort: int, nonce: str) -> Outcome:
        first, posts = "", 0
        try:
            for number, sheet in enumerate(messages(answer, cohort)):
                made = await self.wire.post(where, sheet, numbered(nonce, number))
                first, posts = first or made, posts + 1
        except Exception as error:  # noqa: BLE001 - every failure is an outcome
            outcome = outcome_of(error)
            # Once its first post is there, a message is made: the rest must follow it soon.
            return Unclear(outcome.why) if first and isinstance(outcome, Refused) else outcome
        return Sent(f"{where}/{first}", posts)

    def _closed(self) -> Refused | None:
        """Why nothing is sent at all just now."""
        if self.wire.http.token is None:
            return Refused("not logged in yet", retry_after=WAIT)
        if seconds := self.breaker.closed_for:
            return Refused("too much was refused", retry_after=seconds, reach=Reach.SURFACE)
        return None


def numbered(nonce: str, number: int) -> str:
    """The nonce of the n-th message of one answer."""
    ending = f"-{number}" if number else ""
    return f"{nonce[: limits.NONCE - len(ending)]}{ending}"


def _told(outcome: Outcome, conversation: str, besides: int = 0) -> Outcome:
    """With the channel that it went to, and requests that it took besides its posts."""
    if not isinstance(outcome, Sent):
        return outcome
    return replace(outcome, conversation=conversation, posts=outcome.posts + besides)


def _not_opened(outcome: Outcome) -> Outcome:
    """Opening direct messages has a limit of its own, for all of them together."""
    match outcome:
        case Refused(trouble=Trouble.SOON):
            return replace(outcome, reach=Reach.SURFACE)
        case Unclear(why):
            return Refused(why)
        case _:
            return outcome


def outcome_of(error: Exception) -> Outcome:
    """What a failed request means for the message."""
    match error:
        case AskedToWaitError():
            return Refused("asked to wait", retry_after=error.seconds, reach=error.reach)
        case discord.RateLimited():
            return Refused("asked to wait", retry_after=error.retry_after, reach=Reach.PLACE)
        case NotBegunError():
            return Refused("held back by the limits", retry_after=WAIT, reach=Reach.PLACE)
        case discord.HTTPException() if error.status >= SERVER_ERROR:
            return Unclear(f"HTTP {error.status}")
        case discord.HTTPException() if error.status == limits.TOO_MANY:
            return Refused("asked to wait", retry_after=WAIT, reach=Reach.PLACE)
        case discord.HTTPException():
            trouble = trouble_of(error.code) if error.code else _by_status(error.status)
            wait = WAIT if trouble is Trouble.SOON else 0.0
            return Refused(f"Discord error {error.code}", trouble, wait)
        case aiohttp.ClientConnectorError():
            return Refused("Discord cannot be reached", retry_after=WAIT)
        case aiohttp.ClientError() | OSError():
            return Unclear(type(error).__name__)
        case _:
            log.error("message could not be made", error=type(error).__name__)
            return Refused(type(error).__name__, Trouble.OURS)


def _by_status(status: int) -> Trouble:
    """What an answer without a code of Discord's means."""
    return {401: Trouble.WORKSPACE, 403: Trouble.PLACE, 404: Trouble.PLACE}.get(
        status, Trouble.OURS
    )
