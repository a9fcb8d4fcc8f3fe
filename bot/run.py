"""One invocation inside its transaction: from its words to its reply."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from whenever import Instant

from bot import drafts
from bot.arguments import Arguments, read_arguments
from bot.command import Command, Registry
from bot.content import Content
from bot.context import Context
from bot.domain.cohort import Cohort, Member, Role
from bot.domain.drafts import Draft
from bot.fitting import Splitter
from bot.forms import ONLY, form_for, opens_form
from bot.invocation import WRITTEN_LIMIT, Call, Given, Invocation, Upload, write
from bot.ports import NeedsWritingError, Store, TryAgainError
from bot.refusal import AmbiguousError, RefusalError
from bot.reply import Answer, Buttons, Menu, Option, Reply, answer, button, text
from bot.typed import take_apart

MOST_CHOICES = 25
"""Discord's menus hold 25 options (docs: message components)."""


class Surface(Splitter, Protocol):
    """What one surface can hold. Pure; each adapter has one."""

    @property
    def form_fields(self) -> int | None:
        """How many fields a form may ask at once; None: all."""
        ...


@dataclass(frozen=True, slots=True)
class World:
    """What a run is given from outside: the commands, the content, the surface and the moment.

    ``failed`` is told of an unexpected error, to log where it was."""

    registry: Registry
    content: Content
    surface: Surface
    now: Instant
    failed: Callable[[Invocation, Exception], None]
    site: str = ""


