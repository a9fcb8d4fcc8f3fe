"""The simplest Slack app: slack-bolt answers `/question` with a fixed text, on either transport.

python -m bench.bare_slack API_URL BOT_TOKEN SIGNING_SECRET [APP_TOKEN]
"""

import asyncio
import sys
from typing import Any

from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bench.words import FIXED


async def serve(api_url: str, token: str, secret: str, app_token: str = "") -> None:
    """Answer until stopped."""
    client = AsyncWebClient(token, base_url=api_url)
    app = AsyncApp(client=client, signing_secret=secret)

    @app.command("/question")
    async def question(ack: Any) -> None:
        await ack(FIXED)

    if app_token:
        handler = AsyncSocketModeHandler(app, app_token, web_client=client)
        await handler.connect_async()
        print("connected", flush=True)  # noqa: T201
    else:
        runner = web.AppRunner(app.web_app("/slack/events"), access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        print(f"http://127.0.0.1:{runner.addresses[0][1]}/", flush=True)  # noqa: T201
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(*sys.argv[1:]))
