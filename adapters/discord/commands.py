"""The registry as application commands: a family is a command, its verbs subcommands. Pure."""

from typing import Any

from adapters.discord import limits
from adapters.discord.limits import cut
from bot.command import Command, Parameter, Registry
from bot.parameters import NumberKind
from bot.reply import Choose, Line, LongLine, PickFile, PickMember

Json = dict[str, Any]
CHAT, ON_USER, ON_MESSAGE = 1, 2, 3
SUBCOMMAND, STRING, INTEGER, USER, ATTACHMENT = 1, 3, 4, 6, 11
IN_GUILD, IN_BOT_DM = 0, 1
GUILD_INSTALL = 0
SAVE_AS_CONTACT = "Save as contact"
CONTEXT_MENUS = ((SAVE_AS_CONTACT, ON_USER), (SAVE_AS_CONTACT, ON_MESSAGE))
FAMILIES = {
    "alum": "Find alumni, and see who they are.",
    "ask": "Ask somebody for twenty minutes.",
    "checkin": "Check in on your week.",
    "cohort": "For organisers: run the cohort.",
    "contact": "The people you know or hope to meet.",
    "event": "Events, and who goes.",
    "interview": "Your talks: before and after.",
    "intro": "Introductions, with both sides' yes.",
    "mydata": "Everything about you: take it, see it, delete it.",
    "network": "Your network, and what comes next.",
    "settings": "When and how I write to you.",
    "thanks": "Thank people with the tip that helped.",
}


def application_commands(registry: Registry) -> list[Json]:
    """The whole list, as it is registered."""
    made = [_family(name, commands) for name, commands in registry.families().items()]
    return made + [_everywhere({"name": name, "type": kind}) for name, kind in CONTEXT_MENUS]


def _everywhere(made: Json) -> Json:
    """In servers and in the DM with us, for everybody: rights are looked at when it runs."""
    return made | {"contexts": [IN_GUILD, IN_BOT_DM], "integration_types": [GUILD_INSTALL]}


def _family(name: str, commands: list[Command]) -> Json:
    only = commands[0]
    if len(commands) == 1 and not only.verb:
        return _everywhere({"type": CHAT} | _described(name, only.about) | _options(only))
    about = FAMILIES.get(name, only.about)
    verbs = [
        {"type": SUBCOMMAND} | _described(each.verb, each.about) | _options(each)
        for each in commands
        if each.verb
    ]
    return _everywhere({"type": CHAT} | _described(name, about) | {"options": verbs})


def _described(name: str, about: str) -> Json:
    words = (about or name)[:1].upper() + (about or name)[1:]
    return {"name": name, "description": cut(words, limits.DESCRIPTION)}


def _options(command: Command) -> Json:
    """What is typed with the command; where a form can ask, nothing has to be."""
    has_form = any(each.in_form for each in command.parameters)
    typed = [each for each in command.visible if each.typed]
    typed.sort(key=lambda each: not (each.required and not has_form))
    options = [_option(each, each.required and not has_form) for each in typed]
    return {"options": options} if options else {}


def _option(each: Parameter, required: bool) -> Json:
    made = _described(each.name, each.about) | ({"required": True} if required else {})
    if isinstance(each.kind, NumberKind):
        return made | {"type": INTEGER, "min_value": each.kind.least, "max_value": each.kind.most}
    match each.kind.widget():
        case PickMember():
            return made | {"type": USER}
        case PickFile():
            return made | {"type": ATTACHMENT}
        case Choose(choices) if len(choices) <= limits.CHOICES:
            listed = [
                {"name": cut(choice.label, limits.CHOICE), "value": choice.value}
                for choice in choices
            ]
            return made | {"type": STRING, "choices": listed}
        case Line(max_length) | LongLine(max_length):
            made |= {"type": STRING, "max_length": max_length}
            return made | ({"autocomplete": True} if each.kind.suggests else {})
        case _:
            return made | {"type": STRING, "autocomplete": True}
