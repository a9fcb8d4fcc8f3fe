"""The door to the database: transactions on SQLite or PostgreSQL, and look-ups above cohorts."""

import threading
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    create_engine,
    event,
    func,
    insert,
    make_url,
    select,
    text,
)
from sqlalchemy.engine import URL
from whenever import Instant

from bot.domain.cohort import Account, Cohort, Workspace
from bot.ports import Store
from storage.cipher import Cipher
from storage.search import Directory
from storage.statements import Statements, asked
from storage.store import SqlStore
from storage.tables import Schema
from storage.undone import told
from storage.wakeups import Jobs

WAIT_FOR_LOCK = 5000
"""Milliseconds that SQLite waits for another process's lock before it gives up."""
READERS = 8
WRITER_CACHES, READER_CACHES = 2_000, 1_000
"""Kilobytes of the file that one connection may hold in memory. A reader begins anew whenever
somebody has written, and the system keeps the file in memory too, so more is hardly faster: it
would only fill up, as the file grows, until a small host has no room (docs/reliability.md)."""

LINE = {
    "connect_timeout": 10,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "tcp_user_timeout": 20_000,
}
"""A machine that is gone says nothing: ask it now and then, and do not wait for a quarter of an
hour (libpq's connection parameters: seconds; the last one milliseconds)."""


