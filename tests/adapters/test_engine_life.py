"""Signs of life: who sends just now, since when nobody did, and whose part is whose."""

from pathlib import Path

import pytest
from whenever import TimeDelta

from adapters.engine_life import ALIVE_FOR, BEAT_EVERY, KEPT, Life, living
from bot.delivery.away import ALIVE
from bot.ports import Waiting
from storage.leases import SqlLeases
from tests.bot.delivery.house import MONDAY, House, build


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A cohort; its clock stands still."""
    return build(tmp_path)


def life(house: House, worker: str) -> Life:
    """A worker's."""
    return Life(SqlLeases(house.database), house.claims, house.clock, worker)


def later(house: House, seconds: float) -> None:
    """The clock goes on."""
    house.clock.move_to(house.clock.now() + TimeDelta(seconds=seconds))


def test_who_says_so_is_alive_until_it_ends_or_falls_silent(house: House) -> None:
    """Three signs may be missed; one that ends is gone at once."""
    leases, one, two = SqlLeases(house.database), life(house, "one"), life(house, "two")
    one.beat()
    two.beat()
    one.beat()
    assert (one.share(), two.share()) == (2, 2)
    later(house, 3 * BEAT_EVERY)
    one.beat()
    assert living(leases, house.clock.now()) == ["one", "two"]
    later(house, ALIVE_FOR - 3 * BEAT_EVERY)
    one.beat()
    assert one.share() == 1
    one.end()
    assert living(leases, house.clock.now()) == []


def test_the_last_sign_of_all_is_never_forgotten(house: House) -> None:
    """Five weeks later it still says since when nobody has been sending; then it is let go."""
    leases = SqlLeases(house.database)
    life(house, "one").beat()
    later(house, 5 * 7 * 24 * 3600)
    (last,) = leases.held(ALIVE)
    assert last.until == MONDAY + TimeDelta(seconds=ALIVE_FOR)
    back = life(house, "two")
    back.beat()
    assert house.workspace("paper", "paper").back == house.clock.now(), (
        "it is known that we were away"
    )
    assert [each.holder for each in leases.held(ALIVE)] == ["two"]
    later(house, KEPT.total("seconds") + ALIVE_FOR)
    assert len(leases.held(ALIVE)) == 1


def test_a_restart_is_not_being_away(house: House) -> None:
    """Within ten minutes."""
    life(house, "one").beat()
    later(house, ALIVE_FOR + 500)
    life(house, "two").beat()
    assert house.workspace("paper", "paper").back is None


def test_a_sign_of_a_clock_that_ran_ahead_shares_nothing(house: House) -> None:
    """A day ahead is a mistake; for a day it would take half of every limit."""
    SqlLeases(house.database).hold(
        f"{ALIVE}ahead", "ahead", house.clock.now() + TimeDelta(hours=24), ALIVE_FOR
    )
    one = life(house, "one")
    one.beat()
    assert one.share() == 1


def test_each_reaches_for_its_own_part_and_none_is_left_out(house: House) -> None:
    """Every recipient is in exactly one worker's part; whoever has none of its own takes any."""
    lives = [life(house, name) for name in ("one", "two", "three")]
    for each in (*lives, *lives):
        each.beat()
    waiting = [Waiting(1, f"member:{number}", number, None) for number in range(60)]
    parts = [each.ours_first(waiting) for each in lives]
    assert sorted(each.to for part in parts for each in part) == sorted(each.to for each in waiting)
    assert all(parts)
    assert lives[0].ours_first(parts[1]) == parts[1]
