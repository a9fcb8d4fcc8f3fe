"""The wake-up engine: it looks when rung, stops cleanly, and no workspace delays another."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from whenever import TimeDelta

from adapters.engine import Bell, Tick
from adapters.engine_serving import Serving
from bot.delivery.composing import Composer
from bot.delivery.lanes import PLACES, Lanes
from bot.delivery.pacing import Pace
from bot.delivery.parcels import Holiday, Parcel, Question
from bot.delivery.sending import Served
from bot.domain.cohort import Workspace
from bot.domain.owed import OwedState
from bot.limits import Limits, Rate
from bot.ports import Outcome, Waiting
from tests.bot.delivery.house import House, Letter, build

SOON = 10
"""Seconds after which a test that waits has failed."""


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    """A cohort on two surfaces, with nobody in it."""
    made = build(tmp_path, surfaces=("paper", "wall"))
    yield made
    await made.engine.stop()
    made.database.close()


async def test_ringing_the_bell_from_another_thread_sends_at_once(house: House) -> None:
    """The regular look comes every five seconds; this one does not wait for it."""
    await house.engine.start()
    house.note(house.member(), "Dana")
    async with asyncio.timeout(4):
        await asyncio.to_thread(house.bell.wake)
        await house.paper.arrived.wait()


async def test_what_a_command_owes_is_sent_without_anybody_else_ringing(house: House) -> None:
    house.member()
    await house.engine.start()
    async with asyncio.timeout(4):
        await asyncio.to_thread(house.says, "ana", "nudge me")
        await house.paper.arrived.wait()


async def test_what_was_due_before_it_started_is_sent_when_it_starts(house: House) -> None:
    house.note(house.member(), "Dana")
    await house.engine.start()
    async with asyncio.timeout(4):
        await house.paper.arrived.wait()


async def test_starting_plans(house: House) -> None:
    house.member()
    await house.engine.start()
    assert len(house.rows(command="checkin ask")) == 1


async def test_stopping_finishes_what_is_being_sent_and_begins_nothing_new(house: House) -> None:
    first, second = house.member("ana"), house.member("bo")
    begun, may_end = asyncio.Event(), asyncio.Event()

    async def slow(letter: Letter) -> Outcome:
        begun.set()
        await may_end.wait()
        return house.paper.make(letter)

    house.paper.troubles.append(slow)
    row = house.note(first, "Dana")
    await house.engine.start()
    async with asyncio.timeout(SOON):
        await begun.wait()
        stopping = asyncio.create_task(house.engine.stop())
        await asyncio.sleep(0)
        late = house.note(second, "Li")
        house.bell.wake()
        may_end.set()
        await stopping
    assert house.state(row) is OwedState.SENT
    assert house.state(late) is OwedState.DUE


async def test_who_waits_for_their_turn_does_not_hold_up_stopping(house: House) -> None:
    """A thousand at one a second would take longer than anybody waits; their rows stay due."""
    waits = asyncio.Event()

    async def for_ever(_seconds: float) -> None:
        waits.set()
        await asyncio.Event().wait()

    house.paper.limits = Limits(workspace=Rate(per_second=1))
    house.engine._send = replace(house.engine._send, pace=Pace(sleep=for_ever))
    rows = [house.note(house.member(name), "Dana") for name in ("ana", "bo", "cleo")]
    await house.engine.start()
    async with asyncio.timeout(SOON):
        await house.paper.arrived.wait()
        await waits.wait()
        await house.engine.stop()
    assert Counter(house.state(row) for row in rows) == {OwedState.SENT: 1, OwedState.DUE: 2}


async def test_a_look_that_failed_is_soon_followed_by_another(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a queue wakes rows, the next regular look would be half a minute away."""
    house.note(house.member(), "Dana")
    house.engine._waker = Tick(look_every=(3600, 0))
    whole, fails = type(house.claims).waiting, [True]

    def away(*asked: Any) -> Any:
        if fails:
            fails.pop()
            raise ConnectionError
        return whole(*asked)

    monkeypatch.setattr(type(house.claims), "waiting", away)
    monkeypatch.setattr("adapters.engine.AFTER_TROUBLE", 0)
    await house.engine.start()
    async with asyncio.timeout(SOON):
        await house.paper.arrived.wait()
    assert fails == []


