"""How the messages owed stand: for ``snowball doctor``, ``/metrics`` and ``/readyz``.

Figures and workspaces only: nobody's name, and none of the words.
"""

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import structlog
from sqlalchemy import Text, and_, case, cast, func, literal, or_, select, text
from whenever import Instant, TimeDelta

from adapters.web.metrics import Metrics
from bot.domain.cohort import Account, Workspace
from bot.domain.owed import Owed, OwedState
from bot.domain.recipients import CHANNEL
from bot.ports import Clock
from storage.database import Database
from storage.types import InstantColumn

log = structlog.get_logger(__name__)
LATELY = TimeDelta(hours=24 * 7)
FRESH = 5.0
"""Seconds that figures are shown again before the database is asked anew."""


@dataclass(frozen=True, slots=True)
class Queue:
    """``due``: could go now, and nobody has taken it. ``held``: due, and put off for a while (in
    quiet hours, say). ``stuck``: being sent for longer than a worker has it to itself.

    ``unknown`` and ``undeliverable`` are those of the last seven days; ``stopped``: workspaces
    through which nothing can be sent."""

    due: int = 0
    oldest: Instant | None = None
    held: int = 0
    sending: int = 0
    stuck: int = 0
    unknown: int = 0
    undeliverable: int = 0
    stopped: int = 0

    def oldest_seconds(self, now: Instant) -> float:
        """How long the oldest has been due."""
        return max(0.0, (now - self.oldest).total("seconds")) if self.oldest is not None else 0.0


def queue_of(database: Database, now: Instant) -> Queue:
    """How it stands now, in one look."""
    owed, spaces = (database.schema.of(each).table for each in (Owed, Workspace))
    state, until = owed.c.state, owed.c.lease_until
    over = or_(until.is_(None), until <= now)
    is_due = and_(state == OwedState.DUE, owed.c.due <= now)
    is_sending = state == OwedState.SENDING
    lately = owed.c.settled >= now - LATELY
    wanted = select(
        _number(and_(is_due, over)),
        func.min(case((and_(is_due, over), owed.c.due)), type_=InstantColumn()),
        _number(and_(is_due, ~over)),
        _number(is_sending),
        _number(and_(is_sending, over)),
        _number(and_(state == OwedState.UNKNOWN, lately)),
        _number(and_(state == OwedState.UNDELIVERABLE, lately)),
        select(func.count()).where(spaces.c.stopped.is_not(None)).scalar_subquery(),
    ).where(or_(is_due, is_sending, lately))
    with database.readers.begin() as connection:
        return Queue(*connection.execute(wanted).one())


def _number(condition: Any) -> Any:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


@dataclass(frozen=True, slots=True)
class Reached:
    """A workspace, and when a message last arrived with somebody in it or in its channel."""

    surface: str
    external_id: str
    last: Instant | None
    blocked: int
    """Accounts in it that cannot be written to."""
    stopped: Instant | None
    """Since when nothing goes through it."""
    trouble: str
    """The surface's own code for why."""


def workspaces_of(database: Database) -> list[Reached]:
    """Every workspace; a member of two counts in both."""
    owed = database.schema.of(Owed).table
    spaces, accounts = (database.schema.of(each).table for each in (Workspace, Account))
    here = and_(accounts.c.cohort_id == spaces.c.cohort_id, accounts.c.workspace_id == spaces.c.id)
    theirs = select(accounts.c.member_id).where(here).correlate(spaces)
    last = (
        select(func.max(owed.c.settled, type_=InstantColumn()))
        .where(
            owed.c.cohort_id == spaces.c.cohort_id,
            owed.c.state == OwedState.SENT,
            or_(
                owed.c.member_id.in_(theirs),
                owed.c.to == literal(CHANNEL) + cast(spaces.c.id, Text),
            ),
        )
        .correlate(spaces)
        .scalar_subquery()
    )
    blocked = (
        select(func.count())
        .select_from(accounts)
        .where(here, ~accounts.c.reachable)
        .correlate(spaces)
        .scalar_subquery()
    )
    stop = (spaces.c.stopped, spaces.c.trouble)
    wanted = select(spaces.c.surface, spaces.c.external_id, last, blocked, *stop)
    wanted = wanted.order_by(spaces.c.id)
    with database.readers.begin() as connection:
        return [Reached(*row) for row in connection.execute(wanted)]


def answers(database: Database) -> bool:
    """Whether the database can be read; raises where it cannot."""
    with database.readers.begin() as connection:
        return connection.execute(text("SELECT 1")).scalar_one() == 1


class Figures:
    """The queue as it stood some seconds ago; where it cannot be asked, no number at all."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database, self._clock = database, clock
        self._lock = threading.Lock()
        self._seen: Queue | None = None
        self._until = 0.0

    def watch(self, metrics: Metrics) -> None:
        """Show them on ``/metrics``."""

        def show(name: str, about: str, value: Callable[[Queue], float]) -> None:
            metrics.watch(f"snowball_{name}", about, lambda: self._number(value))

        show("rows_due", "Messages that could go now.", lambda q: q.due)
        show(
            "oldest_due_seconds",
            "How long the oldest of them has been due.",
            lambda q: q.oldest_seconds(self._clock.now()),
        )
        show("rows_held", "Messages that wait for a better hour.", lambda q: q.held)
        show("rows_sending", "Messages being sent.", lambda q: q.sending)
        show("rows_unknown", "Messages of the last week that may not have come.",
             lambda q: q.unknown)  # fmt: skip
        show("rows_undeliverable", "Messages of the last week that could not be delivered.",
             lambda q: q.undeliverable)  # fmt: skip
        show("workspaces_stopped", "Workspaces through which nothing can be sent.",
             lambda q: q.stopped)  # fmt: skip

    def _number(self, value: Callable[[Queue], float]) -> float:
        queue = self._look()
        return math.nan if queue is None else value(queue)

    def _look(self) -> Queue | None:
        with self._lock:
            if time.monotonic() >= self._until:
                self._until = time.monotonic() + FRESH
                try:
                    self._seen = queue_of(self._database, self._clock.now())
                except Exception as error:  # noqa: BLE001 - the page is there to tell, not to fail
                    log.warning("queue not counted", error=type(error).__name__)
                    self._seen = None
            return self._seen
