"""Introductions that come to nothing: a no, silence and a departure read alike (FEATURES E3)."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.people import Contact
from tests.front_door import House, Person
from tests.introduced import (
    ENDED,
    asks,
    heard,
    knows,
    request,
    with_dana_here,
)


@pytest.fixture
def mei(house: House) -> Person:
    """Who knows Dana in publishing."""
    made = house.joined("Mei")
    knows(made)
    return made


def says_no(house: House, mei: Person) -> None:
    mei.presses("Not now", on=request(mei))


def is_silent(house: House, mei: Person) -> None:
    """Nothing at all."""


def never_again(house: House, mei: Person) -> None:
    mei.presses("Not for Dana Ortiz any more", on=request(mei))


def stops(house: House, mei: Person) -> None:
    mei.types("/settings stop")


def deletes_all(house: House, mei: Person) -> None:
    mei.types("/mydata delete")
    mei.presses("Delete everything")
    assert "Done" in mei.fills_in(name="Mei").words


def removes_the_contact(house: House, mei: Person) -> None:
    mei.types("/contact remove Dana Ortiz")


def marks_them(house: House, mei: Person) -> None:
    (dana,) = mei.keeps(Contact)
    with house.database.writing(house.cohort.id) as store:
        store.save(replace(dana, do_not_contact=True))


def says_yes_and_the_contact_no(house: House, mei: Person) -> None:
    mei.presses("They said no", on=mei.presses("Yes", on=request(mei)))


def says_yes_and_hears_nothing(house: House, mei: Person) -> None:
    mei.presses("Yes", on=request(mei))


WAYS = (
    says_no, is_silent, never_again, stops, deletes_all, removes_the_contact, marks_them,
    says_yes_and_the_contact_no, says_yes_and_hears_nothing,
)  # fmt: skip


def what_the_asker_sees(house: House, ana: Person) -> list[str]:
    """Every surface on which an introduction could show."""
    return [
        ana.types(line).words
        for line in ("/alum find publishing", "/intro list", "/network due", "/snowball today")
    ] + [ana.types("/intro request field: publishing blurb: again").words]


@pytest.mark.parametrize("way", WAYS)
def test_every_no_reads_like_silence(house: House, ana: Person, mei: Person, way: Any) -> None:
    """The asker sees and hears the same, moment by moment, whatever became of it."""
    asks(ana)
    house.ticks()
    before = what_the_asker_sees(house, ana)
    assert any("you hear by" in each for each in before)
    way(house, mei)
    assert what_the_asker_sees(house, ana) == before
    house.passes("2026-12-07 08:00", hours=24)
    assert ENDED not in heard(ana)
    assert what_the_asker_sees(house, ana)[1] == before[1]
    house.moves_to("2026-12-07 10:00")
    assert f"{ENDED}: editing and publishing. It’s rarely about you." in heard(ana)
    assert "Mei" not in heard(ana)
    assert "Dana" not in heard(ana)
    house.moves_to("2026-12-08 10:00")
    assert heard(ana).count(ENDED) == 1


def test_a_contact_in_the_chat_says_no_like_silence_to_both(
    house: House, ana: Person, mei: Person
) -> None:
    """The owner, too, hears of it at the end only."""
    dana = with_dana_here(house, mei)
    asks(ana)
    house.ticks()
    mei.presses("Yes", on=request(mei))
    house.moves_to("2026-11-24 17:00")
    assert "Mei would like to introduce you to Ana" in dana.letters[-1].words
    dana.presses("Not now", on=dana.letters[-1])
    house.passes("2026-12-07 08:00", hours=24)
    assert ENDED not in heard(ana) + heard(mei)
    house.moves_to("2026-12-07 10:00")
    assert ENDED in heard(ana)
    assert ENDED in heard(mei)


def test_an_offer_whose_owner_left_is_not_something_that_one_waits_for(
    house: House, ana: Person
) -> None:
    """Nobody waits for what they never took."""
    mei = house.joined("Mei")
    knows(mei)
    mei.types("/intro offer person: Dana Ortiz to: Ana")
    house.ticks()
    assert "Mei offers" in ana.types("/intro list").words
    mei.types("/mydata delete")
    mei.presses("Delete everything")
    mei.fills_in(name="Mei")
    assert "No introductions are under way." in ana.types("/intro list").words
