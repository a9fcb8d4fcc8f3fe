"""Logging a talk: everything but the person is optional, and nothing typed is lost."""

import pytest
from whenever import Date

from bot.domain.people import Contact, Standing
from bot.domain.talks import Promise, Talk
from tests.front_door import Person


def test_an_unknown_name_becomes_a_contact_who_was_met(ana: Person) -> None:
    """Logging comes first, the address book follows."""
    ana.types("/interview log Dana Reyes tip: Read the reports")
    (dana,) = ana.keeps(Contact)
    (talk,) = ana.keeps(Talk)
    assert (dana.name, dana.standing) == ("Dana Reyes", Standing.MET)
    assert (talk.contact_id, talk.held, talk.tip) == (
        dana.id,
        Date(2026, 11, 23),
        "Read the reports",
    )


def test_names_given_become_linked_contacts(ana: Person) -> None:
    """Each remembers who suggested them; where they work is kept."""
    logged = ana.types("/interview log Dana names: Lee Chen (Acme), Kim from the bank")
    assert "Lee Chen and Kim joined your list, suggested by Dana." in logged.words
    assert "Write to Lee Chen" in logged.labels
    dana, lee, kim = ana.keeps(Contact)
    assert [(each.name, each.company, each.referred_by) for each in (lee, kim)] == [
        ("Lee Chen", "Acme", dana.id),
        ("Kim", "the bank", dana.id),
    ]


def test_a_name_given_that_is_known_is_linked_not_doubled(ana: Person) -> None:
    """The same person is not added twice; a name only alike is somebody else."""
    ana.types("/contact add Lee Chen")
    ana.types("/contact add Kimberly Park")
    ana.types("/interview log Dana names: Lee Chen and Kim")
    assert [each.name for each in ana.keeps(Contact)] == [
        "Lee Chen",
        "Kimberly Park",
        "Dana",
        "Kim",
    ]
    dana = ana.keeps(Contact, name="Dana")[0]
    assert ana.keeps(Contact, name="Lee Chen")[0].referred_by == dana.id


def test_no_name_given_gets_one_gentle_line(ana: Person) -> None:
    """And no more than a line."""
    assert "Who else should I talk to?" in ana.types("/interview log Dana tip: x").words


@pytest.mark.parametrize("nobody", ["none", "Nobody.", "N/A", "-", "no one"])
def test_nobody_is_no_contact(ana: Person, nobody: str) -> None:
    """Who writes that there was no name and no promise gets neither."""
    logged = ana.fills_in(ana.types("/interview log"), person="Dana", names=nobody, promises=nobody)
    assert [each.name for each in ana.keeps(Contact)] == ["Dana"]
    assert ana.keeps(Promise) == []
    assert "No new name?" in logged.words


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Na Li", ["Na Li"]),
        ("No, Kim Lee", ["No", "Kim Lee"]),
        ("Lee Chen and Na (Acme)", ["Lee Chen", "Na"]),
        ("no, Kim Lee", ["Kim Lee"]),
        ("NA", []),
        ("no", []),
        ("none, Nobody", []),
        ("no, she didn’t say", []),
        ("Didn't say", []),
        ("He can't remember", []),
        ("Nobody else", []),
        ("Lee whom I haven’t met", ["Lee whom I haven’t met"]),
        ("Kim Lee; the rest she would not tell", ["Kim Lee"]),
    ],
)
def test_no_among_names_is_a_name(ana: Person, typed: str, names: list[str]) -> None:
    """With a surname or beside another name; alone or in small letters it is nobody."""
    logged = ana.fills_in(ana.types("/interview log"), person="Dana", names=typed)
    assert [each.name for each in ana.keeps(Contact)][1:] == names
    assert "as nobody" not in logged.words


@pytest.mark.parametrize("typed", ["No", "Na.", "No (she was busy)"])
def test_no_alone_is_asked_about(ana: Person, typed: str) -> None:
    """Read as nobody, said so, and a contact by one press."""
    logged = ana.fills_in(ana.types("/interview log"), person="Dana", names=typed)
    name = typed[:2]
    assert f"I read “{name}” as nobody." in logged.words
    assert len(ana.keeps(Contact)) == 1
    ana.presses(f"{name} is a name: add", logged)
    dana, added = ana.keeps(Contact)
    assert (added.name, added.referred_by) == (name, dana.id)


def test_promises_are_kept_with_their_days(ana: Person) -> None:
    """What was understood is echoed; a date that cannot be read keeps its words."""
    form = ana.types("/interview log Dana")
    words = "send my CV by Friday\ncall Lee by whenever it suits\nread the book"
    logged = ana.fills_in(form, promises=words)
    assert "Promised: send my CV, by Friday 27 November." in logged.words
    assert "I could not read the date in “whenever it suits”; I kept the words." in logged.words
    assert [(each.words, each.due) for each in ana.keeps(Promise)] == [
        ("send my CV", Date(2026, 11, 27)),
        ("call Lee (whenever it suits)", None),
        ("read the book", None),
    ]


