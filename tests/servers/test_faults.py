"""Each way of going wrong, on both stand-ins, through real clients."""

import asyncio
import errno
import json
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.servers.discord.http import API
from tests.servers.discord.server import Discord, discord_server
from tests.servers.faults import EVER
from tests.servers.slack.server import SlackServer

POST = "POST /channels/*/messages"


@pytest.fixture
async def line() -> AsyncIterator[aiohttp.ClientSession]:
    """A client without retries."""
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def discord() -> AsyncIterator[Discord]:
    """A stand-in Discord."""
    async with discord_server() as made:
        yield made


async def posted(discord: Discord, line: aiohttp.ClientSession, nonce: str = "") -> Any:
    """One post to the first channel: its status and headers."""
    body = {"content": "hi", **({"nonce": nonce, "enforce_nonce": True} if nonce else {})}
    url = f"{discord.api_url}/channels/{discord.general.id}/messages"
    headers = {"Authorization": f"Bot {discord.token}"}
    async with line.post(url, json=body, headers=headers) as answered:
        return answered.status, answered.headers, await answered.text()


@pytest.mark.parametrize("what", ["drop", "reset"])
@pytest.mark.parametrize(("when", "made"), [("before", 0), ("after", 1)])
async def test_a_broken_line_has_its_effect_or_not(
    discord: Discord, line: aiohttp.ClientSession, what: Any, when: str, made: int
) -> None:
    """Closed or torn, before the message was made or after."""
    discord.faults.add(POST, what, when=when)
    with pytest.raises(aiohttp.ClientError) as caught:
        await posted(discord, line)
    torn = isinstance(caught.value, OSError) and caught.value.errno == errno.ECONNRESET
    assert torn is (what == "reset")
    assert len(discord.made()) == made


@pytest.mark.parametrize("status", [500, 503, 504])
async def test_a_gateways_error_after_the_message_was_made(
    discord: Discord, line: aiohttp.ClientSession, status: int
) -> None:
    """The same nonce again is the same message, for two minutes of the stand-in's clock."""
    discord.faults.add(POST, status=status, when="after")
    assert (await posted(discord, line, "row-1"))[0] == status
    discord.skip(119)
    assert (await posted(discord, line, "row-1"))[0] == 200
    assert [each.nonce for each in discord.made()] == ["row-1"]
    discord.skip(2)
    await posted(discord, line, "row-1")
    assert len(discord.made()) == 2


@pytest.mark.parametrize("scope", ["user", "global", "shared", "ban"])
async def test_discords_four_kinds_of_429(
    discord: Discord, line: aiohttp.ClientSession, scope: str
) -> None:
    """Only a ban comes without Via and without JSON."""
    discord.faults.add(POST, "limit", scope=scope, retry_after=1.5)
    status, headers, text = await posted(discord, line)
    assert (status, headers["Retry-After"]) == (429, "2")
    assert ("Via" in headers) is (scope != "ban")
    if scope != "ban":
        said = json.loads(text)
        assert (said["retry_after"], said["global"]) == (1.5, scope == "global")


async def test_any_code_so_many_times_and_only_where_it_matches(
    discord: Discord, line: aiohttp.ClientSession
) -> None:
    """And until it is taken away."""
    discord.faults.add(POST, status=403, code=50007, times=2)
    seen = [(await posted(discord, line))[0] for _ in range(3)]
    assert seen == [403, 403, 200]
    fault = discord.faults.add("GET *", status=403, times=EVER)
    assert (await posted(discord, line))[0] == 200
    assert fault.met == 0


async def test_the_same_dice_fall_alike(discord: Discord, line: aiohttp.ClientSession) -> None:
    """A chance of a half, sown twice."""
    discord.faults.add(POST, status=503, chance=0.5, times=EVER)
    seen = []
    for _ in range(2):
        discord.faults.sow(7)
        seen.append([(await posted(discord, line))[0] for _ in range(12)])
    assert seen[0] == seen[1]
    assert set(seen[0]) == {200, 503}


