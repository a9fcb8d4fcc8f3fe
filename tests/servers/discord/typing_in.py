"""Typing a slash command as the Discord client does: only what is registered can be typed."""

from dataclasses import dataclass, field
from typing import Any, Protocol

from tests.servers.discord import limits, wire
from tests.servers.discord.errors import Json
from tests.servers.discord.world import MANAGE_GUILD, Account, Channel, StoredFile, World

STRING, INTEGER, BOOLEAN, USER, CHANNEL, NUMBER, ATTACHMENT = 3, 4, 5, 6, 7, 10, 11


class CannotTypeError(AssertionError):
    """The client does not let a person type this."""


class HasAccount(Protocol):
    """A person, as an option's value."""

    account: Account


@dataclass
class Typed:
    """A command with its options, resolved against what is registered."""

    data: Json
    resolved: Json = field(default_factory=dict)


def find_command(world: World, name: str, kind: int, who: Account, where: Channel) -> Json:
    """The registered command, if this person may use it here."""
    registered = [*world.commands.get(world.guild_id, []), *world.commands[""]]
    for command in registered:
        if command["name"] != name or command["type"] != kind:
            continue
        contexts = command.get("contexts")
        if contexts is not None and (1 if where.is_dm else 0) not in contexts:
            raise CannotTypeError(
                f"/{name} is not offered in {'a DM' if where.is_dm else 'a guild'}"
            )
        needs = command.get("default_member_permissions")
        if needs is not None and not where.is_dm and not (who.admin and int(needs) & MANAGE_GUILD):
            raise CannotTypeError(f"/{name} is not shown to {who.name}")
        return command
    raise CannotTypeError(f"/{name} is not registered; there are {[c['name'] for c in registered]}")


class Typing:
    """Turns words and given options into the data of an interaction."""

    def __init__(self, world: World, upload: Any) -> None:
        self.world = world
        self.upload = upload
        self.resolved: Json = {}

    def command(
        self, words: str, given: dict[str, Any], who: Account, where: Channel, focus: str = ""
    ) -> Json:
        """``/alum find`` with options; ``focus`` names the one still being typed."""
        name, *path = words.removeprefix("/").split()
        command = find_command(self.world, name, 1, who, where)
        declared, chain = command.get("options") or [], []
        for step in path:
            inside = [one for one in declared if one["name"] == step and one["type"] in (1, 2)]
            if not inside:
                raise CannotTypeError(f"{words}: there is no {step}")
            chain.append(inside[0])
            declared = inside[0].get("options") or []
        if any(one["type"] in (1, 2) for one in declared):
            raise CannotTypeError(f"{words} wants one of {[one['name'] for one in declared]}")
        options = self._options(words, declared, dict(given), focus)
        for one in reversed(chain):
            options = [{"name": one["name"], "type": one["type"], "options": options}]
        data: Json = {"id": command["id"], "name": command["name"], "type": 1}
        if options:
            data["options"] = options
        if "guild_id" in command:
            data["guild_id"] = command["guild_id"]
        return data | ({"resolved": self.resolved} if self.resolved else {})

    def _options(
        self, words: str, declared: list[Json], given: dict[str, Any], focus: str
    ) -> list[Json]:
        options = []
        for one in declared:
            if one["name"] not in given:
                if one.get("required") and not focus:
                    raise CannotTypeError(f"{words}: {one['name']} is required")
                continue
            value = given.pop(one["name"])
            focused = one["name"] == focus
            if focused and not one.get("autocomplete"):
                raise CannotTypeError(f"{words}: {one['name']} does not complete")
            written = value if focused else self._value(words, one, value)
            made = {"name": one["name"], "type": one["type"], "value": written}
            options.append(made | ({"focused": True} if focused else {}))
        if given:
            raise CannotTypeError(f"{words} has no option {sorted(given)}")
        return options

    def _value(self, words: str, option: Json, value: Any) -> Any:
        if choices := option.get("choices"):
            for choice in choices:
                if value in (choice["name"], choice["value"]):
                    return choice["value"]
            raise CannotTypeError(f"{words}: {value} is no choice of {option['name']}")
        kind = option["type"]
        if kind == STRING:
            return self._string(words, option, str(value))
        if kind in (INTEGER, NUMBER):
            low, high = option.get("min_value"), option.get("max_value")
            if (low is not None and value < low) or (high is not None and value > high):
                raise CannotTypeError(f"{words}: {option['name']} is out of range")
            return int(value) if kind == INTEGER else float(value)
        if kind == BOOLEAN:
            return bool(value)
        return self._resolve(kind, value)

    def _string(self, words: str, option: Json, value: str) -> str:
        low = option.get("min_length") or 0
        high = option.get("max_length") or limits.STRING_OPTION
        if not low <= len(value) <= high or not value.strip():
            raise CannotTypeError(f"{words}: {option['name']} must have {low} to {high} characters")
        return value

    def _resolve(self, kind: int, value: Any) -> str:
        if kind == USER:
            account: Account = value.account
            users = self.resolved.setdefault("users", {})
            users[account.id] = wire.user(account)
            members = self.resolved.setdefault("members", {})
            members[account.id] = without(wire.member(account, with_user=False), "deaf", "mute") | {
                "permissions": account.permissions
            }
            return account.id
        if kind == ATTACHMENT:
            file: StoredFile = value
            self.resolved.setdefault("attachments", {})[file.id] = self.upload(file)
            return file.id
        if kind == CHANNEL:
            channel: Channel = value
            shown = without(wire.channel(self.world, channel), "position", "permission_overwrites")
            self.resolved.setdefault("channels", {})[channel.id] = shown
            return channel.id
        raise CannotTypeError(f"options of type {kind} are not known to the stand-in")


def without(body: Json, *keys: str) -> Json:
    """The same without some keys."""
    return {key: value for key, value in body.items() if key not in keys}