@dataclass(slots=True)
class Run:
    """One invocation of one member."""

    world: World
    store: Store
    member: Member
    said: Invocation
    cohort: Cohort
    draft: Draft | None = None
    only: str = ""
    """The form's questions that are still to be asked; "" asks all."""

    def context(self) -> Context:
        """The handler's view of the world."""
        return Context(
            store=self.store,
            cohort=self.cohort,
            member=self.member,
            now=self.world.now,
            place=self.said.place,
            content=self.world.content,
            registry=self.world.registry,
            said=self.said,
            site=self.world.site,
        )

    def reply(self) -> Reply:
        """The handler's reply, the form that asks for what is missing, or a sentence."""
        if self.said.how == "form" or self.said.command == drafts.KEPT:
            self.draft = drafts.find(self.store, self.member, self._draft_key())
            if self.draft is None:
                return answer(text("That is too old for me to find. Start again, please."))
            if self.draft.rest:
                return drafts.rest_of(self.draft)
            if self.draft.done is not None:
                return answer(text("That is saved already; once is enough."))
        name = self.draft.command if self.draft is not None else self.said.command
        command = self.world.registry.get(name)
        if command is None or command.clockwork:
            return unknown(name)
        if command.who is Role.ORGANISER and self.member.role is not Role.ORGANISER:
            return answer(text("Only an organiser of this cohort can do that."))
        return self._run(command)

    @property
    def _picked(self) -> bool:
        """Whether this answers which one was meant in a form that is filled in already."""
        return self.said.command == drafts.KEPT and self.said.arguments.keys() > {drafts.KEY}

    def _draft_key(self) -> str:
        given = self.said.arguments.get(drafts.KEY, "")
        return self.said.draft or (given if isinstance(given, str) else "")

    def _run(self, command: Command) -> Reply:
        given = self._given(command)
        if given is None:
            return answer(
                text(
                    "{command} takes no more words. `/snowball help` shows what it does.",
                    command=command.typed,
                )
            )
        submitted = self.said.how == "form" or self._picked
        if command.before is not None and not submitted:
            try:
                command.before(self.context())
            except RefusalError as error:
                return answer(error.said, *error.parts)
        if self.draft is not None and self.draft.form and not submitted:
            return self._form(command, given, self._still_bad(command, given), reopened=True)
        try:
            read = read_arguments(command, given, self.context())
        except AmbiguousError as error:
            return self._which(command, given, error)
        if not submitted and opens_form(command, given):
            return self._mend(command, given, replace(read, missing=()))
        if read.bad or read.missing:
            return self._mend(command, given, read)
        return self._handle(command, given, read)

    def _still_bad(self, command: Command, given: dict[str, Given]) -> Arguments:
        """What is wrong with the answers kept so far; said again when their form is reopened."""
        try:
            return read_arguments(command, given, self.context())
        except AmbiguousError as error:
            return Arguments({}, (), {error.parameter: error.said})

    def _form(
        self,
        command: Command,
        given: dict[str, Given],
        read: Arguments | None = None,
        *,
        reopened: bool = False,
    ) -> Reply:
        return form_for(
            command,
            given,
            self.context(),
            self.world.surface.form_fields,
            self.draft,
            read.bad if read is not None else None,
            self.only,
            reopened=reopened,
        )

    def _mend(self, command: Command, given: dict[str, Given], read: Arguments) -> Reply:
        """The form with what to mend; what the form does not ask for is answered in sentences."""
        visible = {each.name for each in command.visible}
        if not {*read.bad, *read.missing} <= visible:
            return stale()
        asked = {each.name for each in command.parameters if each.in_form}
        nothing_lost = self.said.how == "pressed" or given.keys() <= read.bad.keys() or not asked
        if read.bad and self.draft is None and nothing_lost and not asked & read.bad.keys():
            return answer(*read.bad.values())
        return self._form(command, given, read)

    def _handle(self, command: Command, given: dict[str, Given], read: Arguments) -> Reply:
        context = replace(
            self.context(), given=frozenset(given), left_out=self._left_out(command, given)
        )
        try:
            if command.reads:
                said = command.handler(context, **read.values)
            else:
                with self.store.attempt():
                    said = command.handler(context, **read.values)
        except RefusalError as error:
            return answer(error.said, *error.parts, *self._way_back(given))
        except (NeedsWritingError, TryAgainError):
            raise
        except Exception as error:  # noqa: BLE001 - the user is told, the log says where
            self.world.failed(self.said, error)
            return self._sorry(command, given)
        if self.draft is not None and self.draft.form:
            self.store.save(replace(self.draft, done=self.world.now))
        return said if said is not None else stale()

    def _left_out(self, command: Command, given: dict[str, Given]) -> tuple[str, ...]:
        """The form's questions that this surface could not ask in one go."""
        if self.draft is None or self.world.surface.form_fields is None:
            return ()
        asked = {*self.draft.asked, *given}
        return tuple(
            each.name for each in command.parameters if each.in_form and each.name not in asked
        )

    def _way_back(self, given: dict[str, Given]) -> tuple[Buttons, ...]:
        """To the form whose answers were refused; what was typed is kept in it."""
        if self.draft is None or not self.draft.form:
            return ()
        drafts.keep(self.store, self.draft, given)
        return (Buttons((button("Back to the form", drafts.opening(self.draft)),)),)

    def _sorry(self, command: Command, given: dict[str, Given]) -> Reply:
        """What was typed is kept, and one press tries it again; a form once, however often."""
        if command.reads:
            return sorry()
        if self.draft is not None and self.draft.form:
            drafts.keep(self.store, self.draft, given)
            kept = drafts.opening(self.draft)
        else:
            form = any(each.in_form for each in command.parameters)
            kept = drafts.keep_call(
                self.store, self.member, command.name, given, self.world.now, form=form
            )
        again = Buttons((button("Try again", kept),))
        said = "Something went wrong on my side. Nothing was changed, and what you typed is kept."
        return answer(text(said), again)

    def _given(self, command: Command) -> dict[str, Given] | None:
        """Everything given so far, by parameter; None when words were left over.

        An empty answer in a form is kept: it clears what was there."""
        given: dict[str, Given] = {}
        if self.draft is not None:
            given.update(drafts.arguments(self.draft))
        if self.said.typed.strip():
            typed = take_apart(self.said.typed, command)
            if not typed:
                return None
            given.update(typed)
        submitted = self.said.how == "form"
        given.update(
            {name: value for name, value in self.said.arguments.items() if value or submitted}
        )
        only = given.pop(ONLY, "")
        self.only = only if isinstance(only, str) else ""
        return {name: value for name, value in given.items() if command.parameter(name)}

    def _which(self, command: Command, given: dict[str, Given], error: AmbiguousError) -> Reply:
        """Asks which one is meant; the rest of what was given waits for the answer."""
        if self.draft is not None and self.draft.form:
            drafts.keep(self.store, self.draft, given)
        options = tuple(
            Option(label, self._with(command, given, error.parameter, value))
            for value, label in error.choices[:MOST_CHOICES]
        )
        return answer(error.said, Menu(text("Choose one"), options, replaces=True))

    def _with(self, command: Command, given: dict[str, Given], name: str, value: str) -> Call:
        """The same again, with this one meant."""
        if self.draft is not None and self.draft.form:
            picked = Call(drafts.KEPT, {drafts.KEY: self.draft.key, name: value})
            if len(write(picked)) <= WRITTEN_LIMIT:
                return picked
        elif not any(isinstance(each, Upload) for each in given.values()):
            plain = {key: each for key, each in given.items() if isinstance(each, str)}
            only = {ONLY: self.only} if self.only else {}
            return Call(command.name, {**plain, **only, name: value})
        now = self.world.now
        return drafts.keep_call(self.store, self.member, command.name, {**given, name: value}, now)


def unknown(name: str) -> Answer:
    """For a command that is not there."""
    return answer(
        text("I don’t know {words}. `/snowball help` lists what I can do.", words=f"/{name}"[:80])
    )


def stale() -> Answer:
    """For a button whose time has passed."""
    return answer(text("That has been dealt with already; there is nothing left to do."))


def sorry() -> Answer:
    """For what went wrong on our side, where nothing of it could be kept."""
    return answer(text("Something went wrong on my side. Nothing was changed; please try again."))
