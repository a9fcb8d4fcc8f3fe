"""A copy of an SQLite database while it is in use, checked before anybody relies on it."""

import os
import sqlite3
from collections.abc import Generator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from whenever import Instant

from storage.revision import HEAD

BEGUN, DONE = "backup begun", "backup done"
"""Counters that say when (in microseconds since 1970): inside a copy, and of the last good one."""
_HEADER = b"SQLite format 3\0"
_NOTE = "INSERT INTO counters (name, last) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET last = ?"
_PATIENCE, _PATIENCE_TO_NOTE = 5.0, 1.0
"""Seconds to wait for somebody else's lock."""


class BackupError(Exception):
    """The message says in words why not, and what to do."""


def is_sqlite(file: Path) -> bool:
    """Whether it begins as an SQLite database does."""
    with file.open("rb") as opened:
        return opened.read(len(_HEADER)) == _HEADER


def new_file(file: Path) -> None:
    """An empty file that nobody else may read. Raises FileExistsError."""
    os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def copy(live: Path, to: Path, now: Instant) -> None:
    """One moment of a database, whoever writes to it meanwhile; the copy is one file.

    In one step: in several it would begin anew with each write and might never end."""
    with closing(_open(live)) as source, closing(_open(to)) as made:
        source.backup(made)
        made.execute("PRAGMA journal_mode=DELETE").close()
        note(made, BEGUN, now)


def note(connection: sqlite3.Connection, name: str, now: Instant) -> None:
    """Write a moment into the counters, where there are any yet."""
    at = now.timestamp(unit="microsecond")
    with connection:
        if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'counters'").fetchone():
            connection.execute(_NOTE, (name, at, at))


def note_done(live: Path, now: Instant) -> None:
    """So that the doctor can tell when the last good backup was made; others' writes go before."""
    with closing(_open(live, _PATIENCE_TO_NOTE)) as connection, suppress(sqlite3.OperationalError):
        note(connection, DONE, now)


def checked(file: Path) -> str:
    """The revision of a database that is whole. Raises BackupError for any other file."""
    try:
        with closing(_open(file)) as connection:
            (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
            if found != "ok":
                raise BackupError(f"{file} is damaged: {found}.")
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError:
        row = None
    if row is None:
        raise BackupError(f"{file} is no database of Snowball's, or it is damaged.")
    return str(row[0])


def refuse_newer(revision: str) -> None:
    """Only what this version knows, or can bring up to date. Raises BackupError."""
    if revision > HEAD:
        raise BackupError(
            f"This backup was made by a newer Snowball (revision {revision}; this one knows "
            f"{HEAD}). Upgrade first, then restore."
        )


@contextmanager
def held(file: Path) -> Generator[sqlite3.Connection]:
    """Nobody else has this database meanwhile, and all of it is in its one file.

    Raises BackupError when somebody does. One that is damaged is nobody's."""
    with closing(_open(file)) as connection:
        try:
            # Leaving WAL is granted only to whoever is alone, and it empties the -wal file.
            connection.execute("PRAGMA journal_mode=DELETE").close()
            connection.execute("BEGIN EXCLUSIVE").close()
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise BackupError(f"{file} is in use. Stop Snowball first, then restore.") from None
        except sqlite3.DatabaseError:
            pass
        yield connection


def looked_up(
    connection: sqlite3.Connection, questions: Mapping[str, str]
) -> dict[str, list[tuple[Any, ...]]] | None:
    """What a database knows, by the name of each question; None where it cannot be read."""
    try:
        return {
            name: connection.execute(question.format(at="")).fetchall()
            for name, question in questions.items()
        }
    except sqlite3.DatabaseError:
        return None


def put_in_place(staged: Path, file: Path, kept_as: Path) -> None:
    """The staged database takes the place of the one there, which is kept beside it."""
    for tail in ("-wal", "-shm"):  # left only by a database that is damaged
        left = Path(f"{file}{tail}")
        if left.exists():
            left.rename(f"{kept_as}{tail}")
    if file.exists():
        try:
            kept_as.hardlink_to(file)  # so that at no moment there is no database
        except OSError:  # not every file system has links
            file.rename(kept_as)
    staged.replace(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _open(file: Path, patience: float = _PATIENCE) -> sqlite3.Connection:
    """An existing file; opening never makes one."""
    uri = f"{file.absolute().as_uri()}?mode=rw"
    return sqlite3.connect(uri, uri=True, timeout=patience, isolation_level=None)
