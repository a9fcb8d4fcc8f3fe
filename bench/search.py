"""Import and search of the directory at 20,000 and 100,000 alumni, beside a raw FTS5 query.

python -m bench.search [sqlite|URL of an empty PostgreSQL database]
"""

# ruff: noqa: T201 - it prints a table

import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from cryptography.fernet import Fernet
from whenever import Instant

from bot.content.load_fields import load_fields
from bot.domain.cohort import Cohort
from bot.domain.fields import Fields
from bot.domain.people import Alum
from bot.ports import AlumQuery
from storage.cipher import Cipher
from storage.database import Database

NOW = Instant.from_utc(2026, 3, 2)
WORDS = (
    "marketing", "nursng", "information technology", "work with animals", "design bridges",
    "software engineer", "help old people", "finance", "teacher", "plummer", "UX", "biotech",
    "cook fancy food", "law", "data sceince", "be outdoors", "sales", "CPA", "write books", "pilot",
)  # fmt: skip
KINDS = ("Inc", "Group", "Ltd")
LEVELS = ("", "", "", "Senior ", "Junior ", "Lead ", "Assistant ")
TURNS = 10


def people(how_many: int, cohort_id: int, fields: Fields) -> list[Alum]:
    """Alumni with titles of our own content; the same each time."""
    dice = random.Random(7)
    titles = [title.title() for each in fields.fields for title in each.titles]
    return [
        Alum(
            cohort_id=cohort_id,
            name=f"Alum {number}",
            title=dice.choice(LEVELS) + dice.choice(titles),
            company=f"Company{dice.randrange(how_many // 4)} {dice.choice(KINDS)}",
            city=f"Town{dice.randrange(300)}",
            class_year=dice.randrange(1980, 2026),
            imported=NOW,
        )
        for number in range(how_many)
    ]


def timed(ask: Callable[[str], object]) -> list[float]:
    """Milliseconds of each question, several times over."""
    took = []
    for _ in range(TURNS):
        for words in WORDS:
            begun = time.perf_counter()
            ask(words)
            took.append((time.perf_counter() - begun) * 1000)
    return sorted(took)


def raw(alumni: list[Alum]) -> Callable[[str], object]:
    """A bare FTS5 table with the titles, asked for any of the words."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE d USING fts5(title, company)")
    connection.executemany("INSERT INTO d VALUES (?, ?)", [(a.title, a.company) for a in alumni])

    def ask(words: str) -> object:
        wanted = " OR ".join(words.split())
        found = "SELECT rowid FROM d WHERE d MATCH ? ORDER BY rank LIMIT 10"
        return connection.execute(found, (wanted,)).fetchall()

    return ask


def line(name: str, took: list[float], note: str = "") -> str:
    """A row of the printed table."""
    at_99 = took[int(len(took) * 0.99) - 1]
    return f"{name:34}{statistics.median(took):9.2f}{at_99:9.2f}  {note}"


def measure(url: str, how_many: int, fields: Fields) -> list[str]:
    """Import so many, and search them."""
    database = Database(url, Cipher([Fernet.generate_key().decode()]), fields)
    database.create()
    cohort = database.add_cohort(Cohort(name=f"bench {how_many}", created=NOW))
    alumni = people(how_many, cohort.id, fields)
    begun = time.perf_counter()
    for at in range(0, how_many, 500):
        with database.writing(cohort.id) as store:
            store.add_all(alumni[at : at + 500])
    rate = how_many / (time.perf_counter() - begun)

    def ask(words: str) -> object:
        with database.reading(cohort.id) as store:
            return store.alumni(AlumQuery(field=words, now=NOW))

    ask("warm")
    took = timed(ask)
    database.close()
    return [
        line(f"search of {how_many:,}", took, f"import {rate:,.0f} rows/s"),
        line(f"raw FTS5 of {how_many:,}", timed(raw(alumni))),
    ]


def main() -> None:
    """Print the table."""
    print(f"{'milliseconds':34}{'p50':>9}{'p99':>9}")
    fields = load_fields()
    begun = time.perf_counter()
    fields.classify("warm up")
    fields.understand("warm up the wishes too")
    print(f"{'fields made ready':34}{(time.perf_counter() - begun) * 1000:9.0f}")
    print(line("understanding words", timed(fields.understand)))
    given = sys.argv[1] if len(sys.argv) > 1 else "sqlite"
    with tempfile.TemporaryDirectory() as folder:
        for how_many in (20_000, 100_000):
            url = f"sqlite:///{Path(folder) / str(how_many)}.db" if given == "sqlite" else given
            print("\n".join(measure(url, how_many, fields)))


if __name__ == "__main__":
    main()
