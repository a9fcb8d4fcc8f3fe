"""A story on Discord: the real discord.py over the gateway, against the stand-in server."""

import contextlib
import re
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from whenever import Instant

from bot.command import registry
from tests.adapters.discord_.home import connected, engine_for, make_house
from tests.servers.discord import schemas
from tests.servers.discord.person import Person
from tests.servers.discord.server import Discord, discord_server
from tests.servers.discord.sight import Shown
from tests.walks.chats.chat import PATIENCE, SOON, ZONE, Chat, Someone, label, plain

MOMENT = re.compile(r"<t:(\d+)(?::(\w))?>")
STYLES = {"t": "%-H:%M", "D": "%A %-d %B"}


def read(words: str) -> str:
    """As the client shows it: moments in the reader's own zone."""

    def shown(found: re.Match[str]) -> str:
        local = Instant.from_timestamp(int(found[1])).to_tz(ZONE).to_stdlib()
        return local.strftime(STYLES.get(found[2], "%A %-d %B, %-H:%M"))

    return plain(MOMENT.sub(shown, words))


class OnDiscord(Someone):
    """A person in the guild."""

    has_zone = False
    form_fields = 5

    def __init__(self, person: Person) -> None:
        self.person = person
        self.name = person.account.name
        self._seen: Mapping[str, str] = {}

    async def types(self, command: str, **given: str) -> None:
        await self.marks()
        family, _, words = command.partition(" ")
        verb, _, rest = words.partition(" ")
        del rest
        await self.person.types(f"{family} {verb}".strip(), dict(given))

    async def says(self, words: str) -> None:
        await self.marks()
        await self.person.says_in_dm(words)

    async def presses(self, label: str, *, beside: str = "") -> None:
        await self._there(lambda shown: shown.button(label, beside))
        await self.marks()
        await self.person.presses(label, beside=beside)

    async def offers(self, label: str) -> bool:
        return any(label in shown.buttons for shown in self.person.screen)

    async def picks(self, menu: str, option: str) -> None:
        await self._there(lambda shown: option in shown.options)
        await self.marks()
        await self.person.picks(option, menu)

    async def fills_in(self, **values: str) -> None:
        await self.marks()
        await self.person.fills_in({label(name): value for name, value in values.items()})

    async def marks(self) -> None:
        self._seen = {shown.message.id: shown.text for shown in self.person.screen}

    def _new(self) -> Iterator[Shown]:
        for shown in reversed(self.person.screen):
            if self._seen.get(shown.message.id) != shown.text:
                yield shown

    async def _there(self, offers: Callable[[Shown], object]) -> None:
        """The end of what is being shown has come, unless something older is meant."""
        with contextlib.suppress(TimeoutError):
            await self.person.discord.until(lambda: any(map(offers, self._new())), SOON)

    def _news(self) -> Iterator[str]:
        if self.person.form is not None:
            yield read(self.person.form.text)
        for shown in self._new():
            yield read(f"{shown.text} {' '.join(shown.buttons)}")

    async def sees(self, *words: str) -> str:
        found: list[str] = []

        def there() -> bool:
            found[:] = [each for each in self._news() if all(one in each for one in words)]
            return bool(found)

        try:
            await self.person.discord.until(there, PATIENCE)
        except TimeoutError:
            news = "\n".join(self._news())
            raise AssertionError(f"{self.name} does not see {words}, but:\n{news}") from None
        return found[0]

    async def all(self) -> list[str]:
        return [read(shown.text) for shown in self.person.screen]

    async def gets(self, file: str) -> bytes:
        found: list[bytes] = []

        def there() -> bool:
            files = [each for shown in self.person.screen for each in shown.files]
            found[:] = [each.content for each in files if each.filename == file]
            return bool(found)

        await self.person.discord.until(there, PATIENCE)
        return found[-1]


class DiscordChat(Chat):
    """One guild."""

    discord: Discord

    async def person(self, name: str, *, admin: bool = False) -> Someone:
        made = OnDiscord(self.discord.person(name, admin=admin))
        self.people.append(made)
        return made


@asynccontextmanager
async def a_discord(folder: Path) -> AsyncGenerator[Chat]:
    """From the gateway's hello to the last check of what was sent."""
    chat = DiscordChat()
    async with discord_server() as discord:
        chat.discord = discord
        chat.house = make_house(folder, discord, registry(), chat.clock)
        async with connected(chat.house, discord) as wing:
            chat.engine = engine_for(chat.house, wing)
            yield chat
            await chat.engine.stop()
        chat.house.stores.close()
        assert schemas.problems(discord) == []
