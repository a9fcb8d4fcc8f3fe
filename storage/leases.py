"""Leases in the database: one statement takes or renews, so two processes cannot both have one.

Moments come from the processes' clocks; a lease that lies further ahead than anybody asks for was
written by a clock that ran ahead, and is anybody's.
"""

from sqlalchemy import and_, case, delete, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from whenever import Instant, TimeDelta

from bot.ports import Lease
from storage.database import Database

LONGEST = TimeDelta(minutes=10)
"""More than any lease is held for at once."""


class SqlLeases:
    """The core's Leases on a Database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._table = database.schema.leases

    def hold(self, name: str, holder: str, now: Instant, seconds: float) -> bool:
        table = self._table
        insert = sqlite.insert if self._database.is_sqlite else postgresql.insert
        until = now + TimeDelta(seconds=seconds)
        mine = insert(table).values(name=name, holder=holder, until=until, since=now)
        free = or_(table.c.holder == holder, table.c.until <= now, table.c.until > now + LONGEST)
        unbroken = and_(table.c.holder == holder, table.c.until > now)
        taking = mine.on_conflict_do_update(
            index_elements=[table.c.name],
            set_={
                "holder": holder,
                "until": until,
                "since": case((unbroken, table.c.since), else_=mine.excluded.since),
            },
            where=free,
        )
        with self._database.transaction() as connection:
            return connection.execute(taking.returning(table.c.name)).first() is not None

    def let_go(self, name: str, holder: str) -> None:
        table = self._table
        mine = delete(table).where(table.c.name == name, table.c.holder == holder)
        with self._database.transaction() as connection:
            connection.execute(mine)

    def held(self, beginning: str) -> list[Lease]:
        table = self._table
        wanted = (
            select(table.c.name, table.c.holder, table.c.until, table.c.since)
            .where(table.c.name.startswith(beginning, autoescape=True))
            .order_by(table.c.until.desc(), table.c.name)
        )
        with self._database.readers.begin() as connection:
            return [Lease(*row) for row in connection.execute(wanted)]

    def forget(self, before: Instant) -> int:
        with self._database.transaction() as connection:
            old = delete(self._table).where(self._table.c.until < before)
            return connection.execute(old).rowcount
