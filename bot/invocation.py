"""The one small value that every event becomes, and its written form for buttons.

A button is an invocation written in advance (``interview.log?person=17``); it carries no authority.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal
from urllib.parse import parse_qsl, quote, urlencode

WRITTEN_LIMIT = 75
"""Characters of a written call: what the value of a Slack option holds (@slack/types, Option).

Discord's custom_id holds 100 (docs: message components); the rest is for the cohort's number before
it and the renderer's number after it, which keeps ids unique."""


@dataclass(frozen=True, slots=True)
class Call:
    """A command with arguments as they would be typed: what a button or a reminder holds."""

    command: str
    arguments: Mapping[str, str] = field(default_factory=dict)


def call(command: str, /, **arguments: str | int | None) -> Call:
    """A call; arguments that are None are left out."""
    return Call(
        command, {name: str(given) for name, given in arguments.items() if given is not None}
    )


def write(of: Call) -> str:
    """``interview.log?person=17``."""
    name = of.command.replace(" ", ".")
    query = urlencode(dict(of.arguments), quote_via=quote, safe="", errors="replace")
    return f"{name}?{query}" if query else name


def read(written: str) -> Call:
    """The call that :func:`write` wrote. Anything else becomes a call of no known command."""
    name, _, query = written.partition("?")
    return Call(name.replace(".", " "), dict(parse_qsl(query, keep_blank_values=True)))


@dataclass(frozen=True, slots=True)
class Press:
    """What a button's id says: the call, its cohort, and whether the reply replaces the message."""

    call: Call
    cohort: int | None = None
    replaces: bool = False


def write_id(of: Call, cohort: int, number: int, *, replaces: bool = False) -> str:
    """A button's id: ``3!interview.log?person=17#2``; ``number`` makes it unique in its message."""
    return f"{cohort}{'!' if replaces else ':'}{write(of)}#{number}"


def read_id(written: str) -> Press:
    """What :func:`write_id` wrote. Anything else becomes a call of no known command."""
    found = re.fullmatch(r"(\d{1,12})([!:])([^#]*)(?:#\d+)?", written)
    if found is None:
        return Press(Call("?"))
    return Press(read(found[3]), int(found[1]), found[2] == "!")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, as the surface knows them.

    ``zone`` is an IANA name or "" where the surface does not tell; ``admin`` is true for those who
    run the workspace (they are organisers), None where the surface could not be asked.
    """

    surface: str
    workspace: str
    user: str
    name: str
    zone: str = ""
    admin: bool | None = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where it happened: the surface's own id of the channel, and whether nobody else reads it."""

    channel: str = ""
    private: bool = True
    barred: str = ""
    """Why we cannot write here on our own, as the surface says it; "" as far as it can tell."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file from the chat, already fetched."""

    name: str
    content: bytes


Given = str | Upload


@dataclass(frozen=True, slots=True)
class Invocation:
    """Somebody types, presses, picks, submits or opens.

    ``key``: the surface's own id of the event; one already seen does nothing more.
    ``typed``: words after the command, not yet taken apart.
    ``draft``: the form that is submitted (``how == "form"``).
    ``cohort``: named by the button or form, where one was.
    """

    command: str
    actor: Actor
    place: Place
    key: str
    arguments: Mapping[str, Given] = field(default_factory=dict)
    typed: str = ""
    draft: str = ""
    cohort: int | None = None
    how: Literal["typed", "pressed", "form", "said"] = "typed"


def with_whole_characters(of: Invocation) -> Invocation:
    """Half characters, which neither a database nor a chat takes, become question marks."""
    arguments = {
        name: given if isinstance(given, Upload) else _whole(given)
        for name, given in of.arguments.items()
    }
    return replace(of, command=_whole(of.command), typed=_whole(of.typed), arguments=arguments)


def _whole(words: str) -> str:
    return words if words.isascii() else words.encode(errors="replace").decode()
