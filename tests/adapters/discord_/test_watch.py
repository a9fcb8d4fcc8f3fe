"""The breaker: refusals are counted for ten minutes, and too many of them stop sending."""

import pytest
import structlog

from adapters.discord.watch import MOST, WITHIN, Breaker


class Clock:
    """Seconds that go forward when a test says so."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    """At some moment."""
    return Clock()


def refused(breaker: Breaker, times: int, status: int = 403, scope: str = "user") -> None:
    """So many answers of that kind."""
    for _ in range(times):
        breaker.saw(status, scope)


@pytest.mark.parametrize(
    ("status", "scope", "counts"),
    [(401, "", 1), (403, "", 1), (429, "user", 1), (429, "global", 1), (429, "shared", 0),
     (404, "", 0), (200, "", 0), (500, "", 0)],
)  # fmt: skip
def test_only_what_discord_counts_is_counted(
    clock: Clock, status: int, scope: str, counts: int
) -> None:
    breaker = Breaker(clock)
    breaker.saw(status, scope)
    assert breaker.refused == counts


def test_it_trips_at_half_of_what_is_allowed_and_says_so_once(clock: Clock) -> None:
    breaker = Breaker(clock)
    refused(breaker, MOST - 1)
    assert not breaker.tripped
    with structlog.testing.capture_logs() as said:
        refused(breaker, 1)
        assert [breaker.tripped for _ in range(3)] == [True] * 3
    assert [each["log_level"] for each in said] == ["error"]


def test_it_closes_when_half_of_that_has_passed(clock: Clock) -> None:
    """Not with each single one that passes: it would trip again at once."""
    breaker = Breaker(clock, most=10)
    refused(breaker, 6)
    clock.now += 300
    refused(breaker, 4)
    assert breaker.tripped
    assert breaker.closed_for == WITHIN - 300
    clock.now += breaker.closed_for - 1
    assert breaker.tripped
    clock.now += 1
    assert (breaker.refused, breaker.tripped, breaker.closed_for) == (4, False, 0.0)
