"""The store alone: writing and searching 20,000 and 100,000 alumni, beside a raw FTS5 query.

python -m bench.search [sqlite|URL of an empty PostgreSQL database]
"""

# ruff: noqa: T201 - it prints a table

import dataclasses
import sys
import tempfile
import time
from pathlib import Path

from cryptography.fernet import Fernet
from whenever import Instant

from bench.directory import SIZES, bare, timed
from bench.figures import at, head, line, middle, ms
from bench.people import write_file
from bot.content.load_fields import load_fields
from bot.domain.cohort import Cohort
from bot.domain.directory import as_alum
from bot.domain.fields import Fields
from bot.domain.people import Alum
from bot.files.alumni import AlumRow, read_alumni
from bot.ports import AlumQuery
from storage.cipher import Cipher
from storage.database import Database

NOW = Instant.from_utc(2026, 3, 2)
TURNS = 10


def people(where: Path, how_many: int, cohort_id: int, fields: Fields) -> list[Alum]:
    """So many alumni, the same each time."""
    write_file(where, how_many, fields)
    rows = read_alumni(where.read_bytes(), NOW.to_tz("UTC").year).rows
    return [
        as_alum(dataclasses.asdict(row), cohort_id, NOW) for row in rows if isinstance(row, AlumRow)
    ]


def row(name: str, took: list[float], note: str = "") -> str:
    """A row of the printed table."""
    return line(name, ms(middle(took)), ms(at(0.99, took)), note)


def measure(url: str, folder: Path, how_many: int, fields: Fields) -> list[str]:
    """Import so many, and search them."""
    database = Database(url, Cipher([Fernet.generate_key().decode()]), fields)
    database.create()
    cohort = database.add_cohort(Cohort(name=f"bench {how_many}", created=NOW))
    alumni = people(folder / "people.csv", how_many, cohort.id, fields)
    begun = time.perf_counter()
    for place in range(0, how_many, 500):
        with database.writing(cohort.id) as store:
            store.add_all(alumni[place : place + 500])
    rate = how_many / (time.perf_counter() - begun)

    def ask(words: str) -> object:
        with database.reading(cohort.id) as store:
            return store.alumni(AlumQuery(field=words, now=NOW))

    ask("warm")
    took = timed(ask, TURNS)
    raw = timed(bare([(each.title, each.company) for each in alumni]), TURNS)
    database.close()
    return [
        row(f"search of {how_many:,}", took, f"{rate:,.0f} rows/s"),
        row(f"raw FTS5 of {how_many:,}", raw),
    ]


def main() -> None:
    """Print the table."""
    print(head("The store alone", "p50", "p99", "written"))
    fields = load_fields()
    begun = time.perf_counter()
    fields.classify("warm up")
    fields.understand("warm up the wishes too")
    print(line("fields made ready", ms(time.perf_counter() - begun)))
    print(row("understanding words", timed(fields.understand, TURNS)))
    given = sys.argv[1] if len(sys.argv) > 1 else "sqlite"
    with tempfile.TemporaryDirectory() as folder:
        for how_many in SIZES:
            url = f"sqlite:///{Path(folder) / str(how_many)}.db" if given == "sqlite" else given
            print("\n".join(measure(url, Path(folder), how_many, fields)))


if __name__ == "__main__":
    main()
