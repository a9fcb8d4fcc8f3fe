"""Orphaned rows: a worker is gone in the middle of its messages; when are they claimed again?

Long: real processes, kill -9, real clocks, and a second worker that is there (PostgreSQL) or is
started afterwards (SQLite). Short: the same rows with a clock that is moved, second by second.
"""

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from whenever import Instant, TimeDelta

from adapters.engine import LOOK_EVERY
from adapters.engine_life import living
from adapters.engine_queue import SWEEP_EVERY
from bot.clocks import MovableClock, SystemClock
from bot.domain.cohort import Cohort
from bot.domain.owed import Urgency
from bot.ports import Outcome
from storage.cipher import Cipher
from storage.database import Database
from storage.leases import SqlLeases
from storage.migrate import migrate
from tests.bot.delivery.house import FIELDS, KEY, MONDAY, House, Letter, Surface
from tests.chaos.table import Shown
from tests.servers import postgres

WITHIN = 90
"""Seconds."""
WORKSPACES, MANY, FEW = 10, 10, 2
"""Through each as many as may be on their way at once; or a few."""
RESTARTED = 5.0
"""Seconds until somebody starts the one process again."""


def run(long: bool) -> Sequence[Shown]:
    """Both databases, and with them both engines."""
    with tempfile.TemporaryDirectory(prefix="snowball-orphans-") as folder:
        on_sqlite = f"sqlite:///{folder}/orphans.sqlite3"
        with postgres.running() as server:
            places = {"SQLite": on_sqlite, "PostgreSQL": server.url()}
            if long:
                return [_killed(name, url, Path(folder)) for name, url in places.items()]
            return [asyncio.run(_left(name, url)) for name, url in places.items()]


def _shown(name: str, after: Sequence[float], of: int, how: str) -> Shown:
    longest = max(after, default=0.0)
    return Shown(
        f"orphaned rows after {how}, {name}",
        f"claimed again ≤ {WITHIN} s",
        f"{len(after)} of {of} claimed again, the longest after {longest:.0f} s",
        len(after) == of and longest <= WITHIN,
    )


def _house(url: str, clock: MovableClock | SystemClock, worker: str) -> House:
    database = Database(url, Cipher([KEY]), FIELDS)
    cohort = database.cohorts()[0]
    return House(database, clock, cohort, {"paper": Surface(clock)}, worker)  # ty: ignore[invalid-argument-type]


def _owe(house: House, each: int) -> int:
    """So many messages through each of several workspaces, all due now."""
    for number in range(WORKSPACES * each):
        member = house.member(f"s{number}", workspace=f"w{number % WORKSPACES}")
        house.note(member, "Dana", urgency=Urgency.ANSWER)
    return WORKSPACES * each


# By a clock that is moved.


async def _left(name: str, url: str) -> Shown:
    """All its messages hang, the worker goes, another one looks as often as it does in life."""
    clock = MovableClock(MONDAY)
    made = Database(url, Cipher([KEY]), FIELDS)
    made.create()
    made.add_cohort(Cohort(name="Class", created=MONDAY))
    made.close()
    gone, other = _house(url, clock, "gone"), _house(url, clock, "other")
    rows = _owe(gone, FEW)
    tried = asyncio.Event()

    async def hangs(_letter: Letter) -> Outcome:
        tried.set()
        await asyncio.Event().wait()
        raise AssertionError

    gone.paper.troubles.extend([hangs] * rows)
    ticking = asyncio.create_task(gone.engine.tick())
    async with asyncio.timeout(60):
        while len(gone.paper.attempts) < rows:
            tried.clear()
            await tried.wait()
    under_way = list(gone.engine._serving._under_way.values())
    for task in (ticking, *under_way):
        task.cancel()
    await asyncio.wait([ticking, *under_way])
    every = LOOK_EVERY if name == "SQLite" else sum(SWEEP_EVERY)
    for _ in range(int(WITHIN * 2 / every)):
        clock.move_to(clock.now() + TimeDelta(seconds=every))
        await other.engine.tick()
    after = [(each.at - MONDAY).total("seconds") for each in other.paper.letters]
    for house in (gone, other):
        await house.engine.stop()
        house.database.close()
    return _shown(name, after, rows, "a worker went (moved clock)")


# By kill -9.


def _killed(name: str, url: str, folder: Path) -> Shown:
    begun, again = folder / f"{name}-begun", folder / f"{name}-again"
    made = Database(url, Cipher([KEY]), FIELDS)
    migrate(made)
    made.add_cohort(Cohort(name="Class", created=Instant.now()))
    made.close()
    house = _house(url, SystemClock(), "planner")
    rows = _owe(house, MANY)
    dies = _worker(url, "hangs", begun)
    if not _until(lambda: _lines(begun) >= rows, 60):
        raise TimeoutError("the worker that is to be killed has not begun all of them")
    lives = _worker(url, "sends", again) if name != "SQLite" else None
    signs = SqlLeases(house.database)
    if lives and not _until(lambda: "sends" in living(signs, Instant.now()), 60):
        raise TimeoutError("the worker that is to follow gives no sign of life")
    house.database.close()
    dies.kill()
    dies.wait()
    killed = time.time()
    if lives is None:
        time.sleep(RESTARTED)
        lives = _worker(url, "sends", again)
    _until(lambda: _lines(again) >= rows, WITHIN * 2)
    lives.terminate()
    lives.wait(60)
    after = [float(line) - killed for line in again.read_text().splitlines()]
    return _shown(name, after, rows, "kill -9")


def _worker(url: str, does: str, file: Path) -> subprocess.Popen[bytes]:
    file.touch()
    command = [sys.executable, "-m", "tests.chaos.orphans_worker", url, KEY, does, str(file)]
    return subprocess.Popen(command, cwd=Path(__file__).parents[2], env=dict(os.environ))


def _lines(file: Path) -> int:
    return len(file.read_text().splitlines())


def _until(holds: Callable[[], bool], seconds: float) -> bool:
    """Looks five times a second: what is waited for is in other processes."""
    until = time.monotonic() + seconds
    while not (seen := holds()) and time.monotonic() < until:
        time.sleep(0.2)
    return seen