async def test_a_delivery_that_failed_is_soon_followed_by_a_look(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.note(house.member(), "Dana")
    house.engine._waker = Tick(look_every=(3600, 0))
    composer = type(house.engine._send.composer)
    whole, fails = composer.parcel, [True]

    def away(*asked: Any, **named: Any) -> Any:
        if fails:
            fails.pop()
            raise ConnectionError
        return whole(*asked, **named)

    monkeypatch.setattr(composer, "parcel", away)
    monkeypatch.setattr("adapters.engine_serving.AFTER_TROUBLE", 0)
    await house.engine.start()
    async with asyncio.timeout(SOON):
        await house.paper.arrived.wait()
    assert fails == []


async def test_many_who_wait_for_their_turn_hide_nobody(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More of them than are asked for at once, in workspaces with a place free each: whoever comes
    after them is found all the same."""

    async def for_ever(_seconds: float) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr("adapters.engine_serving.AT_ONCE", 4)
    house.paper.limits = Limits(place=Rate(per_second=1))
    pace = Pace(now=lambda: 0.0, sleep=for_ever)
    house.engine._send = replace(house.engine._send, pace=pace)
    for number in range(8):
        house.note(house.member(f"s{number}", workspace=f"w{number % 4}"), "Dana")
    for each in house.claims.waiting(house.clock.now(), ("paper",), (), 99):
        assert await pace.turn(house.paper.limits, each)
    house.clock.move_to(house.clock.now() + TimeDelta(seconds=1))
    house.note(house.member("ana", surface="wall"), "Dana")
    await house.engine.start()
    async with asyncio.timeout(SOON):
        await house.surfaces["wall"].arrived.wait()
    assert house.paper.attempts == []


async def test_a_stuck_workspace_delays_nobody_elsewhere(house: House) -> None:
    """More messages than it has places hang on one surface; the other's all arrive meanwhile."""
    may_go_on = asyncio.Event()
    wall = house.surfaces["wall"]

    async def stuck(letter: Letter) -> Outcome:
        await may_go_on.wait()
        return wall.make(letter)

    wall.troubles.extend([stuck] * PLACES)
    many = PLACES + 5
    for number in range(many):
        house.note(house.member(f"stuck{number}", surface="wall"), "Dana")
    free = [f"free{number}" for number in range(20)]
    for name in free:
        house.note(house.member(name), "Dana")
    ticking = asyncio.create_task(house.engine.tick())
    async with asyncio.timeout(SOON):
        while len(house.paper.letters) < len(free):
            house.paper.arrived.clear()
            await house.paper.arrived.wait()
        assert wall.letters == []
        assert len(wall.attempts) == PLACES, "a few at once, not all"
        may_go_on.set()
        assert await ticking == many + 20
    assert len(wall.letters) == many


async def test_a_surface_that_raises_is_unclear_and_the_engine_goes_on(house: House) -> None:
    async def broken(letter: Letter) -> Outcome:
        raise ValueError(letter.words)

    house.paper.troubles.append(broken)
    rows = [house.note(house.member(name), "Dana") for name in ("ana", "bo")]
    await house.engine.tick()
    assert {house.state(row) for row in rows} == {OwedState.SENDING, OwedState.SENT}


async def test_trouble_with_the_database_is_logged_without_words_and_passes(
    house: House, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    row = house.note(house.member(), "Dana")
    composer = house.engine._send.composer
    whole = type(composer).parcel

    def breaks(*_: object) -> None:
        raise RuntimeError("ana, think of Dana")

    monkeypatch.setattr(type(composer), "parcel", breaks)
    assert await house.engine.tick() == 0
    monkeypatch.setattr(type(composer), "parcel", whole)
    said = "".join(capsys.readouterr())
    assert "delivery failed" in said
    assert "think of Dana" not in said
    assert await house.engine.tick() == 1
    assert house.state(row) is OwedState.SENT


async def test_a_bell_may_be_rung_before_and_after(house: House) -> None:
    bell = Bell()
    bell.wake()
    await house.engine.start()
    await house.engine.stop()
    house.bell.wake()


async def test_a_hundred_at_nine_arrive_in_one_tick(house: House) -> None:
    """More than there are places for, and more than are asked for at once."""
    for number in range(100):
        house.note(house.member(f"student{number}"), "Dana")
    assert await house.engine.tick() == 100
    assert len({each.to for each in house.paper.letters}) == 100


async def test_a_log_that_fails_does_not_make_the_engine_spin(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Trouble on top of trouble: the recipient is left for the next look, nothing goes round."""
    row = house.note(house.member(), "Dana")

    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError("the disk of the log is full")

    with monkeypatch.context() as patched:
        patched.setattr(type(house.engine._send.composer), "parcel", breaks)
        patched.setattr("adapters.engine_serving.log_error", breaks)
        assert await house.engine.tick() == 0
    assert await house.engine.tick() == 1
    assert house.state(row) is OwedState.SENT


async def test_many_for_whom_nothing_can_be_done_hide_nobody_and_cost_a_try_a_look(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More than are asked for at once fail, and were due before the one who can be served."""
    broken = {f"member:{house.note(house.member(f'b{n}'), 'x').member_id}" for n in range(80)}
    house.clock.move_to(house.clock.now() + TimeDelta(seconds=1))
    house.note(house.member("ana"), "Dana")
    composer = type(house.engine._send.composer)
    whole, tried = composer.parcel, Counter[str]()

    def breaks(
        made: Composer, waiting: Waiting, holiday: Holiday | None = None
    ) -> Parcel | Question | None:
        tried[waiting.to] += 1
        if waiting.to in broken:
            raise RuntimeError("broken")
        return whole(made, waiting, holiday)

    monkeypatch.setattr(composer, "parcel", breaks)
    assert await house.engine.tick() == 1
    assert {tried[each] for each in broken} == {1}
    house.note(house.member("bo"), "Li")
    house.paper.arrived.clear()
    await house.engine.start()
    async with asyncio.timeout(SOON):
        await house.paper.arrived.wait()
    await house.engine.stop()
    assert max(tried[each] for each in broken) < 10, "it does not go round and round"


async def test_places_that_come_free_while_the_database_is_asked_are_filled() -> None:
    """It was asked for others than theirs; if nobody asked again, they would wait for the next
    regular look with nothing under way."""
    home = Workspace(cohort_id=1, id=1, surface="paper", external_id="T")
    due = [Waiting(1, f"member:{number}", number, home) for number in range(PLACES + 1)]
    served: list[Waiting] = []
    over, ended, all_served = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def serve(waiting: Waiting) -> Served:
        await over.wait()
        served.append(waiting)
        if len(served) == PLACES:
            ended.set()
        elif len(served) == len(due):
            all_served.set()
        return Served.ONE

    async def ask(full: list[int], _most: int) -> list[Waiting]:
        if not full:
            return [each for each in due if each not in served][:PLACES]
        over.set()
        await ended.wait()
        await asyncio.sleep(0)  # what ended is noted
        return []

    bell = Bell()
    bell.listen(asyncio.get_running_loop())
    serving = Serving(Lanes(), bell, ask, serve, list)
    async with asyncio.timeout(SOON):
        await serving.look(anew=True)
        await serving.look(anew=False)
        await all_served.wait()
