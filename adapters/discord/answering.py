"""How an interaction is answered: at once when the core is quick, else deferred in private.

A form must be the first answer; one that comes too late becomes a button that opens it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace
from typing import Any, LiteralString

import discord
import structlog

from adapters.desk import Desk, Door
from adapters.discord import limits, wire
from adapters.discord.instead import Instead, here_instead
from adapters.discord.late import Moments
from adapters.discord.limits import cut
from adapters.discord.messenger import DiscordMessenger
from adapters.discord.modal import modal
from adapters.discord.paging import DiscordSurface, messages
from adapters.discord.parse import COMPONENT, SUBMIT, Arrival, Event, FileRef, arrival, typing
from adapters.discord.render import Sheet
from adapters.discord.wire import Wire
from bot.command import Registry
from bot.dispatch import Said
from bot.forms import in_words
from bot.invocation import Invocation, Upload
from bot.outcomes import Sent
from bot.reply import Answer, Choice, Copyable, Form, Note, answer, text
from bot.run import sorry

log = structlog.get_logger(__name__)
PATIENCE = 1.5
"""Seconds the core has before we say that we are thinking."""
GONE = frozenset({10062, 10015, 10008, 50027})
"""Error codes for an interaction that can no longer be answered."""
ALREADY = 40060
IN_DM: LiteralString = "The words are in our direct messages, where they stay."
DISCORD = DiscordSurface()


class Answering:
    """Takes events, runs them in worker threads, answers."""

    def __init__(
        self,
        door: Door,
        registry: Registry,
        wire: Wire,
        messenger: DiscordMessenger,
        app: Callable[[], str],
    ) -> None:
        self.door = door
        self.desk = Desk(door)
        self.moments, self.instead = Moments(), Instead(messenger)
        self.registry = registry
        self.wire = wire
        self.messenger = messenger
        self.app = app

    async def suggest(self, event: Event) -> None:
        """What an option that is being typed may become; nothing rather than late."""
        if self.moments.is_over(event.id):
            return
        asked = typing(event, self.registry)
        found: list[Choice] = []
        if asked is not None:
            found = await self.desk.suggest(asked.invocation, asked.parameter, asked.typed)
        choices = [
            {"name": cut(each.label.strip(), limits.CHOICE) or "…", "value": each.value}
            for each in found[: limits.CHOICES]
            if 0 < len(each.value) <= limits.CHOICE
        ]
        await self.wire.callback(event.id, event.token, wire.SUGGESTIONS, {"choices": choices})

    async def answer(self, event: Event, before: Awaitable[None]) -> None:
        """Everything that is not typing; ``before`` is awaited first, and takes of the patience."""
        try:
            await self._answer(event, before)
        except Exception as error:  # noqa: BLE001 - nobody is left in silence
            log.error("event failed", error=type(error).__name__)  # noqa: TRY400
            await self._apologise(event)

    async def _answer(self, event: Event, before: Awaitable[None]) -> None:
        arrived = arrival(event, self.registry)
        event = replace(event, looks=self.door.only_reads(arrived.invocation))
        if event.looks and self.moments.is_over(event.id) and not self.moments.doubts(event.id):
            await before
            await self._dropped(event, arrived)
            return
        work = asyncio.ensure_future(self._after(before, arrived))
        done, _ = await asyncio.wait({work}, timeout=PATIENCE)
        if done:
            said = work.result()
            if said is not None:
                await self._first(event, arrived, said)
            return
        replaces = arrived.replaces and event.kind == COMPONENT
        kind = wire.DEFERRED_UPDATE if replaces else wire.DEFERRED
        how = None if replaces else {"flags": _private(event)}
        waits = await self._first_try(event, self.wire.callback(event.id, event.token, kind, how))
        if not waits and event.looks:
            work.cancel()
            await self._dropped(event, arrived)
            return
        said = await work
        if not waits:  # too late even for that: nothing here can be answered any more
            await self.instead.tell(event, said)
        elif said is not None:
            await self._later(event, said, beside=replaces and said.undone)

    async def _after(self, before: Awaitable[None], arrived: Arrival) -> Said | None:
        await before
        return await self.work(arrived)

    async def work(self, arrived: Arrival) -> Said | None:
        """What the core says to it, once its files are here."""
        invocation = arrived.invocation
        if arrived.files:
            fetched = await self._fetched(arrived)
            if isinstance(fetched, Answer):
                return Said(fetched, invocation.cohort or 0)
            invocation = fetched
        return await self.desk(invocation, DISCORD)

    async def _fetched(self, arrived: Arrival) -> Invocation | Answer:
        given = dict(arrived.invocation.arguments)
        for name, ref in arrived.files.items():
            upload = await self._upload(ref)
            if upload is None:
                return answer(text("I could not read that file. Files of up to 10 MB fit."))
            given[name] = upload
        return replace(arrived.invocation, arguments=given)

    async def _upload(self, ref: FileRef) -> Upload | None:
        if ref.size > limits.UPLOAD:
            return None
        try:
            return Upload(ref.name, await self.wire.fetch(ref.url))
        except (discord.HTTPException, OSError):
            return None

    async def _first(self, event: Event, arrived: Arrival, said: Said) -> None:
        if isinstance(said.reply, Form) and event.kind != SUBMIT:
            opened = modal(said.reply, said.cohort, replaces=arrived.replaces)
            sending = self.wire.callback(event.id, event.token, wire.MODAL, opened)
            await self._first_try(event, sending, said)
            return
        replaces = arrived.replaces and isinstance(said.reply, Answer) and not said.undone
        kind = wire.UPDATE if replaces else wire.MESSAGE
        shown, apart = _parted(event, said)
        first, *rest = messages(shown, said.cohort)
        body = first.body(private=not event.in_dm)
        sending = self.wire.answer(event.id, event.token, kind, first, body)
        if await self._first_try(event, sending, said):
            await self._follow(event, rest)
            await self._hand_over(event, apart, said.cohort)

    async def _later(self, event: Event, said: Said, *, beside: bool) -> None:
        """In the place of "thinking"; ``beside`` what was pressed, where that has to stay."""
        shown, apart = _parted(event, said)
        first, *rest = messages(shown, said.cohort)
        body = first.body(private=not event.in_dm)
        send = self.wire.follow_up if beside else self.wire.edit_answer
        sending = send(self.app(), event.token, first, body)
        if await self._try(event, sending, said):
            await self._follow(event, rest)
            await self._hand_over(event, apart, said.cohort)

    async def _follow(self, event: Event, rest: list[Sheet]) -> None:
        for sheet in rest:
            body = sheet.body(private=not event.in_dm)
            await self._try(event, self.wire.follow_up(self.app(), event.token, sheet, body))

    async def _hand_over(self, event: Event, apart: Answer, cohort: int) -> None:
        """Words to copy, in the DM; where that is closed, here."""
        if not apart.parts:
            return
        outcome = await self.messenger.to_user(event.user, apart, cohort, event.id)
        if not isinstance(outcome, Sent):
            await self._follow(event, messages(here_instead(apart, outcome), cohort))

    async def _dropped(self, event: Event, arrived: Arrival) -> None:
        """It is too late for what only looks, and a press brings it."""
        await self.instead.tell(event, self.door.too_busy(arrived.invocation))

    async def _first_try(
        self, event: Event, sending: Coroutine[Any, Any, None], said: Said | None = None
    ) -> bool:
        """The first answer, as long as Discord takes one: a try in vain costs as much."""
        is_over = self.moments.is_over(event.id)
        if is_over and not self.moments.doubts(event.id):
            sending.close()
            await self.instead.tell(event, said)
            return False
        done = await self._try(event, sending, said)
        if is_over and done:
            self.moments.was_taken(event.id)
        return done

    async def _try(
        self, event: Event, sending: Coroutine[Any, Any, None], said: Said | None = None
    ) -> bool:
        """Whether it was answered. Too late: by DM. Refused: an apology, so that nobody waits."""
        try:
            await sending
        except discord.HTTPException as error:
            if error.code == ALREADY:
                return True
            if error.code in GONE:
                await self.instead.tell(event, said)
            else:
                log.error("answer refused", code=error.code)  # noqa: TRY400 - its text may quote words
                await self._apologise(event)
            return False
        return True

    async def _apologise(self, event: Event) -> None:
        sheet = messages(sorry(), 0)[0]
        body = sheet.body(private=not event.in_dm)
        try:
            await self.wire.answer(event.id, event.token, wire.MESSAGE, sheet, body)
        except discord.HTTPException as error:
            if error.code == ALREADY:
                await self.wire.follow_up(self.app(), event.token, sheet, body)


def _private(event: Event) -> int:
    return 0 if event.in_dm else wire.EPHEMERAL


def _answer(said: Said) -> Answer:
    return in_words(said.reply)


def _parted(event: Event, said: Said) -> tuple[Answer, Answer]:
    """What is shown here, and what goes to the DM: in a server our answers vanish with a reload,
    and words to copy have to stay (FEATURES B3)."""
    whole = _answer(said)
    apart = tuple(part for part in whole.parts if isinstance(part, Copyable))
    if event.in_dm or not apart:
        return whole, Answer(())
    here = tuple(part for part in whole.parts if not isinstance(part, Copyable))
    return answer(*here, Note(text(IN_DM))), Answer(apart)
