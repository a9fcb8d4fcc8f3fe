"""The key of encryption as it is, never a new one; and whether it reads what is stored."""

from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, Text, inspect, select, type_coerce

from bot.settings import Settings
from storage.cipher import KEY_FILE, Cipher, LostKeyError, keys_from
from storage.database import Database


class NoKeyError(Exception):
    """The message says in words what is missing."""


def key_file(settings: Settings) -> Path | None:
    """The file that the key is in; None when it is in the environment."""
    return None if settings.secret_keys.get_secret_value() else settings.data / KEY_FILE


def where(settings: Settings) -> str:
    """How an operator finds the key."""
    file = key_file(settings)
    return "the value of SNOWBALL_SECRET_KEYS" if file is None else str(file)


def cipher_of(settings: Settings) -> Cipher:
    """Raises NoKeyError where there is none, or none that can be used."""
    file = key_file(settings)
    if file is not None and not file.exists():
        raise NoKeyError(
            f"There is no key: neither SNOWBALL_SECRET_KEYS nor {file}. Put the key there that "
            "was kept with the backup."
        )
    try:
        return Cipher(keys_from(settings.data, settings.secret_keys.get_secret_value()))
    except ValueError:
        raise NoKeyError(f"{where(settings)} holds no key that I can use.") from None


def reads(database: Database) -> bool | None:
    """Whether the key reads the first and the last of each kind; None: nothing is encrypted."""
    found: list[bool] = []
    with database.readers.begin() as connection:
        there = {
            (table, column["name"])
            for table in inspect(connection).get_table_names()
            for column in inspect(connection).get_columns(table)
        }
        for mapped in database.schema:
            for name in (*mapped.secret, *mapped.matched):
                if (mapped.table.name, name) in there:
                    found += _read(connection, mapped.table.c[name], mapped.table.c.id)
    return all(found) if found else None


def _read(connection: Connection, column: Column[Any], number: Column[Any]) -> list[bool]:
    done: list[bool] = []
    for order in (number.asc(), number.desc()):
        some = select(column).where(type_coerce(column, Text) != "").order_by(order).limit(1)
        try:
            done += [True for _ in connection.execute(some).scalars()]
        except LostKeyError:
            done.append(False)
    return done
