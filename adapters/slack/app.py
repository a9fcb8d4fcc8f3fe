"""Joins Slack and the core: Bolt's listeners, one worker thread an invocation, answers in time.

A slash command or a form is answered in its acknowledgement when the core is done within 1.5
seconds, and later by the way back otherwise. Presses and events are acknowledged at once, because
Slack ignores what such an acknowledgement says.
"""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from slack_bolt.app.async_app import AsyncApp

from adapters.desk import Desk
from adapters.slack import parse
from adapters.slack.answers import Ack, Answers
from adapters.slack.back import Back, Profile
from adapters.slack.channels import enter
from adapters.slack.leaving import takes_us_out
from adapters.slack.modal import SHOWN, read_state
from adapters.slack.render import option
from adapters.slack.socket import Socket
from adapters.slack.surface import SlackSurface
from adapters.slack.words import Json
from adapters.slack.workspaces import Workspaces
from bot.dispatch import Dispatcher, Said
from bot.invocation import Given, Invocation
from bot.reply import answer, text

PARTING = 5.0
"""Seconds at the end for what was begun."""
IN_TIME = 1.5
"""Seconds; Slack waits three, and the way there and back takes its part."""
ANY = re.compile(r"(?s).*")
NOT_FETCHED = text("I could not fetch that file. Up to 20 MB works; attach it once more, please.")


T = TypeVar("T")
Listener = Callable[[Ack, Json], Awaitable[None]]
Replied = tuple[Back, Said | None, str]
"""The way back, what there is to say, and the zone it is said in."""


