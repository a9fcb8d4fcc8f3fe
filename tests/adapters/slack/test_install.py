"""OAuth installs: a workspace joins as its own cohort, its token encrypted, a state used once."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from sqlalchemy import text as sql

from storage.database import Database
from tests.adapters.slack.house import connected, database
from tests.servers.slack import payloads
from tests.servers.slack.server import SlackServer

Site = tuple[SlackServer, Database, aiohttp.ClientSession, str]


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    """Our app with OAuth, an admin's browser, and its address."""
    with database(tmp_path) as stores:
        async with SlackServer() as slack, connected(stores, slack, "oauth"):
            base = slack.delivery.request_url.removesuffix("/slack/events")
            jar = aiohttp.CookieJar(unsafe=True)
            async with aiohttp.ClientSession(cookie_jar=jar) as browser:
                yield slack, stores, browser, base


async def asked(browser: aiohttp.ClientSession, base: str) -> dict[str, list[str]]:
    """What the install page asks Slack for."""
    async with browser.get(f"{base}/slack/install", allow_redirects=False) as answer:
        assert answer.status == 302
        assert "/oauth/v2/authorize?" in answer.headers["Location"]
        return parse_qs(urlsplit(answer.headers["Location"]).query)


async def back(browser: aiohttp.ClientSession, base: str, **query: str) -> tuple[int, str]:
    """The redirect after the admin chose."""
    async with browser.get(f"{base}/slack/oauth_redirect", params=query) as answer:
        return answer.status, await answer.text()


async def test_an_install_makes_a_cohort_and_the_app_answers_there(site: Site) -> None:
    """Two workspaces, two cohorts, one process."""
    slack, stores, browser, base = site
    for team in ("T1", "T2"):
        query = await asked(browser, base)
        code = slack.allows(team, query["scope"][0])
        status, words = await back(browser, base, code=code, state=query["state"][0])
        assert (status, "installed" in words) == (200, True)
    workspaces = stores.workspaces("slack")
    assert len({w.cohort_id for w in workspaces}) == 2
    for team in ("T1", "T2"):
        ana = slack.person("Ana", workspace=team)
        await ana.types("/echo hello")
        await ana.sees("You said hello")


async def test_tokens_are_not_in_the_database_as_they_are(site: Site) -> None:
    """The row holds ciphertext; the store gives the token back."""
    slack, stores, browser, base = site
    query = await asked(browser, base)
    await back(browser, base, code=slack.allows("T1", "chat:write"), state=query["state"][0])
    found = stores.workspace("slack", "T1")
    assert found is not None
    assert found.token == slack.bot_token
    with stores.readers.begin() as connection:
        (kept,) = connection.execute(sql("SELECT token FROM workspaces")).one()
    assert slack.bot_token not in str(kept)


async def test_a_state_is_used_once_by_the_browser_that_began(site: Site) -> None:
    """Used, forged, old, or somebody else's: nothing is installed."""
    slack, stores, browser, base = site
    state = (await asked(browser, base))["state"][0]
    assert (await back(browser, base, error="access_denied", state=state))[0] == 200
    assert (await back(browser, base, code="wrong", state=state))[0] == 400
    again = await back(browser, base, code=slack.allows("T1", "x"), state=state)
    assert (again[0], "used already" in again[1]) == (400, True)
    fresh = (await asked(browser, base))["state"][0]
    forged = fresh[:-1] + ("0" if fresh[-1] != "0" else "1")
    for state in ("", forged, "a.b.c", "é"):
        assert (await back(browser, base, code=slack.allows("T1", "x"), state=state))[0] == 400
    async with aiohttp.ClientSession() as other:
        assert (await back(other, base, code=slack.allows("T1", "x"), state=fresh))[0] == 400
    assert [w for w in stores.workspaces("slack") if w.token] == []


async def test_an_uninstall_forgets_the_token_and_an_install_brings_it_back(site: Site) -> None:
    """The cohort stays the same."""
    slack, stores, browser, base = site
    query = await asked(browser, base)
    await back(browser, base, code=slack.allows("T1", "x"), state=query["state"][0])
    before = stores.workspace("slack", "T1")
    ana = slack.person("Ana")
    gone = payloads.event(slack.workspace, {"type": "app_uninstalled"})
    await ana.happens(gone, "app_uninstalled")

    def token() -> str:
        found = stores.workspace("slack", "T1")
        return found.token if found else "?"

    async with asyncio.timeout(5):
        while token():
            await asyncio.to_thread(token)
    query = await asked(browser, base)
    await back(browser, base, code=slack.allows("T1", "x"), state=query["state"][0])
    after = stores.workspace("slack", "T1")
    assert before is not None
    assert after is not None
    assert (after.cohort_id, after.token) == (before.cohort_id, slack.bot_token)
