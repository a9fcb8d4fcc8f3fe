"""The HTTP plumbing: who asks, what they sent, refusals and faults as Discord shapes them."""

import json
import math
from dataclasses import dataclass
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
from tests.servers.faults import Fault

API = "/api/v10"
WORLD: web.AppKey[World] = web.AppKey("world", World)
BODY: web.RequestKey["Body"] = web.RequestKey("body")
RATE_HEADERS = {
    "X-RateLimit-Limit": "1000",
    "X-RateLimit-Remaining": "999",
    "X-RateLimit-Reset-After": "1.000",
    "X-RateLimit-Reset": "0",
}


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


def named(request: web.Request) -> str:
    """What a fault knows a request by; "" for what is no request of the API."""
    api = request.path.startswith(API)
    return f"{request.method} {request.path.removeprefix(API)}" if api else ""


def shape(fault: Fault) -> web.StreamResponse:
    """Discord's refusals: JSON with its code, a bare page of the gateway, 429 of three kinds."""
    if fault.what == "limit":
        return _too_many(fault)
    if fault.status >= 500 and not fault.code:
        return web.Response(status=fault.status, text="upstream timed out")
    return answer({"message": fault.message, "code": fault.code}, fault.status)


def _too_many(fault: Fault) -> web.StreamResponse:
    """Without ``Via`` it is the ban for too many invalid requests, and no JSON."""
    wait = str(math.ceil(fault.retry_after))
    if fault.scope == "ban":
        return web.Response(status=429, text="banned", headers={"Retry-After": wait})
    body: Json = {
        "message": "You are being rate limited.",
        "retry_after": fault.retry_after,
        "global": fault.scope == "global",
    }
    headers = {"Via": "1.1 google", "Retry-After": wait, "X-RateLimit-Scope": fault.scope}
    if fault.scope == "global":
        headers["X-RateLimit-Global"] = "true"
    return answer(body, 429, headers)


@web.middleware
async def discord_rules(request: web.Request, handler: Any) -> web.StreamResponse:
    """Authorise, read, run, turn refusals into JSON, and keep a record of all."""
    if not request.path.startswith(API):
        return await handler(request)
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
    if "/interactions/" not in request.path:
        response.headers.update(RATE_HEADERS)
    return response
