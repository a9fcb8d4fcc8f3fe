"""Codes and places on the list on both databases: an empty workspace joins once, a member's row is
moved, and what belongs to a member goes with them."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from whenever import TimeDelta

from bot.domain.codes import Code, CodeFor
from bot.domain.cohort import Account, Member, Workspace
from bot.domain.linking import new_code
from bot.domain.people import UNTIL_THEY_SAY, Alum, Contact, Volunteer
from bot.ports import NotEmptyError
from bot.volunteering import end_pauses, forget_entry, is_signed, link_to, paused
from storage.database import Database
from tests.builders import NOW, a_cohort, a_contact, a_member, an_alum

PLACE = ("felt", "felt")
SITE = "https://snowball.test"


@pytest.fixture
def other(database: Database) -> int:
    """A class of its own in a workspace where somebody has only looked in."""
    cohort = database.add_cohort(a_cohort("Server"))
    with database.writing(cohort.id) as store:
        place = store.add(Workspace(cohort_id=cohort.id, surface="felt", external_id="felt"))
        kim = store.add(a_member(cohort.id, name="Kim"))
        store.add(
            Account(
                cohort_id=cohort.id, member_id=kim.id, workspace_id=place.id, surface="felt",
                external_id="kim", last_used=NOW,
            )
        )  # fmt: skip
    return cohort.id


@pytest.fixture
def code(database: Database, cohort_id: int) -> str:
    """One of the first class's organiser."""
    made = new_code()
    with database.writing(cohort_id) as store:
        mo = store.add(a_member(cohort_id, name="Mo"))
        store.add(
            Code(
                cohort_id=cohort_id, member_id=mo.id, joins=CodeFor.WORKSPACE, key=made, made=NOW
            )
        )  # fmt: skip
    return made


def joins(database: Database, cohort: int, code: str, after: int = 0) -> str | None:
    """What the workspace is told, so many minutes later."""
    with database.writing(cohort) as store:
        return store.join_workspace(code, *PLACE, NOW + TimeDelta(minutes=after))


def test_an_empty_workspace_moves_with_nobody_in_it(
    database: Database, cohort_id: int, other: int, code: str
) -> None:
    """Who looked in begins anew in the class that is joined."""
    assert joins(database, other, code)
    found = database.workspace(*PLACE)
    assert found is not None
    assert found.cohort_id == cohort_id
    with database.reading(other) as store:
        assert (store.count(Member), store.count(Account), store.count(Workspace)) == (0, 0, 0)
    assert joins(database, other, code) is None


@pytest.mark.parametrize("after", [15, 60])
def test_an_old_code_joins_nothing(database: Database, other: int, code: str, after: int) -> None:
    """A quarter of an hour, and not a minute more."""
    assert joins(database, other, code, after) is None
    found = database.workspace(*PLACE)
    assert found is not None
    assert found.cohort_id == other


def test_what_is_kept_there_is_never_carried_over(
    database: Database, other: int, code: str
) -> None:
    """One contact is enough to stay a class of one's own; the code stays good."""
    with database.writing(other) as store:
        (kim,) = store.find(Member)
        store.add(a_contact("Dana", other, kim.id))
    with pytest.raises(NotEmptyError):
        joins(database, other, code)
    with database.reading(other) as store:
        assert (store.count(Member), store.count(Contact)) == (1, 1)


def test_two_presses_at_once_join_once(database: Database, other: int, code: str) -> None:
    """The second finds nothing to join, and nothing breaks half-way."""

    def press(_number: int) -> str | None:
        return joins(database, other, code)

    with ThreadPoolExecutor(2) as hands:
        told = list(hands.map(press, range(2)))
    assert sorted(bool(each) for each in told) == [False, True]
    found = database.workspace(*PLACE)
    assert found is not None
    with database.reading(found.cohort_id) as store:
        assert store.count(Workspace, surface="felt") == 1


def an_entry(database: Database, cohort: int) -> tuple[Alum, Member]:
    """Somebody who listed themselves."""
    with database.writing(cohort) as store:
        dana = store.add(a_member(cohort, name="Dana"))
        alum = store.add(replace(an_alum("Dana", cohort, email="dana@example.org"), imported=NOW))
        store.add(Volunteer(cohort_id=cohort, alum_id=alum.id, member_id=dana.id, since=NOW))
        store.add(a_contact("Dana", cohort, dana.id, alum_id=alum.id))
    return alum, dana


def test_their_line_goes_with_them_and_students_cards_stay(
    database: Database, cohort_id: int
) -> None:
    """A card that pointed at it points at nothing."""
    _alum, dana = an_entry(database, cohort_id)
    with database.writing(cohort_id) as store:
        ana = store.add(a_member(cohort_id, name="Ana"))
        (alum,) = store.find(Alum)
        store.add(a_contact("Dana", cohort_id, ana.id, alum_id=alum.id))
        forget_entry(store, dana.id, NOW)
        store.remove(dana)
    with database.reading(cohort_id) as store:
        assert (store.count(Alum), store.count(Volunteer)) == (0, 0)
        assert [each.alum_id for each in store.find(Contact, owner_id=ana.id)] == [None]


def test_a_pause_without_an_end_has_none(database: Database, cohort_id: int) -> None:
    """The day that stands for it is kept and read on both, and never comes."""
    alum, _dana = an_entry(database, cohort_id)
    with database.writing(cohort_id) as store:
        store.save(paused(alum, None))
        assert end_pauses(store, NOW + TimeDelta(hours=24 * 3650)) == 0
    with database.reading(cohort_id) as store:
        (kept,) = store.find(Alum)
    assert (kept.paused, kept.paused_until) == (True, UNTIL_THEY_SAY)


def test_a_link_of_one_class_is_none_in_another(
    database: Database, cohort_id: int, other: int
) -> None:
    """The same number and the same person: each class has a signature of its own."""
    alum, _dana = an_entry(database, cohort_id)
    there, _other_dana = an_entry(database, other)
    with database.reading(cohort_id) as store:
        signature = link_to(store, SITE, alum).rpartition("-")[2]
        assert is_signed(store, alum.id, signature)
    with database.reading(other) as store:
        assert not is_signed(store, there.id, signature)
        assert not is_signed(store, alum.id, signature)
