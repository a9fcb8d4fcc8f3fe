"""How often an owner is asked, offers, and what is left behind (FEATURES E3, B9)."""

from dataclasses import replace

import pytest

from bot.domain.introductions import Introduction, IntroState
from bot.domain.owed import Owed
from bot.domain.people import Alum, Contact, Sharing
from bot.invocation import call
from tests.front_door import House, Person
from tests.introduced import (
    BLURB,
    ENDED,
    asks,
    heard,
    intro,
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


def test_two_a_week_and_the_third_waits(house: House, mei: Person) -> None:
    """Nobody who asks can tell; the owner is asked again when a week has passed."""
    knows(mei, "Lee Wong")
    knows(mei, "Kim Roy")
    said = [asks(house.joined(name)).words for name in ("Ana", "Ben", "Cleo")]
    assert len(set(said)) == 1
    house.passes("2026-11-29 12:00")
    assert heard(mei).count("Introduce them?") == 2
    house.moves_to("2026-12-01 10:30")
    assert heard(mei).count("Introduce them?") == 3


def test_requests_go_round(house: House, ana: Person, mei: Person) -> None:
    """Two who know somebody: whoever was asked less."""
    bo = house.joined("Bo")
    knows(bo, "Lee Wong")
    asks(ana)
    asks(house.joined("Ben"))
    house.ticks()
    assert heard(mei).count("Introduce them?") == heard(bo).count("Introduce them?") == 1


def test_the_same_is_not_asked_twice_while_it_is_open(
    house: House, ana: Person, mei: Person
) -> None:
    """The finder shows when it was asked; a second request says so and asks nobody."""
    asks(ana)
    shown = ana.types("/alum find publishing")
    assert "you asked on" in shown.words
    assert "Ask for an introduction" not in shown.labels
    assert "You asked on" in ana.types("/intro request field: publishing blurb: hello").words
    assert len(house.rows(Introduction)) == 1


def test_something_felt_wrong_keeps_the_two_apart(house: House, ana: Person, mei: Person) -> None:
    """It ends at once, the organiser hears, and neither is matched with the other again (B9)."""
    otto = house.joined("Otto", admin=True)
    asks(ana)
    house.ticks()
    mei.presses("Something felt wrong", on=request(mei))
    mei.fills_in(words="Not comfortable")
    assert intro(house).state is IntroState.WITHDRAWN
    house.ticks()
    assert "Mei says that something felt wrong with Ana" in heard(otto)
    house.passes("2027-01-20 12:00", hours=48)
    mei.letters.clear()
    assert "Asked." in asks(ana).words
    house.moves_to("2027-01-21 12:00")
    assert "Introduce them?" not in heard(mei)


def test_somebody_shared_openly_is_asked_for_by_name(house: House, ana: Person) -> None:
    """The asker knows both; a no reads like silence all the same."""
    mei = house.joined("Mei")
    knows(mei, sharing=Sharing.OPEN)
    ana.types("/alum find publishing")
    ana.presses("Ask for an introduction")
    assert "Asked." in ana.fills_in(blurb=BLURB).words
    house.ticks()
    assert "Ana hopes to meet Dana Ortiz, whom you share openly" in request(mei).words
    mei.presses("Not now", on=request(mei))
    assert "you asked on" in ana.types("/alum find publishing").words
    house.passes("2026-12-07 10:00", hours=24)
    assert f"{ENDED}: Dana Ortiz" in heard(ana)


def test_a_number_of_somebody_who_is_not_open_is_nobody(
    house: House, ana: Person, mei: Person
) -> None:
    """Private, ask-first and missing ones cannot be told apart."""
    (dana,) = mei.keeps(Contact)
    hidden = knows(mei, "Lee Wong", sharing=Sharing.PRIVATE)
    said = set()
    for number in (dana.id, hidden.id, 99_999):
        ana.calls(call("intro person", person=number))
        said.add(ana.fills_in(blurb="hello").words)
    assert len(said) == 1
    assert house.rows(Introduction) == []


def test_an_offer_needs_the_classmates_yes_first(house: House, ana: Person, mei: Person) -> None:
    """Who offers is named; whom, only once both have said yes."""
    mei.types("/intro offer person: Dana Ortiz to: Ana words: You love editing")
    house.ticks()
    offer = ana.letters[-1]
    assert "Mei offers to introduce you to somebody they know in editing" in offer.words
    assert "You love editing" in offer.words
    assert "Dana" not in offer.words
    ana.presses("Yes, please", on=offer)
    assert "Mei asks them" in ana.fills_in(blurb=BLURB).words
    house.moves_to("2026-11-24 09:30")
    taken = mei.letters[-1]
    assert BLURB in taken.words
    assert "You love editing" not in taken.words
    mei.presses("They said yes", on=taken)
    house.ticks()
    assert "introduces you to Dana Ortiz" in heard(ana)


def test_an_offer_let_pass_is_told_to_nobody(house: House, ana: Person, mei: Person) -> None:
    """Silence and a no are one to the owner as well."""
    mei.types("/intro offer person: Dana Ortiz to: Ana words: hello")
    house.ticks()
    ana.presses("Not now", on=ana.letters[-1])
    seen = mei.types("/intro list").words
    house.passes("2026-12-10 10:00", hours=24)
    assert "Ana" not in heard(mei)
    assert mei.types("/intro list").words == seen
    assert ENDED not in heard(ana)


def test_a_merged_card_takes_its_introduction_along(house: House, ana: Person, mei: Person) -> None:
    """The person is still there, so the request is too."""
    asks(ana)
    house.ticks()
    (dana,) = mei.keeps(Contact)
    kept = knows(mei, "Dana Ortiz-Lee")
    mei.calls(call("contact merge", person=kept.id, other=dana.id, sure="yes"))
    assert intro(house).contact_id == kept.id
    assert "Hi Dana," in mei.presses("Yes", on=request(mei)).words


def test_an_alum_whom_nobody_may_ask_is_not_introduced(
    house: House, ana: Person, mei: Person
) -> None:
    """Barred in the directory after the request was put: the owner's yes finds it over."""
    with_dana_here(house, mei)
    asks(ana)
    house.ticks()
    with house.database.writing(house.cohort.id) as store:
        (alum,) = store.find(Alum)
        store.save(replace(alum, do_not_contact=True))
    assert "nothing left" in mei.presses("Yes", on=request(mei)).words
    assert intro(house).state is IntroState.WITHDRAWN


def test_no_message_about_it_waits_for_ever(house: House, ana: Person, mei: Person) -> None:
    """When its days are over nothing is owed any more."""
    asks(ana)
    house.passes("2026-12-20 12:00", hours=24)
    due = [each for each in house.rows(Owed, state="due") if each.subject.startswith("intro:")]
    assert due == []


def test_whom_the_contact_wants_no_more_of_is_not_brought_by_another(
    house: House, ana: Person, mei: Person
) -> None:
    """Dana said that something felt wrong: another owner asks her nothing, and nobody can tell."""
    dana = with_dana_here(house, mei)
    asks(ana)
    house.ticks()
    mei.presses("Yes", on=request(mei))
    house.moves_to("2026-11-23 17:30")
    wanted = dana.letters[-1]
    assert "introduce you to Ana" in wanted.words
    dana.presses("Something felt wrong", on=wanted)
    dana.fills_in(words="")
    dana.letters.clear()
    bo, cleo = house.joined("Bo"), house.joined("Cleo")
    (alum,) = house.rows(Alum)
    knows(bo, "Dana Ortiz", alum_id=alum.id)
    for each in (ana, cleo):
        bo.types(f"/intro offer person: Dana Ortiz to: {each.name}")
        house.passes("2026-11-25 10:00" if each is ana else "2026-11-26 10:00")
        each.presses("Yes, please", on=each.letters[-1])
        assert "you hear once they say yes" in each.fills_in(blurb=BLURB).words
        assert intro(house).contact_member_id == dana.member.id
        house.passes("2026-11-25 18:00" if each is ana else "2026-11-26 18:00")
        asked = f"introduce you to {each.name}"
        assert (asked in heard(dana)) is (each is cleo)
        assert ("Bo would like" in dana.types("/snowball").words) is (each is cleo)
