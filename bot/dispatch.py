"""The one door: rights → arguments → handler → reply, or the form; errors become sentences.

One invocation is one transaction: its state, its key and the messages it owes are written together.
"""

import time
import traceback
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

import structlog
from whenever import Instant

from bot import drafts, members, undone
from bot.arguments import read_arguments
from bot.command import Command, Registry
from bot.content import Content
from bot.domain.cohort import Member
from bot.domain.drafts import Seen
from bot.invocation import Actor, Call, Invocation, Place, with_whole_characters
from bot.ports import (
    AlreadyThereError,
    Clock,
    NeedsWritingError,
    Store,
    Stores,
    TryAgainError,
    Wakeups,
)
from bot.reply import Answer, Choice, Form, Part, Reply, answer, text
from bot.run import Run, Surface, World

TIMES = 3
"""So often a transaction is begun that was undone for another's sake; each wait takes a second."""
PATIENCE = 5.0
"""Seconds that a commit which broke is looked for: its dead line may hold the member's turn."""
FREE_WORDS, FREE_WORDS_GIVEN = "snowball", "words"
"""The command that takes any words at all, and its parameter."""
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Said:
    """A reply, and the cohort that its buttons act in."""

    reply: Reply
    cohort: int
    undone: bool = False
    """Nothing was done, or nobody knows: what was acted on stays where it is, to be tried again."""


@dataclass(frozen=True, slots=True)
class NoLimits:
    """A surface that holds everything: the terminal, the page, a message before it is rendered."""

    form_fields: int | None = None

    def split(self, whole: Answer) -> tuple[Answer, tuple[Part, ...]]:
        return whole, ()


