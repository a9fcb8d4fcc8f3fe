"""How often the gateway is logged in to: fewer than fifty times a day, however much it flaps."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st
from whenever import Instant, TimeDelta

from adapters.discord.logins import FREELY, Logins, pause_before
from bot.content import load
from storage.cipher import Cipher
from storage.database import Database
from storage.leases import SqlLeases
from tests.builders import NOW

A_DAY = TimeDelta(hours=24)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """Where processes see each other's leases."""
    cipher = Cipher([Fernet.generate_key().decode()])
    made = Database(f"sqlite:///{tmp_path / 'test.sqlite3'}", cipher, load().fields)
    made.create()
    yield made
    made.close()


class At:
    """A clock that waiting moves."""

    def __init__(self) -> None:
        self.at = NOW

    def now(self) -> Instant:
        return self.at

    async def pause(self, seconds: float) -> None:
        self.at += TimeDelta(seconds=seconds)


def flapping(extra: Sequence[float], days: int = 3) -> list[Instant]:
    """Logs in as soon as it may, and so much later; over some days."""
    now, made = NOW, [NOW]
    while now < NOW + days * A_DAY:
        late = extra[len(made) % len(extra)]
        now += TimeDelta(seconds=pause_before(made, (), now) + late + 0.001)
        made.append(now)
    return made


@given(st.lists(st.floats(0, 7200), min_size=1, max_size=12))
def test_fewer_than_fifty_in_any_day(extra: list[float]) -> None:
    """Whatever lies between the flaps."""
    made = flapping(extra)
    for number, first in enumerate(made):
        assert sum(1 for at in made[number:] if at < first + A_DAY) < 50


def test_fewer_than_fifty_in_any_day_when_it_flaps_without_a_break() -> None:
    """The worst: at once, again and again; and at first it is quick."""
    made = flapping([0.0])
    assert max(sum(1 for at in made if first <= at < first + A_DAY) for first in made) < 50
    assert made[FREELY - 1] < NOW + TimeDelta(seconds=FREELY * 6)


def test_a_day_without_trouble_forgets_it() -> None:
    """Then it is quick again; moments that have not come yet are some clock's mistake."""
    many = [NOW + TimeDelta(seconds=each) for each in range(40)]
    assert pause_before(many, (), NOW + TimeDelta(seconds=60)) > 3000
    assert pause_before(many, (), NOW + A_DAY + TimeDelta(seconds=60)) == 0
    assert pause_before(many, (), NOW - TimeDelta(seconds=60)) == 0


def test_restarts_that_were_asked_for_are_free_for_long() -> None:
    """A developer's day does not lock anybody out, and a thousand is never reached."""
    many = [NOW + TimeDelta(seconds=600 * each) for each in range(60)]
    assert pause_before((), many, many[-1] + TimeDelta(seconds=6)) == 0
    made: list[Instant] = [NOW]
    while made[-1] < NOW + A_DAY:
        made.append(made[-1] + TimeDelta(seconds=pause_before((), made, made[-1]) + 0.001))
    assert len(made) < 700


async def test_processes_see_each_others_log_ins(database: Database) -> None:
    """Both wait for both; who was told to stop takes theirs out."""
    time, leases = At(), SqlLeases(database)
    one, two = (Logins(leases, time, name, time.pause) for name in ("one", "two"))
    for _ in range(FREELY // 2):
        await one.turn()
        await two.turn()
    quick = time.at
    await one.turn()
    assert time.at - quick >= TimeDelta(seconds=60)
    await one.were_wanted()
    await two.were_wanted()
    before = time.at
    await two.turn()
    assert time.at - before <= TimeDelta(seconds=5)


async def test_without_a_database_it_keeps_its_own_count(database: Database) -> None:
    """A log-in is never refused for want of a table, nor are there more of them."""
    time, leases = At(), SqlLeases(database)
    logins = Logins(leases, time, "one", time.pause)
    database.schema.leases.drop(database.writer)
    for _ in range(FREELY):
        await logins.turn()
    assert time.at - NOW >= TimeDelta(seconds=5 * (FREELY - 1))
    quick = time.at
    await logins.turn()
    assert time.at - quick >= TimeDelta(seconds=60)
