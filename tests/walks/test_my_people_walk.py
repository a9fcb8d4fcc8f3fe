"""Whom to meet, two cards made one, my data taken along and deleted, on all three surfaces."""

import io
import json
import re
import zipfile
from pathlib import Path

from aiohttp import ClientSession
from whenever import Instant

from adapters.slack.manifest import manifest
from bot.clocks import MovableClock
from bot.command import registry
from bot.domain.cohort import Member
from tests.adapters.discord_ import home as discord_home
from tests.adapters.slack.house import database, house, joined, settings_for
from tests.adapters.web_.client import Tab
from tests.servers.discord.server import discord_server
from tests.servers.discord.sight import Form, Shown
from tests.servers.slack.server import SlackServer
from tests.walks.browser import an_open_playground

WEDNESDAY = Instant.from_utc(2026, 11, 18, 14)


def names_in(archive: bytes) -> list[str]:
    """The contacts in an export."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        everything = json.loads(opened.read("everything.json"))
    return [each["name"] for each in everything["contacts"]]


async def test_on_slack(tmp_path: Path) -> None:
    """The file comes by DM, and after the deletion nobody is there."""
    async with SlackServer(manifest=manifest(registry())) as slack:
        with database(tmp_path) as stores:
            home = house(stores, settings_for(slack, "socket"), registry(), MovableClock(WEDNESDAY))
            async with joined(home, slack):
                ana = slack.person("Ana", tz="Europe/Berlin")
                await ana.types("/network start")
                await ana.sees("Whom should I meet?", "an aunt, a coach, an old manager")
                await ana.fills_in({"Field": "marketing", "Known": "Rosa Martinez, Rosa Martines"})
                await ana.sees("Whom to meet first", "Rosa Martinez")
                await ana.types("/contact merge")
                await ana.sees("Perhaps the same person")
                await ana.presses("Look")
                await ana.sees("Nothing is changed yet")
                await ana.presses("Make them one")
                await ana.sees("One card now")
                await ana.types("/mydata export")
                message = await ana.sees("(file: snowball-2026-11-18.zip)")
                assert getattr(message, "channel", None) is ana.dm
                (file,) = [f for f in slack.workspace.files.values() if f["name"].endswith("zip")]
                assert sorted(names_in(file["content"])) == ["Rosa Martines", "Rosa Martinez"]
                await ana.types("/mydata delete")
                await ana.sees("What is left")
                await ana.presses("Delete everything")
                await ana.sees("Type your name as I know it")
                await ana.fills_in({"Name": "Ana"})
                await ana.sees("everything I kept of you is deleted")
            with stores.reading(home.cohort_id) as store:
                assert store.find(Member) == []
        assert slack.complaints == []


async def test_on_discord(tmp_path: Path) -> None:
    """The same, with the file in the private answer."""
    async with discord_server() as discord:
        house = discord_home.make_house(tmp_path, discord, registry(), MovableClock(WEDNESDAY))
        async with discord_home.connected(house, discord):
            ana = discord.person("Ana", locale="de")
            assert isinstance(await ana.types("/network start"), Form)
            seen = await ana.fills_in(
                {"Field": "marketing", "Known": "Rosa Martinez, Rosa Martines"}
            )
            assert isinstance(seen, Shown)
            assert "Whom to meet first" in seen.text
            assert "Perhaps the same person" in (await ana.types("/contact merge")).text
            await ana.presses("Look")
            assert "One card now" in (await ana.presses("Make them one")).text
            export = await ana.types("/mydata export")
            assert isinstance(export, Shown)
            assert export.private
            (file,) = export.files
            assert sorted(names_in(file.content)) == ["Rosa Martines", "Rosa Martinez"]
            assert "What is left" in (await ana.types("/mydata delete")).text
            assert isinstance(await ana.presses("Delete everything"), Form)
            gone = await ana.fills_in({"Name": "Ana"})
            assert "everything I kept of you is deleted" in gone.text
        with house.stores.reading(house.cohort_id) as store:
            assert store.find(Member) == []
        house.stores.close()


async def test_in_the_playground(tmp_path: Path) -> None:
    """The page's own posts, and the file by its link, which a classmate cannot open."""
    async with an_open_playground(tmp_path) as address, ClientSession(address) as client:
        tab = Tab(client)  # ty: ignore[invalid-argument-type]
        await tab.opens()
        asked = await (await tab.posts("/say", words="/network start")).json()
        assert "an aunt, a coach, an old manager" in asked["form"]
        (draft,) = re.findall(r'name="draft" value="([^"]+)"', asked["form"])
        (cohort,) = re.findall(r'name="cohort" value="([^"]+)"', asked["form"])
        known = {"f.field": "marketing", "f.known": "Rosa Martinez, Rosa Martines"}
        await tab.posts("/form", draft=draft, cohort=cohort, **known)
        page = await tab.opens()
        assert "Whom to meet first" in page
        assert page.index("knows you: ") < page.index("alum in the field") < page.index("next to")
        await tab.posts("/say", words="/contact merge")
        assert "Perhaps the same person" in await tab.opens()
        await tab.posts("/say", words="/mydata export")
        link = re.findall(r'href="(/file/[^"]+)"', await tab.opens())[-1].replace("&amp;", "&")
        file = await (await client.get(link)).read()
        assert "Rosa Martinez" in names_in(file)
        other = await client.get(link.replace("ana", "ben"))
        assert other.status in (403, 404)
