"""A time zone is found by whatever people call it, shown with its time, and never guessed."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whenever import Instant

from bot.domain.cities import COMMON, PLACES, SHORT
from bot.domain.zones import is_zone, parse_zone, suggest_zones, zone_at, zone_or

NOW = Instant.from_utc(2026, 3, 2, 13, 5)


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Berlin", "Europe/Berlin"),
        ("berlin", "Europe/Berlin"),
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("Berlin — it is 14:05", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("america/new york", "America/New_York"),
        ("Boston", "America/New_York"),
        ("San Francisco", "America/Los_Angeles"),
        ("Texas", "America/Chicago"),
        ("München", "Europe/Berlin"),
        ("sao paulo", "America/Sao_Paulo"),
        ("Mumbai", "Asia/Kolkata"),
        ("ET", "America/New_York"),
        ("pst", "America/Los_Angeles"),
        ("CET", "Europe/Berlin"),
        ("EST", "America/New_York"),
        ("UTC", "UTC"),
        ("Germany", "Europe/Berlin"),
        ("Japan", "Asia/Tokyo"),
        ("UK", "Europe/London"),
        ("Côte d'Ivoire", "Africa/Abidjan"),
        ("Philad", "America/New_York"),
        ("US/Eastern", "US/Eastern"),
        ("", None),
        ("Mars/Base", None),
        ("USA", None),
        ("Australia", None),
        ("IST", None),
        ("GMT", None),
        ("MST", None),
        ("Factory", None),
        ("localtime", None),
        ("UTC+2", None),
        ("xyzzy", None),
    ],
)
def test_a_name_that_means_one_zone_is_taken(typed: str, zone: str | None) -> None:
    """And one that may mean several, or none, is asked about."""
    assert parse_zone(typed, NOW) == zone


@pytest.mark.parametrize(
    ("place", "zone"),
    [
        ("Boston, United States", "America/New_York"),
        ("London, United Kingdom", "Europe/London"),
        ("London, Canada", None),
        ("Fulda, Germany", "Europe/Berlin"),
        ("New York, NY", "America/New_York"),
        ("Portland, Maine", "America/New_York"),
        ("Portland, ME", None),
        ("Cambridge, MA", None),
        ("Berlin, DE", None),
        ("Hilo, United States", None),
        ("Berlin", "Europe/Berlin"),
        (", ", None),
    ],
)
def test_an_address_says_whose_clock(place: str, zone: str | None) -> None:
    """A city with its country is one place; what the two do not agree on is asked."""
    assert zone_at(place, NOW) == zone


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Berl", ("Europe/Berlin", "Berlin — it is 14:05")),
        ("bosto", ("America/New_York", "Boston — it is 08:05")),
        ("Chicgo", ("America/Chicago", "Chicago — it is 07:05")),
        ("IST", ("Asia/Kolkata", "Kolkata — it is 18:35")),
        ("germ", ("Europe/Berlin", "Berlin — it is 14:05")),
        ("UTC+5:45", ("Asia/Kathmandu", "Kathmandu — it is 18:50")),
        ("", ("America/New_York", "New York — it is 08:05")),
        ("usa", ("America/New_York", "New York — it is 08:05")),
        ("Berlin — it is 09:00", ("Europe/Berlin", "Berlin — it is 14:05")),
    ],
)
def test_suggestions_carry_the_time_it_is_there(typed: str, first: tuple[str, str]) -> None:
    """So that anybody can tell whether it is theirs."""
    assert suggest_zones(typed, NOW)[0] == first


def test_the_countrys_zones_are_all_offered() -> None:
    """The most wanted first."""
    zones = [zone for zone, _ in suggest_zones("United States", NOW)]
    assert zones[:3] == ["America/New_York", "America/Chicago", "America/Denver"]
    assert len(zones) == 25


def test_every_zone_we_name_exists() -> None:
    """A slip in the table would be found here and not by a student."""
    named = {*PLACES, *COMMON, *(zone for zones in SHORT.values() for zone in zones)}
    assert all(map(is_zone, named))


def test_an_unknown_zone_becomes_the_default() -> None:
    """Unset, misspelt or gone from the database."""
    assert zone_or("Europe/Berlin") == "Europe/Berlin"
    assert zone_or("Mars/Base") == "UTC"
    assert zone_or("", "America/Chicago") == "America/Chicago"


@given(st.text(max_size=60))
def test_whatever_is_typed_gives_zones_that_exist(typed: str) -> None:
    """At most 25, each once, each with a label that a choice can hold."""
    found = suggest_zones(typed, NOW)
    assert len(found) <= 25
    assert len({zone for zone, _ in found}) == len(found)
    assert all(is_zone(zone) and len(label) <= 100 for zone, label in found)
    parsed = parse_zone(typed, NOW)
    assert parsed is None or is_zone(parsed)


def test_a_label_chosen_is_the_zone_it_stands_for() -> None:
    """Some surfaces send back the label and not the id."""
    for zone, label in suggest_zones("", NOW):
        assert parse_zone(label, NOW) == zone


def test_suggestions_come_while_typing() -> None:
    """Far within the hundred milliseconds there are."""
    suggest_zones("warm", NOW)
    began = time.process_time()
    suggest_zones("frankf", NOW)
    assert time.process_time() - began < 0.05