class Database:
    """Stores on one database. SQLite: one writer connection, and readers that never wait for it."""

    def __init__(self, url: str, cipher: Cipher, directory_fields: Any) -> None:
        self.url = make_url(url)
        self.schema = Schema(cipher)
        self.directory = Directory(self.schema, directory_fields)
        self._one_writer = threading.Lock()
        self._writing_thread = 0
        if self.url.get_backend_name() == "sqlite":
            _plain_ids(self.schema)
            self.writer = _sqlite(self.url, "BEGIN IMMEDIATE", 1, WRITER_CACHES)
            self.readers = _sqlite(self.url, "BEGIN", READERS, READER_CACHES)
        else:
            self.writer = _postgresql(self.url)
            # One moment for the whole transaction, as SQLite has it: an export reads many tables.
            self.readers = self.writer.execution_options(isolation_level="REPEATABLE READ")
        self._say = Statements(self.schema, sqlite=self.is_sqlite)
        self.now: Callable[[], Instant] = Instant.now
        """By which clock jobs are timed that wake rows."""
        self.jobs = None if self.is_sqlite else Jobs()

    @property
    def is_sqlite(self) -> bool:
        """Whether one process has it all to itself."""
        return self.writer.dialect.name == "sqlite"

    def ahead(self) -> float:
        """Seconds by which our clock is surely ahead of the server's (behind: negative); what may
        be the way there and back is none. A file has no clock of its own: 0."""
        if self.is_sqlite:
            return 0.0
        with self.writer.connect() as connection:
            before = self.now()
            there = Instant(connection.execute(select(func.clock_timestamp())).scalar_one())
            after = self.now()
        nearest = max(before, min(there, after))
        return (nearest - there).total("seconds")

    def create(self) -> None:
        """All tables at once, for tests; otherwise migrations make them."""
        with self.writer.begin() as connection:
            self.schema.metadata.create_all(connection)
            self.directory.create(connection)

    def open(self) -> None:
        """Every connection to a file that there may be: what a limit of open files forbids is said
        at the start, not under load. A server's connections are opened when they are needed."""
        if self.is_sqlite:
            with ExitStack() as held:
                for engine, most in ((self.writer, 1), (self.readers, READERS)):
                    for _ in range(most):
                        held.enter_context(engine.connect())

    def close(self) -> None:
        """Let go of every connection."""
        self.writer.dispose()
        self.readers.dispose()

    @contextmanager
    def transaction(self) -> Generator[Connection]:
        """One transaction that may write, above cohorts.

        Raises TryAgainError when two waited for each other and this one was undone."""
        if not self.is_sqlite:
            with told(), self.writer.begin() as connection:
                yield connection
            return
        if self._writing_thread == threading.get_ident():
            raise RuntimeError("a transaction inside a transaction would wait for itself")
        with self._one_writer, self.writer.begin() as connection:
            self._writing_thread = threading.get_ident()
            try:
                yield connection
            finally:
                self._writing_thread = 0

    @contextmanager
    def writing(
        self, cohort_id: int, one_at_a_time: str = "", patience: float = 0.0
    ) -> Generator[Store]:
        with self.transaction() as connection:
            if patience and not self.is_sqlite:  # on SQLite nobody waits behind a dead line
                wait = {"ms": f"{patience * 1000:.0f}"}
                connection.execute(text("SELECT set_config('lock_timeout', :ms, true)"), wait)
            if one_at_a_time and not self.is_sqlite:
                connection.execute(
                    text("SELECT pg_advisory_xact_lock(:cohort, hashtext(:name))"),
                    {"cohort": cohort_id, "name": one_at_a_time},
                )
            store = self._store(connection, cohort_id, may_write=True)
            yield store
            if self.jobs is not None and store.to_wake:
                self.jobs.make(connection, store.to_wake.values(), self.now())

    @contextmanager
    def reading(self, cohort_id: int) -> Generator[Store]:
        with self.readers.begin() as connection:
            yield self._store(connection, cohort_id, may_write=False)

    def _store(self, connection: Connection, cohort_id: int, *, may_write: bool) -> SqlStore:
        return SqlStore(
            connection, self._say, self.schema, cohort_id, self.directory, may_write=may_write
        )

    def forget_jobs(self) -> int:
        """Forget the queue's jobs that are over, and its log; how many."""
        if self.jobs is None:
            return 0
        with self.transaction() as connection:
            return self.jobs.tidy(connection)

    def cohorts(self) -> list[Cohort]:
        mapped = self.schema.cohort
        with self.readers.begin() as connection:
            rows = connection.execute(select(*mapped.columns).order_by(mapped.table.c.id))
            return [mapped.value(row) for row in rows]

    def add_cohort(self, cohort: Cohort) -> Cohort:
        mapped = self.schema.cohort
        values = mapped.row(cohort, self.schema.cipher)
        del values["id"]
        with self.transaction() as connection:
            made = connection.execute(
                insert(mapped.table).values(values).returning(*mapped.columns)
            ).one()
            return mapped.value(made)

    def workspace(self, surface: str, external_id: str) -> Workspace | None:
        return next(iter(self._above(Workspace, surface=surface, external_id=external_id)), None)

    def workspaces(self, surface: str) -> list[Workspace]:
        return self._above(Workspace, surface=surface)

    def accounts(self, surface: str, external_id: str) -> list[Account]:
        found: list[Account] = self._above(Account, surface=surface, external_id=external_id)
        return sorted(found, key=lambda each: each.last_used, reverse=True)

    def _above(self, kind: type[Any], **having: str) -> list[Any]:
        mapped = self.schema.of(kind)
        shape, values = asked(mapped, self.schema, having)
        with self.readers.begin() as connection:
            rows = connection.execute(self._say.above(mapped, shape), values)
            return [mapped.value(row) for row in rows]


def _plain_ids(schema: Schema) -> None:
    """SQLite makes no numbers for composite keys, and refuses tables that ask: the store does."""
    for mapped in schema:
        mapped.table.c.id.autoincrement = False


def _sqlite(url: URL, begin: str, connections: int, cached: int) -> Engine:
    engine = create_engine(
        url,
        hide_parameters=True,
        pool_size=connections,
        max_overflow=0,
        pool_use_lifo=True,  # the one used last is warm, and those never needed hold no memory
        connect_args={"check_same_thread": False, "timeout": WAIT_FOR_LOCK / 1000},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "temp_store=MEMORY",
            f"cache_size=-{cached}",
        ):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _postgresql(url: URL) -> Engine:
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+psycopg")
    own = {word: value for word, value in LINE.items() if word not in url.query}
    return create_engine(
        url, hide_parameters=True, pool_size=READERS, pool_pre_ping=True, connect_args=own
    )
