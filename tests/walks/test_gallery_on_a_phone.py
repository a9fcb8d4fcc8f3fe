"""Every part of a reply, every monster and every kind of field, laid out by a real Chromium."""

import pytest
from aiohttp.test_utils import TestServer

from adapters.web.app import Site, make_app
from bot.reply import Form, Reply
from tests.adapters.web_ import gallery
from tests.adapters.web_.sample import Script, a_playground
from tests.walks.browser import CHROMIUM, DESK, NO_CHROMIUM, PHONE, a_browser, sits_down

pytestmark = pytest.mark.skipif(not CHROMIUM, reason=NO_CHROMIUM)
REPLIES: list[Reply] = [
    gallery.every_part(),
    *gallery.monsters(),
    gallery.every_field(),
    gallery.every_field(wrong=True),
]


@pytest.mark.parametrize(("size", "dark"), [(PHONE, False), (PHONE, True), (DESK, False)])
async def test_nothing_sticks_out_runs_or_goes_without_a_name(
    size: tuple[int, int], *, dark: bool
) -> None:
    left = list(REPLIES)
    playground = a_playground(Script(lambda _: left.pop(0)))
    async with TestServer(make_app(Site(playground=playground))) as server, a_browser() as browser:
        ana = await sits_down(browser, str(server.make_url("")), size=size, dark=dark)
        for reply in REPLIES:
            await ana.says("show me")
            assert await ana.overflow() == 0
            assert await ana.nameless() == []
            assert await ana.too_small() == []
            if isinstance(reply, Form):
                await ana.page.keyboard.press("Escape")
                await ana.dialog.wait_for(state="hidden")
        assert left == []
        assert ana.complaints == []
