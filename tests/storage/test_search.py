"""The directory's search, through the store."""

from collections.abc import Generator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet

from bot.content.load_fields import load_fields
from bot.domain.asks import Ask
from bot.domain.people import Alum
from bot.domain.search import NEAR_POOL, POOL
from bot.ports import AlumHits, AlumQuery
from storage.cipher import Cipher
from storage.database import Database
from tests.builders import NOW, a_cohort, a_contact, a_member, an_alum


class Searched:
    """A cohort whose directory is filled and asked."""

    def __init__(self, database: Database, name: str = "first") -> None:
        self.database = database
        self.cohort = database.add_cohort(a_cohort(name))

    def has(self, *alumni: Alum) -> None:
        """Put these into the directory."""
        with self.database.writing(self.cohort.id) as store:
            store.add_all(list(alumni))

    def alum(self, name: str, **rest: Any) -> Alum:
        """One of this cohort."""
        return an_alum(name, cohort_id=self.cohort.id, **rest)

    def asked(self, field: str = "", **rest: Any) -> AlumHits:
        """What is found."""
        with self.database.reading(self.cohort.id) as store:
            return store.alumni(AlumQuery(field=field, now=NOW, **rest))

    def names(self, field: str = "", **rest: Any) -> list[str]:
        """The names of the field asked for, in order."""
        return [hit.alum.name for hit in self.asked(field, **rest).ranked]


@pytest.fixture
def database(tmp_path: Path) -> Generator[Database]:
    """An empty one."""
    made = Database(
        f"sqlite:///{tmp_path / 'a.db'}", Cipher([Fernet.generate_key().decode()]), load_fields()
    )
    made.create()
    yield made
    made.close()


@pytest.fixture
def here(database: Database) -> Searched:
    """A cohort with a small directory."""
    searched = Searched(database)
    searched.has(
        searched.alum(
            "Nia", title="Registered Nurse", city="Boston", company="Mercy Hospital", field=""
        ),
        searched.alum("Max", title="Brand Manager", city="Berlin", class_year=2010),
        searched.alum("Ada", title="Anesthesiologist Assistant", city="Boston", field=""),
        searched.alum("Sol", title="Stealth startup", company="Zyx", field=""),
    )
    return searched


def test_a_field_finds_its_people_with_a_typing_mistake(here: Searched) -> None:
    hits = here.asked("maketing")
    assert [hit.alum.name for hit in hits.ranked] == ["Max"]
    assert hits.mended == (("maketing", "marketing"),)
    assert hits.understood[0] == "Marketing"


def test_free_ones_behind_very_many_who_are_full_are_found(database: Database) -> None:
    """Whoever is looked at first in a field, and in the field next to it."""
    here = Searched(database, "full")
    few, many = NEAR_POOL + 5, POOL + 5
    full = [here.alum(f"Full {n}", title="Registered Nurse", asks_per_month=0) for n in range(many)]
    near = [
        here.alum(f"Near {n}", title="Physician Assistant", asks_per_month=0) for n in range(few)
    ]
    free = [
        here.alum("Free Nurse", title="Registered Nurse"),
        here.alum("Doc", title="Physician Assistant"),
    ]
    here.has(*(replace(each, field="") for each in (*full, *near, *free)))
    hits = here.asked("nursing")
    assert [hit.alum.name for hit in hits.ranked] == ["Free Nurse"]
    assert "Doc" in [hit.alum.name for hit in hits.adjacent]
    assert (hits.total, here.asked("nursing", page=2).ranked) == (1, ())


def test_who_states_the_very_field_is_found_after_those_whose_title_says_so(
    database: Database,
) -> None:
    """Once: not among the neighbours as well; and a field that we do not know counts too."""
    here = Searched(database, "books")
    here.has(
        here.alum("Ida", title="Rights Manager", field="Publishing"),
        here.alum("Cem", title="Copywriter", field="Publishing"),
        here.alum("Eve", title="Book Editor", field=""),
        here.alum("Fay", title="Copywriter", field="Heraldry"),
    )
    hits = here.asked("publishing")
    assert [hit.alum.name for hit in hits.ranked] == ["Eve", "Ida", "Cem"]
    assert [hit.alum.name for hit in hits.adjacent] == ["Fay"]
    assert here.names("heraldry") == ["Fay"]


def test_neighbours_are_shown_with_their_field_when_nobody_has_the_one_asked(
    here: Searched,
) -> None:
    hits = here.asked("nurse anesthetist")
    assert hits.ranked == ()
    assert ("Ada", "Anesthesia") in [(hit.alum.name, hit.near) for hit in hits.adjacent]


