"""Who waits for a thread, who is told that there is no room, and who is never turned away."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable

import pytest

from adapters.desk import Desk, Room
from bot.dispatch import NoLimits, Said
from bot.invocation import Actor, Invocation, Place
from bot.reply import Answer, Choice, answer, text
from bot.run import Surface

SMALL = Room(threads=1, suggestions=1, looking=2, changing=3, forms=4)
WHO, WHERE = Actor("paper", "w", "ana", "Ana"), Place()


class Slow:
    """A door behind which everything waits for the gate."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.done: list[str] = []
        self.refused: list[str] = []

    def __call__(self, invocation: Invocation, surface: Surface) -> Said | None:
        self.gate.wait(10)
        self.done.append(invocation.command)
        return Said(answer(text("done")), 1)

    def suggest(self, invocation: Invocation, parameter: str, typed: str) -> list[Choice]:
        self.gate.wait(10)
        return [Choice(typed, typed)]

    def only_reads(self, invocation: Invocation) -> bool:
        return invocation.command.startswith("look")

    def too_busy(self, invocation: Invocation) -> Said:
        self.refused.append(invocation.command)
        return Said(Answer(()), 0, undone=True)


class Counter:
    """A desk, its door, and a clock that tests move."""

    def __init__(self) -> None:
        self.door, self.now = Slow(), 0.0
        self.desk = Desk(self.door, SMALL, lambda: self.now)
        self.asked: list[asyncio.Task[Said | None]] = []

    async def comes(self, command: str, how: str = "typed") -> bool:
        """One more; whether it was let in."""
        before = len(self.door.refused)
        invocation = Invocation(command, WHO, WHERE, "", how=how)  # ty: ignore[invalid-argument-type]
        self.asked.append(asyncio.create_task(self.desk(invocation, NoLimits())))
        await asyncio.sleep(0)
        return len(self.door.refused) == before


@pytest.fixture
async def counter() -> AsyncIterator[Counter]:
    """With everybody's answer at the end."""
    made = Counter()
    yield made
    made.door.gate.set()
    await asyncio.gather(*made.asked)


async def test_so_many_wait_and_the_next_is_told_at_once(counter: Counter) -> None:
    """One has the thread; those let in are all done in the end, those refused are not."""
    assert await counter.comes("change 0")
    await until(lambda: counter.desk._writing.waiting == 0)
    let_in = [await counter.comes(f"change {number}") for number in range(1, 6)]
    assert let_in == [True, True, True, False, False]
    counter.door.gate.set()
    await asyncio.gather(*counter.asked)
    assert counter.door.done == ["change 0", "change 1", "change 2", "change 3"]


async def test_a_reader_never_waits_for_a_writer(counter: Counter) -> None:
    """All writers wait; what only looks has its own threads."""
    for number in range(4):
        await counter.comes(f"change {number}")
    assert await counter.comes("look")
    await until(lambda: counter.desk._reading.waiting == 0)


async def test_suggestions_give_way_first_and_forms_last(counter: Counter) -> None:
    """A form is let in where everything else is refused."""
    for number in range(4):
        await counter.comes(f"change {number}")
    await until(lambda: counter.desk._writing.waiting == 3)
    assert await counter.comes("form 1", how="form")
    assert not await counter.comes("form 2", how="form")
    await counter.comes("look 1")
    await until(lambda: counter.desk._reading.waiting == 0)
    await counter.comes("look 2")
    asked = Invocation("look", WHO, WHERE, "")
    assert await counter.desk.suggest(asked, "person", "da") == []
    assert await counter.comes("look 3")
    assert not await counter.comes("look 4")


async def test_nobody_joins_a_line_that_does_not_move(counter: Counter) -> None:
    """But a form does: it may wait, and what was written in it stays."""
    await counter.comes("change 0")
    await until(lambda: counter.desk._writing.waiting == 0)
    assert await counter.comes("change 1")
    counter.now = SMALL.longest_wait + 1
    assert not await counter.comes("change 2")
    assert await counter.comes("form", how="form")


async def test_a_suggestion_that_comes_late_is_none_and_leaves_the_line(counter: Counter) -> None:
    """Whoever goes on typing asks anew."""
    room = Room(threads=1, suggestion_wait=0.0)
    desk = Desk(counter.door, room)
    asked = Invocation("look", WHO, WHERE, "")
    assert await desk.suggest(asked, "person", "d") == []
    assert await desk.suggest(asked, "person", "da") == []
    assert desk._reading.waiting == 0


async def until(holds: Callable[[], bool]) -> None:
    """A thread took what waited."""
    async with asyncio.timeout(5):
        while not holds():  # noqa: ASYNC110 - a thread tells nobody
            await asyncio.sleep(0.001)
