"""Afterwards: "Did it happen?" and its four answers, each of which can be changed (FEATURES D2)."""

import pytest

from bot.domain.meetings import Meeting, MeetingState
from bot.domain.people import Contact, Standing
from bot.domain.talks import Talk
from tests.front_door import House, Person, Shown


@pytest.fixture
def dana(ana: Person, house: House) -> Person:
    """Ana, an hour after her talk with Dana."""
    ana.types("/interview book Dana when: tomorrow 3pm")
    house.moves_to("2026-11-24 15:00")
    ana.letters.clear()
    house.moves_to("2026-11-24 16:00")
    return ana


def question(person: Person) -> Shown:
    """The last letter, which asks."""
    return person.letters[-1]


def state(person: Person) -> MeetingState:
    """Of the one talk."""
    return person.keeps(Meeting)[0].state


def test_it_is_asked_half_an_hour_after_the_end(dana: Person) -> None:
    """Why it came, four answers, and later."""
    shown = question(dana)
    assert "Your talk with Dana was booked for 15:00 today. Did it happen?" in shown.words
    assert shown.labels == ["Yes", "Not yet", "Moved", "No", "Something felt wrong"]
    assert "in an hour" in shown.options


def test_yes_opens_the_log_and_the_log_settles_it(dana: Person, house: House) -> None:
    """One press to the form; nothing is asked again."""
    form = dana.presses("Yes", question(dana))
    assert form.form.command == "interview log"
    dana.fills_in(tip="Learn SQL first")
    (talk,) = dana.keeps(Talk)
    assert state(dana) is MeetingState.HAPPENED
    assert talk.held.format_iso() == "2026-11-24"
    assert "in your log" in dana.presses("No", question(dana)).words
    dana.letters.clear()
    house.passes("2026-11-27 12:00")
    assert not any("Did it happen" in each.words for each in dana.letters)


def test_who_logs_first_is_not_asked(ana: Person, house: House) -> None:
    """Nothing asks for what it knows."""
    ana.types("/interview book Dana when: today 11:00")
    house.moves_to("2026-11-23 11:30")
    ana.types("/interview log Dana tip: Learn SQL first")
    house.passes("2026-11-24 08:00", hours=1)
    assert not any("Did it happen" in each.words for each in ana.letters)
    assert state(ana) is MeetingState.HAPPENED


def test_not_yet_asks_again_in_two_days(dana: Person, house: House) -> None:
    """Once."""
    shown = dana.presses("Not yet", question(dana))
    assert "I’ll ask again Thursday 26 November" in shown.words
    dana.presses("Not yet", question(dana))
    dana.letters.clear()
    house.passes("2026-11-26 15:00", hours=1)
    assert not any("Did it happen" in each.words for each in dana.letters)
    house.passes("2026-11-27 12:00", hours=1)
    assert sum("Did it happen" in each.words for each in dana.letters) == 1


def test_moved_has_the_apology_and_the_form(dana: Person) -> None:
    """The new time is one press away; reminders follow it."""
    shown = dana.presses("Moved", question(dana))
    assert "Dear Dana" in shown.words
    dana.presses("Enter a new time")
    moved = dana.fills_in(when="friday 3pm")
    assert "Now: Dana, Friday 27 November, 15:00" in moved.words
    assert state(dana) is MeetingState.BOOKED
    assert dana.keeps(Meeting)[0].sequence == 1


def test_no_is_noted_without_blame_and_can_be_changed(dana: Person, house: House) -> None:
    """The wish list goes a step back; another answer counts instead."""
    dana.presses("No", question(dana))
    assert state(dana) is MeetingState.MISSED
    assert dana.keeps(Contact)[0].standing is Standing.REPLIED
    again = dana.presses("Change my answer")
    dana.presses("Not yet", again)
    assert state(dana) is MeetingState.BOOKED
    dana.letters.clear()
    house.passes("2026-11-27 12:00", hours=1)
    assert sum("Did it happen" in each.words for each in dana.letters) == 1


