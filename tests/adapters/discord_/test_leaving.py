"""Put out of a server, nothing is tried there any more; let in again, it goes on. Real client."""

import asyncio

from bot.domain.cohort import Workspace
from tests.adapters.discord_.conftest import Home
from tests.adapters.discord_.home import connected
from tests.servers.discord import wire


def server(home: Home, guild: str = "") -> Workspace:
    """As it is stored."""
    found = home.house.stores.workspace("discord", guild or home.discord.world.guild_id)
    assert found is not None
    return found


async def becomes(home: Home, *, stopped: bool) -> None:
    """Wait until it is."""
    async with asyncio.timeout(5):
        while (server(home).stopped is not None) is not stopped:
            await asyncio.to_thread(server, home)


async def test_put_out_and_let_in_again(home: Home) -> None:
    """Each is believed at once; an outage of theirs is neither."""
    await home.discord.person("Ana").types("/echo", {"words": "hello"})
    guild, gateway = home.discord.world.guild_id, home.discord.gateway
    await gateway.dispatch("GUILD_DELETE", {"id": guild, "unavailable": True})
    await gateway.dispatch("GUILD_CREATE", wire.guild(home.discord.world))
    await gateway.dispatch("GUILD_DELETE", {"id": guild})
    await becomes(home, stopped=True)
    assert server(home).trouble == "10004"
    await gateway.dispatch("GUILD_CREATE", wire.guild(home.discord.world))
    await becomes(home, stopped=False)
    assert server(home).back is not None


async def test_what_happened_while_we_were_away_is_noticed_at_the_start(home: Home) -> None:
    """The list of servers at log-in has those that we are in, and lacks those that we are not."""
    await home.discord.person("Ana").types("/echo", {"words": "hello"})
    await home.wing.leave()
    await home.wing.close()
    stores, known = home.house.stores, server(home)
    with stores.writing(known.cohort_id) as store:
        store.add(
            Workspace(cohort_id=known.cohort_id, surface="discord", external_id="77", name="Gone")
        )
    async with connected(home.house, home.discord):
        async with asyncio.timeout(5):
            while server(home, "77").stopped is None:
                await asyncio.to_thread(server, home)
        assert server(home).stopped is None
