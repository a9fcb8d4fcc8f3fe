"""Every number of the cohort is the organiser's, and so are fields of work (FEATURES H4, A3)."""

import dataclasses
import json
import re
from pathlib import Path

import pytest
from sqlalchemy import text as sql
from whenever import Time

from bot.commands.cohort_numbers import KINDS
from bot.domain.cohort import TOUCH_DAYS, Numbers
from bot.domain.people import Alum
from bot.invocation import call
from tests.builders import an_alum
from tests.front_door import House, Paper, Person, at

SECTIONS = tuple(
    f"cohort {each}" for each in ("asking", "talks", "hours", "weeks", "touches", "together")
)


@pytest.fixture
def hannah(house: House) -> Person:
    """The organiser."""
    return house.joined("Hannah", admin=True)


def _numbers(house: House) -> Numbers:
    with house.database.reading(house.cohort.id) as store:
        return store.cohort().numbers


def test_all_numbers_are_seen_and_each_form_is_one_press_away(hannah: Person) -> None:
    """Six rows; the form shows what holds now, and says of each number what it is for."""
    shown = hannah.types("/cohort settings")
    assert "20 to 30 minutes, 100 words" in shown.words
    assert shown.labels.count("Change") == 6
    form = hannah.calls(call("cohort asking")).form
    assert {each.name: each.given for each in form.fields}["no_reply_days"] == "7"


def test_every_number_has_its_place_in_a_form(house: House) -> None:
    """None of FEATURES' numbers is left to the code alone, and each is explained in a line."""
    commands = house.dispatcher.registry
    asked = {
        parameter.name: parameter.about
        for section in SECTIONS
        if (found := commands.get(section)) is not None
        for parameter in found.visible
    }
    numbers = {each.name for each in dataclasses.fields(Numbers)}
    assert numbers - {"off_days", "touch_days"} <= set(asked)
    assert {"days_off", *KINDS} <= set(asked)
    assert all(5 < len(about) <= 100 for about in asked.values())


def test_one_number_changed_is_that_one_and_no_other(house: House, hannah: Person) -> None:
    """The answer shows the section as it is now."""
    before = _numbers(house)
    hannah.calls(call("cohort asking"))
    said = hannah.fills_in(no_reply_days="10").words
    assert _numbers(house) == dataclasses.replace(before, no_reply_days=10)
    assert "No reply days: 10" in said
    assert "Note words: 100" in said


def test_a_touch_interval_is_a_number_too(house: House, hannah: Person) -> None:
    """Alumni every thirty days."""
    hannah.types("/cohort touches alumni_touch: 30")
    assert _numbers(house).touch_days["alum"] == 30


def test_numbers_out_of_reach_are_sent_back_with_what_would_do(hannah: Person) -> None:
    """Five to fourteen days; the rest of the form is kept."""
    hannah.calls(call("cohort asking"))
    shown = hannah.fills_in(no_reply_days="40", note_words="80")
    assert "5 to 14" in shown.words
    assert {each.name: each.given for each in shown.form.fields}["note_words"] == "80"


@pytest.mark.parametrize(
    "line",
    [
        "/cohort hours back_off_after: 3 pause_after: 2",
        "/cohort asking ask_minutes: 40 ask_minutes_most: 20",
        "/cohort asking linkedin_characters: 400",
        "/cohort talks notice_days: none",
        "/cohort together kick_off_hours: 0",
    ],
)
def test_numbers_that_contradict_or_are_none_change_nothing(
    house: House, hannah: Person, line: str
) -> None:
    """A sentence, and everything as it was."""
    before = _numbers(house)
    assert "Saved" not in hannah.types(line).words
    assert _numbers(house) == before


