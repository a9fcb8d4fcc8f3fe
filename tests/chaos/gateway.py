"""The process on Discord's gateway is killed, again and again; the next one follows.

Three processes want it, on PostgreSQL, and people type all the while: what was answered is kept
once. The lease is a fifth of the real one, and what that saves is added to what was measured.
"""

import asyncio
import secrets
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import create_engine, text

from adapters.discord.sync import sync
from bot.command import registry
from tests.chaos.table import Shown
from tests.servers import postgres
from tests.servers.discord.person import NoAnswerError, Person
from tests.servers.discord.server import Discord, discord_server
from tests.servers.discord.sight import Shown as Sight
from tests.servers.processes import Running, all_ended, start

SCALE = 5.0
LASTS, EVERY, LOOK = 20.0 / SCALE, 5.0 / SCALE, 1.0 / SCALE
SAVED = (LASTS + LOOK) * (SCALE - 1)
"""Seconds that a takeover may take longer with the real lease."""
WITHIN = 30.0
WANTING = 3
PATIENCE = 60.0
MUST = "never two on it, one effect each"
KEPT = "is on your list"


@dataclass
class Seen:
    """What happened."""

    kills: int = 0
    takeovers: int = 0
    gaps: list[float] = field(default_factory=list)
    most_at_once: int = 0
    typed: int = 0
    answered: int = 0
    kept: int = 0
    doubled: int = 0
    identified: int = 0


class Ground:
    """A stand-in, a database, and processes that want the gateway."""

    def __init__(self, discord: Discord, url: str, folder: Path, running: list[Running]) -> None:
        self.discord, self.url, self.folder, self.running = discord, url, folder, running
        self.seen = Seen()
        self.engine = create_engine(url, isolation_level="AUTOCOMMIT")

    async def another(self) -> None:
        """One more process; on the ground when it says that it listens."""
        command = (
            "-m", "tests.servers.gateway_process", self.url, str(self.folder),
            self.discord.api_url, self.discord.token, str(LASTS), str(EVERY), str(LOOK),
        )  # fmt: skip
        self.running.append(
            await start(*command, folder=self.folder, until="listens as", environment={})
        )

    def holder(self) -> Running | None:
        """Who has the lease, as its row says."""
        with self.engine.connect() as connection:
            asked = text("SELECT holder FROM leases WHERE name = 'discord:gateway'")
            name = connection.execute(asked).scalar()
        return next((each for each in self.running if name and name in each.said), None)

    async def kill(self) -> None:
        """kill -9 whoever has it; how long until the next is on the gateway."""
        victim = self.holder()
        if victim is None:
            raise RuntimeError("nobody holds the gateway")
        before, begun = self.openings(), time.monotonic()
        self.running.remove(victim)
        await victim.killed()
        self.seen.kills += 1
        await self.discord.until(lambda: self.openings() > before, PATIENCE)
        self.seen.gaps.append(time.monotonic() - begun + SAVED)
        self.seen.takeovers += 1

    def openings(self) -> int:
        """Log-ins, and sessions taken up again by who had it before and lost it."""
        return self.discord.gateway.identified + self.discord.gateway.resumed

    async def some_answers(self) -> None:
        """People are served again."""
        wanted = self.seen.answered + 10
        await self.discord.until(lambda: self.seen.answered >= wanted, PATIENCE)

    async def type_on(self, who: Person, stopping: asyncio.Event) -> None:
        """Somebody who keeps adding people; what was not answered is typed again, as people do."""
        while not stopping.is_set():
            self.seen.typed += 1
            try:
                name = f"{who.account.name} {secrets.token_hex(8)}"  # like no other's
                told = await who.types("/contact add", {"name": name})
                self.seen.answered += isinstance(told, Sight) and KEPT in told.text
            except NoAnswerError:
                continue

    def count(self) -> None:
        """What the database holds: names are typed once each."""
        with self.engine.connect() as connection:
            rows = connection.execute(text("SELECT name, count(*) FROM contacts GROUP BY name"))
            many = [number for _, number in rows]
        self.seen.kept, self.seen.doubled = sum(many), sum(number - 1 for number in many)
        self.seen.identified = self.discord.gateway.identified


async def _watch(ground: Ground, stopping: asyncio.Event) -> None:
    """At most one is on the gateway whenever somebody comes or goes."""
    while not stopping.is_set():
        live = len(ground.discord.gateway.live)
        ground.seen.most_at_once = max(ground.seen.most_at_once, live)
        await asyncio.sleep(0.05)


async def _killing(times: int, *, again: bool) -> Seen:
    """``again``: a new process for each that was killed."""
    with postgres.running() as server, tempfile.TemporaryDirectory() as folder:
        async with discord_server() as discord, all_ended() as running:
            ground = Ground(discord, server.url(), Path(folder), running)
            await sync(registry(), discord.token, discord.api_url)
            await ground.another()
            await asyncio.gather(*(ground.another() for _ in range(WANTING - 1)))
            stopping = asyncio.Event()
            people = [discord.person(name) for name in ("Ana", "Ben")]
            busy = [asyncio.create_task(ground.type_on(each, stopping)) for each in people]
            busy.append(asyncio.create_task(_watch(ground, stopping)))
            for _ in range(times):
                await ground.some_answers()
                await ground.kill()
                if again:
                    await ground.another()
            await ground.some_answers()
            stopping.set()
            await asyncio.gather(*busy)
            ground.count()
            ground.engine.dispose()
            return ground.seen


def run(long: bool) -> Sequence[Shown]:
    """Twenty kills, or two of the three. Seconds are judged in the long form only, and the log-ins
    with them: who is too slow to renew its lease leaves the gateway and comes back."""
    seen = asyncio.run(_killing(20 if long else WANTING - 1, again=long))
    longest = max(seen.gaps)
    whole = (
        seen.takeovers == seen.kills
        and seen.doubled == 0
        and seen.kept >= seen.answered
        and seen.most_at_once == 1
    )
    quick = longest <= WITHIN and seen.identified <= seen.kills + 1
    return [
        Shown(
            "kill -9 of the process on Discord's gateway, two standing by",
            f"taken over ≤ {WITHIN:g} s, at most one IDENTIFY each, {MUST}"
            if long
            else f"taken over, {MUST}",
            f"{seen.kills} kills, {seen.takeovers} takeovers, longest gap {longest:.0f} s, "
            f"{seen.identified} IDENTIFYs, {seen.most_at_once} at once; {seen.typed} commands, "
            f"{seen.answered} answered, {seen.kept} kept, {seen.doubled} doubled",
            whole and (quick or not long),
        )
    ]
