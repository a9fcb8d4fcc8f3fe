"""The main walk once more through simcord, which judges by its own reading of Discord's rules."""

from pathlib import Path
from typing import Any

import simcord
from whenever import Instant

from adapters.discord.app import DiscordApp
from adapters.discord.commands import application_commands
from adapters.discord.homes import settle
from adapters.discord.render import walk
from adapters.engine import Engine
from adapters.house import House
from bot.clocks import MovableClock
from bot.command import registry
from storage.claims import Claims
from tests.adapters.discord_.home import make_house
from tests.servers.discord.server import Discord

WEDNESDAY = Instant.from_utc(2026, 11, 18, 14)
THURSDAY_9 = Instant.from_utc(2026, 11, 19, 8, 1)
MONDAY_9 = Instant.from_utc(2026, 11, 23, 8, 1)


def said(components: list[dict[str, Any]]) -> str:
    """All words of a message."""
    return "\n".join(each.get("content", "") for each in walk(components))


def words(result: Any) -> str:
    """What an interaction was answered with."""
    assert result.response is not None, result
    return said(result.response.components)


async def test_the_main_walk(tmp_path: Path) -> None:
    """Opt in, add, log, thank, check in: taken by simcord without an error of its own."""
    clock = MovableClock(WEDNESDAY)
    house = make_house(tmp_path, Discord(), registry(), clock)
    app = DiscordApp(
        house.dispatcher,
        house.registry,
        lambda guild, name: settle(house.stores, house.clock, house.cohort_id, guild, name),
    )
    async with simcord.run(app) as env:
        await app.wire.put_commands(str(app.application_id), application_commands(registry()))
        guild = env.create_guild()
        channel = guild.create_text_channel("general")
        ana = guild.add_member(env.create_user("ana"))
        await she_joins(ana, channel)
        await she_logs_a_talk(ana, channel)
        await the_reminders_come(app, house, clock, env, ana)
    house.stores.close()


async def she_joins(ana: Any, channel: Any) -> None:
    menu = await ana.slash(channel, "snowball")
    assert menu.ephemeral
    assert "I write to nobody without your yes" in words(menu)
    asked = await ana.click(menu.response, label="Opt in")
    form = await ana.click(asked.response, label="Set my time zone")
    echo = await ana.submit_modal(form, {"zone": "Berlin"})
    assert "15:00" in words(echo)


async def she_logs_a_talk(ana: Any, channel: Any) -> None:
    added = await ana.slash(channel, "contact add", name="Dana Ortiz", company="Acme")
    assert "Dana Ortiz" in words(added)
    choices = await ana.autocomplete(channel, "interview log", "person", "dan")
    assert [each["name"] for each in choices] == ["Dana Ortiz (Acme)"]
    form = await ana.slash(channel, "interview log", person=choices[0]["value"])
    logged = await ana.submit_modal(form, {"tip": "Learn SQL first.", "names": "Kim Park"})
    assert "Kim Park" in words(logged)
    question = await ana.slash(channel, "question")
    assert question.ephemeral


async def the_reminders_come(
    app: DiscordApp, house: House, clock: MovableClock, env: Any, ana: Any
) -> None:
    engine = Engine(
        house.stores,
        Claims(house.stores),
        house.dispatcher,
        {"discord": app.messenger},
        clock,
        "simcord",
    )
    assert await engine.tick() == 1
    clock.move_to(THURSDAY_9)
    assert await engine.tick() == 1
    written = await history(app, ana)
    assert any("Learn SQL first." in each for each in written)
    clock.move_to(MONDAY_9)
    assert await engine.tick() == 1
    await engine.stop()
    assert env.errors == []


async def history(app: DiscordApp, ana: Any) -> list[str]:
    """What stands in Ana's DM."""
    channel = await app.wire.open_dm(str(ana.id))
    messages = await app.http.logs_from(int(channel), 50)
    return [said([dict(each) for each in message["components"]]) for message in messages]
