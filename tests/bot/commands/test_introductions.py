"""Introductions with two live yeses, from the request to what came of it (FEATURES E3, E4)."""

from dataclasses import replace

import pytest

from bot.domain.cohort import Account, Workspace
from bot.domain.introductions import Introduction, IntroState
from bot.domain.people import Contact
from bot.reply import Form
from tests.front_door import House, Person
from tests.introduced import (
    BLURB,
    ENDED,
    asks,
    call_of,
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


def test_both_say_yes_and_only_then_the_asker_knows(house: House, ana: Person, mei: Person) -> None:
    """The whole way, with a contact who is not here."""
    assert "Asked." in asks(ana).words
    house.ticks()
    letter = request(mei)
    assert "A classmate hopes to meet someone in editing and publishing" in letter.words
    assert "They don’t know it’s you who knows one" in letter.words
    assert BLURB in letter.words
    forward = mei.presses("Yes", on=letter)
    assert "Hi Dana," in forward.words
    assert "Mei" not in ana.types("/intro list").words
    mail = mei.presses("They said yes", on=forward)
    assert "Dear Dana, dear Ana" in mail.words
    house.ticks()
    assert "Mei introduces you to Dana Ortiz, Editor, Quill Press" in ana.letters[-1].words
    assert "dana@quill.example" not in heard(ana)
    (card,) = ana.keeps(Contact)
    assert (card.name, card.email, card.phone) == ("Dana Ortiz", "", "")
    assert card.notes == "Introduced by Mei."


def test_the_days_after(house: House, ana: Person, mei: Person) -> None:
    """A nudge after a silent day, once; a week later what came of it, told to the introducer."""
    asks(ana)
    house.ticks()
    mei.presses("They said yes", on=mei.presses("Yes", on=request(mei)))
    house.moves_to("2026-11-24 10:30")
    assert "Have you and Dana Ortiz written yet?" in ana.letters[-1].words
    assert "In a week" in ana.presses("We are in touch", on=ana.letters[-1]).words
    house.moves_to("2026-11-25 10:30")
    assert heard(ana).count("written yet") == 1
    house.moves_to("2026-11-30 10:30")
    ana.presses("Tell Mei", on=next(e for e in ana.letters if "What came of it?" in e.words))
    assert "Dear Mei" in ana.fills_in(outcome="We talked for half an hour").words
    house.moves_to("2026-12-01 12:00")
    assert "We talked for half an hour" in heard(mei)
    assert intro(house).state is IntroState.MET
    assert ENDED not in heard(ana)


def test_a_nudge_is_not_needed_by_who_is_in_touch(house: House, ana: Person, mei: Person) -> None:
    """Silence is nudged, not people."""
    asks(ana)
    house.ticks()
    mei.presses("They said yes", on=mei.presses("Yes", on=request(mei)))
    house.ticks()
    ana.presses("We are in touch", on=ana.letters[-1])
    house.moves_to("2026-11-24 10:30")
    assert "written yet" not in heard(ana)


def test_all_three_meet_in_one_conversation(house: House, ana: Person, mei: Person) -> None:
    """Names, zones, why the two, a first line (E4); the owner's word does not stand for theirs."""
    dana = with_dana_here(house, mei)
    asks(ana)
    house.ticks()
    waits = mei.presses("Yes", on=request(mei))
    assert "Now I ask Dana Ortiz, who is here too" in waits.words
    assert "They said yes" not in waits.labels
    assert "nothing left" in mei.calls(call_of("agreed", house)).words
    house.moves_to("2026-11-23 17:00")
    dana.presses("Yes, gladly", on=dana.letters[-1])
    house.ticks()
    (said,) = house.groups["ana", "dana ortiz", "mei"]
    assert "Mei introduces Ana and Dana Ortiz to each other" in said.words
    assert "Chicago, where it is 10:00" in said.words
    assert "Berlin, where it is 17:00" in said.words
    assert "What surprised you most when you began in editing and publishing?" in said.words
    assert "@" not in said.words
    assert "already" in dana.presses("Yes, gladly", on=dana.letters[-1]).words
    house.ticks()
    assert len(house.groups["ana", "dana ortiz", "mei"]) == 1


def test_without_a_place_for_three_the_owner_writes(house: House, ana: Person, mei: Person) -> None:
    """Ana is on another platform: an e-mail with both in it, and no address of anybody's."""
    dana = with_dana_here(house, mei)
    (other,) = house.add(
        Workspace(cohort_id=house.cohort.id, surface="paper", external_id="elsewhere")
    )
    asks(ana)
    house.ticks()
    mei.presses("Yes", on=request(mei))
    house.moves_to("2026-11-24 17:00")
    with house.database.writing(house.cohort.id) as store:
        (account,) = store.find(Account, member_id=ana.member.id)
        store.save(replace(account, workspace_id=other.id))
    assert "Mei writes to you both" in dana.presses("Yes, gladly", on=dana.letters[-1]).words
    house.ticks()
    assert "Dear Dana, dear Ana" in mei.letters[-1].words
    assert house.groups == {}


def test_the_owner_can_say_who_they_are_here(house: House, ana: Person, mei: Person) -> None:
    """A contact who never listed themselves is asked here when the owner names them."""
    house.joined("Dana Ortiz")
    asks(ana)
    house.ticks()
    mei.presses("They are here: ask them", on=mei.presses("Yes", on=request(mei)))
    assert "cannot be introduced" in mei.fills_in(member="Ana").words
    mei.presses("They are here: ask them", on=mei.calls(call_of("show", house)))
    assert "Now I ask Dana" in mei.fills_in(member="Dana Ortiz").words
    house.ticks()
    assert "would like to introduce you" in house.people["dana ortiz"].letters[-1].words


def test_double_presses_answer_kindly(house: House, ana: Person, mei: Person) -> None:
    """The second yes shows the next step again, the second "they said yes" says that it is done."""
    asks(ana)
    house.ticks()
    first = mei.presses("Yes", on=request(mei)).words
    assert mei.presses("Yes", on=request(mei)).words == first
    mei.calls(call_of("agreed", house))
    assert "already" in mei.calls(call_of("agreed", house)).words
    assert "already" in mei.calls(call_of("yes", house)).words
    assert "nothing left" in mei.calls(call_of("no", house)).words
    house.ticks()
    assert len(ana.keeps(Contact)) == 1
    assert heard(ana).count("introduces you") == 1


def test_nobody_answers_for_somebody_else(house: House, ana: Person, mei: Person) -> None:
    """Every button of it, pressed by the asker and by a stranger to it, does and tells nothing."""
    ben = house.joined("Ben")
    asks(ana)
    house.ticks()
    before = intro(house)
    for verb in ("yes", "no", "never", "agreed", "refused", "show", "take", "pass", "talking"):
        for who in (ana, ben):
            shown = who.calls(call_of(verb, house))
            if isinstance(shown.reply, Form):
                shown = who.fills_in(**dict.fromkeys(shown.asked, "x"))
            assert shown.words == "There is nothing left to do here. Thank you all the same.", verb
    assert ben.calls(call_of("words", house)).given == {}
    assert intro(house) == before


def test_what_is_taken_back_is_told_without_a_name(house: House, ana: Person, mei: Person) -> None:
    """The owner who said yes hears that it is not needed any more."""
    answered = asks(ana)
    house.ticks()
    waits = mei.presses("Yes", on=request(mei))
    ana.presses("I don’t need it any more", on=answered)
    house.moves_to("2026-11-24 09:30")
    assert "isn’t needed any more" in mei.letters[-1].words
    assert "Ana" not in mei.letters[-1].words
    assert "nothing left" in mei.presses("They said yes", on=waits).words
    assert ana.keeps(Contact) == []


def test_an_asker_who_leaves_is_not_waited_for(house: House, ana: Person, mei: Person) -> None:
    """Deleted with all that is theirs; the owner who said yes hears it kindly."""
    asks(ana)
    house.ticks()
    waits = mei.presses("Yes", on=request(mei))
    ana.types("/mydata delete")
    ana.presses("Delete everything")
    ana.fills_in(name="Ana")
    assert house.rows(Introduction) == []
    house.moves_to("2026-11-24 09:30")
    assert "isn’t needed any more" in mei.letters[-1].words
    assert "nothing left" in mei.presses("They said yes", on=waits).words


def test_an_owner_may_change_the_words(house: House, ana: Person, mei: Person) -> None:
    """What is passed on is theirs; the asker's own words stay the asker's."""
    asks(ana)
    house.ticks()
    mei.presses("Edit the blurb", on=request(mei))
    assert mei.last is not None
    assert mei.last.given == {"words": BLURB}
    again = mei.fills_in(words="Ana edits our magazine.")
    assert "Ana edits our magazine." in mei.presses("Yes", on=again).words
    assert intro(house).blurb == BLURB
