"""The directory's search."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, or_, select

from bot.domain.people import Alum
from bot.ports import AlumHit, AlumHits, AlumQuery
from storage.tables import Schema


class Directory:
    """Keeps the search index of the alumni and asks it."""

    def __init__(self, schema: Schema, fields: Any) -> None:
        self.schema = schema
        self.fields = fields

    def create(self, connection: Connection) -> None:
        """Make the index tables."""

    def index(self, connection: Connection, cohort_id: int, alumni: Sequence[Alum]) -> None:
        """Bring the index up to date for these alumni."""

    def forget(self, connection: Connection, cohort_id: int, ids: Sequence[int]) -> None:
        """Take alumni out of the index."""

    def search(self, connection: Connection, cohort_id: int, query: AlumQuery) -> AlumHits:
        """A page of alumni."""
        mapped = self.schema.of(Alum)
        t = mapped.table
        found = select(*mapped.columns).where(t.c.cohort_id == cohort_id, t.c.consent, ~t.c.paused)
        if query.field:
            like = f"%{query.field}%"
            found = found.where(or_(t.c.title.ilike(like), t.c.field.ilike(like)))
        rows = [mapped.value(row) for row in connection.execute(found.limit(500))]
        begin = (query.page - 1) * query.per_page
        return AlumHits(
            tuple(AlumHit(row) for row in rows[begin : begin + query.per_page]), (), len(rows), 0
        )
