"""Asks to the same alumni from other cohorts of the deployment: moments, and nothing else.

The one look above cohorts that a Store takes (docs/decisions/0010): an alum's asks a month count
together. The same person is who has the same e-mail (by its keyed hash), or the same number of the
alumni office together with the same name.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, text
from whenever import Instant

from bot.domain.availability import Place
from bot.domain.people import Alum
from storage.cipher import Cipher

_ASKED = """
SELECT asks.id AS ask, asks.sent AS sent, asks.drafted AS drafted, asks.released AS released,
    theirs.email_hash AS email, theirs.external_id AS number, theirs.name AS name
FROM cohorts AS other
JOIN alumni AS theirs ON theirs.cohort_id = other.id AND theirs.{field} IN :{field}
JOIN asks ON asks.cohort_id = theirs.cohort_id AND asks.alum_id = theirs.id
WHERE other.id <> :cohort AND coalesce(asks.sent, asks.drafted) >= :since
"""
_BY_EMAIL = text(_ASKED.format(field="email_hash")).bindparams(
    bindparam("email_hash", expanding=True)
)
_BY_NUMBER = text(_ASKED.format(field="external_id")).bindparams(
    bindparam("external_id", expanding=True)
)
_SENT_ELSEWHERE = (
    " FROM asks JOIN alumni AS theirs"
    " ON theirs.cohort_id = asks.cohort_id AND theirs.id = asks.alum_id"
    " JOIN alumni AS mine ON mine.cohort_id = :cohort AND "
)
_WHERE = " WHERE asks.cohort_id <> :cohort AND asks.sent >= :since"
RECENT = (
    "SELECT alum_id, COUNT(*) AS asked FROM ("  # noqa: S608 - made of our own words
    "SELECT id, alum_id FROM asks"
    " WHERE cohort_id = :cohort AND sent >= :since AND alum_id IS NOT NULL"
    " UNION SELECT asks.id, mine.id"
    f"{_SENT_ELSEWHERE}mine.email_hash = theirs.email_hash{_WHERE} AND theirs.email_hash <> ''"
    " UNION SELECT asks.id, mine.id"
    f"{_SENT_ELSEWHERE}mine.external_id = theirs.external_id AND mine.name = theirs.name"
    f"{_WHERE} AND theirs.external_id <> ''"
    ") AS every_ask GROUP BY alum_id"
)
"""Asks of late by alum, for the finder: the cohort's own, and those to the same people elsewhere.

Asks are numbered across cohorts, so that one found both ways counts once."""


def places_elsewhere(
    connection: Connection, cipher: Cipher, cohort_id: int, alumni: Iterable[Alum], since: Instant
) -> Mapping[int, Sequence[Place]]:
    """By the alum's id here: the places that other cohorts' asks took since then."""
    people = list(alumni)
    hashes = {each.id: {h for h in cipher.hashes(each.email) if h} for each in people}
    values = {"cohort": cohort_id, "since": since.timestamp(unit="microsecond")}
    numbers = {each.external_id for each in people if each.external_id}
    rows: dict[int, Row[Any]] = {}
    for statement, name, wanted in (
        (_BY_EMAIL, "email_hash", set().union(*hashes.values())),
        (_BY_NUMBER, "external_id", numbers),
    ):
        if wanted:
            found = connection.execute(statement, {**values, name: sorted(wanted)})
            rows |= {row.ask: row for row in found}
    places: dict[int, list[Place]] = defaultdict(list)
    for each in people:
        for row in rows.values():
            by_number = row.number and (row.number, row.name) == (each.external_id, each.name)
            if by_number or row.email in hashes[each.id]:
                places[each.id].append(_place(row))
    return places


def _place(row: Row[Any]) -> Place:
    return Place(
        drafted=Instant.from_timestamp(row.drafted, unit="microsecond"),
        sent=_moment(row.sent),
        released=_moment(row.released),
    )


def _moment(at: int | None) -> Instant | None:
    return None if at is None else Instant.from_timestamp(at, unit="microsecond")
