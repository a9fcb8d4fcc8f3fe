"""A hundred broken lines on each platform, and people who press while they break.

Nothing of the SDKs is patched. On Discord, what was sent while the line was down comes with the
resumed session, and once more afterwards; where the session itself is gone (op 9), Discord keeps
nothing, so there the person presses before and after (4009 is such a case too, and is tried where
log-ins are). On Slack, what was not acknowledged comes
again on the new socket. Discord's log-ins keep their real pauses when it is ``long``, and only then
it is judged how soon all was back and whether it was acknowledged in time.
"""

import asyncio
import contextlib
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from adapters.discord.sync import sync
from adapters.discord.wing import DiscordWing
from bot.clocks import MovableClock
from bot.command import Registry
from bot.domain.people import Contact
from storage.database import Database
from tests.adapters.discord_.home import COMMANDS, make_house
from tests.adapters.slack import house as on_slack
from tests.chaos.table import Shown
from tests.servers.discord.limits import CALLBACK_SECONDS
from tests.servers.discord.person import COMMAND
from tests.servers.discord.server import Discord, discord_server
from tests.servers.discord.world import Interaction, snowflake
from tests.servers.slack import payloads
from tests.servers.slack.delivery import Delivery
from tests.servers.slack.server import SlackServer
from tests.servers.slack.workspace import Json

BACK_WITHIN = 10.0
PATIENCE = 60.0
IDENTIFIES_A_DAY = 50
LOSES_ALL = "op 9, not resumable"


def kept(stores: Database) -> Counter[str]:
    """How often each contact is there."""
    found: Counter[str] = Counter()
    for cohort in stores.cohorts():
        with stores.reading(cohort.id) as store:
            found.update(each.name for each in store.find(Contact))
    return found


