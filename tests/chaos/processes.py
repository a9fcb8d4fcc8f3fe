"""Any process of a deployment is killed, again and again, while messages go out.

``snowball run --only …`` on PostgreSQL as an operator starts it: the web, Slack, two for Discord's
gateway, two that deliver; one more of these is added and taken away meanwhile.
"""

import asyncio
import contextlib
import os
import random
import re
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.fernet import Fernet
from whenever import Instant

from bot.content import load
from bot.domain.cohort import Account, Member, Workspace
from bot.domain.owed import Owed, OwedState, Urgency
from bot.domain.people import Contact
from bot.invocation import call, write
from storage.cipher import Cipher
from storage.database import Database
from tests.chaos.standing import OPEN
from tests.chaos.table import Shown
from tests.servers import postgres
from tests.servers.control import StandIn
from tests.servers.discord.server import Discord, discord_server
from tests.servers.processes import Running, all_ended, snowball
from tests.servers.slack.server import SlackServer

SEED = int(os.environ.get("CHAOS_SEED", "7"))
ALL = ("web", "slack", "discord", "discord", "delivery", "delivery")
FEW = ("delivery", "delivery")
PEOPLE = 100
A_KILL, BACK = (1.5, 4.0), (0.2, 1.5)
"""Seconds between two kills, and until somebody starts that process again."""
SETTLED, BRIEFLY = 400.0, 20.0
"""Seconds after the last kill by which everything must be over: a lease, and two minutes. The short
form waits for no lease: what its dead worker still has is under way, neither lost nor sent."""
CLAIMED = 60.0
"""Seconds by which somebody has taken on whatever is due."""
NUMBER = re.compile(r"Number (\d+)\.")
MUST = "0 lost, 0 doubled, whoever is killed, comes or goes"


@dataclass(frozen=True, slots=True)
class Orders:
    """``messages`` a platform within ``seconds``."""

    parts: Sequence[str]
    messages: int
    seconds: float
    kills: int | None = None
    """No more than so many."""
    settled: float = SETTLED


LONG = Orders(ALL, messages=400, seconds=240.0)
SHORT = Orders(FEW, messages=12, seconds=4.0, kills=1, settled=BRIEFLY)


@dataclass(slots=True)
class Seat:
    """A place in the deployment, whoever sits in it just now."""

    part: str
    running: Running | None = None


@dataclass(slots=True)
class Deployment:
    """Processes by their seats; ``started`` has all that there ever were."""

    folder: Path
    environment: Mapping[str, str]
    started: list[Running]
    seats: list[Seat] = field(default_factory=list)
    kills: Counter[str] = field(default_factory=Counter)

    async def sits(self, seat: Seat) -> None:
        """A process starts here and is ready."""
        seat.running = await snowball(self.folder, {**self.environment, "PORT": "0"}, seat.part)
        self.started.append(seat.running)

    async def another(self, part: str) -> Seat:
        """One more machine."""
        seat = Seat(part)
        await self.sits(seat)
        self.seats.append(seat)
        return seat

    async def leaves(self, seat: Seat) -> int:
        """Taken away as an operator does it; its status."""
        self.seats.remove(seat)
        assert seat.running is not None
        return await seat.running.stopped()

    async def kill(self, draw: random.Random) -> None:
        """kill -9 of one at random, who comes back a moment later."""
        seat = draw.choice(self.seats)
        assert seat.running is not None
        await seat.running.killed()
        self.kills[seat.part] += 1
        await asyncio.sleep(draw.uniform(*BACK))
        await self.sits(seat)


@dataclass(slots=True)
class Class:
    """Who is written to, and what they are owed."""

    database: Database
    cohort: int
    members: dict[str, list[int]] = field(default_factory=dict)

    def moves_in(self, people: Mapping[str, Sequence[str]], homes: Mapping[str, str]) -> None:
        """Everybody, on both platforms."""
        now = Instant.now()
        with self.database.writing(self.cohort) as store:
            known = {each.surface: each for each in store.find(Workspace)}
            for surface, users in people.items():
                home = known.get(surface) or store.add(
                    Workspace(
                        cohort_id=self.cohort, surface=surface, external_id=homes[surface]
                    )
                )  # fmt: skip
                self.members[surface] = []
                for user in users:
                    member = store.add(
                        Member(cohort_id=self.cohort, name=user, joined=now, zone="UTC")
                    )
                    store.add(
                        Account(
                            cohort_id=self.cohort, member_id=member.id, workspace_id=home.id,
                            surface=surface, external_id=user, last_used=now,
                        )
                    )  # fmt: skip
                    self.members[surface].append(member.id)

    def owe(self, number: int) -> None:
        """One message on each platform: the card of a person who has its number for a name."""
        now = Instant.now()
        with self.database.writing(self.cohort, "plan") as store:
            for surface, members in self.members.items():
                member = members[number % len(members)]
                card = Contact(
                    cohort_id=self.cohort, owner_id=member, name=f"Number {number}.", added=now
                )
                store.owe(
                    Owed(
                        cohort_id=self.cohort, member_id=member, to=f"member:{member}",
                        command="contact show", subject=f"number:{number}:{surface}",
                        call=write(call("contact show", person=store.add(card).id)), due=now,
                        urgency=Urgency.ANSWER,
                    )
                )  # fmt: skip

    async def owes(self, orders: Orders) -> None:
        """All of them, evenly over the time."""
        for number in range(orders.messages):
            await asyncio.to_thread(self.owe, number)
            await asyncio.sleep(orders.seconds / orders.messages)

    def rows(self) -> list[Owed]:
        """As they are stored now."""
        with self.database.reading(self.cohort) as store:
            return store.find(Owed, command="contact show")

    async def is_over(self, settled: float) -> None:
        """When each message has come to its end, as far as it does within this time."""
        for states, within in ((OwedState.DUE,), CLAIMED), (OPEN, settled):
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(within):
                    while any(  # noqa: ASYNC110 - nobody rings for this
                        row.state in states for row in await asyncio.to_thread(self.rows)
                    ):
                        await asyncio.sleep(0.5)


