"""How fast messages go: against far ends that enforce the platforms' limits, and against free ones.

With limits it is counted what the far end took of what it allows. Without them the far end is a
process of its own, and what a message costs us stands beside a bare loop of the SDK.
"""

import asyncio
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from whenever import Instant

from bot.clocks import MovableClock
from bot.domain.cohort import Account, Cohort, Workspace
from bot.domain.recipients import ToMember
from storage.database import Database
from tests.chaos import throughput_free
from tests.chaos.door import WELL, Judge
from tests.chaos.nth_fault_world import add_person, note
from tests.chaos.standing import World, standing
from tests.chaos.table import Shown
from tests.servers.discord.server import Discord
from tests.servers.faults import Faults
from tests.servers.slack.server import SlackServer

A_SECOND, A_MINUTE = 50, 520
"""Discord's requests a second for a bot; Slack's "several hundred" messages a minute, as a number
that we keep to (adapters/slack/messenger.py)."""
CHAT = "ana"
"""One person who has many messages coming: one a second."""
SHARE, SHARE_IN_A_CHAT = 0.95, 0.8
A_LONG_TIME = 60.0
MUST = "≥ 95 % of what the limits allow, never asked to wait"
MUST_BRIEFLY = "never asked to wait (the share is judged over a minute)"


@dataclass(slots=True)
class Cap:
    """At most so many requests within so many seconds; what goes beyond is a 429."""

    faults: Faults
    most: int
    within: float
    counts: Callable[[str], bool]
    taken: list[float] = field(default_factory=list)
    refused: int = 0
    _window: deque[float] = field(default_factory=deque)

    def __post_init__(self) -> None:
        self.faults.heard.append(self._hear)

    def _hear(self, name: str, _request: object) -> None:
        if not self.counts(name):
            return
        now = time.monotonic()
        while self._window and self._window[0] <= now - self.within:
            self._window.popleft()
        if len(self._window) >= self.most:
            self.refused += 1
            self.faults.add(name, "limit", scope="global", retry_after=1)
            return
        self._window.append(now)
        self.taken.append(now)

    def took(self, seconds: float) -> int:
        """Requests in so many seconds from the first."""
        return sum(at < self.taken[0] + seconds for at in self.taken) if self.taken else 0


def run(long: bool) -> Sequence[Shown]:
    """A minute of each limit, or two seconds; a thousand messages without any, or a few."""
    surfaces = ("slack", "discord") if long else ("slack",)
    with tempfile.TemporaryDirectory() as folder:
        limited = asyncio.run(_limited(Path(folder), A_LONG_TIME if long else 2.0))
        free = asyncio.run(throughput_free.run(Path(folder), 1000 if long else 30, *surfaces))
    return [*limited, *free]


async def _limited(folder: Path, seconds: float) -> list[Shown]:
    furnish = partial(_furnish, seconds=seconds)
    url = f"sqlite:///{folder / 'limited.sqlite'}"
    async with standing(url, _no_faults, furnish, MovableClock()) as world:
        discord = Cap(world.discord.faults, A_SECOND, 1.0, _is_counted)
        slack = Cap(world.slack.faults, A_MINUTE, 60.0, lambda name: name == "chat.postMessage")
        world.slack.limits_posts = True
        await asyncio.to_thread(_owe, world, seconds)
        await world.engine.start()
        async with asyncio.timeout(seconds + 60):
            while not all(cap.taken and _passed(cap, seconds) for cap in (discord, slack)):  # noqa: ASYNC110 - nobody rings for this
                await asyncio.sleep(0.1)
        complaints = [each.error for each in world.slack.complaints]
        waited = slack.refused + complaints.count("ratelimited")
        bot, allowed = "Discord, 50 a second for the bot", A_SECOND * seconds
        return [
            _line(bot, discord, allowed, seconds, discord.refused),
            *_slack(world, slack, seconds, waited),
        ]


def _slack(world: World, cap: Cap, seconds: float, waited: int) -> Iterable[Shown]:
    chats = world.slack.workspace.messages
    first = next(each for each in world.slack.people if each.account.name == CHAT)
    times = [each.at for each in chats if each.channel is first.dm]
    a_second = (len(times) - 1) / (times[-1] - times[0])
    yield Shown(
        "throughput: Slack, one a second in a conversation",
        "≥ 80 % of it, making each included; never asked to wait",
        f"{len(times)} messages, {a_second:.2f} a second, asked to wait {waited} times",
        not waited and (a_second >= SHARE_IN_A_CHAT or seconds < A_LONG_TIME),
    )
    if seconds >= A_LONG_TIME:
        yield _line("Slack, 520 a minute in a workspace", cap, A_MINUTE, seconds, waited)


def _line(what: str, cap: Cap, allowed: float, seconds: float, waited: int) -> Shown:
    took = cap.took(seconds)
    return Shown(
        f"throughput: {what}",
        MUST if seconds >= A_LONG_TIME else MUST_BRIEFLY,
        f"{took} of {allowed:.0f} in {seconds:.0f} s ({took / allowed:.1%}), "
        f"asked to wait {waited} times",
        not waited and (took >= SHARE * allowed or seconds < A_LONG_TIME),
    )


def _passed(cap: Cap, seconds: float) -> bool:
    return time.monotonic() > cap.taken[0] + seconds


def _is_counted(name: str) -> bool:
    """Answers to interactions do not count; what comes before the first message is not ours."""
    return name.startswith("POST /channels") or name == "POST /users/@me/channels"


def _no_faults(_surface: str) -> Judge:
    return lambda _asked: WELL


def _furnish(
    database: Database, now: Instant, slack: SlackServer, discord: Discord, seconds: float
) -> dict[str, Workspace]:
    """Enough people to be busy for so long."""
    cohort = database.add_cohort(Cohort(name="Class", created=now)).id
    ana = slack.person(CHAT).account.id
    crowd = 600 if seconds >= A_LONG_TIME else 0
    on_slack = [ana, *(slack.workspace.add_person(f"S{n}").id for n in range(crowd))]
    on_discord = [discord.person(f"D{n}").account.id for n in range(int(28 * seconds))]
    known = {"slack": ("T1", on_slack), "discord": (discord.world.guild_id, on_discord)}
    homes: dict[str, Workspace] = {}
    with database.writing(cohort) as store:
        for surface, (name, users) in known.items():
            homes[surface] = store.add(
                Workspace(cohort_id=cohort, surface=surface, external_id=name)
            )
            for user in users:
                add_person(store, homes[surface], user, now, zone="UTC", opted_in=now)
    return homes


def _owe(world: World, seconds: float) -> None:
    """One message to each, and to one a whole row of them."""
    cohort = world.homes["slack"].cohort_id
    now = world.clock.now()
    with world.database.writing(cohort) as store:
        accounts = store.find(Account, order="id")
        many = [accounts[0]] * int(seconds + 5)
        for number, each in enumerate([*many, *accounts[1:]]):
            store.owe(note(cohort, ToMember(each.member_id), each.surface, number, now))
