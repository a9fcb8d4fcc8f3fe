"""The signed HTTP entrance, ``/slack/events``: what cannot be from Slack goes no further.

Bolt's verifier raises on a timestamp that is no number and on a signature outside ASCII, so both
are turned away here, as is a body that is no UTF-8. A replayed request meets the core's inbox key.
"""

import re

import structlog
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.app.async_app import AsyncApp

log = structlog.get_logger(__name__)
_TIMESTAMP = re.compile(r"[0-9]{1,12}")
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")
PATH = "/slack/events"


def well_formed(timestamp: str, signature: str) -> bool:
    """Whether the two headers look like Slack's at all."""
    return bool(_TIMESTAMP.fullmatch(timestamp) and _SIGNATURE.fullmatch(signature))


def route(bolt: AsyncApp) -> web.RouteDef:
    """Where Slack's requests are served."""

    async def events(request: web.Request) -> web.Response:
        timestamp = request.headers.get("X-Slack-Request-Timestamp", "")
        signature = request.headers.get("X-Slack-Signature", "")
        if not well_formed(timestamp, signature):
            return web.Response(status=401, text="not signed")
        try:
            asked = await to_bolt_request(request)
        except UnicodeDecodeError:
            return web.Response(status=401, text="not signed")
        except (ValueError, AttributeError, TypeError, KeyError):  # Bolt expects an object
            return web.Response(status=400, text="not understood")
        return await to_aiohttp_response(await bolt.async_dispatch(asked))

    return web.post(PATH, events)
