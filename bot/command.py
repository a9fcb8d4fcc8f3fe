"""A command is one typed function: its signature is the whole declaration.

From it come every surface's options, completion and forms, the help and the manifests.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import lru_cache
from types import MappingProxyType, NoneType, UnionType
from typing import Annotated, Any, LiteralString, Union, get_args, get_origin, get_type_hints

from bot.context import Context
from bot.domain.cohort import Role
from bot.kinds import kind_of
from bot.parameters import Kind
from bot.reply import Reply


class Ask(Enum):
    """Where a parameter is asked for."""

    OPTION = auto()
    """Typed with the command."""
    FORM = auto()
    """In the form."""
    BOTH = auto()
    HIDDEN = auto()
    """Only ever written into buttons by us."""


@dataclass(frozen=True, slots=True)
class Unless:
    """Marks a parameter that is required, unless another one was given."""

    other: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a command. ``about`` says what it is, in a few words.

    ``unless``: another one, with which this one is not required."""

    name: str
    about: str
    ask: Ask
    kind: Kind[Any]
    required: bool
    default: Any = None
    unless: str = ""

    @property
    def label(self) -> str:
        """The name as a person reads it."""
        return self.name.replace("_", " ").capitalize()

    @property
    def typed(self) -> bool:
        """Whether it can be typed with the command."""
        return self.ask in (Ask.OPTION, Ask.BOTH) or (self.required and self.ask is Ask.FORM)

    @property
    def in_form(self) -> bool:
        """Whether the form always asks for it."""
        return self.ask in (Ask.FORM, Ask.BOTH)


Handler = Callable[..., Reply | None]
Prefill = Callable[[Context, Mapping[str, Any]], Mapping[str, Any]]
Before = Callable[[Context], None]


@dataclass(frozen=True, slots=True)
class Command:
    """A command as declared.

    ``reads``: it changes nothing. ``clockwork``: only the clock makes it. ``note``: who can read
    what the form asks for. ``prefill``: present values for the form, given what is known.
    ``before``: refuses before the form is shown what would be refused whatever is filled in.
    ``enters``: it is about the channel it comes from, so the surface goes in first where it can.
    ``titled``: the form's title where it is known about whom it is, with ``{name}`` in it.
    """

    name: str
    about: str
    handler: Handler
    parameters: tuple[Parameter, ...]
    who: Role = Role.STUDENT
    reads: bool = False
    clockwork: bool = False
    listed: bool = True
    title: str = ""
    submit: str = "Save"
    note: str = ""
    prefill: Prefill | None = None
    before: Before | None = None
    titled: str = ""
    enters: bool = False

    @property
    def family(self) -> str:
        """The first word: ``alum`` of ``alum find``."""
        return self.name.partition(" ")[0]

    @property
    def verb(self) -> str:
        """The rest: ``find`` of ``alum find``; "" for a bare command."""
        return self.name.partition(" ")[2]

    @property
    def typed(self) -> str:
        """As typed: ``/alum find``."""
        return f"/{self.name}"

    @property
    def visible(self) -> tuple[Parameter, ...]:
        """The parameters that a person can give."""
        return tuple(each for each in self.parameters if each.ask is not Ask.HIDDEN)

    def parameter(self, name: str) -> Parameter | None:
        """The parameter of this name."""
        return next((each for each in self.parameters if each.name == name), None)


def command(
    name: str,
    about: LiteralString,
    *,
    who: Role = Role.STUDENT,
    reads: bool = False,
    listed: bool = True,
    title: LiteralString = "",
    submit: LiteralString = "Save",
    note: LiteralString = "",
    prefill: Prefill | None = None,
    before: Before | None = None,
    titled: LiteralString = "",
    enters: bool = False,
) -> Callable[[Handler], Command]:
    """Declare the function below as a command.

    ``listed``: shown in help and completion. ``title``: the form's, at most 24 characters (Slack's
    limit: views reference); ``titled``: the same with the ``{name}`` of whom it is about."""

    def declare(handler: Handler) -> Command:
        return Command(
            name=name,
            about=about,
            handler=handler,
            parameters=_parameters(handler),
            who=who,
            reads=reads,
            listed=listed,
            title=title or name.capitalize(),
            submit=submit,
            note=note,
            prefill=prefill,
            before=before,
            titled=titled,
            enters=enters,
        )

    return declare


