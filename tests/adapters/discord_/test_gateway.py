"""The gateway under its lease: one process is on it, another follows; what breaks is resumed."""

import contextlib
from collections.abc import AsyncGenerator, Iterator
from pathlib import Path

import pytest

from adapters.configuration import ConfigurationError
from adapters.discord.sync import sync
from adapters.discord.wing import STANDING_BY, DiscordWing
from adapters.house import House
from adapters.keeper import Terms
from bot.clocks import MovableClock
from bot.command import Registry
from bot.ports import Sent
from bot.reply import answer, text
from storage.leases import SqlLeases
from tests.adapters.discord_.home import COMMANDS, make_house
from tests.servers.discord.server import Discord, discord_server
from tests.servers.discord.sight import Form, Shown

SHORT = Terms(lasts=2.0, every=0.05, look=0.05)


@pytest.fixture
async def discord() -> AsyncGenerator[Discord]:
    """A stand-in."""
    async with discord_server() as made:
        await sync(Registry(COMMANDS), made.token, made.api_url)
        yield made


@pytest.fixture
def house(tmp_path: Path, discord: Discord) -> Iterator[House]:
    """The tests' own commands."""
    made = make_house(tmp_path, discord, Registry(COMMANDS), MovableClock())
    yield made
    made.stores.close()


@contextlib.asynccontextmanager
async def a_process(house: House, terms: Terms = SHORT) -> AsyncGenerator[DiscordWing]:
    """One that wants the gateway."""
    wing = DiscordWing(house, terms, pace=0)
    await wing.open()
    await wing.listen()
    try:
        yield wing
    finally:
        await wing.leave()
        await wing.close()


def shown(seen: Shown | Form | None) -> Shown:
    """A message, not a form."""
    assert isinstance(seen, Shown)
    return seen


def state(wing: DiscordWing) -> bool | str:
    """What /readyz shows."""
    return wing.checks["discord"]()


async def test_a_second_process_stands_by_and_follows(house: House, discord: Discord) -> None:
    """It can send meanwhile; when the first is told to stop, it answers."""
    ana = discord.person("Ana")
    async with a_process(house) as holder, a_process(house) as other:
        assert (state(holder), state(other)) == (True, STANDING_BY)
        assert discord.gateway.identified == 1
        sent = await other.app.messenger.to_user(ana.id, answer(text("Hi")), 1, "n1")
        assert isinstance(sent, Sent)
        await holder.leave()
        await discord.until(lambda: state(other) is True)
        assert discord.gateway.identified == 2
        assert len(discord.gateway.live) == 1
        assert "hello" in shown(await ana.types("/echo", {"words": "hello"})).text


async def test_without_a_lease_it_leaves_and_comes_back_by_resuming(
    house: House, discord: Discord, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A database that is away for long: nobody is on the gateway, until it is back."""
    ana = discord.person("Ana")

    def away(*_: object) -> bool:
        raise ConnectionError

    async with a_process(house, Terms(lasts=1.0, every=0.05, look=0.05)) as wing:
        with monkeypatch.context() as patched:
            patched.setattr(SqlLeases, "hold", away)
            await discord.until(lambda: not discord.gateway.live)
            assert state(wing) == STANDING_BY
            assert len(discord.gateway.sessions) == 1
        await discord.until(lambda: state(wing) is True)
        assert (discord.gateway.identified, discord.gateway.resumed) == (1, 1)
        assert "hello" in shown(await ana.types("/echo", {"words": "hello"})).text


async def test_connections_that_break_are_made_again(house: House, discord: Discord) -> None:
    """Dropped, sent away, and timed out: only the last needs a new log-in."""
    gateway = discord.gateway
    async with a_process(house) as wing:
        for number in range(3):
            await gateway.drop(4000)
            await discord.until(lambda number=number: gateway.resumed == number + 1)
        await gateway.reconnect()
        await discord.until(lambda: gateway.resumed == 4)
        assert gateway.identified == 1
        await gateway.drop(4009)
        await discord.until(lambda: gateway.identified == 2)
        await discord.until(lambda: state(wing) is True)
        assert gateway.resumed == 4


async def test_a_session_that_discord_forgot_is_begun_anew(house: House, discord: Discord) -> None:
    """Opcode 9, after the pause that Discord asks for."""
    async with a_process(house) as wing:
        waited: list[float] = []

        async def pause(seconds: float) -> None:
            waited.append(seconds)

        wing.line._pause = pause
        await discord.gateway.invalidate()
        await discord.until(lambda: discord.gateway.identified == 2)
        await discord.until(lambda: state(wing) is True)
        assert any(1 <= each <= 5 for each in waited)


async def test_who_is_put_off_for_good_lets_another_try(house: House, discord: Discord) -> None:
    """A token that was changed: no try after try, not ready, and the lease is free."""
    async with a_process(house) as wing:
        await discord.gateway.drop(4004)
        await discord.until(lambda: not SqlLeases(house.stores).held("discord:gateway"))
        assert state(wing) is False
        assert discord.gateway.identified == 1


async def test_an_intent_that_is_refused_is_said_at_the_start(
    house: House, discord: Discord, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a sentence, and the lease is not kept."""
    wing = DiscordWing(house, SHORT, pace=0)
    await wing.open()
    monkeypatch.setattr(discord.world, "token", "changed since")
    with pytest.raises(ConfigurationError, match="closed the gateway"):
        await wing.listen()
    await wing.leave()
    await wing.close()
    assert SqlLeases(house.stores).held("discord:gateway") == []
