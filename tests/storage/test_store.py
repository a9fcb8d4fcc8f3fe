"""The store on both databases: what is written is read, within one cohort, as one transaction."""

import dataclasses
import threading
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whenever import Date, Instant, Time

from bot.domain.cohort import Member
from bot.domain.drafts import Seen
from bot.domain.events import Event
from bot.domain.introductions import Introduction
from bot.domain.marks import Ref
from bot.domain.owed import Owed
from bot.domain.people import Contact
from bot.domain.talks import Talk
from bot.ports import AlreadyThereError, AtLeast, Before, NeedsWritingError, Not, Store
from storage.database import Database
from storage.tables import SHAPES
from tests.builders import (
    NOW,
    a_cohort,
    a_contact,
    a_member,
    a_talk,
    a_workspace,
    an_account,
    an_alum,
)

WORDS = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=30)
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: WORDS,
    int: st.integers(-(2**31), 2**31),
    bool: st.booleans(),
    Instant: st.integers(0, 2**52).map(lambda us: Instant.from_timestamp(us, unit="microsecond")),
    Date: st.dates().map(lambda day: Date(day.year, day.month, day.day)),
    Time: st.times().map(lambda at: Time(at.hour, at.minute, at.second)),
    tuple[int, ...]: st.lists(st.integers(1, 7), max_size=7).map(tuple),
    tuple[str, ...]: st.lists(WORDS, max_size=4).map(tuple),
}


def _strategy(hint: Any, ids: dict[str, int]) -> st.SearchStrategy[Any]:
    mark = None
    if get_origin(hint) is Annotated:
        hint, mark = get_args(hint)[:2]
    if isinstance(mark, Ref):
        return st.none() if mark.forget else st.just(ids[mark.kind])
    if get_origin(hint) in (Union, UnionType):
        (inner,) = (each for each in get_args(hint) if each is not NoneType)
        return st.none() | _strategy(inner, ids)
    return PLAIN[hint] if hint in PLAIN else st.sampled_from(list(hint))


def _values(kind: type[Any], cohort_id: int, ids: dict[str, int]) -> st.SearchStrategy[Any]:
    hints = get_type_hints(kind, include_extras=True)
    names = [each.name for each in dataclasses.fields(kind) if each.name not in ("id", "cohort_id")]
    fields = {name: _strategy(hints[name], ids) for name in names}
    return st.builds(kind, cohort_id=st.just(cohort_id), **fields)


def _furnish(database: Database, name: str = "Class of 2027") -> tuple[int, dict[str, int]]:
    """A cohort with one row of each kind that others point to."""
    cohort_id = database.add_cohort(a_cohort(name)).id
    with database.writing(cohort_id) as store:
        workspace = store.add(a_workspace(cohort_id, external_id=f"T-{name}"))
        member = store.add(a_member(cohort_id))
        contact = store.add(a_contact(cohort_id=cohort_id, owner_id=member.id))
        talk = store.add(a_talk(contact.id, cohort_id, member.id))
        alum = store.add(an_alum(cohort_id=cohort_id))
        event = store.add(Event(cohort_id=cohort_id, name="Evening", at=NOW, made=NOW))
    return cohort_id, {
        "Workspace": workspace.id,
        "Member": member.id,
        "Contact": contact.id,
        "Talk": talk.id,
        "Alum": alum.id,
        "Event": event.id,
    }


