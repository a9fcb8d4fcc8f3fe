"""A class begins: its channel, the invitation, who joins; and what the organiser is told next."""

from dataclasses import replace

import pytest

from bot.domain.cohort import Cohort, Workspace
from bot.domain.owed import Owed
from bot.invocation import Invocation, Place, call
from tests.front_door import SURFACE, House, Person, Shown


def otto_of(house: House) -> Person:
    """The organiser, at his keyboard."""
    return house.member("Otto", admin=True)


def in_the_channel(who: Person, place: str = "class", **filled: str) -> Shown:
    """``/cohort start`` typed where everybody reads, and its form sent from there."""
    there = Place(place, private=False)
    opened = who.does(Invocation("cohort start", who.actor, there, who.house.key()))
    assert opened is not None
    form = opened.form
    given = {each.name: filled.get(each.name, each.given) for each in form.fields}
    sent = who.does(
        Invocation(
            form.command, who.actor, there, who.house.key(), given, draft=form.draft, how="form"
        )
    )
    assert sent is not None
    return sent


def cohort_of(house: House) -> Cohort:
    """As stored now."""
    with house.database.reading(house.cohort.id) as store:
        return store.cohort()


def test_one_form_begins_the_class(house: House) -> None:
    """Name and dates are taken, the channel is the class's, and the invitation is in it."""
    otto = otto_of(house)
    said = in_the_channel(otto, name="Spring 2027", school="Larkfield", ends="28 May 2027")
    assert house.rows(Workspace)[0].channel == "class"
    assert "The invitation is on its way" in said.words
    assert "Friday 28 May 2027" in said.words or "Friday 28 May" in said.words
    assert said.labels[0] == "Import alumni"
    assert (cohort_of(house).name, cohort_of(house).started) == ("Spring 2027", house.clock.now())
    house.ticks()
    [post] = house.posts
    assert "Spring 2027, Larkfield" in post.words
    assert "I write to nobody without your yes." in post.words
    assert post.labels == ["Join"]


def test_join_opens_the_opt_in_in_private(house: House) -> None:
    """Pressed in the channel, answered to her alone; nothing is sent before she opts in."""
    in_the_channel(otto_of(house))
    house.ticks()
    ana = house.member("Ana")
    shown = ana.presses("Join", house.posts[0])
    assert "Your teacher sees counts" in shown.words
    assert ana.member.opted_in is None
    ana.presses("Opt in", shown)
    assert ana.member.hears
    house.ticks()
    assert len(ana.letters) == 1
    assert len(house.posts) == 1


def test_again_it_changes_and_posts_on_a_press_alone(house: House) -> None:
    """What the form shows is what is known; the second invitation is the organiser's choice."""
    otto = otto_of(house)
    in_the_channel(otto, name="Spring 2027", ends="28 May 2027")
    house.ticks()
    opened = otto.types("/cohort start")
    assert opened.given == {"name": "Spring 2027", "ends": "2027-05-28"}
    said = otto.fills_in(ends="4 June 2027")
    assert "4 June" in said.words
    assert cohort_of(house).name == "Spring 2027"
    house.ticks()
    assert len(house.posts) == 1
    assert "a moment ago" in otto.calls(call("cohort invite")).words
    house.moves_to("2026-11-23 10:05")
    otto.calls(call("cohort invite"))
    house.ticks()
    assert len(house.posts) == 2


def test_in_a_dm_it_goes_on_without_a_channel(house: House) -> None:
    """It says how to get one, posts nothing, and the first time in the channel still invites."""
    otto = otto_of(house)
    otto.types("/cohort start")
    said = otto.fills_in(name="Spring 2027")
    assert "type /cohort start in the channel" in said.words
    assert "Post the invitation" not in [*said.labels, *said.options]
    assert cohort_of(house).started is None
    refused = otto.calls(call("cohort invite"))
    assert "There is no channel yet" in refused.words
    assert house.rows(Owed, command="cohort invited") == []
    in_the_channel(otto)
    house.ticks()
    assert len(house.posts) == 1


def test_a_date_changed_in_the_staffs_room_moves_no_channel(house: House) -> None:
    """What the class reads stays where it is; moving it is a press of its own."""
    otto = otto_of(house)
    in_the_channel(otto)
    said = in_the_channel(otto, "staff", ends="4 June 2027")
    assert "4 June" in said.words
    assert house.rows(Workspace)[0].channel == "class"
    assert "Make this channel the class’s" in [*said.labels, *said.options]
    assert "Make this channel" not in str([*in_the_channel(otto).options])


def test_dates_that_make_no_sense_are_asked_again(house: House) -> None:
    """Nothing is saved, and what was typed is kept."""
    otto = otto_of(house)
    said = in_the_channel(otto, starts="1 June 2027", ends="28 May 2027")
    assert "not after its first day" in said.words
    assert cohort_of(house).ends is None
    assert house.rows(Workspace)[0].channel == ""
    assert otto.presses("Back to the form", said).given["starts"] == "1 June 2027"


def test_a_place_that_cannot_be_written_to_says_why(house: House) -> None:
    """Where the surface knows that a post would be refused, the class begins without it."""
    otto = otto_of(house)
    otto.types("/cohort start")
    form = otto.last.form if otto.last is not None else pytest.fail("no form")
    barred = Place("class", private=False, barred="I am not let in there.")
    said = otto.does(
        Invocation(
            form.command, otto.actor, barred, house.key(),
            {each.name: each.given for each in form.fields}, draft=form.draft, how="form",
        )
    )  # fmt: skip
    assert said is not None
    assert "I am not let in there." in said.words
    assert house.rows(Workspace)[0].channel == ""


def test_a_student_begins_nothing(house: House, ana: Person) -> None:
    """Neither typed nor pressed."""
    channel = replace(house.rows(Workspace)[0], channel="class")
    with house.database.writing(house.cohort.id) as store:
        store.save(channel)
    for said in (ana.types("/cohort start"), ana.calls(call("cohort invite"))):
        assert "Only an organiser" in said.words
    house.ticks()
    assert house.posts == []
    assert channel.surface == SURFACE
