"""What an alum sees: a menu, settings and words about requests, and nothing of a student's."""

import pytest

from tests.front_door import House, Person
from tests.volunteers import an_alum_here, asks


@pytest.fixture
def dana(house: House) -> Person:
    """An alum in the workspace."""
    return an_alum_here(house)


def test_an_alums_menu_is_about_their_place(house: House, ana: Person, dana: Person) -> None:
    """Nothing of a student's: the number they named, and who waits for their answer."""
    shown = dana.types("/snowball")
    assert "at most one request a month" in shown.words
    assert "Nobody waits for you" in shown.words
    assert "heck in" not in " ".join(dana.types("/snowball today").labels)
    assert "too many requests" in dana.says("help").words
    assert shown.labels == ["My place on the list", "My settings", "Find alumni"]
    asks(ana)
    shown = dana.says("menu")
    assert "Ana asks you for a talk" in shown.words
    dana.presses("No", on=shown)
    house.ticks()
    assert "kind no" in ana.letters[-1].words


def test_an_alum_opts_in_to_requests(house: House) -> None:
    """In words that fit who gives; what a student is told of teachers is not theirs."""
    lee = house.member("Lee Park")
    lee.types("/alum volunteer")
    lee.fills_in(field="law")
    shown = lee.types("/snowball")
    assert "advice, never a job" in shown.words
    assert "teacher" not in shown.words
    lee.presses("Bring me requests")
    house.ticks()
    assert "leave the list" in lee.letters[-1].words


def test_an_alums_settings_hold_no_check_in(dana: Person) -> None:
    """Hours, pauses, and the way to their place."""
    shown = dana.types("/settings show")
    assert "Check-in" not in shown.words
    assert "check-in" not in shown.words
    assert "Quiet hours" in shown.words
    assert "My place on the list" in shown.labels


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("pause", "Pause requests"),
        ("too many requests", "Pause requests"),
        ("I get too many emails", "Pause requests"),
        ("please leave the list", "Leave the list"),
        ("take me off the list", "Leave the list"),
        ("I want to volunteer", "My place on the list"),
        ("my entry", "My place on the list"),
        ("stop", "Stop all messages"),
    ],
)
def test_plain_words_of_an_alum(dana: Person, said: str, first: str) -> None:
    """The likeliest button comes first."""
    assert dana.says(said).labels[0] == first


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("I want to volunteer", "List me as alum"),
        ("I’d love to help students", "List me as alum"),
        ("I am an alumna", "List me as alum"),
        ("too many messages", "Fewer messages"),
        ("leave the list", "Stop all messages"),
        ("pause until Friday", "Pause my messages"),
    ],
)
def test_plain_words_of_who_is_not_listed(ana: Person, said: str, first: str) -> None:
    """A student who says the same is not offered somebody else's buttons."""
    assert ana.says(said).labels[0] == first
