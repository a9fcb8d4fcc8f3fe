"""Arguments read by their kinds: every value or, for each that cannot be, a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.command import Command, Parameter
from bot.context import Context
from bot.invocation import Given, Upload
from bot.parameters import FileKind
from bot.refusal import AmbiguousError, BadValueError
from bot.reply import Text


@dataclass(frozen=True, slots=True)
class Arguments:
    """What was read. ``missing``: required parameters without a value; ``bad``: what to mend."""

    values: Mapping[str, Any]
    missing: tuple[str, ...] = ()
    bad: Mapping[str, Text] = field(default_factory=dict)


def read_arguments(command: Command, given: Mapping[str, Given], ctx: Context) -> Arguments:
    """Every parameter's value. Raises AmbiguousError, with its parameter, to ask which."""
    values: dict[str, Any] = {}
    missing: list[str] = []
    bad: dict[str, Text] = {}
    for each in command.parameters:
        raw = given.get(each.name)
        if raw is None or raw == "":
            values[each.name] = each.default
            if each.required and not given.get(each.unless):
                missing.append(each.name)
            continue
        try:
            values[each.name] = read_one(each, raw, ctx)
        except BadValueError as error:
            bad[each.name] = error.said
        except AmbiguousError as error:
            error.parameter = each.name
            raise
    return Arguments(values, tuple(missing), bad)


def read_one(parameter: Parameter, raw: Given, ctx: Context) -> Any:
    """One value. Raises BadValueError or AmbiguousError."""
    if isinstance(raw, Upload):
        if isinstance(parameter.kind, FileKind):
            return raw
        raw = raw.name
    return parameter.kind.parse(raw, ctx)
