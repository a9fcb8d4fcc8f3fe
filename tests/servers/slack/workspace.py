"""The state of the stand-in: workspaces, people, channels, messages, views, triggers, files.

It holds and finds; the rules of each Web API method are in the method's own file.
"""

import itertools
import math
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.servers.slack import limits
from tests.servers.slack.reading import block_pings, pings, read_blocks, read_mrkdwn

Json = dict[str, Any]


class SlackError(Exception):
    """What Slack answers with ``ok: false``; ``extra`` goes beside the error."""

    def __init__(self, error: str, **extra: Any) -> None:
        super().__init__(error, extra)
        self.error = error
        self.extra = extra


@dataclass
class Account:
    """A person's or a bot's row in one workspace, as ``users.info`` shows it."""

    id: str
    name: str
    tz: str = "UTC"
    admin: bool = False
    bot: bool = False
    deleted: bool = False
    status_emoji: str = ""
    status_expiration: int = 0
    email: str = ""

    @property
    def username(self) -> str:
        """The handle made from the name."""
        return self.name.lower().replace(" ", ".")


@dataclass
class Channel:
    """A conversation. ``kind`` is channel, private, im or mpim."""

    id: str
    name: str
    kind: str
    members: set[str]
    archived: bool = False


@dataclass
class Message:
    """A message as kept by Slack; ``private_to`` makes it ephemeral."""

    channel: Channel
    ts: str
    author: str
    text: str
    blocks: list[Json]
    order: int
    private_to: str | None = None
    metadata: Json | None = None
    files: list[Json] = field(default_factory=list)
    deleted: bool = False
    edited: bool = False
    by_bot: bool = True
    changed: int = 0
    at: float = 0.0

    def plain(self, tz: str = "UTC") -> str:
        """The message as its reader sees it."""
        body = read_blocks(self.blocks, tz) if self.blocks else read_mrkdwn(self.text, tz)
        return "\n".join([body, *(f"(file: {file['name']})" for file in self.files)]).strip()

    @property
    def pings(self) -> list[str]:
        """Whom it would call, by its text or its blocks."""
        return pings(self.text) + block_pings(self.blocks)

    def as_json(self) -> Json:
        """The message as payloads and histories carry it."""
        shown: Json = {"type": "message", "user": self.author, "text": self.text, "ts": self.ts}
        shown |= {"blocks": self.blocks, "team": "T1"} if self.blocks else {}
        shown |= {"bot_id": "B1", "app_id": "A1"} if self.by_bot else {}
        shown |= {"files": self.files} if self.files else {}
        shown |= {"edited": {"user": self.author, "ts": self.ts}} if self.edited else {}
        return shown


