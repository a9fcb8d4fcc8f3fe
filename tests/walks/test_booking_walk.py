"""A talk from its booking to the log, through both real clients (FEATURES C2–C7, D2)."""

from pathlib import Path

from icalendar import Calendar
from whenever import Instant

from adapters.slack.manifest import manifest
from bot.clocks import MovableClock
from bot.command import registry
from tests.adapters.discord_.home import connected, make_house
from tests.adapters.discord_.home import engine_for as discord_engine
from tests.adapters.slack.house import database, house, joined, settings_for
from tests.adapters.slack.house import engine_for as slack_engine
from tests.servers.discord import schemas
from tests.servers.discord.person import Person as DiscordPerson
from tests.servers.discord.server import discord_server
from tests.servers.discord.sight import Form, Shown
from tests.servers.slack.person import Person as SlackPerson
from tests.servers.slack.server import SlackServer
from tests.servers.slack.workspace import Message

WEDNESDAY = Instant.from_utc(2026, 11, 18, 14)
EVENING = Instant.from_utc(2026, 11, 19, 17)
BEFORE = Instant.from_utc(2026, 11, 20, 13, 45)
AFTER = Instant.from_utc(2026, 11, 20, 15)


def shown(seen: Shown | Form | None) -> Shown:
    assert isinstance(seen, Shown), seen
    return seen


def opened(seen: Shown | Form | None) -> Form:
    assert isinstance(seen, Form), seen
    return seen


async def test_on_discord(tmp_path: Path) -> None:
    """Booked in a form of five fields, briefed, reminded, asked, logged."""
    clock = MovableClock(WEDNESDAY)
    async with discord_server() as discord:
        home = make_house(tmp_path, discord, registry(), clock)
        async with connected(home, discord) as wing:
            engine = discord_engine(home, wing)
            ana = discord.person("Ana", locale="de")
            await ana.types("/snowball")
            await ana.presses("Opt in")
            await ana.presses("Set my time zone")
            await ana.fills_in({"Zone": "Berlin"})
            await engine.tick()
            await she_books_on_discord(ana)
            clock.move_to(EVENING)
            assert await engine.tick() == 1
            brief = " ".join(each.text for each in ana.inbox)
            assert "Five questions" in brief
            assert "Dear Dana" in brief
            clock.move_to(BEFORE)
            assert await engine.tick() == 1
            assert "Room 4" in ana.inbox[-1].text
            clock.move_to(AFTER)
            assert await engine.tick() == 1
            assert "Did it happen?" in ana.inbox[-1].text
            form = opened(await ana.presses("Yes", on=ana.inbox[-1]))
            assert "Your talk with Dana" in form.title
            assert "Logged" in shown(await ana.fills_in({"Tip": "Learn SQL first."})).text
            await engine.stop()
        home.stores.close()
        assert schemas.problems(discord) == []


async def she_books_on_discord(ana: DiscordPerson) -> None:
    form = opened(await ana.types("/interview book", {"person": "Dana Ortiz"}))
    assert len(form.labels) <= 5
    bad = await ana.fills_in({"When": "yesterday 3pm"})
    assert "passed" in (bad.text if bad is not None else "")
    opened(await ana.presses("Mend it"))
    booked = shown(await ana.fills_in({"When": "friday 3pm", "Place": "Room 4", "Zone": "Chicago"}))
    assert "08:00 in Chicago for them" in booked.text
    assert booked.private
    (file,) = booked.files
    (event,) = Calendar.from_ical(file.content).events
    assert event["summary"] == "Talk with Dana Ortiz"
    assert "Dana Ortiz" in shown(await ana.types("/interview prep")).text


async def test_on_slack(tmp_path: Path) -> None:
    """Booked in words, with the file by DM, briefed, reminded, asked, logged."""
    clock = MovableClock(WEDNESDAY)
    async with SlackServer(manifest=manifest(registry())) as slack:
        with database(tmp_path) as stores:
            home = house(stores, settings_for(slack, "socket"), registry(), clock)
            async with joined(home, slack) as wing:
                engine = slack_engine(home, wing)
                ana = slack.person("Ana", tz="Europe/Berlin")
                await ana.types("/snowball")
                await ana.presses("Opt in")
                await ana.sees("15:00")
                await engine.tick()
                await she_books_on_slack(ana)
                files = [m for m in ana.messages if "talk.ics" in ana.read(m)]
                assert [m.channel for m in files] == [ana.dm]
                clock.move_to(EVENING)
                ana.acts()
                assert await engine.tick() == 1
                await ana.sees("Five questions")
                clock.move_to(BEFORE)
                ana.acts()
                assert await engine.tick() == 1
                await ana.sees("Room 4")
                clock.move_to(AFTER)
                ana.acts()
                assert await engine.tick() == 1
                await ana.sees("Did it happen?")
                await ana.presses("Yes")
                await ana.sees("Your talk with Dana")
                await ana.fills_in({"Tip": "Learn SQL first."})
                await ana.sees("Logged")
                await engine.stop()
        assert slack.complaints == []


async def she_books_on_slack(ana: SlackPerson) -> None:
    await ana.types("/interview book Dana Ortiz friday 3pm")
    await ana.sees("Book a talk")
    await ana.fills_in({"Place": "Room 4", "Zone": "Chicago"})
    booked = await ana.sees("08:00 in Chicago for them")
    assert isinstance(booked, Message)
    await ana.types("/interview prep")
    await ana.sees("15:00, Dana Ortiz")