def run(long: bool) -> Sequence[Shown]:
    """Minutes of kills, or one among two that deliver."""
    try:
        return asyncio.run(_deployed(LONG if long else SHORT))
    except LookupError:
        return [Shown("processes killed", MUST, "there is no PostgreSQL", holds=False)]


async def _deployed(orders: Orders) -> list[Shown]:
    with postgres.running() as server, tempfile.TemporaryDirectory() as folder:
        async with SlackServer() as slack, discord_server() as discord, all_ended() as started:
            key = Fernet.generate_key().decode()
            deployment = Deployment(
                Path(folder), _environment(server.url(), key, folder, slack, discord), started
            )
            await deployment.another(orders.parts[0])
            rest = orders.parts[1:]
            await asyncio.gather(*(deployment.another(part) for part in rest))
            database = Database(server.url(), Cipher([key]), load().fields)
            people = Class(database, database.cohorts()[0].id)
            people.moves_in(*_everybody(slack, discord))
            told = await _under_fire(orders, deployment, people)
            lines = [
                _line(surface, people.rows(), stand_in, told, long=orders.settled == SETTLED)
                for surface, stand_in in (("slack", slack), ("discord", discord))
            ]
            database.close()
            return lines


def _environment(
    url: str, key: str, folder: str, slack: SlackServer, discord: Discord
) -> dict[str, str]:
    return {
        "DATABASE_URL": url.replace("+psycopg", ""),
        "SNOWBALL_SECRET_KEYS": key,
        "SNOWBALL_DATA": folder,
        "HOST": "127.0.0.1",
        "SLACK_API_URL": slack.api_url,
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "DISCORD_API_URL": discord.api_url,
        "DISCORD_TOKEN": discord.token,
    }


def _everybody(slack: SlackServer, discord: Discord) -> tuple[dict[str, list[str]], dict[str, str]]:
    people = {
        "slack": [slack.newcomer(f"S{n}") for n in range(PEOPLE)],
        "discord": [discord.newcomer(f"D{n}") for n in range(PEOPLE)],
    }
    return people, {"slack": "T1", "discord": str(discord.world.guild_id)}


async def _under_fire(orders: Orders, deployment: Deployment, people: Class) -> str:
    """Messages are owed while processes die; what happened, in words."""
    draw = random.Random(SEED)
    owing = asyncio.create_task(people.owes(orders))
    begun, extra, left = time.monotonic(), None, None
    while not owing.done():
        passed = (time.monotonic() - begun) / orders.seconds
        if extra is None and passed > 0.3:
            extra = await deployment.another("delivery")
        elif extra is not None and left is None and passed > 0.7:
            left = await deployment.leaves(extra)
        elif orders.kills is None or deployment.kills.total() < orders.kills:
            await deployment.kill(draw)
        await asyncio.sleep(draw.uniform(*A_KILL))
    await owing
    last = time.monotonic()
    await people.is_over(orders.settled)
    killed = ", ".join(f"{many} × {part}" for part, many in sorted(deployment.kills.items()))
    return (
        f"{deployment.kills.total()} kills ({killed}) in {last - begun:.0f} s, one process added "
        f"and {'not taken away' if left is None else f'taken away (exit {left})'}, all over "
        f"{time.monotonic() - last:.0f} s later; seed {SEED}"
    )


def _line(surface: str, rows: Sequence[Owed], stand_in: StandIn, told: str, *, long: bool) -> Shown:
    there: Counter[str] = Counter()
    for made in stand_in.made():
        there.update(set(NUMBER.findall(made.words)))
    mine = {row.subject.split(":")[1]: row for row in rows if row.subject.endswith(surface)}
    states = Counter(row.state for row in mine.values())
    ends = {OwedState.UNKNOWN} if long else {OwedState.UNKNOWN, OwedState.SENDING}
    lost = sum(
        row.state not in ends and (row.state is not OwedState.SENT or not there[number])
        for number, row in mine.items()
    )
    doubled = sum(many > 1 for many in there.values())
    known = ", ".join(f"{many} {state}" for state, many in sorted(states.items()))
    return Shown(
        f"processes killed, {surface}",
        MUST,
        f"{len(mine)}: {known}; {lost} lost, {doubled} doubled ({told})",
        not lost and not doubled,
    )
