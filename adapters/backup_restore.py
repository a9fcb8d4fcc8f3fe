"""``snowball restore``: a backup in place of the database, and nothing is sent a second time.

Everything is made ready beside the database; what was there is kept until an operator deletes it.
"""

import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from whenever import Instant

from adapters.backup import SQLITE, connected, does_not_answer, sqlite_file
from adapters.backup_key import NoKeyError, cipher_of, reads
from adapters.backup_marks import settle_past
from adapters.backup_wishes import LOOKS, RESTORED, Kept, Row, honour
from bot.settings import Settings
from storage import backup, backup_postgres
from storage.backup import BackupError
from storage.backup_numbers import made_at, note, skip_numbers
from storage.cipher import Cipher
from storage.claims import Claims
from storage.database import Database
from storage.revision import is_current

ANOTHER_KEY = (
    "The key here is not the one that this backup was written with, so most of it could not be "
    "read. Put the key that was kept with it into data/secret.key or SNOWBALL_SECRET_KEYS."
)

NOTHING: Mapping[str, Sequence[Row]] = {}


@dataclass(frozen=True, slots=True)
class Restored:
    """``made``: when the backup was; ``unknown``: messages that may have been sent since then."""

    made: Instant
    unknown: int
    wishes: Kept | None = None
    forgotten: bool = False
    """Nobody knows what people asked for since the backup."""
    kept_as: str = ""
    """Where the database is that was there before; "" when there was none."""

    def told(self) -> str:
        """What to tell the operator."""
        made = self.made.to_tz("UTC").to_plain().format_iso(unit="minute").replace("T", " ")
        lines = [f"Restored: everything is as it was at {made} UTC."]
        if self.unknown:
            lines.append(
                f"Messages that were due since then: {self.unknown}. They may have been sent, so "
                "none is sent again; members see theirs in /network due."
            )
        lines += self._wishes()
        if self.kept_as:
            lines.append(
                f"What was there before is kept as {self.kept_as}. It holds people's data: delete "
                "it when all is well."
            )
        return "\n".join(lines)

    def _wishes(self) -> Iterator[str]:
        kept = self.wishes
        if kept is not None and (kept.stopped or kept.deleted or kept.alumni):
            yield (
                f"As they had asked since then: {kept.stopped} stay stopped, {kept.deleted} are "
                f"deleted again, {kept.alumni} alumni stay off the list."
            )
        if self.forgotten:
            yield (
                "The database that was here cannot be read, so whoever stopped, deleted their data "
                "or left the list since then is back. Tell your class."
            )


def restore(settings: Settings, file: Path, clock: Callable[[], Instant]) -> Restored:
    """Raises BackupError, and then everything is as it was."""
    if not file.is_file():
        raise BackupError(f"There is no file {file}.")
    try:
        cipher = cipher_of(settings)
        live = sqlite_file(settings)
        if live is not None:
            return _sqlite(file, live, cipher, settings, clock)
        return _postgresql(file, cipher, settings, clock)
    except NoKeyError as error:
        raise BackupError(str(error)) from None
    except DBAPIError as error:
        raise BackupError(does_not_answer(error)) from None
    except OSError as error:
        raise BackupError(f"It could not be put in place: {error.strerror}.") from None


def undo(settings: Settings) -> bool:
    """Put back what was there before a restore that was broken off; whether there was one.

    An SQLite file is exchanged at once, so there it is never needed. Raises BackupError."""
    if sqlite_file(settings) is not None:
        return False
    try:
        with closing(connected(settings, cipher_of(settings))) as database:
            backup_postgres.refuse_in_use(database)
            return backup_postgres.put_back(database)
    except NoKeyError as error:
        raise BackupError(str(error)) from None
    except DBAPIError as error:
        raise BackupError(does_not_answer(error)) from None


def _sqlite(
    file: Path, live: Path, cipher: Cipher, settings: Settings, clock: Callable[[], Instant]
) -> Restored:
    if backup_postgres.is_dump(file):
        raise BackupError(f"{file} is of a PostgreSQL database. Set DATABASE_URL to one.")
    if not backup.is_sqlite(file):
        raise BackupError(f"{file} is no backup of Snowball's.")
    if live.exists() and live.samefile(file):
        raise BackupError("That is the database itself. Name a backup of it.")
    live.parent.mkdir(parents=True, exist_ok=True)
    staged = live.with_name(f"{live.name}.restoring")
    try:
        _stage(file, staged)
        with backup.held(live) if live.exists() else nullcontext() as old:
            now = clock()
            before = backup.looked_up(old, LOOKS) if old is not None else NOTHING
            kept_as = _free(live.with_name(f"{live.name}.before-{_stamp(now)}"))
            with closing(connected(settings, cipher, f"{SQLITE}{staged.absolute()}")) as database:
                ready = _made_ready(database, before, now)
            backup.put_in_place(staged, live, kept_as)
    finally:
        _clear(staged)
    return replace(ready, kept_as=str(kept_as) if kept_as.exists() else "")


def _clear(staged: Path) -> None:
    """With what belongs to it: the journal of one that was broken off is not read into another."""
    for tail in ("", "-wal", "-shm", "-journal"):
        Path(f"{staged}{tail}").unlink(missing_ok=True)


def _stage(file: Path, staged: Path) -> None:
    """A copy to work on, as whole as the backup is."""
    _clear(staged)
    backup.new_file(staged)
    shutil.copyfile(file, staged)
    try:
        backup.refuse_newer(backup.checked(staged))
    except BackupError as error:
        raise BackupError(str(error).replace(str(staged), str(file))) from None
    except sqlite3.Error as error:
        raise BackupError(f"{file} cannot be read: {error}.") from None


def _postgresql(
    file: Path, cipher: Cipher, settings: Settings, clock: Callable[[], Instant]
) -> Restored:
    if not backup_postgres.is_dump(file):
        raise BackupError(
            f"{file} is of an SQLite database. Leave DATABASE_URL empty to restore it."
            if backup.is_sqlite(file)
            else f"{file} is no backup of Snowball's."
        )
    backup.refuse_newer(backup_postgres.checked(file))
    with closing(connected(settings, cipher)) as database:
        backup_postgres.refuse_in_use(database)
        now = clock()
        stamp = _stamp(now)
        with backup_postgres.replaced(database, file, stamp) as kept:
            before = backup_postgres.looked_up(database, kept, LOOKS) if kept else NOTHING
            ready = _made_ready(database, before, now)
    told = f"the schema {backup_postgres.kept_as(stamp)}"
    return replace(ready, kept_as=told if kept else "")


def _made_ready(
    database: Database, before: Mapping[str, Sequence[Row]] | None, now: Instant
) -> Restored:
    """Readable, up to date, with nothing due that may have been sent, and nobody back who left.

    ``before``: what the old database told; None where it could not be read."""
    if reads(database) is False:
        raise BackupError(ANOTHER_KEY)
    made = made_at(database, now)
    if not is_current(database):
        from storage.migrate import migrate  # noqa: PLC0415 - Alembic loads slowly

        migrate(database)
    skip_numbers(database)
    kept = honour(database, before, now) if before else None
    note(database, RESTORED, made)
    note(database, backup.DONE, made)  # the copy itself was made before anybody could know
    unknown = settle_past(database, Claims(database), made, now)
    return Restored(made, unknown, kept, forgotten=before is None)


def _free(file: Path) -> Path:
    """A name that nothing has yet."""
    while file.exists():
        file = file.with_name(f"{file.name}-again")
    return file


def _stamp(now: Instant) -> str:
    return now.to_tz("UTC").to_plain().format_iso(unit="second", basic=True).lower()
