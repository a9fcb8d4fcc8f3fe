"""A hundred commands a second, and the database locked for two seconds in the middle.

The app is a process of its own; its one (stand-in) platform and the people share the machine's
cores with it. Every command is answered in its acknowledgement, deferred and answered later, or
refused at once with a kind sentence; what was refused has no effect, all else has exactly one. How
late an acknowledgement may be is judged in the long form only: it is CPU of a shared machine.
"""

import asyncio
import contextlib
import hashlib
import json
import os
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.apps import SERVE, App, running
from bench.platforms import Platform, discord_gateway, slack_http, slack_socket
from tests.chaos.table import Shown
from tests.servers.discord.limits import CALLBACK_SECONDS
from tests.servers.discord.person import COMMAND
from tests.servers.discord.server import Discord
from tests.servers.discord.world import Interaction, snowflake
from tests.servers.slack import payloads
from tests.servers.slack.server import SlackServer

PATIENCE = 90.0
PEOPLE = 40
REFUSED = "rather busy"
IN_TIME = 2.5
"""Seconds within which everything is acknowledged."""
MUST_SHORT = "each answered, deferred or refused kindly, or told by DM; one effect, none if refused"
MUST = f"every acknowledgement ≤ {IN_TIME} s, none lost, what was refused has no effect"


@dataclass(slots=True)
class Sent:
    """One command: when it was acknowledged, how, and whether its answer came. "Too late": for the
    platform, so that its answer came by DM; "lost": no answer came at all."""

    name: str
    took: float = 0.0
    how: str = "lost"


Ask = Callable[[int, Sent], Coroutine[Any, Any, None]]


@dataclass(frozen=True, slots=True)
class Burden:
    """So many a second for so long, and how long the database is locked in the middle.

    ``judged``: whether it is wrong to be late."""

    rate: float
    seconds: float
    locked: float
    judged: bool = True


def words_of(number: int) -> tuple[str, str]:
    """Half of the commands change something: each a contact of its own name."""
    name = hashlib.sha256(str(number).encode()).hexdigest()[:12]
    return ("add", f"D{name}") if number % 2 else ("list", "")


async def burdened(app: App, ask: Ask, burden: Burden, database: Path) -> list[Sent]:
    """All of them sent at their moments, whatever became of those before."""
    for number in range(PEOPLE):  # everybody has said something before
        await ask(-number * 2, Sent("before"))
    sent: list[Sent] = []
    asked: list[asyncio.Task[None]] = []
    locking = asyncio.create_task(locked(database, burden))
    begun = time.perf_counter()
    for number in range(int(burden.rate * burden.seconds)):
        await asyncio.sleep(max(0.0, begun + number / burden.rate - time.perf_counter()))
        sent.append(Sent(words_of(number)[1]))
        asked.append(asyncio.create_task(ask(number, sent[-1])))
    await asyncio.wait(asked, timeout=PATIENCE)
    for each in asked:
        each.cancel()
    await asyncio.gather(*asked, return_exceptions=True)
    await locking
    return sent


async def locked(database: Path, burden: Burden) -> None:
    """Another process holds SQLite's write lock."""
    await asyncio.sleep((burden.seconds - burden.locked) / 2)
    await asyncio.to_thread(_hold, database, burden.locked)


def _hold(database: Path, seconds: float) -> None:
    line = sqlite3.connect(database, timeout=10, isolation_level=None)
    line.execute("BEGIN IMMEDIATE")
    time.sleep(seconds)
    line.execute("ROLLBACK")
    line.close()


