"""Everybody's reminder is due in the same minute, and every call to a platform takes 300 ms.

Nothing is made faster here: the engine looks when it looks, paces itself by the platforms' limits
(which the far ends enforce), and asks Slack about holidays before each nudge. Late is counted to
when the platform has it. On Discord twice: when nobody was written to before, so that each direct
message has to be opened, and by another process, when everybody was.
"""

import asyncio
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from pathlib import Path

from whenever import Instant, TimeDelta

from bot.clocks import MovableClock
from bot.delivery.lanes import PLACES
from bot.domain.owed import OwedState, Urgency
from tests.chaos.standing import new_database
from tests.chaos.table import Shown
from tests.chaos.throughput_far import Far, Orders, Seen, far_end
from tests.chaos.throughput_house import Class, furnish, process

PEOPLE, FEW = 300, 20
A_CALL = 0.3
MONDAY = Instant.from_utc(2026, 11, 23, 10)
SOON = 3.0
"""Seconds until it is due: long enough to plan it and to begin; the engine looks after that."""
P99, LATEST = 15.0, 60.0
MUST = f"p99 late ≤ {P99:g} s, max ≤ {LATEST:g} s, never asked to wait"
MUST_BRIEFLY = "all of them once"
LIMITS = {"slack": (520, 60.0), "discord": (50, 1.0)}
"""Slack's posts a minute in a workspace, Discord's requests a second for the bot."""


def run(long: bool) -> Sequence[Shown]:
    """One platform after the other, or a few people on both; one process on SQLite."""
    shown: list[Shown] = []
    for surfaces in (("slack",), ("discord",)) if long else (("slack", "discord"),):
        with tempfile.TemporaryDirectory() as folder:
            url = f"sqlite:///{Path(folder) / 'late.sqlite'}"
            shown += asyncio.run(_town(url, surfaces, PEOPLE if long else FEW, long=long))
    return shown


async def _town(url: str, surfaces: Sequence[str], people: int, *, long: bool) -> list[Shown]:
    clock = MovableClock()
    clock.move_to(MONDAY)
    async with AsyncExitStack() as stack:
        ends: dict[str, Far] = {}
        for surface in surfaces:
            most, within = LIMITS[surface]
            orders = Orders(surface, people, A_CALL, most, within)
            ends[surface] = await stack.enter_async_context(far_end(orders))
        database = new_database(url)
        stack.callback(database.close)
        class_ = furnish(database, {name: each.told for name, each in ends.items()}, clock.now())
        shown = await _due(class_, ends, clock, "", long=long)
        if "discord" in ends:
            them = {"discord": ends["discord"]}
            shown += await _due(class_, them, clock, ", everybody known", long=long)
        return shown


async def _due(
    class_: Class, ends: Mapping[str, Far], clock: MovableClock, which: str, *, long: bool
) -> list[Shown]:
    """A process of its own that knows what the database knows."""
    before = {name: await each.seen() for name, each in ends.items()}
    told = {name: each.told for name, each in ends.items()}
    clock.move(24 * 3600.0 if which else 0.0)  # another day: one nudge a day to each
    async with process(class_.database, class_.cohort, told, clock) as engine:
        soon = SOON if long else 0.0
        at, due = time.monotonic() + soon, clock.now() + TimeDelta(seconds=soon)
        for surface in ends:
            await asyncio.to_thread(class_.owe, due, urgency=Urgency.NUDGE, surface=surface)
        await engine.start()
        async with asyncio.timeout(LATEST + 60):
            await class_.all_sent()
    sent = class_.states()[OwedState.SENT] == sum(class_.states().values())
    shown: list[Shown] = []
    for name, each in ends.items():
        new = _since(before[name], await each.seen())
        what = f"due in one minute, {name}{which}"
        shown.append(_line(what, new, at, sent=sent, people=len(each.told["people"]), long=long))
    return shown


def _since(before: Seen, now: Seen) -> Seen:
    return Seen(
        now.taken[len(before.taken) :],
        now.refused - before.refused,
        now.made[len(before.made) :],
    )


def _line(what: str, seen: Seen, due: float, *, sent: bool, people: int, long: bool) -> Shown:
    late = sorted(each - due for each in seen.made)
    half, p99 = late[len(late) // 2], late[min(len(late) - 1, int(len(late) * 0.99))]
    counts = (
        f"{len(late)} due at once, {A_CALL * 1000:.0f} ms a call, at most {PLACES} on their way: "
        f"median {half:.1f} s, p99 {p99:.1f} s, max {late[-1]:.1f} s late; {len(seen.taken)} "
        f"requests, {len(seen.taken) / max(seen.taken[-1] - seen.taken[0], 0.1):.0f} a second, "
        f"asked to wait {seen.refused} times"
    )
    in_time = p99 <= P99 and late[-1] <= LATEST and not seen.refused
    holds = sent and len(late) == people and (in_time or not long)
    return Shown(what, MUST if long else MUST_BRIEFLY, counts, holds)
