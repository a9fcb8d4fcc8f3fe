"""Which schema a database has, without loading Alembic (its import costs over a second)."""

from sqlalchemy import inspect, text

from storage import wakeups
from storage.database import Database

HEAD = "0005"
"""The newest migration; a test holds it against the folder of migrations."""


def is_current(database: Database) -> bool:
    """Whether every migration has been run, and the queue's tables are there."""
    with database.readers.begin() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return found == HEAD and (database.is_sqlite or wakeups.is_current(connection))
