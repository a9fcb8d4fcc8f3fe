"""`/question` on each platform beside a bare app that answers a fixed text."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from pathlib import Path

from bench.apps import SERVE, App, make_folder, running
from bench.figures import at, head, line, middle, ms, times
from bench.load import Ask, Took, burst
from bench.platforms import PEOPLE, PLATFORMS, Platform

WARM = 2 * PEOPLE
"""Commands before anything is measured: everybody has joined, everything is loaded."""


async def measure(folder: Path, how_many: int, rounds: int) -> list[str]:
    """The section's lines. Bare and ours take turns, so that both meet the same machine."""
    said = [head("/question at 50 a second", "CPU each", "ack p50", "ack p99", "CPU ratio")]
    for make in PLATFORMS:
        async with AsyncExitStack() as stack:
            bare = await _pair(stack, await stack.enter_async_context(make()), folder, plain=True)
            ours = await _pair(stack, await stack.enter_async_context(make()), folder, plain=False)
            theirs, took = [], []
            for seed in range(rounds):
                theirs.append(await burst(*bare[1:], how_many, seed))
                took.append(await burst(*ours[1:], how_many, seed))
            said += _lines(bare[0].name, theirs, took)
    return said


async def _pair(
    stack: AsyncExitStack, platform: Platform, within: Path, *, plain: bool
) -> tuple[Platform, App, Ask]:
    """An app on a stand-in of its own, warm."""
    folder = make_folder(within, f"{platform.name}{' bare' if plain else ''}")
    command = (sys.executable, "-m", *platform.bare) if plain else SERVE
    app = await stack.enter_async_context(running(command, folder, platform.settings))
    ask = await platform.meet(app)
    if not all([await ask(number) for number in range(WARM)]):
        raise RuntimeError(f"{platform.name}: a command was not answered at once")
    return platform, app, ask


def _lines(name: str, theirs: Sequence[Took], ours: Sequence[Took]) -> Iterator[str]:
    cpu = middle([each.cpu for each in theirs]), middle([each.cpu for each in ours])
    yield line(f"{name}: bare", ms(cpu[0]), *_waits(theirs))
    yield line(f"{name}: Snowball", ms(cpu[1]), *_waits(ours), times(cpu[1], cpu[0]))
    if late := sum(each.late for each in ours):
        yield f"    {late} of them were answered after the acknowledgement"


def _waits(all_took: Sequence[Took]) -> tuple[str, str]:
    """The median of the rounds' percentiles."""
    return (
        ms(middle([at(0.5, each.waits) for each in all_took])),
        ms(middle([at(0.99, each.waits) for each in all_took])),
    )
