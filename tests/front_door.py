"""A cohort to talk to in tests: invocations go in as a chat would make them, replies come out.

Buttons travel as their written ids, forms come back with every field that was shown, and the
messages owed are sent by the real engine to a surface that keeps them.
"""

import asyncio
import atexit
import itertools
import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from cryptography.fernet import Fernet
from sqlalchemy import event
from whenever import Instant, ZonedDateTime

from adapters.engine import Bell, Engine
from bot.clocks import MovableClock
from bot.command import registry
from bot.content import load
from bot.dispatch import Dispatcher, NoLimits
from bot.domain.cohort import Account, Cohort, Member, Workspace
from bot.fitting import Splitter
from bot.invocation import Actor, Call, Given, Invocation, Place, read_id, write_id
from bot.limits import FREE, Limits
from bot.plaintext import plain
from bot.ports import Outcome, Sent
from bot.reply import Answer, Part
from storage.cipher import Cipher
from storage.claims import Claims
from storage.database import Database
from tests.shown import BERLIN, Shown, calls_in

T = TypeVar("T")

SURFACE = "paper"
KEY = Fernet.generate_key().decode()


def at(written: str, zone: str = BERLIN) -> Instant:
    """``2026-11-23 09:00`` there; without an hour, noon."""
    day, _, time = written.partition(" ")
    return ZonedDateTime.parse_iso(f"{day}T{time or '12:00'}:00[{zone}]").to_instant()


MONDAY = at("2026-11-23 10:00")


@dataclass(frozen=True, slots=True)
class Paper:
    """A surface that a test chooses: how many fields a form holds, and what one message holds."""

    form_fields: int | None = None
    holds: Splitter = field(default_factory=NoLimits)

    def split(self, whole: Answer) -> tuple[Answer, tuple[Part, ...]]:
        return self.holds.split(whole)


@dataclass
class Person:
    """Somebody in the cohort, at their keyboard."""

    house: "House"
    actor: Actor
    last: Shown | None = None
    letters: list[Shown] = field(default_factory=list)

    @property
    def name(self) -> str:
        """As the surface knows them."""
        return self.actor.name

    @property
    def member(self) -> Member:
        """The member as stored now."""
        with self.house.database.reading(self.house.cohort.id) as store:
            account = store.first(Account, external_id=self.actor.user)
            found = store.get(Member, account.member_id) if account is not None else None
        assert found is not None, f"{self.name} is no member yet"
        return found

    def types(self, line: str, **files: Given) -> Shown:
        """A slash command, as a chat hands it over."""
        found = self.tries(line, **files)
        assert found is not None
        return found

    def tries(self, line: str, key: str = "", /, **files: Given) -> Shown | None:
        """The same; None when this very event was handled before."""
        command, rest = self.house.dispatcher.registry.match(line.removeprefix("/"))
        name = command.name if command is not None else line.removeprefix("/").split(" ")[0]
        return self.does(
            Invocation(
                name, self.actor, Place(SURFACE), key or self.house.key(), files,
                typed=rest if command is not None else "",
            )
        )  # fmt: skip

    def says(self, words: str) -> Shown:
        """Plain words in a direct message."""
        said = Invocation(
            "snowball", self.actor, Place(SURFACE), self.house.key(), typed=words, how="said"
        )
        return self._seen(said)

    def presses(self, label: str, on: Shown | None = None, *, key: str = "") -> Shown:
        """A button of the last reply, or of the one given."""
        shown = self._on(on)
        found = shown.button(label)
        return self.presses_id(
            write_id(found.call, shown.cohort, 7, replaces=found.replaces), key=key
        )

    def picks(self, label: str, on: Shown | None = None) -> Shown:
        """An option of a menu."""
        shown = self._on(on)
        option, replaces = shown.option(label)
        return self.presses_id(write_id(option.call, shown.cohort, 7, replaces=replaces))

    def presses_id(self, written: str, *, key: str = "") -> Shown:
        """A button by its id, however old."""
        press = read_id(written)
        return self._seen(
            Invocation(
                press.call.command, self.actor, Place(SURFACE), key or self.house.key(),
                press.call.arguments, cohort=press.cohort, how="pressed",
            )
        )  # fmt: skip

    def calls(self, called: Call) -> Shown:
        """A button that makes this call."""
        return self.presses_id(write_id(called, self.house.cohort.id, 0))

    def fills_in(self, on: Shown | None = None, /, **values: Given) -> Shown:
        """The form comes back: every field that it showed, with what is typed into it now."""
        form = self._on(on).form
        unknown = values.keys() - {each.name for each in form.fields}
        assert not unknown, f"the form does not ask for {unknown}"
        filled = {each.name: values.get(each.name, each.given) for each in form.fields}
        return self._seen(
            Invocation(
                form.command, self.actor, Place(SURFACE), self.house.key(), filled,
                draft=form.draft, how="form",
            )
        )  # fmt: skip

    def does(self, invocation: Invocation) -> Shown | None:
        """Any event of theirs."""
        said = self.house.dispatcher(invocation, self.house.surface)
        if said is None:
            return None
        self.last = Shown(said.reply, said.cohort, self._zone())
        return self.last

    def _seen(self, invocation: Invocation) -> Shown:
        found = self.does(invocation)
        assert found is not None, "this event was handled before"
        return found

    def _on(self, shown: Shown | None) -> Shown:
        found = shown if shown is not None else self.last
        assert found is not None, "nothing was shown yet"
        return found

    def _zone(self) -> str:
        with self.house.database.reading(self.house.cohort.id) as store:
            account = store.first(Account, external_id=self.actor.user)
            member = store.get(Member, account.member_id) if account else None
        return (member.zone if member else "") or "UTC"

    def keeps(self, kind: type[Any], **having: Any) -> list[Any]:
        """What is stored of theirs, of a kind that belongs to members."""
        owner = "owner_id" if "owner_id" in kind.__dataclass_fields__ else "member_id"
        return self.house.rows(kind, **{owner: self.member.id}, **having)


