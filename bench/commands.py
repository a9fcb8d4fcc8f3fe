"""`/question` on each platform beside a bare app that answers a fixed text."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from pathlib import Path

from bench.apps import SERVE, App, running
from bench.figures import at, head, line, middle, ms, times
from bench.load import Ask, Took, burst
from bench.platforms import PEOPLE, PLATFORMS, Platform

WARM = 2 * PEOPLE
"""Commands before anything is measured: everybody has joined, everything is loaded."""


async def measure(folder: Path, how_many: int, rounds: int) -> list[str]:
    """The section's lines. Bare and ours take turns, so that both meet the same machine."""
    said = [head("/question at 50 a second", "CPU each", "ack p50", "ack p99", "CPU ratio")]
    for number, make in enumerate(PLATFORMS):
        async with AsyncExitStack() as stack:
            bare, ours = [
                await _pair(stack, await stack.enter_async_context(make()), place, plain)
                for place, plain in (
                    (folder / f"bare{number}", True),
                    (folder / f"{number}", False),
                )
            ]
            theirs, took = [], []
            for seed in range(rounds):
                theirs.append(await burst(*bare[1:], how_many, seed))
                took.append(await burst(*ours[1:], how_many, seed))
            said += _lines(bare[0].name, theirs, took)
    return said


async def _pair(
    stack: AsyncExitStack, platform: Platform, folder: Path, plain: bool
) -> tuple[Platform, App, Ask]:
    """An app on a stand-in of its own, warm."""
    folder.mkdir()
    command = (sys.executable, "-m", *platform.bare) if plain else SERVE
    app = await stack.enter_async_context(running(command, folder, platform.settings))
    ask = await platform.meet(app)
    for number in range(WARM):
        await ask(number)
    return platform, app, ask


def _lines(name: str, theirs: Sequence[Took], ours: Sequence[Took]) -> Iterator[str]:
    cpu = middle([each.cpu for each in theirs]), middle([each.cpu for each in ours])
    yield line(f"{name}: bare", ms(cpu[0]), *_waits(theirs))
    yield line(f"{name}: Snowball", ms(cpu[1]), *_waits(ours), times(cpu[1], cpu[0]))


def _waits(all_took: Sequence[Took]) -> tuple[str, str]:
    """The median of the rounds' percentiles."""
    return (
        ms(middle([at(0.5, each.waits) for each in all_took])),
        ms(middle([at(0.99, each.waits) for each in all_took])),
    )
