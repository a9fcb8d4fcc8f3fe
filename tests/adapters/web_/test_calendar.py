"""The calendar's address: one member's talks to who has it, and nothing to anybody else."""

import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer
from icalendar import Calendar

from adapters.web.app import Site, make_app
from adapters.web.calendar import routes
from bot.dispatch import Dispatcher
from bot.settings import Settings
from tests.front_door import House, Person

SITE = "https://snowball.test"
Web = TestClient[Any, Any]


@pytest.fixture
def ben(house: House) -> Person:
    """A student of a deployment whose address is known, with a talk booked."""
    given = house.dispatcher
    house.dispatcher = Dispatcher(
        given.stores, given.registry, given.content, given.clock, given.wakeups, SITE
    )
    ben = house.joined("Ben")
    ben.types("/interview book Dana when: tomorrow 3pm")
    return ben


@asynccontextmanager
async def web(house: House) -> AsyncGenerator[Web]:
    """The site, as every deployment serves it."""
    site = Site(more=routes(house.database, house.clock))
    async with TestClient(TestServer(make_app(site))) as client:
        yield client


def link(person: Person) -> str:
    """The path that the button gives."""
    found = re.search(rf"{SITE}(/calendar/\S+\.ics)", person.picks("My calendar").words)
    assert found is not None
    return found[1]


def booking(person: Person) -> None:
    """Somewhere the button stands."""
    person.types("/interview book Lee when: friday 3pm")


async def test_the_address_gives_the_talks(ben: Person) -> None:
    """As a calendar that nobody on the way may keep."""
    path = link(ben)
    async with web(ben.house) as client:
        answer = await client.get(path)
        assert answer.status == 200
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert "ETag" not in answer.headers
        (event,) = Calendar.from_ical(await answer.read()).events
    assert event["summary"] == "Talk with Dana"


async def test_the_address_stays_until_a_new_one_is_made(ben: Person) -> None:
    """Asking twice gives the same; renewing ends the old one; switching off ends it too."""
    path = link(ben)
    booking(ben)
    assert link(ben) == path
    renewed = re.search(r"/calendar/\S+\.ics", ben.presses("A new address").words)
    assert renewed is not None
    async with web(ben.house) as client:
        assert (await client.get(path)).status == 404
        assert (await client.get(renewed[0])).status == 200
        ben.presses("Switch it off")
        assert (await client.get(renewed[0])).status == 404


@pytest.mark.parametrize(
    "secret",
    [
        "", "1", "1-1-", "1-1-short", "1-1-" + "-" * 32, "999-1-" + "a" * 32,
        "1-999-" + "a" * 32, "999999999999-999999999999-" + "a" * 32, "1-1-" + "a" * 5000,
        "1-1-%00" + "a" * 30, "٣-٣-" + "a" * 32, "..%2F..%2Fetc",
    ],
)  # fmt: skip
async def test_a_wrong_address_finds_nothing(ben: Person, secret: str) -> None:
    """The same answer whatever is wrong; a member without a key has none, not an empty one."""
    async with web(ben.house) as client:
        answer = await client.get(f"/calendar/{secret}.ics")
        assert answer.status == 404
        assert "Dana" not in await answer.text()


async def test_a_key_opens_its_own_members_calendar_alone(ben: Person, ana: Person) -> None:
    """Another number with the right key is a wrong address."""
    path = link(ben)
    mine, theirs = f"-{ben.member.id}-", f"-{ana.member.id}-"
    async with web(ben.house) as client:
        assert (await client.get(path.replace(mine, theirs, 1))).status == 404


def test_without_an_address_of_its_own_no_link_is_offered(house: House) -> None:
    """The files do meanwhile."""
    ana = house.joined("Ana")
    ana.types("/interview book Dana when: tomorrow 3pm")
    assert "no link yet" in ana.picks("My calendar").words
    assert ana.member.calendar_key == ""


def test_the_settings_say_where_the_site_is() -> None:
    """This machine, the address given, or nothing where nobody can know."""
    plain = Settings(_env_file=None)
    assert plain.site == "http://127.0.0.1:8000"
    assert replace_with(plain, host="::1", port=9).site == "http://[::1]:9"
    assert replace_with(plain, host="0.0.0.0").site == ""
    assert replace_with(plain, public_url="https://x.test/").site == "https://x.test"


def replace_with(settings: Settings, **changed: object) -> Settings:
    """The same with other values."""
    return settings.model_copy(update=changed)
