"""A small world for one fault: five people on two platforms, seven messages due now.

To three members, to two groups, and to two channels; the product's own engine and messengers, real
SDKs over HTTP, stand-ins behind doors that count.
"""

import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from cryptography.fernet import Fernet
from sqlalchemy import create_engine, text
from whenever import Instant

from adapters.discord.app import DiscordApp
from adapters.engine import Bell, Engine
from adapters.slack.messenger import SlackMessenger
from adapters.slack.workspaces import Workspaces
from bot.clocks import MovableClock
from bot.content import Content
from bot.delivery.pacing import Pace
from bot.dispatch import Dispatcher
from bot.domain.cohort import Account, Cohort, Member, Workspace
from bot.domain.owed import Owed, OwedState, Urgency
from bot.domain.recipients import Recipient, ToChannel, ToMember, together, written
from bot.invocation import call, write
from storage.cipher import Cipher
from storage.claims import Claims
from storage.database import Database
from tests.chaos.door import WELL, Asked, Verdict, opened
from tests.chaos.kills_worker import FIELDS, REGISTRY
from tests.servers.discord.server import Discord, discord_server
from tests.servers.slack.server import SlackServer

MESSAGES = 7
LATE = 0.3
"""Seconds that one answer on each platform is late: longer than anybody waits here."""
CIPHER = Cipher([Fernet.generate_key().decode()])
OPEN = (OwedState.DUE, OwedState.SENDING)


@dataclass(slots=True)
class World:
    """One deployment and its far ends."""

    database: Database
    clock: MovableClock
    slack: SlackServer
    discord: Discord
    engine: Engine
    homes: dict[str, Workspace]

    def moves(self, seconds: float) -> None:
        """Time passes for everybody."""
        self.clock.move(seconds)
        self.slack.ahead = self.clock.now().timestamp() - time.time()
        self.discord.skip(seconds)

    def rows(self) -> list[Owed]:
        """The messages as they are stored now."""
        cohort = self.homes["slack"].cohort_id
        with self.database.reading(cohort) as store:
            return store.find(Owed, command="note")

    def open(self) -> bool:
        """Whether any of them has not come to its end. A fault may hit this look too."""
        try:
            return any(row.state in OPEN for row in self.rows())
        except Exception:
            return True

    def surface_of(self, row: Owed) -> str:
        """Where it was to go."""
        return row.subject.partition(" ")[0]

    def shown(self) -> Counter[str]:
        """How often each message is there, by its subject."""
        there: Counter[str] = Counter()
        for each in self.slack.workspace.messages:
            there[f"slack {_number(each.text)}"] += 1
        for each in self.discord.world.messages.values():
            there[f"discord {_number(str(each.body))}"] += 1
        return there


def _number(words: str) -> str:
    return words.partition("Number ")[2].partition(".")[0]


@asynccontextmanager
async def bare(url: str, meets: Callable[[], bool], made: bool) -> AsyncIterator[World]:
    """A world whose calls over the network ask ``meets`` whether they fail, ``made`` or not."""
    async with SlackServer() as slack, discord_server() as discord:
        counting: list[bool] = []
        judge = _Judge(meets, made, counting)
        to_slack = await opened(slack.base.rstrip("/"), judge.of("slack"))
        to_discord = await opened(discord.base, judge.of("discord"))
        database = _database(url)
        clock = MovableClock(Instant.from_timestamp(int(time.time())))
        homes = furnish(database, clock.now(), slack, discord)
        bell = Bell()
        dispatcher = Dispatcher(database, REGISTRY, Content(FIELDS, ()), clock, bell)
        workspaces = Workspaces(
            database, f"{to_slack.base}/api/", clock, slack.bot_token, homes["slack"].cohort_id
        )
        await workspaces.start()
        app = DiscordApp(dispatcher, REGISTRY, _nothing, f"{to_discord.base}/api/v10")
        await app.login(discord.token)
        messengers = {"slack": SlackMessenger(workspaces), "discord": app.messenger}
        engine = Engine(
            database, Claims(database), dispatcher, messengers, clock, "one", bell,
            pace=Pace(now=lambda: clock.now().timestamp(), sleep=_no_sleep(clock)),
        )  # fmt: skip
        counting.append(True)
        try:
            yield World(database, clock, slack, discord, engine, homes)
        finally:
            await engine.stop()
            await workspaces.stop()
            await app.close()
            await to_slack.stop()
            await to_discord.stop()
            database.close()


def _no_sleep(clock: MovableClock) -> Any:
    async def sleep(seconds: float) -> None:
        clock.move(seconds)

    return sleep


@dataclass(slots=True)
class _Judge:
    meets: Callable[[], bool]
    made: bool
    counting: list[bool]

    def of(self, surface: str) -> Callable[[Asked], Verdict]:
        """The judge at one door: the first message's answer is late, the n-th call fails."""
        first: set[str] = set()

        def verdict(asked: Asked) -> Verdict:
            if not self.counting:
                return WELL
            if self.meets():
                return Verdict(made=self.made, breaks=True)
            if asked.nonce and not first:
                first.add(asked.nonce)
                return Verdict(late=LATE)
            return WELL

        return verdict


def _nothing(_guild: str, _name: str) -> None:
    """No server is met here."""


def _database(url: str) -> Database:
    """A new one, with its tables."""
    if url.startswith("postgresql"):
        address, _, name = url.rpartition("/")
        server = create_engine(f"{address}/postgres", isolation_level="AUTOCOMMIT")
        with server.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        server.dispose()
    database = Database(url, CIPHER, FIELDS)
    database.create()
    return database


def furnish(
    database: Database, now: Instant, slack: SlackServer, discord: Discord
) -> dict[str, Workspace]:
    """The people, and what they are owed."""
    cohort = database.add_cohort(Cohort(name="Class", created=now)).id
    places = {
        "slack": ("T1", slack.workspace.channel("general").id, False),
        "discord": (discord.world.guild_id, discord.general.id, True),
    }
    homes: dict[str, Workspace] = {}
    people: dict[str, list[int]] = {}
    with database.writing(cohort) as store:
        for surface, (name, channel, within) in places.items():
            homes[surface] = store.add(
                Workspace(
                    cohort_id=cohort, surface=surface, external_id=name, channel=channel,
                    meets_in_channel=within,
                )
            )  # fmt: skip
            people[surface] = []
            for each in ("Ana", "Ben"):
                known = (
                    slack.workspace.add_person(each).id
                    if surface == "slack"
                    else discord.person(each).account.id
                )
                member = store.add(Member(cohort_id=cohort, name=each, joined=now))
                store.add(
                    Account(
                        cohort_id=cohort, member_id=member.id, workspace_id=homes[surface].id,
                        surface=surface, external_id=known, last_used=now,
                    )
                )  # fmt: skip
                people[surface].append(member.id)
        due: list[tuple[str, Recipient]] = [
            ("slack", ToMember(people["slack"][0])),
            ("discord", ToMember(people["discord"][0])),
            ("slack", ToMember(people["slack"][1])),
        ]
        for surface, home in homes.items():
            due += [(surface, together(people[surface])), (surface, ToChannel(home.id))]
        for number, (surface, to) in enumerate(due):
            store.owe(
                Owed(
                    cohort_id=cohort,
                    member_id=to.member_id if isinstance(to, ToMember) else None,
                    to=written(to),
                    command="note",
                    subject=f"{surface} {number}",
                    call=write(call("note", about=number)),
                    due=now,
                    urgency=Urgency.ANSWER,
                )
            )
    return homes
