"""The store's statements, built once for each shape and run with other values each time.

SQLAlchemy takes some ten times as long to build a statement as to run one that it knows.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from sqlalchemy import (
    BindParameter,
    Column,
    ColumnElement,
    Delete,
    Insert,
    Select,
    Table,
    Update,
    and_,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from bot.ports import AtLeast, Before, Not
from storage.tables import HASH, Mapped, Schema

T = TypeVar("T")
Rows = Select[*tuple[Any, ...]]
Shape = tuple[tuple[str, str], ...]
"""Of conditions: for each the field's name, and how it is compared."""
COHORT, ROW, LIMIT = "this_cohort", "this_row", "at_most"
"""Names of values; no field is called so."""


class Statements:
    """All of one database."""

    def __init__(self, schema: Schema, *, sqlite: bool) -> None:
        self._schema, self._sqlite = schema, sqlite
        self._made: dict[tuple[object, ...], Any] = {}

    def _once(self, make: Callable[[], T], *key: object) -> T:
        """Two threads may both make it; the same twice does no harm."""
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = make()
        return made

    def cohort(self) -> Rows:
        """The cohort itself."""

        def make() -> Rows:
            mapped = self._schema.cohort
            return select(*mapped.columns).where(mapped.table.c.id == bindparam(COHORT))

        return self._once(make, "cohort")

    def one(self, mapped: Mapped) -> Rows:
        """A row by its id."""
        return self._once(lambda: select(*mapped.columns).where(_is(mapped)), "one", mapped.kind)

    def held(self, mapped: Mapped) -> Rows:
        """The same, kept from others until the end; SQLite has one writer and needs no word."""

        def make() -> Rows:
            return select(*mapped.columns).where(_is(mapped)).with_for_update(key_share=True)

        return self._once(make, "held", mapped.kind)

    def found(self, mapped: Mapped, shape: Shape, order: str, *, limited: bool) -> Rows:
        """Rows that fit, in an order."""

        def make() -> Rows:
            wanted = select(*mapped.columns).where(*_fits(mapped, shape))
            # Equal ones by their number too: the databases differ in what comes first otherwise.
            by = (mapped.table.c[order.removeprefix("-")], mapped.table.c.id)
            wanted = wanted.order_by(*((c.desc() for c in by) if order.startswith("-") else by))
            return wanted.limit(bindparam(LIMIT)) if limited else wanted

        return self._once(make, "found", mapped.kind, shape, order, limited)

    def above(self, mapped: Mapped, shape: Shape) -> Rows:
        """Rows that fit, of whatever cohort."""

        def make() -> Rows:
            wanted = select(*mapped.columns).where(*_compared(mapped, shape))
            return wanted.order_by(mapped.table.c.cohort_id)

        return self._once(make, "above", mapped.kind, shape)

    def counted(self, mapped: Mapped, shape: Shape) -> Rows:
        """How many rows fit."""

        def make() -> Rows:
            return select(func.count()).select_from(mapped.table).where(*_fits(mapped, shape))

        return self._once(make, "counted", mapped.kind, shape)

    def added(self, mapped: Mapped) -> Insert:
        """A new row's id; nothing where a unique key is taken."""

        def make() -> Insert:
            return (
                self._insert()(mapped.table).on_conflict_do_nothing().returning(mapped.table.c.id)
            )

        return self._once(make, "added", mapped.kind)

    def _insert(self) -> Callable[[Table], Any]:
        """The database's own INSERT; the other's half of SQLAlchemy is not loaded for it."""
        if self._sqlite:
            from sqlalchemy.dialects.sqlite import insert as own  # noqa: PLC0415
        else:
            from sqlalchemy.dialects.postgresql import insert as own  # noqa: PLC0415
        return own

    def all_added(self, mapped: Mapped) -> Insert:
        """Many new rows; their ids where the database makes them."""

        def make() -> Insert:
            new = insert(mapped.table)
            if self._sqlite:
                return new
            return new.returning(mapped.table.c.id, sort_by_parameter_order=True)

        return self._once(make, "all added", mapped.kind)

    def saved(self, mapped: Mapped) -> Update:
        """A row's new values."""
        return self._once(lambda: update(mapped.table).where(_is(mapped)), "saved", mapped.kind)

    def forgotten(self, mapped: Mapped, name: str) -> Update:
        """References to a row emptied."""

        def make() -> Update:
            refers = and_(_ours(mapped), mapped.table.c[name] == bindparam(ROW))
            return update(mapped.table).where(refers).values({name: None})

        return self._once(make, "forgotten", mapped.kind, name)

    def forgotten_through(self, mapped: Mapped, name: str, gone: Mapped, by: str) -> Update:
        """References emptied to rows that go with a row: they belong to it by ``by``."""

        def make() -> Update:
            theirs = and_(_ours(gone), gone.table.c[by] == bindparam(ROW))
            going = select(gone.table.c.id).where(theirs)
            refers = and_(_ours(mapped), mapped.table.c[name].in_(going))
            return update(mapped.table).where(refers).values({name: None})

        return self._once(make, "forgotten through", mapped.kind, name, gone.kind, by)

    def removed(self, mapped: Mapped) -> Delete:
        """A row deleted."""
        return self._once(lambda: delete(mapped.table).where(_is(mapped)), "removed", mapped.kind)

    def reserved(self) -> Update:
        """So many numbers more taken from a counter; the last of them."""
        counters = self._schema.counters

        def make() -> Update:
            one = update(counters).where(counters.c.name == bindparam("counter"))
            return one.values(last=counters.c.last + bindparam("more")).returning(counters.c.last)

        return self._once(make, "reserved")


