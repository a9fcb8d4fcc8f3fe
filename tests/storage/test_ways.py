"""Who waits, and through which workspace, as both databases see it: a channel, a few together.

The core finds the way again when it makes the message; both must say the same.
"""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.cohort import Account, Member, Workspace
from bot.domain.owed import Owed, Urgency
from bot.domain.recipients import Recipient, ToChannel, ToMember, together, written
from bot.ports import Store, Waiting
from bot.together import common_ground
from storage.claims import Claims
from storage.database import Database
from tests.builders import NOW, a_cohort, a_member, a_workspace, an_account

BOTH_SURFACES = ("paper", "slate")


class Places:
    """Workspaces and people of one cohort, made as a test names them."""

    def __init__(self, store: Store) -> None:
        self.store, self.cohort_id = store, store.cohort_id

    def workspace(self, name: str, surface: str = "paper", **about: Any) -> Workspace:
        """A workspace of its own id."""
        external = f"{self.cohort_id}-{name}"
        return self.store.add(a_workspace(self.cohort_id, external, surface=surface, **about))

    def member(self, name: str, *where: Workspace, **about: Any) -> Member:
        """Somebody with an account in each of these."""
        made = self.store.add(a_member(self.cohort_id, name, **about))
        for each in where:
            self.store.add(
                an_account(
                    self.cohort_id, made.id, workspace_id=each.id, surface=each.surface,
                    external_id=f"{each.external_id}-{name}",
                )
            )  # fmt: skip
        return made

    def owe(self, to: Recipient) -> None:
        """A message due now."""
        self.store.add(
            Owed(
                cohort_id=self.cohort_id,
                member_id=to.member_id if isinstance(to, ToMember) else None,
                to=written(to),
                command="note",
                call="note",
                due=NOW,
                urgency=Urgency.ANSWER,
            )
        )


def waiting(database: Database, *surfaces: str) -> dict[str, Waiting]:
    """Who is looked at by a process that serves these surfaces."""
    found = Claims(database).waiting(NOW, surfaces or BOTH_SURFACES, (), 50)
    return {each.to: each for each in found}


def way(database: Database, to: Recipient, *surfaces: str) -> Workspace | None:
    """The workspace it would go through. Fails when nobody looks at it."""
    return waiting(database, *surfaces)[written(to)].workspace


def test_a_channel_is_reached_through_its_own_workspace(database: Database, cohort_id: int) -> None:
    """Through no other, and only while it is chosen."""
    with database.writing(cohort_id) as store:
        places = Places(store)
        first, second = places.workspace("a", channel="c1"), places.workspace("b", channel="c2")
        bare = places.workspace("c")
        for each in (first, second, bare):
            places.owe(ToChannel(each.id))
    assert way(database, ToChannel(first.id)) == first
    assert way(database, ToChannel(second.id)) == second
    assert way(database, ToChannel(bare.id)) is None
    assert waiting(database, "slate").keys() == {written(ToChannel(bare.id))}


def test_several_are_reached_where_all_of_them_are(database: Database, cohort_id: int) -> None:
    """One of them is not enough, however many accounts that one has."""
    with database.writing(cohort_id) as store:
        places = Places(store)
        paper, slate = places.workspace("a"), places.workspace("b", "slate")
        ana, ben = places.member("ana", paper, slate), places.member("ben", slate)
        carl = places.member("carl", paper)
        pair, none = together([ana.id, ben.id]), together([ben.id, carl.id])
        three = together([ana.id, ben.id, carl.id])
        for each in (pair, none, three):
            places.owe(each)
    assert way(database, pair) == slate
    assert way(database, none) is None
    assert way(database, three) is None
    assert written(pair) not in waiting(database, "paper")


def test_an_id_within_another_is_somebody_else(database: Database, cohort_id: int) -> None:
    """1 is not 11: ids are compared whole."""
    with database.writing(cohort_id) as store:
        places = Places(store)
        paper = places.workspace("a")
        members = [places.member(f"m{n}", paper) for n in range(12)]
        lost = places.member("lost")
        with_lost = together([members[0].id, lost.id])
        pair = together([members[0].id, members[10].id])
        places.owe(with_lost)
        places.owe(pair)
    assert way(database, with_lost) is None
    assert way(database, pair) == paper


@pytest.mark.parametrize("why", ["stopped", "left", "unreachable", "no channel"])
def test_what_stands_in_the_way(database: Database, cohort_id: int, why: str) -> None:
    """A row without any way is looked at, so that it can end."""
    with database.writing(cohort_id) as store:
        places = Places(store)
        paper = places.workspace("a", meets_in_channel=why == "no channel")
        ana = places.member("ana", paper)
        ben = places.member("ben", paper, stopped=NOW if why == "stopped" else None)
        pair = together([ana.id, ben.id])
        places.owe(pair)
        if why == "left":
            store.remove(ben)
        if why == "unreachable":
            account = store.first(Account, member_id=ben.id)
            assert account is not None
            store.save(replace(account, reachable=False))
    assert way(database, pair) is None
    with database.reading(cohort_id) as store:
        assert common_ground(store, pair.member_ids) is None


def test_the_core_and_the_database_say_the_same(database: Database, cohort_id: int) -> None:
    """For every pair of eight members spread over three workspaces."""
    with database.writing(cohort_id) as store:
        places = Places(store)
        homes = [
            places.workspace("a"),
            places.workspace("b", "slate", meets_in_channel=True),
            places.workspace("c", "slate", meets_in_channel=True, channel="class"),
        ]
        members = [
            places.member(f"m{n}", *[home for bit, home in enumerate(homes) if n >> bit & 1])
            for n in range(8)
        ]
        pairs = [
            together([one.id, other.id])
            for at, one in enumerate(members)
            for other in members[at + 1 :]
        ]
        for pair in pairs:
            places.owe(pair)
    seen = waiting(database)
    with database.reading(cohort_id) as store:
        for pair in pairs:
            assert seen[written(pair)].workspace == common_ground(store, pair.member_ids)


def test_another_cohorts_people_are_no_way(database: Database, cohort_id: int) -> None:
    """Their ids may be the same numbers."""
    other = database.add_cohort(a_cohort("Other")).id
    with database.writing(other) as store:
        places = Places(store)
        home = places.workspace("x", channel="theirs")
        for name in ("ana", "ben", "carl"):
            places.member(name, home)
    with database.writing(cohort_id) as store:
        places = Places(store)
        ana, ben = places.member("ana"), places.member("ben")
        pair = together([ana.id, ben.id])
        places.owe(pair)
        places.owe(ToChannel(home.id))
    assert way(database, pair) is None
    assert way(database, ToChannel(home.id)) is None
