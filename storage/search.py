"""The directory's search on SQLite (FTS5) and PostgreSQL (tsvector): the same results on both.

The index holds only alumni who may be asked at all; tokens are cohort-bound, so no search can
reach another cohort's. What the words mean is decided in ``bot.domain.search``.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA
from sqlalchemy import Connection, Row, bindparam, select, text
from whenever import Instant

from bot.content.load_fields import with_extra
from bot.domain.asks import Ask
from bot.domain.field_words import split
from bot.domain.fields import Fields, Understanding
from bot.domain.people import Alum
from bot.domain.search import BY_TURNS, EMPLOYER, MAJOR, PLACE, STEP, YEAR, Arm, Plan, plan, tokens_of
from bot.ports import AlumHit, AlumHits, AlumQuery
from storage.search_sql import Dialect, dialect_of
from storage.tables import Schema

MONTH = 30
"""Days that asks are counted back."""


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
        rows: list[dict[str, Any]] = []
        words: set[tuple[str, str]] = set()
        for alum in alumni:
            if alum.consent and not alum.paused and not alum.do_not_contact:
                tokens = self._tokens(alum, fields)
                words |= {(each[0], each[1:]) for each in tokens if each[0] in (EMPLOYER, PLACE)}
                rows.append(
                    {
                        "id": alum.id,
                        "cohort": cohort_id,
                        "asks": alum.asks_per_month,
                        "tokens": dialect.packed(_bound(cohort_id, token) for token in tokens),
                    }
                )
        if rows:
            for statement in dialect.inserts:
                connection.execute(text(statement), rows)
            connection.execute(
                text(
                    "INSERT INTO alumni_words (cohort_id, kind, word)"
                    " VALUES (:cohort, :kind, :word) ON CONFLICT DO NOTHING"
                ),
                [{"cohort": cohort_id, "kind": kind, "word": word} for kind, word in sorted(words)]
                or [{"cohort": cohort_id, "kind": PLACE, "word": ""}],
            )

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
        question = _Question(connection, cohort_id, query, asked.plan)
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
        words = _Words(connection, cohort_id)
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
        found = tokens_of(alum.title, alum.company, place, alum.major, weights, fields)
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


class _Words:
    """The words of a cohort's places and employers."""

    def __init__(self, connection: Connection, cohort_id: int) -> None:
        self.connection = connection
        self.cohort_id = cohort_id

    def known(self, words: Sequence[str], kinds: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Of these words the ones that occur, and as what."""
        found: dict[str, tuple[str, ...]] = {}
        rows = self.connection.execute(
            text(
                "SELECT kind, word FROM alumni_words WHERE cohort_id = :cohort"
                " AND kind IN :kinds AND word IN :words"
            ).bindparams(bindparam("kinds", expanding=True), bindparam("words", expanding=True)),
            {"cohort": self.cohort_id, "kinds": list(kinds), "words": list(words)},
        )
        for kind, word in rows:
            found[word] = (*found.get(word, ()), kind)
        return found

    def nearest(self, word: str, kind: str) -> tuple[str, ...]:
        """The word itself where it occurs, else what begins with it, else the likeliest meant."""
        if self.known([word], (kind,)):
            return (word,)
        same_start = self._like(kind, f"{word[:1]}%")
        begun = tuple(each for each in same_start if len(word) > 2 and each.startswith(word))
        if begun:
            return begun[:20]
        most = 1 if len(word) < 6 else 2
        if len(word) < 4:
            return ()
        for words in (same_start, self._like(kind, "%")):
            likest = process.extractOne(word, words, scorer=OSA.distance, score_cutoff=most)
            if likest:
                return (likest[0],)
        return ()

    def _like(self, kind: str, like: str) -> list[str]:
        rows = self.connection.execute(
            text(
                "SELECT word FROM alumni_words"
                " WHERE cohort_id = :cohort AND kind = :kind AND word LIKE :like"
            ),
            {"cohort": self.cohort_id, "kind": kind, "like": like},
        )
        return list(rows.scalars())


class _Question:
    """A plan put to the database."""

    def __init__(
        self, connection: Connection, cohort_id: int, query: AlumQuery, wanted: Plan
    ) -> None:
        self.connection = connection
        self.cohort_id = cohort_id
        self.query = query
        self.plan = wanted
        self.dialect: Dialect = dialect_of(connection)
        since = (query.now or Instant.MAX).timestamp(unit="microsecond")
        month = MONTH * 24 * 3600 * 1_000_000
        self.values: dict[str, Any] = {
            "cohort": cohort_id,
            "since": since - month,
            "asks": query.default_asks,
            "limit": query.per_page,
            "offset": (max(query.page, 1) - 1) * query.per_page,
        }

    def ranked(self) -> tuple[list[Row[Any]], int]:
        """A page of those of the field asked for, and how many there are."""
        if self.plan.ranked:
            scored = self._scored(self.plan.ranked, "r")
        elif self.query.field:
            return [], 0
        else:
            needed = "".join(f" AND {each}" for each in self._needed())
            scored = f"SELECT id, 1000 AS score FROM alumni_found AS found WHERE cohort_id = :cohort{needed}"  # noqa: E501, S608
        order = f"score / {STEP} DESC, free DESC, score DESC, id"
        return self._page(scored, order)

    def adjacent(self) -> tuple[list[Row[Any]], int]:
        """A page of those next to it, the neighbouring fields by turns."""
        if not self.plan.adjacent:
            return [], 0
        scored = self._scored(self.plan.adjacent, "a")
        turn = "ROW_NUMBER() OVER (PARTITION BY score % 100 ORDER BY score DESC, free DESC, id)"
        order = f"({turn} - 1) / {BY_TURNS}, score DESC, free DESC, id"
        return self._page(scored, order)

    def _page(self, scored: str, order: str) -> tuple[list[Row[Any]], int]:
        free = "coalesce(found.asks_per_month, :asks) - coalesce(recent.asked, 0)"
        asks = self.dialect.asks(Ask)
        rows = list(
            self.connection.execute(
                text(f"""
                    WITH scored AS ({scored}),
                    open AS (
                        SELECT scored.id AS id, scored.score AS score, {free} AS free
                        FROM scored JOIN alumni_found AS found ON found.id = scored.id
                        LEFT JOIN ({asks}) AS recent ON recent.alum_id = scored.id
                        WHERE {free} > 0
                    )
                    SELECT id, score, free, COUNT(*) OVER () AS total FROM open
                    ORDER BY {order} LIMIT :limit OFFSET :offset
                """),  # noqa: S608 - made of our own words; what was typed is bound
                self.values,
            )
        )
        if rows or not self.values["offset"]:
            return rows, rows[0].total if rows else 0
        return rows, self.values["offset"]

    def _scored(self, arms: Iterable[Arm], prefix: str) -> str:
        parts = []
        for at, arm in enumerate(arms):
            name = f"{prefix}{at}"
            self.values[name] = self._expression(arm)
            parts.append(self.dialect.arm(name, arm.score, arm.more, arm.most))
        if not parts:
            return "SELECT 0 AS id, 0 AS score WHERE FALSE"
        every = " UNION ALL ".join(parts)
        return (
            f"SELECT id, MAX(score) + SUM(more) AS score FROM ({every}) AS arms"  # noqa: S608
            " GROUP BY id HAVING MAX(score) > 0"
        )

    def _expression(self, arm: Arm) -> str:
        joined = self.dialect.any_of if arm.any_of else self.dialect.all_of
        groups = [joined(self._bound(arm.tokens))]
        groups += [
            self.dialect.any_of(self._bound(group))
            for group in (arm.within, *self.plan.needed)
            if group
        ]
        expression = self.dialect.all_of([f"({each})" for each in groups])
        if arm.unless:
            return self.dialect.without(expression, self._bound(arm.unless))
        return expression

    def _bound(self, tokens: Iterable[str]) -> list[str]:
        return [_bound(self.cohort_id, each) for each in tokens]

    def _needed(self) -> Iterator[str]:
        for at, group in enumerate(self.plan.needed):
            name = f"n{at}"
            self.values[name] = self.dialect.any_of(self._bound(group))
            yield self.dialect.has(name)


def _bound(cohort_id: int, token: str) -> str:
    """A token of one cohort, in signs that need no quoting in either database's queries."""
    return f"c{cohort_id}x{''.join(sign for sign in token if sign.isalnum())}"
