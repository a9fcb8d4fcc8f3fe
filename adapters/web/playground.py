"""The playground: four people, a channel and a DM with Snowball, on this machine alone.

It makes the same invocations as the platforms do and keeps what was said in memory.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from whenever import Instant

from adapters.web import moves, parse
from adapters.web.cast import SURFACE, Persona
from adapters.web.complete import Completion, complete
from adapters.web.parse import Done, Picked
from adapters.web.transcript import DM, SNOWBALL, ClockMoved, Message, Transcript
from adapters.web.when import Reader
from bot.command import Command, Parameter, Registry
from bot.dispatch import NoLimits, Said
from bot.domain.cohort import Member
from bot.invocation import Invocation, Upload
from bot.ports import Stores
from bot.reply import Answer, Choice, Form
from bot.run import Surface


class MovableClock(Protocol):
    """A clock that the playground may move."""

    def now(self) -> Instant: ...

    def move_to(self, moment: Instant) -> None: ...


class Dispatch(Protocol):
    """The core's door."""

    def __call__(self, invocation: Invocation, surface: Surface) -> Said | None: ...

    def suggest(self, invocation: Invocation, parameter: str, typed: str) -> list[Choice]: ...


@dataclass(frozen=True, slots=True)
class Opened:
    """A form to be shown to the one who asked, and the message that its answer replaces."""

    form: Form
    cohort: int
    replaces: int = 0


@dataclass(slots=True)
class Playground:
    """What the page can do."""

    dispatch: Dispatch
    stores: Stores
    registry: Registry
    clock: MovableClock
    people: Sequence[Persona]
    channel: str = "class"
    tick: Callable[[], Awaitable[object]] | None = None
    """Sends all that is due now; the root sets it."""
    clock_moved: Callable[[Instant], None] | None = None
    """Told where the clock stands after a move."""
    transcript: Transcript = field(default_factory=Transcript)
    _moving: asyncio.Lock = field(default_factory=asyncio.Lock)
    _zones: dict[str, str] = field(default_factory=dict)

    def person(self, key: str) -> Persona:
        """Who this is; the first of the cast when nobody of theirs has this key."""
        return next((each for each in self.people if each.key == key), self.people[0])

    def reader(self, me: Persona) -> Reader:
        """How this person reads times: in the zone they set, else the one they came with."""
        return Reader(self._zones.get(me.key, me.zone), self.clock.now())

    async def say(self, done: Done, words: str, picked: tuple[Picked, ...]) -> Opened | None:
        """Words from the composer: a command, words to Snowball, or a line for the class."""
        is_command = words.startswith("/")
        if done.place != DM and not is_command:
            self._add(done, done.me.key, words)
            return None
        if done.place == DM:
            self._add(done, done.me.key, words, reader=done.me.key)
        invocation = (
            parse.typed(done, words, picked, self.registry)
            if is_command
            else parse.said(done, words)
        )
        return await self._run(done, invocation, asked=words if is_command else "")

    async def send(self, done: Done, words: str, file: Upload) -> Opened | None:
        """A file put into the DM, with words or without; no other room takes one."""
        if done.place != DM:
            return None
        shown = "\n".join(each for each in (words, f"[{file.name}]") if each)
        self._add(done, done.me.key, shown, reader=done.me.key)
        return await self._run(done, parse.said(done, words, file))

    async def press(self, done: Done, message_id: int, button: str) -> Opened | None:
        """A button pressed, or an option picked, on a message that this person sees."""
        invocation, replaces = parse.pressed(done, button)
        return await self._run(done, invocation, replaces=message_id if replaces else 0)

    async def submit(self, done: Done, invocation: Invocation, replaces: int) -> Opened | None:
        """A form filled in."""
        return await self._run(done, invocation, replaces=replaces)

    async def suggest(self, done: Done, command: str, parameter: str, typed: str) -> list[Choice]:
        """Values for a form's field."""
        asked = done.invocation(command)
        return await asyncio.to_thread(self.dispatch.suggest, asked, parameter, typed)

    async def complete(self, done: Done, words: str) -> Completion:
        """What may be typed next."""

        def suggest(command: Command, parameter: Parameter, typed: str) -> list[Choice]:
            return self.dispatch.suggest(done.invocation(command.name), parameter.name, typed)

        return await asyncio.to_thread(complete, words, self.registry, suggest, admin=done.me.admin)

    async def move_clock(self, me: Persona, move: str) -> None:
        """Let time pass, and what falls due arrive. One move at a time."""
        async with self._moving:
            now = self.clock.now()
            until = moves.target(move, now, self.reader(me).zone)
            if until is None:
                return
            for moment in moves.steps(now, until):
                self.clock.move_to(moment)
                if self.tick is not None:
                    await self.tick()
            if self.clock_moved is not None:
                self.clock_moved(self.clock.now())
            self.transcript.tell_all(ClockMoved())

    def post(
        self,
        place: str,
        reader: str,
        answer: Answer,
        cohort: int,
        *,
        asked: str = "",
        nonce: str = "",
    ) -> Message:
        """A message from Snowball."""
        now = self.clock.now()
        return self.transcript.add(
            Message(0, place, SNOWBALL, now, answer, cohort, reader, asked, nonce)
        )

    def know_zones(self) -> None:
        """Look up the zones that these people have set."""
        self._zones = {each.key: self._zone_of(each.key) or each.zone for each in self.people}

    async def _run(
        self, done: Done, invocation: Invocation, *, asked: str = "", replaces: int = 0
    ) -> Opened | None:
        said, zone = await asyncio.to_thread(self._dispatched, invocation)
        if zone:
            self._zones[done.me.key] = zone
        if said is None:
            return None
        if isinstance(said.reply, Form):
            return Opened(said.reply, said.cohort, replaces)
        self._answer(done, said.reply, said.cohort, asked=asked, replaces=replaces)
        return None

    def _answer(
        self, done: Done, answer: Answer, cohort: int, *, asked: str, replaces: int
    ) -> None:
        """A private answer; what the whole class sees is never replaced by one."""
        old = self.transcript.get(replaces, done.me.key)
        if old is not None and old.reader == done.me.key:
            self.transcript.put_instead(old.id, answer, cohort)
            return
        shown = asked if done.place != DM else ""
        self.post(done.place, done.me.key, answer, cohort, asked=shown)

    def _dispatched(self, invocation: Invocation) -> tuple[Said | None, str]:
        """The reply, and the zone that its reader has now."""
        said = self.dispatch(invocation, NoLimits())
        return said, self._zone_of(invocation.actor.user)

    def _zone_of(self, user: str) -> str:
        for account in self.stores.accounts(SURFACE, user):
            with self.stores.reading(account.cohort_id) as store:
                member = store.get(Member, account.member_id)
            if member is not None:
                return member.zone
        return ""

    def _add(self, done: Done, by: str, words: str, reader: str = "") -> None:
        self.transcript.add(Message(0, done.place, by, self.clock.now(), words, reader=reader))
