"""The same signed bytes again and again, one after the other and at once: one effect."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import aiohttp
import pytest

from bot.domain.people import Contact
from storage.database import Database
from tests.adapters.slack.house import connected, database
from tests.servers.slack import payloads
from tests.servers.slack.server import SlackServer

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
async def slack(tmp_path: Path) -> AsyncIterator[tuple[SlackServer, Database]]:
    """Our app on signed HTTP."""
    with database(tmp_path) as stores:
        async with SlackServer() as server, connected(stores, server, "http"):
            yield server, stores


def signed(slack: SlackServer) -> tuple[str, dict[str, str]]:
    """A command that keeps a contact, as Slack would send it."""
    ana = slack.person("Ana")
    payload = payloads.slash_command(
        slack.workspace, ana.account, slack.workspace.channel("general"), "/contact", "add Dana",
        f"{slack.base}hooks/x",
    )  # fmt: skip
    body = urlencode(payload)
    return body, {**slack.delivery.headers(body), **FORM}


def kept(stores: Database) -> int:
    """How many contacts there are."""
    (workspace,) = stores.workspaces("slack")
    with stores.reading(workspace.cohort_id) as store:
        return store.count(Contact)


async def test_a_hundred_times_in_a_row(slack: tuple[SlackServer, Database]) -> None:
    """With and without Slack's own retry headers."""
    server, stores = slack
    body, headers = signed(server)
    retried = {**headers, "X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout"}
    for turn in range(100):
        status, _ = await server.delivery.post(body, retried if turn % 2 else headers)
        assert status == 200
    assert kept(stores) == 1


async def test_eight_at_once(slack: tuple[SlackServer, Database]) -> None:
    """Whoever is first; the others are told that all is well."""
    server, stores = slack
    body, headers = signed(server)
    said = await asyncio.gather(*(server.delivery.post(body, headers) for _ in range(8)))
    assert [status for status, _ in said] == [200] * 8
    assert kept(stores) == 1


async def test_an_install_state_used_twice_at_once_installs_once(tmp_path: Path) -> None:
    """Two redirects race with one state: one wins."""
    with database(tmp_path) as stores:
        async with SlackServer() as server, connected(stores, server, "oauth"):
            base = server.delivery.request_url.removesuffix("/slack/events")
            jar = aiohttp.CookieJar(unsafe=True)
            async with aiohttp.ClientSession(cookie_jar=jar) as browser:
                async with browser.get(f"{base}/slack/install", allow_redirects=False) as sent:
                    state = parse_qs(urlsplit(sent.headers["Location"]).query)["state"][0]

                async def back() -> int:
                    query = {"state": state, "code": server.allows("T1", "chat:write")}
                    async with browser.get(f"{base}/slack/oauth_redirect", params=query) as answer:
                        return answer.status

                codes = await asyncio.gather(*(back() for _ in range(4)))
        assert sorted(codes) == [200, 400, 400, 400]