@pytest.mark.parametrize("kind", [shape.kind for shape in SHAPES], ids=lambda kind: kind.__name__)
def test_every_kind_is_read_as_it_was_written(database: Database, kind: type[Any]) -> None:
    """The mapper keeps every field of every kind, whatever is in it."""
    cohort_id, ids = _furnish(database)

    @settings(
        max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(_values(kind, cohort_id, ids))
    def holds(value: Any) -> None:
        with database.writing(cohort_id) as store:
            try:
                added = store.add(value)
            except AlreadyThereError:
                return
            assert store.get(kind, added.id) == added == dataclasses.replace(value, id=added.id)
            store.remove(added)
            assert store.get(kind, added.id) is None

    holds()


def test_a_cohort_is_read_as_it_was_saved(database: Database, cohort_id: int) -> None:
    """Nested numbers and the organiser's fields are kept."""
    with database.writing(cohort_id) as store:
        cohort = store.cohort()
        changed = dataclasses.replace(
            cohort,
            numbers=dataclasses.replace(cohort.numbers, quiet_from=Time(21), off_days=(6, 7)),
            extra_fields={"blimps": {"label": ["Blimps"], "titles": ["blimp tender"]}},
        )
        store.save_cohort(changed)
    with database.reading(cohort_id) as store:
        assert store.cohort() == changed


@pytest.fixture
def two(database: Database) -> tuple[tuple[int, dict[str, int]], tuple[int, dict[str, int]]]:
    """Two cohorts with rows of the same sorts."""
    return _furnish(database, "first"), _furnish(database, "second")


def test_a_row_cannot_point_into_another_cohort(database: Database, two: Any) -> None:
    """The reference carries the cohort, so the database itself refuses."""
    (first, _mine), (_second, theirs) = two
    stranger = a_contact(cohort_id=first, owner_id=theirs["Member"])
    with database.writing(first) as store, pytest.raises(RuntimeError, match="does not fit"):
        store.add(stranger)


def test_a_store_sees_only_its_cohort(database: Database, two: Any) -> None:
    """By id, by condition, by count: another cohort's rows are not there."""
    (first, _), (_, theirs) = two
    with database.reading(first) as store:
        assert store.get(Contact, theirs["Contact"]) is None
        assert store.count(Member) == 1
        assert all(each.cohort_id == first for each in store.find(Contact))


def test_a_store_writes_only_its_cohort(database: Database, two: Any) -> None:
    """Adding, saving or removing another cohort's row is a mistake, not a write."""
    (first, _), (second, theirs) = two
    with database.reading(second) as store:
        contact = store.get(Contact, theirs["Contact"])
        assert contact is not None
    for act in ("add", "save", "remove"):
        with pytest.raises(ValueError, match="another cohort"), database.writing(first) as store:
            getattr(store, act)(contact)


def test_the_same_unique_key_twice_is_told(database: Database, cohort_id: int) -> None:
    """The second is refused, and the transaction goes on."""
    seen = Seen(cohort_id=cohort_id, key="event-1", at=NOW)
    with database.writing(cohort_id) as store:
        store.add(seen)
        with pytest.raises(AlreadyThereError):
            store.add(seen)
        store.add(dataclasses.replace(seen, key="event-2"))
    with database.reading(cohort_id) as store:
        assert store.count(Seen) == 2


def test_planning_twice_owes_once(database: Database) -> None:
    """The row is unique by recipient, command, subject and occurrence."""
    cohort_id, ids = _furnish(database)
    owed = Owed(
        cohort_id=cohort_id, member_id=ids["Member"], to=f"member:{ids['Member']}",
        command="thanks remind", subject="talk:1", occurrence="first", call="thanks.remind",
        due=NOW,
    )  # fmt: skip
    with database.writing(cohort_id) as store:
        assert store.owe(owed) is not None
        assert store.owe(owed) is None
        assert store.count(Owed) == 1


def _add_and_fail(store: Store) -> None:
    store.add(a_member(store.cohort_id, "Ben"))
    raise LookupError


def test_an_attempt_that_fails_is_undone_alone(database: Database, cohort_id: int) -> None:
    """What was written before it stays."""
    with database.writing(cohort_id) as store:
        store.add(a_member(cohort_id, "Ana"))
        with pytest.raises(LookupError), store.attempt():
            _add_and_fail(store)
        assert [each.name for each in store.find(Member)] == ["Ana"]


def test_a_transaction_that_fails_leaves_nothing(database: Database, cohort_id: int) -> None:
    """All or nothing."""
    with pytest.raises(LookupError), database.writing(cohort_id) as store:
        _add_and_fail(store)
    with database.reading(cohort_id) as store:
        assert store.count(Member) == 0


def test_reading_does_not_write(database: Database, cohort_id: int) -> None:
    """A reading store says that it has to be a writing one."""
    with database.reading(cohort_id) as store, pytest.raises(NeedsWritingError):
        store.add(a_member(cohort_id))


def test_ids_are_never_used_again(database: Database, cohort_id: int) -> None:
    """A button of a removed row never means a new one."""
    with database.writing(cohort_id) as store:
        first = store.add(a_member(cohort_id))
        store.remove(first)
        second = store.add(a_member(cohort_id))
        assert second.id > first.id


def test_removing_takes_what_belongs_to_it_and_forgets_the_rest(database: Database) -> None:
    """A contact's talks go with it; who was referred by it stays, without the referrer."""
    cohort_id, ids = _furnish(database)
    with database.writing(cohort_id) as store:
        dana = store.get(Contact, ids["Contact"])
        assert dana is not None
        named = a_contact("Lee", cohort_id, ids["Member"], referred_by=dana.id)
        lee = store.add(named)
        store.remove(dana)
        assert store.count(Talk) == 0
        kept = store.get(Contact, lee.id)
        assert kept is not None
        assert kept.referred_by is None


CONDITIONS: list[tuple[dict[str, Any], list[str]]] = [
    ({}, ["Ana", "Ben", "Cleo"]),
    ({"name": "Ben"}, ["Ben"]),
    ({"zone": ("UTC", "Asia/Tokyo")}, ["Ben", "Cleo"]),
    ({"opted_in": None}, ["Cleo"]),
    ({"opted_in": Not(None)}, ["Ana", "Ben"]),
    ({"name": Not("Ana")}, ["Ben", "Cleo"]),
    ({"ignored": AtLeast(1)}, ["Ben"]),
    ({"ignored": Before(1)}, ["Ana", "Cleo"]),
    ({"name": ()}, []),
    ({"name": "Ben", "ignored": 2}, ["Ben"]),
]


@pytest.mark.parametrize(("having", "names"), CONDITIONS, ids=str)
def test_conditions_choose_rows(
    database: Database, cohort_id: int, having: dict[str, Any], names: list[str]
) -> None:
    """Equal, one of, set, not set, not, before and at least; all together."""
    with database.writing(cohort_id) as store:
        store.add_all([
            a_member(cohort_id, "Ana", zone="Europe/Berlin"),
            a_member(cohort_id, "Ben", zone="UTC", ignored=2),
            a_member(cohort_id, "Cleo", zone="Asia/Tokyo", opted_in=None),
        ])  # fmt: skip
        assert [each.name for each in store.find(Member, order="name", **having)] == names
        assert store.count(Member, **having) == len(names)


def test_an_unknown_condition_is_our_mistake(database: Database, cohort_id: int) -> None:
    """It is an error, never a condition that silently chooses all."""
    with database.reading(cohort_id) as store, pytest.raises(AttributeError, match="hat_size"):
        store.find(Member, hat_size=7)


def test_order_and_limit(database: Database, cohort_id: int) -> None:
    """Rising by a field, falling with a minus."""
    with database.writing(cohort_id) as store:
        store.add_all([a_member(cohort_id, name) for name in ("Ben", "Ana", "Cleo")])
        assert [m.name for m in store.find(Member, order="name", limit=2)] == ["Ana", "Ben"]
        first = store.first(Member, order="-name")
        assert first is not None
        assert first.name == "Cleo"


def test_writers_in_many_threads_lose_nothing(database: Database, cohort_id: int) -> None:
    """Read, add one, write, eight threads at once: no update is lost."""
    with database.writing(cohort_id) as store:
        member = store.add(a_member(cohort_id))

    def press() -> None:
        for _ in range(5):
            with database.writing(cohort_id, "ana") as store:
                now = store.get(Member, member.id)
                assert now is not None
                store.save(dataclasses.replace(now, ignored=now.ignored + 1))

    threads = [threading.Thread(target=press) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)
    with database.reading(cohort_id) as store:
        now = store.get(Member, member.id)
        assert now is not None
        assert now.ignored == 40


def test_a_reader_does_not_wait_for_a_writer(database: Database, cohort_id: int) -> None:
    """It sees what was there before the writer began."""
    with database.writing(cohort_id) as store:
        store.add(a_member(cohort_id, "Ana"))
    with database.writing(cohort_id) as writer:
        writer.add(a_member(cohort_id, "Ben"))
        with database.reading(cohort_id) as reader:
            assert [each.name for each in reader.find(Member)] == ["Ana"]


def test_a_transaction_inside_another_of_its_thread_says_so(
    database: Database, cohort_id: int
) -> None:
    """It would wait for itself for ever on SQLite."""
    if not database.is_sqlite:
        pytest.skip("PostgreSQL takes as many writers as there are")
    with (
        database.writing(cohort_id),
        pytest.raises(RuntimeError, match="wait for itself"),
        database.writing(cohort_id),
    ):
        pass


def test_a_workspace_leads_to_its_cohort_and_belongs_to_one(database: Database) -> None:
    """Found by the surface's own id; a second cohort cannot take it."""
    first, _ = _furnish(database, "first")
    second, _ = _furnish(database, "second")
    found = database.workspace("paper", "T-first")
    assert found is not None
    assert found.cohort_id == first
    assert database.workspace("paper", "T-third") is None
    with database.writing(second) as store, pytest.raises(AlreadyThereError):
        store.add(a_workspace(second, external_id="T-first"))


def test_accounts_come_with_the_last_used_first(database: Database, two: Any) -> None:
    """A direct message acts in the cohort that was last used."""
    for number, (cohort_id, ids) in enumerate(two):
        with database.writing(cohort_id) as store:
            store.add(
                an_account(
                    cohort_id,
                    ids["Member"],
                    workspace_id=ids["Workspace"],
                    last_used=NOW.add(hours=number),
                )
            )
    assert [each.cohort_id for each in database.accounts("paper", "ana")] == [two[1][0], two[0][0]]


def test_cohorts_come_oldest_first(database: Database) -> None:
    """The first is the one that the shell acts on."""
    names = [database.add_cohort(a_cohort(name)).name for name in ("one", "two")]
    assert [each.name for each in database.cohorts()] == names


def test_a_member_goes_whose_card_somebody_elses_row_names(database: Database) -> None:
    """What belongs to the member goes with them, and others' rows forget it."""
    cohort_id = database.add_cohort(a_cohort("one")).id
    with database.writing(cohort_id) as store:
        ana, mei = (store.add(a_member(cohort_id, name)) for name in ("Ana", "Mei"))
        dana = store.add(a_contact(cohort_id=cohort_id, owner_id=mei.id))
        store.add(a_contact("Lee", cohort_id, mei.id, referred_by=dana.id))
        store.add(
            Introduction(
                cohort_id=cohort_id, asker_id=ana.id, owner_id=mei.id, contact_id=dana.id, asked=NOW
            )
        )  # fmt: skip
    with database.writing(cohort_id) as store:
        store.remove(mei)
    with database.reading(cohort_id) as store:
        (left,) = store.find(Introduction)
        assert (left.asker_id, left.owner_id, left.contact_id) == (ana.id, None, None)
        assert store.count(Contact) == 0
