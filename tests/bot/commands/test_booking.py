"""Booking, moving and calling off a talk, through the front door (FEATURES C5)."""

from dataclasses import replace

import pytest
from icalendar import Calendar
from whenever import Instant

from bot.domain.meetings import Meeting, MeetingState
from bot.domain.owed import Owed, OwedState
from bot.domain.people import Contact, Standing
from bot.invocation import call
from bot.reply import Attachment
from tests.builders import an_alum
from tests.front_door import House, Person, Shown, at


@pytest.fixture
def dana(ana: Person) -> Person:
    """Ana, who has Dana in Chicago on her list."""
    ana.types("/contact add name: Dana Whitfield")
    (contact,) = ana.keeps(Contact)
    assert contact.name == "Dana Whitfield"
    return ana


def file_in(shown: Shown) -> Calendar:
    """The calendar file of an answer."""
    (found,) = (part for part in shown.answer.parts if isinstance(part, Attachment))
    return Calendar.from_ical(found.content)


def booked(ana: Person) -> Meeting:
    """The one talk there is."""
    (found,) = ana.keeps(Meeting)
    return found


def test_a_booking_is_echoed_in_both_zones_with_a_file(dana: Person) -> None:
    """My time, theirs, thirty minutes, the calendar file and a way to change it."""
    shown = dana.types("/interview book Dana when: tomorrow 3pm zone: Chicago mode: video")
    assert "15:00 (08:00 in Chicago for them). 30 minutes by video." in shown.words
    assert "Change or move" in shown.labels
    (event,) = file_in(shown).events
    assert event.start.isoformat() == "2026-11-24T14:00:00+00:00"
    meeting = booked(dana)
    assert (meeting.at, meeting.zone) == (at("2026-11-24 15:00"), "America/Chicago")
    assert dana.keeps(Contact)[0].standing is Standing.BOOKED


def test_their_time_is_read_on_their_clock(dana: Person) -> None:
    """ "9:30 their time" in Chicago is half past four in Berlin."""
    dana.types("/interview book Dana when: tomorrow 9:30 their time zone: Chicago")
    assert booked(dana).at == at("2026-11-24 16:30")


def test_their_time_without_their_zone_is_asked_for(dana: Person) -> None:
    """Nothing is booked on a guess, and nothing has to be typed twice."""
    shown = dana.types("/interview book Dana when: tomorrow 9:30 their time")
    assert dana.keeps(Meeting) == []
    assert shown.labels == ["Their city"]
    dana.presses("Their city")
    dana.fills_in(zone="Chicago")
    assert booked(dana).at == at("2026-11-24 16:30")


def test_their_zone_is_known_by_their_city(dana: Person, house: House) -> None:
    """A city on the card is enough."""
    dana.types("/contact edit Dana city: Chicago")
    shown = dana.types("/interview book Dana when: tomorrow 3pm")
    assert "Chicago" in shown.words
    assert booked(dana).zone == "America/Chicago"


def test_one_clock_is_not_told_twice(dana: Person) -> None:
    """Where both have the same hour, it says so in words."""
    dana.types("/contact edit Dana city: Berlin")
    shown = dana.types("/interview book Dana when: tomorrow 3pm")
    assert "15:00 (the same hour in Berlin for them)" in shown.words


def test_the_directory_says_whose_clock(ana: Person, house: House) -> None:
    """An alum comes with city and country; both clocks stand in the echo unasked."""
    house.add(an_alum(cohort_id=house.cohort.id, city="Boston"))
    ana.presses("Add", ana.types("/alum find place: Boston"))
    shown = ana.types("/interview book Dana when: tomorrow 3pm")
    assert "15:00 (09:00 in New York for them)" in shown.words


def test_the_time_typed_behind_the_name_is_understood(dana: Person) -> None:
    """ "Dana next tue 3pm" in one go fills the form."""
    form = dana.types("/interview book Dana next tue 3pm")
    assert form.given["when"] == "next tue 3pm"
    assert "Booked: Dana Whitfield, Tuesday 1 December" in dana.fills_in().words


def test_a_long_name_with_titles_is_no_time(ana: Person) -> None:
    """Up to seven words of it."""
    form = ana.types("/interview book Prof. Dr. Maria García López next tue 3pm")
    assert form.given["when"] == "next tue 3pm"
    ana.fills_in(mode="zoom")
    assert ana.keeps(Contact)[0].name == "Prof. Dr. Maria García López"
    assert booked(ana).mode == "video"


