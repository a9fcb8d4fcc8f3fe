"""A delivery process of the throughput experiment, with its orders as JSON in its argument.

It says "ready" when it is, counts its CPU from "go" on, looks at "look" as if its own bell had
rung, and at "end" says what CPU that took.
"""

import asyncio
import json
import sys
import time
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.clocks import SystemClock
from storage.cipher import Cipher
from storage.database import Database
from tests.chaos.kills_worker import FIELDS
from tests.chaos.throughput_house import Told, process

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Orders:
    """Where to work, and as whom."""

    url: str
    key: str
    cohort: int
    ends: Mapping[str, Told]
    worker: str


@dataclass(frozen=True, slots=True)
class Worker:
    """One that runs."""

    process: asyncio.subprocess.Process

    async def says(self, word: str) -> str:
        """What it answers to a word: to "end", its CPU seconds since "go"."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{word}\n".encode())
        await self.process.stdin.drain()
        return await self.hears()

    async def hears(self) -> str:
        """Its next line."""
        assert self.process.stdout is not None
        async with asyncio.timeout(60):
            return (await self.process.stdout.readline()).decode().strip()


@asynccontextmanager
async def worker(orders: Orders) -> AsyncGenerator[Worker]:
    """One that is ready, as long as the block."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", __name__, json.dumps(asdict(orders)), cwd=ROOT,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    one = Worker(process)
    try:
        said = await one.hears()
        if said != "ready":
            raise RuntimeError(f"the worker said {said!r}")
        yield one
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def _work(orders: Orders) -> None:
    database = Database(orders.url, Cipher([orders.key]), FIELDS)
    clock = SystemClock()
    database.now = clock.now
    try:
        async with process(
            database, orders.cohort, orders.ends, clock, orders.worker, free=True
        ) as engine:
            await engine.start()
            print("ready", flush=True)
            begun = 0.0
            while (word := await asyncio.to_thread(sys.stdin.readline)) != "end\n":
                if not word:  # who asked is gone
                    return
                if word == "go\n":
                    begun = time.process_time()
                else:
                    engine.bell.wake()
                print("done", flush=True)
            print(time.process_time() - begun, flush=True)
    finally:
        database.close()


def main(arguments: Sequence[str]) -> None:
    """The process."""
    asyncio.run(_work(Orders(**json.loads(arguments[0]))))


if __name__ == "__main__":
    main(sys.argv[1:])
