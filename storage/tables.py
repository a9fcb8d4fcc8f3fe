"""The tables, made from the core's frozen dataclasses: same names, so nothing is written twice.

Every key begins with the cohort, and references carry it, so no row can point into another cohort.
"""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from sqlalchemy import (
    Column,
    ForeignKeyConstraint,
    Identity,
    Index,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeEngine

from bot.domain.asks import Ask
from bot.domain.care import Concern, PeerReview, Touch
from bot.domain.codes import Code
from bot.domain.cohort import Account, Cohort, Member, Workspace
from bot.domain.drafts import Draft, Seen
from bot.domain.events import Event, Going, Win
from bot.domain.introductions import Introduction, WhoKnows
from bot.domain.marks import Mark, Ref
from bot.domain.meetings import Meeting
from bot.domain.owed import Owed
from bot.domain.pairings import Pairing, Partnership
from bot.domain.people import Alum, Contact, Volunteer
from bot.domain.talks import CheckIn, Promise, QuestionUse, Talk
from storage.cipher import Cipher
from storage.types import PLAIN, BigInt, EnumColumn, InstantColumn, JsonColumn, SecretColumn

HASH = "_hash"
"""Ends the name of the column that a MATCHED field's keyed hash is kept in."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of row: its table's name, what is unique, what is looked up. All by field name."""

    kind: type[Any]
    table: str
    unique: tuple[tuple[str, ...], ...] = ()
    indexes: tuple[tuple[str, ...], ...] = ()


SHAPES = (
    Shape(Workspace, "workspaces", unique=(("surface", "external_id"),)),
    Shape(Member, "members"),
    Shape(
        Account,
        "accounts",
        unique=(("surface", "external_id"),),
        indexes=(("member_id",), ("workspace_id",)),
    ),
    Shape(Alum, "alumni", indexes=(("external_id",), ("name",), ("email",))),
    Shape(Volunteer, "volunteers", unique=(("alum_id",), ("member_id",))),
    Shape(
        Contact,
        "contacts",
        indexes=(("owner_id", "name"), ("alum_id",), ("referred_by",), ("sharing",)),
    ),
    Shape(Ask, "asks", indexes=(("member_id",), ("contact_id",), ("alum_id", "sent"))),
    Shape(Talk, "talks", indexes=(("member_id", "held"), ("contact_id",))),
    Shape(Promise, "promises", indexes=(("talk_id",), ("member_id",))),
    Shape(QuestionUse, "question_uses", indexes=(("member_id", "contact_id"), ("contact_id",))),
    Shape(Meeting, "meetings", indexes=(("member_id", "at"), ("contact_id",))),
    Shape(Touch, "touches", indexes=(("member_id", "at"), ("contact_id",))),
    Shape(Concern, "concerns", indexes=(("member_id",), ("alum_id",))),
    Shape(PeerReview, "peer_reviews", indexes=(("member_id",), ("reviewer_id",))),
    Shape(WhoKnows, "who_knows", indexes=(("member_id",),)),
    Shape(
        Introduction,
        "introductions",
        indexes=(("asker_id",), ("owner_id",), ("contact_id",), ("contact_member_id",), ("state",)),
    ),
    Shape(
        Pairing, "pairings", unique=(("week", "first_id"),), indexes=(("second_id",), ("third_id",))
    ),
    Shape(Partnership, "partnerships", indexes=(("student_id",), ("alum_id",))),
    Shape(Event, "events", indexes=(("at",),)),
    Shape(Going, "going", unique=(("event_id", "member_id"),), indexes=(("member_id",),)),
    Shape(Win, "wins", indexes=(("posted",),)),
    Shape(Code, "codes", unique=(("key",),)),
    Shape(CheckIn, "check_ins", unique=(("member_id", "week"),)),
    Shape(
        Owed,
        "owed",
        unique=(("to", "command", "subject", "occurrence"),),
        indexes=(("state", "due"), ("member_id", "state"), ("batch",)),
    ),
    Shape(Draft, "drafts", unique=(("key",),), indexes=(("member_id",), ("made",))),
    Shape(Seen, "seen", unique=(("key",),), indexes=(("at",),)),
)
GLOBALLY_UNIQUE = {"workspaces": ("surface", "external_id"), "codes": ("key",)}
"""Unique above cohorts: a workspace has one at a time, and a code is typed where its cohort is not
known yet."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """A kind with its table: the generic mapper between rows and frozen values."""

    kind: type[Any]
    table: Table
    names: tuple[str, ...]
    matched: tuple[str, ...]
    secret: tuple[str, ...] = ()

    @property
    def columns(self) -> list[Column[Any]]:
        """The columns that hold fields, in the order of the dataclass."""
        return [self.table.c[name] for name in self.names]

    def value(self, row: Any) -> Any:
        """The frozen value in a row selected by :attr:`columns`."""
        return self.kind(**dict(zip(self.names, row, strict=True)))

    def row(self, value: Any, cipher: Cipher) -> dict[str, Any]:
        """The columns of a value, hashes included."""
        row = {name: getattr(value, name) for name in self.names}
        for name in self.matched:
            row[name + HASH] = cipher.hashes(row[name])[0]
        return row


class Schema:
    """All tables, bound to a cipher. Made by the composition root; nothing exists at import."""

    def __init__(self, cipher: Cipher) -> None:
        self.cipher = cipher
        self.metadata = MetaData()
        self.counters = Table(
            "counters",
            self.metadata,
            Column("name", Text, primary_key=True),
            Column("last", BigInt, nullable=False),
        )
        self.leases = Table(
            "leases",
            self.metadata,
            Column("name", Text, primary_key=True),
            Column("holder", Text, nullable=False),
            Column("until", InstantColumn, nullable=False),
            Column("since", InstantColumn, nullable=False),
        )
        self.cohorts = self._cohorts()
        self._tables = {shape.kind.__name__: shape.table for shape in SHAPES}
        self._mapped = {shape.kind: self._map(shape) for shape in SHAPES}

    def of(self, kind: type[Any]) -> Mapped:
        """The mapper of a kind. Raises KeyError for what is not stored."""
        return self._mapped[kind]

    def __iter__(self) -> Iterator[Mapped]:
        return iter(self._mapped.values())

    @cached_property
    def cohort(self) -> Mapped:
        """The mapper of cohorts themselves, whose key is their id alone."""
        return Mapped(Cohort, self.cohorts, _names(Cohort), ())

    def _cohorts(self) -> Table:
        columns = [
            Column(name, type_, primary_key=name == "id", nullable=nullable)
            for name, type_, nullable, _mark in self._columns(Cohort)
        ]
        return Table("cohorts", self.metadata, *columns)

    def _map(self, shape: Shape) -> Mapped:
        fields = list(self._columns(shape.kind))
        matched = tuple(name for name, _, _, mark in fields if mark is Mark.MATCHED)
        columns = [
            Column(
                name,
                type_,
                *([Identity()] if name == "id" else []),
                nullable=nullable,
            )
            for name, type_, nullable, _ in fields
        ]
        columns += [Column(name + HASH, Text, nullable=False) for name in matched]
        table = Table(
            shape.table,
            self.metadata,
            *columns,
            PrimaryKeyConstraint("cohort_id", "id", name=f"pk_{shape.table}"),
            ForeignKeyConstraint(
                ["cohort_id"], ["cohorts.id"], ondelete="CASCADE", name=f"fk_{shape.table}_cohort"
            ),
            *self._references(shape, fields),
            *self._uniques(shape, matched),
        )
        for names in shape.indexes:
            kept = _kept(names, matched)
            Index(
                f"ix_{shape.table}_{'_'.join(names)}", *(table.c[n] for n in ("cohort_id", *kept))
            )
        secret = tuple(name for name, _, _, mark in fields if mark is Mark.SECRET)
        return Mapped(shape.kind, table, _names(shape.kind), matched, secret)

    def _references(
        self, shape: Shape, fields: list[tuple[str, TypeEngine[Any], bool, Any]]
    ) -> list[ForeignKeyConstraint]:
        """Composite, so that a reference cannot leave its cohort.

        A reference that is forgotten rather than followed is emptied by the store: SET NULL on a
        composite key would empty the cohort too."""
        return [
            ForeignKeyConstraint(
                ["cohort_id", name],
                [f"{self._table_of(mark)}.cohort_id", f"{self._table_of(mark)}.id"],
                ondelete="NO ACTION" if mark.forget else "CASCADE",
                name=f"fk_{shape.table}_{name}",
            )
            for name, _, _, mark in fields
            if isinstance(mark, Ref)
        ]

    def _table_of(self, mark: Ref) -> str:
        return next(shape.table for shape in SHAPES if shape.kind.__name__ == mark.kind)

    def _uniques(self, shape: Shape, matched: tuple[str, ...]) -> list[UniqueConstraint]:
        made = [
            UniqueConstraint(
                "cohort_id", *_kept(names, matched), name=f"uq_{shape.table}_{'_'.join(names)}"
            )
            for names in shape.unique
        ]
        if shape.table in GLOBALLY_UNIQUE:
            names = _kept(GLOBALLY_UNIQUE[shape.table], matched)
            made.append(UniqueConstraint(*names, name=f"uq_{shape.table}_everywhere"))
        return made

    def _columns(self, kind: type[Any]) -> Iterator[tuple[str, TypeEngine[Any], bool, Any]]:
        hints = get_type_hints(kind, include_extras=True)
        for name in _names(kind):
            hint, nullable, mark = _unwrapped(hints[name])
            yield name, self._type(hint, mark), nullable, mark

    def _type(self, hint: Any, mark: Any) -> TypeEngine[Any]:
        if isinstance(mark, Mark):
            return SecretColumn(self.cipher)
        if hint in PLAIN:
            return PLAIN[hint]
        if isinstance(hint, type) and issubclass(hint, StrEnum):
            return EnumColumn(hint)
        return JsonColumn(hint)


@lru_cache
def referring(kind: type[Any], *, forget: bool = True) -> tuple[tuple[type[Any], str], ...]:
    """The kinds and fields that forget a row of this kind when it is removed; else that go too."""
    found: list[tuple[type[Any], str]] = []
    for shape in SHAPES:
        for name, hint in get_type_hints(shape.kind, include_extras=True).items():
            mark = _unwrapped(hint)[2]
            if isinstance(mark, Ref) and mark.forget is forget and mark.kind == kind.__name__:
                found.append((shape.kind, name))
    return tuple(found)


def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(each.name for each in dataclasses.fields(kind))


def _kept(names: tuple[str, ...], matched: tuple[str, ...]) -> list[str]:
    return [name + HASH if name in matched else name for name in names]


def _unwrapped(hint: Any) -> tuple[Any, bool, Any]:
    """A field's plain type, whether it may be None, and its mark."""
    mark = None
    if get_origin(hint) is Annotated:
        hint, mark = get_args(hint)[:2]
    nullable = False
    if get_origin(hint) in (Union, UnionType):
        left = [each for each in get_args(hint) if each is not NoneType]
        nullable = len(left) < len(get_args(hint))
        if len(left) == 1:
            hint = left[0]
    if get_origin(hint) is Annotated:
        hint, mark = get_args(hint)[:2]
    return hint, nullable, mark
