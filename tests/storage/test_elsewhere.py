"""An alum's asks a month count over the cohorts of a deployment; nothing else is shared."""

from typing import Any

import pytest
from whenever import TimeDelta

from bot.domain.asks import Ask
from bot.domain.availability import Place
from bot.domain.people import Alum
from bot.ports import AlumQuery
from storage.database import Database
from tests.builders import NOW, a_cohort, a_contact, a_member, an_alum

YESTERDAY = NOW - TimeDelta(hours=24)
LONG_AGO = NOW - TimeDelta(hours=24 * 31)
SINCE = NOW - TimeDelta(hours=24 * 30)
HERE: dict[str, Any] = {
    "email": "zed@example.org",
    "external_id": "17",
    "title": "Nurse",
    "field": "",
}


@pytest.fixture
def other(database: Database) -> int:
    """A second cohort of the same deployment."""
    return database.add_cohort(a_cohort("Evening class")).id


def asked(database: Database, cohort: int, name: str = "Zed Ames", **rest: Any) -> None:
    """Somebody of a cohort has asked an alum of its own directory."""
    moments = {"drafted": rest.pop("drafted", YESTERDAY), "sent": rest.pop("sent", YESTERDAY)}
    released = rest.pop("released", None)
    with database.writing(cohort) as store:
        member = store.add(a_member(cohort))
        alum = store.add(an_alum(name, cohort, **rest))
        contact = store.add(a_contact(name, cohort, member.id, alum_id=alum.id))
        store.add(
            Ask(
                cohort_id=cohort, member_id=member.id, contact_id=contact.id, alum_id=alum.id,
                released=released, **moments,
            )
        )  # fmt: skip


def ours(database: Database, cohort: int, **rest: Any) -> Alum:
    """The alum as our directory has them."""
    with database.writing(cohort) as store:
        return store.add(an_alum("Zed Ames", cohort, **{**HERE, **rest}))


def seen(database: Database, cohort: int, alum: Alum) -> tuple[list[Place], bool]:
    """The places taken elsewhere, and whether the finder still has them."""
    query = AlumQuery(field="nursing", now=NOW)
    with database.reading(cohort) as store:
        places = store.places_elsewhere([alum], SINCE)
        return list(places.get(alum.id, ())), bool(store.alumni(query).ranked)


@pytest.mark.parametrize(
    "there",
    [
        {"email": " ZED@example.org "},
        {"external_id": "17"},
        {"email": "zed@example.org", "external_id": "17"},
        {"email": "zed@home.test", "external_id": "17"},
        {"name": "Zed P. Ames", "email": "zed@example.org"},
    ],
)
def test_the_same_person_counts_once(
    database: Database, cohort_id: int, other: int, there: dict[str, Any]
) -> None:
    """By e-mail however typed, or by the office's number and the name; found both ways, once."""
    alum = ours(database, cohort_id)
    asked(database, other, **there)
    assert seen(database, cohort_id, alum) == ([Place(YESTERDAY, YESTERDAY)], False)


@pytest.mark.parametrize(
    "there",
    [
        {},
        {"email": "zed@example.com"},
        {"name": "Ada Quist", "external_id": "17"},
        {"email": "zed@example.org", "sent": LONG_AGO, "drafted": LONG_AGO},
    ],
)
def test_others_do_not_count(
    database: Database, cohort_id: int, other: int, there: dict[str, Any]
) -> None:
    """A namesake, another school's number 17, an ask of last month."""
    alum = ours(database, cohort_id)
    asked(database, other, **there)
    assert seen(database, cohort_id, alum) == ([], True)


def test_who_has_neither_is_nobody_elsewhere(
    database: Database, cohort_id: int, other: int
) -> None:
    """Two empty e-mails are not the same e-mail."""
    alum = ours(database, cohort_id, email="", external_id="")
    asked(database, other)
    assert seen(database, cohort_id, alum) == ([], True)


def test_a_draft_elsewhere_keeps_a_place_too(
    database: Database, cohort_id: int, other: int
) -> None:
    """As within the cohort: the finder shows them, with the day."""
    alum = ours(database, cohort_id)
    asked(database, other, email=HERE["email"], sent=None, released=NOW)
    places, found = seen(database, cohort_id, alum)
    assert places == [Place(YESTERDAY, None, NOW)]
    assert found


def test_the_limit_of_two_leaves_one(database: Database, cohort_id: int, other: int) -> None:
    """The alum's own number wins here as there."""
    alum = ours(database, cohort_id, asks_per_month=2)
    asked(database, other, email=HERE["email"])
    with database.reading(cohort_id) as store:
        (hit,) = store.alumni(AlumQuery(field="nursing", now=NOW)).ranked
    assert (hit.alum.id, hit.free) == (alum.id, 1)
