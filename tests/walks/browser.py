"""A real Chromium at the playground, driven like a person: Ana says, Ana presses, Ana fills in."""

import shutil
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, Locator, Page, async_playwright
from pydantic import SecretStr
from whenever import Instant

from adapters.compose import Deployment, build
from bot.clocks import MovableClock
from bot.settings import Settings

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
NO_CHROMIUM = "no Chromium on this machine; the browser tests need one"
SWITCHES = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
)  # fmt: skip
TUESDAY_AT_TEN = Instant.from_utc(2026, 3, 10, 15)
"""In Chicago, where Ana is."""
DESK = (1280, 800)
PHONE = (390, 844)
PATIENCE = 10_000
"""Milliseconds to wait for something to be seen."""


@asynccontextmanager
async def an_open_playground(data: Path) -> AsyncGenerator[str]:
    """A whole deployment on a port of its own; its address."""
    settings = Settings(
        _env_file=None, SNOWBALL_DATA=data, port=0, slack_bot_token=SecretStr(""), database_url=""
    )
    deployment = Deployment(build(settings, MovableClock(TUESDAY_AT_TEN), demo=True))
    await deployment.start()
    try:
        yield f"http://127.0.0.1:{deployment.port}"
    finally:
        await deployment.stop()


@asynccontextmanager
async def a_browser() -> AsyncGenerator[Browser]:
    """Chromium, without anything that calls home."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(SWITCHES))
        try:
            yield browser
        finally:
            await browser.close()


class Person:
    """Somebody at a tab of theirs."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.on("dialog", lambda shown: self.complaints.append(f"{shown.type}: {shown.message}"))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on(
            "console",
            lambda said: self.complaints.append(said.text) if said.type == "error" else None,
        )

    @property
    def messages(self) -> Locator:
        """Every message in the room, oldest first."""
        return self.page.locator("article.message")

    @property
    def answers(self) -> Locator:
        """Every message of Snowball's in the room."""
        return self.page.locator("article.message.bot")

    @property
    def dialog(self) -> Locator:
        """The form, when one is open."""
        return self.page.locator("dialog[open]")

    async def types(self, words: str) -> None:
        """Key by key, as completion needs it."""
        await self.page.locator("#words").press_sequentially(words)

    async def says(self, words: str) -> str:
        """Says it, and reads the answer."""
        seen = await self.answers.count()
        await self.page.locator("#words").fill(words)
        await self.page.locator("#words").press("Escape")
        await self.page.locator("#words").press("Enter")
        return await self.reads(seen)

    async def presses(self, label: str) -> str:
        """Presses the newest button of this name, and reads what follows: an answer or a form."""
        before = await self._sight()
        await self.messages.get_by_role("button", name=label).last.click()
        await self._changes(before)
        return await self._newest()

    async def presses_in(self, part: Locator, label: str) -> str:
        """Presses a button of one row."""
        before = await self._sight()
        await part.get_by_role("button", name=label).first.click()
        await self._changes(before)
        return await self._newest()

    async def fills_in(self, fields: Mapping[str, str], submit: str = "Save") -> str:
        """Fills in the open form, sends it, and reads the answer."""
        before = await self._sight()
        for label, words in fields.items():
            await self.dialog.get_by_label(label, exact=False).first.fill(words)
        await self.dialog.get_by_role("button", name=submit).click()
        await self._changes(before)
        return await self._newest()

    async def moves_clock(self, move: str) -> None:
        """Moves the clock, and waits until time has passed."""
        panel = self.page.locator("#clock")
        if not await panel.is_visible():
            await self.page.get_by_role("button", name="Move the clock").click()
        await panel.get_by_role("button", name=move).click()
        await self.page.wait_for_function(
            "() => !document.body.classList.contains('passing')", timeout=60_000
        )

    @property
    def suggestions(self) -> Locator:
        """What completion proposes."""
        return self.page.locator("#completions").get_by_role("option")

    async def focused(self) -> str:
        """The id of what has the focus."""
        return await self.page.evaluate("() => document.activeElement.id")

    async def overflow(self) -> int:
        """How many pixels stick out at the side."""
        return await self.page.evaluate(_OVERFLOW)

    async def nameless(self) -> list[str]:
        """What can be used but has no name to be read out."""
        return await self.page.evaluate(_NAMELESS)

    async def too_small(self) -> list[str]:
        """What is smaller than a fingertip (WCAG 2.2, 2.5.8: 24 pixels)."""
        return await self.page.evaluate(_TOO_SMALL)

    async def reads(self, already: int) -> str:
        """The next answer after so many, or the form that opens instead."""
        await self.page.wait_for_function(
            "n => (document.querySelectorAll('article.message.bot').length > n"
            f" || document.querySelector('dialog[open]')) && {_AT_REST}",
            arg=already,
            timeout=PATIENCE,
        )
        return await self._newest()

    async def _newest(self) -> str:
        if await self.dialog.count():
            return await self.dialog.inner_text()
        return await self.answers.last.inner_text()

    async def _sight(self) -> str:
        return await self.page.evaluate(_SIGHT)

    async def _changes(self, before: str) -> None:
        await self.page.wait_for_function(
            f"before => ({_SIGHT}) !== before && {_AT_REST}", arg=before, timeout=PATIENCE
        )


_SIGHT = (
    "document.getElementById('messages').innerText + document.getElementById('dialog').innerText"
)


_AT_REST = "document.getElementById('log').ariaBusy !== 'true'"
_OVERFLOW = """() => Math.max(
    document.documentElement.scrollWidth - innerWidth,
    ...["log", "dialog"].map((id) => document.getElementById(id))
        .map((each) => each.scrollWidth - each.clientWidth))"""
_USABLE = """[...document.querySelectorAll("a, button, input, select, textarea, summary")]
    .filter((each) => each.type !== "hidden" && each.checkVisibility())"""
_NAMELESS = f"""() => {_USABLE}
    .filter((each) => !(each.ariaLabel || each.innerText?.trim() || each.labels?.length
        || each.querySelector('img[alt]:not([alt=""])')))
    .map((each) => each.outerHTML.slice(0, 120))"""
_TOO_SMALL = f"""() => {_USABLE}
    .filter((each) => !each.closest(".skip, p:not(.starters), dd, .pills"))
    .filter((each) => Math.min(each.offsetWidth, each.offsetHeight) < 24)
    .map((each) => each.outerHTML.slice(0, 120))"""


async def sits_down(
    browser: Browser,
    address: str,
    who: str = "ana",
    room: str = "dm",
    *,
    size: tuple[int, int] = DESK,
    dark: bool = False,
    calm: bool = False,
) -> Person:
    """Somebody opens a tab."""
    context = await browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce" if calm else "no-preference",
    )
    page = await context.new_page()
    person = Person(page)
    await page.goto(f"{address}/?as={who}&in={room}")
    await page.wait_for_selector("#words")
    return person
