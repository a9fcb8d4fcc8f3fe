"""An alum's own page: what its signed address may do, and what nothing else may."""

import asyncio
import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from adapters.web.alum_page import routes
from adapters.web.app import Site, make_app
from bot.domain.asks import Ask
from bot.domain.care import Concern
from bot.domain.pairings import Partnership
from bot.domain.people import Alum
from bot.volunteering import is_listed, link_to
from tests.builders import an_alum
from tests.front_door import House, Person
from tests.volunteers import an_alum_here, asks

SITE = "https://snowball.test"
Web = TestClient[Any, Any]


@pytest.fixture
def dana(house: House) -> Alum:
    """Somebody of the directory who is not in the chat."""
    (made,) = house.add(an_alum("Dana <b>Lee</b>", house.cohort.id, email="dana@example.org"))
    return made


@asynccontextmanager
async def web(house: House) -> AsyncGenerator[Web]:
    """The site, as every deployment serves it."""
    site = Site(more=routes(house.database, house.clock))
    async with TestClient(TestServer(make_app(site))) as client:
        yield client


def path(house: House, alum: Alum) -> str:
    """The signed address, without the site."""
    with house.database.reading(house.cohort.id) as store:
        return link_to(store, SITE, alum).removeprefix(SITE)


def now(house: House, alum: Alum) -> Alum:
    """The entry as it is stored."""
    (found,) = house.rows(Alum, id=alum.id)
    return found


async def test_reading_changes_nothing_and_shows_no_address(house: House, dana: Alum) -> None:
    """Mail scanners read links; whoever is sent it on learns no e-mail."""
    async with web(house) as client:
        answer = await client.get(path(house, dana))
        page = await answer.text()
    assert answer.status == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert "Dana &lt;b&gt;Lee&lt;/b&gt;" in page
    assert "dana@example.org" not in page
    assert now(house, dana) == dana


async def test_they_change_pause_come_back_and_leave(house: House, dana: Alum) -> None:
    """Each with a sentence that says what is so now."""
    there = path(house, dana)
    async with web(house) as client:
        said = await client.post(
            there, data={"do": "save", "asks_per_month": "3", "topics": "jobs", "times": "evenings"}
        )
        assert "Saved" in await said.text()
        assert (now(house, dana).asks_per_month, now(house, dana).times) == (3, "evenings")
        said = await client.post(there, data={"do": "pause", "until": "2027-01-10"})
        assert "paused until 10 January 2027" in await said.text()
        assert now(house, dana).paused
        await client.post(there, data={"do": "back"})
        assert not now(house, dana).paused
        said = await client.post(there, data={"do": "leave"})
        assert "off the list" in await said.text()
        assert (now(house, dana).consent, now(house, dana).left) == (False, house.clock.now())
        said = await client.post(there, data={"do": "back"})
        assert now(house, dana).consent


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"do": "save", "asks_per_month": "0"}, "from 1 to 20"),
        ({"do": "save", "asks_per_month": "a lot"}, "from 1 to 20"),
        ({"do": "save", "asks_per_month": "٣"}, "from 1 to 20"),
        ({"do": "pause", "until": "2020-01-01"}, "a day to come"),
        ({"do": "pause", "until": "9999-12-31"}, "a day to come"),
        ({"do": "pause", "until": "soon"}, "a day to come"),
    ],
)
async def test_what_cannot_be_is_said_and_changes_nothing(
    house: House, dana: Alum, fields: dict[str, str], told: str
) -> None:
    """A number or a day that is none."""
    async with web(house) as client:
        said = await client.post(path(house, dana), data=fields)
        assert told in await said.text()
    assert now(house, dana) == dana


async def test_a_link_is_good_for_one_alum_alone(house: House, dana: Alum) -> None:
    """Another number, another cohort, a shorter signature or none: nothing is here."""
    (other,) = house.add(an_alum("Lee Park", house.cohort.id))
    there = path(house, dana)
    wrong = [
        there.replace(f"-{dana.id}-", f"-{other.id}-"),
        there.replace(f"/{house.cohort.id}-", f"/{house.cohort.id + 1}-"),
        there[:-1],
        re.sub(r"[0-9a-f]{24}$", "0" * 24, there),
        "/alum/nothing",
    ]
    async with web(house) as client:
        for each in wrong:
            assert (await client.get(each)).status == 404, each
            assert (await client.post(each, data={"do": "leave"})).status == 404, each
    assert now(house, dana).consent
    assert now(house, other).consent


