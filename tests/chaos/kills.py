"""Workers die at each of nine points, answers are dropped and 504 comes after a message was made.

Each attempt at a message is one worker's death with 3 % at each point (27 % in all), and 5 % of the
answers are lost and 5 % lie. The clock runs faster than the real one, the same for everybody.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from tests.chaos.fates import POINTS
from tests.chaos.kills_town import Orders
from tests.chaos.table import Shown
from tests.servers.postgres import running

SEED = int(os.environ.get("CHAOS_SEED", "70"))
MESSAGES = int(os.environ.get("CHAOS_MESSAGES", "10000"))
"""Of each platform, in the long form: two cores need about half an hour a database."""
LONG = Orders(
    folder="", url="", messages=MESSAGES, workers=1, seed=SEED, factor=20, places=1, kill=0.03,
    within=max(120.0, MESSAGES * 0.4), people=60,
)  # fmt: skip
SHORT = replace(LONG, messages=40, factor=60, within=110.0, people=20)
"""A minute of lease is a second, so that it is over in some seconds."""
MUST_DISCORD = "0 lost, 0 doubled, `unknown` only after two minutes"
MUST_SLACK = "0 doubled, each sent or `unknown`"


def run(long: bool) -> Iterator[Shown]:
    """On SQLite with one worker, and in the long form on PostgreSQL with four."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        orders = replace(LONG if long else SHORT, url=f"sqlite:///{folder / 'kills.sqlite'}")
        yield from show("SQLite, one worker", town(orders, folder / "sqlite"))
        if long:
            try:
                server = stack.enter_context(running())
            except LookupError:
                yield Shown("kill -9, PostgreSQL", "", "there is no PostgreSQL", False)
                return
            four = replace(orders, url=server.url(), workers=4, seed=SEED + 1)
            yield from show("PostgreSQL, four workers", town(four, folder / "postgres"))


def town(orders: Orders, folder: Path) -> dict[str, Any]:
    """The experiment in a process group of its own, which is gone afterwards."""
    folder.mkdir()
    given = json.dumps(asdict(replace(orders, folder=str(folder))))
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.chaos.kills_town", given],
        stdout=subprocess.PIPE,
        start_new_session=True,
        cwd=Path(__file__).parents[2],
    )
    try:
        told, _ = process.communicate(timeout=orders.within + 60)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    return {**json.loads(told or b"{}"), "orders": asdict(orders)}


def show(where: str, seen: dict[str, Any]) -> list[Shown]:
    """A line for each platform."""
    if "surfaces" not in seen:
        return [Shown(f"kill -9, {where}", "", "the experiment itself failed", False)]
    died = sum(seen["deaths"].values())
    met = [each for each in POINTS if any(name.startswith(each) for name in seen["deaths"])]
    orders = seen["orders"]
    world = (
        f"{died} deaths at {len(met)} of 9 points, {seen['workers']} workers, answers "
        f"{', '.join(f'{mood} {many}' for mood, many in seen['moods'].items())}; "
        f"seed {orders['seed']}, clock ×{orders['factor']:g}, {seen['seconds']:.0f} s"
    )
    lines = []
    for surface, must in (("discord", MUST_DISCORD), ("slack", MUST_SLACK)):
        found = seen["surfaces"][surface]
        bad = {name: len(found[name]) for name in ("lost", "doubled", "unknown too early")}
        if surface == "slack":
            del bad["unknown too early"]
        states = ", ".join(f"{many} {state}" for state, many in sorted(found["states"].items()))
        wrong = ", ".join(f"{many} {name}" for name, many in bad.items())
        there = f"{found['arrived']} of the unknown had come"
        counts = f"{sum(found['states'].values())}: {states} ({there}); {wrong} ({world})"
        holds = seen["finished"] and not any(bad.values()) and len(met) == len(POINTS)
        lines.append(Shown(f"kill -9, {where}, {surface}", must, counts, holds))
    return lines
