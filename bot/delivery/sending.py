"""Claim, make, send, settle: one recipient's next message, from the rows to the surface."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial
from typing import TypeVar

import structlog

from bot.delivery.composing import Composer
from bot.delivery.parcels import Holiday, Parcel, Question
from bot.delivery.settling import Settler
from bot.ports import Outcome, Unclear, Waiting

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
    """Sends one message. ``threads``: where the database is spoken to."""

    composer: Composer
    settler: Settler
    threads: Executor

    async def __call__(self, waiting: Waiting) -> Served:
        """Send the recipient's next message, if there is one."""
        parcel = await self._in_thread(self.composer.parcel, waiting)
        if isinstance(parcel, Question):
            told = partial(self.composer.parcel, holiday=await _holiday(parcel))
            parcel = await self._in_thread(told, waiting)
        if not isinstance(parcel, Parcel):
            return Served.NOTHING
        if not await self._in_thread(self.settler.still_mine, parcel):
            log.warning("lease lost", cohort=parcel.lead.cohort_id, row=parcel.lead.id)
            return Served.NOTHING
        outcome = await _send(parcel)
        await self._in_thread(partial(self.settler.settle, parcel), outcome)
        return Served.MORE if parcel.more else Served.ONE

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


async def _send(parcel: Parcel) -> Outcome:
    """One attempt. What went wrong in an unforeseen way may have gone right over there."""
    route, answer, nonce = parcel.route, parcel.answer, parcel.nonce
    try:
        async with asyncio.timeout(PATIENCE):
            if route.accounts:
                return await route.messenger.together(
                    route.workspace, route.accounts, answer, nonce, route.before
                )
            if route.account is None or parcel.member is None:
                return await route.messenger.to_channel(route.workspace, answer, nonce)
            return await route.messenger.to_member(
                route.workspace, route.account, parcel.member, answer, nonce
            )
    except TimeoutError:
        return Unclear("no answer in time")
    except Exception as error:  # noqa: BLE001 - a surface's failure is an outcome
        return Unclear(type(error).__name__)
