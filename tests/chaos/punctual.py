"""Everybody's reminder is due in the same minute, and every call to a platform takes 300 ms.

Nothing is made faster here: the engine looks when it looks, paces itself by the platforms' limits,
and asks Slack about holidays before each nudge. Late is counted to when the platform has it.
"""

import asyncio
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from whenever import Instant, TimeDelta

from bot.clocks import MovableClock
from bot.delivery.lanes import PLACES
from bot.domain.cohort import Account, Cohort, Workspace
from bot.domain.owed import OwedState, Urgency
from bot.domain.recipients import ToMember
from storage.database import Database
from tests.chaos.door import Asked, Verdict
from tests.chaos.nth_fault_world import add_person, note, seconds
from tests.chaos.standing import World, standing
from tests.chaos.table import Shown
from tests.servers.discord.server import Discord
from tests.servers.slack.server import SlackServer

PEOPLE, FEW = 300, 20
A_CALL = 0.3
MONDAY = Instant.from_utc(2026, 11, 23, 10)
SOON = 1.0
"""Seconds until it is due, when the engine has begun: it looks again some seconds after that."""
P99, LATEST = 15.0, 60.0
MUST = f"p99 late ≤ {P99:g} s, max ≤ {LATEST:g} s"


def run(long: bool) -> Sequence[Shown]:
    """One platform after the other, or a few people on both at once; one process on SQLite."""
    shown: list[Shown] = []
    for surfaces in (("slack",), ("discord",)) if long else (("slack", "discord"),):
        with tempfile.TemporaryDirectory() as folder:
            url = f"sqlite:///{Path(folder) / 'late.sqlite'}"
            shown += asyncio.run(_due(url, surfaces, long))
    return shown


async def _due(url: str, surfaces: Sequence[str], long: bool) -> list[Shown]:
    people = PEOPLE if long else FEW
    clock = MovableClock()
    clock.move_to(MONDAY)
    post = _Post(clock)

    def furnish(
        database: Database, now: Instant, slack: SlackServer, discord: Discord
    ) -> dict[str, Workspace]:
        return _furnish(database, now, slack, discord, people)

    async with standing(url, post.judge, furnish, clock) as world:
        world.slack.ahead = seconds(clock.now()) - time.time()
        due = clock.now() + TimeDelta(seconds=SOON if long else 0.0)
        await asyncio.to_thread(_owe, world, surfaces, due)
        await world.engine.start()
        async with asyncio.timeout(LATEST + 60):
            await _until(lambda: len(post.arrived) >= len(surfaces) * people)
            await _until(lambda: all(row.state is OwedState.SENT for row in world.rows()))
    late = {each: [at - seconds(due) for to, at in post.arrived if to == each] for each in surfaces}
    return [_line(surface, late[surface]) for surface in surfaces]


@dataclass(slots=True)
class _Post:
    """Notes when a message has arrived; each call takes its time."""

    clock: MovableClock
    arrived: list[tuple[str, float]] = field(default_factory=list)

    def judge(self, surface: str) -> Callable[[Asked], Verdict]:
        def came() -> None:
            self.arrived.append((surface, seconds(self.clock.now())))

        return lambda asked: Verdict(wait=A_CALL, then=came if asked.nonce else None)


async def _until(holds: Callable[[], bool]) -> None:
    """Looks every tenth of a second, in a thread."""
    while not await asyncio.to_thread(holds):  # noqa: ASYNC110 - nobody rings for this
        await asyncio.sleep(0.1)


def _furnish(
    database: Database, now: Instant, slack: SlackServer, discord: Discord, people: int
) -> dict[str, Workspace]:
    cohort = database.add_cohort(Cohort(name="Class", created=now)).id
    on_slack = [slack.workspace.add_person(f"S{n}").id for n in range(people)]
    on_discord = [discord.person(f"D{n}").account.id for n in range(people)]
    known = {"slack": ("T1", on_slack), "discord": (discord.world.guild_id, on_discord)}
    homes: dict[str, Workspace] = {}
    settings: dict[str, Any] = {"zone": "UTC", "opted_in": now}
    with database.writing(cohort) as store:
        for surface, (name, users) in known.items():
            homes[surface] = store.add(
                Workspace(cohort_id=cohort, surface=surface, external_id=name)
            )
            for user in users:
                add_person(store, homes[surface], user, now, **settings)
    return homes


def _owe(world: World, surfaces: Sequence[str], due: Instant) -> None:
    cohort = world.homes["slack"].cohort_id
    with world.database.writing(cohort) as store:
        for number, each in enumerate(store.find(Account, surface=tuple(surfaces))):
            row = note(cohort, ToMember(each.member_id), each.surface, number, due, Urgency.NUDGE)
            store.owe(row)


def _line(surface: str, late: list[float]) -> Shown:
    late.sort()
    half, p99 = late[len(late) // 2], late[min(len(late) - 1, int(len(late) * 0.99))]
    counts = (
        f"{len(late)} due at once, {A_CALL * 1000:.0f} ms a call, {PLACES} on their way at once: "
        f"median {half:.1f} s, p99 {p99:.1f} s, max {late[-1]:.1f} s late, "
        f"{len(late) / max(late[-1] - late[0], 0.1):.0f} a second"
    )
    return Shown(f"due in one minute, {surface}", MUST, counts, p99 <= P99 and late[-1] <= LATEST)
