"""What comes around a booked talk, sent by the real engine (FEATURES C2, C3, C6, C7, F3, F7)."""

from dataclasses import replace

import pytest

from bot.domain.meetings import Meeting
from bot.domain.people import Contact
from bot.reply import Copyable
from tests.front_door import House, Person, Shown


@pytest.fixture
def dana(ana: Person) -> Person:
    """Ana, who talks to Dana tomorrow at three."""
    ana.types("/contact add name: Dana Whitfield")
    ana.types("/interview book Dana when: tomorrow 3pm zone: Chicago place: Room 4")
    return ana


def about_the_talk(person: Person) -> list[Shown]:
    """The letters that name Dana."""
    return [each for each in person.letters if "Dana" in each.words or "minutes left" in each.words]


def to_copy(shown: Shown) -> list[str]:
    """What stands alone to be copied."""
    return [part.words for part in shown.answer.parts if isinstance(part, Copyable)]


def test_the_brief_comes_the_evening_before(dana: Person, house: House) -> None:
    """At six, with the advice, five questions, the checklist and the line that confirms."""
    house.moves_to("2026-11-23 17:59")
    assert about_the_talk(dana) == []
    house.moves_to("2026-11-23 18:00")
    (brief,) = about_the_talk(dana)
    assert brief.words.startswith("Tomorrow 15:00, Dana Whitfield")
    assert "Thank them, say what you hope to learn, listen." in brief.words
    assert "5. " in brief.words
    assert "résumé" in brief.words
    assert "08:00 in Chicago" in brief.words
    assert to_copy(brief)[0].startswith("Dear Dana,")
    assert "You booked this talk" in brief.words
    assert "Stop any time" in brief.words


def test_the_brief_moves_earlier_never_later(ana: Person, house: House) -> None:
    """A talk on Monday is briefed on Saturday, because Sundays are off."""
    ana.types("/interview book Dana when: monday 30 november 10:00")
    house.passes("2026-11-28 19:00", hours=1)
    assert not any("Thank them, say" in each.words for each in ana.letters)
    house.moves_to("2026-11-28 19:30")
    assert "Monday 30 November, 10:00, Dana" in ana.letters[-1].words
    ana.letters.clear()
    house.passes("2026-11-30 09:30", hours=1)
    assert not any("Thank them, say" in each.words for each in ana.letters)


def test_the_last_word_comes_even_in_quiet_hours(ana: Person, house: House) -> None:
    """A talk at 21:00 is in the quiet hours; fifteen minutes before is when it is needed."""
    ana.types("/interview book Dana when: tomorrow 21:00 place: Room 4")
    house.moves_to("2026-11-23 18:00")
    ana.letters.clear()
    house.moves_to("2026-11-24 20:45")
    (soon,) = ana.letters
    assert "At 21:00: Dana." in soon.words
    assert "Room 4" in soon.words


def test_a_moved_talks_old_reminders_say_nothing(dana: Person, house: House) -> None:
    """Each comes once, for the new time."""
    dana.types("/interview move Dana when: thursday 3pm")
    house.passes("2026-11-25 17:00", hours=1)
    assert about_the_talk(dana) == []
    house.moves_to("2026-11-25 18:00")
    (brief,) = about_the_talk(dana)
    assert "Tomorrow 15:00" in brief.words


def test_a_cancelled_talk_is_silent(dana: Person, house: House) -> None:
    """No brief, no last word, no question."""
    dana.types("/interview cancel")
    house.passes("2026-11-26 12:00", hours=1)
    assert about_the_talk(dana) == []


def test_nothing_comes_about_somebody_off_the_list(dana: Person, house: House) -> None:
    """In the trash is out of mind."""
    (contact,) = dana.keeps(Contact)
    with house.database.writing(house.cohort.id) as store:
        store.save(replace(contact, removed=house.clock.now()))
    house.passes("2026-11-25 12:00", hours=1)
    assert about_the_talk(dana) == []


def test_after_a_long_stop_no_brief_comes_for_a_talk_that_was(dana: Person, house: House) -> None:
    """Late is worse than never: only the question comes."""
    house.moves_to("2026-11-24 17:00")
    house.ticks()
    house.ticks()
    assert ["Did it happen?" in each.words for each in about_the_talk(dana)] == [True]
    assert "Thank them, say" not in about_the_talk(dana)[0].words


def test_a_booking_for_today_offers_the_brief_at_once(ana: Person, house: House) -> None:
    """Its evening before is over."""
    shown = ana.types("/interview book Dana when: today 15:00")
    assert "your brief is ready now" in shown.words
    assert ana.picks("Brief me now").words.startswith("Today 15:00, Dana")


def test_who_did_not_opt_in_is_sent_nothing(house: House) -> None:
    """The booking says so and offers it."""
    ben = house.member("Ben")
    ben.types("/snowball")
    shown = ben.types("/interview book Dana when: tomorrow 3pm")
    assert "I send you nothing unless you opt in" in shown.words
    assert "Remind me of things" in [*shown.labels, *shown.options]
    house.passes("2026-11-25 12:00", hours=1)
    assert ben.letters == []


def test_who_opts_in_later_hears_of_what_is_booked(house: House) -> None:
    """Stopped and started again, each still comes once."""
    ben = house.member("Ben")
    ben.types("/snowball")
    ben.types("/interview book Dana when: tomorrow 3pm")
    for line in ("/settings start", "/settings stop", "/settings start"):
        ben.types(line)
    house.passes("2026-11-24 14:45", hours=1)
    assert [each.words.splitlines()[0] for each in about_the_talk(ben)] == [
        "Tomorrow 15:00, Dana",
        "At 15:00: Dana.",
    ]


