"""The doctor: what is wrong is named with what to do; no name and no token on the page."""

import math
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from cryptography.fernet import Fernet
from prometheus_client import generate_latest
from pydantic import SecretStr
from sqlalchemy import text
from whenever import Instant

from adapters.doctor import Report, examine
from adapters.doctor_platforms import look_at_platforms
from adapters.doctor_processes import Signs, findings, processes_of
from adapters.doctor_queue import Figures, answers, queue_of, workspaces_of
from adapters.keeper import GATEWAY
from adapters.slack.manifest import SCOPES
from adapters.web.app import Site, make_app
from adapters.web.metrics import Metrics
from bot.domain.owed import Owed, OwedState
from bot.settings import Settings
from bot.stopping import resume_at, stop_at
from storage.leases import SqlLeases
from storage.revision import HEAD
from tests.builders import a_contact
from tests.front_door import KEY, MONDAY, House, Person
from tests.migrated import as_migrated
from tests.servers.discord.server import discord_server
from tests.servers.slack.server import SlackServer

NOW = MONDAY


def _settings(house: House, folder: Path, **rest: Any) -> Settings:
    given: dict[str, Any] = {"database_url": f"sqlite:///{house.database.url.database}",
             "SNOWBALL_DATA": folder, "SNOWBALL_SECRET_KEYS": KEY}  # fmt: skip
    return Settings(_env_file=None, **(given | rest))


@pytest.fixture
def settings(house: House, tmp_path: Path) -> Settings:
    """An operator's, for a database that migrations made."""
    as_migrated(house.database)
    return _settings(house, tmp_path)


def _owed(house: House, ana: Person, subject: str, due: Instant, **rest: Any) -> Owed:
    number = ana.member.id
    (kept,) = house.add(
        Owed(
            cohort_id=house.cohort.id,
            member_id=number,
            to=f"member:{number}",
            command="thanks remind",
            subject=subject,
            call="thanks.remind?talk=1",
            due=due,
            **rest,
        )
    )
    return kept


def _to_do(report: Report) -> dict[str, str]:
    return {each.about: each.to_do for each in report.findings if each.to_do}


def test_a_healthy_deployment_is_well_and_nobody_is_named(
    house: House, ana: Person, settings: Settings
) -> None:
    """Status 0; figures, and neither a name nor a key."""
    house.add(a_contact("Dana", owner_id=ana.member.id, notes="secret words"))
    report = examine(settings, NOW, offline=True)
    assert (report.status, _to_do(report)) == (0, {})
    page = report.page()
    assert "All is well." in page
    assert f"revision {HEAD}" in page
    assert "reads what is encrypted" in page
    assert "paper paper" in page
    assert not [word for word in ("Ana", "ana", "Dana", "secret words", KEY) if word in page]


def test_what_waits_too_long_is_said_with_what_to_do(
    house: House, ana: Person, settings: Settings
) -> None:
    """Due and nobody's; taken and not finished; put off is no problem."""
    hour = NOW.subtract(hours=1)
    _owed(house, ana, "talk:1", hour)
    _owed(house, ana, "talk:2", hour, lease_until=NOW.add(minutes=30))
    _owed(house, ana, "talk:3", hour, state=OwedState.SENDING, lease_until=NOW.subtract(minutes=9))
    _owed(house, ana, "talk:4", NOW.add(hours=1))
    for number, state in enumerate((OwedState.UNKNOWN, OwedState.UNDELIVERABLE)):
        _owed(house, ana, f"old:{number}", hour, state=state, settled=NOW.subtract(hours=24 * 8))
        _owed(house, ana, f"new:{number}", hour, state=state, settled=NOW.subtract(hours=24 * 6))
    report = examine(settings, NOW, offline=True)
    assert report.status == 1
    assert _to_do(report).keys() == {"Messages due", "Being sent"}
    assert "1, the oldest for 1 hour; 1 wait for a better hour" in report.page()
    queue = queue_of(house.database, NOW)
    assert (queue.sending, queue.stuck, queue.unknown, queue.undeliverable) == (1, 1, 1, 1)


def test_when_a_message_last_arrived_stands_beside_each_workspace(
    house: House, ana: Person
) -> None:
    """The newest of anybody in it."""
    sent = {"state": OwedState.SENT, "settled": NOW.subtract(hours=3)}
    _owed(house, ana, "talk:1", NOW.subtract(hours=4), **sent)
    (before,) = [each.last for each in workspaces_of(house.database)]
    assert before == NOW  # the first message, sent when she opted in
    assert [each.blocked for each in workspaces_of(house.database)] == [0]


