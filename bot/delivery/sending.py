"""Claim, make, send, settle: one recipient's next message, from the rows to the surface."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import partial
from typing import TypeVar

import structlog

from bot.delivery.composing import Composer
from bot.delivery.pacing import Pace
from bot.delivery.parcels import Holiday, Parcel, Question
from bot.delivery.settling import Settler
from bot.limits import FREE, Limits, begin_by
from bot.ports import Outcome, Refused, Sent, Unclear, Waiting

log = structlog.get_logger(__name__)

PATIENCE = 20.0
"""Seconds for one attempt; well within the lease, so that nobody else takes it over meanwhile."""

PATIENCE_TO_ASK = 3.0
"""Seconds for the question whether somebody is on holiday; a message is not lost over it."""

A = TypeVar("A")
T = TypeVar("T")


class Served(Enum):
    """What came of looking at a recipient."""

    NOTHING = auto()
    ONE = auto()
    MORE = auto()
    """One, and there is another to send."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends one message. ``threads``: where the database is spoken to; ``pace``: whose turn it is.

    All messages of a process go at one pace."""

    composer: Composer
    settler: Settler
    threads: Executor
    pace: Pace = field(default_factory=Pace)

    async def __call__(self, waiting: Waiting) -> Served:
        """Send the recipient's next message, if there is one, when it is its turn."""
        limits = self._limits(waiting)
        if not await self.pace.turn(limits, waiting):
            return Served.NOTHING
        posts = 0
        try:
            parcel = await self._parcel(waiting)
            begin_by.set(asyncio.get_running_loop().time() + PATIENCE)
            if parcel is None or not await self._still_mine(parcel):
                return Served.NOTHING
            self.pace.goes(limits, waiting)
            outcome = await _attempt(parcel)
            posts = _posts(parcel, outcome)
        finally:
            self.pace.spent(limits, waiting, posts)
        if isinstance(outcome, Refused) and outcome.retry_after:
            self.pace.hold(limits, waiting, outcome.reach, outcome.retry_after)
        await self._in_thread(partial(self.settler.settle, parcel), outcome)
        return Served.MORE if parcel.more else Served.ONE

    def _limits(self, waiting: Waiting) -> Limits:
        surface = waiting.workspace.surface if waiting.workspace is not None else ""
        messenger = self.composer.messengers.get(surface)
        return messenger.limits if messenger is not None else FREE

    async def _parcel(self, waiting: Waiting) -> Parcel | None:
        """The next message, claimed and committed; None when nothing may go now."""
        parcel = await self._in_thread(self.composer.parcel, waiting)
        if isinstance(parcel, Question):
            told = partial(self.composer.parcel, holiday=await _holiday(parcel))
            parcel = await self._in_thread(told, waiting)
        return parcel if isinstance(parcel, Parcel) else None

    async def _still_mine(self, parcel: Parcel) -> bool:
        """Asked last of all; the attempt's time runs from before it."""
        mine = await self._in_thread(self.settler.still_mine, parcel)
        if not mine:
            log.warning("lease lost", cohort=parcel.lead.cohort_id, row=parcel.lead.id)
        return mine

    async def _in_thread(self, work: Callable[[A], T], about: A) -> T:
        return await asyncio.get_running_loop().run_in_executor(self.threads, work, about)


async def _holiday(asked: Question) -> Holiday:
    """Who cannot be asked is taken to be there: a question never holds a message."""
    route = asked.route
    try:
        async with asyncio.timeout(PATIENCE_TO_ASK):
            return Holiday(await route.messenger.away(route.workspace, asked.account, asked.now))
    except Exception as error:  # noqa: BLE001 - a surface's failure is an answer
        log.warning("not known whether away", error=type(error).__name__)
        return Holiday()


def _posts(parcel: Parcel, outcome: Outcome) -> int:
    """How many of the surface's messages it may have taken."""
    if parcel.look:
        return 0
    return outcome.posts if isinstance(outcome, Sent) else 1


async def _attempt(parcel: Parcel) -> Outcome:
    """One attempt. What went wrong in an unforeseen way may have gone right over there."""
    try:
        async with asyncio.timeout_at(begin_by.get()):
            return await (_find(parcel) if parcel.look else _send(parcel))
    except TimeoutError:
        return Unclear("no answer in time")
    except Exception as error:  # noqa: BLE001 - a surface's failure is an outcome
        return Unclear(type(error).__name__)


async def _send(parcel: Parcel) -> Outcome:
    route, answer, nonce = parcel.route, parcel.answer, parcel.nonce
    if route.accounts:
        return await route.messenger.together(
            route.workspace, route.accounts, answer, nonce, route.before
        )
    if route.account is None or parcel.member is None:
        return await route.messenger.to_channel(route.workspace, answer, nonce)
    return await route.messenger.to_member(
        route.workspace, route.account, parcel.member, answer, nonce
    )


async def _find(parcel: Parcel) -> Outcome:
    route = parcel.route
    one = (route.account,) if route.account is not None else ()
    return await route.messenger.find(
        route.workspace,
        route.accounts or one,
        parcel.answer,
        parcel.nonce,
        parcel.lead.first_try or parcel.lead.due,
    )