def test_a_second_reading_is_offered_and_taken_by_one_press(dana: Person) -> None:
    """A bare hour may be the other half of the day."""
    shown = dana.types("/interview book Dana when: friday at 8")
    meant = [label for label in shown.labels if label.startswith("I meant")]
    assert meant == ["I meant Friday 27 November, 20:00"]
    dana.presses(meant[0])
    assert booked(dana).at == at("2026-11-27 20:00")


@pytest.mark.parametrize("when", ["yesterday 3pm", "today 9:00", "2026-11-20 15:00"])
def test_the_past_is_refused_with_a_sentence(dana: Person, when: str) -> None:
    """What was typed stays in the form, and nothing is booked."""
    shown = dana.types(f"/interview book Dana when: {when}")
    assert "passed" in shown.errors["when"]
    assert shown.given["when"] == when
    assert dana.keeps(Meeting) == []


def test_words_that_are_no_time_are_asked_again(dana: Person) -> None:
    """With an example of what would do."""
    shown = dana.types("/interview book Dana when: when the cows come home")
    assert "Try" in shown.errors["when"]


def test_a_time_that_the_clocks_skip_is_said(dana: Person) -> None:
    """02:30 on the last Sunday of March is not on any clock in Berlin."""
    shown = dana.types("/interview book Dana when: 2027-03-28 02:30")
    assert "go forward" in shown.words
    assert booked(dana).at == Instant.from_utc(2027, 3, 28, 1, 30)


def test_a_time_that_comes_twice_offers_the_second(dana: Person) -> None:
    """02:30 on the last Sunday of October: the first is taken, the second one press away."""
    shown = dana.types("/interview book Dana when: 2027-10-31 02:30")
    assert "comes twice" in shown.words
    dana.presses(next(label for label in shown.labels if label.startswith("I meant")))
    assert booked(dana).at == Instant.from_utc(2027, 10, 31, 1, 30)


def test_who_has_no_zone_is_asked_for_it_kindly(house: House) -> None:
    """And the booking goes on from there."""
    ben = house.member("Ben", zone="")
    ben.types("/snowball")
    ben.types("/contact add name: Dana")
    shown = ben.types("/interview book Dana when: tomorrow 3pm")
    assert "Which time zone are you in?" in shown.words
    ben.presses("My time zone")
    ben.fills_in(zone="Lisbon")
    assert ben.member.zone == "Europe/Lisbon"
    assert booked(ben).at == at("2026-11-24 15:00", "Europe/Lisbon")


def test_two_of_one_name_are_told_apart(dana: Person) -> None:
    """The booking waits for the answer."""
    dana.types("/contact add name: Dana Lee company: Hooli")
    shown = dana.types("/interview book Dana when: tomorrow 3pm")
    assert "Which Dana" in shown.words
    dana.picks("Dana Lee (Hooli)")
    lee = dana.keeps(Contact, name="Dana Lee")[0]
    assert booked(dana).contact_id == lee.id


def test_somebody_new_becomes_a_contact(ana: Person) -> None:
    """Booked people are on the list."""
    ana.types("/interview book Priya when: tomorrow 3pm")
    (priya,) = ana.keeps(Contact)
    assert (priya.name, priya.standing) == ("Priya", Standing.BOOKED)


def test_nobody_is_booked_who_asked_not_to_be_asked(dana: Person, house: House) -> None:
    """The list of those is kept, kindly."""
    (contact,) = dana.keeps(Contact)
    with house.database.writing(house.cohort.id) as store:
        store.save(replace(contact, do_not_contact=True))
    shown = dana.types("/interview book Dana when: tomorrow 3pm")
    assert "asked not to be asked again" in shown.words
    assert dana.keeps(Meeting) == []


def test_the_same_booking_twice_is_one(dana: Person) -> None:
    """A second press says so."""
    dana.types("/interview book Dana when: tomorrow 3pm")
    assert "booked already" in dana.types("/interview book Dana when: tomorrow 3pm").words
    assert booked(dana).sequence == 0


