"""Transactions that PostgreSQL has undone so that others go on: they may be begun again."""

from collections.abc import Generator
from contextlib import contextmanager

from sqlalchemy.exc import OperationalError

from bot.ports import TryAgainError

CODES = frozenset({"40001", "40P01"})
"""PostgreSQL's codes: serialization failure, deadlock."""


@contextmanager
def told() -> Generator[None]:
    """Raises TryAgainError where one was undone in here."""
    try:
        yield
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) in CODES:
            raise TryAgainError from error
        raise
