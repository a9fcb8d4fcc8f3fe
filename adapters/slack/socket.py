"""Socket Mode: an acknowledgement that finds its socket broken gives its answer another way."""

import json
from collections.abc import Awaitable, Callable
from time import time
from typing import Any

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.socket_mode.async_internals import (
    run_async_bolt_app,
    send_async_response,
)
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

LOOKS_EVERY = 3
"""Seconds until the SDK sees that its socket was torn without a word, at most."""
Belated = Callable[[str, dict[str, Any]], Awaitable[object]]


class Socket(AsyncSocketModeHandler):
    """Bolt's handler. ``belated`` says by a response_url what could not be acknowledged."""

    def __init__(
        self, bolt: AsyncApp, app_token: str, client: AsyncWebClient, belated: Belated
    ) -> None:
        super().__init__(bolt, app_token, web_client=client, ping_interval=LOOKS_EVERY)
        self._belated = belated
        self._token, self._web = app_token, client

    async def open(self) -> None:
        """Raises SlackApiError when Slack does not take the token, as the SDK would not: it tries
        for ever."""
        told = await self._web.apps_connections_open(app_token=self._token)
        self.client.wss_uri = told["url"]
        await self.connect_async()

    @property
    def is_open(self) -> bool:
        """Whether anything can come."""
        session = self.client.current_session
        return session is not None and not session.closed

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:
        """Slack does not deliver a command again, so its answer would be lost with the socket."""
        begun = time()
        told = await run_async_bolt_app(self.app, req)
        try:
            await send_async_response(client, req, told, begun)
        except (aiohttp.ClientError, ConnectionError):
            if req.type == "slash_commands" and told.body:
                await self._belated(req.payload.get("response_url", ""), json.loads(told.body))
