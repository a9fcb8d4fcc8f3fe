"""The state of the stand-in: one guild, its people, channels, messages, commands, interactions."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from tests.servers.discord import limits
from tests.servers.discord.errors import NO_ACCESS, NO_PERMISSION, UNKNOWN_CHANNEL, Json, Refused

EPOCH_MS = 1420070400000
LOOK_AGAIN = 0.02
TEXT_CHANNEL, DM_CHANNEL, THREAD, PRIVATE_THREAD = 0, 1, 11, 12
MANAGE_GUILD = 0x20
VIEW, SEND, CREATE_PRIVATE, SEND_IN_THREADS, CREATE_EVENTS = (
    1 << 10,
    1 << 11,
    1 << 36,
    1 << 38,
    1 << 44,
)
MANAGE_EVENTS = 1 << 33
BOT_MAY = 2248473465835073 | CREATE_PRIVATE | SEND_IN_THREADS | CREATE_EVENTS
"""What the app may do: everybody's permissions, and what docs/running/discord.md asks for."""
ORDINARY = 0x400 | 0x800 | 0x4000 | 0x8000 | 0x10000 | 0x80000000
_numbers = count(1)


def snowflake() -> str:
    """A new id, as Discord makes them: milliseconds since its epoch, then a counter."""
    return str(((time.time_ns() // 1_000_000 - EPOCH_MS) << 22) + next(_numbers) % (1 << 22))


@dataclass(eq=False)
class Account:
    """Somebody on Discord; ``dms_open`` is false for those who block the bot."""

    name: str
    locale: str = "en-US"
    admin: bool = False
    bot: bool = False
    dms_open: bool = True
    in_guild: bool = True
    id: str = field(default_factory=snowflake)

    @property
    def permissions(self) -> str:
        """The permission bits in the guild, as the wire has them."""
        return str(ORDINARY | (MANAGE_GUILD if self.admin else 0))


@dataclass(eq=False)
class Channel:
    """A channel, a DM or a thread."""

    kind: int
    name: str = ""
    recipient: Account | None = None
    parent: "Channel | None" = None
    id: str = field(default_factory=snowflake)
    last_message: str | None = None
    people: set[str] = field(default_factory=set)
    """Who is in a private thread, by id."""
    archived: bool = False

    @property
    def is_thread(self) -> bool:
        """Whether it hangs below a channel."""
        return self.kind in {THREAD, PRIVATE_THREAD}

    @property
    def is_dm(self) -> bool:
        """Whether it is a DM with the bot."""
        return self.kind == DM_CHANNEL


@dataclass(eq=False)
class StoredFile:
    """An uploaded file."""

    filename: str
    content: bytes
    content_type: str = "application/octet-stream"
    description: str | None = None
    id: str = field(default_factory=snowflake)


@dataclass(eq=False)
class Message:
    """A message; ``only_for`` makes it ephemeral."""

    channel: Channel
    author: Account
    body: Json
    files: list[StoredFile] = field(default_factory=list)
    only_for: Account | None = None
    interaction: "Interaction | None" = None
    edited: bool = False
    deleted: bool = False
    born: float = field(default_factory=time.time)
    id: str = field(default_factory=snowflake)

    @property
    def flags(self) -> int:
        """The message's flags."""
        return int(self.body.get("flags") or 0)


@dataclass(eq=False)
class Interaction:
    """Something a person did, waiting for the app's answer."""

    kind: int
    by: Account
    channel: Channel
    data: Json
    born: float
    message: Message | None = None
    from_component: bool = False
    id: str = field(default_factory=snowflake)
    token: str = field(default_factory=lambda: f"stand-in.{snowflake()}.{'x' * 150}")
    answered: int | None = None
    answered_after: float = 0.0
    original: Message | None = None
    modal: Json | None = None
    choices: list[Json] | None = None
    settled: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass
class Request:
    """What the app asked of the API, and what it was told."""

    method: str
    path: str
    body: Any
    status: int
    answer: Any
    files: int = 0


class World:
    """Everything there is, with a clock that tests may move."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.app_id = snowflake()
        self.token = f"{self.app_id}.stand-in.token"
        self.bot = Account("Snowball", bot=True, id=self.app_id)
        self.owner = Account("Owner", admin=True)
        self.guild_id = snowflake()
        self.guild_name = "Spring cohort"
        self.guild_locale = "en-US"
        self.general = Channel(TEXT_CHANNEL, "general")
        self.accounts: dict[str, Account] = {a.id: a for a in (self.bot, self.owner)}
        self.channels: dict[str, Channel] = {self.general.id: self.general}
        self.messages: dict[str, Message] = {}
        self.commands: dict[str, list[Json]] = {"": []}
        self.interactions: dict[str, Interaction] = {}
        self.uploads: dict[str, StoredFile] = {}
        self.events: dict[str, Json] = {}
        self.nonces: dict[tuple[str, str], tuple[float, Message]] = {}
        self.requests: list[Request] = []
        self.sent_events: list[Json] = []
        self.bot_may = BOT_MAY
        self.allowed_privileged = 0
        self.ahead = 0.0
        self.listeners: list[Callable[[Message], None]] = []
        self._changed = asyncio.Event()

    def now(self) -> float:
        """Seconds, moved on by what tests skipped."""
        return self.clock() + self.ahead

    def changed(self) -> None:
        """Wake whoever waits for something to be so."""
        self._changed.set()

    async def until(self, holds: Callable[[], Any], within: float = 10.0) -> None:
        """Wait until something holds, or fail; looks after every change here, and now and then."""
        async with asyncio.timeout(within):
            while not holds():
                self._changed.clear()
                with suppress(TimeoutError):  # wait_for may take the outer one's end for its own
                    async with asyncio.timeout(LOOK_AGAIN):
                        await self._changed.wait()

    def add_person(self, account: Account) -> Account:
        """Somebody new."""
        self.accounts[account.id] = account
        return account

    def channel(self, channel_id: str) -> Channel:
        """The channel of that id, or error 10003."""
        found = self.channels.get(channel_id)
        if found is None:
            raise Refused(*UNKNOWN_CHANNEL)
        return found

    def require(self, permission: int) -> None:
        """Error 50013 where the app lacks a permission."""
        if not self.bot_may & permission:
            raise Refused(*NO_PERMISSION)

    def may_post(self, channel: Channel) -> None:
        """Errors 50001 and 50013 where the app cannot read or write; DMs know no permissions."""
        if channel.is_dm:
            return
        if not self.bot_may & VIEW or (channel.kind == PRIVATE_THREAD and self.bot.id not in channel.people):  # fmt: skip  # noqa: E501
            raise Refused(*NO_ACCESS)
        self.require(SEND_IN_THREADS if channel.is_thread else SEND)

    def dm_with(self, account: Account) -> Channel:
        """The DM of the bot with somebody, made on first use."""
        for channel in self.channels.values():
            if channel.recipient is account:
                return channel
        made = Channel(DM_CHANNEL, recipient=account)
        self.channels[made.id] = made
        return made

    def keep(self, message: Message) -> Message:
        """Store a new message and tell those who can see it."""
        self.messages[message.id] = message
        message.channel.last_message = message.id
        self.show(message)
        return message

    def show(self, message: Message) -> None:
        """A message is new or changed on the screens of those who can see it."""
        for listener in self.listeners:
            listener(message)
        self.changed()

    def same_nonce(self, channel: Channel, nonce: str) -> Message | None:
        """The message already made with this nonce, while Discord remembers it."""
        made = self.nonces.get((channel.id, nonce))
        if made is None or self.now() - made[0] > limits.NONCE_SECONDS:
            return None
        return made[1]
