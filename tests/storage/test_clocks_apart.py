"""A machine's clock is held against the database's: leases go by it (docs/running)."""

import pytest
from whenever import Instant, TimeDelta

from adapters.configuration import ConfigurationError
from adapters.right_time import FAR, agrees, finding, insist, is_compared
from bot.clocks import MovableClock, SystemClock
from storage.database import Database

NEARLY = 1.0
"""Seconds; the way to the database and back on a busy machine."""


def wrong(database: Database, seconds: float) -> None:
    """This machine's clock is so far ahead."""
    database.now = lambda: Instant.now() + TimeDelta(seconds=seconds)


@pytest.mark.parametrize("seconds", [3600, -90])
def test_how_far_it_is_off_is_known(empty: Database, seconds: float) -> None:
    """A file has no clock that could differ."""
    wrong(empty, seconds)
    if empty.is_sqlite:
        assert empty.ahead() == 0
    else:
        assert abs(empty.ahead() - seconds) < NEARLY


def test_a_right_clock_is_not_doubted(empty: Database) -> None:
    assert agrees(empty)
    insist(empty, SystemClock())
    assert finding(empty).to_do == ""


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (2 * 3600 + 60, "is 2 hours ahead of the database’s. Set the one that is wrong"),
        (-90, "is 1 minute behind the database’s"),
        (FAR + 5, "is 20 seconds ahead"),
    ],
)
def test_far_off_nothing_starts(empty: Database, seconds: float, words: str) -> None:
    """And what runs already is not ready; where the clock is ours to move, it is not compared."""
    if empty.is_sqlite:
        pytest.skip("a file has no clock")
    wrong(empty, seconds)
    assert not agrees(empty)
    with pytest.raises(ConfigurationError, match=words):
        insist(empty, SystemClock())
    insist(empty, MovableClock())
    assert not is_compared(empty, MovableClock())


def test_a_little_off_is_told_by_the_doctor(empty: Database) -> None:
    """It still starts."""
    if empty.is_sqlite:
        pytest.skip("a file has no clock")
    wrong(empty, 7)
    insist(empty, SystemClock())
    assert finding(empty).said.endswith("seconds ahead of the database’s")
    assert "NTP" in finding(empty).to_do
