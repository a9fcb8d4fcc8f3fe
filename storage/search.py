"""The directory's search on SQLite (FTS5) and PostgreSQL (tsvector): the same results on both.

The index holds only alumni who may be asked at all; tokens are cohort-bound, so no search can
reach another cohort's. What the words mean is decided in ``bot.domain.search``.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select, text

from bot.domain.field_extras import with_extra
from bot.domain.field_words import split
from bot.domain.fields import Fields, Understanding
from bot.domain.people import Alum
from bot.domain.search import EMPLOYER, MAJOR, PLACE, YEAR, Plan, plan, tokens_of
from bot.ports import AlumHit, AlumHits, AlumQuery
from storage.search_question import Question, bound
from storage.search_sql import dialect_of
from storage.search_words import DirectoryWords
from storage.tables import Schema


@dataclass(frozen=True, slots=True)
class _Asked:
    """A query with its words read."""

    plan: Plan
    meant: Understanding
    mended: tuple[tuple[str, str], ...]
    impossible: bool = False


class Directory:
    """Keeps the search index of the alumni and asks it."""

    def __init__(self, schema: Schema, fields: Fields) -> None:
        self.schema = schema
        self.fields = fields

    def create(self, connection: Connection) -> None:
        """Make the index tables."""
        for statement in dialect_of(connection).tables:
            connection.execute(text(statement))

    def index(self, connection: Connection, cohort_id: int, alumni: Sequence[Alum]) -> None:
        """Bring the index up to date for these alumni."""
        if not alumni:
            return
        dialect = dialect_of(connection)
        fields = self._fields_of(connection, cohort_id)
        last = connection.execute(text("SELECT max(id) FROM alumni_found")).scalar() or 0
        self.forget(connection, cohort_id, [each.id for each in alumni if each.id <= last])
        found: list[tuple[Any, ...]] = []
        packed: list[tuple[Any, ...]] = []
        words: set[tuple[int, str, str]] = set()
        for alum in alumni:
            if alum.consent and not alum.paused and not alum.do_not_contact:
                tokens = self._tokens(alum, fields)
                words |= {
                    (cohort_id, token[0], token[1:])
                    for token in tokens
                    if token[0] in (EMPLOYER, PLACE)
                }
                found.append((alum.id, cohort_id, alum.asks_per_month))
                packed.append((alum.id, dialect.packed(bound(cohort_id, t) for t in tokens)))
        if found:
            dialect.insert(connection, found, packed, sorted(words))

    def forget(self, connection: Connection, cohort_id: int, ids: Sequence[int]) -> None:
        """Take alumni out of the index."""
        del cohort_id  # ids are numbered across cohorts
        if ids:
            for statement in dialect_of(connection).deletes:
                connection.execute(text(statement), [{"id": each} for each in ids])

    def rebuild(self, connection: Connection, cohort_id: int) -> int:
        """Index a whole cohort anew, after the fields have changed; returns how many alumni."""
        mapped = self.schema.of(Alum)
        wanted = select(*mapped.columns).where(mapped.table.c.cohort_id == cohort_id)
        alumni = [mapped.value(row) for row in connection.execute(wanted)]
        for begin in range(0, len(alumni), 500):
            self.index(connection, cohort_id, alumni[begin : begin + 500])
        return len(alumni)

    def search(self, connection: Connection, cohort_id: int, query: AlumQuery) -> AlumHits:
        """A page of alumni: those of the field asked for, and those of its neighbours."""
        asked = self._read(connection, cohort_id, query)
        understood = tuple(each.label for each in asked.meant.fields)
        if asked.impossible:
            return AlumHits((), (), 0, 0, understood, asked.mended)
        question = Question(connection, cohort_id, query, asked.plan)
        ranked, total = question.ranked()
        adjacent, total_adjacent = question.adjacent()
        alumni = self._alumni(connection, cohort_id, [row.id for row in (*ranked, *adjacent)])
        near = asked.plan.near
        return AlumHits(
            tuple(AlumHit(alumni[r.id], "", r.free) for r in ranked if r.id in alumni),
            tuple(
                AlumHit(alumni[r.id], near[r.score % 100], r.free)
                for r in adjacent
                if r.id in alumni
            ),
            total,
            total_adjacent,
            understood,
            asked.mended,
        )

    def _read(self, connection: Connection, cohort_id: int, query: AlumQuery) -> _Asked:
        words = DirectoryWords(connection, cohort_id)
        fields = self._fields_of(connection, cohort_id)
        typed = split(query.field)
        places = words.known(typed, (PLACE, EMPLOYER)) if typed else {}
        meant = fields.understand(query.field, frozenset(places))
        mended = list(meant.mended)
        needed: list[tuple[str, ...]] = []
        left_over = [word for word in meant.left if word in places] if meant.fields else []
        needed += [tuple(kind + word for kind in places[word]) for word in left_over]
        impossible = False
        for kind, wanted in ((PLACE, query.place), (EMPLOYER, query.company)):
            for word in split(wanted):
                read = words.nearest(word, kind)
                impossible |= not read
                needed.append(tuple(kind + each for each in read))
                if read and word not in read:
                    mended.append((word, read[0]))
        if query.year is not None:
            needed.append((f"{YEAR}{query.year}",))
        needed += [(MAJOR + word,) for word in fields.lexicon.words(query.major)]
        extra = {
            key: tuple(" ".join(fields.lexicon.words(phrase)) for phrase in found.titles)
            for key, found in fields.by_id.items()
            if fields is not self.fields and found is not self.fields.by_id.get(key)
        }
        return _Asked(plan(meant, extra, needed, left_over), meant, tuple(mended), impossible)

    def _fields_of(self, connection: Connection, cohort_id: int) -> Fields:
        found = connection.execute(
            text("SELECT extra_fields FROM cohorts WHERE id = :id"), {"id": cohort_id}
        ).scalar()
        extra = json.loads(found) if found else {}
        return with_extra(self.fields, extra) if extra else self.fields

    def _tokens(self, alum: Alum, fields: Fields) -> set[str]:
        weights = fields.classify(alum.title, alum.field)
        place = f"{alum.city} {alum.country}"
        found = tokens_of(alum.title, alum.company, place, alum.major, alum.field, weights, fields)
        return found if alum.class_year is None else {*found, f"{YEAR}{alum.class_year}"}

    def _alumni(
        self, connection: Connection, cohort_id: int, ids: Sequence[int]
    ) -> dict[int, Alum]:
        if not ids:
            return {}
        mapped = self.schema.of(Alum)
        wanted = select(*mapped.columns).where(
            mapped.table.c.cohort_id == cohort_id, mapped.table.c.id.in_(ids)
        )
        return {alum.id: alum for alum in map(mapped.value, connection.execute(wanted))}