@dataclass
class House:
    """One deployment on a database of its own."""

    database: Database
    clock: MovableClock
    cohort: Cohort
    surface: Paper = field(default_factory=Paper)
    people: dict[str, Person] = field(default_factory=dict)
    posts: list[Shown] = field(default_factory=list)
    """What the cohort's channel shows."""
    groups: dict[tuple[str, ...], list[Shown]] = field(default_factory=dict)
    """What was said to several together, by who they are ("ana", "ben")."""

    def __post_init__(self) -> None:
        self._keys = itertools.count(1)
        self.bell = Bell()
        self.dispatcher = Dispatcher(self.database, registry(), load(), self.clock, self.bell)

    def key(self) -> str:
        """A new event's key."""
        return f"event-{next(self._keys)}"

    def member(self, name: str, *, zone: str = BERLIN, admin: bool = False) -> Person:
        """Somebody whom the surface knows; they join with their first word."""
        actor = Actor(SURFACE, SURFACE, name.casefold(), name, zone, admin)
        made = Person(self, actor)
        self.people[actor.user] = made
        return made

    def joined(self, name: str, *, zone: str = BERLIN, admin: bool = False) -> Person:
        """Somebody who has opted in and read the first message."""
        made = self.member(name, zone=zone, admin=admin)
        made.types("/snowball")
        made.presses("Opt in")
        self.ticks()
        made.letters.clear()
        return made

    def rows(self, kind: type[Any], **having: Any) -> list[Any]:
        """What is stored now."""
        with self.database.reading(self.cohort.id) as store:
            return store.find(kind, **having)

    def add(self, *rows: Any) -> list[Any]:
        """Store rows that a test begins with."""
        with self.database.writing(self.cohort.id) as store:
            return [store.add(row) for row in rows]

    def ticks(self) -> int:
        """What is due now is sent; how many messages."""
        return _loop().run_until_complete(self._tick())

    async def _tick(self) -> int:
        engine = Engine(
            self.database, _claims(self.database), self.dispatcher, {SURFACE: Post(self)},
            self.clock, "test", self.bell, Inline(),
        )  # fmt: skip
        try:
            return await engine.tick()
        finally:
            await engine.stop()

    def moves_to(self, moment: str | Instant) -> int:
        """The clock is moved, and what is due by then is sent, at that moment."""
        self.clock.move_to(at(moment) if isinstance(moment, str) else moment)
        return self.ticks()

    def passes(self, until: str, hours: int = 6) -> int:
        """Time goes by in steps, as it does, with the engine running."""
        sent = 0
        while self.clock.now() < at(until):
            sent += self.moves_to(min(at(until), self.clock.now().add(hours=hours)))
        return sent


