"""What /network due says of booked talks and of the week, besides what is late (FEATURES F2)."""

from tests.front_door import House, Person


def test_nothing_is_due_but_a_talk_comes(ana: Person) -> None:
    """It is named with its hour, its next step and the way to move it."""
    ana.types("/contact add Dana")
    ana.types("/interview book Dana when: tomorrow 3pm")
    shown = ana.types("/network due")
    assert "Nothing is due today. Tomorrow 15:00: your talk with Dana." in shown.words
    assert shown.labels == ["Brief me", "Change or move"]
    assert "Dana" in ana.presses("Brief me", shown).words


def test_a_talk_today_is_today(ana: Person) -> None:
    """By its hour."""
    ana.types("/contact add Dana")
    ana.types("/interview book Dana when: today 3pm")
    assert "Today 15:00: your talk with Dana." in ana.types("/network due").words


def test_days_ahead_there_is_time_to_read(ana: Person) -> None:
    """Two facts first; once they are there, the brief."""
    ana.types("/contact add Dana")
    ana.types("/interview book Dana when: friday 3pm")
    shown = ana.types("/network due")
    assert "Friday 27 November, 15:00: your talk with Dana." in shown.words
    assert shown.labels[0] == "Two facts about them"
    ana.fills_in(ana.presses("Two facts about them", shown), first="She runs the fair")
    assert ana.types("/network due").labels[0] == "Brief me"


def test_what_is_due_comes_first_and_talks_after_it(ana: Person) -> None:
    """Somebody to thank, then what is coming, each with one press."""
    ana.types("/contact add Dana")
    ana.types("/interview book Dana when: tomorrow 3pm")
    ana.types("/interview log Lee tip: x")
    shown = ana.types("/network due")
    assert shown.words.index("To thank") < shown.words.index("Coming")
    assert "Tomorrow 15:00" in shown.words
    assert "Nothing is due" not in shown.words


def test_a_talk_that_is_over_asks_how_it_was(ana: Person, house: House) -> None:
    """Until somebody says so it is not simply gone from the list."""
    ana.types("/contact add Dana")
    ana.types("/interview book Dana when: today 3pm")
    house.moves_to("2026-11-23 16:00")
    shown = ana.types("/network due")
    assert "Did it happen?" in shown.words
    ana.presses("How was it?", shown)
    assert "Yes" in (ana.last.labels if ana.last else [])


def test_who_joined_today_has_had_no_week(house: House) -> None:
    """On a Friday, when the week is settled for everybody else; the day after it is theirs too."""
    house.moves_to("2026-11-27 10:00")
    kim = house.joined("Kim")
    kim.types("/contact add Lee")
    assert "Check in" not in kim.types("/network due").labels
    house.moves_to("2026-11-28 10:00")
    assert "Check in" in kim.types("/network due").labels


def test_an_open_week_is_due_until_it_is_answered(ana: Person, house: House) -> None:
    """The menu and the list say the same."""
    ana.types("/contact add Dana")
    house.moves_to("2026-11-30 10:00")
    assert "Check in" in ana.types("/network due").labels
    ana.presses("Skip this week", ana.types("/checkin"))
    shown = ana.types("/network due")
    assert "Nothing is due." in shown.words


def test_a_free_day_is_for_whoever_was_named(ana: Person) -> None:
    """A name given by somebody is asked before somebody who was only added."""
    ana.types("/contact add Kim")
    ana.fills_in(ana.types("/interview log Dana"), names="Lee Chen", thanked="yes")
    shown = ana.types("/network due")
    assert "Nothing is due." in shown.words
    assert shown.labels == ["Ask Lee Chen", "Find alumni"]
