"""Several processes on one PostgreSQL, as the tests of the queue need them: each a house of its
own, with the same surfaces and clock, and an engine that the queue wakes."""

import asyncio
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import uuid4

from sqlalchemy import create_engine, text

from adapters.engine import Engine, Waker
from adapters.engine_life import Life
from adapters.engine_queue import Queue
from adapters.engine_wire import Wire
from adapters.engines import make_waker
from bot.clocks import MovableClock
from bot.domain.cohort import Cohort
from bot.domain.owed import Owed
from storage.cipher import Cipher
from storage.database import Database
from storage.leases import SqlLeases
from storage.migrate import migrate
from storage.wakeups import QUEUE
from tests.bot.delivery.house import FIELDS, KEY, MONDAY, House, Surface
from tests.servers.postgres import Postgres

NEVER = (3600.0, 0.0)
"""No look within a test: what arrives was woken by the queue."""


@dataclass
class Deployment:
    """A database with a cohort, and the processes on it."""

    url: str
    clock: MovableClock
    cohort: Cohort
    surfaces: dict[str, Surface]
    processes: list[House] = field(default_factory=list)
    dead: set[str] = field(default_factory=set)

    def process(self, worker: str, look_every: tuple[float, float] = NEVER) -> House:
        """One more, not started yet."""
        database = self.database()
        house = House(database, self.clock, self.cohort, self.surfaces, worker)
        waker: Waker = make_waker(database)
        assert isinstance(waker, Queue)
        waker.look_every = look_every
        life = Life(SqlLeases(database), house.claims, self.clock, worker)
        house.engine = Engine(
            database, house.claims, house.dispatcher, dict(self.surfaces), self.clock, worker,
            house.bell, waker=waker, life=life,
        )  # fmt: skip
        self.processes.append(house)
        return house

    async def kill(self, house: House) -> None:
        """As after kill -9: its connections are gone, nothing is settled, nothing is ended."""
        self.dead.add(house.worker)
        engine = house.engine
        waker, timetable, looking = engine._waker, engine._timetable, engine._looking
        assert isinstance(waker, Queue)
        assert waker._manager is not None
        assert timetable is not None
        assert looking is not None
        assert waker._running is not None
        timetable.end()
        wire = waker._manager.queries.driver
        assert isinstance(wire, Wire)
        await wire._asking.close()
        sending = list(engine._serving._under_way.values())
        for task in (*sending, looking, waker._running):
            task.cancel()
        await asyncio.wait([*sending, looking, waker._running])
        engine._threads.shutdown()

    async def stop(self) -> None:
        """All that are alive."""
        for each in self.processes:
            if each.worker not in self.dead:
                await each.engine.stop()

    def database(self) -> Database:
        """The database, as a process of its own opens it."""
        made = Database(self.url, Cipher([KEY]), FIELDS)
        made.now = self.clock.now
        return made

    def jobs(self, *rows: Owed) -> list[str]:
        """How far the jobs of these rows are, of all rows when none are named."""
        of = ", ".join(f"'{row.cohort_id}:{row.id}'" for row in rows)
        which = f"WHERE convert_from(payload, 'UTF8') IN ({of})" if rows else ""
        return [each for (each,) in self.asks(f"SELECT status::text FROM {QUEUE} {which}")]

    def asks(self, statement: str) -> list[tuple[str, ...]]:
        """Look, or change something behind everybody's back."""
        engine = create_engine(self.url, isolation_level="AUTOCOMMIT")
        try:
            with engine.connect() as connection:
                found = connection.execute(text(statement))
                return [tuple(row) for row in found] if found.returns_rows else []
        finally:
            engine.dispose()


@contextmanager
def template(server: Postgres) -> Generator[str]:
    """The name of a database with all tables, to be copied."""
    name = f"t{uuid4().hex}"
    _say(server, f"CREATE DATABASE {name}")
    database = Database(server.url(name), Cipher([KEY]), FIELDS)
    migrate(database)
    database.close()
    yield name


@contextmanager
def deployed(server: Postgres, copied: str) -> Generator[Deployment]:
    """A new database with a cohort and a workspace on one surface."""
    name = f"d{uuid4().hex}"
    _say(server, f"CREATE DATABASE {name} TEMPLATE {copied}")
    clock = MovableClock(MONDAY)
    first = Database(server.url(name), Cipher([KEY]), FIELDS)
    cohort = first.add_cohort(Cohort(name="Class", created=MONDAY))
    first.close()
    deployment = Deployment(server.url(name), clock, cohort, {"paper": Surface(clock)})
    try:
        yield deployment
    finally:
        for each in deployment.processes:
            each.database.close()
        _say(server, f"DROP DATABASE {name} WITH (FORCE)")


def _say(server: Postgres, statement: str) -> None:
    engine = create_engine(server.url(), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
