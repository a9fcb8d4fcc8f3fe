"""What was said in the playground, and who is listening: every tab hears of each change once."""

import asyncio
import secrets
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from whenever import Instant

from bot.reply import Answer

SNOWBALL = "snowball"
CHANNEL = "channel"
DM = "dm"
KEPT_MESSAGES = 2000
WITH, AND = "with ", "+"
"""How the name of a room begins that only some people see, and what stands between them."""


def room_of(members: Iterable[str]) -> str:
    """The room of these people: always the same one, whoever is named first."""
    return WITH + AND.join(sorted(members))


def people_in(place: str) -> tuple[str, ...]:
    """Who sees a room; nobody in particular for the class's channel and for DMs."""
    return tuple(place.removeprefix(WITH).split(AND)) if place.startswith(WITH) else ()


@dataclass(frozen=True, slots=True)
class Message:
    """One message. ``reader``: the only member who sees it; "" for all.

    ``change`` grows with every change anywhere, so a tab can ask for what it missed.
    """

    id: int
    place: str
    by: str
    at: Instant
    said: str | Answer
    cohort: int = 0
    reader: str = ""
    asked: str = ""
    """The command that a private reply in the channel answers."""
    nonce: str = ""
    """Names the row that this message settled."""
    change: int = 0

    def seen_by(self, member: str) -> bool:
        """Whether this member may see it."""
        among = people_in(self.place)
        return self.reader in ("", member) and (not among or member in among)


@dataclass(frozen=True, slots=True)
class ClockMoved:
    """The clock was moved, so every page's clock shows another time."""


Event = Message | ClockMoved | None
"""None: the server stops."""


@dataclass(slots=True)
class Transcript:
    """All messages of this run of the playground. Used from one event loop only."""

    run: str = field(default_factory=lambda: secrets.token_hex(4))
    change: int = 0
    changed: Callable[[Message], None] | None = None
    """Told of every new or changed message."""
    _messages: dict[int, Message] = field(default_factory=dict)
    _ears: list[tuple[str, asyncio.Queue[Event]]] = field(default_factory=list)

    def add(self, message: Message) -> Message:
        """A new message; returned with its id."""
        self.change += 1
        made = replace(message, id=self.change, change=self.change)
        self._messages[made.id] = made
        if len(self._messages) > KEPT_MESSAGES:
            del self._messages[next(iter(self._messages))]
        self._tell(made)
        return made

    def restore(self, messages: Sequence[Message]) -> None:
        """Begin with these."""
        self._messages = {each.id: each for each in messages[-KEPT_MESSAGES:]}
        self.change = max((each.change for each in messages), default=0)

    def put_instead(self, message_id: int, said: Answer, cohort: int) -> None:
        """Another answer in a message's place."""
        self.change += 1
        made = replace(self._messages[message_id], said=said, cohort=cohort, change=self.change)
        self._messages[message_id] = made
        self._tell(made)

    def get(self, message_id: int, member: str) -> Message | None:
        """The message, if this member may see it."""
        found = self._messages.get(message_id)
        return found if found is not None and found.seen_by(member) else None

    def sent_as(self, nonce: str) -> Message | None:
        """The message that was sent under this nonce."""
        return next((m for m in self._messages.values() if m.nonce == nonce), None)

    def latest(self, member: str) -> int:
        """The last change that this member may see."""
        return max((m.change for m in self._messages.values() if m.seen_by(member)), default=0)

    def seen_in(self, place: str, member: str) -> list[Message]:
        """What this member sees in a place, oldest first."""
        return [m for m in self._messages.values() if m.place == place and m.seen_by(member)]

    def rooms_of(self, member: str) -> list[str]:
        """The rooms that this member shares with some others, the oldest first."""
        seen = dict.fromkeys(m.place for m in self._messages.values() if m.seen_by(member))
        return [place for place in seen if member in people_in(place)]

    def before(self, message: Message, member: str) -> Message | None:
        """The message that this member sees just above it."""
        above = [m for m in self.seen_in(message.place, member) if m.id < message.id]
        return above[-1] if above else None

    def changed_since(self, change: int, member: str) -> list[Message]:
        """What a tab that was away has missed."""
        return [m for m in self._messages.values() if m.change > change and m.seen_by(member)]

    def tell_all(self, event: Event) -> None:
        """Tell every tab."""
        for _, queue in self._ears:
            queue.put_nowait(event)

    @contextmanager
    def listening(self, member: str) -> Generator[asyncio.Queue[Event]]:
        """What happens from now on, as far as this member may see it."""
        ear: tuple[str, asyncio.Queue[Event]] = (member, asyncio.Queue())
        self._ears.append(ear)
        try:
            yield ear[1]
        finally:
            self._ears = [each for each in self._ears if each is not ear]

    def _tell(self, message: Message) -> None:
        if self.changed is not None:
            self.changed(message)
        for member, queue in self._ears:
            if message.seen_by(member):
                queue.put_nowait(message)
