"""The very same event a hundred times, eight at once: one effect.

A signed command, a press, a submitted form and words in a DM on Slack; a command and a form on
Discord. On SQLite, and on PostgreSQL where there is one.
"""

import asyncio
import json
import tempfile
from collections.abc import Awaitable, Callable, Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from cryptography.fernet import Fernet

from bot.clocks import MovableClock
from bot.command import Registry
from bot.content import load
from bot.domain.people import Contact
from bot.invocation import call, write_id
from storage.cipher import Cipher
from storage.database import Database
from tests.adapters.discord_.home import COMMANDS, connected, make_house
from tests.adapters.slack import house as slack_house
from tests.chaos.table import Shown
from tests.servers import postgres
from tests.servers.discord.server import discord_server
from tests.servers.discord.world import Interaction
from tests.servers.slack import payloads
from tests.servers.slack.server import SlackServer
from tests.servers.slack.workspace import Json, Message

TIMES, AT_ONCE = 100, 8
PATIENCE = 60.0
MUST = "one effect"
Again = Callable[[], Awaitable[bool]]
"""Delivers it once more; whether it was acknowledged."""


@contextmanager
def database(url: str) -> Generator[Database]:
    """An empty one."""
    made = Database(url, Cipher([Fernet.generate_key().decode()]), load().fields)
    made.create()
    try:
        yield made
    finally:
        made.close()


def people(stores: Database) -> int:
    """How many contacts there are."""
    cohorts = [each.id for each in stores.cohorts()]
    counted = 0
    for cohort in cohorts:
        with stores.reading(cohort) as store:
            counted += store.count(Contact)
    return counted


async def hammered(again: Again, times: int) -> int:
    """So many times, eight at once; how many were not acknowledged."""
    room = asyncio.Semaphore(AT_ONCE)

    async def once() -> bool:
        async with room:
            return await again()

    return (await asyncio.gather(*(once() for _ in range(times)))).count(False)


def signed(slack: SlackServer, kind: str, payload: Json) -> Again:
    """One request with one signature, and the headers of a retry every other time."""
    if kind == "events_api":
        body, media = json.dumps(payload), "application/json"
    else:
        form = {"payload": json.dumps(payload)} if kind == "interactive" else payload
        body, media = urlencode(form), "application/x-www-form-urlencoded"
    headers = {**slack.delivery.headers(body), "Content-Type": media}
    retried = {**headers, "X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout"}
    turn = iter(range(10**6))

    async def again() -> bool:
        status, _ = await slack.delivery.post(body, retried if next(turn) % 2 else headers)
        return status == 200

    return again


async def events(slack: SlackServer) -> dict[str, Again]:
    """Each kind of event that adds one person."""
    ana, space = slack.person("Ana"), slack.workspace
    place = space.channel("general")

    def typed(words: str) -> Json:
        url = f"{slack.base}hooks/{space.new_response_url(place, ana.id).secret}"
        return payloads.slash_command(space, ana.account, place, "/contact", words, url)

    await ana.types("/echo one")
    first = await ana.sees("You said one")
    assert isinstance(first, Message)
    where, control = ana.finds("Again")
    press = write_id(call("contact add", name="Pressed"), 1, 1)
    pressed = payloads.block_actions(space, ana.account, where, control, {}, f"{slack.base}x")
    pressed["actions"][0]["action_id"] = press
    await ana.types("/talk log")
    await ana.sees("Log a talk")
    view = await ana.writes({"Person": "Formed"})
    said = space.post(ana.dm, ana.id, "/contact add Said", [])
    return {
        "command": signed(slack, "slash_commands", typed("add Typed")),
        "press": signed(slack, "interactive", pressed),
        "form": signed(slack, "interactive", payloads.view_submission(space, ana.account, view)),
        "words": signed(slack, "events_api", payloads.said(space, said)),
    }


async def on_slack(name: str, stores: Database, times: int) -> Shown:
    """Signed requests, as Slack's retries and whoever replays them within five minutes."""
    seen: dict[str, int] = {}
    refused = 0
    async with SlackServer() as slack, slack_house.connected(stores, slack, "http"):
        for kind, again in (await events(slack)).items():
            before = people(stores)
            refused += await hammered(again, times)
            await slack.until(lambda before=before: people(stores) > before, PATIENCE)
            seen[kind] = people(stores) - before
        ben = slack.person("Ben")  # behind all of them: an event is acknowledged before it is done
        await ben.types("/echo done")
        await ben.sees("You said done")
        seen["all"] = people(stores) - sum(seen.values()) + 1
    return shown(f"Slack on {name}", seen, times, refused)


async def on_discord(name: str, url: str, times: int) -> Shown:
    """The same interaction, delivered again and again by the gateway."""
    seen: dict[str, int] = {}
    async with discord_server() as discord:
        house = make_house(Path(), discord, Registry(COMMANDS), MovableClock(), url)
        async with connected(house, discord) as wing:
            ana, ben = discord.person("Ana"), discord.person("Ben")
            for kind in ("command", "form"):
                before = people(house.stores)
                await ana.types("/contact add", {"name": "Typed"} if kind == "command" else {})
                if kind == "form":
                    await ana.fills_in({"Name": "Formed"})
                done = ana.last

                async def again(done: Interaction | None = done) -> bool:
                    assert done is not None
                    await discord.redeliver(done)
                    return True

                await hammered(again, times - 1)
                await ben.types("/echo")  # behind all of them
                await discord.until(lambda: not wing.app._at_work, PATIENCE)
                seen[kind] = people(house.stores) - before
        house.stores.close()
    return shown(f"Discord on {name}", seen, times, 0)


def shown(where: str, seen: dict[str, int], times: int, refused: int) -> Shown:
    """One line of the table."""
    effects = ", ".join(f"{kind} {count}" for kind, count in seen.items())
    counts = (
        f"{times} times each, {AT_ONCE} at once; effects: {effects}; {refused} not acknowledged"
    )
    holds = set(seen.values()) == {1} and not refused
    return Shown(f"the same event again and again: {where}", MUST, counts, holds)


async def _run(long: bool) -> list[Shown]:
    times = TIMES if long else 16
    with tempfile.TemporaryDirectory() as where:
        files = [f"sqlite:///{Path(where) / name}" for name in ("slack.db", "discord.db")]
        lines = await _on("SQLite", files[0], files[1], times)
    if long:
        try:
            with postgres.running() as server:
                lines += await _on("PostgreSQL", server.fresh(), server.fresh(), times)
        except LookupError as why:
            lines.append(Shown("the same event: PostgreSQL", MUST, str(why), holds=False))
    return lines


async def _on(name: str, url: str, other: str, times: int) -> list[Shown]:
    with database(url) as stores:
        first = await on_slack(name, stores, times)
    return [first, await on_discord(name, other, times)]


def run(long: bool) -> Sequence[Shown]:
    """A hundred times each on both databases; short: sixteen times on SQLite."""
    return asyncio.run(_run(long))