async def test_a_hook_hears_of_a_request_before_it_has_an_effect(
    discord: Discord, line: aiohttp.ClientSession
) -> None:
    """The moment at which a harness may kill whoever asked."""
    seen: list[tuple[str, int]] = []
    discord.faults.heard.append(lambda name, _: seen.append((name, len(discord.made()))))
    await posted(discord, line)
    assert seen == [(f"POST /channels/{discord.general.id}/messages", 0)]


async def test_a_slow_answer_comes_all_the_same(
    discord: Discord, line: aiohttp.ClientSession
) -> None:
    """Seconds before the effect or after it."""
    for when in ("before", "after"):
        discord.faults.add(POST, "slow", when=when, seconds=0.01)
        assert (await posted(discord, line))[0] == 200
    assert [each.met for each in discord.faults.rules] == [1, 1]


async def test_slack_fails_by_the_same_words() -> None:
    """Its refusals in its own shape; the history lags until the fault is gone."""
    async with SlackServer() as slack:
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[])
        slack.faults.add("chat.*", "limit", retry_after=7)
        slack.faults.add("chat.*", status=200, code="account_inactive")
        for error in ("ratelimited", "account_inactive"):
            with pytest.raises(SlackApiError, match=error):
                await client.chat_postMessage(channel="general", text="no")
        slack.faults.add("chat.postMessage", status=504, when="after")
        with pytest.raises(SlackApiError):
            await client.chat_postMessage(channel="general", text="once")
        slack.faults.add("conversations.history", "lag", times=2)
        await client.chat_postMessage(channel="general", text="twice")
        read = [await client.conversations_history(channel="general") for _ in range(3)]
        assert [len(each["messages"]) for each in read] == [1, 1, 2]
        slack.faults.add("conversations.history", "lag", seconds=5)
        slack.later(6)
        assert len((await client.conversations_history(channel="general"))["messages"]) == 2


@pytest.mark.parametrize(("when", "made"), [("before", 0), ("after", 1)])
async def test_a_process_of_its_own_kills_whoever_asks(when: str, made: int) -> None:
    """Faults and what was made by the control address; only processes it was told of die."""
    own = [sys.executable, "-m", "tests.servers.discord", "--seed", "3", "--people", "2"]
    server = await asyncio.create_subprocess_exec(*own, stdout=PIPE)
    try:
        assert server.stdout is not None
        about = json.loads(await server.stdout.readline())
        assert len(about["people"]) == 2
        control = f"{about['base']}/_control"
        async with aiohttp.ClientSession() as line:
            where = await _first_channel(line, about)
            client = await asyncio.create_subprocess_exec(sys.executable, "-c", ASKS, stdin=PIPE)
            await line.post(f"{control}/prey", json={"pids": [client.pid]})
            await line.post(
                f"{control}/faults", json={"matches": POST, "what": "kill", "when": when}
            )
            sent = f"127.0.0.1 {about['base'].rpartition(':')[2]} {where} {about['DISCORD_TOKEN']}"
            await client.communicate(sent.encode())
            assert client.returncode == -9
            async with line.get(f"{control}/messages") as told:
                assert [each["nonce"] for each in await told.json()] == ["row-1"] * made
            async with line.delete(f"{control}/faults") as told:
                assert [each["met"] for each in await told.json()] == [1]
    finally:
        server.terminate()
        await server.wait()


ASKS = f"""
import http.client, json, sys
host, port, path, token = sys.stdin.read().split()
line = http.client.HTTPConnection(host, int(port))
body = json.dumps({{"content": "hi", "nonce": "row-1", "enforce_nonce": True}})
head = {{"Authorization": "Bot " + token, "Content-Type": "application/json"}}
line.request("POST", "{API}/channels/" + path + "/messages", body, head)
print(line.getresponse().status)
"""


async def _first_channel(line: aiohttp.ClientSession, about: dict[str, Any]) -> str:
    """A DM with the first of its people."""
    url = f"{about['DISCORD_API_URL']}/users/@me/channels"
    headers = {"Authorization": f"Bot {about['DISCORD_TOKEN']}"}
    async with line.post(url, json={"recipient_id": about["people"][0]}, headers=headers) as made:
        return str((await made.json())["id"])