@dataclass(frozen=True, slots=True)
class Dispatcher:
    """Turns invocations into replies. Plain and synchronous; call it in a worker thread."""

    stores: Stores
    registry: Registry
    content: Content
    clock: Clock
    wakeups: Wakeups
    site: str = ""
    """The deployment's address on the web, for links in replies; "" makes none."""

    noticed: Callable[[Invocation, str, float], None] | None = None
    """Told of every event: how it ended ("answered", "seen", "unknown", "failed", "shed") and
    after how many seconds."""

    def __call__(self, invocation: Invocation, surface: Surface) -> Said | None:
        """The reply, or None when this very event was handled before."""
        began = time.perf_counter()
        invocation = self._redirected(with_whole_characters(invocation))
        known = self.registry.get(invocation.command) is not None
        ended = (
            "answered"
            if known or invocation.draft or invocation.command == drafts.KEPT
            else "unknown"
        )
        try:
            said = self._answered(invocation, surface)
        except UnsureError as error:
            log_failure(invocation, error)
            said, ended = self._undone(undone.unsure, invocation), "failed"
        except Exception as error:  # noqa: BLE001 - the user is told, the log says where
            log_failure(invocation, error)
            said, ended = self._undone(undone.failed, invocation), "failed"
        if self.noticed is not None:
            took = time.perf_counter() - began
            self.noticed(invocation, ended if said is not None else "seen", took)
        return said

    def only_reads(self, invocation: Invocation) -> bool:
        """Whether it most likely changes nothing, so that it need not wait for a writer."""
        command = self.registry.get(self._redirected(invocation).command)
        return command is not None and command.reads and invocation.how != "form"

    def too_busy(self, invocation: Invocation) -> Said:
        """For an event that there is no room for: counted, and answered without the database."""
        invocation = self._redirected(with_whole_characters(invocation))
        if self.noticed is not None:
            command = self.registry.get(invocation.command)
            named = replace(invocation, command=command.name if command is not None else "?")
            self.noticed(named, "shed", 0.0)
        return self._undone(undone.busy, invocation)

    def _undone(
        self, told: Callable[[Invocation, Command | None], Answer], invocation: Invocation
    ) -> Said:
        command = self.registry.get(invocation.command)
        return Said(told(invocation, command), invocation.cohort or 0, undone=True)

    def _answered(self, invocation: Invocation, surface: Surface) -> Said | None:
        cohort_id = members.cohort_for(self.stores, invocation, self.clock.now())
        if cohort_id is None:
            return Said(_stranger(), 0)
        return self._in_cohort(cohort_id, invocation, surface)

    def _redirected(self, invocation: Invocation) -> Invocation:
        """``/snowball VERB …`` runs every command, because other apps may own a name."""
        given = invocation.arguments.get(FREE_WORDS_GIVEN, "")
        words = invocation.typed or (given if isinstance(given, str) else "")
        if invocation.command != FREE_WORDS or invocation.how == "pressed" or not words:
            return invocation
        found, rest = self.registry.match(words.strip().removeprefix("/"))
        if found is None or found.name == FREE_WORDS:
            return invocation
        if not (found.verb or words.startswith("/") or _is_a_call(rest, found)):
            return invocation  # "question for a nurse" is plain words, "question part:job" is not
        return replace(invocation, command=found.name, typed=rest, arguments={}, how="typed")

    def _in_cohort(self, cohort_id: int, invocation: Invocation, surface: Surface) -> Said | None:
        world = self._world(surface)
        command = self.registry.get(invocation.command)
        if command is not None and command.reads and invocation.how != "form":
            reply = self._read_only(cohort_id, invocation, world)
            if reply is not None:
                return Said(reply, cohort_id)
        try:
            reply = self._write(cohort_id, invocation, world)
        except HandledError:
            return None
        return Said(reply, cohort_id)

    def _write(self, cohort_id: int, invocation: Invocation, world: World) -> Reply:
        """Raises HandledError when this very event was handled before."""
        for left in reversed(range(TIMES)):
            try:
                return self._once(cohort_id, invocation, world)
            except TryAgainError:
                if not left:
                    raise
        raise AssertionError

    def _once(self, cohort_id: int, invocation: Invocation, world: World) -> Reply:
        made: Reply | None = None
        try:
            with self._turn(cohort_id, invocation) as store:
                _remember(store, invocation.key, world.now)
                member = members.present(store, invocation.actor, world.now)
                run = Run(world, store, member, invocation, store.cohort())
                reply = run.reply()
                if not isinstance(reply, Form):
                    reply = drafts.make_room(store, member, reply, world.surface, world.now)
                made = reply
        except TryAgainError:
            raise
        except Exception as error:
            if made is None or not self._is_kept(cohort_id, invocation, world.now):
                raise
            log.warning("kept, though its commit broke", error=type(error).__name__)
        if store.owes_anew:
            self.wakeups.wake()
        return made

    def _turn(
        self, cohort_id: int, invocation: Invocation, patience: float = 0.0
    ) -> AbstractContextManager[Store]:
        """A transaction in which this member's other events wait."""
        actor = invocation.actor
        return self.stores.writing(cohort_id, f"{actor.surface}:{actor.user}", patience)

    def _is_kept(self, cohort_id: int, invocation: Invocation, began: Instant) -> bool:
        """Whether it was written although its commit broke, by its key; a commit that is still
        under way is waited for. Raises UnsureError where the database cannot tell, HandledError
        where the same event was done by somebody else meanwhile."""
        try:
            with self._turn(cohort_id, invocation, PATIENCE) as store:
                seen = store.first(Seen, key=invocation.key) if invocation.key else None
        except Exception as error:
            raise UnsureError from error
        if seen is not None and seen.at != began:
            raise HandledError
        return seen is not None

    def _read_only(self, cohort_id: int, invocation: Invocation, world: World) -> Reply | None:
        """The reply of a command that changes nothing; None when something has to be written."""
        with self.stores.reading(cohort_id) as store:
            member = members.known(store, invocation.actor)
            if member is None:
                return None
            run = Run(world, store, member, invocation, store.cohort())
            try:
                reply = run.reply()
            except NeedsWritingError:
                return None
            if isinstance(reply, Form) or drafts.needs_room(reply, world.surface):
                return None
            return reply

    def suggest(self, invocation: Invocation, parameter: str, typed: str) -> list[Choice]:
        """Up to 25 suggestions for what is being typed. Read-only."""
        cohort_id = members.cohort_for(self.stores, invocation)
        command = self.registry.get(invocation.command)
        asked = command.parameter(parameter) if command else None
        if cohort_id is None or asked is None:
            return []
        with self.stores.reading(cohort_id) as store:
            member = members.known(store, invocation.actor)
            if member is None:
                return []
            run = Run(self._world(NoLimits()), store, member, invocation, store.cohort())
            return asked.kind.suggest(typed[:200], run.context())

    def run_owed(self, store: Store, member: Member, called: Call) -> Answer | None:
        """What there is to say now about a message owed; None: nothing any more.

        Runs in the caller's transaction."""
        command = self.registry.get(called.command)
        if command is None:
            return None
        nobody = Actor("", "", "", member.name)
        invocation = Invocation(called.command, nobody, Place(), "", called.arguments)
        run = Run(self._world(NoLimits()), store, member, invocation, store.cohort())
        read = read_arguments(command, called.arguments, run.context())
        if read.bad or read.missing:
            return None
        said = command.handler(run.context(), **read.values)
        return said if isinstance(said, Answer) else None

    def _world(self, surface: Surface) -> World:
        return World(self.registry, self.content, surface, self.clock.now(), log_failure, self.site)


def _is_a_call(rest: str, command: Command) -> bool:
    """Whether what follows a bare command's name is nothing, or begins with a value by name."""
    name, colon, _ = rest.partition(":")
    named = command.parameter(name.strip().lower().replace("-", "_")) if colon else None
    return command.listed and (not rest or named is not None)


class UnsureError(Exception):
    """Whether it was written is not known."""


class HandledError(Exception):
    """This very event was handled before."""


def _remember(store: Store, key: str, now: Instant) -> None:
    if not key:
        return
    try:
        store.add(Seen(cohort_id=store.cohort_id, key=key, at=now))
    except AlreadyThereError:
        raise HandledError from None


def _stranger() -> Answer:
    return answer(
        text("I don’t know this place yet. Whoever runs me has to connect it to a cohort first.")
    )


def log_failure(invocation: Invocation, error: Exception) -> None:
    """Says where it broke, and nothing of what was typed."""
    frames = traceback.extract_tb(error.__traceback__)
    log.error(
        "invocation failed",
        command=invocation.command,
        surface=invocation.actor.surface,
        error=type(error).__name__,
        where=[f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-6:]],
    )
