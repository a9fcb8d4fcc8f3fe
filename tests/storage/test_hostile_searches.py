"""Whatever is searched for, on both databases: rows or none, never an error, nobody else's rows."""

import pytest

from bot.ports import AlumQuery
from storage.database import Database
from tests.bot.files.hostile import cases
from tests.builders import a_cohort, an_alum

OURS = ["a" * 100_000, "", " ", "\x00", "\ud800", "%_\\", "name:ann OR 1=1", "'; DROP TABLE alumni"]


@pytest.mark.parametrize("typed", [*OURS, *cases("search and SQL"), *cases("unicode")])
def test_a_search_for_anything_is_a_search(database: Database, cohort_id: int, typed: str) -> None:
    """As a field, a place, an employer and a subject."""
    other = database.add_cohort(a_cohort("Another class")).id
    for number, name in ((cohort_id, "Mine Own"), (other, "Not Mine")):
        with database.writing(number) as store:
            store.add(an_alum(name, number))
    with database.reading(cohort_id) as store:
        for query in (
            AlumQuery(field=typed), AlumQuery(place=typed), AlumQuery(company=typed),
            AlumQuery(field="marketing", major=typed),
        ):  # fmt: skip
            hits = store.alumni(query)
            found = [each.alum.name for each in (*hits.ranked, *hits.adjacent)]
            assert "Not Mine" not in found
            assert hits.total <= 1


def test_a_word_that_grows_when_it_is_folded_is_kept_and_found(
    database: Database, cohort_id: int
) -> None:
    """One sign may stand for eighteen: two hundred of them are a word of 3,600, on any row."""
    grown = "\ufdfa" * 200
    with database.writing(cohort_id) as store:
        store.add(
            an_alum("Mine Own", cohort_id, title=grown, company=grown, city=grown, major=grown)
        )
    with database.reading(cohort_id) as store:
        assert store.alumni(AlumQuery(company=grown)).total == 1
