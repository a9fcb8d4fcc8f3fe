"""What SQLite and PostgreSQL say differently when searching the directory."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

WORDS = (
    "CREATE TABLE IF NOT EXISTS alumni_words (cohort_id BIGINT NOT NULL, kind TEXT NOT NULL,"
    " word TEXT NOT NULL, PRIMARY KEY (cohort_id, kind, word))"
)
MANY = 100
SAMPLED = 5_000
"""After so many new rows PostgreSQL counts the table's words again; by itself it does so a minute
later."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """One database's way."""

    tables: tuple[str, ...]
    drops: tuple[str, ...]
    rows: str
    tokens: str
    words: str
    deletes: tuple[str, ...]
    match: str
    member: str
    and_: str
    or_: str
    not_: str
    as_list: bool

    def packed(self, tokens: Iterable[str]) -> Any:
        """An alum's tokens as the insert takes them."""
        ordered = sorted(tokens)
        return ordered if self.as_list else " ".join(ordered)

    def insert(
        self,
        connection: Connection,
        found: list[tuple[Any, ...]],
        packed: list[tuple[Any, ...]],
        words: list[tuple[Any, ...]],
    ) -> None:
        """Write rows (id, cohort, asks a month), their tokens (id, packed), and words.

        Straight to the driver: it is most of the time of an import."""
        if self.as_list:
            tokens = dict(packed)
            rows = [(*row, tokens[row[0]]) for row in found]
            connection.exec_driver_sql(self.rows, rows)
            if len(rows) >= MANY and found[-1][0] // SAMPLED != (found[0][0] - 1) // SAMPLED:
                connection.exec_driver_sql("ANALYZE alumni_found")
        else:
            connection.exec_driver_sql(self.rows, found)
            connection.exec_driver_sql(self.tokens, packed)
        if words:
            connection.exec_driver_sql(self.words, words)

    def arm(self, name: str, score: int, more: int, most: int) -> str:
        """Rows that match the expression bound to a name, with what they score."""
        return self.match.format(name=name, score=score, more=more, most=most)

    def has(self, name: str) -> str:
        """The condition that a row of ``found`` matches the expression bound to a name."""
        return self.member.format(name=name)

    def all_of(self, tokens: list[str]) -> str:
        """An expression: every one."""
        return self.and_.join(tokens)

    def any_of(self, tokens: list[str]) -> str:
        """An expression: one of them."""
        return self.or_.join(tokens)

    def without(self, expression: str, tokens: list[str]) -> str:
        """An expression, but none of these tokens."""
        return f"({expression}){self.not_}({self.any_of(tokens)})"

    def without_all(self, expression: str, tokens: list[str]) -> str:
        """An expression, but not all of these tokens together."""
        return f"({expression}){self.not_}({self.all_of(tokens)})"


SQLITE = Dialect(
    tables=(
        """CREATE TABLE IF NOT EXISTS alumni_found (id INTEGER PRIMARY KEY,
        cohort_id INTEGER NOT NULL, asks_per_month INTEGER)""",
        "CREATE INDEX IF NOT EXISTS ix_alumni_found_cohort ON alumni_found (cohort_id)",
        """CREATE VIRTUAL TABLE IF NOT EXISTS alumni_tokens
        USING fts5(tokens, detail=none, columnsize=0)""",
        WORDS + " WITHOUT ROWID",
    ),
    drops=(
        "DROP TABLE IF EXISTS alumni_tokens",
        "DROP TABLE IF EXISTS alumni_found",
        "DROP TABLE IF EXISTS alumni_words",
    ),
    rows="INSERT INTO alumni_found (id, cohort_id, asks_per_month) VALUES (?, ?, ?)",
    tokens="INSERT INTO alumni_tokens (rowid, tokens) VALUES (?, ?)",
    words="INSERT INTO alumni_words (cohort_id, kind, word) VALUES (?, ?, ?)"
    " ON CONFLICT DO NOTHING",
    deletes=(
        "DELETE FROM alumni_found WHERE id = :id",
        "DELETE FROM alumni_tokens WHERE rowid = :id",
    ),
    match=(
        "SELECT * FROM (SELECT rowid AS id, {score} AS score, {more} AS more"
        " FROM alumni_tokens WHERE alumni_tokens MATCH :{name} LIMIT {most}) AS {name}"
    ),
    member="found.id IN (SELECT rowid FROM alumni_tokens WHERE alumni_tokens MATCH :{name})",
    and_=" AND ",
    or_=" OR ",
    not_=" NOT ",
    as_list=False,
)
POSTGRESQL = Dialect(
    tables=(
        """CREATE TABLE IF NOT EXISTS alumni_found (id BIGINT PRIMARY KEY,
        cohort_id BIGINT NOT NULL, asks_per_month BIGINT, tokens TSVECTOR NOT NULL)""",
        "CREATE INDEX IF NOT EXISTS ix_alumni_found_cohort ON alumni_found (cohort_id)",
        # Without fastupdate: its list of entries not yet sorted in makes the searches after an
        # import seven times slower.
        """CREATE INDEX IF NOT EXISTS ix_alumni_found_tokens ON alumni_found USING GIN (tokens)
        WITH (fastupdate = off)""",
        WORDS,
    ),
    drops=("DROP TABLE IF EXISTS alumni_found", "DROP TABLE IF EXISTS alumni_words"),
    rows="INSERT INTO alumni_found (id, cohort_id, asks_per_month, tokens)"
    " VALUES (%s, %s, %s, array_to_tsvector(%s))",
    tokens="",
    words="INSERT INTO alumni_words (cohort_id, kind, word) VALUES (%s, %s, %s)"
    " ON CONFLICT DO NOTHING",
    deletes=("DELETE FROM alumni_found WHERE id = :id",),
    match=(
        "SELECT * FROM (SELECT id, {score} AS score, {more} AS more"
        " FROM alumni_found WHERE tokens @@ CAST(:{name} AS tsquery) LIMIT {most}) AS {name}"
    ),
    member="found.tokens @@ CAST(:{name} AS tsquery)",
    and_=" & ",
    or_=" | ",
    not_=" & !",
    as_list=True,
)


def dialect_of(connection: Connection) -> Dialect:
    """The way of the database at the other end."""
    return SQLITE if connection.dialect.name == "sqlite" else POSTGRESQL
