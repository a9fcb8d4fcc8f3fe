"""A stand-in Discord with Snowball on it: ``at_home`` runs the tests' own commands."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path

import pytest

from adapters.discord.wing import DiscordWing
from adapters.house import House
from bot.clocks import MovableClock
from bot.command import Registry
from tests.adapters.discord_.home import COMMANDS, GATE, connected, make_house
from tests.servers.discord import schemas
from tests.servers.discord.server import Discord, discord_server


@dataclass
class Home:
    """Everything a test touches."""

    discord: Discord
    house: House
    wing: DiscordWing


@pytest.fixture
async def home(tmp_path: Path) -> AsyncGenerator[Home]:
    """The tests' own commands; at the end every payload is held against the schemas."""
    GATE.clear()
    async with discord_server() as discord:
        house = make_house(tmp_path, discord, Registry(COMMANDS), MovableClock())
        try:
            async with connected(house, discord) as wing:
                yield Home(discord, house, wing)
                GATE.set()
        finally:
            GATE.set()
            house.stores.close()
        assert schemas.problems(discord) == []
