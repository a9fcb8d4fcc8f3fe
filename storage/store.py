"""One cohort's rows within one transaction: the core's Store on SQLAlchemy Core."""

from collections.abc import Collection, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, TypeVar

from sqlalchemy import Connection, insert, update
from sqlalchemy.exc import IntegrityError
from whenever import Instant

from bot.domain.availability import Place
from bot.domain.cohort import Cohort
from bot.domain.owed import Owed
from bot.domain.people import Alum
from bot.ports import AlreadyThereError, AlumHits, AlumQuery, NeedsWritingError
from storage import joining
from storage.elsewhere import places_elsewhere
from storage.search import Directory
from storage.statements import COHORT, LIMIT, ROW, Rows, Statements, asked
from storage.tables import Mapped, Schema, referring
from storage.undone import told

R = TypeVar("R")
BATCH = 500
"""Rows written by one statement: SQLite takes 32,766 variables in one (limits page)."""


class SqlStore:
    """A Store bound to one cohort and one connection's transaction."""

    def __init__(
        self,
        connection: Connection,
        statements: Statements,
        schema: Schema,
        cohort_id: int,
        directory: Directory,
        *,
        may_write: bool,
    ) -> None:
        self.connection = connection
        self.schema = schema
        self.cohort_id = cohort_id
        self.owes_anew = False
        self.to_wake: dict[tuple[int, int], Owed] = {}
        """Messages owed as this transaction has written them last, by cohort and id."""
        self._say = statements
        self._directory = directory
        self._may_write = may_write

    def in_cohort(self, cohort_id: int) -> "SqlStore":
        """The same transaction, bound to another cohort: for joining one alone."""
        store = SqlStore(
            self.connection, self._say, self.schema, cohort_id, self._directory, may_write=True
        )
        store.to_wake = self.to_wake
        return store

    def cohort(self) -> Cohort:
        row = self.connection.execute(self._say.cohort(), {COHORT: self.cohort_id}).one()
        return self.schema.cohort.value(row)

    def save_cohort(self, cohort: Cohort) -> None:
        self._writes()
        mapped = self.schema.cohort
        self.connection.execute(
            update(mapped.table)
            .where(mapped.table.c.id == self.cohort_id)
            .values(mapped.row(cohort, self.schema.cipher))
        )

    def get(self, kind: type[R], row_id: int) -> R | None:
        mapped = self.schema.of(kind)
        return self._one(mapped, self._say.one(mapped), row_id)

    def held(self, kind: type[R], row_id: int) -> R | None:
        if not self._may_write:
            return self.get(kind, row_id)
        mapped = self.schema.of(kind)
        return self._one(mapped, self._say.held(mapped), row_id)

    def _one(self, mapped: Mapped, wanted: Rows, row_id: int) -> Any:
        if not -(2**63) <= row_id < 2**63:
            return None
        row = self.connection.execute(wanted, self._this(row_id)).one_or_none()
        return None if row is None else mapped.value(row)

    def find(
        self, kind: type[R], *, order: str = "id", limit: int | None = None, **having: Any
    ) -> list[R]:
        mapped = self.schema.of(kind)
        shape, values = asked(mapped, self.schema, having)
        wanted = self._say.found(mapped, shape, order, limited=limit is not None)
        rows = self.connection.execute(wanted, {**values, COHORT: self.cohort_id, LIMIT: limit})
        return [mapped.value(row) for row in rows]

    def first(self, kind: type[R], *, order: str = "id", **having: Any) -> R | None:
        return next(iter(self.find(kind, order=order, limit=1, **having)), None)

    def count(self, kind: type[Any], **having: Any) -> int:
        mapped = self.schema.of(kind)
        shape, values = asked(mapped, self.schema, having)
        counted = self._say.counted(mapped, shape)
        return self.connection.execute(counted, {**values, COHORT: self.cohort_id}).scalar_one()

    def add(self, row: R) -> R:
        self._writes()
        mapped = self.schema.of(type(row))
        (values,) = self._new_rows(mapped, [row])
        try:
            made = self.connection.execute(self._say.added(mapped), values).scalar_one_or_none()
        except IntegrityError:  # our mistake; says nothing of the row
            raise RuntimeError("a row that does not fit its table") from None
        if made is None:
            raise AlreadyThereError
        added = replace(row, id=made)  # ty: ignore[invalid-argument-type]
        self._written([added])
        return added

    def add_all(self, rows: Sequence[Any]) -> int:
        self._writes()
        for begin in range(0, len(rows), BATCH):
            batch = rows[begin : begin + BATCH]
            mapped = self.schema.of(type(batch[0]))
            values = self._new_rows(mapped, batch)
            made = self.connection.execute(self._say.all_added(mapped), values)
            numbers = [each["id"] for each in values] if self._is_sqlite else list(made.scalars())
            self._written(
                [replace(row, id=number) for row, number in zip(batch, numbers, strict=True)]
            )
        return len(rows)

    def save(self, row: Any) -> None:
        self._writes()
        self._is_ours(row)
        mapped = self.schema.of(type(row))
        values = mapped.row(row, self.schema.cipher)
        for name in ("cohort_id", "id"):
            del values[name]
        self.connection.execute(self._say.saved(mapped), values | self._this(row.id))
        self._written([row])

    def remove(self, row: Any) -> None:
        self._writes()
        self._is_ours(row)
        for kind, name in referring(type(row)):
            forgotten = self._say.forgotten(self.schema.of(kind), name)
            self.connection.execute(forgotten, self._this(row.id))
        for gone, by in referring(type(row), forget=False):
            for kind, name in referring(gone):
                mapped = self.schema.of(kind)
                emptied = self._say.forgotten_through(mapped, name, self.schema.of(gone), by)
                self.connection.execute(emptied, self._this(row.id))
        removed = self._say.removed(self.schema.of(type(row)))
        self.connection.execute(removed, self._this(row.id))
        if isinstance(row, Alum):
            self._directory.forget(self.connection, self.cohort_id, [row.id])

    @contextmanager
    def attempt(self) -> Generator[None]:
        self._writes()
        # Said by ourselves: SQLAlchemy compiles each SAVEPOINT anew, which costs as much as a row.
        self.connection.exec_driver_sql("SAVEPOINT attempt")
        before = dict(self.to_wake)
        try:
            with told():
                yield
        except BaseException:
            self.connection.exec_driver_sql("ROLLBACK TO SAVEPOINT attempt")
            self.to_wake.clear()
            self.to_wake.update(before)
            raise
        finally:
            self.connection.exec_driver_sql("RELEASE SAVEPOINT attempt")

    def owe(self, owed: Owed) -> Owed | None:
        try:
            return self.add(owed)
        except AlreadyThereError:
            return None

    def signatures(self, words: str) -> list[str]:
        return self.schema.cipher.hashes(f"signed: {words}")

    def join_workspace(self, code: str, surface: str, external_id: str, now: Instant) -> str | None:
        self._writes()
        return joining.join_workspace(self, code, (surface, external_id), now)

    def places_elsewhere(
        self, alumni: Collection[Alum], since: Instant
    ) -> Mapping[int, Sequence[Place]]:
        cipher = self.schema.cipher
        return places_elsewhere(self.connection, cipher, self.cohort_id, alumni, since)

    def index_alumni_anew(self) -> None:
        self._writes()
        self._directory.rebuild(self.connection, self.cohort_id)

    def alumni(self, query: AlumQuery) -> AlumHits:
        return self._directory.search(self.connection, self.cohort_id, query)

    @property
    def _is_sqlite(self) -> bool:
        return self.connection.dialect.name == "sqlite"

    def _this(self, row_id: int) -> dict[str, int]:
        return {COHORT: self.cohort_id, ROW: row_id}

    def _new_rows(self, mapped: Mapped, rows: Sequence[Any]) -> list[dict[str, Any]]:
        values = [mapped.row(row, self.schema.cipher) for row in rows]
        for row in rows:
            self._is_ours(row)
        if self._is_sqlite:
            first = self._reserve(mapped.table.name, len(values))
            for number, value in enumerate(values):
                value["id"] = first + number
        else:
            for value in values:
                del value["id"]
        return values

    def _is_ours(self, row: Any) -> None:
        if row.cohort_id != self.cohort_id:
            raise ValueError("a row of another cohort")

    def _reserve(self, table: str, how_many: int) -> int:
        """Ids never used before: SQLite numbers only single-column keys by itself."""
        taken = self.connection.execute(
            self._say.reserved(), {"counter": table, "more": how_many}
        ).scalar_one_or_none()
        if taken is None:
            self.connection.execute(insert(self.schema.counters).values(name=table, last=how_many))
            taken = how_many
        return taken - how_many + 1

    def _written(self, rows: Sequence[Any]) -> None:
        """What follows from rows of one kind: found in the directory, looked at by the engine."""
        if rows and isinstance(rows[0], Alum):
            self._directory.index(self.connection, self.cohort_id, rows)
        if rows and isinstance(rows[0], Owed):
            self.owes_anew = True
            self.to_wake.update(((row.cohort_id, row.id), row) for row in rows)

    def _writes(self) -> None:
        if not self._may_write:
            raise NeedsWritingError
