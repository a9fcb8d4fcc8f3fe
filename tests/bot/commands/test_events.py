"""Events from the post in the channel to "whom did you meet?", as members see them (G4)."""

from dataclasses import replace

import pytest

from bot.domain.cohort import Cohort, Workspace
from bot.domain.events import Event, Going
from bot.domain.people import Contact, ContactKind
from bot.plaintext import words_of
from bot.reply import Attachment, Occasion
from tests.builders import a_contact
from tests.front_door import SURFACE, House, Person, Shown


@pytest.fixture(autouse=True)
def channel(house: House) -> None:
    """The cohort has a channel."""
    with house.database.writing(house.cohort.id) as store:
        workspace = store.first(Workspace)
        assert workspace is not None
        store.save(replace(workspace, channel="c"))


def add(who: Person, when: str = "thursday 6pm", **more: str) -> Shown:
    """Careers Night, as somebody adds it."""
    who.types("/event add")
    shown = who.fills_in(name="Careers Night", when=when, place="Hall B", **more)
    who.house.ticks()
    return shown


def test_an_event_is_echoed_and_posted_with_one_press_to_go(ana: Person, house: House) -> None:
    """The form says who reads it; the channel's post is the platform's occasion."""
    form = ana.types("/event add").form
    assert form.note is not None
    assert "Everybody in the cohort’s channel reads this" in words_of(form.note, "UTC")
    echo = add(ana)
    assert "On its way to the channel" in echo.words
    assert "Thursday 26 November, 18:00" in echo.words
    (post,) = house.posts
    (what,) = [each for each in post.answer.parts if isinstance(each, Occasion)]
    assert (what.name, what.place, what.minutes) == ("Careers Night", "Hall B", 60)
    assert "An event, from Ana:" in post.words
    assert post.labels == ["I’m going"]


def test_going_from_the_channel_brings_a_file_and_reminders(ana: Person, house: House) -> None:
    """The day before in the morning, and a quarter of an hour before; then whom they met."""
    add(ana)
    ben = house.joined("Ben", zone="Europe/London")
    said = ben.presses("I’m going", on=house.posts[0])
    assert "You’re going: Careers Night." in said.words
    assert "Thursday 26 November, 17:00" in said.words
    assert "That is 18:00 in Berlin." in said.words
    assert "your résumé, a few cards" in said.words
    (file,) = [each for each in said.answer.parts if isinstance(each, Attachment)]
    assert b"SUMMARY:Careers Night" in file.content
    assert b"DTSTART:20261126T170000Z" in file.content
    ben.letters.clear()
    house.moves_to("2026-11-25 10:00")
    assert "Tomorrow 17:00: Careers Night, Hall B." in ben.letters[-1].words
    assert "three people you would like to meet there" in ben.letters[-1].words
    house.moves_to("2026-11-26 17:44")
    count = len(ben.letters)
    house.moves_to("2026-11-26 17:45")
    assert len(ben.letters) == count + 1
    assert "Careers Night begins 17:00, Hall B." in ben.letters[-1].words
    house.moves_to("2026-11-27 10:00")
    assert "Yesterday was Careers Night. Whom did you meet?" in ben.letters[-1].words
    assert [each for each in ana.letters if "Careers" in each.words] == []


def test_whom_i_met_become_people_i_can_write_to(ana: Person, house: House) -> None:
    """Up to five, with where they work; the note says where we met, and so does the draft."""
    add(ana)
    ana.types("/event going Careers Night")
    house.passes("2026-11-27 10:00")
    ana.presses("Write them down", on=ana.letters[-1])
    shown = ana.fills_in(people="Priya Rao, Acme\n\nLee Wong")
    assert shown.people == ["Priya Rao", "Lee Wong"]
    priya, lee = ana.keeps(Contact)
    assert (priya.kind, priya.company) == (ContactKind.EVENT, "Acme")
    assert lee.notes == "Met at Careers Night\nThursday 26 November"
    assert ana.keeps(Going)[0].went is True
    ana.presses("Write to them")
    draft = ana.presses("I’ll do it this way")
    assert "We met at Careers Night." in draft.words
    house.moves_to("2026-11-28 12:00")
    assert [each for each in ana.letters if "Whom did you meet" in each.words][1:] == []


def test_six_names_are_too_many_and_none_is_lost(ana: Person, house: House) -> None:
    """The form comes back with what was typed."""
    add(ana)
    house.moves_to("2026-11-27 10:00")
    six = "\n".join(f"Person {each}" for each in "ABCDEF")
    ana.types("/event met Careers Night")
    said = ana.fills_in(people=six)
    assert "Up to 5 names in one go" in said.words
    assert ana.presses("Back to the form").given["people"] == six
    assert ana.keeps(Contact) == []


