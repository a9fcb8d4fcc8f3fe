"""PostgreSQL's own tools for a dump and its way back; only Snowball's tables are touched."""

import os
import shutil
import subprocess
import time
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from storage.backup import BackupError
from storage.database import Database

_HEADER = b"PGDMP"
_REVISION, _FOUND = "alembic_version", "alumni_"
"""Tables of ours that are not in the schema: the migrations' own, and those of the search."""
_UNFINISHED = "restoring_"
"""How the schema's name begins that our tables are in until a restore has come to its end."""
_PARTING = 2.0
"""Seconds that a process which was ended may still seem to be connected."""
_LONGEST = 3600
"""Seconds for one run of a tool."""


def is_dump(file: Path) -> bool:
    """Whether it begins as a dump in PostgreSQL's custom format does."""
    with file.open("rb") as opened:
        return opened.read(len(_HEADER)) == _HEADER


def dump(database: Database, to: Path) -> None:
    """All of our tables at one moment, while others write. Raises BackupError."""
    tool = _tool("pg_dump")
    with database.readers.begin() as connection:
        schema = _schema(connection)
        chosen = [f'--table="{schema}"."{name}"' for name in _ours(database, connection)]
    if not chosen:
        raise BackupError("There is nothing of Snowball's in this database yet.")
    form = ("--format=custom", "--no-owner", "--no-privileges", f"--file={to}")
    _run(tool, *form, *chosen, to=database.url)


def checked(file: Path) -> str:
    """The revision of a dump that can be read to its end. Raises BackupError for any other."""
    tool = _tool("pg_restore")
    _run(tool, f"--file={os.devnull}", str(file))
    printed = _run(tool, "--data-only", f"--table={_REVISION}", "--file=-", str(file))
    lines = printed.splitlines()
    copied = [at for at, line in enumerate(lines) if line.startswith("COPY ")]
    if not copied or lines[copied[0] + 1] == r"\.":
        raise BackupError(f"{file} is no backup of Snowball's.")
    return lines[copied[0] + 1]


def refuse_in_use(database: Database) -> None:
    """Nobody else may be connected; who has just ended has some moments. Raises BackupError."""
    end = time.monotonic() + _PARTING
    while others := _connected(database):
        if time.monotonic() > end:
            raise BackupError(
                f"The database is in use ({others} connected). Stop every process of Snowball's, "
                "then restore."
            )
        time.sleep(_PARTING / 10)


def _connected(database: Database) -> int:
    asked = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
    )
    with database.readers.begin() as connection:
        return int(connection.execute(asked).scalar_one())


@contextmanager
def replaced(database: Database, file: Path, stamp: str) -> Generator[str]:
    """The dump in place of our tables, which are kept in another schema: its name meanwhile, or ""
    where there were none. At the end it is called ``kept_as(stamp)``.

    They come back if anything raises before the end; if the machine dies, by ``put_back``."""
    unfinished = f"{_UNFINISHED}{stamp}"
    with database.transaction() as connection:
        _put_back(database, connection)
        old = _ours(database, connection)
        connection.execute(text(f'CREATE SCHEMA "{unfinished}"'))
        _move(connection, old, _schema(connection), unfinished)
    try:
        form = ("--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error")
        _run(_tool("pg_restore"), *form, str(file), to=database.url)
        yield unfinished if old else ""
        end = f'RENAME TO "{kept_as(stamp)}"'
        finish = f'ALTER SCHEMA "{unfinished}" {end}' if old else f'DROP SCHEMA "{unfinished}"'
        with database.transaction() as connection:
            connection.execute(text(finish))
    except BaseException:
        put_back(database)
        raise


def kept_as(stamp: str) -> str:
    """The schema of what was there before a restore of that time."""
    return f"before_{stamp}"


def is_unfinished(database: Database) -> bool:
    """Whether a restore was begun and has not come to its end."""
    with database.readers.begin() as connection:
        return bool(_unfinished(connection))


def put_back(database: Database) -> bool:
    """What was there before a restore that came to no end; whether there was one."""
    with database.transaction() as connection:
        return _put_back(database, connection)


def _put_back(database: Database, connection: Connection) -> bool:
    schema, found = _schema(connection), _unfinished(connection)
    for unfinished in found:
        for name in _ours(database, connection):
            connection.execute(text(f'DROP TABLE "{schema}"."{name}" CASCADE'))
        kept = inspect(connection).get_table_names(schema=unfinished)
        _move(connection, kept, unfinished, schema)
        connection.execute(text(f'DROP SCHEMA "{unfinished}"'))
    return bool(found)


def _unfinished(connection: Connection) -> list[str]:
    named = text("SELECT nspname FROM pg_namespace WHERE starts_with(nspname, :beginning)")
    return list(connection.execute(named, {"beginning": _UNFINISHED}).scalars())


def looked_up(
    database: Database, aside: str, questions: Mapping[str, str]
) -> dict[str, list[tuple[Any, ...]]] | None:
    """What the tables there know, by the name of each question; None where they are others."""
    try:
        with database.readers.begin() as connection:
            return {
                name: [
                    tuple(row) for row in connection.execute(text(each.format(at=f'"{aside}".')))
                ]
                for name, each in questions.items()
            }
    except DBAPIError:
        return None


def _move(connection: Connection, tables: Iterable[str], schema: str, to: str) -> None:
    for name in tables:
        connection.execute(text(f'ALTER TABLE "{schema}"."{name}" SET SCHEMA "{to}"'))


def _schema(connection: Connection) -> str:
    return str(connection.execute(text("SELECT current_schema()")).scalar_one())


def _ours(database: Database, connection: Connection) -> list[str]:
    known = set(database.schema.metadata.tables) | {_REVISION}
    there = inspect(connection).get_table_names()
    return sorted(name for name in there if name in known or name.startswith(_FOUND))


def _tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise BackupError(
            f"{name} is not here, and PostgreSQL is backed up and restored with it. Install "
            "PostgreSQL's client programs (on Debian: postgresql-client) of the server's version."
        )
    return found


def _run(tool: str, *words: str, to: URL | None = None) -> str:
    """Run a tool; what it printed. A password goes where no list of processes shows it."""
    environment = dict(os.environ)
    if to is not None:
        if to.password:
            environment["PGPASSWORD"] = str(to.password)
        words = (f"--dbname={_without_password(to)}", *words)
    done = subprocess.run(  # noqa: S603 - our own words, and no shell
        [tool, *words], env=environment, capture_output=True, text=True,
        stdin=subprocess.DEVNULL, check=False, timeout=_LONGEST,
    )  # fmt: skip
    if done.returncode:
        why = (done.stderr.strip().splitlines() or ["it did not say why"])[0]
        raise BackupError(f"{Path(tool).name} failed: {why}")
    return done.stdout


def _without_password(of: URL) -> str:
    return URL.create(
        "postgresql", of.username, None, of.host, of.port, of.database, of.query
    ).render_as_string()
