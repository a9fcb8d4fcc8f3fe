"""Where a second post would be a second message, an unclear one is looked for, never repeated."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from whenever import TimeDelta

from bot.delivery.parcels import Holiday
from bot.domain.cohort import Account
from bot.domain.owed import OwedState, Urgency
from bot.ports import Refused, Sent, Unclear, Waiting
from tests.bot.delivery.house import MONDAY, House, Letter, Surface, another, open_database


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


async def test_who_serves_other_surfaces_leaves_it_to_those_who_can_go_on_with_it(
    house: House, tmp_path: Path
) -> None:
    """A worker with the tokens of one platform finds what a worker of the other has left."""
    ana = house.member()
    row = house.note(ana, "Dana")
    house.paper.repeatable = True
    house.paper.fails(Unclear("no answer in time"))
    await house.engine.tick()
    only_wall = House(
        open_database(tmp_path), house.clock, house.cohort, {"wall": Surface(house.clock, "wall")}
    )
    home = only_wall.workspace("wall", "wall")
    with house.database.writing(house.cohort.id) as store:
        store.add(
            Account(
                cohort_id=house.cohort.id, member_id=ana.id, workspace_id=home.id,
                surface="wall", external_id="ana", last_used=house.clock.now(),
            )
        )  # fmt: skip
    await only_wall.tick_at(MONDAY + after(5))
    assert house.state(row) is OwedState.SENDING
    await house.tick_at(MONDAY + after(10))
    assert house.state(row) is OwedState.SENT
    assert only_wall.paper.attempts == []
    await only_wall.engine.stop()
    only_wall.database.close()


async def test_where_nobody_serves_its_surface_any_more_it_is_unknown_in_the_end(
    house: House,
) -> None:
    row = house.note(house.member(), "Dana")
    house.paper.fails(Unclear("no answer in time"))
    await house.engine.tick()
    wall = Surface(house.clock, "wall")
    composer = replace(house.engine._send.composer, messengers={"wall": wall})
    waiting = Waiting(house.cohort.id, row.to, row.member_id, None)
    for passed, state in ((170, OwedState.SENDING), (190, OwedState.UNKNOWN)):
        house.clock.move_to(MONDAY + after(passed))
        assert composer.parcel(waiting, Holiday()) is None
        assert house.state(row) is state


async def test_words_that_cannot_be_read_any_more_hold_up_nobody(house: House) -> None:
    """Another version wrote them; what else is owed to this member goes on."""
    ana = house.member()
    row = house.note(ana, "Dana")
    house.paper.fails(Unclear("no answer in time"))
    await house.engine.tick()
    with house.database.writing(house.cohort.id) as store:
        (kept,) = house.rows(id=row.id)
        store.save(replace(kept, reply='{"parts": [{"kind": "dance"}]}'))
    other = house.note(ana, "Li", urgency=Urgency.ANSWER)
    await house.tick_at(MONDAY + after(5))
    assert house.state(row) is OwedState.UNKNOWN
    await house.tick_at(MONDAY + after(10))
    assert house.state(other) is OwedState.SENT
    (kept,) = house.rows(id=row.id)
    assert kept.reply == ""


async def test_who_has_stopped_since_is_not_written_to_again(house: House) -> None:
    house.paper.repeatable = True
    ana = house.member()
    house.note(ana, "Dana")
    house.paper.fails(Unclear("no answer in time"))
    await house.engine.tick()
    house.change(ana, stopped=house.clock.now())
    for passed in range(5, 150, 5):
        await house.tick_at(MONDAY + after(passed))
    assert len(house.paper.attempts) == 1
    assert house.paper.letters == []
