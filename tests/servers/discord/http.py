"""The HTTP plumbing: who asks, what they sent, faults on demand, refusals as JSON."""

import asyncio
import json
from dataclasses import dataclass
from fnmatch import fnmatch
from typing import Any

from aiohttp import BodyPartReader, web

from tests.servers.discord import limits
from tests.servers.discord.errors import (
    BAD_JSON,
    NOT_FOUND,
    TOO_LARGE,
    UNAUTHORIZED,
    Json,
    Refused,
)
from tests.servers.discord.world import Request, StoredFile, World

API = "/api/v10"
WORLD: web.AppKey[World] = web.AppKey("world", World)
FAULTS: web.AppKey[list["Fault"]] = web.AppKey("faults", list)
BODY: web.RequestKey["Body"] = web.RequestKey("body")
RATE_HEADERS = {
    "X-RateLimit-Limit": "1000",
    "X-RateLimit-Remaining": "999",
    "X-RateLimit-Reset-After": "1.000",
    "X-RateLimit-Reset": "0",
}


@dataclass
class Fault:
    """Something that goes wrong: for requests whose ``METHOD /path`` matches, so many times.

    ``when``: "before" refuses and does nothing; "after" does it and then loses or spoils the
    answer. ``status`` 0 breaks the connection.
    """

    matches: str
    status: int
    when: str = "before"
    times: int = 1
    code: int = 0
    message: str = "fault"
    retry_after: float = 0.05
    wait: float = 0.0

    def response(self, request: web.Request) -> web.StreamResponse:
        """What the caller gets instead."""
        if self.status == 0:
            if request.transport:
                request.transport.close()
            return web.Response(status=500)
        if self.status == 429:
            body: Json = {
                "message": "You are being rate limited.",
                "retry_after": self.retry_after,
                "global": False,
            }
            headers = {"Via": "1.1 google", "Retry-After": "1", "X-RateLimit-Scope": "shared"}
            return answer(body, 429, headers)
        if self.status >= 500:
            return web.Response(status=self.status, text="upstream timed out")
        return answer({"message": self.message, "code": self.code}, self.status)


@dataclass
class Body:
    """A request's JSON and the files sent with it, by the number of their part."""

    json: Any
    files: dict[int, StoredFile]


def answer(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """JSON as Discord sends it: no charset in the content type."""
    return web.Response(
        body=json.dumps(body).encode(),
        status=status,
        headers={"Content-Type": "application/json", **(headers or {})},
    )


def nothing() -> web.Response:
    """204."""
    return web.Response(status=204)


def given(request: web.Request) -> Body:
    """The body that the middleware read."""
    return request[BODY]


async def _read(request: web.Request) -> Body:
    if request.content_type == "multipart/form-data":
        return await _multipart(request)
    raw = await request.read()
    if not raw:
        return Body({}, {})
    if request.content_type != "application/json":
        raise Refused(400, 50035, "Invalid Form Body", {"_errors": [{"code": "CONTENT_TYPE_INVALID", "message": f"Expected application/json, not {request.content_type}"}]})  # fmt: skip  # noqa: E501
    try:
        return Body(json.loads(raw), {})
    except ValueError:
        raise Refused(*BAD_JSON) from None


async def _multipart(request: web.Request) -> Body:
    payload: Any = {}
    files: dict[int, StoredFile] = {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            raise Refused(*BAD_JSON)
        content = bytes(await part.read(decode=False))
        if part.name == "payload_json":
            payload = json.loads(content)
            continue
        if len(content) > limits.FILE_BYTES:
            raise Refused(*TOO_LARGE)
        number = int((part.name or "").removeprefix("files[").removesuffix("]"))
        kind = part.headers.get("Content-Type", "application/octet-stream")
        files[number] = StoredFile(part.filename or "unknown", content, kind)
    return Body(payload, files)


def _check_token(request: web.Request) -> None:
    by_token_in_path = request.path.startswith((f"{API}/interactions/", f"{API}/webhooks/"))
    expected = f"Bot {request.app[WORLD].token}"
    if not by_token_in_path and request.headers.get("Authorization") != expected:
        raise Refused(*UNAUTHORIZED)


def _fault_for(request: web.Request, when: str) -> Fault | None:
    asked = f"{request.method} {request.path.removeprefix(API)}"
    for fault in request.app[FAULTS]:
        if fault.when == when and fault.times > 0 and fnmatch(asked, fault.matches):
            fault.times -= 1
            return fault
    return None


@web.middleware
async def discord_rules(request: web.Request, handler: Any) -> web.StreamResponse:
    """Authorise, read, apply faults, run, turn refusals into JSON, and keep a record of all."""
    if not request.path.startswith(API):
        return await handler(request)
    if fault := _fault_for(request, "before"):
        await asyncio.sleep(fault.wait)
        return fault.response(request)
    body, shown = Body(None, {}), None
    try:
        _check_token(request)
        body = request[BODY] = await _read(request)
        response = await handler(request)
        shown = json.loads(response.body) if response.body else None
    except web.HTTPNotFound:
        response = answer(Refused(*NOT_FOUND).body(), 404)
    except web.HTTPMethodNotAllowed:
        response = answer(Refused(405, 0, "405: Method Not Allowed").body(), 405)
    except Refused as refused:
        shown = refused.body()
        response = answer(shown, refused.status)
    path = request.path.removeprefix(API)
    record = Request(request.method, path, body.json, response.status, shown, len(body.files))
    request.app[WORLD].requests.append(record)
    request.app[WORLD].changed()
    if fault := _fault_for(request, "after"):
        await asyncio.sleep(fault.wait)
        return fault.response(request)
    if "/interactions/" not in request.path:
        response.headers.update(RATE_HEADERS)
    return response
