"""Two transactions that wait for each other on PostgreSQL: one is undone, and begun again."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from threading import Barrier, BrokenBarrierError

import pytest

from bot import members
from bot.clocks import MovableClock
from bot.command import Registry, command
from bot.content import load
from bot.context import Context
from bot.dispatch import Dispatcher, NoLimits, Said
from bot.domain.cohort import Member
from bot.invocation import Actor, Invocation, Place
from bot.plaintext import plain
from bot.ports import TryAgainError
from bot.reply import Answer, Reply, answer, text
from storage.database import Database
from tests.builders import NOW, a_workspace

SOON = 20
"""Seconds after which the other one is not waited for."""


class Deaf:
    """Nobody is woken."""

    def wake(self) -> None:
        """Not needed here."""


class Crossing:
    """Each of two writes one member, and when both have, the other one's too."""

    def __init__(self, meet: Barrier) -> None:
        self.meet, self.begun = meet, 0

    def write(self, ctx: Context, *members: Member) -> None:
        """In this order."""
        self.begun += 1
        first, second = members
        ctx.store.save(replace(first, name=f"{first.name}!"))
        with suppress(BrokenBarrierError):  # the second time nobody else comes
            self.meet.wait(SOON)
        self.meet.abort()
        ctx.store.save(replace(second, name=f"{second.name}!"))


@pytest.fixture
def crossing() -> Crossing:
    """They meet once."""
    return Crossing(Barrier(2))


def door(database: Database, cohort_id: int, crossing: Crossing) -> Dispatcher:
    """A door with one command, that two members cross at."""
    with database.writing(cohort_id) as store:
        store.add(a_workspace(cohort_id))

    @command("cross", "Write both.")
    def cross(ctx: Context) -> Reply:
        mine = ctx.store.find(Member, order="id" if ctx.member.id % 2 else "-id")
        crossing.write(ctx, *mine)
        return answer(text("Both."))

    registry = Registry({cross.name: cross})
    return Dispatcher(database, registry, load(), MovableClock(NOW), Deaf())


def event(name: str, key: str) -> Invocation:
    """One of them types it."""
    return Invocation("cross", Actor("paper", "T1", name, name, "UTC"), Place(), key)


def test_who_pressed_hears_nothing_of_it(
    database: Database, cohort_id: int, crossing: Crossing
) -> None:
    if database.is_sqlite:
        pytest.skip("one writer waits for nobody")
    made = door(database, cohort_id, crossing)
    with database.writing(cohort_id) as store:
        for name in ("ana", "bo"):
            members.present(store, event(name, "").actor, NOW)
    with ThreadPoolExecutor(2) as hands:
        said: list[Said | None] = list(
            hands.map(lambda name: made(event(name, name), NoLimits()), ("ana", "bo"))
        )
    for each in said:
        assert each is not None
        assert isinstance(each.reply, Answer)
        assert plain(each.reply) == "Both."
    assert crossing.begun == 3, "one was undone and begun again"
    with database.reading(cohort_id) as store:
        assert sorted(each.name for each in store.find(Member)) == ["ana!!", "bo!!"]


def test_it_is_not_begun_for_ever(
    database: Database, cohort_id: int, crossing: Crossing, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = door(database, cohort_id, crossing)
    begun: list[int] = []

    def undone(*_: object) -> None:
        begun.append(1)
        raise TryAgainError

    monkeypatch.setattr(type(database), "writing", undone)
    said = made(event("ana", "1"), NoLimits())
    assert said is not None
    assert said.undone
    assert len(begun) == 3
