"""Storage is tested on both databases: SQLite in a file, and a real PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import create_engine, text

from bot.content import load
from storage.cipher import Cipher
from storage.database import Database
from tests.builders import a_cohort
from tests.servers import postgres

BOTH = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Postgres | None]:
    """A PostgreSQL for the session; None where there is none."""
    if postgres.programs() is None:
        yield None
        return
    with postgres.running() as started:
        yield started


@pytest.fixture(params=BOTH)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, on either."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'snowball.sqlite3'}"
        return
    started = request.getfixturevalue("server")
    if started is None:
        pytest.skip("there is no PostgreSQL here, neither the system's nor the wheel")
    name = f"t{uuid4().hex}"
    _say(started, f"CREATE DATABASE {name}")
    yield started.url(name)
    _say(started, f"DROP DATABASE {name} WITH (FORCE)")


def _say(started: postgres.Postgres, statement: str) -> None:
    engine = create_engine(started.url(), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.fixture
def keys() -> list[str]:
    """The keys of encryption at rest, newest first."""
    return [Fernet.generate_key().decode()]


@pytest.fixture
def empty(url: str, keys: list[str]) -> Iterator[Database]:
    """A database without tables."""
    made = Database(url, Cipher(keys), load().fields)
    yield made
    made.close()


@pytest.fixture
def database(empty: Database) -> Database:
    """A database with all tables."""
    empty.create()
    return empty


@pytest.fixture
def cohort_id(database: Database) -> int:
    """A cohort in it."""
    return database.add_cohort(a_cohort("Class of 2027")).id
