"""A test's database as if migrations had made it: their own table says which was the last."""

from sqlalchemy import text

from storage.database import Database
from storage.revision import HEAD


def as_migrated(database: Database, revision: str = HEAD) -> None:
    """Say so in the database (running them takes a second); again, with another one, to change."""
    with database.transaction() as connection:
        connection.execute(
            text("CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) NOT NULL)")
        )
        connection.execute(text("DELETE FROM alembic_version"))
        connection.execute(text("INSERT INTO alembic_version VALUES (:it)"), {"it": revision})
