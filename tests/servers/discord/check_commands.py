"""What Discord refuses when application commands are registered."""

import re
from typing import Any

from tests.servers.discord import limits
from tests.servers.discord.errors import Json, Spot, spot

CHAT, USER, MESSAGE = 1, 2, 3
SUBCOMMAND, GROUP, STRING, INTEGER, NUMBER = 1, 2, 3, 4, 10
# docs: letters, digits, ' _ - and the marks of Devanagari and Thai; lower case where there is one.
NAME = re.compile(r"^[-_'\w\u0900-\u097f\u0e00-\u0e7f]{1,32}$", re.UNICODE)


def check_commands(commands: Any) -> None:
    """A whole list, as it is put in place of the registered one."""
    top = spot()
    if not isinstance(commands, list):
        top.say("BASE_TYPE_CONVERT", "Only iterables may be used in a ListType")
        top.refuse()
    names: set[tuple[int, str]] = set()
    for index, command in enumerate(commands):
        _command(top.at(index), command)
        named = (command.get("type") or CHAT, str(command.get("name")))
        if named in names:
            top.at(index, "name").say(
                "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique"
            )
        names.add(named)
    most_of = {
        CHAT: limits.CHAT_COMMANDS,
        USER: limits.CONTEXT_COMMANDS,
        MESSAGE: limits.CONTEXT_COMMANDS,
    }
    for kind, most in most_of.items():
        if sum(1 for named in names if named[0] == kind) > most:
            top.say(
                "APPLICATION_COMMANDS_MAX", f"Maximum number of commands of type {kind}: {most}"
            )
    top.refuse()


def _command(here: Spot, command: Json) -> None:
    kind = command.get("type") or CHAT
    here.text(command, "name", limits.COMMAND_NAME, 1, needed=True)
    if kind != CHAT:
        if command.get("description") or command.get("options"):
            here.say("APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION", "Context menus have neither")
        return
    _named(here, command)
    options = command.get("options") or []
    kinds = {option.get("type") for option in options}
    if kinds & {SUBCOMMAND, GROUP} and kinds - {SUBCOMMAND, GROUP}:
        here.at("options").say(
            "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Subcommands stand alone"
        )
    _options(here.at("options"), options, depth=0)
    if _size(command) > limits.COMMAND_TOTAL:
        here.say(
            "APPLICATION_COMMAND_TOO_LARGE",
            f"Command exceeds maximum size ({limits.COMMAND_TOTAL})",
        )
    for key, most in (("contexts", 3), ("integration_types", 2)):
        given = command.get(key)
        if given is not None and (not given or len(set(given)) != len(given) or max(given) >= most):
            here.at(key).say("BASE_TYPE_CHOICES", "Not one of the known ones, each once")


def _named(here: Spot, body: Json) -> None:
    here.text(body, "description", limits.COMMAND_DESCRIPTION, 1, needed=True)
    name = str(body.get("name") or "")
    if not NAME.match(name) or name != name.lower():
        here.at("name").say("APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")


def _options(here: Spot, options: list[Json], depth: int) -> None:
    here.count(options, limits.COMMAND_OPTIONS)
    names = [option.get("name") for option in options]
    if len(set(names)) != len(names):
        here.say("APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_USED", "Option names must be unique")
    optional_seen = False
    for index, option in enumerate(options):
        spot_here = here.at(index)
        _named(spot_here, option)
        kind = option.get("type")
        if kind in {SUBCOMMAND, GROUP}:
            if depth > (1 if kind == SUBCOMMAND else 0):
                spot_here.at("type").say(
                    "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Nested too deep"
                )
            _options(spot_here.at("options"), option.get("options") or [], depth + 1)
            continue
        if option.get("required") and optional_seen:
            spot_here.say(
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                "Required options must be placed before non-required options",
            )
        optional_seen = optional_seen or not option.get("required")
        _value_option(spot_here, option)


def _value_option(here: Spot, option: Json) -> None:
    if option.get("type") not in range(3, 12):
        here.at("type").say("BASE_TYPE_CHOICES", "Unknown type of option")
    choices = option.get("choices") or []
    here.at("choices").count(choices, limits.COMMAND_CHOICES)
    for index, choice in enumerate(choices):
        here.at("choices", index).text(choice, "name", limits.CHOICE_NAME, 1, needed=True)
        if isinstance(choice.get("value"), str):
            here.at("choices", index).text(choice, "value", limits.CHOICE_VALUE, 1, needed=True)
    if option.get("autocomplete") and (
        choices or option.get("type") not in {STRING, INTEGER, NUMBER}
    ):
        here.at("autocomplete").say(
            "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID",
            "Not together with choices, nor on this type",
        )
    for key, low in (("min_length", 0), ("max_length", 1)):
        if option.get(key) is not None and not low <= option[key] <= limits.STRING_OPTION:
            here.at(key).say("NUMBER_TYPE_MAX", f"Between {low} and {limits.STRING_OPTION}")


def _size(body: Json) -> int:
    texts = len(body.get("name") or "") + len(body.get("description") or "")
    texts += sum(
        len(str(c.get("name"))) + len(str(c.get("value"))) for c in body.get("choices") or []
    )
    return texts + sum(_size(option) for option in body.get("options") or [])
