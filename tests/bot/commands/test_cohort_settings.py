"""Every number of the cohort is the organiser's, and so are fields of work (FEATURES H4, A3)."""

import dataclasses

import pytest

from bot.domain.cohort import Numbers
from bot.domain.people import Alum
from tests.builders import an_alum
from tests.front_door import House, Paper, Person, at


@pytest.fixture
def hannah(house: House) -> Person:
    """The organiser."""
    return house.joined("Hannah", admin=True)


def _numbers(house: House) -> Numbers:
    with house.database.reading(house.cohort.id) as store:
        return store.cohort().numbers


def test_the_form_shows_the_numbers_and_keeps_what_is_changed(house: House, hannah: Person) -> None:
    """One number changed: that one, and no other."""
    before = _numbers(house)
    form = hannah.types("/cohort settings").form
    assert {each.name: each.given for each in form.fields}["no_reply_days"] == "7"
    hannah.fills_in(no_reply_days="10")
    assert _numbers(house) == dataclasses.replace(before, no_reply_days=10)


def test_a_touch_interval_is_a_number_too(house: House, hannah: Person) -> None:
    """Alumni every thirty days."""
    hannah.types("/cohort settings alumni_touch: 30")
    assert _numbers(house).touch_days["alum"] == 30


def test_numbers_out_of_reach_are_sent_back_with_what_would_do(hannah: Person) -> None:
    """Five to fourteen days; the rest of the form is kept."""
    hannah.types("/cohort settings")
    shown = hannah.fills_in(no_reply_days="40", weekly_talks="3")
    assert "5 to 14" in shown.words
    assert {each.name: each.given for each in shown.form.fields}["weekly_talks"] == "3"


def test_falling_silent_comes_after_writing_less(house: House, hannah: Person) -> None:
    """Two numbers that contradict each other change nothing."""
    before = _numbers(house)
    hannah.types("/cohort settings back_off_after: 3 pause_after: 2")
    assert _numbers(house) == before


def test_short_forms_ask_for_the_numbers_in_steps(house: House, hannah: Person) -> None:
    """Five at a time, each step saving what it asked."""
    house.surface = Paper(form_fields=5)
    hannah.types("/cohort settings")
    hannah.fills_in(weekly_talks="2")
    hannah.presses("The next numbers")
    hannah.fills_in(quiet_from="21:00")
    assert _numbers(house).weekly_talks == 2
    assert _numbers(house).quiet_from == at("2026-11-23 21:00").to_tz("Europe/Berlin").time()


def test_students_cannot_change_them(ana: Person) -> None:
    """Rights are looked up from who asks."""
    assert "Only an organiser" in ana.types("/cohort settings weekly_talks: 9").words


def test_a_new_field_finds_alumni_who_were_there_before(
    house: House, hannah: Person, ana: Person
) -> None:
    """The directory is indexed anew with the titles that were taught."""
    house.add(an_alum("Zed", house.cohort.id, title="Blimp Tender", field=""))
    assert house.rows(Alum)
    hannah.types("/cohort field airships titles: blimp tender, mooring chief")
    assert "Zed" in ana.types("/alum find airships").words
