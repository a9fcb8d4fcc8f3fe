"""How fast messages go: against far ends that enforce the platforms' limits, and against free ones.

The far ends are processes of their own. With limits it is counted what they took of what they
allow; without, what a message costs us stands beside a bare loop of the SDK.
"""

import asyncio
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from pathlib import Path

from bot.clocks import MovableClock
from tests.chaos import throughput_free
from tests.chaos.standing import new_database
from tests.chaos.table import Shown
from tests.chaos.throughput_far import Far, Orders, Seen, far_end
from tests.chaos.throughput_house import furnish, process

A_SECOND, A_MINUTE = 50, 520
"""Discord's requests a second for a bot; Slack's "several hundred" messages a minute, as a number
that we stay a little below (adapters/slack/messenger.py)."""
SHARE, SHARE_IN_A_CHAT = 0.95, 0.8
MUST = "≥ 95 % of what the limits allow, never asked to wait"
MUST_BRIEFLY = "asked to wait with less than half of them"
"""Beside other tests requests leave evenly and may come in a crowd; who keeps no pace at all is
refused more often than not."""


def run(long: bool) -> Sequence[Shown]:
    """Each limit for half a minute or a minute, or for two seconds; a thousand messages without
    any, or a few."""
    seconds = 30.0 if long else 2.0
    shown = asyncio.run(_bot(seconds, long=long))
    if long:
        shown += asyncio.run(_chat(seconds))
        shown += asyncio.run(_crowd(60.0))
    surfaces = ("slack", "discord") if long else ("slack",)
    with tempfile.TemporaryDirectory() as folder:
        shown += asyncio.run(
            throughput_free.figures(Path(folder), 1000 if long else 30, *surfaces, long=long)
        )
    return shown


async def _bot(seconds: float, *, long: bool) -> list[Shown]:
    """A crowd on Discord that nobody has written to: two requests each."""
    people = int(A_SECOND * (seconds + 3) / 2)
    orders = Orders("discord", people, most=A_SECOND, within=1.0)
    seen = (await _busy({"discord": orders}, 1, seconds))["discord"]
    what = "Discord, 50 a second for the bot"
    return [_line(what, seen, A_SECOND * seconds, seconds, long=long)]


async def _chat(seconds: float) -> list[Shown]:
    """One person on Slack, who is owed many messages."""
    orders = Orders("slack", 1, in_a_chat=True)
    seen = (await _busy({"slack": orders}, int(seconds + 5), seconds))["slack"]
    times = seen.made[:-1]  # the last may just be on its way
    a_second = (len(times) - 1) / (times[-1] - times[0]) if len(times) > 1 else 0.0
    return [
        Shown(
            "throughput: Slack, one a second in a conversation",
            "≥ 80 % of it, the making of each included; never asked to wait",
            f"{len(times)} messages, {a_second:.2f} a second, asked to wait {seen.refused} times",
            not seen.refused and a_second >= SHARE_IN_A_CHAT,
        )
    ]


async def _crowd(seconds: float) -> list[Shown]:
    """More on Slack than a workspace takes in a minute."""
    orders = Orders("slack", 600, most=A_MINUTE, within=60.0)
    seen = (await _busy({"slack": orders}, 1, seconds))["slack"]
    return [_line("Slack, 520 a minute in a workspace", seen, A_MINUTE, seconds, long=True)]


async def _busy(orders: Mapping[str, Orders], many: int, seconds: float) -> dict[str, Seen]:
    """So many messages to each, in one process on SQLite; what was seen so long after the first."""
    clock = MovableClock()
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        ends: dict[str, Far] = {}
        for name, each in orders.items():
            ends[name] = await stack.enter_async_context(far_end(each))
        told = {name: each.told for name, each in ends.items()}
        database = new_database(f"sqlite:///{folder}/busy.sqlite")
        stack.callback(database.close)
        class_ = furnish(database, told, clock.now())
        await asyncio.to_thread(class_.owe, clock.now(), many)
        engine = await stack.enter_async_context(process(database, class_.cohort, told, clock))
        await engine.start()
        return {name: await _after(each, seconds) for name, each in ends.items()}


async def _after(far: Far, seconds: float) -> Seen:
    """What it saw, when so many seconds have passed since the first request."""
    async with asyncio.timeout(seconds + 60):
        while True:
            seen = await far.seen()
            if seen.taken and time.monotonic() > seen.taken[0] + seconds:
                return seen
            await asyncio.sleep(0.2)


def _line(what: str, seen: Seen, allowed: float, seconds: float, *, long: bool) -> Shown:
    took = seen.within(seconds)
    return Shown(
        f"throughput: {what}",
        MUST if long else MUST_BRIEFLY,
        f"{took} of {allowed:.0f} in {seconds:.0f} s ({took / allowed:.1%}), "
        f"asked to wait {seen.refused} times",
        (took >= SHARE * allowed and not seen.refused) if long else 2 * seen.refused < took,
    )