def asked(
    mapped: Mapped, schema: Schema, having: Mapping[str, Any]
) -> tuple[Shape, dict[str, Any]]:
    """Conditions as their shape, and the values to compare with by name."""
    shape: list[tuple[str, str]] = []
    values: dict[str, Any] = {}
    for name, wanted in having.items():
        if name not in mapped.names:
            raise AttributeError(f"{mapped.kind.__name__} has no field {name}")
        if name in mapped.secret:
            raise AttributeError(f"{mapped.kind.__name__}.{name} is encrypted: it finds none")
        if name in mapped.matched:
            column, how, value = name + HASH, "in", schema.cipher.hashes(wanted)
        else:
            column, (how, value) = name, _how(wanted)
        shape.append((column, how))
        if value is not None:
            values[_value_of(len(shape) - 1)] = value
    return tuple(shape), values


def _how(wanted: Any) -> tuple[str, Any]:
    match wanted:
        case None:
            return "unset", None
        case Before(value):
            return "<", value
        case AtLeast(value):
            return ">=", value
        case Not(None):
            return "set", None
        case Not(value):
            return "!=", value
        case tuple():
            return "in", list(wanted)
        case _:
            return "==", wanted


def _value_of(place: int) -> str:
    return f"value_{place}"


def _compared(mapped: Mapped, shape: Shape) -> list[ColumnElement[bool]]:
    return [
        _comparison(mapped.table.c[name], how, bindparam(_value_of(at), expanding=how == "in"))
        for at, (name, how) in enumerate(shape)
    ]


def _comparison(column: Column[Any], how: str, value: BindParameter[Any]) -> ColumnElement[bool]:
    match how:
        case "unset":
            return column.is_(None)
        case "set":
            return column.is_not(None)
        case "<":
            return column < value
        case ">=":
            return column >= value
        case "!=":
            return column != value
        case "in":
            return column.in_(value)
        case _:
            return column == value


def _fits(mapped: Mapped, shape: Shape) -> list[ColumnElement[bool]]:
    return [_ours(mapped), *_compared(mapped, shape)]


def _ours(mapped: Mapped) -> ColumnElement[bool]:
    return mapped.table.c.cohort_id == bindparam(COHORT)


def _is(mapped: Mapped) -> ColumnElement[bool]:
    return and_(_ours(mapped), mapped.table.c.id == bindparam(ROW))