def test_the_minute_nudge_is_off_until_switched_on(dana: Person, house: House) -> None:
    """Five minutes before the promised end, for this talk alone."""
    house.moves_to("2026-11-24 14:45")
    dana.presses("Nudge me at minute 25", about_the_talk(dana)[-1])
    dana.letters.clear()
    house.moves_to("2026-11-24 15:25")
    (nudge,) = dana.letters
    assert "Five minutes left" in nudge.words
    assert "Who else should I talk to?" in nudge.words


def test_the_minute_nudge_can_be_taken_back(dana: Person, house: House) -> None:
    """And without a press there is none."""
    house.moves_to("2026-11-24 14:45")
    dana.presses("Nudge me at minute 25", about_the_talk(dana)[-1])
    dana.presses("Rather not")
    dana.letters.clear()
    house.moves_to("2026-11-24 15:25")
    assert dana.letters == []


def test_the_brief_asks_for_two_facts_until_it_has_them(dana: Person) -> None:
    """The form is one press away, and what is typed stands in the next brief."""
    dana.types("/interview prep Dana")
    dana.presses("Add two facts")
    dana.fills_in(first="She moved from design to marketing", second="Calloway makes soup")
    assert dana.keeps(Contact)[0].facts == "She moved from design to marketing\nCalloway makes soup"
    brief = dana.presses("Brief me")
    assert "You read: She moved from design to marketing" in brief.words
    assert "Calloway makes soup" in brief.words
    assert "Add two facts" not in brief.labels


def test_the_brief_says_who_referred_and_what_was_noted(ana: Person) -> None:
    """The last talk's tip and the one who gave the name."""
    ana.types("/interview log Lee tip: Learn SQL first. names: Dana")
    assert "Suggested by: Lee" in ana.types("/interview prep Dana").words
    assert "Learn SQL first." in ana.types("/interview prep Lee").words


def test_saved_questions_come_first(dana: Person) -> None:
    """My list, then the bank, five in all and none twice."""
    shown = dana.types("/question person: Dana")
    asked = shown.words.splitlines()[0]
    dana.presses("Save to my list")
    brief = dana.types("/interview prep Dana").words
    assert f"1. {asked}" in brief
    assert brief.count(asked) == 1
    assert "5. " in brief


def test_prep_without_a_booking_prepares_all_the_same(ana: Person) -> None:
    """And offers to book."""
    ana.types("/contact add name: Dana Whitfield")
    shown = ana.types("/interview prep Dana")
    assert "Getting ready for Dana Whitfield" in shown.words
    assert "Book the talk" in shown.labels


def test_a_talk_by_phone_far_ahead_is_not_confirmed_yet(ana: Person) -> None:
    """Nor is the phone to be put away."""
    ana.types("/interview book Dana when: in 2 weeks 10am mode: call")
    brief = ana.types("/interview prep Dana")
    assert to_copy(brief) == []
    assert "Pen and paper" in brief.words


def test_a_meeting_in_person_has_one_clock(ana: Person) -> None:
    """No zone is asked for, and the note looks forward to meeting."""
    shown = ana.types("/interview book Dana when: tomorrow 3pm mode: coffee place: Café Kranz")
    assert "clock differs" not in shown.words
    brief = ana.types("/interview prep Dana")
    assert "the way there" in brief.words
    assert "looking forward to meeting you on Tuesday 24 November, 15:00." in to_copy(brief)[0]


def test_prep_for_nobody_says_what_to_do(ana: Person) -> None:
    """A sentence and a button."""
    shown = ana.types("/interview prep")
    assert "No talk is booked" in shown.words
    assert shown.labels == ["Book a talk"]


def test_thirty_seconds_are_built_kept_and_shown(dana: Person) -> None:
    """Five answers become spoken words, kept for each brief."""
    dana.types("/interview prep Dana")
    dana.presses("My thirty seconds")
    shown = dana.fills_in(
        why="Nursing draws me because nobody pretends there",
        link="Last summer I worked at a camp for children",
        hope="how shifts really feel",
        major="Biology",
        graduates="2028",
    )
    said = (
        "Hi, I’m Ana. I study Biology and graduate in 2028. Nursing draws me because nobody "
        "pretends there. Last summer I worked at a camp for children. Today I hope to learn how "
        "shifts really feel."
    )
    assert to_copy(shown) == [said]
    assert said in dana.types("/interview prep Dana").words


def test_a_snoozed_brief_never_comes_after_the_talk(dana: Person, house: House) -> None:
    """Only what is in time is offered."""
    house.moves_to("2026-11-23 18:00")
    (brief,) = about_the_talk(dana)
    assert brief.options == ["in an hour", "tomorrow at 9:00"]
    dana.picks("tomorrow at 9:00", brief)
    dana.letters.clear()
    house.moves_to("2026-11-24 09:00")
    assert "Today 15:00, Dana" in dana.letters[0].words


def test_a_talk_that_is_over_gives_no_nudge(dana: Person, house: House) -> None:
    """An old button answers kindly."""
    house.moves_to("2026-11-24 14:45")
    soon = about_the_talk(dana)[-1]
    house.moves_to("2026-11-24 18:00")
    assert "over or off" in dana.presses("Nudge me at minute 25", soon).words
    assert not dana.keeps(Meeting)[0].stop_nudge
