"""What a story may do on any surface: type, press, pick, fill in, wait, and read what comes.

A story is written once in the core's words; each surface walks it through its real client.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any, ClassVar

from whenever import Instant, Time, ZonedDateTime

from adapters.engine import Engine
from adapters.house import House
from bot.clocks import MovableClock

ZONE = "America/Chicago"
MARKUP = re.compile(r"[*_`~\\]|\u200b")
MORNING = Time(9, 1)
TUESDAY = "2026-03-10 10:00"
PATIENCE = 10.0
"""Seconds to wait for something to be seen."""
SOON = 1.0
"""Seconds in which a button arrives whose message is seen already in part."""


def at(written: str) -> Instant:
    """``2026-03-10 10:00`` in Chicago, where everybody is."""
    day, _, time = written.partition(" ")
    return ZonedDateTime.parse_iso(f"{day}T{time}:00[{ZONE}]").to_instant()


def plain(words: str) -> str:
    """As it is read: without the marks of bold, and on one line."""
    return " ".join(MARKUP.sub("", words).split())


def label(name: str) -> str:
    """What a form calls a parameter."""
    return name.replace("_", " ").capitalize()


class Someone(ABC):
    """Somebody at a surface. What is done returns nothing; ``sees`` waits for what follows."""

    name: str
    has_zone: ClassVar[bool] = True
    """Whether the surface knows where people are."""
    form_fields: ClassVar[int | None] = None
    """How many questions one form holds."""

    @abstractmethod
    async def types(self, command: str, **given: str) -> None:
        """A slash command with its options."""

    @abstractmethod
    async def says(self, words: str) -> None:
        """Plain words in the direct message."""

    @abstractmethod
    async def presses(self, label: str, *, beside: str = "") -> None:
        """The newest button of this name, in the row that says ``beside``."""

    @abstractmethod
    async def picks(self, menu: str, option: str) -> None:
        """An option of the newest menu of this name."""

    @abstractmethod
    async def offers(self, label: str) -> bool:
        """Whether a message on the screen has this button."""

    async def takes(self, step: str) -> None:
        """A next step: a button, or in the menu of the less likely ones."""
        if await self.offers(step):
            await self.presses(step)
        else:
            await self.picks("More…", step)

    @abstractmethod
    async def fills_in(self, **values: str) -> None:
        """The form that is open, by its parameters, and sends it."""

    @abstractmethod
    async def marks(self) -> None:
        """From now on ``sees`` looks for what comes after this."""

    @abstractmethod
    async def sees(self, *words: str) -> str:
        """Waits until one thing that is new or changed holds all these words; returns it."""

    @abstractmethod
    async def all(self) -> list[str]:
        """Every message that this person can read now, oldest first."""

    @abstractmethod
    async def gets(self, file: str) -> bytes:
        """Waits for a file of this name; what it holds."""

    async def count(self, words: str) -> int:
        """How many messages on the screen say so."""
        return sum(words in each for each in await self.all())

    async def joins(self) -> None:
        """Opts in, and is known to be in Chicago."""
        await self.types("/snowball")
        await self.sees("I write to nobody without your yes")
        await self.presses("Opt in")
        if not self.has_zone:
            await self.presses("Set my time zone")
            await self.fills_in(zone="Chicago")
        await self.sees("10:00")


class Chat(ABC):
    """One surface with one cohort in it, whose clock the story moves."""

    house: House
    engine: Engine

    def __init__(self) -> None:
        self.clock = MovableClock(at(TUESDAY))
        self.people: list[Someone] = []

    @abstractmethod
    async def person(self, name: str, *, admin: bool = False) -> Someone:
        """Somebody whom the surface knows, and who has said nothing yet."""

    async def member(self, name: str) -> Someone:
        """Somebody who has opted in and was greeted."""
        made = await self.person(name)
        await made.joins()
        await self.passes()
        await made.sees("this is where I’ll write")
        return made

    async def passes(self, until: str = "") -> None:
        """Time goes by, a look each morning; what is due on the way comes when it is due."""
        for each in self.people:
            await each.marks()
        target = at(until) if until else self.clock.now()
        while (morning := self._next_morning()) < target:
            self.clock.move_to(morning)
            await self.engine.tick()
        self.clock.move_to(target)
        await self.engine.tick()

    def _next_morning(self) -> Instant:
        local = self.clock.now().to_tz(ZONE)
        nine = local.replace_time(MORNING)
        return (nine if nine > local else nine.add(days=1)).to_instant()

    def holds(self, rows: Iterable[Any]) -> None:
        """The story begins with these rows in the database."""
        with self.house.stores.writing(self.house.cohort_id) as store:
            for each in rows:
                store.add(each)

    def keeps(self, kind: type[Any], **having: Any) -> list[Any]:
        """What is stored now."""
        with self.house.stores.reading(self.house.cohort_id) as store:
            return store.find(kind, **having)