def reminder(name: str) -> Callable[[Handler], Command]:
    """Declare the function below as what the clock asks when a message is due.

    It returns None when there is nothing left to say."""

    def declare(handler: Handler) -> Command:
        return Command(
            name=name,
            about="",
            handler=handler,
            parameters=_parameters(handler),
            clockwork=True,
            listed=False,
        )

    return declare


def _parameters(handler: Handler) -> tuple[Parameter, ...]:
    hints = get_type_hints(handler, include_extras=True)
    signature = inspect.signature(handler)
    _ctx, *rest = signature.parameters.values()
    return tuple(_parameter(each, hints[each.name]) for each in rest)


def _parameter(of: inspect.Parameter, hint: Any) -> Parameter:
    extras: tuple[Any, ...] = ()
    if get_origin(hint) is Annotated:
        hint, *rest = get_args(hint)
        extras = tuple(rest)
    if get_origin(hint) in (Union, UnionType) and NoneType in get_args(hint):
        left = tuple(each for each in get_args(hint) if each is not NoneType)
        hint = left[0] if len(left) == 1 else Union[left]  # noqa: UP007 - built at run time
    kind = next((each for each in extras if isinstance(each, Kind)), None)
    optional = of.default is not inspect.Parameter.empty
    unless = next((each.other for each in extras if isinstance(each, Unless)), "")
    return Parameter(
        name=of.name,
        about=next((each for each in extras if isinstance(each, str)), ""),
        ask=next((each for each in extras if isinstance(each, Ask)), Ask.OPTION),
        kind=kind if kind is not None else kind_of(hint),
        required=bool(unless) or not optional,
        default=of.default if optional else None,
        unless=unless,
    )


@dataclass(frozen=True, slots=True)
class Registry:
    """Every command there is, by name."""

    by_name: Mapping[str, Command] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Command]:
        return iter(self.by_name.values())

    def get(self, name: str) -> Command | None:
        """The command of this full name."""
        return self.by_name.get(name)

    def listed(self) -> list[Command]:
        """The commands that people can type, by name."""
        return [each for each in self if each.listed]

    def families(self) -> dict[str, list[Command]]:
        """Listed commands by their first word."""
        found: dict[str, list[Command]] = {}
        for each in self.listed():
            found.setdefault(each.family, []).append(each)
        return found

    def match(self, words: str) -> tuple[Command | None, str]:
        """The command that these words begin with, and the words left over."""
        first, second, *_ = [*words.split(maxsplit=2), "", ""]
        for name in (f"{first} {second}".lower(), first.lower()):
            found = self.by_name.get(name)
            if found is not None and not found.clockwork:
                return found, _after(words, len(name.split()))
        return None, words


def _after(words: str, how_many: int) -> str:
    parts = words.split(maxsplit=how_many)
    return parts[how_many] if len(parts) > how_many else ""


@lru_cache(maxsize=1)
def registry() -> Registry:
    """All commands, collected from the files of ``bot/commands``."""
    package = importlib.import_module("bot.commands")
    modules = pkgutil.iter_modules(package.__path__, "bot.commands.")
    return collected(
        value
        for module in modules
        for value in vars(importlib.import_module(module.name)).values()
        if isinstance(value, Command)
    )


def collected(commands: Iterable[Command]) -> Registry:
    """These by their names; one may be met twice, where a file imports another's.

    Raises ValueError when two have one name: the one would silently take the other's place."""
    found: dict[str, Command] = {}
    for each in commands:
        if found.setdefault(each.name, each) is not each:
            raise ValueError(f"two commands are called {each.name}")
    return Registry(MappingProxyType(dict(sorted(found.items()))))