def test_short_forms_ask_for_the_numbers_in_steps(house: House, hannah: Person) -> None:
    """Five at a time, each step saving what it asked."""
    house.surface = Paper(form_fields=5)
    hannah.calls(call("cohort hours"))
    hannah.fills_in(quiet_from="21:00")
    hannah.presses("The next numbers")
    hannah.fills_in(snooze_hours="2")
    assert _numbers(house).snooze_hours == 2
    assert _numbers(house).quiet_from == at("2026-11-23 21:00").to_tz("Europe/Berlin").time()


def test_cohorts_from_before_a_number_was_there_have_its_default(house: House) -> None:
    """The column of an older version is read, and kept whole when it is written."""
    with house.database.writer.begin() as connection:
        old = {"no_reply_days": 9, "weekly_talks": 3, "gone_since": 1}
        connection.execute(sql("UPDATE cohorts SET numbers = :old"), {"old": json.dumps(old)})
    assert _numbers(house) == Numbers(no_reply_days=9, weekly_talks=3)


def test_students_cannot_change_them(ana: Person) -> None:
    """Rights are looked up from who asks."""
    assert "Only an organiser" in ana.types("/cohort weeks weekly_talks: 9").words
    assert "Only an organiser" in ana.types("/cohort settings").words


def test_a_new_field_finds_alumni_who_were_there_before(
    house: House, hannah: Person, ana: Person
) -> None:
    """The directory is indexed anew with the titles that were taught."""
    house.add(an_alum("Zed", house.cohort.id, title="Blimp Tender", field=""))
    assert house.rows(Alum)
    hannah.types("/cohort field airships titles: blimp tender, mooring chief")
    assert "Zed" in ana.types("/alum find airships").words


FEATURES = Path(__file__).parents[4] / "shared" / "FEATURES.md"
NAMED: dict[str, dict[str, object]] = {
    "Ask for 20–30 min": {"ask_minutes": 20, "ask_minutes_most": 30},
    "Note under 100 words": {"note_words": 100},
    "LinkedIn note 200 characters (300 premium)": {
        "linkedin_characters": 200, "linkedin_premium": 300,
    },
    "One follow-up, after 7 days, then move on": {"follow_ups": 1, "no_reply_days": 7},
    "Confirm the day before": {"brief_at": Time(18)},
    "Two business days' notice to cancel": {"notice_days": 2},
    "Thank-you: next morning 9:00": {"thanks_at": Time(9)},
    "second nudge before 48 h, never a third": {"thanks_nudges": 2, "thanks_within_hours": 48},
    "One or two names": {"names_to_ask": 2},
    "one ask a month unless they say otherwise": {"alum_asks_a_month": 1},
    "30 / 60 / 180 days by closeness": {"touch_days": TOUCH_DAYS},
    "Snooze: 1 h, tomorrow 9:00, Monday 9:00": {"snooze_hours": 1, "snooze_morning": Time(9)},
    "Quiet hours 20:00–9:00 and Sundays": {
        "quiet_from": Time(20), "quiet_until": Time(9), "off_days": (7,),
    },
    "Check-in Monday 9:00, one reminder, editable": {
        "check_in_day": 1, "check_in_at": Time(9), "check_in_again_days": 2,
    },
    "Back off after two ignored nudges, pause after three": {
        "back_off_after": 2, "pause_after": 3,
    },
    "A nudge over 7 days late is not sent": {"late_days": 7},
}  # fmt: skip
"""What FEATURES says under "Numbers to start from", and the settings that it is."""


@pytest.mark.skipif(not FEATURES.exists(), reason="../shared/FEATURES.md is not beside the project")
def test_every_number_that_features_names_is_a_setting_with_that_default() -> None:
    """Sentence by sentence: none is left out, each begins as it says."""
    words = FEATURES.read_text(encoding="utf-8").partition("## Numbers to start from")[2]
    words = words.partition("Every one of these is an organiser's setting")[0]
    left = words
    for said, settings in NAMED.items():
        assert said in words, said
        left = left.replace(said, "")
        for name, default in settings.items():
            assert getattr(Numbers(), name) == default, name
    assert not re.findall(r"\d", left), f"numbers that are no setting: {left}"
