"""The town of the kill experiment: far ends, a planner of messages, and workers forked as they die.

Run as a program of its own (``python -m tests.chaos.kills_town``), so that it can fork: it takes
its orders as JSON in its argument and prints what was seen as JSON.
"""

import asyncio
import ctypes
import gc
import json
import os
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import structlog
from cryptography.fernet import Fernet
from whenever import TimeDelta

from bot.delivery import lanes
from bot.domain.cohort import Account, Cohort, Member, Workspace
from bot.domain.owed import Owed, OwedState, Urgency
from bot.invocation import call, write
from storage.cipher import Cipher
from storage.database import Database
from storage.migrate import migrate
from tests.chaos.fates import FastClock, Odds
from tests.chaos.kills_ends import FarEnds, kill
from tests.chaos.kills_worker import FIELDS, Post, Reaper, WatchedDatabase

LONGEST_STOP = 300.0
"""Seconds, beyond the lease, that a worker stands still at most: longer than nonces are known."""
LEASE = 60.0
LONG = TimeDelta(minutes=2)
"""Only after so long may a message with a nonce be left unknown."""
WAVE = 300
"""Messages that wait at any time, many of them for the lease of a dead worker to run out."""
WARMING = 3
"""Messages a platform that are sent before anybody is forked, so that workers begin warm."""
DIES_WITH_PARENT = 1
"""Linux: prctl's PR_SET_PDEATHSIG."""
OPEN = (OwedState.DUE, OwedState.SENDING)


@dataclass(frozen=True, slots=True)
class Orders:
    """What to run. ``messages`` a platform; ``places``: messages on their way at once."""

    folder: str
    url: str
    messages: int
    workers: int
    seed: int
    factor: float
    places: int
    kill: float
    within: float
    """Real seconds after which it is given up."""
    people: int = 300


def far_ends(orders: Orders, clock: FastClock, told: int, asked: int) -> NoReturn:
    """A process: both stand-ins, until something comes from ``asked``."""

    async def live() -> None:
        ends = FarEnds(Odds(orders.seed, orders.kill), clock)
        os.write(told, json.dumps(await ends.open(orders.people)).encode() + b"\n")
        await asyncio.to_thread(os.read, asked, 1)
        (Path(orders.folder) / "seen.json").write_text(
            json.dumps({"messages": ends.seen(), "moods": ends.moods})
        )

    asyncio.run(live())
    os._exit(0)


def furnish(database: Database, orders: Orders, place: dict[str, Any], now: Any) -> int:
    """A cohort with people on both platforms who opted into nothing: nothing else is planned."""
    if database.is_sqlite:
        database.create()
    else:
        migrate(database)  # with the queue's own tables
    cohort = database.add_cohort(Cohort(name="Class", created=now)).id
    ids = {"slack": "T1", "discord": place["guild"]}
    with database.writing(cohort) as store:
        for surface, people in place["people"].items():
            home = store.add(
                Workspace(
                    cohort_id=cohort, surface=surface, external_id=ids[surface],
                    channel=place["channels"][surface],
                )
            )  # fmt: skip
            for name in people:
                member = store.add(Member(cohort_id=cohort, name=name, joined=now))
                store.add(
                    Account(
                        cohort_id=cohort, member_id=member.id, workspace_id=home.id,
                        surface=surface, external_id=name, last_used=now,
                    )
                )  # fmt: skip
    return cohort