def test_whoever_is_known_already_is_met_again(ana: Person, house: House) -> None:
    """No second Dana; the card says where."""
    house.add(a_contact("Dana", house.cohort.id, ana.member.id, notes="Runs a bakery"))
    add(ana)
    house.moves_to("2026-11-27 10:00")
    for _ in range(2):
        ana.types("/event met")
        ana.fills_in(people="dana")
    (dana,) = ana.keeps(Contact)
    assert dana.notes == "Runs a bakery\nMet at Careers Night\nThursday 26 November"


def test_a_moved_event_takes_its_reminders_along(ana: Person, house: House) -> None:
    """Whoever goes hears of it; the old reminders say nothing; the file counts up."""
    echo = add(ana)
    ben = house.joined("Ben")
    ben.types("/event going Careers Night")
    ana.presses("Change it", on=echo)
    said = ana.fills_in(when="friday 18:00", place="Hall C")
    assert "I tell the one who go" in said.words or "I tell the one" in said.words
    ben.letters.clear()
    house.ticks()
    assert "An event was changed" in house.posts[-1].words
    assert "Careers Night was changed" in ben.letters[-1].words
    house.moves_to("2026-11-25 10:00")
    assert not [each for each in ben.letters if "Tomorrow 18:00" in each.words]
    house.moves_to("2026-11-26 10:00")
    assert "Tomorrow 18:00: Careers Night, Hall C." in ben.letters[-1].words
    (event,) = house.rows(Event)
    assert event.sequence == 1


def test_an_event_that_is_off_reminds_nobody(ana: Person, house: House) -> None:
    """The channel and whoever goes hear it once; nothing about it comes after."""
    echo = add(ana)
    ben = house.joined("Ben")
    ben.types("/event going Careers Night")
    ben.letters.clear()
    said = ana.presses("Call it off", on=echo)
    assert "Called off: Careers Night. I tell the one who wanted to go." in said.words
    assert "called off already" in ana.presses("Call it off", on=echo).words
    house.ticks()
    assert house.posts[-1].words.startswith("Called off: Careers Night")
    assert "was called off" in ben.letters[-1].words
    count = len(ben.letters)
    house.moves_to("2026-11-26 18:30")
    assert not [each for each in ben.letters[count:] if "Careers" in each.words]
    assert "called off" in ben.presses("I’m going", on=house.posts[0]).words


def test_not_going_is_said_once_and_can_be_undone(ana: Person, house: House) -> None:
    """Back and forth, the last word counts and reminders come once."""
    add(ana)
    ana.types("/event going")
    ana.presses("Can’t make it")
    assert ana.last is not None
    assert ana.last.words.startswith("Noted: not this time.")
    ana.presses("I’m going after all")
    assert len(ana.keeps(Going)) == 1
    house.moves_to("2026-11-25 09:00")
    house.moves_to("2026-11-25 12:00")
    assert len([each for each in ana.letters if "Tomorrow 18:00" in each.words]) == 1


def test_only_its_maker_and_organisers_change_an_event(ana: Person, house: House) -> None:
    """Others do not see the buttons, and their presses change nothing."""
    echo = add(ana)
    ben = house.joined("Ben")
    assert ben.types("/event list").labels == ["I’m going", "Add an event"]
    refused = ben.presses("Call it off", on=echo)
    assert "Whoever added it, or an organiser" in refused.words
    otto = house.joined("Otto", admin=True)
    assert "Call it off" in otto.types("/event list").labels


def test_the_list_counts_and_names_nobody(ana: Person, house: House) -> None:
    """How many go is for all; who they are is theirs."""
    add(ana)
    ana.types("/event going")
    ben = house.joined("Ben")
    shown = ben.types("/event list")
    assert "1 going" in shown.words
    assert "Ana" not in shown.words
    assert "you’re going" in ana.types("/event list").words


def test_a_day_that_is_past_is_no_event(ana: Person) -> None:
    """The form says so, and nothing is posted."""
    shown = add(ana, when="yesterday 18:00")
    assert set(shown.errors) == {"when"}
    assert ana.house.rows(Event) == []


def test_the_same_event_twice_is_one(ana: Person, house: House) -> None:
    """Two who add it meet on one."""
    add(ana)
    ben = house.joined("Ben")
    assert "is on the list already" in add(ben).words
    assert len(house.rows(Event)) == 1
    assert len(house.posts) == 1


