"""``/calendar/<secret>.ics``: one member's talks, for any calendar program.

The address says which member it is; its last part is the secret, and is compared in constant time.
"""

import asyncio
import hmac
import re
from collections.abc import Awaitable, Callable

from aiohttp import hdrs, web

from bot.calendars import MEDIA_TYPE, feed
from bot.domain.cohort import Member
from bot.ports import Clock, Stores

ADDRESS = re.compile(
    r"(?P<cohort>[0-9]{1,12})-(?P<member>[0-9]{1,12})-(?P<key>[A-Za-z0-9_-]{16,100})"
)
NOBODYS = "-" * 32
"""What a wrong address is compared with, so that it takes as long as a right one."""
HEADERS = {
    hdrs.CACHE_CONTROL: "private, no-store",
    hdrs.CONTENT_DISPOSITION: 'attachment; filename="snowball.ics"',
    "X-Robots-Tag": "noindex, nofollow",
}


def routes(stores: Stores, clock: Clock) -> list[web.RouteDef]:
    """The one address."""

    async def calendar(request: web.Request) -> web.Response:
        content = await asyncio.to_thread(_find, stores, clock, request.match_info["secret"])
        if content is None:
            raise web.HTTPNotFound(text="No calendar is here. Ask for a new link in the chat.")
        return web.Response(body=content, headers={hdrs.CONTENT_TYPE: MEDIA_TYPE, **HEADERS})

    handler: Callable[[web.Request], Awaitable[web.StreamResponse]] = calendar
    return [web.get("/calendar/{secret}.ics", handler)]


def _find(stores: Stores, clock: Clock, secret: str) -> bytes | None:
    found = ADDRESS.fullmatch(secret)
    if found is None:
        return None
    with stores.reading(int(found["cohort"])) as store:
        member = store.get(Member, int(found["member"]))
        kept = member.calendar_key if member is not None and member.calendar_key else NOBODYS
        right = hmac.compare_digest(kept.encode(), found["key"].encode())
        if member is None or not member.calendar_key or not right:
            return None
        return feed(store, member, clock.now())