def test_a_workspace_through_which_nothing_goes_is_named_with_what_to_do(
    house: House, settings: Settings
) -> None:
    """On the page and in the figures, until it works again."""
    stop_at(house.database, "paper", "paper", "token_revoked", NOW.subtract(hours=2))
    to_do = _to_do(examine(settings, NOW, offline=True))
    assert "Install the app there again" in to_do["paper paper"]
    (said,) = [each.said for each in examine(settings, NOW, offline=True).findings
               if each.about == "paper paper"]  # fmt: skip
    assert said.startswith("nothing could be sent for 2 hours: token_revoked")
    assert queue_of(house.database, NOW).stopped == 1
    resume_at(house.database, "paper", "paper", NOW)
    assert queue_of(house.database, NOW).stopped == 0
    assert "paper paper" not in _to_do(examine(settings, NOW, offline=True))


@pytest.mark.parametrize(
    ("revision", "said"), [("0001", "snowball migrate"), ("9999", "Upgrade Snowball")]
)
def test_another_revision_is_named(
    house: House, settings: Settings, revision: str, said: str
) -> None:
    """Older: migrate; newer: upgrade; and nothing is changed by looking."""
    as_migrated(house.database, revision)
    assert said in _to_do(examine(settings, NOW, offline=True))["Database"]


def test_the_wrong_key_is_noticed(
    house: House, ana: Person, settings: Settings, tmp_path: Path
) -> None:
    """Another one, none at all, and one that others can read."""
    house.add(a_contact("Dana", owner_id=ana.member.id, notes="words"))
    other = _settings(house, tmp_path, SNOWBALL_SECRET_KEYS=Fernet.generate_key().decode())
    assert "does not read" in examine(other, NOW, offline=True).page()
    unset = _settings(house, tmp_path, SNOWBALL_SECRET_KEYS="")
    assert "There is no key" in examine(unset, NOW, offline=True).page()
    assert not (tmp_path / "secret.key").exists(), "the doctor makes none"
    (tmp_path / "secret.key").write_text(KEY)
    (tmp_path / "secret.key").chmod(0o644)
    assert "chmod 600" in examine(unset, NOW, offline=True).page()


def test_before_the_first_start_there_is_nothing_to_mend(tmp_path: Path) -> None:
    """And looking makes neither a database nor a key."""
    report = examine(Settings(_env_file=None, SNOWBALL_DATA=tmp_path / "data"), NOW)
    assert report.status == 0
    assert not (tmp_path / "data").exists()


def test_a_database_that_does_not_answer_is_a_sentence(tmp_path: Path) -> None:
    """With the password of its address left out."""
    settings = Settings(
        _env_file=None, SNOWBALL_DATA=tmp_path, SNOWBALL_SECRET_KEYS=KEY,
        database_url="postgresql://me:hush@127.0.0.1:1/none",
    )  # fmt: skip
    report = examine(settings, NOW, offline=True)
    assert "Database" in _to_do(report)
    assert "hush" not in report.page()


# ---- Platforms -----------------------------------------------------------------------------------


async def _said(settings: Settings) -> list[tuple[str, str]]:
    found = await look_at_platforms(settings, [])
    secrets = [settings.slack_bot_token, settings.slack_app_token, settings.discord_token]
    page = Report(tuple(found)).page()
    assert not [s for s in secrets if s.get_secret_value() and s.get_secret_value() in page]
    return [(each.said, each.to_do) for each in found]


async def test_slack_answers_or_refuses() -> None:
    """Both tokens are tried; a wrong one is named."""
    async with SlackServer() as slack:
        well = Settings(_env_file=None, slack_bot_token=slack.bot_token,
                        slack_app_token=slack.app_token, slack_api_url=slack.api_url)  # fmt: skip
        assert [to_do for _, to_do in await _said(well)] == ["", ""]
        wrong = Settings(_env_file=None, slack_bot_token="xoxb-wrong",
                         slack_app_token="xapp-wrong", slack_api_url=slack.api_url)  # fmt: skip
        assert [said for said, to_do in await _said(wrong) if to_do] == [
            "refused (invalid_auth)",
            "refused (not_allowed_token_type)",
        ]


@pytest.fixture
async def granting() -> AsyncIterator[TestServer]:
    """A Slack that tells with which scopes the token was granted, as the real one does."""

    async def told(_request: web.Request) -> web.Response:
        granted = ",".join(sorted(SCOPES.keys() - {"im:history"}))
        return web.json_response({"ok": True}, headers={"x-oauth-scopes": granted})

    app = web.Application()
    app.router.add_post("/api/auth.test", told)
    server = TestServer(app)
    await server.start_server()
    yield server
    await server.close()


