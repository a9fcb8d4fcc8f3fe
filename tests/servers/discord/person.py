"""A person at a Discord client: types, presses, picks, fills in, uploads, and sees.

A person can only do what the client lets them: registered commands, buttons on messages they see.
"""

import asyncio
from typing import TYPE_CHECKING, Any

from tests.servers.discord import limits, wire
from tests.servers.discord.errors import Json
from tests.servers.discord.filling_in import submission
from tests.servers.discord.sight import Form, Shown
from tests.servers.discord.typing_in import Typing, find_command
from tests.servers.discord.world import (
    PRIVATE_THREAD,
    Account,
    Channel,
    Interaction,
    Message,
    StoredFile,
)

if TYPE_CHECKING:
    from tests.servers.discord.server import Discord

COMMAND, COMPONENT, AUTOCOMPLETE, SUBMIT = 2, 3, 4, 5
DEFERRED, DEFERRED_UPDATE = 5, 6


class NoAnswerError(AssertionError):
    """The application did not respond, as the client says."""


class NotThereError(AssertionError):
    """There is no such thing on the person's screen."""


class Person:
    """Somebody in front of a screen."""

    def __init__(self, discord: "Discord", account: Account) -> None:
        self.discord = discord
        self.account = account
        self.screen: list[Shown] = []
        self.form: Form | None = None
        self.last: Interaction | None = None
        self._form_from: Interaction | None = None

    @property
    def id(self) -> str:
        """Their user id."""
        return self.account.id

    @property
    def dm(self) -> Channel:
        """Their DM with the app."""
        return self.discord.world.dm_with(self.account)

    @property
    def sees(self) -> Shown:
        """The newest thing on the screen that the app said."""
        if not self.screen:
            raise NotThereError(f"{self.account.name} sees nothing yet")
        return self.screen[-1]

    @property
    def inbox(self) -> list[Shown]:
        """What the app wrote in the DM, oldest first."""
        here = [shown for shown in self.screen if shown.message.channel is self.dm]
        return [shown for shown in here if shown.message.only_for is None]

    def notice(self, message: Message) -> None:
        """A message is new or changed; it is on the screen if this person can see it."""
        mine = message.only_for in (None, self.account)
        where = message.channel
        among = where.kind != PRIVATE_THREAD or self.id in where.people
        in_reach = where.recipient in (None, self.account) and among
        self.screen = [shown for shown in self.screen if shown.message is not message]
        if mine and in_reach and not message.deleted and message.author.bot:
            self.screen.append(Shown(message))

    async def types(
        self, words: str, given: dict[str, Any] | None = None, *, channel: Channel | None = None
    ) -> Shown | Form:
        """A slash command with its options, in a channel or (``channel=ana.dm``) the DM."""
        where = channel or self.discord.general
        typing = Typing(self.discord.world, self.discord.upload)
        data = typing.command(words, given or {}, self.account, where)
        return await self._do(Interaction(COMMAND, self.account, where, data, self._now()))

    async def completes(
        self,
        words: str,
        option: str,
        so_far: str,
        given: dict[str, Any] | None = None,
        *,
        channel: Channel | None = None,
    ) -> list[str]:
        """The names offered while an option is being typed."""
        where = channel or self.discord.general
        typing = Typing(self.discord.world, self.discord.upload)
        all_given = {**(given or {}), option: so_far}
        data = typing.command(words, all_given, self.account, where, option)
        asked = Interaction(AUTOCOMPLETE, self.account, where, data, self._now())
        await self._send(asked)
        return [choice["name"] for choice in asked.choices or []]

    async def uses(self, name: str, on: "Person | Shown | Message") -> Shown | Form:
        """A context menu command on a person or a message."""
        where = self.discord.general
        world = self.discord.world
        if isinstance(on, Person):
            kind, target = 2, on.account.id
            resolved: Json = {"users": {target: wire.user(on.account)}}
            member = wire.member(on.account, with_user=False)
            for key in ("deaf", "mute"):
                del member[key]
            resolved["members"] = {target: member | {"permissions": on.account.permissions}}
        else:
            message = on.message if isinstance(on, Shown) else on
            kind, target, where = 3, message.id, message.channel
            resolved = {"messages": {target: wire.message(world, message, self.discord.base)}}
        command = find_command(world, name, kind, self.account, where)
        data = {"id": command["id"], "name": name, "type": kind}
        data |= {"target_id": target, "resolved": resolved}
        return await self._do(Interaction(COMMAND, self.account, where, data, self._now()))

    async def says_in_dm(self, words: str, files: tuple[StoredFile, ...] = ()) -> Shown | None:
        """A plain message to the app; waits for its next message there."""
        before = len(self._answers_in(self.dm))
        await self.says(words, self.dm, files)
        await self.discord.until(lambda: len(self._answers_in(self.dm)) > before)
        return self.sees

    async def says(
        self, words: str, channel: Channel, files: tuple[StoredFile, ...] = ()
    ) -> Message:
        """A plain message anywhere; waits for nothing."""
        message = Message(channel, self.account, {"content": words}, list(files))
        for file in files:
            self.discord.upload(file)
        await self.discord.say(message)
        return message

    def _answers_in(self, channel: Channel) -> list[Message]:
        messages = self.discord.messages_in(channel)
        return [message for message in messages if message.author.bot]

    async def presses(
        self, label: str, on: Shown | None = None, *, beside: str = ""
    ) -> Shown | Form:
        """A button, on the newest message that has it; in the row that says ``beside``."""
        for shown in [on] if on else reversed(self.screen):
            button = shown.button(label, beside)
            if button and not button.get("disabled") and not shown.thinking:
                data = {"custom_id": button["custom_id"], "component_type": 2}
                return await self._on(shown, data)
        seen = [shown.buttons for shown in reversed(self.screen)][:3]
        raise NotThereError(f"no button {label!r}; {self.account.name} sees {seen}")

    async def picks(self, option: str, menu: str = "", on: Shown | None = None) -> Shown | Form:
        """An option of a menu (named by its placeholder where there are several)."""
        for shown in [on] if on else reversed(self.screen):
            for select in shown.selects:
                if menu and menu not in str(select.get("placeholder")):
                    continue
                for one in select.get("options") or []:
                    if one["label"] == option:
                        data = {"custom_id": select["custom_id"], "component_type": 3}
                        return await self._on(shown, data | {"values": [one["value"]]})
        raise NotThereError(
            f"no option {option!r}; {[shown.options for shown in self.screen[-3:]]}"
        )

    async def _on(self, shown: Shown, data: Json) -> Shown | Form:
        where = shown.message.channel
        done = Interaction(COMPONENT, self.account, where, data, self._now(), shown.message)
        return await self._do(done)

    async def fills_in(self, given: dict[str, Any]) -> Shown | Form:
        """The open form, by label, and submits it."""
        if self.form is None or self._form_from is None:
            raise NotThereError(f"no form is open; {self.account.name} sees {self.screen[-1:]}")
        data = submission(self.form, given, self.discord.upload)
        came_from, self.form = self._form_from, None
        where, message = came_from.channel, came_from.message
        return await self._do(Interaction(SUBMIT, self.account, where, data, self._now(), message))

    async def gets_dm(self, containing: str = "", *, within: float = 10.0) -> Shown:
        """The newest DM that contains some words; waits for it."""

        def found() -> list[Shown]:
            return [shown for shown in self.inbox if containing in shown.text]

        await self.discord.until(found, within)
        return found()[-1]

    def _now(self) -> float:
        return self.discord.world.now()

    async def _do(self, interaction: Interaction) -> Shown | Form:
        await self._send(interaction)
        if interaction.modal is not None:
            self.form, self._form_from = Form(interaction.modal), interaction
            return self.form
        return self.sees

    async def _send(self, interaction: Interaction) -> None:
        self.last = interaction
        await self.discord.tell(interaction)
        try:
            await self.discord.until(
                lambda: interaction.answered is not None, limits.CALLBACK_SECONDS + 0.2
            )
            async with asyncio.timeout(10):
                await interaction.settled.wait()
        except TimeoutError:
            if interaction.answered == DEFERRED_UPDATE:
                return
            raise NoAnswerError(f"no answer to {interaction.data}") from None
