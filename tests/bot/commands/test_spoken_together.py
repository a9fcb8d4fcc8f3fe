"""Partners, events and wins in plain words, in the menu and before a cold note."""

from dataclasses import replace

import pytest

from bot.domain.cohort import Workspace
from bot.domain.events import Event
from bot.domain.plain import guess
from tests.builders import a_contact
from tests.front_door import House, Person, at


@pytest.fixture
def night(house: House) -> Event:
    """Careers Night, on Thursday at six."""
    (made,) = house.add(
        Event(
            cohort_id=house.cohort.id, name="Careers Night", at=at("2026-11-26 18:00"),
            zone="Europe/Berlin", made=house.clock.now(),
        )
    )  # fmt: skip
    return made


@pytest.mark.parametrize(
    ("words", "want"),
    [
        ("find me a partner", "partner"),
        ("who is my partner?", "partner"),
        ("I want to practise with somebody", "partner"),
        ("can we practice an interview", "partner"),
        ("mock interview", "partner"),
        ("no more partners", "partner"),
        ("any events?", "events"),
        ("what's on this week", "events"),
        ("are there any careers fairs coming up?", "events"),
        ("add an event", "new event"),
        ("there is a meetup on Friday", "new event"),
        ("I'm going to careers night", "going"),
        ("count me in for careers night", "going"),
        ("I can't make it to careers night", "not going"),
        ("I met some people at careers night", "met there"),
        ("I went to careers night", "met there"),
        ("share a win", "win"),
    ],
)
def test_words_are_understood(words: str, want: str) -> None:
    """The first guess is what was meant."""
    assert guess(words)[0].want == want


@pytest.mark.usefixtures("night")
def test_an_event_is_meant_by_its_name(ana: Person, house: House) -> None:
    """One press from the words to going, from going to not going, and on to whom they met."""
    said = ana.says("I'm going to careers night")
    assert said.labels == ["I’m going to Careers Night"]
    assert "You’re going" in ana.presses("I’m going to Careers Night").words
    assert ana.says("can't make it to careers night").labels == ["Not going to Careers Night"]
    house.moves_to("2026-11-27 08:00")
    assert ana.says("I was at careers night").labels == ["Whom I met at Careers Night"]


def test_what_is_no_event_was_not_meant(ana: Person) -> None:
    """ "I'm going to" begins many sentences."""
    assert "Pause my messages" in ana.says("pause until friday").labels
    assert "I’m going" not in " ".join(ana.says("I'm going to quit").labels)


def test_a_partner_is_one_press_away(ana: Person) -> None:
    """Before and after the opt-in."""
    assert ana.says("find me a partner").labels[0] == "A practice partner"
    ana.types("/intro pair every week")
    said = ana.says("who is my partner").labels
    assert said[:2] == ["This week’s partner", "No more partners"]
    assert "Practice partner: every week" in ana.types("/settings show").words


@pytest.mark.usefixtures("night")
def test_the_menu_has_the_next_event(ana: Person, house: House) -> None:
    """With one press to go, until it is said."""
    house.add(a_contact("Dana", house.cohort.id, ana.member.id))
    shown = ana.types("/snowball")
    assert "Event: Careers Night, Thursday 26 November, 18:00" in shown.words
    ana.presses("Going to Careers Night")
    again = ana.types("/snowball")
    assert "you’re going" in again.words
    assert "Going to Careers Night" not in again.labels


@pytest.mark.usefixtures("night")
def test_an_event_comes_before_a_cold_note_and_before_no_other(ana: Person, house: House) -> None:
    """To somebody heard of; not to an aunt, and not once the event is far away."""
    with house.database.writing(house.cohort.id) as store:
        store.save(replace(ana.member, agreed_etiquette=house.clock.now()))
    cold, aunt = house.add(
        a_contact("Lee Wong", house.cohort.id, ana.member.id),
        a_contact("Rosa", house.cohort.id, ana.member.id, kind="family"),
    )
    assert "An event first: Careers Night" in ana.types(f"/ask draft {cold.name}").words
    assert "An event first" not in ana.types(f"/ask draft {aunt.name}").words
    ana.types("/event going no")
    ana.types("/event going Careers Night going: no")
    assert "An event first" not in ana.types(f"/ask draft {cold.name}").words


def test_a_win_in_words_needs_a_channel(ana: Person, house: House) -> None:
    """Without one, nothing is offered that cannot be done."""
    assert "Share as a win" not in ana.says("share a win").labels
    with house.database.writing(house.cohort.id) as store:
        workspace = store.first(Workspace)
        assert workspace is not None
        store.save(replace(workspace, channel="c"))
    assert ana.says("share a win").labels == ["Share as a win"]
