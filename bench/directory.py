"""The directory at two sizes: imported by the shell command, then searched through the one door."""

import os
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

from adapters.compose import build
from adapters.house import House
from adapters.terminal import Terminal
from bench.apps import SNOWBALL, Ran, finished, make_folder
from bench.figures import at, head, line, middle, ms, times
from bench.people import WORDS, source, titles, write_file
from bot.content import load
from bot.dispatch import NoLimits
from bot.invocation import Actor, Invocation, Place
from bot.reply import Listing
from bot.settings import Settings

SIZES = (20_000, 100_000)


def measure(folder: Path, sizes: tuple[int, ...], turns: int) -> list[str]:
    """Both sections' lines."""
    start = imported(folder, 1)[1]
    columns = ("whole", "rows/s", "without start", "by CPU alone")
    said = [head(f"snowball import alumni --yes ({source()})", *columns)]
    found = [head("/alum find, through dispatch", "p50", "p99", "raw FTS5 p50", "ratio")]
    medians = []
    for size in sizes:
        place, took = imported(folder, size)
        rates = (size / took.wall, size / (took.wall - start.wall), size / (took.cpu - start.cpu))
        said.append(line(f"{size:,} alumni", f"{took.wall:.1f} s", *(f"{r:,.0f}" for r in rates)))
        ours, raw = searched(place, turns), timed(bare(titles(place / "people.csv")), turns)
        medians.append(middle(ours))
        ratio = times(medians[-1], middle(raw))
        figures = (ms(medians[-1]), ms(at(0.99, ours)), ms(middle(raw)))
        found.append(line(f"{size:,} alumni", *figures, ratio))
    said.append(f"    start, with a file of one row: {start.wall:.1f} s, CPU {start.cpu:.1f} s")
    if len(medians) > 1:
        found.append(f"    growth of the median: {times(medians[-1], medians[0])}")
    return said + found


def imported(folder: Path, how_many: int) -> tuple[Path, Ran]:
    """A database of its own with so many alumni, and what the command took."""
    place = make_folder(folder, f"alumni{how_many}")
    write_file(place / "people.csv", how_many, load().fields)
    return place, finished((*SNOWBALL, "import", "alumni", "people.csv", "--yes"), place)


def searched(place: Path, turns: int) -> list[float]:
    """Seconds of each search by a student in this directory."""
    os.environ["SNOWBALL_DATA"] = str(place)
    house = build(Settings(_env_file=None))
    Terminal(house, "Ana", as_json=False).open()
    try:
        found = sum(finds(house, words) for words in WORDS)
        if not found:
            raise RuntimeError("no search found anybody")
        return timed(lambda words: finds(house, words), turns)
    finally:
        house.stores.close()


def finds(house: House, words: str) -> int:
    """How many rows one search shows."""
    actor = Actor("terminal", "terminal", "Ana", "Ana")
    asked = Invocation("alum find", actor, Place("terminal", private=True), "", typed=words)
    said = house.dispatcher(asked, NoLimits())
    parts = getattr(said.reply, "parts", ()) if said else ()
    return sum(len(part.rows) for part in parts if isinstance(part, Listing))


def timed(ask: Callable[[str], object], turns: int) -> list[float]:
    """Seconds of each question, several times over."""
    took = []
    for _ in range(turns):
        for words in WORDS:
            begun = time.perf_counter()
            ask(words)
            took.append(time.perf_counter() - begun)
    return took


def bare(rows: list[tuple[str, str]]) -> Callable[[str], object]:
    """A bare FTS5 table of titles and companies, asked for any of the words."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE d USING fts5(title, company)")
    connection.executemany("INSERT INTO d VALUES (?, ?)", rows)

    def ask(words: str) -> object:
        wanted = " OR ".join(words.split())
        found = "SELECT rowid FROM d WHERE d MATCH ? ORDER BY rank LIMIT 10"
        return connection.execute(found, (wanted,)).fetchall()

    return ask