def plan(orders: Orders, database: Database, cohort: int, clock: FastClock) -> NoReturn:
    """A process: owes the messages in waves, so that some are always waiting, to the last."""
    planned = WARMING
    while True:
        try:
            with database.reading(cohort) as store:
                waiting = store.count(Owed, command="note", state=OPEN)
            if planned == orders.messages and waiting == 0:
                os._exit(0)
            if waiting < WAVE and planned < orders.messages:
                upto = min(planned + WAVE // 4, orders.messages)
                owe(database, cohort, range(planned, upto), clock)
                planned = upto
        except Exception as error:
            structlog.get_logger().warning("planning again", error=type(error).__name__)
        time.sleep(0.05)


def owe(database: Database, cohort: int, numbers: range, clock: FastClock) -> None:
    """Owe these messages on each platform."""
    with database.writing(cohort, "plan") as store:
        accounts = store.find(Account)
        for home in store.find(Workspace):
            people = [each.member_id for each in accounts if each.workspace_id == home.id]
            for number in numbers:
                store.owe(_owed(cohort, home, people, number, clock))


def _owed(cohort: int, home: Workspace, people: list[int], number: int, clock: FastClock) -> Owed:
    to_channel = number % 100 == 50
    member = None if to_channel else people[number % len(people)]
    return Owed(
        cohort_id=cohort,
        member_id=member,
        to=f"channel:{home.id}" if to_channel else f"member:{member}",
        command="note",
        subject=f"number:{number}:{home.surface}",
        call=write(call("note", about=number)),
        due=clock.now(),
        urgency=Urgency.ANSWER,
    )


def worker(post: Post, orders: Orders, number: int) -> NoReturn:
    """A process: sends until it dies."""
    log_to(Path(orders.folder) / "worker.log")
    reaper = Reaper(Odds(orders.seed, orders.kill), Path(orders.folder) / "deaths")
    asyncio.run(post.work(f"worker {number}", reaper, asyncio.Event()))
    os._exit(0)


def warm(post: Post, orders: Orders) -> None:
    """Send the first messages here: statements are compiled, modules loaded; then all is closed."""
    owe(post.database, post.cohort_id, range(WARMING), post.clock)

    async def send() -> None:
        done = asyncio.Event()
        reaper = Reaper(Odds(orders.seed, 0.0), Path(orders.folder) / "deaths")
        working = asyncio.create_task(post.work("warm", reaper, done))
        while not working.done():
            await asyncio.sleep(0.02)
            with post.database.reading(post.cohort_id) as store:
                if not store.count(Owed, command="note", state=OPEN):
                    done.set()
        await working

    asyncio.run(send())
    post.database.close()


def log_to(path: Path) -> None:
    """What the product has to say goes to a file."""
    structlog.configure(
        processors=[structlog.processors.add_log_level, structlog.processors.KeyValueRenderer()],
        logger_factory=structlog.WriteLoggerFactory(path.open("a", buffering=1)),
        cache_logger_on_first_use=False,
    )


def forked(work: Callable[[], NoReturn]) -> int:
    """A child that does this and nothing else."""
    parent, pid = os.getpid(), os.fork()
    if pid:
        return pid
    try:
        ctypes.CDLL(None).prctl(DIES_WITH_PARENT, signal.SIGKILL)
        if os.getppid() == parent:
            work()
    except BaseException as error:
        traceback.print_exception(error, file=sys.stderr)
    finally:
        os._exit(70)


class Supervisor:
    """Keeps so many workers going; those that stand still go on when their lease is over."""

    def __init__(self, post: Post, orders: Orders) -> None:
        self.post, self.orders = post, orders
        self.alive: set[int] = set()
        self.still: dict[int, float] = {}
        self.ends: Counter[str] = Counter()
        self.made = 0

    def until(self, planner: int) -> bool:
        """Go on until the planner has seen everything settled; False: given up."""
        limit = time.monotonic() + self.orders.within
        try:
            while time.monotonic() < limit:
                while len(self.alive) < self.orders.workers:
                    self.made += 1
                    self.alive.add(forked(partial(worker, self.post, self.orders, self.made)))
                pid, status = os.waitpid(-1, os.WNOHANG | os.WUNTRACED)
                if pid == planner:
                    return os.waitstatus_to_exitcode(status) == 0
                if pid:
                    self._changed(pid, status)
                else:
                    self._continue()
                    time.sleep(0.002)
            return False
        finally:
            for pid in (*self.alive, *self.still, planner):
                kill(pid)

    def _changed(self, pid: int, status: int) -> None:
        self.alive.discard(pid)
        if os.WIFSTOPPED(status):
            drawn = Odds(self.orders.seed).chance("stop", self.made, len(self.ends))
            seconds = LEASE * 1.05 + drawn * LONGEST_STOP
            self.still[pid] = time.monotonic() + seconds / self.orders.factor
            self.ends["stopped"] += 1
        else:
            self.still.pop(pid, None)
            self.ends[str(os.waitstatus_to_exitcode(status))] += 1

    def _continue(self) -> None:
        for pid, until in [*self.still.items()]:
            if time.monotonic() >= until:
                del self.still[pid]
                self.alive.add(pid)
                os.kill(pid, signal.SIGCONT)


def live(orders: Orders) -> dict[str, Any]:
    """The whole experiment, in this process and its children."""
    vars(lanes)["PLACES"] = orders.places
    clock = FastClock(time.time(), orders.factor)
    (Path(orders.folder) / "met").mkdir()
    log_to(Path(orders.folder) / "town.log")
    told, asked = os.pipe(), os.pipe()
    ends = forked(lambda: far_ends(orders, clock, told[1], asked[0]))
    os.close(told[1])
    with os.fdopen(told[0]) as line:
        place = json.loads(line.readline())
    database = WatchedDatabase(orders.url, Cipher([Fernet.generate_key().decode()]), FIELDS)
    database.now = clock.now
    cohort = furnish(database, orders, place, clock.now())
    database.close()
    servers = {name: place[name] for name in ("slack", "slack_token", "discord", "discord_token")}
    post = Post(database=database, cohort_id=cohort, clock=clock, **servers)
    warm(post, orders)
    gc.collect()
    gc.freeze()
    begun = time.monotonic()
    planner = forked(lambda: plan(orders, database, cohort, clock))
    supervisor = Supervisor(post, orders)
    finished = supervisor.until(planner)
    seconds = time.monotonic() - begun
    os.write(asked[1], b".")
    os.waitpid(ends, 0)
    with database.reading(cohort) as store:
        rows = store.find(Owed, command="note")
    told_of = {"finished": finished, "seconds": seconds, "workers": supervisor.made}
    return {**told_of, "ends": supervisor.ends, **report(Path(orders.folder), rows)}


def report(folder: Path, rows: list[Owed]) -> dict[str, Any]:
    """What the far ends saw, what the workers wrote down, and what the rows say."""
    seen = json.loads((folder / "seen.json").read_text())
    deaths = [line.split("|")[0] for line in (folder / "deaths").read_text().splitlines()]
    return {
        "deaths": Counter(deaths),
        "moods": seen["moods"],
        "surfaces": {
            surface: judged(surface, rows, seen["messages"][surface])
            for surface in ("slack", "discord")
        },
    }


def judged(surface: str, rows: list[Owed], seen: dict[str, int]) -> dict[str, Any]:
    """What became of the messages of one platform."""
    states: Counter[str] = Counter()
    lost: list[int] = []
    doubled: list[int] = []
    early: list[int] = []
    arrived = 0
    for row in rows:
        _, number, to = row.subject.split(":")
        if to != surface:
            continue
        there = seen.get(number, 0)
        states[row.state] += 1
        if there > 1:
            doubled.append(row.id)
        if (row.state is OwedState.SENT and not there) or row.state not in (
            OwedState.SENT, OwedState.UNKNOWN,
        ):  # fmt: skip
            lost.append(row.id)
        if row.state is OwedState.UNKNOWN:
            arrived += there
            if row.settled is None or row.first_try is None or row.settled - row.first_try < LONG:
                early.append(row.id)
    states["unknown"] += 0
    return {
        "arrived": arrived,
        "states": states,
        "lost": lost,
        "doubled": doubled,
        "unknown too early": early,
    }


if __name__ == "__main__":
    print(json.dumps(live(Orders(**json.loads(sys.argv[1])))))
