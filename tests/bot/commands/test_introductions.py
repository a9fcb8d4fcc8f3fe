"""Introductions with two live yeses, from the request to what came of it (FEATURES E3, E4)."""

import pytest

from bot.domain.introductions import Introduction, IntroState
from bot.domain.people import Contact, Sharing
from tests.builders import a_contact
from tests.front_door import House, Person


@pytest.fixture
def mei(house: House) -> Person:
    """Who knows Dana in publishing and wants to be asked first."""
    made = house.joined("Mei")
    house.add(
        a_contact(
            "Dana Ortiz", house.cohort.id, made.member.id, title="Editor", company="Quill Press",
            field="Publishing", sharing=Sharing.ASK_FIRST, email="dana@quill.example",
        )
    )  # fmt: skip
    return made


def asks(ana: Person) -> None:
    ana.types("/alum find publishing")
    ana.presses("Ask for an introduction")
    ana.fills_in(blurb="I’m Ana. I read manuscripts for our magazine.")


def intro(house: House) -> Introduction:
    return house.rows(Introduction)[-1]


def test_the_finder_says_only_that_a_classmate_knows_somebody(ana: Person, mei: Person) -> None:
    seen = ana.types("/alum find publishing").words
    assert "A classmate knows somebody in editing and publishing" in seen
    assert not {"Mei", "Dana", "Quill", "Ortiz"} & set(seen.split())


def test_both_say_yes_and_only_then_the_asker_knows(house: House, ana: Person, mei: Person) -> None:
    asks(ana)
    assert "Asked." in ana.last.words
    house.ticks()
    letter = mei.letters[-1]
    assert "A classmate hopes to meet someone in editing and publishing" in letter.words
    assert "manuscripts" in letter.words
    after = mei.presses("Yes", on=letter)
    assert "ask *Dana" in after.words or "ask Dana" in after.words
    assert "Mei" not in ana.types("/intro list").words
    mail = mei.presses("They said yes", on=after)
    assert "Dear Dana, dear Ana" in mail.words
    house.ticks()
    assert "Mei introduces you to Dana Ortiz" in ana.letters[-1].words
    assert "dana@quill.example" not in ana.letters[-1].words
    (card,) = ana.keeps(Contact)
    assert (card.name, card.email, card.phone) == ("Dana Ortiz", "", "")
    assert "Introduced by Mei." in card.notes
    house.moves_to("2026-11-24 10:30")
    assert "Have you and Dana Ortiz written yet?" in ana.letters[-1].words
    ana.presses("We are in touch", on=ana.letters[-1])
    house.moves_to("2026-11-30 10:30")
    how = next(each for each in ana.letters if "What came of it?" in each.words)
    ana.presses("Tell Mei", on=how)
    assert "Dear Mei" in ana.fills_in(outcome="We talked for half an hour").words
    house.moves_to("2026-12-01 12:00")
    assert any("We talked for half an hour" in each.words for each in mei.letters)
    assert intro(house).state is IntroState.MET
