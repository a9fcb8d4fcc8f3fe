"""The pace: never more than a limit takes, nothing into a surface that said "wait"."""

import asyncio
import heapq
import itertools
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.lanes import PLACES, Lanes
from bot.delivery.pacing import KEPT, LONG, Pace, Window
from bot.domain.cohort import Workspace
from bot.domain.owed import OwedState
from bot.limits import FREE, Limits, Rate, Reach, among
from bot.ports import Refused, Waiting
from tests.bot.delivery.house import House

CLASS = 1
LIMITS = Limits(surface=Rate(10), workspace=Rate(2, burst=4), place=Rate(1))


def to(name: str, workspace: int = 1, surface: str = "paper") -> Waiting:
    """Somebody who waits there."""
    space = Workspace(cohort_id=CLASS, id=workspace, surface=surface, external_id="T")
    return Waiting(CLASS, f"member:{name}", None, space)


class Watch:
    """A clock that goes forward when nobody has anything else to do."""

    def __init__(self) -> None:
        self.now = 100.0
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._numbers = itertools.count()

    async def sleep(self, seconds: float) -> None:
        """Until it is moved so far."""
        over = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self.now + seconds, next(self._numbers), over))
        await over

    def pace(self, among: int = 1) -> Pace:
        """A pace by this clock."""
        return Pace(lambda: among, lambda: self.now, self.sleep)

    async def turns(self, pace: Pace, limits: Limits, all_: Sequence[Waiting]) -> list[float]:
        """When each got its turn, from now; -1 for those that were sent away."""
        begun = self.now

        async def one(waiting: Waiting) -> float:
            return self.now - begun if await pace.turn(limits, waiting) else -1.0

        tasks = [asyncio.create_task(one(each)) for each in all_]
        await self.runs(tasks)
        return [round(each.result(), 6) for each in tasks]

    async def runs(self, tasks: Sequence[asyncio.Task[Any]]) -> None:
        """Until they are done; time passes only for who sleeps."""
        while not all(each.done() for each in tasks):
            for _ in range(4):
                await asyncio.sleep(0)
            if self._sleepers:
                at, _, over = heapq.heappop(self._sleepers)
                self.now = max(self.now, at)
                over.set_result(None)


async def test_a_burst_goes_at_once_and_the_rest_at_the_rate() -> None:
    """Four at once in a workspace, then two a second, in the order of asking."""
    watch = Watch()
    turns = await watch.turns(watch.pace(), Limits(workspace=Rate(2, burst=4)), [to("a")] * 8)
    assert turns == [0, 0, 0, 0, 0.5, 1.0, 1.5, 2.0]


async def test_one_person_hears_one_a_second_and_delays_nobody_else() -> None:
    watch = Watch()
    turns = await watch.turns(watch.pace(), LIMITS, [to("ana"), to("ana"), to("ana"), to("bo")])
    assert turns == [0, 1, 2, 0.1]


async def test_no_workspace_waits_for_another() -> None:
    """They share the surface's rate, which is far higher than each one's."""
    watch = Watch()
    crowd = [to(f"a{n}", workspace=1) for n in range(20)]
    turns = await watch.turns(watch.pace(), LIMITS, [*crowd, to("b", workspace=2)])
    assert turns[-1] <= 0.5
    assert max(turns) > 5


async def test_posts_beyond_the_first_are_waited_for_by_the_next() -> None:
    """A message with three parts in the same conversation."""
    watch = Watch()
    pace = watch.pace()
    assert await watch.turns(pace, LIMITS, [to("ana")]) == [0]
    pace.spent(LIMITS, to("ana"), 3)
    assert await watch.turns(pace, LIMITS, [to("ana")]) == [3]


async def test_a_turn_without_a_message_is_given_back() -> None:
    watch = Watch()
    pace = watch.pace()
    for _ in range(5):
        assert await pace.turn(LIMITS, to("ana"))
        pace.spent(LIMITS, to("ana"), 0)
    assert await watch.turns(pace, LIMITS, [to("ana")]) == [0]


async def test_the_next_one_to_a_place_counts_from_when_it_went() -> None:
    """Making it took a while; over there counts when it arrives."""
    watch = Watch()
    pace = watch.pace()
    assert await watch.turns(pace, LIMITS, [to("ana")]) == [0]
    watch.now += 0.7
    pace.goes(LIMITS, to("ana"))
    pace.spent(LIMITS, to("ana"), 1)
    assert await watch.turns(pace, LIMITS, [to("ana")]) == [1]