def test_a_second_talk_with_the_same_person_mentions_the_first(dana: Person) -> None:
    """One press calls the other off."""
    dana.types("/interview book Dana when: tomorrow 3pm")
    shown = dana.types("/interview book Dana when: friday 3pm")
    assert "You also have Tuesday 24 November" in shown.words
    assert "Called off" in dana.presses("Cancel the other").words


def test_moving_counts_the_sequence_up_and_keeps_the_name(dana: Person) -> None:
    """Calendars take the newer file for the same entry."""
    before = file_in(dana.types("/interview book Dana when: tomorrow 3pm")).events[0]
    after = file_in(dana.types("/interview move Dana when: friday 4pm")).events[0]
    assert before["uid"] == after["uid"]
    assert (before["sequence"], after["sequence"]) == (0, 1)
    assert booked(dana).at == at("2026-11-27 16:00")


def test_the_form_to_change_holds_what_is_there(dana: Person) -> None:
    """The place is added, the rest stays."""
    dana.types("/interview book Dana when: tomorrow 3pm zone: Chicago mode: video")
    form = dana.presses("Change or move")
    assert form.given["when"] == "2026-11-24 15:00"
    dana.fills_in(place="Room 4")
    kept = booked(dana)
    assert (kept.place, kept.mode, kept.minutes) == ("Room 4", "video", 30)
    assert kept.at == at("2026-11-24 15:00")


def test_which_of_several_talks_moves_is_asked(dana: Person) -> None:
    """With what was typed kept."""
    dana.types("/interview book Dana when: tomorrow 3pm")
    dana.types("/interview book Lee when: friday 3pm")
    shown = dana.types("/interview move when: thursday 11:00")
    assert shown.labels == ["Dana Whitfield, Tuesday 24 November, 15:00", "Lee, Friday 27 November, 15:00"]  # fmt: skip # noqa: E501
    dana.presses(shown.labels[1])
    lee = dana.keeps(Contact, name="Lee")[0]
    (moved,) = dana.keeps(Meeting, contact_id=lee.id)
    assert moved.at == at("2026-11-26 11:00")


def test_nothing_to_move_is_said(ana: Person) -> None:
    """With a way to book one."""
    assert ana.types("/interview cancel").labels == ["Book a talk"]
    assert "No talk is booked" in ana.types("/interview cancel Dana").words


def test_cancelling_late_is_said_kindly_with_an_apology(dana: Person) -> None:
    """Monday for Tuesday is less than two business days."""
    dana.types("/interview book Dana when: tomorrow 3pm")
    shown = dana.types("/interview cancel Dana")
    assert "business days" in shown.words
    assert "sorry that it is so late" in shown.words
    event = file_in(shown).events[0]
    assert (event["status"], event["sequence"]) == ("CANCELLED", 1)
    assert file_in(shown)["method"] == "CANCEL"
    assert booked(dana).state is MeetingState.CANCELLED
    assert dana.keeps(Contact)[0].standing is Standing.REPLIED


def test_cancelling_in_time_only_has_the_note_ready(dana: Person) -> None:
    """Monday for Wednesday is enough."""
    dana.types("/interview book Dana when: wednesday 3pm")
    shown = dana.types("/interview cancel")
    assert "business days" not in shown.words
    assert "Dear Dana" in shown.words


def test_a_cancelled_talk_can_be_on_again(dana: Person) -> None:
    """One press, and its reminders come after all."""
    dana.types("/interview book Dana when: wednesday 3pm")
    dana.types("/interview cancel")
    dana.presses("It is on after all")
    kept = booked(dana)
    assert (kept.state, kept.sequence) == (MeetingState.BOOKED, 2)
    assert len(dana.keeps(Owed, state=OwedState.DUE, subject=f"meeting:{kept.id}")) == 3


def test_an_old_button_of_a_cancelled_talk_answers_kindly(dana: Person) -> None:
    """Nothing happens twice."""
    dana.types("/interview book Dana when: wednesday 3pm")
    shown = dana.types("/interview prep Dana")
    dana.types("/interview cancel")
    assert "off already" in dana.presses("Cancel it", shown).words


def test_nobody_reaches_anothers_talk(dana: Person, house: House) -> None:
    """A number in a button carries no authority."""
    dana.types("/interview book Dana when: wednesday 3pm")
    ben = house.joined("Ben")
    shown = ben.calls(call("interview cancel", talk=booked(dana).id))
    assert "not in your calendar" in shown.words
    assert booked(dana).state is MeetingState.BOOKED