async def test_what_an_organiser_has_to_look_at_is_not_told_here(
    house: House, dana: Alum, ana: Person
) -> None:
    """Out of the finder for a concern looks as always to them, and coming back does not end it."""
    ana.types("/contact add Dana")
    with house.database.writing(house.cohort.id) as store:
        store.save(replace(dana, paused=True))
        store.add(
            Concern(
                cohort_id=house.cohort.id, member_id=ana.member.id, alum_id=dana.id,
                raised=house.clock.now(),
            )
        )  # fmt: skip
    there = path(house, dana)
    async with web(house) as client:
        assert "paused" not in await (await client.get(there)).text()
        await client.post(there, data={"do": "back"})
    assert now(house, dana).paused


async def test_nobody_is_put_back_by_a_link_that_others_have(house: House, dana: Alum) -> None:
    """For a day it takes back a slip; after that the student who sent it on cannot list them."""
    there = path(house, dana)
    async with web(house) as client:
        await client.post(there, data={"do": "leave"})
        house.clock.move_to(house.clock.now().add(hours=25))
        assert "Put me back" not in await (await client.get(there)).text()
        said = await client.post(there, data={"do": "back"})
        assert "You stay off the list" in await said.text()
        await client.post(there, data={"do": "save", "asks_per_month": "20", "topics": "x"})
        await client.post(there, data={"do": "pause", "until": ""})
    assert not now(house, dana).consent
    assert (now(house, dana).topics, now(house, dana).paused) == (dana.topics, dana.paused)


@pytest.mark.parametrize("barred", [{"do_not_contact": True}, {"consent": False}])
async def test_who_never_agreed_or_asked_not_to_be_asked_is_not_listed_by_it(
    house: House, dana: Alum, barred: dict[str, bool]
) -> None:
    """A no that was given elsewhere stays a no."""
    with house.database.writing(house.cohort.id) as store:
        store.save(replace(dana, **barred))
    async with web(house) as client:
        said = await client.post(path(house, dana), data={"do": "back"})
        assert "You stay off the list" in await said.text()
    assert not is_listed(now(house, dana))


async def test_what_was_done_is_told_only_while_it_is_so(house: House, dana: Alum) -> None:
    """An address that was kept does not say that somebody left who is back."""
    there = path(house, dana)
    async with web(house) as client:
        assert "off the list" not in await (await client.get(f"{there}?said=left")).text()
        assert "on the list again" in await (await client.get(f"{there}?said=back")).text()
        said = await client.post(there, data={"do": "pause", "until": ""})
        assert "You are paused: nobody finds you now" in " ".join((await said.text()).split())
        assert "on the list again" not in await (await client.get(f"{there}?said=back")).text()


@pytest.mark.parametrize("leaves", [{"do": "leave"}, {"do": "pause", "until": "2027-01-10"}])
async def test_who_waits_for_an_answer_hears_a_kind_no(
    house: House, ana: Person, leaves: dict[str, str]
) -> None:
    """A request in the chat, and a partner for the term: nobody waits for who is away now."""
    here = await asyncio.to_thread(an_alum_here, house)
    await asyncio.to_thread(asks, ana)
    await asyncio.to_thread(house.ticks)
    (entry,) = house.rows(Alum)
    house.add(
        Partnership(
            cohort_id=house.cohort.id, student_id=ana.member.id, alum_id=entry.id,
            student_said="yes", proposed=house.clock.now(),
        )
    )  # fmt: skip
    async with web(house) as client:
        await client.post(path(house, entry), data=leaves)
    await asyncio.to_thread(house.ticks)
    heard = " ".join(each.words for each in ana.letters if "Dana" in each.words)
    assert "sends a kind no" in heard
    assert "cannot be your partner" in heard
    assert "list" not in heard
    assert [each.outcome for each in house.rows(Ask)] == ["declined"]
    assert [each.alum_said for each in house.rows(Partnership)] == ["no"]
    again = await asyncio.to_thread(here.presses, "Yes", here.letters[-1])
    assert "settled already" in again.words
