"""Where a second post would be a second message, an unclear one is looked for, never repeated."""

import asyncio
from pathlib import Path

import pytest
from whenever import TimeDelta

from bot.domain.owed import OwedState
from bot.ports import Refused, Sent, Unclear
from tests.bot.delivery.house import MONDAY, House, Letter, another


@pytest.fixture(autouse=True)
def without_nonces(house: House) -> None:
    """As Slack is."""
    house.paper.repeatable = False


def after(seconds: float) -> TimeDelta:
    """So long after Monday's beginning."""
    return TimeDelta(seconds=seconds)


async def test_what_was_made_is_found_and_is_sent(house: House) -> None:
    row = house.note(house.member(), "Dana")
    house.paper.makes_but(Unclear("no answer in time"))
    await house.engine.tick()
    assert house.state(row) is OwedState.SENDING
    await house.tick_at(MONDAY + after(5))
    assert house.state(row) is OwedState.SENT
    assert len(house.paper.attempts) == len(house.paper.looks) == 1


async def test_a_history_that_lags_is_looked_at_again(house: House) -> None:
    """Not there yet is not a no: it would be made twice."""
    house.paper.shows_after = 3
    row = house.note(house.member(), "Dana")
    house.paper.makes_but(Unclear("no answer in time"))
    for passed in range(0, 60, 5):
        await house.tick_at(MONDAY + after(passed))
    assert house.state(row) is OwedState.SENT
    assert len(house.paper.attempts) == 1
    assert len(house.paper.letters) == 1


async def test_it_is_looked_for_a_few_times_and_then_unknown(house: House) -> None:
    row = house.note(house.member(), "Dana")
    house.paper.fails(Unclear("no answer in time"))
    for passed in range(0, 300, 5):
        await house.tick_at(MONDAY + after(passed))
    assert house.state(row) is OwedState.UNKNOWN
    assert len(house.paper.attempts) == 1
    assert 5 <= len(house.paper.looks) <= 12


async def test_a_worker_that_died_between_post_and_settling(house: House, tmp_path: Path) -> None:
    """Nobody knows that it was made but the surface: it is asked, by whoever comes next."""
    row = house.note(house.member(), "Dana")

    async def dies(letter: Letter) -> Sent:
        house.paper.make(letter)
        raise asyncio.CancelledError

    house.paper.troubles.append(dies)
    await house.engine.tick()
    next_one = another(house, tmp_path)
    await next_one.tick_at(MONDAY + after(61))
    assert next_one.state(row) is OwedState.SENT
    assert len(house.paper.letters) == len(house.paper.attempts) == 1
    await next_one.engine.stop()
    next_one.database.close()


async def test_after_weeks_it_is_still_looked_for_once(house: House) -> None:
    found, lost = house.note(house.member("ana"), "Dana"), house.note(house.member("bo"), "Dana")

    async def vanishes(letter: Letter) -> Unclear:
        if letter.to == "ana":
            house.paper.make(letter)
        raise asyncio.CancelledError

    house.paper.troubles += [vanishes, vanishes]
    await house.engine.tick()
    await house.tick_at("2026-12-28 10:00")
    assert house.state(found) is OwedState.SENT
    assert house.state(lost) is OwedState.UNKNOWN


async def test_with_nonces_it_is_repeated_first_and_looked_for_when_that_is_not_safe(
    house: House,
) -> None:
    """A request begun just before the two minutes are over would arrive after them."""
    house.paper.repeatable = True
    house.note(house.member(), "Dana")
    for _ in range(50):
        house.paper.fails(Unclear("no answer in time"))
    for passed in range(0, 150, 5):
        await house.tick_at(MONDAY + after(passed))
    assert house.paper.attempts[-1].at < MONDAY + after(100)
    assert house.paper.looks


async def test_a_clock_put_back_repeats_nothing(house: House) -> None:
    """How long ago the first try was is not known then: the nonce may have been forgotten."""
    house.paper.repeatable = True
    row = house.note(house.member(), "Dana")
    house.paper.fails(Unclear("no answer in time"))
    await house.engine.tick()
    await house.tick_at(MONDAY - after(3600))
    assert len(house.paper.attempts) == 1
    assert house.state(row) is OwedState.UNKNOWN


async def test_a_plain_no_is_still_due_again(house: House) -> None:
    row = house.note(house.member(), "Dana")
    house.paper.fails(Refused("busy"))
    await house.engine.tick()
    assert house.state(row) is OwedState.DUE
    assert house.paper.looks == []