async def test_a_conversation_goes_on_at_its_rate() -> None:
    """However long each takes to be made."""
    watch = Watch()
    pace, limits = watch.pace(), Limits(place=Rate(1))
    went: list[float] = []
    for _ in range(6):
        await watch.turns(pace, limits, [to("ana")])
        watch.now += 0.2
        pace.goes(limits, to("ana"))
        went.append(watch.now)
        pace.spent(limits, to("ana"), 1)
    gaps = [later - earlier for earlier, later in itertools.pairwise(went)]
    assert gaps == pytest.approx([1.2] * 5)


async def through(watch: Watch, window: Window, many: int) -> list[float]:
    """When so many began, from now."""
    begun, times = watch.now, list[float]()

    async def one() -> None:
        await window.turn()
        times.append(watch.now - begun)

    await watch.runs([asyncio.create_task(one()) for _ in range(many)])
    return times


async def test_a_window_takes_so_many_quickly_and_the_next_when_it_has_passed() -> None:
    """At twice the rate: in half of its time."""
    watch = Watch()
    window = Window(4, 4.0, lambda: watch.now, watch.sleep)
    assert await through(watch, window, 9) == [0, 0.5, 1, 1.5, 4, 4.5, 5, 5.5, 8]


async def test_a_window_shared_by_workers_takes_a_part_of_it() -> None:
    """At least one, however many they are; then that much more seldom."""
    watch = Watch()
    shared = among.set(2)
    try:
        window = Window(4, 1.0, lambda: watch.now, watch.sleep)
        assert await through(watch, window, 3) == [0, 0.25, 1]
        among.set(8)
        watch.now += 10
        assert await through(watch, window, 3) == [0, 2, 4]
    finally:
        among.reset(shared)


async def test_what_went_some_time_after_its_turn_counts_from_then() -> None:
    """The process was busy in between; the next one waits that much longer."""
    watch = Watch()
    window = Window(1, 1.0, lambda: watch.now, watch.sleep)
    turn = await window.turn()
    watch.now += 0.4
    window.goes(turn)
    assert await through(watch, window, 1) == [1]


async def test_nothing_goes_through_a_window_that_is_held() -> None:
    """The surface said "wait" to one request; those that wait already hear of it."""
    watch = Watch()
    window = Window(2, 1.0, lambda: watch.now, watch.sleep)
    assert await through(watch, window, 2) == [0, 0.25]
    waiting = asyncio.create_task(through(watch, window, 1))
    await asyncio.sleep(0)
    window.hold(5)
    assert await waiting == [5]


@given(
    st.integers(1, 6),
    st.lists(st.tuples(st.floats(0, 3), st.floats(0, 2)), min_size=1, max_size=60),
)
def test_no_window_of_that_length_ever_holds_more(
    most: int, asked: list[tuple[float, float]]
) -> None:
    """Whenever they ask, and however much later than it meant to the process wakes up."""
    now, times = 0.0, list[float]()
    lags = itertools.cycle([lag for _, lag in asked])

    async def sleep(seconds: float) -> None:
        nonlocal now
        now += seconds + next(lags)

    async def all_of_them() -> None:
        nonlocal now
        window = Window(most, 1.0, lambda: now, sleep)
        for pause, _ in asked:
            now += pause
            await window.turn()
            times.append(now)

    asyncio.run(all_of_them())
    assert all(
        later - first >= 1.0 - 1e-9 for first, later in zip(times, times[most:], strict=False)
    )


async def test_wait_holds_whom_it_is_about_and_nobody_else() -> None:
    """A workspace's 429 holds that workspace, a place's that place, the surface's all of it."""
    watch = Watch()
    pace = watch.pace()
    here, near, far = to("ana"), to("bo"), to("cy", workspace=2)
    pace.hold(LIMITS, here, Reach.PLACE, 5)
    assert await watch.turns(pace, LIMITS, [here, near, far]) == [5, 0, 0.1]
    pace.hold(LIMITS, here, Reach.WORKSPACE, 7)
    assert await watch.turns(pace, LIMITS, [near, far]) == [7, 0.1]
    watch.now += 10
    pace.hold(LIMITS, here, Reach.ROW, 9)
    assert await watch.turns(pace, LIMITS, [here]) == [0]
    watch.now += 10
    pace.hold(LIMITS, here, Reach.SURFACE, 4)
    assert await watch.turns(pace, LIMITS, [far]) == [4]


async def test_after_a_wait_they_go_one_by_one() -> None:
    """Nothing has come back meanwhile: the surface was full."""
    watch = Watch()
    pace = watch.pace()
    limits = Limits(workspace=Rate(2, burst=50))
    pace.hold(limits, to("a"), Reach.WORKSPACE, 3)
    assert await watch.turns(pace, limits, [to(f"{n}") for n in range(4)]) == [3, 3.5, 4, 4.5]


