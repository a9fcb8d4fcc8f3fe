"""What may be typed next in the composer: commands, then options by name, then values.

Pure but for the values, which the core suggests.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.command import Command, Parameter, Registry
from bot.domain.cohort import Role
from bot.reply import Choice

_NAMED = re.compile(r"(?:^|(?<=\s))([a-z][a-z_-]*):\s*", re.IGNORECASE)

Suggest = Callable[[Command, Parameter, str], list[Choice]]


@dataclass(frozen=True, slots=True)
class Proposal:
    """One line of the list. ``text``: the composer's words when it is taken.

    ``pick``: which value its label stands for, for the page to send along."""

    what: str
    about: str
    text: str
    pick: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Proposals of one sort."""

    title: str
    choices: list[Proposal]


@dataclass(frozen=True, slots=True)
class Completion:
    """What to show. ``enter_takes``: Enter takes the first, because the words are not whole yet."""

    groups: tuple[Group, ...] = ()
    enter_takes: bool = False


def complete(words: str, registry: Registry, suggest: Suggest, *, admin: bool) -> Completion:
    """Proposals for what is being typed; none for plain words."""
    if not words.startswith("/"):
        return Completion()
    command, _ = registry.match(words[1:])
    after = re.match(rf"/{re.escape(command.name)}\s", words, re.IGNORECASE) if command else None
    if command is None or after is None:
        return _commands(words, registry, admin=admin)
    typed = words[after.end() :]
    groups = (
        _values(words[: after.end()], typed, command, suggest),
        _options(words[: after.end()], typed, command),
    )
    return Completion(tuple(each for each in groups if each.choices))


def _commands(words: str, registry: Registry, *, admin: bool) -> Completion:
    wanted = " ".join(words[1:].lower().split())
    usable = [each for each in registry.listed() if admin or each.who is not Role.ORGANISER]
    starting = [each for each in usable if each.name.startswith(wanted)]
    others = [each for each in usable if wanted in each.name and each not in starting]
    found = [Proposal(each.typed, each.about, f"{each.typed} ") for each in [*starting, *others]]
    whole = registry.get(wanted) is not None
    return Completion((Group("", found),) if found else (), enter_takes=bool(found) and not whole)


def _values(begin: str, typed: str, command: Command, suggest: Suggest) -> Group:
    """Values of the parameter that is being typed."""
    parameter, start = _current(typed, command)
    if parameter is None or not parameter.kind.suggests:
        return Group("", [])
    found = suggest(command, parameter, typed[start:].strip())
    before = begin + typed[:start]
    return Group(
        f"{parameter.label}: {parameter.about}",
        [_value(before, parameter, choice) for choice in found if choice.label != typed[start:]],
    )


def _value(before: str, parameter: Parameter, choice: Choice) -> Proposal:
    pick = ""
    if choice.label != choice.value:
        kept = {"parameter": parameter.name, "label": choice.label, "value": choice.value}
        pick = json.dumps(kept, ensure_ascii=False)
    written = f'"{choice.label}"' if _NAMED.search(choice.label) else choice.label
    return Proposal(choice.label, "", f"{before}{written} ", pick)


def _current(typed: str, command: Command) -> tuple[Parameter | None, int]:
    """The parameter at the end of what is typed, and where its value begins."""
    named = [
        (parameter, found.end())
        for found in _NAMED.finditer(typed)
        if (parameter := _named(found[1], command)) is not None
    ]
    if named:
        return named[-1]
    first = next(iter(command.visible), None)
    return (first, 0) if first is not None and first.typed else (None, 0)


def _named(name: str, command: Command) -> Parameter | None:
    found = command.parameter(name.lower().replace("-", "_"))
    return found if found in command.visible else None


def _options(begin: str, typed: str, command: Command) -> Group:
    """Options not named yet that the last word may be the beginning of."""
    last = re.search(r"\S*$", typed)
    start = last.start() if last else len(typed)
    word = typed[start:].lower().replace("-", "_")
    given = {each.name for each in (_named(f[1], command) for f in _NAMED.finditer(typed)) if each}
    positional = command.visible[0].name if command.visible else ""
    if typed[:start].strip() and not _NAMED.match(typed):
        given.add(positional)
    found = [
        Proposal(
            f"{each.name.replace('_', '-')}:",
            each.about if each.required else f"{each.about} (optional)",
            f"{begin}{typed[:start]}{each.name.replace('_', '-')}: ",
        )
        for each in command.visible
        if each.typed and each.name not in given and each.name.startswith(word)
    ]
    return Group("Options" if found else "", found)
