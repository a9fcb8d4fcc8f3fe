"""Leases: one holder at a time, taken over when it runs out, on both databases."""

from concurrent.futures import ThreadPoolExecutor

from whenever import TimeDelta

from storage.database import Database
from storage.leases import SqlLeases
from tests.builders import NOW

GATEWAY = "discord:gateway"


def test_only_one_holds_it(database: Database) -> None:
    """Who has it renews it; another one waits until it has run out."""
    leases = SqlLeases(database)
    assert leases.hold(GATEWAY, "one", NOW, 20)
    assert not leases.hold(GATEWAY, "two", NOW + TimeDelta(seconds=19), 20)
    assert leases.hold(GATEWAY, "one", NOW + TimeDelta(seconds=19), 20)
    assert not leases.hold(GATEWAY, "two", NOW + TimeDelta(seconds=38), 20)
    assert leases.hold(GATEWAY, "two", NOW + TimeDelta(seconds=39), 20)
    assert not leases.hold(GATEWAY, "one", NOW + TimeDelta(seconds=40), 20)


def test_who_lets_go_frees_it_at_once(database: Database) -> None:
    """Only their own: letting go of somebody else's changes nothing."""
    leases = SqlLeases(database)
    leases.hold(GATEWAY, "one", NOW, 20)
    leases.let_go(GATEWAY, "two")
    assert not leases.hold(GATEWAY, "two", NOW, 20)
    leases.let_go(GATEWAY, "one")
    assert leases.hold(GATEWAY, "two", NOW, 20)


def test_a_lease_of_a_clock_that_ran_ahead_holds_nobody_up(database: Database) -> None:
    """A day ahead is a mistake, not a lease."""
    leases = SqlLeases(database)
    leases.hold(GATEWAY, "one", NOW + TimeDelta(hours=24), 20)
    assert leases.hold(GATEWAY, "two", NOW, 20)


def test_many_at_once_and_one_gets_it(database: Database) -> None:
    """Eight that ask at the same time."""
    leases = SqlLeases(database)
    with ThreadPoolExecutor(8) as threads:
        got = list(threads.map(lambda n: leases.hold(GATEWAY, f"p{n}", NOW, 20), range(8)))
    assert got.count(True) == 1


def test_signs_of_life_are_counted_and_forgotten(database: Database) -> None:
    """The latest first; a percent sign in a name is a percent sign."""
    leases = SqlLeases(database)
    leases.hold("delivery:a", "a", NOW, 60)
    leases.hold("delivery:b", "b", NOW, 120)
    leases.hold("deliver%", "c", NOW, 60)
    assert [each.holder for each in leases.held("delivery:")] == ["b", "a"]
    assert [each.holder for each in leases.held("deliver%")] == ["c"]
    assert leases.forget(NOW + TimeDelta(seconds=61)) == 2
    assert [each.holder for each in leases.held("delivery:")] == ["b"]


def test_since_when_it_is_held_without_a_break(database: Database) -> None:
    """Renewing keeps it; another holder, and one who comes back too late, begin anew."""
    leases = SqlLeases(database)
    later = [NOW + TimeDelta(seconds=each) for each in (0, 10, 31, 60)]
    since = []
    for holder, at in zip(("one", "one", "one", "two"), later, strict=True):
        assert leases.hold(GATEWAY, holder, at, 20)
        since.append(leases.held(GATEWAY)[0].since)
    assert since == [NOW, NOW, later[2], later[3]]