def on_slack(slack: SlackServer) -> Ask:
    """Slash commands; what was deferred comes by the response_url."""
    space, place = slack.workspace, slack.workspace.channel("general")
    people = [space.add_person(f"Person {number}") for number in range(PEOPLE)]

    async def ask(number: int, sent: Sent) -> None:
        person, (verb, name) = people[number // 2 % PEOPLE], words_of(number)
        url = space.new_response_url(place, person.id)
        address = f"{slack.base}hooks/{url.secret}"
        typed = payloads.slash_command(space, person, place, "/contact", f"{verb} {name}", address)
        begun = time.perf_counter()
        ack = await slack.delivery.deliver("slash_commands", typed)
        sent.took = time.perf_counter() - begun
        if ack.error:
            sent.how = "too late"
            return
        if ack.answer:
            sent.how = "refused" if REFUSED in json.dumps(ack.answer) else "at once"
            return
        await slack.until(lambda: url.uses, PATIENCE)
        sent.how = "deferred"

    return ask


def on_discord(discord: Discord) -> Ask:
    """Commands with their option; what was deferred comes by an edit."""
    people = [discord.person(f"Person {number}").account for number in range(PEOPLE)]
    command = snowflake()

    async def ask(number: int, sent: Sent) -> None:
        by, (verb, name) = people[number // 2 % PEOPLE], words_of(number)
        given = [{"name": "name", "type": 3, "value": name}] if name else []
        verbs = [{"name": verb, "type": 1, "options": given}]
        data = {"id": command, "name": "contact", "type": 1, "options": verbs}
        asked = Interaction(COMMAND, by, discord.general, data, discord.world.now())
        begun = time.perf_counter()

        def told() -> bool:
            """By DM, which is named by the command; of what only looked it is said now and then
            that it was too late."""
            made = [
                each for each in discord.world.messages.values() if each.channel.recipient is by
            ]
            return any(not name or each.body.get("nonce") == asked.id for each in made)

        await discord.tell(asked)
        with contextlib.suppress(TimeoutError):  # in time, as a rule
            await discord.until(lambda: asked.answered is not None, CALLBACK_SECONDS)
        await discord.until(lambda: asked.answered is not None or told(), PATIENCE)
        if asked.answered is None:
            sent.took, sent.how = time.perf_counter() - begun, "too late"
            return
        await asked.settled.wait()
        deferred = asked.answered == 5
        sent.took = asked.answered_after if deferred else time.perf_counter() - begun
        said = json.dumps(asked.original.body) if asked.original else ""
        at_once = "refused" if REFUSED in said else "at once"
        sent.how = "deferred" if deferred else at_once

    return ask


async def loaded(platform: Platform, burden: Burden) -> Shown:
    """One platform under its burden."""
    with tempfile.TemporaryDirectory() as where:
        folder, database = Path(where), Path(where) / "load.sqlite3"
        settings = {**platform.settings, "DATABASE_URL": f"sqlite:///{database}"}
        async with running(SERVE, folder, settings) as app:
            ask = await _ask_of(platform, app)
            before = app.cpu()
            sent = await burdened(app, ask, burden, database)
            used = (app.cpu() - before) / len(sent)
        with sqlite3.connect(database) as line:
            kept = Counter(name for (name,) in line.execute("SELECT name FROM contacts"))
        line.close()
    return shown(platform.name, burden, sent, kept, used)


async def _ask_of(platform: Platform, app: App) -> Ask:
    if platform.discord is not None:
        await platform.discord.ready()
        return on_discord(platform.discord)
    assert platform.slack is not None
    if app.address and not platform.slack.delivery.sockets:
        platform.slack.delivery.request_url = f"{app.address}/slack/events"
    return on_slack(platform.slack)


def shown(name: str, burden: Burden, sent: list[Sent], kept: Counter[str], cpu: float) -> Shown:
    """What was seen, and whether it held."""
    how = Counter(each.how for each in sent)
    slowest = max(each.took for each in sent)
    effects = {"at once": {1}, "deferred": {1}, "refused": {0}}
    named = [each for each in sent if each.name]
    wrong = [each for each in named if kept[each.name] not in effects.get(each.how, {0, 1})]
    counts = (
        f"{len(sent)} commands: slowest acknowledgement {slowest:.2f} s; {how['at once']} at once, "
        f"{how['deferred']} deferred, {how['refused']} refused kindly, {how['too late']} "
        f"too late, by DM, {how['lost']} lost; "
        f"{len(wrong)} with a wrong effect; {cpu * 1000:.1f} ms CPU each, {os.cpu_count()} cores "
        "shared with whoever asks"
    )
    in_time = slowest <= IN_TIME and not how["too late"]
    holds = not (how["lost"] or wrong) and (in_time or not burden.judged)
    title = f"{burden.rate:.0f} commands a second for {burden.seconds:.0f} s on {name}, locked "
    must = MUST if burden.judged else MUST_SHORT
    return Shown(f"{title}{burden.locked:.1f} s", must, counts, holds)


async def _run(long: bool) -> list[Shown]:
    lines: list[Shown] = []
    burden = Burden(100, 60, 2) if long else Burden(40, 2, 1.6, judged=False)
    for platform in (slack_socket, slack_http, discord_gateway) if long else (discord_gateway,):
        async with platform() as made:
            lines.append(await loaded(made, burden))
    return lines


def run(long: bool) -> Sequence[Shown]:
    """A minute each on Slack's two ways and on Discord; short: some seconds of Discord."""
    return asyncio.run(_run(long))
