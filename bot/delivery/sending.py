"""Claim, make, send, settle: one recipient's next message, from the rows to the surface.

What is known about a message is written down even when the database is away for a while: of what
was surely not begun nobody has to wonder later, nor of what surely arrived.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import partial
from itertools import chain, repeat
from typing import Any, TypeVar

import structlog

from bot.delivery.composing import ClaimUnsureError, Composer
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

PAUSES = (0.2, 0.5, 1.0, 2.0)
"""Seconds before an outcome is written down once more; after that always the longest."""
REMEMBERED = 600.0
"""Seconds that it is tried for: longer than a database takes to be started or replaced. Nothing
else goes to this recipient meanwhile, so a mistake of ours must not hold them for ever."""

NOT_BEGUN = Refused("not begun")

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
    _in_line: set[asyncio.Task[Any]] = field(default_factory=set)

    async def __call__(self, waiting: Waiting) -> Served:
        """Send the recipient's next message, if there is one, when it is its turn."""
        limits = self._limits(waiting)
        if not await self._turn(limits, waiting):
            return Served.NOTHING
        posts = 0
        try:
            parcel, outcome = await self._claimed(waiting)
            if parcel is None:
                return Served.NOTHING
            if outcome is None:
                self.pace.goes(limits, waiting)
                outcome = await _attempt(parcel)
                posts = _posts(parcel, outcome)
        finally:
            self.pace.spent(limits, waiting, posts)
        if isinstance(outcome, Refused) and outcome.retry_after:
            self.pace.hold(limits, waiting, outcome.reach, outcome.retry_after)
        await self._settle(parcel, outcome)
        if outcome is NOT_BEGUN:
            return Served.NOTHING
        return Served.MORE if parcel.more else Served.ONE

    def begin_nothing(self) -> None:
        """Whoever waits for their turn does not wait any more: their rows are anybody's still."""
        for task in self._in_line:
            task.cancel()

    async def _turn(self, limits: Limits, waiting: Waiting) -> bool:
        task = asyncio.current_task()
        if task is None:
            return await self.pace.turn(limits, waiting)
        self._in_line.add(task)
        try:
            return await self.pace.turn(limits, waiting)
        finally:
            self._in_line.discard(task)

    def _limits(self, waiting: Waiting) -> Limits:
        surface = waiting.workspace.surface if waiting.workspace is not None else ""
        messenger = self.composer.messengers.get(surface)
        return messenger.limits if messenger is not None else FREE

    async def _claimed(self, waiting: Waiting) -> tuple[Parcel | None, Outcome | None]:
        """The next message, claimed and committed; None when nothing may go now. The outcome is
        known already where it must not be begun."""
        try:
            parcel = await self._in_thread(self.composer.parcel, waiting)
            if isinstance(parcel, Question):
                told = partial(self.composer.parcel, holiday=await _holiday(parcel))
                parcel = await self._in_thread(told, waiting)
        except ClaimUnsureError as unsure:
            return unsure.parcel, NOT_BEGUN
        if not isinstance(parcel, Parcel):
            return None, None
        begin_by.set(asyncio.get_running_loop().time() + PATIENCE)
        return parcel, None if await self._still_mine(parcel) else NOT_BEGUN

    async def _still_mine(self, parcel: Parcel) -> bool:
        """Asked last of all; the attempt's time runs from before it."""
        mine = False
        try:
            mine = await self._in_thread(self.settler.still_mine, parcel)
        except Exception as error:  # noqa: BLE001 - who does not know it does not begin
            log.warning("lease not known", error=type(error).__name__)
        in_time = asyncio.get_running_loop().time() < begin_by.get()
        if not (mine and in_time):
            log.warning("lease lost", cohort=parcel.lead.cohort_id, row=parcel.lead.id)
        return mine and in_time

    async def _settle(self, parcel: Parcel, outcome: Outcome) -> None:
        """Write it down, again and again while the database is away."""
        clock = asyncio.get_running_loop().time
        until = clock() + REMEMBERED
        for pause in chain(PAUSES, repeat(PAUSES[-1])):
            try:
                await self._in_thread(partial(self.settler.settle, parcel), outcome)
            except Exception as error:
                if clock() + pause > until:
                    raise
                log.warning("not written down yet", error=type(error).__name__)
                await asyncio.sleep(pause)
            else:
                return

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
