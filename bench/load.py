"""Commands that arrive as people's do: at random moments, whether or not the last was answered."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bench.apps import App

A_SECOND = 50
Ask = Callable[[int], Awaitable[bool]]
"""Sends the command of that number; whether the acknowledgement, once there, held the answer."""


@dataclass(frozen=True, slots=True)
class Took:
    """One burst: seconds until each answer, CPU seconds for each command, and how many answers
    came after the acknowledgement."""

    waits: list[float]
    cpu: float
    late: int


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
    answers = await asyncio.gather(*asked)
    late = sum(not in_time for _, in_time in answers)
    return Took([wait for wait, _ in answers], (app.cpu() - before) / how_many, late)


async def _timed(ask: Ask, number: int) -> tuple[float, bool]:
    begun = time.perf_counter()
    in_time = await ask(number)
    return time.perf_counter() - begun, in_time
