"""``/healthz``: the process lives. ``/readyz``: it has all it needs, or 503 says what not."""

import asyncio
from collections.abc import Callable, Mapping

from aiohttp import web

Checks = Mapping[str, Callable[[], bool | str]]
"""By name: whether this thing is ready; words say that it is, and how. What raises is not."""


def routes(checks: Checks) -> list[web.RouteDef]:
    """The two pages."""

    async def alive(_request: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def ready(_request: web.Request) -> web.Response:
        found = await asyncio.to_thread(_look, checks)  # a database may be slow to answer
        well = all(found.values())
        return web.json_response(
            {"status": "ok" if well else "not ready", "checks": found}, status=200 if well else 503
        )

    return [web.get("/healthz", alive), web.get("/readyz", ready)]


def _look(checks: Checks) -> dict[str, bool | str]:
    return {name: _holds(check) for name, check in checks.items()}


def _holds(check: Callable[[], bool | str]) -> bool | str:
    try:
        return check()
    except Exception:  # noqa: BLE001 - whatever it is, it is not ready
        return False
