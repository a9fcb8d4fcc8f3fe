"""``snowball doctor``: one page on how a deployment is, and for each problem what to do.

It looks and changes nothing, and prints no token and nobody's name.
"""

import asyncio
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import inspect, select, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from whenever import Instant, TimeDelta

from adapters.backup import UNFINISHED, connected, does_not_answer, size, sqlite_file
from adapters.backup_key import NoKeyError, cipher_of, key_file, reads, where
from adapters.doctor_platforms import Finding, look_at_platforms
from adapters.doctor_processes import findings, processes_of, span
from adapters.doctor_queue import Queue, Reached, queue_of, workspaces_of
from adapters.right_time import finding
from bot.settings import Settings, complaints
from storage.backup import DONE, BackupError
from storage.backup_postgres import is_unfinished
from storage.database import Database
from storage.leases import SqlLeases
from storage.revision import HEAD

WAITS_TOO_LONG = TimeDelta(minutes=10)
BACKUP_OLD = TimeDelta(hours=24 * 8)
LITTLE_SPACE = 500_000_000
"""Bytes."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was found, in the order of the page."""

    findings: tuple[Finding, ...]

    @property
    def status(self) -> int:
        """0 when nothing has to be done."""
        return 1 if any(each.to_do for each in self.findings) else 0

    def page(self) -> str:
        """For a terminal."""
        widest = max(len(each.about) for each in self.findings)
        lines: list[str] = []
        for each in self.findings:
            mark = "!!" if each.to_do else "ok"
            lines.append(f"{mark}  {each.about:{widest}}  {each.said}")
            if each.to_do:
                lines.append(f"    {'':{widest}}  → {each.to_do}")
        wrong = sum(1 for each in self.findings if each.to_do)
        lines.append("")
        lines.append("All is well." if not wrong else f"To look at: {wrong}, marked with !!")
        return "\n".join(lines)


def examine(settings: Settings, now: Instant, *, offline: bool = False) -> Report:
    """Look at everything. ``offline``: ask no platform."""
    found = [Finding("Settings", each, "Mend it in .env.") for each in complaints(settings)]
    teams: list[tuple[str, str]] = []
    try:
        found += list(_stored(settings, now, teams))
    except BackupError as error:
        found.append(Finding("Database", str(error), "See DATABASE_URL in .env."))
    except DBAPIError as error:
        found.append(Finding("Database", does_not_answer(error), "Start it, or see DATABASE_URL."))
    except SQLAlchemyError as error:
        found.append(Finding("Database", type(error).__name__, "See DATABASE_URL in .env."))
    found.append(_space(settings))
    if not (settings.slack or settings.discord):
        found.append(Finding("Platforms", "none is configured: `snowball run` is the playground"))
    elif offline:
        found.append(Finding("Platforms", "not asked (--offline)"))
    else:
        found += asyncio.run(look_at_platforms(settings, teams))
    return Report(tuple(found))


def _stored(settings: Settings, now: Instant, teams: list[tuple[str, str]]) -> Iterator[Finding]:
    live = sqlite_file(settings)
    if live is not None and not live.is_file():
        yield Finding("Database", f"none yet; the first start makes {live}")
        return
    try:
        cipher = cipher_of(settings)
    except NoKeyError as error:
        yield Finding("Key", str(error), "Without it nothing that is encrypted can be read.")
        return
    with closing(connected(settings, cipher)) as database:
        if live is None and is_unfinished(database):
            yield Finding("Database", "a restore came to no end", UNFINISHED)
            return
        revision = _revision(database)
        yield _database(live, database, revision)
        if live is not None and _is_open(live):
            said = f"others on this machine can read {live}"
            yield Finding("Database", said, f"chmod 600 {live}*")
        yield _key(settings, database)
        if revision != HEAD:
            return
        if live is None:
            yield finding(database)
        yield from _queue(queue_of(database, now), now)
        yield from findings(processes_of(SqlLeases(database), now), settings, now)
        yield from (_workspace(each, now) for each in workspaces_of(database))
        yield _backup(database, now)
        teams += _installed(database, settings)


def _revision(database: Database) -> str:
    with database.readers.begin() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return ""
        return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar())


