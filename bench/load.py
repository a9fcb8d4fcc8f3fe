"""Commands that arrive as people's do: at random moments, whether or not the last was answered."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bench.apps import App

A_SECOND = 50
Ask = Callable[[int], Awaitable[None]]
"""Sends the command of that number, and returns when it is acknowledged."""


@dataclass(frozen=True, slots=True)
class Took:
    """One burst: seconds until each acknowledgement, and CPU seconds for each command."""

    waits: list[float]
    cpu: float


async def burst(app: App, ask: Ask, how_many: int, seed: int) -> Took:
    """So many commands at 50 a second, at the same moments for the same seed."""
    dice = random.Random(seed)
    before = app.cpu()
    due = time.perf_counter()
    asked = []
    for number in range(how_many):
        due += dice.expovariate(A_SECOND)
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        asked.append(asyncio.create_task(_timed(ask, number)))
    waits = list(await asyncio.gather(*asked))
    return Took(waits, (app.cpu() - before) / how_many)


async def _timed(ask: Ask, number: int) -> float:
    begun = time.perf_counter()
    await ask(number)
    return time.perf_counter() - begun