def test_already_thanked_asks_for_no_thanks(ana: Person) -> None:
    """No reminder, no draft; the person stands as thanked."""
    logged = ana.fills_in(ana.types("/interview log Dana"), thanked="yes", tip="Read")
    assert "Thank-you draft" not in logged.labels
    ana.house.passes("2026-11-27 12:00")
    assert [each for each in ana.letters if "Dana" in each.words] == []
    assert ana.keeps(Contact)[0].standing is Standing.THANKED


def test_a_day_in_the_past_is_understood(ana: Person) -> None:
    """ "friday" was the last one."""
    logged = ana.types("/interview log Dana tip: x held: friday")
    assert "Logged: your talk with Dana, Friday 20 November." in logged.words


def test_a_day_to_come_is_refused(ana: Person) -> None:
    """A talk is logged once it was had."""
    refused = ana.types("/interview log Dana tip: x held: 2026-11-30")
    assert refused.errors == {"held": "That day is still to come. Which day do you mean?"}
    assert (ana.keeps(Talk), ana.keeps(Contact)) == ([], [])


def test_a_day_that_cannot_be_read_keeps_the_tip(ana: Person) -> None:
    """The form opens with what to mend, and what was typed."""
    form = ana.types("/interview log Dana tip: Read more held: gibberish")
    assert list(form.errors) == ["held"]
    assert form.given["tip"] == "Read more"
    ana.fills_in(form, held="yesterday")
    (talk,) = ana.keeps(Talk)
    assert (talk.tip, talk.held) == ("Read more", Date(2026, 11, 22))


def test_too_long_is_said_and_nothing_is_lost(ana: Person) -> None:
    """Three thousand characters fit; the count is told."""
    form = ana.types("/interview log Dana")
    again = ana.fills_in(form, takeaways="x" * 3001, tip="Read")
    assert again.errors == {
        "takeaways": "That is 3001 characters; up to 3000 fit here. Shorten it a little."
    }
    assert (len(again.given["takeaways"]), again.given["tip"]) == (3001, "Read")


def test_how_it_fits_is_noted_and_can_change(ana: Person) -> None:
    """By a press, with a reason afterwards; shown beside the talk."""
    logged = ana.types("/interview log Dana tip: x")
    ana.presses("Further", logged)
    nearer = ana.presses("Nearer", logged)
    assert nearer.words.startswith("Noted, for you alone: nearer.")
    ana.fills_in(ana.presses("Say why", nearer), because="people matter there")
    listed = ana.types("/interview list").words
    assert "nearer" in listed
    assert "because people matter there" in listed


def test_a_talk_can_be_changed_later(ana: Person) -> None:
    """Words replace, names and promises are added."""
    ana.types("/interview log Dana tip: Read names: Lee")
    form = ana.presses("Change", ana.types("/interview list"))
    assert form.given["tip"] == "Read"
    ana.fills_in(form, tip="Write", names="Kim")
    assert [each.tip for each in ana.keeps(Talk)] == ["Write"]
    assert [each.name for each in ana.keeps(Contact)] == ["Dana", "Lee", "Kim"]


def test_somebody_elses_talk_is_not_in_my_log(ana: Person) -> None:
    """A button's number opens no talk of another member."""
    logged = ana.types("/interview log Dana tip: secret advice")
    ben = ana.house.joined("Ben")
    for label in ("Nearer", "Thank-you draft", "Already thanked"):
        said = ben.presses(label, logged).words
        assert "secret advice" not in said
        assert "Dana" not in said
    assert ana.keeps(Talk)[0].thanked is None


def test_the_form_names_whom_the_talk_was_with(ana: Person) -> None:
    """Known, it is in the title; the first name where both are too long; else the title alone."""
    ana.types("/contact add Dana Kim")
    ana.types("/contact add Bartholomew Featherstone")
    assert ana.types("/interview log Dana").form.title == "Your talk with Dana Kim"
    assert ana.types("/interview log Bartholomew").form.title == "Your talk with Bartholomew"
    assert ana.types("/interview log").form.title == "Log a talk"
    assert ana.types("/interview book Dana").form.title == "Book a talk with Dana"


def test_two_steps_stand_out_after_a_talk_and_the_rest_is_one_menu(ana: Person) -> None:
    """Few buttons on a phone: thanks, a note to whoever was named, the fit in a row of its own."""
    ana.types("/contact add Dana")
    logged = ana.fills_in(ana.types("/interview log Dana"), tip="SQL", names="Lee Chen, Eva Moor")
    fits = ["Nearer", "Further", "Unsure"]
    assert logged.labels == ["Thank-you draft", "Write to Lee Chen", *fits, "Something felt wrong"]
    assert logged.options == ["Write to Eva Moor", "Already thanked"]
    assert "is thanked" in ana.picks("Already thanked", logged).words