def _database(live: Path | None, database: Database, revision: str) -> Finding:
    where_ = f"SQLite, {live} ({size(live)})" if live else f"PostgreSQL, {database.url.database}"
    if revision == HEAD:
        return Finding("Database", f"{where_}, revision {revision}")
    if revision > HEAD:
        return Finding(
            "Database", f"{where_}, revision {revision}: newer than this Snowball ({HEAD})",
            "Upgrade Snowball to the version that it ran with.",
        )  # fmt: skip
    return Finding(
        "Database", f"{where_}, revision {revision or 'none'}; {HEAD} is needed",
        "Back up, then run `snowball migrate`.",
    )  # fmt: skip


def _is_open(file: Path) -> bool:
    """Whether its group or everybody may read it, and come to it through its folder."""
    mode, folder = file.stat().st_mode, file.parent.stat().st_mode
    return any(mode & may and folder & enter for may, enter in ((0o040, 0o010), (0o004, 0o001)))


def _key(settings: Settings, database: Database) -> Finding:
    read = reads(database)
    file = key_file(settings)
    if read is False:
        return Finding(
            "Key", f"{where(settings)} does not read all that is encrypted",
            "Put the older key behind it: SNOWBALL_SECRET_KEYS=new,old.",
        )  # fmt: skip
    if file is not None and file.stat().st_mode & 0o077:
        return Finding("Key", f"others on this machine can read {file}", f"chmod 600 {file}")
    well = "reads what is encrypted" if read else "is there; nothing is encrypted yet"
    return Finding("Key", f"{where(settings)} {well}")


def _queue(queue: Queue, now: Instant) -> Iterator[Finding]:
    late = queue.oldest is not None and now - queue.oldest > WAITS_TOO_LONG
    waits = f", the oldest for {span(now - queue.oldest)}" if queue.oldest is not None else ""
    yield Finding(
        "Messages due", f"{queue.due}{waits}; {queue.held} wait for a better hour",
        "Is `snowball run` running, and connected (/readyz)? Its log says what it cannot send."
        if late else "",
    )  # fmt: skip
    yield Finding(
        "Being sent", f"{queue.sending}, {queue.stuck} of them for too long",
        "Is `snowball run` running? It takes them up again within two minutes."
        if queue.stuck else "",
    )  # fmt: skip
    yield Finding("Unknown, 7 days", f"{queue.unknown} may not have come; members see theirs")
    yield Finding("Undeliverable, 7 days", f"{queue.undeliverable}; organisers see whom to help")


def _workspace(each: Reached, now: Instant) -> Finding:
    last = "no message yet" if each.last is None else f"last message {span(now - each.last)} ago"
    blocked = f"; {each.blocked} cannot be written to" if each.blocked else ""
    about = f"{each.surface} {each.external_id}"
    if each.stopped is not None:
        stopped = f"nothing could be sent for {span(now - each.stopped)}: {each.trouble or '?'}"
        return Finding(
            about, f"{stopped}; {last}{blocked}",
            "Install the app there again, or mend its token or rights. It is tried once an hour.",
        )  # fmt: skip
    return Finding(about, f"{last}{blocked}")


def _backup(database: Database, now: Instant) -> Finding:
    counters = database.schema.counters
    with database.readers.begin() as connection:
        at = connection.execute(select(counters.c.last).where(counters.c.name == DONE)).scalar()
    if at is None:
        return Finding("Backup", "none made with `snowball backup` yet")
    age = now - Instant.from_timestamp(at, unit="microsecond")
    to_do = "Run `snowball backup`, every day by cron." if age > BACKUP_OLD else ""
    return Finding("Backup", f"the last one {span(age)} ago", to_do)


def _installed(database: Database, settings: Settings) -> list[tuple[str, str]]:
    """Workspaces with a token of their own."""
    if not settings.slack_client_id:
        return []
    return [(each.external_id, each.token) for each in database.workspaces("slack") if each.token]


def _space(settings: Settings) -> Finding:
    folder = settings.data if settings.data.is_dir() else Path()
    free = shutil.disk_usage(folder).free
    said = f"{free / 1_000_000_000:.1f} GB free for {settings.data}"
    return Finding("Disk", said, "Make room." if free < LITTLE_SPACE else "")
