"""The weeks in bars, the time budget, and how fields moved (J7 in text, F11, D5)."""

from tests.front_door import House, Person, at


def test_the_weeks_show_asks_talks_and_thanks(house: House, ana: Person) -> None:
    """This week first, with what was done in it."""
    ana.types("/contact add Dana field: nursing")
    ana.types("/ask sent Dana")
    ana.types("/interview log Dana thanked: yes")
    words = ana.types("/network progress").words
    assert "Monday 23 November ●" in words
    assert "1 asked, 1 talk, 1 thanked" in words


def test_the_weeks_begin_with_the_one_they_joined_in(house: House, ana: Person) -> None:
    """Nobody who is new sees weeks of nothing; after a term it is the last eight."""
    assert ana.types("/network progress").words.count(" asked, ") == 1
    ana.types("/interview log Dana held: 2026-11-10 tip: x")
    assert ana.types("/network progress").words.count(" asked, ") == 3
    house.clock.move_to(at("2027-03-01 12:00"))
    assert ana.types("/network progress").words.count(" asked, ") == 8


def test_a_budget_tells_what_is_used_and_never_refuses(ana: Person) -> None:
    """Two talks in an hour's budget are over it; that is said, kindly."""
    ana.types("/settings goals weekly_hours: 1")
    ana.types("/interview log Dana tip: x")
    ana.types("/interview log Lee tip: x")
    assert "more than you meant to give" in ana.types("/network progress").words


def test_talks_without_a_field_are_told_of_without_one(ana: Person) -> None:
    """Alone they are her talks; beside a field they are the other talks."""
    ana.types("/interview log Dana thanked: yes")
    ana.presses("Nearer")
    assert "Your talks: nearer" in ana.types("/network progress").words
    ana.types("/contact add Lee field: UX design")
    ana.types("/interview log Lee thanked: yes")
    ana.presses("Further")
    words = ana.types("/network progress").words
    assert "Other talks: nearer" in words
    assert "UX design: further" in words


def test_the_trend_tells_how_a_field_moved(ana: Person) -> None:
    """Nearer at first, now further away."""
    for name, fit in (("Dana", "Nearer"), ("Lee", "Further")):
        ana.types(f"/contact add {name} field: nursing")
        ana.types(f"/interview log {name} thanked: yes")
        ana.presses(fit)
    assert "Nursing: nearer at first, now further" in ana.types("/network progress").words
