"""The menu that fits the moment, help, and plain words that become buttons."""

import pytest

from bot.domain.people import Contact
from tests.front_door import House, Person, at


def test_somebody_new_is_welcomed(house: House) -> None:
    """Who I am, who sees what, how to stop; joining is one press."""
    eve = house.member("Eve")
    welcome = eve.types("/snowball")
    assert "Your teacher sees counts" in welcome.words
    assert welcome.labels[0] == "Opt in"


@pytest.mark.parametrize("words", ["hi", "Hello!", "hey there", "menu", "good morning"])
def test_a_greeting_is_answered_with_the_menu(house: House, words: str) -> None:
    """No press in between."""
    assert house.member("Eve").says(words).labels[0] == "Opt in"


def test_an_empty_list_asks_for_a_first_name(ana: Person) -> None:
    """Somebody who knows you, rather than a stranger."""
    labels = ana.types("/snowball").labels
    assert labels[0] == "Add somebody I know"
    assert "Find alumni" in labels


def test_the_menu_shows_what_is_open(ana: Person) -> None:
    """Whom to thank, a promise, whom to ask; the likeliest first."""
    ana.types("/contact add Lee")
    ana.fills_in(ana.types("/interview log Dana"), tip="Read", promises="send my CV by Friday")
    menu = ana.types("/snowball")
    for open_ in ("To thank: Dana", "Promised: send my CV", "Lee"):
        assert open_ in menu.words
    assert menu.labels[0] == "Thank Dana"
    assert len(menu.labels) <= 5


def test_help_lists_what_one_may_do(house: House, ana: Person) -> None:
    """Students do not see what organisers do, not even when they ask for it."""
    assert "/contact add" in ana.types("/snowball help").words
    assert "/cohort" not in ana.types("/snowball help").words
    assert "/cohort import" not in ana.types("/snowball help cohort").words
    otto = house.joined("Otto", admin=True)
    assert "/cohort import" in otto.types("/snowball help cohort").words


PLAIN = {
    "talked to Dana": "Log a talk with Dana",
    "I just talked to Dana yesterday": "Log a talk with Dana",
    "find marketing": "Find alumni: marketing",
    "stop": "Stop all messages",
    "pause until friday": "Pause my messages",
    "who do I know": "My people",
    "I thanked Dana": "Dana is thanked",
    "add my aunt Rosa": "Add aunt Rosa",
    "write to Dana": "Draft a note to Dana",
    "check in": "Check in",
}


@pytest.mark.parametrize("words", PLAIN)
def test_plain_words_become_a_button(ana: Person, words: str) -> None:
    """At most three, the likeliest first, each doing it at once."""
    ana.types("/contact add Dana")
    offered = ana.says(words)
    assert offered.labels[0] == PLAIN[words]
    assert len(offered.labels) <= 3
    assert "I don’t know" not in ana.presses(offered.labels[0]).words


def test_a_name_alone_shows_the_person(ana: Person) -> None:
    """And what can be done with them."""
    ana.types("/contact add Dana Reyes")
    assert ana.says("dana").labels[0] == "Show Dana Reyes"


def test_a_field_alone_finds_alumni(ana: Person) -> None:
    """A field of work is enough."""
    assert ana.says("marketing").labels[0].startswith("Find alumni")


def test_words_without_sense_get_three_ways_on(ana: Person) -> None:
    """They are shown as typed."""
    lost = ana.says("flibbertigibbet quux")
    assert "“flibbertigibbet quux”" in lost.words
    assert len(lost.labels) == 3


def test_stopping_takes_two_words_and_a_press(ana: Person) -> None:
    """Typed plainly, pressed, stopped."""
    ana.says("please stop")
    ana.presses("Stop all messages")
    assert ana.member.stopped is not None


def test_nobody_is_picked_among_two(ana: Person) -> None:
    """With two Danas on the list, each has a button of her own."""
    ana.types("/contact add Dana Reyes")
    ana.types("/contact add Dana Kim")
    assert set(ana.says("met dana").labels) == {
        "Log a talk with Dana Kim",
        "Log a talk with Dana Reyes",
    }


def test_a_talk_typed_with_its_day_is_logged_on_it(ana: Person) -> None:
    """ "Yesterday" means the day before it was said."""
    ana.types("/contact add Lee Wong")
    ana.says("i met Lee for coffee yesterday")
    ana.presses("Log a talk with Lee Wong")
    assert "Sunday 22 November" in ana.fills_in(tip="Read").words


def test_help_in_plain_words_is_short(ana: Person) -> None:
    """Examples and a few buttons; the table of commands is one press away."""
    short = ana.says("help")
    assert "/contact" not in short.words
    assert "/contact add" in ana.presses("All commands").words


