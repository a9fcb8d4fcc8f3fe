"""The clock's moves: an hour, the next nine o'clock, the next Monday."""

import pytest
from whenever import Instant, TimeDelta, ZonedDateTime

from adapters.web import moves

ZONE = "America/Chicago"


def at(words: str) -> Instant:
    return ZonedDateTime.parse_iso(f"{words}[{ZONE}]").to_instant()


@pytest.mark.parametrize(
    ("now", "move", "then"),
    [
        ("2026-03-10T10:00:00-05:00", "hour", "2026-03-10T11:00:00-05:00"),
        ("2026-03-10T10:00:00-05:00", "morning", "2026-03-11T09:00:00-05:00"),
        ("2026-03-10T08:59:00-05:00", "morning", "2026-03-10T09:00:00-05:00"),
        ("2026-03-10T09:00:00-05:00", "morning", "2026-03-11T09:00:00-05:00"),
        ("2026-03-07T20:00:00-06:00", "morning", "2026-03-08T09:00:00-05:00"),
        ("2026-03-09T09:00:00-05:00", "monday", "2026-03-16T09:00:00-05:00"),
        ("2026-03-08T23:00:00-05:00", "monday", "2026-03-09T09:00:00-05:00"),
    ],
)
def test_a_move_goes_there(now: str, move: str, then: str) -> None:
    assert moves.target(move, at(now), ZONE) == at(then)


def test_an_unknown_move_goes_nowhere() -> None:
    assert moves.target("back", at("2026-03-10T10:00:00-05:00"), ZONE) is None


def test_time_passes_in_steps_and_ends_exactly_there() -> None:
    now = at("2026-03-10T10:00:00-05:00")
    until = now + TimeDelta(minutes=75)
    assert list(moves.steps(now, until)) == [
        now + TimeDelta(minutes=30), now + TimeDelta(minutes=60), until,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("real", "begins"),
    [
        ("2026-03-10T10:20:00-05:00", "2026-03-10T10:20:00-05:00"),
        ("2026-03-10T22:00:00-05:00", "2026-03-11T09:00:00-05:00"),
        ("2026-03-13T18:00:00-05:00", "2026-03-16T09:00:00-05:00"),
        ("2026-03-15T12:00:00-05:00", "2026-03-16T09:00:00-05:00"),
        ("2026-03-10T06:00:00-05:00", "2026-03-10T09:00:00-05:00"),
    ],
)
def test_a_demo_begins_on_a_working_day(real: str, begins: str) -> None:
    assert moves.opening(at(real), ZONE) == at(begins)
