"""Runs the migrations: ``snowball migrate``, and by itself on a first start.

On PostgreSQL the queue's tables come with them; they are the library's own, with versions of its
own, so they are no part of our line of migrations.
"""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from weakref import WeakSet

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from storage import revision, wakeups
from storage.database import Database

HERE = Path(__file__).parent
HEAD = "head"
LOCK = 4_119_733_771_020_558
"""Of PostgreSQL's advisory locks, the one for bringing a database up to date."""
_ALONE: WeakSet[Database] = WeakSet()
"""The databases that this process is alone with."""


def config(database: Database) -> Config:
    """Alembic's settings for this database; there is no alembic.ini to keep in step."""
    made = Config()
    made.set_main_option("script_location", str(HERE / "migrations"))
    made.attributes["database"] = database
    return made


def migrate(database: Database, to: str = HEAD) -> None:
    """Bring the database to a revision; all of it or nothing (both databases roll DDL back).

    Of several processes that start at once, one does it and the others find it done."""
    with only_one(database):
        command.upgrade(config(database), to)
        if to in (HEAD, revision.HEAD) and not database.is_sqlite:
            _bring_queue_up_to_date(database)


def go_back(database: Database, to: str) -> None:
    """Back to an earlier revision; the queue goes first, and a later start makes it anew."""
    with only_one(database):
        if not database.is_sqlite:
            _remove_queue(database)
        command.downgrade(config(database), to)


@contextmanager
def only_one(database: Database) -> Generator[None]:
    """One process at a time, also within itself; SQLite has one anyway."""
    if database.is_sqlite or database in _ALONE:
        yield
        return
    with _at_once(database) as connection:
        connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": LOCK})
        _ALONE.add(database)
        try:
            yield
        finally:
            _ALONE.discard(database)
            connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": LOCK})


@contextmanager
def _at_once(database: Database) -> Generator[Connection]:
    """A connection that commits each statement by itself."""
    with database.writer.connect() as connection:
        yield connection.execution_options(isolation_level="AUTOCOMMIT")


def _bring_queue_up_to_date(database: Database) -> None:
    """Make what is missing, statement by statement, as the library asks; again does no harm."""
    from pgqueuer.adapters.persistence.schema_ddl import render_converge  # noqa: PLC0415

    with _at_once(database) as connection:
        if wakeups.is_current(connection):
            return
        for statement in render_converge(wakeups.names()):
            wakeups.say(connection, statement)
        wakeups.say(connection, wakeups.noted())


def _remove_queue(database: Database) -> None:
    from pgqueuer.adapters.persistence.schema_ddl import render_uninstall  # noqa: PLC0415

    with database.transaction() as connection:
        if wakeups.is_there(connection):
            wakeups.say(connection, render_uninstall(wakeups.names()))
