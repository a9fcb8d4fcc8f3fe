"""What is known of a message is not lost with the database: neither that it arrived, nor that it
was never begun. All of it on a surface where an unclear message is never repeated."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from whenever import TimeDelta

from bot.delivery.composing import Composer
from bot.delivery.parcels import Holiday, Parcel, Question
from bot.delivery.settling import Settler
from bot.domain.owed import OwedState, Urgency
from bot.domain.timing import UNSURE
from bot.ports import Outcome, Store, Waiting
from tests.bot.delivery.house import MONDAY, House, Letter, another


@pytest.fixture(autouse=True)
def without_nonces(house: House) -> None:
    """As Slack is."""
    house.paper.repeatable = False


class AwayError(Exception):
    """What a database says that is being started anew."""


def fails(times: int, whole: Callable[..., Any]) -> Callable[..., Any]:
    """The same, but for the first few times."""
    left = [None] * times

    def tried(*given: Any, **named: Any) -> Any:
        if left:
            left.pop()
            raise AwayError
        return whole(*given, **named)

    return tried


async def test_an_outcome_is_kept_until_the_database_is_back(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody looks for it in a history that may lag: it is known to be there."""
    row = house.note(house.member(), "Dana")
    monkeypatch.setattr(Settler, "settle", fails(2, Settler.settle))
    assert await house.engine.tick() == 1
    assert house.state(row) is OwedState.SENT
    assert house.paper.looks == []


async def test_a_lease_that_cannot_be_asked_for_begins_nothing_and_leaves_nothing_unknown(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = house.note(house.member(), "Dana")
    monkeypatch.setattr(Settler, "still_mine", fails(1, Settler.still_mine))
    assert await house.engine.tick() == 0
    assert house.paper.attempts == []
    assert house.state(row) is OwedState.DUE
    await house.tick_at(MONDAY + TimeDelta(seconds=3))
    assert house.state(row) is OwedState.SENT


class Breaks:
    """A transaction that breaks at its end: undone, or committed without a word about it."""

    def __init__(self, inner: Any, *, committed: bool) -> None:
        self.inner, self.committed = inner, committed

    def __enter__(self) -> Store:
        return self.inner.__enter__()

    def __exit__(self, *told: object) -> None:
        error = AwayError()
        self.inner.__exit__(*(told if self.committed else (AwayError, error, None)))
        raise error


@pytest.mark.parametrize("committed", [True, False])
async def test_a_claim_of_which_nobody_knows_whether_it_was_committed_is_given_back(
    house: House, monkeypatch: pytest.MonkeyPatch, *, committed: bool
) -> None:
    ana = house.member()
    row = house.note(ana, "Dana")
    writing, breaks = house.database.writing, [True]

    def parcel(
        made: Composer, waiting: Waiting, holiday: Holiday | None = None
    ) -> Parcel | Question | None:
        with monkeypatch.context() as patched:
            if holiday is not None and breaks:
                breaks.pop()
                patched.setattr(
                    house.database,
                    "writing",
                    lambda *which: Breaks(writing(*which), committed=committed),
                )
            return whole(made, waiting, holiday)

    whole = Composer.parcel
    monkeypatch.setattr(Composer, "parcel", parcel)
    assert await house.engine.tick() == 0
    assert house.state(row) is OwedState.DUE
    assert house.fresh(ana).ignored == 0, "what was not sent was not ignored"
    await house.tick_at(MONDAY + TimeDelta(seconds=3))
    assert house.state(row) is OwedState.SENT
    assert len(house.paper.attempts) == 1
    assert house.paper.looks == []


async def test_what_somebody_else_left_unknown_is_sent_when_that_is_known_after_all(
    house: House, tmp_path: Path
) -> None:
    """Whoever sent it hung for minutes, and the member is not told of a doubt that is over."""
    row = house.note(house.member(), "Dana")
    two = another(house, tmp_path)

    async def hangs(letter: Letter) -> Outcome:
        house.paper.shows_after = 99
        for seconds in (61, 130):
            await two.tick_at(MONDAY + TimeDelta(seconds=seconds))
        assert house.state(row) is OwedState.UNKNOWN
        return house.paper.make(letter)

    house.paper.troubles.append(hangs)
    await house.engine.tick()
    assert house.state(row) is OwedState.SENT
    (settled,) = house.rows(id=row.id)
    assert settled.reply == ""
    await house.tick_at(MONDAY + TimeDelta(hours=25))
    (doubt,) = house.rows(command=UNSURE)
    assert doubt.state is OwedState.SKIPPED
    assert len(house.paper.letters) == 1
    await two.engine.stop()
    two.database.close()


JUMPS = (-25 * 3600, -3600, -61, 61, 3600, 25 * 3600)


@pytest.mark.parametrize("seconds", JUMPS)
async def test_a_clock_that_jumps_while_it_is_on_its_way_leaves_nothing_in_doubt(
    house: House, seconds: int
) -> None:
    row = house.note(house.member(), "Dana", urgency=Urgency.ANSWER)

    async def jumps(letter: Letter) -> Outcome:
        house.clock.move(seconds)
        return house.paper.make(letter)

    house.paper.troubles.append(jumps)
    await house.engine.tick()
    assert house.state(row) is OwedState.SENT
    await house.engine.tick()
    assert [each.nonce for each in house.paper.attempts].count(f"sb{row.id}") == 1


@pytest.mark.parametrize("seconds", JUMPS)
async def test_a_clock_that_jumps_before_it_is_begun_lets_it_go_when_it_is_due(
    house: House, monkeypatch: pytest.MonkeyPatch, seconds: int
) -> None:
    """Not early either: it is due by the clock that we have."""
    row = house.note(house.member(), "Dana", urgency=Urgency.ANSWER)
    whole, jumps = Settler.still_mine, [seconds]

    def asked(settler: Settler, parcel: Parcel) -> bool:
        if jumps:
            house.clock.move(jumps.pop())
        return whole(settler, parcel)

    monkeypatch.setattr(Settler, "still_mine", asked)
    await house.engine.tick()
    assert house.state(row) is OwedState.DUE
    await house.tick_at(max(MONDAY, house.clock.now()) + TimeDelta(seconds=3))
    assert house.state(row) is OwedState.SENT
    assert [each.nonce for each in house.paper.attempts].count(f"sb{row.id}") == 1
    assert house.paper.looks == []