async def test_a_scope_that_was_not_granted_is_named(granting: TestServer) -> None:
    """Against the manifest, with the way to it."""
    settings = Settings(
        _env_file=None, slack_bot_token="xoxb-1", slack_api_url=str(granting.make_url("/api/"))
    )
    ((said, to_do),) = await _said(settings)
    assert said == "answers, but these scopes are missing: im:history"
    assert "manifest" in to_do


async def test_discord_tells_whether_its_commands_are_registered() -> None:
    """None, all of them, and a token that is wrong."""
    from adapters.discord.sync import sync  # noqa: PLC0415 - only this test needs discord.py
    from bot.command import registry  # noqa: PLC0415

    async with discord_server() as discord:
        settings = Settings(
            _env_file=None, discord_token=discord.token, discord_api_url=discord.api_url
        )
        answered, none = await _said(settings)
        assert answered == ("answers", "")
        assert none == ("none is registered", "Run `snowball sync discord`.")
        await sync(registry(), discord.token, discord.api_url)
        assert [to_do for _, to_do in await _said(settings)] == ["", ""]
        wrong = settings.model_copy(
            update={"discord_token": Settings(_env_file=None, discord_token="x").discord_token}
        )
        assert [said for said, _ in await _said(wrong)] == ["refused"]


async def test_who_cannot_be_reached_is_said_soon() -> None:
    """Nobody listens there."""
    settings = Settings(_env_file=None, slack_bot_token="xoxb-1", discord_token="x",
                        slack_api_url="http://127.0.0.1:1/api/",
                        discord_api_url="http://127.0.0.1:1/api")  # fmt: skip
    said = await _said(settings)
    assert len(said) == 2
    assert all(each.startswith("not reached") and to_do for each, to_do in said)


def test_processes_that_live_and_who_is_on_the_gateway(house: House, settings: Settings) -> None:
    """Hosts and numbers, since when; dead ones are not counted; nobody on it is something to do."""
    leases = SqlLeases(house.database)
    leases.hold("delivery:a", "one:11:ff", NOW, 60)
    leases.hold("delivery:b", "two:22:ff", NOW, 60)
    leases.hold("delivery:c", "old:33:ff", NOW.subtract(minutes=9), 60)
    discord = settings.model_copy(update={"discord_token": SecretStr("x")})

    def said(about: str) -> tuple[str, bool]:
        (found,) = [
            each
            for each in findings(processes_of(leases, NOW), discord, NOW)
            if each.about == about
        ]
        return found.said, bool(found.to_do)

    assert said("Delivering") == ("2 processes: one:11, two:22", False)
    assert said("Discord’s gateway") == ("no process is on it", True)
    for minutes in range(6):
        leases.hold(GATEWAY, "one:11:ff", NOW.subtract(minutes=5 - minutes), 90)
    leases.hold("discord:login:1", "one:11:ff", NOW, 60)
    on_it, to_do = said("Discord’s gateway")
    assert on_it == "one:11, for 5 minutes; log-ins since yesterday: 1"
    assert not to_do
    metrics = Metrics()
    Signs(leases, house.clock).watch(metrics)
    page = generate_latest(metrics.registry).decode()
    assert "snowball_delivery_processes 2.0" in page
    assert "snowball_gateway_held 1.0" in page
    assert "one:11, two:22" in examine(settings, NOW, offline=True).page()


# ---- /metrics and /readyz ------------------------------------------------------------------------


async def test_the_figures_stand_in_the_metrics_and_the_database_in_readyz(
    house: House, ana: Person
) -> None:
    """As the doctor has them."""
    _owed(house, ana, "talk:1", house.clock.now().subtract(minutes=2))
    metrics = Metrics()
    Figures(house.database, house.clock).watch(metrics)
    site = Site(metrics, checks={"database": lambda: answers(house.database)})
    async with TestClient(TestServer(make_app(site))) as client:
        page = await (await client.get("/metrics")).text()
        ready = await client.get("/readyz")
        checks = (await ready.json())["checks"]
    assert (ready.status, checks) == (200, {"database": True})
    assert "snowball_rows_due 1.0" in page
    assert "snowball_oldest_due_seconds 120.0" in page
    assert "snowball_rows_unknown 0.0" in page
    assert "snowball_rows_sending 0.0" in page


def test_a_database_that_fails_leaves_the_metrics_page_standing(house: House) -> None:
    """No number is shown rather than a wrong one."""
    with house.database.transaction() as connection:
        connection.execute(text("ALTER TABLE owed RENAME TO away"))
    metrics = Metrics()
    Figures(house.database, house.clock).watch(metrics)
    (due,) = [
        line.split()[1]
        for line in generate_latest(metrics.registry).decode().splitlines()
        if line.startswith("snowball_rows_due ")
    ]
    assert math.isnan(float(due))
