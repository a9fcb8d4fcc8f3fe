"""For the stories: one browser and one event loop for all, and a chat of its own for each."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.walks.browser import CHROMIUM, NO_CHROMIUM, a_browser
from tests.walks.chats.chat import Chat
from tests.walks.chats.in_the_playground import a_playground, make_empty
from tests.walks.chats.on_discord import a_discord
from tests.walks.chats.on_slack import a_slack


@pytest.fixture(scope="session")
def nobody_there(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A playground's data before anybody came."""
    return make_empty(tmp_path_factory.mktemp("playground"))


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def shared_browser() -> AsyncGenerator[Browser | None]:
    """One Chromium for all stories; each person has a context of their own."""
    if not CHROMIUM:
        yield None
        return
    async with a_browser() as opened:
        yield opened


@pytest_asyncio.fixture(params=["slack", "discord", "playground"], loop_scope="session")
async def chat(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    shared_browser: Browser | None,
) -> AsyncGenerator[Chat]:
    """Each surface in turn, with an empty cohort on Tuesday 10 March 2026, ten in the morning."""
    match request.param:
        case "slack":
            opened = a_slack(tmp_path)
        case "discord":
            opened = a_discord(tmp_path)
        case _ if shared_browser is None:
            pytest.skip(NO_CHROMIUM)
        case _:
            opened = a_playground(tmp_path, request.getfixturevalue("nobody_there"), shared_browser)
    async with opened as made:
        yield made