@dataclass
class View:
    """A modal or home tab that is open for somebody."""

    id: str
    hash: str
    owner: str
    content: Json
    root: str
    previous: str | None
    order: int
    state: dict[str, dict[str, Json]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


@dataclass
class Trigger:
    """A trigger_id: three seconds, one exchange."""

    id: str
    owner: str
    at: float
    from_view: str | None
    used: bool = False


@dataclass
class ResponseUrl:
    """A response_url: thirty minutes, five uses, bound to a channel and perhaps a message."""

    secret: str
    channel: Channel
    owner: str
    at: float
    source: Message | None
    uses: int = 0


class Workspace:
    """One Slack team with the app installed."""

    def __init__(self, team: str, name: str, clock: Callable[[], float]) -> None:
        self.team, self.name, self.clock = team, name, clock
        self.domain = name.lower().replace(" ", "-")
        number = team.lstrip("T") or "1"
        self.bot = Account(f"UBOT{number}", "Snowball", bot=True)
        self.bot_id = f"B{number}"
        self.bot_token = f"xoxb-{team}-stand-in"
        self.installed = True
        self.shows_until = math.inf
        self.accounts: dict[str, Account] = {self.bot.id: self.bot}
        self.channels: dict[str, Channel] = {}
        self.messages: list[Message] = []
        self.stacks: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}
        self.triggers: dict[str, Trigger] = {}
        self.response_urls: dict[str, ResponseUrl] = {}
        self.files: dict[str, Json] = {}
        self._numbers = itertools.count(1)
        self.add_channel("general", {self.bot.id})

    def number(self) -> int:
        """The next number; what happened later has the greater one."""
        return next(self._numbers)

    # people and places

    def add_person(self, name: str, **about: Any) -> Account:
        """A new member of the workspace, in #general."""
        account = Account(f"U{self.team[1:]}{self.number():04d}", name, **about)
        self.accounts[account.id] = account
        self.channel("general").members.add(account.id)
        return account

    def add_channel(self, name: str, members: set[str], kind: str = "channel") -> Channel:
        """A new conversation."""
        letter = {"im": "D", "mpim": "G", "private": "G"}.get(kind, "C")
        made = Channel(f"{letter}{self.team[1:]}{self.number():04d}", name, kind, members)
        self.channels[made.id] = made
        return made

    def channel(self, name_or_id: str) -> Channel:
        """A channel by its id or its name."""
        for channel in self.channels.values():
            if name_or_id in {channel.id, channel.name}:
                return channel
        raise SlackError("channel_not_found")

    def conversation_of(self, *people: str) -> Channel:
        """The DM of exactly these accounts; opened when there is none."""
        wanted = set(people)
        for channel in self.channels.values():
            if channel.kind in {"im", "mpim"} and channel.members == wanted:
                return channel
        kind = "im" if len(wanted) == 2 else "mpim"
        return self.add_channel("directmessage" if kind == "im" else "mpdm", wanted, kind)

    def account(self, user: str) -> Account:
        """An account by id."""
        if user not in self.accounts:
            raise SlackError("user_not_found")
        return self.accounts[user]

    # messages

    def post(self, channel: Channel, author: str, text: str, blocks: list[Json]) -> Message:
        """Adds a message to a conversation."""
        order = self.number()
        stamp = f"{int(self.clock())}.{order:06d}"
        blocks = [self._with_ids(block) for block in blocks]
        made = Message(channel, stamp, author, text, blocks, order, at=self.clock())
        made.by_bot, made.changed = self.accounts[author].bot, order
        self.messages.append(made)
        return made

    def rewrite(self, message: Message, text: str, blocks: list[Json]) -> None:
        """Replaces what a message says; it keeps its place."""
        message.text, message.edited, message.changed = text, True, self.number()
        message.blocks = [self._with_ids(block) for block in blocks]

    def message(self, channel: Channel, ts: str) -> Message | None:
        """A message by its timestamp."""
        for message in self.messages:
            if message.channel is channel and message.ts == ts and not message.deleted:
                return message
        return None

    def visible_to(self, user: str) -> list[Message]:
        """What this person can read, oldest first."""
        return [
            message
            for message in self.messages
            if user in message.channel.members
            and message.private_to in {None, user}
            and not message.deleted
        ]

    def _with_ids(self, block: Json) -> Json:
        with_id = {**block, "block_id": block.get("block_id") or secrets.token_hex(3)}
        if block["type"] == "actions":
            with_id["elements"] = [self._with_action(element) for element in block["elements"]]
        for part in ("accessory", "element"):
            if part in block:
                with_id[part] = self._with_action(block[part])
        return with_id

    def _with_action(self, element: Json) -> Json:
        return {**element, "action_id": element.get("action_id") or secrets.token_hex(3)}

    # triggers, views

    def new_trigger(self, owner: str, from_view: str | None = None) -> Trigger:
        """A trigger_id for something that a person did just now."""
        made = Trigger(
            f"{self.number()}.{self.team[1:]}.{secrets.token_hex(16)}",
            owner,
            self.clock(),
            from_view,
        )
        self.triggers[made.id] = made
        return made

    def exchange(self, trigger_id: str) -> Trigger:
        """Uses a trigger up, or says why not."""
        trigger = self.triggers.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if self.clock() - trigger.at > limits.TRIGGER_SECONDS.most:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger

    def new_view(self, owner: str, content: Json, previous: View | None = None) -> View:
        """A view with its ids filled in and its initial values as its state."""
        order = self.number()
        filled = {**content, "blocks": [self._with_ids(block) for block in content["blocks"]]}
        view_id = f"V{self.team[1:]}{order:04d}"
        root = previous.root if previous else view_id
        made = View(
            view_id,
            f"{order}.{secrets.token_hex(4)}",
            owner,
            filled,
            root,
            previous.id if previous else None,
            order,
        )
        made.state = initial_state(filled["blocks"])
        return made

    def refill(self, view: View, content: Json) -> None:
        """Replaces a view's content; inputs that keep their ids keep what was typed."""
        fresh = self.new_view(view.owner, content)
        for block_id, actions in fresh.state.items():
            for action_id in actions:
                kept = view.state.get(block_id, {}).get(action_id)
                actions[action_id] = kept or actions[action_id]
        view.content, view.state, view.hash = fresh.content, fresh.state, fresh.hash
        view.errors, view.order = {}, fresh.order

    def view(self, view_id: str) -> View:
        """An open view by id."""
        opened = [view for stack in self.stacks.values() for view in stack]
        for view in [*opened, *self.homes.values()]:
            if view.id == view_id:
                return view
        raise SlackError("not_found")

    def new_response_url(
        self, channel: Channel, owner: str, source: Message | None = None
    ) -> ResponseUrl:
        """A response_url for an interaction in a conversation."""
        made = ResponseUrl(secrets.token_hex(12), channel, owner, self.clock(), source)
        self.response_urls[made.secret] = made
        return made


_INITIAL = {
    "initial_value": "value",
    "initial_option": "selected_option",
    "initial_options": "selected_options",
    "initial_date": "selected_date",
    "initial_time": "selected_time",
    "initial_date_time": "selected_date_time",
    "initial_user": "selected_user",
}


def initial_state(blocks: list[Json]) -> dict[str, dict[str, Json]]:
    """What ``view.state.values`` holds before anybody types."""
    state: dict[str, dict[str, Json]] = {}
    for block in blocks:
        if block["type"] == "input":
            element = block["element"]
            value: Json = {"type": element["type"], **empty_value(element["type"])}
            value |= {
                theirs: element[initial]
                for initial, theirs in _INITIAL.items()
                if initial in element
            }
            state[block["block_id"]] = {element["action_id"]: value}
    return state


def empty_value(kind: str) -> Json:
    """The value of an input left alone."""
    if kind.endswith("_input"):
        return {"files": []} if kind == "file_input" else {"value": None}
    if kind == "checkboxes" or kind.startswith("multi_"):
        return {"selected_options": []}
    if kind == "users_select":
        return {"selected_user": None}
    if kind.endswith("picker"):
        names = {"datepicker": "date", "timepicker": "time", "datetimepicker": "date_time"}
        return {f"selected_{names[kind]}": None}
    return {"selected_option": None}
