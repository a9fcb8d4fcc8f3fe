"""What keeps other sites out of the playground: its own names only, and its own page's token.

A page of another origin that points its name at 127.0.0.1 (DNS rebinding) sends its own Host; one
that posts across origins cannot read the token.
"""

import hmac
import secrets

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler, Middleware

OWN_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})
TOKEN_HEADER = "X-Snowball-Token"  # noqa: S105 - the header's name
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def new_token() -> str:
    """The token of this run, written into its pages."""
    return secrets.token_urlsafe(24)


@web.middleware
async def speak_safely(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Every response carries the policy; streams send theirs with their first byte."""
    try:
        response = await handler(request)
    except web.HTTPException as error:
        error.headers.update(HEADERS)
        raise
    if not response.prepared:
        response.headers.update(HEADERS)
    return response


SIGNED = "/alum/"
"""Addresses that carry their own right: they are opened from letters, not from our page."""


def own_pages_only(token: str) -> Middleware:
    """Refuses other hosts' names, and posts that do not come from our own page."""

    @web.middleware
    async def check(request: web.Request, handler: Handler) -> web.StreamResponse:
        if name_of(request.headers.get(hdrs.HOST, "")) not in OWN_NAMES:
            raise web.HTTPForbidden(text="This page answers only to 127.0.0.1 and localhost.")
        reads = request.method in (hdrs.METH_GET, hdrs.METH_HEAD)
        if not (reads or request.path.startswith(SIGNED) or _own(request, token)):
            raise web.HTTPForbidden(text="Please reload the page; it is from an earlier start.")
        return await handler(request)

    return check


def name_of(host: str) -> str:
    """The host's name without its port."""
    name, _, port = host.rpartition(":")
    return name.lower() if name and port.isdecimal() else host.lower()


def _own(request: web.Request, token: str) -> bool:
    origin = request.headers.get(hdrs.ORIGIN)
    if origin is not None and origin != f"{request.scheme}://{request.headers.get(hdrs.HOST)}":
        return False
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return False
    given = request.headers.get(TOKEN_HEADER, "")
    return hmac.compare_digest(given.encode(), token.encode())
