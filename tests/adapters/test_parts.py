"""``--only``: what cannot be a process of its own is said with what to do; each does its part."""

from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from adapters.compose import Deployment, build
from adapters.discord.gateway import _between
from adapters.house import Check
from adapters.parts import EVERYTHING, Part, refusals, remarks
from adapters.web.app import Site, make_app
from bot.settings import Settings
from tests.shell import Shell

TOKENS: dict[str, Any] = {
    "slack_bot_token": SecretStr("xoxb-1"),
    "slack_app_token": SecretStr("xapp-1"),
    "slack_signing_secret": SecretStr("s"),
    "discord_token": SecretStr("d"),
}


def settings(**given: Any) -> Settings:
    """An operator's, on PostgreSQL."""
    values: dict[str, Any] = {"database_url": "postgresql://h/d", "public_url": ""}
    return Settings(_env_file=None, **(values | given))


def test_sqlite_is_refused_by_the_shell_with_what_to_do(shell: Shell) -> None:
    """In a sentence, and nothing is made."""
    done = shell.runs("run", "--only", "delivery", "--only", "web")
    assert done.status == 2
    assert "DATABASE_URL=postgresql://" in done.err
    assert "leave --only out" in done.err
    assert "Traceback" not in done.err
    assert not (shell.folder / "data").exists()


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """A prompt in an empty folder."""
    return Shell(tmp_path)


@pytest.mark.parametrize(
    ("part", "named"),
    [(Part.SLACK, "Slack"), (Part.DISCORD, "DISCORD_TOKEN"), (Part.DELIVERY, "tokens")],
)
def test_a_part_without_its_tokens_is_refused(part: Part, named: str) -> None:
    """The pages need none."""
    (said,) = refusals(settings(), {part})
    assert named in said
    assert refusals(settings(), {Part.WEB}) == []
    assert refusals(settings(**TOKENS), EVERYTHING) == []


def test_what_an_operator_should_know_is_said_at_the_start() -> None:
    """Slack without a socket, pages without Slack, no address, and where the key is."""
    http = settings(**TOKENS | {"slack_app_token": SecretStr("")})
    assert "serves Slack over HTTP only" in " ".join(remarks(http, {Part.SLACK}))
    socket = settings(**TOKENS | {"slack_signing_secret": SecretStr("")})
    assert "Slack is left to the process" in " ".join(remarks(socket, {Part.WEB}))
    whole = settings(
        **TOKENS, SNOWBALL_URL="https://s.example.edu", SNOWBALL_SECRET_KEYS=SecretStr("k")
    )
    assert remarks(whole, EVERYTHING) == []
    assert len(remarks(settings(**TOKENS), {Part.DELIVERY})) == 2


@pytest.mark.parametrize(
    ("part", "messengers", "listening", "pages", "delivers"),
    [
        (Part.WEB, {"slack"}, set(), {"/slack/events", "/privacy"}, False),
        (Part.SLACK, {"slack"}, {"slack"}, {"/slack/events"}, False),
        (Part.DISCORD, {"discord"}, {"discord"}, set(), False),
        (Part.DELIVERY, {"slack", "discord"}, set(), set(), True),
    ],
)
def test_a_process_has_what_its_part_needs(
    tmp_path: Path,
    part: Part,
    messengers: set[str],
    listening: set[str],
    pages: set[str],
    delivers: bool,
) -> None:
    """Messengers to send with, wings that listen, pages, and one that delivers."""
    key = Fernet.generate_key().decode()
    own = settings(**TOKENS, SNOWBALL_DATA=tmp_path, SNOWBALL_SECRET_KEYS=key, database_url="")
    deployment = Deployment(build(own, apart=True), {part})
    routes = {getattr(route, "path", "") for route in deployment._routes()}
    assert {m.surface for wing in deployment.wings for m in wing.messengers} == messengers
    assert {m.surface for wing in deployment.listening for m in wing.messengers} == listening
    assert routes & {"/slack/events", "/privacy"} == pages
    assert (deployment.engine is not None) == delivers
    assert deployment.house.dispatcher.site == ""
    deployment.house.stores.close()


class Broken:
    """A wing that cannot even leave."""

    def __init__(self, told: list[str]) -> None:
        self.told = told
        self.messengers = self.routes = ()
        self.checks: dict[str, Check] = {}

    async def open(self) -> None:
        """Nothing to open."""

    async def listen(self) -> None:
        """Nothing to hear."""

    async def leave(self) -> None:
        """Its connection is broken."""
        self.told.append("leave")
        raise OSError

    async def close(self) -> None:
        """The last thing it does."""
        self.told.append("close")


async def test_a_wing_that_fails_to_leave_keeps_nobody_from_finishing(tmp_path: Path) -> None:
    """What is being sent is finished before the wings are closed, in any case."""
    key = Fernet.generate_key().decode()
    own = settings(**TOKENS, SNOWBALL_DATA=tmp_path, SNOWBALL_SECRET_KEYS=key, database_url="")
    deployment = Deployment(build(own, apart=True), {Part.DELIVERY})
    told: list[str] = []

    class Sends:
        async def stop(self) -> None:
            told.append("sent")

    deployment.wings = [Broken(told), Broken(told)]
    deployment.engine = Sends()  # ty: ignore[invalid-assignment]
    with pytest.raises(OSError):
        await deployment.stop()
    assert told == ["leave", "leave", "sent", "close", "close"]


async def test_who_stands_by_is_ready_and_says_so() -> None:
    """A load balancer goes by the status, a person by the words."""
    checks: dict[str, Check] = {"discord": lambda: "standing by"}
    async with TestClient(TestServer(make_app(Site(checks=checks)))) as client:
        ready = await client.get("/readyz")
        assert (ready.status, (await ready.json())["checks"]) == (200, {"discord": "standing by"})


@given(st.integers(0, 1000), st.floats(0, 100), st.floats(0, 1))
def test_who_is_thrown_off_is_back_within_ten_seconds(
    failed: int, lived: float, chance: float
) -> None:
    """However often it failed; and what worked for a while is made again at once."""
    assert 0 <= _between(failed, lived, lambda: chance) <= 8
    assert _between(0, 2.0, lambda: chance) == 0
