"""A note from its draft to its answer, on the three surfaces (FEATURES B1–B4, C4, C7)."""

from pathlib import Path

import pytest
from whenever import Instant

from adapters.slack.manifest import manifest
from bot.clocks import MovableClock
from bot.command import registry
from tests.adapters.discord_.home import connected, make_house
from tests.adapters.discord_.home import engine_for as discord_engine
from tests.adapters.slack.house import database, house, joined, settings_for
from tests.adapters.slack.house import engine_for as slack_engine
from tests.servers.discord import schemas
from tests.servers.discord.server import discord_server
from tests.servers.discord.sight import Form, Shown
from tests.servers.slack.server import SlackServer
from tests.walks.browser import CHROMIUM, NO_CHROMIUM, a_browser, an_open_playground, sits_down

WEDNESDAY = Instant.from_utc(2026, 11, 18, 14)
A_WEEK_LATER = Instant.from_utc(2026, 11, 25, 9)
BAD = "Dear Dana, do you have any openings at Acme?"


def shown(seen: Shown | Form | None) -> Shown:
    assert isinstance(seen, Shown), seen
    return seen


async def test_on_discord(tmp_path: Path) -> None:
    """Manners, facts, the note also alone by DM, the check, sent, asked after a week."""
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
            await ana.types("/contact add", {"name": "Dana Kim"})
            assert "Before your first note" in shown(await ana.presses("Draft an ask")).text
            await ana.presses("I’ll do it this way")
            await ana.presses("Two facts about them")
            drafted = shown(await ana.fills_in({"First": "your night buses"}))
            assert drafted.private
            assert "A note to" in drafted.text
            alone = await ana.gets_dm("What caught my eye: your night buses.")
            assert alone.text.strip("`\n ").startswith("Dear Dana,")
            await ana.types("/ask check")
            checked = shown(await ana.fills_in({"Note": BAD}))
            assert "This asks for a job." in checked.text
            assert "Well done" in shown(await ana.types("/ask sent", {"person": "Dana Kim"})).text
            clock.move_to(A_WEEK_LATER)
            assert await engine.tick() == 1
            assert "hasn’t answered in a week" in ana.inbox[-1].text
            await ana.presses("Follow-up draft", on=ana.inbox[-1])
            await ana.gets_dm("I write once more")
            await engine.stop()
        home.stores.close()
        assert schemas.problems(discord) == []


async def test_on_slack(tmp_path: Path) -> None:
    """The same in words and blocks."""
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
                await ana.types("/contact add Dana Kim company: Acme")
                await ana.sees("Dana Kim is on your list")
                await ana.presses("Draft an ask")
                await ana.sees("Before your first note")
                await ana.presses("I’ll do it this way")
                note = await ana.sees("Dear Dana,")
                assert "Make it sound like you" not in ana.read(note)
                await ana.types("/ask check")
                await ana.sees("Check my note")
                await ana.fills_in({"Note": BAD})
                await ana.sees("This asks for a job.")
                await ana.types("/ask sent Dana Kim")
                await ana.sees("Well done")
                clock.move_to(A_WEEK_LATER)
                ana.acts()
                await engine.tick()
                await ana.sees("hasn’t answered in a week")
                await ana.presses("Follow-up draft")
                await ana.sees("I write once more")
                await engine.stop()
        assert slack.complaints == []


@pytest.mark.skipif(not CHROMIUM, reason=NO_CHROMIUM)
async def test_in_the_playground(tmp_path: Path) -> None:
    """In a real browser, from an alum found to the question a week later."""
    async with a_browser() as browser, an_open_playground(tmp_path) as address:
        ana = await sits_down(browser, address)
        await ana.says("hi")
        await ana.presses("Opt in")
        await ana.messages.filter(has_text="at most once a day").wait_for()
        assert "Marketing" in await ana.says("/alum find marketing")
        rows = ana.answers.last.get_by_role("listitem")
        assert "Before your first note" in await ana.presses_in(rows.first, "Draft an ask")
        drafted = await ana.presses("I’ll do it this way")
        assert "alumni directory" in drafted
        assert "Well done" in await ana.presses("Sent")
        assert ana.complaints == []
