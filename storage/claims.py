"""The messages owed across all cohorts: the core's Ledger, in SQL that a cohort's Store has not.

The same statements on both databases; on PostgreSQL rows are locked, on SQLite there is one writer.
"""

from collections.abc import Collection
from functools import cached_property
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Row,
    Select,
    Table,
    Text,
    and_,
    bindparam,
    case,
    cast,
    delete,
    exists,
    func,
    literal,
    or_,
    select,
    tuple_,
    update,
)
from whenever import Instant

from bot.domain.cohort import Account, Member, Workspace, rests
from bot.domain.drafts import Draft, Seen
from bot.domain.owed import Owed, OwedState, Urgency
from bot.domain.recipients import BETWEEN, CHANNEL, TOGETHER
from bot.ports import LEASE, LOOK_AGAIN, RowKey, Store, Waiting
from storage.database import Database
from storage.store import SqlStore
from storage.wakeups import BOOKED_AHEAD, again

AT_ONCE = 500
"""Rows forgotten in one transaction, so that commands go between."""

NOW, BOOKED, LEASED, PUT_OFF = "now", "booked_by", "leased_until", "put_off_until"
SERVED, FULL, LIMIT, STOPPED, ROWS = "served", "full", "most", "stopped", "woken_rows"
"""The parameters of the statements, which are built once."""


