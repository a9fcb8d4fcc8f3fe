"""A token that is revoked stops its workspace alone; an install or a start brings it back."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from whenever import Instant

from bot.domain.cohort import Account, Workspace
from bot.domain.owed import Owed, OwedState, Urgency
from bot.stopping import stop_at
from storage.database import Database
from tests.adapters.slack.house import connected, database, engine_for, house, settings_for
from tests.adapters.slack.test_install import Site, asked, back, site
from tests.servers.slack import payloads
from tests.servers.slack.server import SlackServer

__all__ = ["site"]


@pytest.fixture
async def slack(tmp_path: Path) -> AsyncIterator[tuple[SlackServer, Database]]:
    """A database and a Slack."""
    with database(tmp_path) as stores:
        async with SlackServer() as server:
            yield server, stores


def team(stores: Database, name: str) -> Workspace:
    """As it is stored."""
    found = stores.workspace("slack", name)
    assert found is not None
    return found


async def becomes(stores: Database, name: str, *, stopped: bool) -> None:
    """Wait until it is."""
    async with asyncio.timeout(5):
        while (team(stores, name).stopped is not None) is not stopped:
            await asyncio.to_thread(team, stores, name)


async def test_a_revoked_token_is_met_once_and_what_is_owed_waits(
    slack: tuple[SlackServer, Database],
) -> None:
    """By the real client: the first message finds it out, the second is not tried."""
    server, stores = slack
    home = house(stores, settings_for(server, "socket"))
    async with connected(stores, server, "socket") as wing:
        ana = server.person("Ana")
        await ana.types("/echo hello")
        await ana.sees("You said hello")
        workspace = stores.workspaces("slack")[0]
        with stores.writing(workspace.cohort_id) as store:
            account = store.find(Account)[0]
            for each in ("one", "two"):
                store.owe(_owed(account, each, home.clock.now()))
        heard: list[str] = []
        server.faults.heard.append(lambda name, _: heard.append(name))
        server.fail_next("chat.postMessage", error="token_revoked")
        engine = engine_for(home, wing)
        await engine.tick()
        await engine.tick()
        await engine.stop()
        assert heard.count("chat.postMessage") == 1
        assert team(stores, workspace.external_id).trouble == "token_revoked"
        with stores.reading(workspace.cohort_id) as store:
            assert store.count(Owed, command="echo", state=OwedState.DUE) == 2


def _owed(account: Account, which: str, now: Instant) -> Owed:
    return Owed(cohort_id=account.cohort_id, member_id=account.member_id,
                to=f"member:{account.member_id}", command="echo", occurrence=which,
                call="echo?words=hi", due=now, urgency=Urgency.ANSWER)  # fmt: skip


@pytest.mark.parametrize("trouble", ["token_revoked", "missing_scope"])
async def test_a_start_with_a_good_token_ends_it_or_has_it_tried(
    slack: tuple[SlackServer, Database], trouble: str
) -> None:
    """A token that works says nothing of a right that was missing."""
    server, stores = slack
    async with connected(stores, server, "socket"):
        name = stores.workspaces("slack")[0].external_id
    moment = Instant.from_utc(2020, 1, 1)
    stop_at(stores, "slack", name, trouble, moment)
    async with connected(stores, server, "socket"):
        found = team(stores, name)
    assert (found.stopped is None) is (trouble == "token_revoked")
    assert found.probed is None


async def test_one_persons_token_is_nobody_elses_and_a_reinstall_ends_it(site: Site) -> None:
    server, stores, browser, base = site
    for name in ("T1", "T2"):
        query = await asked(browser, base)
        await back(browser, base, code=server.allows(name, "x"), state=query["state"][0])
    ana, space = server.person("Ana"), server.workspace
    theirs = {"type": "tokens_revoked", "tokens": {"oauth": ["U1"], "bot": []}}
    await ana.happens(payloads.event(space, theirs), "tokens_revoked")
    ours = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["U0"]}}
    await ana.types("/echo still here")
    await ana.sees("You said still here")
    assert team(stores, "T1").stopped is None
    await ana.happens(payloads.event(space, ours), "tokens_revoked")
    await becomes(stores, "T1", stopped=True)
    assert (team(stores, "T1").token, team(stores, "T2").stopped) == ("", None)
    query = await asked(browser, base)
    await back(browser, base, code=server.allows("T1", "x"), state=query["state"][0])
    assert team(stores, "T1").stopped is None
    assert team(stores, "T1").back is not None
