"""A person in front of Slack: types, says, presses, picks, fills in, and reads what is shown.

Nothing here knows the app; a person can only do what Slack's own client would let them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tests.servers.slack import files_api, limits, payloads, shapes, views_api
from tests.servers.slack.delivery import Ack
from tests.servers.slack.filling import filled, not_acceptable, pick
from tests.servers.slack.reading import Control, controls, inputs, options_of, read_blocks
from tests.servers.slack.workspace import Channel, Json, Message, SlackError, View, Workspace

if TYPE_CHECKING:
    from tests.servers.slack.server import SlackServer


class Person:
    """One person in one workspace, with their screen."""

    def __init__(self, server: SlackServer, space: Workspace, account: Any) -> None:
        self.server, self.space, self.account = server, space, account
        self.at_home = False
        self._mark = space.number()

    @property
    def id(self) -> str:
        """The Slack user id."""
        return self.account.id

    @property
    def dm(self) -> Channel:
        """The DM with the app."""
        return self.space.conversation_of(self.id, self.space.bot.id)

    def place(self, channel: str | Person) -> Channel:
        """A channel by name, "dm" for the app's DM, or the DM with another person."""
        if isinstance(channel, Person):
            return self.space.conversation_of(self.id, channel.id)
        return self.dm if channel == "dm" else self.space.channel(channel)

    # reading

    @property
    def modal(self) -> View | None:
        """The modal on top, if one is open."""
        stack = self.space.stacks.get(self.id)
        return stack[-1] if stack else None

    @property
    def home(self) -> View | None:
        """The home tab as last published."""
        return self.space.homes.get(self.id)

    @property
    def messages(self) -> list[Message]:
        """Every message this person can read, oldest first."""
        return self.space.visible_to(self.id)

    @property
    def new(self) -> list[Message]:
        """What came or changed since this person last did something."""
        return [m for m in self.messages if m.changed > self._mark and m.author != self.id]

    def read(self, thing: Message | View) -> str:
        """A message, modal or home tab as plain text in this person's zone."""
        if isinstance(thing, Message):
            return thing.plain(self.account.tz)
        title = thing.content.get("title", {}).get("text", "")
        body = read_blocks(thing.content["blocks"], self.account.tz)
        return "\n".join([title, body, *thing.errors.values()]).strip()

    def screen(self, *, everything: bool = True) -> str:
        """All that this person can read now."""
        parts = [
            f"#{m.channel.name}{' (only you)' if m.private_to else ''} {self.read(m)}"
            for m in (self.messages if everything else self.new)
        ]
        parts += [f"MODAL {self.read(self.modal)}"] if self.modal else []
        parts += [f"HOME {self.read(self.home)}"] if self.at_home and self.home else []
        return "\n".join(parts)

    async def sees(self, *words: str, within: float = 5.0) -> Message | View:
        """Waits until one new thing on the screen holds all these words; returns it."""

        def found() -> Message | View | None:
            opened = self.modal
            shown: list[Message | View] = [*reversed(self.new)]
            shown += [opened] if opened else []
            shown += [self.home] if self.home and self.at_home else []
            return next((s for s in shown if all(w in self.read(s) for w in words)), None)

        return await self.server.until(found, within, f"{self.account.name} sees {words}")

    # typing

    def acts(self) -> None:
        """From now on, `sees` looks for what comes after this."""
        self._mark = self.space.number()

    async def types(self, text: str, channel: str | Person = "general") -> Ack:
        """Types a slash command into a channel."""
        self.acts()
        self.at_home = False
        place = self.place(channel)
        command, _, rest = text.partition(" ")
        known = self._manifest("features", "slash_commands")
        declared = {c["command"]: c for c in known or []}
        if known is not None and command not in declared:
            raise AssertionError(f"Slack: {command} is not a valid command")
        if declared.get(command, {}).get("should_escape"):
            words = payloads.written(self.space, rest)
        else:
            words = payloads.escaped(rest)
        url = self.space.new_response_url(place, self.id)
        address = f"{self.server.base}hooks/{url.secret}"
        payload = payloads.slash_command(self.space, self.account, place, command, words, address)
        ack = await self.server.delivery.deliver("slash_commands", payload)
        if not ack.error and ack.answer:
            try:
                self.server.respond(self.space, url.secret, ack.answer)
                url.uses = 0
            except SlackError as refused:
                ack = Ack(refused.error, refused.extra)
        if ack.error:
            self.server.complain(command, ack.error, ack.answer)
            words = f'{command} failed with the error "{ack.error}"'
            self.space.post(place, self.space.bot.id, words, []).private_to = self.id
        self.server.happened()
        return ack

    async def says(
        self, text: str, channel: str | Person, files: Mapping[str, bytes] | None = None
    ) -> Message:
        """Writes an ordinary message, with files perhaps."""
        self.acts()
        self.at_home = False
        place = self.place(channel)
        message = self.space.post(place, self.id, payloads.written(self.space, text), [])
        for name, content in (files or {}).items():
            file = files_api.new_file(self.space, self.server.base, name, content, self.id)
            message.files.append(files_api.public(file))
        kinds = {"im": "message.im", "mpim": "message.mpim", "private": "message.groups"}
        if self.space.bot.id in place.members:
            event = payloads.said(self.space, message)
            await self.happens(event, kinds.get(place.kind, "message.channels"))
        return message

    async def says_in_dm(self, text: str, files: Mapping[str, bytes] | None = None) -> Message:
        """Writes to the app."""
        return await self.says(text, "dm", files)

    async def opens_home(self, tab: str = "home") -> None:
        """Opens the app's home (or its "messages" tab)."""
        self.acts()
        self.at_home = tab == "home"
        event = payloads.home_opened(self.space, self.account, tab)
        await self.happens(event, "app_home_opened")

    def sets_status(self, emoji: str, until: int = 0) -> None:
        """Sets a status of an emoji, to go away at a moment (Unix seconds; 0: when taken away).

        Slack tells apps that subscribed to it; this one asks when it wants to know."""
        self.account.status_emoji, self.account.status_expiration = emoji, until

    async def happens(self, event: Json, name: str, retry: tuple[int, str] = (0, "")) -> Ack:
        """Delivers an event, if the manifest subscribes to it."""
        subscribed = self._manifest("settings", "event_subscriptions", "bot_events")
        if subscribed is not None and name not in subscribed:
            return Ack("not_subscribed", {})
        ack = await self.server.delivery.deliver("events_api", event, retry)
        if ack.error:
            self.server.complain(name, ack.error, ack.answer)
        return ack

    def _manifest(self, *path: str) -> Any:
        found: Any = self.server.manifest
        for key in path:
            found = found.get(key, {}) if found is not None else None
        return found if found is None else (found or [])

    # pressing and picking

    def _surfaces(self) -> Sequence[Message | View]:
        if self.modal:
            return [self.modal]
        if self.at_home and self.home:
            return [self.home]
        return sorted(self.messages, key=lambda m: m.changed, reverse=True)

    def finds(self, label: str, near: str = "") -> tuple[Message | View, Control]:
        """The newest control with this label, beside these words."""
        for where in self._surfaces():
            for control in controls(_blocks(where), self.account.tz):
                if control.label == label and near in control.beside:
                    return where, control
        raise AssertionError(f"no [{label}] near {near!r} on this screen:\n{self.screen()}")

    def all_buttons(self) -> list[tuple[Message | View, Control]]:
        """Every button on this screen, the newest message's first."""
        return [
            (where, control)
            for where in self._surfaces()
            for control in controls(_blocks(where), self.account.tz)
            if control.kind == "button"
        ]

    async def presses(
        self, label: str, near: str = "", on: tuple[Message | View, Control] | None = None
    ) -> Ack:
        """Presses a button; ``on`` presses one found earlier, even if it is stale."""
        where, control = on or self.finds(label, near)
        assert control.kind == "button", f"{label} is a {control.kind}"
        return await self._acts_on(where, control, {})

    async def picks(self, menu: str, option: str, near: str = "") -> Ack:
        """Picks an option of a menu (or of radio buttons) that is not an input."""
        where, control = self.finds(menu, near)
        offered = options_of(control.element)
        if control.kind == "external_select":
            offered = await self._ask(where, control, option)
        chosen = pick(offered, option)
        return await self._acts_on(where, control, {"selected_option": chosen})

    async def _acts_on(self, where: Message | View, control: Control, value: Json) -> Ack:
        self.acts()
        address = ""
        if isinstance(where, Message):
            url = self.space.new_response_url(where.channel, self.id, where)
            address = f"{self.server.base}hooks/{url.secret}"
        body = payloads.block_actions(self.space, self.account, where, control, value, address)
        return await self._interacts("block_actions", body)

    async def _interacts(self, what: str, body: Json) -> Ack:
        ack = await self.server.delivery.deliver("interactive", body)
        if ack.error:
            self.server.complain(what, ack.error, ack.answer)
        elif ack.answer and what in {"block_actions", "shortcut", "message_action"}:
            self.server.complain(what, "answer_ignored", ack.answer)
        self.server.happened()
        return ack

    async def uses_shortcut(self, callback_id: str) -> Ack:
        """Uses a global shortcut."""
        self.acts()
        body = payloads.shortcut(self.space, self.account, callback_id)
        return await self._interacts("shortcut", body)

    async def uses_message_shortcut(self, message: Message, callback_id: str) -> Ack:
        """Uses a shortcut from a message's menu."""
        self.acts()
        url = self.space.new_response_url(message.channel, self.id)
        address = f"{self.server.base}hooks/{url.secret}"
        body = payloads.message_action(self.space, self.account, message, callback_id, address)
        return await self._interacts("message_action", body)

    # forms

    def field(self, label: str) -> Control:
        """An input of the open modal by its label."""
        assert self.modal, f"no form is open:\n{self.screen()}"
        for control in inputs(self.modal.content["blocks"]):
            if control.label == label:
                return control
        raise AssertionError(f"no field {label!r} in:\n{self.read(self.modal)}")

    async def suggestions(self, field: str, typed: str) -> list[str]:
        """What an external select offers while typing."""
        assert self.modal
        return [o["text"]["text"] for o in await self._ask(self.modal, self.field(field), typed)]

    async def _ask(self, where: Message | View, control: Control, typed: str) -> list[Json]:
        if len(typed) < control.element.get("min_query_length", 3):
            return []
        body = payloads.block_suggestion(self.space, self.account, where, control, typed)
        ack = await self.server.delivery.deliver("interactive", body)
        answer = ack.answer
        groups = answer.get("option_groups", [])
        offered = [*answer.get("options", []), *(o for g in groups for o in g["options"])]
        problems = [*shapes.listing(shapes.OPTION, limits.SUGGESTIONS.most, 0)(offered, "/options")]
        if ack.error or problems or not {"options", "option_groups"} & set(answer):
            self.server.complain("block_suggestion", ack.error or "invalid_options", problems)
            return []
        return offered

    async def fills_in(self, values: Mapping[str, Any], title: str = "") -> View | None:
        """Fills in fields of the open modal by label, submits, and returns what is open then."""
        view = await self.writes(values, title)
        wrong = not_acceptable(view)
        assert not wrong, f"Slack's client would not submit: {wrong}"
        self.acts()
        body = payloads.view_submission(self.space, self.account, view)
        ack = await self.server.delivery.deliver("interactive", body)
        failed = SlackError(ack.error, answer=ack.answer) if ack.error else None
        try:
            if not failed:
                views_api.apply_response(self.space, view, ack.answer)
        except SlackError as refused:
            failed = refused
        if failed:
            self.server.complain("view_submission", failed.error, failed.extra)
            view.errors = {"": "We had some trouble connecting. Try again?"}
        view.order = self.space.number()
        self.server.happened()
        return self.modal

    async def writes(self, values: Mapping[str, Any], title: str = "") -> View:
        """Fills in fields without submitting."""
        view = self.modal
        assert view, f"no form is open:\n{self.screen()}"
        assert title in {"", view.content["title"]["text"]}, self.read(view)
        for label, given in values.items():
            control = self.field(label)
            offered = options_of(control.element)
            if "external" in control.kind and given:
                offered = await self._ask(view, control, str(given))
            uploads = []
            if control.kind == "file_input":
                for name, content in given.items():
                    file = files_api.new_file(self.space, self.server.base, name, content, self.id)
                    uploads.append(files_api.public(file))
            value = filled(control.element, given, offered, uploads)
            view.state[control.block["block_id"]] = {control.element["action_id"]: value}
        return view

    async def closes(self) -> None:
        """Closes the modal on top; the app hears of it only if it asked to."""
        view = self.modal
        assert view, "no form is open"
        self.acts()
        self.space.stacks[self.id].remove(view)
        if view.content.get("notify_on_close"):
            body = payloads.view_closed(self.space, self.account, view)
            await self._interacts("view_closed", body)


def _blocks(where: Message | View) -> list[Json]:
    return where.content["blocks"] if isinstance(where, View) else where.blocks