class Claims:
    """A Ledger on a Database."""

    def __init__(self, database: Database) -> None:
        self.database = database
        schema = database.schema
        self._owed = schema.of(Owed).table
        self._accounts = schema.of(Account).table
        self._workspaces = schema.of(Workspace).table
        self._members = schema.of(Member).table

    def waiting(
        self, now: Instant, surfaces: Collection[str], full: Collection[int], limit: int
    ) -> list[Waiting]:
        with self.database.readers.begin() as connection:
            asked = {**self._asked(connection, now, surfaces, full), LIMIT: limit}
            found = connection.execute(self._wanted, asked).all()
            workspaces = self._through(connection, found)
        return [_waiting(row, workspaces) for row in found]

    def woken(
        self, now: Instant, surfaces: Collection[str], rows: Collection[RowKey]
    ) -> dict[RowKey, Waiting | Instant]:
        with self.database.readers.begin() as connection:
            asked = {**self._asked(connection, now, surfaces, ()), ROWS: [*rows]}
            found = connection.execute(self._woken, asked).all()
            workspaces = self._through(connection, found)
            known: dict[RowKey, Waiting | Instant] = {
                (row.cohort_id, row.id): _waiting(row, workspaces) for row in found
            }
            if others := [each for each in rows if each not in known]:
                mapped = self.database.schema.of(Owed)
                for row in connection.execute(self._these, {ROWS: others}):
                    owed: Owed = mapped.value(row)
                    if (later := again(owed, now)) is not None:
                        known[owed.cohort_id, owed.id] = later
        return known

    def _asked(
        self, connection: Connection, now: Instant, surfaces: Collection[str], full: Collection[int]
    ) -> dict[str, Any]:
        mapped = self.database.schema.of(Workspace)
        stopped = [mapped.value(row) for row in connection.execute(self._stopped)]
        closed = [*full, *(each.id for each in stopped if rests(each, now))]
        ids = [each.id for each in stopped]
        return {SERVED: [*surfaces], STOPPED: ids, FULL: closed, **_moments(now)}

    def _through(self, connection: Connection, found: Collection[Any]) -> dict[int, Workspace]:
        """The workspaces that they would go through."""
        mapped = self.database.schema.of(Workspace)
        ways = {row.way for row in found if row.way is not None}
        known = connection.execute(
            select(*mapped.columns).where(mapped.table.c.id.in_(tuple(ways)))
        )
        return {row.id: mapped.value(row) for row in known}

    @cached_property
    def _stopped(self) -> Select[*tuple[Any, ...]]:
        """Workspaces that are tried once an hour."""
        mapped = self.database.schema.of(Workspace)
        cohorts = select(self.database.schema.cohorts.c.id)
        return select(*mapped.columns).where(
            mapped.table.c.cohort_id.in_(cohorts), mapped.table.c.stopped.is_not(None)
        )

    @cached_property
    def _wanted(self) -> Select[*tuple[Any, ...]]:
        """Built once: building it costs ten times what asking it does."""
        seen = self._look().subquery()
        return (
            select(seen.c.cohort_id, seen.c.to, seen.c.member_id, seen.c.way)
            .where(_goes_now(seen))
            .group_by(seen.c.cohort_id, seen.c.to, seen.c.member_id, seen.c.way)
            .order_by(func.min(seen.c.rank), func.min(seen.c.due), seen.c.to)
            .limit(bindparam(LIMIT, type_=Integer))
        )

    @cached_property
    def _woken(self) -> Select[*tuple[Any, ...]]:
        """The same of single rows."""
        seen = self._look().where(self._is_one_of).subquery()
        columns = (seen.c.cohort_id, seen.c.id, seen.c.to, seen.c.member_id, seen.c.way)
        return select(*columns).where(_goes_now(seen))

    @cached_property
    def _these(self) -> Select[*tuple[Any, ...]]:
        return select(*self.database.schema.of(Owed).columns).where(self._is_one_of)

    @property
    def _is_one_of(self) -> ColumnElement[bool]:
        one = tuple_(self._owed.c.cohort_id, self._owed.c.id)
        return one.in_(bindparam(ROWS, expanding=True))

    def _look(self) -> Select[*tuple[Any, ...]]:
        """The rows to look at now, each with the workspace that it would go through."""
        owed = self._owed
        taken = owed.alias()
        busy = exists().where(
            taken.c.cohort_id == owed.c.cohort_id,
            taken.c.to == owed.c.to,
            taken.c.state == OwedState.SENDING,
            ~_free(taken, LEASED),
        )
        to_channel = owed.c.to.startswith(CHANNEL)
        to_several = owed.c.to.startswith(TOGETHER)
        way = case(
            (to_channel, self._channel(served=True).scalar_subquery()),
            (to_several, self._together(served=True).scalar_subquery()),
            else_=self._dm(served=True).scalar_subquery(),
        )
        everywhere = case(
            (to_channel, self._channel(served=False).exists()),
            (to_several, self._together(served=False).exists()),
            else_=self._dm(served=False).exists(),
        )
        return select(
            owed.c.cohort_id,
            owed.c.id,
            owed.c.to,
            owed.c.member_id,
            owed.c.due,
            case((owed.c.urgency == Urgency.ANSWER, 0), else_=1).label("rank"),
            way.label("way"),
            everywhere.label("reachable"),
        ).where(
            owed.c.cohort_id.in_(select(self.database.schema.cohorts.c.id)),
            or_(
                and_(_is_due(owed), _free(owed, PUT_OFF)),
                owed.c.state == OwedState.SENDING,
            ),
            ~busy,
        )

    def _dm(self, *, served: bool) -> Select[int]:
        """The workspace of the account that the member prefers, else of the one used last; one that
        is stopped only where there is no other."""
        accounts, members = self._accounts, self._members
        found = (
            select(accounts.c.workspace_id)
            .join_from(
                accounts,
                members,
                and_(
                    members.c.cohort_id == accounts.c.cohort_id,
                    members.c.id == accounts.c.member_id,
                ),
            )
            .where(
                accounts.c.cohort_id == self._owed.c.cohort_id,
                accounts.c.member_id == self._owed.c.member_id,
                accounts.c.reachable,
            )
        )
        if served:
            found = found.where(accounts.c.surface.in_(bindparam(SERVED, expanding=True)))
        not_preferred = case((accounts.c.surface == members.c.prefers, 0), else_=1)
        is_stopped = _is_stopped(accounts.c.workspace_id)
        return found.order_by(is_stopped, not_preferred, accounts.c.last_used.desc()).limit(1)

    def _channel(self, *, served: bool) -> Select[int]:
        """The workspace whose channel it is."""
        return self._workspace(served=served).where(
            literal(CHANNEL) + cast(self._workspaces.c.id, Text) == self._owed.c.to,
            self._workspaces.c.channel != "",
        )

    def _together(self, *, served: bool) -> Select[int]:
        """The first workspace in which every one of them can be written to (bot/together.py)."""
        owed, accounts, members = self._owed, self._accounts, self._members
        workspaces = self._workspaces
        several = func.replace(owed.c.to, ":", BETWEEN) + BETWEEN  # "together-12-15-"
        how_many = func.length(several) - func.length(func.replace(several, BETWEEN, "")) - 1
        one = literal(f"%{BETWEEN}") + cast(accounts.c.member_id, Text) + literal(f"{BETWEEN}%")
        reached = (
            select(func.count(accounts.c.member_id.distinct()))
            .join_from(
                accounts,
                members,
                and_(
                    members.c.cohort_id == accounts.c.cohort_id,
                    members.c.id == accounts.c.member_id,
                ),
            )
            .where(
                accounts.c.cohort_id == owed.c.cohort_id,
                accounts.c.workspace_id == workspaces.c.id,
                accounts.c.reachable,
                members.c.stopped.is_(None),
                several.like(one),
            )
            .correlate(owed, workspaces)
        )
        return self._workspace(served=served).where(
            or_(workspaces.c.channel != "", ~workspaces.c.meets_in_channel),
            reached.scalar_subquery() == how_many,
        )

    def _workspace(self, *, served: bool) -> Select[int]:
        """One of the cohort's workspaces, the oldest first; last, one that is stopped."""
        workspaces = self._workspaces
        found = select(workspaces.c.id).where(workspaces.c.cohort_id == self._owed.c.cohort_id)
        if served:
            found = found.where(workspaces.c.surface.in_(bindparam(SERVED, expanding=True)))
        return found.order_by(_is_stopped(workspaces.c.id), workspaces.c.id).limit(1)

    def locked(self, store: Store, to: str, now: Instant) -> list[Owed]:
        store = _sql(store)
        mapped = self.database.schema.of(Owed)
        whose = {"cohort": store.cohort_id, "recipient": to, **_moments(now)}
        return [mapped.value(row) for row in store.connection.execute(self._theirs, whose)]

    @cached_property
    def _theirs(self) -> Select[*tuple[Any, ...]]:
        mapped = self.database.schema.of(Owed)
        owed = self._owed
        wanted = (
            select(*mapped.columns)
            .where(
                owed.c.cohort_id == bindparam("cohort"),
                owed.c.to == bindparam("recipient"),
                or_(_is_due(owed), owed.c.state == OwedState.SENDING),
            )
            .order_by(owed.c.due, owed.c.id)
        )
        return wanted if self.database.is_sqlite else wanted.with_for_update()

    def unanswered(self, store: Store, member_id: int, by: int) -> None:
        store = _sql(store)
        members = self._members
        now_so_many = members.c.ignored + by
        store.connection.execute(
            update(members)
            .where(members.c.cohort_id == store.cohort_id, members.c.id == member_id)
            .values(ignored=case((now_so_many < 0, 0), else_=now_so_many))
        )

    def returned(self, now: Instant) -> int:
        workspaces = self._workspaces
        cohorts = select(self.database.schema.cohorts.c.id)
        working = and_(workspaces.c.cohort_id.in_(cohorts), workspaces.c.stopped.is_(None))
        with self.database.transaction() as connection:
            return connection.execute(update(workspaces).where(working).values(back=now)).rowcount

    def tidy(self, seen_before: Instant, drafts_before: Instant) -> int:
        self._forget_words(drafts_before)
        seen = self.database.schema.of(Seen).table
        drafts = self.database.schema.of(Draft).table
        return self._forget(seen, seen.c.at < seen_before) + self._forget(
            drafts, drafts.c.made < drafts_before
        )

    def _forget_words(self, before: Instant) -> None:
        """Of messages that may not have come, and that nobody needs to see any more."""
        owed = self._owed
        cohorts = select(self.database.schema.cohorts.c.id)
        old = and_(
            owed.c.cohort_id.in_(cohorts),
            owed.c.state == OwedState.UNKNOWN,
            owed.c.settled < before,
            func.length(owed.c.reply) > 0,
        )
        with self.database.transaction() as connection:
            connection.execute(update(owed).where(old).values(reply=""))

    def _forget(self, table: Table, old: ColumnElement[bool]) -> int:
        forgotten = 0
        key = tuple_(table.c.cohort_id, table.c.id)
        cohorts = select(self.database.schema.cohorts.c.id)
        some = (
            select(table.c.cohort_id, table.c.id)
            .where(table.c.cohort_id.in_(cohorts), old)
            .limit(AT_ONCE)
        )
        while True:
            with self.database.transaction() as connection:
                gone = connection.execute(delete(table).where(key.in_(some))).rowcount
            forgotten += gone
            if gone < AT_ONCE:
                return forgotten


