"""Typed text taken apart: one positional value, then ``name: value`` pairs of this very command."""

import re

from bot.command import Command

_QUOTES = {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'"}
_NAMED = re.compile(r"(?:^|(?<=\s))([a-z][a-z_-]*):\s*", re.IGNORECASE)


def take_apart(typed: str, command: Command) -> dict[str, str]:
    """The arguments in what was typed after the command.

    A value runs to the next ``name:`` that names one of this command's parameters, unless it is
    quoted; straight and curly quotes are the same.
    """
    names = {each.name.replace("_", "-"): each.name for each in command.visible}
    found: dict[str, str] = {}
    starts = list(_named(typed, names))
    before = typed[: starts[0][1]] if starts else typed
    positional = _unquoted(before)
    if positional and command.visible:
        found[command.visible[0].name] = positional
    for number, (name, _start, begin) in enumerate(starts):
        end = starts[number + 1][1] if number + 1 < len(starts) else len(typed)
        value = _unquoted(typed[begin:end])
        if value:
            found[name] = value
    return found


def _named(typed: str, names: dict[str, str]) -> list[tuple[str, int, int]]:
    quoted = _quoted_spans(typed)
    return [
        (names[key], found.start(), found.end())
        for found in _NAMED.finditer(typed)
        if (key := found.group(1).lower().replace("_", "-")) in names
        and not any(start < found.start() < end for start, end in quoted)
    ]


def _quoted_spans(typed: str) -> list[tuple[int, int]]:
    straight = "".join(_QUOTES.get(each, each) for each in typed)
    return [found.span() for found in re.finditer(r'"[^"]*"', straight)]


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) > 1:
        first, last = (_QUOTES.get(each, each) for each in (value[0], value[-1]))
        if first == last and first in "\"'":
            return value[1:-1].strip()
    return value