class Inline(Executor):
    """Does what it is given at once: a tick is over sooner than four threads have begun."""

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Done when it returns."""
        done: Future[T] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except Exception as error:
            done.set_exception(error)
        return done


@cache
def _loop() -> asyncio.AbstractEventLoop:
    """One for all ticks: making one costs more than a tick."""
    made = asyncio.new_event_loop()
    atexit.register(made.close)
    return made


@cache
def _claims(database: Database) -> Claims:
    """With its statements, which are dear to build, as a server has them."""
    return Claims(database)


@dataclass(frozen=True)
class Post:
    """Brings messages that are owed to the people of a house."""

    house: House
    surface: str = SURFACE
    repeatable: bool = True
    limits: Limits = FREE

    @property
    def holds(self) -> Splitter:
        """What one message holds."""
        return self.house.surface

    async def to_member(
        self, workspace: Workspace, account: Account, member: Member, answer: Answer, nonce: str
    ) -> Outcome:
        """A direct message arrives."""
        del workspace
        reader = self.house.people[account.external_id]
        reader.letters.append(Shown(answer, self.house.cohort.id, member.zone or "UTC"))
        return Sent(nonce)

    async def to_channel(self, workspace: Workspace, answer: Answer, nonce: str) -> Outcome:
        """A message appears in the channel; where none was chosen, nothing may be owed to one."""
        assert workspace.channel, f"to the channel: {plain(answer)}"
        self.house.posts.append(Shown(answer, self.house.cohort.id, BERLIN))
        return Sent(nonce)

    async def together(
        self,
        workspace: Workspace,
        accounts: Sequence[Account],
        answer: Answer,
        nonce: str,
        before: str = "",
    ) -> Outcome:
        """A message appears in the conversation of these people."""
        del workspace
        among = tuple(sorted(each.external_id for each in accounts))
        shown = Shown(answer, self.house.cohort.id, BERLIN)
        self.house.groups.setdefault(among, []).append(shown)
        return Sent(before or nonce)

    async def find(
        self,
        workspace: Workspace,
        accounts: Sequence[Account],
        answer: Answer,
        nonce: str,
        since: Instant,
    ) -> Outcome:
        """Every letter arrives, so none is looked for."""
        raise AssertionError(f"looked for {nonce}")

    async def away(self, workspace: Workspace, account: Account, now: Instant) -> None:
        """Paper knows of no holidays."""


def make_template(folder: Path) -> Path:
    """An empty database file with all tables, to be copied for each test."""
    made = folder / "template.sqlite3"
    database = open_database(made)
    database.create()
    database.close()
    return made


def open_database(file: Path) -> Database:
    """The database in this file; no test here cuts the power, so nothing waits for the disk."""
    made = Database(f"sqlite:///{file}", Cipher([KEY]), load().fields)
    for engine in (made.writer, made.readers):
        event.listen(engine, "connect", _hurry)
    return made


def _hurry(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA synchronous=OFF").close()


def furnish(template: Path, folder: Path, *, now: Instant = MONDAY) -> House:
    """A house of its own: a cohort with one workspace and nobody in it."""
    return furnish_in(open_database(folder / "snowball.sqlite3"), template, now=now)


def furnish_in(database: Database, template: Path, *, now: Instant = MONDAY) -> House:
    """The same in a database that nobody is connected to; what was in it is gone.

    Used again and again, it keeps its compiled statements, which are most of a short test."""
    assert database.url.database is not None
    file = Path(database.url.database)
    for left in (file, Path(f"{file}-wal"), Path(f"{file}-shm")):
        left.unlink(missing_ok=True)
    shutil.copy(template, file)
    cohort = database.add_cohort(Cohort(name="Class of 2027", created=now))
    house = House(database, MovableClock(now), cohort)
    house.add(Workspace(cohort_id=cohort.id, surface=SURFACE, external_id=SURFACE))
    return house


__all__: Sequence[str] = (
    "BERLIN", "MONDAY", "House", "Inline", "Paper", "Person", "Shown", "at", "calls_in", "furnish",
    "furnish_in", "make_template", "open_database",
)  # fmt: skip
