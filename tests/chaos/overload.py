"""More on Discord than a process can do: it is behind, and comes back by itself.

The process is given a part of a core, by stopping it for the rest of each tenth of a second. What
changes something is done once and told, in time or by direct message; what only looks may be
dropped, for it need only be pressed again.
"""

import asyncio
import json
import os
import signal
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.apps import SERVE, running
from bench.platforms import discord_gateway
from tests.chaos.load import PATIENCE, PEOPLE, REFUSED, words_of
from tests.chaos.table import Shown
from tests.servers.discord.limits import CALLBACK_SECONDS
from tests.servers.discord.person import COMMAND
from tests.servers.discord.server import Discord
from tests.servers.discord.world import Account, Interaction, snowflake

MUST = "in time again by itself; each change once, and told"
DEFERRED = 5
DONE = ("at once", "deferred")
TURN = 0.1
"""Seconds of which the process gets its part."""


@dataclass(frozen=True, slots=True)
class Peak:
    """So many a second for so long, then calmly; the process has a ``share`` of a core."""

    rate: float = 100
    seconds: float = 15
    calm: float = 5
    calm_seconds: float = 40
    share: float = 0.3
    back_within: float = 15.0


@dataclass(frozen=True, slots=True)
class Asked:
    """One command: when, in seconds from the beginning of the peak, and what would change."""

    at: float
    name: str
    typed: Interaction

    @property
    def how(self) -> str:
        """What became of it within Discord's three seconds."""
        if self.typed.answered is None:
            return "too late"
        if self.typed.answered == DEFERRED:
            return "deferred" if self.typed.settled.is_set() else "left waiting"
        first = self.typed.original
        return "refused" if first and REFUSED in json.dumps(first.body) else "at once"


class Town:
    """People who type."""

    def __init__(self, discord: Discord) -> None:
        self._discord = discord
        self._people = [discord.person(f"Person {n}").account for n in range(PEOPLE)]
        self._command = snowflake()

    async def types(self, number: int, at: float = 0.0) -> Asked:
        """The n-th command, without waiting for what becomes of it."""
        by: Account = self._people[number // 2 % PEOPLE]
        verb, name = words_of(number)
        given = [{"name": "name", "type": 3, "value": name}] if name else []
        options = [{"name": verb, "type": 1, "options": given}]
        data = {"id": self._command, "name": "contact", "type": 1, "options": options}
        now = self._discord.world.now()
        typed = Interaction(COMMAND, by, self._discord.general, data, now)
        await self._discord.tell(typed)
        return Asked(at, name, typed)


@asynccontextmanager
async def slowed(pid: int, share: float) -> AsyncGenerator[None]:
    """It runs for this part of the time."""

    async def turns() -> None:
        try:
            while True:
                os.kill(pid, signal.SIGSTOP)
                await asyncio.sleep(TURN * (1 - share))
                os.kill(pid, signal.SIGCONT)
                await asyncio.sleep(TURN * share)
        finally:
            os.kill(pid, signal.SIGCONT)

    turning = asyncio.create_task(turns())
    try:
        yield
    finally:
        turning.cancel()
        await asyncio.wait({turning})


async def asked(town: Town, peak: Peak) -> list[Asked]:
    """All of them, each at its moment, until Discord waits for none of them any more."""
    tasks: list[asyncio.Task[Asked]] = []
    busy = [number / peak.rate for number in range(int(peak.rate * peak.seconds))]
    calmly = range(int(peak.calm * peak.calm_seconds))
    begun = time.perf_counter()
    for number, at in enumerate([*busy, *(peak.seconds + each / peak.calm for each in calmly)]):
        await asyncio.sleep(max(0.0, begun + at - time.perf_counter()))
        tasks.append(asyncio.create_task(town.types(number, at)))
    found = await asyncio.gather(*tasks)
    await asyncio.sleep(CALLBACK_SECONDS)
    return found


async def told_later(discord: Discord, found: Sequence[Asked]) -> Counter[str]:
    """What came by direct message, by its nonce, which is the command's id."""
    late = {each.typed.id for each in found if each.how == "too late" and each.name}
    waiting = [each.typed for each in found if each.how == "left waiting"]
    end = time.perf_counter() + PATIENCE
    while True:
        told = Counter(made.nonce for made in discord.made())
        well = late <= told.keys() and all(each.settled.is_set() for each in waiting)
        if well or time.perf_counter() > end:
            return told
        await asyncio.sleep(0.5)


async def overloaded(peak: Peak) -> Shown:
    """One peak."""
    async with discord_gateway() as platform:
        assert platform.discord is not None
        discord = platform.discord
        with tempfile.TemporaryDirectory() as where:
            database = Path(where) / "load.sqlite3"
            settings = {**platform.settings, "DATABASE_URL": f"sqlite:///{database}"}
            async with running(SERVE, Path(where), settings) as app:
                await discord.ready()
                town = Town(discord)
                for number in range(PEOPLE):  # everybody has said something before
                    before = await town.types(-number * 2)
                    await asyncio.wait_for(before.typed.settled.wait(), PATIENCE)
                async with slowed(app.process.pid, peak.share):
                    found = await asked(town, peak)
                    told = await told_later(discord, found)
            with sqlite3.connect(database) as line:
                kept = Counter(name for (name,) in line.execute("SELECT name FROM contacts"))
            line.close()
        tried = Counter(each.status for each in discord.requests if each.path.endswith("/callback"))
    return shown(peak, found, told, kept, tried[404])


def shown(
    peak: Peak, found: list[Asked], told: Counter[str], kept: Counter[str], vain: int
) -> Shown:
    """What was seen, and whether it held. ``vain``: answers that came too late for Discord."""
    how = Counter(each.how for each in found)
    back = max((each.at for each in found if each.how == "too late"), default=0.0) - peak.seconds
    changed = [each for each in found if each.name]
    untold = [each for each in changed if each.how == "too late" and not told[each.typed.id]]
    twice = [each for each in changed if kept[each.name] > 1 or told[each.typed.id] > 1]
    undone = [each for each in changed if not kept[each.name] and each.how in DONE]
    counts = (
        f"{len(found)} commands: {how['at once']} at once, {how['deferred']} deferred, "
        f"{how['refused']} refused kindly, {how['too late']} too late ({vain} of them tried in "
        f"vain), {how['left waiting']} left waiting; in time again "
        f"{max(back, 0.0):.0f} s after the peak; of {len(changed)} changes {len(untold)} untold, "
        f"{len(twice)} twice, {len(undone)} told and not done"
    )
    holds = back <= peak.back_within and not (how["left waiting"] or untold or twice or undone)
    title = f"{peak.rate:.0f} commands a second for {peak.seconds:.0f} s on Discord, with "
    return Shown(f"{title}{peak.share:.0%} of a core", MUST, counts, holds)


def run(long: bool) -> Sequence[Shown]:
    """Long: a peak of a hundred a second. Short: a few, which any machine can do."""
    if long:
        return [asyncio.run(overloaded(Peak()))]
    return [asyncio.run(overloaded(Peak(20, 2, 5, 1, share=0.9, back_within=PATIENCE)))]
