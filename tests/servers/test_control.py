"""A stand-in as a process of its own says what it is, and shows each message as it is made."""

import asyncio
import json

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.servers.control import asked_for, stay
from tests.servers.slack.server import SlackServer


async def test_each_message_is_shown_once(capsys: pytest.CaptureFixture[str]) -> None:
    """The first line is for programs; then a line a message, when it comes."""
    async with SlackServer() as slack:
        asked = asked_for("slack", ["--show", "--people", "1"])
        staying = asyncio.create_task(stay(slack, {"base": slack.base}, asked))
        said = ""
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
        async with asyncio.timeout(30):
            while "\n" not in said:
                await asyncio.sleep(0)
                said += capsys.readouterr().out
            told = json.loads(said)
            for number in (1, 2):
                await client.chat_postMessage(channel=told["people"][0], text=f"Number {number}.")
                while f"Number {number}." not in said:
                    await asyncio.sleep(0)
                    said += capsys.readouterr().out
        staying.cancel()
        assert told["base"] == slack.base
        assert [line.partition("'")[2] for line in said.splitlines()[1:]] == [
            "Number 1.'",
            "Number 2.'",
        ]
