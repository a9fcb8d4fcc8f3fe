"""Runs the migrations: ``snowball migrate``, and by itself on a first start."""

from pathlib import Path

from alembic import command
from alembic.config import Config

from storage.database import Database

HERE = Path(__file__).parent


def config(database: Database) -> Config:
    """Alembic's settings for this database; there is no alembic.ini to keep in step."""
    made = Config()
    made.set_main_option("script_location", str(HERE / "migrations"))
    made.attributes["database"] = database
    return made


def migrate(database: Database, to: str = "head") -> None:
    """Bring the database to a revision; all of it or nothing (both databases roll DDL back)."""
    command.upgrade(config(database), to)


def go_back(database: Database, to: str) -> None:
    """Back to an earlier revision."""
    command.downgrade(config(database), to)
