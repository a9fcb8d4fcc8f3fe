"""Scores the directory's search with the scoring script of the shared test data, beside plain FTS5.

python -m tests.search_quality [--csv second.csv] [--show "query" ...]
"""

import argparse
import csv
import json
import re
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet
from whenever import Instant

from bot.content.load_fields import load_fields
from bot.domain.cohort import Cohort
from bot.domain.people import Alum
from bot.ports import AlumQuery, Store
from storage.cipher import Cipher
from storage.database import Database

DATA = Path(__file__).parents[2] / "shared" / "data" / "alumni"
NOW = Instant.from_utc(2026, 3, 2)


def rows_of(file: Path) -> list[dict[str, str]]:
    """The rows of a directory's CSV file."""
    with file.open(encoding="utf-8", newline="") as read:
        return list(csv.DictReader(read))


def alum_of(row: dict[str, str], cohort_id: int) -> Alum:
    """A row as an alum."""
    city, _, country = row["city"].rpartition(", ")
    return Alum(
        cohort_id=cohort_id,
        external_id=row["id"],
        name=row["name"],
        title=row["title"],
        company=row["company"],
        city=city or country,
        country=country if city else "",
        class_year=int(row["class_year"]) if row["class_year"] else None,
        field=row["field"],
        notes=row["note"],
        imported=NOW,
    )


@contextmanager
def directory(rows: list[dict[str, str]], folder: Path) -> Generator[Store]:
    """A store whose directory holds the rows."""
    database = Database(
        f"sqlite:///{folder / 'search.db'}", Cipher([Fernet.generate_key().decode()]), load_fields()
    )
    database.create()
    cohort = database.add_cohort(Cohort(name="measured", created=NOW))
    with database.writing(cohort.id) as store:
        store.add_all([alum_of(row, cohort.id) for row in rows])
    with database.reading(cohort.id) as store:
        yield store
    database.close()


def ours(store: Store) -> Callable[[str], dict[str, list[str]]]:
    """Our search: the first page as shown, those of the field and then those next to it."""

    def ask(words: str) -> dict[str, list[str]]:
        hits = store.alumni(AlumQuery(field=words, now=NOW))
        ranked = [each.alum.external_id for each in hits.ranked]
        adjacent = [each.alum.external_id for each in hits.adjacent]
        return {"ranked": [*ranked, *adjacent], "adjacent": adjacent}

    return ask


@contextmanager
def plain(
    rows: list[dict[str, str]],
) -> Generator[Callable[[str], dict[str, list[str]]]]:
    """FTS5 as anybody would begin: the words typed, any of them, best by its own rank."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(
            "CREATE VIRTUAL TABLE d USING fts5(id UNINDEXED, title, field, note, tokenize='porter')"
        )
        connection.executemany(
            "INSERT INTO d VALUES (:id, :title, :field, :note)",
            [{key: row[key] for key in ("id", "title", "field", "note")} for row in rows],
        )

        def ask(words: str) -> dict[str, list[str]]:
            wanted = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", words))
            found = connection.execute(
                "SELECT id FROM d WHERE d MATCH ? ORDER BY rank LIMIT 10", (wanted,)
            )
            return {"ranked": [row[0] for row in found]}

        yield ask


def score(ask: Callable[[str], dict[str, list[str]]], folder: Path) -> dict[str, Any]:
    """What the scoring script says of a search."""
    lines = (DATA / "queries_dev.jsonl").read_text(encoding="utf-8").splitlines()
    queries = [json.loads(line) for line in lines]
    results = folder / "results.jsonl"
    results.write_text(
        "".join(json.dumps({"id": q["id"], **ask(q["q"])}) + "\n" for q in queries), "utf-8"
    )
    said = subprocess.run(
        [sys.executable, str(DATA / "evaluate.py"), "--json", "--queries",
         str(DATA / "queries_dev.jsonl"), "--qrels", str(DATA / "qrels_dev.tsv.gz"),
         "--results", str(results), "--per-query", str(folder / "queries.tsv")],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return json.loads(said.stdout)


def table(name: str, scores: dict[str, Any]) -> str:
    """Scores as lines."""
    lines = [f"{name:12}    n  nDCG@10  succ@5  adj@10"]
    for kind, s in scores.items():
        lines.append(
            f"  {kind:10}{s['n']:5d}{s['ndcg10']:9.3f}{s['success5']:8.3f}{s['adjacency10']:8.3f}"
        )
    return "\n".join(lines)


def main() -> None:
    """Print the figures, or the first page of given words."""
    options = argparse.ArgumentParser()
    options.add_argument("--csv", default="alumni.csv")
    options.add_argument("--show", nargs="*")
    chosen = options.parse_args()
    rows = rows_of(DATA / chosen.csv)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        with directory(rows, folder) as store:
            for words in chosen.show or ():
                hits = store.alumni(AlumQuery(field=words, now=NOW))
                print(f"\n{words} → {', '.join(hits.understood)} {hits.mended}"
                      f" ({hits.total}, {hits.total_adjacent} near)")  # fmt: skip
                print("   ", " · ".join(each.alum.title for each in hits.ranked))
                print("  ~", " · ".join(f"{e.alum.title} [{e.near}]" for e in hits.adjacent))
            if not chosen.show:
                with plain(rows) as ask:
                    print(table("plain FTS5", score(ask, folder)))
                print(table("Snowball", score(ours(store), folder)))
                print((folder / "queries.tsv").read_text("utf-8"))


if __name__ == "__main__":
    main()