async def settled(asked: list[str], stores: Database) -> None:
    """When everything has had its effect; what has none after a minute is wrong."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            while not set(asked) <= (await asyncio.to_thread(kept, stores)).keys():  # noqa: ASYNC110
                await asyncio.sleep(0.05)


def wrong(asked: list[str], stores: Database) -> list[str]:
    """What was not done exactly once."""
    found = kept(stores)
    return [name for name in asked if found[name] != 1]


class Gateway:
    """Somebody on Discord who adds a contact by each command, and a gateway that breaks."""

    def __init__(self, discord: Discord) -> None:
        self.discord = discord
        self.ana = discord.person("Ana").account
        self.command = snowflake()
        self.asked: list[Interaction] = []
        self.names: list[str] = []

    async def adds(self, name: str) -> Interaction:
        """One command, sent and not waited for."""
        self.names.append(name)
        given = [{"name": "name", "type": 3, "value": name}]
        data: Json = {"id": self.command, "name": "contact", "type": 1}
        data["options"] = [{"name": "add", "type": 1, "options": given}]
        discord = self.discord
        made = Interaction(COMMAND, self.ana, discord.general, data, discord.world.now())
        self.asked.append(made)
        await discord.tell(made)
        return made

    async def breaks(self, number: int, how: str, breaking: Callable[[], Awaitable[None]]) -> float:
        """One broken line; seconds until events arrive again."""
        gateway = self.discord.gateway
        before = await self.adds(f"before {number}")
        entered = gateway.identified + gateway.resumed
        begun = time.perf_counter()
        await breaking()
        if how != LOSES_ALL:
            await self.adds(f"while {number}")
        await self.discord.until(
            lambda: gateway.live and gateway.identified + gateway.resumed > entered, PATIENCE
        )
        took = time.perf_counter() - begun
        await self.discord.redeliver(before)
        after = await self.adds(f"after {number}")
        await self.discord.until(lambda: self.is_over(after), PATIENCE)
        return took

    def is_over(self, asked: Interaction) -> bool:
        """It was answered, or cannot be any more."""
        late = self.discord.world.now() - asked.born > CALLBACK_SECONDS
        return asked.answered is not None or late


async def on_discord(long: bool, folder: Path) -> Shown:
    """Closed with every code that may be resumed, torn, told to reconnect, its session gone."""
    async with discord_server() as discord:
        gateway = discord.gateway
        ways: dict[str, Callable[[], Awaitable[None]]] = {
            "op 7": gateway.reconnect,
            "torn": gateway.cut,
            "op 9, resumable": lambda: gateway.invalidate(resumable=True),
            **{f"closed {code}": _closing(gateway.drop, code) for code in (4000, 4001, 4002, 1001)},
            "closed 4008": _closing(gateway.drop, 4008),
            LOSES_ALL: gateway.invalidate,
        }
        house = make_house(folder, discord, Registry(COMMANDS), MovableClock())
        wing = DiscordWing(house, pace=1.0 if long else 0.0)
        await sync(house.registry, discord.token, discord.api_url)
        await wing.open()
        await wing.listen()
        ana = Gateway(discord)
        took: list[float] = []
        if not long:  # a new log-in takes five seconds, by Discord's rule
            del ways[LOSES_ALL]
        for number in range(100 if long else len(ways)):
            how = [*ways][number % len(ways)]
            took.append(await ana.breaks(number, how, ways[how]))
        await settled(ana.names, house.stores)
        await wing.leave()
        await wing.close()
        bad = wrong(ana.names, house.stores)
        house.stores.close()
    late = max(each.answered_after for each in ana.asked)
    never = sum(each.answered is None for each in ana.asked)
    counts = (
        f"{len(took)} broken lines of {len(ways)} kinds, back after {max(took):.1f} s at most; "
        f"{len(ana.names)} commands around them (a third of them delivered twice), "
        f"{len(ana.names) - len(bad)} with one effect, answered within {late:.1f} s "
        f"({never} too late for that); "
        f"{gateway.identified} IDENTIFY, {gateway.resumed} RESUME"
    )
    quick = max(took) <= BACK_WITHIN and not never
    holds = not bad and gateway.identified < IDENTIFIES_A_DAY and (quick or not long)
    must = f"{_must(long)}, < {IDENTIFIES_A_DAY} IDENTIFY"
    return Shown(f"{len(took)} gateway drops", must, counts, holds)


def _must(long: bool) -> str:
    return f"one effect each, back within {BACK_WITHIN:g} s" if long else "one effect each"


def _closing(drop: Callable[[int], Awaitable[None]], code: int) -> Callable[[], Awaitable[None]]:
    async def closing() -> None:
        await drop(code)

    return closing


async def insists(delivery: Delivery, payload: Json) -> bool:
    """The same command again until it is acknowledged; whether once was not enough."""
    ack = await delivery.deliver("slash_commands", payload)
    missed = bool(ack.error)
    async with asyncio.timeout(PATIENCE):
        while ack.error:
            ack = await delivery.deliver("slash_commands", payload, (1, "timeout"))
    return missed


async def on_socket_mode(long: bool, folder: Path) -> Shown:
    """Closed, told to connect anew, torn: at each a command is on its way."""
    with on_slack.database(folder) as stores:
        async with SlackServer() as slack, on_slack.connected(stores, slack, "socket"):
            delivery = slack.delivery
            ways: list[Callable[[], Awaitable[None]]] = [
                delivery.disconnect,
                delivery.hang_up,
                delivery.tear,
            ]
            ana = slack.person("Ana")
            names: list[str] = []
            flying: list[asyncio.Task[object]] = []

            def adds(name: str) -> Json:
                names.append(name)
                url = slack.workspace.new_response_url(slack.workspace.channel("general"), ana.id)
                return payloads.slash_command(
                    slack.workspace, ana.account, url.channel, "/contact", f"add {name}",
                    f"{slack.base}hooks/{url.secret}",
                )  # fmt: skip

            took: list[float] = []
            unacknowledged = 0
            for number in range(100 if long else 8):
                before = adds(f"before {number}")
                opened, begun = delivery.opened, time.perf_counter()
                flying.append(asyncio.create_task(delivery.deliver("slash_commands", before)))
                await asyncio.sleep(0)  # it is on its way
                await ways[number % (3 if long else 2)]()  # seconds pass until a torn one is seen
                await delivery.connected(PATIENCE)
                took.append(time.perf_counter() - begun)
                assert delivery.opened > opened
                await insists(delivery, before)
                unacknowledged += await insists(delivery, adds(f"after {number}"))
            for each in flying:  # what was not acknowledged has come again
                each.cancel()
            await settled(names, stores)
        bad = wrong(names, stores)
    done = len(names) - len(bad)
    counts = (
        f"{len(took)} broken sockets, back after {max(took):.1f} s at most; {len(names)} commands "
        f"around them (half of them delivered twice), {done} with one effect; "
        f"{unacknowledged} not acknowledged once it was back"
    )
    quick = max(took) <= BACK_WITHIN and not unacknowledged
    holds = not bad and (quick or not long)
    return Shown(f"Socket Mode broken {len(took)} times", _must(long), counts, holds)


async def _run(long: bool) -> list[Shown]:
    lines: list[Shown] = []
    for experiment in (on_discord, on_socket_mode):
        with tempfile.TemporaryDirectory() as where:
            lines.append(await experiment(long, Path(where)))
    return lines


def run(long: bool) -> Sequence[Shown]:
    """Both platforms; Socket Mode as fast as it comes back, rather than every five seconds."""
    return asyncio.run(_run(long))
