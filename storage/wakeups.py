"""Jobs in PostgreSQL's queue that wake rows: made in the transaction that plans the row.

A job holds the row's number and nothing else. The row is the truth: a job that comes twice, late,
or for a row that is settled changes nothing; rows without a job are found by the engine's own look.
"""

from collections.abc import Collection
from importlib.metadata import version
from itertools import islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, text
from whenever import Instant, TimeDelta

from bot.domain.owed import Owed, OwedState, Urgency
from bot.ports import LEASE

if TYPE_CHECKING:
    from pgqueuer.adapters.persistence.qb import QueryQueueBuilder
    from pgqueuer.domain.settings import DBSettings
    from pgqueuer.queries import SyncQueries

BOOKED_AHEAD = TimeDelta(hours=24 * 4)
"""How far a reminder of a booked talk may have to move earlier: over a long weekend."""
QUEUE = "snowball_pgqueuer"
"""The queue's table; those beside it begin so."""
OWED = "owed"
"""What the jobs are called."""
PRIORITY = {Urgency.ANSWER: 2, Urgency.BOOKED: 1, Urgency.NUDGE: 0}
EARLY = TimeDelta(seconds=5)
"""As much as the clocks of the database and of a worker may differ."""
SOON = TimeDelta(seconds=2)
AT_ONCE = 1000
"""Jobs made, or forgotten, by one statement."""
LOG_KEPT = "1 hour"


def moment(row: Owed) -> Instant | None:
    """When somebody should look at this row; None when nobody need, or somebody has it."""
    match row.state:
        case OwedState.DUE:
            early = row.urgency is Urgency.BOOKED
            begins = row.due - BOOKED_AHEAD if early else row.due
            return max(begins, row.lease_until) if row.lease_until is not None else begins
        case OwedState.SENDING if not row.worker:
            return row.lease_until
        case _:
            return None


def again(row: Owed, now: Instant) -> Instant | None:
    """When to wake a row again that nobody can be served for now; None: it has another job.

    It came a little early, its recipient is being served, or its worker may be gone."""
    match row.state:
        case OwedState.DUE:
            at = moment(row) or now
            if at > now:
                return at if at - now <= EARLY else None
            return now + SOON
        case OwedState.SENDING:
            until = row.lease_until
            return until if until is not None and now < until <= now + LEASE else now + SOON
        case _:
            return None


def names() -> "DBSettings":
    """What the queue's tables are called, whatever the environment says."""
    from pgqueuer.domain.settings import DBSettings, Durability  # noqa: PLC0415 - loads slowly
    from pgqueuer.domain.types import Channel  # noqa: PLC0415

    return DBSettings(
        prefix="snowball_",
        db_schema=None,
        channel=Channel("snowball_ch_pgqueuer"),
        function="snowball_fn_pgqueuer_changed",
        statistics_table=f"{QUEUE}_statistics",
        queue_status_type=f"{QUEUE}_status",
        queue_table=QUEUE,
        queue_table_log=f"{QUEUE}_log",
        trigger="snowball_tg_pgqueuer_changed",
        schedules_table=f"{QUEUE}_schedules",
        durability=Durability.balanced,
        widen_id=True,
    )


def is_there(connection: Connection) -> bool:
    """Whether the queue's table is."""
    found = connection.execute(text("SELECT to_regclass(:name)"), {"name": QUEUE}).scalar()
    return found is not None


def is_current(connection: Connection) -> bool:
    """Whether the queue's tables are those of the library here, or of a newer one elsewhere."""
    noted = connection.execute(
        text("SELECT obj_description(to_regclass(:name), 'pg_class')"), {"name": QUEUE}
    ).scalar()
    return noted is not None and _numbers(str(noted)) >= _numbers(version("pgqueuer"))


def noted() -> str:
    """The statement that notes of which version the tables are."""
    return f"COMMENT ON TABLE {QUEUE} IS '{version('pgqueuer')}'"


def say(connection: Connection, statements: str) -> None:
    """Run the library's own words as they are: percent signs in them are no parameters."""
    _driver(connection).execute(statements.encode())


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection


def _numbers(written: str) -> tuple[int, ...]:
    return tuple(int(each) for each in written.split(".") if each.isdigit())


class Jobs:
    """Makes and forgets jobs, where there is a queue."""

    def __init__(self) -> None:
        self._there = False
        self._builder: QueryQueueBuilder | None = None

    def make(self, connection: Connection, rows: Collection[Owed], now: Instant) -> None:
        """A job for each row that somebody should look at, unless it has one for that moment."""
        wanted = [(row, at) for row in rows if (at := moment(row)) is not None]
        if not wanted or not self._is_there(connection):
            return
        queries = self._queries(connection)
        waiting = iter(sorted(wanted, key=lambda each: (each[0].cohort_id, each[0].id)))
        while some := list(islice(waiting, AT_ONCE)):
            numbers = [f"{row.cohort_id}:{row.id}" for row, _ in some]
            queries.enqueue(
                [OWED] * len(some),
                [number.encode() for number in numbers],
                [PRIORITY[row.urgency] for row, _ in some],
                execute_after=[max(at - now, TimeDelta()).to_stdlib() for _, at in some],
                dedupe_key=[
                    f"{number}@{at.timestamp(unit='microsecond')}"
                    for number, (_, at) in zip(numbers, some, strict=True)
                ],
                on_conflict="skip",
            )

    def tidy(self, connection: Connection) -> int:
        """Forget the jobs of rows that are settled or gone, and the queue's own log; how many."""
        if not self._is_there(connection):
            return 0
        # Nothing is known yet of rows that are new, and looking them up one by one takes minutes.
        connection.execute(text("SET LOCAL enable_nestloop = off"))
        return sum(connection.execute(text(each)).rowcount for each in (_SETTLED, _LOG))

    def _is_there(self, connection: Connection) -> bool:
        self._there = self._there or is_there(connection)
        return self._there

    def _queries(self, connection: Connection) -> "SyncQueries":
        from pgqueuer.adapters.persistence.qb import QueryQueueBuilder  # noqa: PLC0415
        from pgqueuer.queries import SyncQueries  # noqa: PLC0415

        self._builder = self._builder or QueryQueueBuilder(names())
        return SyncQueries(Within(connection), self._builder)


class Within:
    """The queue's own statements inside our transaction (pgqueuer's SyncDriver)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = _driver(connection)

    def fetch(self, query: str, *values: object) -> list[dict[str, object]]:
        """Run one; its rows."""
        from psycopg import RawCursor  # noqa: PLC0415
        from psycopg.rows import dict_row  # noqa: PLC0415

        with RawCursor(self._connection, row_factory=dict_row) as cursor:
            return cursor.execute(query.encode(), values or None).fetchall()


_SETTLED = f"""
    DELETE FROM {QUEUE} AS job
    WHERE job.status = 'queued' AND job.entrypoint = '{OWED}' AND NOT EXISTS (
        SELECT FROM owed AS row
        WHERE row.state IN ('{OwedState.DUE}', '{OwedState.SENDING}')
          AND row.cohort_id = split_part(convert_from(job.payload, 'UTF8'), ':', 1)::bigint
          AND row.id = split_part(convert_from(job.payload, 'UTF8'), ':', 2)::bigint
    )
"""  # noqa: S608 - our own words
_LOG = f"DELETE FROM {QUEUE}_log WHERE created < now() - interval '{LOG_KEPT}'"  # noqa: S608