def test_a_talk_not_answered_about_does_not_get_in_the_way(dana: Person) -> None:
    """ "Cancel" means the one to come."""
    dana.types("/interview book Lee when: friday 3pm")
    assert "Called off: Lee" in dana.types("/interview cancel").words


def test_a_talk_in_the_evening_is_asked_about_in_the_morning(ana: Person, house: House) -> None:
    """Quiet hours hold the question."""
    ana.types("/interview book Dana when: tomorrow 19:30")
    house.passes("2026-11-25 08:00", hours=1)
    assert not any("Did it happen" in each.words for each in ana.letters)
    house.moves_to("2026-11-25 09:00")
    assert any("Did it happen" in each.words for each in ana.letters)


def test_a_thank_you_in_the_morning_does_not_put_it_off(ana: Person, house: House) -> None:
    """The talk of that afternoon is asked about that afternoon."""
    ana.types("/interview log Lee tip: Read more")
    ana.types("/interview book Dana when: tomorrow 3pm")
    house.moves_to("2026-11-24 09:00")
    assert "told you" in ana.letters[-1].words
    house.passes("2026-11-24 16:00", hours=1)
    assert "Did it happen?" in question(ana).words


def test_after_an_evening_it_comes_in_one_message_with_the_thank_you(
    ana: Person, house: House
) -> None:
    """Both are due next morning; nobody hears twice."""
    ana.types("/interview book Dana when: tomorrow 19:30")
    house.moves_to("2026-11-24 12:00")
    ana.types("/interview log Lee tip: Read more")
    house.passes("2026-11-25 08:00", hours=1)
    before = len(ana.letters)
    house.moves_to("2026-11-25 09:00")
    (letter,) = ana.letters[before:]
    assert "Did it happen?" in letter.words
    assert "Lee told you" in letter.words


def test_a_talk_had_a_day_early_settles_the_booking(ana: Person, house: House) -> None:
    """Nothing of the old time is left: no brief, no question, no line on the card."""
    ana.types("/interview book Dana when: tomorrow 3pm")
    shown = ana.types("/interview log Dana tip: Read more")
    assert "It was booked for Tuesday 24 November, 15:00; nothing more comes about that." in (
        shown.words
    )
    assert state(ana) is MeetingState.HAPPENED
    assert "24 November, 15:00" not in ana.types("/contact show Dana").words
    house.passes("2026-11-26 12:00", hours=1)
    assert not any("Did it happen" in each.words for each in ana.letters)
    assert not any("Tomorrow 15:00" in each.words for each in ana.letters)


def test_unless_it_is_still_on(ana: Person, house: House) -> None:
    """A chance chat was not the talk that is booked: one press, and all of it comes again."""
    ana.types("/interview book Dana when: tomorrow 3pm")
    shown = ana.types("/interview log Dana tip: Read more")
    said = ana.presses("It is still on", shown)
    assert "It stays booked: Dana, Tuesday 24 November, 15:00" in said.words
    assert (state(ana), ana.keeps(Contact)[0].standing) == (MeetingState.BOOKED, Standing.BOOKED)
    ana.presses("It is still on", shown)
    house.passes("2026-11-24 16:00", hours=1)
    assert any("Tomorrow 15:00" in each.words for each in ana.letters)
    assert sum("Did it happen" in each.words for each in ana.letters) == 1


def test_a_later_booking_is_another_talk(ana: Person) -> None:
    """Two days on and more, it stays."""
    ana.types("/interview book Dana when: wednesday 3pm")
    ana.types("/interview log Dana tip: Read more")
    assert state(ana) is MeetingState.BOOKED


def test_still_on_after_its_time_changes_nothing(ana: Person, house: House) -> None:
    """A late press gets a sentence."""
    ana.types("/interview book Dana when: tomorrow 3pm")
    shown = ana.types("/interview log Dana tip: Read more")
    house.moves_to("2026-11-25 10:00")
    assert "It stays booked" not in ana.presses("It is still on", shown).words
    assert state(ana) is MeetingState.HAPPENED
