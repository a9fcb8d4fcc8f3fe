"""One cohort with a Slack workspace and a Discord server: a post goes to both channels, and a pair
meets where both of them are."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from pydantic import SecretStr

from adapters.discord.sync import sync
from adapters.engine import Bell, Engine
from adapters.house import House
from adapters.slack.manifest import manifest
from bot.domain.cohort import Account, Member, Workspace
from bot.domain.owed import Owed, OwedState
from bot.settings import Settings
from storage.claims import Claims
from tests.adapters.discord_.home import connected as on_discord
from tests.adapters.posts import REGISTRY
from tests.adapters.slack.house import database, house, joined
from tests.hurried import hurried
from tests.servers.discord import schemas
from tests.servers.discord.server import Discord, discord_server
from tests.servers.discord.sight import Shown
from tests.servers.slack.server import SlackServer


@dataclass
class Town:
    """Both platforms with one Snowball on them."""

    slack: SlackServer
    discord: Discord
    house: House
    engine: Engine

    def rows(self, command: str) -> list[Owed]:
        """What is owed by this command."""
        with self.house.stores.reading(self.house.cohort_id) as store:
            return store.find(Owed, command=command)

    def posted(self) -> tuple[list[str], list[str]]:
        """What the channels show, on Slack and on Discord."""
        general = self.slack.workspace.channel("general")
        said = [m for m in self.slack.workspace.messages if m.channel is general and m.by_bot]
        shown = self.discord.messages_in(self.discord.general)
        return (
            [m.plain() for m in said if m.private_to is None],
            [Shown(each).text for each in shown],
        )

    def links(self, user: str, to: str) -> None:
        """The account of this user is the member's whose account is ``to``."""
        with self.house.stores.writing(self.house.cohort_id) as store:
            own = store.first(Account, external_id=user)
            theirs = store.first(Account, external_id=to)
            assert own is not None
            assert theirs is not None
            spare = store.get(Member, own.member_id)
            assert spare is not None
            store.remove(spare)
            store.add(
                Account(
                    cohort_id=own.cohort_id, member_id=theirs.member_id, surface=own.surface,
                    workspace_id=own.workspace_id, external_id=user, last_used=own.last_used,
                )
            )  # fmt: skip


@pytest.fixture
async def town(tmp_path: Path) -> AsyncGenerator[Town]:
    """The first workspace of each platform belongs to the deployment's cohort."""
    async with AsyncExitStack() as stack:
        slack = await stack.enter_async_context(SlackServer(manifest=manifest(REGISTRY)))
        discord = await stack.enter_async_context(discord_server())
        stores = stack.enter_context(database(tmp_path))
        settings = Settings(
            _env_file=None,
            slack_bot_token=SecretStr(slack.bot_token),
            slack_app_token=SecretStr(slack.app_token),
            slack_api_url=slack.api_url,
            discord_token=SecretStr(discord.token),
            discord_api_url=discord.api_url,
        )
        home = house(stores, settings, REGISTRY)
        await sync(REGISTRY, discord.token, discord.api_url)
        wings = [
            await stack.enter_async_context(joined(home, slack)),
            await stack.enter_async_context(on_discord(home, discord)),
        ]
        messengers = {each.surface: each for wing in wings for each in wing.messengers}
        engine = Engine(
            stores, Claims(stores), home.dispatcher, messengers, home.clock, "test", Bell(),
            pace=hurried(),
        )  # fmt: skip
        yield Town(slack, discord, home, engine)
        await engine.stop()
        assert slack.complaints == []
        assert schemas.problems(discord) == []


async def test_a_cohort_on_both_platforms(town: Town) -> None:
    """Both channels are chosen, a post goes to both, a pair meets on the platform they share."""
    teacher = town.slack.person("Teacher", admin=True)
    ben = town.slack.person("Ben")
    await teacher.types("/snowball cohort channel")
    await teacher.sees("cohort’s channel now")
    await ben.types("/snowball share this plums")
    await ben.sees("Posted to 1.")
    host = town.discord.person("Host", admin=True)
    await host.types("/snowball", {"words": "cohort channel"})
    ana = town.discord.person("Ana")
    await ana.types("/share this", {"what": "pears"})
    assert ana.sees.text == "Posted to 2."
    await town.engine.tick()
    on_slack, on_discord_ = town.posted()
    assert [("plums" in each, "pears" in each) for each in on_slack[1:]] == [
        (True, False), (False, True),
    ]  # fmt: skip
    assert ["pears" in each for each in on_discord_] == [False, True]
    await nobody_shares_a_place(town)
    assert town.rows("bring said")[0].state is OwedState.UNDELIVERABLE

    town.links(host.id, teacher.id)
    extra = town.discord.person("Ben D")
    await extra.types("/snowball")
    await extra.types("/share mine")
    town.links(extra.id, ben.id)
    await ana.types("/bring us", {"about": "figs"})
    assert ana.sees.text == "In discord"
    await town.engine.tick()
    (row,) = [each for each in town.rows("bring said") if each.subject == "figs"]
    assert row.state is OwedState.SENT
    (shown,) = [each for each in extra.screen if "talk about figs" in each.text]
    assert shown.message.channel.people == {town.discord.world.bot.id, ana.id, extra.id, host.id}


async def nobody_shares_a_place(town: Town) -> None:
    """Somebody asks while there is no place where all of them are."""
    carl = town.slack.person("Carl")
    await carl.types("/snowball bring us")
    await carl.sees("In no place")
    await town.engine.tick()
    with town.house.stores.writing(town.house.cohort_id) as store:
        account = store.first(Account, external_id=carl.id)
        assert account is not None
        member = store.get(Member, account.member_id)
        assert member is not None
        store.remove(member)
        assert len(store.find(Workspace)) == 2
