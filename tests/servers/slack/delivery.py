"""Carries payloads to the app: Socket Mode envelopes or signed HTTP, and waits for the answer."""

import asyncio
import hashlib
import hmac
import json
import time
import uuid
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

import aiohttp
from aiohttp import web

from tests.servers.slack import limits
from tests.servers.slack.workspace import Json

# Which payloads may be answered in a Socket Mode acknowledgement. Slack takes what bolt answers
# for block_suggestion and view_submission; a real block_actions envelope says false.
ANSWERABLE = {"slash_commands", "block_suggestion", "view_submission"}


class Ack(NamedTuple):
    """How the app acknowledged: ``error`` is empty when it did within three seconds."""

    error: str
    answer: Json
    status: int = 200


def signature(secret: str, timestamp: str, body: str) -> str:
    """Slack's v0 signature of a request."""
    basis = f"v0:{timestamp}:{body}".encode()
    return "v0=" + hmac.new(secret.encode(), basis, hashlib.sha256).hexdigest()


class Delivery:
    """One app's connections: open sockets, or its request URL when one is set."""

    def __init__(self, signing_secret: str) -> None:
        self.signing_secret = signing_secret
        self.request_url = ""
        self.sockets: list[web.WebSocketResponse] = []
        self.opened = 0
        self.sent: list[tuple[str, Json]] = []
        self._turn = 0
        self._leaving: set[web.WebSocketResponse] = set()
        self._waiting: dict[str, asyncio.Future[Json]] = {}
        self._lines: dict[web.WebSocketResponse, web.Request] = {}
        self._connected = asyncio.Event()
        self._session: aiohttp.ClientSession | None = None

    async def deliver(self, kind: str, payload: Json, retry: tuple[int, str] = (0, "")) -> Ack:
        """Sends one payload by whichever transport is set up."""
        self.sent.append((kind, payload))
        send = self._by_http if self.request_url else self._by_socket
        try:
            async with asyncio.timeout(limits.ACKNOWLEDGE_SECONDS.most):
                return await send(kind, payload, retry)
        except TimeoutError:
            return Ack("operation_timeout", {}, 0)

    async def redeliver(self, number: int = -1, attempt: int = 1, reason: str = "timeout") -> Ack:
        """Something that was sent already comes again, marked as Slack marks it."""
        kind, payload = self.sent[number]
        return await self.deliver(kind, payload, (attempt, reason))

    # Socket Mode

    async def serve_socket(self, request: web.Request) -> web.WebSocketResponse:
        """A Socket Mode connection: hello, then envelopes until it is closed."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.sockets.append(socket)
        self._lines[socket] = request
        self.opened += 1
        await socket.send_json(
            {
                "type": "hello",
                "num_connections": len(self.sockets),
                "debug_info": {"host": "stand-in", "approximate_connection_time": 18060},
                "connection_info": {"app_id": "A1"},
            }
        )
        self._connected.set()
        try:
            async for frame in socket:
                if frame.type is aiohttp.WSMsgType.TEXT:
                    self._answered(json.loads(frame.data))
        finally:
            if socket in self.sockets:
                self.sockets.remove(socket)
            self._leaving.discard(socket)
            self._lines.pop(socket, None)
            if not self.sockets:
                self._connected.clear()
        return socket

    def _answered(self, message: Json) -> None:
        waiting = self._waiting.pop(message.get("envelope_id", ""), None)
        if waiting and not waiting.done():
            waiting.set_result(message)

    async def connected(self, within: float = 5) -> None:
        """Waits until a socket is open."""
        async with asyncio.timeout(within):
            await self._connected.wait()

    async def _by_socket(self, kind: str, payload: Json, retry: tuple[int, str]) -> Ack:
        if not self.sockets:
            return Ack("dispatch_failed", {}, 0)
        envelope: Json = {
            "envelope_id": str(uuid.uuid4()),
            "payload": payload,
            "type": kind,
            "accepts_response_payload": bool({kind, payload.get("type")} & ANSWERABLE),
        }
        if kind == "events_api":
            envelope |= {"retry_attempt": retry[0], "retry_reason": retry[1]}
        waiting = asyncio.get_running_loop().create_future()
        self._waiting[envelope["envelope_id"]] = waiting
        await self._next_socket().send_json(envelope)
        message = await waiting
        return Ack("", message.get("payload") or {})

    def _next_socket(self) -> web.WebSocketResponse:
        """Slack gives an event to any of the open connections; here each has its turn. One that
        was asked to connect anew gets nothing while there is another."""
        staying = [each for each in self.sockets if each not in self._leaving] or self.sockets
        self._turn += 1
        return staying[self._turn % len(staying)]

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Asks the app to connect anew, as Slack does every few hours, and hangs up."""
        for socket in [*self.sockets]:
            self._connected.clear()
            self._leaving.add(socket)
            await socket.send_json(
                {"type": "disconnect", "reason": reason, "debug_info": {"host": "stand-in"}}
            )

    async def hang_up(self) -> None:
        """The sockets are closed as websockets are, without being asked to connect anew."""
        self._connected.clear()
        for socket in [*self.sockets]:
            await socket.close(code=aiohttp.WSCloseCode.GOING_AWAY)

    async def tear(self) -> None:
        """The sockets are torn without a word."""
        self._connected.clear()
        for socket in [*self.sockets]:
            self.sockets.remove(socket)
            line = self._lines[socket].transport
            if line:
                line.abort()

    # HTTP

    def headers(self, body: str, timestamp: str = "") -> dict[str, str]:
        """The headers that sign a body."""
        timestamp = timestamp or str(int(time.time()))
        return {
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(self.signing_secret, timestamp, body),
            "User-Agent": "Slackbot 1.0",
        }

    async def post(self, body: str, headers: Mapping[str, str]) -> tuple[int, str]:
        """A bare request to the app's URL, for signed and forged ones alike."""
        if self._session is None:
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        async with self._session.post(
            self.request_url, data=body.encode(), headers=headers
        ) as answer:
            return answer.status, await answer.text()

    async def _by_http(self, kind: str, payload: Json, retry: tuple[int, str]) -> Ack:
        if kind == "events_api":
            body, media = json.dumps(payload), "application/json"
        else:
            form: dict[str, Any] = payload
            if kind == "interactive":
                form = {"payload": json.dumps(payload)}
            body, media = urlencode(form), "application/x-www-form-urlencoded"
        headers = {**self.headers(body), "Content-Type": media}
        if retry[0]:
            headers |= {"X-Slack-Retry-Num": str(retry[0]), "X-Slack-Retry-Reason": retry[1]}
        try:
            status, text = await self.post(body, headers)
        except aiohttp.ClientError:
            return Ack("dispatch_failed", {}, 0)
        if status != 200:
            return Ack("dispatch_failed", {"text": text}, status)
        try:
            answer = json.loads(text) if text.strip() else {}
        except ValueError:
            answer = {"text": text}
        return Ack("", answer if isinstance(answer, dict) else {"text": text})

    async def close(self) -> None:
        """Hangs up everything."""
        for socket in [*self.sockets]:
            await socket.close()
        for waiting in self._waiting.values():
            waiting.cancel()
        if self._session:
            await self._session.close()
