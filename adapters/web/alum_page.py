"""``/alum/<signed>``: an alum's own page, without a login: change, pause, leave (FEATURES K4).

The address is all the right there is, and the student who sent it on has it, too. So it shows
nothing that the finder does not show, reading it changes nothing (mail scanners read links), and
nobody who left is put back by it but for a day, in which it takes back a slip.
"""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from aiohttp import hdrs, web
from jinja2 import Environment, FileSystemLoader
from whenever import Date, Instant

from bot.answering_asks import turn_down_all
from bot.domain.people import Alum
from bot.domain.spelled import minutes
from bot.domain.tidy import tidy_line
from bot.ports import Clock, Store, Stores
from bot.volunteering import (
    back_on,
    gone,
    is_listed,
    is_signed,
    listed,
    may_return,
    paused,
    says_paused,
)

HERE = Path(__file__).parent
PATH = "/alum/"
ADDRESS = re.compile(r"(?P<cohort>[0-9]{1,12})-(?P<alum>[0-9]{1,12})-(?P<signature>[0-9a-f]{24})")
LONGEST = 300
"""Characters of a field here."""
MOST_ASKS = 20
FURTHEST = 730
"""Days that a pause may last; longer is leaving."""
HEADERS = {hdrs.CACHE_CONTROL: "private, no-store", "X-Robots-Tag": "noindex, nofollow"}
NOT_HERE = (
    "This link does not fit any more. The student who wrote to you can pass on what you wish."
)
SAID = {
    "saved": "Saved. Thank you.",
    "paused": "Paused: students don’t find you now.",
    "back": "You’re on the list again. Thank you.",
    "left": "You’re off the list. Nobody is told, and no import brings you back.",
    "stays": "You stay off the list. To be on it again, write to the school’s alumni office.",
    "day": "Name a day to come, within two years.",
    "number": "Name a number of requests a month from 1 to 20.",
}
"""What the page says after something was done, or could not be."""
WRONG = frozenset({"day", "number"})
"""What could not be."""


def routes(stores: Stores, clock: Clock) -> list[web.RouteDef]:
    """Reading the page, and what its buttons do."""
    pages = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True)

    async def read(request: web.Request) -> web.Response:
        shown = await asyncio.to_thread(_shown, stores, clock, request.match_info["signed"])
        if shown is None:
            raise web.HTTPNotFound(text=NOT_HERE)
        said = _still_so(request.query.get("said", ""), shown)
        page = pages.get_template("alum.html").render(
            shown, said=SAID.get(said, ""), wrong=said if said in WRONG else "", most_asks=MOST_ASKS
        )
        return web.Response(text=page, content_type="text/html", headers=HEADERS)

    async def done(request: web.Request) -> web.Response:
        signed, posted = request.match_info["signed"], await request.post()
        fields = {name: str(value)[:LONGEST] for name, value in posted.items()}
        said = await asyncio.to_thread(_do, stores, clock, signed, fields)
        if said is None:
            raise web.HTTPNotFound(text=NOT_HERE)
        raise web.HTTPSeeOther(f"{PATH}{signed}?said={said}")

    return [web.get(PATH + "{signed}", read), web.post(PATH + "{signed}", done)]


def _still_so(said: str, shown: Mapping[str, Any]) -> str:
    """What was done is told while it holds: addresses are kept, and opened again later."""
    now = {
        "paused": shown["listed"] and shown["paused"],
        "back": shown["listed"] and not shown["paused"],
        "saved": shown["listed"],
        "left": not shown["listed"],
        "stays": not shown["listed"],
    }
    return said if now.get(said, True) else ""


def _find(store: Store, found: re.Match[str]) -> Alum | None:
    if not is_signed(store, int(found["alum"]), found["signature"]):
        return None
    return store.held(Alum, int(found["alum"]))


def _shown(stores: Stores, clock: Clock, signed: str) -> dict[str, Any] | None:
    found = ADDRESS.fullmatch(signed)
    if found is None:
        return None
    with stores.reading(int(found["cohort"])) as store:
        alum = _find(store, found)
        if alum is None:
            return None
        cohort = store.cohort()
        most = alum.asks_per_month or cohort.numbers.alum_asks_a_month
        return {
            "alum": alum,
            "most": most,
            "long": minutes(cohort.numbers),
            "listed": is_listed(alum),
            "paused": says_paused(store, alum),
            "until": back_on(alum),
            "may_return": may_return(alum, clock.now()),
            "cohort": cohort.name,
        }


def _do(stores: Stores, clock: Clock, signed: str, fields: dict[str, str]) -> str | None:
    """What the page says then; None when the link is not ours."""
    found = ADDRESS.fullmatch(signed)
    if found is None:
        return None
    now = clock.now()
    with stores.writing(int(found["cohort"])) as store:
        alum = _find(store, found)
        if alum is None:
            return None
        return _done(store, alum, fields, now)


def _done(store: Store, alum: Alum, fields: dict[str, str], now: Instant) -> str:
    """One button. Who left can do nothing here but take that back, for a day."""
    wanted = fields.get("do", "")
    if not is_listed(alum):
        if wanted != "back":
            return "left"
        if not may_return(alum, now):
            return "stays"
        store.save(listed(store, alum))
        return "back"
    match wanted:
        case "pause":
            return _paused(store, alum, fields.get("until", ""), now)
        case "back":
            store.save(listed(store, alum))
            return "back"
        case "leave":
            turn_down_all(store, alum.id, now)
            store.save(gone(alum, now))
            return "left"
        case _:
            return _saved(store, alum, fields)


def _paused(store: Store, alum: Alum, typed: str, now: Instant) -> str:
    until = _day(typed)
    today = now.to_tz("UTC").date()
    if until == "":
        turn_down_all(store, alum.id, now)
        store.save(paused(alum, None))
        return "paused"
    if not isinstance(until, Date) or not today < until < today.add(days=FURTHEST):
        return "day"
    turn_down_all(store, alum.id, now)
    store.save(paused(alum, until))
    return "paused"


def _saved(store: Store, alum: Alum, fields: dict[str, str]) -> str:
    number = fields.get("asks_per_month", "").strip()
    if not (number.isdecimal() and number.isascii() and 1 <= int(number) <= MOST_ASKS):
        return "number"
    said = {name: tidy_line(fields.get(name, "")) for name in ("topics", "times")}
    store.save(replace(alum, **said, asks_per_month=int(number)))
    return "saved"


def _day(typed: str) -> Date | str | None:
    """The day of a date field; "" when it is empty, None when it is none."""
    if not typed.strip():
        return ""
    try:
        return Date.parse_iso(typed.strip())
    except ValueError:
        return None
