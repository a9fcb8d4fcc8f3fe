"""A name that stands in the directory too becomes that alum by one press, never by itself."""

from typing import Any

import pytest

from bot.domain.people import Contact
from tests.builders import an_alum
from tests.front_door import House, Person


@pytest.fixture
def ana(house: House) -> Person:
    """With Dana Whitfield, whom nobody of hers is yet, in the directory."""
    house.add(an_alum(cohort_id=house.cohort.id))
    return house.joined("Ana")


def test_an_added_name_is_linked_by_a_press(ana: Person) -> None:
    """What the directory knows comes along; what was written stays."""
    shown = ana.types("/contact add name: Dana Whitfield company: Beacon")
    assert "The alumni directory has Dana Whitfield too" in shown.words
    assert ana.keeps(Contact)[0].alum_id is None
    ana.presses("The same person", shown)
    (dana,) = ana.keeps(Contact)
    assert dana.alum_id is not None
    assert (dana.company, dana.title) == ("Beacon", "Marketing Manager")
    assert "on your list" in ana.types("/alum find marketing").words


def test_a_talk_and_the_names_in_it_too(house: House, ana: Person) -> None:
    """Whoever is new on the list by a log."""
    house.add(an_alum("Lee Chen", cohort_id=house.cohort.id))
    form = ana.types("/interview log")
    shown = ana.fills_in(form, person="Dana Whitfield", names="Lee Chen, Kim")
    assert shown.labels.count("The same person") == 2


@pytest.mark.parametrize(
    "other", [{"consent": False}, {"do_not_contact": True}], ids=["hidden", "not to be asked"]
)
def test_who_is_not_shown_is_not_told_of(house: House, ana: Person, other: dict[str, Any]) -> None:
    """Nor why."""
    house.add(an_alum("Hidden One", cohort_id=house.cohort.id, **other))
    assert "directory" not in ana.types("/contact add Hidden One").words


def test_a_first_name_or_two_of_a_name_say_too_little(house: House, ana: Person) -> None:
    """Nothing is offered where it may be somebody else."""
    house.add(*(an_alum("Sam Cole", cohort_id=house.cohort.id, city=each) for each in "ab"))
    assert "directory" not in ana.types("/contact add Sam Cole").words
    assert "directory" not in ana.types("/contact add Dana").words


def test_one_alum_is_one_contact(ana: Person) -> None:
    """Who is on the list as that alum is not offered again, and an old button says so."""
    shown = ana.types("/contact add name: Dana Whitfield company: Beacon")
    ana.presses("Add", ana.types("/alum find marketing"))
    assert "on your list already" in ana.presses("The same person", shown).words
    assert len([each for each in ana.keeps(Contact) if each.alum_id is not None]) == 1