def test_an_event_elsewhere_is_on_its_own_clock(ana: Person) -> None:
    """A city far away: read there, echoed here."""
    shown = add(ana, when="thursday 6pm", zone="Chicago")
    assert "Friday 27 November, 01:00" in shown.words
    assert "That is Thursday 18:00 in Chicago." in shown.words


def test_without_a_zone_it_asks_for_the_city(house: House) -> None:
    """Nothing that was typed is lost."""
    ben = house.member("Ben", zone="")
    ben.types("/event add")
    ben.fills_in(name="Fair", when="thursday 10am")
    ben.presses("Its city")
    shown = ben.fills_in(zone="Chicago")
    assert "Thursday 26 November" in shown.words
    assert house.rows(Event)[0].zone == "America/Chicago"


def test_my_calendar_holds_what_i_go_to(ana: Person, house: House) -> None:
    """And nothing of what others go to."""
    from bot.calendars import feed  # noqa: PLC0415 - loads slowly

    add(ana)
    ben = house.joined("Ben")
    ana.types("/event going")
    with house.database.reading(house.cohort.id) as store:
        assert b"Careers Night" in feed(store, ana.member, house.clock.now())
        assert b"Careers Night" not in feed(store, ben.member, house.clock.now())


def test_without_a_channel_it_is_on_the_list_alone(ana: Person, house: House) -> None:
    """And it says so."""
    with house.database.writing(house.cohort.id) as store:
        workspace = store.first(Workspace)
        assert workspace is not None
        store.save(replace(workspace, channel=""))
    assert "No channel was chosen yet" in add(ana).words
    assert house.posts == []


def test_another_cohort_knows_nothing_of_it(ana: Person, house: House) -> None:
    """Neither by name nor by number."""
    add(ana)
    number = house.rows(Event)[0].id
    other = house.database.add_cohort(Cohort(name="Another", created=house.clock.now()))
    with house.database.writing(other.id) as store:
        store.add(Workspace(cohort_id=other.id, surface=SURFACE, external_id="elsewhere"))
    theirs = replace(house, cohort=other)
    theirs._keys = house._keys
    zoe = Person(theirs, replace(ana.actor, workspace="elsewhere", user="zoe", name="Zoe"))
    assert "No event is on the list yet" in zoe.types("/event list").words
    assert "no event called" in zoe.types("/event going Careers Night").words
    assert "not there any more" in zoe.types(f"/event going {number}").words


def test_an_event_does_not_wait_for_the_networking_hour(ana: Person, house: House) -> None:
    """Whoever keeps an hour on Friday hears on Wednesday of what is on Thursday."""
    ana.types("/settings change")
    ana.fills_in(hour_day="5", hour_at="16:00")
    add(ana)
    ana.types("/event going")
    ana.letters.clear()
    house.moves_to("2026-11-25 10:00")
    assert "Tomorrow 18:00: Careers Night" in ana.letters[-1].words


def test_a_channel_is_not_filled_by_one(ana: Person, house: House) -> None:
    """Five a day of one student are the end; an organiser may fill a calendar."""
    for number in range(6):
        ana.types("/event add")
        said = ana.fills_in(name=f"Fair {number}", when="friday 10am")
    assert "5 events in a day are plenty" in said.words
    otto = house.joined("Otto", admin=True)
    for number in range(6):
        otto.types("/event add")
        otto.fills_in(name=f"Talk {number}", when="friday 10am")
    assert len(house.rows(Event)) == 11


def test_the_last_word_comes_on_a_day_off_and_in_quiet_hours(ana: Person, house: House) -> None:
    """They said that they go, and at any other moment it is of no use."""
    add(ana, when="sunday 9pm")
    ana.types("/event going")
    house.moves_to("2026-11-29 20:44")
    ana.letters.clear()
    house.moves_to("2026-11-29 20:45")
    assert "Careers Night begins 21:00" in ana.letters[-1].words


def test_who_stopped_hears_of_no_event(ana: Person, house: House) -> None:
    """Stop means stop; starting again and saying so brings it back."""
    add(ana)
    ana.types("/event going")
    ana.types("/settings stop")
    ana.letters.clear()
    house.passes("2026-11-27 12:00", hours=1)
    assert ana.letters == []


def test_who_opts_in_after_saying_yes_is_reminded(house: House) -> None:
    """The file rings by itself until then; from then on I do."""
    add(house.joined("Ana"))
    ben = house.member("Ben")
    assert "I send you nothing unless you opt in" in ben.types("/event going").words
    ben.types("/snowball")
    ben.types("/settings start")
    house.moves_to("2026-11-25 10:00")
    assert "Tomorrow 18:00: Careers Night" in ben.letters[-1].words
