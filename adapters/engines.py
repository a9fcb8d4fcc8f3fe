"""Makes the engine that sends what is owed in this process: on PostgreSQL woken by its queue, on
SQLite, which one process has to itself, by its own tick (docs/decisions/0018)."""

import os
import secrets
import socket
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from adapters.engine import Bell, Engine, Tick, Waker
from adapters.engine_life import Life
from adapters.house import House, Wing
from bot.clocks import SystemClock
from bot.ports import Messenger
from storage.claims import Claims
from storage.database import LINE, Database

if TYPE_CHECKING:
    from adapters.engine_wire import Connect


def _as_it_is(messenger: Messenger) -> Messenger:
    return messenger


def make_engine(
    house: House, wings: Sequence[Wing], watched: Callable[[Messenger], Messenger] = _as_it_is
) -> Engine:
    """What sends the messages owed on these surfaces."""
    if not isinstance(house.bell, Bell):
        raise TypeError("an engine needs a bell that it can listen to")
    messengers = {each.surface: watched(each) for wing in wings for each in wing.messengers}
    worker = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
    claims = Claims(house.stores)
    real = isinstance(house.clock, SystemClock)  # who moves the clock was not away
    life = Life(house.leases, claims, house.clock, worker) if real else None
    return Engine(
        house.stores,
        claims,
        house.dispatcher,
        messengers,
        house.clock,
        worker,
        house.bell,
        waker=make_waker(house.stores),
        life=life,
    )


def make_waker(database: Database) -> Waker:
    """What wakes rows, by the kind of database."""
    if database.jobs is None:
        return Tick()
    from adapters.engine_queue import Queue  # noqa: PLC0415 - the library loads slowly
    from storage.wakeups import OWED, names  # noqa: PLC0415

    return Queue(_connect_to(database), names(), OWED, database.forget_jobs)


def _connect_to(database: Database) -> "Connect":
    from psycopg import AsyncConnection  # noqa: PLC0415

    _, how = database.writer.dialect.create_connect_args(database.writer.url)
    words: dict[str, Any] = {**LINE, **how, "autocommit": True}

    async def connect() -> AsyncConnection[Any]:
        return await AsyncConnection.connect(**words)

    return connect
