"""One cohort's rows within one transaction: the core's Store on SQLAlchemy Core."""

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, and_, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.domain.cohort import Cohort
from bot.domain.owed import Owed
from bot.domain.people import Alum
from bot.ports import (
    AlreadyThereError,
    AlumHits,
    AlumQuery,
    AtLeast,
    Before,
    NeedsWritingError,
    Not,
)
from storage.search import Directory
from storage.tables import HASH, Mapped, Schema, referring

R = TypeVar("R")
BATCH = 500
"""Rows written by one statement: SQLite takes 32,766 variables in one (limits page)."""


class SqlStore:
    """A Store bound to one cohort and one connection's transaction."""

    def __init__(
        self,
        connection: Connection,
        schema: Schema,
        cohort_id: int,
        directory: Directory,
        *,
        may_write: bool,
    ) -> None:
        self.connection = connection
        self.schema = schema
        self.cohort_id = cohort_id
        self._directory = directory
        self._may_write = may_write

    def cohort(self) -> Cohort:
        mapped = self.schema.cohort
        row = self.connection.execute(
            select(*mapped.columns).where(mapped.table.c.id == self.cohort_id)
        ).one()
        return mapped.value(row)

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
        if not -(2**63) <= row_id < 2**63:
            return None
        row = self.connection.execute(
            self._select(mapped).where(mapped.table.c.id == row_id)
        ).one_or_none()
        return None if row is None else mapped.value(row)

    def find(
        self, kind: type[R], *, order: str = "id", limit: int | None = None, **having: Any
    ) -> list[R]:
        mapped = self.schema.of(kind)
        column = mapped.table.c[order.removeprefix("-")]
        wanted = self._select(mapped).where(*self._conditions(mapped, having))
        # Equal ones by their number too: the databases differ in what comes first otherwise.
        both = (column, mapped.table.c.id)
        wanted = wanted.order_by(*((c.desc() for c in both) if order.startswith("-") else both))
        if limit is not None:
            wanted = wanted.limit(limit)
        return [mapped.value(row) for row in self.connection.execute(wanted)]

    def first(self, kind: type[R], *, order: str = "id", **having: Any) -> R | None:
        return next(iter(self.find(kind, order=order, limit=1, **having)), None)

    def count(self, kind: type[Any], **having: Any) -> int:
        mapped = self.schema.of(kind)
        counted = (
            select(func.count())
            .select_from(mapped.table)
            .where(mapped.table.c.cohort_id == self.cohort_id, *self._conditions(mapped, having))
        )
        return self.connection.execute(counted).scalar_one()

    def add(self, row: R) -> R:
        self._writes()
        mapped = self.schema.of(type(row))
        (values,) = self._new_rows(mapped, [row])
        try:
            with self.connection.begin_nested():
                made = self.connection.execute(
                    insert(mapped.table).values(values).returning(mapped.table.c.id)
                ).scalar_one()
        except IntegrityError as error:
            raise _named(error) from None
        added = replace(row, id=made)  # ty: ignore[invalid-argument-type]
        self._index([added])
        return added

    def add_all(self, rows: Sequence[Any]) -> int:
        self._writes()
        for begin in range(0, len(rows), BATCH):
            batch = rows[begin : begin + BATCH]
            mapped = self.schema.of(type(batch[0]))
            values = self._new_rows(mapped, batch)
            if self.connection.dialect.name == "sqlite":
                self.connection.execute(insert(mapped.table), values)
                numbers = [value["id"] for value in values]
            else:
                made = insert(mapped.table).returning(
                    mapped.table.c.id, sort_by_parameter_order=True
                )
                numbers = list(self.connection.execute(made, values).scalars())
            self._index(
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
        self.connection.execute(update(mapped.table).where(self._is(mapped, row.id)).values(values))
        self._index([row])

    def remove(self, row: Any) -> None:
        self._writes()
        self._is_ours(row)
        for kind, name in referring(type(row)):
            mapped = self.schema.of(kind)
            self.connection.execute(
                update(mapped.table)
                .where(mapped.table.c.cohort_id == self.cohort_id, mapped.table.c[name] == row.id)
                .values({name: None})
            )
        mapped = self.schema.of(type(row))
        self.connection.execute(delete(mapped.table).where(self._is(mapped, row.id)))
        if isinstance(row, Alum):
            self._directory.forget(self.connection, self.cohort_id, [row.id])

    @contextmanager
    def attempt(self) -> Generator[None]:
        self._writes()
        with self.connection.begin_nested():
            yield

    def owe(self, owed: Owed) -> Owed | None:
        try:
            return self.add(owed)
        except AlreadyThereError:
            return None

    def alumni(self, query: AlumQuery) -> AlumHits:
        return self._directory.search(self.connection, self.cohort_id, query)

    def _select(self, mapped: Mapped) -> Select[*tuple[Any, ...]]:
        return select(*mapped.columns).where(mapped.table.c.cohort_id == self.cohort_id)

    def _is(self, mapped: Mapped, row_id: int) -> ColumnElement[bool]:
        return and_(mapped.table.c.cohort_id == self.cohort_id, mapped.table.c.id == row_id)

    def _conditions(
        self, mapped: Mapped, having: Mapping[str, Any]
    ) -> Iterator[ColumnElement[bool]]:
        for name, wanted in having.items():
            if name not in mapped.names:
                raise AttributeError(f"{mapped.kind.__name__} has no field {name}")
            if name in mapped.secret:
                raise AttributeError(f"{mapped.kind.__name__}.{name} is encrypted: it finds none")
            if name in mapped.matched:
                column = mapped.table.c[name + HASH]
                yield column.in_(self.schema.cipher.hashes(wanted))
            else:
                yield _condition(mapped.table.c[name], wanted)

    def _new_rows(self, mapped: Mapped, rows: Sequence[Any]) -> list[dict[str, Any]]:
        values = [mapped.row(row, self.schema.cipher) for row in rows]
        for row in rows:
            self._is_ours(row)
        if self.connection.dialect.name == "sqlite":
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
        counters = self.schema.counters
        taken = self.connection.execute(
            update(counters)
            .where(counters.c.name == table)
            .values(last=counters.c.last + how_many)
            .returning(counters.c.last)
        ).scalar_one_or_none()
        if taken is None:
            self.connection.execute(insert(counters).values(name=table, last=how_many))
            taken = how_many
        return taken - how_many + 1

    def _index(self, rows: Sequence[Any]) -> None:
        if rows and isinstance(rows[0], Alum):
            self._directory.index(self.connection, self.cohort_id, rows)

    def _writes(self) -> None:
        if not self._may_write:
            raise NeedsWritingError


def _condition(column: ColumnElement[Any], wanted: Any) -> ColumnElement[bool]:
    match wanted:
        case None:
            return column.is_(None)
        case Before(value):
            return column < value
        case AtLeast(value):
            return column >= value
        case Not(None):
            return column.is_not(None)
        case Not(value):
            return column != value
        case tuple():
            return column.in_(wanted)
        case _:
            return column == wanted


def _named(error: IntegrityError) -> Exception:
    """A taken unique key as such; anything else is our mistake, and says nothing of the row."""
    said = str(error.orig).lower()
    if "unique" in said or "duplicate key" in said:
        return AlreadyThereError()
    return RuntimeError("a row that does not fit its table")