def _is_stopped(workspace: Any) -> ColumnElement[int]:
    return case((workspace.in_(bindparam(STOPPED, expanding=True)), 1), else_=0)


def _goes_now(seen: Any) -> ColumnElement[bool]:
    """There is a way that is not closed; or none at all, which is to be written down."""
    way, open_ = seen.c.way, seen.c.way.is_not(None)
    full = bindparam(FULL, expanding=True)
    return or_(and_(open_, way.not_in(full)), and_(~open_, ~seen.c.reachable))


def _is_due(owed: Any) -> ColumnElement[bool]:
    return and_(
        owed.c.state == OwedState.DUE,
        owed.c.due <= bindparam(BOOKED),
        or_(owed.c.due <= bindparam(NOW), owed.c.urgency == Urgency.BOOKED),
    )


def _free(owed: Any, longest: str) -> ColumnElement[bool]:
    """Nobody's, and not put off; a moment too far away was written by a clock that ran ahead."""
    until = owed.c.lease_until
    return or_(until.is_(None), until <= bindparam(NOW), until > bindparam(longest))


def _moments(now: Instant) -> dict[str, Instant]:
    """What the statements compare with, by the names of their parameters."""
    return {NOW: now, BOOKED: now + BOOKED_AHEAD, LEASED: now + LEASE, PUT_OFF: now + LOOK_AGAIN}


def _waiting(row: Row[*tuple[Any, ...]], workspaces: dict[int, Workspace]) -> Waiting:
    return Waiting(row.cohort_id, row.to, row.member_id, workspaces.get(row.way))


def _sql(store: Store) -> SqlStore:
    if not isinstance(store, SqlStore):
        raise TypeError("a store of another kind than this ledger's")
    return store
