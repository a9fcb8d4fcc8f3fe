"""Three people at three windows: two are brought together, and the third sees nothing of it."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from playwright.async_api import Browser
from pydantic import SecretStr
from whenever import Instant

from adapters.compose import Deployment, build
from bot.clocks import MovableClock
from bot.domain.cohort import Account
from bot.domain.owed import Owed, Urgency
from bot.domain.recipients import together, written
from bot.settings import Settings
from tests.walks.browser import (
    CHROMIUM,
    NO_CHROMIUM,
    PHONE,
    TUESDAY_AT_TEN,
    a_browser,
    sits_down,
)

pytestmark = pytest.mark.skipif(not CHROMIUM, reason=NO_CHROMIUM)


@pytest.fixture
async def browser() -> AsyncGenerator[Browser]:
    """A browser of this test's own."""
    async with a_browser() as opened:
        yield opened


@pytest.fixture
async def playground(tmp_path: Path) -> AsyncGenerator[Deployment]:
    """A whole deployment on its demo."""
    settings = Settings(
        _env_file=None, SNOWBALL_DATA=tmp_path, port=0, slack_bot_token=SecretStr(""),
        database_url="",
    )  # fmt: skip
    deployment = Deployment(build(settings, MovableClock(TUESDAY_AT_TEN), demo=True))
    await deployment.start()
    yield deployment
    await deployment.stop()


def brings(playground: Deployment, *names: str) -> None:
    """A message is owed to these people together."""
    house = playground.house
    now: Instant = house.clock.now()
    with house.stores.writing(house.cohort_id) as store:
        found = store.find(Account, external_id=names)
        ids = [each.member_id for each in found]
        owed = Owed(
            cohort_id=house.cohort_id, to=written(together(ids)), command="cohort hello",
            call="cohort.hello", due=now, urgency=Urgency.ANSWER,
        )  # fmt: skip
        assert store.owe(owed) is not None
    house.bell.wake()


async def test_two_are_brought_together_and_the_third_sees_nothing(
    browser: Browser, playground: Deployment
) -> None:
    """The room appears in open windows, with a mark that something is new; words go both ways."""
    address = f"http://127.0.0.1:{playground.port}"
    ana = await sits_down(browser, address)
    ben = await sits_down(browser, address, "ben", size=PHONE)
    mei = await sits_down(browser, address, "mei")
    brings(playground, "ana", "ben")
    rooms = ".rooms a:has(.unread:not([hidden]))"
    await ana.page.locator(rooms).wait_for()
    assert await mei.page.locator(".rooms a").count() == 2
    await ana.page.locator(rooms).click()
    await ana.answers.filter(has_text="I’m Snowball").wait_for()
    assert (await ana.page.locator("h1").inner_text()).startswith("Ben")
    await ana.page.locator("#words").fill("Hello Ben!")
    await ana.page.locator("#words").press("Enter")
    await ana.messages.filter(has_text="Hello Ben!").wait_for()
    there = await ben.page.locator(rooms).get_attribute("href")
    assert there is not None
    await ben.page.goto(f"{address}{there}")
    await ben.messages.filter(has_text="Hello Ben!").wait_for()
    assert await ben.overflow() <= 0
    assert await ben.nameless() == []
    assert await mei.page.locator(".rooms a").count() == 2
    assert [ana.complaints, ben.complaints, mei.complaints] == [[], [], []]
