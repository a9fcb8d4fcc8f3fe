"""``snowball backup``: one file that holds the whole database, checked before it says done."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from whenever import Instant

from adapters.backup_key import NoKeyError, cipher_of, where
from bot.content import load
from bot.settings import Settings
from storage import backup, backup_postgres
from storage.backup import BackupError
from storage.backup_numbers import note
from storage.cipher import Cipher
from storage.database import Database

SQLITE = "sqlite:///"
UNFINISHED = (
    "A restore was broken off here, or is under way. Run `snowball restore FILE` once more, or "
    "`snowball restore --undo` to have back what was there before."
)


def sqlite_file(settings: Settings) -> Path | None:
    """The file of the database; None for PostgreSQL."""
    url = settings.url()
    return Path(url.removeprefix(SQLITE)) if url.startswith(SQLITE) else None


def connected(settings: Settings, cipher: Cipher, url: str = "") -> Database:
    """The database as it is: nothing is made and nothing migrated. Raises BackupError."""
    try:
        return Database(url or settings.url(), cipher, load().fields)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError):
        raise BackupError("DATABASE_URL is no address that I can use.") from None


def back_up(settings: Settings, to: Path | None, now: Instant, *, yes: bool = False) -> str:
    """Make the copy; what to tell the operator. Raises BackupError."""
    live = sqlite_file(settings)
    made = to or Path(_name(now, "dump" if live is None else "sqlite3"))
    if made.exists() and not yes:
        raise BackupError(f"{made} is there already. Name another file, or say --yes.")
    if not made.absolute().parent.is_dir():
        raise BackupError(f"There is no folder {made.absolute().parent}.")
    if live is not None and not live.is_file():
        raise BackupError(f"There is no database to back up at {live}.")
    if live is not None and made.exists() and made.samefile(live):
        raise BackupError("That is the database itself. Name another file.")
    part = made.with_name(f"{made.name}.part")
    part.unlink(missing_ok=True)
    try:
        backup.new_file(part)
        revision = _of_sqlite(live, part, now) if live else _of_postgresql(settings, part, now)
        part.replace(made)
    except OSError as error:
        raise BackupError(f"{made} could not be written: {error.strerror}.") from None
    finally:
        part.unlink(missing_ok=True)
    return (
        f"Backed up to {made} ({size(made)}), and checked: it is whole, at revision {revision}.\n"
        f"Nobody can read it without the key. Keep {where(settings)} too, but not in the same "
        "place as this file."
    )


def _of_sqlite(live: Path, part: Path, now: Instant) -> str:
    try:
        backup.copy(live, part, now)
        revision = backup.checked(part)
        backup.note_done(live, now)
    except sqlite3.Error as error:
        raise BackupError(f"The copy could not be made: {error}.") from None
    return revision


def _of_postgresql(settings: Settings, part: Path, now: Instant) -> str:
    try:
        with closing(connected(settings, cipher_of(settings))) as database:
            if backup_postgres.is_unfinished(database):
                raise BackupError(UNFINISHED)
            note(database, backup.BEGUN, now)
            backup_postgres.dump(database, part)
            revision = backup_postgres.checked(part)
            note(database, backup.DONE, now)
            return revision
    except NoKeyError as error:
        raise BackupError(str(error)) from None
    except DBAPIError as error:
        raise BackupError(does_not_answer(error)) from None


def does_not_answer(error: DBAPIError) -> str:
    """What the database's own words say, without what was asked of it."""
    return f"The database does not answer: {str(error.orig).splitlines()[0]}"


def size(file: Path) -> str:
    """How large, for people."""
    there = file.stat().st_size
    return f"{there / 1_000_000:.1f} MB" if there >= 100_000 else f"{there / 1000:.0f} kB"


def _name(now: Instant, ending: str) -> str:
    stamp = f"{now.to_tz('UTC').to_plain().format_iso(unit='minute')}Z".replace(":", "")
    return f"snowball-{stamp}.{ending}"
