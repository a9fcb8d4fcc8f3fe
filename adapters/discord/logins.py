"""How often we log in to the gateway anew (IDENTIFY): Discord counts a thousand a day and then
resets the token, so whoever flaps waits longer and longer, all processes together.

A connection that breaks is resumed, which is not counted. Neither is what an operator did: a
process that was stopped properly takes its log-in out, until there are very many.
"""

import asyncio
from collections.abc import Sequence

import structlog
from sqlalchemy.exc import SQLAlchemyError
from whenever import Instant

from adapters.keeper import Pause
from bot.ports import Clock, Leases

log = structlog.get_logger(__name__)
A_DAY = 24 * 3600
UNASKED, WANTED = "discord:login:", "discord:login-wanted:"
"""Log-ins are leases of a day, so that every process sees them and they go with old leases."""
BETWEEN = 5.0
"""Seconds between two log-ins; Discord's own rule."""
FREELY = 20
"""Log-ins in a day before the pauses grow."""
FIRST, LONGEST = 60.0, 3600.0
"""Seconds of the first pause then, doubled each time, and of the last."""
WANTED_FREELY, WANTED_PAUSE = 100, 180.0


def pause_before(unasked: Sequence[Instant], wanted: Sequence[Instant], now: Instant) -> float:
    """Seconds to wait before the next; moments ahead of the clock are a mistake of some clock."""
    mine, theirs = (
        [at for at in each if now.subtract(hours=24) < at <= now] for each in (unasked, wanted)
    )
    if not (mine or theirs):
        return 0.0
    pause = BETWEEN
    if len(mine) >= FREELY:
        pause = min(FIRST * 2.0 ** (len(mine) - FREELY), LONGEST)
    if len(theirs) >= WANTED_FREELY:
        pause = max(pause, WANTED_PAUSE)
    return max(0.0, pause - (now - max([*mine, *theirs])).total("seconds"))


class Logins:
    """The log-ins of the last day, of every process. ``pace``: for tests that cannot wait."""

    def __init__(
        self,
        leases: Leases,
        clock: Clock,
        holder: str,
        pause: Pause = asyncio.sleep,
        pace: float = 1.0,
    ) -> None:
        self._leases, self._clock, self._holder = leases, clock, holder
        self._pause, self._pace = pause, pace
        self._own: list[Instant] = []

    async def turn(self) -> None:
        """Wait until it is right to log in, and write down that we do."""
        while (seconds := self._pace * await asyncio.to_thread(self._wait)) > 0:
            if seconds > BETWEEN:
                log.warning("Discord is not logged in to so soon again", seconds=round(seconds))
            await self._pause(seconds)
        now = self._clock.now()
        self._own = [*self._own[-FREELY:], now]
        await asyncio.to_thread(self._note, now)

    async def were_wanted(self) -> None:
        """We were told to stop: our log-ins do not count as flapping."""
        try:
            await asyncio.wait_for(asyncio.to_thread(self._want), BETWEEN)
        except (SQLAlchemyError, TimeoutError) as error:
            log.warning("log-ins were not taken out", error=type(error).__name__)

    def _wait(self) -> float:
        now = self._clock.now()
        try:
            unasked, wanted = (self._times(each, now) for each in (UNASKED, WANTED))
        except SQLAlchemyError:  # then what we remember ourselves has to do
            unasked, wanted = self._own, []
        return pause_before(unasked, wanted, now)

    def _times(self, beginning: str, now: Instant) -> list[Instant]:
        found = self._leases.held(beginning)
        return [each.since for each in found if each.until > now]

    def _note(self, at: Instant) -> None:
        try:
            self._leases.hold(_name(UNASKED, at), self._holder, at, A_DAY)
        except SQLAlchemyError as error:
            log.warning("a log-in was not written down", error=type(error).__name__)

    def _want(self) -> None:
        for at in self._own:
            self._leases.let_go(_name(UNASKED, at), self._holder)
            self._leases.hold(_name(WANTED, at), self._holder, at, A_DAY)
        self._own = []


def _name(beginning: str, at: Instant) -> str:
    return f"{beginning}{at.timestamp(unit='nanosecond')}"