async def test_wait_that_comes_while_one_waits_is_heard() -> None:
    """Nobody who was waiting for a turn sends into it; the second that was owed comes after."""
    watch = Watch()
    pace = watch.pace()
    limits = Limits(workspace=Rate(1))
    assert await pace.turn(limits, to("a"))
    waiting = asyncio.create_task(watch.turns(pace, limits, [to("b")]))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    pace.hold(limits, to("a"), Reach.WORKSPACE, 5)
    assert await waiting == [6]


async def test_what_is_too_long_to_wait_for_is_left_and_its_lane_is_full() -> None:
    """So those in it take no place, and a look asks for the others."""
    watch = Watch()
    pace = watch.pace()
    lanes = Lanes(pace)
    pace.hold(LIMITS, to("a"), Reach.WORKSPACE, 3600)
    assert await watch.turns(pace, LIMITS, [to("b"), to("c", workspace=2)]) == [-1, 0]
    assert lanes.full == [1]
    watch.now += 3600 - LONG
    assert lanes.full == []
    pace.hold(LIMITS, to("a"), Reach.SURFACE, 60)
    assert lanes.full == [1, 2], "every workspace of that surface"


def test_a_lane_without_a_place_is_full() -> None:
    lanes = Lanes()
    lanes.learn([to(f"{n}", workspace=3) for n in range(PLACES + 1)])
    taken = [lanes.take() for _ in range(PLACES)]
    assert None not in taken
    assert lanes.full == [3]
    assert lanes.take() is None


async def test_workers_share_a_limit() -> None:
    """Each of four has a quarter; one person's conversation is served by one worker at a time."""
    watch = Watch()
    limits = Limits(surface=Rate(8), workspace=Rate(4, burst=16), place=Rate(1))
    turns = await watch.turns(watch.pace(4), limits, [to(f"{n}") for n in range(4)])
    assert turns == [0, 0.5, 1, 1.5]
    assert await watch.turns(watch.pace(4), Limits(place=Rate(1)), [to("a")] * 2) == [0, 1]


async def test_who_cannot_be_reached_and_a_free_surface_wait_for_nothing() -> None:
    watch = Watch()
    nobody = Waiting(CLASS, "member:9", 9, None)
    assert await watch.turns(watch.pace(), LIMITS, [nobody] * 9) == [0] * 9
    assert await watch.turns(watch.pace(), FREE, [to("a")] * 9) == [0] * 9


async def test_places_that_say_nothing_any_more_are_forgotten() -> None:
    watch = Watch()
    pace = watch.pace()
    for number in range(3 * KEPT):
        watch.now += 0.01
        assert await pace.turn(Limits(place=Rate(1)), to(str(number)))
    assert len(pace._buckets) <= KEPT + 2


@given(
    per_second=st.floats(0.5, 50),
    burst=st.integers(1, 20),
    among=st.integers(1, 5),
    gaps=st.lists(st.floats(0, 2), min_size=1, max_size=40),
)
def test_no_stretch_of_time_sees_more_than_the_rate_allows(
    per_second: float, burst: int, among: int, gaps: list[float]
) -> None:
    """However they come: in any t seconds at most burst + rate · t."""
    rate = Rate(per_second, float(burst))
    part = rate.shared(among)

    async def sent() -> list[float]:
        watch = Watch()
        pace, times = watch.pace(among), []
        for gap in gaps:
            watch.now += gap
            (turn,) = await watch.turns(pace, Limits(workspace=rate), [to("a")])
            if turn >= 0:
                times.append(watch.now)
        return times

    times = asyncio.run(sent())
    for first, last in itertools.combinations(range(len(times)), 2):
        allowed = part.burst + part.per_second * (times[last] - times[first])
        assert last - first + 1 <= allowed + 1e-3


async def test_asked_to_wait_the_row_is_due_again_and_the_workspace_is_left_alone(
    house: House,
) -> None:
    """By the engine: after a workspace's 429 nobody else in it is tried until it is over."""
    rows = [house.note(house.member(name), "Dana") for name in ("ana", "bo")]
    house.paper.troubles.append(_too_many)
    await house.engine.tick()
    tried = len(house.paper.attempts)
    assert {house.state(row) for row in rows} <= {OwedState.DUE, OwedState.SENT}
    late = house.note(house.member("cy"), "Dana")
    await house.engine.tick()
    assert len(house.paper.attempts) == tried
    assert house.state(late) is OwedState.DUE


async def _too_many(_letter: object) -> Refused:
    return Refused("ratelimited", retry_after=600, reach=Reach.WORKSPACE)
