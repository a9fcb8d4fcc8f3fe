"""Interactions as invocations: what was typed, pressed, picked, sent. Pure; fetches nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from adapters.discord.commands import SAVE_AS_CONTACT
from adapters.discord.modal import DRAFT
from bot.command import Registry
from bot.invocation import Actor, Invocation, Place, read_id

Json = Mapping[str, Any]
SURFACE = "discord"
COMMAND, COMPONENT, AUTOCOMPLETE, SUBMIT = 2, 3, 4, 5
CHAT, ON_USER, ON_MESSAGE = 1, 2, 3
SUBCOMMAND, ATTACHMENT = 1, 11
SELECTS = {3, 5}
LABEL, UPLOAD = 18, 19
MOST_TYPED = 6000


@dataclass(frozen=True, slots=True)
class Event:
    """An interaction as it came, without anything of the client library."""

    kind: int
    id: str
    token: str
    user: str
    name: str
    guild: str
    channel: str
    admin: bool
    data: Json
    barred: str = ""
    """Why we cannot post in this channel."""
    public: bool = False
    """It was done on a message that others see too."""
    looks: bool = False
    """It changes nothing, so that it may be pressed again."""

    @property
    def in_dm(self) -> bool:
        """Whether it happened where nobody else reads."""
        return not self.guild


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file that was sent, not yet fetched."""

    name: str
    url: str
    size: int


@dataclass(frozen=True, slots=True)
class Arrival:
    """An invocation; ``files`` are arguments still to be fetched.

    ``replaces``: the reply takes the place of the message that was acted on."""

    invocation: Invocation
    files: Mapping[str, FileRef] = field(default_factory=dict)
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class Typing:
    """An option being typed: what may it become?"""

    invocation: Invocation
    parameter: str
    typed: str


def actor(event: Event) -> Actor:
    """Who did it. Whoever may manage the server runs the cohort there."""
    return Actor(SURFACE, event.guild, event.user, event.name, admin=event.admin)


def arrival(event: Event, registry: Registry) -> Arrival:
    """What the interaction asks for. A message that others see is never replaced by an answer."""
    if event.kind in (SUBMIT, COMPONENT):
        found = _submitted(event) if event.kind == SUBMIT else _pressed(event)
        return replace(found, replaces=found.replaces and not event.public)
    if event.data.get("type", CHAT) != CHAT:
        return Arrival(_made(event, "contact add", arguments=_on_target(event.data)))
    name, options = _command(event.data, registry)
    files = _files(options, event.data)
    given = {each["name"]: _value(each) for each in options if each["name"] not in files}
    return Arrival(_made(event, name, arguments=given), files)


def typing(event: Event, registry: Registry) -> Typing | None:
    """The option that somebody is typing, with what stands in the others."""
    name, options = _command(event.data, registry)
    focused = next((each for each in options if each.get("focused")), None)
    if focused is None:
        return None
    given = {each["name"]: _value(each) for each in options if each is not focused}
    invocation = _made(event, name, arguments=given)
    return Typing(invocation, str(focused["name"]), str(focused.get("value", "")))


def said(event_id: str, user: str, name: str, channel: str, words: str) -> Invocation:
    """Plain words in a DM."""
    return Invocation(
        "snowball",
        Actor(SURFACE, "", user, name),
        Place(channel),
        f"{SURFACE}:{event_id}",
        typed=words[:MOST_TYPED],
        how="said",
    )


def _made(event: Event, command: str, **how: Any) -> Invocation:
    place = Place(event.channel, private=event.in_dm, barred=event.barred)
    return Invocation(command, actor(event), place, f"{SURFACE}:{event.id}", **how)


def _command(data: Json, registry: Registry) -> tuple[str, list[Json]]:
    """The command's full name as the registry has it, and its options."""
    name, options = str(data.get("name", "")), list(data.get("options", ()))
    while options and options[0].get("type") == SUBCOMMAND:
        name, options = f"{name} {options[0]['name']}", list(options[0].get("options", ()))
    known = registry.get(name)
    return (known.name if known is not None else name), options


def _value(option: Json) -> str:
    value = option.get("value", "")
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _files(options: list[Json], data: Json) -> dict[str, FileRef]:
    sent = data.get("resolved", {}).get("attachments", {})
    return {
        each["name"]: _ref(sent[each["value"]])
        for each in options
        if each.get("type") == ATTACHMENT and each.get("value") in sent
    }


def _ref(attachment: Json) -> FileRef:
    return FileRef(
        str(attachment["filename"]), str(attachment["url"]), int(attachment.get("size", 0))
    )


def _on_target(data: Json) -> dict[str, str]:
    """Somebody's profile gives a name; a message gives what it says, and the form asks the name."""
    target, resolved = str(data.get("target_id", "")), data.get("resolved", {})
    if data.get("name") != SAVE_AS_CONTACT:
        return {}
    user = resolved.get("users", {}).get(target)
    if user is not None:
        member = resolved.get("members", {}).get(target, {})
        shown = member.get("nick") or user.get("global_name") or user.get("username")
        return {"name": str(shown or "")}
    words = str(resolved.get("messages", {}).get(target, {}).get("content", ""))
    return {"notes": words[:MOST_TYPED]} if words.strip() else {}


def _pressed(event: Event) -> Arrival:
    """A button's id is its invocation; a menu's is that of the option picked."""
    values = event.data.get("values") or ()
    picked = event.data.get("component_type") in SELECTS and values
    press = read_id(str(values[0] if picked else event.data.get("custom_id", "")))
    invocation = _made(
        event,
        press.call.command,
        arguments=dict(press.call.arguments),
        cohort=press.cohort,
        how="pressed",
    )
    return Arrival(invocation, replaces=press.replaces)


def _submitted(event: Event) -> Arrival:
    press = read_id(str(event.data.get("custom_id", "")))
    given: dict[str, str] = {}
    files: dict[str, FileRef] = {}
    sent = event.data.get("resolved", {}).get("attachments", {})
    for each in _fields(event.data.get("components", ())):
        values = each.get("values") or ()
        if each.get("type") == UPLOAD:  # left empty, the file that was sent before stays
            files |= {str(each["custom_id"]): _ref(sent[v]) for v in values if v in sent}
        elif "value" in each:
            given[str(each["custom_id"])] = str(each["value"] or "")
        elif "custom_id" in each:
            given[str(each["custom_id"])] = str(values[0]) if values else ""
    invocation = _made(
        event,
        press.call.command,
        arguments=given,
        draft=press.call.arguments.get(DRAFT, ""),
        cohort=press.cohort,
        how="form",
    )
    return Arrival(invocation, files, press.replaces)


def _fields(components: Any) -> Iterator[Json]:
    for component in components:
        if component.get("type") == LABEL:
            yield component.get("component", {})
        else:
            yield from component.get("components", ())