def test_a_new_member_is_not_asked_about_a_week_before_they_came(house: House, ana: Person) -> None:
    """The check-in is open once a week of theirs is over, or nearly."""
    ana.types("/contact add Lee")
    assert "Check-in" not in ana.types("/snowball").words
    house.clock.move_to(at("2026-11-26 10:00"))
    menu = ana.types("/snowball")
    assert "the week from Monday 23 November is open" in menu.words
    assert "Check in" in menu.labels


def test_today_shows_the_next_talk(ana: Person) -> None:
    """With its brief one press away; a talk that is over is not shown."""
    ana.types("/contact add Dana")
    ana.types("/interview book Dana when: tomorrow 3pm")
    menu = ana.types("/snowball")
    assert "Booked: Dana, Tuesday 24 November, 15:00" in menu.words
    assert ana.presses("Brief me").words.startswith("Tomorrow 15:00, Dana")
    ana.house.clock.move_to(at("2026-11-24 16:00"))
    assert "Booked" not in ana.types("/snowball").words


@pytest.mark.parametrize(
    ("words", "labels"),
    [
        ("find somebody in maketing", ["Find alumni: maketing"]),
        ("find someone who works in nursing in Chicago", ["Find alumni: nursing in Chicago"]),
        ("find somebody in Berlin", ["Find alumni: in Berlin"]),
        ("find people in law at Acme", ["Find alumni: law at Acme"]),
        ("find somebody", ["Find alumni"]),
    ],
)
def test_somebody_in_a_field_or_a_city(ana: Person, words: str, labels: list[str]) -> None:
    """ "In" says both; a slip in a field is no city, and a city no field with a slip."""
    assert ana.says(words).labels == labels


@pytest.mark.parametrize(
    ("follow_ups", "said"),
    [
        (0, "Here we ask once: after a week we move on."),
        (1, "One short follow-up is polite after a week; then we move on."),
        (2, "Two short follow-ups are polite, each after a week; then we move on."),
    ],
)
def test_silence_is_answered_by_the_cohorts_number(
    house: House, ana: Person, follow_ups: int, said: str
) -> None:
    """What is said in passing is what the reminders will do."""
    house.joined("Otto", admin=True).types(f"/cohort asking follow_ups: {follow_ups}")
    assert said in ana.says("nobody answers").words


def test_a_talk_that_moves_or_falls_through(ana: Person, house: House) -> None:
    """In plain words, with the talk that is meant; once it is over, what became of it."""
    ana.types("/contact add Dana")
    assert ana.says("Dana cancelled").labels == ["My talks", "Book a talk"]
    ana.types("/interview book Dana when: today 3pm")
    assert ana.says("I need to move my talk").labels == ["Move my talk with Dana", "Call it off"]
    house.moves_to("2026-11-23 17:00")
    late = ana.says("dana didn’t show up")
    assert late.labels == ["Say how it went", "Move my talk with Dana"]
    assert "Yes" in ana.presses("Say how it went", late).labels


def test_a_name_is_taken_off_and_a_stranger_is_not(ana: Person) -> None:
    """Only who is on the list; everything of mine is another wish."""
    ana.types("/contact add Dana")
    assert ana.says("delete Dana").labels == ["Take Dana off my list"]
    assert "off my list" not in ana.says("delete everything").words


def test_two_names_of_one_evening_are_two_talks(ana: Person) -> None:
    """Nobody is called "Dana and Lee"."""
    ana.types("/contact add Dana")
    shown = ana.says("talked with Dana and Lee")
    assert shown.labels == ["Log a talk with Dana", "Log a talk with Lee"]


@pytest.mark.parametrize(
    ("words", "labels"),
    [
        ("did Dana answer?", ["Show Dana Reyes", "Log a talk with Dana Reyes", "Ask Dana Reyes"]),
        ("I sent it to Dana", ["My note to Dana Reyes is sent"]),
        ("I sent it", ["My note is sent"]),
        ("give me tips", ["Log a talk", "Find alumni", "Menu"]),
        ("I met a woman at the fair", ["Log a talk"]),
        ("help me write to Dana", ["Draft a note to Dana Reyes"]),
    ],
)
def test_what_students_write_is_not_searched_as_a_field(
    ana: Person, words: str, labels: list[str]
) -> None:
    """A name of my list says more than letters that look like a field."""
    ana.types("/contact add Dana Reyes")
    assert ana.says(words).labels == labels


def test_an_address_typed_along_is_kept_as_one(ana: Person) -> None:
    """Not as part of the name."""
    ana.presses("Add Kim Lee", ana.says("add Kim Lee kim@acme.example"))
    (kim,) = ana.keeps(Contact)
    assert (kim.name, kim.email) == ("Kim Lee", "kim@acme.example")
