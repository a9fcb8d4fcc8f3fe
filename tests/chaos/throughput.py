"""How fast messages go: against far ends that enforce the platforms' limits, and against free ones.

With limits it is counted what the far end took of what it allows. Without them the far end is a
process of its own, and what a message costs us stands beside a bare loop of the SDK.
"""

import asyncio
import tempfile
import time
from collections import deque
from collections.abc import Callable, Sequence
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
that we stay a little below (adapters/slack/messenger.py)."""
SHARE, SHARE_IN_A_CHAT = 0.95, 0.8
MUST = "≥ 95 % of what the limits allow, never asked to wait"
MUST_BRIEFLY = "never asked to wait"


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
        limited = asyncio.run(_singly(Path(folder), 30.0 if long else 2.0, long=long))
        if long:
            limited.append(asyncio.run(_crowd(Path(folder))))
        free = asyncio.run(throughput_free.figures(Path(folder), 1000 if long else 30, *surfaces))
    return [*limited, *free]


async def _singly(folder: Path, seconds: float, *, long: bool) -> list[Shown]:
    """A crowd on Discord, and one person on Slack who is owed many messages."""
    furnish = partial(_furnish, on_slack=1, on_discord=int(28 * seconds))
    url = f"sqlite:///{folder / 'singly.sqlite'}"
    async with standing(url, _no_faults, furnish, MovableClock()) as world:
        bot = Cap(world.discord.faults, A_SECOND, 1.0, _is_counted)
        chat = Cap(world.slack.faults, A_SECOND, 1.0, _is_a_post)
        world.slack.limits_posts = True
        await _busy(world, int(seconds + 5), seconds, bot, chat)
        waited = [each.error for each in world.slack.complaints].count("ratelimited")
        chat.refused += waited
        times = chat.taken[:-1]  # the last may just be on its way
        a_second = (len(times) - 1) / (times[-1] - times[0]) if len(times) > 1 else 1.0
        return [
            _line("Discord, 50 a second for the bot", bot, A_SECOND * seconds, seconds, long=long),
            Shown(
                "throughput: Slack, one a second in a conversation",
                f"≥ 80 % of it, the making of each included; {MUST_BRIEFLY}"
                if long
                else MUST_BRIEFLY,
                f"{len(times)} messages, {a_second:.2f} a second, asked to wait {chat.refused} "
                "times",
                not chat.refused and (a_second >= SHARE_IN_A_CHAT or not long),
            ),
        ]


async def _crowd(folder: Path) -> Shown:
    """More on Slack than a workspace takes in a minute."""
    furnish = partial(_furnish, on_slack=600, on_discord=0)
    url = f"sqlite:///{folder / 'crowd.sqlite'}"
    async with standing(url, _no_faults, furnish, MovableClock()) as world:
        cap = Cap(world.slack.faults, A_MINUTE, 60.0, _is_a_post)
        await _busy(world, 1, 60.0, cap)
        return _line("Slack, 520 a minute in a workspace", cap, A_MINUTE, 60.0, long=True)


async def _busy(world: World, many: int, seconds: float, *caps: Cap) -> None:
    await asyncio.to_thread(_owe, world, many)
    await world.engine.start()
    async with asyncio.timeout(seconds + 60):
        while not all(cap.taken and _passed(cap, seconds) for cap in caps):  # noqa: ASYNC110 - nobody rings
            await asyncio.sleep(0.1)


def _line(what: str, cap: Cap, allowed: float, seconds: float, *, long: bool) -> Shown:
    took = cap.took(seconds)
    return Shown(
        f"throughput: {what}",
        MUST if long else MUST_BRIEFLY,
        f"{took} of {allowed:.0f} in {seconds:.0f} s ({took / allowed:.1%}), "
        f"asked to wait {cap.refused} times",
        not cap.refused and (took >= SHARE * allowed or not long),
    )


def _passed(cap: Cap, seconds: float) -> bool:
    return time.monotonic() > cap.taken[0] + seconds


def _is_counted(name: str) -> bool:
    """Answers to interactions do not count; what comes before the first message is not ours."""
    return name.startswith("POST /channels") or name == "POST /users/@me/channels"


def _is_a_post(name: str) -> bool:
    return name == "chat.postMessage"


def _no_faults(_surface: str) -> Judge:
    return lambda _asked: WELL


def _furnish(
    database: Database,
    now: Instant,
    slack: SlackServer,
    discord: Discord,
    on_slack: int,
    on_discord: int,
) -> dict[str, Workspace]:
    """So many people."""
    cohort = database.add_cohort(Cohort(name="Class", created=now)).id
    users = {
        "slack": [slack.workspace.add_person(f"S{n}").id for n in range(on_slack)],
        "discord": [discord.person(f"D{n}").account.id for n in range(on_discord)],
    }
    homes: dict[str, Workspace] = {}
    with database.writing(cohort) as store:
        for surface, name in (("slack", "T1"), ("discord", discord.world.guild_id)):
            homes[surface] = store.add(
                Workspace(cohort_id=cohort, surface=surface, external_id=name)
            )
            for user in users[surface]:
                add_person(store, homes[surface], user, now, zone="UTC", opted_in=now)
    return homes


def _owe(world: World, many: int) -> None:
    """One message to each, and to the first so many."""
    cohort = world.homes["slack"].cohort_id
    now = world.clock.now()
    with world.database.writing(cohort) as store:
        accounts = store.find(Account, order="id")
        for number, each in enumerate([*([accounts[0]] * many), *accounts[1:]]):
            store.owe(note(cohort, ToMember(each.member_id), each.surface, number, now))
