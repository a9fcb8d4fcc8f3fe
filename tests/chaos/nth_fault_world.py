"""A small world for one fault: four people on two platforms, seven messages due now.

To three members, to two groups, and to two channels; one answer on each platform comes late: after
its attempt was given up. That is done by hand, for seconds would say how busy the machine is.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from whenever import Instant

from bot.clocks import MovableClock
from bot.delivery.pacing import Pace
from bot.domain.cohort import Account, Cohort, Member, Workspace
from bot.domain.owed import Owed, Urgency
from bot.domain.recipients import Recipient, ToChannel, ToMember, together, written
from bot.invocation import call, write
from bot.ports import Messenger, Outcome
from storage.database import Database
from tests.chaos.door import WELL, Asked, Verdict
from tests.chaos.standing import World, standing
from tests.servers.discord.server import Discord
from tests.servers.slack.server import SlackServer

MESSAGES = 7
LATE = 0.05
"""Seconds until the late answer comes, when nobody waits for it any more."""
NONCES = {"to_member": 4, "to_channel": 2, "together": 3}
"""Where a messenger is told the name of the message that it is to send."""


@asynccontextmanager
async def bare(url: str, meets: Callable[[], bool], made: bool) -> AsyncGenerator[World]:
    """A world whose calls over the network ask ``meets`` whether they fail, ``made`` or not."""
    clock = MovableClock(Instant.from_timestamp(int(time.time())))
    judge = _Judge(meets, made, GivingUp())
    pace = Pace(
        now=lambda: clock.now().timestamp(unit="millisecond") / 1000, sleep=_no_sleep(clock)
    )
    async with standing(url, judge.of, furnish, clock, pace) as world:
        for messenger in world.messengers.values():
            judge.giving_up.over(messenger)
        judge.counts = True
        yield world
        judge.counts = False


def seconds(moment: Instant) -> float:
    """Since 1970, with what is less than one."""
    return moment.timestamp(unit="millisecond") / 1000


def _no_sleep(clock: MovableClock) -> Any:
    async def sleep(seconds: float) -> None:
        clock.move(seconds)

    return sleep


@dataclass(slots=True)
class GivingUp:
    """The attempts under way, by the name of their message."""

    waiting: dict[str, asyncio.Timeout] = field(default_factory=dict)

    def over(self, messenger: Messenger) -> None:
        """What this messenger sends can be given up from now on."""
        for name, place in NONCES.items():
            vars(messenger)[name] = self._noted(getattr(messenger, name), place)

    def _noted(self, send: Callable[..., Awaitable[Outcome]], place: int) -> Any:
        async def noted(*about: Any) -> Outcome:
            async with asyncio.timeout(None) as patience:
                self.waiting[about[place]] = patience
                return await send(*about)

        return noted

    def now(self, nonce: str) -> None:
        """Whoever waits for this message's answer has waited for too long."""
        self.waiting[nonce].reschedule(0)


@dataclass(slots=True)
class _Judge:
    meets: Callable[[], bool]
    made: bool
    giving_up: GivingUp
    counts: bool = False
    late: set[str] = field(default_factory=set)

    def of(self, surface: str) -> Callable[[Asked], Verdict]:
        """The judge at one door: the first message's answer is late, the n-th call fails."""

        def verdict(asked: Asked) -> Verdict:
            if not self.counts:
                return WELL
            if self.meets():
                return Verdict(made=self.made, breaks=True)
            if asked.nonce and surface not in self.late:
                self.late.add(surface)
                return Verdict(then=lambda: self.giving_up.now(asked.nonce), late=LATE)
            return WELL

        return verdict


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
            home = store.add(
                Workspace(
                    cohort_id=cohort, surface=surface, external_id=name, channel=channel,
                    meets_in_channel=within,
                )
            )  # fmt: skip
            known = _known(surface, slack, discord)
            people[surface] = [add_person(store, home, each, now).id for each in known]
            homes[surface] = home
        due: list[tuple[str, Recipient]] = [
            ("slack", ToMember(people["slack"][0])),
            ("discord", ToMember(people["discord"][0])),
            ("slack", ToMember(people["slack"][1])),
        ]
        for surface, home in homes.items():
            due += [(surface, together(people[surface])), (surface, ToChannel(home.id))]
        for number, (surface, to) in enumerate(due):
            store.owe(note(cohort, to, surface, number, now))
    return homes


def _known(surface: str, slack: SlackServer, discord: Discord) -> list[str]:
    if surface == "slack":
        return [slack.workspace.add_person(each).id for each in ("Ana", "Ben")]
    return [discord.person(each).account.id for each in ("Cleo", "Dana")]


def add_person(store: Any, home: Workspace, known: str, now: Instant, **settings: Any) -> Member:
    """A member with one account, who opted into nothing unless the settings say so."""
    member = store.add(Member(cohort_id=home.cohort_id, name=known, joined=now, **settings))
    store.add(
        Account(
            cohort_id=home.cohort_id, member_id=member.id, workspace_id=home.id,
            surface=home.surface, external_id=known, last_used=now,
        )
    )  # fmt: skip
    return member


def note(
    cohort: int,
    to: Recipient,
    surface: str,
    number: int,
    due: Instant,
    urgency: Urgency = Urgency.ANSWER,
) -> Owed:
    """A message with a number; its subject says where it is to appear."""
    return Owed(
        cohort_id=cohort,
        member_id=to.member_id if isinstance(to, ToMember) else None,
        to=written(to),
        command="note",
        subject=f"{surface} {number}",
        call=write(call("note", about=number)),
        due=due,
        urgency=urgency,
    )
