"""Snowball as several processes: each does its part; two on one gateway make no second effect."""

import asyncio
import sqlite3
from collections.abc import AsyncGenerator, Iterator
from pathlib import Path
from uuid import uuid4

import aiohttp
import pytest
from cryptography.fernet import Fernet
from sqlalchemy import create_engine, text
from whenever import Instant

from adapters.discord.sync import sync
from adapters.discord.wing import DiscordWing
from bot.clocks import MovableClock
from bot.command import Registry
from bot.domain.people import Contact
from tests.adapters.discord_.home import COMMANDS, make_house
from tests.servers import postgres
from tests.servers.discord.server import Discord, discord_server
from tests.servers.processes import Running, all_ended, snowball, start
from tests.servers.slack.server import SlackServer

LASTS, EVERY = 2.0, 0.1
"""Seconds of the lease where a process is killed: the real ones are twenty, five and one."""


@pytest.fixture(scope="module")
def server() -> Iterator[postgres.Postgres]:
    """A PostgreSQL for all of it."""
    if postgres.programs() is None:
        pytest.skip("there is no PostgreSQL here, neither the system's nor the wheel")
    with postgres.running() as started:
        yield started


@pytest.fixture
def url(server: postgres.Postgres) -> Iterator[str]:
    """The address of an empty database."""
    name = f"p{uuid4().hex}"
    engine = create_engine(server.url(), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield server.url(name)
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@pytest.fixture
async def discord() -> AsyncGenerator[Discord]:
    """A stand-in."""
    async with discord_server() as made:
        yield made


@pytest.fixture
async def slack() -> AsyncGenerator[SlackServer]:
    """A stand-in that nothing offends."""
    async with SlackServer() as made:
        yield made
        assert made.complaints == []


async def asked(running: Running, path: str) -> tuple[int, str]:
    """Its status and what it says."""
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{running.address}{path}") as told,
    ):
        return told.status, await told.text()


async def test_four_processes_started_at_once_do_their_parts(
    url: str, slack: SlackServer, discord: Discord, tmp_path: Path
) -> None:
    """A typed command is answered by one and the post that it owes sent by another; each tells how
    it is; told to stop, all end with status 0."""
    environment = {
        "DATABASE_URL": url, "PORT": "0", "SNOWBALL_DATA": str(tmp_path / "data"),
        "SNOWBALL_SECRET_KEYS": Fernet.generate_key().decode(),
        "SNOWBALL_URL": "https://snowball.example.edu",
        "SLACK_BOT_TOKEN": slack.bot_token, "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_API_URL": slack.api_url,
        "DISCORD_TOKEN": discord.token, "DISCORD_API_URL": discord.api_url,
    }  # fmt: skip
    parts = ("web", "slack", "discord", "delivery")
    async with all_ended() as started:
        begun = (snowball(tmp_path, environment, part) for part in parts)
        started.extend(await asyncio.gather(*begun))
        web, on_slack, on_discord, delivery = started
        assert [(await asked(each, "readyz"))[0] for each in started] == [200] * 4
        assert (await asked(web, "privacy"))[0] == 200
        assert (await asked(delivery, "privacy"))[0] == 404
        assert '"discord": true' in (await asked(on_discord, "readyz"))[1]
        assert "discord" not in (await asked(delivery, "readyz"))[1]
        metrics = (await asked(on_slack, "metrics"))[1]
        assert "snowball_delivery_processes 1.0" in metrics
        assert "snowball_gateway_held 1.0" in metrics
        teacher = slack.person("Teacher", admin=True)
        await teacher.types("/snowball cohort channel")
        await teacher.sees("cohort’s channel now")
        general = slack.workspace.channel("general")

        def posted() -> bool:
            return any(m.by_bot and m.channel is general and m.private_to is None
                       for m in slack.workspace.messages)  # fmt: skip

        await slack.until(posted, within=10, what="the post that the delivery process sends")
        assert await asyncio.gather(*(each.stopped() for each in started)) == [0] * 4


async def test_the_gateway_of_a_killed_process_is_taken_over(
    discord: Discord, tmp_path: Path
) -> None:
    """kill -9; the one that stood by is on it within the lease and one look. Then SIGTERM, and the
    third has it without waiting for the lease."""
    database = f"sqlite:///{tmp_path / 'test.sqlite3'}"
    command = (
        "-m", "tests.servers.gateway_process", database, str(tmp_path), discord.api_url,
        discord.token, str(LASTS), str(EVERY), str(EVERY),
    )  # fmt: skip
    gateway = discord.gateway

    async def another() -> Running:
        return await start(*command, folder=tmp_path, until="listens as", environment={})

    async with all_ended() as started:
        started.append(await another())
        assert (len(gateway.live), gateway.identified) == (1, 1)
        started.extend(await asyncio.gather(another(), another()))
        assert gateway.identified == 1
        await started[0].killed()
        await discord.until(lambda: gateway.identified == 2)
        await discord.until(lambda: len(gateway.live) == 1)
        with sqlite3.connect(tmp_path / "test.sqlite3") as connection:
            held = connection.execute("SELECT holder FROM leases WHERE name = 'discord:gateway'")
            ((holder,),) = held.fetchall()
        (one,) = [each for each in started if holder in each.said]
        assert await one.stopped() == 0
        await discord.until(lambda: gateway.identified == 3)
        await discord.until(lambda: len(gateway.live) == 1)


async def test_two_on_the_gateway_at_once_make_one_effect(
    url: str, discord: Discord, tmp_path: Path
) -> None:
    """For a moment both may hold it: each event comes to both, and counts once."""
    house = make_house(tmp_path, discord, Registry(COMMANDS), MovableClock(Instant.now()), url)
    await sync(house.registry, discord.token, discord.api_url)
    both = [DiscordWing(house, pace=0) for _ in range(2)]
    for wing in both:
        await wing.open()
        wing.line.begin()
        await wing.app.wait_until_ready()
    assert len(discord.gateway.live) == 2
    ana = discord.person("Ana")
    for number in range(20):
        await ana.types("/contact add", {"name": f"Dana {number}"})
    for wing in both:
        await wing.app.finish()
        wing.line.is_parting = True
        await wing.line.end()
        await wing.close()
    with house.stores.reading(house.cohort_id) as store:
        names = sorted(each.name for each in store.find(Contact))
    house.stores.close()
    assert names == sorted(f"Dana {number}" for number in range(20))
