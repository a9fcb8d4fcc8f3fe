"""A search plan as one statement, and its rows. What was typed is only ever bound."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, text
from whenever import Instant

from bot.domain.search import BY_TURNS, STEP, Arm, Plan
from bot.ports import AlumQuery
from storage.elsewhere import RECENT
from storage.search_sql import Dialect, dialect_of

DAY = 24 * 3600 * 1_000_000
"""In microseconds."""
STEPS = (1, 8, 64)
"""How far is looked, in times an arm's own number; the last is further than directories go."""
LONGEST_TOKEN = 200
"""Signs; a PostgreSQL lexeme holds 2,046 bytes (text search limits), and one sign has up to 4."""


class Question:
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
        self.values: dict[str, Any] = {
            "cohort": cohort_id,
            "since": since - query.cool_down_days * DAY,
            "asks": query.default_asks,
            "limit": query.per_page,
            "offset": (max(query.page, 1) - 1) * query.per_page,
        }

    def ranked(self) -> tuple[list[Row[Any]], int]:
        """A page of those of the field asked for, and how many there are."""
        order = f"score / {STEP} DESC, free DESC, score DESC, id"
        if self.plan.ranked:
            return self._page_in_steps(self.plan.ranked, "r", order)
        if self.query.field:
            return [], 0
        needed = "".join(f" AND {each}" for each in self._needed())
        scored = (
            f"SELECT id, 1000 AS score FROM alumni_found AS found WHERE cohort_id = :cohort{needed}"  # noqa: S608
        )
        return self._page(scored, order)

    def adjacent(self) -> tuple[list[Row[Any]], int]:
        """A page of those next to it, the neighbouring fields by turns."""
        if not self.plan.adjacent:
            return [], 0
        turn = "ROW_NUMBER() OVER (PARTITION BY score % 100 ORDER BY score DESC, free DESC, id)"
        order = f"({turn} - 1) / {BY_TURNS}, score DESC, free DESC, id"
        return self._page_in_steps(self.plan.adjacent, "a", order)

    def _page_in_steps(
        self, arms: Sequence[Arm], prefix: str, order: str
    ) -> tuple[list[Row[Any]], int]:
        """Looks further only where all that were looked at are nearly used up.

        An arm looks at its first rows whether they are free or not: there may be free ones behind
        so many who are full."""
        rows: list[Row[Any]] = []
        total = seen = 0
        for times in STEPS:
            scored = self._scored(arms, prefix, times)
            rows, total = self._page(scored, order)
            if total > self.values["offset"] + self.values["limit"]:
                break
            before, seen = seen, self._count(scored)
            if seen == before or seen < times * min(arm.most for arm in arms):
                break
        return rows, total

    def _count(self, scored: str) -> int:
        counted = text(f"SELECT COUNT(*) FROM ({scored}) AS scored")  # noqa: S608 - our own words
        return self.connection.execute(counted, self.values).scalar_one()

    def _page(self, scored: str, order: str) -> tuple[list[Row[Any]], int]:
        free = "coalesce(found.asks_per_month, :asks) - coalesce(recent.asked, 0)"
        rows = list(
            self.connection.execute(
                text(f"""
                    WITH scored AS ({scored}),
                    open AS (
                        SELECT scored.id AS id, scored.score AS score, {free} AS free
                        FROM scored JOIN alumni_found AS found ON found.id = scored.id
                        LEFT JOIN ({RECENT}) AS recent ON recent.alum_id = scored.id
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

    def _scored(self, arms: Iterable[Arm], prefix: str, times: int) -> str:
        parts = []
        for at, arm in enumerate(arms):
            name = f"{prefix}{at}"
            self.values[name] = self._expression(arm)
            parts.append(self.dialect.arm(name, arm.score, arm.more, times * arm.most))
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
            expression = self.dialect.without(expression, self._bound(arm.unless))
        if arm.apart:
            expression = self.dialect.without_all(expression, self._bound(arm.apart))
        return expression

    def _bound(self, tokens: Iterable[str]) -> list[str]:
        return [bound(self.cohort_id, each) for each in tokens]

    def _needed(self) -> Iterator[str]:
        for at, group in enumerate(self.plan.needed):
            name = f"n{at}"
            self.values[name] = self.dialect.any_of(self._bound(group))
            yield self.dialect.has(name)


def bound(cohort_id: int, token: str) -> str:
    """A token of one cohort, in signs that need no quoting in either database's queries."""
    plain = token if token.isalnum() else "".join(sign for sign in token if sign.isalnum())
    return f"c{cohort_id}x{plain[:LONGEST_TOKEN]}"
