"""A story in the playground: a whole deployment, its page in a real Chromium."""

import re
import shutil
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, Locator
from playwright.async_api import TimeoutError as NotSeenError
from pydantic import SecretStr

from adapters.compose import Deployment, build, open_database
from adapters.web.cast import SURFACE, WORKSPACE
from adapters.web.demo import CAST
from bot.domain.cohort import Cohort, Workspace
from bot.settings import Settings
from tests.walks.browser import Person, sits_down
from tests.walks.chats.chat import PATIENCE, Chat, Someone, plain

_ARTICLES = '[...document.querySelectorAll("article.message.bot")]'
_MARK = f"() => {_ARTICLES}.map((each) => [each.id, each.textContent])"
_READ = f"() => {_ARTICLES}.map((each) => each.innerText)"
_LOOK_AGAIN = 30
"""Milliseconds: sooner keeps the browser busy with looking."""
_FIND = f"""([seen, words]) => {{
    if (document.getElementById("log").ariaBusy === "true") return false;
    const plain = (said) => said.replace(/[*_`~\\\\\\u200b]/g, "").split(/\\s+/).join(" ");
    const news = {_ARTICLES}.filter((each) => seen[each.id] !== each.textContent).reverse();
    return [...document.querySelectorAll("dialog[open]"), ...news]
        .map((each) => plain(each.innerText)).find((said) => words.every((w) => said.includes(w)));
}}"""


class InTheBrowser(Someone):
    """Somebody at a tab of theirs."""

    def __init__(self, tab: Person, name: str, address: str) -> None:
        self.tab, self.page = tab, tab.page
        self.name = name
        self.address = address
        self._seen: dict[str, str] = {}

    async def types(self, command: str, **given: str) -> None:
        options = [f"{name}: {value}" for name, value in given.items()]
        await self.says(" ".join([command, *options]))

    async def says(self, words: str) -> None:
        await self.marks()
        await self.page.locator("#words").fill(words)
        await self.page.locator("#words").press("Escape")
        await self.page.locator("#words").press("Enter")

    async def presses(self, label: str, *, beside: str = "") -> None:
        await self.marks()
        await self._buttons(label, beside).last.click(timeout=PATIENCE * 1000)

    async def offers(self, label: str) -> bool:
        return await self._buttons(label).count() > 0

    def _buttons(self, label: str, beside: str = "") -> Locator:
        where = self.tab.messages
        if beside:
            where = where.locator("li").filter(has_text=beside)
        return where.locator("button.press").filter(has_text=re.compile(f"^{re.escape(label)}$"))

    async def picks(self, menu: str, option: str) -> None:
        await self.marks()
        menus = self.tab.messages.locator("details.menu").filter(has_text=menu)
        found = menus.filter(has_text=option).last
        await found.locator("summary").click()
        await found.get_by_role("button", name=option).click()

    async def fills_in(self, **values: str) -> None:
        await self.marks()
        dialog = self.tab.dialog
        await dialog.wait_for()
        for name, value in values.items():
            fields = self.page.locator(f'dialog[open] [name="f.{name}"]')
            kind = await fields.first.evaluate("(each) => each.type")
            if kind == "radio":
                await (
                    dialog.locator(".pills label")
                    .filter(has=self.page.locator(f'[name="f.{name}"]'))
                    .filter(has_text=value)
                    .click()
                )
            elif kind == "select-one":
                await fields.select_option(label=value)
            else:
                await fields.fill(value)
        await dialog.locator('button[type="submit"]').click()

    async def marks(self) -> None:
        self._seen = dict(await self.page.evaluate(_MARK))

    async def sees(self, *words: str) -> str:
        try:
            found = await self.page.wait_for_function(
                _FIND,
                arg=[self._seen, list(words)],
                timeout=PATIENCE * 1000,
                polling=_LOOK_AGAIN,
            )
        except NotSeenError:
            dialog = [await each.inner_text() for each in await self.tab.dialog.all()]
            shown = "\n".join([*dialog, *(await self.all())[-3:]])
            raise AssertionError(f"{self.name} does not see {words}, but:\n{shown}") from None
        return str(await found.json_value())

    async def all(self) -> list[str]:
        return [plain(said) for said in await self.page.evaluate(_READ)]

    async def gets(self, file: str) -> bytes:
        link = self.tab.answers.locator(f'a.attachment[download="{file}"]').last
        address = await link.get_attribute("href", timeout=PATIENCE * 1000)
        answer = await self.page.request.get(f"{self.address}{address}")
        return await answer.body()


class PlaygroundChat(Chat):
    """One page, with nobody in its cohort yet."""

    def __init__(self, browser: Browser) -> None:
        super().__init__()
        self._browser = browser
        self.address = ""
        self.tabs: list[Person] = []

    async def person(self, name: str, *, admin: bool = False) -> Someone:
        (persona,) = [each for each in CAST if each.name == name and each.admin is admin]
        tab = await sits_down(self._browser, self.address, persona.key, calm=True)
        self.tabs.append(tab)
        made = InTheBrowser(tab, name, self.address)
        self.people.append(made)
        return made


def make_empty(folder: Path) -> Path:
    """A demo's data with all tables and nobody in them, to be copied for each story."""
    database = open_database(_settings(folder), demo=True)
    database.close()
    return folder


def _settings(folder: Path) -> Settings:
    return Settings(
        _env_file=None, SNOWBALL_DATA=folder, port=0, slack_bot_token=SecretStr(""), database_url=""
    )


@asynccontextmanager
async def a_playground(folder: Path, empty: Path, browser: Browser) -> AsyncGenerator[Chat]:
    """The deployment as it is served, with a cohort that nobody has joined."""
    chat = PlaygroundChat(browser)
    shutil.copytree(empty, folder, dirs_exist_ok=True)
    settings = _settings(folder)
    database = open_database(settings, demo=True)
    cohort = database.add_cohort(Cohort(name="Spring", created=chat.clock.now()))
    with database.writing(cohort.id) as store:
        store.add(
            Workspace(
                cohort_id=cohort.id, surface=SURFACE, external_id=WORKSPACE, channel="channel"
            )
        )
    database.close()
    deployment = Deployment(build(settings, chat.clock, demo=True))
    await deployment.start()
    engine = deployment.engine
    assert engine is not None
    engine.bell.listen(None)  # what is due comes when the story lets time pass
    try:
        chat.house, chat.engine = deployment.house, engine
        chat.address = f"http://127.0.0.1:{deployment.port}"
        yield chat
        complaints = [said for each in chat.tabs for said in each.complaints]
        assert complaints == []
    finally:
        for each in chat.tabs:
            await each.page.context.close()
        await deployment.stop()
