"""The product's own engine, messengers and storage before far ends that are processes of their own.

Everything but the gateway and Socket Mode: here it is only sent.
"""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from whenever import Instant

from adapters.discord.app import DiscordApp
from adapters.engine import Bell, Engine
from adapters.engine_life import Life
from adapters.engines import make_waker
from adapters.slack.messenger import SlackMessenger
from adapters.slack.workspaces import Workspaces
from bot.content import Content
from bot.delivery.pacing import Window
from bot.dispatch import Dispatcher
from bot.domain.cohort import Account, Cohort, Workspace
from bot.domain.owed import Owed, OwedState, Urgency
from bot.domain.recipients import ToMember
from bot.limits import FREE
from bot.ports import Clock, Messenger
from storage.claims import Claims
from storage.database import Database
from storage.leases import SqlLeases
from tests.chaos.kills_worker import FIELDS, REGISTRY
from tests.chaos.nth_fault_world import add_person, note

Told = Mapping[str, Any]
"""A far end's addresses, tokens and people."""


@dataclass(frozen=True, slots=True)
class Class:
    """The people of the far ends, in a database, and what they are owed."""

    database: Database
    cohort: int

    def owe(self, due: Instant, many: int = 1, **how: Any) -> None:
        """So many messages to each (or to the first so many ``people``) on this ``surface``, or on
        all."""
        urgency, surface = how.get("urgency", Urgency.ANSWER), how.get("surface", "")
        with self.database.writing(self.cohort) as store:
            wanted: dict[str, Any] = {"surface": surface} if surface else {}
            number = store.count(Owed)
            for each in store.find(Account, limit=how.get("people"), **wanted):
                for _ in range(many):
                    to = ToMember(each.member_id)
                    store.owe(note(self.cohort, to, each.surface, number, due, urgency))
                    number += 1

    def states(self) -> dict[OwedState, int]:
        """How many rows have got so far."""
        with self.database.reading(self.cohort) as store:
            return {each: store.count(Owed, command="note", state=each) for each in OwedState}

    async def all_sent(self) -> None:
        """Looks every tenth of a second, in a thread."""
        while await asyncio.to_thread(self._open):  # noqa: ASYNC110 - nobody rings for this
            await asyncio.sleep(0.1)

    def _open(self) -> int:
        with self.database.reading(self.cohort) as store:
            return store.count(Owed, command="note", state=(OwedState.DUE, OwedState.SENDING))


def furnish(database: Database, ends: Mapping[str, Told], now: Instant) -> Class:
    """A cohort with everybody whom the far ends know, opted in."""
    cohort = database.add_cohort(Cohort(name="Class", created=now)).id
    with database.writing(cohort) as store:
        for surface, told in ends.items():
            home = store.add(Workspace(cohort_id=cohort, surface=surface, external_id=told["home"]))
            for user in told["people"]:
                add_person(store, home, user, now, zone="UTC", opted_in=now)
    return Class(database, cohort)


@asynccontextmanager
async def process(
    database: Database,
    cohort: int,
    ends: Mapping[str, Told],
    clock: Clock,
    worker: str = "one",
    *,
    free: bool = False,
) -> AsyncGenerator[Engine]:
    """What one delivery process holds; ``free``: it knows of no limits. The engine is to be
    started or ticked."""
    async with AsyncExitStack() as stack:
        bell = Bell()
        dispatcher = Dispatcher(database, REGISTRY, Content(FIELDS, ()), clock, bell)
        ways = {
            "slack": partial(_slack, database, cohort, clock),
            "discord": partial(_discord, dispatcher),
        }
        messengers: dict[str, Messenger] = {}
        for surface, told in ends.items():
            messengers[surface] = await stack.enter_async_context(ways[surface](told, free))
        claims = Claims(database)
        life = None if database.is_sqlite else Life(SqlLeases(database), claims, clock, worker)
        engine = Engine(
            database, claims, dispatcher, messengers, clock, worker, bell,
            waker=make_waker(database), life=life,
        )  # fmt: skip
        stack.push_async_callback(engine.stop)
        yield engine


@asynccontextmanager
async def _slack(
    database: Database, cohort: int, clock: Any, told: Told, free: bool
) -> AsyncGenerator[Messenger]:
    workspaces = Workspaces(database, told["api"], clock, told["token"], cohort)
    await workspaces.start()
    messenger: Any = SlackMessenger(workspaces)
    if free:
        messenger.limits = FREE
    yield messenger
    await workspaces.stop()


@asynccontextmanager
async def _discord(door: Dispatcher, told: Told, free: bool) -> AsyncGenerator[Messenger]:
    app = DiscordApp(door, REGISTRY, lambda _guild, _name: None, told["api"])
    await app.login(told["token"])
    messenger: Any = app.messenger
    if free:
        messenger.limits = FREE
        app.wire.watch.window = Window(10**9, 1.0)
    yield messenger
    await app.close()