class SlackApp:
    """The Slack side of one deployment."""

    def __init__(self, dispatcher: Dispatcher, workspaces: Workspaces, signing_secret: str) -> None:
        self._registry, self._workspaces = dispatcher.registry, workspaces
        self._desk = Desk(dispatcher)
        self._answers, self._surface = Answers(workspaces), SlackSurface()
        self._socket: Socket | None = None
        self._running: set[asyncio.Future[Any]] = set()

        async def authorize(team_id: str | None) -> Any:  # Bolt cannot call a bound method
            return await workspaces.authorize(team_id)

        quiet = logging.getLogger("snowball.bolt")
        quiet.setLevel(logging.ERROR)  # its warnings quote what people typed
        self.bolt = AsyncApp(
            logger=quiet,
            authorize=authorize,
            client=workspaces.client(),
            signing_secret=signing_secret or "unused in Socket Mode",
        )
        self._listen()

    def _listen(self) -> None:
        bolt, kept = self.bolt, self._waited_for
        bolt.command(ANY)(kept(self.on_command))
        bolt.action(ANY)(kept(self.on_action))
        bolt.view(ANY)(kept(self.on_submission))
        bolt.options(ANY)(self.on_suggestions)
        bolt.shortcut(ANY)(kept(self.on_shortcut))
        bolt.event("message")(kept(self.on_message))
        bolt.event("app_home_opened")(self.on_home)
        bolt.event("app_uninstalled")(kept(self.on_uninstalled))
        bolt.event("tokens_revoked")(kept(self.on_uninstalled))

    def _waited_for(self, listener: Listener) -> Listener:
        """What Slack was told that we have it is not delivered again, so stopping waits for it."""

        async def listens(ack: Ack, body: Json) -> None:
            await asyncio.shield(self._start(listener(ack, body)))

        return listens

    async def connect(self, app_token: str) -> None:
        """Opens Socket Mode. Raises SlackApiError when Slack does not take the token."""
        client = self._workspaces.client(app_token)
        self._socket = Socket(self.bolt, app_token, client, self._answers.belated)
        await self._socket.open()

    def is_connected(self) -> bool:
        """Whether the socket is open."""
        return self._socket is not None and self._socket.is_open

    async def stop(self) -> None:
        """Takes nothing new and finishes what was begun."""
        if self._socket:
            await self._socket.close_async()
        if self._running:
            await asyncio.wait(self._running, timeout=PARTING)

    # what Slack tells

    async def on_command(self, ack: Ack, body: Json) -> None:
        """A slash command."""
        running = self._start(self._commanded(body))
        if (await asyncio.wait({running}, timeout=IN_TIME))[0]:
            back, said, zone = running.result()
            await self._answers.acknowledge(ack, back, said, zone)
            return
        await ack()
        back, said, zone = await running
        await self._answers.after(back, said, zone)

    async def _commanded(self, body: Json) -> Replied:
        team, user = body["team_id"], body["user_id"]
        direct = body.get("channel_name") == "directmessage"
        ours = await self._workspaces.dm(team, user) if direct else ""
        back = parse.slash_back(body, dm=bool(ours) and ours == body.get("channel_id"))
        profile = await self._profile(back, body.get("user_name", ""))
        asked = parse.slash(body, back, profile, self._registry)
        return back, await self._dispatch(asked), profile.zone

    async def on_action(self, ack: Ack, body: Json) -> None:
        """A pressed button or a picked option."""
        await ack()
        if parse.is_guest(body):
            return
        back = parse.action_back(body)
        profile = await self._profile(back, body["user"].get("name", ""))
        said = await self._dispatch(parse.action(body, back, profile))
        await self._answers.after(back, said, profile.zone)
        if back.home or (body.get("view") or {}).get("callback_id") == SHOWN:
            await self._publish(back, profile)

    async def on_submission(self, ack: Ack, body: Json) -> None:
        """A submitted form."""
        running = self._start(self._submitted(body))
        if (await asyncio.wait({running}, timeout=IN_TIME))[0]:
            back, said, zone = running.result()
            await self._answers.submitted(ack, back, said, body["view"], zone)
        else:
            await ack()
            back, said, zone = await running
            await self._answers.after(parse.closed(back), said, zone)
        if back.home:
            await self._publish(back, await self._profile(back))

    async def _submitted(self, body: Json) -> Replied:
        back = parse.submission_back(body)
        profile = await self._profile(back, body["user"].get("name", ""))
        filled = read_state(body["view"]["state"]["values"])
        arguments: dict[str, Given] = {**filled.words}
        arguments |= await self._fetched(back.team, filled.files)
        said = await self._dispatch(parse.submission(body, back, profile, arguments))
        return back, said, profile.zone

    async def _fetched(self, team: str, files: Mapping[str, Json]) -> dict[str, Given]:
        """The files by name; one that cannot be had is an empty answer, so it is asked again."""
        return {
            name: await self._workspaces.fetch(team, file) or "" for name, file in files.items()
        }

    async def on_suggestions(self, ack: Ack, body: Json) -> None:
        """Words typed into a field that completes. Read-only."""
        profile = await self._profile(parse.asker(body), body["user"].get("name", ""))
        invocation, field, typed = parse.asked(body, profile)
        choices = await self._desk.suggest(invocation, field, typed)
        offered = parse.offered(choices, typed)
        await ack(options=[option(each.label[:75], each.value) for each in offered])

    async def on_message(self, ack: Ack, body: Json) -> None:
        """Words in our DM; edits, joins and what bots say are nobody's words."""
        await ack()
        event = body["event"]
        ordinary = event.get("subtype") in {None, "file_share"} and not event.get("bot_id")
        if not ordinary or event.get("channel_type") != "im" or not event.get("user"):
            return
        back = parse.said_back(body)
        profile = await self._profile(back)
        attached = dict(zip(["file"], event.get("files", []), strict=False))
        files = await self._fetched(back.team, attached)
        if "" in files.values():
            unread = Said(answer(NOT_FETCHED), 0)
            await self._answers.after(back, unread, profile.zone)
            return
        invocation = parse.said(body, back, profile, self._registry, files)
        said = await self._dispatch(invocation)
        await self._answers.after(back, said, profile.zone)

    async def on_home(self, ack: Ack, body: Json) -> None:
        """The home tab was opened."""
        await ack()
        if body["event"].get("tab") == "home":
            back = parse.home_back(body)
            await self._publish(back, await self._profile(back))

    async def on_shortcut(self, ack: Ack, body: Json) -> None:
        """The menu from anywhere; a message's author saved as a contact."""
        await ack()
        back = parse.shortcut_back(body)
        profile = await self._profile(back, body["user"].get("name", ""))
        about: dict[str, str] = {}
        message = body.get("message") or {}
        if message.get("user"):
            author = await self._workspaces.profile(back.team, message["user"])
            notes = parse.unescaped(message.get("text") or "")[:3000]
            about = {"name": author.name, "notes": notes}
        said = await self._dispatch(parse.shortcut(body, back, profile, about))
        await self._answers.after(back, said, profile.zone)

    async def on_uninstalled(self, ack: Ack, body: Json) -> None:
        """The app was removed; the data stays, the token goes."""
        await ack()
        if takes_us_out(body["event"]):
            await self._workspaces.forget(body["team_id"], body["event"]["type"])

    # the core

    async def _profile(self, back: Back, name: str = "") -> Profile:
        return await self._workspaces.profile(back.team, back.user, name)

    async def _dispatch(self, invocation: Invocation) -> Said | None:
        command, place = self._registry.get(invocation.command), invocation.place
        if command is not None and command.enters and place.channel and not place.private:
            team = invocation.actor.workspace
            barred = place.barred or await enter(self._workspaces, team, place.channel)
            invocation = replace(invocation, place=replace(place, barred=barred))
        return await self._desk(invocation, self._surface)

    def _start(self, work: Awaitable[T]) -> asyncio.Future[T]:
        task = asyncio.ensure_future(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def _publish(self, back: Back, profile: Profile) -> None:
        """Brings the home tab up to date."""
        await self._answers.home(
            back, await self._dispatch(parse.home(back, profile)), profile.zone
        )