def test_place_employer_year_and_major_narrow_it_down(here: Searched) -> None:
    assert here.names("nurse", place="bostn") == ["Nia"]
    assert here.names("nurse", place="Berlin") == []
    assert here.names("nurse", company="mercy") == ["Nia"]
    assert here.names("marketing", year=2010) == ["Max"]
    assert here.names("marketing", year=1999) == []
    assert here.names("marketing", major="chemistry") == []


def test_a_place_within_the_words_is_understood_as_one(here: Searched) -> None:
    assert here.names("nurses in Boston") == ["Nia"]
    assert here.names("nurses in Berlin") == []


def test_without_words_the_filters_alone_search(here: Searched) -> None:
    assert here.names(place="Berlin") == ["Max"]
    assert len(here.names()) == 4


def test_an_employer_typed_as_the_field_is_found(here: Searched) -> None:
    assert here.names("zyx") == ["Sol"]


@pytest.mark.parametrize("hidden", [{"consent": False}, {"paused": True}, {"do_not_contact": True}])
def test_who_is_not_to_be_asked_is_not_found(here: Searched, hidden: dict[str, bool]) -> None:
    here.has(here.alum("Hid", title="Actuary", **hidden))
    assert here.names("actuary") == []


def test_who_pauses_disappears_and_comes_back_changed(here: Searched) -> None:
    with here.database.writing(here.cohort.id) as store:
        max_ = store.find(Alum, name="Max")[0]
        store.save(here.alum("Max", title="Brand Manager", id=max_.id, paused=True))
    assert here.names("marketing") == []
    with here.database.writing(here.cohort.id) as store:
        store.save(here.alum("Max", title="Welder", field="", id=max_.id))
    assert here.names("marketing") == []
    assert here.names("welding") == ["Max"]


def test_who_is_removed_is_not_found(here: Searched) -> None:
    with here.database.writing(here.cohort.id) as store:
        store.remove(store.find(Alum, name="Max")[0])
    assert here.asked("marketing").total == 0


def test_who_was_asked_enough_this_month_is_left_out_and_the_freest_comes_first(
    here: Searched,
) -> None:
    here.has(
        here.alum("Full", title="Actuary", asks_per_month=1),
        here.alum("Some", title="Actuary", asks_per_month=2),
        here.alum("Free", title="Actuary", asks_per_month=3),
    )
    with here.database.writing(here.cohort.id) as store:
        member = store.add(a_member(here.cohort.id))
        for name in ("Full", "Some"):
            alum = store.find(Alum, name=name)[0]
            contact = store.add(a_contact(name, here.cohort.id, member.id, alum_id=alum.id))
            store.add(
                Ask(
                    cohort_id=here.cohort.id,
                    member_id=member.id,
                    contact_id=contact.id,
                    alum_id=alum.id,
                    drafted=NOW,
                    sent=NOW,
                )
            )
    hits = here.asked("actuary")
    assert [(hit.alum.name, hit.free) for hit in hits.ranked] == [("Free", 3), ("Some", 1)]


def test_another_cohorts_alumni_are_never_found(here: Searched) -> None:
    other = Searched(here.database, "other")
    other.has(other.alum("Eve", title="Actuary"))
    assert here.names("actuary") == []
    assert other.names("actuary") == ["Eve"]
    assert other.names(place="Berlin") == []


def test_pages_follow_each_other_without_repeats(here: Searched) -> None:
    here.has(*(here.alum(f"A{n}", title="Actuary") for n in range(23)))
    pages = [here.names("actuary", page=page) for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [10, 10, 3, 0]
    assert len({name for page in pages for name in page}) == 23
    assert here.asked("actuary", page=3).total == 23


def test_an_added_field_finds_alumni_who_were_there_before(here: Searched) -> None:
    here.has(here.alum("Zep", title="Blimp Tender", field=""))
    extra = {"airships": {"label": ["Airships"], "titles": ["blimp tender"]}}
    with here.database.writing(here.cohort.id) as store:
        store.save_cohort(a_cohort("first", id=here.cohort.id, extra_fields=extra))
    assert here.names("airships") == ["Zep"]


@pytest.mark.parametrize(
    "hostile", ['"', 'a" OR b', "NOT *", "(", "' & !", "%", "\\", "NEAR(a b)", "🤷" * 300]
)
def test_signs_that_mean_something_to_a_database_are_just_words(
    here: Searched, hostile: str
) -> None:
    for query in ({"field": hostile}, {"place": hostile}, {"company": hostile, "major": hostile}):
        assert here.asked(**query).total >= 0


def test_rebuilding_finds_the_same(here: Searched) -> None:
    with here.database.transaction() as connection:
        assert here.database.directory.rebuild(connection, here.cohort.id) == 4
    assert here.names("marketing") == ["Max"]
