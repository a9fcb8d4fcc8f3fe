"""What a restored database knows of its own time, and numbers that are never given out twice.

Between the backup and its restoring, rows were made whose numbers stand in buttons and messages
out there. A new row with such a number would be taken for the old one, so they are left out.
"""

from sqlalchemy import func, inspect, select, text
from whenever import Instant

from bot.domain.drafts import Seen
from bot.domain.owed import Owed
from storage.backup import BEGUN
from storage.database import Database
from storage.types import InstantColumn

LEFT_OUT = 100_000
"""More rows of a kind than a deployment makes between a backup and the day it is needed."""

_ON_SQLITE = (
    "INSERT INTO counters (name, last) VALUES (:name, :more)"
    " ON CONFLICT (name) DO UPDATE SET last = last + :more"
)
_ON_POSTGRESQL = (
    "SELECT setval(made, nextval(made) + :more) FROM"
    " (SELECT CAST(pg_get_serial_sequence(:name, 'id') AS regclass) AS made) AS one"
)

_NOTED = text(
    "INSERT INTO counters (name, last) VALUES (:name, :at)"
    " ON CONFLICT (name) DO UPDATE SET last = excluded.last"
)


def note(database: Database, name: str, now: Instant) -> None:
    """Write a moment into the counters, where there are any yet."""
    with database.transaction() as connection:
        if inspect(connection).has_table("counters"):
            at = now.timestamp(unit="microsecond")
            connection.execute(_NOTED, {"name": name, "at": at})


def made_at(database: Database, now: Instant) -> Instant:
    """When the backup was made: as it says itself, or the last that happened in it."""
    counters = database.schema.counters
    owed = database.schema.of(Owed).table
    seen = database.schema.of(Seen).table
    with database.readers.begin() as connection:
        said = connection.execute(select(counters.c.last).where(counters.c.name == BEGUN)).scalar()
        happened = [
            connection.execute(select(func.max(column, type_=InstantColumn()))).scalar()
            for column in (seen.c.at, owed.c.settled, owed.c.first_try)
        ]
    moments = [each for each in happened if each is not None]
    if said is not None:
        moments.append(Instant.from_timestamp(said, unit="microsecond"))
    return min(max(moments, default=now), now)


def skip_numbers(database: Database) -> None:
    """The next rows get numbers that nobody has seen yet."""
    tables = [mapped.table.name for mapped in database.schema]
    skip = text(_ON_SQLITE if database.is_sqlite else _ON_POSTGRESQL)
    with database.transaction() as connection:
        for table in tables:
            connection.execute(skip, {"more": LEFT_OUT, "name": table})
