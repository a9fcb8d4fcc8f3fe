"""A story on Slack: real slack-bolt over Socket Mode, against the stand-in workspace."""

import contextlib
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from adapters.slack.manifest import manifest
from bot.command import registry
from tests.adapters.slack.house import database, engine_for, house, joined, settings_for
from tests.servers.slack.person import Person
from tests.servers.slack.reading import controls
from tests.servers.slack.server import SlackServer
from tests.walks.chats.chat import PATIENCE, SOON, ZONE, Chat, Someone, label, plain


class OnSlack(Someone):
    """A person in the workspace."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.name = person.account.name

    async def types(self, command: str, **given: str) -> None:
        options = [f"{name}: {value}" for name, value in given.items()]
        await self.person.types(" ".join([command, *options]), "dm")

    async def says(self, words: str) -> None:
        await self.person.says_in_dm(words)

    async def presses(self, label: str, *, beside: str = "") -> None:
        await self._there(label, beside)
        await self.person.presses(label, beside)

    async def _there(self, label: str, beside: str = "") -> None:
        """The end of what is being shown has come, unless something older is meant."""
        person = self.person

        def offered() -> bool:
            found = (each for new in person.new for each in controls(new.blocks, ZONE))
            return any(each.label == label and beside in each.beside for each in found)

        with contextlib.suppress(AssertionError):
            await person.server.until(offered, SOON)

    async def offers(self, label: str) -> bool:
        return any(control.label == label for _, control in self.person.all_buttons())

    async def picks(self, menu: str, option: str) -> None:
        await self._there(menu)
        await self.person.picks(menu, option)

    async def fills_in(self, **values: str) -> None:
        await self.person.fills_in({label(name): value for name, value in values.items()})

    async def marks(self) -> None:
        self.person.acts()

    async def sees(self, *words: str) -> str:
        person = self.person

        def found() -> str | None:
            things = [*reversed(person.new), *([person.modal] if person.modal else [])]
            read = (plain(person.read(each)) for each in things)
            return next((each for each in read if all(w in each for w in words)), None)

        return await person.server.until(found, PATIENCE, f"{self.name} sees {words}")

    async def all(self) -> list[str]:
        return [plain(self.person.read(each)) for each in self.person.messages]

    async def gets(self, file: str) -> bytes:
        def found() -> bytes | None:
            files = self.person.space.files.values()
            return next((each["content"] for each in files if each["name"] == file), None)

        return await self.person.server.until(found, PATIENCE, f"{self.name} gets {file}")


class SlackChat(Chat):
    """One workspace."""

    slack: SlackServer

    async def person(self, name: str, *, admin: bool = False) -> Someone:
        made = OnSlack(self.slack.person(name, tz=ZONE, admin=admin))
        self.people.append(made)
        return made


@asynccontextmanager
async def a_slack(folder: Path) -> AsyncGenerator[Chat]:
    """From the first connection to the last complaint."""
    chat = SlackChat()
    async with SlackServer(manifest=manifest(registry())) as slack:
        chat.slack = slack
        with database(folder) as stores:
            chat.house = house(stores, settings_for(slack, "socket"), registry(), chat.clock)
            async with joined(chat.house, slack) as wing:
                chat.engine = engine_for(chat.house, wing)
                yield chat
                await chat.engine.stop()
        assert slack.complaints == []
