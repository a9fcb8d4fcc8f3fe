"""One class in a Slack workspace and on a Discord server, both real clients in one deployment:
an empty server joins by a code, a member links accounts, classmates introduce across the two.

FEATURES G2, E3; ``/settings link``.
"""

import re
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from pydantic import SecretStr

from adapters.discord.sync import sync
from adapters.engine import Bell, Engine
from adapters.slack.manifest import manifest
from bot.command import registry
from bot.domain.cohort import Account, Cohort, Member, Workspace
from bot.domain.introductions import Introduction
from bot.settings import Settings
from storage.claims import Claims
from tests.adapters.discord_.home import connected as on_discord
from tests.adapters.slack.house import database, house, joined
from tests.hurried import hurried
from tests.servers.discord import schemas
from tests.servers.discord.server import Discord, discord_server
from tests.servers.slack.server import SlackServer
from tests.walks.chats.chat import ZONE, Chat, Someone
from tests.walks.chats.on_discord import OnDiscord
from tests.walks.chats.on_slack import OnSlack

CODE = re.compile(r"/settings link ([0-9A-Z]{4}-[0-9A-Z]{4})")
BLURB = "I read manuscripts for our magazine."


class Town(Chat):
    """Both platforms with one Snowball on them; the Discord server has a class of its own at first,
    as where it was installed first."""

    slack: SlackServer
    discord: Discord

    async def person(self, name: str, *, admin: bool = False) -> Someone:
        """On Slack."""
        made = OnSlack(self.slack.person(name, tz=ZONE, admin=admin))
        self.people.append(made)
        return made

    async def elsewhere(self, name: str, *, admin: bool = False) -> Someone:
        """On Discord."""
        made = OnDiscord(self.discord.person(name, admin=admin))
        self.people.append(made)
        return made


@pytest.fixture
async def town(tmp_path: Path) -> AsyncGenerator[Town]:
    """Both stand-ins at once."""
    made = Town()
    async with AsyncExitStack() as stack:
        made.slack = await stack.enter_async_context(SlackServer(manifest=manifest(registry())))
        made.discord = await stack.enter_async_context(discord_server())
        stores = stack.enter_context(database(tmp_path))
        settings = Settings(
            _env_file=None,
            slack_bot_token=SecretStr(made.slack.bot_token),
            slack_app_token=SecretStr(made.slack.app_token),
            slack_api_url=made.slack.api_url,
            discord_token=SecretStr(made.discord.token),
            discord_api_url=made.discord.api_url,
        )
        made.house = house(stores, settings, registry(), made.clock)
        server = stores.add_cohort(Cohort(name="Server", created=made.clock.now()))
        with stores.writing(server.id) as store:
            guild = made.discord.world.guild_id
            store.add(
                Workspace(
                    cohort_id=server.id, surface="discord", external_id=str(guild),
                    meets_in_channel=True,
                )
            )  # fmt: skip
        await sync(registry(), made.discord.token, made.discord.api_url)
        wings = [
            await stack.enter_async_context(joined(made.house, made.slack)),
            await stack.enter_async_context(on_discord(made.house, made.discord)),
        ]
        messengers = {each.surface: each for wing in wings for each in wing.messengers}
        claims = Claims(stores)
        made.engine = Engine(
            stores, claims, made.house.dispatcher, messengers, made.clock, "test", Bell(),
            pace=hurried(),
        )  # fmt: skip
        yield made
        await made.engine.stop()
        assert made.slack.complaints == []
        assert schemas.problems(made.discord) == []


async def test_one_class_on_two_platforms(town: Town) -> None:
    """As its people live it: the organiser, Ana on both, Carl and Ben on one each."""
    await the_server_joins(town)
    ana = await town.member("Ana Ruiz")
    there = await town.elsewhere("Ana Ruiz")
    await ana_is_one_person(ana, there)
    await she_is_written_to_there(town, ana, there)
    await ben_introduces_carl(town)


def code_in(shown: str) -> str:
    """The code that somebody was given."""
    found = CODE.search(shown)
    assert found is not None, shown
    return found[1]


async def the_server_joins(town: Town) -> None:
    """By a code of the class's organiser, typed by whoever runs the server."""
    hannah = await town.person("Hannah Vogel", admin=True)
    await hannah.types("/settings link")
    await hannah.sees("In your other chat app")
    await hannah.presses("Join a whole workspace")
    await hannah.sees("somebody who runs it types this")
    code = code_in(await hannah.sees("/settings link "))
    kim = await town.elsewhere("Kim Sato", admin=True)
    await kim.types("/settings link", code=code)
    await kim.sees("Joined: this workspace belongs to C now")
    await kim.types("/settings link", code=code)
    await kim.sees("That code does not fit")
    assert {each.surface for each in town.keeps(Workspace)} == {"slack", "discord"}


async def ana_is_one_person(ana: Someone, there: Someone) -> None:
    """What she keeps on one side is on the other."""
    await ana.types("/contact add", name="Priya Nair")
    await ana.sees("Priya Nair")
    await ana.types("/settings link")
    await ana.sees("Give the code to nobody")
    code = code_in(await ana.sees("/settings link "))
    await there.types("/settings link", code=code)
    await there.sees("Linked: you are one person in both.")
    await there.presses("Always on Discord")
    await there.sees("I write to you on Discord.")
    await there.types("/contact list")
    await there.sees("Priya Nair")


async def she_is_written_to_there(town: Town, ana: Someone, there: Someone) -> None:
    """What is done on Slack is asked about on Discord, because she said so."""
    assert len(town.keeps(Member, name="Ana Ruiz")) == 1
    assert len(town.keeps(Account, name="Ana Ruiz")) == 2
    await ana.types("/ask sent", person="Priya Nair")
    await ana.sees("I’ll ask once")
    await town.passes("2026-03-17 09:05")
    await there.sees("Priya Nair hasn’t answered in a week")
    assert await ana.count("hasn’t answered in a week") == 0


async def ben_introduces_carl(town: Town) -> None:
    """Carl is on Slack alone and Ben on Discord alone: Ben's e-mail brings Carl to his aunt."""
    ben, carl = await town.elsewhere("Ben Okafor"), await town.person("Carl Weiss")
    for each in (ben, carl):
        await each.types("/snowball")
        await each.presses("Opt in")
    await ben.presses("Set my time zone")
    await ben.fills_in(zone="Chicago")
    await town.passes()
    await ben.types("/contact add", name="Rosa Keller", title="Editor")
    await ben.sees("Rosa Keller")
    await ben.types("/contact share", person="Rosa Keller")
    await ben.sees("Nobody but you knows of them")
    await ben.presses("Ask me first")
    await ben.sees("ask me first")
    await carl.types("/alum find", field="publishing")
    found = await carl.sees("A classmate knows somebody in")
    assert "Ben" not in found
    assert "Rosa" not in found
    await carl.presses("Ask for an introduction")
    await carl.sees("An introduction")
    await carl.fills_in(blurb=BLURB)
    await carl.sees("Asked.")
    await town.passes()
    await ben.sees("A classmate hopes to meet someone in", BLURB)
    await ben.presses("Yes")
    await ben.sees("Now ask Rosa Keller")
    await ben.presses("They said yes")
    await ben.sees("This e-mail brings both together")
    await town.passes()
    await carl.sees("Ben Okafor", "Rosa Keller")
    (intro,) = town.keeps(Introduction)
    assert (intro.how, intro.connected is not None) == ("e-mail", True)
